"""The history as it is read: of one complaint with its files, and of the whole office a page at a time."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop.storage.operations import HistoryRow

_HASH = 64  # letters of a SHA-256 at the end of an attachment's key
_OF_COMPLAINT = (
    "SELECT operation.id, at, who, action, why, kind, key, changes FROM history"
    " JOIN operation ON operation.id = operation"
    " WHERE (kind IN ('complaint', 'view') AND key = ?) OR (kind = 'export' AND key IN (?, ?))"
    " OR (kind = 'attachment' AND key > ? AND key < ? AND length(key) = ?)"
    " ORDER BY history.id DESC"
)


@dataclass(frozen=True)
class NotedOperation:
    """An operation as it was noted; ``things``: how many it told of, ``undone``: taken back since; ``at`` is UTC.

    ``clock_back``: the PC's clock showed an earlier time than at the operation before.
    """

    number: int
    at: datetime
    who: str
    action: str
    why: str
    things: int
    undone: bool
    clock_back: bool


def of_complaint(connection: sqlite3.Connection, number: str, exports: tuple[str, str]) -> list[HistoryRow]:
    """What happened to a complaint and to its attached files, newest first; ``exports``: what left of it alone."""
    files = f"complaint/{number}/"
    after_files = f"complaint/{number}0"  # "0" follows "/"
    return _rows(connection.execute(_OF_COMPLAINT, (number, *exports, files, after_files, len(files) + _HASH)))


def page_of_operations(connection: sqlite3.Connection, before: int | None, most: int) -> list[NotedOperation]:
    """The newest operations older than one (None: than none), newest first."""
    rows = connection.execute(
        "SELECT id, at, who, action, why, (SELECT count(*) FROM history WHERE operation = each.id),"
        " (WITH RECURSIVE later (id) AS (SELECT id FROM operation WHERE undoes = each.id UNION ALL"
        " SELECT next.id FROM operation AS next JOIN later ON next.undoes = later.id) SELECT count(*) % 2 FROM later),"
        " ifnull((SELECT earlier.at > each.at FROM operation AS earlier WHERE earlier.id = each.id - 1), 0)"
        " FROM operation AS each WHERE ? IS NULL OR id < ? ORDER BY id DESC LIMIT ?",
        (before, before, most),
    )
    return [
        NotedOperation(number, datetime.fromisoformat(at), who, action, why, things, bool(undone), bool(clock_back))
        for number, at, who, action, why, things, undone, clock_back in rows
    ]


def rows_of_operation(connection: sqlite3.Connection, operation: int, most: int) -> list[HistoryRow]:
    """What an operation did, in the order it did it: the first few things."""
    rows = connection.execute(
        "SELECT operation.id, at, who, action, why, kind, key, changes FROM history"
        " JOIN operation ON operation.id = operation WHERE operation = ? ORDER BY history.id LIMIT ?",
        (operation, most),
    )
    return _rows(rows)


def count_operations(connection: sqlite3.Connection) -> int:
    """How many operations the history holds."""
    count: int = connection.execute("SELECT count(*) FROM operation").fetchone()[0]
    return count


def newest_operation(connection: sqlite3.Connection) -> int:
    """The number of the newest operation; 0 before the first."""
    number: int = connection.execute("SELECT coalesce(max(id), 0) FROM operation").fetchone()[0]
    return number


def nameless_since(connection: sqlite3.Connection, operation: int) -> bool:
    """Whether somebody without a name changed something after an operation; what the program did itself is nobody's."""
    row = connection.execute(
        "SELECT 1 FROM operation AS each WHERE id > ? AND who = '' AND NOT EXISTS"
        " (SELECT 1 FROM history WHERE operation = each.id AND kind IN ('shipped_calendar', 'register', 'view'))"
        " LIMIT 1",
        (operation,),
    ).fetchone()
    return row is not None


def _rows(rows: Iterable[tuple[int, str, str, str, str, str, str, str]]) -> list[HistoryRow]:
    return [
        HistoryRow(operation, datetime.fromisoformat(at), who, action, why, kind, key, _pairs(changes))
        for operation, at, who, action, why, kind, key, changes in rows
    ]


def _pairs(changes: str) -> dict[str, tuple[object, object]]:
    return {name: (old, new) for name, (old, new) in json.loads(changes).items()}
