"""The fiscal year's months on the left of the report tab: where each report stands and by when it is to be sent."""

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.months import Month
from desktop.domain.thai_dates import short_date, weekday_date
from desktop.services.month_reports import ReportState
from desktop.services.report_view import MonthLine
from desktop.ui.choice_box import ChoiceBox
from desktop.ui.plain_table import for_reading
from desktop.ui.theme import GRID, Look, colours

HEADINGS = ("เดือน", "รายงาน", "ส่งภายใน")
WIDTH = 42 * GRID
LOOKS = {
    ReportState.NOT_YET: Look.PLAIN,
    ReportState.DRAFT: Look.SOON,
    ReportState.ISSUED: Look.TODAY,
    ReportState.SENT: Look.DONE,
}


def state_look(line: MonthLine) -> Look:
    """How a month's state looks, in the list and over the report."""
    return LOOKS[line.state.state]


class MonthList(QWidget):
    """The year chooser and the twelve months; tells which month the officer chose."""

    month_chosen = Signal(object)
    year_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[MonthLine] = []
        self._build()
        self._connect()

    def _build(self) -> None:
        self.years = ChoiceBox()
        self.years.setAccessibleName("ปีงบประมาณ")
        self.table = QTableWidget(0, len(HEADINGS))
        self.table.setHorizontalHeaderLabels(HEADINGS)
        self.table.setAccessibleName("เดือนของปีงบประมาณ")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = for_reading(self.table)
        header.setStretchLastSection(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.years)
        layout.addWidget(self.table, 1)
        self.setFixedWidth(WIDTH)

    def _connect(self) -> None:
        self.years.activated.connect(lambda row: self.year_chosen.emit(self.years.itemData(row)))
        self.table.currentCellChanged.connect(self._chosen)

    def show_months(self, years: list[int], lines: list[MonthLine], chosen: Month) -> None:
        """Show a year's months with one of them chosen; tells nobody."""
        self._lines = lines
        self.years.clear()
        for year in sorted({*years, chosen.fiscal_year}, reverse=True):
            self.years.addItem(f"ปีงบประมาณ {year}", year)
        self.years.setCurrentIndex(self.years.findData(chosen.fiscal_year))
        self.table.blockSignals(True)
        self.table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            self._fill(row, line)
            if line.state.month == chosen:
                self.table.setCurrentCell(row, 0, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                self.table.selectRow(row)
        self.table.blockSignals(False)
        self.table.viewport().update()

    def _fill(self, row: int, line: MonthLine) -> None:
        look = state_look(line)
        sign = look.value or "–"
        self._put(row, 0, line.state.month.short_thai, Look.PLAIN)
        self._put(row, 1, f"{sign} {line.state.state.value}", look)
        day = short_date(line.state.send_by)
        due = self._put(row, 2, f"{Look.OVERDUE.value} {day}" if line.overdue else day, Look.PLAIN)
        remind = weekday_date(line.state.remind_on)
        due.setToolTip(f"{'เกินกำหนดส่ง ' if line.overdue else ''}วันทำการสุดท้ายที่ส่งได้: {remind}")
        if line.overdue:
            _colour(due, Look.OVERDUE)

    def _put(self, row: int, column: int, words: str, look: Look) -> QTableWidgetItem:
        item = QTableWidgetItem(words)
        if look is not Look.PLAIN:
            _colour(item, look)
        self.table.setItem(row, column, item)
        return item

    def _chosen(self, row: int) -> None:
        if 0 <= row < len(self._lines):
            self.month_chosen.emit(self._lines[row].state.month)


def _colour(item: QTableWidgetItem, look: Look) -> None:
    theme = colours()
    item.setForeground(QBrush(QColor(theme.ink[look])))
    item.setBackground(QBrush(QColor(theme.tint[look])))
