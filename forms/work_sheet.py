"""วันนี้ต้องทำอะไร: the sheet printed in the morning, the most urgent first, with a box to tick."""

from collections.abc import Iterator
from pathlib import Path

from desktop.domain.thai_dates import LONG_WEEKDAYS, long_date, short_date
from desktop.domain.work_papers import WorkGroup, WorkLine, WorkSheet
from forms.annex_look import FACT, HEADING, UPRIGHT, paper_section
from forms.reportlab_door import CondPageBreak, Flowable
from forms.rows_table import Column, Row, RowsTable
from forms.thai_document import A4, document_pdf
from forms.thai_paragraph import ThaiParagraph
from forms.typesetting import Typesetter, load_typesetter

WIDTH = A4[0] - UPRIGHT.left - UPRIGHT.right
COLUMNS = (
    Column("ทำแล้ว", WIDTH * 0.09),
    Column("สิ่งที่ต้องทำ", WIDTH * 0.27),
    Column("เลขที่รับแจ้ง", WIDTH * 0.17),
    Column("เรื่อง / สถานที่ / หน่วยงาน", WIDTH * 0.47),
)
REPORT_COLUMNS = (Column("ทำแล้ว", WIDTH * 0.09), Column("รายงานประจำเดือนที่ยังไม่ได้นำส่ง", WIDTH * 0.91))
BOX = 11.0  # points
ROOM_FOR_A_TABLE = 90.0


def work_sheet_pdf(sheet: WorkSheet, fonts: Path, words: Path) -> bytes:
    """The day's work as a PDF file."""
    typesetter = load_typesetter(fonts, words)
    title = f"วันนี้ต้องทำอะไร วัน{LONG_WEEKDAYS[sheet.on.weekday()]}ที่ {long_date(sheet.on)}"
    foot = f"{sheet.office} · งานประจำวัน {short_date(sheet.on)}"
    section = paper_section(list(_story(sheet, typesetter)), typesetter, head=title, foot=foot, entry=title)
    return document_pdf([section], title, author=sheet.office, on=sheet.on)


def work_texts(sheet: WorkSheet) -> tuple[str, ...]:
    """Every text of the sheet that a person typed."""
    lines = [line for group in sheet.groups for line in group.lines]
    return tuple(text for line in lines for text in (line.number, line.subject, line.place, line.unit))


def _story(sheet: WorkSheet, typesetter: Typesetter) -> Iterator[Flowable]:
    for group in sheet.groups:
        yield from _group(group, typesetter)
    if sheet.reports:
        yield CondPageBreak(ROOM_FOR_A_TABLE)
        yield ThaiParagraph(typesetter, "รายงานประจำเดือน", HEADING)
        yield RowsTable(typesetter, REPORT_COLUMNS, [Row((TickBox(), text)) for text in sheet.reports])
    if not sheet.reports and not any(group.lines for group in sheet.groups):
        yield ThaiParagraph(typesetter, "วันนี้ไม่มีงานค้าง", FACT)


def _group(group: WorkGroup, typesetter: Typesetter) -> Iterator[Flowable]:
    yield CondPageBreak(ROOM_FOR_A_TABLE)
    yield ThaiParagraph(typesetter, f"{group.title} {len(group.lines):,} เรื่อง", HEADING)
    if group.lines:
        yield RowsTable(typesetter, COLUMNS, [_row(line) for line in group.lines])


def _row(line: WorkLine) -> Row:
    matter = "\n".join(text for text in (line.subject, line.place, line.unit) if text)
    return Row((TickBox(), line.what, line.number, matter))


class TickBox(Flowable):
    """An empty box to tick by hand."""

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The column's width, a line's height."""
        self.width, self.height = available_width, BOX + 4
        return self.width, self.height

    def draw(self) -> None:
        """Draws the box in the middle."""
        self.canv.saveState()
        self.canv.setStrokeGray(0.3)
        self.canv.setLineWidth(0.7)
        self.canv.rect((self.width - BOX) / 2, 1, BOX, BOX)
        self.canv.restoreState()
