"""The chain over the history: each operation's link covers the one before it, so nothing in between can be changed.

A history row's values are covered by a salted hash, not themselves: erased by law, they leave the chain whole.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.storage.seals import spelled_sql

SALT_BYTES = 16
NO_LINK = bytes(32)  # before the first operation
# What a link covers of an operation and of a history row, spelled by SQLite itself: each text after its length, so that
# no two are spelled alike.
_LENGTHS = " || ' ' || ".join(f"length({column})" for column in ("at", "who", "action", "why"))
_OPERATION = (
    f"SELECT operation.id, CAST({_LENGTHS} || {spelled_sql('operation.id', 'at', 'who', 'action', 'why', 'undoes')}"
    " || ifnull(files, x'00') AS BLOB) FROM operation LEFT JOIN import_batch ON import_batch.operation = operation.id"
)
COVERED = (
    "CAST(length(kind) || ' ' || length(key) || ' ' || ifnull(length(state), 0) || ' ' || kind || key || digest"
    " || ifnull(state, x'') AS BLOB)"
)


@dataclass(frozen=True)
class Head:
    """The end of the chain: the newest operation's number, and its link in hex."""

    operation: int
    link: str

    @property
    def text(self) -> str:
        """As it is kept elsewhere and printed: ``123:0a1b…``."""
        return f"{self.operation}:{self.link}"


def head_of_text(text: str) -> Head:
    """The head spelled as ``text`` spells it; raises ValueError."""
    operation, _, link = text.partition(":")
    if len(link) != 2 * len(NO_LINK):
        raise ValueError(text)
    bytes.fromhex(link)
    return Head(int(operation), link)


def new_salt() -> bytes:
    """A salt for a history row: without it nobody can try telephone numbers against a hash."""
    return os.urandom(SALT_BYTES)


def digest_of(salt: bytes, said: bytes) -> bytes:
    """The salted hash that stands for a history row's values, or for what a thing says after it."""
    return hashlib.sha256(salt + said).digest()


def link_of(before: bytes, operation: bytes, rows: Sequence[bytes]) -> bytes:
    """The link of an operation over what is covered of it and of its history rows, oldest first."""
    return hashlib.sha256(b"\n".join((before, operation, *rows))).digest()


def head(connection: sqlite3.Connection) -> Head | None:
    """The end of the chain; None in a register made before there was one."""
    row = connection.execute("SELECT operation, link FROM chain ORDER BY operation DESC LIMIT 1").fetchone()
    return None if row is None else Head(row[0], row[1].hex())


def link_at(connection: sqlite3.Connection, operation: int) -> str | None:
    """The link of an operation in hex; None when the chain does not reach it."""
    row = connection.execute("SELECT link FROM chain WHERE operation = ?", (operation,)).fetchone()
    return None if row is None else str(row[0].hex())


def close_links(connection: sqlite3.Connection) -> None:
    """Link every operation not linked yet: the last thing a transaction does."""
    last = connection.execute("SELECT operation, link FROM chain ORDER BY operation DESC LIMIT 1").fetchone()
    number, link = (0, NO_LINK) if last is None else last
    select = f"{_OPERATION} WHERE operation.id > ? ORDER BY 1"
    for identity, operation in connection.execute(select, (number,)).fetchall():
        rows = connection.execute(f"SELECT {COVERED} FROM history WHERE operation = ? ORDER BY id", (identity,))
        link = link_of(link, operation, [row for (row,) in rows])
        connection.execute("INSERT INTO chain (operation, link) VALUES (?, ?)", (identity, link))


def operations_in_order(connection: sqlite3.Connection) -> Iterator[tuple[int, bytes]]:
    """Every operation's number and what its link covers of it, oldest first."""
    return connection.execute(f"{_OPERATION} ORDER BY 1")
