"""Printing a paper: page by page from the event loop, so that the window stays alive, with progress and ยกเลิก."""

from PySide6.QtCore import QBuffer, QIODevice, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QProgressDialog, QWidget

from desktop.services.papers import Paper
from desktop.ui import notices
from desktop.ui.printed_page import draw_page

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
