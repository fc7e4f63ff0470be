"""A face as one PDF document embeds it: Type0 / CIDFontType2, one code for every piece of text that is drawn.

Every piece (a base with its marks, see shaping) gets a code of its own, in the order of first use. CIDToGIDMap leads
from the code to the glyph of the subset, ToUnicode to the text the piece stands for. Two pieces that look alike but
read differently have two codes and one glyph.
"""

import hashlib
import struct
from typing import Any

from forms.font_subset import DrawnGlyph, subset
from forms.reportlab_door import Canvas, pdfdoc
from forms.shaping import Face, Piece, Shaped

MOST_CODES = 0xFFFF
CODES_A_BLOCK = 100  # the most that one beginbfchar may hold
ITALIC, SYMBOLIC = 64, 4


class TooManyPieces(ValueError):
    """More than 65,535 different clusters in one document: no paper of the office comes near."""


class EmbeddedFont:
    """The codes one document uses of a face, and the PDF objects made of them when the document is saved."""

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self._codes: dict[Piece, str] = {}
        self._words: dict[Shaped, str] = {}

    def code(self, piece: Piece) -> str:
        """The piece's code as four hexadecimal digits."""
        code = self._codes.get(piece)
        if code is None:
            if len(self._codes) >= MOST_CODES:
                raise TooManyPieces("เอกสารนี้มีตัวอักษรแบบต่าง ๆ มากเกินไป")
            code = self._codes[piece] = f"{len(self._codes) + 1:04X}"
        return code

    def codes(self, word: Shaped) -> str:
        """The codes of a word, one after another."""
        known = self._words.get(word)
        if known is None:
            known = self._words[word] = "".join(map(self.code, word.pieces))
        return known

    def addObjects(self, document: Any) -> None:
        """Called by reportlab when the document is saved: writes the font into it."""
        pieces = list(self._codes)
        data, glyphs = subset(self.face.file, [DrawnGlyph(piece.parts, piece.advance) for piece in pieces])
        tag = "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(data).digest()[:6])
        name = pdfdoc.PDFName(f"{tag}+{self.face.name}")
        codes_to_glyphs = struct.pack(f">{len(glyphs) + 1}H", 0, *glyphs)
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": name,
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": document.Reference(self._descriptor(document, name, data)),
                "DW": 0,
                "W": pdfdoc.PDFArray([1, pdfdoc.PDFArray([self._thousandths(piece.advance) for piece in pieces])]),
                "CIDToGIDMap": document.Reference(_stream(codes_to_glyphs)),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": name,
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
                "ToUnicode": document.Reference(_stream(_to_unicode(pieces))),
            }
        )
        document.idToObject["BasicFonts"].dict[self.resource] = document.Reference(font)

    def _thousandths(self, length: int) -> int | float:
        scaled = length * 1000 / self.face.file.units
        return int(scaled) if scaled == int(scaled) else round(scaled, 3)

    def _descriptor(self, document: Any, name: object, data: bytes) -> Any:
        file = self.face.file
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": name,
                "Flags": SYMBOLIC | (ITALIC if file.italic_angle else 0),
                "FontBBox": pdfdoc.PDFArray([self._thousandths(side) for side in file.box]),
                "ItalicAngle": round(file.italic_angle, 3),
                "Ascent": self._thousandths(file.ascent),
                "Descent": self._thousandths(file.descent),
                "CapHeight": 700,
                "StemV": 140 if "Bold" in self.face.name else 80,
                "FontFile2": document.Reference(_stream(data, Length1=len(data))),
            }
        )


def embedded(canvas: Canvas, face: Face) -> EmbeddedFont:
    """The face as this canvas's document embeds it, made at first use."""
    document = canvas._doc
    fonts: dict[Face, EmbeddedFont] = document.__dict__.setdefault("thai_fonts", {})
    font = fonts.get(face)
    if font is None:
        font = fonts[face] = EmbeddedFont(face, f"T{len(fonts) + 1}")
        document.delayedFonts.append(font)
    return font


def _stream(content: bytes, **entries: int) -> Any:
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(dict(entries)), content, [pdfdoc.PDFZCompress])


def _to_unicode(pieces: list[Piece]) -> bytes:
    """The CMap that tells a reader the text of every code."""
    lines = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
        "1 begincodespacerange", "<0000> <FFFF>", "endcodespacerange",
    ]  # fmt: skip
    for start in range(0, len(pieces), CODES_A_BLOCK):
        block = pieces[start : start + CODES_A_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        for code, piece in enumerate(block, start + 1):
            lines.append(f"<{code:04X}> <{piece.text.encode('utf-16-be').hex().upper()}>")
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")
