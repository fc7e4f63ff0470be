"""The store of attached files: whole or absent, found by hash, honest about what is wrong; nothing deleted silently."""

import errno
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.storage import attachment_files, durable
from desktop.storage.attachment_files import (
    AttachmentDamaged,
    AttachmentMissing,
    AttachmentRefused,
    Survey,
    add,
    erase,
    place_of,
    read,
    stored_hashes,
    survey,
    sweep,
)

CONTENT = b"\xff\xd8\xff the picture of a hole in a road \xff\xd9" * 50
HASH = hashlib.sha256(CONTENT).hexdigest()
OTHER = b"another"
CLEAN = Survey((), (), (), ())


def files_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def alter(path: Path, at: int = 10) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def leftover(folder: Path, content: bytes = CONTENT) -> Path:
    """What a kill leaves: half a file under a passing name."""
    path = folder / "attachments" / f"{hashlib.sha256(content).hexdigest()}.0123456789abcdef.adding"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content[:100])
    return path


def test_a_content_lies_under_its_hash_and_comes_back_byte_for_byte(tmp_path: Path) -> None:
    assert add(tmp_path, CONTENT) == HASH
    assert files_below(tmp_path) == [f"attachments/{HASH[:2]}/{HASH}"]
    assert read(tmp_path, HASH) == CONTENT
    assert survey(tmp_path, {HASH: len(CONTENT)}) == CLEAN


def test_k34_the_same_content_is_stored_once(tmp_path: Path) -> None:
    add(tmp_path, CONTENT)
    before = place_of(tmp_path, HASH).stat()
    assert add(tmp_path, CONTENT) == HASH
    after = place_of(tmp_path, HASH).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert len(files_below(tmp_path)) == 1


def test_a_wrong_file_in_its_place_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    add(tmp_path, CONTENT)
    alter(place_of(tmp_path, HASH))
    before = place_of(tmp_path, HASH).read_bytes()
    with pytest.raises(AttachmentDamaged, match=r"เสียหาย.*สำเนาสำรอง"):
        add(tmp_path, CONTENT)
    assert place_of(tmp_path, HASH).read_bytes() == before
    assert len(files_below(tmp_path)) == 1


def test_k31_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(AttachmentMissing, match=r"ไม่พบแฟ้มแนบ.*สำเนาสำรอง"):
        read(tmp_path, HASH)
    assert survey(tmp_path, {HASH: len(CONTENT)}) == Survey((HASH,), (), (), ())
    add(tmp_path, CONTENT)
    place_of(tmp_path, HASH).unlink()
    assert survey(tmp_path, {HASH: len(CONTENT)}).missing == (HASH,)


def test_k32_a_flipped_byte_in_any_stored_file_is_found(tmp_path: Path) -> None:
    contents = {add(tmp_path, bytes([number]) * 300): bytes([number]) * 300 for number in range(40)}
    known = dict.fromkeys(contents, 300)
    assert survey(tmp_path, known) == CLEAN
    for place, sha256 in enumerate(sorted(contents)):
        alter(place_of(tmp_path, sha256), at=place * 7)
        with pytest.raises(AttachmentDamaged, match="ไม่แสดงเป็นต้นฉบับ"):
            read(tmp_path, sha256)
        assert survey(tmp_path, known).damaged == (sha256,)
        place_of(tmp_path, sha256).write_bytes(contents[sha256])


def test_k32_control_without_the_hash_an_altered_file_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(tmp_path, CONTENT)
    alter(place_of(tmp_path, HASH))

    class Blind:
        def __init__(self, content: bytes = b"") -> None: ...
        def update(self, content: bytes) -> None: ...
        def hexdigest(self) -> str:
            return HASH

    monkeypatch.setattr(attachment_files.hashlib, "sha256", Blind)
    assert read(tmp_path, HASH) != CONTENT
    assert survey(tmp_path, {HASH: len(CONTENT)}) == CLEAN


def test_a_file_of_another_length_than_the_row_says_is_damaged(tmp_path: Path) -> None:
    add(tmp_path, CONTENT)
    assert survey(tmp_path, {HASH: len(CONTENT) + 1}).damaged == (HASH,)


def test_a_file_grown_without_end_is_not_read_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachment_files, "LARGEST", 4096)
    monkeypatch.setattr(attachment_files, "CHUNK", 1024)
    add(tmp_path, OTHER)
    sha256 = hashlib.sha256(OTHER).hexdigest()
    with place_of(tmp_path, sha256).open("r+b") as file:
        file.truncate(10**12)  # sparse: reading it all would take minutes and the memory
    with pytest.raises(AttachmentDamaged):
        read(tmp_path, sha256)
    assert survey(tmp_path, {sha256: len(OTHER)}).damaged == (sha256,)


