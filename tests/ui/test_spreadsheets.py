"""Spreadsheets out of the window: what was written is told, and the folder it lies in is opened."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.complaint import Complaint
from desktop.services import complaint_work
from desktop.services.desk import Desk
from desktop.services.list_lines import whole_register
from desktop.ui.spreadsheets import Spreadsheets


def test_after_an_export_its_folder_is_opened_as_after_issuing(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaint_work.save(desk, None, Complaint("1", date(2020, 1, 6)))
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    opened: list[Path] = []
    monkeypatch.setattr("desktop.ui.spreadsheets.open_folder", lambda path: bool(opened.append(path)) or True)
    path = tmp_path / "ทะเบียน.csv"
    Spreadsheets(desk, window).export_to(path, whole_register(desk), private=False)
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    assert opened == [path] and path.exists()
    told = [box.text() for box in window.findChildren(QMessageBox)]
    assert len(told) == 1 and "ส่งออกแล้ว 1 เรื่อง" in told[0]
