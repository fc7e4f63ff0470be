"""The menu เอกสาร and the report tab's papers: printed, copied and issued as a whole, by keyboard."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTime, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.domain.complaint import Complaint, Entry, Status
from desktop.domain.months import Month
from desktop.domain.pack_sheet import Part
from desktop.services import complaint_papers, complaint_work, memo_words, month_reports, undoing
from desktop.services.desk import Desk
from desktop.services.month_reports import OfficersWords
from desktop.services.outage_evidence import evidence_of, noted_outages
from desktop.services.outage_work import note_outage
from desktop.storage.issued_reports import of_month
from desktop.storage.register import open_for_reading
from desktop.ui import paper_files
from desktop.ui.holiday_dialog import HolidayDialog
from desktop.ui.issue_dialog import IssueDialog
from desktop.ui.long_work import LongWorkDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.memo_dialog import MemoDialog
from desktop.ui.outage_evidence_dialog import OutageEvidenceDialog
from desktop.ui.outage_list_dialog import OutageListDialog
from desktop.ui.paste_dialog import PasteTextsDialog
from desktop.ui.pdf_preview import PdfPreview
from desktop.ui.project_dialog import ProjectDialog
from desktop.ui.round_dialog import RoundDialog
from desktop.ui.window_pages import DETAIL, LIST, REPORT
from tests.services.picture_faults import encoded, scene
from tests.ui.thai_typing import retype

JANUARY, DAY = Month(2020, 1), date(2020, 1, 28)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NAME, TELEPHONE = "นายสมมติ ตัวอย่าง", "09-8765-4321"


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Callable[[Desk], MainWindow]]:
    """Shows the window over a desk."""
    kept = []

    def show(desk: Desk) -> MainWindow:
        window = app.build_window(desk)
        kept.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 728)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield show
    kept.clear()


@pytest.fixture
def few(desk: Desk) -> Desk:
    """Three complaints of January: one finished, one with a person's name, one in the round."""
    _add(desk, "ก-1", 6, subject="ท่อตัน", accepted=date(2020, 1, 6), completed=date(2020, 1, 7), answer="ล้างท่อแล้ว")
    _add(desk, "ก-2", 7, subject="ถนนทรุด", complainant=NAME, telephone=TELEPHONE)
    first = Entry(date(2020, 1, 9), "ตรวจแล้ว")
    _add(desk, "ก-3", 8, subject="ไฟดับ", unit="ฝ่ายโยธา", accepted=date(2020, 1, 8), first_report=first)
    return desk


def _add(desk: Desk, number: str, day: int, **more: object) -> Complaint:
    return complaint_work.save(desk, None, Complaint(number, date(2020, 1, day), **more))  # type: ignore[arg-type]


def dialog_of(qtbot: QtBot, window: QWidget, kind: type[QDialog]) -> QDialog:
    """The dialog of a kind that comes up; behind a moment's work too."""
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(kind)), timeout=20_000)
    return next(each for each in window.findChildren(kind) if each.isVisible())


def words_of(preview: QDialog) -> str:
    assert isinstance(preview, PdfPreview)
    document: QPdfDocument = preview.view.document()
    return " ".join(" ".join(document.getAllText(page).text() for page in range(document.pageCount())).split())


def press(qtbot: QtBot, button: QWidget) -> None:
    assert button.isVisible() and button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def answer(qtbot: QtBot, box: QDialog, words: str) -> None:
    press(qtbot, next(each for each in box.findChildren(QPushButton) if each.text().replace("&", "") == words))


def in_the_dialog(act: Callable[[QDialog], None]) -> QTimer:
    """Do something in the next dialog that holds the window."""
    timer = QTimer()

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and not isinstance(dialog, LongWorkDialog):
            timer.stop()
            try:
                act(dialog)
            except BaseException:
                dialog.reject()  # else the test would wait for it without an end
                raise

    timer.timeout.connect(look)
    timer.start(10)
    return timer


# What is in front


def test_ctrl_p_prints_the_list_as_it_stands(qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]) -> None:
    window = shown(few)
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL)
    told = words_of(dialog_of(qtbot, window, PdfPreview))
    assert "3 เรื่อง" in told and all(number in told for number in ("ก-1", "ก-2", "ก-3"))
    assert "กำหนดถัดไป" in told and "สถานที่" not in told  # the columns on the screen, no other
    assert "สมมติ" not in told and TELEPHONE not in told


