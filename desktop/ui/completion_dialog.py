"""แล้วเสร็จ: the completion's day, the answer, and what the quality items ask for; warns, never stops."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.complaint import Complaint
from desktop.services.complaint_steps import WorkStep, after_step, completion_check
from desktop.services.desk import Desk
from desktop.ui.answer_group import AnswerGroup
from desktop.ui.plain_label import plain_label
from desktop.ui.quality_group import QualityGroup
from desktop.ui.step_dialog import StepDialog
from desktop.ui.theme import GRID, Look
from desktop.ui.typed_fields import TypedField

WIDTH = 760
HEIGHT = 672


class CompletionDialog(StepDialog):
    """Completes a complaint; a core type's quality items are all shown with what is missing."""

    def __init__(self, desk: Desk, before: Complaint, parent: QWidget | None = None) -> None:
        super().__init__(desk, before, WorkStep.COMPLETE, parent)

    def _build(self) -> None:
        self.answer = AnswerGroup(self._desk, with_copy=False)
        self.answer.load(self._before)
        self.quality = QualityGroup(self._desk)
        self.quality.load(self._before)
        self.warning = plain_label()
        self.warning.setProperty("look", Look.TODAY.name.lower())
        super()._build()
        self.primary.setText("บันทึกว่าแล้วเสร็จ")
        sheet = QWidget()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(0, 0, GRID, 0)
        inside.setSpacing(GRID)
        inside.addWidget(self.answer)
        inside.addWidget(self.quality)
        inside.addStretch()
        scroll = QScrollArea()
        scroll.setWidget(sheet)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._layout.insertWidget(2, scroll, 1)
        self._layout.insertWidget(3, self.warning)
        self.setMinimumWidth(WIDTH)
        self.resize(WIDTH, HEIGHT)
        self.answer.answer.setFocus()

    def _connect(self) -> None:
        super()._connect()
        self.answer.edited.connect(self._look_over)
        self.quality.edited.connect(self._look_over)
        self.answer.edited.connect(self.edited)
        self.quality.edited.connect(self.edited)

    def typed_fields(self) -> dict[str, TypedField]:
        """Those of the answer and the quality too."""
        return super().typed_fields() | self.answer.typed_fields() | self.quality.typed_fields()

    def draft(self) -> Complaint | None:
        """The complaint completed on the day, with what was typed of its answer and quality."""
        day = self.day.day()
        return None if day is None else after_step(self._filled(), WorkStep.COMPLETE, day)

    def _filled(self) -> Complaint:
        return self.quality.typed(self.answer.typed(self._before))

    def _look_over(self) -> None:
        super()._look_over()
        filled = self._filled()
        self.quality.tell(filled)
        warnings = completion_check(self._desk, filled).warnings
        self.warning.setText("\n".join(f"{Look.TODAY.value} {warning} (บันทึกได้)" for warning in warnings))
        self.warning.setVisible(bool(warnings))
