"""What stands in the cells of a file before anybody has asked what it means, and how many rows are taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from desktop.exchange.refusals import FileRefused

MOST_ROWS = 200_000  # below the headings
TITLE_ROWS = 10  # looked at for the headings, below a title


@dataclass(frozen=True)
class ErrorCell:
    """A cell whose value the spreadsheet could not work out: ``#REF!``, ``#N/A``, a formula never calculated."""

    code: str


Cell = str | int | float | bool | date | time | timedelta | ErrorCell  # a datetime is a date too
NumberedRow = tuple[int, Sequence[Cell]]  # tuples: a hundred thousand lists would keep the collector busy


def is_filled(cell: Cell) -> bool:
    """Whether a raw cell holds anything but blanks."""
    return bool(cell.strip()) if isinstance(cell, str) else True


def too_many_rows() -> FileRefused:
    """The refusal of a sheet longer than the program takes at once."""
    return FileRefused(f"แฟ้มนี้มีเกิน {MOST_ROWS:,} แถว โปรดแบ่งเป็นหลายแฟ้มแล้วนำเข้าทีละแฟ้ม")
