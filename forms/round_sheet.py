"""รอบติดตามวันที่ 15/30 on paper: for each unit the complaints to visit, by place, with room to write."""

from pathlib import Path

from desktop.domain.thai_dates import day_and_month, long_date, short_date
from desktop.domain.work_papers import RoundGroup, RoundLine, RoundSheet
from forms.annex_look import FACT, UPRIGHT, paper_section
from forms.reportlab_door import Flowable
from forms.rows_table import BESIDE, Column, Row, RowsTable
from forms.thai_document import A4, Section, document_pdf
from forms.thai_paragraph import ThaiParagraph
from forms.typesetting import Typesetter, load_typesetter

WIDTH = A4[0] - UPRIGHT.left - UPRIGHT.right
COLUMNS = (
    Column("เลขที่รับแจ้ง / กำหนด", WIDTH * 0.19),
    Column("สถานที่ / เรื่อง / รายงานล่าสุด", WIDTH * 0.41),
    Column("ผลการติดตาม (วันที่และข้อความ)", WIDTH * 0.40),
)
NO_UNIT = "ไม่ระบุหน่วยงาน"
LINES_TO_WRITE = 3
WRITING_HEIGHT = 22.0  # points between two lines to write on


def round_sheet_pdf(sheet: RoundSheet, fonts: Path, words: Path) -> bytes:
    """The round as a PDF file; each unit begins a page of its own, to be handed out."""
    typesetter = load_typesetter(fonts, words)
    title = f"รอบติดตามผลวันที่ {long_date(sheet.checkpoint)}"
    groups = sheet.groups or (RoundGroup("", ()),)
    sections = [_section(group, sheet, title, typesetter) for group in groups]
    return document_pdf(sections, title, author=sheet.office, on=sheet.printed_on)


def round_texts(sheet: RoundSheet) -> tuple[str, ...]:
    """Every text of the round that a person typed."""
    lines = [line for group in sheet.groups for line in group.lines]
    return tuple(
        text
        for line in lines
        for text in (line.number, *line.types, line.subject, line.place, line.latest, line.complainant, line.telephone)
    ) + tuple(group.unit for group in sheet.groups)


def _section(group: RoundGroup, sheet: RoundSheet, title: str, typesetter: Typesetter) -> Section:
    unit = group.unit or NO_UNIT
    story: list[Flowable] = []
    if group.lines:
        story.append(ThaiParagraph(typesetter, f"{unit} {len(group.lines):,} เรื่อง เรียงตามสถานที่", FACT))
        story.append(RowsTable(typesetter, COLUMNS, [_row(line, typesetter) for line in group.lines]))
    else:
        story.append(ThaiParagraph(typesetter, "ไม่มีเรื่องที่ต้องติดตามในรอบนี้", FACT))
    foot = f"{sheet.office} · รอบติดตามผล {short_date(sheet.checkpoint)} · พิมพ์เมื่อ {short_date(sheet.printed_on)}"
    return paper_section(story, typesetter, head=title, foot=foot, entry=unit if group.lines else title)


def _row(line: RoundLine, typesetter: Typesetter) -> Row:
    latest = f"ล่าสุด : {line.latest}" if line.latest else "ยังไม่มีรายงาน"
    told = [line.place, f"{', '.join(line.types)} {line.subject}".strip(), latest]
    caller = " โทร. ".join(text for text in (line.complainant, line.telephone) if text)
    if caller:
        told.append(f"ผู้ร้อง : {caller}")
    return Row(
        (
            f"{line.number}\nกำหนด {day_and_month(line.due)}",
            "\n".join(text for text in told if text),
            LinesToWrite(LINES_TO_WRITE),
        )
    )


class LinesToWrite(Flowable):
    """Dotted lines to write on by hand."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The column's width."""
        self.width, self.height = available_width, self._count * WRITING_HEIGHT
        return self.width, self.height

    def draw(self) -> None:
        """Draws the lines."""
        self.canv.saveState()
        self.canv.setStrokeGray(0.5)
        self.canv.setLineWidth(0.5)
        self.canv.setDash([1, 2])
        for row in range(self._count):
            y = row * WRITING_HEIGHT + BESIDE
            self.canv.line(0, y, self.width, y)
        self.canv.restoreState()
