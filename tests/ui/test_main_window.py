"""The window as the officer meets it: the strip, the menus, import and export, the calendar, opening and closing."""

import csv
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox, QPushButton, QWidget

from desktop import app, paths
from desktop.domain.complaint import Complaint
from desktop.services.automatic_backups import backups_there
from desktop.services.backups import make_backup
from desktop.services.complaint_work import complaint, save
from desktop.services.desk import CannotDo, Desk, bangkok_today
from desktop.services.importing import ImportedFile, ImportResult, RowNote
from desktop.services.list_lines import Due, SortBy
from desktop.services.office_settings import holidays_of_year, officer_name
from desktop.services.progress import Cancelled, Progress
from desktop.storage.register import open_for_reading
from desktop.ui import icons, restore_work, theme
from desktop.ui.dialog_size import FRAME
from desktop.ui.first_window import FirstWindow, raise_first_window, server_name
from desktop.ui.guide_dialog import GuideDialog
from desktop.ui.holiday_dialog import HolidayDialog
from desktop.ui.import_result import ImportResultDialog
from desktop.ui.list_columns import Column
from desktop.ui.long_work import LongWork, LongWorkDialog, run_long
from desktop.ui.main_menus import MENUS
from desktop.ui.main_window import MainWindow
from desktop.ui.officer_dialog import OfficerDialog
from desktop.ui.theme import Look
from desktop.ui.window_pages import DETAIL, LIST, REPORT
from tests.ui.thai_typing import retype

TODAY = date(2020, 1, 28)
HEADINGS = "เลขที่รับแจ้ง,วันที่แจ้ง,เรื่อง\n"


@pytest.fixture
def shown(qtbot) -> Iterator[Callable[..., MainWindow]]:
    """Shows the window over a desk."""
    kept = []

    def show(desk: Desk, settings: QSettings | None = None, banner: str = "") -> MainWindow:
        window = app.build_window(desk, settings, banner)
        kept.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 700)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield show
    kept.clear()


def add(desk: Desk, number: str, notified: date, **more: object) -> Complaint:
    return save(desk, None, Complaint(number, notified, **more))  # type: ignore[arg-type]


def box_of(qtbot, window: QWidget) -> QMessageBox:
    """The message in front."""
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)))
    return next(box for box in window.findChildren(QMessageBox) if box.isVisible())


def press(qtbot, box: QMessageBox, words: str) -> None:
    button = next(button for button in box.findChildren(QPushButton) if button.text().replace("&", "") == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def result_of(qtbot, window: MainWindow, title: str) -> ImportResultDialog:
    def found() -> list[ImportResultDialog]:
        dialogs = window.findChildren(ImportResultDialog)
        return [dialog for dialog in dialogs if dialog.isVisible() and dialog.windowTitle() == title]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def holiday_labels(window: MainWindow) -> list[str]:
    return [day.toolTip() for day in window.strip.days if isinstance(day, QLabel)]


# The window and its strip


def test_the_title_names_register_office_and_fiscal_year(desk: Desk, shown):
    assert shown(desk).windowTitle() == "ทะเบียนเรื่องร้องทุกข์ · สำนักงานเขตประเวศ · ปีงบประมาณ 2563"


def test_the_strip_tells_the_day_and_what_burns(demo_desk: Desk, shown):
    strip = shown(demo_desk).strip
    assert strip.today.text() == "วันนี้ อังคาร 28 ม.ค. 2563"
    assert [badge.text() for badge in strip.badges.values()] == [
        "⚠ เกินกำหนด 4",
        "● ครบกำหนดวันนี้ 4",
        "○ ภายใน 3 วันทำการ 56",
    ]


def test_a_badge_and_a_day_narrow_the_list_to_as_many_as_they_say(demo_desk: Desk, qtbot, shown):
    window = shown(demo_desk)
    window.tabs.setCurrentIndex(REPORT)
    for due, count in ((Due.OVERDUE, 4), (Due.TODAY, 4), (Due.SOON, 56)):
        qtbot.mouseClick(window.strip.badges[due], Qt.MouseButton.LeftButton)
        assert window.tabs.currentIndex() == LIST
        assert (window.list_tab.wanted.due, window.list_tab.count) == (due, count)
        assert [badge.isChecked() for badge in window.strip.badges.values()] == [
            each is due for each in window.strip.badges
        ]
    days = [day for day in window.strip.days if isinstance(day, QPushButton)]
    assert len(days) == 10
    assert days[1].text() == "พ. 29\n8"
    qtbot.mouseClick(days[1], Qt.MouseButton.LeftButton)
    assert window.list_tab.count == 8 and days[1].isChecked()
    assert not any(badge.isChecked() for badge in window.strip.badges.values())
    qtbot.mouseClick(days[1], Qt.MouseButton.LeftButton)
    assert window.list_tab.count == 752 and not days[1].isChecked()


def test_a_holiday_is_shown_by_its_name_and_cannot_be_pressed(desk: Desk, shown):
    window = shown(desk)
    assert holiday_labels(window) == ["10 กุมภาพันธ์ 2563: หยุด ชดเชยวันมาฆบูชา"]
    assert window.strip.days[9].text() == "จ. 10\nชดเชยวันมาฆบูชา"


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2020, 2, 5), "รายงาน ม.ค. ควรส่งภายใน ศ. 7 ก.พ. (อีก 2 วันทำการ)"),
        (date(2020, 2, 7), "● รายงาน ม.ค. ควรส่งภายใน ศ. 7 ก.พ. (วันนี้)"),
        (date(2020, 2, 10), "● รายงาน ม.ค. ต้องส่งภายใน จ. 10 ก.พ. ซึ่งเป็นวันหยุด"),
        (date(2020, 2, 11), "⚠ รายงาน ม.ค. เลยกำหนดส่ง 10 ก.พ."),
    ],
)
def test_the_reminder_points_at_the_last_working_day_to_send_the_report(desk: Desk, qtbot, shown, today, words):
    add(desk, "1", date(2020, 1, 20))
    desk.today_of = lambda: today
    window = shown(desk)
    assert window.strip.report.text() == words
    qtbot.mouseClick(window.strip.report, Qt.MouseButton.LeftButton)
    assert window.tabs.currentIndex() == REPORT
    assert any("มกราคม 2563" in label.text() for label in window.report_tab.findChildren(QLabel) if label.isVisible())


