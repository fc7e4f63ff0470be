"""The first sheet of an .xlsx, read by calamine; formulas give the value stored with them and are never evaluated."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from desktop.exchange.file_kinds import refuse_other_packages
from desktop.exchange.package_checks import BROKEN, check_entries, check_part, pieces
from desktop.exchange.raw_cells import MOST_ROWS, TITLE_ROWS, Cell, ErrorCell, NumberedRow, is_filled, too_many_rows
from desktop.exchange.refusals import FileRefused
from desktop.exchange.sheet_scan import Scan, compact_sheet, scan_sheet

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


@dataclass(frozen=True)
class WorkbookRows:
    """The rows of a first sheet that hold something, numbered as the spreadsheet numbers them."""

    rows: list[NumberedRow]
    epoch_1904: bool
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class _Part:
    """The first visible worksheet: its place among the sheets, its name and its part of the package."""

    index: int
    title: str
    name: str
    others: int
    epoch_1904: bool


def read_workbook(data: bytes) -> WorkbookRows:
    """Reads the first visible worksheet; raises FileRefused for whatever is no sound .xlsx."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = check_entries(package)
            refuse_other_packages(package, names)
            part = _first_sheet(package, names)
            return _read_part(data, package, names, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError) as error:
        raise FileRefused(BROKEN) from error
    except (ElementTree.ParseError, ValueError, IndexError) as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused(BROKEN) from error


def _first_sheet(package: zipfile.ZipFile, names: set[str]) -> _Part:
    check_part(package, "xl/workbook.xml")
    check_part(package, "xl/_rels/workbook.xml.rels")
    workbook = ElementTree.fromstring(package.read("xl/workbook.xml"))
    links = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): (link.get("Type", ""), link.get("Target", "")) for link in links}
    properties = next((node for node in workbook.iter() if node.tag.endswith("}workbookPr")), None)
    epoch_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true")
    sheets = [node for node in workbook.iter() if node.tag.endswith("}sheet")]
    for index, node in enumerate(sheets):
        link = next((value for key, value in node.items() if key.endswith("}id")), None)
        kind, target = targets.get(link, ("", ""))
        if kind.endswith("/worksheet") and node.get("state", "visible") == "visible":
            name = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            if name in names:
                return _Part(index, node.get("name", ""), name, len(sheets) - 1, epoch_1904)
    raise FileRefused("แฟ้มนี้ไม่มีแผ่นงานที่มองเห็นได้ โปรดเปิดใน Excel แล้วบันทึกใหม่")


def _read_part(data: bytes, package: zipfile.ZipFile, names: set[str], part: _Part) -> WorkbookRows:
    for name in ("xl/sharedStrings.xml", "xl/styles.xml"):
        if name in names:
            check_part(package, name)
    scan = scan_sheet(pieces(package, part.name))
    numbers: list[int] | None = None
    hidden = scan.hidden_rows
    if scan.has_far_cells:
        sheet_xml, numbers = compact_sheet(pieces(package, part.name))
        scan = scan_sheet([sheet_xml])
        data = _with_part(package, part.name, sheet_xml)
    sheet = _open_sheet(data, part.index)
    rows = list(_numbered_rows(sheet, scan, numbers))
    return WorkbookRows(rows, part.epoch_1904, tuple(_remarks(part, hidden, _merged(sheet, rows))))


def _open_sheet(data: bytes, index: int) -> "CalamineSheet":
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(index)
    except CalamineError as error:
        raise FileRefused(BROKEN) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the library's Rust side falls over
            raise
        raise FileRefused(BROKEN) from None


def _numbered_rows(sheet: "CalamineSheet", scan: Scan, numbers: list[int] | None) -> Iterator[NumberedRow]:
    left = sheet.start[1] if sheet.start else 0
    faults: dict[int, list[tuple[int, str]]] = {}
    for (line, column), code in scan.errors.items():
        faults.setdefault(line, []).append((column - left, code))
    taken = 0
    for index, cells in enumerate(sheet.iter_rows()):
        row: list[Cell] = [*cells]
        for column, code in faults.get(index, ()):
            if 0 <= column < len(row):
                row[column] = ErrorCell(code)
        if any(map(is_filled, row)):
            taken += 1
            if taken > MOST_ROWS + TITLE_ROWS:
                raise too_many_rows()
            yield (numbers[index] if numbers else index + 1), tuple(row)


def _with_part(package: zipfile.ZipFile, name: str, content: bytes) -> bytes:
    """The package again with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for entry in package.infolist():
            if entry.filename == name:
                copy.writestr(name, content)
            elif re.match(r"xl/(?!worksheets/|media/)|\[Content_Types\]|_rels/", entry.filename):
                copy.writestr(entry.filename, package.read(entry))
    return out.getvalue()


def _merged(sheet: "CalamineSheet", rows: list[NumberedRow]) -> int:
    """How many merged ranges lie below the first row that holds something."""
    heading = rows[0][0] - 1 if rows else 0
    return sum(1 for _, (last, _) in sheet.merged_cell_ranges or () if last > heading)


def _remarks(part: _Part, hidden: int, merged: int) -> Iterator[str]:
    if part.others:
        yield f"อ่านเฉพาะแผ่นงาน “{part.title}” อีก {part.others} แผ่นไม่ได้อ่าน"
    if hidden:
        yield f"มีแถวที่ซ่อนหรือกรองไว้ {hidden} แถว อ่านรวมด้วย"
    if merged:
        yield f"มีเซลล์ที่ผสานกัน {merged} แห่ง ค่าถือเป็นของแถวแรกเท่านั้น โปรดตรวจแถวเหล่านั้น"
