"""A spreadsheet of holidays: a day and its name a row, however the columns are called in the lists that go round."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.exchange.cell_values import day_of, line_of
from desktop.exchange.raw_cells import Cell, is_filled
from desktop.exchange.refusals import CellRefused, FileRefused
from desktop.exchange.sheets import Sheet

DAY_HEADINGS = ("วันที่", "วันเดือนปี", "date", "day")
NAME_HEADINGS = ("ชื่อวันหยุด", "วันหยุด", "รายการ", "รายละเอียด", "เหตุผล", "name", "holiday", "description")


@dataclass(frozen=True)
class HolidayRow:
    """A row as a spreadsheet numbers it: the day with its name, or why it cannot be taken."""

    row: int
    day: date | None
    name: str
    problem: str = ""


def read_holidays(sheet: Sheet) -> Iterator[HolidayRow]:
    """The rows of a sheet; raises FileRefused at once when the column of days or of names is missing."""
    day, name = _column(sheet, DAY_HEADINGS), _column(sheet, NAME_HEADINGS)
    return (_row(number, _cell(cells, day), _cell(cells, name), sheet.epoch_1904) for number, cells in sheet.rows)


def _column(sheet: Sheet, names: tuple[str, ...]) -> int:
    keys = ["".join(heading.split()).lower() for heading in sheet.headings]
    found = [keys.index(name) for name in names if name in keys]
    if not found:
        raise FileRefused(f"ไม่พบคอลัมน์ {' หรือ '.join(names[:2])} ในแฟ้มวันหยุด โปรดตั้งหัวคอลัมน์แล้วลองใหม่")
    return found[0]


def _cell(cells: Sequence[Cell], column: int) -> Cell:
    return cells[column] if column < len(cells) else ""


def _row(number: int, day: Cell, name: Cell, epoch_1904: bool) -> HolidayRow:
    try:
        if not is_filled(day):
            return HolidayRow(number, None, "", "ไม่มีวันที่ โปรดเติมวันที่")
        told = line_of(name)
        read = day_of(day, epoch_1904)
    except CellRefused as refused:
        return HolidayRow(number, None, "", str(refused))
    return HolidayRow(number, read, told, "" if told else "ไม่มีชื่อวันหยุด โปรดเติมชื่อ")
