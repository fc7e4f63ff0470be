"""A disk that forgets: files and folders as they may be found after a power cut.

What was synced is kept. Of what was not, each 512-byte sector of a file may hold any content it had since, its length
any length it had since, and each new, renamed or removed name may be undone: a name lasts only once its folder was
synced. A rename is done or undone whole, and lasts once both folders were synced. No file system forgets more.
"""

import random
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

SECTOR = 512


@dataclass
class DiskFile:
    """A file's content as synced last, and every change since: a write at a place, or a length it was cut to."""

    kept: bytes = b""
    changes: list[tuple[int, bytes] | int] = field(default_factory=list)
    now: bytearray = field(default_factory=bytearray)

    @classmethod
    def synced(cls, content: bytes) -> "DiskFile":
        """A file that has stood there for long."""
        return cls(content, [], bytearray(content))

    def write(self, place: int, content: bytes) -> None:
        """Write into the memory of the system."""
        self.changes.append((place, content))
        _carry_out(self.now, (place, content))

    def cut_to(self, length: int) -> None:
        """Change the length there."""
        self.changes.append(length)
        _carry_out(self.now, length)

    def sync(self) -> None:
        """Have the disk keep it."""
        self.kept, self.changes = bytes(self.now), []

    def after_cut(self, chance: random.Random) -> bytes:
        """One of the contents it may have: all lost, all there, up to a torn change, or any mixture of sectors."""
        if not self.changes:
            return self.kept
        way = chance.choice(("lost", "there", "torn", "mixed", "mixed"))
        if way == "lost":
            return self.kept
        if way == "there":
            return bytes(self.now)
        return self._torn(chance) if way == "torn" else self._mixed(chance)

    def _torn(self, chance: random.Random) -> bytes:
        """Every change up to one, and of that one the first or the last sectors."""
        content = bytearray(self.kept)
        last = chance.randrange(len(self.changes))
        for change in self.changes[:last]:
            _carry_out(content, change)
        change = self.changes[last]
        if isinstance(change, int):
            return bytes(content)
        place, written = change
        edge = chance.randrange(place, place + len(written) + 1) // SECTOR * SECTOR
        cut = min(max(edge - place, 0), len(written))
        piece = (place, written[:cut]) if chance.random() < 0.5 else (place + cut, written[cut:])
        _carry_out(content, piece)
        return bytes(content)

    def _mixed(self, chance: random.Random) -> bytes:
        """Each sector, and the length, as they were after some of the changes that touched them."""
        likelihood = chance.choice((0.1, 0.5, 0.9))
        content, lengths = bytearray(self.kept), [len(self.kept)]
        whole = bytearray(self.kept)
        stopped: set[int] = set()  # sectors that were not written to the disk any more
        for change in self.changes:
            before = len(whole)
            _carry_out(whole, change)
            lengths.append(len(whole))
            for sector in _sectors(change, before):
                if sector not in stopped and chance.random() < likelihood:
                    _copy_sector(whole, content, sector)
                else:
                    stopped.add(sector)
        length = lengths[-1] if chance.random() < likelihood else chance.choice(lengths)
        content.extend(bytes(max(0, length - len(content))))
        return bytes(content[:length])


def _carry_out(content: bytearray, change: tuple[int, bytes] | int) -> None:
    if isinstance(change, int):
        del content[change:]
        content.extend(bytes(change - len(content)))
        return
    place, written = change
    content.extend(bytes(max(0, place - len(content))))
    content[place : place + len(written)] = written


