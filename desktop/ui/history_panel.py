"""ประวัติการแก้ไข: who changed which field of a complaint, when, from what, to what."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from desktop.services.complaint_history import HistoryLine, history_of_complaint
from desktop.services.desk import Desk
from desktop.ui.theme import GRID

HEADS = ("เมื่อ", "โดย", "ทำอะไร", "ช่อง", "เดิม", "ใหม่")
WIDTHS = (160, 104, 120, 120, 160, 160)


class HistoryPanel(QWidget):
    """The history of one complaint, newest first; cells show whole words in the tooltip and can be copied."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._build()
        self._connect()

    def _build(self) -> None:
        self.empty = QLabel("ยังไม่มีประวัติ เรื่องนี้ยังไม่ได้บันทึก")
        self.empty.setProperty("muted", True)
        self.table = QTableWidget(0, len(HEADS))
        self.table.setHorizontalHeaderLabels(HEADS)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate(WIDTHS):
            self.table.setColumnWidth(column, width)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, 0, GRID, GRID)
        layout.addWidget(self.empty)
        layout.addWidget(self.table, 1)

    def _connect(self) -> None:
        """Nothing outside speaks to it: it is shown anew."""

    def show_history(self, number: str) -> None:
        """Show the history of a complaint; a blank number: of one not saved yet."""
        lines = history_of_complaint(self._desk, number) if number else []
        self.empty.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, text in enumerate(_cells(line)):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                self.table.setItem(row, column, item)
        self.table.resizeRowsToContents()


def _cells(line: HistoryLine) -> tuple[str, ...]:
    return (line.when, line.who, line.what, line.field, line.old, line.new)
