"""บันทึกระบบขัดข้อง (F9): the pictures, from when to when, what failed; the evidence page at once if wanted."""

from datetime import datetime

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QTimeEdit, QVBoxLayout, QWidget

from desktop.domain.evidence import Outage
from desktop.services.changes import officer
from desktop.services.desk import Desk
from desktop.services.outage_work import latest, length_words, note_outage, problem_with
from desktop.ui.button_row import button_row, plain_button, primary_button
from desktop.ui.date_field import DateField
from desktop.ui.dialog_size import make_room, start_size
from desktop.ui.form_part import TextArea
from desktop.ui.long_work import run_long
from desktop.ui.outage_pictures import OutagePictures
from desktop.ui.plain_label import plain_label, wear
from desktop.ui.theme import GRID, Look

EXAMPLE = "เช่น เข้าระบบรับเรื่องร้องทุกข์ไม่ได้ หน้าจอขึ้นข้อความผิดพลาด"
NOBODY = "ยังไม่ได้ตั้งชื่อเจ้าหน้าที่ (เมนู สำนักงาน › ชื่อเจ้าหน้าที่)"
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

    def begin(self) -> None:
        """Open with the clipboard's picture, or else with every screen as it was before we came up."""
        if self.pictures.offer_clipboard():
            self.open()
        else:
            self.pictures.capture.start()

    def _build(self) -> None:
        self.setWindowTitle("บันทึกระบบขัดข้อง")
        start_size(self, 88 * GRID, 56 * GRID)
        now = latest(self._desk)
        self.pictures = OutagePictures(self._desk)
        self.began, self.began_at = self._moment(now, "เริ่มขัดข้อง")
        self.ended, self.ended_at = self._moment(now, "ใช้ได้อีกครั้ง")
        self.length = plain_label(muted=True)
        self.what = TextArea(2)
        self.what.setPlaceholderText(EXAMPLE)
        self.what.setAccessibleName("อะไรขัดข้อง")
        self.trouble = plain_label()
        self.trouble.hide()
        self.back = plain_button("&ยกเลิก")
        self.print_button = plain_button("บันทึกและ&พิมพ์หน้าหลักฐาน")
        self.primary = primary_button("&บันทึก")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.pictures)
        layout.addLayout(self._form())
        layout.addWidget(self.trouble)
        layout.addStretch()
        layout.addLayout(button_row(self.back, self.print_button, self.primary))
        self.what.setFocus()

    def _form(self) -> QFormLayout:
        name = officer(self._desk)
        form = QFormLayout()
        form.setSpacing(GRID)
        form.addRow("เริ่มขัดข้อง", _beside(self.began_at, self.began))
        form.addRow("ใช้ได้อีกครั้ง", _beside(self.ended_at, self.ended))
        form.addRow("นาน", self.length)
        form.addRow("อะไรขัดข้อง", self.what)
        form.addRow("ผู้บันทึก", plain_label(name or NOBODY, muted=not name))
        return form

    def _moment(self, now: datetime, name: str) -> tuple[DateField, QTimeEdit]:
        day = DateField(self._desk.today, calendar=self._desk.calendar)
        day.set_day(now.date())
        day.edit.setAccessibleName(f"{name} วันที่")
        at = QTimeEdit(QTime(now.hour, now.minute))
        at.setButtonSymbols(QTimeEdit.ButtonSymbols.NoButtons)  # the arrow keys step all the same
        at.setDisplayFormat("HH.mm")
        at.setAccessibleName(f"{name} เวลา")
        at.setMinimumHeight(4 * GRID)
        return day, at

    def _connect(self) -> None:
        for field in (self.began, self.ended):
            field.edited.connect(self._look_over)
            field.settled.connect(self._look_over)
        for at in (self.began_at, self.ended_at):
            at.timeChanged.connect(self._look_over)
        self.what.textChanged.connect(self._look_over)
        self.pictures.changed.connect(lambda: make_room(self))
        self.pictures.ready.connect(self.open)
        self.back.clicked.connect(self.reject)
        self.primary.clicked.connect(self.accept)
        self.print_button.clicked.connect(lambda: self._save(printing=True))

    def moments(self) -> tuple[datetime, datetime] | None:
        """From when to when, as typed; None while a day is none yet."""
        began, ended = (_joined(*each) for each in ((self.began, self.began_at), (self.ended, self.ended_at)))
        return None if began is None or ended is None else (began, ended)

    def problem(self) -> str:
        """Why it cannot be saved as typed, in one Thai sentence; blank when it can."""
        moments = self.moments()
        if moments is None:
            return self.began.problem() or self.ended.problem() or "ยังไม่มีวันที่ โปรดพิมพ์วันเริ่มและวันสิ้นสุด"
        return problem_with(self._desk, *moments, self.what.toPlainText())

    def accept(self) -> None:
        """Save, or say why not and stay."""
        self._save(printing=False)

    def _save(self, *, printing: bool) -> None:
        for field in (self.began, self.ended):
            if field.edit.isModified():
                field.settle()
        moments = self.moments()
        problem = self.problem() or (STILL_LOOKING if self.pictures.is_busy else "")
        self._tell(problem)
        if problem or moments is None:
            return
        self._printing = printing
        what, images = self.what.toPlainText(), self.pictures.images
        run_long(
            self, self._desk, "กำลังบันทึก", lambda desk, progress: note_outage(desk, *moments, what, images), self._saved
        )

    def _saved(self, outage: Outage) -> None:
        super().accept()
        self.noted.emit(outage)
        if self._printing:
            self.print_wanted.emit(outage)

    def _look_over(self) -> None:
        """Tell how long it lasted; what is wrong is told on saving, and until then only unsaid again."""
        moments = self.moments()
        self.length.setText("" if moments is None or moments[1] < moments[0] else length_words(*moments))
        if self.trouble.isVisible():
            self._tell(self.problem())

    def _tell(self, problem: str) -> None:
        wear(self.trouble, Look.OVERDUE, problem)
        make_room(self)


def _beside(at: QTimeEdit, day: DateField) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GRID)
    row.addWidget(at, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(day, 1)
    return row


def _joined(field: DateField, at: QTimeEdit) -> datetime | None:
    day, time = field.day(), at.time()
    return None if day is None else datetime(day.year, day.month, day.day, time.hour(), time.minute())
