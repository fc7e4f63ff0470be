"""Pictures as the PDF embeds them: a copy with nothing beside the picture (no place, no camera, no thumbnail).

The size is read from the header before anything is decoded; what cannot be shown is told, never a fault of the paper.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from desktop.domain.evidence import Attachment
from forms.reportlab_door import Canvas, pdfdoc

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2000  # pixels of the embedded copy
QUALITY = 90  # of the JPEG; colours at full resolution, so that writing on a screen stays sharp
FORMATS = ("JPEG", "PNG", "WEBP")
PDF_MEDIA = "application/pdf"
PDF_TOLD = "แฟ้ม PDF ไม่แสดงเป็นภาพในหน้านี้ เปิดดูได้ในโปรแกรม"
MISSING_TOLD = "ไม่พบแฟ้มในที่เก็บหลักฐาน หรือแฟ้มไม่ตรงกับ SHA-256 ที่บันทึกไว้"
BROKEN_TOLD = "แฟ้มภาพเสียหาย อ่านไม่ได้"
LARGE_TOLD = f"ภาพใหญ่เกิน {MOST_PIXELS // 1_000_000} ล้านจุด"

Contents = Callable[[str], bytes | None]
"""Gives a kept file by its SHA-256 in hex, None for one that is missing or altered; a dict's ``get`` will do."""


class PictureUnfit(ValueError):
    """Bytes that cannot be shown as a picture; the message says why, in Thai."""


@dataclass(frozen=True)
class Picture:
    """A picture ready to embed; its sides are pixels."""

    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True)
class NotShown:
    """A kept file that stands as a line of text in place of its picture, and why."""

    attachment: Attachment
    why: str


class PictureShelf:
    """The pictures of a document by the SHA-256 of their files, each prepared once; and what could not be shown."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._pictures: dict[str, Picture | str] = {}
        self._not_shown: dict[Attachment, str] = {}

    @property
    def not_shown(self) -> tuple[NotShown, ...]:
        """The files shown as a line of text so far, in the order they were asked for."""
        return tuple(NotShown(attachment, why) for attachment, why in self._not_shown.items())

    def picture(self, attachment: Attachment) -> Picture | str:
        """The picture of a kept file, or why there is none."""
        found = self._pictures.get(attachment.sha256)
        if found is None:
            found = self._pictures[attachment.sha256] = self._prepared(attachment)
        if isinstance(found, str):
            self._not_shown[attachment] = found
        return found

    def _prepared(self, attachment: Attachment) -> Picture | str:
        if attachment.media == PDF_MEDIA:
            return PDF_TOLD
        content = self._contents(attachment.sha256)
        if content is None:
            return MISSING_TOLD
        try:
            return picture_copy(content)
        except PictureUnfit as unfit:
            return str(unfit)


def picture_copy(content: bytes) -> Picture:
    """The copy that is embedded: upright, on white, no larger than needed; the same bytes for the same picture.

    Raises PictureUnfit for what is no sound JPEG, PNG or WebP of at most 40 million pixels.
    """
    from PIL import Image, ImageOps

    _refuse_large_webp(content)
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            _refuse_large(*picture.size)
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded no larger than needed
            picture.load()
            upright = _plain(ImageOps.exif_transpose(picture))
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            bare = Image.new("RGB", upright.size)
            bare.paste(upright)
    except PictureUnfit:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureUnfit(LARGE_TOLD) from None
    except Exception as error:  # a decoder says anything at all of a broken file
        raise PictureUnfit(BROKEN_TOLD) from error
    made = BytesIO()
    bare.save(made, "JPEG", quality=QUALITY, subsampling=0)
    return Picture(made.getvalue(), *bare.size)


def _refuse_large(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PictureUnfit(LARGE_TOLD)


def _refuse_large_webp(content: bytes) -> None:
    """The sides a WebP states, read here: its decoder takes memory for the whole canvas as soon as it is opened."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < 30:
        return
    match content[12:16]:
        case b"VP8X":
            width, height = (1 + int.from_bytes(content[at : at + 3], "little") for at in (24, 27))
        case b"VP8L":
            bits = struct.unpack_from("<L", content, 21)[0]
            width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case _:
            width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", content, 26))
    _refuse_large(width, height)


def _plain(picture: "Image") -> "Image":
    """In red, green and blue; what is transparent lies on white; 16 bits of grey become 8."""
    from PIL import Image

    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        white.alpha_composite(seen)
        picture = white
    return picture.convert("RGB")


def draw_picture(canvas: Canvas, picture: Picture, x: float, y: float, width: float, height: float) -> None:
    """The picture in a box from its lower left; one drawn twice is in the file once."""
    name = sha256(picture.jpeg).hexdigest()[:32]
    registered = canvas._doc.getXObjectName(name)
    if registered not in canvas._doc.idToObject:
        canvas._doc.addForm(name, _image_object(picture))
    canvas._formsinuse.append(name)
    canvas._code.append(f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /{registered} Do Q")


def _image_object(picture: Picture) -> object:
    entries = {
        "Type": pdfdoc.PDFName("XObject"),
        "Subtype": pdfdoc.PDFName("Image"),
        "Width": picture.width,
        "Height": picture.height,
        "ColorSpace": pdfdoc.PDFName("DeviceRGB"),
        "BitsPerComponent": 8,
        "Filter": pdfdoc.PDFName("DCTDecode"),
    }
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), picture.jpeg)
