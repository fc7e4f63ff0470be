"""What a row of the register layout does to a complaint: it is laid over what is stored (commands.md).

An empty cell says nothing and wipes nothing, a filled one replaces its field whole, and all checks apply to the
result. Laying the same row over its own result changes nothing.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop.domain.complaint import Complaint, Entry, Status
from desktop.domain.day_order import problem_with_days, problem_with_status
from desktop.domain.thai_dates import short_date
from desktop.exchange.refusals import RowRefused
from desktop.exchange.register_layout import RowCells

_PLAIN_FIELDS = (
    "notified", "channel", "types", "subject", "detail", "place", "unit", "complainant", "telephone", "accepted",
    "completed", "reopenings", "transferred", "answer", "letter_number", "order_number", "action", "coordination",
    "marks",
)  # fmt: skip


@dataclass(frozen=True)
class Laid:
    """A complaint as it is after its row, and what the officer should look at although the row was taken."""

    complaint: Complaint
    remarks: tuple[str, ...] = ()


def lay_over(stored: Complaint | None, cells: RowCells, today: date) -> Laid:
    """The complaint that results from a row; raises RowRefused with the reason in Thai.

    ``stored`` is the complaint of the same number, None when the register does not have it.
    """
    result = _with_filled(stored, cells)
    problem = problem_with_days(result, today) or problem_with_status(result, cells.status)
    if problem is not None:
        raise RowRefused(problem)
    wanted = cells.status or result.stated
    stated = wanted if wanted is not None and result.is_behind(wanted) else None
    if stated is not result.stated:
        result = replace(result, stated=stated)
    return Laid(result, tuple(_remarks(result, cells.status)))


def _with_filled(stored: Complaint | None, cells: RowCells) -> Complaint:
    """The complaint with its fields replaced by the filled cells, its status left as it was."""
    filled: dict[str, Any] = {name: said for name in _PLAIN_FIELDS if (said := getattr(cells, name)) is not None}
    if cells.first_report is not None or cells.follow_ups is not None or cells.texts is not None:
        filled["first_report"], filled["follow_ups"] = _entries(stored, cells)
    if stored is not None:
        return replace(stored, **filled) if filled else stored
    if cells.notified is None:
        raise RowRefused("เรื่องใหม่ต้องมีวันที่แจ้ง โปรดเติมวันที่แจ้งในแถวนี้")
    return Complaint(cells.number, **filled)


def _entries(stored: Complaint | None, cells: RowCells) -> tuple[Entry | None, tuple[Entry, ...]]:
    """First report and follow-ups of the result, each with its text; follow-ups by day, in the order made."""
    old_first = None if stored is None else stored.first_report
    old_follow_ups = () if stored is None else stored.follow_ups
    first_day = cells.first_report or (old_first.day if old_first else None)
    days = list(cells.follow_ups) if cells.follow_ups is not None else [entry.day for entry in old_follow_ups]
    first_days = [] if first_day is None else [first_day]
    if cells.texts is None:
        days.sort()
        entries = _keeping_texts([*first_days, *days], [] if stored is None else stored.entries)
    else:
        entries = _with_texts([*first_days, *days], cells.texts)
    first = entries.pop(0) if first_days else None
    return first, tuple(sorted(entries, key=lambda entry: entry.day))


def _with_texts(days: Sequence[date], texts: Sequence[str]) -> list[Entry]:
    if len(texts) > len(days):
        raise RowRefused(
            f"ข้อความรายงานมี {len(texts)} บรรทัด แต่มีรายงานและการติดตามผลรวม {len(days)} ครั้ง"
            " โปรดเติมวันที่หรือลดบรรทัด (ข้อความหนึ่งครั้งต่อหนึ่งบรรทัด)"
        )
    return [Entry(day, texts[place] if place < len(texts) else "") for place, day in enumerate(days)]


def _keeping_texts(days: Sequence[date], old: Sequence[Entry]) -> list[Entry]:
    """The texts of old entries go with their days, the n-th of a day to its n-th; what is left over, in order."""
    places: dict[date, deque[int]] = defaultdict(deque)
    for place, entry in enumerate(old):
        places[entry.day].append(place)
    kept = [places[day].popleft() if places[day] else None for day in days]
    left_over = iter([entry.text for place, entry in enumerate(old) if place not in kept])
    return [Entry(day, next(left_over, "")) if at is None else old[at] for day, at in zip(days, kept, strict=True)]


def _remarks(result: Complaint, status: Status | None) -> Iterator[str]:
    if status is None or result.stated is None:
        return
    if status is Status.TRANSFERRED:
        yield f"สถานะส่งต่อแต่ขาดวันที่ส่งต่อ นับจากวันล่าสุดที่บันทึก {short_date(result.latest_day)}"
    elif result.is_unrecorded:
        missing = "วันที่ตอบรับ" if status is Status.IN_PROGRESS else "วันที่ตอบรับ วันที่รายงาน และวันที่แล้วเสร็จ"
        yield f"สถานะ{status.value}แต่ขาด{missing} โปรดเติมวันที่"
    else:
        yield f"สถานะ{status.value}แต่ขาดวันที่แล้วเสร็จ โปรดเติมวันที่"
