"""The foot every printed page bears: "หน้า x จาก y" and what the paper is; no clock time."""

from desktop.domain.block_wording import revision_name
from desktop.domain.report_sheet import ReportBlock
from desktop.domain.thai_dates import short_date
from forms.reportlab_door import Canvas
from forms.thai_document import CENTIMETRE, Margins, Page
from forms.thai_paragraph import draw_line
from forms.typesetting import Align, ThaiStyle, Typesetter

FOOT = ThaiStyle(size=9, leading=14, align=Align.CENTRE, grey=0.25)
FOOT_BASE = 1.2 * CENTIMETRE
ABOVE = ThaiStyle(size=8, leading=12, align=Align.CENTRE, grey=0.25)
ABOVE_FOOT = 13.0  # points between the two: below the text, which ends 2 cm above the page's edge


def report_words(report: ReportBlock) -> str:
    """The report's number, month and revision, and the day it was drawn up."""
    drawn_up = f"จัดทำเมื่อ {short_date(report.drawn_on)}"
    return f"รายงานครั้งที่ {report.number} · {report.month.thai} · {revision_name(report.revision)} · {drawn_up}"


def draw_foot(canvas: Canvas, page: Page, typesetter: Typesetter, text: str, margins: Margins) -> None:
    """The page's number, then what the paper is, in the middle between the margins; lines before the last above it."""
    room = page.width - margins.left - margins.right
    *above, text = text.split("\n")
    for place, line in enumerate(reversed(above)):
        draw_line(canvas, typesetter, line, margins.left, FOOT_BASE + ABOVE_FOOT * (place + 1), ABOVE, room)
    draw_line(canvas, typesetter, f"หน้า {page.number} จาก {page.of} · {text}", margins.left, FOOT_BASE, FOOT, room)
