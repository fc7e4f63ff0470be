"""What is typed and not saved survives a kill, a crash and the session's end, and is offered back (P11)."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.domain.complaint import Complaint, Entry
from desktop.domain.months import Month
from desktop.services import drafts, month_reports, undoing
from desktop.services.complaint_history import history_of_complaint
from desktop.services.complaint_steps import WorkStep
from desktop.services.complaint_work import complaint, save
from desktop.services.desk import CannotDo, Desk
from desktop.services.month_reports import OfficersWords
from desktop.storage.draft_file import DAMAGED_NAME, NAME
from desktop.ui import draft_keeper, main_window
from desktop.ui.bulk_dialog import BulkDialog
from desktop.ui.detail_tab import Leave
from desktop.ui.draft_keeper import DraftKeeper
from desktop.ui.erasure_dialog import ErasureDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.project_dialog import ProjectDialog
from desktop.ui.typed_fields import NotedField
from desktop.ui.window_pages import DETAIL, LIST, REPORT
from tests import quiet_child
from tests.ui.thai_typing import retype, type_text

SEEN = "เปิดดูชื่อหรือโทรศัพท์ของผู้ร้อง"

TODAY = date(2020, 1, 28)
LEFT = Qt.MouseButton.LeftButton
STORED = Complaint(
    "กทม-1", date(2020, 1, 20), subject="ถนนเป็นหลุม", place="ซอย 5", accepted=date(2020, 1, 20),
    first_report=Entry(date(2020, 1, 22), "ตรวจแล้ว"), unit="ฝ่ายโยธา",
)  # fmt: skip


@pytest.fixture
def filled(desk: Desk) -> Desk:
    save(desk, None, STORED)
    return desk


@pytest.fixture
def shown(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Desk], MainWindow]]:
    """Shows the window over a desk; typing is kept a moment after it stops."""
    monkeypatch.setattr(draft_keeper, "PAUSE", 20)
    kept: list[MainWindow] = []

    def show(desk: Desk) -> MainWindow:
        window = app.build_window(desk)
        kept.append(window)
        qtbot.addWidget(window, before_close_func=give_up)
        window.resize(1366, 700)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield show
    kept.clear()


def give_up(window: MainWindow) -> None:
    """What a test left typed is no question at its end."""
    if "detail_tab" in vars(window):
        window.detail_tab.ask_before_leaving = lambda: Leave.DISCARD  # type: ignore[method-assign]


def line(window: MainWindow, name: str) -> QLineEdit:
    return next(part._texts[name] for part in window.detail_tab.page.form._parts if name in part._texts)


def press(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isVisible() and button.isEnabled()
    qtbot.mouseClick(button, LEFT)


def kept_values(qtbot: QtBot, desk: Desk, form: str, name: str, value: object) -> None:
    """Wait until a draft of a form holds a value."""
    qtbot.waitUntil(lambda: any(d.form == form and d.values.get(name) == value for d in drafts.kept(desk)))


def dropped(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: drafts.kept(desk) == [] and not (desk.register.folder / NAME).exists())


def killed(folder: Path, where: str, tmp_path: Path, *more: str) -> None:
    """Type in a window of a process of its own and kill it there, a while after the typing stopped."""
    places = {"TMPDIR": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    words = [sys.executable, "-m", "tests.quiet_child", "typing", str(folder), where, *more]
    running = subprocess.Popen(words, env={**os.environ, **places}, stdout=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stdout.readline().strip() == b"typed"
    until = time.monotonic() + (2.5 if more else 10)
    while time.monotonic() < until and not (folder / NAME).exists():
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.wait(20)
    running.stdout.close()


def copy_of(desk: Desk, tmp_path: Path) -> Path:
    """A closed copy of a register for a process of its own."""
    folder = tmp_path / "ทะเบียนของอีกโปรแกรม"
    shutil.copytree(desk.register.folder, folder, ignore=shutil.ignore_patterns("*.lock"))
    return folder


# Killed while typing


@pytest.mark.parametrize("where", ["new", "stored", "entry", "completion", "report", "project", "bulk"])
def test_p11_what_was_typed_when_the_program_was_killed_is_offered_back(
    qtbot: QtBot, filled: Desk, open_desk: Callable[..., Desk], tmp_path: Path, shown: Callable, where: str
) -> None:
    folder = copy_of(filled, tmp_path)
    killed(folder, where, tmp_path)
    desk = open_desk(TODAY, folder)
    window = shown(desk)
    offered(qtbot, window)
    offer = window.draft_offer
    assert len(offer.rows) == 1
    assert "ร่างที่ยังไม่ได้บันทึก 1 รายการ" in offer.heading.text()
    press(qtbot, offer.rows[0].restore)
    match where:
        case "new":
            assert line(window, "number").text() == "กทม-9" and line(window, "complainant").text() == quiet_child.NAME
            assert window.detail_tab.page.form.days.entries.rows[0].text.text() == "แถวที่ยังไม่มีวันที่"
        case "stored":
            assert quiet_child.SOUGHT in line(window, "place").text()
        case "entry":
            assert window.detail_tab.dialog.text.text() == quiet_child.SOUGHT
        case "completion":
            assert window.detail_tab.dialog.answer.answer.toPlainText() == quiet_child.SOUGHT
        case "project":
            assert quiet_child.SOUGHT in window.findChild(ProjectDialog).texts["objectives"].toPlainText()
        case "bulk":
            assert window.findChild(BulkDialog).text.text() == quiet_child.SOUGHT
        case "report":
            assert window.report_tab.report.words().note == quiet_child.NAME
            assert window.tabs.currentIndex() == REPORT and window.report_tab.report.heading.isVisible()
    assert not offer.isVisible() and offer.rows == []
    assert complaint(desk, "กทม-1") == STORED  # nothing is saved before บันทึก
    assert len(drafts.kept(desk)) == 1  # nor is the draft gone before that


def test_p11_control_without_keeping_nothing_is_offered(
    qtbot: QtBot, filled: Desk, open_desk: Callable[..., Desk], tmp_path: Path, shown: Callable
) -> None:
    folder = copy_of(filled, tmp_path)
    killed(folder, "stored", tmp_path, "unkept")
    window = shown(open_desk(TODAY, folder))
    qtbot.waitUntil(lambda: "draft_offer" in vars(window))
    assert window.draft_offer is None


# Kept and dropped


def test_typing_is_kept_when_it_stops_and_saving_drops_it(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    window = shown(filled)
    window.show_complaint("กทม-1")
    retype(line(window, "place"), "ซอย 9")
    kept_values(qtbot, filled, "complaint", "place", "ซอย 9")
    retype(line(window, "place"), "ซอย 10")
    kept_values(qtbot, filled, "complaint", "place", "ซอย 10")
    assert len(drafts.kept(filled)) == 1
    assert window.detail_tab.save()
    dropped(qtbot, filled)


def test_typing_without_a_pause_is_kept_while_it_goes_on(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    window = shown(filled)
    window.show_complaint("กทม-1")
    detail = window.detail_tab.page.form.matter._texts["detail"]
    window.detail_tab.keeper._pause.setInterval(400)
    until = time.monotonic() + 20
    while time.monotonic() < until and not drafts.kept(filled):
        detail.insertPlainText("ก")
        qtbot.wait(20)  # far less than the keeper's second: with a timer put back at each key nothing is ever kept
    (first,) = drafts.kept(filled)
    typed = len(first.values["detail"])
    assert 0 < typed <= len(detail.toPlainText())
    while time.monotonic() < until and len(drafts.kept(filled)[0].values["detail"]) == typed:
        detail.insertPlainText("ข")
        qtbot.wait(20)
    assert len(drafts.kept(filled)[0].values["detail"]) > typed  # and kept again as it grows


def test_a_key_never_puts_the_keeping_off(qtbot: QtBot, filled: Desk, qapp: QApplication) -> None:
    keeper = DraftKeeper(filled, lambda: (), qapp)
    keeper._pause.setInterval(60_000)
    keeper.touched()
    began = keeper._pause.remainingTime()
    qtbot.wait(100)
    keeper.touched()
    assert keeper._pause.remainingTime() <= began - 50
    keeper.deleteLater()


@pytest.mark.parametrize("number", ["กทม-1", ""])
def test_giving_it_up_drops_it(qtbot: QtBot, filled: Desk, shown: Callable, number: str) -> None:
    window = shown(filled)
    if number:
        window.show_complaint(number)
    else:
        window.new_complaint()
    retype(line(window, "place"), "ซอย 9")
    kept_values(qtbot, filled, "complaint", "place", "ซอย 9")
    window.detail_tab.discard()
    dropped(qtbot, filled)
    assert complaint(filled, "กทม-1") == STORED
    assert window.detail_tab.number == number and line(window, "place").text() == ("ซอย 5" if number else "")


def test_typing_it_back_as_it_was_drops_it(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    window = shown(filled)
    window.show_complaint("กทม-1")
    retype(line(window, "place"), "ซอย 9")
    kept_values(qtbot, filled, "complaint", "place", "ซอย 9")
    retype(line(window, "place"), "ซอย 5")
    dropped(qtbot, filled)


@pytest.mark.parametrize("saves", [True, False])
def test_a_steps_dialog_keeps_its_text_until_it_is_saved_or_given_up(
    qtbot: QtBot, filled: Desk, shown: Callable, saves: bool
) -> None:
    window = shown(filled)
    window.show_complaint("กทม-1")
    window.detail_tab.take_step(WorkStep.ENTRY)
    dialog = window.detail_tab.dialog
    type_text(dialog.text, "รอวัสดุ")
    kept_values(qtbot, filled, "step:entry", "text", "รอวัสดุ")
    press(qtbot, dialog.primary if saves else dialog.back)
    dropped(qtbot, filled)
    assert (complaint(filled, "กทม-1") == STORED) is not saves


def test_a_report_that_is_issued_leaves_no_draft_and_other_months_keep_theirs(
    qtbot: QtBot, filled: Desk, shown: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown(filled)
    for month, note in ((Month(2019, 12), "ธันวาคม"), (Month(2020, 1), "มกราคม")):
        window.show_report(month)
        type_text(window.report_tab.report.panel.form.note, note)
        kept_values(qtbot, filled, "report", "note", note)
    tab = window.report_tab
    monkeypatch.setattr(tab, "choose_file", lambda title, name: tmp_path / "a.pdf")
    monkeypatch.setattr(tab, "show_file", lambda path: None)
    monkeypatch.setattr(tab, "_confirmed", lambda *_: True)
    press(qtbot, tab.buttons.issue)
    qtbot.waitUntil(lambda: [draft.key for draft in drafts.kept(filled)] == ["2019-12"])


def test_the_reason_of_a_revision_is_kept_and_goes_back(
    qtbot: QtBot, filled: Desk, shown: Callable, open_desk: Callable
) -> None:
    month = Month(2020, 1)
    figures = month_reports.figures_of_month(filled, month, TODAY)
    month_reports.issue(filled, figures, OfficersWords(note="เดิม"), None)
    window = shown(filled)
    window.show_report(month)
    press(qtbot, window.report_tab.buttons.revise)
    type_text(window.report_tab.report.panel.form.why, "แก้จำนวน")
    kept_values(qtbot, filled, "report", "reason", "แก้จำนวน")
    again = shown(filled)
    offered(qtbot, again)
    press(qtbot, again.draft_offer.rows[0].restore)
    report = again.report_tab.report
    assert (report.reason(), report.revising(), report.words().note) == ("แก้จำนวน", True, "เดิม")


def test_a_disk_that_refuses_is_said_once_and_typing_goes_on(
    qtbot: QtBot, filled: Desk, shown: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []

    def refuse(*_: object) -> None:
        raise CannotDo("เก็บร่างไม่ได้")

    window = shown(filled)
    window.show_complaint("กทม-1")
    window.detail_tab.keeper.trouble.connect(told.append)
    monkeypatch.setattr(drafts, "keep", refuse)
    for letter in "กขค":
        type_text(line(window, "place"), letter)
        window.detail_tab.keeper.keep_now()
    assert told == ["เก็บร่างไม่ได้"] and window.statusBar().currentMessage() == "เก็บร่างไม่ได้"
    monkeypatch.undo()
    assert window.detail_tab.save()


# The session's end


def test_p11_the_sessions_end_keeps_at_once_and_closes_without_a_question(
    qtbot: QtBot, filled: Desk, shown: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown(filled)
    monkeypatch.setattr(draft_keeper, "PAUSE", 60_000)
    window.show_complaint("กทม-1")
    window.detail_tab.keeper._pause.setInterval(60_000)
    retype(line(window, "place"), "ซอย 9")
    monkeypatch.setattr(window.detail_tab, "ask_before_leaving", lambda: pytest.fail("no question at the end"))
    window.detail_tab.keeper.end_session()
    assert [draft.values["place"] for draft in drafts.kept(filled)] == ["ซอย 9"]
    event = QCloseEvent()
    window.closeEvent(event)
    assert event.isAccepted()
    assert len(drafts.kept(filled)) == 1


def test_p11_a_dialog_that_the_sessions_end_closes_keeps_its_text(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    window = shown(filled)
    window.show_complaint("กทม-1")
    window.detail_tab.take_step(WorkStep.ENTRY)
    dialog = window.detail_tab.dialog
    type_text(dialog.text, "รอวัสดุ")
    dialog.findChild(DraftKeeper).end_session()
    dialog.reject()
    assert [draft.values["text"] for draft in drafts.kept(filled)] == ["รอวัสดุ"]


def test_p11_a_session_that_goes_on_after_all_asks_again(
    qtbot: QtBot, filled: Desk, shown: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown(filled)
    window.show_complaint("กทม-1")
    retype(line(window, "place"), "ซอย 9")
    window.detail_tab.keeper.end_session()
    retype(line(window, "place"), "ซอย 10")
    asked = []
    monkeypatch.setattr(window.detail_tab, "ask_before_leaving", lambda: asked.append(1) or Leave.STAY)
    event = QCloseEvent()
    window.closeEvent(event)
    assert asked == [1] and not event.isAccepted()


def test_p11_the_keeper_hears_the_session_manager_and_the_focus(qtbot: QtBot, filled: Desk, qapp: QApplication) -> None:
    """The signals themselves come from the system; that each is heard is counted."""
    names = [
        "commitDataRequest(QSessionManager&)", "saveStateRequest(QSessionManager&)", "aboutToQuit()",
        "applicationStateChanged(Qt::ApplicationState)",
    ]  # fmt: skip
    before = [qapp.receivers(SIGNAL(name)) for name in names]
    keeper = DraftKeeper(filled, lambda: (), qapp)
    assert [qapp.receivers(SIGNAL(name)) for name in names] == [count + 1 for count in before]
    keeper.deleteLater()


def test_leaving_the_window_keeps_at_once(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    window = shown(filled)
    window.show_complaint("กทม-1")
    window.detail_tab.keeper._pause.setInterval(60_000)
    retype(line(window, "place"), "ซอย 9")
    QGuiApplication.instance().applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert [draft.values["place"] for draft in drafts.kept(filled)] == ["ซอย 9"]


def test_closing_the_window_keeps_the_words_of_a_report(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    window = shown(filled)
    window.show_report(Month(2020, 1))
    window.report_tab.keeper._pause.setInterval(60_000)
    type_text(window.report_tab.report.panel.form.note, "น้ำท่วม")
    window.closeEvent(QCloseEvent())
    assert [draft.values["note"] for draft in drafts.kept(filled)] == ["น้ำท่วม"]


# Offered back


def offered(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: vars(window).get("draft_offer") is not None)
    qtbot.waitUntil(window.draft_offer.isVisible)


def typed_before(desk: Desk, values: dict[str, str], key: str = "กทม-1") -> None:
    """A draft of an earlier run, typed over the complaint as it was then."""
    base = {"place": "ซอย 5", "unit": "ฝ่ายโยธา", "subject": "ถนนเป็นหลุม"} if key else {}
    drafts.keep(desk, "complaint", key, base | values, base)


def notes(window: MainWindow) -> list[str]:
    holders = window.detail_tab.page.form.findChildren(NotedField)
    return [label.text() for holder in holders if holder.isVisible() for label in holder.findChildren(QLabel)]


def test_a_complaint_that_changed_meanwhile_shows_both_and_is_overwritten_by_nothing_but_save(
    qtbot: QtBot, filled: Desk, shown: Callable
) -> None:
    typed_before(filled, {"place": "ซอย 9", "unit": "ฝ่ายเทศกิจ"})
    changed = replace(STORED, unit="ฝ่ายรักษาความสะอาด", subject="ถนนทรุด")
    save(filled, STORED, changed)
    window = shown(filled)
    offered(qtbot, window)
    press(qtbot, window.draft_offer.rows[0].restore)
    assert window.tabs.currentIndex() == DETAIL
    assert [line(window, name).text() for name in ("place", "unit", "subject")] == ["ซอย 9", "ฝ่ายเทศกิจ", "ถนนทรุด"]
    assert any("ในทะเบียนตอนนี้: ฝ่ายรักษาความสะอาด" in note for note in notes(window))
    assert len([note for note in notes(window) if "ในทะเบียนตอนนี้" in note]) == 1
    assert "ทะเบียนเปลี่ยนไป 1 ช่อง" in window.detail_tab.page.note.text()
    assert complaint(filled, "กทม-1") == changed
    press(qtbot, window.detail_tab.page.save_button)
    assert complaint(filled, "กทม-1") == replace(changed, place="ซอย 9", unit="ฝ่ายเทศกิจ")
    assert notes(window) == [] and "คืนร่าง" not in window.detail_tab.page.note.text()
    dropped(qtbot, filled)
    retype(line(window, "unit"), "ฝ่ายโยธา")  # the field is where it was, and works
    assert window.detail_tab.save() and complaint(filled, "กทม-1").unit == "ฝ่ายโยธา"


def test_every_kind_of_field_goes_back_and_says_what_the_register_has(
    qtbot: QtBot, filled: Desk, shown: Callable
) -> None:
    window = shown(filled)
    window.show_complaint("กทม-1")
    form = window.detail_tab.page.form
    retype(form.days.completed.edit, "28/1/63")  # unclear: it must come back with its question
    type_text(form.matter.types.edit, "ถนน")
    form.days.entries.add_button.click()
    retype(form.days.entries.rows[1].fields[0].edit, "วันนี้")
    type_text(form.days.entries.rows[1].text, "รอวัสดุ")
    form.days.reopenings.add_button.click()
    retype(form.days.reopenings.rows[0].fields[0].edit, "ไม่ใช่วัน")
    form.quality.ticks[next(iter(form.quality.ticks))].click()
    type_text(form.quality.reasons[list(form.quality.reasons)[2]], "ไม่มีคำสั่ง")
    type_text(form.answer.answer, "บรรทัดหนึ่ง")
    kept_values(qtbot, filled, "complaint", "answer", "บรรทัดหนึ่ง")
    save(filled, STORED, replace(STORED, follow_ups=(Entry(date(2020, 1, 27), "จากที่อื่น"),), answer="คำตอบอื่น"))
    again = shown(filled)
    offered(qtbot, again)
    press(qtbot, again.draft_offer.rows[0].restore)
    back = again.detail_tab.page.form
    assert back.days.completed.edit.text() == "28/1/63" and back.days.completed.choices.isVisible()
    assert back.matter.types.types() == ("ถนน",)
    assert [row.words() for row in back.days.entries.rows] == ["ตรวจแล้ว", "รอวัสดุ"]
    assert back.days.entries.rows[1].fields[0].edit.text() == "28 ม.ค. 2563"
    assert back.days.reopenings.rows[0].fields[0].edit.text() == "ไม่ใช่วัน"
    assert next(iter(back.quality.ticks.values())).isChecked()
    assert list(back.quality.reasons.values())[2].text() == "ไม่มีคำสั่ง"
    said = "\n".join(notes(again))
    assert "ในทะเบียนตอนนี้: 22 ม.ค. 2563 ตรวจแล้ว\n27 ม.ค. 2563 จากที่อื่น" in said
    assert "ในทะเบียนตอนนี้: คำตอบอื่น" in said
    again.detail_tab.discard()
    assert notes(again) == [] and back.answer.answer.toPlainText() == "คำตอบอื่น"


def test_throwing_a_draft_away_shows_it_first(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    typed_before(filled, {"place": "ซอยที่พิมพ์ค้าง"})
    window = shown(filled)
    offered(qtbot, window)

    def box() -> QMessageBox:
        return next(box for box in window.findChildren(QMessageBox) if box.isVisible())

    press(qtbot, window.draft_offer.rows[0].discard)
    assert "ซอยที่พิมพ์ค้าง" in box().text() and "เรื่อง กทม-1 · ถนนเป็นหลุม" in box().text()
    qtbot.keyClick(box(), Qt.Key.Key_Escape)
    assert len(drafts.kept(filled)) == 1
    press(qtbot, window.draft_offer.rows[0].discard)
    qtbot.keyClick(box(), Qt.Key.Key_Return)
    dropped(qtbot, filled)
    assert not window.draft_offer.isVisible() and complaint(filled, "กทม-1") == STORED


def test_an_offer_that_is_let_be_is_not_overwritten_by_new_typing(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    typed_before(filled, {"place": "ซอย 9"})
    window = shown(filled)
    offered(qtbot, window)
    window.show_complaint("กทม-1")
    retype(line(window, "place"), "ซอย 10")
    kept_values(qtbot, filled, "complaint", "place", "ซอย 10")
    assert [draft.values["place"] for draft in drafts.kept(filled)] == ["ซอย 9", "ซอย 10"]
    window.detail_tab.ask_before_leaving = lambda: Leave.STAY
    press(qtbot, window.draft_offer.rows[0].restore)  # she goes on with what she types now
    assert line(window, "place").text() == "ซอย 10" and window.draft_offer.isVisible()
    assert window.detail_tab.save()
    press(qtbot, window.draft_offer.rows[0].restore)
    assert line(window, "place").text() == "ซอย 9"
    assert any("ในทะเบียนตอนนี้: ซอย 10" in note for note in notes(window))


def test_a_draft_that_was_saved_after_all_is_no_change_and_goes(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    """Killed between the saving and the dropping of its draft."""
    typed_before(filled, {"number": "กทม-2", "notified": "27 ม.ค. 2563", "place": "ซอย 9"}, "")
    save(filled, None, Complaint("กทม-2", date(2020, 1, 27), place="ซอย 9"))
    window = shown(filled)
    offered(qtbot, window)
    press(qtbot, window.draft_offer.rows[0].restore)
    assert window.detail_tab.number == "กทม-2" and not window.detail_tab.has_unsaved() and notes(window) == []
    dropped(qtbot, filled)


def test_a_draft_that_cannot_go_back_says_why_and_can_be_copied(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    drafts.keep(filled, "step:reopen", "กทม-1", {"text": "เหตุที่พิมพ์ค้าง"}, {"text": ""})
    window = shown(filled)
    offered(qtbot, window)
    row = window.draft_offer.rows[0]
    assert not row.restore.isVisible() and "ทำขั้นตอนนี้ไม่ได้แล้ว" in row.words.text()
    press(qtbot, row.copy)
    assert QGuiApplication.clipboard().text() == "เหตุที่พิมพ์ค้าง"


def test_words_typed_for_a_month_meanwhile_are_not_replaced(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    drafts.keep(filled, "report", "2020-01", {"note": "จากครั้งก่อน"}, {"note": ""})
    window = shown(filled)
    offered(qtbot, window)
    window.show_report(Month(2020, 1))
    type_text(window.report_tab.report.panel.form.note, "พิมพ์ใหม่")
    press(qtbot, window.draft_offer.rows[0].restore)
    assert window.report_tab.report.words().note == "พิมพ์ใหม่" and window.draft_offer.isVisible()
    window.report_tab.report.panel.form.note.setPlainText("")
    press(qtbot, window.draft_offer.rows[0].restore)
    assert window.report_tab.report.words().note == "จากครั้งก่อน" and not window.draft_offer.isVisible()


def test_a_damaged_file_of_drafts_is_told_and_the_window_opens(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    (filled.register.folder / NAME).write_bytes(b"{torn")
    window = shown(filled)
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)))
    box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    assert DAMAGED_NAME in box.text() and "ทะเบียนอยู่ครบ" in box.text()
    box.close()
    assert window.draft_offer is None and window.list_tab.count == 1


def test_without_drafts_there_is_no_bar(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    window = shown(filled)
    qtbot.waitUntil(lambda: "draft_offer" in vars(window))
    assert window.draft_offer is None and window._over_strip.isEmpty()


def test_a_complaint_opened_by_its_draft_counts_as_seen(
    qtbot: QtBot, filled: Desk, shown: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "SEEN_AFTER", 10)
    save(filled, STORED, replace(STORED, complainant="นางแดง"))
    typed_before(filled, {"place": "ซอย 9"})
    window = shown(filled)
    offered(qtbot, window)
    press(qtbot, window.draft_offer.rows[0].restore)
    qtbot.waitUntil(lambda: history_of_complaint(filled, "กทม-1")[0].what == SEEN)


def test_what_is_seen_while_the_start_still_verifies_is_noted_when_it_can_be(
    qtbot: QtBot, filled: Desk, shown: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "SEEN_AFTER", 10)
    save(filled, STORED, replace(STORED, complainant="นางแดง"))
    window = shown(filled)
    filled.register.gate.shut_because = "กำลังตรวจทะเบียน"
    window.show_complaint("กทม-1")
    qtbot.wait(60)
    assert history_of_complaint(filled, "กทม-1")[0].what != SEEN
    filled.register.gate.shut_because = ""
    qtbot.waitUntil(lambda: history_of_complaint(filled, "กทม-1")[0].what == SEEN)


def test_coming_back_to_the_open_complaint_counts_as_seeing_it(
    qtbot: QtBot, filled: Desk, shown: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "SEEN_AFTER", 10)
    save(filled, STORED, replace(STORED, complainant="นางแดง"))
    window = shown(filled)
    window.show_complaint("กทม-1")
    window.tabs.setCurrentIndex(LIST)
    qtbot.wait(60)
    assert history_of_complaint(filled, "กทม-1")[0].what != SEEN  # passed by
    window.tabs.setCurrentIndex(DETAIL)
    qtbot.waitUntil(lambda: history_of_complaint(filled, "กทม-1")[0].what == SEEN)


def test_a_draft_whose_complaint_went_while_it_waited_can_be_copied_only(
    qtbot: QtBot, filled: Desk, shown: Callable
) -> None:
    drafts.keep(filled, "step:entry", "กทม-1", {"text": "รอวัสดุ", "day": "28 ม.ค. 2563"})
    window = shown(filled)
    offered(qtbot, window)
    found = undoing.what_can_be_undone(filled)
    assert found is not None
    undoing.undo_operation(filled, found.number)  # the complaint was the last thing stored
    (row,) = window.draft_offer.rows
    press(qtbot, row.restore)
    assert not row.restore.isVisible() and "เรื่องนี้ไม่อยู่ในทะเบียนแล้ว" in row.words.text()
    press(qtbot, row.copy)
    assert "รอวัสดุ" in QGuiApplication.clipboard().text()


# Erased by law


def erase_by_law(window: MainWindow, number: str) -> None:
    """In the dialog, as it opens: who complained, and nothing else."""
    window.keeping.erase(number)
    dialog = window.findChildren(ErasureDialog)[-1]
    retype(dialog.why, "ผู้ร้องใช้สิทธิ")
    dialog.erase_button.click()


def named_in_drafts(desk: Desk) -> bool:
    path = desk.register.folder / NAME
    return path.exists() and "สมศักดิ์" in path.read_text(encoding="utf-8")


@pytest.fixture
def named(filled: Desk) -> Desk:
    save(filled, STORED, replace(STORED, complainant="นายสมศักดิ์", telephone="0812345678"))
    return filled


def test_what_is_erased_leaves_the_form_and_stays_out_of_the_drafts_and_the_rest_of_the_typing_stays(
    qtbot: QtBot, named: Desk, shown: Callable
) -> None:
    window = shown(named)
    window.show_complaint("กทม-1")
    retype(line(window, "complainant"), "นายสมศักดิ์ จริงใจ")
    retype(line(window, "place"), "ซอย 5/9")
    kept_values(qtbot, named, "complaint", "complainant", "นายสมศักดิ์ จริงใจ")
    erase_by_law(window, "กทม-1")
    assert (line(window, "complainant").text(), line(window, "telephone").text()) == ("", "")
    assert line(window, "place").text() == "ซอย 5/9" and not named_in_drafts(named)
    retype(line(window, "place"), "ซอย 5/91")
    kept_values(qtbot, named, "complaint", "place", "ซอย 5/91")
    assert not named_in_drafts(named)
    (kept,) = drafts.kept(named)  # typed on after the erasure: the next start offers it
    assert "complainant" not in {name for name, value in kept.values.items() if value != kept.base[name]}
    press(qtbot, window.detail_tab.page.save_button)
    assert complaint(named, "กทม-1") == replace(STORED, place="ซอย 5/91")


def test_a_new_complaint_typed_under_the_erased_ones_number_is_given_up(
    qtbot: QtBot, named: Desk, shown: Callable
) -> None:
    window = shown(named)
    window.new_complaint()
    type_text(line(window, "number"), "กทม-1")
    type_text(line(window, "complainant"), "นายสมศักดิ์")
    kept_values(qtbot, named, "complaint", "complainant", "นายสมศักดิ์")
    erase_by_law(window, "กทม-1")
    assert not window.detail_tab.is_open
    dropped(qtbot, named)


def test_a_draft_that_waits_to_be_offered_back_goes_with_the_erasure(
    qtbot: QtBot, named: Desk, shown: Callable
) -> None:
    save(named, None, replace(STORED, number="กทม-2", complainant="นายสมศักดิ์"))
    for number in ("กทม-1", "กทม-2"):
        drafts.keep(named, "complaint", number, {"number": number, "complainant": "นายสมศักดิ์"}, {"number": number})
    window = shown(named)
    offered(qtbot, window)
    erase_by_law(window, "กทม-1")
    assert [row.offer.draft.key for row in window.draft_offer.rows] == ["กทม-2"]
    erase_by_law(window, "กทม-2")
    assert window.draft_offer.rows == [] and not window.draft_offer.isVisible() and not named_in_drafts(named)
