"""The officer reads, edits and moves one complaint on in the detail tab; what is asserted is shown and stored."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.complaint import Complaint, Entry, Mark, QualityItem, Reopening, Status
from desktop.services import complaint_work
from desktop.services.complaint_history import history_of_complaint
from desktop.services.complaint_steps import WorkStep, promise_in
from desktop.services.complaint_views import all_standings
from desktop.services.desk import Desk
from desktop.services.office_settings import choose_core_types, save_officer_name
from desktop.services.outage_work import note_outage
from desktop.storage.register import open_for_reading, open_for_writing
from desktop.ui.completion_dialog import CompletionDialog
from desktop.ui.date_field import DateField
from desktop.ui.detail_tab import DetailTab, Leave
from desktop.ui.step_dialog import StepDialog
from desktop.ui.timeline import TimelineStep
from tests.conftest import SHIPPED
from tests.ui.thai_typing import retype, type_text

TODAY = date(2020, 1, 28)
LEFT = Qt.MouseButton.LeftButton
NEW = Complaint("กทม-1", date(2020, 1, 27), types=("ถนน",), subject="ถนนเป็นหลุม <b>ใหญ่</b>", place="ซอย 5")
ACCEPTED = replace(NEW, accepted=date(2020, 1, 28))
WORKED = replace(
    NEW,
    number="กทม-2",
    notified=date(2020, 1, 2),
    accepted=date(2020, 1, 3),
    first_report=Entry(date(2020, 1, 7), "ตรวจแล้ว"),
    follow_ups=(Entry(date(2020, 1, 14), "รอวัสดุ"),),
)
DONE = replace(
    WORKED,
    number="กทม-3",
    completed=date(2020, 1, 20),
    answer="ซ่อมถนนเรียบร้อยแล้ว",
    letter_number="กท 1/1",
    marks={QualityItem.FITS: Mark(True), QualityItem.ORDER: Mark(None, "ไม่มีคำสั่ง")},
)
STATED = replace(NEW, number="กทม-4", stated=Status.COMPLETED)


@pytest.fixture(scope="module")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of four complaints, made once and closed."""
    folder = tmp_path_factory.mktemp("ทะเบียน")
    desk = Desk(open_for_writing(folder), SHIPPED, lambda: TODAY)
    save_officer_name(desk, "สมใจ")
    for each in (NEW, WORKED, DONE, STATED):
        complaint_work.save(desk, None, each)
    desk.register.close()
    return folder


@pytest.fixture
def filled(open_desk: Callable[..., Desk], filled_folder: Path, tmp_path: Path) -> Desk:
    """A desk of its own over a copy of that register, on 28 January 2563."""
    return open_desk(TODAY, Path(shutil.copytree(filled_folder, tmp_path / "ทะเบียน ของวันนี้")))


@pytest.fixture
def tab(qtbot: QtBot, filled: Desk) -> DetailTab:
    """The tab, shown as large as an old screen leaves it."""
    made = DetailTab(filled)
    made._pause.setInterval(10)
    qtbot.addWidget(made)
    made.resize(1366, 560)
    made.show()
    return made


def stored(tab: DetailTab, number: str) -> Complaint:
    """The complaint as the register holds it."""
    return complaint_work.complaint(tab._desk, number)


def line(tab: DetailTab, name: str) -> QLineEdit | QPlainTextEdit:
    """The field of a text."""
    return next(part._texts[name] for part in tab.page.form._parts if name in part._texts)


def type_day(qtbot: QtBot, field: DateField, text: str) -> None:
    """Type a day and press Enter."""
    retype(field.edit, text)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)


def press(qtbot: QtBot, button: QPushButton) -> None:
    """Press an enabled button."""
    assert button.isEnabled()
    qtbot.mouseClick(button, LEFT)


def timeline(tab: DetailTab) -> str:
    """All that is to be read on the line of time."""
    return "\n".join(tab.page.timeline.texts())


def told(qtbot: QtBot, tab: DetailTab) -> None:
    """Wait until what is typed has been looked over."""
    qtbot.waitUntil(lambda: not tab._pause.isActive(), timeout=5000)


def step(qtbot: QtBot, tab: DetailTab, which: WorkStep) -> StepDialog:
    """Press a step's button and take its dialog."""
    press(qtbot, tab.page.steps.buttons[which])
    assert tab.dialog is not None and tab.dialog.isVisible()
    return tab.dialog


