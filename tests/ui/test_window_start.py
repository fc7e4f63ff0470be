"""The verification behind the painted list: saving waits for it, damage stops it, trouble of the disk is no damage."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop.app import build_window
from desktop.domain.evidence import OF_COMPLAINT
from desktop.services import office_settings, outside_copies, verifying
from desktop.services.attaching import attach
from desktop.services.automatic_backups import backups_there
from desktop.services.changes import Change, apply
from desktop.services.desk import Desk
from desktop.services.history_values import Setting
from desktop.services.verifying import Verification
from desktop.storage import attachment_files
from desktop.storage.register_refusals import RegisterBusy, RegisterRefused
from desktop.ui import start_check
from desktop.ui.main_window import MainWindow
from desktop.ui.window_start import WindowStart
from tests.services.picture_faults import encoded, scene
from tests.tampering import another_program


@pytest.fixture
def started(qtbot: QtBot, demo_desk: Desk) -> Iterator[tuple[Desk, MainWindow, WindowStart]]:
    window = build_window(demo_desk)
    qtbot.addWidget(window)
    yield demo_desk, window, WindowStart(demo_desk, window)
    for box in window.findChildren(QMessageBox):
        box.close()


def test_saving_opens_when_the_register_has_passed(
    qtbot: QtBot, started: tuple[Desk, MainWindow, WindowStart], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, window, start = started
    may_go_on = threading.Event()

    def slow(beside: Desk) -> Verification:
        assert may_go_on.wait(10)
        return verifying.verify(beside)

    monkeypatch.setattr(start_check, "verify", slow)
    start.begin()
    with pytest.raises(RegisterRefused, match="กำลังตรวจทะเบียน"):
        office_settings.save_officer_name(desk, "เจ้าหน้าที่")
    with qtbot.waitSignal(start.check.passed):
        may_go_on.set()
    office_settings.save_officer_name(desk, "เจ้าหน้าที่")
    assert "ถูกต้องครบถ้วน" in window.statusBar().currentMessage()


def test_damage_is_named_and_stops_all_saving(qtbot: QtBot, started: tuple[Desk, MainWindow, WindowStart]) -> None:
    desk, window, start = started
    with another_program(desk.register.folder) as connection:
        number = connection.execute("SELECT number FROM complaint WHERE id = 9").fetchone()[0]
        connection.execute("UPDATE complaint SET place = 'ที่อื่น' WHERE id = 9")
    before = register_bytes(desk)
    with qtbot.waitSignal(start.check.damaged):
        start.begin()
    (box,) = window.findChildren(QMessageBox)
    assert number in box.text() and "สถานที่" in box.text()
    assert not window.banner.isHidden() and number in window.banner.text()
    assert window.banner.text().startswith("⚠") and window.banner.property("damage")
    with pytest.raises(RegisterRefused, match="ไม่ผ่านการตรวจ"):
        office_settings.save_officer_name(desk, "เจ้าหน้าที่")
    assert register_bytes(desk) == before


def test_control_without_the_verification_the_damaged_register_is_written(
    qtbot: QtBot, started: tuple[Desk, MainWindow, WindowStart], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _, start = started
    with another_program(desk.register.folder) as connection:
        connection.execute("UPDATE complaint SET place = 'ที่อื่น' WHERE id = 9")
    monkeypatch.setattr(start_check, "verify", lambda beside: Verification(752, 0, ()))
    with qtbot.waitSignal(start.check.passed):
        start.begin()
    office_settings.save_officer_name(desk, "เจ้าหน้าที่")


def test_a_busy_register_is_verified_again_and_is_no_damage(
    qtbot: QtBot, started: tuple[Desk, MainWindow, WindowStart], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, window, start = started
    answers = iter([RegisterBusy("ทะเบียนถูกโปรแกรมอื่นใช้อยู่"), None])

    def busy_once(beside: Desk) -> Verification:
        refused = next(answers)
        if refused:
            raise refused
        return verifying.verify(beside)

    monkeypatch.setattr(start_check, "verify", busy_once)
    monkeypatch.setattr(start_check, "TRY_AGAIN_AFTER", 50)
    with qtbot.waitSignals([start.check.hindered, start.check.passed]):
        start.begin()
    assert not window.findChildren(QMessageBox)
    office_settings.save_officer_name(desk, "เจ้าหน้าที่")


def test_what_the_opening_had_to_say_stays_beside_the_reminders(qtbot: QtBot, demo_desk: Desk) -> None:
    window = build_window(demo_desk, None, "นาฬิกาเครื่องย้อนหลัง")
    qtbot.addWidget(window)
    start = WindowStart(demo_desk, window)
    with qtbot.waitSignal(start.check.passed):
        start.begin()
    assert window.banner.text().startswith("นาฬิกาเครื่องย้อนหลัง") and not window.banner.isHidden()


def test_a_lost_picture_is_named_and_work_goes_on(qtbot: QtBot, demo_desk: Desk) -> None:
    attach(demo_desk, OF_COMPLAINT, "2562-00300", "หน้างาน.png", encoded(scene(), "PNG"))
    (stored,) = [path for path in (demo_desk.register.folder / "attachments").rglob("*") if path.is_file()]
    stored.unlink()
    window = build_window(demo_desk)
    qtbot.addWidget(window)
    start = WindowStart(demo_desk, window)
    with qtbot.waitSignal(start.check.damaged):
        start.begin()
    (box,) = window.findChildren(QMessageBox)
    assert "2562-00300" in box.text() and "บันทึกงานต่อได้" in box.text()
    office_settings.save_officer_name(demo_desk, "เจ้าหน้าที่")
    box.close()


def test_the_reminder_of_a_copy_outside_is_asked_again_when_the_day_turns(
    qtbot: QtBot, started: tuple[Desk, MainWindow, WindowStart]
) -> None:
    desk, window, start = started
    now = datetime(2020, 1, 28, 5, tzinfo=UTC)
    desk.now_of = lambda: now
    change = Change(None, Setting(outside_copies.DONE_SETTING, now.isoformat()))
    apply(desk, "ทำสำเนาไว้นอกเครื่อง", [change])
    with qtbot.waitSignal(start.check.passed):
        start.begin()
    assert window.banner.isHidden()
    desk.now_of = lambda: now + timedelta(days=8)
    window._look_at_the_day()
    assert window.banner.isHidden(), "the same day"
    desk.today_of = lambda: date(2020, 2, 5)
    window._look_at_the_day()
    assert not window.banner.isHidden() and "เกิน 7 วัน" in window.banner.text()


def test_the_day_that_turns_hides_no_word_on_why_saving_is_shut(
    qtbot: QtBot, started: tuple[Desk, MainWindow, WindowStart]
) -> None:
    desk, window, start = started
    desk.register.gate.shut_because = verifying.SHUT_BY_DAMAGE
    start._remind("ทะเบียนไม่ผ่านการตรวจ", damage=True)
    desk.today_of = lambda: date(2020, 2, 5)
    window._look_at_the_day()
    assert window.banner.text() == "ทะเบียนไม่ผ่านการตรวจ"


def test_what_no_backup_has_is_backed_up_when_the_register_has_passed(
    qtbot: QtBot, started: tuple[Desk, MainWindow, WindowStart]
) -> None:
    desk, window, _ = started
    WindowStart(desk, window, (window.back_up_what_was_left,)).begin()
    qtbot.waitUntil(lambda: len(backups_there(desk)) == 1, timeout=30_000)
    assert "ตรวจทะเบียนแล้ว" in window.statusBar().currentMessage()


def register_bytes(desk: Desk) -> bytes:
    return Path(desk.register.folder / "register.sqlite").read_bytes()


def test_what_one_job_of_the_start_refuses_is_told_and_keeps_no_other_from_being_done(
    qtbot: QtBot, demo_desk: Desk
) -> None:
    attachment_files.add(demo_desk.register.folder, encoded(scene(64, 40, 9), "PNG"))  # an orphan, as after a kill
    (demo_desk.register.folder / "attachments" / "quarantine").write_text("", encoding="utf-8")
    window, done = build_window(demo_desk), []
    qtbot.addWidget(window)
    start = WindowStart(demo_desk, window, (lambda: done.append("a backup of what was left"),))
    with qtbot.waitSignal(start.check.passed):
        start.begin()
    assert done == ["a backup of what was left"]
    told = window.banner.text()
    assert "attachments" in told and "ไม่ได้ ข้อมูลอยู่ครบ" in told and "ยังไม่ได้แนบ" not in told
