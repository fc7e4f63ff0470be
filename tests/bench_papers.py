"""The papers that are measured: the official form of four months, and a long table of complaints in Thai paragraphs."""

from dataclasses import replace
from datetime import date

from desktop import paths
from desktop.domain.months import Month
from desktop.domain.project_record import starting_record
from desktop.domain.report_sheet import ReportBlock, ReportSheet
from desktop.services.demo import FOUR_MONTHS, MATTERS, PLACES
from forms.reportlab_door import Table
from forms.thai_document import CENTIMETRE, Section, document_pdf
from forms.thai_paragraph import ThaiParagraph
from forms.typesetting import ThaiStyle, load_typesetter

LAST_DAYS = (date(2019, 10, 31), date(2019, 11, 30), date(2019, 12, 24), date(2020, 1, 28))
WIDTHS = tuple(width * CENTIMETRE for width in (1.0, 2.4, 2.2, 3.6, 4.2, 2.6))
SMALL = ThaiStyle(size=9.5, leading=16)


def four_months() -> ReportSheet:
    """The sheet of the official form's example: four monthly reports on four pages."""
    project = replace(starting_record(2563), responsible="เจ้าหน้าที่ผู้รับผิดชอบ", responsible_telephone="1234")
    blocks = tuple(
        ReportBlock(Month.of(each.first), 1, each.drawn_on, each.first, last, each.received, each.completed)
        for each, last in zip(FOUR_MONTHS, LAST_DAYS, strict=True)
    )
    return ReportSheet(project, blocks)


def table_pdf(rows: int) -> bytes:
    """A stand-in for the annex, which the program does not draw yet: its complaints, row by row, over many pages."""
    typesetter = load_typesetter(paths.fonts_folder(), paths.words_folder())
    cells = [[ThaiParagraph(typesetter, text, SMALL) for text in _texts(row)] for row in range(1, rows + 1)]
    table = Table(cells, colWidths=WIDTHS, splitInRow=1)
    return document_pdf([Section((table,))], "ภาคผนวก", "สำนักงานเขต", FOUR_MONTHS[-1].drawn_on)


def _texts(row: int) -> tuple[str, ...]:
    """A row as an annex tells it: place, number, day, matter, what was found, what was done."""
    matter, place = MATTERS[row % len(MATTERS)], PLACES[row % len(PLACES)]
    detail = f"ผู้ร้องแจ้งว่า{matter.subject}บริเวณ{place} ขอให้สำนักงานเขตตรวจสอบและแก้ไข (เรื่องที่ {row})"
    return str(row), f"2562-{row:05d}", "28 ต.ค. 2562", f"{matter.subject} {place}", detail, f"{matter.action} แล้วเสร็จ"