def test_the_list_is_printed_narrowed_and_in_its_order(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    window = shown(few)
    window.list_tab.bar.search.setText("ท")
    qtbot.waitUntil(lambda: window.list_tab.count == 2)
    window.list_tab.view.setColumnHidden(0, True)
    window.commands["print"].trigger()
    told = words_of(dialog_of(qtbot, window, PdfPreview))
    assert "ก-3" not in told and "เฉพาะที่ค้นพบ" in told
    assert [window.list_tab.printed_rows()[place][0] in told for place in (0, 1)] == [True, True]
    assert "กำหนด" not in {title for title, _ in window.list_tab.printed_columns()}


def test_an_empty_list_and_a_far_too_long_one_are_said(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown(few)
    monkeypatch.setattr(complaint_papers, "MOST_ROWS", 2)
    window.commands["print"].trigger()
    box = dialog_of(qtbot, window, QMessageBox)
    assert isinstance(box, QMessageBox) and "ไม่เกิน 2 เรื่อง" in box.text()
    box.close()
    window.list_tab.bar.search.setText("ไม่มีสิ่งนี้")
    qtbot.waitUntil(lambda: window.list_tab.count == 0)
    window.commands["print"].trigger()
    qtbot.waitUntil(lambda: any("รายการว่าง" in each.text() for each in window.findChildren(QMessageBox)))


@pytest.mark.parametrize(("choice", "named"), [("ไม่พิมพ์ชื่อ", False), ("พิมพ์ชื่อและโทรศัพท์", True)])
def test_one_complaint_is_printed_with_who_complained_only_when_she_says_so(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow], choice: str, named: bool
) -> None:
    window = shown(few)
    window.show_complaint("ก-2")
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL)
    answer(qtbot, dialog_of(qtbot, window, QMessageBox), choice)
    told = words_of(dialog_of(qtbot, window, PdfPreview))
    assert "ถนนทรุด" in told and (NAME in told) is (TELEPHONE in told) is named


def test_a_complaint_without_a_name_is_not_asked_about_and_unsaved_typing_is_said(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    window = shown(few)
    window.show_complaint("ก-1")
    retype(window.detail_tab.page.form.matter._texts["subject"], "พิมพ์ค้าง")
    window.commands["print"].trigger()
    preview = dialog_of(qtbot, window, PdfPreview)
    assert "ท่อตัน" in words_of(preview) and "พิมพ์ค้าง" not in words_of(preview)
    assert isinstance(preview, PdfPreview) and "ยังไม่ได้บันทึก" in preview.remarks.text()
    preview.reject()
    window.detail_tab.discard()
    window.tabs.setCurrentIndex(LIST)
    window.detail_tab.new_complaint()
    window.tabs.setCurrentIndex(DETAIL)
    window.commands["print"].trigger()
    box = dialog_of(qtbot, window, QMessageBox)
    assert isinstance(box, QMessageBox) and "ยังไม่ได้เปิดเรื่องใด" in box.text()
    box.close()


def test_ctrl_p_on_the_report_shows_the_draft_or_the_issued_file(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    window = shown(few)
    window.show_report(JANUARY)
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL)
    preview = dialog_of(qtbot, window, PdfPreview)
    assert "จำนวน 3 เรื่อง" in words_of(preview)
    preview.reject()
    report = month_reports.issue(few, month_reports.figures_of_month(few, JANUARY, DAY), OfficersWords(), None)
    window.refresh()
    window.commands["print"].trigger()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(PdfPreview)))
    shown_now = next(each for each in window.findChildren(PdfPreview) if each.isVisible())
    assert hashlib.sha256(shown_now._paper.pdf).hexdigest() == report.sha256


# The day, the round, texts to paste


def test_todays_sheet_is_one_key_away(qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]) -> None:
    window = shown(few)
    qtbot.keyClick(window, Qt.Key.Key_F5, SHIFT)
    told = words_of(dialog_of(qtbot, window, PdfPreview))
    assert "วันนี้ต้องทำอะไร วันอังคารที่ 28 มกราคม 2563" in told and "ก-2" in told and "ก-1" not in told