def enabled_steps(tab: DetailTab) -> set[WorkStep]:
    """The steps whose button can be pressed."""
    return {each for each, button in tab.page.steps.buttons.items() if button.isEnabled()}


def press_save(qtbot: QtBot, tab: DetailTab) -> None:
    """Wait for the button and press it."""
    told(qtbot, tab)
    press(qtbot, tab.page.save_button)


def step_of(tab: DetailTab, title: str) -> TimelineStep:
    """The step of a title on the line of time."""
    steps = tab.page.timeline.sheet.findChildren(TimelineStep)
    return next(each for each in steps if each._step.title == title)


def test_without_a_complaint_the_tab_says_what_to_do(qtbot: QtBot, tab: DetailTab) -> None:
    assert not tab.is_open and not tab.has_unsaved() and tab.may_leave()
    assert any("Ctrl+N" in label.text() for label in tab.empty.findChildren(QLabel))
    press(qtbot, tab.empty.new_button)
    assert tab.is_open and tab.page.form.matter.number.hasFocus()


def test_every_field_of_a_complaint_is_shown(tab: DetailTab) -> None:
    assert tab.show_complaint(DONE.number)
    assert tab.page.form.draft() == DONE
    assert not tab.has_unsaved() and not tab.page.save_button.isEnabled()
    assert tab.page.form.matter.notified.edit.text() == "2 ม.ค. 2563"
    assert tab.page.form.matter.number.isReadOnly()
    assert tab.page.steps.title.textFormat() is Qt.TextFormat.PlainText
    assert "<b>ใหญ่</b>" in tab.page.steps.title.text()


def test_an_unknown_number_is_refused_in_words(qtbot: QtBot, tab: DetailTab) -> None:
    assert not tab.show_complaint("ไม่มี")
    box = next(box for box in tab.findChildren(QMessageBox) if box.isVisible())
    assert "ไม่มีเรื่องเลขที่รับแจ้ง" in box.text()
    box.close()
    assert not tab.is_open


