"""The log: when the program ran, what it opened or refused, what went wrong and where in our own code.

Nothing of the register can get in: what is noted is a word of ours, the kind of an error and its place, never a
message, a file name, a number of a complaint or what somebody searched for. The file is ``logs/rongthuk.log`` in the
data folder, the older ones beside it, at most 5 MB in all. Where it cannot be written there is none.

Each line is written and the file let go again: two programs may share it, and Windows can rename it.
"""

import logging
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from types import TracebackType

from desktop.storage.register_folder import MARK_NAME

FOLDER = "logs"
NAME = "rongthuk.log"
MOST_BYTES = 1_000_000  # of one file
OLDER_FILES = 4  # rongthuk.log.1 is the newest of them
MOST_WAITING = 200  # records kept until there is a register whose folder may bear them
_log = logging.getLogger("rongthuk")
_log.propagate = False
_log.setLevel(logging.INFO)
_log.addHandler(logging.NullHandler())  # without a folder nothing is written anywhere


class Happened(Enum):
    """What can be noted."""

    STARTED = "started"
    OPENED = "opened"
    REFUSED = "refused"
    DONE = "done"
    UNFORESEEN = "unforeseen"
    WORK_FAILED = "long work failed"
    WORK_CANCELLED = "long work cancelled"
    DRAFTS_DAMAGED = "drafts damaged"
    ENDED = "ended"


class How(Enum):
    """The only words that may stand beside what happened."""

    WINDOW = "window"
    COMMAND = "command"
    WRITING = "for writing"
    READING = "for reading"
    PLAIN = ""


@contextmanager
def kept_in(folder: Path, version: str, how: How) -> Iterator[None]:
    """Keep the log in a data folder while the program runs over it."""
    book = _Book(folder)
    _log.addHandler(book)
    python = ".".join(map(str, sys.version_info[:3]))
    _note(logging.INFO, Happened.STARTED, f"{version} {how.value} {sys.platform} Python {python}")
    try:
        yield
    finally:
        note(Happened.ENDED)
        _log.removeHandler(book)
        book.close()


def note(happened: Happened, how: How = How.PLAIN) -> None:
    """Note that something happened."""
    _note(logging.INFO, happened, how.value)


def note_error(happened: Happened, kind: type[BaseException], trace: TracebackType | None) -> None:
    """Note the kind of an error and its place in the code, never what it says."""
    _note(logging.WARNING, happened, place_of(kind, trace))


def place_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Kind and place of an error, such as ``KeyError list_model.py:120``: nothing of the register is in it."""
    frames = traceback.extract_tb(trace)
    place = f" {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{kind.__name__}{place}"


def _note(level: int, happened: Happened, words: str) -> None:
    _log.log(level, "%s", " ".join(f"{happened.value} {words}".split()))


class _Book(logging.Handler):
    """Writes records to the log of a data folder, once there is a register in it; never raises, never prints."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._waiting: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record, and write down all that are kept."""
        at = datetime.fromtimestamp(record.created, UTC)
        line = f"{at:%Y-%m-%dT%H:%M:%SZ} {os.getpid()} {record.getMessage()}\n"
        self._waiting = [*self._waiting, line][-MOST_WAITING:]
        if not (self._folder / MARK_NAME).exists():
            return  # no register of ours: nothing is left in somebody else's folder
        lines, self._waiting = "".join(self._waiting), []
        with suppress(OSError):
            write_down(self._folder / FOLDER / NAME, lines)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: the log is the last thing to bother her with."""


def write_down(path: Path, lines: str) -> None:
    """Add lines to a log; a full one is put aside first, and the oldest goes."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    content = lines.encode("ascii", errors="replace")
    if _size(path) + len(content) > MOST_BYTES:
        _put_aside(path)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, content)
    finally:
        os.close(handle)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _put_aside(path: Path) -> None:
    names = [path, *(path.with_name(f"{path.name}.{place}") for place in range(1, OLDER_FILES + 1))]
    for older, newer in zip(reversed(names), reversed(names[:-1]), strict=False):
        if newer.exists():
            newer.replace(older)
