"""What is typed in the office's dialogs outlives a crash too, from the project record to a holiday's reason (P11)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt, QTime, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.domain.complaint import Complaint
from desktop.domain.months import Month
from desktop.services import drafts, month_reports, privacy
from desktop.services.complaint_work import complaint, save
from desktop.services.desk import Desk
from desktop.services.dialog_forms import NO_PICTURES, numbers_there
from desktop.services.memo_words import memo_words, save_memo_words
from desktop.services.month_reports import OfficersWords
from desktop.services.office_settings import officer_name, save_project
from desktop.services.outage_evidence import evidence_of
from desktop.services.outage_work import note_outage, outages_between
from desktop.services.report_drafts import TypedMemo
from desktop.storage import issued_reports
from desktop.storage.draft_file import NAME
from desktop.ui import draft_keeper
from desktop.ui.bulk_dialog import BulkDialog, BulkStep
from desktop.ui.dialog_drafts import RESTORED
from desktop.ui.draft_keeper import DraftKeeper
from desktop.ui.erasure_dialog import ErasureDialog
from desktop.ui.holiday_dialog import HolidayDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.memo_dialog import MemoDialog
from desktop.ui.officer_dialog import OfficerDialog
from desktop.ui.outage_dialog import OutageDialog
from desktop.ui.outage_evidence_dialog import OutageEvidenceDialog
from desktop.ui.project_dialog import ProjectDialog
from desktop.ui.sent_dialog import SentDialog
from desktop.ui.window_pages import LIST, REPORT
from tests.services.picture_faults import encoded, scene
from tests.ui.thai_typing import retype, type_text

NUMBERS = ["กทม-1", "กทม-2"]
SHOWN: list[MainWindow] = []  # by this test, the last one last


@pytest.fixture
def filled(desk: Desk) -> Desk:
    for number in NUMBERS:
        save(desk, None, Complaint(number, date(2020, 1, 27), accepted=date(2020, 1, 27)))
    return desk


@pytest.fixture
def shown(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Desk], MainWindow]]:
    """Shows the window over a desk; typing is kept a moment after it begins."""
    monkeypatch.setattr(draft_keeper, "PAUSE", 20)

    def show(desk: Desk) -> MainWindow:
        window = app.build_window(desk)
        SHOWN.append(window)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield show
    SHOWN.clear()


def the(kind: type[QDialog]) -> QDialog:
    """The dialog of a kind that is up over the window shown last."""
    up = (each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible())
    return next(each for each in up if each.parentWidget() is not None and each.parentWidget().window() is SHOWN[-1])


def kept_values(qtbot: QtBot, desk: Desk, form: str, name: str, value: object) -> None:
    qtbot.waitUntil(lambda: any(d.form == form and d.values.get(name) == value for d in drafts.kept(desk)))


def dropped(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: drafts.kept(desk) == [] and not (desk.register.folder / NAME).exists())


def crash(dialog: QDialog) -> None:
    """The dialog goes as with the program: nobody saved it or gave it up."""
    dialog.findChild(DraftKeeper).session_ends = True
    dialog.reject()


def restored(qtbot: QtBot, window: MainWindow, title: str) -> None:
    """Take the one draft back that is offered."""
    qtbot.waitUntil(lambda: vars(window).get("draft_offer") is not None)
    (row,) = window.draft_offer.rows
    assert title in row.words.text()
    row.restore.click()


def test_p11_a_paragraph_of_the_project_record_is_offered_back(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    shown(filled).dialogs.project()
    dialog = the(ProjectDialog)
    dialog.texts["rationale"].appendPlainText("ย่อหน้าที่พิมพ์นาน")
    retype(dialog.budget, "1250.50")
    kept_values(qtbot, filled, "project", "budget", "1250.50")
    crash(dialog)
    project = filled.fiscal_year(2563).project
    save_project(filled, replace(project, code="รหัสใหม่", rationale=("จากที่อื่น" * 20,)))
    again = shown(filled)
    restored(qtbot, again, "ข้อมูลโครงการ ปีงบประมาณ 2563")
    dialog = the(ProjectDialog)
    assert dialog.texts["rationale"].toPlainText().endswith("ย่อหน้าที่พิมพ์นาน")
    assert dialog.lines["code"].text() == "รหัสใหม่"  # nobody typed there
    assert RESTORED in dialog.problem.text() and dialog.problem.isVisible()
    assert "1.3 หลักการและเหตุผล ในทะเบียนตอนนี้: จากที่อื่น" in dialog.problem.text()
    assert len(dialog.problem.text().splitlines()[1]) < 100  # a paragraph does not push the dialog away
    assert filled.fiscal_year(2563).project.budget == 0 and len(drafts.kept(filled)) == 1
    dialog.accept()
    assert str(filled.fiscal_year(2563).project.budget) == "1250.50"
    dropped(qtbot, filled)


def test_p11_the_words_for_many_complaints_are_offered_back(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    shown(filled).list_tab.open_step(BulkStep.ENTRY, NUMBERS)
    type_text(the(BulkDialog).text, "รอวัสดุ")
    kept_values(qtbot, filled, "bulk:entry", "text", "รอวัสดุ")
    crash(the(BulkDialog))
    again = shown(filled)
    again.tabs.setCurrentIndex(REPORT)
    restored(qtbot, again, "บันทึกการติดตาม 2 เรื่อง")
    assert again.tabs.currentIndex() == LIST
    dialog = the(BulkDialog)
    assert dialog.text.text() == "รอวัสดุ" and "2 เรื่อง" in dialog.windowTitle()
    dialog._save_on(date(2020, 1, 28))
    assert [complaint(filled, each).first_report.text for each in NUMBERS] == ["รอวัสดุ"] * 2
    dropped(qtbot, filled)


def test_p11_an_outage_is_offered_back_and_its_pictures_are_asked_for_again(
    qtbot: QtBot, filled: Desk, shown: Callable
) -> None:
    first = shown(filled)
    dialog = OutageDialog(filled, first)
    dialog.open()
    began = dialog.began_at.time()
    dialog.pictures._judge("จอ.png", lambda: encoded(scene(64, 40, 1), "PNG"))
    qtbot.waitUntil(lambda: len(dialog.pictures.images) == 1)
    type_text(dialog.what, "เข้าระบบไม่ได้")
    dialog.ended_at.setTime(QTime(23, 59))
    kept_values(qtbot, filled, "outage", "what", "เข้าระบบไม่ได้")
    kept_values(qtbot, filled, "outage", "ended_at", "23:59")
    crash(dialog)
    again = shown(filled)
    restored(qtbot, again, f"บันทึกระบบขัดข้อง · {NO_PICTURES}")
    dialog = the(OutageDialog)
    assert dialog.what.toPlainText() == "เข้าระบบไม่ได้" and dialog.ended_at.time() == QTime(23, 59)
    assert dialog.began_at.time() == began and NO_PICTURES in dialog.pictures.said.text()
    assert outages_between(filled, date(2000, 1, 1), date(2100, 1, 1)) == []
    dialog.reject()
    dropped(qtbot, filled)


def test_p11_the_words_of_a_memo_are_offered_back(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    window = shown(filled)
    window.show_report(Month(2020, 1))
    seen: list[str] = []

    def type_and_crash() -> None:
        dialog = the(MemoDialog)
        retype(dialog.signer, "นางสมศรี")
        retype(dialog.number, "กท 6603/1")
        dialog.findChild(DraftKeeper).keep_now()
        crash(dialog)

    QTimer.singleShot(0, window, type_and_crash)
    window.report_tab.papers.edit_memo(window.report_tab)
    assert [draft.key for draft in drafts.kept(filled)] == ["2020-01"]
    save_memo_words(filled, replace(memo_words(filled), signer="นายใหม่"))
    again = shown(filled)

    def look_and_save() -> None:
        dialog = the(MemoDialog)
        seen.extend([dialog.signer.text(), dialog.number.text(), dialog.problem.text()])
        dialog.accept()

    qtbot.waitUntil(lambda: vars(again).get("draft_offer") is not None)
    QTimer.singleShot(0, again, look_and_save)
    restored(qtbot, again, "บันทึกข้อความนำส่งรายงานเดือนมกราคม 2563")
    assert seen[:2] == ["นางสมศรี", "กท 6603/1"]
    assert RESTORED in seen[2] and "ผู้ลงนาม ในทะเบียนตอนนี้: นายใหม่" in seen[2]
    assert memo_words(filled).signer == "นางสมศรี"
    (kept,) = drafts.kept(filled)  # its number is of this one memo: it stays with what is typed for the month
    assert (kept.form, kept.key, kept.values["memo_number"]) == ("report", "2020-01", "กท 6603/1")
    assert "กท 6603/1" in drafts.offer_of(filled, kept).typed


def test_p11_days_of_a_report_and_number_of_its_memo_are_offered_back(
    qtbot: QtBot, filled: Desk, shown: Callable
) -> None:
    january = Month(2020, 1)
    first = shown(filled)
    first.show_report(january)
    days = first.report_tab.report.days
    retype(days.drawn_on.edit, "25/1/2563")
    days.drawn_on.settle()
    retype(days.last.edit, "20/1/2563")
    days.last.settle()
    first.report_tab.papers.take_memo(january, TypedMemo("กท 6603/99", date(2020, 2, 3)))
    kept_values(qtbot, filled, "report", "last", "20/1/2563")
    first.report_tab.keeper.end_session()
    again = shown(filled)
    restored(qtbot, again, "รายงานเดือนมกราคม 2563")
    tab = again.report_tab
    assert tab.report.days.days() == (date(2020, 1, 25), date(2020, 1, 20))
    monthly = tab.report.monthly()
    assert monthly is not None and (monthly.on, monthly.last) == (date(2020, 1, 25), date(2020, 1, 20))
    memo = tab.papers.memo_of(january)
    assert memo is not None and (memo.number, memo.day) == ("กท 6603/99", date(2020, 2, 3))
    month_reports.issue(filled, monthly, OfficersWords(), None, pack=True, memo=memo)
    tab.refresh()
    dropped(qtbot, filled)  # of an issued month nothing is typed any more


def test_days_as_they_stand_are_no_draft_even_when_the_day_turns(
    qtbot: QtBot, filled: Desk, shown: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown(filled)
    window.show_report(Month(2020, 1))
    monkeypatch.setattr(filled, "today_of", lambda: date(2020, 1, 29))
    window.refresh()
    window.report_tab.keeper.keep_now()
    assert drafts.kept(filled) == []
    assert window.report_tab.report.days.days()[0] == date(2020, 1, 29)


def test_p11_a_holiday_and_its_reason_are_offered_back(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    shown(filled).dialogs.holidays()
    dialog = the(HolidayDialog)
    dialog.table.table.selectRow(1)
    dialog.drafts.keeper.keep_now()
    assert dialog.day.day() is not None and drafts.kept(filled) == []  # a day looked at is no draft
    retype(dialog.day.edit, "31/1/2563")
    type_text(dialog.why, "มติคณะรัฐมนตรี")
    kept_values(qtbot, filled, "holiday", "why", "มติคณะรัฐมนตรี")
    crash(dialog)
    again = shown(filled)
    restored(qtbot, again, "ปฏิทินวันหยุด")
    dialog = the(HolidayDialog)
    assert (dialog.day.day(), dialog.why.text()) == (date(2020, 1, 31), "มติคณะรัฐมนตรี")
    assert RESTORED in dialog.problem.text() and dialog.problem.isVisible()
    assert not filled.calendar.is_working_day(date(2020, 2, 1)) and filled.calendar.is_working_day(date(2020, 1, 31))
    dialog._save(date(2020, 1, 31), dialog.why.text(), closed=True)
    qtbot.waitUntil(lambda: not filled.calendar.is_working_day(date(2020, 1, 31)))
    dropped(qtbot, filled)  # the dialog is still open
    type_text(dialog.why, "อีกวันหนึ่ง")
    kept_values(qtbot, filled, "holiday", "why", "อีกวันหนึ่ง")
    dialog.close_button.click()
    dropped(qtbot, filled)


def test_p11_the_officers_name_is_offered_back(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    shown(filled).dialogs.officer()
    retype(the(OfficerDialog).name, "นางสาวใหม่ มาแทน")
    kept_values(qtbot, filled, "officer", "name", "นางสาวใหม่ มาแทน")
    crash(the(OfficerDialog))
    restored(qtbot, shown(filled), "ชื่อเจ้าหน้าที่")
    dialog = the(OfficerDialog)
    assert dialog.name.text() == "นางสาวใหม่ มาแทน" and RESTORED in dialog.restored.text()
    assert officer_name(filled) != "นางสาวใหม่ มาแทน"
    dialog.save_button.click()
    assert officer_name(filled) == "นางสาวใหม่ มาแทน"
    dropped(qtbot, filled)


@pytest.mark.parametrize("erases", [True, False])
def test_p11_the_reason_of_an_erasure_is_offered_back(
    qtbot: QtBot, filled: Desk, shown: Callable, erases: bool
) -> None:
    before = complaint(filled, "กทม-1")
    save(filled, before, replace(before, complainant="นางสีดา", telephone="021234567", place="ซอยหนึ่ง"))
    shown(filled).keeping.erase("กทม-1")
    dialog = the(ErasureDialog)
    dialog.fields["telephone"].setChecked(False)
    type_text(dialog.why, "หนังสือที่ 5")
    kept_values(qtbot, filled, "erasure", "why", "หนังสือที่ 5")
    crash(dialog)
    restored(qtbot, shown(filled), "ลบข้อมูลส่วนบุคคล เรื่อง กทม-1")
    dialog = the(ErasureDialog)
    assert dialog.why.text() == "หนังสือที่ 5" and RESTORED in dialog.restored.text()
    assert dialog.fields["complainant"].isChecked() and not dialog.fields["telephone"].isChecked()
    (dialog.erase_button if erases else dialog.cancel_button).click()
    dropped(qtbot, filled)
    after = complaint(filled, "กทม-1")
    assert (after.complainant, after.telephone) == ("" if erases else "นางสีดา", "021234567")


def test_a_tick_for_what_was_erased_meanwhile_is_not_put_back(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    before = complaint(filled, "กทม-1")
    save(filled, before, replace(before, complainant="นางสีดา", place="ซอยหนึ่ง", subject="ไฟดับ"))
    dialog = ErasureDialog(filled, "กทม-1", shown(filled))
    for name in ("place", "subject"):
        dialog.fields[name].setChecked(True)
    dialog.drafts.keeper.keep_now()
    (typed,) = drafts.kept(filled)
    crash(dialog)
    privacy.erase_personal_data(filled, "กทม-1", "ผู้ร้องขอ", ("place",))
    drafts.keep(filled, typed.form, typed.key, typed.values, typed.base)  # as of a data folder put back from elsewhere
    restored(qtbot, shown(filled), "ลบข้อมูลส่วนบุคคล")
    assert the(ErasureDialog).fields["subject"].isChecked() and not the(ErasureDialog).fields["place"].isChecked()
    the(ErasureDialog).reject()


def test_p11_the_day_and_letter_of_a_sent_report_are_offered_back(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    month = Month(2020, 1)
    draft = drafts.keep(filled, "sent", "2020-01", {"day": "31/1/2563", "letter": "กท 6603/77"}, {"letter": ""})
    assert drafts.offer_of(filled, draft).why_not == "เดือนนี้ยังไม่ได้ออกรายงาน"
    drafts.drop_draft(filled, draft)
    figures = month_reports.figures_of_month(filled, month, filled.today)
    month_reports.issue(filled, figures, OfficersWords(), None)
    window = shown(filled)
    window.show_report(month)
    seen: list[str] = []

    def type_and_crash() -> None:
        dialog = the(SentDialog)
        retype(dialog.letter_field, "กท 6603/77")
        dialog.drafts.keeper.keep_now()
        crash(dialog)

    QTimer.singleShot(0, window, type_and_crash)
    window.report_tab.note_sent()
    assert [(each.form, each.key) for each in drafts.kept(filled)] == [("sent", "2020-01")]
    again = shown(filled)

    def look_and_save() -> None:
        dialog = the(SentDialog)
        seen.extend([dialog.letter_field.text(), dialog.restored.text()])
        dialog.accept()

    qtbot.waitUntil(lambda: vars(again).get("draft_offer") is not None)
    QTimer.singleShot(0, again, look_and_save)
    restored(qtbot, again, "วันนำส่งรายงานเดือนมกราคม 2563")
    assert seen[0] == "กท 6603/77" and RESTORED in seen[1]
    (report,) = issued_reports.of_month(filled.register.connection, month)
    assert report.letter == "กท 6603/77" and report.sent_on is not None
    dropped(qtbot, filled)


def test_p11_the_mending_of_an_outage_is_offered_back(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    began = datetime(2020, 1, 28, 9, 0)
    number = note_outage(filled, began, began.replace(hour=10), "เข้าระบบไม่ได้", []).number
    shown(filled).papers.mend_outage(number)
    dialog = the(OutageEvidenceDialog)
    dialog.fields.what.appendPlainText("หน้าจอขาว")
    kept_values(qtbot, filled, "mended-outage", "what", "เข้าระบบไม่ได้\nหน้าจอขาว")
    crash(dialog)
    restored(qtbot, shown(filled), f"แก้ไขบันทึกระบบขัดข้องครั้งที่ {number}")
    dialog = the(OutageEvidenceDialog)
    assert dialog.fields.what.toPlainText() == "เข้าระบบไม่ได้\nหน้าจอขาว" and RESTORED in dialog.trouble.text()
    dialog.primary.click()
    qtbot.waitUntil(lambda: evidence_of(filled, number).outage.what == "เข้าระบบไม่ได้\nหน้าจอขาว")
    dropped(qtbot, filled)


@pytest.mark.parametrize(
    ("form", "key", "why_not"),
    [
        ("mended-outage", "7", "บันทึกนี้ไม่มีแล้ว"),
        ("mended-outage", "ก", "บันทึกนี้ไม่มีแล้ว"),
        ("erasure", "กทม-9", "เรื่องนี้ไม่อยู่ในทะเบียนแล้ว"),
        ("sent", "เดือน", "ไม่รู้ว่าเป็นของเดือนใด"),
    ],
)
def test_what_a_dialog_was_for_is_gone(filled: Desk, form: str, key: str, why_not: str) -> None:
    offer = drafts.offer_of(filled, drafts.keep(filled, form, key, {"what": "พิมพ์ไว้"}))
    assert (offer.why_not, offer.typed) == (why_not, "พิมพ์ไว้")


def test_the_end_of_the_session_called_off_leaves_the_draft_of_a_closed_dialog(filled: Desk, shown: Callable) -> None:
    dialog = ErasureDialog(filled, "กทม-1", shown(filled))
    type_text(dialog.why, "หนังสือที่ 5")
    keeper = dialog.drafts.keeper
    keeper.end_session()
    dialog.reject()
    keeper._look_at_the_state(Qt.ApplicationState.ApplicationActive)
    keeper.keep_now()
    (draft,) = drafts.kept(filled)
    assert draft.values["why"] == "หนังสือที่ 5"


@pytest.mark.parametrize("saves", [True, False])
def test_saved_or_given_up_a_dialog_leaves_no_draft(qtbot: QtBot, filled: Desk, shown: Callable, saves: bool) -> None:
    shown(filled).dialogs.project()
    dialog = the(ProjectDialog)
    retype(dialog.lines["code"], "รหัสอื่น")
    kept_values(qtbot, filled, "project", "code", "รหัสอื่น")
    (dialog.save if saves else dialog.cancel).click()
    dropped(qtbot, filled)
    assert (filled.fiscal_year(2563).project.code == "รหัสอื่น") is saves


def test_a_dialog_nobody_typed_in_leaves_no_draft(qtbot: QtBot, filled: Desk, shown: Callable) -> None:
    window = shown(filled)
    window.dialogs.project()
    window.list_tab.open_step(BulkStep.ENTRY, NUMBERS)
    for dialog in (the(ProjectDialog), the(BulkDialog)):
        dialog.findChild(DraftKeeper).keep_now()
        assert drafts.kept(filled) == []
        dialog.reject()


def test_an_erasure_takes_the_words_typed_for_many_along(filled: Desk) -> None:
    for numbers in (NUMBERS, ["กทม-2"]):
        drafts.keep(filled, "bulk:entry", "", {"text": "นางแดงขอให้เร่ง", "numbers": [[each] for each in numbers]})
    assert drafts.forget_complaint(filled, "กทม-1") == 1
    (left,) = drafts.kept(filled)
    assert numbers_there(filled, left) == ["กทม-2"]


def test_words_for_complaints_that_are_gone_can_be_copied_only(filled: Desk) -> None:
    draft = drafts.keep(filled, "bulk:entry", "", {"text": "รอวัสดุ", "numbers": [["กทม-9"]]})
    offer = drafts.offer_of(filled, draft)
    assert (offer.title, offer.why_not) == ("บันทึกการติดตาม 1 เรื่อง", "เรื่องเหล่านี้ไม่อยู่ในทะเบียนแล้ว")
    assert offer.typed == "รอวัสดุ"
    for form, key in (("project", "ปี"), ("memo", "เดือน")):
        assert drafts.offer_of(filled, drafts.keep(filled, form, key, {"to": "ก"})).why_not
