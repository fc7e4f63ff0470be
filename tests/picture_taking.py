"""Pictures of widgets, of dialogs as they stand open, and of a PDF's pages."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

PAGE_DOTS_PER_INCH = 80
LOOK_EVERY = 50  # milliseconds
PATIENCE = 20.0  # seconds until a dialog counts as not opened
COLOURS = 256  # of a kept picture: smaller by half, and nobody sees it
INDEXED = QImage.Format.Format_Indexed8


def settle(milliseconds: int = 250) -> None:
    """Let what comes behind the first paint arrive."""
    QTest.qWait(milliseconds)


def wait_until(ready: Callable[[], bool]) -> None:
    """Wait for what is made behind; raises RuntimeError when it never comes."""
    begun = monotonic()
    while not ready():
        if monotonic() - begun > PATIENCE:
            raise RuntimeError("what was waited for never came")
        settle(LOOK_EVERY)


class Pictures:
    """Takes pictures into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.taken: list[Path] = []

    def take(self, widget: QWidget, name: str) -> None:
        """One picture of a widget as it is now."""
        settle()
        self._keep(widget.grab().toImage(), name)

    def pages(self, pdf: Path, name: str, dots: int = PAGE_DOTS_PER_INCH) -> None:
        """One picture a page of a PDF."""
        document = QPdfDocument()
        document.load(str(pdf))
        for page in range(document.pageCount()):
            size = document.pagePointSize(page) * (dots / 72)
            image = document.render(page, size.toSize())
            paper = image.copy()
            paper.fill(Qt.GlobalColor.white)
            _paint(paper, image)
            self._keep(paper, f"{name}-{page + 1}")
        document.close()

    def dialog(
        self,
        window: QWidget,
        name: str,
        opens: Callable[[], object],
        kind: type[QDialog] = QDialog,
        prepare: Callable[..., object] = lambda _: None,
    ) -> None:
        """One dialog of a kind, modal or not, as ``prepare`` leaves it; then it is closed again."""
        taken: list[QDialog] = []

        def look() -> None:
            shown = [each for each in window.findChildren(kind) if each.isVisible()]
            if not shown:
                QTimer.singleShot(LOOK_EVERY, window, look)
                return
            settle()
            prepare(shown[-1])
            self.take(shown[-1], name)
            taken.append(shown[-1])
            shown[-1].reject()

        QTimer.singleShot(0, look)
        opens()
        wait_until(lambda: bool(taken))
        settle(LOOK_EVERY)

    def _keep(self, image: QImage, name: str) -> None:
        path = self.folder / f"{name}.png"
        if not image.save(str(path)):
            raise OSError(f"could not write {path}")
        with Image.open(path) as found:
            table = _few_colours(found.convert("RGB"))
        image.convertToFormat(QImage.Format.Format_RGB32).convertToFormat(INDEXED, table).save(str(path))
        with Image.open(path) as found:
            found.save(path, optimize=True)
        self.taken.append(path)


def _few_colours(picture: Image.Image) -> list[int]:
    """Of a screen the commonest colours as they are, and some that stand for the rest."""
    counted = picture.getcolors(picture.width * picture.height)
    assert counted is not None, "a picture has no more colours than dots"
    commonest = [QColor(*colour).rgb() for _, colour in sorted(counted, reverse=True)[: COLOURS // 2]]
    rest = picture.quantize(COLOURS // 2, Image.Quantize.MEDIANCUT).getpalette() or []
    return commonest + [QColor(*rest[part : part + 3]).rgb() for part in range(0, len(rest), 3)]


def _paint(paper: QImage, image: QImage) -> None:
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
