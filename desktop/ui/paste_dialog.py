"""คัดลอกข้อความรายงาน: texts to paste into the central system, each copied by one key."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.services.paste_texts import PasteText
from desktop.ui.button_row import button_row, plain_button, primary_button
from desktop.ui.dialog_size import start_size
from desktop.ui.icons import dress
from desktop.ui.plain_label import heading_label, plain_label, wear
from desktop.ui.theme import GRID, ROW_HEIGHT, Look

WIDTH, HEIGHT = 112 * GRID, 60 * GRID
LIST_WIDTH = 40 * GRID


class PasteTextsDialog(QDialog):
    """Shows the texts; 1, 2, 3 … copy one at once, Enter the one chosen. It stays until Esc: several are copied."""

    def __init__(self, title: str, texts: Sequence[PasteText], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._texts = texts
        self._build()
        self._connect()
        self.list.setCurrentRow(0)

    def _build(self) -> None:
        self.setWindowTitle("คัดลอกข้อความรายงาน")
        self.list = QListWidget()
        self.list.setAccessibleName("ข้อความ")
        self.list.setFixedWidth(LIST_WIDTH)
        self.list.setWordWrap(True)
        for place, each in enumerate(self._texts, 1):
            item = QListWidgetItem(f"{place}  {each.title}")
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            item.setToolTip(each.title)
            self.list.addItem(item)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("ข้อความที่จะคัดลอก")
        both = QHBoxLayout()
        both.setSpacing(GRID)
        both.addWidget(self.list)
        both.addWidget(self.text, 1)
        self.message = plain_label()
        self.message.hide()
        self.close_button, self.copy_button = plain_button("&ปิด"), primary_button("&คัดลอก")
        dress(self.copy_button, "clipboard-copy")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        layout.addWidget(heading_label(self._title))
        layout.addWidget(plain_label("กดเลข 1 2 3 … เพื่อคัดลอกทันที แล้ววางในระบบกลางด้วย Ctrl+V", muted=True))
        layout.addLayout(both, 1)
        layout.addWidget(self.message)
        layout.addLayout(button_row(self.close_button, self.copy_button))
        start_size(self, WIDTH, HEIGHT)
        self.list.setFocus()

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show)
        self.list.itemActivated.connect(lambda: self.copy(self.list.currentRow()))
        self.copy_button.clicked.connect(lambda: self.copy(self.list.currentRow()))
        self.close_button.clicked.connect(self.reject)
        for place in range(len(self._texts)):  # before the list takes a digit for the beginning of a line
            QShortcut(QKeySequence(str(place + 1)), self).activated.connect(partial(self.copy, place))

    def copy(self, place: int) -> None:
        """Put a text on the clipboard, the first one being 0."""
        if not 0 <= place < len(self._texts):
            return
        self.list.setCurrentRow(place)
        QGuiApplication.clipboard().setText(self._texts[place].text)
        wear(self.message, Look.DONE, f"คัดลอก “{self._texts[place].title}” แล้ว วางได้ด้วย Ctrl+V")

    def _show(self, place: int) -> None:
        if place >= 0:
            self.text.setPlainText(self._texts[place].text)
