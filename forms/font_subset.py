"""A TrueType font file read and written again with only the glyphs a document draws.

fontTools' subsetter would do, but takes 0.3 s to import and run, half of what a whole report may take; all that is
needed here is a few tables copied and one kind of glyph made. A drawn glyph may be *composite*: a base with its marks
where HarfBuzz puts them, baked into one outline, because readers tear words apart at marks moved by PDF operators.
Lengths are font units.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

Part = tuple[int, int, int]
"""(glyph, x, y): one outline of the font file, moved."""

HEAD_CHECKSUM_AT = 8  # head.checkSumAdjustment
SFNT_CHECKSUM = 0xB1B0AFBA
COPIED = ("cvt ", "fpgm", "prep")  # hinting, when the font has any
# flags of a composite glyph's component
WORDS, XY_VALUES, SCALE, MORE, XY_SCALE, TWO_BY_TWO = 0x01, 0x02, 0x08, 0x20, 0x40, 0x80


@dataclass(frozen=True)
class DrawnGlyph:
    """What one glyph of the subset shows: outlines of the font file, moved, and how far the pen goes on."""

    parts: tuple[Part, ...]
    advance: int


class FontFile:
    """The tables of a TrueType file."""

    def __init__(self, data: bytes) -> None:
        count = struct.unpack_from(">H", data, 4)[0]
        records = (struct.unpack_from(">4sLLL", data, 12 + 16 * index) for index in range(count))
        self.tables = {tag.decode("latin-1"): data[start : start + length] for tag, _, start, length in records}
        self.units: int = struct.unpack_from(">H", self.tables["head"], 18)[0]
        self.box: tuple[int, int, int, int] = struct.unpack_from(">4h", self.tables["head"], 36)
        self.ascent, self.descent = struct.unpack_from(">2h", self.tables["hhea"], 4)
        self.italic_angle: float = struct.unpack_from(">l", self.tables["post"], 4)[0] / 65536
        glyphs: int = struct.unpack_from(">H", self.tables["maxp"], 4)[0]
        long_offsets: int = struct.unpack_from(">h", self.tables["head"], 50)[0]
        offsets = struct.unpack_from(f">{glyphs + 1}{'L' if long_offsets else 'H'}", self.tables["loca"])
        self._offsets: tuple[int, ...] = offsets if long_offsets else tuple(2 * offset for offset in offsets)
        self._metrics: int = struct.unpack_from(">H", self.tables["hhea"], 34)[0]

    def outline(self, glyph: int) -> bytes:
        """The glyph's record in the glyf table; empty for a glyph without ink."""
        return self.tables["glyf"][self._offsets[glyph] : self._offsets[glyph + 1]]

    def advance(self, glyph: int) -> int:
        """How far the pen goes on after the glyph."""
        at = 4 * min(glyph, self._metrics - 1)
        return int(struct.unpack_from(">H", self.tables["hmtx"], at)[0])


def _components(outline: bytes) -> list[tuple[int, int]]:
    """(where its glyph number stands, that number) for each component of a composite outline; none for a simple one."""
    if not outline or struct.unpack_from(">h", outline)[0] >= 0:
        return []
    found, at, flags = [], 10, MORE
    while flags & MORE:
        flags, glyph = struct.unpack_from(">HH", outline, at)
        found.append((at + 2, glyph))
        at += 8 if flags & WORDS else 6
        at += 2 if flags & SCALE else 4 if flags & XY_SCALE else 8 if flags & TWO_BY_TWO else 0
    return found