def test_without_a_report_to_send_nothing_reminds(desk: Desk, shown):
    assert not shown(desk).strip.report.isVisible()


def test_a_window_left_open_over_night_speaks_of_the_new_day(demo_desk: Desk, shown):
    window = shown(demo_desk)
    demo_desk.today_of = lambda: date(2020, 1, 29)
    window._look_at_the_day()
    assert window.strip.today.text() == "วันนี้ พุธ 29 ม.ค. 2563"
    assert window.list_tab.wanted.today == date(2020, 1, 29)
    assert window.strip.badges[Due.OVERDUE].text() == "⚠ เกินกำหนด 8"


def test_the_window_fits_an_old_screen(demo_desk: Desk, qtbot, shown):
    window = shown(demo_desk)
    window.show_complaint("2562-00424")
    for place in (LIST, DETAIL, REPORT):
        window.tabs.setCurrentIndex(place)
        qtbot.wait(50)
        assert not window.pages[place].verticalScrollBar().isVisible(), "the whole tab is seen, its main button too"
    assert window.minimumSizeHint().width() <= 1366 and window.minimumSizeHint().height() <= 700


@pytest.mark.parametrize("name", ["holidays", "officer", "guide", "about"])
def test_dialogs_fit_an_old_screen_with_text_at_150_per_cent(desk: Desk, shown, name: str):
    window = shown(desk)
    before = set(QApplication.topLevelWidgets())
    window.commands[name].trigger()
    (dialog,) = (each for each in QApplication.topLevelWidgets() if each not in before and each.isVisible())
    least = dialog.minimumSizeHint()
    assert least.width() <= 1366 / 1.5 and least.height() <= (768 - 40) / 1.5 - FRAME
    dialog.close()


def test_the_guide_tells_of_what_the_menus_and_buttons_do(desk: Desk, qtbot):
    dialog = GuideDialog()
    qtbot.addWidget(dialog)
    words = dialog.page.toPlainText()
    for told in ("F9", "ทั้งชุด", "ลงนาม", "สำรองข้อมูล", "กู้คืน", "ตรวจแฟ้ม PDF", "เลิกทำรายการที่เลือก"):
        assert told in words
    document = dialog.page.document()
    begins = [document.begin(), document.findBlock(words.index("ระบบกลางขัดข้อง"))]
    assert all(block.begin().fragment().charFormat().font().bold() for block in begins)
    assert not document.begin().next().begin().fragment().charFormat().font().bold()


# Tabs and keys


def test_a_row_opened_stands_in_the_detail_tab(demo_desk: Desk, qtbot, shown):
    window = shown(demo_desk)
    window.list_tab.view.setCurrentIndex(window.list_tab.model.index(0, 0))
    qtbot.keyClick(window.list_tab.view, Qt.Key.Key_Return)
    assert window.tabs.currentIndex() == DETAIL
    assert window.detail_tab.number == "2562-00424"


