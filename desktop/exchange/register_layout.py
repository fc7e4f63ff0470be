"""The register's own spreadsheet layout (commands.md): recognised by its headings, read row by row.

What the cells of a row say is ``row_cells``; what a row does to the complaint stored is ``laying_over``.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.thai_dates import arabic_digits
from desktop.domain.thai_text import clean_line
from desktop.exchange.cell_values import number_oddity, number_of, telephone_oddity
from desktop.exchange.raw_cells import is_filled
from desktop.exchange.refusals import CellRefused, FileRefused
from desktop.exchange.row_cells import FIELDS, HEADINGS, Column, RowCells, columns_to_read, read_cells
from desktop.exchange.sheets import Cell, NumberedRow, Sheet

__all__ = [
    "FIELDS",
    "HEADINGS",
    "LAYOUT",
    "PERSONAL_HEADINGS",
    "REQUIRED_HEADINGS",
    "Row",
    "RowCells",
    "file_remarks",
    "read_rows",
    "recognise",
]

LAYOUT = "register"
PERSONAL_HEADINGS = ("ผู้ร้อง", "โทรศัพท์")
REQUIRED_HEADINGS = ("เลขที่รับแจ้ง", "วันที่แจ้ง")
_ROWS_NAMED = 5  # of the other rows with the same number


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file: its cells, or the problem for which it is refused (one of the two is None)."""

    row: int  # as a spreadsheet numbers it, heading = 1
    number: str | None  # None when unreadable
    cells: RowCells | None
    problem: str | None
    remarks: tuple[str, ...] = ()


def recognise(headings: Sequence[str]) -> str | None:
    """``register`` when the required headings are among these, None for a sheet of another layout."""
    known = {_key(heading) for heading in headings}
    return LAYOUT if all(_key(heading) in known for heading in REQUIRED_HEADINGS) else None


def file_remarks(sheet: Sheet) -> tuple[str, ...]:
    """What to know of the file as a whole: sheets and hidden rows, and the columns that are not read."""
    unknown = [clean_line(text) for text in sheet.headings if text.strip() and _key(text) not in _HEADINGS_BY_KEY]
    remarks = [*sheet.remarks]
    if unknown:
        remarks.append(f"ไม่ได้อ่านคอลัมน์ที่โปรแกรมไม่รู้จัก: {', '.join(name[:60] for name in unknown)}")
    nameless = [place for place, text in enumerate(sheet.headings) if not text.strip()]
    if any(is_filled(cells[place]) for _, cells in sheet.rows for place in nameless if place < len(cells)):
        remarks.append("ไม่ได้อ่านคอลัมน์ที่มีข้อมูลแต่ไม่มีหัวคอลัมน์")
    return tuple(remarks)


def read_rows(sheet: Sheet) -> Iterator[Row]:
    """The rows of a sheet in this layout; raises FileRefused at once when a heading is missing or stands twice."""
    columns = _columns(sheet.headings)
    return _rows(sheet, columns)


def _rows(sheet: Sheet, columns: Mapping[str, int]) -> Iterator[Row]:
    numbers = [_number(cells, columns["number"]) for _, cells in sheet.rows]
    counts = Counter(number for number, _ in numbers if number is not None)
    places: dict[str, list[int]] = {}
    for (row, _), (number, _) in zip(sheet.rows, numbers, strict=True):
        if number is not None and counts[number] > 1:
            places.setdefault(number, []).append(row)
    to_read = columns_to_read(columns)
    telephone = columns.get("telephone", -1)
    for place, (number, problem) in zip(sheet.rows, numbers, strict=True):
        if number is None:
            yield Row(place[0], None, None, problem)
        elif number in places:
            yield Row(place[0], number, None, _twice(number, place[0], places[number]))
        else:
            yield _row(sheet, place, number, to_read, (columns["number"], telephone))


def _row(sheet: Sheet, place: NumberedRow, number: str, columns: Sequence[Column], odd_columns: tuple[int, int]) -> Row:
    row, cells = place
    said, problems = read_cells(number, cells, columns, sheet.epoch_1904)
    width = len(sheet.headings)
    if len(cells) > width and any(map(is_filled, cells[width:])):
        problems = (*problems, "แถวนี้มีข้อมูลเกินจำนวนหัวคอลัมน์ โปรดตรวจเครื่องหมายคั่นหรือเครื่องหมายคำพูดในแถว")
    if problems:
        return Row(row, number, None, " · ".join(problems))
    return Row(row, number, said, None, _oddities(cells, *odd_columns))


def _oddities(cells: Sequence[Cell], number: int, telephone: int) -> tuple[str, ...]:
    found = []
    if not isinstance(cells[number], str) and (oddity := number_oddity(cells[number])):
        found.append(f"เลขที่รับแจ้ง{oddity}")
    if 0 <= telephone < len(cells) and (oddity := telephone_oddity(cells[telephone])):
        found.append(f"โทรศัพท์{oddity}")
    return tuple(found)


def _number(cells: Sequence[Cell], column: int) -> tuple[str | None, str | None]:
    """The complaint number of a row, or why there is none."""
    try:
        number = number_of(cells[column]) if column < len(cells) else ""
    except CellRefused as refused:
        return None, f"คอลัมน์เลขที่รับแจ้ง: {refused}"
    return (number, None) if number else (None, "แถวนี้ไม่มีเลขที่รับแจ้ง โปรดเติมเลขที่รับแจ้ง")


def _twice(number: str, row: int, rows: Sequence[int]) -> str:
    others = [str(other) for other in rows if other != row]
    named = ", ".join(others[:_ROWS_NAMED]) + (" …" if len(others) > _ROWS_NAMED else "")
    return f"เลขที่รับแจ้ง {number} ซ้ำกับแถวที่ {named} ในแฟ้มนี้ โปรดเหลือไว้แถวเดียว"


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """field → column; raises FileRefused."""
    columns: dict[str, int] = {}
    for place, heading in enumerate(headings):
        known = _HEADINGS_BY_KEY.get(_key(heading))
        if known is None:
            continue
        if FIELDS[known] in columns:
            raise FileRefused(f"หัวคอลัมน์ “{known}” มีมากกว่าหนึ่งคอลัมน์ โปรดเหลือไว้คอลัมน์เดียว")
        columns[FIELDS[known]] = place
    missing = [heading for heading in REQUIRED_HEADINGS if FIELDS[heading] not in columns]
    if missing:
        raise FileRefused(f"ไม่พบหัวคอลัมน์ “{'”, “'.join(missing)}” โปรดตั้งหัวคอลัมน์ให้ตรงตามแบบของทะเบียน")
    return columns


def _key(heading: str) -> str:
    """A heading as it is compared: cleaned, without blanks, digits 0–9, small letters."""
    return arabic_digits(clean_line(heading)).replace(" ", "").casefold()


_HEADINGS_BY_KEY = {_key(heading): heading for heading in HEADINGS}
