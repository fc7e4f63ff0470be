"""The complaints a month's report speaks of, each to be opened: lost points, still to be saved, notified later."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.obligations import Urgency
from desktop.services.report_view import ComplaintLine, ReportComplaints
from desktop.ui.icons import icon
from desktop.ui.plain_label import plain_label
from desktop.ui.plain_table import for_reading
from desktop.ui.theme import GRID, Look, colours

NUMBER_ROLE = int(Qt.ItemDataRole.UserRole)
WHY_WIDTH = 34 * GRID
_CHOSEN = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
URGENCY_LOOKS = {Urgency.OVERDUE: Look.OVERDUE, Urgency.TODAY: Look.TODAY, Urgency.PENDING: Look.SOON}


class ComplaintTable(QStackedWidget):
    """Complaints with a reason each; Enter or a double click opens one. Without any it says so in words."""

    opened = Signal(str)

    def __init__(self, why: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build(why, empty)
        self._connect()

    def _build(self, why: str, empty: str) -> None:
        self.table = _EnterTable(0, 3)
        self.table.setHorizontalHeaderLabels(("เลขที่รับแจ้ง", why, "เรื่อง"))
        self.table.setAccessibleName(why)
        self.table.setWordWrap(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = for_reading(self.table)
        header.setMaximumSectionSize(WHY_WIDTH)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.empty = plain_label(empty, muted=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(self.table)
        self.addWidget(self.empty)

    def _connect(self) -> None:
        self.table.cellActivated.connect(self._open)

    def show_lines(self, lines: Sequence[ComplaintLine]) -> None:
        """Show these complaints, the same one chosen as before where it is still there."""
        kept = self._chosen_number()
        self.table.setRowCount(len(lines))
        for place, line in enumerate(lines):
            words = " · ".join(line.words)
            look = Look.PLAIN if line.urgency is None else URGENCY_LOOKS[line.urgency]
            why = QTableWidgetItem(f"{look.value} {words}".strip())
            why.setToolTip("\n".join(line.words))
            if line.outage:
                why.setIcon(icon("monitor-x"))  # the words that say so may be cut off
            if look is not Look.PLAIN:
                why.setForeground(QBrush(QColor(colours().ink[look])))
                why.setBackground(QBrush(QColor(colours().tint[look])))
            number = QTableWidgetItem(line.number)
            number.setData(NUMBER_ROLE, line.number)
            for column, item in enumerate((number, why, QTableWidgetItem(line.subject))):
                self.table.setItem(place, column, item)
        self.setCurrentWidget(self.table if lines else self.empty)
        numbers = [line.number for line in lines]
        self.table.clearSelection()
        if kept in numbers:
            self.table.setCurrentCell(numbers.index(kept), 0, _CHOSEN)
        elif lines:
            self.table.setCurrentCell(0, 0, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _chosen_number(self) -> str | None:
        """The complaint of the selected row; None while no row is."""
        item = self.table.item(self.table.currentRow(), 0)
        return None if item is None or not item.isSelected() else item.data(NUMBER_ROLE)

    def _open(self, row: int) -> None:
        item = self.table.item(row, 0)
        if item is not None:
            self.opened.emit(item.data(NUMBER_ROLE))


class _EnterTable(QTableWidget):
    """A table whose Enter opens the row and goes no further: to no dialog's default button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentRow() >= 0:
                self.cellActivated.emit(self.currentRow(), 0)
            return
        super().keyPressEvent(event)


class MonthComplaints(QWidget):
    """Three lists, one behind the other, each with its count."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.costly = ComplaintTable("เหตุที่เสียคะแนน", "✓ ไม่มีเรื่องที่เสียคะแนน")
        self.saveable = ComplaintTable("สิ่งที่ต้องทำต่อไป", "ไม่มีเรื่องที่ค้างอยู่ และยังไม่เสียคะแนน")
        self.later = ComplaintTable("วันที่แจ้ง", "ไม่มีเรื่องที่แจ้งภายหลังวันจัดทำรายงาน")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for table in (self.costly, self.saveable, self.later):
            self.tabs.addTab(table, "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
        self.setMinimumHeight(17 * GRID)

    def _connect(self) -> None:
        for table in (self.costly, self.saveable, self.later):
            table.opened.connect(self.opened)

    def show_complaints(self, found: ReportComplaints) -> None:
        """Show the complaints of one report."""
        named = (
            (self.costly, "เสียคะแนน", found.costly),
            (self.saveable, "ยังรักษาคะแนนได้", found.saveable),
            (self.later, "แจ้งภายหลัง", found.later),
        )
        for place, (table, name, lines) in enumerate(named):
            table.show_lines(lines)
            self.tabs.setTabText(place, f"{name} ({len(lines):,})")
