"""Small pictures in rows with their names, by mouse or keyboard; words where one cannot be shown."""

from html import escape
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem

from desktop.domain.evidence import Attachment
from desktop.services.attaching import Seen, is_paper, seen_small
from desktop.ui import theme
from desktop.ui.behind import Behind
from desktop.ui.theme import GRID, Look

THUMBNAIL = QSize(16 * GRID, 12 * GRID)
CELL = QSize(20 * GRID, 19 * GRID)
MADE_SIDE = 3 * max(THUMBNAIL.width(), THUMBNAIL.height())  # larger than shown: for screens of a finer grain
MOST_ROWS = 2  # more are scrolled to
KEY = Qt.ItemDataRole.UserRole


class PictureShelf(QListWidget):
    """One cell a key; ``opened`` on Enter and double click, ``removed`` on Delete, each with the key."""

    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, accessible_name: str) -> None:
        super().__init__()
        self.setAccessibleName(accessible_name)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setIconSize(THUMBNAIL)
        self.setGridSize(CELL)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setViewportMargins(0, GRID, 0, 0)
        self.setStyleSheet(
            "QListWidget { border: 1px solid palette(mid); border-radius: 4px; background: palette(base); }"
        )
        self.setAcceptDrops(False)  # the group around it takes drops

    def _connect(self) -> None:
        self.itemActivated.connect(lambda item: self.opened.emit(item.data(KEY)))

    def add(self, key: str, name: str, word: str = "…") -> None:
        """A new cell at the end; ``word`` stands where its picture will be."""
        item = QListWidgetItem(QIcon(_card(word, Look.PLAIN)), name)
        item.setData(KEY, key)
        item.setToolTip(_plain_tip(name))
        item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.addItem(item)
        if self.currentRow() < 0:
            self.setCurrentRow(0)

    def add_stored(self, attachment: Attachment, folder: Path, behind: Behind) -> None:
        """A new cell for what is kept in a data folder, under its SHA-256; its picture is made behind."""
        key = attachment.sha256
        self.add(key, attachment.name, "PDF" if is_paper(attachment) else "…")

        def then(seen: Seen | None, problem: str) -> None:
            if seen is None or seen.word:
                words = ("เปิดไม่ได้", problem) if seen is None else (seen.word, seen.sentence)
                self.show_trouble(key, *words)
            elif seen.content:
                self.show_picture(key, seen.content)

        behind.do(lambda: seen_small(folder, attachment, MADE_SIDE), then)

    def show_picture(self, key: str, content: bytes) -> None:
        """Put the picture into its cell."""
        item = self._cell(key)
        image = QImage.fromData(content)
        if item is not None and not image.isNull():
            item.setIcon(_icon(_framed(image)))

    def show_trouble(self, key: str, word: str, sentence: str) -> None:
        """Say in its cell why there is no picture: a word there, the sentence beside the mouse."""
        item = self._cell(key)
        if item is not None:
            item.setIcon(QIcon(_card(f"{Look.OVERDUE.value} {word}", Look.OVERDUE)))
            item.setText(f"{word}: {item.text()}")
            item.setToolTip(_plain_tip(sentence))

    def key(self) -> str:
        """The key of the cell that is chosen; blank when there is none."""
        item = self.currentItem()
        return "" if item is None else str(item.data(KEY))

    def choose(self, key: str) -> None:
        """Choose a cell."""
        item = self._cell(key)
        if item is not None:
            self.setCurrentItem(item)

    def keys(self) -> list[str]:
        """Every key, in order."""
        return [str(self.item(row).data(KEY)) for row in range(self.count())]

    def names(self) -> list[str]:
        """What stands under the pictures, in order."""
        return [self.item(row).text() for row in range(self.count())]

    def take_out(self, key: str) -> None:
        """Take a cell out."""
        item = self._cell(key)
        if item is not None:
            self.takeItem(self.row(item))

    def fit(self) -> None:
        """As high as its rows, a few at most."""
        in_row = max(1, (self.viewport().width() - 1) // CELL.width())
        rows = min(MOST_ROWS, max(1, -(-self.count() // in_row)))
        self.setFixedHeight(rows * CELL.height() + 2 * GRID)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete takes off; the arrows are the list's own."""
        if self.key() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.key())
        elif self.key() and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(self.key())
        else:
            super().keyPressEvent(event)

    def _cell(self, key: str) -> QListWidgetItem | None:
        cells = (self.item(row) for row in range(self.count()))
        return next((item for item in cells if item.data(KEY) == key), None)


def _plain_tip(words: str) -> str:
    """Words for a tool tip, which would take them for markup."""
    return f"<qt>{escape(words)}</qt>"


def _icon(picture: QPixmap) -> QIcon:
    """The picture in its own colours, chosen or not: evidence is not tinted."""
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon


def _sheet() -> QPixmap:
    sheet = QPixmap(THUMBNAIL)
    sheet.fill(Qt.GlobalColor.transparent)
    return sheet


def _framed(image: QImage) -> QPixmap:
    """A picture in the middle of its cell, its proportions kept."""
    sheet = _sheet()
    small = image.scaled(THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    painter = QPainter(sheet)
    left, top = (THUMBNAIL.width() - small.width()) // 2, (THUMBNAIL.height() - small.height()) // 2
    painter.drawImage(left, top, small)
    painter.setPen(QColor(theme.colours().line))
    painter.drawRect(left, top, small.width() - 1, small.height() - 1)
    painter.end()
    return sheet


def _card(word: str, look: Look) -> QPixmap:
    """A card with a word on it, where there is no picture."""
    colours = theme.colours()
    sheet = _sheet()
    painter = QPainter(sheet)
    painter.setFont(theme.text_font())
    area = sheet.rect().adjusted(2 * GRID, 0, -2 * GRID - 1, -1)
    painter.setPen(QColor(colours.line))
    painter.setBrush(QColor(colours.tint[look]))
    painter.drawRect(area)
    painter.setPen(QColor(colours.ink[look]))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, word)
    painter.end()
    return sheet
