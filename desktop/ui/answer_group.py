"""ผลการดำเนินการ: the answer and what the quality items ask for; the finished answer is copied by one button."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from desktop.domain.complaint import Complaint
from desktop.services.desk import Desk
from desktop.ui.form_part import FormPart


class AnswerGroup(FormPart):
    """The answer, letter and order numbers, action and coordination."""

    def __init__(self, desk: Desk, *, with_copy: bool = True) -> None:
        super().__init__(desk, "ผลการดำเนินการ")
        self._with_copy = with_copy
        self._build()
        self._connect()

    def _build(self) -> None:
        self.answer = self._add_area("answer", "ผลการดำเนินการ", 0, 3)
        self.copy = QPushButton("คัดลอกผลการดำเนินการ", self)
        self.copy.setToolTip("คัดลอกข้อความนี้ไปวางในระบบกลาง (F8 คัดลอกที่บันทึกแล้ว)")
        if self._with_copy:
            self._grid.addWidget(self.copy, 1, 1, 1, 3, Qt.AlignmentFlag.AlignLeft)
        else:
            self.copy.hide()
        self._add_line("letter_number", "เลขที่หนังสือ", 2)
        self._add_line("order_number", "เลขที่คำสั่ง", 2, 2)
        self._add_area("action", "การดำเนินการ", 3).setToolTip("รายละเอียดการดำเนินการ")
        self._add_area("coordination", "การประสานงาน", 4).setToolTip("รายละเอียดการประสานงาน")

    def _connect(self) -> None:
        self.copy.clicked.connect(self.copy_answer)
        self.answer.textChanged.connect(self._allow_copy)

    def load(self, loaded: Complaint | None) -> None:
        """Show a complaint's answer."""
        super().load(loaded)
        self._allow_copy()

    def copy_answer(self) -> None:
        """Put the answer in the clipboard, as it stands."""
        QGuiApplication.clipboard().setText(self.answer.toPlainText().strip())

    def _allow_copy(self) -> None:
        self.copy.setEnabled(bool(self.answer.toPlainText().strip()))
