"""ลบข้อมูลส่วนบุคคล: fields and attached files of a complaint erased by law, with the reason, for good."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.evidence import Attachment
from desktop.services.desk import Desk
from desktop.services.dialog_forms import DialogForm
from desktop.services.erasable import ERASABLE_NAMES, PERSONAL, erasable_of
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.services.privacy import Erased, erase_personal_data, not_reached
from desktop.ui import notices, theme
from desktop.ui.button_row import button_row, plain_button, primary_button
from desktop.ui.dialog_drafts import DialogDrafts, said_in
from desktop.ui.dialog_size import make_room
from desktop.ui.plain_label import plain_label, wear
from desktop.ui.typed_fields import TypedField, text_field

WARNING = "ลบแล้วเอากลับคืนไม่ได้ ค่าจะหายจากทะเบียน ประวัติ และร่างที่ยังไม่ได้บันทึก"
WHAT_STAYS = (
    "สายประวัติและรายงานที่ออกแล้วยังอยู่ครบ\nสำเนาสำรองในเครื่องจะหมดไปเองภายใน 90 วัน สำเนาที่เก็บไว้ที่อื่น โปรดทำใหม่แล้วลบของเดิม"
    "\nเหตุผลที่พิมพ์ตอนส่งต่อหรือเปิดเรื่องใหม่ และเหตุผลข้างบนนี้ อยู่ในสายประวัติและลบไม่ได้ โปรดอย่าใส่ชื่อบุคคล"
)


class ErasureDialog(QDialog):
    """``erased`` bears what went; ``other_wanted``: a complaint is to be chosen by its number.

    What the history alone still holds is offered too: a field that was made blank, a file that was taken off. Raises
    CannotDo for a number nobody knows.
    """

    erased = Signal(object)
    other_wanted = Signal()

    def __init__(self, desk: Desk, number: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._number = number
        self._build()
        self._connect()
        self._look_over()
        make_room(self)
        self.drafts = DialogDrafts(
            desk, self, DialogForm.ERASURE, number, self._typed_fields(), said_in(self.restored, self)
        )

    def _build(self) -> None:
        self.setWindowTitle(f"ลบข้อมูลส่วนบุคคล เรื่อง {self._number}")
        self.setMinimumWidth(72 * theme.GRID)
        there = erasable_of(self._desk, self._number)
        self.fields: dict[str, QCheckBox] = {}
        for name, words in ERASABLE_NAMES.items():
            box = QCheckBox(words)
            box.setEnabled(name in there.fields)
            box.setChecked(name in PERSONAL and box.isEnabled())
            self.fields[name] = box
        self.files: dict[Attachment, QCheckBox] = {}
        for place, file in enumerate(there.files):
            words = f"แฟ้มแนบ {file.name}{'' if place < there.attached else ' (นำออกแล้ว)'}"
            self.files[file] = QCheckBox(words.replace("&", "&&"))
        self.warning, self.restored = plain_label(), plain_label()
        self.restored.hide()
        self.why = QLineEdit()
        self.why.setMaxLength(300)
        self.why.setAccessibleName("เหตุผล")
        self.why.setPlaceholderText("เช่น ผู้ร้องใช้สิทธิขอให้ลบ ตามหนังสือเลขที่…")
        self.other_button = plain_button("เรื่องเลขที่&อื่น…")
        self.cancel_button = plain_button("&ยกเลิก")
        self.erase_button = primary_button("&ลบถาวร")
        form = QFormLayout()
        form.addRow("เหตุผล", self.why)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * theme.GRID] * 4)
        layout.setSpacing(theme.GRID)
        layout.addWidget(plain_label("เลือกสิ่งที่จะลบ"))
        boxes = QGridLayout()
        for place, box in enumerate((*self.fields.values(), *self.files.values())):
            boxes.addWidget(box, place // 2, place % 2)
        layout.addLayout(boxes)
        layout.addLayout(form)
        layout.addWidget(self.restored)
        layout.addWidget(self.warning)
        layout.addWidget(plain_label(WHAT_STAYS, muted=True))
        if beyond := not_reached(self._desk):
            layout.addWidget(plain_label(beyond))
        layout.addLayout(button_row(self.other_button, self.cancel_button, self.erase_button))
        wear(self.warning, theme.Look.OVERDUE, WARNING)

    def _connect(self) -> None:
        for box in (*self.fields.values(), *self.files.values()):
            box.toggled.connect(self._look_over)
        self.why.textChanged.connect(self._look_over)
        self.other_button.clicked.connect(self._leave_for_another)
        self.cancel_button.clicked.connect(self.reject)
        self.erase_button.clicked.connect(self._erase)

    def _typed_fields(self) -> dict[str, TypedField]:
        """The reason and every tick, for drafts."""
        files = {file.sha256: box for file, box in self.files.items()}
        ticks = {name: _tick_that_can_be(box) for name, box in (self.fields | files).items()}
        return {"why": text_field(self.why), **ticks}

    def _look_over(self) -> None:
        chosen = any(box.isChecked() for box in (*self.fields.values(), *self.files.values()))
        self.erase_button.setEnabled(chosen and bool(self.why.text().strip()))

    def _leave_for_another(self) -> None:
        self.reject()
        self.other_wanted.emit()

    def _erase(self) -> None:
        fields = tuple(name for name, box in self.fields.items() if box.isChecked())
        files = tuple(file for file, box in self.files.items() if box.isChecked())
        try:
            erased: Erased = erase_personal_data(self._desk, self._number, self.why.text(), fields, files)
        except PLAIN_ERRORS as problem:
            notices.tell_problem(self, str(problem))
            return
        self.accept()
        self.erased.emit(erased)


def _tick_that_can_be(box: QCheckBox) -> TypedField:
    """A tick; what is no longer there to be erased stays without."""
    return TypedField(box, box.isChecked, lambda value: box.setChecked(value is True and box.isEnabled()))
