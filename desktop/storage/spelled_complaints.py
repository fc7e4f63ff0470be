"""What the complaints say as they are stored, read in one pass straight from the rows."""

import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple

from desktop.storage import seals
from desktop.storage.complaints import LISTED, OWED, RECORDED
from desktop.storage.seals import is_plain, spelled_sql

_SELECT = (
    f"SELECT complaint.id, number, CAST({spelled_sql(*RECORDED)} AS BLOB),"
    f" next_check, CAST({spelled_sql('number', *OWED)} AS BLOB),"
    f" list_check, CAST({spelled_sql(*LISTED)} AS BLOB), narrow, wide"
    " FROM complaint LEFT JOIN search_text ON search_text.complaint = complaint.id ORDER BY complaint.id"
)
_TABLES = (
    ("entry", "position", ("first", "day", "text")),
    ("reopening", "position", ("completed", "reopened")),
    ("complaint_type", "position", ("name",)),
    ("quality_item", "item", ("item", "ticked", "not_applicable")),
)
_WIDTHS = tuple(len(columns) for _, _, columns in _TABLES)
# Each table's rows of a complaint spelled as ``seals.spelled_complaint`` spells them, in the order of their key.
_PARTS = tuple(
    f"SELECT complaint, CAST(group_concat({spelled_sql(*columns)}, x'1e') AS BLOB), count(*) FROM"
    f" (SELECT * FROM {table} ORDER BY complaint, {order}) GROUP BY complaint ORDER BY complaint"
    for table, order, columns in _TABLES
)
_NO_ROWS = (b"", 0)


class Spelled(NamedTuple):
    """A stored complaint: its number, what it says, and whether its derived columns are as they were written."""

    number: str
    spelling: bytes
    next_holds: bool
    list_holds: bool


class _Following:
    """The spelled part rows of one table, handed out complaint by complaint in the order of their rows."""

    def __init__(self, rows: sqlite3.Cursor) -> None:
        self._rows = rows
        self._row: Any = next(rows, None)
        self.astray = False  # rows that hang on no complaint

    def of(self, identity: int) -> tuple[bytes, int]:
        """The rows of a complaint and how many; each is asked for once, in order."""
        row = self._row
        if row is None or row[0] > identity:
            return _NO_ROWS
        while row is not None and row[0] < identity:
            self.astray = True
            row = next(self._rows, None)
        if row is None or row[0] != identity:
            self._row = row
            return _NO_ROWS
        self._row = next(self._rows, None)
        return row[1], row[2]

    def ended(self) -> bool:
        """Whether every row found its complaint."""
        return self._row is None and not self.astray


def spelled_complaints(connection: sqlite3.Connection) -> Iterator[Spelled]:
    """Every complaint, by its row; raises LookupError at the end when parts hang on no complaint."""
    entries, reopenings, types, marks = (_Following(connection.execute(part)) for part in _PARTS)
    for row in connection.execute(_SELECT):
        identity = row[0]
        parts = (entries.of(identity), reopenings.of(identity), types.of(identity), marks.of(identity))
        yield _spelled(row, parts)
    if not all(each.ended() for each in (entries, reopenings, types, marks)):
        raise LookupError("parts hang on no complaint")


def write_checks(connection: sqlite3.Connection) -> None:
    """Write the checksums of every complaint's derived columns, for a register made before there were any."""
    rows = connection.execute(_SELECT).fetchall()
    connection.executemany(
        "UPDATE complaint SET next_check = ?, list_check = ? WHERE id = ?", ((*_checks(row), row[0]) for row in rows)
    )


def _checks(row: tuple[Any, ...]) -> tuple[int, int]:
    return seals.next_check(row[4]), seals.list_check(row[6], row[7] or b"", row[8])


def _spelled(row: tuple[Any, ...], parts: tuple[tuple[bytes, int], ...]) -> Spelled:
    spelling = b"\x1d".join((row[2], *(rows for rows, _ in parts)))
    counts = ((count, width) for (_, count), width in zip(parts, _WIDTHS, strict=True))
    if not is_plain(spelling, len(RECORDED), counts):
        spelling = b""  # no complaint of ours says nothing
    try:
        owed, listed = _checks(row)
    except (TypeError, AttributeError):  # a column holds what none of ours can
        return Spelled(row[1], spelling, next_holds=False, list_holds=False)
    return Spelled(row[1], spelling, owed == row[3], listed == row[5])