def test_what_one_tab_saves_the_list_and_the_strip_show(demo_desk: Desk, shown):
    window = shown(demo_desk)
    window.show_complaint("2563-00731")
    before = complaint(demo_desk, "2563-00731")
    save(demo_desk, before, replace(before, accepted=TODAY))
    window.detail_tab.changed.emit()
    assert window.strip.badges[Due.OVERDUE].text() == "⚠ เกินกำหนด 3"
    numbers = [window.list_tab.model.number_at(row) for row in range(3)]
    assert "2563-00731" not in numbers


def test_the_keys_lead_where_the_menus_say(demo_desk: Desk, qtbot, shown):
    window = shown(demo_desk)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_3, control)
    assert window.tabs.currentIndex() == REPORT
    qtbot.keyClick(window, Qt.Key.Key_2, control)
    assert window.tabs.currentIndex() == DETAIL
    qtbot.keyClick(window, Qt.Key.Key_F, control)
    qtbot.waitUntil(window.list_tab.bar.search.hasFocus)
    window.list_tab.bar.status.setCurrentIndex(1)
    window.list_tab._sort(SortBy.SUBJECT, True)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert not window.list_tab.filter_is_on and window.list_tab.wanted.sort_by is SortBy.DUE
    qtbot.keyClick(window, Qt.Key.Key_N, control)
    assert window.tabs.currentIndex() == DETAIL and window.detail_tab.is_open and not window.detail_tab.number


def test_every_command_has_an_icon_that_can_be_drawn(desk: Desk, shown):
    icons.use_folder(paths.icons_folder())
    try:
        window = shown(desk)
        named = [command for _, commands in MENUS for command in commands if command.name]
        for command in named:
            drawn = window.commands[command.name].icon().pixmap(icons.SIZE, icons.SIZE).toImage()
            colours = {drawn.pixelColor(x, y).alpha() for x in range(icons.SIZE) for y in range(icons.SIZE)}
            assert len(colours) > 2, command.name
    finally:
        icons._folders.clear()


def test_icons_and_tints_follow_the_system_into_the_dark(demo_desk: Desk, shown, qapp: QApplication):
    icons.use_folder(paths.icons_folder())
    try:
        window = shown(demo_desk)
        theme.apply_theme(qapp, dark=True)
        window.wear_theme()
        drawn = window.list_tab.bar.columns.icon().pixmap(icons.SIZE, icons.SIZE).toImage()
        dots = [drawn.pixelColor(x, y) for x in range(icons.SIZE) for y in range(icons.SIZE)]
        inks = {dot.name() for dot in dots if dot.alpha() == 255}
        assert inks == {theme.DARK.text}
        tint = window.list_tab.model.index(0, Column.DUE).data(Qt.ItemDataRole.BackgroundRole)
        assert tint.color().name() == theme.DARK.tint[Look.OVERDUE]
    finally:
        theme.apply_theme(qapp, dark=False)
        icons._folders.clear()


# Import and export


def test_an_import_is_looked_at_first_and_then_done(desk: Desk, qtbot, shown, tmp_path: Path, monkeypatch):
    source = tmp_path / "เดือนมกราคม.csv"
    rows = "A-1,27/1/2563,น้ำท่วม\nA-2,31/1/2563,มาจากอนาคต\nA-3,28/1/2563,ไฟดับ\n"
    source.write_text(HEADINGS + rows, encoding="utf-8-sig")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(source)], ""))
    window = shown(desk)
    window.commands["import"].trigger()
    tried = result_of(qtbot, window, "ตรวจก่อนนำเข้า")
    assert "เรื่องใหม่ 2" in tried.heading.text() and "ไม่รับ 1 แถว" in tried.heading.text()
    cells = [tried.refused.table.item(0, column).text() for column in range(4)]
    assert cells[:3] == ["เดือนมกราคม.csv", "3", "A-2"] and "31 ม.ค. 2563" in cells[3]
    assert window.list_tab.count == 0
    tried.copy_button.click()
    assert QGuiApplication.clipboard().text().split("\n")[1].startswith("เดือนมกราคม.csv\t3\tA-2\t")
    qtbot.keyClick(tried, Qt.Key.Key_Return)  # the primary button
    done = result_of(qtbot, window, "นำเข้าแล้ว")
    assert "เรื่องใหม่ 2" in done.heading.text()
    assert window.list_tab.count == 2 and window.strip.badges[Due.TODAY].text() == "● ครบกำหนดวันนี้ 1"
    assert window.list_tab.view.isVisible()


