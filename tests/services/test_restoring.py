"""Restoring: the backup whole in its place, what was there kept aside, and one of the two wherever it is cut off."""

import errno
import json
import os
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.services import drafts, restoring
from desktop.services.automatic_backups import back_up_now, backups_there, before_migration
from desktop.services.backup_contents import compare, look_into, what_is_there
from desktop.services.backups import make_backup
from desktop.services.desk import CannotDo, Desk
from desktop.services.progress import Cancelled
from desktop.services.restoring import restore, was_given_up
from desktop.services.undoing import what_can_be_undone
from desktop.services.verifying import verify
from desktop.storage import chain, operations, restore_steps
from desktop.storage.backup_reader import BackupRefused
from desktop.storage.register import open_for_reading, open_for_writing
from desktop.storage.register_refusals import RegisterBusy, RegisterLost, RegisterRefused
from desktop.storage.restore_steps import finish_or_undo, settle
from tests.running import digest, is_one_thai_sentence
from tests.services.backup_faults import KINDS, leave_hot
from tests.services.backup_ground import (
    NOON,
    PICTURES,
    SHIPPED,
    Clock,
    add_attachment,
    add_complaint,
    desk_over,
    fill,
    fill_quickly,
    flip,
    forge,
    hashes_of_attachments,
    killed_at,
    members_of,
    run_child,
    tree,
    with_register,
)

LATER = NOON + timedelta(days=3)
ASIDE = "before-restore-25630131-120000"  # of LATER
OLD_REGISTER = Path(__file__).resolve().parents[1] / "storage" / "old_registers" / "register-step-1.sqlite"


