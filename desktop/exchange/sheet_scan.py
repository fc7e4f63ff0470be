"""What the spreadsheet library does not tell of a sheet's XML: cells in error, formulas without a value, far cells.

The library gives an error cell as an empty one, which would say nothing where something went wrong; and it lays out
every cell between the first and the last, so a lone far cell would cost gigabytes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from desktop.exchange.package_checks import BROKEN
from desktop.exchange.raw_cells import MOST_ROWS, TITLE_ROWS, too_many_rows
from desktop.exchange.refusals import FileRefused

MOST_COLUMNS = 256
_MOST_ROW_BYTES = 64_000_000
NO_VALUE = "สูตรที่ยังไม่ได้คำนวณ"

_FAR = re.compile(rb"""r=["'](?:(?:[A-Za-z]{3,}|[J-Zj-z][A-Za-z])\d+|[A-Za-z]*(?:\d{7,}|[2-9]\d{5}))["']""")
_HIDDEN = re.compile(rb"""<(?:\w+:)?row\b[^>]*\bhidden=["'](?:1|true)["']""")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b([^>]*\bt=["']e["'][^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)""", re.S)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)<")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(<(?:\w+:)?v>[^<]|<(?:\w+:)?is\b)?"
)
_REFERENCE = re.compile(rb"""\br=["']([A-Za-z]{1,4})(\d{1,9})["']""")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?row>)", re.S)
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_ROW_NUMBER = re.compile(rb"""\br=["'](\d{1,9})["']""")
_REFERENCE_ANY = re.compile(rb"""\s*\br=["'][^"']*["']""")
_CONTENT = re.compile(rb"<(?:\w+:)?(?:v|is|f)\b")
_SPACE = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


@dataclass
class Scan:
    """What stands in a sheet's XML; cells are (row, column) from 0."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: int = 0
    has_far_cells: bool = False


def scan_sheet(pieces: Iterable[bytes]) -> Scan:
    """One look through a sheet's XML; raises FileRefused when a faulty cell bears no reference."""
    scan = Scan()
    for chunk in _whole_rows(pieces):
        scan.has_far_cells = scan.has_far_cells or _FAR.search(chunk) is not None
        if b"hidden=" in chunk:
            scan.hidden_rows += len(_HIDDEN.findall(chunk))
        if b't="e"' in chunk or b"t='e'" in chunk:
            for match in _ERROR.finditer(chunk):
                value = _VALUE.search(match[2] or b"")
                scan.errors[_position(match[1])] = value[1].decode("ascii", "replace") if value else "#ERROR"
        if b"<f" in chunk or b":f" in chunk:
            for match in _FORMULA.finditer(chunk):
                if match[2] is None and b't="str"' not in match[1]:
                    scan.errors.setdefault(_position(match[1]), NO_VALUE)
    return scan


def compact_sheet(pieces: Iterable[bytes]) -> tuple[bytes, list[int]]:
    """The sheet anew with only the rows and columns that hold something, and each row's own number (1 = first).

    Raises FileRefused when more rows or columns hold something than the program takes.
    """
    columns: dict[int, int] = {}
    numbers: list[int] = []
    written = [_SPACE]
    last = 0
    for chunk in _whole_rows(pieces):
        for row in _ROW.finditer(chunk):
            stated = _ROW_NUMBER.search(row[1])
            last = int(stated[1]) if stated else last + 1
            cells = list(_filled_cells(row[2] or b"", columns, len(numbers) + 1))
            if cells:
                numbers.append(last)
                written.append(b'<row r="%d">%s</row>' % (len(numbers), b"".join(cells)))
        if len(numbers) > MOST_ROWS + TITLE_ROWS:
            raise too_many_rows()
        if len(columns) > MOST_COLUMNS:
            raise FileRefused(f"ตารางนี้มีเกิน {MOST_COLUMNS} คอลัมน์ โปรดลบคอลัมน์ที่ไม่ใช้แล้วบันทึกใหม่")
    return b"".join([*written, b"</sheetData></worksheet>"]), numbers


def _filled_cells(row: bytes, columns: dict[int, int], number: int) -> Iterator[bytes]:
    position = -1
    for cell in _CELL.finditer(row):
        reference = _REFERENCE.search(cell[1])
        position = _column(reference[1]) if reference else position + 1
        if cell[2] is None or not _CONTENT.search(cell[2]):
            continue
        column = columns.setdefault(position, len(columns))
        rest = _REFERENCE_ANY.sub(b"", cell[1], count=1)
        yield b'<c r="%s%d"%s>%s</c>' % (_letters(column), number, rest, cell[2])


def _whole_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces cut anew at the ends of rows."""
    left = b""
    for piece in pieces:
        left += piece
        cut = left.rfind(b"row>") + 4
        if cut > 4:
            yield left[:cut]
            left = left[cut:]
        elif len(left) > _MOST_ROW_BYTES:
            raise FileRefused("แฟ้มนี้มีแถวที่ใหญ่ผิดปกติ จึงไม่เปิด โปรดบันทึกใหม่เป็น CSV UTF-8")
    yield left


def _position(attributes: bytes) -> tuple[int, int]:
    reference = _REFERENCE.search(attributes)
    if reference is None:
        raise FileRefused(BROKEN)
    return int(reference[2]) - 1, _column(reference[1])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _letters(column: int) -> bytes:
    name = b""
    column += 1
    while column:
        column, left = divmod(column - 1, 26)
        name = bytes([65 + left]) + name
    return name
