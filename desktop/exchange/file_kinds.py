"""What a file really is, told by its first bytes and never by its name; what cannot be read is refused by name."""

import re
from typing import TYPE_CHECKING

from desktop.exchange.refusals import FileRefused

if TYPE_CHECKING:
    from zipfile import ZipFile

_SAVE_AS = "โปรดเปิดแล้วบันทึกเป็น .xlsx หรือ CSV UTF-8"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "รูปภาพ"),
    (b"\xff\xd8\xff", "รูปภาพ"),
    (b"GIF8", "รูปภาพ"),
    (b"Rar!", "แฟ้มบีบอัด"),
    (b"7z\xbc\xaf", "แฟ้มบีบอัด"),
    (b"\x1f\x8b", "แฟ้มบีบอัด"),
    (b"SQLite format 3\x00", "ฐานข้อมูล"),
    (b"{\\rtf", "เอกสาร RTF"),
    (b"MZ", "โปรแกรม"),
    (b"\x7fELF", "โปรแกรม"),
)
_CONTENT = re.compile(rb"[^\x00\t\r\n \xef\xbb\xbf]")  # sought, not stripped: a stripped file is a second one in memory
_BLANK_START = re.compile("[\ufeff \t\r\n]*")
_OLD_EXCEL = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")


def refuse_other_kinds(data: bytes) -> None:
    """Raises FileRefused, with what to do, for bytes that are neither plain text nor a zip package."""
    if not _CONTENT.search(data):
        raise FileRefused("แฟ้มนี้ว่างเปล่า โปรดเลือกแฟ้มที่มีข้อมูล")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise FileRefused("แฟ้มนี้ตั้งรหัสผ่านไว้ โปรดเอารหัสผ่านออกแล้วบันทึกเป็น .xlsx")
        raise FileRefused(f"แฟ้มนี้เป็น Excel รุ่นเก่า (.xls) {_SAVE_AS}")
    if data.startswith(_OLD_EXCEL) and b"\x00" in data[:16]:
        raise FileRefused(f"แฟ้มนี้เป็น Excel รุ่นเก่า (.xls) {_SAVE_AS}")
    for magic, name in _OTHERS:
        if data.startswith(magic):
            raise FileRefused(f"แฟ้มนี้เป็น{name} ไม่ใช่ตาราง โปรดเลือกแฟ้ม .xlsx หรือ .csv")


def is_package(data: bytes) -> bool:
    """Whether the bytes are a zip package, as .xlsx is."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


def refuse_markup(text: str) -> None:
    """Raises FileRefused for a web page or XML that bears a spreadsheet's name."""
    blank = _BLANK_START.match(text)
    at = blank.end() if blank else 0
    start = text[at : at + 300].lower()
    if start.startswith(("<!doctype", "<html", "<head", "<body", "<table", "<?xml", "<meta", "<style", "<!--")):
        raise FileRefused(f"แฟ้มนี้เป็นหน้าเว็บหรือ XML ที่ตั้งชื่อเป็นตาราง {_SAVE_AS}")


def refuse_other_packages(package: "ZipFile", names: set[str]) -> None:
    """Raises FileRefused for a zip that is no plain .xlsx: .xlsm, .xlsb, .ods, a document, any other archive."""
    lowered = {name.lower() for name in names}
    if "mimetype" in names and b"opendocument" in package.read("mimetype")[:200]:
        raise FileRefused(f"แฟ้มนี้เป็น OpenDocument (.ods) {_SAVE_AS}")
    if "xl/workbook.bin" in lowered:
        raise FileRefused(f"แฟ้มนี้เป็น Excel แบบไบนารี (.xlsb) {_SAVE_AS}")
    if "xl/vbaproject.bin" in lowered or b"macroEnabled" in _content_types(package, names):
        raise FileRefused("แฟ้มนี้มีแมโคร (.xlsm) โปรแกรมไม่เปิดแมโคร โปรดบันทึกเป็น .xlsx หรือ CSV UTF-8")
    if "xl/workbook.xml" not in lowered:
        raise FileRefused("แฟ้มนี้เป็นแฟ้มบีบอัดหรือเอกสารอื่น ไม่ใช่ตาราง โปรดเลือกแฟ้ม .xlsx หรือ .csv")


def _content_types(package: "ZipFile", names: set[str]) -> bytes:
    return package.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