def test_an_import_called_off_changes_nothing(desk: Desk, qtbot, shown, tmp_path: Path):
    source = tmp_path / "a.csv"
    source.write_text(HEADINGS + "A-1,27/1/2563,น้ำท่วม\n", encoding="utf-8-sig")
    window = shown(desk)
    window.spreadsheets.try_files([source])
    qtbot.keyClick(result_of(qtbot, window, "ตรวจก่อนนำเข้า"), Qt.Key.Key_Escape)
    window.refresh()
    assert window.list_tab.count == 0


def test_of_very_many_refused_rows_the_first_are_shown_and_all_are_copied(qtbot):
    notes = tuple(RowNote(row, None, "อ่านวันที่ไม่ได้") for row in range(2, 2502))
    dialog = ImportResultDialog(
        ImportResult(None, (ImportedFile("a.csv", "register", 0, 0, 0, notes, ()),)), tried=True
    )
    qtbot.addWidget(dialog)
    assert dialog.refused.table.rowCount() == 1001
    assert dialog.refused.table.item(1000, 0).text() == "และอีก 1,500 แถว"
    assert dialog.notes.tabText(0) == "แถวที่ไม่รับ (2,500)" and not dialog.go_button.isEnabled()
    dialog.copy_button.click()
    assert len(QGuiApplication.clipboard().text().split("\n")) == 2501


def test_a_file_that_is_no_table_is_explained(desk: Desk, qtbot, shown, tmp_path: Path):
    source = tmp_path / "รูป.xlsx"
    source.write_bytes(b"\x89PNG\r\n\x1a\n")
    window = shown(desk)
    window.spreadsheets.try_files([source])
    assert "รูป.xlsx" in box_of(qtbot, window).text() and "รูปภาพ" in box_of(qtbot, window).text()


def test_the_whole_register_is_exported_without_names(demo_desk: Desk, qtbot, shown, tmp_path: Path, monkeypatch):
    target = tmp_path / "ทะเบียน"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), "CSV (*.csv)"))
    window = shown(demo_desk)
    window.commands["export"].trigger()
    assert "752 เรื่อง" in box_of(qtbot, window).text()
    written = (tmp_path / "ทะเบียน.csv").read_text("utf-8-sig")
    assert written.count("\n") >= 753 and "ผู้ร้องตัวอย่าง" not in written


def test_a_filtered_list_asks_what_to_export_and_names_only_on_request(
    demo_desk: Desk, qtbot, shown, tmp_path: Path, monkeypatch
):
    target = tmp_path / "ส่วน.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), "CSV (*.csv)"))
    window = shown(demo_desk)
    window.list_tab.choose_due(Due.OVERDUE)
    window.commands["export_private"].trigger()
    box = box_of(qtbot, window)
    assert "ชื่อและโทรศัพท์" in box.text() and "4 เรื่อง" in box.text()
    press(qtbot, box, "เฉพาะที่แสดง 4 เรื่อง")
    qtbot.waitUntil(target.exists)
    with target.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.DictReader(file))
    assert len(written) == 4 and all(row["ผู้ร้อง"].startswith("ผู้ร้องตัวอย่าง") for row in written)
    done = box_of(qtbot, window).button(QMessageBox.StandardButton.Ok)  # whatever Qt's words are by now
    qtbot.mouseClick(done, Qt.MouseButton.LeftButton)


# Long work


def test_the_window_stays_alive_and_shows_how_far_the_work_is(desk: Desk, qtbot, shown):
    window = shown(desk)
    ticks = []
    clock = QTimer(window)
    clock.timeout.connect(lambda: ticks.append(time.monotonic()))
    clock.start(10)
    given = []

    def work(beside: Desk, progress: Progress) -> int:
        assert beside is not desk and beside.register.connection is not desk.register.connection
        for done in range(60):
            assert progress(done, 60)
            time.sleep(0.01)
        return 42

    run_long(window, desk, "กำลังลอง", work, given.append)
    dialog = window.findChildren(LongWorkDialog)[0]
    assert dialog.isVisible() and QApplication.activeModalWidget() is dialog
    qtbot.waitUntil(lambda: "จาก 60" in dialog._words.text())
    qtbot.waitUntil(lambda: given == [42])
    assert len(ticks) > 15 and max(after - before for before, after in pairwise(ticks)) < 0.2
    qtbot.waitUntil(lambda: not window.findChildren(LongWorkDialog))


