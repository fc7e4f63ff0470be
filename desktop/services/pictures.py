"""Pictures as evidence: what may be kept, and the copy that is shown and printed, which tells nothing but the picture.

Decoding is done in this process: ``picture_headers`` bounds the pixels and passes first, so that the largest picture
taken costs a known amount of memory and time (tests/services/test_pictures.py); the window does it behind.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from desktop.services.picture_headers import JPEG, PDF, PNG, SAFE, WEBP, PictureRefused, broken, read_header
from desktop.storage.attachment_files import LARGEST

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

SHOWN_SIDE = 2000  # pixels of a shown copy's longer side at most
SHOWN_QUALITY = 88
SHARP_AT_MOST = 3 * 1024 * 1024  # bytes of a shown copy as PNG; above, it is a JPEG
ONE_COLOUR = 6  # how far the values of a blank picture may lie apart, of 255
STRIP = 256  # rows worked on at a time
WHITE = (255, 255, 255)
_PLAIN = ("RGB", "L", "CMYK")
_SIXTEEN_BITS = ("I;16", "I;16B", "I;16L", "I;16N", "I")


@dataclass(frozen=True)
class Kind:
    """What a file is: pixels of a picture, or pages of a PDF; the other is 0."""

    media: str
    width: int
    height: int
    pages: int


def look_at(content: bytes) -> Kind:
    """What a file is, decoded whole once; raises PictureRefused for all but sound JPEG, PNG, WebP and PDF files."""
    if len(content) > LARGEST:
        raise too_large(len(content))
    header = read_header(content)
    if header.media == PDF:
        from desktop.services.attached_pdf import pages_of

        return Kind(PDF, 0, 0, pages_of(content))
    picture = _opened(content)
    if picture.size != (header.width, header.height):
        raise broken("ขนาดภาพที่ระบุไว้ขัดกันเอง")
    _load(picture)
    return Kind(header.media, header.width, header.height, 0)


def too_large(size: int) -> PictureRefused:
    """The refusal of a file of a size in bytes."""
    limit = LARGEST // 1024 // 1024
    return PictureRefused(
        f"แฟ้มนี้ใหญ่ {size / 1024 / 1024:,.1f} เมกะไบต์ เกิน {limit} เมกะไบต์ จึงไม่ได้แนบ {SAFE} โปรดย่อภาพหรือแบ่งแฟ้ม"
    )


def shown_copy(content: bytes, most: int = SHOWN_SIDE) -> bytes:
    """A picture to show or print: upright, in sRGB, its longer side ``most`` pixels at most, and nothing beside it.

    No EXIF, place, serial number, profile, comment or thumbnail goes along. PNG for a PNG (writing stays sharp), else
    JPEG; the same bytes for the same picture. Raises PictureRefused.
    """
    media = read_header(content).media
    if media == PDF:
        raise PictureRefused(f"แฟ้ม PDF แสดงเป็นภาพเดียวไม่ได้ {SAFE} โปรดเปิดดูทีละหน้า")
    picture = _plain(content, most)
    if media == PNG:
        sharp = _encoded(picture, "PNG")
        if len(sharp) <= SHARP_AT_MOST:
            return sharp
    return _encoded(picture, "JPEG", quality=SHOWN_QUALITY, subsampling=0)


def is_one_colour(content: bytes) -> bool:
    """Whether there is nothing to be seen on a picture: a failed screen capture, a covered lens."""
    picture = _opened(content)
    _load(picture)
    bands: list[set[int]] = [set(), set(), set()]
    try:
        for _, strip in _strips(picture):
            for band, extremes in zip(bands, strip.getextrema(), strict=True):
                band.update(extremes)  # type: ignore[arg-type]
    except MemoryError:
        raise _no_memory() from None
    return all(max(band) - min(band) <= ONE_COLOUR for band in bands)


def _opened(content: bytes) -> "ImageFile":
    """The picture with its header read; the plugin by the first bytes alone."""
    from PIL.JpegImagePlugin import JpegImageFile
    from PIL.PngImagePlugin import PngImageFile
    from PIL.WebPImagePlugin import WebPImageFile

    kinds: dict[str, Callable[[BytesIO], ImageFile]] = {
        JPEG: JpegImageFile,
        PNG: PngImageFile,
        WEBP: WebPImageFile,
    }
    media = read_header(content).media
    try:
        with _quietly():
            return kinds[media](BytesIO(content))
    except MemoryError:
        raise _no_memory() from None
    except Exception as error:  # whatever a decoder says of a broken file: a refusal, never a fault of ours
        raise broken("ต้นภาพอ่านไม่ได้") from error


def _load(picture: "ImageFile") -> None:
    """Decode the whole picture: ``verify`` would miss most cut ones."""
    try:
        with _quietly():
            picture.load()
    except MemoryError:
        raise _no_memory() from None
    except Exception as error:
        raise broken("ถอดเนื้อภาพไม่ได้ทั้งภาพ") from error


@contextmanager
def _quietly() -> Iterator[None]:
    """Without a decoder's warnings: a camera's odd note beside a sound picture is nobody's concern."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _no_memory() -> PictureRefused:
    return PictureRefused(f"หน่วยความจำเครื่องไม่พอสำหรับภาพนี้ จึงไม่ได้แนบ {SAFE} โปรดปิดโปรแกรมอื่นหรือย่อภาพก่อน")