def test_a_new_complaint_is_typed_saved_and_stored(qtbot: QtBot, tab: DetailTab) -> None:
    tab.new_complaint()
    type_text(tab.page.form.matter.number, "กทม-9")
    type_day(qtbot, tab.page.form.matter.notified, "๒๗/๑/๒๕๖๓")
    type_text(tab.page.form.matter.types.edit, "ถนน; ทางเท้า ; ถนน")
    type_text(line(tab, "subject"), "ทางเท้าทรุด")
    type_text(line(tab, "detail"), "หน้าบ้านเลขที่ 9")
    type_text(line(tab, "unit"), "ฝ่ายโยธา")
    with qtbot.waitSignal(tab.changed):
        qtbot.keyClick(line(tab, "unit"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert stored(tab, "กทม-9") == Complaint(
        "กทม-9",
        date(2020, 1, 27),
        types=("ถนน", "ทางเท้า"),
        subject="ทางเท้าทรุด",
        detail="หน้าบ้านเลขที่ 9",
        unit="ฝ่ายโยธา",
    )
    assert not tab.has_unsaved() and tab.number == "กทม-9"
    assert WorkStep.ACCEPT in enabled_steps(tab)
    assert "รับเรื่องภายใน อ. 28 ม.ค. 2563" in timeline(tab)


def test_a_new_complaint_without_a_number_is_not_saved(qtbot: QtBot, tab: DetailTab) -> None:
    tab.new_complaint()
    assert not tab.page.trouble.isVisible()  # nothing typed, nothing to complain of
    type_text(line(tab, "subject"), "ถนน")
    told(qtbot, tab)
    assert tab.page.trouble.text() == "⚠ ยังไม่มีเลขที่รับแจ้ง โปรดพิมพ์เลขที่จากระบบกลาง"
    assert not tab.save() and tab.has_unsaved()


def test_a_number_twice_is_refused_and_what_was_typed_stays(qtbot: QtBot, tab: DetailTab) -> None:
    tab.new_complaint()
    type_text(tab.page.form.matter.number, NEW.number)
    type_text(line(tab, "subject"), "อีกเรื่อง")
    press_save(qtbot, tab)
    assert "มีอยู่ในทะเบียนแล้ว" in tab.page.trouble.text()
    assert tab.has_unsaved() and stored(tab, NEW.number) == NEW


def test_days_in_the_wrong_order_are_refused_inline_naming_both(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(NEW.number)
    type_day(qtbot, tab.page.form.days.accepted, "26/1/2563")
    told(qtbot, tab)
    assert tab.page.trouble.isVisible()
    assert tab.page.trouble.text() == "⚠ วันที่ตอบรับ (26 ม.ค. 2563) อยู่ก่อนวันที่แจ้ง (27 ม.ค. 2563)"
    assert "วันที่ตอบรับ (26 ม.ค. 2563)" in timeline(tab)
    press(qtbot, tab.page.save_button)
    assert stored(tab, NEW.number) == NEW
    type_day(qtbot, tab.page.form.days.accepted, "28/1/2563")
    told(qtbot, tab)
    assert not tab.page.trouble.isVisible() and "แก้วันที่" not in timeline(tab)
    press(qtbot, tab.page.save_button)
    assert stored(tab, NEW.number) == ACCEPTED


def test_a_day_after_today_is_refused(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(NEW.number)
    type_day(qtbot, tab.page.form.days.accepted, "+1")
    told(qtbot, tab)
    assert "วันที่ตอบรับ (29 ม.ค. 2563) อยู่หลังวันนี้ (28 ม.ค. 2563)" in tab.page.trouble.text()


def test_an_unclear_day_holds_back_the_saving_until_it_is_answered(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(NEW.number)
    field = tab.page.form.days.accepted
    retype(field.edit, "28/1/63")
    assert tab.has_unsaved() and not tab.save()
    assert tab.page.trouble.text().startswith("⚠ วันที่ตอบรับ: ปีของ “28/1/63” ไม่ชัดเจน")
    assert stored(tab, NEW.number) == NEW
    qtbot.mouseClick(field.choices.findChildren(QPushButton)[0], LEFT)
    assert tab.save()
    assert stored(tab, NEW.number) == ACCEPTED


def test_the_line_of_time_follows_what_is_typed_before_it_is_saved(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(NEW.number)
    assert "● ครบกำหนดวันนี้" in timeline(tab) and "ยังไม่เริ่มนับ" in timeline(tab)
    type_day(qtbot, tab.page.form.days.accepted, "วันนี้")
    told(qtbot, tab)
    assert "✓ ทันกำหนด" in timeline(tab) and "ยังไม่เริ่มนับ" not in timeline(tab)
    assert "ครบกำหนด ศ. 31 ม.ค. 2563" in timeline(tab)
    assert stored(tab, NEW.number) == NEW


def test_why_a_day_falls_due_is_told_when_asked(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(WORKED.number)
    assert "วันที่ข้าม" not in timeline(tab)
    qtbot.mouseClick(step_of(tab, "รายงานครั้งที่ 1").why, LEFT)
    assert "นับ 3 วันทำการถัดจากวันตอบรับ ศ. 3 ม.ค. 2563" in timeline(tab)
    assert "วันที่ข้าม: ส. 4 ม.ค. (วันเสาร์), อา. 5 ม.ค. (วันอาทิตย์)" in timeline(tab)
    type_text(line(tab, "place"), "9")
    told(qtbot, tab)
    assert "วันที่ข้าม" in timeline(tab)  # stays open while she types
    qtbot.mouseClick(step_of(tab, "รายงานครั้งที่ 1").why, LEFT)
    assert "วันที่ข้าม" not in timeline(tab)


def test_an_outage_on_a_due_day_is_marked_on_its_line_with_the_reasons_folded(tab: DetailTab, filled: Desk) -> None:
    note_outage(filled, datetime(2020, 1, 8, 9), datetime(2020, 1, 8, 11), "ล่ม")
    tab.show_complaint("กทม-2")
    steps = {step._step.title: step for step in tab.page.timeline.sheet.findChildren(TimelineStep)}
    marked = [
        title
        for title, step in steps.items()
        if any("ระบบขัดข้องในวันครบกำหนด (กำหนดไม่เลื่อน)" in label.text() for label in step.findChildren(QLabel))
    ]
    assert marked == ["รายงานครั้งที่ 1"]  # due on Wednesday 8 January, and still is
    assert steps["รายงานครั้งที่ 1"].reasons.isHidden() and "พ. 8 ม.ค. 2563" in timeline(tab)
    assert "ไม่มีภาพหลักฐาน ไม่เลื่อนกำหนด" not in timeline(tab)
    steps["รายงานครั้งที่ 1"].why.click()
    assert "ไม่มีภาพหลักฐาน ไม่เลื่อนกำหนด" in timeline(tab)


def test_missing_and_inferred_days_are_marked(tab: DetailTab, filled: Desk) -> None:
    tab.show_complaint(STATED.number)
    assert "? ขาดวันที่: แจ้งสถานะไว้ว่าดำเนินการเสร็จสิ้น" in timeline(tab)
    assert tab.page.form.days.stated.isVisible()
    assert tab.page.form.days.stated.currentText() == "ดำเนินการเสร็จสิ้น"
    complaint_work.save(filled, WORKED, replace(WORKED, accepted=None))
    tab.show_complaint(WORKED.number)
    assert "? วันที่ตอบรับอนุมานจากรายการแรก" in timeline(tab)
    assert not tab.page.form.days.stated.isVisible()


def test_accepting_is_one_step_stored_at_once(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(NEW.number)
    dialog = step(qtbot, tab, WorkStep.ACCEPT)
    assert dialog.day.edit.text() == "28 ม.ค. 2563"
    with qtbot.waitSignal(tab.changed):
        qtbot.keyClick(dialog.day.edit, Qt.Key.Key_Return)
    assert stored(tab, NEW.number) == ACCEPTED
    assert history_of_complaint(tab._desk, NEW.number)[0].what == "รับเรื่อง"
    assert WorkStep.ACCEPT not in enabled_steps(tab)
    assert "✓ ทันกำหนด" in timeline(tab)
    assert tab.page.form.days.accepted.edit.text() == "28 ม.ค. 2563"


def test_a_step_on_a_wrong_day_is_refused_in_its_dialog(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(NEW.number)
    dialog = step(qtbot, tab, WorkStep.ACCEPT)
    type_day(qtbot, dialog.day, "26/1/2563")
    assert dialog.isVisible()
    assert dialog.trouble.text() == "⚠ วันที่ตอบรับ (26 ม.ค. 2563) อยู่ก่อนวันที่แจ้ง (27 ม.ค. 2563)"
    type_day(qtbot, dialog.day, "28/1/63")
    assert dialog.isVisible() and dialog.day.trouble.isVisible()
    retype(dialog.day.edit, "")
    press(qtbot, dialog.primary)
    assert "ยังไม่มีวันที่ตอบรับ" in dialog.trouble.text()
    qtbot.mouseClick(dialog.back, LEFT)
    assert stored(tab, NEW.number) == NEW and tab.dialog is None


def test_entries_become_first_report_then_follow_ups(qtbot: QtBot, tab: DetailTab, filled: Desk) -> None:
    complaint_work.save(filled, NEW, ACCEPTED)
    tab.show_complaint(NEW.number)
    for words in ("ตรวจพื้นที่แล้ว", "รอวัสดุ"):
        dialog = step(qtbot, tab, WorkStep.ENTRY)
        type_text(dialog.text, words)
        qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
    today = date(2020, 1, 28)
    assert stored(tab, NEW.number) == replace(
        ACCEPTED, first_report=Entry(today, "ตรวจพื้นที่แล้ว"), follow_ups=(Entry(today, "รอวัสดุ"),)
    )
    captions = [row.captions[0].text() for row in tab.page.form.days.entries.rows]
    assert captions == ["รายงานครั้งที่ 1", "ติดตามผล"]


def test_completing_warns_of_a_mere_promise_but_saves(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(WORKED.number)
    dialog = step(qtbot, tab, WorkStep.COMPLETE)
    assert isinstance(dialog, CompletionDialog)
    assert "ยังไม่มีผลการดำเนินการ" in dialog.warning.text()
    type_text(dialog.answer.answer, "สำนักงานเขตจะเร่งดำเนินการซ่อม")
    assert "จะเร่งดำเนินการ" in dialog.warning.text() and dialog.warning.isVisible()
    type_text(dialog.answer._texts["letter_number"], "กท 6603/1")
    type_text(dialog.answer._texts["action"], "ซ่อมผิวจราจร")
    press(qtbot, dialog.primary)
    after = stored(tab, WORKED.number)
    assert after == replace(
        WORKED,
        completed=date(2020, 1, 28),
        answer="สำนักงานเขตจะเร่งดำเนินการซ่อม",
        letter_number="กท 6603/1",
        action="ซ่อมผิวจราจร",
    )
    assert len(history_of_complaint(tab._desk, WORKED.number)) == 2  # one operation after the first
    assert enabled_steps(tab) == {WorkStep.REOPEN}


def test_an_honest_answer_is_not_warned_of(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(WORKED.number)
    dialog = step(qtbot, tab, WorkStep.COMPLETE)
    assert isinstance(dialog, CompletionDialog)
    type_text(dialog.answer.answer, "สำนักงานเขตได้ดำเนินการซ่อมเรียบร้อยแล้ว")
    assert not dialog.warning.isVisible()
    dialog.reject()


def test_a_core_types_completion_shows_what_its_quality_lacks(qtbot: QtBot, tab: DetailTab, filled: Desk) -> None:
    choose_core_types(filled, 2563, ["ถนน"])
    tab.show_complaint(WORKED.number)
    dialog = step(qtbot, tab, WorkStep.COMPLETE)
    assert isinstance(dialog, CompletionDialog)
    type_text(dialog.answer.answer, "ซ่อมแล้ว")
    assert "ยังขาดคะแนนคุณภาพ 6 ข้อ" in dialog.warning.text()
    assert all(label.text() == "● ยังขาด" for label in dialog.quality.states.values())
    for name in ("letter_number", "action", "coordination"):
        type_text(dialog.answer._texts[name], "มี")
    type_text(dialog.quality.reasons[QualityItem.ORDER], "ไม่มีคำสั่ง")
    dialog.quality.ticks[QualityItem.FITS].click()
    assert dialog.quality.states[QualityItem.FITS].text() == "✓ ครบ"
    assert dialog.quality.states[QualityItem.ORDER].text() == "– ไม่เกี่ยวข้อง"
    assert dialog.warning.text().endswith("1 ข้อ: ระบุสถานะดำเนินการเสร็จสิ้นตามข้อเท็จจริง (บันทึกได้)")
    dialog.quality.ticks[QualityItem.TRUE].click()
    assert not dialog.warning.isVisible()
    press(qtbot, dialog.primary)
    assert stored(tab, WORKED.number).marks == {
        QualityItem.FITS: Mark(True),
        QualityItem.TRUE: Mark(True),
        QualityItem.ORDER: Mark(None, "ไม่มีคำสั่ง"),
    }


def test_reopening_takes_the_completion_back(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(DONE.number)
    dialog = step(qtbot, tab, WorkStep.REOPEN)
    type_day(qtbot, dialog.day, "19/1/2563")
    assert "วันที่เปิดเรื่องใหม่ (19 ม.ค. 2563) อยู่ก่อนวันที่แล้วเสร็จ (20 ม.ค. 2563)" in dialog.trouble.text()
    retype(dialog.day.edit, "25/1/2563")
    type_text(dialog.text, "ผู้ร้องแจ้งซ้ำ")
    press(qtbot, dialog.primary)
    after = stored(tab, DONE.number)
    assert after.completed is None
    assert after.reopenings == (Reopening(date(2020, 1, 20), date(2020, 1, 25)),)
    assert history_of_complaint(tab._desk, DONE.number)[0].what == "เปิดเรื่องใหม่: ผู้ร้องแจ้งซ้ำ"
    assert len(tab.page.form.days.reopenings.rows) == 1
    assert WorkStep.COMPLETE in enabled_steps(tab)


def test_a_transfer_ends_the_steps(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(NEW.number)
    dialog = step(qtbot, tab, WorkStep.TRANSFER)
    type_text(dialog.text, "การประปานครหลวง")
    press(qtbot, dialog.primary)
    assert stored(tab, NEW.number).transferred == date(2020, 1, 28)
    assert enabled_steps(tab) == set()
    assert "ส่งต่อ" in timeline(tab)


def test_entries_are_edited_added_and_taken_out_in_the_form(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(WORKED.number)
    entries = tab.page.form.days.entries
    first = entries.rows[0]
    assert first.text is not None
    retype(first.text, "ตรวจพื้นที่แล้ว")
    type_day(qtbot, first.fields[0], "6/1/2563")
    press(qtbot, entries.add_button)
    added = entries.rows[-1]
    assert added.text is not None
    type_text(added.text, "นัดผู้รับเหมา")
    told(qtbot, tab)
    assert "ติดตามผล: ยังไม่มีวันที่" in tab.page.trouble.text()
    type_day(qtbot, added.fields[0], "27/1")
    press_save(qtbot, tab)
    after = stored(tab, WORKED.number)
    assert after.first_report == Entry(date(2020, 1, 6), "ตรวจพื้นที่แล้ว")
    assert after.follow_ups == (Entry(date(2020, 1, 14), "รอวัสดุ"), Entry(date(2020, 1, 27), "นัดผู้รับเหมา"))
    qtbot.mouseClick(tab.page.form.days.entries.rows[0].remove, LEFT)
    press_save(qtbot, tab)
    after = stored(tab, WORKED.number)
    assert after.first_report == Entry(date(2020, 1, 14), "รอวัสดุ")
    assert after.follow_ups == (Entry(date(2020, 1, 27), "นัดผู้รับเหมา"),)


def test_an_entry_after_the_completion_is_refused(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(DONE.number)
    type_day(qtbot, tab.page.form.days.entries.rows[1].fields[0], "21/1/2563")
    told(qtbot, tab)
    assert "(21 ม.ค. 2563) อยู่หลังวันที่แล้วเสร็จ (20 ม.ค. 2563)" in tab.page.trouble.text()


def test_a_follow_up_before_the_first_report_is_refused(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(WORKED.number)
    type_day(qtbot, tab.page.form.days.entries.rows[1].fields[0], "6/1/2563")
    told(qtbot, tab)
    assert "วันที่ติดตามผล (6 ม.ค. 2563) อยู่ก่อนวันที่รายงานครั้งที่ 1 (7 ม.ค. 2563)" in tab.page.trouble.text()


def test_a_reopening_is_edited_and_taken_out_in_the_form(qtbot: QtBot, tab: DetailTab, filled: Desk) -> None:
    complaint_work.save(filled, DONE, complaint_work.reopened(DONE, date(2020, 1, 25)))
    tab.show_complaint(DONE.number)
    type_day(qtbot, tab.page.form.days.reopenings.rows[0].fields[1], "26/1/2563")
    press_save(qtbot, tab)
    assert stored(tab, DONE.number).reopenings == (Reopening(date(2020, 1, 20), date(2020, 1, 26)),)
    qtbot.mouseClick(tab.page.form.days.reopenings.rows[0].remove, LEFT)
    type_day(qtbot, tab.page.form.days.completed, "20/1/2563")
    press_save(qtbot, tab)
    assert stored(tab, DONE.number) == DONE


def test_a_reopening_is_added_by_hand(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(WORKED.number)
    rows = tab.page.form.days.reopenings
    press(qtbot, rows.add_button)
    type_day(qtbot, rows.rows[0].fields[0], "20/1/2563")
    told(qtbot, tab)
    assert "ยังไม่มีวันที่" in tab.page.trouble.text()
    type_day(qtbot, rows.rows[0].fields[1], "24/1/2563")
    press_save(qtbot, tab)
    assert stored(tab, WORKED.number).reopenings == (Reopening(date(2020, 1, 20), date(2020, 1, 24)),)


def test_types_are_ticked_in_the_menu_core_ones_named(qtbot: QtBot, tab: DetailTab, filled: Desk) -> None:
    choose_core_types(filled, 2563, ["ถนน"])
    complaint_work.save(filled, None, replace(NEW, number="กทม-8", types=("ต้นไม้",)))
    tab.show_complaint(NEW.number)
    types = tab.page.form.matter.types
    press(qtbot, types.button)
    offered = {action.text(): action for action in types.menu.actions()}
    assert set(offered) == {"ถนน (ประเภทหลัก)", "ต้นไม้"}
    assert offered["ถนน (ประเภทหลัก)"].isChecked()
    offered["ต้นไม้"].trigger()
    types.menu.close()
    press_save(qtbot, tab)
    assert stored(tab, NEW.number).types == ("ถนน", "ต้นไม้")


def test_quality_marks_are_kept_as_they_were_until_touched(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(DONE.number)
    type_text(line(tab, "telephone"), "02")
    tab.page.form.quality.ticks[QualityItem.TRUE].click()
    tab.page.form.quality.ticks[QualityItem.FITS].click()
    retype(tab.page.form.quality.reasons[QualityItem.ORDER], "")
    press_save(qtbot, tab)
    assert stored(tab, DONE.number).marks == {QualityItem.FITS: Mark(False), QualityItem.TRUE: Mark(True)}


def test_leaving_with_unsaved_typing_asks_and_obeys(
    qtbot: QtBot, tab: DetailTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.show_complaint(NEW.number)
    retype(line(tab, "place"), "ซอย 7")
    assert tab.has_unsaved()
    monkeypatch.setattr(tab, "ask_before_leaving", lambda: Leave.STAY)
    assert not tab.show_complaint(WORKED.number) and tab.number == NEW.number
    assert tab.page.form.draft().place == "ซอย 7"
    monkeypatch.setattr(tab, "ask_before_leaving", lambda: Leave.SAVE)
    assert tab.show_complaint(WORKED.number)
    assert stored(tab, NEW.number).place == "ซอย 7"
    retype(line(tab, "place"), "ที่อื่น")
    monkeypatch.setattr(tab, "ask_before_leaving", lambda: Leave.DISCARD)
    assert tab.show_complaint(NEW.number)
    assert stored(tab, WORKED.number) == WORKED


def test_a_save_that_is_refused_keeps_the_officer_with_her_typing(
    qtbot: QtBot, tab: DetailTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.show_complaint(NEW.number)
    type_day(qtbot, tab.page.form.days.accepted, "1/1/2563")
    monkeypatch.setattr(tab, "ask_before_leaving", lambda: Leave.SAVE)
    assert not tab.may_leave()
    assert tab.has_unsaved() and tab.page.trouble.isVisible()


def test_the_question_names_its_three_answers(qtbot: QtBot, tab: DetailTab, monkeypatch: pytest.MonkeyPatch) -> None:
    tab.show_complaint(NEW.number)
    seen: list[str] = []

    def look_at(box: QMessageBox) -> int:
        seen.extend(button.text() for button in box.buttons())
        assert box.textFormat() is Qt.TextFormat.PlainText and NEW.number in box.text()
        box.buttons()[seen.index("ไม่บันทึก")].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", look_at)
    assert tab.ask_before_leaving() is Leave.DISCARD
    assert set(seen) == {"บันทึก", "ไม่บันทึก", "กลับไปแก้ไข"}


def test_a_step_with_unsaved_typing_asks_first(qtbot: QtBot, tab: DetailTab, monkeypatch: pytest.MonkeyPatch) -> None:
    tab.show_complaint(NEW.number)
    retype(line(tab, "place"), "ซอย 7")
    monkeypatch.setattr(tab, "ask_before_leaving", lambda: Leave.STAY)
    press(qtbot, tab.page.steps.buttons[WorkStep.ACCEPT])
    assert tab.dialog is None
    monkeypatch.setattr(tab, "ask_before_leaving", lambda: Leave.SAVE)
    dialog = step(qtbot, tab, WorkStep.ACCEPT)
    press(qtbot, dialog.primary)
    assert stored(tab, NEW.number) == replace(ACCEPTED, place="ซอย 7")


def test_undoing_the_edits_brings_the_stored_complaint_back(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(WORKED.number)
    retype(line(tab, "place"), "ซอย 7")
    qtbot.mouseClick(tab.page.form.days.entries.rows[0].remove, LEFT)
    told(qtbot, tab)
    press(qtbot, tab.page.undo_button)
    assert tab.page.form.draft() == WORKED and not tab.has_unsaved()


def test_ctrl_z_in_a_text_takes_back_the_typing(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(NEW.number)
    place = line(tab, "place")
    place.setFocus()
    type_text(place, "ก")
    qtbot.keyClick(place, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert tab.page.form.draft() == NEW and not tab.has_unsaved()


def test_refreshing_shows_another_hands_change_but_never_drops_typing(tab: DetailTab, filled: Desk) -> None:
    tab.show_complaint(NEW.number)
    moved = complaint_work.save(filled, NEW, replace(NEW, place="ซอย 8"))
    tab.refresh()
    assert tab.page.form.draft() == moved
    retype(line(tab, "place"), "ซอย 9")
    complaint_work.save(filled, moved, replace(moved, unit="ฝ่ายโยธา"))
    tab.refresh()
    assert tab.page.form.draft().place == "ซอย 9"
    assert not tab.save()
    assert "ถูกแก้ไขจากที่อื่น" in tab.page.trouble.text()


def test_the_finished_answer_is_copied_by_one_button(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(DONE.number)
    press(qtbot, tab.page.form.answer.copy)
    assert QGuiApplication.clipboard().text() == "ซ่อมถนนเรียบร้อยแล้ว"
    tab.show_complaint(NEW.number)
    assert not tab.page.form.answer.copy.isEnabled()


def test_the_history_tells_who_when_and_what_in_thai(qtbot: QtBot, tab: DetailTab) -> None:
    tab.show_complaint(WORKED.number)
    retype(line(tab, "place"), "ซอย <i>7</i>")
    type_day(qtbot, tab.page.form.days.entries.rows[1].fields[0], "15/1/2563")
    press_save(qtbot, tab)
    qtbot.mouseClick(tab.page.history_head, LEFT)
    table = tab.page.history.table
    assert table.isVisible()
    shown = [[item.text() for column in range(3) if (item := table.item(row, column))] for row in range(3)]
    assert shown[0][0].endswith("น. · สมใจ · แก้ไขเรื่อง")
    assert ["สถานที่", "ซอย 5", "ซอย <i>7</i>"] in shown
    assert ["การติดตามผล", "14 ม.ค. 2563 รอวัสดุ", "15 ม.ค. 2563 รอวัสดุ"] in shown
    tab.new_complaint()
    assert tab.page.history.empty.isVisible() and not table.isVisible()


def test_a_read_only_register_can_be_read_but_not_edited(qtbot: QtBot, tab: DetailTab, filled: Desk) -> None:
    reading = Desk(open_for_reading(filled.register.folder), filled.shipped, filled.today_of)
    reader = DetailTab(reading)
    qtbot.addWidget(reader)
    reader.show()
    assert not reader.empty.new_button.isVisible()
    reader.new_complaint()
    assert not reader.is_open
    assert reader.show_complaint(DONE.number)
    assert enabled_steps(reader) == set()
    place = line(reader, "place")
    type_text(place, "ก")
    type_text(reader.page.form.days.entries.rows[0].fields[0].edit, "1")
    type_text(reader.page.form.matter.types.edit, "ก")
    assert reader.page.form.draft() == DONE and not reader.has_unsaved()
    assert not reader.save() and not reader.page.save_button.isEnabled()
    assert "อ่านอย่างเดียว" in reader.page.note.text()
    reading.register.close()


def test_the_whole_demonstration_register_opens_without_a_change(qtbot: QtBot, demo_desk: Desk) -> None:
    tab = DetailTab(demo_desk)
    qtbot.addWidget(tab)
    for seen in all_standings(demo_desk, demo_desk.today)[::40]:
        assert tab.show_complaint(seen.complaint.number)
        assert tab.page.form.draft() == seen.complaint
        assert not tab.has_unsaved()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("สำนักงานเขตจะดำเนินการซ่อมในเดือนหน้า", "จะดำเนินการ"),
        ("เขตจะได้เร่งดำเนินการต่อไป", "จะได้เร่งดำเนินการ"),
        ("จะ ดำเนินการ", "จะ ดำเนินการ"),
        ("ขณะนี้อยู่ระหว่างดำเนินการ", "อยู่ระหว่างดำเนินการ"),
        ("อยู่ในระหว่างการดำเนินการจัดจ้าง", "อยู่ในระหว่างการดำเนินการ"),
        ("กำลังดำเนินการล้างท่อ", "กำลังดำเนินการ"),
        ("ได้ดำเนินการซ่อมเสร็จแล้ว", ""),
        ("ดำเนินการเสร็จสิ้น", ""),
        ("", ""),
    ],
)
def test_a_promise_is_found_in_an_answer_and_a_fact_is_not(answer: str, words: str) -> None:
    assert promise_in(answer) == words
