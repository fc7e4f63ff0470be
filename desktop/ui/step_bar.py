"""The bar over a complaint: which one it is, and its next steps, each enabled only when sensible."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.domain.complaint import Complaint
from desktop.services.complaint_steps import WorkStep, sensible_steps
from desktop.ui.theme import GRID, heading_font

TIPS = {
    WorkStep.ACCEPT: "ตอบรับว่าเขตรับเรื่องแล้ว",
    WorkStep.ENTRY: "บันทึกรายงานครั้งที่ 1 หรือการติดตามผล",
    WorkStep.COMPLETE: "บันทึกผลและวันที่แล้วเสร็จ",
    WorkStep.TRANSFER: "ไม่อยู่ในอำนาจหน้าที่ ส่งต่อหน่วยงานอื่น",
    WorkStep.REOPEN: "เปิดเรื่องที่แล้วเสร็จไปแล้วอีกครั้ง",
}


class StepBar(QWidget):
    """``asked`` bears the step of a pressed button; Alt+1 to Alt+5 press them."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.words = ""  # which complaint it is, whole
        self._build()
        self._connect()

    def _build(self) -> None:
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setFont(heading_font())
        self.title.setMinimumWidth(GRID * 16)
        self.buttons: dict[WorkStep, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.title, 1)
        for place, step in enumerate(WorkStep, 1):
            button = QPushButton(step.value)
            button.setShortcut(f"Alt+{place}")
            button.setToolTip(f"{TIPS[step]} (Alt+{place})")
            self.buttons[step] = button
            layout.addWidget(button)

    def _connect(self) -> None:
        for step, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, pressed=step: self.asked.emit(pressed))

    def show_complaint(self, found: Complaint | None, *, writable: bool) -> None:
        """Name a complaint and allow its sensible steps; None: a new one, which has none yet."""
        sensible = sensible_steps(found) if found is not None and writable else frozenset[WorkStep]()
        for step, button in self.buttons.items():
            button.setEnabled(step in sensible)
        self.words = "เรื่องใหม่" if found is None else f"{found.number} · {found.subject}".rstrip(" ·")
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title takes what the buttons leave."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics = QFontMetrics(self.title.font())
        self.title.setText(metrics.elidedText(self.words, Qt.TextElideMode.ElideRight, self.title.width()))