def test_k33_extra_files_are_reported_and_never_touched(tmp_path: Path) -> None:
    add(tmp_path, CONTENT)
    store = tmp_path / "attachments"
    other = hashlib.sha256(OTHER).hexdigest()
    strange = {
        "readme.txt": b"",
        "เอกสาร ของใคร.pdf": b"%PDF-",
        f"{HASH[:2]}/thumbs.db": b"x",
        f"zz/{HASH}": CONTENT,  # in the wrong folder
        f"{other[:2]}/{other}": b"not what the name says",
        f"{other[:2]}/{other.upper()}": OTHER,
        f"deep/{HASH[:2]}/{HASH}": CONTENT,
        f"{HASH}.0123.adding": b"not quite a name of ours",
    }
    for name, content in strange.items():
        (store / name).parent.mkdir(parents=True, exist_ok=True)
        (store / name).write_bytes(content)
    found = survey(tmp_path, {HASH: len(CONTENT)})
    assert found == Survey((), (), tuple(sorted(strange)), ())
    assert sweep(tmp_path) == []
    assert {name: (store / name).read_bytes() for name in strange} == strange


def test_a_link_in_the_store_is_foreign_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_bytes(CONTENT)
    data = tmp_path / "data"
    data.mkdir()
    add(data, OTHER)
    (data / "attachments" / HASH[:2]).mkdir(exist_ok=True)
    place_of(data, HASH).symlink_to(outside / "secret")
    (data / "attachments" / "linked").symlink_to(outside, target_is_directory=True)
    other = hashlib.sha256(OTHER).hexdigest()
    found = survey(data, {HASH: len(CONTENT), other: len(OTHER)})
    assert found == Survey((HASH,), (), (f"{HASH[:2]}/{HASH}", "linked"), ())
    with pytest.raises(AttachmentDamaged):
        read(data, HASH)
    with pytest.raises(AttachmentDamaged):
        add(data, CONTENT)


def test_a_whole_file_nobody_speaks_of_is_an_orphan(tmp_path: Path) -> None:
    add(tmp_path, CONTENT)
    assert survey(tmp_path, {}) == Survey((), (), (), (HASH,))
    assert stored_hashes(tmp_path) == {HASH}


def test_what_a_kill_left_is_swept_to_the_quarantine_and_orphans_only_when_named(tmp_path: Path) -> None:
    assert sweep(tmp_path) == []  # no store yet
    add(tmp_path, CONTENT)
    left = leftover(tmp_path)
    assert survey(tmp_path, {HASH: len(CONTENT)}) == CLEAN  # one in the making is not foreign
    assert sweep(tmp_path) == [left.name]
    assert files_below(tmp_path / "attachments") == sorted([f"{HASH[:2]}/{HASH}", f"quarantine/{left.name}"])
    assert survey(tmp_path, {HASH: len(CONTENT)}) == CLEAN
    assert sweep(tmp_path, [HASH]) == [HASH]
    assert (tmp_path / "attachments/quarantine" / HASH).read_bytes() == CONTENT
    assert stored_hashes(tmp_path) == set()
    add(tmp_path, CONTENT)
    again = sweep(tmp_path, [HASH])  # the same name once more: both are kept
    assert len(again) == 1 and again[0].startswith(f"{HASH}.") and len(files_below(tmp_path)) == 3


def test_an_erased_content_leaves_no_byte_in_the_store(tmp_path: Path) -> None:
    add(tmp_path, CONTENT)
    add(tmp_path, OTHER)
    leftover(tmp_path)
    sweep(tmp_path)
    erase(tmp_path, HASH)
    erase(tmp_path, HASH)
    marked = [path for path in tmp_path.rglob("*") if path.is_file() and b"hole in a road" in path.read_bytes()]
    assert marked == []
    assert stored_hashes(tmp_path) == {hashlib.sha256(OTHER).hexdigest()}


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 65, "0" * 63 + "/"])
def test_a_hash_from_a_damaged_row_is_no_way_out_of_the_store(tmp_path: Path, name: str) -> None:
    with pytest.raises(AttachmentMissing):
        read(tmp_path, name)


