"""ชื่อเจ้าหน้าที่: the name every change is noted under."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.services.desk import Desk
from desktop.services.dialog_forms import DialogForm
from desktop.services.office_settings import officer_name, save_officer_name
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.ui import notices, theme
from desktop.ui.button_row import button_row, plain_button, primary_button
from desktop.ui.dialog_drafts import DialogDrafts, said_in
from desktop.ui.plain_label import plain_label
from desktop.ui.typed_fields import text_field


class OfficerDialog(QDialog):
    """``saved`` comes when the name was kept."""

    saved = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._build()
        self._connect()
        fields = {"name": text_field(self.name)}
        self.drafts = DialogDrafts(desk, self, DialogForm.OFFICER, "", fields, said_in(self.restored, self))

    def _build(self) -> None:
        self.setWindowTitle("ชื่อเจ้าหน้าที่")
        self.setMinimumWidth(48 * theme.GRID)
        self.name = QLineEdit(officer_name(self._desk))
        self.name.setMaxLength(200)
        self.name.setAccessibleName("ชื่อเจ้าหน้าที่")
        self.name.selectAll()
        hint = QLabel("ทุกการแก้ไขจากนี้จะบันทึกในประวัติด้วยชื่อนี้ เปลี่ยนเมื่อมีผู้ปฏิบัติงานแทน")
        hint.setProperty("muted", True)
        hint.setWordWrap(True)
        self.restored = plain_label()
        self.restored.hide()
        self.cancel_button = plain_button("&ยกเลิก")
        self.save_button = primary_button("&บันทึก")
        form = QFormLayout()
        form.addRow("ชื่อ", self.name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * theme.GRID] * 4)
        layout.setSpacing(theme.GRID)
        layout.addLayout(form)
        layout.addWidget(hint)
        layout.addWidget(self.restored)
        layout.addLayout(button_row(self.cancel_button, self.save_button))

    def _connect(self) -> None:
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)

    def _save(self) -> None:
        try:
            save_officer_name(self._desk, self.name.text())
        except PLAIN_ERRORS as problem:
            notices.tell_problem(self, str(problem))
            return
        self.accept()
        self.saved.emit()
