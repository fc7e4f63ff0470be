"""How the memo, the annexes and the work papers look: their styles, heads and feet, and the section they stand in."""

from collections.abc import Sequence
from functools import partial

from forms.page_foot import draw_foot
from forms.reportlab_door import Canvas, Flowable
from forms.thai_document import CENTIMETRE, Margins, Page, Section, draw_draft_mark
from forms.thai_paragraph import OutlineMark, draw_line
from forms.typesetting import Align, ThaiStyle, Typesetter

UPRIGHT = Margins()
LYING = Margins(left=2 * CENTIMETRE, right=2 * CENTIMETRE, top=3 * CENTIMETRE)  # bound where an upright page's left is
HEAD_DROP = 0.65 * CENTIMETRE  # the head's base line above the text
HEAD = ThaiStyle(size=13.7, bold=True, align=Align.CENTRE)
UNDER_HEAD = ThaiStyle(size=10, leading=17, align=Align.CENTRE, after=4)
HEADING = ThaiStyle(size=12.3, leading=21, bold=True, before=12, after=2)
BODY = ThaiStyle()
PROSE = ThaiStyle(align=Align.JUSTIFY, after=3)
FACT = ThaiStyle(size=10, leading=17, before=4, after=2)
REMARK = ThaiStyle(size=9, leading=15, grey=0.2, before=2)
CELL = ThaiStyle(size=9.5, leading=15.5)
CELL_HEAD = ThaiStyle(size=9, leading=14.5, bold=True, align=Align.CENTRE)


def paper_section(
    story: Sequence[Flowable],
    typesetter: Typesetter,
    *,
    head: str,
    foot: str,
    entry: str,
    draft: bool = False,
    landscape: bool = False,
) -> Section:
    """The pages of one part: its head in bold on each, its foot, its ``entry`` in the outline, ร่าง across a draft."""
    margins = LYING if landscape else UPRIGHT
    return Section(
        story=(OutlineMark(entry), *story),
        under=partial(_draw_under, typesetter=typesetter, head=head, margins=margins, draft=draft),
        over=partial(draw_foot, typesetter=typesetter, text=foot, margins=margins),
        margins=margins,
        landscape=landscape,
    )


def _draw_under(canvas: Canvas, page: Page, typesetter: Typesetter, head: str, margins: Margins, draft: bool) -> None:
    if draft:
        draw_draft_mark(canvas, page, typesetter.fonts.bold)
    room = page.width - margins.left - margins.right
    draw_line(canvas, typesetter, head, margins.left, page.height - margins.top + HEAD_DROP, HEAD, room)