class Wrecked:
    """Lets one system call fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str, code: int) -> None:
        self.calls = 0
        real: Callable[..., object] = getattr(os, name)

        def fails(*words: object, **more: object) -> object:
            self.calls += 1
            raise OSError(code, os.strerror(code))

        self.real = real
        monkeypatch.setattr(os, name, fails)


@pytest.mark.parametrize(
    ("call", "code", "words"),
    [
        ("fsync", errno.ENOSPC, "เต็ม"),
        ("fsync", errno.EIO, "ไม่สำเร็จ"),
        ("fsync", errno.EDQUOT, "เต็ม"),
        ("mkdir", errno.ENOSPC, "เต็ม"),
        ("mkdir", errno.EROFS, "ไม่สำเร็จ"),
        ("rename", errno.EIO, "ไม่สำเร็จ"),
    ],
)
def test_k03_what_the_disk_refuses_leaves_no_file_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, words: str
) -> None:
    name = "replace" if call == "rename" else call
    with monkeypatch.context() as patched:
        wrecked = Wrecked(patched, name, code)
        with pytest.raises(AttachmentRefused, match=f"{words}.*ข้อมูลเดิมอยู่ครบ"):
            add(tmp_path, CONTENT)
        assert wrecked.calls == 1
    assert files_below(tmp_path) == []
    assert add(tmp_path, CONTENT) == HASH and read(tmp_path, HASH) == CONTENT


def test_k03_a_full_disk_in_the_middle_of_writing_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def opened(path: Path, mode: str = "r", *more: object) -> object:
        file = real(path, mode, *more)  # type: ignore[arg-type, call-overload]
        if mode != "xb":
            return file
        whole = file.write

        class Full:
            def __enter__(self) -> "Full":
                return self

            def __exit__(self, *ended: object) -> None:
                file.close()

            def write(self, content: bytes) -> int:
                whole(content[: len(content) // 2])
                raise OSError(errno.ENOSPC, "No space left on device")

        return Full()

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", opened)
        with pytest.raises(AttachmentRefused, match="เต็ม"):
            add(tmp_path, CONTENT)
    assert files_below(tmp_path) == []


FULL_DISK = """
import os, sys
from pathlib import Path
from desktop.storage import attachment_files
from desktop.storage.attachment_files import AttachmentRefused, add, survey
folder = Path(sys.argv[1])
kept = {}
refused = 0
for number in range(40):
    content = bytes([number]) * 100_000
    try:
        kept[add(folder, content)] = len(content)
    except AttachmentRefused as problem:
        refused += 1
        assert "เต็ม" in str(problem), problem
found = survey(folder, kept)
assert not (found.missing or found.damaged or found.foreign or found.orphans), found
assert [path for path in folder.rglob("*.adding")] == []
assert 5 < len(kept) < 15 and refused == 40 - len(kept), (len(kept), refused)
print(len(kept))
"""


def test_k03_on_a_disk_that_is_really_full_there_is_no_half_file(tmp_path: Path) -> None:
    mounted = f"mount -t tmpfs -o size=1M none '{tmp_path}' && exec '{sys.executable}' -c '{FULL_DISK}' '{tmp_path}'"
    done = subprocess.run(["unshare", "-rm", "sh", "-c", mounted], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    print(f"kept on a disk of 1 MB: {done.stdout.strip()} files of 40")


def test_a_file_and_its_name_are_on_the_disk_before_the_hash_is_given_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order of things: the content is synced, then named, then the folders are synced."""
    seen: list[str] = []
    real_fsync, real_replace = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        seen.append(f"fsync {Path(f'/proc/self/fd/{handle}').readlink().relative_to(tmp_path.resolve())}")
        real_fsync(handle)

    def replace(path: Path, target: Path) -> Path:
        seen.append("rename")
        return real_replace(path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    add(tmp_path, CONTENT)
    assert seen[0] == "fsync ."  # the new folder attachments is a name in the data folder
    assert seen[1] == "fsync attachments"  # the new folder of two letters is a name in attachments
    assert seen[2].startswith("fsync attachments/") and seen[2].endswith(".adding")
    assert seen[3] == "rename"
    assert {f"fsync attachments/{HASH[:2]}", "fsync attachments"} <= set(seen[4:])


def test_k26_a_virus_scanner_that_holds_the_file_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "FIRST_PAUSE", 0.0001)
    monkeypatch.setattr(durable, "LONGEST_PAUSE", 0.0001)
    real = Path.replace
    for held in (1, 9, 10):
        refusals = iter(range(held))

        def replace(path: Path, target: Path, refusals: object = refusals) -> Path:
            if next(refusals, None) is not None:  # type: ignore[call-overload]
                raise PermissionError(errno.EACCES, "held")
            return real(path, target)

        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", replace)
            content = bytes([held]) * 10
            if held < 10:
                assert read(tmp_path, add(tmp_path, content)) == content
            else:
                with pytest.raises(AttachmentRefused, match="ไม่สำเร็จ"):
                    add(tmp_path, content)
    assert len(files_below(tmp_path)) == 2


def test_k08_a_disk_that_cannot_read_is_not_called_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(tmp_path, CONTENT)
    real = os.open

    def refused(path: object, *more: object, **words: object) -> int:
        if Path(str(path)).name == HASH:
            raise OSError(errno.EIO, "Input/output error")
        return real(path, *more, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(AttachmentRefused, match="ในตอนนี้") as told:
        read(tmp_path, HASH)
    assert not isinstance(told.value, AttachmentDamaged | AttachmentMissing)
    assert survey(tmp_path, {HASH: len(CONTENT)}) == Survey((), (), (), (), (f"{HASH[:2]}/{HASH}",))


@pytest.mark.parametrize(
    "name",
    ["ข้อมูล ของเขต 🏙", "a b", "ชื่อยาว" * 9, "deep/" * 30 + "x", "CON", "จุดท้าย."],
    ids=["Thai and emoji", "space", "long", "beyond 260", "a device on Windows", "trailing dot"],
)
def test_k30_the_data_folder_may_be_called_anything(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir(parents=True)
    assert read(folder, add(folder, CONTENT)) == CONTENT
    assert survey(folder, {HASH: len(CONTENT)}) == CLEAN
