"""A paper as it will be printed: its pages in a window of our own, to look at, print and save. Esc closes it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QSpinBox, QToolButton, QVBoxLayout, QWidget

from desktop.services.desk import Desk
from desktop.services.papers import Paper, save_paper
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.ui.button_row import plain_button, primary_button
from desktop.ui.dialog_size import start_size
from desktop.ui.icons import dress
from desktop.ui.paper_files import choose_pdf, open_folder
from desktop.ui.plain_label import heading_label, plain_label, wear
from desktop.ui.printing import PrintJob, print_paper
from desktop.ui.theme import GRID, Look

WIDTH, HEIGHT = 128 * GRID, 84 * GRID
STEP = 1.15  # between two zooms
SMALLEST, LARGEST = 0.25, 5.0
POINTS_AN_INCH = 72


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
        self.document = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
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
        tools.addWidget(self._tool("หน้าก่อน", "chevron-left", "Ctrl+PgUp", lambda: self.turn(-1)))
        tools.addWidget(self.page)
        tools.addWidget(self._tool("หน้าถัดไป", "chevron-right", "Ctrl+PgDown", lambda: self.turn(1)))
        tools.addSpacing(2 * GRID)
        tools.addWidget(self._tool("ย่อ", "zoom-out", "Ctrl+-", lambda: self.zoom_by(-1)))
        tools.addWidget(self.zoom)
        tools.addWidget(self._tool("ขยาย", "zoom-in", "Ctrl++", lambda: self.zoom_by(1)))
        self.fit_width = self._tool("พอดีความกว้าง", "move-horizontal", "Ctrl+0", self.show_width, words=True)
        self.fit_page = self._tool("เต็มหน้า", "file-text", "Ctrl+9", self.show_whole_page, words=True)
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
        self.page.valueChanged.connect(lambda number: self.show_page(number - 1))
        self.view.pageNavigator().currentPageChanged.connect(self._tell_page)
        self.view.zoomFactorChanged.connect(self._tell_zoom)
        self.view.zoomModeChanged.connect(self._tell_zoom)
        self.view.viewport().installEventFilter(self)
        self.close_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print_paper)
        for keys, step in (("Ctrl+G", self._ask_page), ("Ctrl+P", self.print_paper), ("Ctrl+S", self.save)):
            self._key(keys, step)

    def _load(self) -> None:
        self._buffer = QBuffer(self)
        self._buffer.setData(self._paper.pdf)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self.view.setDocument(self.document)
        pages = self.document.pageCount()
        self.page.setRange(1, max(1, pages))
        self.page.setSuffix(f" จาก {pages:,}")
        self._tell_zoom()
        self.view.setFocus()

    def turn(self, pages: int) -> None:
        """Go some pages on, or back."""
        self.show_page(self.view.pageNavigator().currentPage() + pages)

    def show_page(self, place: int) -> None:
        """Go to a page, the first one being 0; beyond the ends nothing happens."""
        navigator = self.view.pageNavigator()
        if 0 <= place < self.document.pageCount() and place != navigator.currentPage():
            navigator.jump(place, QPointF(0, 0), 0)

    def zoom_by(self, steps: int) -> None:
        """Larger, or smaller, by some steps."""
        factor = min(LARGEST, max(SMALLEST, self.zoom_factor() * STEP**steps))
        self._zoom(QPdfView.ZoomMode.Custom, factor)

    def show_width(self) -> None:
        """The page as wide as the window."""
        self._zoom(QPdfView.ZoomMode.FitToWidth)

    def show_whole_page(self) -> None:
        """A whole page in the window."""
        self._zoom(QPdfView.ZoomMode.FitInView)

    def _zoom(self, mode: QPdfView.ZoomMode, factor: float = 0.0) -> None:
        """Zoom with the same part of the same page staying in view."""
        page, scrolled = self.view.pageNavigator().currentPage(), self.view.verticalScrollBar()
        share = scrolled.value() / max(1, scrolled.maximum())
        self.view.setZoomMode(mode)
        if factor:
            self.view.setZoomFactor(factor)
        scrolled.setValue(round(share * scrolled.maximum()))
        if self.view.pageNavigator().currentPage() != page:  # pages of other shapes before it
            self.view.pageNavigator().jump(page, QPointF(0, 0), 0)
        self._tell_zoom()

    def zoom_factor(self) -> float:
        """How large the page in view is shown; 1: as on paper."""
        if self.view.zoomMode() is QPdfView.ZoomMode.Custom:
            return self.view.zoomFactor()
        size = self.document.pagePointSize(self.view.pageNavigator().currentPage())
        if size.isEmpty():
            return 1.0
        dots, margins, room = (
            self.view.logicalDpiX() / POINTS_AN_INCH,
            self.view.documentMargins(),
            self.view.viewport(),
        )
        wide = (room.width() - margins.left() - margins.right()) / (size.width() * dots)
        if self.view.zoomMode() is QPdfView.ZoomMode.FitToWidth:
            return wide
        return min(wide, (room.height() - self.view.pageSpacing()) / (size.height() * dots))

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl with the wheel zooms; another size of the window changes what fits."""
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                self.zoom_by(1 if turned > 0 else -1)
            return True
        if event.type() == QEvent.Type.Resize:
            self._tell_zoom()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the ends; Ctrl with = is Ctrl with + without the shift."""
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.show_page(0 if event.key() == Qt.Key.Key_Home else self.document.pageCount() - 1)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Equal:
            self.zoom_by(1)
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Lets go of the pages before the window goes; while it prints it stays."""
        if any(job.is_running for job in self.findChildren(PrintJob)):
            return
        self.view.setDocument(QPdfDocument(self))
        self.document.close()
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
        self.zoom.setText(f"{round(self.zoom_factor() * 100)} %")


def show_paper(parent: QWidget, desk: Desk, paper: Paper) -> PdfPreview:
    """Open the preview over a window; returns at once."""
    preview = PdfPreview(desk, paper, parent)
    preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    preview.open()
    return preview
