"""An outage noted earlier: what was said of it, its pictures, its evidence page; mended or struck out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.desk import Desk
from desktop.services.dialog_forms import NO_PICTURES, PICTURES, DialogForm
from desktop.services.outage_evidence import evidence_of, facts_of, mend_outage, strike_outage
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.services.progress import Progress
from desktop.ui import notices
from desktop.ui.button_row import button_row, plain_button, primary_button
from desktop.ui.dialog_drafts import DialogDrafts, said_in
from desktop.ui.dialog_size import make_room, start_size
from desktop.ui.kept_pictures import KeptPictures
from desktop.ui.long_work import run_long
from desktop.ui.outage_fields import OutageFields
from desktop.ui.plain_label import heading_label, plain_label, wear
from desktop.ui.theme import GRID, Look
from desktop.ui.typed_fields import TypedField

WIDTH, HEIGHT = 88 * GRID, 60 * GRID
STILL_LOOKING = "กำลังตรวจภาพ โปรดรอสักครู่แล้วบันทึกอีกครั้ง"


class OutageEvidenceDialog(QDialog):
    """``saved`` when it was mended, ``struck`` when struck out, ``page_wanted`` for its page; each bears its number."""

    saved = Signal(int)
    struck = Signal(int)
    page_wanted = Signal(int)

    def __init__(self, desk: Desk, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._number = number
        self._evidence = evidence_of(desk, number)
        self._printing = False
        self._build()
        self._connect()
        self._look_over()
        fields = self._typed_fields()
        self.drafts = DialogDrafts(
            desk, self, DialogForm.MENDED_OUTAGE, str(number), fields, said_in(self.trouble, self)
        )

    def _build(self) -> None:
        self.setWindowTitle("แก้ไขบันทึกระบบขัดข้อง")
        self.pictures = KeptPictures(self._desk, self._evidence.attachments)
        self.fields = OutageFields(self._desk, self._evidence.outage)
        self.trouble = plain_label()
        self.trouble.hide()
        self.strike = plain_button("&ขีดฆ่าบันทึกนี้…")
        self.back = plain_button("&ปิด")
        self.page = plain_button("")
        self.primary = primary_button("&บันทึก")
        if not self._desk.register.writable:
            self.fields.set_read_only()
            self.pictures.set_read_only()
            self.strike.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.strike)
        foot.addLayout(button_row(self.back, self.page, self.primary), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(2 * GRID)
        layout.addWidget(heading_label(f"ระบบขัดข้องครั้งที่ {self._number}"))
        layout.addWidget(self.pictures)
        layout.addWidget(self.fields)
        layout.addWidget(self.trouble)
        layout.addStretch(1)
        layout.addLayout(foot)
        start_size(self, WIDTH, HEIGHT)
        self.fields.what.setFocus()

    def _connect(self) -> None:
        self.pictures.changed.connect(self._look_over)
        self.fields.edited.connect(self._look_over)
        self.strike.clicked.connect(self._ask_to_strike)
        self.back.clicked.connect(self.reject)
        self.page.clicked.connect(self._ask_page)
        self.primary.clicked.connect(self.accept)

    def _typed_fields(self) -> dict[str, TypedField]:
        """Every field by name, for drafts; of the pictures only whether they were changed."""
        changed = TypedField(self.pictures, lambda: self.pictures.is_changed, self._say_pictures_gone)
        return self.fields.typed_fields() | {PICTURES: changed}

    def _say_pictures_gone(self, had: object) -> None:
        self.pictures.say(NO_PICTURES if had is True else "")

    def accept(self) -> None:
        """Save what was mended and close; what is refused is said and nothing kept."""
        self._save(printing=False)

    @property
    def is_changed(self) -> bool:
        """Whether anything stands otherwise than it is kept."""
        return self.pictures.is_changed or self.fields.facts() != facts_of(self._evidence.outage)

    def _save(self, *, printing: bool) -> None:
        self.fields.settle()
        problem = self.fields.problem() or (STILL_LOOKING if self.pictures.is_busy else "")
        wear(self.trouble, Look.OVERDUE, problem)
        make_room(self)
        facts = self.fields.facts()
        if problem or facts is None:
            return
        self._printing = printing
        number, images, off = self._number, self.pictures.images, frozenset(self.pictures.taken_off)

        def work(desk: Desk, _: Progress) -> int:
            return mend_outage(desk, number, facts, images, off)

        run_long(self, self._desk, "กำลังบันทึก", work, self._saved)

    def _saved(self, _: int) -> None:
        super().accept()
        self.saved.emit(self._number)
        if self._printing:
            self.page_wanted.emit(self._number)

    def _ask_page(self) -> None:
        if self.is_changed:
            self._save(printing=True)
        else:
            self.reject()
            self.page_wanted.emit(self._number)

    def _ask_to_strike(self) -> None:
        kept = len(self._evidence.attachments)
        files = f"พร้อมภาพหลักฐาน {kept} ภาพ " if kept else ""
        question = f"ขีดฆ่าบันทึกระบบขัดข้องครั้งที่ {self._number} {files}หรือไม่ ประวัติยังอยู่ และเลิกทำได้ด้วย Ctrl+Z"
        notices.ask(self, question, {"&ขีดฆ่า": self._strike_out})

    def _strike_out(self) -> None:
        try:
            strike_outage(self._desk, self._number)
        except PLAIN_ERRORS as refused:
            wear(self.trouble, Look.OVERDUE, str(refused))
            return
        super().accept()
        self.struck.emit(self._number)

    def _look_over(self) -> None:
        changed = self.is_changed
        self.primary.setEnabled(changed and self._desk.register.writable)
        self.back.setText("&ยกเลิก" if changed else "&ปิด")
        self.page.setText("บันทึกและ&พิมพ์หน้าหลักฐาน" if changed else "&พิมพ์หน้าหลักฐาน…")
        make_room(self)
