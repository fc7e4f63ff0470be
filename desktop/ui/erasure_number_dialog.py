"""Which complaint to erase personal data of: one that was taken back stands in the history alone, and in no list."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.services.desk import Desk
from desktop.services.erasable import erasable_of
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.ui import notices, theme
from desktop.ui.button_row import button_row, plain_button, primary_button
from desktop.ui.plain_label import plain_label

TOLD = "เรื่องที่เลิกเพิ่มหรือย้อนการนำเข้าไปแล้วก็ลบได้ เพราะประวัติยังมีข้อมูลอยู่ ดูเลขที่ได้ในประวัติของสำนักงาน (Ctrl+H)"


class ErasureNumberDialog(QDialog):
    """``chosen`` bears the number of a complaint that the register or its history knows."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setWindowTitle("ลบข้อมูลส่วนบุคคลของเรื่องใด")
        self.setMinimumWidth(56 * theme.GRID)
        self.number = QLineEdit()
        self.number.setMaxLength(200)
        self.number.setAccessibleName("เลขที่รับแจ้ง")
        self.cancel_button = plain_button("&ยกเลิก")
        self.next_button = primary_button("&ต่อไป")
        self.next_button.setEnabled(False)
        form = QFormLayout()
        form.addRow("เลขที่รับแจ้ง", self.number)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * theme.GRID] * 4)
        layout.setSpacing(theme.GRID)
        layout.addLayout(form)
        layout.addWidget(plain_label(TOLD, muted=True))
        layout.addLayout(button_row(self.cancel_button, self.next_button))

    def _connect(self) -> None:
        self.number.textChanged.connect(lambda typed: self.next_button.setEnabled(bool(typed.strip())))
        self.cancel_button.clicked.connect(self.reject)
        self.next_button.clicked.connect(self._go_on)

    def _go_on(self) -> None:
        number = self.number.text().strip()
        try:
            erasable_of(self._desk, number)
        except PLAIN_ERRORS as problem:
            notices.tell_problem(self, str(problem))
            return
        self.accept()
        self.chosen.emit(number)
