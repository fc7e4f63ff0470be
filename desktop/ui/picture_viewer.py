"""Attachments one at a time, large, in our own window: nothing of them is ever handed to another program."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.evidence import Attachment
from desktop.services.attaching import content_of, is_paper, shown_copy_of
from desktop.services.desk import Desk
from desktop.ui.behind import Behind
from desktop.ui.button_row import plain_button
from desktop.ui.dialog_size import start_size
from desktop.ui.plain_label import plain_label
from desktop.ui.theme import GRID, Look

LONGEST_SIDE = 2000  # pixels a picture or page is drawn with
WAIT = "กำลังเปิด…"


class PictureViewer(QDialog):
    """Looks at one of several attachments; ``copy_wanted`` bears the one the officer wants a copy of."""

    copy_wanted = Signal(object)

    def __init__(
        self, desk: Desk, attachments: Sequence[Attachment], place: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._attachments = attachments
        self._place = place
        self._image = QImage()
        self._behind = Behind(self)
        self._paper: _Paper | None = None
        self._build()
        self._connect()
        self._show()

    def _build(self) -> None:
        start_size(self, 120 * GRID, 80 * GRID)
        self.told = plain_label()
        self.picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.picture.setTextFormat(Qt.TextFormat.PlainText)
        self.picture.setWordWrap(True)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.picture)
        self.whole = QCheckBox("&พอดีหน้าต่าง")
        self.whole.setChecked(True)
        self.earlier, self.later = plain_button("‹ &ก่อนหน้า"), plain_button("&ถัดไป ›")
        self.page_up, self.page_down = plain_button("หน้าก่อน"), plain_button("หน้าถัดไป")
        self.copy_button = plain_button("เก็บ&สำเนา…")
        self.close_button = plain_button("&ปิด")
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        for widget in (self.earlier, self.later, self.page_up, self.page_down, self.whole):
            foot.addWidget(widget)
        foot.addStretch()
        foot.addWidget(self.copy_button)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        layout.addWidget(self.told)
        layout.addWidget(self.area, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.earlier.clicked.connect(lambda: self._go(-1))
        self.later.clicked.connect(lambda: self._go(1))
        self.page_up.clicked.connect(lambda: self._turn(-1))
        self.page_down.clicked.connect(lambda: self._turn(1))
        self.whole.toggled.connect(self._draw)
        self.copy_button.clicked.connect(lambda: self.copy_wanted.emit(self.attachment))
        self.close_button.clicked.connect(self.reject)
        for key, step in ((Qt.Key.Key_Left, -1), (Qt.Key.Key_Right, 1)):
            QShortcut(QKeySequence(key), self).activated.connect(lambda step=step: self._go(step))
        for key, step in ((Qt.Key.Key_PageUp, -1), (Qt.Key.Key_PageDown, 1)):
            QShortcut(QKeySequence(key), self).activated.connect(lambda step=step: self._turn(step))

    @property
    def attachment(self) -> Attachment:
        """The one that is shown."""
        return self._attachments[self._place]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A picture that fits goes on fitting."""
        super().resizeEvent(event)
        self._draw()

    def _go(self, step: int) -> None:
        place = self._place + step
        if 0 <= place < len(self._attachments):
            self._place = place
            self._show()

    def _turn(self, step: int) -> None:
        if self._paper is not None:
            self._paper.turn(step)

    def _show(self) -> None:
        """Fetch the attachment behind; meanwhile say so."""
        self._behind.forget()
        if self._paper is not None:
            self._paper.deleteLater()
        self._paper, self._image = None, QImage()
        attachment, folder = self.attachment, self._desk.register.folder
        self.setWindowTitle(attachment.name)
        self._tell()
        self._say(WAIT)
        if is_paper(attachment):
            self._behind.do(lambda: content_of(self._desk, attachment), self._open_paper)
        else:
            self._behind.do(lambda: shown_copy_of(folder, attachment, LONGEST_SIDE), self._open_picture)

    def _open_picture(self, content: bytes | None, problem: str) -> None:
        if content is None:
            self._say(f"{Look.OVERDUE.value} {problem}")
            return
        self._show_image(QImage.fromData(content))

    def _open_paper(self, content: bytes | None, problem: str) -> None:
        if content is None:
            self._say(f"{Look.OVERDUE.value} {problem}")
            return
        self._paper = _Paper(content, self)
        self._paper.drawn.connect(self._show_page)
        self._paper.failed.connect(self._say)
        self._paper.turn(0)

    def _show_page(self, image: QImage) -> None:
        if self.sender() is self._paper:
            self._tell()
            self._show_image(image)

    def _show_image(self, image: QImage) -> None:
        self._image = image
        self._draw()

    def _draw(self) -> None:
        if self._image.isNull():
            return
        image = self._image
        room = self.area.viewport().size()
        if self.whole.isChecked() and (image.width() > room.width() or image.height() > room.height()):
            smooth = Qt.TransformationMode.SmoothTransformation
            image = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        self.picture.setPixmap(QPixmap.fromImage(image))
        self.picture.setMinimumSize(QSize(0, 0) if self.whole.isChecked() else image.size())

    def _say(self, words: str) -> None:
        self.picture.setMinimumSize(QSize(0, 0))
        self.picture.setText(words)

    def _tell(self) -> None:
        """Which of how many, and which page; buttons that lead nowhere are off."""
        count = len(self._attachments)
        words = f"{self._place + 1} จาก {count} · {self.attachment.name}"
        pages = 0 if self._paper is None else self._paper.pages
        if self._paper is not None and pages:
            words += f" · หน้า {self._paper.page + 1} จาก {pages}"
        self.told.setText(words)
        self.earlier.setEnabled(self._place > 0)
        self.later.setEnabled(self._place < count - 1)
        for button, step in ((self.page_up, -1), (self.page_down, 1)):
            button.setVisible(pages > 1)
            button.setEnabled(self._paper is not None and 0 <= self._paper.page + step < pages)


class _Paper(QObject):
    """A PDF's pages as pictures, drawn behind; no script of it is ever run and no link followed."""

    drawn = Signal(QImage)
    failed = Signal(str)

    def __init__(self, content: bytes, parent: QObject) -> None:
        super().__init__(parent)
        from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer

        self.page = 0
        self._bytes = QByteArray(content)
        self._buffer = QBuffer(self._bytes, self)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument(self)
        self._document.load(self._buffer)
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setDocument(self._document)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.pageRendered.connect(self._rendered)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._document.pageCount()

    def turn(self, step: int) -> None:
        """Draw a page further on or back; 0: the one that is open."""
        if not self.pages:
            self.failed.emit(f"{Look.OVERDUE.value} เปิด PDF นี้ไม่ได้ แฟ้มต้นฉบับอยู่ครบ โปรดเก็บสำเนาแล้วเปิดด้วยโปรแกรมอื่น")
            return
        if not 0 <= self.page + step < self.pages:
            return
        self.page += step
        size = self._document.pagePointSize(self.page)
        scale = LONGEST_SIDE / max(size.width(), size.height(), 1.0)
        self._renderer.requestPage(self.page, (size * scale).toSize().expandedTo(QSize(1, 1)))

    def _rendered(self, page: int, _size: QSize, image: QImage) -> None:
        if page != self.page:
            return
        paper = QImage(image.size(), QImage.Format.Format_RGB32)
        paper.fill(Qt.GlobalColor.white)
        painter = QPainter(paper)
        painter.drawImage(0, 0, image)
        painter.end()
        self.drawn.emit(paper)
