"""Making backups: verified before they are named, nothing lost by whatever stops them, thinned for good reason only."""

import errno
import hashlib
import os
import shutil
import threading
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.services import automatic_backups, backups, outside_copies, thinning
from desktop.services.automatic_backups import (
    State,
    back_up_now,
    backups_there,
    before_migration,
    lacks_backup,
    look_at,
    manifests_there,
    moment_of_name,
    name_of,
    newest_good,
    sweep,
    thin,
)
from desktop.services.backup_contents import look_into
from desktop.services.backups import make_backup
from desktop.services.changes import Change, apply
from desktop.services.desk import CannotDo, Desk
from desktop.services.outside_copies import backup_place, copy_outside, outside_copy_due, refuse_weak_passphrase
from desktop.services.progress import Cancelled
from desktop.services.undoing import what_can_be_undone
from desktop.storage import attachment_files, attachments, backup_reader, chain
from desktop.storage.register import open_for_reading, open_for_writing
from tests.running import is_one_thai_sentence
from tests.services.backup_ground import (
    NOON,
    SHIPPED,
    Clock,
    add_attachment,
    add_complaint,
    change_something,
    desk_over,
    fill,
    fill_quickly,
    flip,
    killed_at,
    members_of,
    run_child,
    tree,
)

OLD_REGISTER = Path(__file__).resolve().parents[1] / "storage" / "old_registers" / "register-step-1.sqlite"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """Three complaints and a picture, on 28 January 2563 at noon."""
    desk = desk_over(tmp_path / "ทะเบียน", clock)
    fill_quickly(desk)
    yield desk
    desk.register.close()


def left(folder: Path) -> list[str]:
    """The names in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_tells_what_is_in_it(office: Desk, tmp_path: Path) -> None:
    fill(desk := desk_over(tmp_path / "เต็ม"))
    made = make_backup(desk, tmp_path / "สำรอง.rtbackup")
    desk.register.close()
    assert (made.complaints, made.attachments, made.missing) == (3, 3, ())
    assert made.sha256 == hashlib.sha256(made.path.read_bytes()).hexdigest()
    assert made.made_at == NOON
    contents = look_into(made.path)
    assert (contents.complaints, contents.attachments, contents.head) == (3, 3, made.head)
    assert contents.problems == () and contents.newest_change == NOON


def test_what_is_not_committed_is_not_in_it(office: Desk, tmp_path: Path) -> None:
    beside = office.beside()
    with office.register.transaction() as connection:
        connection.execute("DELETE FROM attachment")
        made = make_backup(beside, tmp_path / "สำรอง.rtbackup")
        beside.register.close_connection()
        connection.execute("ROLLBACK")
        connection.execute("BEGIN")
    assert made.attachments == 1


def test_it_is_made_beside_an_open_window_by_one_that_only_reads(office: Desk, tmp_path: Path) -> None:
    reading = Desk(open_for_reading(office.register.folder), SHIPPED, office.today_of, office.now_of)
    before = tree(office.register.folder)
    assert make_backup(reading, tmp_path / "สำรอง.rtbackup").complaints == 3
    reading.register.close()
    assert tree(office.register.folder) == before


def test_a_register_of_an_older_program_is_backed_up_as_it_is_before_it_is_migrated(tmp_path: Path) -> None:
    folder = tmp_path / "เก่า"
    folder.mkdir()
    shutil.copy(OLD_REGISTER, folder / "register.sqlite")
    open_for_writing(folder, before_migration=before_migration(folder, "9.9", NOON)).close()
    [path] = (folder / "backups").iterdir()
    content = members_of(path)[1][1]
    assert int.from_bytes(content[60:64], "big") == 1
    assert look_into(path).complaints > 0 and look_into(path).head == ""


def test_p07_without_room_for_that_backup_nothing_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "เก่า"
    folder.mkdir()
    shutil.copy(OLD_REGISTER, folder / "register.sqlite")
    refuse_to_sync(monkeypatch, errno.ENOSPC)
    with pytest.raises(CannotDo, match="ที่ว่าง"):
        open_for_writing(folder, before_migration=before_migration(folder, "9.9", NOON))
    assert (folder / "register.sqlite").read_bytes() == OLD_REGISTER.read_bytes()


@pytest.mark.parametrize(
    "name",
    ["register.sqlite", "REGISTER.known", "attachments/x.rtbackup", "before-restore-25630101-000000/x.rtbackup", "."],
)
def test_the_register_s_own_places_are_refused(office: Desk, name: str) -> None:
    folder = office.register.folder
    before = tree(folder)
    with pytest.raises(CannotDo) as told:
        make_backup(office, folder / name)
    assert is_one_thai_sentence(str(told.value)) and tree(folder) == before


@pytest.mark.parametrize("content", [b"%PDF-1.7 a report", b"PK\x03\x04 a spreadsheet" + bytes(300), b"x"])
def test_a_file_that_is_no_backup_is_never_written_over(office: Desk, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "เอกสาร.rtbackup"
    path.write_bytes(content)
    with pytest.raises(CannotDo, match="ไม่เขียนทับ"):
        make_backup(office, path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("passphrase", [None, "รหัสผ่านเดิม"])
def test_an_older_backup_is_written_over_only_by_a_verified_one(
    office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str | None
) -> None:
    path = make_backup(office, tmp_path / "สำรอง.rtbackup", passphrase).path
    before = path.read_bytes()
    add_complaint(office, "ก-4")
    with monkeypatch.context() as patch:
        damage_what_is_written(patch)
        with pytest.raises(CannotDo, match="ตรวจทานแล้วไม่ตรง"):
            make_backup(office, path)
    assert path.read_bytes() == before and left(tmp_path) == sorted(["สำรอง.rtbackup", "ทะเบียน"])
    assert make_backup(office, path).complaints == 4 and look_into(path).complaints == 4


def damage_what_is_written(patch: pytest.MonkeyPatch) -> None:
    """A disk that turns one bit of what it was given."""
    keep = os.fsync

    def damaging(handle: int) -> None:
        keep(handle)
        path = Path(f"/proc/self/fd/{handle}").readlink()
        if path.suffix == ".making":
            flip(path, path.stat().st_size // 2, 3)

    patch.setattr(os, "fsync", damaging)


def refuse_to_sync(patch: pytest.MonkeyPatch, number: int) -> None:
    """A disk that refuses when a backup's bytes shall be kept."""
    keep = os.fsync

    def refusing(handle: int) -> None:
        if ".rtbackup." in Path(f"/proc/self/fd/{handle}").readlink().name:
            raise OSError(number, os.strerror(number))
        keep(handle)

    patch.setattr(os, "fsync", refusing)


