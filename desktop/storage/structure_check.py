"""SQLite's own check of the register's file: one long step, which can be taken beside the reading of the rows.

Beside it, it has a thread and a connection of its own: while SQLite checks, Python is free.
"""

import sqlite3
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import NamedTuple

MOST_PROBLEMS = 20  # messages of SQLite's worth reading
# What refers to another row where the reading of the rows would not see that it is gone.
REFERRING = ("operation", "import_batch", "sent", "signed_copy", "search_text")


class Problem(NamedTuple):
    """What SQLite says is wrong; an index alone can be made anew."""

    message: str
    index_alone: bool


class StructureCheck:
    """Begins with the ``with`` block; ``problems`` waits for its end."""

    def __init__(self, connection: sqlite3.Connection, *, rows_are_read: bool, beside: bool) -> None:
        self._own = _second(connection) if beside else None
        self._connection = self._own or connection
        self._rows_are_read = rows_are_read
        self._found: list[Problem] = []
        self._error: Exception | None = None
        self._thread = Thread(target=self._run, name="structure", daemon=True)

    def __enter__(self) -> "StructureCheck":
        if self._own is not None:
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._own is not None:
            if error is not None:
                self._own.interrupt()
            self._thread.join()
            self._own.close()

    def problems(self) -> list[Problem]:
        """What is wrong; raises what SQLite could not read."""
        if self._own is None:
            self._run()
        else:
            self._thread.join()
        if self._error is not None:
            raise self._error
        return self._found

    def _run(self) -> None:
        try:
            for (message,) in self._connection.execute(f"PRAGMA integrity_check({MOST_PROBLEMS})").fetchall():
                if message != "ok":
                    self._found.append(Problem(message, "index" in message and "Tree" not in message))
            for table in REFERRING if self._rows_are_read else ("",):
                check = f"PRAGMA foreign_key_check({table})" if table else "PRAGMA foreign_key_check"
                for name, row, *_ in self._connection.execute(check).fetchmany(MOST_PROBLEMS):
                    self._found.append(Problem(f"{name} {row}", index_alone=False))
        except (sqlite3.Error, UnicodeDecodeError) as error:
            self._error = error


def _second(connection: sqlite3.Connection) -> sqlite3.Connection | None:
    """Another connection to the same file; None for a register in memory."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    if not path:
        return None
    uri = f"{Path(path).resolve().as_uri()}?mode=ro"
    second = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    for pragma in ("cell_size_check = ON", "trusted_schema = OFF", "mmap_size = 0", "temp_store = MEMORY"):
        second.execute(f"PRAGMA {pragma}").close()
    return second
