"""What stands in the fields of a form, as plain values: to keep it as a draft, and to put it back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Qt, QTime, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.services.drafts import LaidOver, Value, Values, words_of
from desktop.ui.date_field import DateField
from desktop.ui.plain_label import plain_label
from desktop.ui.theme import GRID, Look

HOUR = "HH:mm"
REGISTER_HAS = "ในทะเบียนตอนนี้"


@dataclass(frozen=True)
class TypedField:
    """One field: where it is, what stands in it, and how to put that back."""

    widget: QWidget
    read: Callable[[], Value]
    write: Callable[[Value], None]


TypedFields = Mapping[str, TypedField]


def text_field(widget: QLineEdit | QPlainTextEdit) -> TypedField:
    """A line or an area of text."""
    if isinstance(widget, QLineEdit):
        return TypedField(widget, widget.text, lambda value: widget.setText(str(value)))
    return TypedField(widget, widget.toPlainText, lambda value: widget.setPlainText(str(value)))


def day_field(field: DateField) -> TypedField:
    """A day as it is typed, unclear or not."""
    return TypedField(field, field.typed_text, lambda value: field.put_back(str(value)))


def tick_field(box: QCheckBox) -> TypedField:
    """A tick."""
    return TypedField(box, box.isChecked, lambda value: box.setChecked(value is True))


def choice_field(box: QComboBox) -> TypedField:
    """One of several words."""
    return TypedField(box, box.currentText, lambda value: box.setCurrentIndex(max(0, box.findText(str(value)))))


def time_field(edit: QTimeEdit) -> TypedField:
    """A time of the day."""
    return TypedField(
        edit, lambda: edit.time().toString(HOUR), lambda value: edit.setTime(QTime.fromString(str(value), HOUR))
    )


def edits_of(widget: QWidget) -> list[SignalInstance]:
    """What a field says when something is typed in it or chosen."""
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        return [widget.textChanged]
    if isinstance(widget, DateField):
        return [widget.edited, widget.settled]
    if isinstance(widget, QTimeEdit):
        return [widget.timeChanged]
    if isinstance(widget, QCheckBox):
        return [widget.toggled]
    return [widget.changed]  # type: ignore[attr-defined]


def values_of(fields: TypedFields) -> dict[str, Value]:
    """What stands in the fields."""
    return {name: field.read() for name, field in fields.items()}


def put_back(fields: TypedFields, values: Values) -> None:
    """Put values back where they differ; names the form does not know are left out."""
    for name, field in fields.items():
        if name in values and field.read() != values[name]:
            field.write(values[name])


def lay_over(fields: TypedFields, laid: LaidOver) -> list[QLabel]:
    """Put a draft back, and say under each field that changed meanwhile what the register has; gives those notes."""
    put_back(fields, laid.values)
    notes = (note_under(fields[name].widget, words_of(value)) for name, value in laid.register_has.items())
    return [note for note in notes if note is not None]


def note_under(widget: QWidget, words: str) -> QLabel | None:
    """Say under a field what the register has; None where the field stands in no grid."""
    parent = widget.parentWidget()
    grid = parent.layout() if parent is not None else None
    if not isinstance(grid, QGridLayout) or grid.indexOf(widget) < 0:
        return None
    place = _place_of(grid, widget)
    note = plain_label(f"{Look.DOUBTFUL.value} {REGISTER_HAS}: {words}")
    note.setProperty("look", Look.DOUBTFUL.name.lower())
    note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    holder = NotedField(widget, note)
    grid.removeWidget(widget)
    holder.take(widget)
    grid.addWidget(holder, *place)
    return note


def _place_of(grid: QGridLayout, widget: QWidget) -> tuple[int, int, int, int]:
    """Row, column and how many of each."""
    return cast(tuple[int, int, int, int], grid.getItemPosition(grid.indexOf(widget)))


def clear_notes(notes: list[QLabel]) -> None:
    """Take notes away and give each field its place again."""
    for note in notes:
        holder = note.parentWidget()
        if isinstance(holder, NotedField):
            holder.give_back()
    notes.clear()


class NotedField(QWidget):
    """A field with a note under it, in the field's place."""

    def __init__(self, widget: QWidget, note: QLabel) -> None:
        super().__init__(widget.parentWidget())
        self._widget = widget
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GRID // 2)
        self._layout.addWidget(note)

    def take(self, widget: QWidget) -> None:
        """Hold the field above the note."""
        self._layout.insertWidget(0, widget)
        widget.show()  # another parent hid it
        self.show()

    def give_back(self) -> None:
        """Put the field where the holder is, and go."""
        parent = self.parentWidget()
        grid = parent.layout() if parent is not None else None
        if isinstance(grid, QGridLayout):
            place = _place_of(grid, self)
            grid.removeWidget(self)
            self._layout.removeWidget(self._widget)
            grid.addWidget(self._widget, *place)
            self._widget.show()
        self.hide()
        self.deleteLater()
