"""The two days a monthly report hangs on: the day it is drawn up and the last day of its period."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.months import Month
from desktop.ui.date_field import DateField
from desktop.ui.plain_label import plain_label, wear
from desktop.ui.theme import GRID, Look


class ReportDays(QWidget):
    """Both days in one row, with what is wrong with them under it."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.shown_on = today  # the day taken for today when they were shown last
        self._month = Month.of(today)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.drawn_on = DateField(self._today)
        self.last = DateField(self._today)
        self.whole_month = QPushButton("ทั้งเ&ดือน")
        self.whole_month.setToolTip("นับเรื่องถึงวันสุดท้ายของเดือน (Alt+ด)")
        drawn_label, last_label = QLabel("&จัดทำเมื่อ"), QLabel("นับเรื่อง&ถึงวันที่")
        drawn_label.setBuddy(self.drawn_on)
        last_label.setBuddy(self.last)
        self.problem = plain_label()
        self.problem.hide()
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for widget in (drawn_label, self.drawn_on, last_label, self.last, self.whole_month):
            row.addWidget(widget)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(row)
        layout.addWidget(self.problem)

    def _connect(self) -> None:
        self.drawn_on.day_changed.connect(self.changed)
        self.last.day_changed.connect(self.changed)
        self.whole_month.clicked.connect(lambda: self.last.set_day(self._month.last))

    def show_days(self, today: date, month: Month, drawn_on: date, last: date) -> None:
        """Show a month's two days; tells nobody."""
        self._month = month
        self.shown_on = today
        self.blockSignals(True)
        for field, day in ((self.drawn_on, drawn_on), (self.last, last)):
            field.set_today(today)
            field.set_day(day)
        self.blockSignals(False)

    def days(self) -> tuple[date | None, date | None]:
        """The day drawn up and the period's last day; None where none stands."""
        return self.drawn_on.day(), self.last.day()

    def has_problem(self) -> bool:
        """Whether a field holds what is no day yet; the field itself says why."""
        return bool(self.drawn_on.problem() or self.last.problem())

    def tell_problem(self, sentence: str) -> None:
        """Say what is wrong with the days together; blank takes it back."""
        wear(self.problem, Look.OVERDUE, sentence)
