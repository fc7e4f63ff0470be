"""A spreadsheet file as rows of raw cells, whatever its layout: one snapshot of its bytes, read once.

Rows are numbered as a spreadsheet numbers them: the first record is 1, blank ones keep their number and are left out.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from desktop.exchange.file_kinds import is_package, refuse_markup, refuse_other_kinds
from desktop.exchange.formula_guard import unguard_row
from desktop.exchange.raw_cells import MOST_ROWS, TITLE_ROWS, Cell, ErrorCell, NumberedRow, is_filled, too_many_rows
from desktop.exchange.refusals import FileRefused
from desktop.exchange.text_decoding import decode

MOST_BYTES = 500_000_000
DELIMITERS = (",", ";", "\t", "|")
_ROWS_COMPARED = 5  # that tell the delimiter
_END = "\x00end of file\x00"  # swallowed by a quote that nobody closed

__all__ = ["Cell", "ErrorCell", "NumberedRow", "Sheet", "read_sheet"]


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in its file: headings as written, rows of raw cells below them."""

    name: str  # of the file, without its folder
    headings: tuple[str, ...]
    heading_row: int
    rows: Sequence[NumberedRow]
    sha256: str
    epoch_1904: bool = False  # how the workbook counts days, for numbers that stand for dates
    remarks: tuple[str, ...] = ()  # what the officer should know of the file as a whole


def read_sheet(path: Path) -> Sheet:
    """Reads a .csv or .xlsx (told by content, not by name); raises FileRefused for what cannot be read at all."""
    data = _snapshot(path)
    refuse_other_kinds(data)
    sha256 = hashlib.sha256(data).hexdigest()
    if is_package(data):
        from desktop.exchange.workbook_reading import read_workbook  # zip and XML are no part of the program's start

        book = read_workbook(data)
        rows, epoch_1904, remarks = book.rows, book.epoch_1904, book.remarks
    else:
        rows, epoch_1904, remarks = _read_text(data), False, ()
    if not rows:
        raise FileRefused("แฟ้มนี้ไม่มีข้อมูลในตาราง โปรดเลือกแฟ้มที่มีหัวตารางและข้อมูล")
    heading = _heading_index(rows)
    if len(rows) - heading - 1 > MOST_ROWS:
        raise too_many_rows()
    number, cells = rows[heading]
    headings = tuple(cell if isinstance(cell, str) else str(cell) for cell in cells)
    return Sheet(path.name, headings, number, rows[heading + 1 :], sha256, epoch_1904, remarks)


def _snapshot(path: Path) -> bytes:
    if path.name.startswith("~$"):
        raise FileRefused("นี่คือแฟ้มชั่วคราวของ Excel โปรดเลือกแฟ้มตัวจริงที่ชื่อไม่ขึ้นต้นด้วย ~$")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileRefused(f"แฟ้มนี้ใหญ่เกิน {MOST_BYTES // 1_000_000} MB โปรดแบ่งเป็นหลายแฟ้ม")
        return path.read_bytes()
    except FileNotFoundError:
        raise FileRefused(f"ไม่พบแฟ้ม {path.name} โปรดตรวจชื่อและโฟลเดอร์") from None
    except IsADirectoryError:
        raise FileRefused(f"{path.name} เป็นโฟลเดอร์ โปรดเลือกแฟ้ม .xlsx หรือ .csv") from None
    except PermissionError:
        raise FileRefused(f"เปิดแฟ้ม {path.name} ไม่ได้ อาจเปิดค้างอยู่ในโปรแกรมอื่น โปรดปิดแล้วลองใหม่") from None
    except OSError as error:
        raise FileRefused(f"อ่านแฟ้ม {path.name} ไม่ได้ ({error.strerror}) โปรดคัดลอกมาไว้ในเครื่องแล้วลองใหม่") from error


def _heading_index(rows: Sequence[NumberedRow]) -> int:
    """The first row with two filled cells: above it stand titles."""
    for index, (_, cells) in enumerate(rows[:TITLE_ROWS]):
        if sum(is_filled(cell) for cell in cells) > 1:
            return index
    return 0


def _read_text(data: bytes) -> list[NumberedRow]:
    text = decode(data)
    refuse_markup(text)
    if told := re.match(r'"?sep=([,;\t|])"?(?:\r\n|\r|\n)', text):
        text, delimiter = text[told.end() :], told[1]
    else:
        delimiter = _delimiter(text)
    guarded = "'" in text or "#" in text
    rows: list[NumberedRow] = []
    number = 0
    for number, record in enumerate(_records(text, delimiter), 1):
        if len(rows) > MOST_ROWS + TITLE_ROWS:
            raise too_many_rows()
        if any(map(str.strip, record)):
            rows.append((number, unguard_row(record) if guarded else tuple(record)))
    if not rows or rows[-1][1] != (_END,):
        raise FileRefused(f'แถวที่ {number} มีเครื่องหมายคำพูด (") ที่เปิดแล้วไม่ปิด โปรดแก้แล้วบันทึกใหม่')
    return rows[:-1]


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """The records of a text, lines ending in CR, LF or both, and the end mark as a record of its own."""
    csv.field_size_limit(MOST_BYTES)  # a field too long is a fault of its row, not of the file
    return csv.reader(chain(_lines(text), [_END]), delimiter=delimiter)


def _lines(text: str) -> Iterator[str]:
    if text.count("\r") != text.count("\r\n"):
        yield from io.StringIO(text, newline="")  # it knows a lone CR, at the price of a copy
        return
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _delimiter(text: str) -> str:
    """The delimiter that cuts the headings, the first record that can be cut at all, and the rows below them."""
    return max(DELIMITERS, key=lambda delimiter: _widths(text[:100_000], delimiter))


def _widths(text: str, delimiter: str) -> tuple[int, int, int]:
    """How early the headings come, how many columns the rows below have, how many the headings; more is better."""
    records = list(islice(_records(text, delimiter), TITLE_ROWS + _ROWS_COMPARED))[:-1]  # without the end mark
    for index, record in enumerate(records[:TITLE_ROWS]):
        if len(record) > 1 and any(record):
            below = sorted(len(row) for row in records[index + 1 : index + 1 + _ROWS_COMPARED] if any(row))
            return -index, below[len(below) // 2] if below else len(record), len(record)
    return -TITLE_ROWS, 1, 1