class Ground:
    """A folder whose register went on after its backup was made, closed; and the backup."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "ทะเบียน"
        self.backup = root / "สำรอง.rtbackup"
        clock = Clock()
        desk = desk_over(self.folder, clock)
        fill_quickly(desk)
        made = make_backup(desk, self.backup)
        self.head_then = made.head
        self.digest_then = digest(self.folder)
        clock.on(days=1)
        add_complaint(desk, "ก-9")
        add_attachment(desk, "ก-9", PICTURES[1])
        self.head_now = chain.head(desk.register.connection)
        drafts.keep(desk, "complaint", "ก-1", {"place": "ซอย 9"}, {"place": ""})
        desk.register.close()
        self.digest_now = digest(self.folder)
        self.register_now = (self.folder / "register.sqlite").read_bytes()
        self.pictures_now = hashes_of_attachments(self.folder)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("ground"))


@pytest.fixture
def ground(made_once: Ground, tmp_path: Path) -> Iterator[Ground]:
    """A copy of it for each test."""
    copy = Ground.__new__(Ground)
    vars(copy).update(vars(made_once))
    copy.folder, copy.backup = tmp_path / "ทะเบียน", tmp_path / "สำรอง.rtbackup"
    shutil.copytree(made_once.folder, copy.folder)
    shutil.copy(made_once.backup, copy.backup)
    yield copy


def opened(folder: Path) -> Desk:
    """The next start: what was cut off is settled, and the register opened for writing."""
    return desk_over(folder, Clock(LATER + timedelta(hours=1)))


def verified(folder: Path) -> None:
    desk = opened(folder)
    found = verify(desk)
    assert found.ok, found.problems
    desk.register.close()


def test_k39_what_was_there_is_kept_aside_whole_and_the_backup_is_in_its_place(ground: Ground) -> None:
    done = restore(ground.folder, ground.backup, None, LATER)
    assert (done.complaints, done.attachments, done.remark) == (3, 1, "")
    assert done.moved_aside == ground.folder / ASIDE
    assert digest(ground.folder) == ground.digest_then
    assert (done.moved_aside / "register.sqlite").read_bytes() == ground.register_now
    assert digest(done.moved_aside) == ground.digest_now
    assert hashes_of_attachments(done.moved_aside) == ground.pictures_now and len(ground.pictures_now) == 2
    kept = (done.moved_aside / "register.drafts").read_bytes()
    assert (ground.folder / "register.drafts").read_bytes() == kept  # what was typed is offered back here too
    assert len(hashes_of_attachments(ground.folder)) == 1
    left = {path.name for path in ground.folder.iterdir()}
    belongings = {"register.sqlite", "register.known", "register.lock", "register.drafts", "attachments", "backups"}
    assert left == belongings | {ASIDE}
    verified(ground.folder)


def test_the_restore_stands_in_the_restored_register_s_history_and_is_not_undone(ground: Ground) -> None:
    before = what_can_be_undone(desk := opened(ground.folder))
    desk.register.close()
    restore(ground.folder, ground.backup, None, LATER)
    desk = opened(ground.folder)
    [row] = operations.history_of(desk.register.connection, ["restore"], "register")
    assert row.action == "กู้คืนจากสำเนาสำรอง" and row.at == LATER and "28 ม.ค. 2563 12.00 น." in row.why
    assert ground.head_now is not None
    assert row.changes["head"] == (ground.head_now.text, ground.head_then)
    assert row.changes["moved_aside"] == (None, ASIDE)
    assert row.changes["shared"] == (None, int(ground.head_then.split(":")[0]))
    undo = what_can_be_undone(desk)
    assert undo is not None and before is not None and undo.number < row.operation
    desk.register.close()


def test_k21_heads_of_the_history_left_behind_are_known_and_others_are_not(ground: Ground) -> None:
    restore(ground.folder, ground.backup, None, LATER)
    desk = opened(ground.folder)
    connection = desk.register.connection
    assert ground.head_now is not None
    shared, after = int(ground.head_then.split(":")[0]), LATER + timedelta(days=1)
    assert was_given_up(connection, ground.head_now, after)  # whatever its clock said
    assert not was_given_up(connection, chain.Head(shared + 1, "0" * 64), after)
    assert was_given_up(connection, chain.Head(shared + 1, "0" * 64), NOON)  # noted before, and lost since
    assert not was_given_up(connection, chain.Head(shared, "0" * 64), NOON)  # a forgery of what both have
    desk.register.close()


@pytest.mark.parametrize("there", ["newer", "damaged", "lost"])
def test_k21_after_a_restore_what_was_noted_elsewhere_is_no_alarm_and_an_older_file_is(
    ground: Ground, tmp_path: Path, there: str
) -> None:
    """The anchors of this user of the PC, and the automatic backups, speak of the history left behind."""
    outside = tmp_path / "หมุด"
    begun = open_for_writing(ground.folder, outside)
    desk = Desk(begun, SHIPPED, lambda: NOON.date(), lambda: NOON + timedelta(days=1))
    back_up_now(desk, "ปิดโปรแกรม")
    add_complaint(desk, "ก-10")
    begun.close()
    if there != "newer":
        damaged = ground.folder / "register.sqlite"
        damaged.write_bytes(b"x" * 5000) if there == "damaged" else damaged.unlink()
    restore(ground.folder, ground.backup, None, datetime.now(UTC))
    again = Desk(open_for_writing(ground.folder, outside), SHIPPED, lambda: LATER.date(), lambda: datetime.now(UTC))
    assert verify(again).ok, verify(again).problems
    older = (ground.folder / "register.sqlite").read_bytes()
    add_complaint(again, "ก-11")
    again.register.close()
    (ground.folder / "register.sqlite").write_bytes(older)  # the control: an older file in its place is told
    last = Desk(open_for_writing(ground.folder, outside), SHIPPED, lambda: LATER.date(), lambda: datetime.now(UTC))
    assert any("เก่ากว่า" in problem for problem in verify(last).problems)
    last.register.gate.shut_because = "ตรวจไม่ผ่าน"
    last.register.close()


def test_k21_restoring_back_and_forth_raises_no_alarm(ground: Ground) -> None:
    """Branches of one history, a backup of each among the automatic ones, one made while the clock was a year ahead."""
    desk = desk_over(ground.folder, Clock(datetime.now(UTC) + timedelta(days=365)))
    add_complaint(desk, "ท-9")
    back_up_now(desk, "ปิดโปรแกรม")
    desk.register.close()
    desk = opened(ground.folder)
    first = make_backup(desk, ground.backup.with_name("แรก.rtbackup")).path
    desk.register.close()
    moment = datetime.now(UTC)
    for step, path in enumerate((ground.backup, first, ground.backup, first)):
        restore(ground.folder, path, None, moment + timedelta(minutes=10 * step))
        desk = desk_over(ground.folder, Clock(moment + timedelta(minutes=10 * step + 5)))
        add_complaint(desk, f"ท-{step}")
        back_up_now(desk, "ปิดโปรแกรม")
        assert verify(desk).ok, (step, verify(desk).problems)
        desk.register.close()
    assert len(backups_there(ground.folder)) >= 8


def test_an_automatic_backup_of_what_was_there_is_made_first(ground: Ground) -> None:
    restore(ground.folder, ground.backup, None, LATER)
    [found] = backups_there(ground.folder)
    assert (found.complaints, found.reason, found.made_at) == (4, "ก่อนกู้คืน", LATER)
    back = restore(ground.folder, found.path, None, LATER + timedelta(hours=1))
    assert (back.complaints, back.attachments) == (4, 2) and digest(ground.folder) == ground.digest_now


def test_two_restores_in_one_second_keep_both_aside(ground: Ground) -> None:
    first = restore(ground.folder, ground.backup, None, LATER)
    second = restore(ground.folder, ground.backup, None, LATER)
    assert first.moved_aside is not None and second.moved_aside is not None
    assert second.moved_aside.name == f"{ASIDE}-2"
    assert digest(first.moved_aside) == ground.digest_now and digest(second.moved_aside) == ground.digest_then


@pytest.mark.parametrize("there", ["nothing", "a folder", "a new register"])
def test_it_restores_into_a_folder_without_a_register(ground: Ground, tmp_path: Path, there: str) -> None:
    folder = tmp_path / "เครื่องใหม่" / "ทะเบียน"
    if there == "a folder":
        folder.mkdir(parents=True)
    if there == "a new register":
        desk_over(folder).register.close()
    done = restore(folder, ground.backup, None, LATER)
    assert (done.complaints, done.attachments) == (3, 1) and digest(folder) == ground.digest_then
    assert (done.moved_aside is None) == (there != "a new register")
    verified(folder)


def test_a_sealed_one_needs_its_passphrase(ground: Ground) -> None:
    desk = opened(ground.folder)
    sealed = make_backup(desk, ground.backup.with_name("ลับ.rtbackup"), "รหัสผ่านยาวพอ").path
    desk.register.close()
    before = tree(ground.folder)
    for wrong in (None, "รหัสผิด"):
        with pytest.raises(BackupRefused):
            restore(ground.folder, sealed, wrong, LATER)
    assert tree(ground.folder) == before
    assert restore(ground.folder, sealed, "รหัสผ่านยาวพอ", LATER).complaints == 4


def test_a_backup_of_an_older_program_is_migrated_on_the_copy(tmp_path: Path) -> None:
    old = tmp_path / "เก่า"
    old.mkdir()
    shutil.copy(OLD_REGISTER, old / "register.sqlite")
    open_for_writing(old, before_migration=before_migration(old, "", NOON)).close()
    [found] = backups_there(old)
    folder = tmp_path / "ใหม่"
    done = restore(folder, found.path, None, LATER)
    assert done.complaints == found.complaints and digest(folder) == digest(old)
    verified(folder)


def test_k15_a_backup_of_a_newer_program_is_refused_untouched(ground: Ground, tmp_path: Path) -> None:
    newer = tmp_path / "ใหม่กว่า.rtbackup"
    forge(newer, with_register(members_of(ground.backup), lambda there: there.execute("PRAGMA user_version = 99")))
    before = tree(ground.folder)
    with pytest.raises(BackupRefused, match="รุ่นใหม่กว่า"):
        restore(ground.folder, newer, None, LATER)
    assert tree(ground.folder) == before


def test_a_damaged_one_is_refused_and_nothing_is_touched(ground: Ground) -> None:
    before = tree(ground.folder)
    flip(ground.backup, ground.backup.stat().st_size // 2, 1)
    with pytest.raises(BackupRefused) as told:
        restore(ground.folder, ground.backup, None, LATER)
    assert is_one_thai_sentence(str(told.value)) and tree(ground.folder) == before


def test_it_is_refused_while_a_window_has_the_register_open(ground: Ground) -> None:
    desk = opened(ground.folder)
    before = tree(ground.folder)
    with pytest.raises(RegisterBusy, match="ปิดหน้าต่าง"):
        restore(ground.folder, ground.backup, None, LATER)
    assert tree(ground.folder) == before
    desk.register.close()
    restore(ground.folder, ground.backup, None, LATER)


@pytest.mark.parametrize("content", [b"", b"not a register", None, "half"])
def test_k13_k17_over_a_damaged_register_it_restores_and_says_there_is_no_copy_of_that(
    ground: Ground, content: bytes | str | None
) -> None:
    path = ground.folder / "register.sqlite"
    if content is None:
        path.write_bytes(ground.register_now[:4096] + b"\0" * 8192 + ground.register_now[12288:])
    else:
        path.write_bytes(ground.register_now[: len(ground.register_now) // 2] if content == "half" else content)
    damaged = path.read_bytes()
    present = what_is_there(ground.folder)
    done = restore(ground.folder, ground.backup, None, LATER)
    assert done.remark and (present is None or not present.trouble or "ไม่มีสำเนาอัตโนมัติ" in done.remark)
    assert done.moved_aside is not None and (done.moved_aside / "register.sqlite").read_bytes() == damaged
    assert digest(ground.folder) == ground.digest_then
    verified(ground.folder)


def test_k12_a_lost_register_comes_back(ground: Ground) -> None:
    (ground.folder / "register.sqlite").unlink()
    assert what_is_there(ground.folder) is None
    assert restore(ground.folder, ground.backup, None, LATER).complaints == 3
    verified(ground.folder)


# K20: side files of another register


@pytest.mark.parametrize("kind", ["truncate", "persist", "wal"])
def test_k20_side_files_of_the_old_register_are_moved_aside_and_never_applied(ground: Ground, kind: str) -> None:
    leave_hot(ground.folder, kind, random.Random(1))
    sides = {path.name for path in ground.folder.glob("register.sqlite-*") if path.stat().st_size}
    assert sides
    done = restore(ground.folder, ground.backup, None, LATER)
    assert done.moved_aside is not None and sides <= {path.name for path in done.moved_aside.iterdir()}
    assert "ไม่มีสำเนาอัตโนมัติ" in done.remark
    assert digest(ground.folder) == ground.digest_then
    verified(ground.folder)


def test_k20_with_them_left_there_the_restored_register_would_be_spoilt(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the side files are not among what is moved aside."""
    leave_hot(ground.folder, "truncate", random.Random(1))
    monkeypatch.setattr(restore_steps, "BELONGINGS", ("register.sqlite", "register.known", "attachments"))
    restore(ground.folder, ground.backup, None, LATER)
    with suppress(sqlite3.DatabaseError):  # so spoilt that it cannot even be read
        assert digest(ground.folder) != ground.digest_then