def _sectors(change: tuple[int, bytes] | int, before: int) -> range:
    """The sectors a change writes; one of the length writes none."""
    if isinstance(change, int):
        return range(0)
    place, written = change
    return range(min(place, before) // SECTOR, -(-(place + len(written)) // SECTOR))


def _copy_sector(source: bytearray, target: bytearray, sector: int) -> None:
    start, end = sector * SECTOR, (sector + 1) * SECTOR
    piece = bytes(source[start:end])
    target.extend(bytes(max(0, start + len(piece) - len(target))))
    target[start:end] = piece.ljust(len(target[start:end]), b"\0")


@dataclass
class DiskFolder:
    """A folder's names as synced last; changes since then wait in the disk's own list."""

    kept: dict[str, "DiskFile | DiskFolder"] = field(default_factory=dict)
    now: dict[str, "DiskFile | DiskFolder"] = field(default_factory=dict)


@dataclass(eq=False)
class NameChange:
    """Names given and taken in one stroke; it waits until every folder it touched was synced."""

    given: list[tuple[DiskFolder, str, DiskFile | DiskFolder]]
    taken: list[tuple[DiskFolder, str]]
    unsynced: list[DiskFolder]

    def carry_out(self, names: dict[int, dict[str, DiskFile | DiskFolder]]) -> None:
        """Do it to the names of folders, by the folders' identity."""
        for folder, name in self.taken:
            names[id(folder)].pop(name, None)
        for folder, name, found in self.given:
            names[id(folder)][name] = found


class ForgetfulDisk:
    """A tree of files as the running system sees it and as the disk may keep it."""

    def __init__(self, root: Path) -> None:
        self.root = PurePosixPath(root)
        self.folders: list[DiskFolder] = []
        self.waiting: list[NameChange] = []
        self.top = self._read(root)

    def _read(self, path: Path) -> DiskFolder:
        folder = self._new_folder()
        for child in path.iterdir():
            folder.kept[child.name] = self._read(child) if child.is_dir() else DiskFile.synced(child.read_bytes())
        folder.now = dict(folder.kept)
        return folder

    def _new_folder(self) -> DiskFolder:
        folder = DiskFolder()
        self.folders.append(folder)
        return folder

    def holds(self, path: PurePosixPath) -> bool:
        """Whether a path is one of this disk's."""
        return path.is_relative_to(self.root)

    def find(self, path: PurePosixPath) -> DiskFile | DiskFolder | None:
        """What stands under a path now."""
        found: DiskFile | DiskFolder | None = self.top
        for name in path.relative_to(self.root).parts:
            found = found.now.get(name) if isinstance(found, DiskFolder) else None
        return found

    def _folder_of(self, path: PurePosixPath) -> DiskFolder:
        folder = self.find(path.parent)
        assert isinstance(folder, DiskFolder), path
        return folder

    def open(self, path: PurePosixPath, *, new: bool, emptied: bool) -> DiskFile | DiskFolder:
        """Open what a path names, making the file when asked."""
        found = self.find(path)
        if found is None:
            assert new, f"{path} was opened but never made"
            return self._name(path, DiskFile())
        if emptied and isinstance(found, DiskFile):
            found.cut_to(0)
        return found

    def _name(self, path: PurePosixPath, made: DiskFile | DiskFolder) -> DiskFile | DiskFolder:
        folder = self._folder_of(path)
        self._change([(folder, path.name, made)], [], [folder])
        return made

    def make_folder(self, path: PurePosixPath) -> None:
        """A new folder."""
        self._name(path, self._new_folder())

    def link(self, path: PurePosixPath, new: PurePosixPath) -> None:
        """A second name."""
        found = self.find(path)
        assert found is not None
        self._name(new, found)

    def rename(self, path: PurePosixPath, new: PurePosixPath) -> None:
        """Another name, over what had it before."""
        found, old, target = self.find(path), self._folder_of(path), self._folder_of(new)
        assert found is not None, path
        self._change([(target, new.name, found)], [(old, path.name)], [old, target])

    def remove(self, path: PurePosixPath) -> None:
        """Take a file or an empty folder away."""
        folder = self._folder_of(path)
        self._change([], [(folder, path.name)], [folder])

    def _change(
        self,
        given: list[tuple[DiskFolder, str, DiskFile | DiskFolder]],
        taken: list[tuple[DiskFolder, str]],
        touched: list[DiskFolder],
    ) -> None:
        change = NameChange(given, taken, touched)
        change.carry_out({id(folder): folder.now for folder in touched})
        self.waiting.append(change)

    def sync(self, synced: DiskFile | DiskFolder) -> None:
        """A file's content or a folder's names are kept from now on."""
        if isinstance(synced, DiskFile):
            synced.sync()
            return
        for change in list(self.waiting):
            change.unsynced = [folder for folder in change.unsynced if folder is not synced]
            if not change.unsynced:
                change.carry_out({id(folder): folder.kept for folder in self.folders})
                self.waiting.remove(change)

    def write_as_it_is(self, target: Path) -> None:
        """The tree as the running system sees it."""
        names = {id(folder): folder.now for folder in self.folders}
        self._write(self.top, target, names, lambda file: bytes(file.now))

    def write_after_cut(self, target: Path, chance: random.Random) -> None:
        """One of the trees that may be found after a power cut at this moment."""
        if chance.random() < 0.2:  # nothing that was not synced has reached the disk
            self._write(self.top, target, {id(folder): folder.kept for folder in self.folders}, lambda file: file.kept)
            return
        names = {id(folder): dict(folder.kept) for folder in self.folders}
        in_order = chance.random() < 0.5
        done = chance.randint(0, len(self.waiting))
        for place, change in enumerate(self.waiting):
            if place < done if in_order else chance.random() < 0.5:
                change.carry_out(names)
        self._write(self.top, target, names, lambda file: file.after_cut(chance))

    def _write(self, folder: DiskFolder, target: Path, names, content_of) -> None:
        target.mkdir(exist_ok=True)
        for name, found in names[id(folder)].items():
            if isinstance(found, DiskFolder):
                self._write(found, target / name, names, content_of)
            else:
                (target / name).write_bytes(content_of(found))