def test_work_cancelled_ends_by_itself_and_says_that_nothing_changed(desk: Desk, qtbot, shown):
    window = shown(desk)

    def work(beside: Desk, progress: Progress) -> None:
        while progress(1, 2):
            time.sleep(0.005)
        raise Cancelled

    run_long(window, desk, "กำลังลอง", work, lambda _: pytest.fail("cancelled work is not done"))
    assert not window.close() and window.isVisible()  # the window waits for its work
    dialog = window.findChildren(LongWorkDialog)[0]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert "ไม่มีอะไรถูกแก้ไข" in box_of(qtbot, window).text()
    qtbot.waitUntil(lambda: not window.findChildren(LongWork))


@pytest.mark.parametrize(
    ("error", "said", "unsaid"),
    [
        (CannotDo("ดิสก์เต็ม โปรดเพิ่มที่ว่าง"), "ดิสก์เต็ม โปรดเพิ่มที่ว่าง", "Error"),
        (ValueError("นายสมชาย 081-234-5678"), "ข้อมูลเดิมอยู่ครบ", "สมชาย"),
    ],
)
def test_work_that_fails_says_so_in_one_thai_sentence(desk: Desk, qtbot, shown, error, said, unsaid):
    window = shown(desk)

    def work(beside: Desk, progress: Progress) -> None:
        raise error

    run_long(window, desk, "กำลังลอง", work, lambda _: pytest.fail("failed work is not done"))
    text = box_of(qtbot, window).text()
    assert said in text and unsaid not in text


# The office


def holiday_dialog(window: MainWindow) -> HolidayDialog:
    window.commands["holidays"].trigger()
    return window.findChildren(HolidayDialog)[-1]


def test_a_new_holiday_tells_how_many_deadlines_move_before_it_is_saved(demo_desk: Desk, qtbot, shown):
    window = shown(demo_desk)
    dialog = holiday_dialog(window)
    rows = dialog.table.table.rowCount()
    assert rows == len(holidays_of_year(demo_desk, 2563)) == 21
    retype(dialog.day.edit, "29/1/2563")
    qtbot.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    assert "เหตุผล" in dialog.problem.text()
    retype(dialog.why, "มติคณะรัฐมนตรี")
    qtbot.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    box = box_of(qtbot, dialog)
    assert "พ. 29 ม.ค. 2563 จะเป็นวันหยุด" in box.text()
    moved = int(box.text().split("จะเปลี่ยน ")[1].split(" ")[0])
    assert moved > 0 and len(holidays_of_year(demo_desk, 2563)) == 21
    before = dict(window.list_tab.model._pages)  # nothing has moved yet
    assert before and window.list_tab.count == 752
    press(qtbot, box, "บันทึก")
    qtbot.waitUntil(lambda: dialog.table.table.rowCount() == rows + 1)
    assert "29 มกราคม 2563: หยุด มติคณะรัฐมนตรี" in holiday_labels(window)
    assert window.list_tab.model.wanted.soon_until == date(2020, 2, 3)


def test_a_struck_holiday_stays_in_view_as_open_and_can_be_put_back(desk: Desk, qtbot, shown):
    window = shown(desk)
    dialog = holiday_dialog(window)
    dialog.table.table.selectRow(0)
    assert dialog.day.day() == date(2019, 10, 14)
    dialog.why.setText("เปิดทำการ")
    dialog.strike_button.click()
    press(qtbot, box_of(qtbot, dialog), "บันทึก")
    qtbot.waitUntil(lambda: dialog.table.table.item(0, 1).text() == "เปิดทำการ (ยกเลิกวันหยุด)")
    assert desk.calendar.is_working_day(date(2019, 10, 14))
    dialog.day.set_day(date(2019, 10, 14))
    dialog.why.setText("กลับเป็นวันหยุด")
    dialog.add_button.click()
    press(qtbot, box_of(qtbot, dialog), "บันทึก")
    qtbot.waitUntil(lambda: dialog.table.table.item(0, 1).text() == "วันหยุดราชการ")
    assert not desk.calendar_changes


def test_a_change_that_is_none_is_refused_and_an_unknown_year_says_so(desk: Desk, qtbot, shown):
    dialog = holiday_dialog(shown(desk))
    dialog.day.set_day(date(2020, 2, 1))  # a Saturday
    dialog.why.setText("ลอง")
    dialog.add_button.click()
    box = box_of(qtbot, dialog)
    assert "เป็นวันเสาร์อาทิตย์อยู่แล้ว" in box.text()
    box.close()
    assert not dialog.unknown.isVisible()
    dialog.year.setValue(2600)
    assert "2600" in dialog.unknown.text() and dialog.unknown.isVisible()


