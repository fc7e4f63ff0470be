"""What an officer types in a date field: a full date in either era, a short one, or days from today.

Two-digit years are never guessed: ``YearUnclear`` carries the days to ask about (``thai_dates``).
"""

import re
from datetime import date, timedelta

from desktop.domain.day_order import EARLIEST_DAY
from desktop.domain.thai_dates import (
    LONG_WEEKDAYS,
    SHORT_WEEKDAYS,
    DateRefused,
    YearUnclear,
    arabic_digits,
    buddhist_year,
    parse_date,
    short_date,
)

LATEST_DAY = date(2157, 12, 31)  # the last day of พ.ศ. 2700, the last year a typed date may bear
_NAMED = {"วันนี้": 0, "เมื่อวาน": -1, "เมื่อวานนี้": -1, "พรุ่งนี้": 1, "วันพรุ่งนี้": 1}
_FROM_TODAY = re.compile(r"([+\-])\s?(\d{1,5})")
_NO_YEAR = re.compile(r"\d{1,2}[/.\-]\d{1,2}")
_NO_YEAR_WORDED = re.compile(r"\d{1,2}\s*[ก-๙][ก-๙.]*")
_WEEKDAY = re.compile(rf"(?:วัน)?({'|'.join(map(re.escape, (*LONG_WEEKDAYS, *SHORT_WEEKDAYS)))})(?:ที่)?\s*(?=\d)")


def read_typed(text: str, today: date) -> date | None:
    """The day a person typed; None for a blank text.

    Besides what ``parse_date`` takes: ``+3`` and ``-2`` (days from today), ``5/2`` and ``5 ก.พ.`` (this year), วันนี้,
    เมื่อวาน, พรุ่งนี้, and a weekday in front, which must agree. Raises YearUnclear or DateRefused.
    """
    plain = re.sub(r"\s*/\s*", "/", arabic_digits(" ".join(text.split())).replace("−", "-"))
    if not plain:
        return None
    if plain in _NAMED:
        return today + timedelta(days=_NAMED[plain])
    if match := _FROM_TODAY.fullmatch(plain):
        steps = int(match[2])
        return _within(today, steps if match[1] == "+" else -steps, text)
    weekday, plain = _without_weekday(plain)
    if _NO_YEAR.fullmatch(plain):
        plain = f"{plain}/{buddhist_year(today)}".replace(".", "/").replace("-", "/")
    elif _NO_YEAR_WORDED.fullmatch(plain):
        plain = f"{plain} {buddhist_year(today)}"
    return _fitting(_parsed(plain, text), weekday, text)


def days_after(day: date, steps: int) -> date:
    """The day some steps later (earlier: negative), never outside what a date field takes."""
    span = max((EARLIEST_DAY - day).days, min(steps, (LATEST_DAY - day).days))
    return day + timedelta(days=span)


def was_typed_gregorian(text: str, day: date) -> bool:
    """Whether the text bore the Gregorian year of the day it was read as."""
    return str(day.year) in re.findall(r"\d+", arabic_digits(text))


def _within(today: date, steps: int, text: str) -> date:
    day = days_after(today, steps)
    if day != today + timedelta(days=steps):
        raise DateRefused(f"“{text}” ไกลเกินไป พิมพ์วันที่เต็มเช่น 28/1/2563")
    return day


def _without_weekday(plain: str) -> tuple[int | None, str]:
    match = _WEEKDAY.match(plain)
    if match is None:
        return None, plain
    names = LONG_WEEKDAYS if match[1] in LONG_WEEKDAYS else SHORT_WEEKDAYS
    return names.index(match[1]), plain[match.end() :]


def _parsed(plain: str, text: str) -> date:
    """``parse_date``, with its message naming the text as it was typed."""
    try:
        return parse_date(plain)
    except YearUnclear:
        raise
    except DateRefused as refused:
        raise DateRefused(str(refused).replace(f"“{plain}”", f"“{text.strip()}”")) from None


def _fitting(day: date, weekday: int | None, text: str) -> date:
    if day < EARLIEST_DAY:
        raise DateRefused(f"{short_date(day)} เก่าเกินไป ต้องไม่ก่อน {short_date(EARLIEST_DAY)} โปรดตรวจปี")
    if weekday is not None and weekday != day.weekday():
        right = LONG_WEEKDAYS[day.weekday()]
        raise DateRefused(f"“{text.strip()}” ไม่ตรงกัน {short_date(day)} เป็นวัน{right} โปรดตรวจวันที่")
    return day
