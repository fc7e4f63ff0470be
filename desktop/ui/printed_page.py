"""One page of a PDF on a sheet of paper, drawn at the printer's own resolution, a strip at a time.

A page comes out at its own size, its margins where the PDF has them; on other paper, or where the printer cannot reach
them, it is made to fit what the printer can.
"""

from collections.abc import Iterator

from PySide6.QtCore import QMarginsF, QPoint, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrinter

MOST_DOTS = 600  # dots an inch: more than the eye sees, and the spooler's files stay small
STRIP = 512  # rows of a page drawn at once: bounds the memory at any resolution
OUTERMOST = 10.0  # millimetres: nothing of our papers stands nearer to an edge
SAME_SIZE = 2.0  # millimetres between two sizes of paper that count as one
POINTS_AN_INCH, MILLIMETRES_AN_INCH = 72.0, 25.4


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
