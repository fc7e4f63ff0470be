"""บันทึกระบบขัดข้อง (F9): the pictures, from when to when, what failed; the evidence page at once if wanted."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.domain.evidence import Outage
from desktop.services.desk import Desk
from desktop.services.dialog_forms import NO_PICTURES, PICTURES, DialogForm
from desktop.services.drafts import Draft
from desktop.services.outage_work import note_outage
from desktop.services.progress import Progress
from desktop.ui.button_row import button_row, plain_button, primary_button
from desktop.ui.dialog_drafts import DialogDrafts, said_in
from desktop.ui.dialog_size import make_room, start_size
from desktop.ui.long_work import run_long
from desktop.ui.outage_fields import OutageFields
from desktop.ui.outage_pictures import OutagePictures
from desktop.ui.plain_label import plain_label, wear
from desktop.ui.theme import GRID, Look
from desktop.ui.typed_fields import TypedField

STILL_LOOKING = "กำลังตรวจภาพ โปรดรอสักครู่แล้วบันทึกอีกครั้ง"


class OutageDialog(QDialog):
    """``noted`` bears the outage once it is stored; ``print_wanted`` too when its evidence page is wanted at once."""

    noted = Signal(object)
    print_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._printing = False
        self._build()
        self._connect()
        self._look_over()
        self.drafts = DialogDrafts(desk, self, DialogForm.OUTAGE, "", self._typed_fields(), said_in(self.trouble, self))

    def begin(self, draft: Draft | None = None) -> None:
        """Open with the clipboard's picture, or else with every screen as it was before we came up; or with a draft."""
        if draft is not None:
            self.open()
            self.drafts.take_back(draft)
        elif self.pictures.offer_clipboard():
            self.open()
        else:
            self.pictures.capture.start()

    def _build(self) -> None:
        self.setWindowTitle("บันทึกระบบขัดข้อง")
        start_size(self, 88 * GRID, 56 * GRID)
        self.pictures = OutagePictures(self._desk)
        self.fields = fields = OutageFields(self._desk)
        self.began, self.began_at = fields.began, fields.began_at
        self.ended, self.ended_at = fields.ended, fields.ended_at
        self.what, self.length, self.by = fields.what, fields.length, fields.by
        self.trouble = plain_label()
        self.trouble.hide()
        self.back = plain_button("&ยกเลิก")
        self.print_button = plain_button("บันทึกและ&พิมพ์หน้าหลักฐาน")
        self.primary = primary_button("&บันทึก")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.pictures)
        layout.addWidget(self.fields)
        layout.addWidget(self.trouble)
        layout.addStretch()
        layout.addLayout(button_row(self.back, self.print_button, self.primary))
        self.what.setFocus()

    def _connect(self) -> None:
        self.fields.edited.connect(self._look_over)
        self.pictures.changed.connect(lambda: make_room(self))
        self.pictures.ready.connect(self.open)
        self.back.clicked.connect(self.reject)
        self.primary.clicked.connect(self.accept)
        self.print_button.clicked.connect(lambda: self._save(printing=True))

    def _typed_fields(self) -> dict[str, TypedField]:
        """Every field by name, for drafts; of the pictures only whether there were any."""
        had_any = TypedField(self.pictures, lambda: bool(self.pictures.images), self._say_pictures_gone)
        return self.fields.typed_fields() | {PICTURES: had_any}

    def _say_pictures_gone(self, had: object) -> None:
        self.pictures.say(NO_PICTURES if had is True else "")

    def accept(self) -> None:
        """Save, or say why not and stay."""
        self._save(printing=False)

    def _save(self, *, printing: bool) -> None:
        self.fields.settle()
        problem = self.fields.problem() or (STILL_LOOKING if self.pictures.is_busy else "")
        self._tell(problem)
        facts = self.fields.facts()
        if problem or facts is None:
            return
        self._printing = printing
        images = self.pictures.images

        def work(desk: Desk, _: Progress) -> Outage:
            return note_outage(desk, facts.began, facts.ended, facts.what, images, facts.by)

        run_long(self, self._desk, "กำลังบันทึก", work, self._saved)

    def _saved(self, outage: Outage) -> None:
        super().accept()
        self.noted.emit(outage)
        if self._printing:
            self.print_wanted.emit(outage)

    def _look_over(self) -> None:
        """What is wrong is told on saving, and until then only unsaid again."""
        if self.trouble.isVisible() and self.trouble.property("look") == Look.OVERDUE.name.lower():
            self._tell(self.fields.problem())

    def _tell(self, problem: str) -> None:
        wear(self.trouble, Look.OVERDUE, problem)
        make_room(self)
