"""Complaints as seen on a day: their obligations, what is due, and why."""

from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.complaint import Complaint
from desktop.domain.explanations import Explanation, explain
from desktop.domain.obligations import Standing, standing
from desktop.domain.thai_dates import short_date
from desktop.services.desk import CannotDo, Desk
from desktop.services.outage_work import outage_beside_words, outages_beside
from desktop.storage import complaints

FIRST_DAY = date(1, 1, 1)


def all_standings(desk: Desk, on: date) -> list[Standing]:
    """Every complaint notified by that day, as seen on it, in order of number."""
    stored = complaints.notified_between(desk.register.connection, FIRST_DAY, on)
    seen = (standing(complaint, on, desk.calendar, desk.rules_of) for complaint in stored)
    return [each for each in seen if each is not None]


def standings_of(desk: Desk, numbers: list[str], on: date) -> list[Standing]:
    """Some complaints as seen on a day, in order of number; raises CannotDo for one that is not there."""
    return [standing_of(desk, number, on) for number in sorted(set(numbers))]


def standing_of(desk: Desk, number: str, on: date) -> Standing:
    """One complaint as seen on a day; raises CannotDo when it is unknown or was notified later."""
    complaint = complaints.by_number(desk.register.connection, number)
    if complaint is None:
        raise CannotDo(f"ไม่มีเรื่องเลขที่รับแจ้ง “{number}” ในทะเบียน โปรดตรวจเลขที่")
    seen = standing(complaint, on, desk.calendar, desk.rules_of)
    if seen is None:
        raise CannotDo(f"เรื่อง {number} ยังไม่ได้รับแจ้งในวันที่ {short_date(on)} (แจ้ง {short_date(complaint.notified)})")
    return seen


def due_standings(desk: Desk, on: date, within: int) -> list[Standing]:
    """Complaints to act on within some working days after a day, oldest due day first, then number."""
    until = desk.calendar.working_day_after(on, within)
    owed = [seen for seen in all_standings(desk, on) if seen.next is not None and seen.next.act_by <= until]
    return sorted(owed, key=lambda seen: (seen.next.due if seen.next else on, seen.complaint.number))


@dataclass(frozen=True)
class ExplainedComplaint:
    """A complaint as seen on a day with each of its dates explained."""

    seen: Standing
    explanations: tuple[Explanation, ...]


def explained_complaint(desk: Desk, number: str, on: date) -> ExplainedComplaint:
    """One complaint with its line of time; raises CannotDo as ``standing_of``."""
    return explained_draft(desk, standing_of(desk, number, on))


def explained_draft(desk: Desk, seen: Standing) -> ExplainedComplaint:
    """The same for a complaint in hand, saved or not."""
    return ExplainedComplaint(seen, _with_outages(desk, explain(seen, desk.calendar, desk.rules_of)))


def _with_outages(desk: Desk, explanations: tuple[Explanation, ...]) -> tuple[Explanation, ...]:
    """Beside each deadline the outages that touch its day: they explain it and move nothing."""
    beside = outages_beside(desk, [each.due for each in explanations if each.due is not None])
    if not beside:
        return explanations
    told = []
    for each in explanations:
        found = beside.get(each.due, []) if each.due is not None else []
        words = (outage_beside_words(desk, outage) for outage in found)
        told.append(replace(each, reasons=(*each.reasons, *words), outages=len(found)))
    return tuple(told)


def standing_of_draft(desk: Desk, complaint: Complaint) -> Standing | None:
    """What a complaint would look like today if it were saved; None when it is notified after today."""
    return standing(complaint, desk.today, desk.calendar, desk.rules_of)
