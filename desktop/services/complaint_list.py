"""The list and the strip of the window: what burns, what is today's, what comes."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.months import Month, months_between
from desktop.domain.obligations import NextObligation, Urgency
from desktop.services.desk import Desk
from desktop.services.month_reports import MonthState, reports_to_send
from desktop.storage import complaints, list_queries
from desktop.storage.list_queries import Due, ListFilter, ListRow, StripCounts

SOON_DAYS = 3  # working days
STRIP_DAYS = 10  # working days shown in the strip


def starting_filter(desk: Desk) -> ListFilter:
    """The filter the list starts with: everything, what burns first."""
    today = desk.today
    return ListFilter(today=today, soon_until=desk.calendar.working_day_after(today, SOON_DAYS))


def ids(desk: Desk, wanted: ListFilter) -> "Iterator[array[int]]":
    """The rows of a filter in its order, the first 256 at once."""
    return list_queries.ids(desk.register.connection, wanted)


def rows(desk: Desk, identities: Sequence[int]) -> list[ListRow]:
    """The light rows of some ids, in their order."""
    return list_queries.rows(desk.register.connection, identities)


def due_of(owed: NextObligation | None, wanted: ListFilter) -> Due:
    """Where a next obligation stands in the list's words."""
    if owed is None:
        return Due.NONE
    match owed.urgency(wanted.today):
        case Urgency.OVERDUE:
            return Due.OVERDUE
        case Urgency.TODAY:
            return Due.TODAY
    return Due.SOON if owed.act_by <= wanted.soon_until else Due.LATER


def months_with_complaints(desk: Desk) -> list[Month]:
    """Every month from the first complaint's to the last's, newest first."""
    span = complaints.first_and_last_notified(desk.register.connection)
    return [] if span is None else list(months_between(*span))[::-1]


@dataclass(frozen=True)
class StripDay:
    """A weekday of the strip: a holiday is shown by its name and counts nothing."""

    day: date
    holiday: str | None
    count: int


@dataclass(frozen=True)
class Strip:
    """Today's counts, the days ahead, and the first report waiting to be sent."""

    today: date
    counts: StripCounts
    days: tuple[StripDay, ...]
    report: MonthState | None
    working_days_left: int  # until the report's reminder day; negative once past


def strip(desk: Desk) -> Strip:
    """The strip at the top of the window, as of today."""
    today, calendar = desk.today, desk.calendar
    weekdays = [day for day in _days_from(today) if day.weekday() < 5]
    shown: list[date] = []
    for day in weekdays:
        shown.append(day)
        if sum(calendar.is_working_day(each) for each in shown) == STRIP_DAYS:
            break
    soon = calendar.working_day_after(today, SOON_DAYS)
    counts = list_queries.strip_counts(desk.register.connection, today, soon, shown)
    days = tuple(
        StripDay(day, None if calendar.is_working_day(day) else calendar.why_closed(day), counts.by_day[day])
        for day in shown
    )
    waiting = reports_to_send(desk, today)
    report = waiting[0] if waiting else None
    left = 0
    if report is not None:
        late = report.remind_on < today
        span = (report.remind_on, today) if late else (today, report.remind_on)
        left = calendar.working_days_between(*span) * (-1 if late else 1)
    return Strip(today, counts, days, report, left)


def _days_from(day: date, span: int = 60) -> list[date]:
    return [day + timedelta(days=step) for step in range(span)]
