"""The pages of a PDF in a view of our own: turned by key and number, zoomed by key and wheel."""

from PySide6.QtCore import QBuffer, QIODevice, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

STEP = 1.15  # between two zooms
SMALLEST, LARGEST = 0.25, 5.0
POINTS_AN_INCH = 72


class PdfPages(QPdfView):
    """All pages one under the other; ``zoomed`` whenever they are shown larger or smaller."""

    zoomed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        # Not the view's own: Qt would close them when half of the view is gone, and that ends the program.
        self._nothing, self._pages = QPdfDocument(parent), QPdfDocument(parent)
        self._buffer = QBuffer(parent)

    def show_pdf(self, pdf: bytes) -> int:
        """Show a file; gives how many pages it has."""
        self._buffer.setData(pdf)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._pages.load(self._buffer)
        self.setDocument(self._pages)
        return self._pages.pageCount()

    def let_go(self) -> None:
        """Close the file before the window goes."""
        self.setDocument(self._nothing)
        self._pages.close()

    def turn(self, pages: int) -> None:
        """Go some pages on, or back."""
        self.show_page(self.pageNavigator().currentPage() + pages)

    def show_page(self, place: int) -> None:
        """Go to a page, the first one being 0; beyond the ends nothing happens."""
        navigator = self.pageNavigator()
        if 0 <= place < self._pages.pageCount() and place != navigator.currentPage():
            navigator.jump(place, QPointF(0, 0), 0)

    def zoom_by(self, steps: int) -> None:
        """Larger, or smaller, by some steps."""
        factor = min(LARGEST, max(SMALLEST, self.zoom_factor() * STEP**steps))
        self._zoom(QPdfView.ZoomMode.Custom, factor)

    def show_width(self) -> None:
        """The page as wide as the view."""
        self._zoom(QPdfView.ZoomMode.FitToWidth)

    def show_whole_page(self) -> None:
        """A whole page in the view."""
        self._zoom(QPdfView.ZoomMode.FitInView)

    def _zoom(self, mode: QPdfView.ZoomMode, factor: float = 0.0) -> None:
        """Zoom with the same part of the same page staying in view."""
        page, scrolled = self.pageNavigator().currentPage(), self.verticalScrollBar()
        share = scrolled.value() / max(1, scrolled.maximum())
        self.setZoomMode(mode)
        if factor:
            self.setZoomFactor(factor)
        scrolled.setValue(round(share * scrolled.maximum()))
        if self.pageNavigator().currentPage() != page:  # pages of other shapes before it
            self.pageNavigator().jump(page, QPointF(0, 0), 0)
        self.zoomed.emit()

    def zoom_factor(self) -> float:
        """How large the page in view is shown; 1: as on paper."""
        if self.zoomMode() is QPdfView.ZoomMode.Custom:
            return self.zoomFactor()
        size = self._pages.pagePointSize(self.pageNavigator().currentPage())
        if size.isEmpty():
            return 1.0
        dots = self.logicalDpiX() / POINTS_AN_INCH
        margins, room = self.documentMargins(), self.viewport()
        wide = (room.width() - margins.left() - margins.right()) / (size.width() * dots)
        if self.zoomMode() is QPdfView.ZoomMode.FitToWidth:
            return wide
        return min(wide, (room.height() - self.pageSpacing()) / (size.height() * dots))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl with the wheel zooms."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        elif event.angleDelta().y():
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size of the window changes what fits."""
        super().resizeEvent(event)
        self.zoomed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the ends; Ctrl with = is Ctrl with + without the shift."""
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.show_page(0 if event.key() == Qt.Key.Key_Home else self._pages.pageCount() - 1)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Equal:
            self.zoom_by(1)
        else:
            super().keyPressEvent(event)
