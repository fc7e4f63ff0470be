"""What strace saw of a run, line by line, and the same played on a forgetful disk."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tests.faults.forgetful_disk import DiskFile, DiskFolder, ForgetfulDisk

# Everything that changes a file or a name, and the marks of the run itself (writev is used by nothing else).
CHANGING = (
    "write", "pwrite64", "writev", "pwritev", "sendfile", "copy_file_range", "splice", "ftruncate", "truncate",
    "fallocate", "fsync", "fdatasync", "sync_file_range", "syncfs", "openat", "open", "creat", "lseek",
    "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat", "link", "linkat",
    "symlink", "symlinkat",
)  # fmt: skip
_CONTENTS = ("write", "pwrite64", "writev", "pwritev", "read", "pread64")  # their text is no path
UNMET = {"pwritev", "truncate", "fallocate", "splice", "symlink", "symlinkat", "syncfs"}  # must not touch the folder

_CALL = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+|\?)(.*)$", re.DOTALL)
_UNFINISHED = re.compile(r"^(\d+) +(\w+)\((.*?),? *<unfinished \.\.\.>$", re.DOTALL)
_RESUMED = re.compile(r"^(\d+) +<\.\.\. (\w+) resumed>,? ?(.*)$", re.DOTALL)


@dataclass(frozen=True)
class Call:
    """One finished system call: its arguments as text, its answer, and whether strace made it fail."""

    name: str
    arguments: str
    answer: int
    rest: str

    @property
    def injected(self) -> bool:
        """Whether the fault was put in here."""
        return "INJECTED" in self.rest

    @property
    def texts(self) -> list[bytes]:
        """Its quoted arguments."""
        found = []
        for quoted in re.finditer(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?', self.arguments):
            assert not quoted[2], f"a {self.name} was recorded in part"
            found.append(_bytes(quoted[1]))
        return found

    @property
    def handles(self) -> list[tuple[int, PurePosixPath]]:
        """Its file handles with the path each stands for."""
        spoken = self.arguments.partition('"')[0] if self.name in _CONTENTS else self.arguments
        found = re.findall(r"(?<![\w\"])(\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2})+)>", spoken)
        return [(-1 if number == "AT_FDCWD" else int(number), _path(text)) for number, text in found]

    @property
    def paths(self) -> list[PurePosixPath]:
        """Every path it speaks of."""
        handles = [path for _, path in self.handles]
        named = [] if self.name in _CONTENTS else [PurePosixPath(text.decode()) for text in self.texts]
        if len(named) == len(handles):  # each beside the folder it is told from
            return [folder / path for folder, path in zip(handles, named, strict=True)]
        return named or handles

    @property
    def numbers(self) -> list[int]:
        """Its plain numbers, in order."""
        bare = re.sub(r'"[^"]*"|<[^>]*>|\{[^}]*\}', "", self.arguments)
        return [int(number) for number in re.findall(r"(?<![\w|])\d+(?![\w|])", bare)]


def _bytes(quoted: str) -> bytes:
    return bytes.fromhex(quoted.replace("\\x", ""))


def _path(quoted: str) -> PurePosixPath:
    return PurePosixPath(_bytes(quoted).decode("utf-8", "surrogateescape"))


def calls_of(recorded: Path) -> Iterator[Call]:
    """The calls of a recording, in the order they ended."""
    begun: dict[str, str] = {}
    with recorded.open(encoding="ascii", newline="\n") as lines:
        for line in map(str.rstrip, lines):
            if line.endswith("<unfinished ...>") and (unfinished := _UNFINISHED.match(line)):
                begun[unfinished[1]] = f"{unfinished[1]} {unfinished[2]}({unfinished[3]}, "
                continue
            if " resumed>" in line[:60] and (resumed := _RESUMED.match(line)):
                line = begun.pop(resumed[1]) + resumed[3]
            if call := _CALL.match(line):
                yield Call(call[2], call[3], -1 if call[4] == "?" else int(call[4]), call[5])


class Player:
    """Plays the calls of a recording on a disk, and reads the run's own marks."""

    def __init__(self, disk: ForgetfulDisk) -> None:
        self.disk = disk
        self.marks: list[str] = []
        self.calls = 0
        self._open: dict[int, DiskFile | DiskFolder] = {}
        self._places: dict[int, int] = {}

    def play(self, call: Call) -> bool:
        """Carry out one call; tells whether it changed the disk or was a mark."""
        self.calls += 1
        if call.answer < 0:
            return False
        if call.name == "writev":
            self.marks += b"".join(call.texts).decode().splitlines()
            return True
        if not any(map(self.disk.holds, call.paths)):
            return False
        assert call.name not in UNMET, f"{call.name} is not understood yet: {call.arguments[:200]}"
        step = getattr(self, f"_{_SAME.get(call.name, call.name)}")
        step(call)
        return (
            call.name not in ("openat", "open", "lseek") or "O_CREAT" in call.arguments or "O_TRUNC" in call.arguments
        )

    def _openat(self, call: Call) -> None:
        opened = self.disk.open(call.paths[0], new="O_CREAT" in call.arguments, emptied="O_TRUNC" in call.arguments)
        self._open[call.answer] = opened
        self._places[call.answer] = len(opened.now) if "O_APPEND" in call.arguments else 0

    def _file(self, call: Call) -> tuple[int, DiskFile]:
        handle = call.handles[0][0]
        file = self._open[handle]
        assert isinstance(file, DiskFile)
        return handle, file

    def _write(self, call: Call) -> None:
        handle, file = self._file(call)
        file.write(self._places[handle], call.texts[0][: call.answer])
        self._places[handle] += call.answer

    def _pwrite64(self, call: Call) -> None:
        self._file(call)[1].write(call.numbers[-1], call.texts[0][: call.answer])

    def _lseek(self, call: Call) -> None:
        self._places[call.handles[0][0]] = call.answer

    def _sendfile(self, call: Call) -> None:
        handle, file = self._file(call)
        offset = re.search(r"\[(\d+)\]", call.arguments)
        assert offset, f"a copy from an unknown place: {call.arguments}"
        source = self.disk.find(call.handles[1][1]) if self.disk.holds(call.handles[1][1]) else None
        content = bytes(source.now) if isinstance(source, DiskFile) else Path(call.handles[1][1]).read_bytes()
        file.write(self._places[handle], content[int(offset[1]) : int(offset[1]) + call.answer])
        self._places[handle] += call.answer

    def _ftruncate(self, call: Call) -> None:
        self._file(call)[1].cut_to(call.numbers[-1])

    def _fsync(self, call: Call) -> None:
        self.disk.sync(self._open[call.handles[0][0]])

    def _sync_file_range(self, call: Call) -> None:
        """It promises nothing after a power cut."""

    def _rename(self, call: Call) -> None:
        self.disk.rename(*call.paths)

    def _unlink(self, call: Call) -> None:
        self.disk.remove(call.paths[0])

    def _mkdir(self, call: Call) -> None:
        self.disk.make_folder(call.paths[0])

    def _link(self, call: Call) -> None:
        self.disk.link(*call.paths)


_SAME = {
    "open": "openat", "creat": "openat", "fdatasync": "fsync", "renameat": "rename", "renameat2": "rename",
    "unlinkat": "unlink", "rmdir": "unlink", "mkdirat": "mkdir", "linkat": "link", "copy_file_range": "sendfile",
}  # fmt: skip
