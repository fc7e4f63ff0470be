"""บันทึกข้อความ, แบบที่ 29 of the government's document rules: the covering memo of the month's report.

Sizes are those of the rules (TH Sarabun 29, 20 and 16 points) in Sarabun's points. The Garuda is a picture the office
chooses; without one its place stays white. Dotted lines are drawn, not typed: copied text is the words alone.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from desktop.domain.pack_sheet import Memo
from desktop.domain.thai_dates import long_date
from forms.embedded_pictures import Picture, draw_picture
from forms.page_foot import draw_foot
from forms.reportlab_door import Canvas, Flowable, KeepTogether, Spacer
from forms.thai_document import CENTIMETRE, Margins, Page, Section, draw_draft_mark
from forms.thai_paragraph import OutlineMark, ThaiParagraph, draw_line
from forms.typesetting import ASCENT_SHARE, Align, Line, ThaiStyle, Typesetter

TITLE = "บันทึกข้อความ"
MARGINS = Margins(top=1.5 * CENTIMETRE)
GARUDA_HEIGHT = 1.5 * CENTIMETRE
GARUDA_WIDEST = 2 * CENTIMETRE
HEAD_HEIGHT = 1.9 * CENTIMETRE
TITLE_BASE = 0.62 * CENTIMETRE  # above the lower edge of the head
TITLE_STYLE = ThaiStyle(size=19.8, leading=34, bold=True, align=Align.CENTRE)  # 29 pt
LABEL = ThaiStyle(size=13.7, leading=23, bold=True)  # 20 pt
VALUE = ThaiStyle(size=11, leading=23)  # 16 pt
AFTER_LABEL = 6.0
BETWEEN_FIELDS = 8.0
DOTS_BELOW = 3.0  # points under the base line
TO = ThaiStyle(before=10, after=4)
BODY = ThaiStyle(first=2.5 * CENTIMETRE, after=3, align=Align.JUSTIFY)
ENCLOSURE = ThaiStyle(left=3.1 * CENTIMETRE, first=-0.6 * CENTIMETRE)
CLOSING = ThaiStyle(first=2.5 * CENTIMETRE, before=6)
SIGNING = ThaiStyle(left=7 * CENTIMETRE, align=Align.CENTRE)
SIGNING_ROOM = 44.0
DOTS = "." * 44


def memo_section(
    memo: Memo, typesetter: Typesetter, *, garuda: Picture | None, foot: str, entry: str, draft: bool
) -> Section:
    """The memo's pages; ``entry`` is its name in the outline."""
    return Section(
        story=(OutlineMark(entry), *_story(memo, typesetter, garuda)),
        under=partial(_draw_under, typesetter=typesetter, draft=draft),
        over=partial(draw_foot, typesetter=typesetter, text=foot, margins=MARGINS),
        margins=MARGINS,
    )


def memo_texts(memo: Memo) -> tuple[str, ...]:
    """Every word of the memo that may come from a person, to be searched for characters the fonts lack."""
    return (memo.office, memo.number, memo.subject, memo.to, *memo.paragraphs, memo.signer, memo.position)


def _story(memo: Memo, typesetter: Typesetter, garuda: Picture | None) -> list[Flowable]:
    paragraph = partial(ThaiParagraph, typesetter)
    day = "" if memo.day is None else long_date(memo.day)
    return [
        MemoHead(typesetter, garuda),
        DottedFields(typesetter, [("ส่วนราชการ", memo.office)]),
        DottedFields(typesetter, [("ที่", memo.number), ("วันที่", day)]),
        DottedFields(typesetter, [("เรื่อง", memo.subject)]),
        paragraph(f"เรียน  {memo.to}", TO),
        *(paragraph(text, BODY) for text in memo.paragraphs),
        paragraph("พร้อมนี้ได้แนบเอกสารมาด้วย ดังนี้", replace(BODY, before=4, keep_with_next=True)),
        *(paragraph(f"({place}) {text}", ENCLOSURE) for place, text in enumerate(memo.enclosures, 1)),
        KeepTogether(
            [
                paragraph(memo.closing, CLOSING),
                Spacer(0, SIGNING_ROOM),
                paragraph(DOTS, SIGNING),
                paragraph(f"({memo.signer or DOTS})", SIGNING),
                paragraph(memo.position or f"ตำแหน่ง {DOTS[:32]}", SIGNING),
            ]
        ),
    ]


class MemoHead(Flowable):
    """The Garuda, 1.5 cm high at the left, and the title in the middle of the line."""

    def __init__(self, typesetter: Typesetter, garuda: Picture | None) -> None:
        super().__init__()
        self._typesetter = typesetter
        self._garuda = garuda

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The whole width."""
        self.width, self.height = available_width, HEAD_HEIGHT
        return self.width, self.height

    def draw(self) -> None:
        """Draws both."""
        if self._garuda is not None:
            scale = min(GARUDA_HEIGHT / self._garuda.height, GARUDA_WIDEST / self._garuda.width)
            width, height = self._garuda.width * scale, self._garuda.height * scale
            draw_picture(self.canv, self._garuda, 0, self.height - height, width, height)
        draw_line(self.canv, self._typesetter, TITLE, 0, TITLE_BASE, TITLE_STYLE, self.width)


class DottedFields(Flowable):
    """Fields side by side: a bold label, then a dotted line with the value on it, on more lines where it is long."""

    def __init__(self, typesetter: Typesetter, fields: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._typesetter = typesetter
        self._fields = [(label, " ".join(value.split()), self._label_width(label)) for label, value in fields]
        self._set: list[list[Line]] = []

    def _label_width(self, label: str) -> float:
        return self._typesetter.text_width(label, LABEL) + AFTER_LABEL

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """As many lines as the longest value takes."""
        self.width = available_width
        room = self._room()
        self._set = [
            self._typesetter.lines(value, replace(VALUE, first=indent), room) for _, value, indent in self._fields
        ]
        self.height = max(len(lines) for lines in self._set) * VALUE.leading
        return self.width, self.height

    def _room(self) -> float:
        """The width of one field."""
        return (self.width - BETWEEN_FIELDS * (len(self._fields) - 1)) / len(self._fields)

    def draw(self) -> None:
        """Draws labels, values and dots."""
        room = self._room()
        for place, ((label, _, indent), lines) in enumerate(zip(self._fields, self._set, strict=True)):
            left = place * (room + BETWEEN_FIELDS)
            base = self.height - VALUE.leading * ASCENT_SHARE
            draw_line(self.canv, self._typesetter, label, left, base, LABEL)
            for row, line in enumerate(lines):
                start = left + (indent if row == 0 else 0.0)
                text = "".join(word.text for word in line.words)
                draw_line(self.canv, self._typesetter, text, start, base, VALUE)
                _draw_dots(self.canv, start, left + room, base - DOTS_BELOW)
                base -= VALUE.leading


def _draw_dots(canvas: Canvas, left: float, right: float, y: float) -> None:
    """A dotted line: dashes of no length with round ends."""
    canvas._code.append(f"q 1 J [0 2.6] 0 d 0.8 w 0.25 G {left:.3f} {y:.3f} m {right:.3f} {y:.3f} l S Q")


def _draw_under(canvas: Canvas, page: Page, typesetter: Typesetter, draft: bool) -> None:
    if draft:
        draw_draft_mark(canvas, page, typesetter.fonts.bold)
