"""An .xlsx is a zip of XML parts: what is refused before anything of it is unpacked whole (faults I01, I02, I05).

Every part the reader will touch is unpacked once here, in small pieces, so that a size or checksum that lies is found
before the spreadsheet library sees it.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from desktop.exchange.refusals import FileRefused

MOST_ENTRIES = 1_000
MOST_ENTRY = 100_000_000  # bytes unpacked
MOST_SHEET = 1_000_000_000  # the rows themselves: 200,000 long complaints unpack to about 530 MB
MOST_SHEET_RATIO = 50  # beyond MOST_ENTRY a sheet must also be packed no tighter than text packs
MOST_TOTAL = 200_000_000  # of all parts but the sheets
MOST_RATIO, RATIO_FROM = 100, 1_000_000
PIECE = 1 << 22
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
BROKEN = "แฟ้ม .xlsx นี้เสียหรือไม่ครบ โปรดเปิดใน Excel แล้วบันทึกใหม่"


def check_entries(package: zipfile.ZipFile) -> set[str]:
    """The names of the parts; raises FileRefused for a package that unpacks too large or names parts oddly."""
    entries = package.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MOST_ENTRIES:
        raise FileRefused(f"แฟ้มนี้มีส่วนย่อยเกิน {MOST_ENTRIES:,} ส่วน ไม่ใช่ตารางปกติ โปรดบันทึกใหม่เป็น CSV UTF-8")
    if len({name.lower() for name in names}) < len(entries) or not all(_plain_name(name) for name in names):
        raise FileRefused("แฟ้มนี้มีชื่อส่วนย่อยซ้ำหรือผิดปกติ จึงไม่เปิด โปรดบันทึกใหม่เป็น CSV UTF-8")
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused("แฟ้มนี้ตั้งรหัสผ่านไว้ โปรดเอารหัสผ่านออกแล้วบันทึกเป็น .xlsx")
    others = sum(entry.file_size for entry in entries if not _is_sheet(entry.filename))
    if others > MOST_TOTAL or any(_too_large(entry) for entry in entries):
        raise FileRefused("แฟ้มนี้คลายออกมาใหญ่ผิดปกติ จึงไม่เปิด โปรดแบ่งแฟ้มหรือบันทึกเป็น CSV UTF-8")
    return names


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml"


def _plain_name(name: str) -> bool:
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name)


def _too_large(entry: zipfile.ZipInfo) -> bool:
    ratio = entry.file_size / max(entry.compress_size, 1)
    if entry.file_size > RATIO_FROM and ratio > MOST_RATIO:
        return True
    if _is_sheet(entry.filename) and ratio <= MOST_SHEET_RATIO:
        return entry.file_size > MOST_SHEET
    return entry.file_size > MOST_ENTRY


def pieces(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part in pieces of a few megabytes, its checksum held; raises FileRefused for document type declarations."""
    with package.open(name) as part:
        first = True
        while piece := part.read(PIECE):
            if first and piece.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
                raise FileRefused(BROKEN)  # a part in UTF-16 would hide from the looks below
            if first and _DOCTYPE.search(piece[:65536]):
                raise FileRefused("แฟ้มนี้มีคำสั่ง XML ที่ไม่ควรอยู่ในตาราง จึงไม่เปิด โปรดบันทึกใหม่ด้วย Excel")
            first = False
            yield piece


def check_part(package: zipfile.ZipFile, name: str) -> None:
    """Unpacks a part once for its checksum and its first lines."""
    for _ in pieces(package, name):
        pass
