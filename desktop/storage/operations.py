"""Operations and their history rows: append-only, written in the transaction of the change itself."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from desktop.storage import chain
from desktop.storage.row_numbers import next_id
from desktop.storage.row_values import to_json
from desktop.storage.seals import name_of


@dataclass(frozen=True)
class HistoryRow:
    """One thing changed by one operation: each field's old and new value as JSON holds them; ``at`` is UTC."""

    operation: int
    at: datetime
    who: str
    action: str
    why: str
    kind: str
    key: str
    changes: Mapping[str, tuple[Any, Any]]


def begin(
    connection: sqlite3.Connection, at: datetime, who: str, action: str, why: str, undoes: int | None = None
) -> int:
    """Note an operation (``undoes``: the one it takes back) and return its number."""
    number = next_id(connection, "operation")
    connection.execute(
        "INSERT INTO operation (id, at, who, action, why, undoes) VALUES (?, ?, ?, ?, ?, ?)",
        (number, at.isoformat(), who, action, why, undoes),
    )
    return number


def newest_at(connection: sqlite3.Connection) -> datetime | None:
    """When the newest operation was noted (UTC); None before the first."""
    row = connection.execute("SELECT at FROM operation ORDER BY id DESC LIMIT 1").fetchone()
    return None if row is None else datetime.fromisoformat(row[0])


def note(
    connection: sqlite3.Connection,
    operation: int,
    kind: str,
    key: str,
    changes: Mapping[str, object],
    says: bytes | None,
) -> None:
    """Note what an operation did to one thing; ``says`` is the thing's spelling after it, None when it is gone."""
    note_all(connection, operation, kind, [(key, changes, says)])


def note_all(
    connection: sqlite3.Connection,
    operation: int,
    kind: str,
    things: Sequence[tuple[str, Mapping[str, object], bytes | None]],
) -> None:
    """The same of some things of a kind: each its key, its changes and what it says."""
    rows = []
    numbers, salts = count(next_id(connection, "history")), chain.new_salts(len(things))
    for (key, changes, says), salt, number in zip(things, salts, numbers, strict=False):
        told, seal = to_json(changes), chain.seal_of(salt, says)
        digest = chain.digest_of(seal, name_of(kind, key), told.encode())
        rows.append((number, operation, kind, key, told, seal, digest))
    connection.executemany(
        "INSERT INTO history (id, operation, kind, key, changes, seal, digest) VALUES (?, ?, ?, ?, ?, ?, ?)", rows
    )


def history_of(connection: sqlite3.Connection, kinds: Sequence[str], key: str) -> list[HistoryRow]:
    """What happened to one thing, newest first: the rows of some kinds under its key."""
    rows = connection.execute(
        "SELECT operation.id, at, who, action, why, kind, key, changes FROM history"
        " JOIN operation ON operation.id = operation"
        f" WHERE kind IN ({', '.join('?' * len(kinds))}) AND key = ? ORDER BY history.id DESC",
        (*kinds, key),
    )
    return [
        HistoryRow(operation, datetime.fromisoformat(at), who, action, why, kind, key, _pairs(changes))
        for operation, at, who, action, why, kind, key, changes in rows
    ]


def noted_since(connection: sqlite3.Connection, kind: str, key: str, since: datetime) -> bool:
    """Whether something of a kind was noted under a key since a moment of any zone."""
    row = connection.execute(
        "SELECT 1 FROM history JOIN operation ON operation.id = operation"
        " WHERE kind = ? AND key = ? AND at >= ? LIMIT 1",
        (kind, key, since.astimezone(UTC).isoformat()),  # stored in UTC, and compared as text
    ).fetchone()
    return row is not None


def values_of(connection: sqlite3.Connection, kind: str, key: str) -> list[tuple[int, dict[str, tuple[Any, Any]]]]:
    """(row, each field's old and new) of everything the history says of one thing, oldest first."""
    rows = connection.execute("SELECT id, changes FROM history WHERE kind = ? AND key = ? ORDER BY id", (kind, key))
    return [(identity, _pairs(changes)) for identity, changes in rows.fetchall()]


def keys_of(connection: sqlite3.Connection, kind: str, beginning: str) -> set[str]:
    """The keys something of a kind was noted under that begin so."""
    rows = connection.execute(
        "SELECT key FROM history WHERE kind = ? AND substr(key, 1, ?) = ?", (kind, len(beginning), beginning)
    )
    return {key for (key,) in rows}


def erase_values(connection: sqlite3.Connection, operation: int, row: int, changes: Mapping[str, object]) -> None:
    """Put a history row's values in a form without what was erased by law; the chain holds, and says who did it."""
    select = "SELECT kind, key, seal FROM history WHERE id = ?"
    kind, key, seal = connection.execute(select, (row,)).fetchone()
    told, seal = to_json(changes), chain.new_salt() + seal[chain.SALT_BYTES :]
    digest = chain.digest_of(seal, name_of(kind, key), told.encode())
    note(connection, operation, "erasure", str(row), {"digest": (None, digest.hex())}, None)
    connection.execute("UPDATE history SET changes = ?, seal = ? WHERE id = ?", (told, seal, row))


def _pairs(changes: str) -> dict[str, tuple[Any, Any]]:
    return {name: (old, new) for name, (old, new) in json.loads(changes).items()}


def changes_of(
    connection: sqlite3.Connection, operation: int, most: int | None = None
) -> list[tuple[str, str, dict[str, tuple[Any, Any]]]]:
    """(kind, key, each field's old and new) of everything an operation changed, newest first; ``most`` rows of it."""
    rows = connection.execute(
        "SELECT kind, key, changes FROM history WHERE operation = ? ORDER BY id DESC LIMIT ?",
        (operation, -1 if most is None else most),
    ).fetchall()
    return [(kind, key, _pairs(changes)) for kind, key, changes in rows]


def add_batch(connection: sqlite3.Connection, operation: int, files: list[str]) -> int:
    """Note an import batch and return its number."""
    number = next_id(connection, "import_batch")
    connection.execute(
        "INSERT INTO import_batch (id, operation, files) VALUES (?, ?, ?)", (number, operation, to_json(files))
    )
    return number
