"""สำรองข้อมูล and กู้คืน: what is asked, what is shown, and what is only done when it was seen."""

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.services.automatic_backups import Found, back_up_now, backups_there, look_at
from desktop.services.backups import Meter, make_backup
from desktop.services.desk import Desk
from desktop.services.outside_copies import RememberedPassphrase, outside_copy_due
from desktop.storage import backup_cipher
from desktop.ui import backup_list
from desktop.ui.backup_dialog import BackupDialog
from desktop.ui.dialog_size import FRAME
from desktop.ui.long_work import LongWork
from desktop.ui.restore_dialog import RestoreDialog
from tests.services.backup_ground import Clock, add_complaint, desk_over, fill_quickly, flip
from tests.ui.thai_typing import retype

PASSPHRASE = "รหัสผ่านยาวพอ"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(tmp_path: Path, clock: Clock, stick: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Three complaints; a stick on another disk beside it; keys made quickly."""
    monkeypatch.setattr(backup_cipher, "LOG2_N", 4)
    monkeypatch.setattr(backup_cipher, "LEAST_LOG2_N", 4)
    desk = desk_over(tmp_path / "ทะเบียน", clock)
    fill_quickly(desk)
    yield desk
    desk.register.close()


def idle(qtbot: QtBot, widget: QWidget) -> None:
    """Wait until no work of a dialog runs, and what it gave is shown."""
    qtbot.waitUntil(lambda: not any(work.isRunning() for work in widget.findChildren(LongWork)), timeout=20_000)
    qtbot.wait(20)


def press(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def box_in_front(qtbot: QtBot, dialog: QWidget) -> QMessageBox:
    qtbot.waitUntil(lambda: any(box.isVisible() for box in dialog.findChildren(QMessageBox)), timeout=20_000)
    return next(box for box in dialog.findChildren(QMessageBox) if box.isVisible())


def rows(table: object) -> list[list[str]]:
    inner = table.table  # type: ignore[attr-defined]
    return [
        [inner.item(row, column).text() for column in range(inner.columnCount())] for row in range(inner.rowCount())
    ]


D = TypeVar("D", bound=QWidget)
KEPT: list[QWidget] = []  # a dialog outlives what runs over it, as one over the window does


@pytest.fixture(autouse=True)
def keeping() -> Iterator[None]:
    yield
    KEPT.clear()


def shown(qtbot: QtBot, dialog: D) -> D:
    KEPT.append(dialog)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def backup_dialog(qtbot: QtBot, desk: Desk, remembered: RememberedPassphrase | None = None) -> BackupDialog:
    dialog = shown(qtbot, BackupDialog(desk, remembered or RememberedPassphrase()))
    idle(qtbot, dialog)
    return dialog


def restore_dialog(qtbot: QtBot, place: Desk | Path) -> RestoreDialog:
    dialog = shown(qtbot, RestoreDialog(place))
    idle(qtbot, dialog)
    return dialog


def fill_in(dialog: BackupDialog, place: Path, passphrase: str = PASSPHRASE, again: str | None = None) -> None:
    retype(dialog.place, str(place))
    retype(dialog.passphrase, passphrase)
    retype(dialog.again, passphrase if again is None else again)


# สำรองข้อมูล


def test_a_copy_is_made_outside_verified_and_told(qtbot: QtBot, office: Desk, stick: Path) -> None:
    dialog = backup_dialog(qtbot, office)
    assert "ยังไม่เคยทำสำเนา" in dialog.reminder.text() and dialog.reminder.text().startswith("●")
    fill_in(dialog, stick)
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        press(qtbot, dialog.go_button)
    idle(qtbot, dialog)
    [path] = stick.iterdir()
    assert path.read_bytes().startswith(b"RTBACKUP-SEALED\n")
    assert dialog.outcome.text().startswith("✓") and "3 เรื่อง" in dialog.outcome.text()
    assert str(path) in dialog.outcome.text() and not dialog.problem.isVisible()
    assert not dialog.reminder.isVisible() and outside_copy_due(office) is None
    assert dialog.passphrase.text() == dialog.again.text() == ""


@pytest.mark.parametrize(
    ("place", "passphrase", "again", "said"),
    [
        ("", PASSPHRASE, PASSPHRASE, "ที่เก็บ"),
        ("แฟลชไดรฟ์", "", "", "ว่างเปล่า"),
        ("แฟลชไดรฟ์", "สั้น", "สั้น", "สั้นไป"),
        ("แฟลชไดรฟ์", PASSPHRASE, PASSPHRASE + "x", "ไม่เหมือนกัน"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_made(
    qtbot: QtBot, office: Desk, tmp_path: Path, stick: Path, place: str, passphrase: str, again: str, said: str
) -> None:
    dialog = backup_dialog(qtbot, office)
    fill_in(dialog, tmp_path / place if place else Path(), passphrase, again)
    if not place:
        retype(dialog.place, "")
    press(qtbot, dialog.go_button)
    assert said in dialog.problem.text() and dialog.problem.text().startswith("⚠")
    assert list(stick.iterdir()) == [] and dialog.isVisible()


def test_a_stick_that_is_not_there_is_told(qtbot: QtBot, office: Desk, tmp_path: Path) -> None:
    dialog = backup_dialog(qtbot, office)
    fill_in(dialog, tmp_path / "ถอดออกแล้ว")
    press(qtbot, dialog.go_button)
    box = box_in_front(qtbot, dialog)
    assert "ยังไม่ได้ทำสำเนา" in box.text() and "ทะเบียนอยู่ครบ" in box.text()
    box.accept()


def test_a_copy_on_the_same_disk_is_told_as_such(qtbot: QtBot, office: Desk, tmp_path: Path) -> None:
    (tmp_path / "โฟลเดอร์").mkdir()
    dialog = backup_dialog(qtbot, office)
    fill_in(dialog, tmp_path / "โฟลเดอร์")
    press(qtbot, dialog.go_button)
    idle(qtbot, dialog)
    assert "ดิสก์เดียวกับทะเบียน" in dialog.problem.text() and dialog.outcome.text().startswith("✓")
    assert dialog.reminder.isVisible()


def test_the_passphrase_is_hidden_until_asked_and_remembered_only_when_ticked(
    qtbot: QtBot, office: Desk, stick: Path
) -> None:
    remembered = RememberedPassphrase()
    dialog = backup_dialog(qtbot, office, remembered)
    hidden, shown = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal
    assert dialog.passphrase.echoMode() == dialog.again.echoMode() == hidden
    press_tick(dialog.shown)
    assert dialog.passphrase.echoMode() == dialog.again.echoMode() == shown
    fill_in(dialog, stick)
    press(qtbot, dialog.go_button)
    idle(qtbot, dialog)
    assert remembered.passphrase is None
    fill_in(dialog, stick)
    press_tick(dialog.remember)
    press(qtbot, dialog.go_button)
    idle(qtbot, dialog)
    assert remembered.passphrase == PASSPHRASE
    again = backup_dialog(qtbot, office, remembered)
    assert again.passphrase.text() == again.again.text() == PASSPHRASE and again.remember.isChecked()
    assert again.passphrase.echoMode() == hidden and again.place.text() == str(stick)


def press_tick(box: object) -> None:
    box.setChecked(not box.isChecked())  # type: ignore[attr-defined]


def test_the_automatic_ones_stand_there_with_their_state(qtbot: QtBot, office: Desk, clock: Clock) -> None:
    made = []
    for number in range(4, 7):
        add_complaint(office, f"ก-{number}")
        backup = back_up_now(office, "ก่อนนำเข้า")
        assert backup is not None
        made.append(backup.path)
        clock.on(minutes=10)
    flip(made[1], 300, 1)
    dialog = backup_dialog(qtbot, office)
    shown = rows(dialog.automatic.table)
    assert [row[0] for row in shown] == [f"28 ม.ค. 2563 12.{minutes} น." for minutes in (20, 10, "00")]
    assert [row[2] for row in shown] == ["6", "", "4"]
    assert [row[4].split()[0] for row in shown] == ["✓", "⚠", "✓"] and "เสียหาย" in shown[1][4]
    add_complaint(office, "ก-9")
    press(qtbot, dialog.now_button)
    idle(qtbot, dialog)
    qtbot.waitUntil(lambda: len(rows(dialog.automatic.table)) == 4)
    idle(qtbot, dialog)
    assert rows(dialog.automatic.table)[0][1:3] == ["เจ้าหน้าที่สั่ง", "7"]
    press(qtbot, dialog.now_button)
    idle(qtbot, dialog)
    assert "มีทุกอย่างอยู่แล้ว" in dialog.outcome.text() and len(backups_there(office)) == 4


@pytest.mark.parametrize("kind", ["backup", "restore"])
def test_closed_while_it_looks_nothing_goes_on(
    qtbot: QtBot, office: Desk, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    back_up_now(office, "ปิดโปรแกรม")
    looking, ended = Event(), Event()

    def look_for_long(path: Path, meter: Meter) -> Found:
        looking.set()
        for _ in range(200):  # two seconds, unless it is told to stop
            meter.tell(0)
            time.sleep(0.01)
        ended.set()
        return look_at(path, meter)

    monkeypatch.setattr(backup_list, "look_at", look_for_long)
    dialog = shown(qtbot, BackupDialog(office, RememberedPassphrase()) if kind == "backup" else RestoreDialog(office))
    assert looking.wait(5)
    dialog.reject()
    running = [work for work in dialog.findChildren(LongWork) if work.isRunning()]
    for work in running:
        work.wait()
    assert running == [] and not ended.is_set()


@pytest.mark.parametrize("kind", ["backup", "restore"])
def test_the_dialogs_fit_an_old_screen_with_text_at_150_per_cent(qtbot: QtBot, office: Desk, kind: str) -> None:
    dialog = backup_dialog(qtbot, office) if kind == "backup" else restore_dialog(qtbot, office)
    least = dialog.minimumSizeHint()
    assert least.width() <= 1366 / 1.5 and least.height() <= (768 - 40) / 1.5 - FRAME


# กู้คืน


def test_a_backup_of_the_list_is_looked_into_compared_and_asked_for(qtbot: QtBot, office: Desk, clock: Clock) -> None:
    backup = back_up_now(office, "ปิดโปรแกรม")
    assert backup is not None
    clock.on(hours=1)
    add_complaint(office, "ก-4")
    dialog = restore_dialog(qtbot, office)
    assert dialog.table.words.text() == "ยังไม่ได้เลือกสำเนา"
    selected = dialog.automatic.selected()
    assert selected is not None and selected.path == backup.path  # the newest good one
    assert dialog.look_button.isEnabled() and not dialog.go_button.isEnabled()
    press(qtbot, dialog.look_button)
    idle(qtbot, dialog)
    assert rows(dialog.table) == [
        ["ทำสำเนาเมื่อ", "–", "28 ม.ค. 2563 12.00 น."],
        ["จำนวนเรื่อง", "4", "3"],
        ["แฟ้มแนบ", "1", "1"],
        ["แก้ไขล่าสุด", "28 ม.ค. 2563 13.00 น.", "28 ม.ค. 2563 12.00 น."],
    ]
    assert "ใหม่กว่า" in dialog.warning.text() and "ไม่ถูกลบ" in dialog.kept.text()
    press(qtbot, dialog.go_button)
    box = box_in_front(qtbot, dialog)
    assert "3 เรื่อง" in box.text() and "ไม่ถูกลบ" in box.text()
    with qtbot.waitSignal(dialog.restore_wanted) as wanted:
        press(qtbot, next(each for each in box.findChildren(QPushButton) if "กู้คืน" in each.text()))
    assert wanted.args == [backup.path, None] and not dialog.isVisible()


def test_refusing_the_question_wants_nothing(qtbot: QtBot, office: Desk) -> None:
    back_up_now(office, "ปิดโปรแกรม")
    dialog = restore_dialog(qtbot, office)
    wanted: list[object] = []
    dialog.restore_wanted.connect(lambda *all_of: wanted.append(all_of))
    dialog.automatic.table.table.selectRow(0)
    press(qtbot, dialog.look_button)
    idle(qtbot, dialog)
    press(qtbot, dialog.go_button)
    box_in_front(qtbot, dialog).reject()
    qtbot.wait(20)
    assert wanted == [] and dialog.isVisible()


def test_k36_a_damaged_one_cannot_be_looked_into(qtbot: QtBot, office: Desk) -> None:
    backup = back_up_now(office, "ปิดโปรแกรม")
    assert backup is not None
    flip(backup.path, 300, 1)
    dialog = restore_dialog(qtbot, office)
    dialog.automatic.table.table.selectRow(0)
    assert not dialog.look_button.isEnabled()
    qtbot.keyClick(dialog.automatic.table.table, Qt.Key.Key_Return)
    assert not dialog.go_button.isEnabled()
    dialog.choose_file(backup.path)
    idle(qtbot, dialog)
    assert "เสียหาย" in dialog.problem.text() and not dialog.go_button.isEnabled()


def test_a_sealed_file_asks_for_its_passphrase_and_hands_it_on(
    qtbot: QtBot, office: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_backup(office, stick / "ลับ.rtbackup", PASSPHRASE).path
    dialog = restore_dialog(qtbot, office)
    assert not dialog.sealed.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *all_of: (str(path), ""))
    press(qtbot, dialog.file_button)
    idle(qtbot, dialog)
    assert dialog.sealed.isVisible() and not dialog.go_button.isEnabled()
    assert "พิมพ์รหัสผ่าน" in dialog.table.words.text() and dialog.table.words.isVisible()
    retype(dialog.passphrase, "รหัสผิด")
    press(qtbot, dialog.open_button)
    box = box_in_front(qtbot, dialog)
    assert "รหัสผ่าน" in box.text()
    box.accept()
    assert not dialog.go_button.isEnabled()
    retype(dialog.passphrase, PASSPHRASE)
    qtbot.keyClick(dialog.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.go_button.isEnabled, timeout=20_000)
    idle(qtbot, dialog)
    press(qtbot, dialog.go_button)
    box = box_in_front(qtbot, dialog)
    with qtbot.waitSignal(dialog.restore_wanted) as wanted:
        press(qtbot, next(each for each in box.findChildren(QPushButton) if "กู้คืน" in each.text()))
    assert wanted.args == [path, PASSPHRASE]


def test_choosing_another_takes_back_what_was_shown(qtbot: QtBot, office: Desk, stick: Path) -> None:
    back_up_now(office, "ปิดโปรแกรม")
    sealed = make_backup(office, stick / "ลับ.rtbackup", PASSPHRASE).path
    dialog = restore_dialog(qtbot, office)
    dialog.automatic.table.table.selectRow(0)
    press(qtbot, dialog.look_button)
    idle(qtbot, dialog)
    assert dialog.go_button.isEnabled()
    dialog.choose_file(sealed)
    idle(qtbot, dialog)
    assert not dialog.go_button.isEnabled() and dialog.table.row_count == 0


def test_k12_k17_it_opens_over_a_folder_whose_register_cannot(qtbot: QtBot, office: Desk) -> None:
    back_up_now(office, "ปิดโปรแกรม")
    folder = office.register.folder
    office.register.close()
    (folder / "register.sqlite").write_bytes(b"")
    dialog = restore_dialog(qtbot, folder)
    dialog.automatic.table.table.selectRow(0)
    press(qtbot, dialog.look_button)
    idle(qtbot, dialog)
    assert [row[1] for row in rows(dialog.table)] == ["–"] * 4 and "อ่านไม่ได้" in dialog.warning.text()
    assert dialog.go_button.isEnabled()


def test_with_no_backup_at_all_words_stand_in_the_table(qtbot: QtBot, office: Desk) -> None:
    dialog = restore_dialog(qtbot, office)
    assert dialog.automatic.table.currentWidget() is dialog.automatic.table.words
    assert "ยังไม่มีสำเนา" in dialog.automatic.table.words.text()