# P06: cut off at any step


def cut(ground: Ground, step: int, *, settling: bool = False) -> bool:
    """Restore, or settle what was cut off, and die before the k-th change of the folder; tells whether it died."""

    def work() -> None:
        if settling:
            settle(ground.folder)
        else:
            restore(ground.folder, ground.backup, None, LATER)

    return killed_at(step, ground.folder, work)


def outcome(ground: Ground) -> str:
    """Which of the two registers a folder shows, whole: its rows, its pictures, its history."""
    assert (ground.folder / "register.sqlite").stat().st_size > 0
    found = digest(ground.folder)
    assert found in (ground.digest_then, ground.digest_now)
    pictures = 1 if found == ground.digest_then else 2
    assert len(hashes_of_attachments(ground.folder)) == pictures
    left = {path.name for path in ground.folder.iterdir()}
    assert not left & {restore_steps.JOURNAL, restore_steps.COMING}
    if found == ground.digest_then:
        assert digest(ground.folder / ASIDE) == ground.digest_now
        assert (ground.folder / ASIDE / "register.drafts").exists()
    else:
        assert ASIDE not in left and (ground.folder / "register.drafts").exists()
    return "backup" if found == ground.digest_then else "as it was"


def renew(ground: Ground, original: Path) -> None:
    shutil.rmtree(ground.folder)
    shutil.copytree(original, ground.folder)


