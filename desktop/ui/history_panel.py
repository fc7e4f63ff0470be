"""ประวัติการแก้ไข: who changed which field, when, from what, to what; each can be taken back where anything can."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.services.complaint_history import HistoryItem, history_of_complaint
from desktop.services.desk import Desk
from desktop.services.undoing import may_be_undone
from desktop.ui.plain_label import plain_label
from desktop.ui.theme import GRID, colours

HEADS = ("ช่อง", "เดิม", "ใหม่")
FIELD_WIDTH = 136
TIP = "กลับไปเป็นเหมือนก่อนรายการนี้ การเลิกทำจะอยู่ในประวัติด้วย"
WHY_NOT = "รายการนี้เลิกทำไม่ได้ เพราะเลิกทำไปแล้ว ถูกแก้ไขอีกหลังจากนั้น หรือเป็นรายการที่คงอยู่ถาวร เช่น การเปิดดูและการลบตามกฎหมาย"
OPERATION = Qt.ItemDataRole.UserRole  # of a line: the operation it belongs to


class HistoryPanel(QWidget):
    """A history, newest first: a line for the operation, then one for each changed field.

    ``undo_asked`` bears the operation to take back and its words.
    """

    undo_asked = Signal(int, str)

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
        self.table.setProperty("airy", True)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.verticalHeader().setMinimumSectionSize(GRID * 3)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.table.setColumnWidth(0, FIELD_WIDTH)
        self.undo_button = QPushButton("เลิกทำรายการที่&เลือก…")
        self.undo_button.setToolTip(TIP)
        self.undo_button.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, 0, 0, 0)
        layout.addWidget(self.empty)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.undo_button, 0, Qt.AlignmentFlag.AlignRight)
        layout.addStretch()

    def _connect(self) -> None:
        self.table.itemSelectionChanged.connect(self._look_at_choice)
        self.undo_button.clicked.connect(self._ask_undo)

    def _look_at_choice(self) -> None:
        head = self._chosen() if self._desk.register.writable else None
        may = head is not None and may_be_undone(self._desk, head.data(OPERATION))
        self.undo_button.setEnabled(may)
        self.undo_button.setToolTip(WHY_NOT if head is not None and not may else TIP)

    def _chosen(self) -> QTableWidgetItem | None:
        """The line of the operation whose line, or one of whose fields, is chosen."""
        row = self.table.currentRow()
        while row >= 0:
            head = self.table.item(row, 0)
            if head is not None and head.data(OPERATION):
                return head if self.table.selectedItems() else None
            row -= 1
        return None

    def _ask_undo(self) -> None:
        head = self._chosen()
        if head is not None:
            self.undo_asked.emit(head.data(OPERATION), head.text())

    def show_history(self, number: str) -> None:
        """Show the history of a complaint; a blank number: of one not saved yet."""
        self.show_items(history_of_complaint(self._desk, number) if number else [])

    def show_items(self, items: Sequence[HistoryItem]) -> None:
        """Show these and nothing else."""
        self.undo_button.setVisible(bool(items))
        self.undo_button.setEnabled(False)
        self.empty.setVisible(not items)
        self.table.setVisible(bool(items))
        self.table.clearSpans()
        self.table.setRowCount(0)
        self.add_items(items)

    def add_items(self, items: Sequence[HistoryItem]) -> None:
        """Show older ones below."""
        for item in items:
            self._add_head(f"{item.when} · {item.who} · {item.what}", item.operation)
            for change in item.changes:
                self._add_cells(change.field, change.old, change.new)

    def _add_head(self, words: str, operation: int) -> None:
        (head,) = self._add_cells(words)
        head.setData(OPERATION, operation)
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
