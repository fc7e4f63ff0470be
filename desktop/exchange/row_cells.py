"""What the cells of one row of the register layout say; an empty cell says nothing and is None here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from desktop.domain.complaint import Mark, QualityItem, Reopening, Status
from desktop.exchange.cell_grammar import (
    read_days,
    read_marks,
    read_reopenings,
    read_status,
    read_texts,
    read_types,
)
from desktop.exchange.cell_values import day_of, day_of_text, line_of, lines_of, text_of
from desktop.exchange.quick_cleaning import all_plain
from desktop.exchange.raw_cells import Cell
from desktop.exchange.refusals import CellRefused

FIELDS: Mapping[str, str] = {  # heading → field, in the order written
    "เลขที่รับแจ้ง": "number",
    "วันที่แจ้ง": "notified",
    "ช่องทาง": "channel",
    "ประเภทเรื่อง": "types",
    "เรื่อง": "subject",
    "รายละเอียด": "detail",
    "สถานที่": "place",
    "หน่วยงานที่รับผิดชอบ": "unit",
    "ผู้ร้อง": "complainant",
    "โทรศัพท์": "telephone",
    "สถานะ": "status",
    "วันที่ตอบรับ": "accepted",
    "วันที่รายงานครั้งที่ 1": "first_report",
    "การติดตามผล": "follow_ups",
    "ข้อความรายงาน": "texts",
    "วันที่แล้วเสร็จ": "completed",
    "วันที่เปิดเรื่องใหม่": "reopenings",
    "วันที่ส่งต่อ": "transferred",
    "ผลการดำเนินการ": "answer",
    "เลขที่หนังสือ": "letter_number",
    "เลขที่คำสั่ง": "order_number",
    "รายละเอียดการดำเนินการ": "action",
    "การประสานงาน": "coordination",
    "ตรวจคุณภาพ": "marks",
}
HEADINGS = tuple(FIELDS)


@dataclass(frozen=True, slots=True)
class RowCells:
    """What the cells of one row say, cleaned; None where a cell is empty. Days are Gregorian."""

    number: str
    notified: date | None = None
    channel: str | None = None
    types: tuple[str, ...] | None = None
    subject: str | None = None
    detail: str | None = None
    place: str | None = None
    unit: str | None = None
    complainant: str | None = None
    telephone: str | None = None
    status: Status | None = None
    accepted: date | None = None
    first_report: date | None = None
    follow_ups: tuple[date, ...] | None = None  # in the order written
    texts: tuple[str, ...] | None = None  # of the first report and the follow-ups, in the order written
    completed: date | None = None
    reopenings: tuple[Reopening, ...] | None = None
    transferred: date | None = None
    answer: str | None = None
    letter_number: str | None = None
    order_number: str | None = None
    action: str | None = None
    coordination: str | None = None
    marks: Mapping[QualityItem, Mark] | None = None


class Column(NamedTuple):
    """A column of the file: where it stands, the field it fills, how its cells are read."""

    place: int
    field: str
    read: "_Reader"
    holds_text: bool
    holds_lines: bool


def columns_to_read(places: Mapping[str, int]) -> tuple[Column, ...]:
    """The columns of a file by field and place, the complaint number aside: it is read before."""
    return tuple(
        Column(places[field], field, read, field in _TEXTS, field in _LONG_TEXTS)
        for field, read in _READERS.items()
        if field in places
    )


def read_cells(
    number: str, cells: Sequence[Cell], columns: Sequence[Column], epoch_1904: bool
) -> tuple[RowCells, tuple[str, ...]]:
    """What a row says, and what of it could not be read: a Thai sentence for each such cell."""
    said: dict[str, Any] = {}
    problems: list[str] = []
    width = len(cells)
    plain = all_plain(cells)
    for place, field, read, holds_text, holds_lines in columns:
        if place >= width or (cell := cells[place]) == "":
            continue
        if plain and holds_text and type(cell) is str and (holds_lines or "\n" not in cell):
            said[field] = cell
            continue
        try:
            value = read(cell, epoch_1904)
        except CellRefused as refused:
            problems.append(f"คอลัมน์{_HEADINGS_BY_FIELD[field]}: {refused}")
            continue
        if value:  # blank text, no days, no types: nothing said
            said[field] = value
    return RowCells(number, **said), tuple(problems)


_HEADINGS_BY_FIELD = {field: heading for heading, field in FIELDS.items()}
_Reader = Callable[[Cell, bool], object]  # the cell and how the workbook counts days → None or what it says


def _line(cell: Cell, _epoch_1904: bool) -> object:
    return line_of(cell)


def _lines(cell: Cell, _epoch_1904: bool) -> object:
    return lines_of(cell)


def _types(cell: Cell, _epoch_1904: bool) -> object:
    return read_types(text_of(cell))


def _texts(cell: Cell, _epoch_1904: bool) -> object:
    return read_texts(text_of(cell))


def _marks(cell: Cell, _epoch_1904: bool) -> object:
    return read_marks(text_of(cell))


def _status(cell: Cell, _epoch_1904: bool) -> object:
    word = text_of(cell)
    return read_status(word) if word.strip() else None


def _reopenings(cell: Cell, _epoch_1904: bool) -> object:
    return read_reopenings(text_of(cell))


def _day(cell: Cell, epoch_1904: bool) -> object:
    if isinstance(cell, str):
        return day_of_text(cell) if cell.strip() else None
    return day_of(cell, epoch_1904)


def _days(cell: Cell, epoch_1904: bool) -> object:
    return read_days(text_of(cell)) if isinstance(cell, str) else (day_of(cell, epoch_1904),)


_LONG_TEXTS = frozenset({"detail", "answer", "action", "coordination"})
_LINES = ("channel", "subject", "place", "unit", "complainant", "telephone", "letter_number", "order_number")
_TEXTS = _LONG_TEXTS.union(_LINES)
_READERS: Mapping[str, _Reader] = {
    "notified": _day,
    "types": _types,
    "status": _status,
    "accepted": _day,
    "first_report": _day,
    "follow_ups": _days,
    "texts": _texts,
    "completed": _day,
    "reopenings": _reopenings,
    "transferred": _day,
    "marks": _marks,
    **dict.fromkeys(_LONG_TEXTS, _lines),
    **dict.fromkeys(_LINES, _line),
}
