"""A field for one day: typed in any of the officer's ways, shown back in พ.ศ., or chosen from a calendar."""

from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.domain.thai_dates import LONG_WEEKDAYS, DateRefused, YearUnclear, buddhist_year, short_date
from desktop.domain.typed_dates import days_after, read_typed, was_typed_gregorian
from desktop.domain.working_days import OfficeCalendar
from desktop.ui.thai_calendar import ThaiCalendar
from desktop.ui.theme import GRID, Look, colours

EDIT_WIDTH = 136
HINT = "เช่น 28/1/2563"
TIP = "พิมพ์เช่น 28/1/2563, 28 ม.ค. 2563, 28/1, +3, วันนี้\nลูกศรขึ้นลง: เลื่อนทีละวัน · Alt+ลูกศรลง: เปิดปฏิทิน"


class DateField(QWidget):
    """A day or nothing; ``day_changed``: another day has settled, ``settled``: each settling, ``edited``: each key.

    What is typed settles on Enter, Tab or leaving: it is shown back in full, or asked about, or refused inline.
    ``day()`` and ``problem()`` speak for the text as it stands, settled or not.
    """

    day_changed = Signal()
    edited = Signal()
    settled = Signal()

    def __init__(self, today: date, parent: QWidget | None = None, calendar: OfficeCalendar | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._calendar = calendar
        self._told: date | None = None  # the day last told by ``day_changed``
        self._refused = ""  # the text whose trouble is shown
        self._popup: ThaiCalendar | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(HINT)
        self.edit.setToolTip(TIP)
        self.edit.setMinimumWidth(EDIT_WIDTH)
        self.button = QToolButton()
        self.button.setText("▾")
        self.button.setProperty("beside", True)  # of a field: framed like it
        self.button.setToolTip("เปิดปฏิทิน (Alt+ลูกศรลง)")
        self.button.setAccessibleName("เปิดปฏิทิน")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard has Alt+Down: one Tab stop per day
        self.weekday = QLabel()
        self.weekday.setProperty("muted", True)
        self.weekday.setMinimumWidth(self.weekday.fontMetrics().horizontalAdvance(max(LONG_WEEKDAYS, key=len)))
        self.trouble = QLabel()
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.choices = QWidget()
        self.choices.hide()
        self._choice_layout = QVBoxLayout(self.choices)
        self._choice_layout.setContentsMargins(0, 0, 0, 0)
        self._choice_layout.setSpacing(GRID // 2)
        line = QHBoxLayout()
        line.setSpacing(GRID // 2)
        line.addWidget(self.edit)
        line.addWidget(self.button)
        line.addWidget(self.weekday, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(line)
        layout.addWidget(self.trouble)
        layout.addWidget(self.choices)
        self.setFocusProxy(self.edit)

    def _connect(self) -> None:
        self.edit.textEdited.connect(self._typed)
        self.edit.editingFinished.connect(self.settle)
        self.edit.installEventFilter(self)
        self.button.clicked.connect(self.open_calendar)

    def day(self) -> date | None:
        """The day the text stands for; None while it is blank, unclear or no date."""
        try:
            return read_typed(self.edit.text(), self._today)
        except DateRefused:
            return None

    def set_day(self, day: date | None) -> None:
        """Show a day, or nothing."""
        self._show(day)
        self._tell()

    def problem(self) -> str:
        """Why the text is no day yet, in one Thai sentence; blank when it is one or empty."""
        try:
            read_typed(self.edit.text(), self._today)
        except DateRefused as refused:
            return str(refused)
        return ""

    def typed_text(self) -> str:
        """What is typed, a readable day in full: ``+3`` means another day tomorrow."""
        day = self.day()
        return self.edit.text() if day is None else short_date(day)

    def put_back(self, text: str) -> None:
        """Show what was typed before, settled or asked about as it was then."""
        self._clear_trouble()
        self.edit.setText(text)
        self.settle()

    def is_blank(self) -> bool:
        """Whether nothing is typed."""
        return not self.edit.text().strip()

    def set_today(self, today: date) -> None:
        """Count from another today: the day has turned."""
        self._today = today
        self._drop_popup()

    def set_calendar(self, calendar: OfficeCalendar) -> None:
        """Show another calendar's holidays in the popup."""
        self._calendar = calendar
        self._drop_popup()

    def _drop_popup(self) -> None:
        if self._popup is not None:
            self._popup.deleteLater()
        self._popup = None

    def set_read_only(self, read_only: bool) -> None:
        """Keep the day readable and copyable, but not to be changed."""
        self.edit.setReadOnly(read_only)
        self.button.setDisabled(read_only)

    def settle(self) -> None:
        """Take what is typed: show it back in full, or ask, or say why it is no date."""
        typed = self.edit.text()
        if typed and typed == self._refused:
            return  # told already: leaving for its question must not ask anew
        self._clear_trouble()
        try:
            day = read_typed(typed, self._today)
        except YearUnclear as unclear:
            self._ask(unclear)
        except DateRefused as refused:
            self._say(str(refused))
        else:
            self._show(day, from_gregorian=day is not None and was_typed_gregorian(typed, day))
        self._tell()

    def open_calendar(self) -> None:
        """Open the พ.ศ. calendar under the field."""
        if self.edit.isReadOnly():
            return
        if self._popup is None:
            self._popup = ThaiCalendar(self._today, self._calendar, self)
            self._popup.chosen.connect(self._chosen)
        self._popup.adjustSize()
        self._popup.move(self._popup_place(self._popup))
        self._popup.show()
        self._popup.show_day(self.day())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the field: arrows change the day, Alt+Down opens the calendar, Enter and Tab settle it."""
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._took_key(event)
        return super().eventFilter(watched, event)

    def _took_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.open_calendar()
            else:
                self._step(1 if key == Qt.Key.Key_Up else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab) and self.problem():
            self.settle()
            self._focus_choice()
            return True
        return False

    def _step(self, steps: int) -> None:
        if self.edit.isReadOnly() or self.problem():
            return
        day = self.day()
        self.set_day(self._today if day is None else days_after(day, steps))
        self.edit.selectAll()
        self.edited.emit()

    def _typed(self) -> None:
        self._clear_trouble()
        self.weekday.clear()
        self.edited.emit()

    def _chosen(self, day: date) -> None:
        self.set_day(day)
        self.edit.setFocus()
        self.edited.emit()

    def _show(self, day: date | None, *, from_gregorian: bool = False) -> None:
        shown = "" if day is None else short_date(day)
        if self.edit.text() != shown:
            self.edit.setText(shown)
        weekday = "" if day is None else LONG_WEEKDAYS[day.weekday()]
        self.weekday.setText(f"{weekday} (พิมพ์เป็น ค.ศ. {day.year})" if day and from_gregorian else weekday)
        self._clear_trouble()

    def _tell(self) -> None:
        day = self.day()
        if day != self._told:
            self._told = day
            self.day_changed.emit()
        self.settled.emit()

    def _say(self, message: str) -> None:
        self._refused = self.edit.text()
        self.weekday.clear()
        self.trouble.setStyleSheet(f"color: {colours().ink[Look.OVERDUE]}")
        self.trouble.setText(f"{Look.OVERDUE.value} {message}")
        self.trouble.show()

    def _ask(self, unclear: YearUnclear) -> None:
        """Each day the year may stand for as a button, the Buddhist reading first."""
        if not unclear.choices:
            self._say(str(unclear))
            return
        self._say("ปีสองหลักไม่ชัดเจน หมายถึงวันใด")
        for day in unclear.choices:
            button = QPushButton(f"{short_date(day)} (ค.ศ. {day.year})")
            button.setAutoDefault(True)  # Enter presses it outside a dialog too
            button.setAccessibleName(f"พ.ศ. {buddhist_year(day)}")
            button.clicked.connect(lambda _checked=False, meant=day: self._chosen(meant))
            self._choice_layout.addWidget(button)
        self.choices.show()

    def _focus_choice(self) -> None:
        first = self._choice_layout.itemAt(0)
        widget = None if first is None else first.widget()
        if widget is not None:
            widget.setFocus()

    def _clear_trouble(self) -> None:
        self._refused = ""
        self.trouble.hide()
        self.trouble.clear()
        self.choices.hide()
        while (item := self._choice_layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _popup_place(self, popup: QWidget) -> QPoint:
        """Under the field, or above it where the screen ends."""
        below = self.edit.mapToGlobal(QPoint(0, self.edit.height()))
        room = self.screen().availableGeometry()
        size = popup.sizeHint()
        left = max(room.left(), min(below.x(), room.right() - popup.width()))
        if below.y() + size.height() > room.bottom():
            return QPoint(left, max(room.top(), below.y() - self.edit.height() - size.height()))
        return QPoint(left, below.y())
