"""What the groups of the complaint form share: labelled fields, loading, and giving back what is typed."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QGroupBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from desktop.domain.complaint import Complaint
from desktop.services.desk import Desk
from desktop.ui.date_field import DateField
from desktop.ui.theme import GRID
from desktop.ui.typed_fields import TypedField, day_field, text_field

LABEL_WIDTH = 112


MOST_LINES = 8


class TextArea(QPlainTextEdit):
    """Plain text that grows with its lines, up to eight; Tab leaves it."""

    def __init__(self, lines: int = 2) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def _grow(self) -> None:
        lines = int(self.document().size().height())  # a plain text document measures itself in lines
        shown = max(self._lines, min(lines, MOST_LINES))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * shown + GRID * 3)


class FormPart(QGroupBox):
    """A group of fields of one complaint; ``edited`` on each keystroke, ``settled`` when a day or choice stands."""

    edited = Signal()
    settled = Signal()

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(title)
        self._desk = desk
        self._texts: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._days: dict[str, tuple[str, DateField]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID * 2)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)

    def load(self, loaded: Complaint | None) -> None:
        """Show a complaint's values; blanks for a new one."""
        for name, widget in self._texts.items():
            text = "" if loaded is None else getattr(loaded, name)
            if isinstance(widget, QLineEdit):
                widget.setText(text)
                widget.setCursorPosition(0)
            else:
                widget.setPlainText(text)
        for name, (_, field) in self._days.items():
            field.set_today(self._desk.today)
            field.set_calendar(self._desk.calendar)
            field.set_day(None if loaded is None else getattr(loaded, name))

    def typed(self, draft: Complaint) -> Complaint:
        """The draft with this group's values as they stand."""
        values: dict[str, str | date | None] = {name: _text_of(widget) for name, widget in self._texts.items()}
        values |= {name: field.day() for name, (_, field) in self._days.items() if name != "notified"}
        return replace(draft, **values)  # type: ignore[arg-type]

    def problem(self) -> str:
        """The first day that is no day yet, named; blank when all are."""
        for label, field in self._days.values():
            if problem := field.problem():
                return f"{label}: {problem}"
        return ""

    def set_read_only(self, read_only: bool) -> None:
        """Readable, but not to be changed."""
        for widget in self._texts.values():
            widget.setReadOnly(read_only)
        for _, field in self._days.values():
            field.set_read_only(read_only)

    def typed_fields(self) -> dict[str, TypedField]:
        """Every field of the group by name, for drafts."""
        texts = {name: text_field(widget) for name, widget in self._texts.items()}
        return texts | {name: day_field(field) for name, (_, field) in self._days.items()}

    def settle(self) -> None:
        """Settle every day as it is typed."""
        for _, field in self._days.values():
            if field.edit.isModified():
                field.settle()

    def _add(self, label: str, widget: QWidget, row: int, column: int = 0, *, wide: bool = False) -> None:
        """A labelled widget: in the left (0) or right (2) half of a row, or over the whole of it."""
        caption = QLabel(label)
        caption.setBuddy(widget)
        widget.setAccessibleName(label)
        over = isinstance(widget, QPlainTextEdit) or not isinstance(widget, QLineEdit)
        where = Qt.AlignmentFlag.AlignTop if over else Qt.AlignmentFlag.AlignVCenter
        if over:
            caption.setContentsMargins(0, GRID // 2, 0, 0)
        self._grid.addWidget(caption, row, column, where)
        self._grid.addWidget(widget, row, column + 1, 1, 3 if wide else 1)

    def _add_line(self, name: str, label: str, row: int, column: int = 0, *, wide: bool = False) -> QLineEdit:
        line = QLineEdit()
        line.textEdited.connect(self.edited)
        self._texts[name] = line
        self._add(label, line, row, column, wide=wide)
        return line

    def _add_area(self, name: str, label: str, row: int, lines: int = 2) -> TextArea:
        area = TextArea(lines)
        area.textChanged.connect(self.edited)
        self._texts[name] = area
        self._add(label, area, row, wide=True)
        return area

    def _add_day(self, name: str, label: str, row: int, column: int = 0) -> DateField:
        field = DateField(self._desk.today)
        field.edited.connect(self.edited)
        field.settled.connect(self.settled)
        field.edit.setAccessibleName(label)
        self._days[name] = (label, field)
        self._add(label, field, row, column)
        return field


def _text_of(widget: QLineEdit | QPlainTextEdit) -> str:
    return widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()
