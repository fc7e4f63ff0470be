"""Text set in lines: cleaned, broken at words, shaped, and justified where asked. Lengths are points unless said."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from forms.line_breaks import LineBreaker, Word, load_words
from forms.missing_glyphs import printable_text
from forms.shaping import Face, Fonts, Piece, Shaped, load_fonts

CACHED_TEXTS = 20_000
WIDEST_BLANK = 2.2  # a justified line stretches its blanks to at most this
WORD_GAP = 0.08  # em; then it parts words by at most this
LETTER_GAP = 0.06  # em; then its letters by at most this; both lie below every reader's word gap
ASCENT_SHARE = 0.72  # of the leading above the base line: marks reach 1.3 em up, vowels 0.5 em down
FOLLOWING_VOWELS = frozenset("ะาำๅๆฯ")


class Align(Enum):
    """How the lines of a paragraph stand between its margins."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"
    JUSTIFY = "justify"


@dataclass(frozen=True)
class ThaiStyle:
    """How a paragraph looks; 11 on 19 points is TH Sarabun New 16 as the government's papers use it."""

    size: float = 11.0
    leading: float = 19.0
    bold: bool = False
    italic: bool = False
    align: Align = Align.LEFT
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0  # the first line's own indent, beyond ``left``; below 0 it hangs out
    before: float = 0.0
    after: float = 0.0
    keep_with_next: bool = False
    grey: float = 0.0


@dataclass(frozen=True)
class Line:
    """One line, ready to draw: its words with the blanks between them, and its natural width in font units.

    ``ends`` is true of the last line before a line feed or the end: it is never stretched.
    """

    words: tuple[Shaped, ...]
    width: int
    ends: bool


@dataclass(frozen=True, slots=True)
class Gaps:
    """What justifies a line, in font units: more for each blank, more between words, more before base letters."""

    blank: float = 0.0
    word: float = 0.0
    letter: float = 0.0


def gaps(line: Line, available: int, blank: int, units: int) -> Gaps:
    """Blanks are stretched first, then words are parted a little, then letters; a line out of reach stays as it is."""
    short: float = available - line.width
    if line.ends or short <= 0:
        return Gaps()
    blanks = sum(piece.text == " " for word in line.words for piece in word.pieces)
    at_blanks, short = _shared(short, blanks, (WIDEST_BLANK - 1) * blank)
    at_words, short = _shared(short, sum(meet(*pair) for pair in pairwise(line.words)), WORD_GAP * units)
    letters = sum(takes_gap(piece) for word in line.words for piece in word.pieces[1:])
    at_letters, short = _shared(short, letters, LETTER_GAP * units)
    return Gaps() if short > 1 else Gaps(at_blanks, at_words, at_letters)


def _shared(short: float, places: int, most: float) -> tuple[float, float]:
    """(what each place takes of what is short, what is short still)."""
    each = min(short / places, most) if places else 0.0
    return each, short - each * places


def meet(word: Shaped, following: Shaped) -> bool:
    """Whether two words stand together with no blank between them."""
    return word.text != " " and following.text != " "


def takes_gap(piece: Piece) -> bool:
    """Whether a justified line may put a little space before this piece: a letter, not a vowel that follows one."""
    return piece.text != " " and piece.text[0] not in FOLLOWING_VOWELS


