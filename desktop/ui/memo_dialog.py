"""The words of the covering memo: number and day of this one, to whom, who signs; and the Garuda at its head."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.months import Month
from desktop.services.desk import Desk
from desktop.services.dialog_forms import DialogForm
from desktop.services.memo_words import MemoWords, choose_garuda, garuda, leave_garuda_out, memo_words, save_memo_words
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.ui.button_row import button_row, plain_button, primary_button
from desktop.ui.date_field import DateField
from desktop.ui.dialog_drafts import DialogDrafts
from desktop.ui.plain_label import heading_label, plain_label, wear
from desktop.ui.theme import GRID, Look
from desktop.ui.typed_fields import TypedField, day_field, text_field

WIDTH = 80 * GRID
GARUDA_SIDE = 7 * GRID
PICTURES = "ภาพ (*.png *.jpg *.jpeg *.webp)"


class MemoDialog(QDialog):
    """Saves what is kept from memo to memo; ``words`` are read after it was accepted."""

    def __init__(
        self, desk: Desk, words: MemoWords | None = None, parent: QWidget | None = None, month: Month | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        kept = memo_words(desk)
        self._words = kept if words is None else replace(kept, number=words.number, day=words.day)
        self._build()
        self._connect()
        self._show_garuda()
        key = "" if month is None else month.iso
        self.drafts = DialogDrafts(desk, self, DialogForm.MEMO, key, self._typed_fields(), self._say)

    def _build(self) -> None:
        self.setWindowTitle("บันทึกข้อความ")
        self.number, self.to = QLineEdit(self._words.number), QLineEdit(self._words.to)
        self.signer, self.position = QLineEdit(self._words.signer), QLineEdit(self._words.position)
        self.number.setPlaceholderText("เว้นว่างไว้เขียนด้วยมือ เช่น กท 6603/")
        self.signer.setPlaceholderText("เว้นว่างไว้เขียนด้วยมือ")
        self.position.setPlaceholderText("เว้นว่างไว้เขียนด้วยมือ")
        self.day = DateField(self._desk.today)
        if self._words.day is not None:
            self.day.set_day(self._words.day)
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID)
        for name, field in (
            ("&ที่", self.number),
            ("&วันที่", self.day),
            ("เ&รียน", self.to),
            ("&ผู้ลงนาม", self.signer),
            ("ตำแ&หน่ง", self.position),
        ):
            field.setAccessibleName(name.replace("&", ""))
            label = QLabel(name)
            label.setBuddy(field)
            form.addRow(label, field)
        form.addRow("ตราครุฑ", self._garuda_row())
        self.problem = plain_label()
        self.problem.hide()
        self.cancel, self.save = plain_button("&ยกเลิก"), primary_button("&บันทึก")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        layout.addWidget(heading_label("บันทึกข้อความนำส่งรายงาน"))
        told = "ที่และวันที่ใช้กับฉบับนี้เท่านั้น ช่องอื่นจำไว้ใช้ทุกเดือน เว้นวันที่ว่างไว้เขียนด้วยมือได้"
        layout.addWidget(plain_label(told, muted=True))
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addLayout(button_row(self.cancel, self.save))
        self.resize(WIDTH, layout.totalHeightForWidth(WIDTH))
        self.number.setFocus()

    def _garuda_row(self) -> QHBoxLayout:
        self.picture = QLabel()
        self.picture.setFixedHeight(GARUDA_SIDE)
        self.choose, self.leave_out = plain_button("เ&ลือกภาพ…"), plain_button("&ไม่ใช้ภาพ")
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.picture)
        row.addStretch(1)
        row.addWidget(self.choose)
        row.addWidget(self.leave_out)
        return row

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.accept)
        self.choose.clicked.connect(self._choose_garuda)
        self.leave_out.clicked.connect(self._leave_garuda_out)

    def _typed_fields(self) -> dict[str, TypedField]:
        """Every field by name, for drafts."""
        lines = {"number": self.number, "to": self.to, "signer": self.signer, "position": self.position}
        return {"day": day_field(self.day)} | {name: text_field(line) for name, line in lines.items()}

    def _say(self, words: str) -> None:
        wear(self.problem, Look.TODAY, words)

    def words(self) -> MemoWords:
        """The words as typed."""
        return MemoWords(
            to=self.to.text().strip(),
            signer=self.signer.text().strip(),
            position=self.position.text().strip(),
            number=self.number.text().strip(),
            day=self.day.day(),
        )

    def accept(self) -> None:
        """Keep what is kept and close; what is refused is said and nothing saved."""
        if self.day.problem():
            wear(self.problem, Look.OVERDUE, self.day.problem())
            return
        try:
            save_memo_words(self._desk, self.words())
        except PLAIN_ERRORS as refused:
            wear(self.problem, Look.OVERDUE, str(refused))
            return
        super().accept()

    def choose_file(self) -> Path | None:
        """The picture file of the Garuda."""
        name, _ = QFileDialog.getOpenFileName(self, "เลือกภาพตราครุฑ", "", PICTURES)
        return Path(name) if name else None

    def _choose_garuda(self) -> None:
        path = self.choose_file()
        if path is None:
            return
        try:
            choose_garuda(self._desk, path)
        except PLAIN_ERRORS as refused:
            wear(self.problem, Look.OVERDUE, str(refused))
        self._show_garuda()

    def _leave_garuda_out(self) -> None:
        leave_garuda_out(self._desk)
        self._show_garuda()

    def _show_garuda(self) -> None:
        kept = garuda(self._desk)
        self.leave_out.setEnabled(kept is not None)
        picture = QPixmap()
        if kept is None or not picture.loadFromData(kept):
            self.picture.setText("ยังไม่ได้เลือก จะเว้นที่ไว้")
            return
        smooth = Qt.TransformationMode.SmoothTransformation
        self.picture.setPixmap(picture.scaledToHeight(GARUDA_SIDE, smooth))
