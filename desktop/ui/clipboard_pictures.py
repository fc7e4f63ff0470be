"""What the clipboard or a drop holds for us: files, or a picture from PrtScn, a browser or a remote desktop."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPoint, QRect
from PySide6.QtGui import QImage, QImageWriter, QPainter

from desktop.services.picture_headers import SAFE, PictureRefused, is_too_large

RAW_FORMATS = ("image/png", "image/jpeg", "image/webp")  # where a remote desktop gives bytes and no picture


@dataclass(frozen=True)
class Found:
    """Files of this PC, or a picture, or the bytes of one; nothing at all when all three are empty."""

    paths: tuple[Path, ...] = ()
    image: QImage | None = None
    content: bytes = b""

    def __bool__(self) -> bool:
        return bool(self.paths or self.image is not None or self.content)


def found_in(data: QMimeData | None) -> Found:
    """What there is; addresses on the network are not fetched."""
    if data is None:
        return Found()
    paths = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if paths:
        return Found(paths=paths)
    if data.hasImage():
        image = _image_of(data.imageData())
        if not image.isNull():
            return Found(image=image)
    for form in RAW_FORMATS:
        content = bytes(data.data(form).data())
        if content:
            return Found(content=content)
    return Found()


def content_of_image(image: QImage) -> bytes:
    """A picture of the screen or the clipboard as a PNG; on any thread. Raises PictureRefused when it is too large."""
    size = (image.width(), image.height())
    if is_too_large(size):
        raise PictureRefused(f"ภาพนี้ใหญ่ {size[0]:,} × {size[1]:,} จุด เกินที่รับได้ จึงไม่ได้แนบ {SAFE} โปรดจับภาพเฉพาะส่วน")
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, b"PNG").write(_bare(image)):
        raise PictureRefused(f"ภาพในคลิปบอร์ดใช้ไม่ได้ จึงไม่ได้แนบ {SAFE} โปรดจับภาพใหม่")
    return bytes(content.data())


def _bare(image: QImage) -> QImage:
    """The picture alone, without the texts a program may have put beside it.

    Without its transparency too: a remote desktop and some programs give a picture nobody could see.
    """
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    bare = QImage(plain.size(), QImage.Format.Format_RGB32)
    painter = QPainter(bare)
    painter.drawImage(QRect(QPoint(0, 0), plain.size()), plain)
    painter.end()
    return bare


def _image_of(given: object) -> QImage:
    if isinstance(given, QImage):
        return given
    made = getattr(given, "toImage", None)  # some platforms give a QPixmap
    image = made() if callable(made) else None
    return image if isinstance(image, QImage) else QImage()
