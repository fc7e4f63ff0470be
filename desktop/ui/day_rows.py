"""Rows of days in the complaint form: progress entries and reopenings, each edited where it stands."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.domain.complaint import Entry, Reopening
from desktop.services.desk import Desk
from desktop.services.drafts import Value
from desktop.ui.date_field import DateField
from desktop.ui.theme import GRID

KIND_WIDTH = 112
FIRST_REPORT = "รายงานครั้งที่ 1"
FOLLOW_UP = "ติดตามผล"


class DayRow(QWidget):
    """One row: a caption, one or two days, perhaps a text, and a button that takes the row out."""

    edited = Signal()
    settled = Signal()
    removed = Signal()

    def __init__(self, desk: Desk, captions: tuple[str, ...], *, with_text: bool) -> None:
        super().__init__()
        self.captions = [QLabel(caption) for caption in captions]
        self.fields = [DateField(desk.today, calendar=desk.calendar) for _ in captions]
        self.text = QLineEdit() if with_text else None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.remove = QToolButton()
        self.remove.setText("✕")
        self.remove.setAutoRaise(True)
        self.remove.setToolTip("เอารายการนี้ออก")
        self.remove.setAccessibleName("เอารายการนี้ออก")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        top = Qt.AlignmentFlag.AlignTop
        for caption, field in zip(self.captions, self.fields, strict=True):
            caption.setContentsMargins(0, GRID // 2, 0, 0)
            field.edit.setAccessibleName(caption.text())
            layout.addWidget(caption, 0, top)
            layout.addWidget(field, 0 if self.text else 1, top)
        if self.text is not None:
            widest = self.captions[0].fontMetrics().horizontalAdvance(FIRST_REPORT)
            self.captions[0].setFixedWidth(max(KIND_WIDTH, widest + GRID))
        if self.text is not None:
            self.text.setPlaceholderText("รายงานหรือติดตามว่าอย่างไร")
            self.text.setAccessibleName("ข้อความ")
            layout.addWidget(self.text, 1, top)
        layout.addWidget(self.remove, 0, top)

    def _connect(self) -> None:
        for field in self.fields:
            field.edited.connect(self.edited)
            field.settled.connect(self.settled)
        if self.text is not None:
            self.text.textEdited.connect(self.edited)
        self.remove.clicked.connect(self.removed)

    def is_blank(self) -> bool:
        """Whether nothing at all is typed in it."""
        return all(field.is_blank() for field in self.fields) and not self.words()

    def words(self) -> str:
        """Its text, blank without one."""
        return "" if self.text is None else self.text.text().strip()

    def problem(self) -> str:
        """Why it is no row yet; blank when it is one, or quite blank."""
        for field in self.fields:
            if problem := field.problem():
                return problem
        missing = any(field.is_blank() for field in self.fields)
        return "ยังไม่มีวันที่ โปรดพิมพ์วันที่หรือเอารายการออก" if missing and not self.is_blank() else ""

    def set_read_only(self, read_only: bool) -> None:
        """Readable, but not to be changed."""
        for field in self.fields:
            field.set_read_only(read_only)
        if self.text is not None:
            self.text.setReadOnly(read_only)
        self.remove.setVisible(not read_only)


class DayRows(QWidget):
    """A list of rows with a button that adds one."""

    edited = Signal()
    settled = Signal()

    def __init__(self, desk: Desk, captions: tuple[str, ...], add_words: str, *, with_text: bool) -> None:
        super().__init__()
        self._desk = desk
        self._captions = captions
        self._with_text = with_text
        self._read_only = False
        self.rows: list[DayRow] = []
        self.add_button = QPushButton(add_words)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GRID // 2)
        self._layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_button.clicked.connect(self._add_by_hand)

    def add_row(self) -> DayRow:
        """A blank row at the end."""
        row = DayRow(self._desk, self._captions, with_text=self._with_text)
        row.set_read_only(self._read_only)
        row.edited.connect(self.edited)
        row.settled.connect(self.settled)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._layout.insertWidget(self._layout.count() - 1, row)
        return row

    def problem(self) -> str:
        """The first row that is no row yet, named; blank when all are."""
        return next((f"{row.captions[0].text()}: {why}" for row in self.rows if (why := row.problem())), "")

    def settle(self) -> None:
        """Settle every day as it is typed."""
        for row in self.rows:
            for field in row.fields:
                if field.edit.isModified():
                    field.settle()

    def set_read_only(self, read_only: bool) -> None:
        """Readable, but not to be changed."""
        self._read_only = read_only
        self.add_button.setVisible(not read_only)
        for row in self.rows:
            row.set_read_only(read_only)

    def typed_rows(self) -> list[list[str]]:
        """What is typed in each row, its days first."""
        return [[*(field.typed_text() for field in row.fields), row.words()][: self._columns()] for row in self.rows]

    def put_back(self, rows: Value) -> None:
        """Show rows as they were typed."""
        self._clear()
        for cells in rows if isinstance(rows, list) else []:
            row = self.add_row()
            for field, text in zip(row.fields, cells, strict=False):
                field.put_back(text)
            if row.text is not None and len(cells) > len(row.fields):
                row.text.setText(cells[len(row.fields)])

    def _columns(self) -> int:
        return len(self._captions) + self._with_text

    def _clear(self) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []

    def _add_by_hand(self) -> None:
        self.add_row().fields[0].setFocus()
        self.settled.emit()

    def _remove(self, row: DayRow) -> None:
        self.rows.remove(row)
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.edited.emit()
        self.settled.emit()


class EntryRows(DayRows):
    """The progress entries: the first report and the follow-ups, in the order made."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, (FOLLOW_UP,), "เพิ่มรายการ", with_text=True)

    def load(self, entries: tuple[Entry, ...]) -> None:
        """Show some entries."""
        self._clear()
        for entry in entries:
            row = self.add_row()
            row.fields[0].set_day(entry.day)
            if row.text is not None:
                row.text.setText(entry.text)
                row.text.setCursorPosition(0)

    def entries(self) -> tuple[Entry, ...]:
        """The entries whose day stands."""
        found = ((row.fields[0].day(), row.words()) for row in self.rows)
        return tuple(Entry(day, words) for day, words in found if day is not None)

    def tell_kinds(self, *, has_first_report: bool) -> None:
        """Say which row is the first report."""
        for place, row in enumerate(self.rows):
            row.captions[0].setText(FIRST_REPORT if place == 0 and has_first_report else FOLLOW_UP)


class ReopeningRows(DayRows):
    """The completions that were taken back, each with the day of its reopening."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, ("แล้วเสร็จ", "เปิดใหม่"), "เพิ่มการเปิดเรื่องใหม่", with_text=False)

    def load(self, reopenings: tuple[Reopening, ...]) -> None:
        """Show some reopenings."""
        self._clear()
        for pair in reopenings:
            row = self.add_row()
            row.fields[0].set_day(pair.completed)
            row.fields[1].set_day(pair.reopened)

    def reopenings(self) -> tuple[Reopening, ...]:
        """The reopenings whose two days stand."""
        found = ((row.fields[0].day(), row.fields[1].day()) for row in self.rows)
        return tuple(Reopening(done, again) for done, again in found if done is not None and again is not None)
