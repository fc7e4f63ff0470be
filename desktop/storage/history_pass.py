"""One pass over the whole history: each row against its salted hash, each operation against its link."""

import json
import sqlite3
import struct
from contextlib import suppress
from typing import Any

from desktop.storage import chain
from desktop.storage.chain import digest_of
from desktop.storage.seals import NAME_SQL, as_bytes

_HISTORY = f"SELECT operation, id, digest, seal, {as_bytes(NAME_SQL, 'changes')} FROM history ORDER BY id"
ERASURE = "erasure"  # the kind of the rows that say how an older row, its key, reads without the erased values


class HistoryPass:
    """What a pass found: rows whose values are not what was written, operations whose link does not hold.

    ``seals`` holds the newest seal of everything there ever was, by name.
    """

    def __init__(self) -> None:
        self.changed_rows: list[int] = []
        self.broken_links: list[int] = []
        self.seals: dict[bytes, bytes] = {}

    def run(self, connection: sqlite3.Connection) -> None:
        """Read it all."""
        odd: dict[int, bytes] = {}  # rows that are not what was written, as they are
        self._follow(connection, odd)
        if odd:
            said = _said_by_erasures(connection)
            self.changed_rows = [row for row, found in odd.items() if said.get(str(row)) != found.hex()]

    def _follow(self, connection: sqlite3.Connection, odd: dict[int, bytes]) -> None:
        files = chain.imported_files(connection)
        links = _Links(connection)
        rows = connection.execute(_HISTORY)
        row: Any = next(rows, None)
        before, last = chain.NO_LINK, 0
        for operation in chain.operations_in_order(connection):
            number, digests = operation[0], []
            while row is not None and row[0] == number:
                _, identity, digest, seal, name, changes = row
                if (found := _digest_of(seal, name, changes)) != digest:
                    odd[identity] = found
                digests.append(digest)
                self.seals[name] = seal
                row = next(rows, None)
            link, noted = _link_of(before, operation, files.pop(number, b""), digests), links.of(number)
            if link != noted or number != last + 1:
                self.broken_links.append(number)
            before, last = noted or link, number
        if row is not None:  # rows of no operation, or out of order
            self.broken_links.append(row[0])
        self.broken_links += [*files, *links.left()]


class _Links:
    """The noted links, handed out in the order of their operations."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._rows = connection.execute("SELECT operation, link FROM chain ORDER BY operation")
        self._row: Any = next(self._rows, None)
        self._astray: list[int] = []

    def of(self, number: int) -> bytes | None:
        """The link of an operation, None when there is none; each is asked for once, in order."""
        while self._row is not None and self._row[0] < number:
            self._astray.append(self._row[0])
            self._row = next(self._rows, None)
        if self._row is None or self._row[0] != number:
            return None
        link: bytes = self._row[1]
        self._row = next(self._rows, None)
        return link

    def left(self) -> list[int]:
        """The links of no operation."""
        rest = [] if self._row is None else [self._row[0], *(number for number, _ in self._rows)]
        return self._astray + rest


def _digest_of(seal: bytes, name: bytes, changes: bytes) -> bytes:
    try:
        return digest_of(seal, name, changes)
    except TypeError:  # a column is empty that none of ours can be
        return b""


def _link_of(before: bytes, operation: chain.OperationRow, files: bytes, digests: list[bytes]) -> bytes:
    try:
        return chain.link_of(before, operation, files, digests)
    except (TypeError, struct.error):
        return b""


def _said_by_erasures(connection: sqlite3.Connection) -> dict[str, str]:
    """The hash each erased row has now, by the row."""
    said = {}
    rows = connection.execute(
        f"SELECT {as_bytes('key', 'changes')} FROM history WHERE kind = ? ORDER BY id", (ERASURE,)
    )
    for key, changes in rows:
        with suppress(ValueError, KeyError, TypeError, IndexError):
            said[key.decode()] = json.loads(changes)["digest"][1]
    return said
