"""ประวัติการแก้ไข: who changed which field of a complaint, when, from what, to what."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from desktop.services.complaint_history import history_of_complaint
from desktop.services.desk import Desk
from desktop.ui.plain_label import plain_label
from desktop.ui.theme import GRID, colours

HEADS = ("ช่อง", "เดิม", "ใหม่")
FIELD_WIDTH = 136


class HistoryPanel(QWidget):
    """The history of one complaint, newest first: a line for the operation, then one for each changed field."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._build()
        self._connect()

    def _build(self) -> None:
        self.empty = plain_label("ยังไม่มีประวัติ เรื่องนี้ยังไม่ได้บันทึก", muted=True)
        self.table = QTableWidget(0, len(HEADS))
        self.table.setHorizontalHeaderLabels(HEADS)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.verticalHeader().setMinimumSectionSize(GRID * 3)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.table.setColumnWidth(0, FIELD_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, 0, 0, 0)
        layout.addWidget(self.empty)
        layout.addWidget(self.table, 1)
        layout.addStretch()

    def _connect(self) -> None:
        """Nothing outside speaks to it: it is shown anew."""

    def show_history(self, number: str) -> None:
        """Show the history of a complaint; a blank number: of one not saved yet."""
        items = history_of_complaint(self._desk, number) if number else []
        self.empty.setVisible(not items)
        self.table.setVisible(bool(items))
        self.table.clearSpans()
        self.table.setRowCount(0)
        for item in items:
            self._add_head(f"{item.when} · {item.who} · {item.what}")
            for change in item.changes:
                self._add_cells(change.field, change.old, change.new)

    def _add_head(self, words: str) -> None:
        (head,) = self._add_cells(words)
        self.table.setSpan(head.row(), 0, 1, len(HEADS))
        font = head.font()
        font.setBold(True)
        head.setFont(font)
        head.setBackground(QBrush(QColor(colours().window)))

    def _add_cells(self, *texts: str) -> list[QTableWidgetItem]:
        row = self.table.rowCount()
        self.table.insertRow(row)
        cells = [QTableWidgetItem(text) for text in texts]
        for column, cell in enumerate(cells):
            cell.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self.table.setItem(row, column, cell)
        return cells
