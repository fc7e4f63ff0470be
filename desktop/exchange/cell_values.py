"""One raw cell into one value: a text, a number written as text, a day. Unclear cells raise CellRefused in Thai."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from desktop.domain.day_order import EARLIEST_DAY
from desktop.domain.thai_dates import DateRefused, gregorian_year, parse_date, parse_time, short_date
from desktop.domain.thai_text import clean_line
from desktop.exchange.quick_cleaning import tidy_line, tidy_lines
from desktop.exchange.raw_cells import Cell, ErrorCell
from desktop.exchange.refusals import CellRefused

MOST_CHARACTERS = 32_767  # what a spreadsheet's cell can hold
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eE][+-]\d+")
_LONGEST_DATE = 60  # characters
_SHOWN_SCIENTIFIC = 1e11  # from here on a spreadsheet shows a number as 1.1E+11
_DIGITS_LOST = 1e15  # a spreadsheet keeps 15 digits
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_HALF_MILLISECOND = 0.5 / 86_400_000  # a midnight worked out by a formula falls short by less


def text_of(cell: Cell) -> str:
    """The cell as text, uncleaned; refuses cells in error, cells too long and characters lost before they came here."""
    if isinstance(cell, str):
        if len(cell) > MOST_CHARACTERS:
            raise CellRefused(f"ข้อความยาว {len(cell):,} ตัวอักษร เกิน {MOST_CHARACTERS:,} ที่เซลล์เก็บได้ โปรดย่อให้สั้นลง")
        if not cell.isascii() and "\ufffd" in cell:
            raise CellRefused("มีตัวอักษรที่เสียมาก่อน (\ufffd) โปรดแก้ข้อความในแฟ้ม")
        return cell
    return _written(cell)


def _written(cell: Cell) -> str:
    if isinstance(cell, ErrorCell):
        raise CellRefused(f"เซลล์มีค่าผิดพลาด {cell.code} โปรดแก้หรือลบค่านั้นในแฟ้ม")
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, date):
        return short_date(_day_of_real_date(cell))
    return f"{cell:%H:%M}" if isinstance(cell, time) else str(cell)


def line_of(cell: Cell) -> str:
    """A short field: one clean line."""
    return tidy_line(text_of(cell))


def lines_of(cell: Cell) -> str:
    """A long field: clean text, its lines kept."""
    return tidy_lines(text_of(cell))


def number_of(cell: Cell) -> str:
    """A complaint number; refuses what a spreadsheet has turned into another number, a date or an error."""
    if not isinstance(cell, str):
        _refuse_turned(cell)
    number = line_of(cell)
    if ("+" in number or "-" in number) and _SCIENTIFIC.fullmatch(number):
        raise CellRefused(f"“{number}” เป็นตัวเลขที่ถูกย่อ เลขบางหลักหายไปแล้ว โปรดจัดเซลล์เป็นข้อความแล้วพิมพ์เลขที่ใหม่")
    return number


def _refuse_turned(cell: Cell) -> None:
    if isinstance(cell, date | time | timedelta):
        raise CellRefused("เป็นวันที่หรือเวลา ไม่ใช่เลขที่ โปรดจัดเซลล์เป็นข้อความแล้วพิมพ์เลขที่ใหม่")
    if isinstance(cell, bool):
        raise CellRefused("เป็นค่า TRUE/FALSE ไม่ใช่เลขที่ โปรดจัดเซลล์เป็นข้อความแล้วพิมพ์เลขที่ใหม่")
    if isinstance(cell, int | float) and not (float(cell).is_integer() and abs(cell) < _DIGITS_LOST):
        raise CellRefused(f"เป็นตัวเลข {cell!r} ที่เลขบางหลักอาจหายไป โปรดจัดเซลล์เป็นข้อความแล้วพิมพ์เลขที่ใหม่")


def number_oddity(cell: Cell) -> str | None:
    """What to check of a number or telephone cell although it is taken; one Thai sentence or None."""
    if isinstance(cell, str):
        return _written_oddity(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    if abs(cell) >= _SHOWN_SCIENTIFIC:
        return f"เป็นตัวเลขที่ตารางแสดงแบบย่อ (เช่น 1.1E+12) อ่านได้ {_written(float(cell))} โปรดตรวจว่าครบทุกหลัก"
    return None


def _written_oddity(text: str) -> str | None:
    digits = text.strip()
    if _SCIENTIFIC.fullmatch(digits):
        return f"“{digits}” เป็นตัวเลขที่ถูกย่อ เลขบางหลักหายไปแล้ว โปรดแก้ให้ถูกต้อง"
    if _is_citizen_number(digits):
        return "เป็นเลขประจำตัวประชาชน 13 หลัก โปรดตรวจว่าใส่ถูกช่อง"
    return None


def telephone_oddity(cell: Cell) -> str | None:
    """The same of a telephone number, which a spreadsheet also robs of its leading zero."""
    if isinstance(cell, float | int) and not isinstance(cell, bool) and 10_000_000 <= cell < 1_000_000_000:
        return f"เป็นตัวเลข {_written(cell)} เลข 0 ตัวหน้าอาจหายไป โปรดตรวจ"
    return number_oddity(cell)


def _is_citizen_number(digits: str) -> bool:
    """Thirteen digits whose last one checks the others (modulo 11)."""
    if len(digits) != 13 or not (digits.isascii() and digits.isdigit()):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:12], range(13, 1, -1), strict=True))
    return (11 - total % 11) % 10 == int(digits[12])


def day_of(cell: Cell, epoch_1904: bool) -> date:
    """The day of a date cell: a real date, a number of days in the workbook's own count, or text in either era."""
    if isinstance(cell, str):
        return day_of_text(text_of(cell))
    if isinstance(cell, date):
        return _day_of_real_date(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _day_of_serial(float(cell), epoch_1904)
    raise CellRefused(f"“{_written(cell)}” ไม่ใช่วันที่ โปรดพิมพ์เช่น 28/1/2563")


@lru_cache(maxsize=65_536)
def day_of_text(text: str) -> date:
    """The day a text tells, a time of day after it left aside; raises CellRefused."""
    written = clean_line(text)
    if len(written) > _LONGEST_DATE:
        raise CellRefused(f"“{written[:20]}…” ยาวเกินกว่าจะเป็นวันที่ โปรดพิมพ์เช่น 28/1/2563")
    try:
        return parse_date(written)
    except DateRefused as refused:
        try:
            return parse_time(written).date()
        except DateRefused:
            raise CellRefused(str(refused)) from None


def _day_of_real_date(cell: date) -> date:
    """A real date; one typed with a Buddhist year means that year (the spreadsheet took it for a Gregorian one)."""
    if isinstance(cell, datetime):
        cell = cell.date()
    try:
        return cell.replace(year=gregorian_year(cell.year))
    except DateRefused as unclear:
        raise CellRefused(str(unclear)) from None
    except ValueError:
        raise CellRefused(f"{cell.day}/{cell.month}/{cell.year} ไม่มีวันนี้ในปฏิทิน โปรดตรวจวันและเดือน") from None


def _day_of_serial(number: float, epoch_1904: bool) -> date:
    try:
        day = _day_of_real_date(_EPOCHS[epoch_1904] + timedelta(days=int(number + _HALF_MILLISECOND)))
    except (OverflowError, ValueError, CellRefused):
        day = date.min
    if day < EARLIEST_DAY:  # 2563, 28 or 25630128 as a bare number is no day
        raise CellRefused(f"ตัวเลข {_written(number)} ไม่ใช่วันที่ โปรดพิมพ์เช่น 28/1/2563")
    return day
