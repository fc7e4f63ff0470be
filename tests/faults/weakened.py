"""The product with one protection off, for the controls: switched on in a child of the tests alone."""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.services import whole_files
from desktop.storage import attachment_files, chain, register, restore_steps, schema

PIECE = 512  # bytes a careless program writes at a time


def without_full_sync() -> None:
    """SQLite's habit of many programs: the emptied journal is not synced."""
    _also("synchronous = NORMAL")


def with_journal_deleted() -> None:
    """Python's own habit: the journal is unlinked, and the folder not synced."""
    _also("journal_mode = DELETE", "synchronous = FULL")


def with_log_ahead() -> None:
    """The quick habit: a write-ahead log that is synced now and then."""
    _also("journal_mode = WAL", "synchronous = NORMAL")


def without_any_sync() -> None:
    """Nothing is ever synced: neither the register nor any other file."""
    _also("synchronous = OFF")
    os.fsync = lambda handle: None


def without_transaction() -> None:
    """Every statement for itself, every file made under its final name, a restore's steps written down nowhere."""

    @contextmanager
    def each_for_itself(self: register.Register) -> Iterator[sqlite3.Connection]:
        with register.explained(self.folder):
            yield self.connection
            chain.close_links(self.connection)

    def migrate(connection: sqlite3.Connection, version: int) -> None:
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")
        for step in schema.STEPS[version:]:
            step(connection)

    register.Register.transaction = each_for_itself  # type: ignore[method-assign]
    register.migrate = migrate
    register._create = _create_in_place
    restore_steps._write_down = lambda folder, swap: None
    restore_steps._end = lambda folder: restore_steps._throw_away(folder / restore_steps.COMING)
    attachment_files._write = lambda place, content: _write_slowly(place, content)
    whole_files.WholeFile.__init__ = _start_in_place  # type: ignore[method-assign]
    whole_files.WholeFile.__exit__ = lambda self, kind, error, trace: None  # type: ignore[method-assign]
    whole_files.WholeFile.write = lambda self, content: _write_slowly(self.path, content)  # type: ignore[method-assign]
    whole_files.WholeFile.give_name = lambda self: None  # type: ignore[method-assign]


def _start_in_place(self: whole_files.WholeFile, path: Path) -> None:
    self.path = self.making = path.absolute()


def _write_slowly(path: Path, content: bytes) -> None:
    with path.open("wb", buffering=0) as file:
        for start in range(0, len(content), PIECE):
            file.write(content[start : start + PIECE])


def _create_in_place(folder: Path) -> None:
    connection = sqlite3.connect(folder / register.REGISTER_NAME, isolation_level=None)
    register._set_pragmas(connection)
    register.migrate(connection, 0)
    connection.close()


def without_words() -> None:
    """What SQLite and the disk say goes to the officer as it is."""

    @contextmanager
    def unexplained(folder: Path) -> Iterator[None]:
        yield

    explained = register.explained
    for module in list(sys.modules.values()):  # each has taken it by its name
        if vars(module).get("explained") is explained:
            vars(module)["explained"] = unexplained


WEAKNESSES: dict[str, Callable[[], None]] = {
    "NORMAL": without_full_sync,
    "DELETE": with_journal_deleted,
    "WAL": with_log_ahead,
    "no sync": without_any_sync,
    "no transaction": without_transaction,
    "no words": without_words,
}


def _also(*pragmas: str) -> None:
    own = register._set_pragmas

    def set_pragmas(connection: sqlite3.Connection) -> None:
        own(connection)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()

    register._set_pragmas = set_pragmas
