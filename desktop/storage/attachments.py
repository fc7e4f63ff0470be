"""Attachments' rows; their content lies beside the register under its hash (``attachment_files``)."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from desktop.domain.evidence import Attachment

_SELECT = "SELECT owner_kind, owner, sha256, media, size, name, added_at FROM attachment"


def add(connection: sqlite3.Connection, attachment: Attachment) -> None:
    """Note an attachment."""
    connection.execute(
        "INSERT INTO attachment (owner_kind, owner, sha256, media, size, name, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            attachment.owner_kind,
            attachment.owner,
            attachment.sha256,
            attachment.media,
            attachment.size,
            attachment.name,
            attachment.added_at.isoformat(),
        ),
    )


def delete(connection: sqlite3.Connection, attachment: Attachment) -> None:
    """Take an attachment's row out; its content stays."""
    connection.execute(
        "DELETE FROM attachment WHERE owner_kind = ? AND owner = ? AND sha256 = ?",
        (attachment.owner_kind, attachment.owner, attachment.sha256),
    )


def of_owner(connection: sqlite3.Connection, owner_kind: str, owner: str) -> list[Attachment]:
    """What is attached to a complaint or an outage, in the order it was added."""
    rows = connection.execute(f"{_SELECT} WHERE owner_kind = ? AND owner = ? ORDER BY id", (owner_kind, owner))
    return list(_attachments(rows))


def of_key(connection: sqlite3.Connection, owner_kind: str, owner: str, sha256: str) -> Attachment | None:
    """One attachment, None when it is not there."""
    rows = connection.execute(
        f"{_SELECT} WHERE owner_kind = ? AND owner = ? AND sha256 = ?", (owner_kind, owner, sha256)
    )
    return next(_attachments(rows), None)


def contents(connection: sqlite3.Connection) -> dict[str, int]:
    """SHA-256 → bytes of every content some row speaks of."""
    return dict(connection.execute("SELECT sha256, max(size) FROM attachment GROUP BY sha256"))


def owners_of(connection: sqlite3.Connection, sha256: str) -> list[tuple[str, str]]:
    """(owner_kind, owner) of everything a content is attached to."""
    return list(connection.execute("SELECT owner_kind, owner FROM attachment WHERE sha256 = ? ORDER BY id", (sha256,)))


def contents_once_attached(connection: sqlite3.Connection) -> set[str]:
    """SHA-256 of every content the history speaks of, taken off again or not: kept, so that an undo finds it."""
    rows = connection.execute("SELECT key FROM history WHERE kind = 'attachment'")
    return {key.rpartition("/")[2] for (key,) in rows}


def is_still_told_of(connection: sqlite3.Connection, sha256: str, erasure: str) -> bool:
    """Whether a history row that was not erased by law speaks of a content: an undo may still ask for it.

    ``erasure`` is the key such an erasure of the content is noted under; its own row does not count.
    """
    row = connection.execute(
        "SELECT 1 FROM history AS each WHERE kind = 'attachment' AND substr(key, -65) = '/' || ?"
        " AND NOT EXISTS (SELECT 1 FROM history WHERE kind = 'erasure' AND key = CAST(each.id AS TEXT))"
        " AND NOT EXISTS (SELECT 1 FROM history WHERE operation = each.operation AND kind = 'erasure' AND key = ?)"
        " LIMIT 1",
        (sha256, erasure),
    ).fetchone()
    return row is not None


def count(connection: sqlite3.Connection) -> int:
    """How many attachments the register holds."""
    number: int = connection.execute("SELECT count(*) FROM attachment").fetchone()[0]
    return number


def _attachments(rows: sqlite3.Cursor) -> Iterator[Attachment]:
    for owner_kind, owner, sha256, media, size, name, added_at in rows:
        yield Attachment(owner_kind, owner, sha256, media, size, name, datetime.fromisoformat(added_at))
