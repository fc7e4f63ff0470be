"""What the tab of the monthly report shows beside the figures: months, days, target, complaints, revisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.cost_words import costs_of
from desktop.domain.evidence import Outage
from desktop.domain.figures import MonthlyFigures
from desktop.domain.months import Month
from desktop.domain.obligations import Standing, Urgency, standing
from desktop.domain.office_year import IssuedReport
from desktop.domain.report_sheet import TargetWord
from desktop.domain.thai_dates import day_and_month, short_date
from desktop.services.complaint_list import months_with_complaints
from desktop.services.desk import Desk
from desktop.services.month_pack import evidence_of_month
from desktop.services.month_reports import MonthState, months_of_year, reports_to_send
from desktop.storage import complaints, issued_reports


@dataclass(frozen=True)
class MonthLine:
    """A month of the fiscal year in the list; ``overdue``: owed, not sent, and its send-by day is past."""

    state: MonthState
    overdue: bool


@dataclass(frozen=True)
class ComplaintLine:
    """A complaint the report speaks of, and why: ``words`` in Thai, each reason on its own."""

    number: str
    subject: str
    words: tuple[str, ...]
    urgency: Urgency | None = None  # of what it owes next, on the report's day
    outage: bool = False  # whether one touches a due day its words speak of


@dataclass(frozen=True)
class ReportComplaints:
    """What cost process points, what can still be saved, and what was notified after the report's day or period."""

    costly: tuple[ComplaintLine, ...] = ()
    saveable: tuple[ComplaintLine, ...] = ()
    later: tuple[ComplaintLine, ...] = ()


def report_years(desk: Desk) -> list[int]:
    """The fiscal years (Buddhist era) with complaints, and the current one; newest first."""
    return sorted({desk.current_year, *(month.fiscal_year for month in months_with_complaints(desk))}, reverse=True)


def month_lines(desk: Desk, year: int) -> list[MonthLine]:
    """The twelve months of a fiscal year, as known today."""
    late = {owed.month for owed in reports_to_send(desk, desk.today) if owed.send_by < desk.today}
    return [MonthLine(state, state.month in late) for state in months_of_year(desk, year)]


def month_to_show(desk: Desk) -> Month:
    """The month to open with: the oldest ended one still to be sent, else today's."""
    waiting = reports_to_send(desk, desk.today)
    return waiting[0].month if waiting else Month.of(desk.today)


def revisions_of(desk: Desk, month: Month) -> list[IssuedReport]:
    """Every revision of a month's report, newest first; empty while it was not issued."""
    return issued_reports.of_month(desk.register.connection, month)[::-1]


def problem_with_report_days(desk: Desk, month: Month, drawn_on: date | None, last: date | None) -> str:
    """Why a report cannot be drawn up for these days, in one Thai sentence; blank when it can."""
    if drawn_on is None:
        return "ยังไม่มีวันจัดทำรายงาน โปรดใส่วันที่"
    if last is None:
        return "ยังไม่มีวันสุดท้ายของช่วงรายงาน โปรดใส่วันที่"
    if drawn_on > desk.today:
        return f"วันจัดทำรายงาน {short_date(drawn_on)} อยู่หลังวันนี้ {short_date(desk.today)}"
    if not month.first <= last <= month.last:
        return f"วันสุดท้ายของช่วงต้องอยู่ในเดือน{month.thai}"
    return ""


def why_not_to_issue(desk: Desk, month: Month) -> str:
    """Why a month is not yet to be issued, in one Thai sentence; blank when it may be."""
    if desk.today < month.first:
        return f"เดือน{month.thai}ยังไม่เริ่ม ออกรายงานได้ตั้งแต่ {short_date(month.first)}"
    return ""


def problem_with_sent_day(desk: Desk, report: IssuedReport, day: date | None) -> str:
    """Why a day cannot be the day the report was sent, in one Thai sentence; blank when it can."""
    if day is None:
        return "ยังไม่มีวันนำส่ง โปรดใส่วันที่"
    if day > desk.today:
        return f"วันนำส่ง {short_date(day)} อยู่หลังวันนี้ {short_date(desk.today)}"
    if day < report.figures.on:
        return f"วันนำส่ง {short_date(day)} อยู่ก่อนวันจัดทำรายงาน {short_date(report.figures.on)}"
    return ""


def was_in_time(report: IssuedReport, day: date) -> bool:
    """Whether a report sent on that day is in time: the send-by day is included."""
    return day <= report.figures.send_by


def target_of(desk: Desk, year: int) -> Decimal:
    """The project's target of a fiscal year (Buddhist era), in per cent."""
    return desk.fiscal_year(year).project.target


def against_target(percent: Decimal | None, target: Decimal) -> TargetWord | None:
    """What a percentage says against the target; None where there is nothing to compare."""
    if percent is None:
        return None
    if percent == target:
        return TargetWord.ON
    return TargetWord.ABOVE if percent > target else TargetWord.BELOW


def complaints_of_report(desk: Desk, monthly: MonthlyFigures, later: tuple[str, ...]) -> ReportComplaints:
    """The complaints a report counts, as seen on its day, and ``later``: the ones it leaves out.

    One that is no longer in the register is left out.
    """
    month, counted, left_out = monthly.month, set(monthly.numbers), set(later)
    found = complaints.notified_between(desk.register.connection, month.first, month.last)
    stored = sorted(found, key=lambda each: each.number)
    outages = [each.outage for each in evidence_of_month(desk, month, monthly.on)]
    standings = (standing(each, monthly.on, desk.calendar, desk.rules_of) for each in stored if each.number in counted)
    seen = [each for each in standings if each is not None]
    return ReportComplaints(
        costly=tuple(_costly(each, outages) for each in seen if each.correct is False),
        saveable=tuple(_saveable(seen, monthly.on)),
        later=tuple(
            ComplaintLine(each.number, each.subject, (f"แจ้งเมื่อ {short_date(each.notified)}",))
            for each in stored
            if each.number in left_out
        ),
    )


def _costly(each: Standing, outages: list[Outage]) -> ComplaintLine:
    words = costs_of(each, outages)
    return ComplaintLine(each.complaint.number, each.complaint.subject, words, outage=words != costs_of(each))


def _saveable(seen: list[Standing], on: date) -> Iterator[ComplaintLine]:
    """Those still handled correctly that owe something, the nearest due day first."""
    owing = [(each.next, each.complaint) for each in seen if each.correct and each.next is not None]
    for owed, complaint in sorted(owing, key=lambda pair: (pair[0].due, pair[1].number)):
        urgency = owed.urgency(on)
        words = (f"{owed.step.by} {day_and_month(owed.due)}", urgency.value)
        yield ComplaintLine(complaint.number, complaint.subject, words, urgency)
