"""What a piece of work opens: every file, socket and program, as Python tells its audit hook and the kernel strace."""

import os
import re
import shutil
import subprocess
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
    "/etc/ld.so.cache",
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


_OPENED = re.compile(r'\bopen(?:at)?\([^"]*"([^"]*)"[^)]*\)\s*= \d')
_SOCKET = re.compile(r"\b(?:socket|connect|sendto|execve|fork|vfork)\(([^\n]{0,60})")
BEGUN = "/papers-begin-here"  # asked for just before the work: what comes after it in a trace is the work's own


def strangers_of_process(arguments: list[str], *own: Path) -> list[str]:
    """The same of a program run under strace, from where it asks for ``BEGUN`` on; its code is code of ours."""
    assert shutil.which("strace"), "strace is missing: install it, this look cannot be left out"
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        watched = "open,openat,socket,connect,sendto,execve,fork,vfork"
        command = ["strace", "-f", "-qq", "-s", "400", "-e", f"trace={watched}", "-o", str(trace), *arguments]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr
        told = trace.read_text(encoding="utf-8", errors="replace")
    assert BEGUN in told, "the work was never begun"
    work = told.split(BEGUN, 1)[1].partition("\n")[2]
    found = Watch()
    found.files = _OPENED.findall(work)
    found.others = [f"asked the system: {what}" for what in _SOCKET.findall(work)]
    assert found.files, "the work opened nothing at all: nothing was traced"
    return found.strangers(*own)
