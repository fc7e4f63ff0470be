"""A month to choose a day from, under a พ.ศ. heading, with the office's holidays.

QCalendar knows no Buddhist era, so the navigation bar is ours; the grid is Qt's.
"""

from datetime import date
from html import escape

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.months import Month
from desktop.domain.thai_dates import LONG_WEEKDAYS, SHORT_WEEKDAYS, long_date
from desktop.domain.typed_dates import LATEST_DAY
from desktop.domain.working_days import OfficeCalendar
from desktop.ui.theme import GRID, Look, colours, heading_font

POPUP_WIDTH = 336
GRID_HEIGHT = 216


class ThaiCalendar(QFrame):
    """A popup month; ``chosen`` bears the day. Arrows, PageUp, PageDown, Enter and Esc work in it."""

    chosen = Signal(object)

    def __init__(self, today: date, calendar: OfficeCalendar | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._today = today
        self._calendar = calendar
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName("ปฏิทิน พ.ศ.")
        self.heading = QLabel()
        self.heading.setFont(heading_font())
        self.heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.previous = _turning_button(Qt.ArrowType.LeftArrow, "เดือนก่อน (PageUp)")
        self.following = _turning_button(Qt.ArrowType.RightArrow, "เดือนถัดไป (PageDown)")
        self.month = QCalendarWidget()
        self.month.setLocale(QLocale("th_TH"))
        self.month.setNavigationBarVisible(False)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.NoHorizontalHeader)
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        self.month.setDateEditEnabled(False)
        self.month.setDateRange(QDate(1941, 1, 1), _qt_day(LATEST_DAY))
        self.month.setFixedHeight(GRID_HEIGHT)
        self._dress_weekdays()
        self.told = QLabel()  # the selected day in words: what a tint alone must not tell
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setProperty("muted", True)
        self.today_button = QPushButton("วันนี้")
        self.today_button.setToolTip("เลือกวันนี้")
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.previous)
        top.addWidget(self.heading, 1)
        top.addWidget(self.following)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(self.today_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addLayout(top)
        layout.addLayout(_weekday_heads())
        layout.addWidget(self.month)
        layout.addLayout(foot)
        self.setFixedWidth(POPUP_WIDTH)

    def _dress_weekdays(self) -> None:
        theme = colours()
        for day in Qt.DayOfWeek:
            weekend = day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)
            plain = QTextCharFormat()
            plain.setForeground(QBrush(QColor(theme.muted if weekend else theme.text)))
            self.month.setWeekdayTextFormat(day, plain)

    def _connect(self) -> None:
        self.previous.clicked.connect(self.month.showPreviousMonth)
        self.following.clicked.connect(self.month.showNextMonth)
        self.month.currentPageChanged.connect(self._page_turned)
        self.month.selectionChanged.connect(self._tell_selected)
        self.month.activated.connect(self._choose)
        self.month.clicked.connect(self._choose)
        self.today_button.clicked.connect(lambda: self._choose(_qt_day(self._today)))
        for part in self.month.findChildren(QWidget):
            part.installEventFilter(self)

    def show_day(self, day: date | None) -> None:
        """Turn to a day's month with that day selected; today when None."""
        wanted = _qt_day(day or self._today)
        self.month.setSelectedDate(wanted)
        self.month.setCurrentPage(wanted.year(), wanted.month())
        self._page_turned(wanted.year(), wanted.month())
        self._tell_selected()
        self.month.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes the selected day, Esc leaves without one."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.month.selectedDate())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
        return super().eventFilter(watched, event)

    def _choose(self, day: QDate) -> None:
        self.close()
        self.chosen.emit(_day(day))

    def _page_turned(self, year: int, month: int) -> None:
        shown = Month(year, month)
        self.heading.setText(shown.thai)
        if self._calendar is None:
            return
        theme = colours()
        self.month.setDateTextFormat(QDate(), QTextCharFormat())
        for day in (each for each in self._calendar.holidays if Month.of(each) == shown):
            closed = QTextCharFormat()
            closed.setForeground(QBrush(QColor(theme.ink[Look.OVERDUE])))
            closed.setBackground(QBrush(QColor(theme.tint[Look.OVERDUE])))
            closed.setToolTip(escape(self._calendar.holidays[day]))
            self.month.setDateTextFormat(_qt_day(day), closed)

    def _tell_selected(self) -> None:
        day = _day(self.month.selectedDate())
        told = f"วัน{LONG_WEEKDAYS[day.weekday()]}ที่ {long_date(day)}"
        holiday = None if self._calendar is None else self._calendar.holidays.get(day)
        self.told.setText(f"{told} หยุด: {holiday}" if holiday else told)


def _turning_button(arrow: Qt.ArrowType, tip: str) -> QToolButton:
    button = QToolButton()
    button.setArrowType(arrow)
    button.setAutoRaise(True)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFixedSize(GRID * 4, GRID * 4)
    return button


def _weekday_heads() -> QHBoxLayout:
    """จ. อ. พ. …, Sunday first: Qt's own short Thai names are too long for a column."""
    heads = QHBoxLayout()
    heads.setSpacing(0)
    for name in (SHORT_WEEKDAYS[-1], *SHORT_WEEKDAYS[:-1]):
        head = QLabel(name)
        head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head.setProperty("muted", True)
        heads.addWidget(head, 1)
    return heads


def _qt_day(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
