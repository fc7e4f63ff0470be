"""What the complaints say as they are stored, read straight from the rows: some hundred at a time, with their parts."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from zlib import crc32

from desktop.storage.complaints import CHUNK, LISTED, OWED, RECORDED
from desktop.storage.seals import BETWEEN_FIELDS, BETWEEN_ROWS, OPTIONAL, PART_TAGS, as_bytes, kind_and_key

_COLUMNS = (
    *LISTED,
    "narrow",
    "ifnull(wide, '')",
    *(f"ifnull({column}, '')" for column in OWED),
    *RECORDED[:-OPTIONAL],
    *(f"ifnull({column} || '.', '')" for column in RECORDED[-OPTIONAL:]),
)
_SELECT = (
    f"SELECT complaint.id, next_check, list_check, {as_bytes(*_COLUMNS)}"
    " FROM complaint LEFT JOIN search_text ON search_text.complaint = complaint.id ORDER BY complaint.id"
)
_LISTED = slice(3, 3 + len(LISTED) + 2)
_RECORDED = slice(_LISTED.stop + len(OWED), None)  # the number first
_OWED = slice(_LISTED.stop, _RECORDED.start + 1)  # with the number after them
# Each other table's rows, in the order of their key.
_PARTS = tuple(
    f"SELECT complaint, {as_bytes(f'{chr(39)}{tag}{chr(39)} || {first}', *more)} FROM {table}"
    f" WHERE complaint BETWEEN ? AND ? ORDER BY complaint, {order}"
    for tag, (table, order, first, *more) in zip(
        PART_TAGS,
        (
            ("entry", "position", "first", "day", "text"),
            ("reopening", "position", "completed", "reopened"),
            ("complaint_type", "position", "name"),
            ("quality_item", "item", "item", "ifnull(ticked, '')", "not_applicable"),
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
    rows = connection.execute(_SELECT)
    first, astray = _FIRST, False
    while chunk := rows.fetchmany(CHUNK):
        last = chunk[-1][0]
        parts = _parts(connection, first, last)
        for row in chunk:
            yield _spelled(row, parts.pop(row[0], ()))
        astray = astray or bool(parts)
        first = last + 1
    if astray or _parts(connection, first, _LAST):
        raise LookupError("parts hang on no complaint")


def write_checks(connection: sqlite3.Connection) -> None:
    """Write the checksums of every complaint's derived columns, for a register made before there were any."""
    rows = connection.execute(_SELECT).fetchall()
    connection.executemany(
        "UPDATE complaint SET next_check = ?, list_check = ? WHERE id = ?", ((*_checks(row), row[0]) for row in rows)
    )


def _parts(connection: sqlite3.Connection, first: int, last: int) -> dict[int, list[bytes]]:
    found: dict[int, list[bytes]] = defaultdict(list)
    for select in _PARTS:
        for row in connection.execute(select, (first, last)):
            found[row[0]].append(BETWEEN_FIELDS.join(row[1:]))
    return found


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
