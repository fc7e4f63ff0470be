"""Thai text on a page: a flowable paragraph, and a single line drawn anywhere. The text is never markup."""

from forms.reportlab_door import Canvas, Flowable
from forms.shaping import Shaped
from forms.thai_font import EmbeddedFont, embedded
from forms.typesetting import ASCENT_SHARE, Align, Gaps, Line, ThaiStyle, Typesetter, gaps, meet, takes_gap

LONELY = 2  # a paragraph leaves at least this many lines on either side of a page break


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _justified(font: EmbeddedFont, words: tuple[Shaped, ...], more: Gaps) -> str:
    """The operand of TJ: codes with the extra space after blanks, between words and before base letters."""
    units = font.face.file.units
    blank, parted, letter = (_number(-gap * 1000 / units) for gap in (more.blank, more.word, more.letter))
    out: list[str] = []
    codes = ""
    for index, word in enumerate(words):
        for place, piece in enumerate(word.pieces):
            before = ""
            if place and more.letter and takes_gap(piece):
                before = letter
            elif not place and index and more.word and meet(words[index - 1], word):
                before = parted
            if before:
                out.append(f"<{codes}>{before}")
                codes = ""
            codes += font.code(piece)
            if piece.text == " " and more.blank:
                out.append(f"<{codes}>{blank}")
                codes = ""
    if codes:
        out.append(f"<{codes}>")
    return "".join(out)


def _draw(
    canvas: Canvas, typesetter: Typesetter, line: Line, style: ThaiStyle, x: float, y: float, room: float
) -> None:
    """Draws one line with its base line at ``y``, between ``x`` and ``x + room``."""
    if not line.words or not line.width:
        return
    face = typesetter.face(style)
    units = face.file.units
    font = embedded(canvas, face)
    free = room - line.width * style.size / units
    more = Gaps()
    if style.align is Align.RIGHT:
        x += free
    elif style.align is Align.CENTRE:
        x += free / 2
    elif style.align is Align.JUSTIFY:
        more = gaps(line, int(room * units / style.size), face.shaped(" ").width, units)
    plain = f"<{''.join(map(font.codes, line.words))}>"
    shown = plain if more == Gaps() else _justified(font, line.words, more)
    canvas.setFillGray(style.grey)
    canvas._code.append(
        f"BT /{font.resource} {_number(style.size)} Tf 1 0 0 1 {_number(x)} {_number(y)} Tm [{shown}] TJ ET"
    )


def draw_line(
    canvas: Canvas, typesetter: Typesetter, text: str, x: float, y: float, style: ThaiStyle, room: float = 0.0
) -> None:
    """One line of text with its base line at ``y``.

    Aligned left it starts at ``x``, aligned right it ends at ``x + room``, centred it stands in the middle between.
    """
    _draw(canvas, typesetter, typesetter.one_line(text, style), style, x, y, room)


class ThaiParagraph(Flowable):
    """A paragraph that breaks at words, and over pages unless it is kept together.

    ``outline`` is the level (0 is the top) at which the paragraph's text stands in the document's outline; a level may
    only be one deeper than the one before it.
    """

    def __init__(self, typesetter: Typesetter, text: str, style: ThaiStyle, outline: int | None = None) -> None:
        super().__init__()
        self.text = text
        self.style = style
        self.outline = outline
        self.keepWithNext = int(style.keep_with_next)
        self._typesetter = typesetter
        self._lines: list[Line] = []
        self._set_for: float | None = None  # the width the lines were broken for

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The room the paragraph takes."""
        if self._set_for != available_width:
            self._lines = self._typesetter.lines(self.text, self.style, available_width)
            self._set_for = available_width
        self.width, self.height = available_width, len(self._lines) * self.style.leading
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """The lines that fit and the rest; nothing when too few would be left on either page."""
        if self._set_for is None or available_width < self._set_for:
            self.wrap(available_width, available_height)  # a table asks with its cell's width, paddings and all
        fitting = int((available_height + 0.001) / self.style.leading)
        if fitting >= len(self._lines):
            return []
        fitting = min(fitting, max(len(self._lines) - LONELY, 1))
        if fitting < min(LONELY, len(self._lines)):
            return []
        return [self._portion(self._lines[:fitting], self._is_beginning()), self._portion(self._lines[fitting:], False)]

    def _portion(self, lines: list[Line], beginning: bool) -> "ThaiParagraph":
        part = _Portion(self._typesetter, "", self.style, self.outline if beginning else None)
        part.take(lines, beginning, self.text)
        return part

    def draw(self) -> None:
        """Draws the lines from the top down."""
        if self.outline is not None:
            _enter_outline(self.canv, " ".join(self.text.split()), self.outline, self.height)
        style = self.style
        y = self.height - style.leading * ASCENT_SHARE
        for index, line in enumerate(self._lines):
            indent = style.left + (style.first if index == 0 and self._is_beginning() else 0.0)
            _draw(self.canv, self._typesetter, line, style, indent, y, self.width - indent - style.right)
            y -= style.leading

    def _is_beginning(self) -> bool:
        return True

    def getSpaceBefore(self) -> float:
        """The space above, when it does not stand at the top of a page."""
        return self.style.before

    def getSpaceAfter(self) -> float:
        """The space below."""
        return self.style.after


class _Portion(ThaiParagraph):
    """Some lines of a paragraph that was split between pages."""

    def take(self, lines: list[Line], beginning: bool, text: str) -> None:
        self._lines = lines
        self._beginning = beginning
        self.text = text

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, len(self._lines) * self.style.leading
        return self.width, self.height

    def _is_beginning(self) -> bool:
        return self._beginning

    def getSpaceBefore(self) -> float:
        return self.style.before if self._beginning else 0.0


class OutlineMark(Flowable):
    """An entry of the outline, at its top level, for what begins here; takes no room and shows nothing."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """No room at all."""
        return 0.0, 0.0

    def draw(self) -> None:
        """Enters the title."""
        _enter_outline(self.canv, self.title, 0, 0.0)


def _enter_outline(canvas: Canvas, title: str, level: int, height: float) -> None:
    entries: list[str] = canvas.__dict__.setdefault("_thai_outline", [])
    key = f"entry{len(entries) + 1}"
    entries.append(title)
    _, top = canvas.absolutePosition(0, height)
    canvas.bookmarkPage(key, "XYZ", left=0, top=top)
    canvas.addOutlineEntry(title, key, level=level, closed=0)
