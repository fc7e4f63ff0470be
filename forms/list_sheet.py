"""The list as it is on the screen, on paper: its columns and rows as texts, in the same order."""

from pathlib import Path

from desktop.domain.thai_dates import short_date
from desktop.domain.work_papers import ListSheet
from forms.annex_look import CELL, FACT, LYING, paper_section
from forms.reportlab_door import Flowable
from forms.rows_table import Column, Row, RowsTable
from forms.thai_document import A4, document_pdf
from forms.thai_paragraph import ThaiParagraph
from forms.typesetting import load_typesetter

WIDTH = A4[1] - LYING.left - LYING.right


def list_sheet_pdf(sheet: ListSheet, fonts: Path, words: Path) -> bytes:
    """The list as a PDF file, lying."""
    typesetter = load_typesetter(fonts, words)
    told = f"{len(sheet.rows):,} เรื่อง" + (f" {sheet.remark}" if sheet.remark else "")
    story: list[Flowable] = [ThaiParagraph(typesetter, told, FACT)]
    if sheet.rows and sheet.columns:
        whole = sum(column.share for column in sheet.columns)
        columns = [Column(column.title, WIDTH * column.share / whole) for column in sheet.columns]
        story.append(RowsTable(typesetter, columns, [Row(row) for row in sheet.rows], CELL))
    foot = f"{sheet.office} · {sheet.title} · พิมพ์เมื่อ {short_date(sheet.printed_on)}"
    section = paper_section(story, typesetter, head=sheet.title, foot=foot, entry=sheet.title, landscape=True)
    return document_pdf([section], sheet.title, author=sheet.office, on=sheet.printed_on)


def list_sheet_texts(sheet: ListSheet) -> tuple[str, ...]:
    """Every text of the list, to be searched for characters the fonts lack."""
    return (sheet.title, sheet.remark, *(text for row in sheet.rows for text in row))
