"""A paper as it will be printed: its pages in a window of our own, to look at, print and save. Esc closes it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QSpinBox, QToolButton, QVBoxLayout, QWidget

from desktop.services.desk import Desk
from desktop.services.papers import Paper, save_paper
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.ui.button_row import plain_button, primary_button
from desktop.ui.dialog_size import start_size
from desktop.ui.icons import dress
from desktop.ui.paper_files import choose_pdf, open_folder
from desktop.ui.pdf_pages import PdfPages
from desktop.ui.plain_label import heading_label, plain_label, wear
from desktop.ui.printing import PrintJob, print_paper
from desktop.ui.theme import GRID, Look

WIDTH, HEIGHT = 128 * GRID, 84 * GRID


class PdfPreview(QDialog):
    """Shows one paper; ``saved`` bears the file it was written to."""

    saved = Signal(Path)

    def __init__(self, desk: Desk, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._paper = paper
        self._build()
        self._connect()
        self._load()

    def _build(self) -> None:
        self.setWindowTitle(self._paper.title)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self.view = PdfPages(self)
        self.view.setAccessibleName(self._paper.title)
        self.remarks = plain_label()
        self.message = plain_label()
        self.message.hide()
        self.close_button = plain_button("&ปิด")
        self.save_button = plain_button("&บันทึกเป็น PDF…")
        self.save_button.setToolTip("บันทึกเป็น PDF (Ctrl+S)")
        dress(self.save_button, "save")
        self.print_button = primary_button("&พิมพ์…")
        self.print_button.setToolTip("พิมพ์ (Ctrl+P)")
        dress(self.print_button, "printer")
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(self.message, 1)
        foot.addStretch(0)
        for button in (self.close_button, self.save_button, self.print_button):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(heading_label(self._paper.title))
        layout.addWidget(self.remarks)
        layout.addLayout(self._tools())
        layout.addWidget(self.view, 1)
        layout.addLayout(foot)
        wear(self.remarks, Look.TODAY, " · ".join(self._paper.remarks))
        start_size(self, WIDTH, HEIGHT)

    def _tools(self) -> QHBoxLayout:
        self.page = QSpinBox()
        self.page.setPrefix("หน้า ")
        self.page.setKeyboardTracking(False)
        self.page.setAccessibleName("หน้าที่ดูอยู่")
        self.page.setToolTip("ไปหน้า (Ctrl+G)")
        self.zoom = QLabel()
        self.zoom.setMinimumWidth(7 * GRID)
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        tools = QHBoxLayout()
        tools.setSpacing(GRID // 2)
        tools.addWidget(self._tool("หน้าก่อน", "chevron-left", "Ctrl+PgUp", lambda: self.view.turn(-1)))
        tools.addWidget(self.page)
        tools.addWidget(self._tool("หน้าถัดไป", "chevron-right", "Ctrl+PgDown", lambda: self.view.turn(1)))
        tools.addSpacing(2 * GRID)
        tools.addWidget(self._tool("ย่อ", "zoom-out", "Ctrl+-", lambda: self.view.zoom_by(-1)))
        tools.addWidget(self.zoom)
        tools.addWidget(self._tool("ขยาย", "zoom-in", "Ctrl++", lambda: self.view.zoom_by(1)))
        self.fit_width = self._tool("พอดีความกว้าง", "move-horizontal", "Ctrl+0", self.view.show_width, words=True)
        self.fit_page = self._tool("เต็มหน้า", "file-text", "Ctrl+9", self.view.show_whole_page, words=True)
        for tool in (self.fit_width, self.fit_page):
            tool.setCheckable(True)
            tools.addWidget(tool)
        tools.addStretch(1)
        return tools

    def _tool(self, name: str, icon: str, keys: str, then: Callable[[], None], *, words: bool = False) -> QToolButton:
        tool = QToolButton()
        tool.setText(name)
        tool.setAccessibleName(name)
        tool.setToolTip(f"{name} ({keys})")
        tool.setAutoRaise(True)
        tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if words:
            tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        dress(tool, icon)
        tool.clicked.connect(lambda: then())
        self._key(keys, then)  # a button's own shortcut would wait a tenth of a second
        return tool

    def _key(self, keys: str, then: Callable[[], None]) -> None:
        action = QAction(self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: then())
        self.addAction(action)

    def _connect(self) -> None:
        self.page.valueChanged.connect(lambda number: self.view.show_page(number - 1))
        self.view.pageNavigator().currentPageChanged.connect(self._tell_page)
        self.view.zoomed.connect(self._tell_zoom)
        self.close_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print_paper)
        for keys, step in (("Ctrl+G", self._ask_page), ("Ctrl+P", self.print_paper), ("Ctrl+S", self.save)):
            self._key(keys, step)

    def _load(self) -> None:
        pages = self.view.show_pdf(self._paper.pdf)
        self.page.setRange(1, max(1, pages))
        self.page.setSuffix(f" จาก {pages:,}")
        self._tell_zoom()
        self.view.setFocus()

    def print_paper(self) -> None:
        """Ask for the printer and print."""
        print_paper(self, self._paper)

    def save(self) -> None:
        """Ask for a place, write the file, open its folder."""
        path = self.choose_file()
        if path is None:
            return
        try:
            save_paper(self._desk, self._paper, path)
        except PLAIN_ERRORS as problem:
            wear(self.message, Look.OVERDUE, str(problem))
            return
        wear(self.message, Look.DONE, f"บันทึกไว้ที่ {path} แล้ว")
        self.saved.emit(path)
        self.show_folder(path)

    def choose_file(self) -> Path | None:
        """Where the paper is to be saved."""
        return choose_pdf(self, "บันทึกเป็น PDF", self._paper.file_name)

    def show_folder(self, path: Path) -> None:
        """Open the folder the paper was saved in."""
        open_folder(path)

    def done(self, result: int) -> None:
        """Lets go of the pages before the window goes; while it prints it stays."""
        if any(job.is_running for job in self.findChildren(PrintJob)):
            return
        self.view.let_go()
        super().done(result)

    def _ask_page(self) -> None:
        self.page.setFocus()
        self.page.selectAll()

    def _tell_page(self, place: int) -> None:
        self.page.blockSignals(True)
        self.page.setValue(place + 1)
        self.page.blockSignals(False)

    def _tell_zoom(self) -> None:
        mode = self.view.zoomMode()
        self.fit_width.setChecked(mode is QPdfView.ZoomMode.FitToWidth)
        self.fit_page.setChecked(mode is QPdfView.ZoomMode.FitInView)
        self.zoom.setText(f"{round(self.view.zoom_factor() * 100)} %")


def show_paper(parent: QWidget, desk: Desk, paper: Paper) -> PdfPreview:
    """Open the preview over a window; returns at once."""
    preview = PdfPreview(desk, paper, parent)
    preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    preview.open()
    return preview
