"""The history of a complaint in the window: its files too, and a button that is on only where it can do something."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.domain.complaint import Complaint
from desktop.domain.evidence import OF_COMPLAINT
from desktop.services import privacy, undoing
from desktop.services.attaching import attach, attachments_of
from desktop.services.complaint_work import complaint, save
from desktop.services.desk import Desk
from desktop.ui.history_panel import OPERATION, TIP, WHY_NOT, HistoryPanel
from tests.services.picture_faults import encoded, scene
from tests.ui.thai_typing import retype

PNG = encoded(scene(24, 18, 1), "PNG")


@pytest.fixture
def filled(desk: Desk) -> Desk:
    save(desk, None, Complaint("ก-1", date(2020, 1, 27), complainant="นางแดง"))
    return desk


@pytest.fixture
def panel(qtbot: QtBot, filled: Desk) -> HistoryPanel:
    made = HistoryPanel(filled)
    qtbot.addWidget(made)
    made.show()
    return made


def heads(panel: HistoryPanel) -> list[str]:
    """The line of each operation."""
    items = [panel.table.item(row, 0) for row in range(panel.table.rowCount())]
    return [item.text() for item in items if item.data(OPERATION)]


def mime(content: bytes) -> QMimeData:
    """A picture as the clipboard has it."""
    data = QMimeData()
    data.setData("image/png", QByteArray(content))
    return data


def choose(panel: HistoryPanel, words: str) -> bool:
    """Choose the newest line with some words; tells whether it is said that it can be taken back."""
    for row in range(panel.table.rowCount()):
        item = panel.table.item(row, 0)
        if item.data(OPERATION) and words in item.text():
            panel.table.selectRow(row)
            return panel.undo_button.isEnabled()
    raise AssertionError(words)


def test_the_button_is_on_only_on_lines_that_can_be_taken_back(filled: Desk, panel: HistoryPanel) -> None:
    save(filled, stored := complaint(filled, "ก-1"), replace(stored, place="ซอย 5"))
    attach(filled, OF_COMPLAINT, "ก-1", "หลุม.png", PNG)
    privacy.note_view(filled, "ก-1")
    panel.show_history("ก-1")
    assert not choose(panel, "เปิดดูชื่อ")
    assert panel.undo_button.toolTip() == WHY_NOT
    assert choose(panel, "แนบแฟ้ม") and choose(panel, "แก้ไขเรื่อง") and panel.undo_button.toolTip() == TIP
    assert not choose(panel, "เพิ่มเรื่องใหม่")  # changed again since
    undoing.undo_newest(filled)
    panel.show_history("ก-1")
    assert not panel.undo_button.isEnabled()
    assert choose(panel, "เลิกทำ: แนบแฟ้ม")
    assert not choose(panel, "· แนบแฟ้ม")  # taken back already
    panel.table.clearSelection()
    assert not panel.undo_button.isEnabled()


def test_control_without_asking_the_button_is_on_everywhere(
    filled: Desk, panel: HistoryPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.history_panel.may_be_undone", lambda desk, operation: True)
    privacy.note_view(filled, "ก-1")
    panel.show_history("ก-1")
    assert choose(panel, "เปิดดูชื่อ")


def test_an_attached_file_comes_into_the_open_history_and_is_taken_back_from_it(qtbot: QtBot, filled: Desk) -> None:
    window = app.build_window(filled)
    qtbot.addWidget(window, before_close_func=lambda each: each.detail_tab.discard())
    window.show()
    window.show_complaint("ก-1")
    page = window.detail_tab.page
    page.history_head.click()
    page.attachments.take(mime(PNG))
    qtbot.waitUntil(lambda: heads(page.history)[0].endswith("แนบแฟ้ม"))
    assert page.attachments.shelf.count() == 1 and choose(page.history, "แนบแฟ้ม")
    retype(page.form.matter._texts["place"], "ซอย 9")  # typed and not saved: it stays
    page.history.undo_button.click()
    box = next(each for each in window.findChildren(QPushButton) if each.text() == "เลิกทำ" and each.isVisible())
    box.click()
    qtbot.waitUntil(lambda: attachments_of(filled, OF_COMPLAINT, "ก-1") == [])
    qtbot.waitUntil(lambda: heads(page.history)[0].endswith("เลิกทำ: แนบแฟ้ม"))
    assert page.attachments.shelf.count() == 0 and choose(page.history, "เลิกทำ: แนบแฟ้ม")
    assert page.form.matter._texts["place"].text() == "ซอย 9"
