"""Starting over a register that is damaged, lost, busy or newer: told in words, with help that fits, no traceback."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop import app, paths
from desktop.services.automatic_backups import back_up_now, newest_good
from desktop.services.demo import fill_with_demo
from desktop.services.desk import Desk
from desktop.services.restoring import restore
from desktop.storage import restore_steps
from desktop.storage.register import open_for_writing
from desktop.storage.register_refusals import RegisterBusy, RegisterDamaged, RegisterLost, RegisterRefused
from desktop.ui import restore_work
from desktop.ui.help_wish import Help
from desktop.ui.window_start import WindowStart
from tests.conftest import SHIPPED
from tests.tampering import another_program

TODAY = date(2020, 1, 28)
PAGE = 4096
OLD = Path(__file__).parents[1] / "storage" / "old_registers" / "register-step-2.sqlite"


class Told(NamedTuple):
    """What a start came to: an offer of help, or a window that said this of its verification."""

    refused: RegisterRefused | None = None
    damaged: str = ""
    complaints: int = -1


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small register with a backup beside it."""
    folder = tmp_path_factory.mktemp("ทะเบียน")
    desk = Desk(open_for_writing(folder), SHIPPED, lambda: TODAY)
    fill_with_demo(desk, 20, 1)
    back_up_now(desk, "ทดสอบ")
    desk.register.close()
    return folder


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path) -> Callable[[Path], Told]:
    """Start the program over a folder, up to the end of its verification; no event loop of its own."""
    found: list[Told] = []

    def run(application: QApplication, desk: Desk, banner: str) -> tuple[int, None]:
        window = app.build_window(desk, None, banner)
        begun = WindowStart(desk, window)
        begun.check.passed.connect(lambda passed: found.append(Told(complaints=passed.complaints)))
        begun.check.damaged.connect(lambda hurt, newest: found.append(Told(damaged=f"{hurt.problems[0]} {newest}")))
        begun.begin()
        qtbot.waitUntil(lambda: bool(found), timeout=20_000)
        qtbot.waitUntil(lambda: begun.check.work is None)
        for box in window.findChildren(QMessageBox):
            box.close()
        window.deleteLater()
        return 0, None

    def offered(folder: Path, refused: RegisterRefused) -> None:
        found.append(Told(refused))

    monkeypatch.setattr(app, "dress", lambda application: None)
    monkeypatch.setattr(app, "_run", run)
    monkeypatch.setattr(app, "_offer_help", offered)
    monkeypatch.setattr(app, "PATIENCE", 0.0)
    monkeypatch.setattr(paths, "anchors_folder", lambda: tmp_path / "anchors")

    def started(folder: Path) -> Told:
        found.clear()
        app.run_window(folder, TODAY)
        return found[-1]

    return started


def hurt_copies(whole: Path, tmp_path: Path, hurt: Callable[[bytearray, random.Random], None], count: int):
    """So many copies of the register, each hurt in its own way."""
    chance, content = random.Random(7), (whole / "register.sqlite").read_bytes()
    for number in range(count):
        folder = tmp_path / str(number)
        shutil.copytree(whole, folder)
        spoilt = bytearray(content)
        hurt(spoilt, chance)
        (folder / "register.sqlite").write_bytes(spoilt)
        yield folder


