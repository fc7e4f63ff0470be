"""The officer draws up, issues, revises and sends her monthly reports in the window."""

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.complaint import Complaint, Status
from desktop.domain.months import Month
from desktop.domain.report_sheet import PlanWord, TargetWord
from desktop.services import complaint_work, month_reports, office_settings, report_view
from desktop.services.demo import DEMO_ENDS, fill_with_demo
from desktop.services.desk import Desk
from desktop.services.memo_words import MemoWords
from desktop.services.report_checks import checks_before_issuing
from desktop.storage.register import open_for_writing
from desktop.ui.core_types_dialog import CoreTypesDialog
from desktop.ui.issue_dialog import IssueDialog
from desktop.ui.long_work import LongWorkDialog
from desktop.ui.pdf_preview import PdfPreview
from desktop.ui.project_dialog import ProjectDialog
from desktop.ui.report_tab import ReportTab
from desktop.ui.sent_dialog import SentDialog
from tests.conftest import SHIPPED
from tests.ui.thai_typing import retype

OCTOBER, JANUARY, FEBRUARY = Month(2019, 10), Month(2020, 1), Month(2020, 2)
DAY = date(2020, 1, 28)
FORM_LINES = (
    "รายงานครั้งที่ 4 :: 28/1/2563 : อยู่ระหว่างขั้นตอน...เรื่องร้องทุกข์ตั้งแต่วันที่ 1 ม.ค. 2563 ถึง 28 ม.ค. 2563 จำนวน 164 เรื่อง\n"
    "ดำเนินการเสร็จสิ้น 124 เรื่อง คิดเป็นร้อยละ 75.61\n"
    "อยู่ระหว่างดำเนินการ 40 เรื่อง คิดเป็นร้อยละ 24.39\n"
    ":: ความก้าวหน้าของงานฯ = 75.61 %"
)


class QuietTab(ReportTab):
    """The tab without the PC's own dialogs and programs: files go where the test says."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__(desk)
        self.folder: Path | None = folder
        self.proposed: list[str] = []
        self.shown_files: list[Path] = []

    def choose_file(self, title: str, name: str) -> Path | None:
        self.proposed.append(name)
        return self.folder and self.folder / name

    def show_file(self, path: Path) -> None:
        self.shown_files.append(path)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration register, made once for all tests here."""
    folder = tmp_path_factory.mktemp("ตัวอย่าง") / "ทะเบียน"
    desk = Desk(open_for_writing(folder), SHIPPED, lambda: DEMO_ENDS)
    fill_with_demo(desk, None, 1)
    desk.register.close()
    return folder