def test_the_rounds_sheet_asks_round_unit_and_names(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    window = shown(few)
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL | SHIFT)
    dialog = dialog_of(qtbot, window, RoundDialog)
    assert isinstance(dialog, RoundDialog)
    assert [each.text() for each in dialog.choices] == ["พฤ. 30 ม.ค. 2563 · 1 เรื่อง", "ส. 15 ก.พ. 2563 · 1 เรื่อง"]
    assert [dialog.unit.itemText(place) for place in range(dialog.unit.count())] == ["ทุกหน่วยงาน", "ฝ่ายโยธา · 1 เรื่อง"]
    assert not dialog.names.isChecked()
    dialog.unit.setCurrentIndex(1)
    dialog.choices[1].setChecked(True)
    assert dialog.unit.currentText() == "ฝ่ายโยธา · 1 เรื่อง"  # the unit chosen stays with the other round
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    told = words_of(dialog_of(qtbot, window, PdfPreview))
    assert "รอบติดตามผลวันที่ 15 กุมภาพันธ์ 2563" in told and "ฝ่ายโยธา 1 เรื่อง" in told and "ก-3" in told


def test_a_round_without_complaints_is_said_and_not_printed(
    qtbot: QtBot, desk: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    window = shown(desk)
    window.commands["round_sheet"].trigger()
    dialog = dialog_of(qtbot, window, RoundDialog)
    assert isinstance(dialog, RoundDialog) and dialog.empty.isVisible() and not dialog.go.isEnabled()
    dialog.reject()


def test_the_reports_texts_are_copied_by_a_digit_each(
    qtbot: QtBot, demo_desk: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    window = shown(demo_desk)
    window.show_report(JANUARY)
    window.tabs.setCurrentIndex(LIST)
    qtbot.keyClick(window, Qt.Key.Key_C, CTRL | SHIFT)
    dialog = dialog_of(qtbot, window, PasteTextsDialog)
    assert isinstance(dialog, PasteTextsDialog) and window.tabs.currentIndex() == REPORT
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(dialog.isActiveWindow)
    starts = ("เรื่องร้องทุกข์ตั้งแต่วันที่ 1 ม.ค. 2563", "เดือนมกราคม 2563 แยกตามประเภทเรื่อง", "ไตรมาสที่ 2", "ปีงบประมาณ พ.ศ. 2563")
    keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)
    for digit, start in zip(keys, starts, strict=True):
        qtbot.keyClick(dialog.list, digit)
        assert clipboard.text().startswith(start) and dialog.text.toPlainText() == clipboard.text()
        assert dialog.message.text().startswith("✓ คัดลอก")
    clipboard.clear()
    dialog.list.setCurrentRow(0)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert "จำนวน 164 เรื่อง" in clipboard.text() and dialog.isVisible()
    dialog.copy(99)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_f8_copies_the_finished_answer_from_list_and_detail(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    window, clipboard = shown(few), QGuiApplication.clipboard()
    clipboard.clear()
    window.show_complaint("ก-1")
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert clipboard.text() == "ล้างท่อแล้ว\nดำเนินการเสร็จสิ้นเมื่อวันที่ 7 ม.ค. 2563"
    assert "คัดลอกผลการดำเนินการของเรื่อง ก-1 แล้ว" in window.statusBar().currentMessage()
    window.tabs.setCurrentIndex(LIST)
    window.list_tab.view.selectRow(next(row for row in range(3) if window.list_tab.model.number_at(row) == "ก-2"))
    qtbot.keyClick(window, Qt.Key.Key_F8)
    box = dialog_of(qtbot, window, QMessageBox)
    assert isinstance(box, QMessageBox) and "ยังไม่แล้วเสร็จ" in box.text() and "ล้างท่อ" in clipboard.text()
    box.close()


def test_the_texts_open_from_a_complaint_with_an_answer_too(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    window = shown(few)
    window.show_complaint("ก-1")
    qtbot.keyClick(window, Qt.Key.Key_C, CTRL | SHIFT)
    dialog = dialog_of(qtbot, window, PasteTextsDialog)
    assert isinstance(dialog, PasteTextsDialog) and window.tabs.currentIndex() == REPORT
    assert dialog.text.toPlainText().startswith("เรื่องร้องทุกข์ตั้งแต่วันที่ 1 ม.ค. 2563")
    dialog.reject()


# The month's pack


def choose(tmp_path: Path, asked: list[str]) -> Callable[[QFileDialog], int]:
    def answered(dialog: QFileDialog) -> int:
        asked.append(Path(dialog.selectedFiles()[0]).name)
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("ชุด.pdf")
        return QDialog.DialogCode.Accepted.value

    return answered


def test_the_whole_pack_is_previewed_and_issued_and_only_its_folder_opened(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown(few)
    window.show_report(JANUARY)
    tab = window.report_tab
    asked: list[str] = []
    opened: list[Path] = []
    monkeypatch.setattr(QFileDialog, "exec", choose(tmp_path, asked))
    monkeypatch.setattr("desktop.ui.report_tab.open_folder", lambda path: bool(opened.append(path)) or True)
    seen: list[str] = []

    def look_then_go(dialog: QDialog) -> None:
        assert isinstance(dialog, IssueDialog) and not dialog.with_pack() and not dialog.memo.isEnabled()
        dialog.whole.setChecked(True)
        assert dialog.memo.isEnabled()
        dialog.preview.click()
        preview = dialog_of(qtbot, dialog, PdfPreview)
        seen.append(words_of(preview))
        preview.reject()
        dialog.go.click()

    timer = in_the_dialog(look_then_go)
    press(qtbot, tab.buttons.issue)
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    assert not timer.isActive() and "ภาคผนวก ก" in seen[0] and "บันทึกข้อความ" in seen[0]
    [report] = of_month(few.register.connection, JANUARY)
    path = tmp_path / "ชุด.pdf"
    assert opened == [path] and hashlib.sha256(path.read_bytes()).hexdigest() == report.sha256
    assert asked == ["รายงานความก้าวหน้า ครั้งที่ 4 มกราคม 2563 ฉบับแรก พร้อมเอกสารแนบ.pdf"]
    assert tab.buttons.message.text().startswith("✓ ออกรายงานครั้งที่ 4 แล้ว") and tab.buttons.pdf.isVisible()
    assert paper_files.paper_folder() == tmp_path


@pytest.mark.parametrize("part", list(Part))
def test_each_part_opens_alone_from_the_menu(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow], part: Part
) -> None:
    window = shown(few)
    window.show_report(JANUARY)
    if part is Part.REPORT:
        press(qtbot, window.report_tab.buttons.draft)
    else:
        window.report_tab.buttons.parts[part].trigger()
    told = words_of(dialog_of(qtbot, window, PdfPreview))
    words = {
        Part.MEMO: "จึงเรียนมาเพื่อโปรดทราบ",
        Part.REPORT: "ขอรับรองว่า",
        Part.SUMMARY: "1. จำนวนเรื่องแยกตามประเภทและสถานะ",
        Part.OUTAGES: "ขัดข้อง เดือนมกราคม 2563",
        Part.LIST: "ลำดับ",
    }
    assert [each for each in Part if words[each] in told] == [part]


def test_beside_an_issued_report_stand_its_memo_and_annexes(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    month_reports.issue(few, month_reports.figures_of_month(few, JANUARY, DAY), OfficersWords(), None)
    window = shown(few)
    window.show_report(JANUARY)
    assert "ไม่รวมแบบรายงาน" in window.report_tab.buttons.whole.text()
    window.report_tab.buttons.whole.trigger()
    told = words_of(dialog_of(qtbot, window, PdfPreview))
    assert "จึงเรียนมาเพื่อโปรดทราบ" in told and "ภาคผนวก ค" in told and "ขอรับรองว่า" not in told


def test_the_whole_set_of_a_report_issued_as_a_pack_is_its_very_file(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    month_reports.issue(few, month_reports.figures_of_month(few, JANUARY, DAY), OfficersWords(), None, pack=True)
    window = shown(few)
    window.show_report(JANUARY)
    buttons = window.report_tab.buttons
    buttons.papers.menu().aboutToShow.emit()
    assert "ตามที่ออกแล้ว" in buttons.whole.text()
    buttons.whole.trigger()
    told = words_of(dialog_of(qtbot, window, PdfPreview))
    assert "จึงเรียนมาเพื่อโปรดทราบ" in told and "ภาคผนวก ค" in told and "ขอรับรองว่า" in told


def test_the_memos_words_are_typed_once_its_number_and_day_for_this_one(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow], tmp_path: Path
) -> None:
    window = shown(few)
    window.show_report(JANUARY)
    picture = tmp_path / "ครุฑ.png"
    picture.write_bytes(encoded(scene(90, 100, 3), "PNG"))

    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, MemoDialog) and dialog.to.text().startswith("หัวหน้าสำนักงาน")
        retype(dialog.to, "")
        dialog.save.click()
        assert dialog.isVisible() and "เรียนถึงใคร" in dialog.problem.text()
        for field, words in ((dialog.to, "ผู้รับตัวอย่าง"), (dialog.signer, "ผู้ลงนามตัวอย่าง"), (dialog.number, "กท 1/2")):
            retype(field, words)
        retype(dialog.day.edit, "28/1/2563")
        dialog.choose_file = lambda: picture  # type: ignore[method-assign]
        dialog.choose.click()
        assert not dialog.picture.pixmap().isNull() and dialog.leave_out.isEnabled()
        dialog.save.click()

    timer = in_the_dialog(fill_in)
    window.report_tab.buttons.memo.trigger()
    assert not timer.isActive()
    assert memo_words.memo_words(few).signer == "ผู้ลงนามตัวอย่าง" and memo_words.memo_words(few).number == ""
    window.report_tab.buttons.parts[Part.MEMO].trigger()
    told = words_of(dialog_of(qtbot, window, PdfPreview))
    assert all(words in told for words in ("ผู้รับตัวอย่าง", "(ผู้ลงนามตัวอย่าง)", "กท 1/2", "28 มกราคม 2563"))


# The check before issuing leads to what mends it


def follow(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Press ออกรายงาน and follow the link of that line."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, IssueDialog)
        tree = dialog.tree
        lines = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
        line = next(each for each in lines if words in each.text(0))
        tree.setCurrentItem(line.child(0))
        tree.itemDoubleClicked.emit(line.child(0), 0)

    timer = in_the_dialog(act)
    window.report_tab.buttons.issue.click()
    qtbot.waitUntil(lambda: not timer.isActive(), timeout=20_000)


def test_unaccepted_complaints_are_shown_in_the_list(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    window = shown(few)
    window.show_report(JANUARY)
    follow(qtbot, window, "ยังไม่ได้รับเรื่อง")
    assert window.tabs.currentIndex() == LIST and window.list_tab.count == 1
    assert window.list_tab.wanted.status is Status.NEW and window.list_tab.wanted.month == JANUARY
    assert of_month(few.register.connection, JANUARY) == []


def test_a_skipped_month_and_the_days_are_one_press_away(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    window = shown(few)
    window.show_report(JANUARY)
    follow(qtbot, window, "จัดทำก่อนสิ้นช่วง")
    assert window.report_tab.report.days.drawn_on.edit.hasFocus() or window.report_tab.report.days.isVisible()
    follow(qtbot, window, "เลขรายงานไม่ต่อเนื่อง")
    assert window.report_tab.report.heading.text() == "รายงานครั้งที่ 1 · ตุลาคม 2562"


def test_the_project_record_opens_from_the_check(qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]) -> None:
    window = shown(few)
    window.show_report(JANUARY)
    seen: list[str] = []

    def then(dialog: QDialog) -> None:
        seen.append(type(dialog).__name__)
        dialog.reject()

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, IssueDialog)
        second.append(in_the_dialog(then))
        tree = dialog.tree
        line = next(
            each
            for each in (tree.topLevelItem(row) for row in range(tree.topLevelItemCount()))
            if "ข้อมูลโครงการยังว่าง" in each.text(0)
        )
        tree.followed.emit(line.child(0).data(0, int(Qt.ItemDataRole.UserRole) + 1))

    second: list[QTimer] = []
    timer = in_the_dialog(act)
    window.report_tab.buttons.issue.click()
    qtbot.waitUntil(lambda: seen == [ProjectDialog.__name__], timeout=20_000)
    assert not timer.isActive()


def test_an_outage_without_a_picture_gets_one_from_the_check(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    noted = note_outage(few, datetime(2020, 1, 2, 10), datetime(2020, 1, 2, 11), "ล่ม")
    window = shown(few)
    window.show_report(JANUARY)
    follow(qtbot, window, "ยังไม่มีภาพหลักฐาน")
    dialog = dialog_of(qtbot, window, OutageEvidenceDialog)
    assert isinstance(dialog, OutageEvidenceDialog) and dialog.pictures.empty.isVisible()
    assert not dialog.primary.isEnabled()
    QGuiApplication.clipboard().clear()
    image = encoded(scene(640, 400, 1), "PNG")
    from PySide6.QtGui import QImage

    QGuiApplication.clipboard().setImage(QImage.fromData(image))
    dialog.pictures.paste()
    qtbot.waitUntil(dialog.primary.isEnabled, timeout=10_000)
    qtbot.waitUntil(lambda: not dialog.pictures.is_busy)
    with qtbot.waitSignal(dialog.saved, timeout=20_000):
        dialog.primary.click()
    assert len(evidence_of(few, noted.number).attachments) == 1 and not dialog.isVisible()
    window.papers.mend_outage(noted.number)
    again = dialog_of(qtbot, window, OutageEvidenceDialog)
    assert isinstance(again, OutageEvidenceDialog) and again.pictures.shelf.count() == 1
    assert not again.pictures.empty.isVisible()
    again.page.click()
    assert "ล่ม" in words_of(dialog_of(qtbot, window, PdfPreview))


def test_characters_an_outage_cannot_print_lead_to_where_its_text_is_mended(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    noted = note_outage(few, datetime(2020, 1, 6, 10), datetime(2020, 1, 6, 11), "ล่ม 🙈", by="สมใจ")
    window = shown(few)
    window.show_report(JANUARY)
    follow(qtbot, window, "🙈 (U+1F648)")
    dialog = dialog_of(qtbot, window, OutageEvidenceDialog)
    assert isinstance(dialog, OutageEvidenceDialog) and not dialog.primary.isEnabled()
    dialog.fields.what.setPlainText("ล่มทั้งสำนักงาน")
    with qtbot.waitSignal(dialog.saved, timeout=20_000):
        press(qtbot, dialog.primary)
    assert evidence_of(few, noted.number).outage.what == "ล่มทั้งสำนักงาน"
    assert "แก้ไขบันทึกระบบขัดข้องครั้งที่ 1" in window.statusBar().currentMessage()


# Outages noted earlier


def listed_outages(qtbot: QtBot, window: MainWindow) -> OutageListDialog:
    """The list of outages, by its command."""
    window.commands["outages"].trigger()
    listed = dialog_of(qtbot, window, OutageListDialog)
    assert isinstance(listed, OutageListDialog)
    return listed


def first_listed_outage(qtbot: QtBot, window: MainWindow) -> tuple[OutageListDialog, OutageEvidenceDialog]:
    """The list and the outage it opens at its button."""
    listed = listed_outages(qtbot, window)
    press(qtbot, listed.primary)
    dialog = dialog_of(qtbot, window, OutageEvidenceDialog)
    assert isinstance(dialog, OutageEvidenceDialog)
    return listed, dialog


def test_outages_are_listed_by_month_and_enter_opens_one_to_be_mended_and_printed(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    picture = encoded(scene(640, 400, 1), "PNG")
    note_outage(few, datetime(2019, 12, 9, 8), datetime(2019, 12, 9, 9), "เดือนก่อน")
    noted = note_outage(few, datetime(2020, 1, 6, 10), datetime(2020, 1, 6, 11), "ล่ม", [("จอ.png", picture)], "สมใจ")
    window = shown(few)
    listed = listed_outages(qtbot, window)
    table = listed.table.table
    cells = [[table.item(row, column).text() for column in range(6)] for row in range(table.rowCount())]
    assert cells == [
        ["6 ม.ค. 2563 10.00 น.", "6 ม.ค. 2563 11.00 น.", "1 ชั่วโมง", "1 ภาพ", "สมใจ", "ล่ม"],
        ["9 ธ.ค. 2562 08.00 น.", "9 ธ.ค. 2562 09.00 น.", "1 ชั่วโมง", "ไม่มีภาพ", "ไม่มีชื่อ", "เดือนก่อน"],
    ]
    assert [listed.month.itemText(place) for place in range(3)] == ["ทุกเดือน", "มกราคม 2563", "ธันวาคม 2562"]
    listed.month.setCurrentIndex(1)
    assert listed.table.row_count == 1 and listed.count.text() == "1 ครั้ง"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    dialog = dialog_of(qtbot, window, OutageEvidenceDialog)
    assert isinstance(dialog, OutageEvidenceDialog) and dialog.page.text().endswith("…")
    dialog.fields.began_at.setTime(QTime(9, 30))
    dialog.pictures.take_out(dialog.pictures.shelf.key())
    press(qtbot, dialog.page)  # saves first
    preview = dialog_of(qtbot, window, PdfPreview)
    assert "เวลา 09.30 - 11.00 น." in words_of(preview) and "ไม่มีภาพหน้าจอ" in words_of(preview)
    preview.reject()
    assert evidence_of(few, noted.number).attachments == ()
    assert listed.isVisible() and table.item(0, 2).text() == "1 ชั่วโมง 30 นาที" and table.item(0, 3).text() == "ไม่มีภาพ"


def test_an_outage_is_struck_out_after_a_question_and_comes_back_with_undo(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    noted = note_outage(few, datetime(2020, 1, 6, 10), datetime(2020, 1, 6, 11), "ล่ม", by="สมใจ")
    window = shown(few)
    listed, dialog = first_listed_outage(qtbot, window)
    press(qtbot, dialog.strike)
    answer(qtbot, dialog_of(qtbot, window, QMessageBox), "ขีดฆ่า")
    assert noted_outages(few) == [] and not dialog.isVisible()
    assert listed.table.words.isVisible() and not listed.primary.isEnabled()
    assert "Ctrl+Z" in window.statusBar().currentMessage()
    undoing.undo_newest(few)
    assert evidence_of(few, noted.number).outage == noted


def test_in_a_register_open_for_reading_alone_an_outage_is_looked_at_and_printed(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    note_outage(few, datetime(2020, 1, 6, 10), datetime(2020, 1, 6, 11), "ล่ม", by="สมใจ")
    beside = Desk(open_for_reading(few.register.folder), few.shipped, few.today_of)
    try:
        window = shown(beside)
        _, dialog = first_listed_outage(qtbot, window)
        assert dialog.fields.what.isReadOnly() and dialog.fields.by.isReadOnly()
        assert not dialog.strike.isVisible() and not dialog.pictures.paste_button.isVisible()
        assert not dialog.primary.isEnabled()
        press(qtbot, dialog.page)
        assert "ล่ม" in words_of(dialog_of(qtbot, window, PdfPreview))
    finally:
        beside.register.close()


def test_years_whose_holidays_are_not_known_lead_to_the_calendar(
    qtbot: QtBot, open_desk: Callable[..., Desk], shown: Callable[[Desk], MainWindow]
) -> None:
    desk = open_desk(date(2030, 1, 28))
    complaint_work.save(desk, None, Complaint("1", date(2030, 1, 7)))
    window = shown(desk)
    window.show_report(Month(2030, 1))
    follow(qtbot, window, "ยังไม่ครบ โปรดตรวจปฏิทินวันหยุด")
    dialog = dialog_of(qtbot, window, HolidayDialog)
    assert isinstance(dialog, HolidayDialog) and dialog.year.value() == 2573
    assert dialog.unknown.isVisible() and "2573" in dialog.unknown.text()
    dialog.reject()


# A register open for reading alone


def test_papers_are_made_of_a_register_open_for_reading_alone(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    beside = Desk(open_for_reading(few.register.folder), few.shipped, few.today_of)
    try:
        window = shown(beside)
        window.show_complaint("ก-2")
        window.commands["print"].trigger()  # nobody is asked: names taken out could not be noted
        preview = dialog_of(qtbot, window, PdfPreview)
        assert "ถนนทรุด" in words_of(preview) and NAME not in words_of(preview)
        preview.reject()
        window.commands["round_sheet"].trigger()
        dialog = dialog_of(qtbot, window, RoundDialog)
        assert isinstance(dialog, RoundDialog) and not dialog.names.isEnabled()
        dialog.reject()
        window.close()
    finally:
        beside.register.close()


def test_a_paper_that_cannot_be_made_is_said_and_the_window_goes_on(
    qtbot: QtBot, few: Desk, shown: Callable[[Desk], MainWindow]
) -> None:
    window = shown(few)
    for ask in (window.papers.outage, window.papers.mend_outage):
        ask(99)
        box = dialog_of(qtbot, window, QMessageBox)
        assert isinstance(box, QMessageBox) and "ไม่มีบันทึกระบบขัดข้องครั้งที่ 99" in box.text()
        box.close()
    window.show_complaint("ก-1")
    window.commands["print"].trigger()
    assert "ท่อตัน" in words_of(dialog_of(qtbot, window, PdfPreview))
