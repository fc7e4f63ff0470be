"""ประวัติของสำนักงาน in the window: opened from the menu, older pages on asking, a line taken back from it."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.services import office_settings
from desktop.services.desk import Desk
from desktop.services.office_history import ON_A_PAGE
from desktop.storage.register import open_for_reading
from desktop.ui.main_window import MainWindow
from desktop.ui.office_history_dialog import OfficeHistoryDialog
from tests.ui.test_history_panel import choose, heads


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[Desk], tuple[MainWindow, OfficeHistoryDialog]]:
    """The window with the dialog opened from the menu."""

    def show(desk: Desk) -> tuple[MainWindow, OfficeHistoryDialog]:
        window = app.build_window(desk)
        qtbot.addWidget(window)
        window.show()
        window.commands["history"].trigger()
        return window, next(each for each in window.findChildren(OfficeHistoryDialog) if each.isVisible())

    return show


def test_a_holiday_is_taken_back_from_the_offices_history(qtbot: QtBot, desk: Desk, shown: Callable) -> None:
    office_settings.add_holiday(desk, date(2020, 1, 30), "ประชุมใหญ่")
    window, dialog = shown(desk)
    assert choose(dialog.panel, "เพิ่มวันหยุด: ประชุมใหญ่ · 30 ม.ค. 2563")
    dialog.panel.undo_button.click()
    next(each for each in dialog.findChildren(QPushButton) if each.text() == "เลิกทำ" and each.isVisible()).click()
    qtbot.waitUntil(lambda: "เลิกทำ: เพิ่มวันหยุด" in heads(dialog.panel)[0])
    assert desk.calendar.is_working_day(date(2020, 1, 30))
    assert not choose(dialog.panel, "เพิ่มวันหยุด: ประชุมใหญ่ · 30 ม.ค. 2563 · เลิกทำไปแล้ว")
    qtbot.waitUntil(lambda: "เลิกทำ" in window.statusBar().currentMessage())
    dialog.close_button.click()
    assert not dialog.isVisible()
    office_settings.add_holiday(desk, date(2020, 1, 30), "อีกครั้ง")
    window.dialogs.changed.emit()  # a closed dialog hears nothing more


def test_older_pages_come_on_asking(qtbot: QtBot, desk: Desk, shown: Callable) -> None:
    for number in range(ON_A_PAGE):
        office_settings.save_officer_name(desk, f"สมใจ {number}")
    _, dialog = shown(desk)
    assert len(heads(dialog.panel)) == ON_A_PAGE and f"แสดง {ON_A_PAGE} จาก" in dialog.count.text()
    assert dialog.more_button.isEnabled()
    dialog.more_button.click()
    assert len(heads(dialog.panel)) > ON_A_PAGE and not dialog.more_button.isEnabled()
    assert "สร้างทะเบียน" in heads(dialog.panel)[-1]


def test_a_register_open_for_reading_alone_shows_it_and_takes_nothing_back(
    qtbot: QtBot, desk: Desk, shown: Callable
) -> None:
    office_settings.add_holiday(desk, date(2020, 1, 30), "ประชุมใหญ่")
    reading = Desk(open_for_reading(desk.register.folder), desk.shipped, desk.today_of)
    _, dialog = shown(reading)
    assert not choose(dialog.panel, "เพิ่มวันหยุด")
    dialog.reject()
    reading.register.close()
