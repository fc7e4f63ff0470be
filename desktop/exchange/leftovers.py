"""What a program that was killed left behind of a file in the making; it may hold names and telephone numbers.

A file in the making stands beside its final name as ``.NAME.PID.making``, or in a folder ``.rongthuk-PID-…``. What
bears the number of a process that is gone, or is older than a day, is nobody's any more. (Folders of version 0.1.0 bore
no number: their age alone tells.)
"""

import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PREFIX = ".rongthuk-"
LONGEST = 24 * 60 * 60  # seconds; no file is longer in the making, whoever bears the number now
_FILE = re.compile(r"\..+\.([0-9]+)\.making")
_FOLDER = re.compile(rf"{re.escape(PREFIX)}(?:([0-9]+)-)?.+")


def making_name(name: str) -> str:
    """The name of a file in the making by this process, hidden beside its final name."""
    return f".{name}.{os.getpid()}.making"


def making_folder(beside: Path) -> str:
    """A folder of this process's own for a file in the making."""
    return tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=beside)


def sweep(folder: Path) -> int:
    """Take away what killed programs left in a folder; tells how many, and never fails."""
    return sum(_taken_away(path) for path in _entries(folder) if _is_left(path))


def _entries(folder: Path) -> Iterable[Path]:
    with suppress(OSError):
        return [path for path in folder.iterdir() if path.name.startswith(".")]
    return []


def _is_left(path: Path) -> bool:
    found = _FILE.fullmatch(path.name) or _FOLDER.fullmatch(path.name)
    if found is None or path.is_symlink():
        return False
    number = int(found[1] or 0)
    if number == os.getpid():
        return False
    with suppress(OSError):
        gone = number > 0 and not is_running(number)
        return gone or time.time() - path.stat().st_mtime > LONGEST
    return False


def _taken_away(path: Path) -> bool:
    with suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()
    return not path.exists()


def is_running(number: int) -> bool:
    """Whether a process of that number runs; when it cannot be told, it does."""
    if sys.platform == "win32":
        return _runs_on_windows(number)
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # another user's
    return True


def _runs_on_windows(number: int) -> bool:  # os.kill would end it there
    if sys.platform != "win32":
        return True
    import ctypes

    synchronize, still_running, wrong_parameter = 0x00100000, 258, 87
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    handle = kernel.OpenProcess(synchronize, False, number)
    if not handle:
        return bool(ctypes.get_last_error() != wrong_parameter)
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == still_running)
    finally:
        kernel.CloseHandle(handle)