@pytest.fixture
def demo_desk(filled: Path, open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """A copy of it on 28 January 2563."""
    return open_desk(folder=Path(shutil.copytree(filled, tmp_path / "ทะเบียน")))


@pytest.fixture
def tab(qtbot: QtBot, demo_desk: Desk, tmp_path: Path) -> QuietTab:
    return shown(qtbot, QuietTab(demo_desk, tmp_path))


def shown(qtbot: QtBot, widget: QuietTab) -> QuietTab:
    qtbot.addWidget(widget)
    widget.resize(1366, 600)
    widget.show()
    return widget


def press(qtbot: QtBot, button) -> None:
    assert button.isVisible() and button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@contextmanager
def answering(answer: Callable[[QDialog], None]) -> Iterator[list[QDialog]]:
    """Answer the next dialog that holds the window; it must come."""
    seen: list[QDialog] = []
    failed: list[BaseException] = []

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or isinstance(dialog, LongWorkDialog):
            return
        timer.stop()
        seen.append(dialog)
        try:
            answer(dialog)
        except BaseException as error:
            failed.append(error)
            dialog.reject()

    timer = QTimer()
    timer.timeout.connect(act)
    timer.start(5)
    yield seen
    waited = time.monotonic() + 20
    while not seen and time.monotonic() < waited:  # it may come behind a moment's work
        QTest.qWait(5)
    timer.stop()
    if failed:
        raise failed[0]
    assert seen, "no dialog came"


def choose_january(qtbot: QtBot, tab: QuietTab) -> None:
    """The month in the list, then both days as she types them."""
    table = tab.months.table
    place = table.visualItemRect(table.item(3, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    days = tab.report.days
    for field in (days.drawn_on, days.last):
        retype(field.edit, "28/1/2563")
        qtbot.keyClick(field.edit, Qt.Key.Key_Return)


def issue_january(qtbot: QtBot, tab: QuietTab) -> None:
    choose_january(qtbot, tab)
    with answering(lambda dialog: press(qtbot, dialog.go)):
        press(qtbot, tab.buttons.issue)


def message(tab: QuietTab) -> str:
    return tab.buttons.message.text()


def row_words(tab: QuietTab, row: int) -> list[str]:
    return [tab.months.table.item(row, column).text() for column in range(3)]


def completed_in_january(desk: Desk) -> Complaint:
    monthly = month_reports.figures_of_month(desk, JANUARY, DAY, DAY)
    found = (complaint_work.complaint(desk, number) for number in monthly.numbers)
    return next(each for each in found if each.completed is not None)


def test_january_reads_as_the_form_words_it(qtbot: QtBot, tab: QuietTab) -> None:
    choose_january(qtbot, tab)
    assert tab.report.heading.text() == "รายงานครั้งที่ 4 · มกราคม 2563"
    assert tab.report.figures.form_lines.text() == FORM_LINES
    assert tab.report.figures.process.text() == "ปฏิบัติถูกต้อง 149 จาก 164 เรื่อง = 90.85 % → 18.17 จาก 20 คะแนน"
    assert "ปีงบประมาณ 2563 ถึง 28 ม.ค. 2563: ปฏิบัติถูกต้อง 695 จาก 752 เรื่อง" in tab.report.figures.process_year.text()
    assert "688 จาก 752 เรื่อง = 91.49 %" in tab.report.figures.completed_year.text()


def test_the_months_say_where_each_report_stands_and_by_when_it_is_sent(tab: QuietTab) -> None:
    assert [row_words(tab, row) for row in (0, 3, 4)] == [
        ["ต.ค. 2562", "○ ร่าง", "⚠ 10 พ.ย. 2562"],
        ["ม.ค. 2563", "○ ร่าง", "10 ก.พ. 2563"],
        ["ก.พ. 2563", "– ยังไม่ถึงกำหนด", "10 มี.ค. 2563"],
    ]
    assert tab.months.table.rowCount() == 12
    assert "ศ. 7 ก.พ. 2563" in tab.months.table.item(3, 2).toolTip()  # 10 February 2563 is a holiday
    assert "เกินกำหนดส่ง" in tab.report.send_by.text()  # October, the oldest one owed, is shown first


def test_figures_against_the_target_stand_beside_her_word(qtbot: QtBot, tab: QuietTab) -> None:
    choose_january(qtbot, tab)
    assert tab.report.figures.process_target.text() == "✓ กระบวนการ 90.85 % สูงกว่าเป้าหมาย 90 %"
    assert tab.report.figures.completed_target.text() == "⚠ ดำเนินการเสร็จสิ้น 75.61 % ต่ำกว่าเป้าหมาย 90 %"
    form = tab.report.panel.form
    assert [form.target.itemText(row) for row in range(3)] == [word.value for word in TargetWord]
    assert [form.plan.itemText(row) for row in range(3)] == [word.value for word in PlanWord]
    assert form.hint.text().splitlines() == [
        tab.report.figures.process_target.text(),
        tab.report.figures.completed_target.text(),
    ]


def test_a_percentage_equal_to_the_target_is_as_targeted() -> None:
    ninety = Decimal(90)
    assert report_view.against_target(Decimal("90.00"), ninety) is TargetWord.ON
    assert report_view.against_target(Decimal("89.99"), ninety) is TargetWord.BELOW
    assert report_view.against_target(None, ninety) is None


def test_an_empty_month_shows_dashes_and_is_not_issued_before_it_begins(qtbot: QtBot, tab: QuietTab) -> None:
    tab.show_month(FEBRUARY)
    lines = tab.report.figures.form_lines.text()
    assert "จำนวน 0 เรื่อง" in lines and "คิดเป็นร้อยละ -\n" in lines and lines.endswith("= - %")
    assert tab.report.figures.process.text().startswith("- ")
    assert tab.report.complaints.costly.empty.isVisible()
    assert not tab.buttons.issue.isEnabled()
    assert "ออกรายงานได้ตั้งแต่ 1 ก.พ. 2563" in message(tab)


@pytest.mark.parametrize(
    ("which", "typed", "said"),
    [
        ("drawn_on", "29/1/2563", "อยู่หลังวันนี้"),
        ("last", "1/2/2563", "ต้องอยู่ในเดือนมกราคม 2563"),
        ("last", "", "ยังไม่มีวันสุดท้ายของช่วง"),
    ],
)
def test_days_that_cannot_be_are_said_and_nothing_can_be_issued(
    qtbot: QtBot, tab: QuietTab, which: str, typed: str, said: str
) -> None:
    choose_january(qtbot, tab)
    field = getattr(tab.report.days, which)
    retype(field.edit, typed)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert said in tab.report.days.problem.text() and tab.report.days.problem.text().startswith("⚠")
    assert not tab.buttons.issue.isEnabled() and not tab.buttons.draft.isEnabled()
    retype(field.edit, "28/1/2563")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert tab.report.figures.form_lines.text() == FORM_LINES
    assert tab.buttons.issue.isEnabled() and not tab.report.days.problem.isVisible()


def test_the_whole_month_is_one_press_away(qtbot: QtBot, tab: QuietTab) -> None:
    choose_january(qtbot, tab)
    press(qtbot, tab.report.days.whole_month)
    assert tab.report.days.last.day() == date(2020, 1, 31)
    assert "ถึง 31 ม.ค. 2563 จำนวน 164 เรื่อง" in tab.report.figures.form_lines.text()


def test_complaints_that_cost_points_say_why_and_open_with_enter(qtbot: QtBot, tab: QuietTab) -> None:
    choose_january(qtbot, tab)
    costly = tab.report.complaints.costly.table
    assert tab.report.complaints.tabs.tabText(0) == "เสียคะแนน (15)" and costly.rowCount() == 15
    reasons = " ".join(costly.item(row, 1).text() for row in range(15))
    assert "รับเรื่อง ช้ากว่ากำหนด 6 ม.ค. (ทำ 7 ม.ค.)" in reasons
    assert "ไม่ได้ติดตามผลของวันที่ 15 ม.ค." in reasons
    costly.setFocus()
    qtbot.keyClick(costly, Qt.Key.Key_Down)
    with qtbot.waitSignal(tab.opened) as told:
        qtbot.keyClick(costly, Qt.Key.Key_Return)
    assert told.args == [costly.item(1, 0).text()]


def test_complaints_that_can_still_be_saved_say_what_is_owed_and_open_on_a_double_click(
    qtbot: QtBot, tab: QuietTab
) -> None:
    choose_january(qtbot, tab)
    tab.report.complaints.tabs.setCurrentIndex(1)
    saveable = tab.report.complaints.saveable.table
    assert saveable.rowCount() == 36
    assert saveable.item(0, 1).text() == "● รับเรื่องภายใน 28 ม.ค. · ครบกำหนดวันนี้"
    place = saveable.visualItemRect(saveable.item(0, 0)).center()
    with qtbot.waitSignal(tab.opened) as told:
        qtbot.mouseClick(saveable.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(saveable.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [saveable.item(0, 0).text()]


def preview_of(qtbot: QtBot, over: QWidget) -> PdfPreview:
    """The preview that comes up behind a moment's work."""
    qtbot.waitUntil(lambda: any(each.isVisible() for each in over.findChildren(PdfPreview)), timeout=20_000)
    return next(each for each in over.findChildren(PdfPreview) if each.isVisible())


def words_of(preview: PdfPreview) -> str:
    pages = range(preview.view.document().pageCount())
    return " ".join(preview.view.document().getAllText(page).text() for page in pages)


def test_a_draft_is_looked_at_before_anything_is_written(qtbot: QtBot, tab: QuietTab, demo_desk: Desk) -> None:
    choose_january(qtbot, tab)
    press(qtbot, tab.buttons.draft)
    preview = preview_of(qtbot, tab)
    assert preview._paper.file_name == "ร่าง รายงานความก้าวหน้า ครั้งที่ 4 มกราคม 2563 ฉบับแรก.pdf"
    assert "จำนวน 164 เรื่อง" in words_of(preview) and not tab.proposed
    qtbot.keyClick(preview, Qt.Key.Key_Escape)
    assert not preview.isVisible() and not report_view.revisions_of(demo_desk, JANUARY)
    assert row_words(tab, 3)[1] == "○ ร่าง"


def test_issuing_freezes_the_month_and_writes_the_very_file(qtbot: QtBot, tab: QuietTab, demo_desk: Desk) -> None:
    choose_january(qtbot, tab)
    form = tab.report.panel.form
    form.target.setCurrentText(TargetWord.BELOW.value)
    retype(form.spent, "๑,๒๕๐.๕๐")
    form.note.setPlainText("ฝนตกหนัก <b>ทั้งเดือน</b>")
    seen: dict[str, str] = {}

    def go(dialog: QDialog) -> None:
        assert isinstance(dialog, IssueDialog)
        seen["lines"] = f"{dialog.figures.text()}\n{dialog.words.text()}"
        press(qtbot, dialog.go)

    with answering(go), qtbot.waitSignal(tab.changed):
        press(qtbot, tab.buttons.issue)
    assert seen["lines"].startswith(FORM_LINES) and ": งบประมาณที่เบิกใช้ (ครั้งที่ 4) = 1,250.50 บาท" in seen["lines"]
    assert tab.proposed == ["รายงานความก้าวหน้า ครั้งที่ 4 มกราคม 2563 ฉบับแรก.pdf"]
    [report] = report_view.revisions_of(demo_desk, JANUARY)
    written = tab.shown_files[0].read_bytes()
    assert hashlib.sha256(written).hexdigest() == report.sha256
    assert written == month_reports.issued_pdf(demo_desk, report)
    assert (report.spent, report.target, report.figures.last) == (Decimal("1250.50"), TargetWord.BELOW, DAY)
    assert "75.61" in "".join(page.extract_text() for page in PdfReader(BytesIO(written)).pages)
    assert row_words(tab, 3)[1] == "● ออกรายงานแล้ว"
    facts = tab.report.panel.facts
    assert facts.file.text().startswith(report.sha256[:12]) and report.sha256 in facts.file.toolTip()
    assert facts.revision.currentText() == "ฉบับแรก"
    assert "<b>ทั้งเดือน</b>" in facts.words.text() and facts.words.textFormat() is Qt.TextFormat.PlainText
    assert not tab.report.days.isVisible() and not form.isVisible()
    assert not tab.buttons.issue.isVisible() and tab.buttons.sent.isVisible()
    assert tab.report.figures.form_lines.text() == FORM_LINES


def test_nothing_is_issued_when_she_cancels_the_check_or_the_file(qtbot: QtBot, tab: QuietTab, demo_desk: Desk) -> None:
    choose_january(qtbot, tab)
    with answering(lambda dialog: press(qtbot, dialog.cancel)):
        press(qtbot, tab.buttons.issue)
    tab.folder = None
    with answering(lambda dialog: press(qtbot, dialog.go)):
        press(qtbot, tab.buttons.issue)
    assert "ยังไม่ได้ออกรายงาน" in message(tab)
    assert not report_view.revisions_of(demo_desk, JANUARY)


def test_a_folder_that_is_gone_is_said_plainly_and_nothing_is_issued(
    qtbot: QtBot, tab: QuietTab, demo_desk: Desk, tmp_path: Path
) -> None:
    tab.folder = tmp_path / "ไม่มี"
    issue_january(qtbot, tab)
    assert message(tab).startswith("⚠ ไม่มีโฟลเดอร์")
    assert not report_view.revisions_of(demo_desk, JANUARY)
    assert tab.buttons.issue.isVisible() and not tab.shown_files


def test_the_check_names_what_is_worth_a_look_and_opens_a_complaint(
    qtbot: QtBot, tab: QuietTab, demo_desk: Desk
) -> None:
    choose_january(qtbot, tab)
    tab.report.panel.form.note.setPlainText("ระบบล่ม 😀")
    said: list[str] = []

    def open_first(dialog: QDialog) -> None:
        assert isinstance(dialog, IssueDialog)
        tree = dialog.tree
        said.extend(tree.topLevelItem(row).text(0) for row in range(tree.topLevelItemCount()))
        tree.setFocus()
        qtbot.keyClick(tree, Qt.Key.Key_Return)  # unfolds the unaccepted ones
        qtbot.keyClick(tree, Qt.Key.Key_Down)  # over the link to all of them in the list
        qtbot.keyClick(tree, Qt.Key.Key_Down)
        qtbot.keyClick(tree, Qt.Key.Key_Return)

    with answering(open_first), qtbot.waitSignal(tab.opened) as told:
        press(qtbot, tab.buttons.issue)
    assert complaint_work.complaint(demo_desk, told.args[0]).accepted is None
    assert [line.split(" ")[1] for line in said[:1]] == ["ยังไม่ได้รับเรื่อง"]
    assert any("เลขรายงานไม่ต่อเนื่อง" in line and "ครั้งที่ 3 (ธ.ค. 2562)" in line for line in said)
    assert any("ข้อมูลโครงการยังว่าง" in line and "ตำแหน่ง" in line for line in said)
    assert any("ยังไม่ได้เลือกประเภทเรื่องหลัก" in line for line in said)
    assert any("😀 (U+1F600)" in line for line in said)
    assert not report_view.revisions_of(demo_desk, JANUARY)


def test_the_check_names_complaints_without_days_and_those_notified_later(demo_desk: Desk) -> None:
    stated = Complaint(number="ขาดวัน-1", notified=date(2020, 1, 20), stated=Status.COMPLETED)
    complaint_work.save(demo_desk, None, stated)
    late = Complaint(number="หลังวัน-1", notified=date(2020, 1, 28))
    complaint_work.save(demo_desk, None, late)
    day = date(2020, 1, 27)
    monthly = month_reports.figures_of_month(demo_desk, JANUARY, day)
    lines = checks_before_issuing(demo_desk, monthly, month_reports.OfficersWords())
    by_words = {line.text.split(" ")[0]: line.numbers for line in lines}
    assert by_words["ขาดวันที่"] == ("ขาดวัน-1",)
    assert "หลังวัน-1" in by_words["แจ้งภายหลังวันจัดทำรายงาน"]


def test_nothing_is_warned_of_when_all_is_well(qtbot: QtBot, open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = open_desk(date(2019, 11, 8))  # before the day it is sent by
    done = Complaint(
        number="1", notified=date(2019, 10, 1), accepted=date(2019, 10, 1), completed=date(2019, 10, 2), types=("ถนน",)
    )
    complaint_work.save(desk, None, done)
    office_settings.choose_core_types(desk, 2563, ["ถนน"])
    project = desk.fiscal_year(2563).project
    names = ("responsible", "responsible_telephone", "coordinator", "coordinator_telephone", "position")
    office_settings.save_project(desk, replace(project, **dict.fromkeys(names, "เจ้าหน้าที่ผู้รับผิดชอบ")))
    tab = shown(qtbot, QuietTab(desk, tmp_path))
    tab.show_month(OCTOBER)

    def go(dialog: QDialog) -> None:
        assert isinstance(dialog, IssueDialog)
        assert "✓ ตรวจแล้ว" in dialog.all_well.text()
        lines = [dialog.tree.topLevelItem(row).text(0) for row in range(dialog.tree.topLevelItemCount())]
        assert len(lines) >= 8 and all(line.startswith("✓ ") for line in lines)
        qtbot.keyClick(dialog, Qt.Key.Key_Return)  # the primary button is the default one

    with answering(go):
        press(qtbot, tab.buttons.issue)
    assert len(report_view.revisions_of(desk, OCTOBER)) == 1


def test_an_issued_month_keeps_its_figures_and_shows_what_the_register_says_now(
    qtbot: QtBot, tab: QuietTab, demo_desk: Desk
) -> None:
    issue_january(qtbot, tab)
    assert not tab.report.figures.difference_box.isVisible()
    done = completed_in_january(demo_desk)
    complaint_work.save(demo_desk, done, replace(done, completed=None))
    tab.refresh()
    assert tab.report.figures.form_lines.text() == FORM_LINES
    told = tab.report.figures.differences.text()
    assert tab.report.figures.difference_box.isVisible()
    assert "ดำเนินการเสร็จสิ้น: ออกไว้ 124 เรื่อง (ร้อยละ 75.61) ขณะนี้ 123 เรื่อง (ร้อยละ 75.00)" in told
    late = Complaint(number="เพิ่ม-1", notified=date(2020, 1, 27))
    complaint_work.save(demo_desk, None, late)
    tab.refresh()
    assert "เพิ่มเข้ามา 1 เรื่อง: เพิ่ม-1" in tab.report.figures.differences.text()


def test_complaints_notified_after_the_report_are_named(
    qtbot: QtBot, open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = open_desk(date(2020, 1, 31))
    complaint_work.save(desk, None, Complaint(number="ก่อน", notified=date(2020, 1, 10)))
    complaint_work.save(desk, None, Complaint(number="หลัง", notified=date(2020, 1, 30)))
    tab = shown(qtbot, QuietTab(desk, tmp_path))
    issue_january(qtbot, tab)
    assert tab.report.figures.later.text() == "● แจ้งภายหลังวันจัดทำรายงาน 1 เรื่อง ออกฉบับแก้ไขเพื่อนับรวมได้"
    assert tab.report.complaints.tabs.tabText(2) == "แจ้งภายหลัง (1)"
    assert tab.report.complaints.later.table.item(0, 0).text() == "หลัง"
    assert not tab.report.figures.difference_box.isVisible()


def test_a_revision_needs_its_reason_and_stands_beside_the_first(qtbot: QtBot, tab: QuietTab, demo_desk: Desk) -> None:
    issue_january(qtbot, tab)
    done = completed_in_january(demo_desk)
    complaint_work.save(demo_desk, done, replace(done, completed=None))
    press(qtbot, tab.buttons.revise)
    assert tab.report.days.last.day() == DAY  # the period she ended earlier is kept
    assert "ดำเนินการเสร็จสิ้น 123 เรื่อง" in tab.report.figures.form_lines.text()
    press(qtbot, tab.buttons.issue)
    assert "ต้องมีเหตุผล" in message(tab) and len(report_view.revisions_of(demo_desk, JANUARY)) == 1
    retype(tab.report.panel.form.why, "เรื่องหนึ่งยังไม่แล้วเสร็จ")
    with answering(lambda dialog: press(qtbot, dialog.go)):
        press(qtbot, tab.buttons.issue)
    assert tab.proposed[-1] == "รายงานความก้าวหน้า ครั้งที่ 4 มกราคม 2563 ฉบับแก้ไขครั้งที่ 1.pdf"
    newest, first = report_view.revisions_of(demo_desk, JANUARY)
    assert (newest.revision, newest.why, newest.figures.figures.completed) == (2, "เรื่องหนึ่งยังไม่แล้วเสร็จ", 123)
    assert first.figures.figures.completed == 124
    facts = tab.report.panel.facts
    assert facts.revision.isEnabled() and facts.revision.count() == 2
    assert facts.why.text() == newest.why and facts.why.isVisible()
    facts.revision.setCurrentIndex(1)
    facts.revision.activated.emit(1)
    assert tab.report.figures.form_lines.text() == FORM_LINES
    assert not tab.buttons.revise.isEnabled() and not tab.buttons.sent.isEnabled()
    press(qtbot, tab.buttons.pdf)
    assert preview_of(qtbot, tab)._paper.pdf == month_reports.issued_pdf(demo_desk, first)


def test_she_can_leave_a_revision_and_the_issued_report_is_back(qtbot: QtBot, tab: QuietTab, demo_desk: Desk) -> None:
    issue_january(qtbot, tab)
    press(qtbot, tab.buttons.revise)
    press(qtbot, tab.buttons.leave)
    assert tab.report.panel.facts.isVisible() and not tab.report.days.isVisible()
    assert len(report_view.revisions_of(demo_desk, JANUARY)) == 1


@pytest.mark.parametrize(
    ("typed", "verdict", "told"),
    [
        ("10/2/2563", "✓ ทันกำหนด", "ตามหนังสือที่ กท 6603/45 ทันกำหนด (จ. 10 ก.พ. 2563)"),
        ("11/2/2563", "⚠ เกินกำหนดส่ง", "ตามหนังสือที่ กท 6603/45 เกินกำหนด (จ. 10 ก.พ. 2563)"),
    ],
)
def test_the_day_sent_is_noted_with_whether_it_was_in_time(
    qtbot: QtBot, open_desk: Callable[..., Desk], tmp_path: Path, typed: str, verdict: str, told: str
) -> None:
    desk = open_desk(date(2020, 2, 12))
    complaint_work.save(desk, None, Complaint(number="1", notified=date(2020, 1, 10)))
    tab = shown(qtbot, QuietTab(desk, tmp_path))
    issue_january(qtbot, tab)
    judged: list[str] = []

    def note(dialog: QDialog) -> None:
        assert isinstance(dialog, SentDialog)
        for wrong, why in (("13/2/2563", "อยู่หลังวันนี้"), ("27/1/2563", "อยู่ก่อนวันจัดทำรายงาน")):
            retype(dialog.field.edit, wrong)
            press(qtbot, dialog.save)
            assert dialog.isVisible() and why in dialog.verdict.text()
        retype(dialog.field.edit, typed)
        assert dialog.letter() == "กท 6603/4"  # the memo's own
        retype(dialog.letter_field, "กท 6603/45")
        judged.append(dialog.verdict.text())
        press(qtbot, dialog.save)

    tab.papers._memo[JANUARY] = MemoWords(number="กท 6603/4")
    with answering(note), qtbot.waitSignal(tab.changed):
        press(qtbot, tab.buttons.sent)
    assert judged == [verdict]
    assert row_words(tab, 3)[1] == "✓ นำส่งแล้ว"
    assert told in tab.report.panel.facts.sent.text()
    assert report_view.revisions_of(desk, JANUARY)[0].sent_on is not None


def test_choosing_core_types_gives_a_quality_score(qtbot: QtBot, tab: QuietTab, demo_desk: Desk) -> None:
    choose_january(qtbot, tab)
    assert tab.report.figures.quality.text() == "- ยังไม่ได้เลือกประเภทเรื่องหลัก"

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, CoreTypesDialog)
        for row in range(6):
            dialog.types.item(row).setCheckState(Qt.CheckState.Checked)
        assert "เกินกว่าที่เลือกได้" in dialog.count.text() and not dialog.save.isEnabled()
        for row in range(1, 6):
            dialog.types.item(row).setCheckState(Qt.CheckState.Unchecked)
        dialog.types.setCurrentRow(2)
        dialog.types.setFocus()
        qtbot.keyClick(dialog.types, Qt.Key.Key_Space)
        assert dialog.count.text() == "เลือกแล้ว 2 จาก 5 ประเภท"
        press(qtbot, dialog.save)

    with answering(choose), qtbot.waitSignal(tab.changed):
        tab.report.figures.core_types.click()
    assert demo_desk.fiscal_year(2563).core_types == ("ความสะอาด", "ถนน")
    monthly = month_reports.figures_of_month(demo_desk, JANUARY, DAY, DAY)
    quality = monthly.figures.quality
    assert f"{quality.done} จาก {quality.total} รายการ = {quality.percent} % → {quality.points} จาก 80" in (
        tab.report.figures.quality.text()
    )
    assert tab.report.figures.quality_year.isVisible()


def test_what_is_typed_for_a_month_is_kept_while_she_looks_at_another(qtbot: QtBot, tab: QuietTab) -> None:
    choose_january(qtbot, tab)
    tab.report.panel.form.note.setPlainText("พิมพ์ค้างไว้")
    tab.show_month(OCTOBER)
    assert tab.report.panel.form.note.toPlainText() == ""
    tab.refresh()
    tab.show_month(JANUARY)
    assert tab.report.panel.form.note.toPlainText() == "พิมพ์ค้างไว้"
    assert tab.report.figures.form_lines.text() == FORM_LINES


def test_out_of_sight_the_tab_waits_and_catches_up_when_shown(qtbot: QtBot, tab: QuietTab, demo_desk: Desk) -> None:
    choose_january(qtbot, tab)
    tab.hide()
    complaint_work.save(demo_desk, None, Complaint(number="เพิ่ม-1", notified=date(2020, 1, 27)))
    tab.refresh()
    assert tab.report.figures.form_lines.text() == FORM_LINES
    tab.show()
    assert "จำนวน 165 เรื่อง" in tab.report.figures.form_lines.text()


def test_another_fiscal_year_shows_the_same_month_of_it(qtbot: QtBot, tab: QuietTab, demo_desk: Desk) -> None:
    complaint_work.save(demo_desk, None, Complaint(number="เก่า-1", notified=date(2018, 11, 5)))
    tab.refresh()
    years = tab.months.years
    assert [years.itemText(row) for row in range(years.count())] == ["ปีงบประมาณ 2563", "ปีงบประมาณ 2562"]
    years.setCurrentIndex(1)
    years.activated.emit(1)
    assert tab.report.heading.text() == "รายงานครั้งที่ 1 · ตุลาคม 2561"
    tab.months.table.selectRow(1)
    assert "จำนวน 1 เรื่อง" in tab.report.figures.form_lines.text()


def test_the_project_record_is_one_press_away(qtbot: QtBot, tab: QuietTab, demo_desk: Desk) -> None:
    choose_january(qtbot, tab)

    def lower_target(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectDialog)
        retype(dialog.target, "70")
        press(qtbot, dialog.save)

    with answering(lower_target), qtbot.waitSignal(tab.changed):
        press(qtbot, tab.buttons.project)
    assert demo_desk.fiscal_year(2563).project.target == 70
    assert tab.report.figures.completed_target.text() == "✓ ดำเนินการเสร็จสิ้น 75.61 % สูงกว่าเป้าหมาย 70 %"


def test_the_place_for_a_file_is_asked_with_a_thai_name_in_documents(
    qtbot: QtBot, demo_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(dialog: QFileDialog) -> int:
        asked.extend(dialog.selectedFiles())
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("รายงาน")
        return QDialog.DialogCode.Accepted.value

    monkeypatch.setattr(QFileDialog, "exec", choose)
    tab = ReportTab(demo_desk)
    qtbot.addWidget(tab)
    assert tab.choose_file("ที่เก็บ", "รายงานความก้าวหน้า.pdf") == tmp_path / "รายงาน.pdf"
    assert Path(asked[0]).name == "รายงานความก้าวหน้า.pdf"
    tab.choose_file("ที่เก็บ", "อื่น.pdf")
    assert Path(asked[1]).parent == tmp_path  # the folder last used
