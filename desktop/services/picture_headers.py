"""What a file is, by its first bytes and never by its name, and how large a picture is, before anything is decoded.

JPEG, PNG and WebP are walked to their last byte here: one that is cut off anywhere is told without decoding it.
"""

import re
import zlib
from dataclasses import dataclass

from desktop.services.desk import CannotDo

JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
MOST_PIXELS = 40_000_000
MOST_SIDE = 30_000  # pixels
MOST_SCANS = 64  # passes of a progressive JPEG: a small file with thousands of them would be decoded for hours
MOST_PARTS = 100_000  # segments of a JPEG, chunks of a PNG
SAFE = "ข้อมูลเดิมอยู่ครบ"

_AS_PICTURE = "โปรดบันทึกเป็น JPEG หรือ PNG แล้วแนบใหม่"
_AS_PDF = "โปรดบันทึกหรือพิมพ์เป็น PDF แล้วแนบใหม่"
_UNPACKED = "โปรดแตกแฟ้มออกแล้วแนบภาพหรือ PDF ข้างใน"
_OTHER = "แนบได้เฉพาะภาพ JPEG, PNG, WebP และ PDF"
_FROM_PHONE = "โปรดตั้งกล้องโทรศัพท์ให้ถ่ายเป็น JPEG หรือส่งภาพออกเป็น JPEG แล้วแนบใหม่"

# How files of other kinds begin, what they are called, and what to do; the first that fits tells.
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (rb"GIF8[79]a", "ภาพ GIF", _AS_PICTURE),
    (rb"II\*\x00|MM\x00\*|II\+\x00|MM\x00\+", "ภาพ TIFF", _AS_PICTURE),
    (rb"8BPS", "ภาพ Photoshop (PSD)", _AS_PICTURE),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "ภาพ EPS หรือ PostScript", _AS_PICTURE),
    (rb"SIMPLE  =", "ภาพ FITS", _AS_PICTURE),
    (rb"\x00\x00[\x01\x02]\x00[^\x00]\x00", "ไอคอน ICO", _AS_PICTURE),
    (rb"BM.{4}\x00{4}", "ภาพ BMP", _AS_PICTURE),
    (rb"\xd7\xcd\xc6\x9a|[\x01\x02]\x00\x09\x00\x00[\x01\x03]", "ภาพ WMF", _AS_PICTURE),
    (rb"\x01\x00\x00\x00.{36} EMF", "ภาพ EMF", _AS_PICTURE),
    (rb".{4}ftyp(hei|hev|heim|heis|mif1|msf1)", "ภาพ HEIC จากโทรศัพท์", _FROM_PHONE),
    (rb".{4}ftypavi", "ภาพ AVIF", _AS_PICTURE),
    (rb".{4}ftyp|\x1a\x45\xdf\xa3|RIFF.{4}AVI ", "วิดีโอ", "โปรดจับภาพนิ่งเป็น JPEG หรือ PNG แล้วแนบ"),
    (rb"ID3|RIFF.{4}WAVE|OggS|fLaC", "เสียง", _OTHER),
    (rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51", "ภาพ JPEG 2000", _AS_PICTURE),
    (rb"\xff\x0a|\x00\x00\x00\x0cJXL ", "ภาพ JPEG XL", _AS_PICTURE),
    (rb"PK\x03\x04.{22}.{4}(\[Content_Types\]|_rels|word/|xl/|ppt/)", "เอกสาร Office", _AS_PDF),
    (rb"PK[\x03\x05]", "แฟ้ม ZIP", _UNPACKED),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ", "แฟ้มบีบอัด", _UNPACKED),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|\{\\rtf", "เอกสาร Office", _AS_PDF),
    (rb"MZ|\x7fELF|#!", "โปรแกรม", _OTHER),
    (rb"(\xef\xbb\xbf)?\s*(<\?xml.{0,2000}?)?(<!--.{0,2000}?-->\s*)?(?i:<!doctype svg|<svg)", "ภาพ SVG", _AS_PICTURE),
    (rb"(\xef\xbb\xbf)?\s*(<!--.{0,2000}?-->\s*)?<(?i:!doctype html|html|head|body|script)", "หน้าเว็บ HTML", _AS_PDF),
    (rb"(\xef\xbb\xbf)?\s*<\?xml", "แฟ้ม XML", _AS_PDF),
)
_NAMED = [(re.compile(begins, re.DOTALL), name, advice) for begins, name, advice in _OTHERS]
_JPEG_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_JPEG_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_START_OF_SCAN, _END_OF_PICTURE = 0xDA, 0xD9
_ALONE = {0x01, 0xD8}  # markers that carry no length
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_WEBP_ANIMATED = 0x02


class PictureRefused(CannotDo):
    """A file that is no usable picture or PDF; the message is one Thai sentence."""


@dataclass(frozen=True)
class Header:
    """What a file says it is; pixels are 0 for a PDF."""

    media: str
    width: int = 0
    height: int = 0