def test_the_officers_name_is_kept_and_bears_the_changes(desk: Desk, qtbot, shown):
    window = shown(desk)
    window.commands["officer"].trigger()
    dialog = window.findChildren(OfficerDialog)[0]
    retype(dialog.name, "สมหญิง ใจดี")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert officer_name(desk) == "สมหญิง ใจดี"
    add(desk, "1", TODAY)
    who = desk.register.connection.execute("SELECT who FROM operation ORDER BY id DESC LIMIT 1").fetchone()
    assert who == ("สมหญิง ใจดี",)


@pytest.mark.parametrize("name", ["project", "core_types", "guide", "about"])
def test_every_other_dialog_opens_and_closes(demo_desk: Desk, qtbot, shown, name: str):
    window = shown(demo_desk)
    before = set(QApplication.topLevelWidgets())
    window.commands[name].trigger()
    opened = [each for each in QApplication.topLevelWidgets() if each not in before and each.isVisible()]
    assert len(opened) == 1 and opened[0].windowTitle()
    qtbot.keyClick(opened[0], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not any(each.isVisible() for each in opened if each in QApplication.topLevelWidgets()))


# Opening and closing


def test_a_register_for_reading_alone_is_shown_without_a_way_to_write(demo_desk: Desk, shown):
    beside = Desk(open_for_reading(demo_desk.register.folder), demo_desk.shipped, demo_desk.today_of)
    try:
        window = shown(beside, None, "เปิดเพื่ออ่านอย่างเดียว")
        assert window.banner.isVisible() and window.banner.text() == "เปิดเพื่ออ่านอย่างเดียว"
        assert window.list_tab.count == 752
        assert not window.list_tab.foot.new_button.isVisible() and not window.list_tab.foot.steps
        disabled = {name for name, action in window.commands.items() if not action.isEnabled()}
        assert disabled == {"new", "import", "undo", "core_types", "officer", "outage", "erase"}
        assert not hasattr(holiday_dialog(window), "add_button")
        window.findChildren(HolidayDialog)[0].close()
        window.close()
    finally:
        beside.register.close()


def test_an_ordinary_window_has_no_banner(desk: Desk, shown):
    window = shown(desk)
    assert not window.banner.isVisible() and all(action.isEnabled() for action in window.commands.values())


def test_what_is_typed_keeps_the_window_open_until_it_is_decided(demo_desk: Desk, shown, monkeypatch):
    window = shown(demo_desk)
    window.show_complaint("2563-00731")
    monkeypatch.setattr(window.detail_tab, "may_leave", lambda: False)
    assert not window.close() and window.isVisible()
    monkeypatch.setattr(window.detail_tab, "may_leave", lambda: True)
    assert window.close()


def test_size_and_columns_are_kept_and_nothing_else(demo_desk: Desk, shown, tmp_path: Path):
    ini = str(tmp_path / "window.ini")
    first = shown(demo_desk, QSettings(ini, QSettings.Format.IniFormat))
    first.resize(1180, 640)
    first.list_tab.view.setColumnHidden(Column.UNIT, False)
    first.close()
    again = app.build_window(demo_desk, QSettings(ini, QSettings.Format.IniFormat))
    assert again.height() == 640  # its width is the offscreen screen's
    assert not again.list_tab.view.isColumnHidden(Column.UNIT)
    assert set(QSettings(ini, QSettings.Format.IniFormat).allKeys()) == {
        "window/geometry",
        "list/columns",
        "list/subject_width_chosen",
    }


