"""ประวัติของสำนักงาน: what anybody did to the register, newest first; older pages come as they are asked for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.desk import Desk
from desktop.services.office_history import office_history, operations_noted
from desktop.ui.button_row import plain_button
from desktop.ui.dialog_size import start_size
from desktop.ui.history_panel import HistoryPanel
from desktop.ui.plain_label import heading_label, plain_label
from desktop.ui.theme import GRID

TOLD = "เรื่อง ปฏิทิน ข้อมูลโครงการ รายงาน ระบบขัดข้อง นำเข้า ส่งออก กู้คืน และการตั้งค่า ชื่อผู้ร้องดูได้ในประวัติของเรื่องนั้น"
FIELD_WIDTH = 32 * GRID


class OfficeHistoryDialog(QDialog):
    """``undo_asked`` bears the operation to take back and its words."""

    undo_asked = Signal(int, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._older: int | None = None
        self._shown = 0
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.setWindowTitle("ประวัติของสำนักงาน")
        start_size(self, 120 * GRID, 80 * GRID)
        self.panel = HistoryPanel(self._desk)
        self.panel.table.setColumnWidth(0, FIELD_WIDTH)
        self.panel.empty.setText("ยังไม่มีประวัติ")
        self.count = plain_label(muted=True)
        self.more_button = plain_button("แสดงรายการ&ก่อนหน้านี้อีก")
        self.close_button = plain_button("&ปิด")
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.more_button)
        foot.addWidget(self.panel.undo_button)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        layout.addWidget(heading_label("ประวัติของสำนักงาน"))
        layout.addWidget(plain_label(TOLD, muted=True))
        layout.addWidget(self.panel, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.panel.undo_asked.connect(self.undo_asked)
        self.more_button.clicked.connect(self.show_older)
        self.close_button.clicked.connect(self.reject)

    def refresh(self) -> None:
        """Show the newest page."""
        page = office_history(self._desk)
        self._shown, self._older = len(page.items), page.older
        self.panel.show_items(page.items)
        self._tell()

    def show_older(self) -> None:
        """Show the page before those that are shown."""
        if self._older is None:
            return
        page = office_history(self._desk, self._older)
        self._shown, self._older = self._shown + len(page.items), page.older
        self.panel.add_items(page.items)
        self._tell()

    def _tell(self) -> None:
        self.count.setText(f"แสดง {self._shown:,} จาก {operations_noted(self._desk):,} รายการ ใหม่สุดอยู่บน")
        self.more_button.setEnabled(self._older is not None)
