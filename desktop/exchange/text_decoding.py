"""Bytes of a text file into text, strictly: UTF-8, UTF-16 or TIS-620, or a refusal that names the line.

Nothing is ever replaced by U+FFFD and nothing is guessed: a file in two encodings is refused.
"""

import codecs
import re

from desktop.exchange.refusals import FileRefused

_LINE_END = re.compile(rb"\r\n|\r|\n")
_THAI_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_THAI_IN_LATIN = re.compile(  # é, ñ of Western Europe are a tone mark, a digit of TIS-620
    f"[A-Za-z][{_THAI_MARKS}]|[{_THAI_MARKS}][A-Za-z]|[a-z][\u0e01-\u0e5b][a-z]"
)
_GARBLED = re.compile(
    "à[¸¹]"  # UTF-8 Thai once read as Windows-1252
    "|(?:เ[ธน][^\\s,;|]){5}"  # UTF-8 Thai once read as TIS-620
    "|[\u00a1-\u00fb]{4}"  # TIS-620 once read as Windows-1252
)
_LEADING_LINE_ENDS = re.compile("[\r\n]*")
_PIECE = 1 << 22  # bytes decoded at once: the window breathes between two pieces
ADVICE = "โปรดบันทึกแฟ้มใหม่เป็น CSV UTF-8"


def decode(data: bytes) -> str:
    """The text of a file, its BOM removed; raises FileRefused naming the first line that cannot be read."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decode_utf16(data[2:], "utf-16-le" if data[0] == 0xFF else "utf-16-be")
    elif encoding := _utf16_without_bom(data):
        text = _decode_utf16(data, encoding)
    else:
        text = _decode_bytes(data)
    if _GARBLED.search(_first_line(text)):
        raise FileRefused(f"หัวตารางในบรรทัดที่ 1 ตัวหนังสือเพี้ยนมาจากโปรแกรมอื่น {ADVICE}")
    return text


def _first_line(text: str) -> str:
    """The first line that is not empty, or its first 2,000 characters."""
    ends = _LEADING_LINE_ENDS.match(text)
    at = ends.end() if ends else 0
    return next(iter(text[at : at + 2000].splitlines()), "")


def _utf16_without_bom(data: bytes) -> str | None:
    """The UTF-16 order told by where the high bytes (00 of Latin, 0E of Thai) stand."""
    head = data[:65536]
    if len(data) % 2 or 0 not in head:
        return None
    even, odd = (sum(half.count(high) for high in b"\x00\x0e") for half in (head[::2], head[1::2]))
    enough = len(head) * 0.4  # of at most half
    if max(even, odd) < enough:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _decode_utf16(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="ignore")
        raise _unreadable(len(re.findall("\r\n|\r|\n", before)) + 1) from None


def _decode_bytes(data: bytes) -> str:
    had_bom = data.startswith(codecs.BOM_UTF8)
    try:
        return _decode_utf8(data, len(codecs.BOM_UTF8) if had_bom else 0)
    except UnicodeDecodeError as error:
        if had_bom:
            raise _unreadable(len(_LINE_END.findall(data[: error.start])) + 1) from None
    return _decode_thai(data)


def _decode_utf8(data: bytes, start: int) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        pieces = [decoder.decode(data[at : at + _PIECE]) for at in range(start, len(data), _PIECE)]
        return "".join([*pieces, decoder.decode(b"", final=True)])
    except UnicodeDecodeError:
        return data.decode("utf-8")  # raises again, with the place in the whole


def _decode_thai(data: bytes) -> str:
    """A file that is not UTF-8 as a whole: TIS-620 on every line, or refused at the first line that disagrees."""
    seen: str | None = None
    for number, line in enumerate(_LINE_END.split(data), 1):
        if line.isascii():
            continue
        encoding = _line_encoding(line)
        if encoding is None:
            raise _unreadable(number)
        if seen is not None and encoding != seen:
            raise FileRefused(f"บรรทัดที่ {number} ใช้รหัสตัวอักษรคนละแบบกับบรรทัดก่อนหน้า {ADVICE}")
        seen = encoding
    return data.decode("cp874")


def _line_encoding(line: bytes) -> str | None:
    for encoding in ("utf-8", "cp874"):
        try:
            text = line.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if encoding == "cp874" and _THAI_IN_LATIN.search(text) else encoding
    return None


def _unreadable(line: int) -> FileRefused:
    return FileRefused(f"บรรทัดที่ {line} มีตัวอักษรที่อ่านไม่ได้ทั้งแบบ UTF-8, UTF-16 และ TIS-620 {ADVICE}")
