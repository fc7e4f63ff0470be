"""The disk that forgets keeps what was synced, and may lose, tear or undo anything else."""

import random
import shutil
from pathlib import Path, PurePosixPath

import pytest

from tests.faults.forgetful_disk import SECTOR, DiskFile, ForgetfulDisk

CUTS = 200


@pytest.fixture
def disk(tmp_path: Path) -> ForgetfulDisk:
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "old").write_bytes(b"old")
    return ForgetfulDisk(tmp_path / "disk")


def found(disk: ForgetfulDisk, tmp_path: Path) -> set[frozenset[tuple[str, bytes]]]:
    """What is found after each of many cuts."""
    seen = set()
    for seed in range(CUTS):
        after = tmp_path / f"after {seed}"
        disk.write_after_cut(after, random.Random(seed))
        seen.add(frozenset((path.name, path.read_bytes()) for path in after.rglob("*") if path.is_file()))
        shutil.rmtree(after)
    return seen


def on(disk: ForgetfulDisk, name: str) -> PurePosixPath:
    return disk.root / name


OLD, NEW = ("old", b"old"), ("new", b"new")


def write(disk: ForgetfulDisk, name: str, content: bytes, *, sync: bool) -> None:
    file = disk.open(on(disk, name), new=True, emptied=True)
    assert isinstance(file, DiskFile)
    file.write(0, content)
    if sync:
        disk.sync(file)


def test_a_new_file_lasts_once_it_and_its_folder_were_synced(disk: ForgetfulDisk, tmp_path: Path) -> None:
    write(disk, "new", b"new", sync=True)
    assert found(disk, tmp_path) == {frozenset({OLD}), frozenset({OLD, NEW})}
    disk.sync(disk.top)
    assert found(disk, tmp_path) == {frozenset({OLD, NEW})}


def test_a_synced_name_of_an_unsynced_file_may_hold_nothing(disk: ForgetfulDisk, tmp_path: Path) -> None:
    write(disk, "new", b"new", sync=False)
    disk.sync(disk.top)
    seen = found(disk, tmp_path)
    assert frozenset({OLD, ("new", b"")}) in seen and frozenset({OLD, NEW}) in seen


def test_a_rename_over_another_file_is_done_or_undone_whole(disk: ForgetfulDisk, tmp_path: Path) -> None:
    write(disk, "making", b"new", sync=True)
    disk.sync(disk.top)
    disk.rename(on(disk, "making"), on(disk, "old"))
    assert found(disk, tmp_path) == {frozenset({OLD, ("making", b"new")}), frozenset({("old", b"new")})}
    disk.sync(disk.top)
    assert found(disk, tmp_path) == {frozenset({("old", b"new")})}


def test_a_removed_file_may_come_back_until_its_folder_was_synced(disk: ForgetfulDisk, tmp_path: Path) -> None:
    disk.remove(on(disk, "old"))
    assert found(disk, tmp_path) == {frozenset(), frozenset({OLD})}
    disk.sync(disk.top)
    assert found(disk, tmp_path) == {frozenset()}


def test_a_file_in_a_new_folder_needs_the_folder_above_synced_too(disk: ForgetfulDisk, tmp_path: Path) -> None:
    disk.make_folder(on(disk, "inner"))
    write(disk, "inner/new", b"new", sync=True)
    disk.sync(disk.find(on(disk, "inner")))  # type: ignore[arg-type]
    assert frozenset({OLD}) in found(disk, tmp_path)
    disk.sync(disk.top)
    assert found(disk, tmp_path) == {frozenset({OLD, NEW})}


def test_each_sector_is_old_or_new_and_never_in_between() -> None:
    file = DiskFile.synced(b"a" * SECTOR * 3)
    file.write(100, b"b" * SECTOR * 2)
    old, new = bytes(file.kept), bytes(file.now)
    seen = set()
    for seed in range(CUTS):
        content = file.after_cut(random.Random(seed))
        assert len(content) == len(old)
        for start in range(0, len(old), SECTOR):
            piece = slice(start, start + SECTOR)
            assert content[piece] in (old[piece], new[piece])
        seen.add(content)
    assert {old, new} <= seen and len(seen) > 4


def test_a_cut_file_is_as_long_as_before_with_all_it_held_or_is_short() -> None:
    file = DiskFile.synced(b"a" * 2000)
    file.cut_to(0)
    assert {file.after_cut(random.Random(seed)) for seed in range(CUTS)} == {b"", b"a" * 2000}
    file.sync()
    assert {file.after_cut(random.Random(seed)) for seed in range(CUTS)} == {b""}


def test_a_growing_file_may_have_its_length_before_its_content() -> None:
    file = DiskFile.synced(b"")
    file.write(0, b"x" * 1000)
    seen = {file.after_cut(random.Random(seed)) for seed in range(CUTS)}
    assert {b"", b"x" * 1000, bytes(1000)} <= seen
