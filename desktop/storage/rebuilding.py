"""Indexes and derived columns made anew: what a bad disk hurt there can be worked out again from the rows."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing

from desktop.domain.complaint import Complaint
from desktop.domain.obligations import NextObligation
from desktop.storage import complaints
from desktop.storage.examination import examine

Owed = Callable[[Complaint], NextObligation | None]


def rebuild(connection: sqlite3.Connection, numbers: Iterable[str], owed: Owed) -> None:
    """Make every index anew, and the derived columns of some complaints; in the caller's transaction."""
    connection.execute("REINDEX")
    for number in numbers:
        complaint = complaints.by_number(connection, number)
        assert complaint is not None, "its row was just read"
        complaints.update(connection, complaint, owed(complaint))


def would_mend(content: bytes, numbers: Iterable[str], owed: Owed) -> bool:
    """Whether that makes a register whole, tried on a copy in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        try:
            copy.deserialize(content)
            rebuild(copy, numbers, owed)
            return not examine(copy).findings
        except (sqlite3.Error, AssertionError, ValueError):
            return False
