"""The backup at closing and at the start: of what no backup has, whoever changed it; nothing keeps a window open."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app import build_window
from desktop.domain.complaint import Complaint
from desktop.services import automatic_backups
from desktop.services.automatic_backups import back_up_now, backups_there, lacks_backup, newest_good
from desktop.services.complaint_work import save
from desktop.services.desk import CannotDo, Desk
from desktop.services.privacy import erase_personal_data
from desktop.services.progress import Cancelled, Progress
from desktop.storage.register_folder import REGISTER_NAME
from desktop.ui.long_work import LongWork
from desktop.ui.main_window import MainWindow
from desktop.ui.window_start import WindowStart
from tests.services.backup_ground import Clock, flip

Shown = Callable[[Desk], MainWindow]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    """Shows the window over a desk as the program does."""
    kept = []

    def show(desk: Desk) -> MainWindow:
        window = build_window(desk)
        window.backs_up_when_closed = True
        kept.append(window)
        qtbot.addWidget(window, before_close_func=lambda window: setattr(window, "backs_up_when_closed", False))
        window.show()
        qtbot.waitExposed(window)
        return window

    yield show
    kept.clear()


def add(desk: Desk, number: str) -> None:
    save(desk, None, Complaint(number, date(2020, 1, 28)))


def reasons(desk: Desk) -> list[str]:
    return [each.reason for each in backups_there(desk)]


def boxes(window: MainWindow) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def no_work_left(window: MainWindow) -> bool:
    return not any(work.isRunning() for work in window.findChildren(LongWork))


@pytest.fixture
def locked(desk: Desk) -> Iterator[None]:
    """Another program holds the register so that nothing of it can be read."""
    desk.register.connection.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(desk.register.folder / REGISTER_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


def test_what_was_changed_before_the_window_opened_is_backed_up_when_it_closes(
    desk: Desk, qtbot: QtBot, shown: Shown
) -> None:
    add(desk, "1")  # by a command, or before a kill
    window = shown(desk)
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert reasons(desk) == ["เมื่อปิดโปรแกรม"] and not lacks_backup(desk)
    assert shown(desk).close(), "a backup has everything"
    assert reasons(desk) == ["เมื่อปิดโปรแกรม"]


def test_at_the_start_what_no_backup_has_is_backed_up_behind_the_window_once(
    desk: Desk, qtbot: QtBot, shown: Shown
) -> None:
    add(desk, "1")
    for _ in range(2):
        window = shown(desk)
        window.back_up_what_was_left()
        qtbot.waitUntil(lambda: no_work_left(window) and bool(reasons(desk)))
        assert reasons(desk) == ["เมื่อเปิดโปรแกรม"] and not boxes(window)
        assert window.close()


def test_at_the_start_backups_from_before_an_erasure_are_gone_in_90_days_though_nothing_lacks_one(
    desk: Desk, qtbot: QtBot, shown: Shown
) -> None:
    clock = desk.now_of = Clock()
    add(desk, "1")
    before = back_up_now(desk, "ก่อนลบ")
    clock.on(days=1)
    erase_personal_data(desk, "1", "ผู้ร้องขอ")
    back_up_now(desk, "หลังลบ")
    for days, kept in ((80, ["หลังลบ", "ก่อนลบ"]), (10, ["หลังลบ"])):  # 81 and 91 days after the first
        clock.on(days=days)
        window = shown(desk)
        window.back_up_what_was_left()
        qtbot.waitUntil(lambda: window.findChildren(LongWork) == [])
        assert reasons(desk) == kept
        assert window.close()
    assert before is not None and not before.path.exists()


def test_at_the_start_another_one_is_made_when_the_newest_is_damaged(desk: Desk, qtbot: QtBot, shown: Shown) -> None:
    clock = desk.now_of = Clock()
    add(desk, "1")
    made = back_up_now(desk, "เมื่อปิดโปรแกรม")
    assert made is not None
    flip(made.path, made.path.stat().st_size // 2, 1)
    assert newest_good(desk) is None and not lacks_backup(desk)  # its list alone tells nothing of it
    clock.on(hours=16)
    window = shown(desk)
    window.back_up_what_was_left()
    qtbot.waitUntil(lambda: window.findChildren(LongWork) == [])
    found = newest_good(desk)
    assert found is not None and found.reason == "เมื่อเปิดโปรแกรม" and found.complaints == 1


def test_at_the_session_s_end_the_window_closes_and_the_next_start_backs_up(
    desk: Desk, qtbot: QtBot, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown(desk)
    add(desk, "1")
    with monkeypatch.context() as ending:
        ending.setattr(QGuiApplication, "isSavingSession", lambda _: True)
        assert window.close() and reasons(desk) == []
    again = shown(desk)
    again.back_up_what_was_left()
    qtbot.waitUntil(lambda: reasons(desk) == ["เมื่อเปิดโปรแกรม"])
    qtbot.waitUntil(lambda: no_work_left(again))


def test_a_backup_at_the_start_that_fails_is_only_told(
    desk: Desk, qtbot: QtBot, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise CannotDo("ที่ว่างไม่พอ")

    monkeypatch.setattr(automatic_backups, "back_up_now", full)
    add(desk, "1")
    window = shown(desk)
    window.back_up_what_was_left()
    qtbot.waitUntil(lambda: "ที่ว่างไม่พอ" in window.statusBar().currentMessage())
    assert not boxes(window)


def test_closing_while_the_start_s_backup_is_made_ends_that_and_makes_its_own(
    desk: Desk, qtbot: QtBot, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    real = back_up_now

    def slow(desk: Desk, reason: str, progress: Progress) -> object:
        if reason != "เมื่อเปิดโปรแกรม":
            return real(desk, reason, progress)
        begun.set()
        while progress(0, 100):
            begun.wait(0.01)
        raise Cancelled

    monkeypatch.setattr(automatic_backups, "back_up_now", slow)
    add(desk, "1")
    window = shown(desk)
    window.back_up_what_was_left()
    assert begun.wait(10)
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert reasons(desk) == ["เมื่อปิดโปรแกรม"]


def test_a_window_closed_while_the_register_is_verified_begins_no_backup_afterwards(
    desk: Desk, qtbot: QtBot, shown: Shown
) -> None:
    """The word that it has passed comes after the closing: a thread begun then would be cut off."""
    add(desk, "1")
    window = shown(desk)
    start = WindowStart(desk, window, (window.back_up_what_was_left,))
    with qtbot.waitSignal(start.check.passed):
        start.begin()
        assert window.close()
    assert no_work_left(window)
    assert reasons(desk) == [] and lacks_backup(desk)


def test_a_register_that_cannot_be_read_is_told_once_and_the_window_closes(
    desk: Desk, qtbot: QtBot, shown: Shown, request: pytest.FixtureRequest
) -> None:
    add(desk, "1")
    window = shown(desk)
    request.getfixturevalue("locked")
    assert not window.close()
    (box,) = boxes(window)
    assert "ยังไม่ได้สำรองข้อมูลก่อนปิด" in box.text() and "Error" not in box.text()
    box.findChild(QPushButton).click()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_whatever_goes_wrong_at_closing_the_window_closes(
    desk: Desk, qtbot: QtBot, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Desk) -> bool:
        raise OSError(5, "Input/output error", "นายสมชาย")

    window = shown(desk)
    monkeypatch.setattr(automatic_backups, "lacks_backup", broken)
    assert not window.close()
    (box,) = boxes(window)
    assert "อ่านทะเบียนไม่ได้" in box.text() and "สมชาย" not in box.text()
    assert window.close(), "the second time nothing is asked"


def test_a_window_for_reading_alone_backs_nothing_up(desk: Desk, shown: Shown) -> None:
    add(desk, "1")
    window = shown(desk)
    window.backs_up_when_closed = False
    assert window.close() and reasons(desk) == []
