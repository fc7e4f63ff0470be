"""ระบบขัดข้องที่บันทึกไว้: every outage of a month or of all, each to be opened, mended and printed."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.months import month_from_iso
from desktop.domain.pack_sheet import OutageEvidence
from desktop.domain.thai_text import clean_line
from desktop.services.attaching import is_paper
from desktop.services.desk import Desk
from desktop.services.outage_evidence import months_with_outages, noted_outages
from desktop.services.outage_work import length_words, moment_words
from desktop.ui.button_row import button_row, plain_button, primary_button
from desktop.ui.choice_box import ChoiceBox
from desktop.ui.dialog_size import start_size
from desktop.ui.plain_label import plain_label
from desktop.ui.plain_table import PlainTable
from desktop.ui.theme import GRID

TITLES = ("เริ่มขัดข้อง", "ใช้ได้อีกครั้ง", "นาน", "ภาพหลักฐาน", "ผู้บันทึก", "อะไรขัดข้อง")
EMPTY = "ยังไม่มีบันทึกระบบขัดข้อง ปิดหน้าต่างนี้แล้วกด F9 เมื่อระบบขัดข้อง"
EVERY_MONTH = "ทุกเดือน"
WIDTH, HEIGHT = 120 * GRID, 60 * GRID


class OutageListDialog(QDialog):
    """``opened`` bears the number of the outage that is to be opened."""

    opened = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: list[OutageEvidence] = []
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.setWindowTitle("ระบบขัดข้องที่บันทึกไว้")
        self.month = ChoiceBox()
        self.month.setAccessibleName("เดือน")
        self.count = plain_label(muted=True)
        self.table = PlainTable(TITLES, EMPTY)
        self.table.table.setAccessibleName("ระบบขัดข้องที่บันทึกไว้")
        self.back = plain_button("&ปิด")
        self.primary = primary_button("&เปิดและแก้ไข…" if self._desk.register.writable else "&เปิด…")
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(QLabel("เดือน"))
        head.addWidget(self.month)
        head.addWidget(self.count, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addLayout(button_row(self.back, self.primary))
        start_size(self, WIDTH, HEIGHT)
        self.table.table.setFocus()

    def _connect(self) -> None:
        self.month.currentIndexChanged.connect(self._show)
        self.table.table.itemSelectionChanged.connect(self._look_over)
        self.table.table.cellDoubleClicked.connect(lambda *_: self.accept())
        self.table.table.installEventFilter(self)
        self.back.clicked.connect(self.reject)
        self.primary.clicked.connect(self.accept)

    def accept(self) -> None:
        """Open the chosen outage; the list stays."""
        row = self.table.selected_row()
        if row is not None and row < len(self._shown):
            self.opened.emit(self._shown[row].outage.number)

    def refresh(self) -> None:
        """The months and outages as they are now, the same month shown where it still has any."""
        kept = self.month.currentData()
        self.month.blockSignals(True)
        self.month.clear()
        self.month.addItem(EVERY_MONTH, "")
        for month in months_with_outages(self._desk):
            self.month.addItem(month.thai, month.iso)
        self.month.setCurrentIndex(max(0, self.month.findData(kept)))
        self.month.blockSignals(False)
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on a row opens it."""
        is_press = event.type() is QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
            return True
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        chosen = self.table.selected_row() or 0
        iso = self.month.currentData()
        self._shown = noted_outages(self._desk, month_from_iso(iso) if iso else None)
        self.table.show_rows([_row(each) for each in self._shown])
        self.count.setText(f"{len(self._shown):,} ครั้ง")
        if self._shown:
            self.table.table.selectRow(min(chosen, len(self._shown) - 1))
        self._look_over()

    def _look_over(self) -> None:
        self.primary.setEnabled(self.table.selected_row() is not None)


def _row(evidence: OutageEvidence) -> tuple[str, ...]:
    outage = evidence.outage
    pictures = sum(not is_paper(each) for each in evidence.attachments)
    return (
        moment_words(outage.began),
        moment_words(outage.ended),
        length_words(outage.began, outage.ended),
        f"{pictures} ภาพ" if pictures else "ไม่มีภาพ",
        outage.noted_by or "ไม่มีชื่อ",
        clean_line(outage.what),
    )
