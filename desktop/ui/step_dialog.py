"""One step of a complaint in a small dialog: the day, the text where there is one, saved at once as one operation."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.domain.complaint import Complaint
from desktop.domain.thai_text import clean_line
from desktop.services.complaint_steps import WorkStep, after_step
from desktop.services.complaint_work import problem_with, save
from desktop.services.desk import Desk
from desktop.services.drafts import Draft, laid_over, step_form
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.ui.date_field import DateField
from desktop.ui.draft_keeper import Typed
from desktop.ui.plain_label import plain_label
from desktop.ui.theme import GRID, Look, heading_font
from desktop.ui.typed_fields import TypedField, day_field, lay_over, text_field, values_of

DAY_WORDS = {
    WorkStep.ACCEPT: "วันที่ตอบรับ",
    WorkStep.ENTRY: "วันที่รายงานหรือติดตาม",
    WorkStep.COMPLETE: "วันที่แล้วเสร็จ",
    WorkStep.TRANSFER: "วันที่ส่งต่อ",
    WorkStep.REOPEN: "วันที่เปิดเรื่องใหม่",
}
TEXT_WORDS = {
    WorkStep.ENTRY: "รายงานหรือติดตามว่า",
    WorkStep.TRANSFER: "ส่งต่อไปที่ใด เพราะอะไร",
    WorkStep.REOPEN: "เปิดใหม่เพราะ",
}
WIDTH = 560


class StepDialog(QDialog):
    """Asks for the day and the text of one step; ``saved`` bears the complaint once it is stored."""

    edited = Signal()

    def __init__(self, desk: Desk, before: Complaint, step: WorkStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._before = before
        self._step = step
        self.saved: Complaint | None = None
        self._build()
        self._connect()
        self._look_over()
        self._base = values_of(self.typed_fields())

    def _build(self) -> None:
        self.setWindowTitle(self._step.value)
        self.setMinimumWidth(WIDTH)
        self.heading = plain_label(f"{self._before.number} · {self._before.subject}".rstrip(" ·"))
        self.heading.setFont(heading_font())
        self.day = DateField(self._desk.today, calendar=self._desk.calendar)
        self.day.set_day(self._desk.today)
        self.text = QLineEdit()
        self.form = QFormLayout()
        self.form.setSpacing(GRID)
        self.form.addRow(DAY_WORDS[self._step], self.day)
        if self._step in TEXT_WORDS:
            self.form.addRow(TEXT_WORDS[self._step], self.text)
        self.trouble = plain_label()
        self.trouble.setProperty("look", Look.OVERDUE.name.lower())
        self.trouble.hide()
        self.back = QPushButton("ยกเลิก")
        self.back.setAutoDefault(False)
        self.primary = QPushButton("บันทึก")
        self.primary.setProperty("primary", True)
        self.primary.setDefault(True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        self._layout.setSpacing(GRID * 2)
        self._layout.addWidget(self.heading)
        self._layout.addLayout(self.form)
        self._layout.addWidget(self.trouble)
        self._layout.addLayout(self._buttons())
        (self.text if self._step is WorkStep.ENTRY else self.day).setFocus()

    def _buttons(self) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.back)
        buttons.addWidget(self.primary)
        return buttons

    def _connect(self) -> None:
        self.day.settled.connect(self._look_over)
        self.day.edited.connect(self.edited)
        self.text.textEdited.connect(self.edited)
        self.text.textEdited.connect(lambda _text: self._look_over())
        self.back.clicked.connect(self.reject)
        self.primary.clicked.connect(self.accept)

    def typed_fields(self) -> dict[str, TypedField]:
        """Every field by name, for drafts."""
        return {"day": day_field(self.day), "text": text_field(self.text)}

    def unsaved(self) -> list[Typed]:
        """What is typed here and not saved."""
        values = values_of(self.typed_fields())
        if self.saved is not None or values == self._base:
            return []
        return [Typed(step_form(self._step), self._before.number, values, self._base)]

    def put_back(self, draft: Draft) -> None:
        """Lay a draft over the fields."""
        fields = self.typed_fields()
        lay_over(fields, laid_over(draft, values_of(fields)))
        self._look_over()

    def draft(self) -> Complaint | None:
        """The complaint after the step; None while the day is none yet."""
        day = self.day.day()
        return None if day is None else after_step(self._before, self._step, day, self.text.text())

    def why(self) -> str:
        """What is kept beside the operation: a transfer's or reopening's text has no field of its own."""
        keeps = self._step in (WorkStep.TRANSFER, WorkStep.REOPEN)
        return clean_line(self.text.text()) if keeps else ""

    def problem(self) -> str:
        """Why the step cannot be saved, in one Thai sentence; blank when it can."""
        if self.day.is_blank():
            return f"ยังไม่มี{DAY_WORDS[self._step]} โปรดพิมพ์วันที่"
        draft = self.draft()
        if draft is None:
            return self.day.problem()
        return problem_with(self._desk, draft) or ""

    def accept(self) -> None:
        """Save the step, or say why not and stay."""
        if self.day.edit.isModified():
            self.day.settle()
        draft = self.draft()
        if self._say(self.problem()) or draft is None:
            return
        try:
            self.saved = save(self._desk, self._before, draft, self._step.value, self.why())
        except PLAIN_ERRORS as refused:
            self._say(str(refused))
            return
        super().accept()

    def _look_over(self) -> None:
        """The day's own line already tells an unreadable day; here what disagrees with the other days."""
        self._say("" if self.draft() is None else self.problem())

    def _say(self, problem: str) -> bool:
        self.trouble.setText(f"{Look.OVERDUE.value} {problem}" if problem else "")
        self.trouble.setVisible(bool(problem))
        return bool(problem)
