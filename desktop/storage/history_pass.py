"""One pass over the whole history: each row against its salted hash, each operation against its link."""

import json
import sqlite3
import struct
from collections import defaultdict
from contextlib import suppress
from hashlib import sha256
from typing import Any

from desktop.storage import chain
from desktop.storage.row_calls import callable_in_sql
from desktop.storage.seals import NAME_SQL, as_bytes

# A table read without an index comes in the order of its row numbers.
_ROWS = f"SELECT count(each_row(id, operation, digest, seal, {as_bytes(NAME_SQL, 'changes')})) FROM history NOT INDEXED"
_OPERATIONS = (
    f"SELECT count(each_operation(link, {chain.OPERATION})) FROM operation NOT INDEXED"
    " LEFT JOIN chain ON chain.operation = operation.id"
)
ERASURE = "erasure"  # the kind of the rows that say how an older row, its key, reads without the erased values


class HistoryPass:
    """What a pass found: rows whose values are not what was written, operations whose link does not hold.

    ``seals`` holds the newest seal of everything there ever was, by name.
    """

    def __init__(self) -> None:
        self.changed_rows: list[int] = []
        self.broken_links: list[int] = []
        self.seals: dict[bytes, bytes] = {}
        self._odd: dict[int, bytes] = {}  # rows that are not what was written, as they are
        self._digests: dict[int, bytearray] = defaultdict(bytearray)  # of each operation's rows, in order

    def run(self, connection: sqlite3.Connection) -> None:
        """Read it all."""
        self._follow_rows(connection)
        self._follow_operations(connection)
        if self._odd:
            said = _said_by_erasures(connection)
            self.changed_rows = [row for row, found in self._odd.items() if said.get(str(row)) != found.hex()]

    def _follow_rows(self, connection: sqlite3.Connection) -> None:
        odd, seals = self._odd, self.seals
        now, digests = 0, bytearray()

        def each(row: int, operation: int, digest: bytes, seal: bytes, name: bytes, changes: bytes) -> None:
            nonlocal now, digests
            if operation != now:
                if operation < now:  # out of order
                    self.broken_links.append(operation)
                now, digests = operation, self._digests[operation]
            try:
                found = sha256(seal + name + changes).digest()
                digests += digest
            except TypeError:  # a column is empty that none of ours can be
                found = b""
            if found != digest:
                odd[row] = found
            seals[name] = seal

        with callable_in_sql(connection, "each_row", each):
            connection.execute(_ROWS).fetchall()

    def _follow_operations(self, connection: sqlite3.Connection) -> None:
        files, before, last, linked = chain.imported_files(connection), chain.NO_LINK, 0, 0

        def each(noted: bytes | None, *operation: Any) -> None:
            nonlocal before, last, linked
            number = operation[0]
            try:
                link = chain.link_of(before, operation, files.pop(number, b""), self._digests.pop(number, b""))
            except (TypeError, struct.error):
                link = b""
            if link != noted or number != last + 1:
                self.broken_links.append(number)
            before, last, linked = noted or link, number, linked + (noted is not None)

        with callable_in_sql(connection, "each_operation", each):
            connection.execute(_OPERATIONS).fetchall()
        self.broken_links += [*files, *self._digests]  # of no operation
        if linked != connection.execute("SELECT count(*) FROM chain").fetchone()[0]:
            astray = "SELECT operation FROM chain WHERE operation NOT IN (SELECT id FROM operation)"
            self.broken_links += [number for (number,) in connection.execute(astray)]


def _said_by_erasures(connection: sqlite3.Connection) -> dict[str, str]:
    """The hash each erased row has now, by the row."""
    said = {}
    select = f"SELECT {as_bytes('key', 'changes')} FROM history WHERE kind = ? ORDER BY id"
    for key, changes in connection.execute(select, (ERASURE,)):
        with suppress(ValueError, KeyError, TypeError, IndexError):
            said[key.decode()] = json.loads(changes)["digest"][1]
    return said
