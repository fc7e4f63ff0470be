"""What an import will do, or did: counts by file, and every row refused or remarked on with its reason."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from desktop.services.importing import ImportedFile, ImportResult, RowNote
from desktop.ui import theme
from desktop.ui.button_row import button_row, plain_button, primary_button
from desktop.ui.dialog_size import start_size
from desktop.ui.plain_table import PlainTable

COUNT_TITLES = ("แฟ้ม", "ใหม่", "เปลี่ยน", "เหมือนเดิม", "ไม่รับ", "")
NOTE_TITLES = ("แฟ้ม", "แถว", "เลขที่รับแจ้ง", "เหตุผล")


class ImportResultDialog(QDialog):
    """Before the import (``tried``) its primary button asks for it by ``import_asked``; after it, it only tells."""

    import_asked = Signal()

    def __init__(self, result: ImportResult, parent: QWidget | None = None, *, tried: bool) -> None:
        super().__init__(parent)
        self._result = result
        self._tried = tried
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setWindowTitle("ตรวจก่อนนำเข้า" if self._tried else "นำเข้าแล้ว")
        start_size(self, 100 * theme.GRID, 64 * theme.GRID)
        self.heading = QLabel(_heading(self._result, tried=self._tried))
        self.heading.setFont(theme.heading_font())
        self.heading.setWordWrap(True)
        self.counts = PlainTable(COUNT_TITLES, "ไม่มีแฟ้ม")
        self.counts.show_rows([_count_row(each) for each in self._result.files])
        self.counts.setMaximumHeight(min(2 + len(self._result.files), 6) * theme.ROW_HEIGHT)
        self.refused = PlainTable(NOTE_TITLES, "รับได้ทุกแถว")
        self.refused.show_rows(_note_rows(self._result, refused=True))
        self.remarks = PlainTable(NOTE_TITLES, "ไม่มีข้อสังเกต")
        self.remarks.show_rows(_note_rows(self._result, refused=False))
        self.notes = QTabWidget()
        self.notes.addTab(self.refused, f"แถวที่ไม่รับ ({self.refused.row_count:,})")
        self.notes.addTab(self.remarks, f"ข้อสังเกต ({self.remarks.row_count:,})")
        if not self.refused.row_count and self.remarks.row_count:
            self.notes.setCurrentWidget(self.remarks)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * theme.GRID] * 4)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.heading)
        layout.addWidget(self.counts)
        layout.addWidget(self.notes, 1)
        layout.addLayout(button_row(*self._buttons()))

    def _buttons(self) -> list[QPushButton]:
        self.copy_button = plain_button("&คัดลอกตาราง")
        self.copy_button.setToolTip("คัดลอกแถวที่เห็นทั้งหมด ไปวางในตารางอื่นได้")
        self.cancel_button = plain_button("&ยกเลิก")
        self.go_button = primary_button("&นำเข้า" if self._tried else "&ปิด")
        if self._tried:
            self.go_button.setEnabled(any(each.new or each.changed for each in self._result.files))
        return [self.copy_button, *([self.cancel_button] if self._tried else []), self.go_button]

    def _connect(self) -> None:
        self.copy_button.clicked.connect(self._copy)
        self.cancel_button.clicked.connect(self.reject)
        self.go_button.clicked.connect(self._go)

    def _copy(self) -> None:
        table = self.notes.currentWidget()
        assert isinstance(table, PlainTable)
        table.copy_all()

    def _go(self) -> None:
        self.accept()
        if self._tried:
            self.import_asked.emit()


def _heading(result: ImportResult, *, tried: bool) -> str:
    new, changed, unchanged = (
        sum(getattr(each, name) for each in result.files) for name in ("new", "changed", "unchanged")
    )
    refused = sum(len(each.refused) for each in result.files)
    counts = f"เรื่องใหม่ {new:,} · เปลี่ยน {changed:,} · เหมือนเดิม {unchanged:,} · ไม่รับ {refused:,} แถว"
    if not new and not changed:
        return f"ไม่มีอะไรให้นำเข้า: {counts}" if tried else f"ทะเบียนไม่เปลี่ยน: {counts}"
    return f"จะนำเข้า: {counts}" if tried else f"นำเข้าแล้ว: {counts}"


def _count_row(each: ImportedFile) -> tuple[str, ...]:
    counts = (each.new, each.changed, each.unchanged, len(each.refused))
    return (each.file, *(f"{count:,}" for count in counts), "")


def _note_rows(result: ImportResult, *, refused: bool) -> list[tuple[str, ...]]:
    return [
        (each.file, f"{note.row:,}", note.number or "–", note.text)
        for each in result.files
        for note in _notes(each, refused=refused)
    ]


def _notes(each: ImportedFile, *, refused: bool) -> tuple[RowNote, ...]:
    return each.refused if refused else each.remarks