class _Subset:
    """The new file's glyphs: first the outlines taken over, then the composites made of them."""

    def __init__(self, font: FontFile, drawn: Sequence[DrawnGlyph]) -> None:
        self._font = font
        wanted = {0} | {part[0] for glyph in drawn for part in glyph.parts}
        waiting = list(wanted)
        while waiting:  # composites of the font itself bring their components
            for _, component in _components(font.outline(waiting.pop())):
                if component not in wanted:
                    wanted.add(component)
                    waiting.append(component)
        self._old = sorted(wanted)
        self._new = {old: new for new, old in enumerate(self._old)}
        self.outlines = [self._renumbered(font.outline(old)) for old in self._old]
        self.advances = [font.advance(old) for old in self._old]
        self._made: dict[DrawnGlyph, int] = {}
        self.numbers = [self._number(glyph) for glyph in drawn]

    def _renumbered(self, outline: bytes) -> bytes:
        changed = bytearray(outline)
        for at, old in _components(outline):
            struct.pack_into(">H", changed, at, self._new[old])
        return bytes(changed)

    def _number(self, glyph: DrawnGlyph) -> int:
        if len(glyph.parts) == 1 and glyph.parts[0][1:] == (0, 0):
            old = glyph.parts[0][0]
            if self._font.advance(old) == glyph.advance:
                return self._new[old]
        if glyph not in self._made:
            self._made[glyph] = len(self.outlines)
            self.outlines.append(self._composite(glyph))
            self.advances.append(glyph.advance)
        return self._made[glyph]

    def _composite(self, glyph: DrawnGlyph) -> bytes:
        inked = [(self._new[old], x, y) for old, x, y in glyph.parts if self._font.outline(old)]
        if not inked:
            return b""
        boxes = [struct.unpack_from(">4h", self.outlines[new], 2) for new, _, _ in inked]
        left = min(box[0] + x for box, (_, x, _) in zip(boxes, inked, strict=True))
        low = min(box[1] + y for box, (_, _, y) in zip(boxes, inked, strict=True))
        right = max(box[2] + x for box, (_, x, _) in zip(boxes, inked, strict=True))
        high = max(box[3] + y for box, (_, _, y) in zip(boxes, inked, strict=True))
        record = struct.pack(">5h", -1, left, low, right, high)
        for index, (new, x, y) in enumerate(inked):
            flags = WORDS | XY_VALUES | (MORE if index + 1 < len(inked) else 0)
            record += struct.pack(">HHhh", flags, new, x, y)
        return record


def _checksum(table: bytes) -> int:
    padded = table + b"\0" * (-len(table) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF


def _sfnt(tables: dict[str, bytes]) -> bytes:
    """The font file made of these tables."""
    power = len(tables).bit_length() - 1
    directory = struct.pack(">LHHHH", 0x00010000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    body, start = b"", 12 + 16 * len(tables)
    head_at = 0
    for tag in sorted(tables):
        table = tables[tag]
        head_at = start + len(body) if tag == "head" else head_at
        directory += struct.pack(">4sLLL", tag.encode("latin-1"), _checksum(table), start + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    file = bytearray(directory + body)
    struct.pack_into(">L", file, head_at + HEAD_CHECKSUM_AT, (SFNT_CHECKSUM - _checksum(bytes(file))) & 0xFFFFFFFF)
    return bytes(file)


def subset(font: FontFile, drawn: Sequence[DrawnGlyph]) -> tuple[bytes, list[int]]:
    """A font file with just these glyphs, and the number each of them has in it; the same bytes for the same input."""
    made = _Subset(font, drawn)
    glyf, offsets, metrics = bytearray(), [0], bytearray()
    for outline, advance in zip(made.outlines, made.advances, strict=True):
        glyf += outline + b"\0" * (-len(outline) % 4)
        offsets.append(len(glyf))
        left = struct.unpack_from(">h", outline, 2)[0] if outline else 0
        metrics += struct.pack(">Hh", advance, left)
    head, hhea, maxp = (bytearray(font.tables[tag]) for tag in ("head", "hhea", "maxp"))
    struct.pack_into(">L", head, HEAD_CHECKSUM_AT, 0)
    struct.pack_into(">h", head, 50, 1)
    struct.pack_into(">H", hhea, 34, len(made.outlines))
    struct.pack_into(">H", maxp, 4, len(made.outlines))
    # maxCompositePoints, maxCompositeContours: room for a base with four marks; then elements and depth
    points, contours = struct.unpack_from(">HH", maxp, 6)
    struct.pack_into(">HH", maxp, 10, min(6 * points, 0xFFFF), min(6 * contours, 0xFFFF))
    struct.pack_into(">HH", maxp, 28, 16, 3)
    tables = {tag: font.tables[tag] for tag in COPIED if tag in font.tables}
    tables |= {
        "glyf": bytes(glyf),
        "head": bytes(head),
        "hhea": bytes(hhea),
        "hmtx": bytes(metrics),
        "maxp": bytes(maxp),
    }
    tables["loca"] = struct.pack(f">{len(offsets)}L", *offsets)
    return _sfnt(tables), made.numbers
