"""An outage noted earlier: its facts and files; pictures can be added, and its evidence page looked at."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.domain.memo_wording import outage_words
from desktop.services.desk import Desk
from desktop.services.outage_evidence import add_evidence, evidence_of
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.ui.button_row import button_row, plain_button, primary_button
from desktop.ui.dialog_size import make_room, start_size
from desktop.ui.outage_pictures import OutagePictures
from desktop.ui.plain_label import heading_label, plain_label, wear
from desktop.ui.theme import GRID, Look

ADD = "เพิ่มภาพได้โดยจับภาพหน้าจอ วางภาพ หรือเลือกแฟ้ม"
WIDTH, HEIGHT = 84 * GRID, 44 * GRID


class OutageEvidenceDialog(QDialog):
    """``saved`` when pictures were added, ``page_wanted`` when its page is wanted instead; both bear its number."""

    saved = Signal(int)
    page_wanted = Signal(int)

    def __init__(self, desk: Desk, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._number = number
        self._evidence = evidence_of(desk, number)
        self._build()
        self._connect()
        self._look_over()

    def _build(self) -> None:
        outage = self._evidence.outage
        self.setWindowTitle("หลักฐานระบบขัดข้อง")
        self.files = plain_label()
        self.pictures = OutagePictures(self._desk, ADD)
        self.trouble = plain_label()
        self.trouble.hide()
        self.back = plain_button("&ปิด")
        self.page = plain_button("ดูหน้าห&ลักฐาน…")
        self.primary = primary_button("เ&พิ่มภาพ")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        layout.addWidget(heading_label(f"ระบบขัดข้องครั้งที่ {self._number}"))
        layout.addWidget(plain_label(f"{outage_words(outage)}\n{outage.what}"))
        layout.addWidget(self.files)
        layout.addWidget(self.pictures)
        layout.addWidget(self.trouble)
        layout.addStretch(1)
        layout.addLayout(button_row(self.back, self.page, self.primary))
        start_size(self, WIDTH, HEIGHT)
        kept = self._evidence.attachments
        names = ", ".join(each.name for each in kept)
        wear(
            self.files,
            Look.DONE if kept else Look.TODAY,
            f"เก็บไว้แล้ว {len(kept)} แฟ้ม: {names}" if kept else "ยังไม่มีภาพหลักฐาน",
        )

    def _connect(self) -> None:
        self.pictures.changed.connect(self._look_over)
        self.back.clicked.connect(self.reject)
        self.page.clicked.connect(self._ask_page)
        self.primary.clicked.connect(self.accept)

    def accept(self) -> None:
        """Keep the pictures and close; what is refused is said and nothing kept."""
        if self.pictures.is_busy or not self.pictures.images:
            return
        try:
            add_evidence(self._desk, self._number, self.pictures.images)
        except PLAIN_ERRORS as refused:
            wear(self.trouble, Look.OVERDUE, str(refused))
            return
        self.saved.emit(self._number)
        super().accept()

    def _ask_page(self) -> None:
        self.reject()
        self.page_wanted.emit(self._number)

    def _look_over(self) -> None:
        self.primary.setEnabled(bool(self.pictures.images) and not self.pictures.is_busy)
        make_room(self)
