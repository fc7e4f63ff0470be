"""Everything a PDF holds, taken apart: copied text, metadata, outline, attachments, every string, every stream decoded.

What the search looks for is written in every way a program may spell it.
"""

import re
import subprocess
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import pypdf
from PIL import Image
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)

from tests.forms.pdf_checks import four_readings, squeezed, tool

PICTURE_EXTRAS = {0xE1: "EXIF or XMP", 0xE2: "a profile", 0xED: "IPTC", 0xFE: "a comment"}  # of a JPEG's segments


def found_in(pdf: Path, words: Iterable[str]) -> list[str]:
    """Where any of the words stands in a PDF file, in its name too."""
    letters, data = texts_of(pdf), dict(bytes_of(pdf))
    found = []
    for word in words:
        bare = squeezed(word)
        found += [f"{word} in {where}" for where, text in letters.items() if bare in squeezed(text)]
        spelled = spellings(word)
        found += [f"{word} in {where}" for where, content in data.items() if any(each in content for each in spelled)]
    return found


def spellings(word: str) -> list[bytes]:
    """The bytes that programs write a word as."""
    plain = [word.encode(code, "ignore") for code in ("utf-8", "utf-16-be", "utf-16-le", "tis-620", "unicode_escape")]
    wide = word.encode("utf-16-be")
    octal = "".join(f"\\{byte:03o}" for byte in wide).encode()
    hexed = wide.hex().encode()
    return [each for each in (*plain, octal, hexed, hexed.upper()) if len(each) > 3]


def texts_of(pdf: Path) -> dict[str, str]:
    """What is read as text: by four readers, in the metadata, outline and names of attachments, and the file's name."""
    reader = pypdf.PdfReader(str(pdf))
    told = {f"text ({name})": text for name, text in four_readings(pdf, "-raw").items()}
    told["metadata"] = repr(reader.metadata) + tool("pdfinfo", "-enc", "UTF-8", pdf).decode()
    told["outline"] = " ".join(_titles(reader.outline))
    told["attachments"] = repr(list(reader.attachments)) + tool("pdfdetach", "-list", pdf).decode()
    told["file name"] = pdf.name
    return told


def bytes_of(pdf: Path) -> Iterator[tuple[str, bytes]]:
    """(where, content): the file as it is, as qpdf unpacks it, its XMP, every string and stream as pypdf reads them."""
    yield "bytes", pdf.read_bytes()
    unpacked = ["qpdf", "--qdf", "--object-streams=disable", "--decode-level=all", str(pdf), "-"]
    yield "qdf", subprocess.run(unpacked, check=True, capture_output=True).stdout
    reader = pypdf.PdfReader(str(pdf))
    for number in range(1, int(reader.trailer["/Size"])):
        thing = reader.get_object(IndirectObject(number, 0, reader))
        if isinstance(thing, StreamObject):
            yield f"stream {number}", thing._data if "/DCTDecode" in str(thing.get("/Filter")) else thing.get_data()
        yield f"object {number}", "\n".join(_strings(thing)).encode()
    yield "trailer", "\n".join(_strings(reader.trailer)).encode()


def pictures_of(pdf: Path) -> list[bytes]:
    """The embedded pictures, each a JPEG as it lies in the file."""
    reader = pypdf.PdfReader(str(pdf))
    things = (reader.get_object(IndirectObject(number, 0, reader)) for number in range(1, int(reader.trailer["/Size"])))
    return [each._data for each in things if isinstance(each, StreamObject) and each.get("/Subtype") == "/Image"]


def picture_extras(jpeg: bytes) -> list[str]:
    """What a JPEG holds beside the picture: its segments up to the picture itself, and what Pillow makes of them."""
    found, at = [], 2
    while at < len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        if jpeg[at + 1] in PICTURE_EXTRAS:
            found.append(PICTURE_EXTRAS[jpeg[at + 1]])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    end = jpeg.rfind(b"\xff\xd9")
    if jpeg[end + 2 :].strip(b"\r\n"):
        found.append("something behind its end")
    with Image.open(BytesIO(jpeg)) as picture:
        read = set(picture.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive"}
        found += [f"info {name}" for name in sorted(read)] + ["EXIF"] * bool(picture.getexif())
    return found


def _titles(outline: list[object]) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        else:
            yield str(entry.title)


def _strings(thing: object, depth: int = 0) -> Iterator[str]:
    """Every string in an object, those of the objects it points at left to their own turn."""
    if depth > 30 or isinstance(thing, IndirectObject):
        return
    if isinstance(thing, DictionaryObject):
        for key, value in thing.items():
            yield str(key)
            yield from _strings(thing.raw_get(key) if isinstance(value, IndirectObject) else value, depth + 1)
    elif isinstance(thing, ArrayObject):
        for value in list.__iter__(thing):
            yield from _strings(value, depth + 1)
    elif isinstance(thing, TextStringObject):
        yield str(thing)
    elif isinstance(thing, ByteStringObject):
        yield bytes(thing).decode("latin-1")
    elif isinstance(thing, str):
        yield re.sub(r"#([0-9A-Fa-f]{2})", lambda code: chr(int(code[1], 16)), thing)
