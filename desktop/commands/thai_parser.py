"""The argument parser in Thai: its usage, its errors, and the kinds of values commands take."""

import argparse
import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from desktop.domain.months import Month
from desktop.domain.thai_dates import BUDDHIST_YEARS, DateRefused, arabic_digits, parse_date, parse_month, parse_time

WRONG_COMMAND_LINE = 2

_WORDS = {
    "usage: ": "วิธีใช้: ",
    "options": "ตัวเลือก",
    "positional arguments": "คำสั่งและค่าที่ต้องให้",
    "show this help message and exit": "แสดงวิธีใช้แล้วจบ",
    "show program's version number and exit": "แสดงรุ่นของโปรแกรมแล้วจบ",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "ยังขาดค่า %s",
    "one of the arguments %s is required": "ต้องให้ค่าใดค่าหนึ่งของ %s",
    "unrecognized arguments: %s": "ไม่รู้จัก %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "ไม่มี %(value)r ให้เลือกได้คือ %(choices)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "ไม่มีคำสั่ง %(parser_name)r คำสั่งที่มีคือ %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r ไม่ใช่ค่าที่ใช้ได้",
    "expected one argument": "ต้องมีค่าหนึ่งค่าตามหลัง",
    "expected at least one argument": "ต้องมีค่าอย่างน้อยหนึ่งค่าตามหลัง",
    "expected at most one argument": "มีค่าตามหลังได้ไม่เกินหนึ่งค่า",
    "ignored explicit argument %r": "ตัวเลือกนี้ไม่รับค่า %r",
    "not allowed with argument %s": "ใช้พร้อมกับ %s ไม่ได้",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s อาจหมายถึง %(matches)s โปรดพิมพ์ให้เต็ม",
    "%(prog)s: error: %(message)s\n": "%(message)s\n",
}


def speak_thai() -> None:
    """Have the standard library's parser speak Thai: it asks these two functions for every word it prints."""
    asked = {
        "_": lambda text: _WORDS.get(text, text),
        "ngettext": lambda one, many, n: _WORDS.get(one if n == 1 else many, one if n == 1 else many),
    }
    for name, answer in asked.items():
        setattr(argparse, name, answer)


class ThaiParser(argparse.ArgumentParser):
    """A parser that answers a wrong command line with its usage and one Thai sentence, and state 2."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["allow_abbrev"] = False
        super().__init__(**kwargs)

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong, then end."""
        self.print_usage(sys.stderr)
        self.exit(WRONG_COMMAND_LINE, f"คำสั่งไม่ถูกต้อง: {message}\n")


def _refusing(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    def parsed(text: str) -> Any:
        try:
            return parse(text)
        except DateRefused as refused:
            raise argparse.ArgumentTypeError(str(refused)) from None

    return parsed


def _month(text: str) -> Month:
    return Month(*parse_month(text))


DATE: Callable[[str], date] = _refusing(parse_date)
MONTH: Callable[[str], Month] = _refusing(_month)
TIME: Callable[[str], datetime] = _refusing(parse_time)


def buddhist_year(text: str) -> int:
    """A Buddhist year such as 2563."""
    plain = arabic_digits(text)
    if not (plain.isdecimal() and int(plain) in BUDDHIST_YEARS):
        raise argparse.ArgumentTypeError(f"“{text}” ไม่ใช่ปีงบประมาณ พ.ศ. พิมพ์เช่น 2563")
    return int(plain)


def baht(text: str) -> Decimal:
    """An amount of money, not negative, to the satang."""
    try:
        amount = Decimal(arabic_digits(text).replace(",", ""))
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0 or amount != round(amount, 2) or amount >= 10**12:
        raise argparse.ArgumentTypeError(f"“{text}” ไม่ใช่จำนวนเงินบาท พิมพ์เช่น 1500 หรือ 1500.50")
    return amount


def whole_number(least: int) -> Callable[[str], int]:
    """A parser of whole numbers from ``least`` up."""

    def parsed(text: str) -> int:
        plain = arabic_digits(text)
        if not (plain.isdecimal() and least <= int(plain) <= 10_000_000):
            raise argparse.ArgumentTypeError(f"“{text}” ไม่ใช่จำนวนเต็มตั้งแต่ {least} ขึ้นไป")
        return int(plain)

    return parsed
