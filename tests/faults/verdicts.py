"""What a register says after a fault, read beside the product: its rows, its history, its state as one hash."""

import hashlib
import json
import re
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.storage import backup_reader
from desktop.storage.register_folder import REGISTER_NAME

# What differs between two runs that did the same: clocks, salts, and the hashes over them (the product checks those).
VOLATILE = {"at", "seal", "digest", "link", "head", "issued_at", "added_at", "noted_at", "signed_at", "pdf",
            "length"}  # fmt: skip
HASH = re.compile(r"[0-9a-f]{64}")
PLAIN_FIELDS = ("notified", "channel", "subject", "detail", "place", "unit", "accepted", "completed", "answer")


@dataclass
class Verdict:
    """What a fault did: acknowledged changes lost, changes there in part, files or registers no longer usable.

    ``ahead`` counts whole papers that left the office while the register does not know them.
    """

    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)  # what the officer should not have been told
    ahead: int = 0

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.lost or self.half or self.damaged or self.words)

    @property
    def first(self) -> str:
        """The first thing that is wrong."""
        return next(iter([*self.damaged, *self.half, *self.lost, *self.words]), "")

    def include(self, other: "Verdict") -> None:
        """Another look at the same run."""
        for name in ("lost", "half", "damaged", "words"):
            getattr(self, name).extend(getattr(other, name))
        self.ahead += other.ahead

    def caught(self, step: Callable[[], None]) -> bool:
        """Take a step of judging; what the product refuses, or is not ready for, is damage."""
        try:
            step()
        except PLAIN_ERRORS as refused:
            self.damaged.append(str(refused))
        except Exception:
            self.damaged.append(traceback.format_exc(limit=-4))
        else:
            return True
        return False


def reading(folder: Path) -> sqlite3.Connection:
    """A connection of the judge's own, for reading alone."""
    return sqlite3.connect(f"{(folder / REGISTER_NAME).as_uri()}?mode=ro", uri=True)


def state_of(folder: Path) -> str:
    """SHA-256 over every row of every table, but for what differs from run to run."""
    with closing(reading(folder)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
        told = hashlib.sha256()
        for (table,) in tables:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in VOLATILE]
            names = ", ".join(columns)
            rows = connection.execute(f"SELECT {names} FROM {table} ORDER BY {names}").fetchall()
            told.update(HASH.sub("*", repr((table, columns, rows))).encode())
        return told.hexdigest()


def structure_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """What SQLite itself finds wrong."""
    for (message,) in connection.execute("PRAGMA integrity_check").fetchall():
        if message != "ok":
            yield f"integrity_check: {message}"
    for row in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield f"foreign_key_check: {row}"


def history_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Where the history does not lead, step by step, to what is stored."""
    known: dict[str, dict[str, object]] = {}
    rows = connection.execute("SELECT key, changes FROM history WHERE kind = 'complaint' ORDER BY id")
    for number, changes in rows.fetchall():
        fields = known.setdefault(number, {})
        for name, (old, new) in json.loads(changes).items():
            if name in fields and fields[name] != old:
                yield f"{number} {name}: {fields[name]!r} became {old!r} without a history row"
            fields[name] = new
    standing = {number: fields for number, fields in known.items() if fields.get("number") is not None}
    stored = _stored_complaints(connection)
    for number in sorted(set(standing) ^ set(stored)):
        yield f"{number} stands in the {'history' if number in standing else 'register'} alone"
    for number in sorted(set(standing) & set(stored)):
        yield from _differences(number, standing[number], stored[number])


def _stored_complaints(connection: sqlite3.Connection) -> dict[str, dict[str, object]]:
    """Plain fields of every complaint, and how many entries it has."""
    columns = ", ".join(PLAIN_FIELDS)
    rows = connection.execute(
        f"SELECT number, (SELECT count(*) FROM entry WHERE complaint = id), {columns} FROM complaint"
    ).fetchall()
    return {number: dict(zip(("entries", *PLAIN_FIELDS), values, strict=True)) for number, *values in rows}


def _differences(number: str, told: dict[str, object], stored: dict[str, object]) -> Iterator[str]:
    entries = len(told.get("follow_ups") or ()) + (told.get("first_report") is not None)
    if entries != stored["entries"]:
        yield f"{number}: {stored['entries']} entries, {entries} by its history"
    for name in PLAIN_FIELDS:
        if (told.get(name) or None) != (stored[name] or None):
            yield f"{number} {name}: {stored[name]!r} stored, {told.get(name)!r} by its history"


def check_backup(path: Path) -> None:
    """Read a backup from its first to its last byte; raises what the product says of a bad one."""
    with backup_reader.opened(path, None, lambda done: None) as backup:
        backup.check(lambda done: None)
