"""The chain over the history: each operation's link covers the one before it, so nothing in between can be changed.

A history row's values are covered by a salted hash, not themselves: erased by law, they leave the chain whole.
"""

import os
import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from struct import Struct

from desktop.storage.seals import as_bytes

SALT_BYTES = 16
NO_LINK = bytes(32)  # before the first operation
OPERATION = f"operation.id, {as_bytes('at', 'who', 'action', 'why')}, ifnull(undoes, 0)"  # an ``OperationRow``
_LENGTHS = Struct(">7q")  # stand before the texts a link covers, so that no two operations are spelled alike
OperationRow = tuple[int, bytes, bytes, bytes, bytes, int]  # its number, at, who, action, why, the one it undoes or 0


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


def new_salts(count: int) -> list[bytes]:
    """The same for some rows at once."""
    drawn = os.urandom(count * SALT_BYTES)
    return [drawn[start : start + SALT_BYTES] for start in range(0, len(drawn), SALT_BYTES)]


def seal_of(salt: bytes, says: bytes | None) -> bytes:
    """A seal: the salt, and after it the salted hash of what a thing says; the salt alone where the thing is gone."""
    return salt if says is None else salt + sha256(salt + says).digest()


def holds(seal: bytes, says: bytes) -> bool:
    """Whether a thing says what its seal was made of."""
    return sha256(seal[:SALT_BYTES] + says).digest() == seal[SALT_BYTES:]


def digest_of(seal: bytes, name: bytes, changes: bytes) -> bytes:
    """The hash that stands for a history row in the chain."""
    return sha256(seal + name + changes).digest()


def link_of(before: bytes, operation: OperationRow, files: bytes, digests: bytes | bytearray) -> bytes:
    """The link of an operation: over the one before it, itself, the files it imported, its history rows in order."""
    number, at, who, action, why, undoes = operation
    lengths = _LENGTHS.pack(number, undoes, len(at), len(who), len(action), len(why), len(digests))
    return sha256(b"".join((before, lengths, at, who, action, why, digests, files))).digest()


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
    select = f"SELECT {OPERATION} FROM operation WHERE id > ? ORDER BY id"
    operations = connection.execute(select, (number,)).fetchall()
    files = imported_files(connection, number + 1) if operations else {}
    for operation in operations:
        rows = connection.execute("SELECT digest FROM history WHERE operation = ? ORDER BY id", operation[:1])
        digests = b"".join([digest for (digest,) in rows])
        link = link_of(link, operation, files.get(operation[0], b""), digests)
        connection.execute("INSERT INTO chain (operation, link) VALUES (?, ?)", (operation[0], link))


def imported_files(connection: sqlite3.Connection, first: int = -(2**63)) -> dict[int, bytes]:
    """What a link covers of the files each operation from a number on imported."""
    found: dict[int, bytes] = defaultdict(bytes)
    select = f"SELECT operation, id, {as_bytes('files')} FROM import_batch WHERE operation >= ? ORDER BY id"
    for operation, number, files in connection.execute(select, (first,)):
        found[operation] += b"%d %d " % (number, len(files)) + files
    return found
