"""One step for many complaints: the day, the words, and what will happen, before it is saved in one stroke."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.services.automatic_backups import back_up_now
from desktop.services.desk import Desk
from desktop.services.dialog_forms import NUMBERS, bulk_form
from desktop.services.many_complaints import accept_many, enter_many, transfer_many
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.services.progress import Progress
from desktop.ui import theme
from desktop.ui.button_row import button_row, plain_button, primary_button
from desktop.ui.date_field import DateField
from desktop.ui.dialog_drafts import DialogDrafts
from desktop.ui.dialog_size import make_room
from desktop.ui.long_work import run_long
from desktop.ui.plain_label import plain_label, wear
from desktop.ui.typed_fields import TypedField, day_field, text_field

NAMED_AT_MOST = 6  # numbers told in the dialog


@dataclass(frozen=True)
class StepFace:
    """How a step is offered: its words and icon, what its day and text are called, and what it leaves as it is."""

    words: str
    icon: str
    day: str
    text: str  # blank: none is asked
    example: str
    kept: str
    save: Callable[[Desk, Sequence[str], date, str], int]


class BulkStep(Enum):
    """What can be done to many complaints in one stroke."""

    ACCEPT = StepFace(
        "รับเรื่อง",
        "check",
        "วันที่ตอบรับ",
        "",
        "",
        "เรื่องที่มีวันตอบรับหรือส่งต่อแล้วจะคงเดิม",
        lambda desk, numbers, day, text: accept_many(desk, numbers, day),
    )
    ENTRY = StepFace(
        "บันทึกการติดตาม",
        "notebook-pen",
        "วันที่ติดตาม",
        "ข้อความ",
        "เช่น ตรวจสอบพื้นที่แล้ว อยู่ระหว่างจัดทีมเข้าดำเนินการ",
        "เรื่องที่ยังไม่เคยรายงานจะนับเป็นรายงานครั้งที่ 1",
        lambda desk, numbers, day, text: enter_many(desk, numbers, day, text),
    )
    TRANSFER = StepFace(
        "ส่งต่อ",
        "forward",
        "วันที่ส่งต่อ",
        "ส่งต่อไปที่ใด เพราะอะไร",
        "เช่น สำนักการโยธา นอกอำนาจหน้าที่ของเขต",
        "เรื่องที่ส่งต่อแล้วจะคงเดิม",
        lambda desk, numbers, day, text: transfer_many(desk, numbers, day, text),
    )


class BulkDialog(QDialog):
    """``saved`` tells how many complaints were changed; nothing is saved when one of them refuses."""

    saved = Signal(int)

    def __init__(self, desk: Desk, numbers: Sequence[str], step: BulkStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._numbers = numbers
        self._face = step.value
        self._build()
        self._connect()
        numbered = {NUMBERS: [[number] for number in numbers]}
        self.drafts = DialogDrafts(desk, self, bulk_form(step.name), "", self._typed_fields(), self._tell, numbered)

    def _build(self) -> None:
        self.setWindowTitle(f"{self._face.words} {len(self._numbers):,} เรื่อง")
        self.setMinimumWidth(60 * theme.GRID)
        which = plain_label(_named(self._numbers))
        self.day = DateField(self._desk.today, calendar=self._desk.calendar)
        self.day.set_day(self._desk.today)
        self.text = QLineEdit()
        self.text.setPlaceholderText(self._face.example)
        kept = plain_label(self._face.kept, muted=True)
        self.problem = plain_label()
        self.problem.hide()
        self.cancel_button = plain_button("&ยกเลิก")
        self.save_button = primary_button(f"&{self._face.words}")
        form = QFormLayout()
        form.setSpacing(theme.GRID)
        form.addRow("เรื่อง", which)
        form.addRow(self._face.day, self.day)
        if self._face.text:
            form.addRow(self._face.text, self.text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * theme.GRID] * 4)
        layout.setSpacing(theme.GRID)
        layout.addLayout(form)
        layout.addWidget(kept)
        layout.addWidget(self.problem)
        layout.addLayout(button_row(self.cancel_button, self.save_button))
        (self.text if self._face.text else self.save_button).setFocus()

    def _connect(self) -> None:
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)

    def _typed_fields(self) -> dict[str, TypedField]:
        """Every field by name, for drafts."""
        return {"day": day_field(self.day), "text": text_field(self.text)}

    def _save(self) -> None:
        self.day.settle()
        day = self.day.day()
        if day is None:
            self._say(self.day.problem() or "ยังไม่มีวันที่ โปรดพิมพ์วันที่")
            return
        if len(self._numbers) == 1:
            self._save_on(day)
            return

        def keep(desk: Desk, progress: Progress) -> object:
            return back_up_now(desk, "ก่อนบันทึกหลายเรื่อง", progress)

        run_long(self, self._desk, "กำลังสำรองข้อมูลก่อนบันทึก", keep, lambda _: self._save_on(day))

    def _save_on(self, day: date) -> None:
        try:
            count = self._face.save(self._desk, self._numbers, day, self.text.text())
        except PLAIN_ERRORS as problem:
            self._say(str(problem))
            return
        self.accept()
        self.saved.emit(count)

    def _say(self, sentence: str) -> None:
        wear(self.problem, theme.Look.OVERDUE, sentence)
        make_room(self)

    def _tell(self, sentence: str) -> None:
        wear(self.problem, theme.Look.TODAY, sentence)
        make_room(self)


def _named(numbers: Sequence[str]) -> str:
    named = ", ".join(numbers[:NAMED_AT_MOST])
    more = len(numbers) - NAMED_AT_MOST
    return f"{named} และอีก {more:,} เรื่อง" if more > 0 else named
