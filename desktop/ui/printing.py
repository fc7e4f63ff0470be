"""Printing a paper: the pages of its PDF as pictures at the printer's own resolution, a strip at a time.

A page comes out at its own size, its margins where the PDF has them; on other paper, or where the printer cannot reach
them, it is made to fit what the printer can. Printing goes page by page from the event loop: the window stays alive.
"""

from collections.abc import Iterator

from PySide6.QtCore import (
    QBuffer,
    QIODevice,
    QMarginsF,
    QObject,
    QPoint,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QProgressDialog, QWidget

from desktop.services.papers import Paper
from desktop.ui import notices

MOST_DOTS = 600  # dots an inch: more than the eye sees, and the spooler's files stay small
STRIP = 512  # rows of a page drawn at once: bounds the memory at any resolution
OUTERMOST = 10.0  # millimetres: nothing of our papers stands nearer to an edge
SAME_SIZE = 2.0  # millimetres between two sizes of paper that count as one
POINTS_AN_INCH, MILLIMETRES_AN_INCH = 72.0, 25.4
SHOW_AFTER = 250  # milliseconds


class PrintJob(QObject):
    """Prints a PDF on a printer that is set up; ``finished`` bears one sentence, blank when all went well."""

    progressed = Signal(int, int)
    finished = Signal(str)

    def __init__(self, paper: Paper, printer: QPrinter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._printer = printer
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._buffer.setData(paper.pdf)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._pages = pages_to_print(printer, self._document.pageCount())
        self._done = 0
        self._painter: QPainter | None = None
        self._cancelled = False
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._print_next)

    @property
    def is_running(self) -> bool:
        """Whether it prints: whoever asked for it must not go meanwhile."""
        return self._painter is not None and self._painter.isActive()

    @property
    def pages(self) -> int:
        """How many sides it prints in all."""
        return len(self._pages)

    def start(self) -> None:
        """Begin; returns at once."""
        self._next.start(0)

    def cancel(self) -> None:
        """Stop before the next page; what is with the printer already may still come out."""
        self._cancelled = True

    def _print_next(self) -> None:
        if self._cancelled:
            self._end(abort=True)
            self.finished.emit(f"ยกเลิกการพิมพ์แล้ว ส่งไปแล้ว {self._done:,} จาก {len(self._pages):,} หน้า")
            return
        if self._done == len(self._pages):
            self._end()
            self.finished.emit("" if self._pages else "เอกสารไม่มีหน้าให้พิมพ์")
            return
        page = self._pages[self._done]
        if not self._begin_page(page):
            self._end(abort=True)
            self.finished.emit("เครื่องพิมพ์ไม่รับงาน ยังไม่ได้พิมพ์ ข้อมูลอยู่ครบ โปรดตรวจเครื่องพิมพ์แล้วลองใหม่ หรือบันทึกเป็น PDF")
            return
        assert self._painter is not None
        draw_page(self._painter, self._document, page, self._printer)
        self._done += 1
        self.progressed.emit(self._done, len(self._pages))
        self._next.start(0)

    def _begin_page(self, page: int) -> bool:
        """A new sheet, upright or lying as the page is."""
        size = self._document.pagePointSize(page)
        lying = size.width() > size.height()
        orientation = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
        self._printer.setPageOrientation(orientation)
        if self._painter is not None:
            return self._printer.newPage()
        self._painter = QPainter()
        begun = self._painter.begin(self._printer)
        self._painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)  # else letters get JPEG's halos
        return begun

    def _end(self, *, abort: bool = False) -> None:
        if abort:
            self._printer.abort()
        if self._painter is not None and self._painter.isActive():
            self._painter.end()
        self._document.close()


def pages_to_print(printer: QPrinter, count: int) -> list[int]:
    """The places of the pages in the order they come out, as the dialog was answered."""
    first, last = 1, count
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage():
        first, last = printer.fromPage(), min(count, printer.toPage() or count)
    pages = list(range(first - 1, last))
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    if printer.supportsMultipleCopies():
        return pages
    copies = printer.copyCount()
    return pages * copies if printer.collateCopies() else [page for page in pages for _ in range(copies)]


def draw_page(painter: QPainter, document: QPdfDocument, page: int, printer: QPrinter) -> None:
    """Draw one page of a PDF onto the sheet the painter stands on."""
    size = document.pagePointSize(page)
    target = place_on_sheet(size, printer)
    share = min(1.0, MOST_DOTS / printer.resolution())
    dots = QSize(round(target.width() * share), round(target.height() * share))
    for top, strip in _strips(document, page, dots):
        room = QRectF(target.left(), target.top() + top / share, strip.width() / share, strip.height() / share)
        painter.drawImage(room, strip)


