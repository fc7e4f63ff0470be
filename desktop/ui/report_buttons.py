"""The foot of the report tab: what came of the last step, and the steps a month's report allows now."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.ui.plain_label import plain_label, wear
from desktop.ui.theme import GRID, Look


class ReportButtons(QWidget):
    """One row of buttons; a draft, a revision in the making and an issued report each show their own."""

    project_wanted = Signal()
    draft_wanted = Signal()
    issue_wanted = Signal()
    revision_wanted = Signal()
    revision_left = Signal()
    pdf_wanted = Signal()
    sent_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.project = QPushButton("&ข้อมูลโครงการ…")
        self.message = plain_label()
        self.message.hide()
        self.leave = QPushButton("&กลับไปฉบับที่ออกแล้ว")
        self.draft = QPushButton("&ร่าง PDF…")
        self.issue = QPushButton("&ออกรายงาน…")
        self.revise = QPushButton("ออกฉบับแ&ก้ไข…")
        self.pdf = QPushButton("เ&ปิด PDF…")
        self.sent = QPushButton("บันทึกวัน&นำส่ง…")
        for primary in (self.issue, self.sent):
            primary.setProperty("primary", True)
        self._typing = (self.leave, self.draft, self.issue)
        self._issued = (self.revise, self.pdf, self.sent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.project)
        layout.addWidget(self.message, 1)
        layout.addStretch(0)
        for button in (*self._typing, *self._issued):
            layout.addWidget(button)
        for button in (self.project, *self._typing, *self._issued):
            button.setAutoDefault(True)  # Enter presses it outside a dialog too

    def _connect(self) -> None:
        self.project.clicked.connect(self.project_wanted)
        self.leave.clicked.connect(self.revision_left)
        self.draft.clicked.connect(self.draft_wanted)
        self.issue.clicked.connect(self.issue_wanted)
        self.revise.clicked.connect(self.revision_wanted)
        self.pdf.clicked.connect(self.pdf_wanted)
        self.sent.clicked.connect(self.sent_wanted)

    def show_typing(self, *, ready: bool, revising: bool, why_not: str) -> None:
        """The buttons of a draft or a revision; ``why_not``: why it may not be issued yet."""
        self._show(self._typing)
        self.leave.setVisible(revising)
        self.draft.setEnabled(ready)
        self.issue.setText("&ออกฉบับแก้ไข…" if revising else "&ออกรายงาน…")
        self.issue.setEnabled(ready and not why_not)
        self.issue.setToolTip(why_not)
        if why_not:
            self.tell(why_not, Look.PLAIN)

    def show_issued(self, *, newest: bool) -> None:
        """The buttons of an issued report; only the newest revision is revised or sent."""
        self._show(self._issued)
        self.revise.setEnabled(newest)
        self.sent.setEnabled(newest)

    def tell(self, words: str, look: Look = Look.DONE) -> None:
        """Say what came of the last step; blank takes it back."""
        wear(self.message, look, words)

    def _show(self, shown: tuple[QPushButton, ...]) -> None:
        for button in (*self._typing, *self._issued):
            button.setVisible(button in shown)
