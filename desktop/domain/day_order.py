"""What a complaint may look like: its days are in order and none lies after today (rules.md)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from desktop.domain.complaint import Complaint, Status
from desktop.domain.thai_dates import short_date

EARLIEST_DAY = date(1941, 1, 1)  # 1 ม.ค. 2484: before it พ.ศ. − ค.ศ. is not always 543


@dataclass(frozen=True)
class NamedDay:
    """A recorded day with the word the officer knows it by."""

    name: str
    day: date

    def __str__(self) -> str:
        return f"{self.name} ({short_date(self.day)})"


def problem_with_days(complaint: Complaint, today: date) -> str | None:
    """The first disagreement among a complaint's days, as one Thai sentence naming both; None when all agree."""
    return None if _plainly_in_order(complaint, today) else next(_problems(complaint, today), None)


def _plainly_in_order(complaint: Complaint, today: date) -> bool:
    """Whether the days of a complaint never reopened rise from the first to today: then nothing can disagree.

    Nearly every complaint is so, and a large import asks of each. What is not so may still be in order.
    """
    first = complaint.first_report
    days = (
        complaint.notified,
        complaint.accepted,
        None if first is None else first.day,
        *[entry.day for entry in complaint.follow_ups],
        complaint.completed,
        complaint.transferred,
        today,
    )
    known = [day for day in days if day is not None]
    return not complaint.reopenings and complaint.notified >= EARLIEST_DAY and known == sorted(known)


def problem_with_status(complaint: Complaint, stated: Status | None) -> str | None:
    """Whether a status somebody wrote contradicts the recorded days (commands.md); one Thai sentence or None."""
    if stated is None or complaint.transferred is not None:
        return None
    if stated is Status.NEW and complaint.has_recorded_days:
        return f"สถานะ{Status.NEW.value} แต่มี{_first_recorded(complaint)} อยู่แล้ว"
    if stated is Status.IN_PROGRESS and complaint.completed is not None:
        done = NamedDay("วันที่แล้วเสร็จ", complaint.completed)
        return f"สถานะ{Status.IN_PROGRESS.value} แต่มี{done} โดยไม่มีการเปิดเรื่องใหม่หลังจากนั้น"
    return None


def _first_recorded(complaint: Complaint) -> NamedDay:
    if complaint.accepted is not None:
        return NamedDay("วันที่ตอบรับ", complaint.accepted)
    if complaint.entries:
        return NamedDay("วันที่รายงานหรือติดตามผล", complaint.entries[0].day)
    return NamedDay("วันที่แล้วเสร็จ", complaint.completions[0])


def _named_days(complaint: Complaint) -> Iterator[NamedDay]:
    """Every recorded day but the transfer, the notified one first."""
    yield NamedDay("วันที่แจ้ง", complaint.notified)
    if complaint.accepted is not None:
        yield NamedDay("วันที่ตอบรับ", complaint.accepted)
    if complaint.first_report is not None:
        yield NamedDay("วันที่รายงานครั้งที่ 1", complaint.first_report.day)
    for entry in complaint.follow_ups:
        yield NamedDay("วันที่ติดตามผล", entry.day)
    yield from _ends(complaint)


def _ends(complaint: Complaint) -> Iterator[NamedDay]:
    """Completions and reopenings in the order they must have."""
    for pair in complaint.reopenings:
        yield NamedDay("วันที่แล้วเสร็จ", pair.completed)
        yield NamedDay("วันที่เปิดเรื่องใหม่", pair.reopened)
    if complaint.completed is not None:
        yield NamedDay("วันที่แล้วเสร็จ", complaint.completed)


def _before(later: NamedDay, earlier: NamedDay) -> str:
    return f"{later} อยู่ก่อน{earlier}"


def _problems(complaint: Complaint, today: date) -> Iterator[str]:
    days = list(_named_days(complaint))
    if complaint.transferred is not None:
        days.append(NamedDay("วันที่ส่งต่อ", complaint.transferred))
    for named in days:
        if named.day > today:
            yield f"{named} อยู่หลัง{NamedDay('วันนี้', today)}"
        if named.day < EARLIEST_DAY:
            yield f"{named} เก่าเกินไป ต้องไม่ก่อน{NamedDay('วันแรกที่รับได้', EARLIEST_DAY)}"
    yield from _out_of_order(complaint)
    yield from _after_transfer(complaint)


def _out_of_order(complaint: Complaint) -> Iterator[str]:
    notified, *later = _named_days(complaint)
    yield from (_before(named, notified) for named in later if named.day < notified.day)
    if complaint.accepted is not None:
        accepted, *after = later
        yield from (_before(named, accepted) for named in after if named.day < accepted.day)
    if complaint.first_report is not None:
        first = NamedDay("วันที่รายงานครั้งที่ 1", complaint.first_report.day)
        follow_ups = (NamedDay("วันที่ติดตามผล", entry.day) for entry in complaint.follow_ups)
        yield from (_before(named, first) for named in follow_ups if named.day < first.day)
    ends = list(_ends(complaint))
    yield from (_before(later, earlier) for earlier, later in pairwise(ends) if later.day < earlier.day)
    for entry in complaint.entries:
        yield from _entry_while_completed(complaint, NamedDay("วันที่รายงานหรือติดตามผล", entry.day))


def _entry_while_completed(complaint: Complaint, entry: NamedDay) -> Iterator[str]:
    """An entry on a completion's day was made before it, one on a reopening's day after it; between them is none."""
    for pair in complaint.reopenings:
        if pair.completed < entry.day < pair.reopened:
            closed, opened = NamedDay("วันที่แล้วเสร็จ", pair.completed), NamedDay("วันที่เปิดเรื่องใหม่", pair.reopened)
            yield f"{entry} อยู่ระหว่าง{closed}กับ{opened}"
    if complaint.completed is not None and entry.day > complaint.completed:
        yield f"{entry} อยู่หลัง{NamedDay('วันที่แล้วเสร็จ', complaint.completed)}"


def _after_transfer(complaint: Complaint) -> Iterator[str]:
    if complaint.transferred is None:
        return
    transfer = NamedDay("วันที่ส่งต่อ", complaint.transferred)
    for named in _named_days(complaint):
        if named.day > transfer.day:
            yield f"{named} อยู่หลัง{transfer}" if named.name != "วันที่แจ้ง" else _before(transfer, named)