def read_header(content: bytes) -> Header:
    """The kind and size of a picture or PDF; raises PictureRefused for any other file, a cut one, and one too large."""
    if not content:
        raise PictureRefused(f"แฟ้มนี้ว่างเปล่า (0 ไบต์) จึงไม่ได้แนบ {SAFE} โปรดหาแฟ้มต้นฉบับ")
    if content.startswith(b"%PDF-"):
        return Header(PDF)
    media, size = _picture(content)
    width, height = size
    if is_too_large(size):
        raise PictureRefused(
            f"ภาพนี้ใหญ่ {width:,} × {height:,} จุด เกินที่รับได้ ({MOST_PIXELS // 1_000_000} ล้านจุด ด้านละไม่เกิน {MOST_SIDE:,} จุด)"
            f" จึงไม่ได้แนบ {SAFE} โปรดย่อภาพก่อน"
        )
    if not width or not height:
        raise broken("ภาพไม่มีขนาด")
    return Header(media, width, height)


def is_too_large(size: tuple[int, int]) -> bool:
    """Whether a picture of a width and height in pixels is not taken."""
    return size[0] * size[1] > MOST_PIXELS or max(size) > MOST_SIDE


def broken(how: str) -> PictureRefused:
    """The refusal of a file that is not whole."""
    return PictureRefused(f"แฟ้มนี้เสียหายหรือได้มาไม่ครบ ({how}) จึงไม่ได้แนบ {SAFE} โปรดคัดลอกหรือถ่ายใหม่")


def _picture(content: bytes) -> tuple[str, tuple[int, int]]:
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG, _jpeg_size(content)
    if content.startswith(_PNG_SIGNATURE):
        return PNG, _png_size(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP, _webp_size(content)
    for begins, name, advice in _NAMED:
        if begins.match(content[:8192]):
            raise PictureRefused(f"แฟ้มนี้เป็น{name} จึงแนบไม่ได้ {SAFE} {advice}")
    raise PictureRefused(f"แฟ้มนี้ไม่ใช่ภาพหรือ PDF ที่โปรแกรมรู้จัก จึงแนบไม่ได้ {SAFE} {_OTHER}")


def _jpeg_size(content: bytes) -> tuple[int, int]:
    size = (0, 0)
    scans = parts = 0
    at = 2
    while match := _JPEG_MARKER.search(content, at):
        marker, at = content[match.start() + 1], match.end()
        if marker == _END_OF_PICTURE:
            if not scans:
                raise broken("ไม่มีเนื้อภาพ")
            return size
        if marker in _ALONE:
            continue
        if marker in _JPEG_FRAMES:
            size = _jpeg_frame(content, at, size)
        scans += marker == _START_OF_SCAN
        parts += 1
        if scans > MOST_SCANS or parts > MOST_PARTS:
            raise PictureRefused(f"ภาพ JPEG นี้แบ่งเป็นชั้นมากผิดปกติ จึงไม่ได้แนบ {SAFE} {_AS_PICTURE}")
        at += max(2, int.from_bytes(content[at : at + 2], "big"))
    raise broken("ภาพ JPEG ขาดตอนท้าย")


def _jpeg_frame(content: bytes, at: int, before: tuple[int, int]) -> tuple[int, int]:
    """Width and height of a frame; of several the largest, whichever a reader takes."""
    height = int.from_bytes(content[at + 3 : at + 5], "big")
    width = int.from_bytes(content[at + 5 : at + 7], "big")
    return max(before, (width, height), key=lambda size: size[0] * size[1])


def _png_size(content: bytes) -> tuple[int, int]:
    whole = memoryview(content)
    at = len(_PNG_SIGNATURE)
    for part in range(MOST_PARTS):
        length, name = int.from_bytes(whole[at : at + 4], "big"), bytes(whole[at + 4 : at + 8])
        after = at + 12 + length
        if after > len(content):
            raise broken("ภาพ PNG ขาดตอนท้าย")
        if part == 0:
            if (name, length) != (b"IHDR", 13):
                raise broken("ต้นแฟ้ม PNG ผิดแบบ")
            size = int.from_bytes(whole[at + 8 : at + 12], "big"), int.from_bytes(whole[at + 12 : at + 16], "big")
            if is_too_large(size):
                return size  # refused without reading on
        if zlib.crc32(whole[at + 4 : after - 4]) != int.from_bytes(whole[after - 4 : after], "big"):
            raise broken("ผลรวมตรวจสอบของ PNG ไม่ตรง")
        if name == b"acTL":
            raise PictureRefused(f"แฟ้มนี้เป็นภาพเคลื่อนไหว PNG จึงแนบไม่ได้ {SAFE} {_AS_PICTURE}")
        if name == b"IEND":
            return size
        at = after
    raise broken("ภาพ PNG แบ่งเป็นส่วนมากผิดปกติ")


def _webp_size(content: bytes) -> tuple[int, int]:
    if int.from_bytes(content[4:8], "little") + 8 > len(content) or len(content) < 30:
        raise broken("ภาพ WebP ขาดตอนท้าย")
    match content[12:16]:
        case b"VP8X":
            if content[20] & _WEBP_ANIMATED:
                raise PictureRefused(f"แฟ้มนี้เป็นภาพเคลื่อนไหว WebP จึงแนบไม่ได้ {SAFE} {_AS_PICTURE}")
            return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
        case b"VP8 ":
            sides = int.from_bytes(content[26:28], "little"), int.from_bytes(content[28:30], "little")
            return sides[0] & 0x3FFF, sides[1] & 0x3FFF
        case b"VP8L":
            bits = int.from_bytes(content[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    raise broken("ต้นแฟ้ม WebP ผิดแบบ")
