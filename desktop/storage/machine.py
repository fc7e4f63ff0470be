"""What the operating system knows of a path: its mount or drive, its attributes, who synchronises it.

Everything asked of the system stands here, so that a test can be another PC.
"""

import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath, PurePosixPath

REMOVABLE, REMOTE = 2, 4  # of Windows' GetDriveTypeW
_ESCAPED = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True)
class Mount:
    """Where a file system hangs in the tree (POSIX), its type, what it comes from, and its options."""

    point: str
    type: str
    source: str
    options: str = ""


class Machine:
    """This PC; what it cannot tell, it answers as of a plain local folder."""

    @property
    def environment(self) -> Mapping[str, str]:
        """The process's variables."""
        return os.environ

    @property
    def synchronised(self) -> tuple[tuple[str, str], ...]:
        """Each folder a cloud service has registered with Windows (SharePoint's libraries too), and its service."""
        return _sync_roots()

    def spellings(self, path: PurePath) -> list[PurePath]:
        """A path in full as it is written, and as it is once links, junctions and mapped drives are followed."""
        written = Path(path).absolute()
        with suppress(OSError, RuntimeError):
            return [written, written.resolve()]
        return [written]

    def drive_kind(self, root: str) -> int:
        """Windows' word on a drive such as ``Z:\\``; 0 elsewhere."""
        if sys.platform == "win32":
            import ctypes

            return int(ctypes.windll.kernel32.GetDriveTypeW(root))
        return 0

    def attributes(self, path: PurePath) -> int:
        """A file's Windows attributes; 0 elsewhere and for what is not there."""
        with suppress(OSError, ValueError):
            return int(getattr(os.lstat(path), "st_file_attributes", 0))
        return 0

    def is_file(self, path: PurePath) -> bool:
        """Whether there is a file of that name."""
        with suppress(OSError, ValueError):
            return Path(path).is_file()
        return False

    def mount_of(self, path: PurePosixPath) -> Mount | None:
        """The mount a path lies in; None where there is no list of mounts."""
        best: Mount | None = None
        for mount in self.mounts():
            inside = mount.point == "/" or str(path) == mount.point or str(path).startswith(f"{mount.point}/")
            if inside and (best is None or len(mount.point) >= len(best.point)):
                best = mount  # the later of two on one point lies on top
        return best

    def mounts(self) -> list[Mount]:
        """Every mount, in the order made (Linux)."""
        with suppress(OSError):
            return read_mounts(Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape"))
        return []


def this_machine() -> Machine:
    """The PC the program runs on."""
    return Machine()


def read_mounts(mountinfo: str) -> list[Mount]:
    """The mounts a ``/proc/self/mountinfo`` tells of."""
    found = []
    for line in mountinfo.splitlines():
        left, _, right = line.partition(" - ")
        fields, more = left.split(" "), right.split(" ")
        if len(fields) > 4 and len(more) > 1:
            options = more[2] if len(more) > 2 else ""
            found.append(Mount(_plain(fields[4]), more[0], _plain(more[1]), options))
    return found


def _plain(field: str) -> str:
    """A field with its ``\\040`` for blanks read."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), field)


@cache
def _sync_roots() -> tuple[tuple[str, str], ...]:
    """Windows' own list: ``SyncRootManager/<service>!<user>!<account>/UserSyncRoots``."""
    found: list[tuple[str, str]] = []
    if sys.platform == "win32":
        import winreg

        where = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\SyncRootManager"
        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, where) as services:
            for place in range(winreg.QueryInfoKey(services)[0]):
                service = winreg.EnumKey(services, place)
                with suppress(OSError), winreg.OpenKey(services, rf"{service}\UserSyncRoots") as roots:
                    values = (winreg.EnumValue(roots, each) for each in range(winreg.QueryInfoKey(roots)[1]))
                    found += [(service.split("!")[0], str(value)) for _, value, _ in values]
    return tuple(found)
