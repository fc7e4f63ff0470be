"""A quiet bar after the first change without an officer's name: the history says who, and does not know yet."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from desktop.services.desk import Desk
from desktop.services.office_history import newest_noted, noted_without_name
from desktop.ui.plain_label import plain_label
from desktop.ui.theme import GRID, Look

WORDS = "การแก้ไขเมื่อครู่บันทึกในประวัติโดยไม่มีชื่อผู้แก้ไข ตั้งชื่อไว้ครั้งเดียว การแก้ไขต่อจากนี้จะมีชื่อ"


class NameBar(QFrame):
    """``wanted`` asks for the dialog of the name. It stands in nobody's way, and goes when there is a name or on ปิด."""

    wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._since = newest_noted(desk)
        self._closed = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setProperty("offer", True)
        self.words = plain_label(f"{Look.TODAY.value} {WORDS}")
        self.name_button = QPushButton("ตั้งชื่อเจ้าหน้าที่…")
        self.close_button = QPushButton("ปิด")
        self.close_button.setToolTip("ไม่ถามอีกจนเปิดโปรแกรมครั้งหน้า ตั้งชื่อได้ในเมนูสำนักงาน")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.name_button)
        layout.addWidget(self.close_button)
        self.hide()

    def _connect(self) -> None:
        self.name_button.clicked.connect(self.wanted)
        self.close_button.clicked.connect(self._close)

    def look(self) -> None:
        """Come up once something was changed by nobody; go once there is a name."""
        self.setVisible(not self._closed and noted_without_name(self._desk, self._since))

    def _close(self) -> None:
        self._closed = True
        self.hide()
