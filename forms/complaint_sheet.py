"""One complaint on paper: every field, then its line of time with the reason of each day."""

from pathlib import Path

from desktop.domain.thai_dates import long_date, short_date
from desktop.domain.work_papers import ComplaintSheet, Turn
from forms.annex_look import FACT, HEADING, UPRIGHT, paper_section
from forms.reportlab_door import CondPageBreak, Flowable
from forms.rows_table import Column, Row, RowsTable
from forms.thai_document import A4, document_pdf
from forms.thai_paragraph import ThaiParagraph
from forms.typesetting import load_typesetter

WIDTH = A4[0] - UPRIGHT.left - UPRIGHT.right
FACT_COLUMNS = (Column("", WIDTH * 0.32, strong=True), Column("", WIDTH * 0.68))
TURN_COLUMNS = (
    Column("รายการ", WIDTH * 0.16),
    Column("กำหนด", WIDTH * 0.17),
    Column("ทำเมื่อ", WIDTH * 0.17),
    Column("สถานะ", WIDTH * 0.13),
    Column("เหตุผล", WIDTH * 0.37),
)
ROOM_FOR_A_TABLE = 110.0


def complaint_sheet_pdf(sheet: ComplaintSheet, fonts: Path, words: Path) -> bytes:
    """The complaint as a PDF file."""
    typesetter = load_typesetter(fonts, words)
    title = f"เรื่องร้องทุกข์ เลขที่รับแจ้ง {sheet.number}"
    story: list[Flowable] = [
        ThaiParagraph(typesetter, f"ตามที่เป็นอยู่ ณ วันที่ {long_date(sheet.on)}", FACT),
        RowsTable(typesetter, FACT_COLUMNS, [Row((fact.label, fact.text)) for fact in sheet.facts]),
        CondPageBreak(ROOM_FOR_A_TABLE),
        ThaiParagraph(typesetter, "เส้นเวลา", HEADING),
        RowsTable(typesetter, TURN_COLUMNS, [_row(turn) for turn in sheet.turns]),
    ]
    foot = f"{sheet.office} · เรื่องเลขที่ {sheet.number} · พิมพ์เมื่อ {short_date(sheet.printed_on)}"
    section = paper_section(story, typesetter, head=title, foot=foot, entry=title)
    return document_pdf([section], title, author=sheet.office, on=sheet.printed_on)


def complaint_texts(sheet: ComplaintSheet) -> tuple[str, ...]:
    """Every text of the sheet, to be searched for characters the fonts lack."""
    return (sheet.number, *(fact.text for fact in sheet.facts))


def _row(turn: Turn) -> Row:
    return Row((turn.title, turn.due, turn.done, turn.state, "\n".join(turn.reasons)))
