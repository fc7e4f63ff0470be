"""A month played through the real window as she plays it: import, accept, entry, complete, issue, PDF on disk."""

import hashlib
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.domain.months import Month
from desktop.services import month_reports
from desktop.services.complaint_steps import WorkStep
from desktop.services.complaint_work import complaint
from desktop.services.desk import Desk
from desktop.ui.import_result import ImportResultDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.window_pages import REPORT
from tests.ui.test_report_tab import answering
from tests.ui.thai_typing import retype, type_text

LEFT = Qt.MouseButton.LeftButton
SHEET = """เลขที่รับแจ้ง,วันที่แจ้ง,ประเภทเรื่อง,เรื่อง,ผู้ร้อง,วันที่ตอบรับ,วันที่รายงานครั้งที่ 1,วันที่แล้วเสร็จ
กทม-001,2/1/2563,ถนน,ถนนเป็นหลุม,ผู้ร้องรายที่หนึ่ง,3/1/2563,6/1/2563,6/1/2563
กทม-002,3 ม.ค. 2563,ท่อระบายน้ำ,น้ำท่วมขัง,ผู้ร้องรายที่สอง,,,
กทม-003,๓/๑/๒๕๖๓,ความสะอาด,ขยะตกค้าง,ผู้ร้องรายที่สาม,6/1/2563,6/1/2563,
กทม-004,3/1/63,ความสะอาด,ปีไม่ชัดเจน,,,,
"""


@pytest.fixture
def window(qtbot: QtBot, open_desk: Callable[..., Desk]) -> MainWindow:
    shown = app.build_window(open_desk(date(2020, 1, 6)))
    qtbot.addWidget(shown)
    shown.resize(1366, 700)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def press(qtbot: QtBot, button) -> None:
    assert button.isVisible() and button.isEnabled()
    qtbot.mouseClick(button, LEFT)


def on_the_day(window: MainWindow, day: date) -> None:
    window._desk.today_of = lambda: day
    window.refresh()


def bring_in(qtbot: QtBot, window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Import from the menu: look at what would happen, then take it."""
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    window.commands["import"].trigger()
    for title in ("ตรวจก่อนนำเข้า", "นำเข้าแล้ว"):
        qtbot.waitUntil(lambda title=title: bool(results(window, title)))
        qtbot.keyClick(results(window, title)[0], Qt.Key.Key_Return)


def results(window: MainWindow, title: str) -> list[ImportResultDialog]:
    dialogs = window.findChildren(ImportResultDialog)
    return [dialog for dialog in dialogs if dialog.isVisible() and dialog.windowTitle() == title]


def take(qtbot: QtBot, window: MainWindow, step: WorkStep, fill: Callable[[QDialog], None] = lambda _: None) -> None:
    """Press a step's button, fill its dialog, press its one primary button."""
    press(qtbot, window.detail_tab.page.steps.buttons[step])
    dialog = window.detail_tab.dialog
    assert dialog is not None and dialog.isVisible()
    fill(dialog)
    press(qtbot, dialog.primary)
    assert window.detail_tab.dialog is None


def answer(dialog: QDialog) -> None:
    type_text(dialog.answer.answer, "สำนักงานเขตได้ล้างท่อระบายน้ำเรียบร้อยแล้ว")
    type_text(dialog.answer._texts["letter_number"], "กท 6603/12")
    type_text(dialog.answer._texts["action"], "ล้างท่อและบ่อพัก")


def test_a_month_from_her_spreadsheet_to_the_official_pdf(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = window._desk
    source = tmp_path / "เรื่องเดือนมกราคม.csv"
    source.write_text(SHEET, encoding="utf-8-sig")
    bring_in(qtbot, window, source, monkeypatch)
    assert window.list_tab.count == 3  # the row whose year is unclear was refused, by name, not guessed

    window.show_complaint("กทม-002")
    take(qtbot, window, WorkStep.ACCEPT)
    on_the_day(window, date(2020, 1, 8))
    take(qtbot, window, WorkStep.ENTRY, lambda dialog: type_text(dialog.text, "ตรวจสอบพื้นที่แล้ว"))
    on_the_day(window, date(2020, 1, 15))
    take(qtbot, window, WorkStep.ENTRY, lambda dialog: type_text(dialog.text, "กำลังล้างท่อ"))
    on_the_day(window, date(2020, 1, 28))
    take(qtbot, window, WorkStep.COMPLETE, answer)
    done = complaint(desk, "กทม-002")
    assert (done.accepted, done.completed) == (date(2020, 1, 6), date(2020, 1, 28))
    assert [entry.day.day for entry in done.entries] == [8, 15] and done.letter_number == "กท 6603/12"

    path = tmp_path / "รายงานความก้าวหน้า ครั้งที่ 4.pdf"
    window.tabs.setCurrentIndex(REPORT)
    tab = window.report_tab
    opened: list[Path] = []
    monkeypatch.setattr(tab, "choose_file", lambda title, name: path)
    monkeypatch.setattr(tab, "show_file", opened.append)
    tab.show_month(Month(2020, 1))
    for field in (tab.report.days.drawn_on, tab.report.days.last):
        retype(field.edit, "28/1/2563")
        qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert "จำนวน 3 เรื่อง" in tab.report.figures.form_lines.text()
    with answering(lambda dialog: press(qtbot, dialog.go)):
        press(qtbot, tab.buttons.issue)

    issued = month_reports.newest_reports(desk, 2563)[Month(2020, 1)]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == issued.sha256
    assert issued.figures.numbers == ("กทม-001", "กทม-002", "กทม-003")
    # กทม-003 was not followed up on the 15th: two of three handled correctly, two of three completed.
    assert (issued.figures.figures.process.done, issued.figures.figures.completed) == (2, 2)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    assert "เรื่องร้องทุกข์ตั้งแต่วันที่ 1 ม.ค. 2563 ถึง" in text and "จำนวน 3 เรื่อง" in text
    assert "ดำเนินการเสร็จสิ้น 2 เรื่อง คิดเป็นร้อยละ 66.67" in text
    assert "อยู่ระหว่างดำเนินการ 1 เรื่อง คิดเป็นร้อยละ 33.33" in text
    assert "ผู้ร้องราย" not in text