def place_on_sheet(size: QSizeF, printer: QPrinter) -> QRectF:
    """Where a page of a size in points stands on the sheet, in the printer's dots from its origin.

    As large as it is where the paper is that size and the printer reaches everything; else fitted, never enlarged.
    """
    dots = printer.resolution() / POINTS_AN_INCH
    wide, high = size.width() * dots, size.height() * dots
    sheet, reached = printer.paperRect(QPrinter.Unit.DevicePixel), printer.pageRect(QPrinter.Unit.DevicePixel)
    near = SAME_SIZE / MILLIMETRES_AN_INCH * printer.resolution()
    origin = sheet.topLeft() if printer.fullPage() else reached.topLeft()
    if abs(sheet.width() - wide) <= near and abs(sheet.height() - high) <= near and _reaches_all(printer):
        return QRectF(sheet.left() - origin.x(), sheet.top() - origin.y(), wide, high)
    room = _reached_room(printer, sheet)
    share = min(1.0, room.width() / wide, room.height() / high)
    left = room.left() + (room.width() - wide * share) / 2
    top = room.top() + (room.height() - high * share) / 2
    return QRectF(left - origin.x(), top - origin.y(), wide * share, high * share)


def _unreached(printer: QPrinter) -> QMarginsF:
    """The edges the printer cannot print on, in millimetres."""
    layout = QPageLayout(printer.pageLayout())
    layout.setUnits(QPageLayout.Unit.Millimeter)
    return layout.minimumMargins()


def _reaches_all(printer: QPrinter) -> bool:
    edges = _unreached(printer)
    return max(edges.left(), edges.top(), edges.right(), edges.bottom()) <= OUTERMOST


def _reached_room(printer: QPrinter, sheet: QRectF) -> QRectF:
    """What the printer can print on, in dots."""
    edges, dots = _unreached(printer), printer.resolution() / MILLIMETRES_AN_INCH
    return sheet.adjusted(edges.left() * dots, edges.top() * dots, -edges.right() * dots, -edges.bottom() * dots)


def _strips(document: QPdfDocument, page: int, dots: QSize) -> Iterator[tuple[int, QImage]]:
    """The page from the top down, each strip with its first row; white ones are left out, grey ones are kept grey."""
    for top in range(0, dots.height(), STRIP):
        height = min(STRIP, dots.height() - top)
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(dots)
        # A pixel more than the strip: Qt takes right - left for the width, and would squeeze the strip by that pixel.
        options.setScaledClipRect(QRect(0, top, dots.width() + 1, height + 1))
        drawn = document.render(page, QSize(dots.width(), height), options)
        strip = _on_white(drawn)
        if strip.allGray():
            strip = strip.convertToFormat(QImage.Format.Format_Grayscale8)
            if _is_white(strip):
                continue
        yield top, strip


def _on_white(drawn: QImage) -> QImage:
    paper = QImage(drawn.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(QPoint(0, 0), drawn)
    painter.end()
    return paper


def _is_white(grey: QImage) -> bool:
    rows = bytes(grey.constBits())
    return rows.count(b"\xff") == len(rows)


def print_paper(parent: QWidget, paper: Paper) -> PrintJob | None:
    """Ask for the printer and print behind a progress dialog; None when nothing is printed."""
    if not QPrinterInfo.availablePrinterNames():
        notices.tell(parent, "ไม่พบเครื่องพิมพ์", "เครื่องนี้ยังไม่มีเครื่องพิมพ์ให้เลือก ยังไม่ได้พิมพ์ โปรดติดตั้งเครื่องพิมพ์ หรือบันทึกเป็น PDF แทน")
        return None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    prepare(printer, paper.title)
    if not _printer_chosen(parent, printer):
        return None
    return start_printing(parent, paper, printer)


def prepare(printer: QPrinter, title: str) -> None:
    """A4, its whole sheet: the margins are the PDF's."""
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)


class PrintProgress(QProgressDialog):
    """How far a print job is, over the window it was asked from, with ยกเลิก; it goes when the job ends."""

    def __init__(self, parent: QWidget, paper: Paper, printer: QPrinter) -> None:
        super().__init__(f"กำลังพิมพ์ {paper.title}", "ยกเลิก", 0, 1, parent)
        self.job = PrintJob(paper, printer, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setWindowTitle("กำลังพิมพ์")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMaximum(max(1, self.job.pages))
        self.setMinimumDuration(SHOW_AFTER)
        self.setAutoClose(False)
        self.setAutoReset(False)

    def _connect(self) -> None:
        self.canceled.connect(self.job.cancel)
        self.job.progressed.connect(self._tell)
        self.job.finished.connect(self._end)

    def _tell(self, done: int, of: int) -> None:
        self.setLabelText(f"กำลังพิมพ์หน้า {done:,} จาก {of:,}")
        self.setValue(done)

    def _end(self, sentence: str) -> None:
        self.canceled.disconnect(self.job.cancel)
        self.close()
        self.deleteLater()
        if sentence:
            notices.tell(self.parentWidget(), "การพิมพ์", sentence)


def start_printing(parent: QWidget, paper: Paper, printer: QPrinter) -> PrintJob:
    """Print on a printer that is chosen, with progress and ยกเลิก."""
    printer.setFullPage(True)  # the system's own dialog may have asked for margins
    job = PrintProgress(parent, paper, printer).job
    job.start()
    return job


def _printer_chosen(parent: QWidget, printer: QPrinter) -> bool:
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("พิมพ์")
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, True)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
    chosen = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.setParent(None)  # gone before the printer it looks at: later it would end the program
    return chosen
