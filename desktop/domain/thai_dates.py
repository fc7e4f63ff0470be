"""Thai dates both ways: พ.ศ. for people, ``datetime.date`` (Gregorian) for the program.

Source: rules.md, "Words": a typed year of 2400–2700 is Buddhist, 1900–2100 Gregorian, anything else is
refused or asked about, never guessed.
"""

import re
from datetime import date, datetime, timedelta, timezone

ERA_OFFSET = 543  # พ.ศ. = ค.ศ. + 543, true of every day since 1 January 2484
BUDDHIST_YEARS = range(2400, 2701)
GREGORIAN_YEARS = range(1900, 2101)
BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")  # fixed: Windows has no time-zone data

SHORT_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
LONG_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_WEEKDAYS = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
LONG_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")

_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_MONTH_NUMBERS = {
    re.sub(r"\.", "", name): number for names in (SHORT_MONTHS, LONG_MONTHS) for number, name in enumerate(names, 1)
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{1,9})")
_WORDED = re.compile(r"(\d{1,2})\s*([ก-๙.]+?)\s*(?:พ\.?ศ\.?\s*|ค\.?ศ\.?\s*)?(\d{1,9})")
_TIME = re.compile(r"(.+?)[T ]\s*(\d{1,2})[:.](\d{2})(?::(\d{2}))?")


class DateRefused(ValueError):
    """A text that is no date of either era; the message is one Thai sentence for the officer."""


class YearUnclear(DateRefused):
    """The day and month are plain but the year fits neither era: ask, with ``choices``, never guess."""

    def __init__(self, message: str, choices: tuple[date, ...] = ()) -> None:
        super().__init__(message)
        self.choices = choices


def arabic_digits(text: str) -> str:
    """The text with Thai digits turned into 0–9."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """The text with 0–9 turned into Thai digits."""
    return text.translate(_TO_THAI)


def gregorian_year(typed: int) -> int:
    """The Gregorian year of a typed year of either era; raises YearUnclear for any other."""
    if typed in BUDDHIST_YEARS:
        return typed - ERA_OFFSET
    if typed in GREGORIAN_YEARS:
        return typed
    raise YearUnclear(f"ปี {typed} ไม่ชัดเจนว่าเป็น พ.ศ. หรือ ค.ศ. โปรดพิมพ์ปีเต็มสี่หลัก เช่น 2563")


def parse_date(text: str) -> date:
    """The day a person wrote, in either era, with Thai or Arabic digits.

    Takes ``2563-01-28``, ``28/1/2563``, ``28 ม.ค. 2563``, ``28 มกราคม พ.ศ. 2563``. Raises YearUnclear when
    only the year is in doubt (63, 2200), DateRefused for anything that is no day.
    """
    plain = arabic_digits(" ".join(text.split()))
    if match := _ISO.fullmatch(plain):
        year, month, day = (int(part) for part in match.groups())
    elif match := _SLASHED.fullmatch(plain):
        day, month, year = (int(part) for part in match.groups())
    elif match := _WORDED.fullmatch(plain):
        named = _MONTH_NUMBERS.get(match[2].replace(".", ""))
        if named is None:
            raise DateRefused(f"“{text}” ไม่ใช่วันที่ที่อ่านได้ พิมพ์เช่น 28/1/2563")
        day, month, year = int(match[1]), named, int(match[3])
    else:
        raise DateRefused(f"“{text}” ไม่ใช่วันที่ที่อ่านได้ พิมพ์เช่น 28/1/2563")
    try:
        gregorian = gregorian_year(year)
    except YearUnclear:
        told = f"ปีของ “{text}” ไม่ชัดเจนว่าเป็น พ.ศ. หรือ ค.ศ. โปรดพิมพ์ปีเต็มสี่หลัก เช่น 2563"
        raise YearUnclear(told, _year_choices(year, month, day)) from None
    try:
        return date(gregorian, month, day)
    except ValueError:
        raise DateRefused(f"“{text}” ไม่มีวันนี้ในปฏิทิน โปรดตรวจวันและเดือน") from None


def _year_choices(year: int, month: int, day: int) -> tuple[date, ...]:
    """The days a two-digit year may stand for, the Buddhist reading first."""
    if year > 99:
        return ()
    choices = []
    for gregorian in (2500 + year - ERA_OFFSET, 2000 + year):
        try:
            choices.append(date(gregorian, month, day))
        except ValueError:
            continue
    return tuple(choices)


def parse_month(text: str) -> tuple[int, int]:
    """(Gregorian year, month) of ``2563-01`` or ``1/2563`` in either era; raises DateRefused."""
    plain = arabic_digits(text.strip())
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})", plain):
        year, month = int(match[1]), int(match[2])
    elif match := re.fullmatch(r"(\d{1,2})/(\d{1,9})", plain):
        year, month = int(match[2]), int(match[1])
    else:
        raise DateRefused(f"“{text}” ไม่ใช่เดือนที่อ่านได้ พิมพ์เช่น 2563-01 หรือ 1/2563")
    if not 1 <= month <= 12:
        raise DateRefused(f"“{text}” ไม่มีเดือนนี้ เดือนคือ 1 ถึง 12")
    return gregorian_year(year), month


def parse_time(text: str) -> datetime:
    """A Bangkok date and time such as ``2563-01-02T10:00`` in either era; raises DateRefused."""
    match = _TIME.fullmatch(arabic_digits(text.strip()))
    if match is None:
        raise DateRefused(f"“{text}” ไม่ใช่วันเวลาที่อ่านได้ พิมพ์เช่น 2563-01-02T10:00")
    day = parse_date(match[1])
    try:
        return datetime(day.year, day.month, day.day, int(match[2]), int(match[3]), int(match[4] or 0), tzinfo=BANGKOK)
    except ValueError:
        raise DateRefused(f"“{text}” ไม่มีเวลานี้ ชั่วโมงคือ 00 ถึง 23 นาทีคือ 00 ถึง 59") from None


def buddhist_year(day: date) -> int:
    """The Buddhist calendar year of a day."""
    return day.year + ERA_OFFSET


def short_date(day: date) -> str:
    """``28 ม.ค. 2563``"""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {buddhist_year(day)}"


def day_and_month(day: date) -> str:
    """``28 ม.ค.``: for places where the year is plain."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]}"


def slashed_date(day: date) -> str:
    """``28/1/2563``, as the official form writes the day a report was drawn up."""
    return f"{day.day}/{day.month}/{buddhist_year(day)}"


def long_date(day: date) -> str:
    """``28 มกราคม 2563``"""
    return f"{day.day} {LONG_MONTHS[day.month - 1]} {buddhist_year(day)}"


def weekday_date(day: date) -> str:
    """``อ. 28 ม.ค. 2563``"""
    return f"{SHORT_WEEKDAYS[day.weekday()]} {short_date(day)}"


def month_name(year: int, month: int) -> str:
    """``มกราคม 2563`` of a Gregorian year and month."""
    return f"{LONG_MONTHS[month - 1]} {year + ERA_OFFSET}"


def short_month_name(year: int, month: int) -> str:
    """``ม.ค. 2563`` of a Gregorian year and month."""
    return f"{SHORT_MONTHS[month - 1]} {year + ERA_OFFSET}"