def _plain(content: bytes, most: int) -> "Image":
    """The picture upright in sRGB on white, bare of all else, no larger than ``most``.

    It is made small before its colours are worked on: only the decoding costs memory by the size of the original.
    """
    from PIL import Image

    picture = _opened(content)
    share = most / max(picture.size)
    picture.draft(None, (max(1, round(picture.width * share)), max(1, round(picture.height * share))))
    _load(picture)
    try:
        small = picture if picture.mode in _PLAIN and not picture.has_transparency_data else _flat(picture)
        small.thumbnail((most, most), Image.Resampling.LANCZOS)
        upright = _upright(_in_srgb(small, picture.info.get("icc_profile")), picture)
        bare = Image.new("RGB", upright.size)
        bare.paste(upright)
    except MemoryError:
        raise _no_memory() from None
    return bare


def _flat(picture: "Image") -> "Image":
    from PIL import Image

    flat = Image.new("RGB", picture.size)
    for top, strip in _strips(picture):
        flat.paste(strip, (0, top))
    return flat


def _strips(picture: "Image") -> "Iterator[tuple[int, Image]]":
    """The picture from the top in strips, eight bits a colour, on white where one looks through; a strip is small."""
    for top in range(0, picture.height, STRIP):
        strip = picture.crop((0, top, picture.width, min(top + STRIP, picture.height)))
        if strip.mode in _SIXTEEN_BITS:  # Pillow's own way makes most of it white
            strip = strip.point(lambda value: value * (1 / 256)).convert("L")
        yield top, (_on_white(strip) if strip.has_transparency_data else strip.convert("RGB"))


def _on_white(strip: "Image") -> "Image":
    from PIL import Image

    seen = strip.convert("RGBA")
    white = Image.new("RGBA", seen.size, (*WHITE, 255))
    white.alpha_composite(seen)
    return white.convert("RGB")


def _in_srgb(picture: "Image", profile: object) -> "Image":
    return (_by_profile(picture, profile) if isinstance(profile, bytes) else None) or picture.convert("RGB")


def _by_profile(picture: "Image", profile: bytes) -> "Image | None":
    """In sRGB by the picture's own profile; None for a profile that cannot be used."""
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _upright(picture: "Image", source: "ImageFile") -> "Image":
    """Turned as the camera says it was held; a broken note leaves it as it is."""
    from PIL import ExifTags, Image

    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    try:
        with _quietly():
            held = source.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # what cameras and editors write there has no end
        return picture
    turn = turns.get(held) if isinstance(held, int) else None
    return picture if turn is None else picture.transpose(turn)


def _encoded(picture: "Image", form: str, **how: object) -> bytes:
    made = BytesIO()
    picture.save(made, form, **how)
    return made.getvalue()
