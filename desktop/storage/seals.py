"""Seals: what every stored thing says, spelled in one way, so that the history can tell when somebody else changed it.

The salted hash of a thing's spelling stands in the newest history row about it. Derived columns are no part of it: they
bear a checksum of their own, against bad disks; next obligations are counted anew, too (``services/examining``).
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

from desktop.storage.complaint_parts import PartRows

# Each kind but complaints: its key, all that its rows say, and where they stand.
_THINGS = {
    "fiscal_year": ("CAST(year AS TEXT)", "rules, project, core_types", "office_year"),
    "calendar": ("day", "closed, why", "calendar_change"),
    "setting": ("name", "value", "setting"),
    "shipped_calendar": (
        "''",
        "days",
        "(SELECT coalesce(group_concat(day || ' ' || source || ' ' || name, x'0a'), '') AS days"
        " FROM (SELECT * FROM shipped_day ORDER BY day))",
    ),
    "issued_report": (
        "month || '/' || revision",
        "drawn_on, last, send_by, figures, numbers, notified_later, plan, target, spent, note, why, issued_at, sha256,"
        " length, head",
        "issued_report",
    ),
    # a blank letter adds nothing: the same as before there was one
    "sent": (
        "month || '/' || revision",
        "sent_on || CASE letter WHEN '' THEN '' ELSE x'1f' || letter END",
        "sent JOIN issued_report ON issued_report.id = report",
    ),
    "attachment": ("owner_kind || '/' || owner || '/' || sha256", "media, size, name, added_at", "attachment"),
    "outage": ("CAST(id AS TEXT)", "began, ended, what, noted_by, noted_at", "outage"),
    "signed_copy": (
        "signed_copy.sha256",
        "signed_copy.length, month, revision, signer, way, signed_at",
        "signed_copy JOIN issued_report ON issued_report.id = report",
    ),
}

_BEFORE_LETTERS = _THINGS | {"sent": (_THINGS["sent"][0], "sent_on", _THINGS["sent"][2])}  # as of schema step 2

# Texts are cleaned of control characters before they are stored: these can stand between them.
BETWEEN_FIELDS, BETWEEN_ROWS, BETWEEN_TABLES, NOTHING = b"\x1f", b"\x1e", b"\x1d", b"\x00"
PART_TAGS = "ERTQ"  # before the rows of each of a complaint's other tables
OPTIONAL = 4  # the last of a complaint's recorded columns can be empty


def as_bytes(*columns: str) -> str:
    """The SQL of some columns as the bytes they are stored in: quick to read, and damaged text can be read too."""
    return ", ".join(f"CAST({column} AS BLOB)" for column in columns)


def name_of(kind: str, key: str) -> bytes:
    """What a history row is about, as its hash covers it; ``NAME_SQL`` spells the same."""
    return f"{kind}\x1f{key}\x1f".encode()


NAME_SQL = "kind || x'1f' || key || x'1f'"


def kind_and_key(name: bytes) -> tuple[str, str]:
    """What ``name_of`` was made of."""
    kind, _, key = name[:-1].decode("utf-8", "backslashreplace").partition("\x1f")
    return kind, key


def spelled_complaint(recorded: Sequence[object], parts: PartRows) -> bytes:
    """What a complaint says: its recorded columns, then its parts; raises ValueError for a text that was not cleaned.

    How many rows there are stands first: with the fields of each row known, no other complaint is spelled alike.
    """
    fields = [*recorded[:-OPTIONAL], *("" if value is None else f"{value}." for value in recorded[-OPTIONAL:])]
    rows = [f"{tag}{_joined(row)}" for tag, table in zip(PART_TAGS, parts, strict=True) for row in table]
    said = f"{len(rows)}\x1d{_joined(fields)}\x1d{chr(0x1E).join(rows)}"
    inside = len(fields) - 1 + sum(len(table) * (len(table[0]) - 1) for table in parts if table)
    if (said.count("\x1d"), said.count("\x1e"), said.count("\x1f")) != (2, max(len(rows) - 1, 0), inside):
        raise ValueError("a text of a complaint holds control characters")
    return said.encode()


def _joined(values: Iterable[object]) -> str:
    return "\x1f".join([value if type(value) is str else "" if value is None else str(value) for value in values])


def next_check(number: str, owed: Sequence[str | None]) -> int:
    """The checksum of a complaint number with its stored next obligation."""
    return crc32(_joined((*owed, number)).encode())


def list_check(listed: Sequence[str], narrow: bytes, wide: str | None) -> int:
    """The checksum of what the list is filtered, sorted (``listed``) and searched by."""
    return crc32(BETWEEN_FIELDS.join((_joined(listed).encode(), narrow, (wide or "").encode())))


def spelled(values: Iterable[bytes | None]) -> bytes:
    """What some columns say, as a seal covers it."""
    return BETWEEN_FIELDS.join([NOTHING if value is None else value for value in values])


def spelling_of(connection: sqlite3.Connection, kind: str, key: str) -> bytes | None:
    """What a stored thing that is no complaint says; None when it is not there."""
    name, columns, place = _THINGS[kind]
    select = f"SELECT {as_bytes(*columns.split(', '))} FROM {place} WHERE {name} = ?"
    row = connection.execute(select, (key,)).fetchone()
    return None if row is None else spelled(row)


def spellings(connection: sqlite3.Connection, *, before_letters: bool = False) -> Iterator[tuple[bytes, bytes]]:
    """The name of everything stored that is no complaint, and what it says; ``before_letters``: in schema step 2."""
    for kind, (key, columns, place) in (_BEFORE_LETTERS if before_letters else _THINGS).items():
        for row in connection.execute(f"SELECT {as_bytes(key, *columns.split(', '))} FROM {place}"):
            yield b"%b\x1f%b\x1f" % (kind.encode(), row[0] or b""), spelled(row[1:])
