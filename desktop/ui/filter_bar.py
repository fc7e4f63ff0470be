"""The bar above the list: search as you type, four choices, and how many complaints that leaves."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop.domain.complaint import Status
from desktop.domain.thai_dates import SHORT_WEEKDAYS, short_date
from desktop.services.complaint_list import months_with_complaints
from desktop.services.desk import Desk
from desktop.services.list_lines import Due, ListFilter
from desktop.services.office_settings import types_of_year
from desktop.ui import theme
from desktop.ui.choice_box import ChoiceBox
from desktop.ui.icons import dress

DEBOUNCE = 40  # milliseconds between the last letter and the search
CHOICE_WIDTH = 17 * theme.GRID


class FilterBar(QWidget):
    """``changed`` comes when the list should be asked anew; ``narrowed`` adds the bar's conditions to a filter."""

    changed = Signal()
    list_asked = Signal()  # arrow down in the search: on to the rows

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._build()
        self._connect()

    def _build(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText("ค้นหา เลขที่ เรื่อง สถานที่ ชื่อ โทรศัพท์ หนังสือ (Ctrl+F)")
        self.search.setAccessibleName("ค้นหา")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(24 * theme.GRID)
        self.status = _choice("สถานะ", "ทุกสถานะ", [(each.value, each) for each in Status])
        self.type = _choice("ประเภท", "ทุกประเภท", [])
        self.month = _choice("เดือนที่แจ้ง", "ทุกเดือน", [])
        self.due = _choice("กำหนด", "ทุกกำหนด", [(each.value, each) for each in Due])
        self.clear_button = QPushButton("&ล้างตัวกรอง")
        dress(self.clear_button, "filter-x")
        self.clear_button.setToolTip("แสดงทุกเรื่อง (Esc ในช่องค้นหา)")
        self.columns = QPushButton("คอลัมน์")
        dress(self.columns, "columns-3")
        self.columns.setToolTip("เลือกคอลัมน์ที่แสดง")
        self.count = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.search, 1)
        for choice in self._choices():
            layout.addWidget(choice)
        layout.addWidget(self.clear_button)
        layout.addWidget(self.columns)
        layout.addSpacing(theme.GRID)
        layout.addWidget(self.count)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(DEBOUNCE)
        self._enable_clear()

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda: self._typing.start())
        self.search.returnPressed.connect(self._tell)
        self._typing.timeout.connect(self._tell)
        for choice in self._choices():
            choice.currentIndexChanged.connect(self._tell)
        self.clear_button.clicked.connect(self.clear)
        self.search.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search Esc shows everything again and arrow down goes on to the rows."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.clear()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.list_asked.emit()
                return True
        return super().eventFilter(watched, event)

    def _choices(self) -> tuple[QComboBox, ...]:
        return (self.status, self.type, self.month, self.due)

    def refresh(self) -> None:
        """The types and months the register has now; what is chosen stays chosen."""
        types = types_of_year(self._desk, self._desk.current_year)
        _fill(self.type, [(each.name, each.name) for each in types])
        _fill(self.month, [(month.thai, month) for month in months_with_complaints(self._desk)])

    def narrowed(self, wanted: ListFilter) -> ListFilter:
        """The filter with what the bar says; its sorting and days stay."""
        due = self.due.currentData()
        return replace(
            wanted,
            search=self.search.text(),
            status=self.status.currentData(),
            type_name=self.type.currentData(),
            month=self.month.currentData(),
            due=due if isinstance(due, Due) else None,
            act_on=due if isinstance(due, date) else None,
        )

    def is_blank(self) -> bool:
        """Whether everything is shown."""
        return not self.search.text().strip() and all(choice.currentIndex() == 0 for choice in self._choices())

    def clear(self) -> None:
        """Show everything."""
        self._set(self.search, *self._choices())
        self._tell()

    def show_filter(self, wanted: ListFilter) -> None:
        """Narrow by the status, month and due state of a filter, by nothing else."""
        self._set(self.search, *self._choices())
        for choice, value in ((self.status, wanted.status), (self.month, wanted.month), (self.due, wanted.due)):
            choice.blockSignals(True)
            choice.setCurrentIndex(max(0, _place_of(choice, value)))
            choice.blockSignals(False)
        self._tell()

    def choose_due(self, due: Due) -> None:
        """Show one due state and nothing else narrowed; choosing it again shows everything."""
        again = self.due.currentData() is due
        self._set(self.search, *self._choices())
        if not again:
            self._pick(due)
        self._tell()

    def choose_day(self, day: date) -> None:
        """Show what is to be acted on that day; choosing it again shows everything."""
        again = self.due.currentData() == day
        self._set(self.search, *self._choices())
        if not again:
            self._pick(day)
        self._tell()

    def show_count(self, count: int, complete: bool) -> None:
        """How many there are; … while they are still being counted."""
        self.count.setText(f"{count:,}{'' if complete else '…'} เรื่อง")

    def _pick(self, wanted: Due | date) -> None:
        self.due.blockSignals(True)
        if isinstance(wanted, date):
            self.due.addItem(f"ต้องทำ {SHORT_WEEKDAYS[wanted.weekday()]} {short_date(wanted)}", wanted)
        self.due.setCurrentIndex(_place_of(self.due, wanted))
        self.due.blockSignals(False)

    def _set(self, search: QLineEdit, *choices: QComboBox) -> None:
        for widget in (search, *choices):
            widget.blockSignals(True)
        search.clear()
        for choice in choices:
            choice.setCurrentIndex(0)
        while isinstance(self.due.itemData(self.due.count() - 1), date):  # a day of the strip
            self.due.removeItem(self.due.count() - 1)
        for widget in (search, *choices):
            widget.blockSignals(False)

    def _tell(self) -> None:
        self._typing.stop()
        self._enable_clear()
        self.changed.emit()

    def _enable_clear(self) -> None:
        self.clear_button.setEnabled(not self.is_blank())


def _choice(name: str, everything: str, items: Iterable[tuple[str, Any]]) -> QComboBox:
    choice = ChoiceBox()
    choice.setAccessibleName(name)
    choice.setToolTip(name)
    choice.setMinimumContentsLength(8)
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumWidth(CHOICE_WIDTH)
    choice.setMaxVisibleItems(20)
    choice.addItem(everything, None)
    for words, value in items:
        choice.addItem(words, value)
    return choice


def _fill(choice: QComboBox, items: list[tuple[str, Any]]) -> None:
    """The items anew when they changed, the chosen one kept; one that is gone falls back to everything."""
    now = [choice.itemData(place) for place in range(1, choice.count())]
    if now == [value for _, value in items]:
        return
    chosen = choice.currentData()
    choice.blockSignals(True)
    while choice.count() > 1:
        choice.removeItem(choice.count() - 1)
    for words, value in items:
        choice.addItem(words, value)
    choice.setCurrentIndex(max(0, _place_of(choice, chosen)))
    choice.blockSignals(False)


def _place_of(choice: QComboBox, value: object) -> int:
    return next((place for place in range(choice.count()) if choice.itemData(place) == value), -1)
