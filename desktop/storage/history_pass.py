"""One pass over the whole history: each row against its salted hash, each operation against its link."""

import json
import sqlite3
from contextlib import suppress
from hashlib import sha256
from typing import Any

from desktop.storage import chain

_HISTORY = (
    f"SELECT id, operation, {chain.COVERED}, kind, key, salt, CAST(changes AS BLOB),"
    " digest, state FROM history ORDER BY id"
)


ERASURE = "erasure"  # the kind of the rows that say how an older row, its key, reads without the erased values
Salted = tuple[bytes, bytes]  # a seal and the salt it was made with


class HistoryPass:
    """What a pass found: rows whose values are not what was written, operations whose link does not hold.

    ``states`` is the newest seal of everything that is still there, by kind and key.
    """

    def __init__(self) -> None:
        self.broken_links: list[int] = []
        self.states: dict[str, dict[str, Salted]] = {}
        self._odd: dict[str, bytes] = {}  # rows that are not what was written, until an erasure tells why

    @property
    def changed_rows(self) -> list[str]:
        """The rows whose values were changed, not erased."""
        return list(self._odd)

    def run(self, connection: sqlite3.Connection) -> None:
        """Read it all."""
        links = dict(connection.execute("SELECT operation, link FROM chain").fetchall())
        rows = connection.execute(_HISTORY)
        row: Any = next(rows, None)
        before, last = chain.NO_LINK, 0
        for number, operation in chain.operations_in_order(connection):
            covered = []
            while row is not None and row[1] == number:
                covered.append(row[2])
                self._keep(row)
                row = next(rows, None)
            link = chain.link_of(before, operation, covered)
            if number != last + 1 or links.pop(number, None) != link:
                self.broken_links.append(number)
            before, last = link, number
        if row is not None:  # rows of no operation, or out of order
            self.broken_links.append(row[1])
        self.broken_links += links

    def _keep(self, row: Any) -> None:
        identity, _, _, kind, key, salt, changes, digest, state = row
        if not isinstance(salt, bytes):
            self._odd[str(identity)] = b""
        elif (found := sha256(salt + changes).digest()) != digest:
            self._odd[str(identity)] = found
        states = self.states.get(kind)
        if states is None:
            states = self.states[kind] = {}
        if state is not None:
            states[key] = (state, salt)
        else:
            states.pop(key, None)
            if kind == ERASURE and key in self._odd and self._odd[key] == _said(changes):
                del self._odd[key]


def _said(changes: bytes) -> bytes | None:
    """The hash an erasure says its row has now."""
    with suppress(ValueError, KeyError, TypeError, IndexError):
        return bytes.fromhex(json.loads(changes)["digest"][1])
    return None