def zero_a_page(content: bytearray, chance: random.Random) -> None:
    page = chance.randrange(1, len(content) // PAGE) * PAGE
    content[page : page + PAGE] = bytes(PAGE)


def turn_a_bit(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(100, len(content))] ^= 1 << chance.randrange(8)


@pytest.mark.parametrize(("hurt", "count"), [(zero_a_page, 24), (turn_a_bit, 24)])
def test_k17_k18_whatever_is_damaged_a_start_tells_it_in_words(
    whole: Path, tmp_path: Path, start: Callable[[Path], Told], hurt: Callable, count: int
) -> None:
    told = [start(folder) for folder in hurt_copies(whole, tmp_path, hurt, count)]
    before_the_window = [each.refused for each in told if each.refused is not None]
    in_the_window = [each.damaged for each in told if each.damaged]
    print(f"{count} hurt: {len(before_the_window)} told without a window, {len(in_the_window)} in it")
    assert all(isinstance(each, RegisterDamaged) for each in before_the_window)
    assert all("สำเนาที่ดีล่าสุดทำเมื่อ" in each for each in in_the_window)
    assert len(before_the_window) + len(in_the_window) > count // 2 and before_the_window and in_the_window


# Of the header: the ways to read and write, the schema's format, and a version whose tables are others.
HEADER_BITS = [(byte, bit) for byte in (18, 19, 44, 45, 46, 47) for bit in range(8)] + [(63, 0), (63, 1)]


def test_k17_a_turned_bit_of_the_header_is_damage_and_nothing_is_made_of_it(
    whole: Path, tmp_path: Path, start: Callable[[Path], Told]
) -> None:
    folder = tmp_path / "header"
    shutil.copytree(whole, folder)
    content = (folder / "register.sqlite").read_bytes()
    for byte, bit in HEADER_BITS:
        spoilt = content[:byte] + bytes((content[byte] ^ 1 << bit,)) + content[byte + 1 :]
        (folder / "register.sqlite").write_bytes(spoilt)
        told = start(folder).refused
        assert isinstance(told, RegisterDamaged) and "โปรดกู้คืนจากสำเนาสำรอง" in str(told), (byte, bit)
        assert (folder / "register.sqlite").read_bytes() == spoilt
        assert [path.name for path in (folder / "backups").iterdir()] == [newest_good(folder).path.name]
    (folder / "register.sqlite").write_bytes(content)
    assert start(folder).complaints == 20  # the control


@pytest.mark.parametrize(("byte", "bit"), [(18, 1), (47, 3), (63, 0)])
def test_k17_the_newest_good_backup_takes_the_place_of_a_register_with_a_spoilt_header(
    whole: Path, tmp_path: Path, start: Callable[[Path], Told], byte: int, bit: int
) -> None:
    folder = tmp_path / "header"
    shutil.copytree(whole, folder)
    spoilt = bytearray((folder / "register.sqlite").read_bytes())
    spoilt[byte] ^= 1 << bit
    (folder / "register.sqlite").write_bytes(spoilt)
    newest = newest_good(folder)
    restored = restore(folder, newest.path, None, datetime(2020, 1, 28, 5, tzinfo=UTC))
    assert restored.moved_aside is not None
    assert (restored.moved_aside / "register.sqlite").read_bytes() == spoilt
    assert start(folder).complaints == 20


def test_p07_an_old_register_whose_backup_cannot_be_made_is_told_and_stays_as_it_is(
    tmp_path: Path, start: Callable[[Path], Told]
) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    shutil.copy(OLD, folder / "register.sqlite")
    (folder / "backups").write_text("a file in the way", encoding="utf-8")
    told = start(folder).refused
    assert type(told) is RegisterRefused and "สำรอง" in str(told) and "ทะเบียนอยู่ครบ" in str(told)
    assert (folder / "register.sqlite").read_bytes() == OLD.read_bytes()
    (folder / "backups").unlink()
    assert start(folder).complaints == 14  # the control: nothing in the way any more


def test_k18_a_lost_page_of_an_old_register_is_damage_before_it_is_brought_along(
    tmp_path: Path, start: Callable[[Path], Told]
) -> None:
    content = OLD.read_bytes()
    for page in (2, 5, 9):
        folder = tmp_path / str(page)
        folder.mkdir()
        spoilt = content[: page * PAGE] + bytes(PAGE) + content[(page + 1) * PAGE :]
        (folder / "register.sqlite").write_bytes(spoilt)
        told = start(folder).refused
        assert isinstance(told, RegisterDamaged) and "สำเนาสำรอง" in str(told)
        assert (folder / "register.sqlite").read_bytes() == spoilt


def test_k22_a_day_another_program_spoilt_is_named_though_the_list_cannot_be_painted(
    whole: Path, tmp_path: Path, start: Callable[[Path], Told]
) -> None:
    folder = tmp_path / "spoilt"
    shutil.copytree(whole, folder)
    with another_program(folder) as connection:
        number = connection.execute("SELECT number FROM complaint WHERE id = 3").fetchone()[0]
        connection.execute("UPDATE complaint SET notified = '28/1/2563' WHERE id = 3")
    told = start(folder).refused
    assert isinstance(told, RegisterDamaged) and number in str(told) and "สำเนาที่ดีล่าสุด" in str(told)


def test_a_mistake_of_ours_over_a_whole_register_is_no_damage(
    whole: Path, tmp_path: Path, start: Callable[[Path], Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "whole"
    shutil.copytree(whole, folder)

    def broken(*_: object) -> None:
        raise KeyError("นายสมชาย")

    monkeypatch.setattr(app, "build_window", broken)
    told = start(folder).refused
    assert type(told) is RegisterRefused and "KeyError" in str(told) and "สมชาย" not in str(told)


LEFT = {
    "its mark": ("register.known",),
    "backups": ("backups/ทะเบียน-25630128-100000-3.rtbackup",),
    "what a restore moved aside": ("before-restore-25630101-080000/register.sqlite",),
    "drafts": ("register.drafts",),
    "an attached file": ("attachments/ab/ab12",),
}


@pytest.mark.parametrize("left", LEFT.values(), ids=LEFT)
def test_k12_whatever_a_register_leaves_tells_that_it_is_lost(
    tmp_path: Path, start: Callable[[Path], Told], left: tuple[str, ...]
) -> None:
    for name in left:
        (tmp_path / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / name).write_bytes(b"")
    assert isinstance(start(tmp_path / "data").refused, RegisterLost)
    assert not (tmp_path / "data" / "register.sqlite").exists()


def test_k12_a_folder_that_is_gone_whole_is_remembered_on_this_pc(
    tmp_path: Path, start: Callable[[Path], Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    assert start(folder).complaints == 0  # a folder that never had one gets it
    shutil.rmtree(folder)
    assert isinstance(start(folder).refused, RegisterLost) and not folder.exists()
    wishes = iter([Help.ANEW])
    monkeypatch.setattr(app, "_offer_help", lambda folder, refused: next(wishes))
    assert start(folder).complaints == 0
    assert (folder / "register.sqlite").exists()


def test_k12_a_restore_cut_off_between_its_names_goes_on_though_no_register_lies_there(
    whole: Path, tmp_path: Path, start: Callable[[Path], Told]
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(whole, folder)
    assert start(folder).complaints == 20  # this PC remembers the folder
    swap = restore_steps.begin(folder, "25630128-120000")
    shutil.copy(folder / "register.sqlite", folder / restore_steps.COMING)
    ready = replace(swap, stage=restore_steps.Stage.READY, old=("register.sqlite",), new=("register.sqlite",))
    restore_steps._write_down(folder, ready)
    (folder / swap.aside).mkdir()
    (folder / "register.sqlite").rename(folder / swap.aside / "register.sqlite")
    assert start(folder).complaints == 20 and not restore_steps.is_under_way(folder)


def test_k12_a_restore_into_a_lost_folder_cut_off_while_unpacking_leaves_it_lost(
    tmp_path: Path, start: Callable[[Path], Told]
) -> None:
    folder = tmp_path / "data"
    assert start(folder).complaints == 0
    shutil.rmtree(folder)
    folder.mkdir()
    restore_steps.begin(folder, "25630128-120000")
    assert isinstance(start(folder).refused, RegisterLost)
    assert not (folder / "register.sqlite").exists()


def test_k15_a_newer_register_is_no_damage(whole: Path, tmp_path: Path, start: Callable[[Path], Told]) -> None:
    folder = tmp_path / "newer"
    shutil.copytree(whole, folder)
    with closing(sqlite3.connect(folder / "register.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")
    told = start(folder).refused
    assert type(told) is RegisterRefused and "รุ่นใหม่กว่า" in str(told)


def test_a_window_for_reading_alone_verifies_too(whole: Path, tmp_path: Path, start: Callable[[Path], Told]) -> None:
    folder = tmp_path / "read"
    shutil.copytree(whole, folder)
    with another_program(folder) as connection:
        connection.execute("UPDATE complaint SET place = 'ที่อื่น' WHERE id = 3")
    holder = open_for_writing(folder)
    try:
        assert "สถานที่" in start(folder).damaged
    finally:
        holder.connection.close()
        holder._lock.release()


@pytest.fixture
def answered(qapp: QApplication, tmp_path: Path) -> Iterator[Callable[..., tuple[list[str], object]]]:
    """Show the question about a register that cannot be opened: its buttons, and what came of pressing one."""
    timers: list[QTimer] = []

    def ask(press: str, **kinds: bool) -> tuple[list[str], object]:
        seen: list[str] = []

        def click() -> None:
            for box in (each for each in qapp.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()):
                seen.extend(button.text().replace("&", "") for button in box.buttons())
                wanted = [button for button in box.buttons() if press in button.text().replace("&", "")]
                (wanted or [box.escapeButton() or box.buttons()[-1]])[0].click()

        timer = QTimer()
        timer.timeout.connect(click)
        timer.start(20)
        timers.append(timer)
        try:
            return seen, restore_work.offer_help(tmp_path, "เปิดไม่ได้", **{"damaged": False, "lost": False} | kinds)
        finally:
            timer.stop()

    yield ask


def test_a_backup_is_offered_only_where_it_can_take_the_place(
    answered: Callable[..., tuple[list[str], object]],
) -> None:
    buttons, wish = answered("ลองใหม่")
    assert not any("กู้คืน" in each or "เริ่ม" in each for each in buttons) and wish is Help.AGAIN
    buttons, wish = answered("ปิด", damaged=True)
    assert any("กู้คืน" in each for each in buttons) and not any("เริ่ม" in each for each in buttons) and wish is None
    buttons, wish = answered("เริ่ม", lost=True)
    assert any("กู้คืน" in each for each in buttons) and wish is Help.ANEW  # after the second question


def test_k23_a_snapshot_of_a_locked_register_is_busy_and_not_for_ever(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.storage import register_copy
    from desktop.storage.register_refusals import explained

    folder = tmp_path / "locked"
    shutil.copytree(whole, folder)
    monkeypatch.setattr(register_copy, "BUSY_SECONDS", 0.2)
    with closing(sqlite3.connect(folder / "register.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RegisterBusy, match="ถูกโปรแกรมอื่นใช้อยู่"), explained(folder):
            register_copy.snapshot_of_file(folder / "register.sqlite")
        other.execute("ROLLBACK")
    assert register_copy.snapshot_of_file(folder / "register.sqlite").startswith(b"SQLite format 3")
