"""The officer's own words on a month: plan, target, money spent, obstacles; and the reason of a revision."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from desktop.domain.report_sheet import PlanWord, TargetWord
from desktop.services.month_reports import OfficersWords
from desktop.ui.choice_box import ChoiceBox
from desktop.ui.number_field import NumberField
from desktop.ui.plain_label import plain_label
from desktop.ui.theme import GRID, Look

NOTE_LINES = 2


class OfficersWordsForm(QWidget):
    """What the officer chooses and types for a draft or a revision; ``edited`` when she does."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.why = QLineEdit()
        self.why.setPlaceholderText("เช่น แก้จำนวนเรื่องที่แจ้งภายหลัง")
        self.why_label = _label("เ&หตุผล", self.why)
        self.plan, self.target = ChoiceBox(), ChoiceBox()
        for plan in PlanWord:
            self.plan.addItem(plan.value)
        for target in TargetWord:
            self.target.addItem(target.value)
        self.hint = plain_label(muted=True)
        self.spent = NumberField()
        self.spent_label = _label("", self.spent)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(NOTE_LINES * self.note.fontMetrics().lineSpacing() + 2 * GRID)
        self.note.setPlaceholderText("เว้นว่างได้ ถ้าพิมพ์ไว้จะอยู่ใต้รายงานครั้งนี้")
        self._lay_out()

    def _connect(self) -> None:
        self.note.textChanged.connect(self.edited)
        for line in (self.why, self.spent):
            line.textEdited.connect(self.edited)
        for box in (self.plan, self.target):
            box.activated.connect(self.edited)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.addWidget(self.why_label, 0, 0)
        grid.addWidget(self.why, 0, 1, 1, 3)
        grid.addWidget(_label("แ&ผน", self.plan), 1, 0)
        grid.addWidget(self.plan, 1, 1)
        grid.addWidget(_label("เป้าห&มาย", self.target), 1, 2)
        grid.addWidget(self.target, 1, 3)
        grid.addWidget(self.hint, 2, 0, 1, 4)
        grid.addWidget(self.spent_label, 3, 0, 1, 3)
        grid.addWidget(self.spent, 3, 3)
        grid.addWidget(_label("&ปัญหา\nอุปสรรค", self.note), 4, 0)
        grid.addWidget(self.note, 4, 1, 1, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)

    def words(self) -> OfficersWords:
        """What stands in the fields."""
        plan, target = PlanWord(self.plan.currentText()), TargetWord(self.target.currentText())
        return OfficersWords(plan, target, self.spent.number(), self.note.toPlainText())

    def reason(self) -> str:
        """Why the report is revised; blank for a first issue."""
        return self.why.text().strip()

    def show_words(self, number: int, words: OfficersWords, reason: str, *, revising: bool) -> None:
        """Fill the fields for the report of a number. Fields that say so already keep their cursor."""
        self.spent_label.setText(f"&งบประมาณที่เบิกใช้ (ครั้งที่ {number}) บาท")
        self.why.setVisible(revising)
        self.why_label.setVisible(revising)
        if self.reason() != reason:
            self.why.setText(reason)
        if self.words() != words:
            self.plan.setCurrentIndex(self.plan.findText(words.plan.value))
            self.target.setCurrentIndex(self.target.findText(words.target.value))
            self.spent.set_number(words.spent)
            self.note.setPlainText(words.note)

    def show_hint(self, said: Sequence[tuple[Look, str]]) -> None:
        """Say beside the target what the figures say."""
        self.hint.setText("\n".join(f"{look.value} {words}".strip() for look, words in said))


def _label(words: str, field: QWidget) -> QLabel:
    label = QLabel(words)
    label.setBuddy(field)
    return label
