"""One step for many complaints: the day, the words, and what will happen, before it is saved in one stroke."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.services.desk import Desk
from desktop.services.many_complaints import accept_many, enter_many, transfer_many
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.ui import theme
from desktop.ui.date_field import DateField

NAMED_AT_MOST = 6  # numbers told in the dialog


@dataclass(frozen=True)
class StepFace:
    """How a step is offered: its words, its icon, what the day is called, what is left as it is."""

    words: str
    icon: str
    day: str
    kept: str
    save: Callable[[Desk, Sequence[str], date, str], int]


class BulkStep(Enum):
    """What can be done to many complaints in one stroke."""

    ACCEPT = StepFace(
        "รับเรื่อง",
        "check",
        "วันที่ตอบรับ",
        "เรื่องที่มีวันตอบรับหรือส่งต่อแล้วจะคงเดิม",
        lambda desk, numbers, day, text: accept_many(desk, numbers, day),
    )
    ENTRY = StepFace(
        "บันทึกการติดตาม",
        "notebook-pen",
        "วันที่ติดตาม",
        "เรื่องที่ยังไม่เคยรายงานจะนับเป็นรายงานครั้งที่ 1",
        lambda desk, numbers, day, text: enter_many(desk, numbers, day, text),
    )
    TRANSFER = StepFace(
        "ส่งต่อ",
        "forward",
        "วันที่ส่งต่อ",
        "เรื่องที่ส่งต่อแล้วจะคงเดิม",
        lambda desk, numbers, day, text: transfer_many(desk, numbers, day),
    )


class BulkDialog(QDialog):
    """``saved`` tells how many complaints were changed; nothing is saved when one of them refuses."""

    saved = Signal(int)

    def __init__(self, desk: Desk, numbers: Sequence[str], step: BulkStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._numbers = numbers
        self._face = step.value
        self._with_text = step is BulkStep.ENTRY
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setWindowTitle(f"{self._face.words} {len(self._numbers):,} เรื่อง")
        self.setMinimumWidth(60 * theme.GRID)
        which = _plain(_named(self._numbers))
        self.day = DateField(self._desk.today)
        self.day.set_day(self._desk.today)
        self.text = QLineEdit()
        self.text.setPlaceholderText("เช่น ตรวจสอบพื้นที่แล้ว อยู่ระหว่างจัดทีมเข้าดำเนินการ")
        kept = _plain(self._face.kept)
        kept.setProperty("muted", True)
        self.problem = _plain("")
        self.problem.setProperty("look", "overdue")
        self.problem.hide()
        self.save_button = QPushButton(f"&{self._face.words}")
        self.save_button.setProperty("primary", True)
        self.save_button.setDefault(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setSpacing(theme.GRID)
        form.addRow("เรื่อง", which)
        form.addRow(self._face.day, self.day)
        if self._with_text:
            form.addRow("ข้อความ", self.text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * theme.GRID] * 4)
        layout.setSpacing(theme.GRID)
        layout.addLayout(form)
        layout.addWidget(kept)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        (self.text if self._with_text else self.save_button).setFocus()

    def _connect(self) -> None:
        self.save_button.clicked.connect(self._save)

    def _save(self) -> None:
        self.day.settle()
        day = self.day.day()
        if day is None:
            self._say(self.day.problem() or "ยังไม่มีวันที่ โปรดพิมพ์วันที่")
            return
        try:
            count = self._face.save(self._desk, self._numbers, day, self.text.text())
        except PLAIN_ERRORS as problem:
            self._say(str(problem))
            return
        self.accept()
        self.saved.emit(count)

    def _say(self, sentence: str) -> None:
        self.problem.setText(f"{theme.Look.OVERDUE.value} {sentence}")
        self.problem.show()


def _named(numbers: Sequence[str]) -> str:
    named = ", ".join(numbers[:NAMED_AT_MOST])
    more = len(numbers) - NAMED_AT_MOST
    return f"{named} และอีก {more:,} เรื่อง" if more > 0 else named


def _plain(words: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
