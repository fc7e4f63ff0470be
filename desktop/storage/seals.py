"""Seals: what every stored thing says, spelled in one way, so that the history can tell when somebody else changed it.

The salted hash of a thing's spelling stands in the newest history row about it. Derived columns are no part of it: they
bear a checksum of their own, against bad disks.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from desktop.storage.complaint_parts import PartRows

# Each kind but complaints: its key first, then all that its rows say.
_THINGS = {
    "fiscal_year": "SELECT CAST(year AS TEXT) AS key, rules, project, core_types FROM office_year",
    "calendar": "SELECT day AS key, closed, why FROM calendar_change",
    "setting": "SELECT name AS key, value FROM setting",
    "shipped_calendar": "SELECT '' AS key, coalesce((SELECT group_concat(day || ' ' || source || ' ' || name, x'0a')"
    " FROM (SELECT * FROM shipped_day ORDER BY day)), '')",
    "issued_report": "SELECT month || '/' || revision AS key, drawn_on, last, send_by, figures, numbers,"
    " notified_later, plan, target, spent, note, why, issued_at, sha256, length, head FROM issued_report",
    "sent": "SELECT month || '/' || revision AS key, sent_on FROM sent JOIN issued_report ON issued_report.id = report",
    "attachment": "SELECT owner_kind || '/' || owner || '/' || sha256 AS key, media, size, name, added_at"
    " FROM attachment",
    "outage": "SELECT CAST(id AS TEXT) AS key, began, ended, what, noted_by, noted_at FROM outage",
    "signed_copy": "SELECT signed_copy.sha256 AS key, signed_copy.length, month, revision, signer, way, signed_at"
    " FROM signed_copy JOIN issued_report ON issued_report.id = report",
}


# Texts are cleaned of control characters before they are stored: these can stand between them.
BETWEEN_FIELDS, BETWEEN_ROWS, BETWEEN_TABLES, NOTHING = "\x1f", "\x1e", "\x1d", "\x00"


def spelled_sql(*columns: str) -> str:
    """The SQL that spells some columns as ``_fields`` does: in one text, made by SQLite, much quicker to read."""
    return " || x'1f' || ".join(f"ifnull({column}, x'00')" for column in columns)


def spelled(values: Iterable[object]) -> bytes:
    """What some columns say, as a seal covers it."""
    return _bytes(_fields(values))


def spelled_complaint(recorded: Sequence[object], parts: PartRows) -> bytes:
    """What a complaint says: its recorded columns, then its parts; raises ValueError for a text that was not cleaned."""
    tables = (_fields(recorded), *(BETWEEN_ROWS.join(map(_fields, rows)) for rows in parts))
    spelling = _bytes(BETWEEN_TABLES.join(tables))
    if not is_plain(spelling, len(recorded), [(len(rows), len(rows[0]) if rows else 0) for rows in parts]):
        raise ValueError("a text of a complaint holds control characters")
    return spelling


def is_plain(spelling: bytes, recorded: int, parts: Iterable[tuple[int, int]]) -> bool:
    """Whether what stands between the fields stands nowhere else; ``parts`` are (rows, fields of a row) by table."""
    fields, rows = recorded - 1, 0
    for count, width in parts:
        if count:
            fields += count * (width - 1)
            rows += count - 1
    return spelling.count(b"\x1f") == fields and spelling.count(b"\x1e") == rows and spelling.count(b"\x1d") == 4


def _fields(values: Iterable[object]) -> str:
    return BETWEEN_FIELDS.join([value if type(value) is str else _field(value) for value in values])


def _field(value: object) -> str:
    return NOTHING if value is None else str(value)


def list_check(listed: bytes, narrow: bytes, wide: str | None) -> int:
    """The checksum of what the list is filtered, sorted (``listed``, spelled) and searched by."""
    return zlib.crc32((wide or "").encode("utf-8", "surrogatepass"), zlib.crc32(narrow, zlib.crc32(listed)))


def next_check(owed: bytes) -> int:
    """The checksum of a complaint number with its stored next obligation, spelled."""
    return zlib.crc32(owed)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def spelling_of(connection: sqlite3.Connection, kind: str, key: str) -> bytes | None:
    """What a stored thing that is no complaint says; None when it is not there."""
    row = connection.execute(f"SELECT * FROM ({_THINGS[kind]}) WHERE key = ?", (key,)).fetchone()
    return None if row is None else spelled(row)


def spellings(connection: sqlite3.Connection) -> Iterator[tuple[str, str, bytes]]:
    """(kind, key, what it says) of everything stored that is no complaint."""
    for kind, select in _THINGS.items():
        row: tuple[Any, ...]
        for row in connection.execute(select):
            yield kind, row[0], spelled(row)
