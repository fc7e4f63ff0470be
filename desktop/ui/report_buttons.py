"""The foot of the report tab: what came of the last step, and the steps a month's report allows now."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from desktop.domain.pack_sheet import Part
from desktop.ui.icons import dress
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
    sign_wanted = Signal()
    sent_wanted = Signal()
    parts_wanted = Signal(object)  # a tuple of Parts; an empty one: all there are
    memo_wanted = Signal()
    texts_wanted = Signal()
    papers_asked = Signal()  # their menu is about to be seen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.project = QPushButton("&ข้อมูลโครงการ…")
        self.message = plain_label()
        self.message.hide()
        self.leave = QPushButton("&กลับไปฉบับที่ออกแล้ว")
        self.papers = QPushButton("เอกสารแ&นบ")
        menu = self._papers_menu()
        menu.aboutToShow.connect(self.papers_asked)
        self.papers.setMenu(menu)
        self.draft = QPushButton("ดู&ร่าง…")
        self.draft.setToolTip("ดู พิมพ์ และบันทึกร่างรายงาน (Ctrl+P)")
        self.issue = QPushButton("&ออกรายงาน…")
        self.revise = QPushButton("ออกฉบับแ&ก้ไข…")
        self.pdf = QPushButton("&ดู PDF…")
        self.pdf.setToolTip("ดู พิมพ์ และบันทึกสำเนาของแฟ้มตามที่ออก (Ctrl+P)")
        self.sign = QPushButton("&ลงนาม…")
        self.sign.setToolTip("ลงลายมือชื่ออิเล็กทรอนิกส์ หรือวางภาพลายมือชื่อ ในสำเนาของแฟ้มที่ออก")
        self.sent = QPushButton("บันทึกวันนำ&ส่ง…")
        for primary in (self.issue, self.sent):
            primary.setProperty("primary", True)
        self._typing = (self.leave, self.draft, self.issue)
        self._issued = (self.revise, self.pdf, self.sign, self.sent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.project)
        layout.addWidget(self.message, 1)
        layout.addStretch(0)
        layout.addWidget(self.papers)
        for button in (*self._typing, *self._issued):
            layout.addWidget(button)
        for button in (self.project, self.papers, *self._typing, *self._issued):
            button.setAutoDefault(True)  # Enter presses it outside a dialog too

    def _papers_menu(self) -> QMenu:
        menu = QMenu(self)
        self.whole = self._paper(menu, "&ทั้งชุด…", ())
        menu.addSeparator()
        self.parts = {
            part: self._paper(menu, words, (part,))
            for part, words in (
                (Part.MEMO, "&บันทึกข้อความ…"),
                (Part.SUMMARY, "ภาคผนวก &ก สรุปประจำเดือน…"),
                (Part.OUTAGES, "ภาคผนวก &ข หลักฐานระบบขัดข้อง…"),
                (Part.LIST, "ภาคผนวก &ค บัญชีเรื่อง…"),
            )
        }
        menu.addSeparator()
        self.memo = menu.addAction("ถ้อยคำในบันทึก&ข้อความ…")
        self.texts = menu.addAction("คั&ดลอกข้อความรายงาน…")
        dress(self.texts, "clipboard-copy")
        return menu

    def _paper(self, menu: QMenu, words: str, parts: tuple[Part, ...]) -> QAction:
        action = menu.addAction(words)
        dress(action, "file-text" if parts else "files")
        action.triggered.connect(lambda: self.parts_wanted.emit(parts))
        return action

    def _connect(self) -> None:
        self.memo.triggered.connect(self.memo_wanted)
        self.texts.triggered.connect(self.texts_wanted)
        self.project.clicked.connect(self.project_wanted)
        self.leave.clicked.connect(self.revision_left)
        self.draft.clicked.connect(self.draft_wanted)
        self.issue.clicked.connect(self.issue_wanted)
        self.revise.clicked.connect(self.revision_wanted)
        self.pdf.clicked.connect(self.pdf_wanted)
        self.sign.clicked.connect(self.sign_wanted)
        self.sent.clicked.connect(self.sent_wanted)

    def show_typing(self, *, ready: bool, revising: bool, why_not: str) -> None:
        """The buttons of a draft or a revision; ``why_not``: why it may not be issued yet."""
        self._show(self._typing)
        self.whole.setText("&ทั้งชุด (ร่าง)…")
        self.papers.setEnabled(ready)
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
        self.name_whole(pack=False)
        self.papers.setEnabled(True)
        self.revise.setEnabled(newest)
        self.sent.setEnabled(newest)

    def name_whole(self, *, pack: bool) -> None:
        """What the whole set of an issued report is: its own file, or what is made beside it."""
        self.whole.setText("&ทั้งชุดตามที่ออกแล้ว…" if pack else "&ทั้งชุด ไม่รวมแบบรายงานที่ออกแล้ว…")

    def tell(self, words: str, look: Look = Look.DONE) -> None:
        """Say what came of the last step; blank takes it back."""
        wear(self.message, look, words)

    def _show(self, shown: tuple[QPushButton, ...]) -> None:
        for button in (*self._typing, *self._issued):
            button.setVisible(button in shown)
