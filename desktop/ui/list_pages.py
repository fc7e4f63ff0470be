"""What the list says when it has nothing to show: what to do first, or how to see everything again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.icons import dress


class FirstPage(QWidget):
    """In place of an empty register's table: what to do first."""

    def __init__(self, *, writable: bool) -> None:
        super().__init__()
        self.import_button = QPushButton("&นำเข้าจากแฟ้ม…")
        self.import_button.setProperty("primary", True)
        dress(self.import_button, "download")
        self.new_button = QPushButton("&เพิ่มเรื่องใหม่")
        dress(self.new_button, "file-plus")
        words = (
            "เริ่มด้วยการนำเข้าตารางที่ใช้อยู่ (Excel หรือ CSV) หรือเพิ่มเรื่องแรกด้วยตนเอง\n"
            "ลงตั้งแต่ 1 ตุลาคมถึงวันนี้ ตัวเลขของปีงบประมาณจะครบถ้วน"
        )
        buttons = [self.import_button, self.new_button] if writable else []
        _fill_page(self, "ทะเบียนนี้ยังไม่มีเรื่องร้องทุกข์", words if writable else "", buttons)


class NothingFoundPage(QWidget):
    """In place of a filter's empty table."""

    def __init__(self) -> None:
        super().__init__()
        self.clear_button = QPushButton("แสดง&ทุกเรื่อง")
        dress(self.clear_button, "filter-x")
        words = "ลองพิมพ์คำให้สั้นลง หรือล้างตัวกรองเพื่อแสดงทุกเรื่อง"
        _fill_page(self, "ไม่พบเรื่องตามตัวกรองนี้", words, [self.clear_button])


def _fill_page(page: QWidget, heading: str, words: str, buttons: list[QPushButton]) -> None:
    title = QLabel(heading)
    title.setFont(theme.heading_font())
    text = QLabel(words)
    text.setProperty("muted", True)
    row = QHBoxLayout()
    row.setSpacing(theme.GRID)
    row.addStretch()
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    layout = QVBoxLayout(page)
    layout.setSpacing(theme.GRID)
    layout.addStretch()
    for part in (title, text):
        part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(part)
    layout.addSpacing(theme.GRID)
    layout.addLayout(row)
    layout.addStretch()
