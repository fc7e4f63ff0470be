"""Thai text shaped by HarfBuzz into pieces: a base letter with everything that stands on it, and its text.

A piece is the smallest thing that is drawn, spaced or broken: ``ที่`` is one piece of three glyphs. It carries the
text it stands for, so that what a reader copies out of the PDF is what was typed, ำ and all. Lengths are font units.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import uharfbuzz

from forms.font_subset import FontFile, Part

FEATURES = {"liga": False, "dlig": False}  # an fi ligature is one glyph for two letters: no gain in Thai papers
CACHED_TEXTS = 60_000  # about 40 MB at the most; a document of 36 pages holds some 3,000 words
NO_BREAK_SPACE = "\u00a0"
LONGEST_TEXT = 8  # characters of one piece: mutool reads no longer ones
_AFTER_SARA_AM = re.compile("(?<=\u0e33)(?=[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e])")
LONE_MARK_SHIFT = 250  # a mark with no letter under it gets a place of its own instead of falling on its neighbour


@dataclass(frozen=True, eq=False, slots=True)
class Piece:
    """A base with its marks: outlines with their places, how far the pen goes on, and the text it stands for."""

    text: str
    parts: tuple[Part, ...]
    advance: int


@dataclass(frozen=True, eq=False, slots=True)
class Shaped:
    """A word ready to draw; ``width`` is the sum of its pieces' advances."""

    text: str
    pieces: tuple[Piece, ...]
    width: int


class Face:
    """One font file with HarfBuzz's view of it, and the words shaped with it so far."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        self.name = path.stem
        self.file = FontFile(data)
        hb_face = uharfbuzz.Face(uharfbuzz.Blob(data))
        self.characters = frozenset(hb_face.unicodes)
        self.hb_font = uharfbuzz.Font(hb_face)
        self._pieces: dict[tuple[str, tuple[Part, ...], int], Piece] = {}
        self._shaped: dict[str, Shaped] = {}

    def shaped(self, text: str) -> Shaped:
        """The text of one line or word, shaped; every character of it is in the font (see missing_glyphs)."""
        known = self._shaped.get(text)
        if known is None:
            if len(self._shaped) >= CACHED_TEXTS:
                self._shaped.clear()
            pieces = tuple(self._pieces_of(text))
            known = Shaped(text, pieces, sum(piece.advance for piece in pieces))
            self._shaped[text] = known
        return known

    def at_line_end(self, word: Shaped) -> Shaped:
        """The word as it ends a line: two readers take a hyphen there for a torn word and drop it from the copied text.

        One that reads as "hyphen, no-break space" they leave alone (pdfium looks behind a plain blank), and a blank at
        the end of a line is nothing to any reader.
        """
        if not word.text.endswith("-"):
            return word
        *others, hyphen = word.pieces
        last = self._piece(hyphen.text + NO_BREAK_SPACE, hyphen.parts, hyphen.advance)
        return Shaped(word.text, (*others, last), word.width)

    def _pieces_of(self, text: str) -> list[Piece]:
        if not text:
            return []  # HarfBuzz gives None, not nothing, for an empty buffer
        lone_mark = unicodedata.category(text[0]) in ("Mn", "Me")
        clusters = self._clusters(" " + text if lone_mark else text)
        if lone_mark:
            (mark_text, parts, advance), *rest = clusters
            moved = tuple((glyph, x + LONE_MARK_SHIFT, y) for glyph, x, y in parts[1:])
            clusters = [(mark_text[1:], moved, advance + LONE_MARK_SHIFT), *rest]
        if any(len(cluster[0]) > LONGEST_TEXT for cluster in clusters):
            segments = _AFTER_SARA_AM.split(text)  # HarfBuzz hangs every ำ on the cluster before it, however long
            if len(segments) > 1:
                return [piece for segment in segments for piece in self._pieces_of(segment)]
        return [self._piece(*cluster) for cluster in clusters]

    def _piece(self, text: str, parts: tuple[Part, ...], advance: int) -> Piece:
        key = (text, parts, advance)
        piece = self._pieces.get(key)
        if piece is None:
            piece = self._pieces[key] = Piece(*key)
        return piece

    def _clusters(self, text: str) -> list[tuple[str, tuple[Part, ...], int]]:
        """(text, outlines, advance) of every HarfBuzz cluster, left to right."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.direction = "ltr"
        buffer.language = "th"
        # the Thai shaper alone takes ำ apart, so one Thai letter makes the whole word Thai
        buffer.script = "Thai" if any("\u0e00" <= character <= "\u0e7f" for character in text) else "Latn"
        uharfbuzz.shape(self.hb_font, buffer, FEATURES)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        starts = sorted({info.cluster for info in infos} | {len(text)})
        ends = dict(pairwise(starts))
        found: list[tuple[str, tuple[Part, ...], int]] = []
        parts: list[Part] = []
        pen = 0
        for index, (info, position) in enumerate(zip(infos, positions, strict=True)):
            parts.append((info.codepoint, pen + position.x_offset, position.y_offset))
            pen += position.x_advance
            if index + 1 == len(infos) or infos[index + 1].cluster != info.cluster:
                found.append((text[info.cluster : ends[info.cluster]], tuple(parts), pen))
                parts, pen = [], 0
        return found


@dataclass(frozen=True)
class Fonts:
    """The four faces of the product's type."""

    regular: Face
    bold: Face
    italic: Face
    bold_italic: Face

    def face(self, bold: bool = False, italic: bool = False) -> Face:
        """The face for this weight and slope."""
        if bold:
            return self.bold_italic if italic else self.bold
        return self.italic if italic else self.regular


@lru_cache(maxsize=4)
def load_fonts(folder: Path) -> Fonts:
    """The faces in a folder, by explicit file name; raises FileNotFoundError when one is not there."""
    names = ("Sarabun-Regular", "Sarabun-Bold", "Sarabun-Italic", "Sarabun-BoldItalic")
    return Fonts(*(Face(folder / f"{name}.ttf") for name in names))