def test_p06_killed_at_any_step_the_next_start_shows_the_old_or_the_new_whole(ground: Ground, tmp_path: Path) -> None:
    shutil.copytree(ground.folder, original := tmp_path / "ก่อน")
    seen = []
    for step in range(1, 400):
        renew(ground, original)
        died = cut(ground, step)
        seen.append(restart(ground, looking=step % 5 == 0) if died else outcome(ground))
        if not died:
            break
    assert not died and seen.count("as it was") > 10 and seen.count("backup") > 10
    assert seen == sorted(seen)  # once it is ready it is finished, never before


def restart(ground: Ground, *, looking: bool = True) -> str:
    desk = opened(ground.folder)
    assert not looking or verify(desk).ok
    desk.register.close()
    return outcome(ground)


def test_p06_the_next_start_may_be_killed_too_at_any_of_its_steps(ground: Ground, tmp_path: Path) -> None:
    shutil.copytree(ground.folder, original := tmp_path / "ก่อน")
    halfway = []
    for step in range(3, 400, 4):  # moments when something was left to settle
        renew(ground, original)
        if not cut(ground, step):
            break
        if restore_steps.is_under_way(ground.folder):
            shutil.copytree(ground.folder, tmp_path / f"ครึ่ง {step}")
            halfway.append(tmp_path / f"ครึ่ง {step}")
    assert len(halfway) > 10
    for half in halfway[:: len(halfway) // 5]:
        for again in range(1, 100):
            renew(ground, half)
            if not cut(ground, again, settling=True):
                break
            cut(ground, max(1, again - 2), settling=True)
            restart(ground)


@pytest.mark.parametrize("reading", [False, True])
@pytest.mark.parametrize("content", [None, b"", b"another thing"])
def test_p06_whoever_opens_it_first_settles_it_whatever_lies_there(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, reading: bool, content: bytes | None
) -> None:
    """Cut when all is ready and nothing was moved, the register of before whole or spoilt."""
    if content is not None:
        (ground.folder / "register.sqlite").write_bytes(content)
    with monkeypatch.context() as patch:
        patch.setattr(restore_steps, "_go_on", cut_off)
        with pytest.raises(KeyboardInterrupt):
            restore(ground.folder, ground.backup, None, LATER)
    assert restore_steps.is_under_way(ground.folder)
    (open_for_reading if reading else open_for_writing)(ground.folder).close()
    assert digest(ground.folder) == ground.digest_then
    assert not restore_steps.is_under_way(ground.folder) and (ground.folder / ASIDE / "register.sqlite").exists()


def cut_off(*all_of: object) -> None:
    raise KeyboardInterrupt


def test_a_reader_beside_a_restore_that_goes_on_is_told_to_wait(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program that reads while the names change sees neither half: it is refused."""
    go_on = restore_steps._go_on
    told: list[str] = []

    def reading_meanwhile(folder: Path, swap: restore_steps.Swap) -> None:
        ran = run_child(READ, folder)
        told.append(ran.stdout)
        go_on(folder, swap)

    monkeypatch.setattr(restore_steps, "_go_on", reading_meanwhile)
    restore(ground.folder, ground.backup, None, LATER)
    assert len(told) == 1 and is_one_thai_sentence(told[0]) and "RegisterBusy" in told[0]
    verified(ground.folder)


READ = """
import sys
from pathlib import Path
from desktop.storage.register import open_for_reading
try:
    open_for_reading(Path(sys.argv[1])).close()
except Exception as told:
    print(type(told).__name__, told)
"""


def test_p06_without_the_notes_a_cut_restore_would_lose_the_register(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the journal: cut between moving aside and moving in, with nothing to tell of it."""
    moved: list[Path] = []
    move = restore_steps._move

    def cut_off(path: Path, target: Path) -> None:
        if path.parent.name == restore_steps.COMING:
            raise KeyboardInterrupt
        moved.append(path)
        move(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(restore_steps, "_move", cut_off)
        with pytest.raises(KeyboardInterrupt):
            restore(ground.folder, ground.backup, None, LATER)
    assert moved and not (ground.folder / "register.sqlite").exists()
    (journal := ground.folder / restore_steps.JOURNAL).rename(ground.folder / "x")
    with pytest.raises(RegisterLost):  # two whole registers lie there, and none is found
        opened(ground.folder)
    (ground.folder / "x").rename(journal)
    assert restart(ground) == "backup"


def test_the_disk_keeps_each_step_before_the_next(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    keep, move = os.fsync, Path.replace

    def noted(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        done.append(f"kept {path.name}")
        keep(handle)

    def moved(path: Path, target: Path) -> Path:
        done.append(f"moved {path.parent.name}/{path.name} to {Path(target).parent.name}")
        return move(path, target)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(Path, "replace", moved)
    restore(ground.folder, ground.backup, None, LATER)
    folder, coming = ground.folder.name, restore_steps.COMING
    ready = max(
        place for place, each in enumerate(done) if each.startswith(f"moved {folder}/register.restoring.making")
    )
    aside = done.index(f"moved {folder}/register.sqlite to {ASIDE}")
    come = done.index(f"moved {coming}/register.sqlite to {folder}")
    assert ready < aside < come
    assert f"kept {coming}" in done[:ready] and "kept register.sqlite" in done[:ready]
    assert done[ready - 1] == "kept register.restoring.making" and done[ready + 1] == f"kept {folder}"
    assert f"kept {ASIDE}" in done[aside:come] and f"kept {folder}" in done[aside:come]
    assert done[-1] == f"kept {folder}" and f"kept {folder}" in done[come:-1]


@pytest.mark.parametrize("refused", ["aside", "coming"])
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES])
def test_what_the_disk_refuses_halfway_is_put_back(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, refused: str, number: int
) -> None:
    before = tree(ground.folder)
    move, hit = Path.replace, []

    def refusing(path: Path, target: Path) -> Path:
        there = path.parent.name == restore_steps.COMING if refused == "coming" else Path(target).parent.name == ASIDE
        if there and path.name == "attachments" and (number == errno.EACCES or not hit):
            hit.append(path)
            raise OSError(number, os.strerror(number))
        return move(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refusing)
        patch.setattr("time.sleep", lambda seconds: None)
        with pytest.raises(CannotDo) as told:
            restore(ground.folder, ground.backup, None, LATER)
    assert hit and is_one_thai_sentence(str(told.value))
    after = {name: content for name, content in tree(ground.folder).items() if not name.startswith("backups/")}
    assert after == before
    verified(ground.folder)


def test_refused_again_while_putting_back_the_next_start_does_it(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    move = Path.replace
    failing = [False]

    def refusing(path: Path, target: Path) -> Path:
        if path.parent.name == restore_steps.COMING and path.name == "attachments":
            failing[0] = True
        if failing[0] and "restoring" not in path.name:
            raise OSError(errno.EIO, "EIO")
        return move(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refusing)
        with pytest.raises(CannotDo, match="เปิดโปรแกรมใหม่"):
            restore(ground.folder, ground.backup, None, LATER)
        with pytest.raises(RegisterRefused, match="ค้างอยู่"):
            settle(ground.folder)
    assert restart(ground) == "as it was"


def test_cancelled_at_any_moment_all_is_as_it_was(ground: Ground) -> None:
    before = tree(ground.folder)
    asked: list[int] = []
    restore(ground.folder.with_name("อีกที่"), ground.backup, None, LATER, lambda done, of: not asked.append(done))
    assert asked == sorted(asked) and asked[-1] == 100
    for moment in range(len(asked) - 1):
        left = iter([True] * moment)
        with pytest.raises(Cancelled):
            restore(ground.folder, ground.backup, None, LATER, lambda done, of: next(left, False))
        after = {name: content for name, content in tree(ground.folder).items() if not name.startswith("backups/")}
        assert after == before
        assert not restore_steps.is_under_way(ground.folder)


def test_a_disk_without_room_while_unpacking_leaves_all_as_it_was(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(ground.folder)
    keep = os.fsync

    def refusing(handle: int) -> None:
        if restore_steps.COMING in str(Path(f"/proc/self/fd/{handle}").readlink()):
            raise OSError(errno.ENOSPC, "full")
        keep(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refusing)
        with pytest.raises((CannotDo, RegisterRefused)) as told:
            restore(ground.folder, ground.backup, None, LATER)
    assert "ที่ว่าง" in str(told.value) and is_one_thai_sentence(str(told.value))
    after = {name: content for name, content in tree(ground.folder).items() if not name.startswith("backups/")}
    assert after == before


def test_notes_that_cannot_be_read_are_told_and_touch_nothing(ground: Ground) -> None:
    forged = {"stage": "ready", "aside": "../../x", "old": ["register.sqlite"], "new": []}
    for content in ("", "{", "[]", json.dumps(forged), json.dumps({**forged, "aside": ASIDE, "new": ["/etc/passwd"]})):
        (ground.folder / restore_steps.JOURNAL).write_text(content, encoding="utf-8")
        before = tree(ground.folder)
        with pytest.raises(RegisterRefused) as told:
            settle(ground.folder)
        assert is_one_thai_sentence(str(told.value)) and tree(ground.folder) == before
    (ground.folder / restore_steps.JOURNAL).unlink()
    finish_or_undo(ground.folder)


def test_the_notes_speak_of_the_register_s_own_names() -> None:
    from desktop.storage import attachment_files, register_folder

    belongings = restore_steps.BELONGINGS
    assert restore_steps.REGISTER == register_folder.REGISTER_NAME and register_folder.MARK_NAME in belongings
    assert attachment_files.STORE in belongings and register_folder.LOCK_NAME not in belongings
    for name in (restore_steps.JOURNAL, restore_steps.COMING):
        assert name.startswith(register_folder.OWN_PREFIX)


# What is told before


def test_what_a_backup_holds_stands_beside_what_is_there(ground: Ground) -> None:
    found = compare(ground.folder, look_into(ground.backup))
    assert found.present is not None
    assert (found.present.complaints, found.contents.complaints) == (4, 3)
    assert (found.present.attachments, found.contents.attachments) == (2, 1)
    assert (found.present.newest_change, found.contents.newest_change) == (NOON + timedelta(days=1), NOON)
    [newer] = found.warnings
    assert "ใหม่กว่า" in newer and "29 ม.ค. 2563" in newer


def test_a_backup_of_another_register_is_said(ground: Ground, tmp_path: Path) -> None:
    desk = desk_over(tmp_path / "อีกเล่ม")
    add_complaint(desk, "ข-1")
    other = make_backup(desk, tmp_path / "อีกเล่ม.rtbackup").path
    assert compare(desk, look_into(other)).warnings == ()
    desk.register.close()
    assert any("คนละเล่ม" in words for words in compare(ground.folder, look_into(other)).warnings)


def test_nothing_there_and_nothing_to_be_read_there_are_told(ground: Ground, tmp_path: Path) -> None:
    assert compare(tmp_path / "ไม่มี", look_into(ground.backup)).present is None
    (ground.folder / "register.sqlite").write_bytes(b"x" * 5000)
    found = compare(ground.folder, look_into(ground.backup))
    assert found.present is not None and found.warnings == (found.present.trouble,)


def test_a_full_register_comes_back_with_its_issued_report(tmp_path: Path) -> None:
    desk = desk_over(tmp_path / "ทะเบียน")
    fill(desk)
    path = make_backup(desk, tmp_path / "สำรอง.rtbackup").path
    pdf = "SELECT pdf FROM issued_report"
    issued = desk.register.connection.execute(pdf).fetchall()
    desk.register.close()
    shutil.rmtree(tmp_path / "ทะเบียน")
    restore(tmp_path / "ทะเบียน", path, None, LATER)
    desk = opened(tmp_path / "ทะเบียน")
    assert desk.register.connection.execute(pdf).fetchall() == issued and len(issued) == 1
    desk.register.close()


def test_what_is_unpacked_wrongly_is_not_put_in_place(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(ground.folder)
    unpack = restoring._unpack

    def badly(backup: object, coming: Path, tell: object) -> None:
        unpack(backup, coming, tell)  # type: ignore[arg-type]
        [picture] = [path for path in (coming / "attachments").rglob("*") if path.is_file()]
        flip(picture, 10, 1)

    monkeypatch.setattr(restoring, "_unpack", badly)
    with pytest.raises(CannotDo, match="ตรวจไม่ผ่าน"):
        restore(ground.folder, ground.backup, None, LATER)
    after = {name: content for name, content in tree(ground.folder).items() if not name.startswith("backups/")}
    assert after == before


@pytest.mark.parametrize(("kind", "count"), [("bits", 12), ("cycles", 4), ("sides", 3)])
def test_the_long_loops_hold_for_a_few_turns(tmp_path: Path, kind: str, count: int) -> None:
    found = KINDS[kind](tmp_path, count)
    assert found.holds, found


def test_the_drafts_of_another_register_stay_with_it(ground: Ground, tmp_path: Path) -> None:
    other = desk_over(tmp_path / "อื่น", Clock())
    add_complaint(other, "ข-1")
    drafts.keep(other, "complaint", "ข-1", {"place": "ซอย 1"}, {"place": ""})
    other.register.close()
    done = restore(tmp_path / "อื่น", ground.backup, None, LATER)
    assert done.moved_aside is not None and (done.moved_aside / "register.drafts").exists()
    assert not (tmp_path / "อื่น" / "register.drafts").exists()


def test_drafts_that_cannot_be_read_hinder_no_restore(ground: Ground) -> None:
    (ground.folder / "register.drafts").write_bytes(b"\x00broken")
    done = restore(ground.folder, ground.backup, None, LATER)
    assert done.moved_aside is not None and (done.moved_aside / "register.drafts").read_bytes() == b"\x00broken"
    assert not (ground.folder / "register.drafts").exists()
