"""The core types of a fiscal year: the ones the quality score is counted over."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from desktop.services.desk import Desk
from desktop.services.office_settings import choose_core_types, types_of_year
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.ui.plain_label import plain_label, wear
from desktop.ui.theme import GRID, ROW_HEIGHT, Look

NAME_ROLE = int(Qt.ItemDataRole.UserRole)


class CoreTypesDialog(QDialog):
    """A tick for each core type, as many as the year's rules allow; saves when accepted."""

    def __init__(self, desk: Desk, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._year = year
        self._limit = desk.rules_of(year).core_types_at_most
        self._build()
        self._connect()
        self._count()

    def _build(self) -> None:
        self.setWindowTitle(f"ประเภทเรื่องหลัก ปีงบประมาณ {self._year}")
        words = (
            f"เลือกประเภทเรื่องที่เป็นภารกิจหลักของหน่วยงาน ไม่เกิน {self._limit} ประเภท คะแนนคุณภาพคิดจากเรื่องประเภทเหล่านี้ที่แล้วเสร็จ"
        )
        self.types = QListWidget()
        self.types.setAccessibleName("ประเภทเรื่อง")
        known = types_of_year(self._desk, self._year)
        for each in known:
            item = QListWidgetItem(each.name)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if each.core else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            item.setData(NAME_ROLE, each.name)
            self.types.addItem(item)
        if known:
            self.types.setCurrentRow(0)
        self.empty = plain_label("ยังไม่มีประเภทเรื่องในทะเบียน ใส่ประเภทที่เรื่องร้องทุกข์ก่อน แล้วกลับมาเลือกที่นี่", muted=True)
        self.count = plain_label()
        self.cancel = QPushButton("&ยกเลิก")
        self.save = QPushButton("&บันทึก")
        self.save.setProperty("primary", True)
        self.save.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        layout.addWidget(plain_label(words))
        layout.addWidget(self.types, 1)
        layout.addWidget(self.empty)
        layout.addWidget(self.count)
        layout.addLayout(buttons)
        self.types.setVisible(bool(known))
        self.empty.setVisible(not known)
        self.resize(56 * GRID, max(layout.totalHeightForWidth(56 * GRID), 60 * GRID if known else 0))

    def _connect(self) -> None:
        self.types.itemChanged.connect(self._count)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.accept)

    def chosen(self) -> list[str]:
        """The ticked types, in the order shown."""
        items = [self.types.item(row) for row in range(self.types.count())]
        return [item.data(NAME_ROLE) for item in items if item.checkState() is Qt.CheckState.Checked]

    def accept(self) -> None:
        """Save and close; what is refused is said and nothing saved."""
        try:
            choose_core_types(self._desk, self._year, self.chosen())
        except PLAIN_ERRORS as problem:
            wear(self.count, Look.OVERDUE, str(problem))
            return
        super().accept()

    def _count(self) -> None:
        chosen = len(self.chosen())
        over = chosen > self._limit
        words = f"เลือกแล้ว {chosen} จาก {self._limit} ประเภท"
        wear(self.count, Look.OVERDUE if over else Look.PLAIN, f"{words} เกินกว่าที่เลือกได้" if over else words)
        self.save.setEnabled(not over)
