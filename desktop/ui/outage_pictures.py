"""The pictures of an outage to be noted, from clipboard, screens or files; a blank one is said, not kept."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.attaching import content_of_file, pasted_name
from desktop.services.desk import Desk
from desktop.services.outage_work import problem_with_picture
from desktop.services.pictures import shown_copy
from desktop.ui.behind import Behind
from desktop.ui.button_row import plain_button
from desktop.ui.clipboard_pictures import Found, content_of_image, found_in
from desktop.ui.picture_shelf import MADE_SIDE, PictureShelf
from desktop.ui.plain_label import plain_label, wear
from desktop.ui.screen_capture import ScreenCapture
from desktop.ui.theme import GRID, Look

FILTER = "ภาพ (*.jpg *.jpeg *.png *.webp);;ทุกแฟ้ม (*)"
LOOKING = "กำลังตรวจภาพ…"
NO_PICTURE = "ยังไม่มีภาพหลักฐาน จับภาพหน้าจอ วางภาพ หรือเลือกแฟ้ม (บันทึกโดยไม่มีภาพก็ได้)"
FROM_CLIPBOARD = "ใช้ภาพที่อยู่ในคลิปบอร์ด ถ้าไม่ใช่ภาพที่ต้องการ กดนำภาพออก แล้วจับภาพหน้าจอ"
EMPTY_CLIPBOARD = "คลิปบอร์ดไม่มีภาพ โปรดกด PrtScn หรือคัดลอกภาพก่อน"
NOTHING_CAPTURED = "จับภาพหน้าจอไม่ได้ เครื่องนี้ไม่ให้โปรแกรมจับภาพ โปรดกด PrtScn แล้ววางภาพ หรือเลือกแฟ้ม"


@dataclass(frozen=True)
class _Picture:
    """A picture that is taken: its name, its content, and how it is shown."""

    name: str
    content: bytes
    small: bytes


class OutagePictures(QWidget):
    """``changed`` when a picture came or went or something was said; ``ready`` when the screens have been captured."""

    changed = Signal()
    ready = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._pictures: dict[str, _Picture] = {}
        self._given = 0  # pictures ever taken: their keys
        self._behind = Behind(self)
        self.capture = ScreenCapture(self)
        self._build()
        self._connect()
        self._fit()

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.shelf = PictureShelf("ภาพหลักฐาน")
        self.empty = plain_label(NO_PICTURE, muted=True)
        self.said = plain_label()
        self.said.hide()
        self.capture_button = plain_button("&จับภาพหน้าจอ")
        self.paste_button = plain_button("&วางภาพ")
        self.paste_button.setToolTip("วางภาพจากคลิปบอร์ด (Ctrl+V)")
        self.file_button = plain_button("เลือกแ&ฟ้ม…")
        self.off_button = plain_button("&นำภาพออก")
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        for button in (self.capture_button, self.paste_button, self.file_button):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self.off_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        for widget in (self.empty, self.shelf, self.said):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.capture.captured.connect(self._take_captured)
        self.capture_button.clicked.connect(self.capture.start)
        self.paste_button.clicked.connect(self.paste)
        self.file_button.clicked.connect(self.ask_files)
        self.off_button.clicked.connect(lambda: self.take_out(self.shelf.key()))
        self.shelf.removed.connect(self.take_out)
        self._paste_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        self._paste_key.activated.connect(self.paste)

    @property
    def images(self) -> list[tuple[str, bytes]]:
        """Name and content of each picture, in order."""
        return [(each.name, each.content) for each in self._pictures.values()]

    @property
    def is_busy(self) -> bool:
        """Whether a picture is still being looked at."""
        return self._behind.is_busy

    def offer_clipboard(self) -> bool:
        """Take the picture the clipboard has, and say where it is from; False when there is none."""
        return self.take(QGuiApplication.clipboard().mimeData(), FROM_CLIPBOARD)

    def paste(self) -> None:
        """Take what the clipboard holds."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self.say(EMPTY_CLIPBOARD)

    def ask_files(self) -> None:
        """Choose picture files."""
        names, _ = QFileDialog.getOpenFileNames(self, "เลือกภาพหลักฐาน", "", FILTER)
        self._take(Found(paths=tuple(Path(name) for name in names)))

    def take(self, data: QMimeData | None, words: str = "") -> bool:
        """Take pictures from the clipboard or a drop; False when there are none."""
        found = found_in(data)
        if found:
            self.say(words)
            self._take(found)
        return bool(found)

    def take_out(self, key: str) -> None:
        """Take a picture out again."""
        if self._pictures.pop(key, None) is not None:
            self._drop(key)

    def say(self, words: str) -> None:
        """A line below the pictures; blank takes it away."""
        wear(self.said, Look.TODAY, words)
        self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures, nothing else."""
        if found_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        if self.take(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def _take_captured(self, images: list[QImage]) -> None:
        self.ready.emit()
        self.say("" if images else NOTHING_CAPTURED)
        for number, image in enumerate(images, 1):
            name = pasted_name(self._desk, f"จอ {number}" if len(images) > 1 else "จอ")
            self._judge(name, partial(content_of_image, image))

    def _take(self, found: Found) -> None:
        for path in found.paths:
            self._judge(path.name, partial(content_of_file, path))
        if found.image is not None:
            self._judge(pasted_name(self._desk), partial(content_of_image, found.image))
        elif found.content:
            self._judge(pasted_name(self._desk), partial(bytes, found.content))

    def _judge(self, name: str, fetch: Callable[[], bytes]) -> None:
        """Read and judge a picture behind."""

        def work() -> _Picture | str:
            content = fetch()
            return problem_with_picture(content) or _Picture(name, content, shown_copy(content, MADE_SIDE))

        def then(judged: _Picture | str | None, problem: str) -> None:
            if isinstance(judged, _Picture):
                self._keep(judged)
            else:
                self._fit()
                self.say(f"ไม่ได้ใช้ “{name}”: {judged or problem}")

        self._behind.do(work, then)
        self._fit()

    def _keep(self, picture: _Picture) -> None:
        if self._is_there(picture.content):
            self._fit()
            return
        self._given += 1
        key = str(self._given)
        self._pictures[key] = picture
        self.shelf.add(key, picture.name)
        self.shelf.show_picture(key, picture.small)
        self.shelf.choose(key)
        self._fit()

    def _is_there(self, content: bytes) -> bool:
        return any(content == other.content for other in self._pictures.values())

    def _drop(self, key: str) -> None:
        self.shelf.take_out(key)
        self.say("")
        self._fit()

    def _fit(self) -> None:
        self.empty.setText(LOOKING if self.is_busy else NO_PICTURE)
        some = self.shelf.count() > 0
        self.empty.setVisible(not some)
        self.shelf.setVisible(some)
        self.off_button.setEnabled(some)
        self.shelf.fit()
        self.changed.emit()
