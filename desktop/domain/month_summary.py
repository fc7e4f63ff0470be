"""Annexes A and C worked out from the complaints, as they stood on the day the report speaks for. Pure: no clock."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from desktop.domain.complaint import Complaint, QualityItem, Status, item_state
from desktop.domain.cost_words import costs_of
from desktop.domain.evidence import Outage
from desktop.domain.figures import MonthlyFigures, figures_of
from desktop.domain.months import Month, fiscal_year_months
from desktop.domain.obligations import Standing, standing
from desktop.domain.pack_sheet import (
    CarriedMonth,
    ChartMonth,
    CostlyComplaint,
    ListedComplaint,
    MonthSummary,
    NamedComplaint,
    OpenComplaint,
    QualityRow,
    TypeRow,
)
from desktop.domain.report_sheet import ReportBlock, ReportSheet
from desktop.domain.rule_set import RulesOf
from desktop.domain.thai_dates import day_and_month, short_date
from desktop.domain.thai_text import sort_key
from desktop.domain.working_days import OfficeCalendar

OPEN = frozenset({Status.NEW, Status.IN_PROGRESS})


def month_summary(
    monthly: MonthlyFigures,
    sheet: ReportSheet,
    complaints: Iterable[Complaint],
    outages: Sequence[Outage],
    calendar: OfficeCalendar,
    rules_of: RulesOf,
    core_types: tuple[str, ...],
) -> MonthSummary:
    """Annex A of a report; ``complaints`` are all of the register notified up to the month's last day.

    ``outages`` are the month's, ``core_types`` the fiscal year's; the report is the last block of ``sheet``.
    """
    month, on = monthly.month, monthly.on
    of_month: list[Complaint] = []
    carried = _Carried(month, on, calendar, rules_of)
    for complaint in complaints:
        if Month.of(complaint.notified) == month:
            of_month.append(complaint)
        elif complaint.notified < month.first:
            carried.take(complaint)
    seen = _seen_in_report(monthly, of_month, calendar, rules_of)
    counted = [each for each in seen if each.counts]
    core = frozenset(core_types)
    later = set(monthly.notified_later)
    return MonthSummary(
        monthly=monthly,
        seen=figures_of(counted, rules_of(month.fiscal_year), core),
        target=sheet.project.target,
        core_types=core_types,
        types=_type_rows(seen, core),
        total=_row("", seen, core=False),
        quality=_quality_rows(counted, rules_of(month.fiscal_year).quality_items, core),
        costly=tuple(
            CostlyComplaint(*_named(each.complaint), costs_of(each, outages))
            for each in counted
            if each.correct is False
        ),
        carried=carried.months,
        still_open=carried.still_open,
        notified_later=tuple(NamedComplaint(*_named(each)) for each in _in_order(of_month) if each.number in later),
        year=chart_months(month.fiscal_year, sheet.blocks),
    )


def listed_complaints(
    monthly: MonthlyFigures, complaints: Iterable[Complaint], calendar: OfficeCalendar, rules_of: RulesOf
) -> tuple[ListedComplaint, ...]:
    """Annex C: the complaints the report counts and those of its period handed on, in order of number."""
    of_month = [each for each in complaints if Month.of(each.notified) == monthly.month]
    return tuple(
        ListedComplaint(
            number=each.complaint.number,
            notified=each.complaint.notified,
            types=each.complaint.types,
            subject=each.complaint.subject,
            place=each.complaint.place,
            unit=each.complaint.unit,
            status=each.status,
            outcome=_outcome(each),
            correct=each.correct,
        )
        for each in _seen_in_report(monthly, of_month, calendar, rules_of)
    )


def chart_months(year: int, blocks: Iterable[ReportBlock]) -> tuple[ChartMonth, ...]:
    """October to September of a fiscal year (Buddhist era) with what each month's report said."""
    said = {block.month: block for block in blocks}
    return tuple(
        ChartMonth(month, said[month].received, said[month].completed) if month in said else ChartMonth(month)
        for month in fiscal_year_months(year)
    )


def outages_of_month(outages: Iterable[Outage], month: Month) -> tuple[Outage, ...]:
    """The outages that touch a month, by their beginning."""
    touching = (each for each in outages if each.began.date() <= month.last and each.ended.date() >= month.first)
    return tuple(sorted(touching, key=lambda each: (each.began, each.number)))


def _in_order(complaints: Iterable[Complaint]) -> list[Complaint]:
    return sorted(complaints, key=lambda each: each.number)