def test_with_the_verification_off_a_damaged_backup_would_be_handed_over(
    office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of verifying: the same disk, and the backup bears its name."""
    monkeypatch.setattr(backups, "_verify", lambda *all_of: None)
    with monkeypatch.context() as patch:
        damage_what_is_written(patch)
        path = make_backup(office, tmp_path / "สำรอง.rtbackup").path
    assert look_at(path).state is State.DAMAGED


def test_p10_the_disk_keeps_the_bytes_before_they_are_verified_and_the_name_after(
    office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    keep, rename, verify = os.fsync, Path.replace, backups._verify

    def noted_keep(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        done.append("folder kept" if path.is_dir() else f"kept {path.suffix}")
        keep(handle)

    monkeypatch.setattr(os, "fsync", noted_keep)
    monkeypatch.setattr(Path, "replace", lambda path, target: (done.append("named"), rename(path, target))[1])
    monkeypatch.setattr(backups, "_verify", lambda *all_of: (done.append("verified"), verify(*all_of))[1])
    make_backup(office, tmp_path / "สำรอง.rtbackup")
    assert done == ["kept .making", "verified", "named", "folder kept"]


def test_cancelled_at_any_moment_nothing_is_left_and_the_older_one_stays(office: Desk, tmp_path: Path) -> None:
    place = tmp_path / "ที่เก็บ"
    place.mkdir()
    path = make_backup(office, place / "สำรอง.rtbackup").path
    before = path.read_bytes()
    asked: list[int] = []
    make_backup(office, place / "นับ.rtbackup", progress=lambda done, of: not asked.append(done))
    (place / "นับ.rtbackup").unlink()
    assert asked == sorted(asked) and asked[-1] == 100
    for moment in range(len(asked) - 1):
        left_to_ask = iter([True] * moment)
        with pytest.raises(Cancelled):
            make_backup(office, path, progress=lambda done, of: next(left_to_ask, False))
        assert left(place) == ["สำรอง.rtbackup"] and path.read_bytes() == before


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "ที่ว่าง"), (errno.EIO, "อุปกรณ์"), (errno.ENODEV, "อุปกรณ์"), (errno.EROFS, "อุปกรณ์")],
)
def test_k04_k29_what_the_disk_refuses_is_told_and_older_backups_stay(
    office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    place = tmp_path / "แฟลชไดรฟ์"
    place.mkdir()
    old = make_backup(office, place / "สำรอง.rtbackup").path.read_bytes()
    with monkeypatch.context() as patch:
        refuse_to_sync(patch, number)
        with pytest.raises(CannotDo) as told:
            make_backup(office, place / "สำรอง.rtbackup")
    assert said in str(told.value) and "ทะเบียนและสำเนาเก่าอยู่ครบ" in str(told.value)
    assert is_one_thai_sentence(str(told.value))
    assert left(place) == ["สำรอง.rtbackup"] and (place / "สำรอง.rtbackup").read_bytes() == old


def test_k29_a_stick_pulled_out_while_it_is_written_is_told_and_the_register_is_fine(
    office: Desk, tmp_path: Path
) -> None:
    add_attachment(office, "ก-2", os.urandom(3_000_000))
    stick = tmp_path / "แฟลชไดรฟ์"
    told = []
    for moment in range(1, 6):
        stick.mkdir()
        asked = iter(range(100))

        def pull(done: int, of: int) -> bool:
            if next(asked) == moment:
                shutil.rmtree(stick)
            return True

        with pytest.raises(CannotDo) as problem:
            make_backup(office, stick / "สำรอง.rtbackup", progress=pull)
        told.append(str(problem.value))
        shutil.rmtree(stick, ignore_errors=True)
    assert all(is_one_thai_sentence(words) and "ทะเบียนและสำเนาเก่าอยู่ครบ" in words for words in told)
    add_complaint(office, "ก-9")


DISK_TOO_SMALL = """
import resource, signal, sys
from pathlib import Path
from desktop.services.backups import make_backup
from desktop.services.desk import CannotDo
from tests.services.backup_ground import desk_over
desk = desk_over(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    make_backup(desk, Path(sys.argv[2]))
except CannotDo as told:
    print(told)
"""


@pytest.mark.parametrize("room", [0, 100, 20_000])
def test_k04_a_full_disk_is_told_and_leaves_nothing(office: Desk, tmp_path: Path, room: int) -> None:
    """A real limit of the system on what may be written, so that the refusal comes from a real write."""
    folder = office.register.folder
    office.register.close()
    place = tmp_path / "ที่เก็บ"
    place.mkdir()
    ran = run_child(DISK_TOO_SMALL, folder, place / "สำรอง.rtbackup", room)
    assert ran.returncode == 0, ran.stderr
    assert "ที่ว่าง" in ran.stdout and is_one_thai_sentence(ran.stdout)
    assert left(place) == []


def test_k31_k32_an_attachment_gone_or_changed_is_told_and_the_rest_is_backed_up(office: Desk, tmp_path: Path) -> None:
    gone = add_attachment(office, "ก-2", b"\xff\xd8\xff gone" * 50)
    changed = add_attachment(office, "ก-3", b"\xff\xd8\xff changed" * 50)
    store = office.register.folder
    attachment_files.place_of(store, gone).unlink()
    flip(attachment_files.place_of(store, changed), 5, 1)
    made = make_backup(office, tmp_path / "สำรอง.rtbackup")
    assert made.missing == tuple(sorted([gone, changed])) and (made.complaints, made.attachments) == (3, 1)
    [told] = look_into(made.path).problems
    assert "2 แฟ้ม" in told and look_into(made.path).attachments == 1


def test_a_picture_taken_off_goes_along_so_that_an_undo_finds_it(office: Desk, tmp_path: Path) -> None:
    sha256 = add_attachment(office, "ก-2", b"\xff\xd8\xff off again" * 50)
    row = attachments.of_key(office.register.connection, "complaint", "ก-2", sha256)
    apply(office, "นำออก", [Change(row, None)])
    made = make_backup(office, tmp_path / "สำรอง.rtbackup")
    assert made.attachments == 1 and f"attachments/{sha256}" in [each.filename for each, _ in members_of(made.path)]
    attachment_files.place_of(office.register.folder, sha256).unlink()
    assert make_backup(office, made.path).missing == ()  # nothing the register shows is missing


def test_a_register_with_problems_gives_no_backup_and_says_why(office: Desk, tmp_path: Path) -> None:
    office.register.connection.execute("UPDATE complaint SET subject = 'แก้จากที่อื่น' WHERE number = 'ก-2'")
    with pytest.raises(CannotDo) as told:
        make_backup(office, tmp_path / "สำรอง.rtbackup")
    assert "ก-2" in str(told.value) and is_one_thai_sentence(str(told.value))
    assert left(tmp_path) == ["ทะเบียน"]


def test_a_blank_passphrase_is_refused(office: Desk, tmp_path: Path) -> None:
    for blank in ("", "   ", "\t"):
        with pytest.raises(CannotDo, match="ว่างเปล่า"):
            make_backup(office, tmp_path / "สำรอง.rtbackup", blank)
    assert left(tmp_path) == ["ทะเบียน"]


# The automatic ones


def names_there(desk: Desk) -> list[str]:
    return left(desk.register.folder / "backups")


def test_their_names_sort_by_time_and_tell_it(clock: Clock) -> None:
    assert name_of(datetime(2020, 1, 28, 3, 15, tzinfo=UTC), None) == "ทะเบียน-25630128-101500.rtbackup"
    assert moment_of_name("ทะเบียน-25630128-101500.rtbackup") == datetime(2020, 1, 28, 3, 15, tzinfo=UTC)
    assert moment_of_name("ทะเบียน-25630128-101500-27.rtbackup") == datetime(2020, 1, 28, 3, 15, tzinfo=UTC)
    for other in ("ทะเบียน.rtbackup", "ทะเบียน-25630231-101500.rtbackup", "ทะเบียน-25630128-101500.zip", "x"):
        assert moment_of_name(other) is None


def test_one_is_made_when_something_changed_and_none_when_nothing_did(office: Desk, clock: Clock) -> None:
    first = back_up_now(office, "ปิดโปรแกรม")
    assert first is not None and first.complaints == 3
    clock.on(minutes=1)
    assert back_up_now(office, "ปิดโปรแกรม") is None
    add_complaint(office, "ก-4")
    clock.on(minutes=1)
    second = back_up_now(office, "ก่อนนำเข้า")
    assert second is not None and names_there(office) == sorted([first.path.name, second.path.name])
    there = backups_there(office)
    assert [(each.complaints, each.state, each.reason) for each in there] == [
        (4, State.GOOD, "ก่อนนำเข้า"),
        (3, State.GOOD, "ปิดโปรแกรม"),
    ]
    assert [each.made_at for each in there] == [NOON + timedelta(minutes=2), NOON]
    assert backups_there(office.register.folder) == there  # of a register that cannot be opened too


def test_whether_something_lacks_a_backup_is_told_by_the_history_not_by_the_clock(office: Desk, clock: Clock) -> None:
    assert lacks_backup(office)
    back_up_now(office, "ปิดโปรแกรม")
    assert not lacks_backup(office)
    clock.on(minutes=-60)  # the clock was put right
    add_complaint(office, "ก-4")
    assert lacks_backup(office)
    made = back_up_now(office, "ปิดโปรแกรม")
    assert made is not None and not lacks_backup(office)
    made.path.unlink()
    assert lacks_backup(office)


def test_a_backup_of_another_history_with_as_many_operations_is_no_backup_of_this(office: Desk, tmp_path: Path) -> None:
    """Control: its name alone tells the same number."""
    made = back_up_now(office, "ปิดโปรแกรม")
    assert made is not None and not lacks_backup(office)
    other = desk_over(tmp_path / "อื่น")
    while (head := chain.head(other.register.connection)) is None or head.operation < int(made.head.split(":")[0]):
        change_something(other, 0 if head is None else head.operation)
    add_to = other.register.folder / "backups"
    add_to.mkdir()
    other_name = add_to / made.path.name
    other_name.write_bytes(made.path.read_bytes())
    assert f"-{head.operation}." in other_name.name and lacks_backup(other)
    other.register.close()


def test_a_new_register_lacks_no_backup(tmp_path: Path) -> None:
    desk = desk_over(tmp_path / "ใหม่")
    change_something(desk, 1)
    assert not lacks_backup(desk)
    desk.register.close()


def test_one_is_made_at_a_time_and_who_waited_finds_it_made(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    making, may_go_on, waited = threading.Event(), threading.Event(), threading.Event()
    real = automatic_backups.automatic_backup_of

    def slow(*given: Any) -> Any:
        making.set()
        assert may_go_on.wait(10)
        return real(*given)

    def progress(done: int, of: int) -> bool:
        if done == 0:
            waited.set()
            may_go_on.set()
        return True

    monkeypatch.setattr(automatic_backups, "automatic_backup_of", slow)
    beside, made = office.beside(), []
    other = threading.Thread(target=lambda: made.append(back_up_now(beside, "เมื่อเปิดโปรแกรม")))
    other.start()
    assert making.wait(10)
    assert back_up_now(office, "ก่อนนำเข้า", progress) is None and waited.is_set()
    other.join()
    beside.register.close_connection()
    assert [each.reason for each in backups_there(office)] == ["เมื่อเปิดโปรแกรม"] and made[0] is not None


def test_who_waits_for_another_backup_can_still_cancel(office: Desk) -> None:
    with automatic_backups._MAKING, pytest.raises(Cancelled):
        back_up_now(office, "ก่อนนำเข้า", lambda done, of: False)
    assert back_up_now(office, "ก่อนนำเข้า") is not None


def test_the_look_at_the_one_that_has_all_can_be_cancelled(office: Desk) -> None:
    made = back_up_now(office, "ปิดโปรแกรม")
    assert made is not None
    told = []

    def stop(done: int, of: int) -> bool:
        told.append(done)
        return False

    with pytest.raises(Cancelled):
        back_up_now(office, "เปิดโปรแกรม", stop)
    assert told == [0] and look_at(made.path).good


def test_two_within_one_second_are_both_kept(office: Desk) -> None:
    back_up_now(office, "ก่อนนำเข้า")
    add_complaint(office, "ก-4")
    back_up_now(office, "ปิดโปรแกรม")
    assert [each.complaints for each in backups_there(office)] == [4, 3] and len(names_there(office)) == 2


def test_an_empty_register_makes_none(tmp_path: Path) -> None:
    desk = desk_over(tmp_path / "ใหม่")
    assert back_up_now(desk, "ปิดโปรแกรม") is None
    assert not (desk.register.folder / "backups").exists()
    desk.register.close()


def test_another_one_is_made_when_the_newest_is_damaged_or_lacks_a_picture(office: Desk, clock: Clock) -> None:
    first = back_up_now(office, "ปิดโปรแกรม")
    assert first is not None
    flip(first.path, 500, 1)
    clock.on(minutes=1)
    assert back_up_now(office, "ปิดโปรแกรม") is not None
    sha256 = next(iter(attachments.contents(office.register.connection)))
    place = attachment_files.place_of(office.register.folder, sha256)
    content = place.read_bytes()
    add_complaint(office, "ก-5")
    place.unlink()
    clock.on(minutes=1)
    lacking = back_up_now(office, "ปิดโปรแกรม")
    assert lacking is not None and lacking.missing == (sha256,)
    place.write_bytes(content)
    clock.on(minutes=1)
    assert back_up_now(office, "ปิดโปรแกรม") is not None


def test_k36_a_damaged_one_is_never_offered_as_good_and_an_older_one_is_tried(office: Desk, clock: Clock) -> None:
    made = []
    for number in range(4, 8):
        add_complaint(office, f"ก-{number}")
        clock.on(minutes=5)
        backup = back_up_now(office, "ปิดโปรแกรม")
        assert backup is not None
        made.append(backup.path)
    assert newest_good(office) == look_at(made[3])
    flip(made[3], 300, 0)
    made[2].write_bytes(made[2].read_bytes()[:-1000])
    found = backups_there(office)
    assert [each.state for each in found] == [State.DAMAGED, State.DAMAGED, State.GOOD, State.GOOD]
    assert all(each.why and each.made_at is not None for each in found[:2])
    good = newest_good(office)
    assert good is not None and good.path == made[1]
    for path in made[:2]:
        path.write_bytes(b"")
    assert newest_good(office) is None


def test_k36_without_the_check_a_damaged_one_would_be_offered(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of looking at each."""
    backup = back_up_now(office, "ปิดโปรแกรม")
    assert backup is not None
    flip(backup.path, backup.path.stat().st_size // 2, 0)
    assert newest_good(office) is None
    monkeypatch.setattr(backup_reader, "_check_sum", lambda file, tell: None)
    assert newest_good(office) is not None


def test_a_sealed_one_among_them_says_so(office: Desk) -> None:
    (office.register.folder / "backups").mkdir()
    make_backup(office, office.register.folder / "backups" / "ลับ.rtbackup", "รหัสผ่านยาวพอ")
    [found] = backups_there(office)
    assert (found.state, found.good) == (State.SEALED, False) and "รหัสผ่าน" in found.why


def test_the_heads_of_all_that_can_be_read_are_told(office: Desk, clock: Clock) -> None:
    for number in range(4, 7):
        add_complaint(office, f"ก-{number}")
        clock.on(minutes=5)
        back_up_now(office, "ปิดโปรแกรม")
    found = manifests_there(office)
    assert [each.register.complaints for each in found] == [6, 5, 4]
    assert len({each.register.head for each in found}) == 3 and {each.register.name for each in found} == {
        office.register.name
    }


def test_p05_killed_at_any_step_the_old_ones_stay_and_what_was_begun_is_swept(office: Desk, clock: Clock) -> None:
    back_up_now(office, "ปิดโปรแกรม")
    folder = office.register.folder
    office.register.close()
    old = tree(folder / "backups")
    original = folder.with_name("ก่อน")
    shutil.copytree(folder, original)
    states = []
    for step in range(1, 40):
        shutil.rmtree(folder)
        shutil.copytree(original, folder)
        died = killed_at(step, folder / "backups", lambda: change_and_back_up(folder))
        swept = sweep(folder)
        there = backups_there(folder)
        assert all(each.good for each in there) and {each.complaints for each in there} <= {3, 4}
        assert old.items() <= tree(folder / "backups").items()
        assert all(name.endswith(".rtbackup") for name in left(folder / "backups"))
        states.append((died, swept, len(there)))
        if not died:
            break
    assert states[-1] == (False, 0, 2)  # it runs through in the end
    assert (True, 1, 1) in states  # and was cut while its file was in the making


def change_and_back_up(folder: Path) -> None:
    desk = desk_over(folder)
    add_complaint(desk, "ก-9")
    back_up_now(desk, "ปิดโปรแกรม")


# Thinning


def naive_thinning(made: Collection[datetime], now: datetime) -> set[datetime]:
    """The same rule read slowly, moment by moment."""
    moments = sorted(each for each in set(made) if each <= now)
    if not moments or (naive_doubt(sorted(set(made)), now) and naive_steady_days(moments, now) < 7):
        return set()
    recent = [each for each in moments if now - each <= timedelta(days=2) or each == moments[-1]]
    daily = naively_spread(moments, recent, "%Y-%m-%d", 14)
    weekly = naively_spread(moments, recent + daily, "%G-%V", 6)
    young = [each for each in daily + weekly if now - each <= timedelta(days=90)]
    return {each for each in moments if each not in recent + young}


def naive_doubt(moments: list[datetime], now: datetime) -> bool:
    whole = [*moments, now]
    leapt = [i for i in range(len(moments)) if whole[i + 1] - whole[i] > timedelta(days=366)]
    return bool(leapt) or any(each > now for each in moments)


def naive_steady_days(moments: list[datetime], now: datetime) -> int:
    """On how many Bangkok days there is a backup, walking back from now to the nearest hole of over 366 days."""
    days, at = set(), now
    for each in reversed(moments):
        if at - each > timedelta(days=366):
            break
        days.add((each + timedelta(hours=7)).strftime("%Y-%m-%d"))
        at = each
    return len(days)


def naively_spread(moments: list[datetime], kept: list[datetime], period: str, most: int) -> list[datetime]:
    """Of what is not kept: the last of its Bangkok day or week, with fewer than so many such after it."""
    told = {each: (each + timedelta(hours=7)).strftime(period) for each in moments}
    lasts = [each for each in moments if not any(other > each and told[other] == told[each] for other in moments)]
    free = [each for each in lasts if each not in kept]
    return [each for each in free if len([other for other in free if other > each]) < most]


moments = st.lists(
    st.builds(lambda minutes: NOON - timedelta(minutes=minutes), st.integers(0, 130 * 24 * 60)), min_size=1, max_size=60
)


@given(moments, st.integers(0, 3 * 24 * 60))
@settings(max_examples=300, deadline=None)
def test_thinning_agrees_with_a_naive_reading(made: list[datetime], later: int) -> None:
    now = max(made) + timedelta(minutes=later)
    assert set(thinning.to_thin(made, now)) == naive_thinning(made, now)


@given(
    st.lists(st.builds(lambda days: NOON + timedelta(days=days), st.integers(-2000, 2000)), min_size=1),
    st.integers(-2000, 2000),
)
@settings(max_examples=200, deadline=None)
def test_whatever_the_clock_says_thinning_agrees_and_the_newest_stays(made: list[datetime], days: int) -> None:
    now = NOON + timedelta(days=days)
    gone = set(thinning.to_thin(made, now))
    assert gone == naive_thinning(made, now) and all(each <= now and each != max(made) for each in gone)


@pytest.mark.parametrize("days", [2000, -2000], ids=["from after now", "from before a long absence"])
def test_a_leap_of_the_clock_stops_thinning_for_seven_days_of_backups_only(days: int) -> None:
    odd, made, kept = NOON + timedelta(days=days), [], []
    for day in range(8):
        for hours in (0, 4):
            now = NOON + timedelta(days=day, hours=hours)
            made.append(now)
            made = [each for each in made if each not in set(thinning.to_thin([odd, *made], now))]
        kept.append(len(made))
    assert kept == [2, 4, 6, 8, 10, 12, 9, 10]  # from the seventh day on: all of two days, then one a day
    assert (odd in thinning.to_thin([odd, *made], NOON + timedelta(days=8))) == (days < 0)  # after now: never touched


def test_a_year_of_closing_twice_a_day_keeps_few_and_all_of_the_last_days() -> None:
    made: list[datetime] = []
    for day in range(366):
        for hours in (0, 4):
            now = NOON + timedelta(days=day, hours=hours)
            made.append(now)
            gone = set(thinning.to_thin(made, now))
            made = [each for each in made if each not in gone]
    assert len(made) == 5 + 14 + 6
    assert made[-5:] == [
        NOON + timedelta(days=365 - back, hours=hours) for back, hours in ((2, 4), (1, 0), (1, 4), (0, 0), (0, 4))
    ]
    assert NOON + timedelta(days=365) - made[0] <= timedelta(days=90)


@pytest.mark.parametrize(
    "now",
    [NOON - timedelta(days=1), NOON - timedelta(days=5 * 365), NOON + timedelta(days=367), NOON.replace(year=2563)],
    ids=["a day back", "five years back", "over a year ahead", "the Buddhist year"],
)
def test_t01_t02_a_clock_that_looks_wrong_thins_nothing(office: Desk, clock: Clock, now: datetime) -> None:
    kept = one_today_and_five_of_one_day_a_month_ago(office, clock)
    for number in (2, 3):  # the second time the leap lies between two backups
        clock.now = now + timedelta(hours=number)
        change_something(office, 100 + number)
        assert back_up_now(office, "ปิดโปรแกรม") is not None
        assert set(kept) <= set(names_there(office))


def one_today_and_five_of_one_day_a_month_ago(office: Desk, clock: Clock) -> list[str]:
    change_something(office, 100)
    back_up_now(office, "ปิดโปรแกรม")
    for hours in range(5):
        clock.now = NOON - timedelta(days=30) + timedelta(hours=hours)
        change_something(office, hours)
        back_up_now(office, "ปิดโปรแกรม")
    assert len(names_there(office)) == 6  # the clock went back, nothing was thinned
    return names_there(office)


def test_with_a_right_clock_the_same_is_thinned(office: Desk, clock: Clock) -> None:
    """The control of the clock: of five of one day, a month later, one stays."""
    one_today_and_five_of_one_day_a_month_ago(office, clock)
    clock.now = NOON + timedelta(hours=2)
    change_something(office, 101)
    back_up_now(office, "ปิดโปรแกรม")
    assert len(names_there(office)) == 3


def test_s05_nothing_older_than_ninety_days_stays_beside_a_newer_one(office: Desk, clock: Clock) -> None:
    first = back_up_now(office, "ปิดโปรแกรม")
    assert first is not None
    clock.on(days=91)
    assert back_up_now(office, "ปิดโปรแกรม") is None
    assert first.path.exists()  # it is the only one
    add_complaint(office, "ก-4")
    assert back_up_now(office, "ปิดโปรแกรม") is not None
    assert not first.path.exists()


def test_nothing_is_thinned_when_the_new_one_failed(
    office: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hours in range(3):
        add_complaint(office, f"ข-{hours}")
        back_up_now(office, "ปิดโปรแกรม")
        clock.on(hours=1)
    before = tree(office.register.folder / "backups")
    clock.on(days=100)
    add_complaint(office, "ค-1")
    refuse_to_sync(monkeypatch, errno.ENOSPC)
    with pytest.raises(CannotDo):
        back_up_now(office, "ปิดโปรแกรม")
    assert tree(office.register.folder / "backups") == before


def test_only_the_automatic_ones_are_thinned_and_only_beside_the_newest(office: Desk, clock: Clock) -> None:
    first = back_up_now(office, "ปิดโปรแกรม")
    assert first is not None
    own = make_backup(office, first.path.with_name("ของเจ้าหน้าที่.rtbackup")).path
    clock.on(days=100)
    add_complaint(office, "ก-4")
    second = back_up_now(office, "ปิดโปรแกรม")
    assert second is not None and left(own.parent) == sorted([own.name, second.path.name])
    assert thin(office.register.folder, clock(), own) == []


# A place outside this disk


def test_k35_the_reminder_stays_until_a_sealed_copy_of_the_last_seven_days_lies_outside(
    office: Desk, clock: Clock, stick: Path
) -> None:
    assert "ยังไม่เคย" in (outside_copy_due(office) or "")
    copy = copy_outside(office, stick, "รหัสผ่านยาวพอ")
    assert copy.counts and copy.backup.path.parent == stick
    assert copy.backup.path.read_bytes().startswith(b"RTBACKUP-SEALED\n")
    assert outside_copy_due(office) is None and backup_place(office) == stick
    clock.on(days=7)
    assert outside_copy_due(office) is None
    clock.on(minutes=1)
    assert "เกิน 7 วัน" in (outside_copy_due(office) or "") and "28 ม.ค. 2563" in (outside_copy_due(office) or "")
    clock.now = NOON - timedelta(days=3)
    assert "นาฬิกา" in (outside_copy_due(office) or "")


def test_an_empty_register_is_not_asked_for_a_copy(tmp_path: Path) -> None:
    desk = desk_over(tmp_path / "ใหม่")
    assert outside_copy_due(desk) is None
    desk.register.close()


def test_k35_a_copy_on_the_same_disk_is_made_and_does_not_count(office: Desk, tmp_path: Path) -> None:
    place = tmp_path / "โฟลเดอร์อื่น"
    place.mkdir()
    copy = copy_outside(office, place, "รหัสผ่านยาวพอ")
    assert copy.backup.path.exists() and not copy.counts and "ดิสก์เดียวกับทะเบียน" in copy.why_not
    assert outside_copy_due(office) is not None and backup_place(office) == place


def test_a_copy_that_a_cloud_service_takes_along_counts(office: Desk, tmp_path: Path) -> None:
    place = tmp_path / "OneDrive - กรุงเทพมหานคร"
    place.mkdir()
    assert copy_outside(office, place, "รหัสผ่านยาวพอ").counts


def test_making_one_is_never_what_undo_takes_back(office: Desk, stick: Path) -> None:
    before = what_can_be_undone(office)
    copy_outside(office, stick, "รหัสผ่านยาวพอ")
    assert what_can_be_undone(office) == before


def test_a_copy_into_the_register_s_own_folder_or_nowhere_is_refused(office: Desk, tmp_path: Path) -> None:
    inside = office.register.folder / "สำรอง"
    inside.mkdir()
    for place in (inside, tmp_path / "ไม่มี"):
        with pytest.raises(CannotDo) as told:
            copy_outside(office, place, "รหัสผ่านยาวพอ")
        assert is_one_thai_sentence(str(told.value))
    assert left(inside) == []


def test_a_passphrase_too_short_or_typed_in_two_ways_is_refused() -> None:
    for passphrase, again, said in (("สั้น", "สั้น", "สั้นไป"), ("", "", "ว่าง"), ("รหัสผ่านยาวพอ", "รหัสผ่านยาวพ่อ", "ไม่เหมือน")):
        with pytest.raises(CannotDo, match=said):
            refuse_weak_passphrase(passphrase, again)
    refuse_weak_passphrase("รหัสผ่านยาวพอ", "รหัสผ่านยาวพอ")


def test_the_remembered_passphrase_is_not_printed_by_accident() -> None:
    assert "ลับ" not in repr(outside_copies.RememberedPassphrase("ลับ"))
