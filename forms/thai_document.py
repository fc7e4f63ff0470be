"""A PDF document in Thai: sections of flowables, a head and foot on every page, "หน้า x จาก y", ร่าง where it is a draft.

The same input gives the same bytes, whatever was exported before in the process, whatever the hash seed and time zone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import md5
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from forms.reportlab_door import (
    BaseDocTemplate,
    Canvas,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Path2D,
    pdfdoc,
)
from forms.shaping import Face

CENTIMETRE = 72 / 2.54
A4 = (210 * CENTIMETRE / 10, 297 * CENTIMETRE / 10)
DRAFT_WORD = "ร่าง"
DRAFT_GREY = 0.89
DRAFT_SIZE = 210.0
DRAFT_ANGLE = 52.0


@dataclass(frozen=True)
class Page:
    """The page a head or foot is drawn on: its place in the document and its size in points.

    ``closes`` is true of the last page of its section.
    """

    number: int
    of: int
    width: float
    height: float
    closes: bool = False


Decoration = Callable[[Canvas, Page], None]


@dataclass(frozen=True)
class Margins:
    """The white around a page's text, in points; the official form's by default (left 3 cm, right 2 cm)."""

    left: float = 3 * CENTIMETRE
    right: float = 2 * CENTIMETRE
    top: float = 2.4 * CENTIMETRE
    bottom: float = 2 * CENTIMETRE


@dataclass(frozen=True)
class Section:
    """Pages of one look: what flows on them, their margins, and what is drawn under and over the text of each.

    A section starts on a page of its own. Heads go under, feet over: copied text then comes in the order of reading.
    """

    story: tuple[Flowable, ...]
    under: Decoration | None = None
    over: Decoration | None = None
    margins: Margins = Margins()
    landscape: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of its pages."""
        return (A4[1], A4[0]) if self.landscape else A4

    @property
    def text_width(self) -> float:
        """The width between its margins."""
        return self.size[0] - self.margins.left - self.margins.right


class ThaiCanvas(Canvas):
    """A canvas whose text is all set by thai_paragraph; heads and feet are drawn once the number of pages is known."""

    def __init__(self, filename: object, **options: object) -> None:
        super().__init__(filename, **options)
        self._section = Section(())
        self._finished: list[tuple[Section, tuple[float, float]]] = []
        self._places: dict[str, Any] = {}

    def name_place(self, name: str, left: float, bottom: float, right: float, top: float) -> None:
        """Give a rectangle of the open page (points from its lower left) a name that programs find it by."""
        self._doc.inPage()
        sides = (round(side, 2) for side in (left, bottom, right, top))
        self._places[name] = pdfdoc.PDFArray([self._doc.thisPageRef(), pdfdoc.PDFName("FitR"), *sides])

    def begin_section(self, section: Section) -> None:
        """The open page belongs to this section."""
        self._section = section

    def _make_preamble(self) -> None:
        # reportlab's own sets a Helvetica that is not embedded at the top of every page
        self._preamble = "1 0 0 1 0 0 cm"

    def setFont(self, name: str, size: float, leading: float | None = None) -> None:
        """Does nothing: reportlab's tables set Helvetica before every cell, and it would end up in the file."""

    def showPage(self) -> None:
        """Ends the page."""
        self._finished.append((self._section, self._pagesize))
        super().showPage()

    def save(self) -> None:
        """Draws heads and feet, then writes the file."""
        if self._code:
            self.showPage()
        pages = self._doc.Pages.pages
        following = [section for section, _ in self._finished[1:]] + [None]
        for index, (page, (section, size)) in enumerate(zip(pages, self._finished, strict=True), 1):
            about = Page(index, len(pages), *size, closes=following[index - 1] is not section)
            under = self._decoration(section.under, about)
            over = self._decoration(section.over, about)
            page.stream = under + page.stream + over
            self._doc.updateSignature(page.stream)
        if self._places:
            names = [part for name in sorted(self._places) for part in (pdfdoc.PDFString(name), self._places[name])]
            tree = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(names)})
            self._doc.Catalog.Names = pdfdoc.PDFDictionary({"Dests": tree})
        super().save()

    def _decoration(self, draw: Decoration | None, page: Page) -> str:
        """The operators that the decoration draws, kept apart from the page's own state."""
        if draw is None:
            return ""
        self._code = []
        self.saveState()
        draw(self, page)
        self.restoreState()
        operators, self._code = self._code, []
        return "\n".join(operators) + "\n"


