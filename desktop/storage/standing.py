"""Which operations stand: not undone, or undone by an operation that was itself undone, however often.

An operation is noted as undone once; after that its undo is undone, and so on: a chain, of which only the end is open.
An undo may leave things as they are: each thing of an operation stands, or does not, by the last of its chain that
touched it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from desktop.storage.operations import changes_of

UNDO = "เลิกทำ: "  # before the word for what was undone
Row = tuple[str, str, dict[str, tuple[Any, Any]]]  # kind, key, each field's old and new


@dataclass(frozen=True)
class Operation:
    """One thing somebody did that can be taken back; ``things`` is how many complaints it changed, else things.

    ``chain`` goes from what was done first to the end, which an undo is noted to undo; ``key`` is the complaint when
    it is one alone. With ``rest`` it was taken back but for some things, and those can be.
    """

    chain: tuple[int, ...]
    action: str
    things: int
    key: str = ""
    rest: bool = False

    @property
    def number(self) -> int:
        """The end of the chain: what is taken back by its number."""
        return self.chain[-1]

    @property
    def undone(self) -> bool:
        """Whether it is an undo itself: what it took back comes again."""
        return len(self.chain) % 2 == 0 and not self.rest


def standing(connection: sqlite3.Connection, lasting: tuple[str, ...]) -> Iterator[Operation]:
    """What can be taken back, newest first: it changed something, none of it lasting, and stands.

    What was brought back counts from when it was brought back. An undo is itself taken back only by name
    (``to_undo``): pressed again, the key goes on to the one before.
    """
    marks = ", ".join("?" * len(lasting))
    ends = connection.execute(
        "SELECT id FROM operation AS each WHERE EXISTS (SELECT 1 FROM history WHERE operation = each.id)"
        " AND NOT EXISTS (SELECT 1 FROM operation AS later WHERE later.undoes = each.id)"
        f" AND NOT EXISTS (SELECT 1 FROM history WHERE operation = each.id AND kind IN ({marks}))"
        " ORDER BY id DESC",
        lasting,
    )
    with closing(ends):
        for (end,) in ends:
            chain = _chain(connection, end)
            if len(chain) % 2:
                yield _operation(connection, chain)


def to_undo(connection: sqlite3.Connection, operation: int, lasting: tuple[str, ...]) -> Operation | None:
    """One operation, or undo, by its number; None when nothing of it stands or it cannot be taken back."""
    chain = _chain(connection, operation)
    marks = ", ".join("?" * len(lasting))
    refused = connection.execute(
        f"SELECT count(*) = 0 OR total(kind IN ({marks})) > 0 FROM history WHERE operation = ?", (*lasting, operation)
    ).fetchone()[0]
    if refused:
        return None
    if (len(chain) - chain.index(operation)) % 2:
        return _operation(connection, chain)
    return _rest(connection, chain) if operation == chain[0] else None


def batches(connection: sqlite3.Connection) -> Iterator[tuple[int, Operation]]:
    """(batch, operation) of every import of which something stands, newest first."""
    for batch, operation in connection.execute("SELECT id, operation FROM import_batch ORDER BY id DESC").fetchall():
        chain = _chain(connection, operation)
        found = _operation(connection, chain) if len(chain) % 2 else _rest(connection, chain)
        if found is not None:
            yield batch, found


def rows_of(
    connection: sqlite3.Connection, chain: tuple[int, ...], *, undone: bool, most: int | None = None
) -> list[Row]:
    """What a chain did and what stands of it, or what is undone of it, in the order to take it back in.

    With ``most`` no more than so many rows of each are looked at.
    """
    last: dict[tuple[str, str], tuple[bool, Row]] = {}
    for place, operation in enumerate(chain):
        for row in changes_of(connection, operation, most):
            last[row[:2]] = (bool(place % 2), row)
    rows = [row for is_undone, row in last.values() if is_undone == undone]
    return rows[::-1] if undone else rows


def _chain(connection: sqlite3.Connection, operation: int) -> tuple[int, ...]:
    """The chain an operation is in: what was done first, its undo, the undo of that, to the end."""
    chain = [operation]
    while undone := connection.execute("SELECT undoes FROM operation WHERE id = ?", (chain[0],)).fetchone():
        if undone[0] is None:
            break
        chain.insert(0, undone[0])
    while undo := connection.execute("SELECT id FROM operation WHERE undoes = ?", (chain[-1],)).fetchone():
        chain.append(undo[0])
    return tuple(chain)


def _operation(connection: sqlite3.Connection, chain: tuple[int, ...], *, rest: bool = False) -> Operation:
    (action,) = connection.execute("SELECT action FROM operation WHERE id = ?", chain[:1]).fetchone()
    complaints, things, key = connection.execute(
        "SELECT total(kind = 'complaint'), count(*), max(CASE kind WHEN 'complaint' THEN key END)"
        " FROM history WHERE operation = ?",
        chain[-1:],
    ).fetchone()
    told = action if len(chain) % 2 or rest else f"{UNDO}{action}"
    return Operation(chain, told, int(complaints) or things, key if complaints == 1 else "", rest)


def _rest(connection: sqlite3.Connection, chain: tuple[int, ...]) -> Operation | None:
    """What was taken back but for some complaints; None when it was taken back wholly."""
    left = connection.execute(
        "SELECT 1 FROM history AS first WHERE operation = ? AND kind = 'complaint' AND NOT EXISTS"
        " (SELECT 1 FROM history WHERE kind = first.kind AND key = first.key AND operation = ?) LIMIT 1",
        (chain[0], chain[-1]),
    ).fetchone()
    return None if left is None else _operation(connection, chain, rest=True)