def _seen_in_report(
    monthly: MonthlyFigures, of_month: Iterable[Complaint], calendar: OfficeCalendar, rules_of: RulesOf
) -> list[Standing]:
    """The complaints counted, and those of the period that were handed on by its day; in order of number."""
    counted = set(monthly.numbers)
    found = []
    for complaint in _in_order(of_month):
        seen = standing(complaint, monthly.on, calendar, rules_of)
        if seen is None or complaint.notified > monthly.last:
            continue
        if complaint.number in counted or not seen.counts:
            found.append(seen)
    return found


def _named(complaint: Complaint) -> tuple[str, date, tuple[str, ...], str]:
    return complaint.number, complaint.notified, complaint.types, complaint.subject


def _type_rows(seen: Sequence[Standing], core: frozenset[str]) -> tuple[TypeRow, ...]:
    """A row for each type, the most frequent first; a complaint of several types counts in each of theirs."""
    by_type: dict[str, list[Standing]] = {}
    for each in seen:
        for name in dict.fromkeys(each.complaint.types) or ("",):
            by_type.setdefault(name, []).append(each)
    rows = (_row(name, of_type, core=name in core) for name, of_type in by_type.items())
    return tuple(sorted(rows, key=lambda row: (not row.name, -row.received, sort_key(row.name), row.name)))


def _row(name: str, seen: Iterable[Standing], *, core: bool) -> TypeRow:
    statuses: Counter[Status] = Counter()
    correct = 0
    for each in seen:
        statuses[each.status] += 1
        correct += each.correct is True
    transferred = statuses[Status.TRANSFERRED]
    return TypeRow(
        name=name,
        core=core,
        received=statuses.total() - transferred,
        waiting=statuses[Status.NEW],
        completed=statuses[Status.COMPLETED],
        correct=correct,
        transferred=transferred,
    )


def _quality_rows(
    counted: Iterable[Standing], items: Iterable[QualityItem], core: frozenset[str]
) -> tuple[QualityRow, ...]:
    judged = [
        each.complaint
        for each in counted
        if each.status is Status.COMPLETED and not core.isdisjoint(each.complaint.types)
    ]
    rows = []
    for item in items:
        states = Counter(item_state(complaint, item) for complaint in judged)
        rows.append(QualityRow(item, states[True], states[False], states[None]))
    return tuple(rows)


def _outcome(seen: Standing) -> str:
    """``28 ม.ค. 2563`` of a completion or transfer, else the next due day: ``กำหนดต่อไป 30 ม.ค.``"""
    ended = seen.transferred or seen.completed
    if ended is not None:
        return short_date(ended)
    return "" if seen.next is None else f"กำหนดต่อไป {day_and_month(seen.next.due)}"


class _Carried:
    """The complaints of earlier months: what each brought into the month and what is still open on the day."""

    def __init__(self, month: Month, on: date, calendar: OfficeCalendar, rules_of: RulesOf) -> None:
        self._on = on
        self._before = min(month.first - timedelta(days=1), on)
        self._calendar = calendar
        self._rules_of = rules_of
        self._months: dict[Month, Counter[str]] = {}
        self._open: list[Standing] = []

    def take(self, complaint: Complaint) -> None:
        """Count one complaint notified before the month."""
        if self._was_settled(complaint):
            return
        before = standing(complaint, self._before, self._calendar, self._rules_of)
        now = standing(complaint, self._on, self._calendar, self._rules_of)
        if now is None or before is None:
            return
        was_open, is_open = before.status in OPEN, now.status in OPEN
        if is_open:
            self._open.append(now)
        if was_open or is_open:
            month = self._months.setdefault(Month.of(complaint.notified), Counter())
            month["carried"] += was_open
            month["reopened"] += not was_open
            month[now.status.code] += was_open and not is_open

    def _was_settled(self, complaint: Complaint) -> bool:
        """Whether it was over before the month began: most of a register, told without judging it."""
        ended = complaint.completed or complaint.transferred
        return ended is not None and ended <= self._before

    @property
    def months(self) -> tuple[CarriedMonth, ...]:
        return tuple(
            CarriedMonth(month, found["carried"], found["completed"], found["transferred"], found["reopened"])
            for month, found in sorted(self._months.items())
        )

    @property
    def still_open(self) -> tuple[OpenComplaint, ...]:
        """By the day they were notified, the oldest first."""
        ordered = sorted(self._open, key=lambda each: (each.complaint.notified, each.complaint.number))
        return tuple(OpenComplaint(*_named(each.complaint), each.status, _owed(each)) for each in ordered)


def _owed(seen: Standing) -> str:
    if seen.next is None:
        return ""
    return f"{seen.next.step.by} {short_date(seen.next.due)} ({seen.next.urgency(seen.on).value})"
