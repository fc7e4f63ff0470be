"""What a piece of work opens: every file, socket and program, as Python tells its audit hook and the kernel strace."""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
# What Python and its libraries read of their own accord: code, and what the system is asked once.
OF_PYTHON = (
    sys.prefix,
    sys.base_prefix,
    str(ROOT / "desktop"),
    str(ROOT / "forms"),
    "/usr/lib",
    "/lib",
    "/proc/",
    "/dev/",
)
NETWORK = ("socket.", "urllib.", "ftplib.", "http.", "smtplib.")
PROGRAMS = (
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "pty.",
    "ctypes.dlopen",
)


class Watch:
    """What was opened while it looked: files by name, and words for sockets and programs."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self.others: list[str] = []
        self.looking = False

    def heard(self, event: str, arguments: tuple[object, ...]) -> None:
        """Python's audit hook."""
        if not self.looking:
            return
        if event == "open":
            self.files.append(
                os.fsdecode(arguments[0]) if isinstance(arguments[0], str | bytes) else repr(arguments[0])
            )
        elif event.startswith((*NETWORK, *PROGRAMS)):
            self.others.append(f"{event} {arguments!r:.60}")

    def strangers(self, *own: Path) -> list[str]:
        """What was opened that is neither in one of these folders, nor the program's resources or code."""
        places = tuple(str(folder) for folder in (*own, RESOURCES)) + OF_PYTHON
        return [f"opened {name}" for name in self.files if not name.startswith(places)] + self.others


_WATCH: list[Watch] = []


@contextmanager
def watched() -> Iterator[Watch]:
    """Tells what is opened inside; a hook once added stays for the life of the process, so there is one."""
    if not _WATCH:
        _WATCH.append(Watch())
        sys.addaudithook(_WATCH[0].heard)
    watch = _WATCH[0]
    watch.files, watch.others, watch.looking = [], [], True
    try:
        yield watch
    finally:
        watch.looking = False


_OPENED = re.compile(r'\bopen(?:at)?\((?:[^"]*)"([^"]*)"[^)]*\)\s*= (\d+)')
_SOCKET = re.compile(r"\b(?:socket|connect|sendto)\(([^\n]{0,60})")
_BEGUN = "/papers-begin-here"  # asked for just before the work: what comes after it is the work's own


def say_begun() -> None:
    """Leave the mark in the trace of this process."""
    assert not Path(_BEGUN).exists()


def strangers_of_trace(trace: str, *own: Path) -> list[str]:
    """The same out of a trace by strace, from the mark on."""
    assert _BEGUN in trace, "the work was never begun"
    work = trace.split(_BEGUN, 1)[1]
    watch = Watch()
    watch.files = [name for name, _ in _OPENED.findall(work)]
    watch.others = [f"socket {family}" for family in _SOCKET.findall(work)]
    return watch.strangers(*own, Path(tempfile.gettempdir()))
