"""The strip on top of the window: today, what burns, the report to send, and the next ten working days."""

from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.thai_dates import LONG_WEEKDAYS, SHORT_MONTHS, SHORT_WEEKDAYS, day_and_month, long_date, short_date
from desktop.services.complaint_list import Strip, StripDay, strip
from desktop.services.desk import Desk
from desktop.services.list_lines import Due
from desktop.services.month_reports import MonthState
from desktop.ui import theme
from desktop.ui.theme import Look

DAY_WIDTH = 11 * theme.GRID
HOLIDAY_WIDTH = 26 * theme.GRID  # of the longest name that is shown whole, where there is room
WEEK_GAP = 2 * theme.GRID
BADGES = (
    (Due.OVERDUE, Look.OVERDUE, "Ctrl+Shift+1"),
    (Due.TODAY, Look.TODAY, "Ctrl+Shift+2"),
    (Due.SOON, Look.SOON, "Ctrl+Shift+3"),
)


class TopStrip(QWidget):
    """``due_chosen`` and ``day_chosen`` ask for a filter of the list, ``report_asked`` for the report's tab."""

    due_chosen = Signal(object)  # a Due
    day_chosen = Signal(object)  # a date
    report_asked = Signal(object)  # a Month

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: Strip | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.today = QLabel()
        self.today.setFont(theme.heading_font())
        self.badges = {due: _badge(look, keys) for due, look, keys in BADGES}
        self.report = QPushButton()
        self.report.setToolTip("เปิดรายงานประจำเดือน")
        self.days: list[QWidget] = []
        first = QHBoxLayout()
        first.setSpacing(theme.GRID)
        first.addWidget(self.today)
        first.addSpacing(theme.GRID)
        for badge in self.badges.values():
            first.addWidget(badge)
        first.addStretch()
        first.addWidget(self.report)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.GRID // 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, theme.GRID // 2)
        layout.setSpacing(theme.GRID // 2)
        layout.addLayout(first)
        layout.addLayout(self._row)

    def _connect(self) -> None:
        for due, badge in self.badges.items():
            badge.clicked.connect(lambda _=False, due=due: self.due_chosen.emit(due))
        self.report.clicked.connect(self._ask_report)

    def refresh(self) -> None:
        """Count anew, as of the desk's today."""
        seen = strip(self._desk)
        self.today.setText(f"วันนี้ {LONG_WEEKDAYS[seen.today.weekday()]} {short_date(seen.today)}")
        counts = {Due.OVERDUE: seen.counts.overdue, Due.TODAY: seen.counts.today, Due.SOON: seen.counts.soon}
        for due, look, _ in BADGES:
            self.badges[due].setText(f"{look.value} {due.value} {counts[due]:,}")
            self.badges[due].setProperty("look", (look if counts[due] else Look.PLAIN).name.lower())
            theme.polish_again(self.badges[due])
        self._show_report(seen)
        if self._shown is None or self._shown.days != seen.days:
            self._show_days(seen)
        self._shown = seen

    def mark(self, due: Due | None, act_on: date | None) -> None:
        """Show which of its filters the list stands under."""
        for each, badge in self.badges.items():
            badge.setChecked(each is due)
        for day in self.days:
            if isinstance(day, _DayButton):
                day.setChecked(day.day.day == act_on)

    def _show_report(self, seen: Strip) -> None:
        self.report.setVisible(seen.report is not None)
        if seen.report is None:
            return
        look, words = _report_words(seen.report, seen.today, seen.working_days_left)
        self.report.setText(f"{look.value} {words}".strip())
        self.report.setProperty("look", look.name.lower())
        theme.polish_again(self.report)

    def _show_days(self, seen: Strip) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.days = []
        before: date | None = None
        for each in seen.days:
            if before is not None and each.day.weekday() < before.weekday():
                self._row.addSpacing(WEEK_GAP)
            day = _DayButton(each, before) if each.holiday is None else _HolidayLabel(each, before)
            if isinstance(day, _DayButton):
                day.clicked.connect(lambda _=False, chosen=each.day: self.day_chosen.emit(chosen))
            self.days.append(day)
            self._row.addWidget(day, 1)
            before = each.day
        self._row.addStretch(1)

    def _ask_report(self) -> None:
        if self._shown is not None and self._shown.report is not None:
            self.report_asked.emit(self._shown.report.month)


def _badge(look: Look, keys: str) -> QPushButton:
    badge = QPushButton()
    badge.setCheckable(True)
    badge.setProperty("look", look.name.lower())
    badge.setShortcut(keys)
    badge.setToolTip(f"แสดงเฉพาะเรื่องเหล่านี้ในรายการ ({keys})")
    return badge


def _report_words(report: MonthState, today: date, left: int) -> tuple[Look, str]:
    """The reminder: the last working day to send the report on, then the day itself, then that it is late."""
    name = f"รายงาน {SHORT_MONTHS[report.month.month - 1]}"
    if today > report.send_by:
        return Look.OVERDUE, f"{name} เลยกำหนดส่ง {day_and_month(report.send_by)}"
    if today > report.remind_on:
        return Look.TODAY, f"{name} ต้องส่งภายใน {_weekday(report.send_by)} ซึ่งเป็นวันหยุด"
    when = f"{name} ควรส่งภายใน {_weekday(report.remind_on)}"
    return (Look.TODAY, f"{when} (วันนี้)") if left == 0 else (Look.PLAIN, f"{when} (อีก {left} วันทำการ)")


def _weekday(day: date) -> str:
    return f"{SHORT_WEEKDAYS[day.weekday()]} {day_and_month(day)}"


def _heading(day: date, before: date | None) -> str:
    """``พ. 29``, with the month where it is new."""
    new_month = before is None or before.month != day.month
    return _weekday(day) if new_month else f"{SHORT_WEEKDAYS[day.weekday()]} {day.day}"


class _DayButton(QPushButton):
    """A working day: its date, and how many complaints to act on that day."""

    def __init__(self, each: StripDay, before: date | None) -> None:
        super().__init__(f"{_heading(each.day, before)}\n{each.count or '–'}")
        self.day = each
        self.setCheckable(True)
        self.setProperty("day", True)
        self.setMinimumWidth(7 * theme.GRID)
        self.setMaximumWidth(DAY_WIDTH)
        words = f"{long_date(each.day)}: ต้องทำ {each.count:,} เรื่อง"
        self.setToolTip(words)
        self.setAccessibleName(words)


class _HolidayLabel(QLabel):
    """A holiday by its name, cut to the room there is; the tooltip says it whole."""

    def __init__(self, each: StripDay, before: date | None) -> None:
        super().__init__()
        self._day = each
        self._heading = _heading(each.day, before)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("holiday", True)
        self.setMinimumWidth(7 * theme.GRID)
        self.setMaximumWidth(self._wanted())
        self.setToolTip(f"{long_date(each.day)}: หยุด {each.holiday}")
        self.setAccessibleName(self.toolTip())

    def sizeHint(self) -> QSize:
        """As wide as its name, no narrower than a day's button."""
        return QSize(self._wanted(), super().sizeHint().height())

    def _wanted(self) -> int:
        name = self.fontMetrics().horizontalAdvance(self._day.holiday or "")
        return min(HOLIDAY_WIDTH, max(DAY_WIDTH, name + 2 * theme.GRID))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the name anew."""
        super().resizeEvent(event)
        room = self.width() - theme.GRID
        name = self.fontMetrics().elidedText(self._day.holiday or "", Qt.TextElideMode.ElideRight, room)
        self.setText(f"{self._heading}\n{name}")
