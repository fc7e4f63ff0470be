"""What the complaints say as they are stored, read straight from the rows: some hundred at a time, with their parts."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple
from zlib import crc32

from desktop.storage.complaints import CHUNK, LISTED, OWED, RECORDED
from desktop.storage.row_calls import callable_in_sql
from desktop.storage.seals import BETWEEN_FIELDS, BETWEEN_ROWS, OPTIONAL, PART_TAGS, as_bytes, kind_and_key

_COLUMNS = (
    *LISTED,
    "narrow",
    "ifnull(wide, '')",
    *(f"ifnull({column}, '')" for column in OWED),
    *RECORDED[:-OPTIONAL],
    *(f"ifnull({column} || '.', '')" for column in RECORDED[-OPTIONAL:]),
)
_ROW = f"complaint.id, next_check, list_check, {as_bytes(*_COLUMNS)}"
_PLACE = "complaint LEFT JOIN search_text ON search_text.complaint = complaint.id"
_LISTED = slice(3, 3 + len(LISTED) + 2)
_RECORDED = slice(_LISTED.stop + len(OWED), None)  # the number first
_OWED = slice(_LISTED.stop, _RECORDED.start + 1)  # with the number after them
# Each other table's rows come in the order of their key.
_PARTS = tuple(
    f"SELECT count(each_part(complaint, {as_bytes(f'{chr(39)}{tag}{chr(39)} || {first}', *more)})) FROM {table}"
    " WHERE complaint BETWEEN ? AND ?"
    for tag, (table, first, *more) in zip(
        PART_TAGS,
        (
            ("entry", "first", "day", "text"),
            ("reopening", "completed", "reopened"),
            ("complaint_type", "name"),
            ("quality_item", "item", "ifnull(ticked, '')", "not_applicable"),
        ),
        strict=True,
    )
)
_FIRST, _LAST = -(2**63), 2**63 - 1


class Spelled(NamedTuple):
    """A stored complaint: its name in the history, what it says, and whether its derived columns are as written."""

    name: bytes
    spelling: bytes
    derived_holds: bool

    @property
    def number(self) -> str:
        """Its number."""
        return kind_and_key(self.name)[1]


def spelled_complaints(connection: sqlite3.Connection) -> Iterator[Spelled]:
    """Every complaint, by its row; raises LookupError at the end when parts hang on no complaint."""
    reading = _Reading(connection)
    first, astray = _FIRST, False
    with reading.open():
        while (last := _end(connection, first)) is not None:
            yield from reading.between(first, last)
            astray = astray or bool(reading.parts)
            first = last + 1
        reading.read_parts(first, _LAST)
    if astray or reading.parts:
        raise LookupError("parts hang on no complaint")


def write_checks(connection: sqlite3.Connection) -> None:
    """Write the checksums of every complaint's derived columns, for a register made before there were any."""
    rows = connection.execute(f"SELECT {_ROW} FROM {_PLACE}").fetchall()
    connection.executemany(
        "UPDATE complaint SET next_check = ?, list_check = ? WHERE id = ?", ((*_checks(row), row[0]) for row in rows)
    )


def _end(connection: sqlite3.Connection, first: int) -> int | None:
    """The last of the next some hundred complaints' rows; None when there are no more."""
    select = "SELECT max(id) FROM (SELECT id FROM complaint NOT INDEXED WHERE id >= ? ORDER BY id LIMIT ?)"
    last: int | None = connection.execute(select, (first, CHUNK)).fetchone()[0]
    return last


class _Reading:
    """Reads complaints between two rows: their parts first."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._read: list[Spelled] = []
        self.parts: dict[int, list[bytes]] = defaultdict(list)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Must be open while it reads."""
        with (
            callable_in_sql(self._connection, "each_part", self._keep_part),
            callable_in_sql(self._connection, "each_complaint", self._keep),
        ):
            yield

    def between(self, first: int, last: int) -> list[Spelled]:
        """The complaints; ``parts`` holds what hangs on none of them."""
        self._read = []
        self.read_parts(first, last)
        select = f"SELECT count(each_complaint({_ROW})) FROM {_PLACE} WHERE complaint.id BETWEEN ? AND ?"
        self._connection.execute(select, (first, last)).fetchall()
        return self._read

    def read_parts(self, first: int, last: int) -> None:
        """The rows of the other tables, by complaint."""
        self.parts.clear()
        for select in _PARTS:
            self._connection.execute(select, (first, last)).fetchall()

    def _keep_part(self, complaint: int, *fields: bytes) -> None:
        with suppress(TypeError):  # a column is empty that none of ours can be: the row is as good as lost
            self.parts[complaint].append(BETWEEN_FIELDS.join(fields))

    def _keep(self, *row: Any) -> None:
        self._read.append(_spelled(row, self.parts.pop(row[0], ())))


def _checks(row: tuple[Any, ...]) -> tuple[int, int]:
    return crc32(BETWEEN_FIELDS.join(row[_OWED])), crc32(BETWEEN_FIELDS.join(row[_LISTED]))


def _spelled(row: tuple[Any, ...], parts: Sequence[bytes]) -> Spelled:
    said = row[_RECORDED]
    try:
        spelling = b"%d\x1d%b\x1d%b" % (len(parts), BETWEEN_FIELDS.join(said), BETWEEN_ROWS.join(parts))
    except TypeError:  # a column is empty that none of ours can be
        spelling = b""
    try:
        derived_holds = _checks(row) == row[1:3]
    except TypeError:
        derived_holds = False
    return Spelled(b"complaint\x1f%b\x1f" % (said[0] or b""), spelling, derived_holds)