class _PathPen:
    """Takes HarfBuzz's outline of a glyph and draws it into a reportlab path."""

    def __init__(self, path: Path2D, scale: float) -> None:
        self._path = path
        self._scale = scale
        self.x = self.y = 0.0
        self._at = (0.0, 0.0)

    def _point(self, point: tuple[float, float]) -> tuple[float, float]:
        return self.x + point[0] * self._scale, self.y + point[1] * self._scale

    def moveTo(self, point: tuple[float, float]) -> None:
        self._at = self._point(point)
        self._path.moveTo(*self._at)

    def lineTo(self, point: tuple[float, float]) -> None:
        self._at = self._point(point)
        self._path.lineTo(*self._at)

    def qCurveTo(self, control: tuple[float, float], point: tuple[float, float]) -> None:
        (x0, y0), (x1, y1), (x2, y2) = self._at, self._point(control), self._point(point)
        one, two = (x0 + 2 * (x1 - x0) / 3, y0 + 2 * (y1 - y0) / 3), (x2 + 2 * (x1 - x2) / 3, y2 + 2 * (y1 - y2) / 3)
        self._at = (x2, y2)
        self._path.curveTo(*one, *two, x2, y2)

    def curveTo(self, one: tuple[float, float], two: tuple[float, float], point: tuple[float, float]) -> None:
        self._at = self._point(point)
        self._path.curveTo(*self._point(one), *self._point(two), *self._at)

    def closePath(self) -> None:
        self._path.close()


def draw_outlines(canvas: Canvas, face: Face, text: str, size: float) -> None:
    """The text as outlines around the origin: seen by people, no text to any reader."""
    scale = size / face.file.units
    shaped = face.shaped(text)
    path = canvas.beginPath()
    pen = _PathPen(path, scale)
    start = -shaped.width * scale / 2
    for piece in shaped.pieces:
        for glyph, x, y in piece.parts:
            pen.x, pen.y = start + x * scale, y * scale - size * 0.3
            face.hb_font.draw_glyph_with_pen(glyph, pen)
        start += piece.advance * scale
    canvas.drawPath(path, stroke=0, fill=1, fillMode=1)


def draw_draft_mark(canvas: Canvas, page: Page, face: Face) -> None:
    """ร่าง across the page in light grey, for a section's ``under``."""
    canvas.saveState()
    canvas.setFillGray(DRAFT_GREY)
    canvas.translate(page.width / 2, page.height / 2)
    canvas.rotate(DRAFT_ANGLE)
    draw_outlines(canvas, face, DRAFT_WORD, DRAFT_SIZE)
    canvas.restoreState()


def document_pdf(sections: Sequence[Section], title: str, author: str, on: date, subject: str = "") -> bytes:
    """The sections as one PDF file; ``on`` is the day it is dated (no clock is read)."""
    buffer = BytesIO()
    template = BaseDocTemplate(
        buffer, pagesize=sections[0].size, pageTemplates=_templates(sections), lang="th-TH", invariant=1,
        pageCompression=1, allowSplitting=1, title=title, author=author, subject=subject, creator="Rongthuk",
    )  # fmt: skip
    story: list[Flowable] = []
    for index, section in enumerate(sections):
        if index:
            story += [NextPageTemplate(str(index)), PageBreak()]
        story += section.story

    def canvas_maker(filename: object, **options: object) -> Canvas:
        canvas = ThaiCanvas(filename, pdfVersion=(1, 7), **options)
        day = on.timetuple()
        # in place of the clock and of SOURCE_DATE_EPOCH, which reportlab would read and sign the file's ID with
        canvas._doc._timeStamp = SimpleNamespace(t=0, lt=day, tzname="UTC", YMDhms=tuple(day)[:6], dhh=0, dmm=0)
        canvas._doc.signature = md5(on.isoformat().encode(), usedforsecurity=False)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        return canvas

    template.build(story, canvasmaker=canvas_maker)
    return buffer.getvalue()


def _templates(sections: Sequence[Section]) -> list[PageTemplate]:
    """One kind of page for each section, named by its place."""
    found = []
    for index, section in enumerate(sections):
        (width, height), margins = section.size, section.margins
        frame = Frame(
            margins.left, margins.bottom, section.text_width, height - margins.top - margins.bottom,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0, id=f"text{index}",
        )  # fmt: skip

        def begin(canvas: ThaiCanvas, _: object, section: Section = section) -> None:
            canvas.begin_section(section)

        found.append(PageTemplate(str(index), [frame], onPage=begin, pagesize=(width, height)))
    return found
