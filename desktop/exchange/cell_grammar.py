"""How several things stand in one cell of the register layout: written and read here, each the other's inverse."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from desktop.domain.complaint import TICKED_ITEMS, Entry, Mark, QualityItem, Reopening, Status
from desktop.domain.thai_dates import ERA_OFFSET
from desktop.exchange.cell_values import day_of_text
from desktop.exchange.quick_cleaning import is_plain, tidy_line
from desktop.exchange.refusals import CellRefused

_LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")
_BETWEEN_DAYS = re.compile("[;,\n\r]")
_ESCAPED = re.compile("%(25|3B)")
_TO_ESCAPE = re.compile("%(?=25|3B)|;")
_ITEMS = {item.code: item for item in QualityItem}
_TICKS = {"yes": True, "no": False}
_STATUSES = {status.value: status for status in Status}


@lru_cache(maxsize=65_536)
def write_day(day: date) -> str:
    """``2563-01-28``: the Buddhist year first, as both formats hold it."""
    return f"{day.year + ERA_OFFSET}-{day.month:02d}-{day.day:02d}"


def write_days(days: Iterable[date]) -> str:
    """Days with ``;`` between."""
    return ";".join(map(write_day, days))


def read_days(text: str) -> tuple[date, ...]:
    """The days of ``2563-02-01;2563-02-14`` in the order written; raises CellRefused."""
    return tuple(day_of_text(part) for part in _BETWEEN_DAYS.split(text) if part.strip())


def write_types(types: Iterable[str]) -> str:
    """The types with ``;`` between; raises ValueError for a name that holds one (no door lets such a name in)."""
    names = tuple(types)
    if any(";" in name or not name for name in names):
        raise ValueError(f"ชื่อประเภทเรื่องต้องไม่ว่างและไม่มีเครื่องหมาย ; : {names}")
    return ";".join(names)


@lru_cache(maxsize=4096)
def read_types(text: str) -> tuple[str, ...]:
    """The types of a cell, each once, in the order written."""
    names = (tidy_line(part) for part in text.split(";"))
    return tuple(dict.fromkeys(name for name in names if name))


def write_texts(entries: Iterable[Entry]) -> str:
    """The texts of the entries, one a line, an empty line for an entry without text."""
    return "\n".join(entry.text for entry in entries).rstrip("\n")


def read_texts(text: str) -> tuple[str, ...]:
    """The texts of the entries in order; empty lines before the last text stand for entries without one."""
    if is_plain(text):  # no empty line in it
        return tuple(text.split("\n"))
    texts = [tidy_line(line) for line in _LINE_END.split(text)]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def write_reopenings(reopenings: Iterable[Reopening]) -> str:
    """``2563-02-01>2563-02-10;…``"""
    return ";".join(f"{write_day(pair.completed)}>{write_day(pair.reopened)}" for pair in reopenings)


def read_reopenings(text: str) -> tuple[Reopening, ...]:
    """Pairs of completion and reopening, oldest first as written; raises CellRefused."""
    pairs = []
    for part in _BETWEEN_DAYS.split(text):
        if not part.strip():
            continue
        completed, arrow, reopened = part.partition(">")
        if not arrow:
            raise CellRefused(f"“{tidy_line(part)[:40]}” ต้องเป็นคู่ วันที่แล้วเสร็จ>วันที่เปิดใหม่ เช่น 2563-02-01>2563-02-10")
        pairs.append(Reopening(day_of_text(completed), day_of_text(reopened)))
    return tuple(pairs)


def read_status(text: str) -> Status:
    """One of the four words of สถานะ; raises CellRefused for any other."""
    status = _STATUSES.get(text) or _STATUSES.get(tidy_line(text).replace(" ", ""))
    if status is None:
        raise CellRefused(f"ไม่รู้จักสถานะ “{text[:40]}” โปรดใช้ {', '.join(_STATUSES)}")
    return status


def write_marks(marks: Mapping[QualityItem, Mark]) -> str:
    """``fits=yes;order=na:reason``; in a reason ``;`` is written %3B (and a ``%`` that would mislead, %25)."""
    parts = []
    for item, mark in ((item, marks[item]) for item in QualityItem if item in marks):
        if mark.ticked is not None and item in TICKED_ITEMS:  # the others are told by their field
            parts.append(f"{item.code}={'yes' if mark.ticked else 'no'}")
        if mark.not_applicable:
            parts.append(f"{item.code}=na:{_TO_ESCAPE.sub(_escape, mark.not_applicable)}")
    return ";".join(parts)


def _escape(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


@lru_cache(maxsize=4096)
def read_marks(text: str) -> Mapping[QualityItem, Mark]:
    """The marks of a ตรวจคุณภาพ cell; raises CellRefused for anything it cannot read whole."""
    marks: dict[QualityItem, Mark] = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        item, answer = _item_and_answer(part)
        before = marks.get(item, Mark())
        said, _, reason = answer.partition(":")
        if said.strip().lower() == "na":
            if before.not_applicable:
                raise CellRefused(f"บอกรายการ {item.code} ซ้ำ โปรดเหลือไว้เพียงครั้งเดียว")
            marks[item] = Mark(before.ticked, _reason(item, reason))
        else:
            if before.ticked is not None:
                raise CellRefused(f"บอกรายการ {item.code} ซ้ำ โปรดเหลือไว้เพียงครั้งเดียว")
            marks[item] = Mark(_tick(item, answer), before.not_applicable)
    return MappingProxyType(marks)


def _item_and_answer(part: str) -> tuple[QualityItem, str]:
    code, equals, answer = part.partition("=")
    item = _ITEMS.get(code.strip().lower())
    if item is None or not equals:
        raise CellRefused(f"“{part[:40]}” อ่านไม่ได้ โปรดเขียนเช่น fits=yes;order=na:เหตุผล (รายการ: {', '.join(_ITEMS)})")
    return item, answer.strip()


def _tick(item: QualityItem, answer: str) -> bool:
    tick = _TICKS.get(answer.lower())
    if tick is None or item not in TICKED_ITEMS:
        allowed = "yes, no หรือ na:เหตุผล" if item in TICKED_ITEMS else "na:เหตุผล เท่านั้น"
        raise CellRefused(f"รายการ {item.code} ตอบ “{answer[:40]}” ไม่ได้ โปรดใช้ {allowed}")
    return tick


def _reason(item: QualityItem, written: str) -> str:
    reason = tidy_line(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), written))
    if not reason:
        raise CellRefused(f"รายการ {item.code} ที่ไม่เกี่ยวข้อง (na) ต้องบอกเหตุผล เช่น {item.code}=na:ไม่มีคำสั่ง")
    return reason