def test_k24_a_second_start_raises_the_first_window_and_ends(desk: Desk, qtbot, monkeypatch):
    monkeypatch.setattr(app, "dress", lambda application: None)
    first = FirstWindow(desk.register.folder)
    done = []
    start = subprocess.Popen(
        [sys.executable, "-c", START.format(folder=str(desk.register.folder), after=-1)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
    )
    with qtbot.waitSignal(first.raised, timeout=20_000):
        pass
    qtbot.waitUntil(lambda: start.poll() is not None, timeout=20_000)
    done.append(start.communicate()[0].decode())
    assert (start.returncode, done) == (0, [""])


START = """
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox
import desktop.app as app

def look():
    heavy = "openpyxl reportlab numpy nlpo3 holidays uharfbuzz fontTools xlsxwriter python_calamine".split()
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    print(box.buttons()[0].text(), [name for name in heavy if name in sys.modules])
    QApplication.closeAllWindows()

if {after} >= 0:
    made = app.build_window
    def build(*args):
        window = made(*args)
        QTimer.singleShot({after}, look)
        return window
    app.build_window = build
sys.exit(app.run_window(Path({folder!r}), date(2020, 1, 28)))
"""


def test_the_program_starts_in_thai_with_nothing_heavy_read(tmp_path: Path, monkeypatch):
    folder = tmp_path / "ที่เก็บ ใหม่"
    desk = Desk(app.open_for_writing(folder), app.shipped(), lambda: TODAY)
    add(desk, "1", TODAY)  # with the first change the register keeps the calendar: no package of holidays from then on
    desk.register.close()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    ran = subprocess.run(
        [sys.executable, "-c", START.format(folder=str(folder), after=50)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout.decode().strip()) == (0, "ยกเลิก []"), ran.stderr.decode()
    assert (tmp_path / "config" / "Rongthuk" / "window.ini").exists()


def test_no_window_answers_for_a_folder_nobody_has_open(tmp_path: Path, qapp: QApplication):
    assert not raise_first_window(tmp_path)
    assert server_name(tmp_path) == server_name(tmp_path / "x" / "..") != server_name(tmp_path / "x")


def test_a_folder_locked_by_no_window_is_opened_for_reading(desk: Desk, monkeypatch, qapp: QApplication):
    seen = []

    def run(application: QApplication, opened: Desk, banner: str) -> tuple[int, None]:
        seen.append((opened.register.writable, banner))
        return 0, None

    monkeypatch.setattr(app, "dress", lambda application: None)
    monkeypatch.setattr(app, "_run", run)
    assert app.run_window(desk.register.folder, TODAY) == 0
    assert [writable for writable, _ in seen] == [False]
    assert seen[0][1].startswith("เปิดเพื่ออ่านอย่างเดียว")


def test_a_file_that_is_no_register_is_explained_and_ends_with_1(tmp_path: Path, monkeypatch, qapp: QApplication):
    (tmp_path / "register.sqlite").write_bytes(b"not a register")
    told = []
    monkeypatch.setattr(app, "dress", lambda application: None)
    monkeypatch.setattr(app, "_offer_help", lambda folder, refused: told.append(str(refused)))
    assert app.run_window(tmp_path, TODAY) == 1
    assert len(told) == 1 and "ไม่ใช่ทะเบียน" in told[0]
    assert (tmp_path / "register.sqlite").read_bytes() == b"not a register"


def test_a_register_that_cannot_be_opened_is_restored_from_the_window(
    demo_desk: Desk, tmp_path: Path, monkeypatch, qapp: QApplication
):
    """K13: the register is an empty file; she chooses a backup; the window opens over it, what was there is kept."""
    folder, path = demo_desk.register.folder, tmp_path / "สำเนา.rtbackup"
    make_backup(demo_desk, path)
    demo_desk.register.close()
    (folder / "register.sqlite").write_bytes(b"")
    seen, told = [], []

    def run(application: QApplication, opened: Desk, banner: str) -> tuple[int, None]:
        seen.append(complaint(opened, "2562-00300").number)
        return 0, None

    monkeypatch.setattr(app, "dress", lambda application: None)
    monkeypatch.setattr(app, "_run", run)
    monkeypatch.setattr(app, "_offer_help", lambda folder, refused: (path, None))
    monkeypatch.setattr(restore_work, "_tell", told.append)
    assert app.run_window(folder, TODAY) == 0
    assert seen == ["2562-00300"]
    assert (told[0].moved_aside / "register.sqlite").read_bytes() == b""


def test_closing_after_changes_makes_a_backup_first(desk: Desk, qtbot, shown):
    window = shown(desk)
    window.backs_up_when_closed = True
    assert window.close(), "nothing was changed"
    window = shown(desk)
    window.backs_up_when_closed = True
    add(desk, "1", TODAY)
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    (found,) = backups_there(desk)
    assert found.good and found.complaints == 1


def test_an_error_nobody_foresaw_is_told_without_what_it_held(desk: Desk, qtbot, shown, capsys):
    window = shown(desk)
    last_word = app.Unforeseen(window, desk.register.folder)
    for _ in range(3):  # a fault that repeats does not pile up
        try:
            raise KeyError("นายสมชาย 081-234-5678")
        except KeyError as error:
            last_word(type(error), error, error.__traceback__)
    boxes = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert len(boxes) == 1
    assert "ข้อมูลที่บันทึกแล้วอยู่ครบ" in boxes[0].text() and "KeyError test_main_window.py:" in boxes[0].text()
    assert "สมชาย" not in boxes[0].text() + capsys.readouterr().err
    boxes[0].close()
    last_word(CannotDo, CannotDo("ดิสก์เต็ม"), None)
    assert box_of(qtbot, window).text() == "ดิสก์เต็ม"


def full_disk(desk: Desk) -> sqlite3.Error:
    """What SQLite says when the register can grow no more."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as small:
        small.execute("CREATE TABLE t (x)")
        small.execute("PRAGMA max_page_count = 2")
        with pytest.raises(sqlite3.Error) as caught:
            small.execute("INSERT INTO t VALUES (zeroblob(100000))")
    return caught.value


def test_a_disk_that_refuses_a_look_is_told_as_that(desk: Desk, qtbot, shown):
    window = shown(desk)
    error = full_disk(desk)
    app.Unforeseen(window, desk.register.folder)(type(error), error, None)
    box = box_of(qtbot, window)
    assert "เต็ม" in box.text() and "คาดไว้" not in box.text()
    box.close()

    def work(beside: Desk, progress: Progress) -> None:
        raise error

    run_long(window, desk, "กำลังลอง", work, lambda _: pytest.fail("failed work is not done"))
    assert "เต็ม" in box_of(qtbot, window).text()
    qtbot.waitUntil(lambda: not window.findChildren(LongWork))


@pytest.mark.parametrize("goes_on", [True, False])
def test_t01_t02_a_pc_clock_that_cannot_be_right_is_asked_about_and_told_in_a_banner(
    desk: Desk, monkeypatch, qtbot, qapp: QApplication, goes_on: bool
):
    add(desk, "1", TODAY)
    folder = desk.register.folder
    desk.register.close()
    seen, asked = [], []

    def run(application: QApplication, opened: Desk, banner: str) -> tuple[int, None]:
        seen.append(banner)
        return 0, None

    def answer() -> None:
        box = next(each for each in qapp.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible())
        asked.append(box.text())
        next(each for each in box.buttons() if ("ทำงานต่อ" in each.text()) == goes_on).click()

    monkeypatch.setattr(app, "dress", lambda application: None)
    monkeypatch.setattr(app, "_run", run)
    for clock in (date(2563, 1, 28), date(2019, 1, 28)):
        monkeypatch.setattr(app, "bangkok_today", lambda clock=clock: clock)
        QTimer.singleShot(100, answer)
        assert app.run_window(folder) == 0
    assert "เร็วกว่าการบันทึกล่าสุด" in asked[0] and "ย้อนหลังการบันทึกล่าสุด" in asked[1]
    assert [each in told for each, told in zip(seen, asked, strict=False)] == [True, True] * goes_on
    monkeypatch.setattr(app, "bangkok_today", bangkok_today)
    seen.clear()
    assert app.run_window(folder) == 0  # nothing is asked
    assert seen == [""]


def test_ctrl_z_shows_what_it_would_take_back_and_takes_it_back(demo_desk: Desk, qtbot, shown):
    window = shown(demo_desk)
    window.commands["undo"].trigger()
    assert "ข้อมูลตัวอย่าง (752 รายการ)" in box_of(qtbot, window).text()
    qtbot.keyClick(box_of(qtbot, window), Qt.Key.Key_Escape)
    assert window.list_tab.count == 752
    before = complaint(demo_desk, "2563-00630")
    save(demo_desk, before, replace(before, place="ที่อื่น"))
    assert window.commands["undo"].shortcut().toString() == "Ctrl+Z"
    window.commands["undo"].trigger()
    assert "แก้ไขเรื่อง" in box_of(qtbot, window).text()
    press(qtbot, box_of(qtbot, window), "เลิกทำ")
    qtbot.waitUntil(lambda: complaint(demo_desk, "2563-00630") == before)
    qtbot.waitUntil(lambda: "เลิกทำ" in window.statusBar().currentMessage())


def many_complaints_operation(desk: Desk) -> int:
    """The operation that changed the most."""
    most = "SELECT operation FROM history GROUP BY operation ORDER BY count(*) DESC LIMIT 1"
    return desk.register.connection.execute(most).fetchone()[0]


def test_ctrl_z_names_what_it_left_of_many(demo_desk: Desk, qtbot, shown):
    window = shown(demo_desk)
    before = complaint(demo_desk, "2563-00630")
    save(demo_desk, before, replace(before, place="ที่อื่น"))
    window.dialogs.undo_operation(many_complaints_operation(demo_desk), "ข้อมูลตัวอย่าง")
    press(qtbot, box_of(qtbot, window), "เลิกทำ")
    qtbot.waitUntil(lambda: window.list_tab.count == 1, timeout=30_000)
    box = box_of(qtbot, window)
    assert "751 รายการ" in box.text() and "2563-00630: ถูกแก้ไขอีกหลังจากนั้น จึงคงไว้ตามเดิม" in box.text()
    box.close()
