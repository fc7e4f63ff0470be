"""What the complaints say as they are stored, read straight from the rows: some hundred at a time, with their parts."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any
from zlib import crc32

from desktop.storage.complaints import CHUNK, LISTED, OWED, RECORDED
from desktop.storage.row_calls import callable_in_sql
from desktop.storage.seals import BETWEEN_FIELDS, BETWEEN_ROWS, OPTIONAL, PART_TAGS, as_bytes

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
_EACH = f"SELECT count(each_complaint({_ROW})) FROM {_PLACE} WHERE complaint.id BETWEEN ? AND ?"
# The rows of each other table come in the order of their key.
_EACH_PART = tuple(
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
_END = "SELECT max(id) FROM (SELECT id FROM complaint NOT INDEXED WHERE id >= ? ORDER BY id LIMIT ?)"
_FIRST, _LAST = -(2**63), 2**63 - 1
Told = Callable[[bytes, bytes, bool], None]  # its name in the history, what it says, are its derived columns as written


def tell_complaints(connection: sqlite3.Connection, told: Told) -> bool:
    """Tell a function, which must not raise, of every complaint; gives whether all their parts hang on one of them."""
    parts: dict[int, list[bytes]] = defaultdict(list)

    def each_part(complaint: int, *fields: bytes) -> None:
        try:
            parts[complaint].append(BETWEEN_FIELDS.join(fields))
        except TypeError:  # a column is empty that none of ours can be: the row is as good as lost
            return

    def each(*row: Any) -> None:
        said = row[_RECORDED]
        told(b"complaint\x1f%b\x1f" % (said[0] or b""), _spelling(said, parts.pop(row[0], ())), _derived_holds(row))

    first, whole = _FIRST, True
    with (
        callable_in_sql(connection, "each_part", each_part),
        callable_in_sql(connection, "each_complaint", each),
    ):
        while True:
            (last,) = connection.execute(_END, (first, CHUNK)).fetchone()
            for select in _EACH_PART:
                connection.execute(select, (first, _LAST if last is None else last)).fetchall()
            if last is None:
                return whole and not parts
            connection.execute(_EACH, (first, last)).fetchall()
            whole = whole and not parts
            parts.clear()
            first = last + 1


def spelled_complaints(connection: sqlite3.Connection) -> list[tuple[bytes, bytes]]:
    """The name of every complaint and what it says."""
    found: list[tuple[bytes, bytes]] = []
    tell_complaints(connection, lambda name, says, _: found.append((name, says)))
    return found


def write_checks(connection: sqlite3.Connection) -> None:
    """Write the checksums of every complaint's derived columns, for a register made before there were any."""
    rows = connection.execute(f"SELECT {_ROW} FROM {_PLACE}").fetchall()
    connection.executemany(
        "UPDATE complaint SET next_check = ?, list_check = ? WHERE id = ?", ((*_checks(row), row[0]) for row in rows)
    )


def _spelling(said: tuple[bytes, ...], parts: Sequence[bytes]) -> bytes:
    try:
        return b"%d\x1d%b\x1d%b" % (len(parts), BETWEEN_FIELDS.join(said), BETWEEN_ROWS.join(parts))
    except TypeError:
        return b""


def _derived_holds(row: tuple[Any, ...]) -> bool:
    try:
        return _checks(row) == row[1:3]
    except TypeError:
        return False


def _checks(row: tuple[Any, ...]) -> tuple[int, int]:
    return crc32(BETWEEN_FIELDS.join(row[_OWED])), crc32(BETWEEN_FIELDS.join(row[_LISTED]))