class Typesetter:
    """The fonts and word lists together, and the texts broken with them so far."""

    def __init__(self, fonts: Fonts, breaker: LineBreaker) -> None:
        self.fonts = fonts
        self._breaker = breaker
        self._texts: dict[tuple[Face, str], tuple[tuple[tuple[Shaped, bool], ...], ...]] = {}

    def face(self, style: ThaiStyle) -> Face:
        """The face a style asks for."""
        return self.fonts.face(style.bold, style.italic)

    def text_width(self, text: str, style: ThaiStyle) -> float:
        """The width of the text on one line."""
        face = self.face(style)
        blank = face.shaped(" ").width
        words = [word for line in self._words(" ".join(text.split("\n")), face) for word in line]
        units = sum(word.width + blank * followed for word, followed in words)
        return units * style.size / face.file.units

    def one_line(self, text: str, style: ThaiStyle) -> Line:
        """The whole text as one line, however long; line feeds count as blanks."""
        face = self.face(style)
        words = [word for line in self._words(" ".join(text.split("\n")), face) for word in line]
        return _line(words, face, ends=True)

    def lines(self, text: str, style: ThaiStyle, width: float) -> list[Line]:
        """The text in lines no wider than ``width`` less the style's indents."""
        face = self.face(style)
        per_point = face.file.units / style.size
        rest = int((width - style.left - style.right) * per_point)
        first = rest - int(style.first * per_point)
        found: list[Line] = []
        for words in self._words(text, face):
            found.extend(_fill(words, rest if found else first, rest, face))
        return found

    def _words(self, text: str, face: Face) -> tuple[tuple[tuple[Shaped, bool], ...], ...]:
        """For every line of the text, its shaped words, each with whether a blank follows."""
        known = self._texts.get((face, text))
        if known is None:
            if len(self._texts) >= CACHED_TEXTS:
                self._texts.clear()
            known = tuple(
                tuple(_shaped(word, face) for word in self._breaker.words(line))
                for line in printable_text(text, face).split("\n")
            )
            self._texts[(face, text)] = known
        return known


def _shaped(word: Word, face: Face) -> tuple[Shaped, bool]:
    return face.shaped(word.text), word.blank


def _line(words: list[tuple[Shaped, bool]], face: Face, ends: bool) -> Line:
    """The words as a line, without the blank at which it was broken."""
    drawn: list[Shaped] = []
    for word, followed in words:
        drawn.append(word)
        if followed:
            drawn.append(face.shaped(" "))
    if words and words[-1][1]:
        drawn.pop()
    if drawn:
        drawn[-1] = face.at_line_end(drawn[-1])
    return Line(tuple(drawn), sum(word.width for word in drawn), ends)


def _fill(words: tuple[tuple[Shaped, bool], ...], first: int, rest: int, face: Face) -> Iterator[Line]:
    """Lines filled greedily; a word wider than a line is broken between its letters."""
    room, used, blank = first, 0, face.shaped(" ").width
    held: list[tuple[Shaped, bool]] = []
    for word, followed in words:
        if held and used + word.width > room:
            yield _line(held, face, ends=False)
            held, used, room = [], 0, rest
        if word.width > room:
            *full, word = _broken_between_letters(word, room, rest)
            for part in full:
                yield _line([(part, False)], face, ends=False)
                room = rest
        held.append((word, followed))
        used += word.width + (blank if followed else 0)
    yield _line(held, face, ends=True)


def _broken_between_letters(word: Shaped, first: int, rest: int) -> list[Shaped]:
    """A word wider than a line, in parts that fit; a vowel stays with its letter where there is room for both."""
    parts: list[Shaped] = []
    pieces, start, used, room = word.pieces, 0, 0, first
    for at, piece in enumerate(pieces):
        if used + piece.advance > room and at > start:
            cut = at
            while cut > start + 1 and not _may_cut(pieces[cut - 1], pieces[cut]):
                cut -= 1
            cut = cut if cut > start + 1 else at
            parts.append(_part(pieces[start:cut]))
            used, start, room = sum(piece.advance for piece in pieces[cut:at]), cut, rest
        used += piece.advance
    parts.append(_part(pieces[start:]))
    return parts


def _may_cut(left: Piece, right: Piece) -> bool:
    return right.text[0] not in FOLLOWING_VOWELS and left.text[0] not in "เแโใไ" and right.text != " "


def _part(pieces: tuple[Piece, ...]) -> Shaped:
    return Shaped("".join(piece.text for piece in pieces), pieces, sum(piece.advance for piece in pieces))


@lru_cache(maxsize=4)
def load_typesetter(fonts: Path, words: Path) -> Typesetter:
    """The typesetter of a fonts folder and a words folder, loaded once in the process."""
    return Typesetter(load_fonts(fonts), load_words(words))
