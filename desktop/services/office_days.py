"""The office calendar of a fiscal year as the officer looks at it: days off, days she opened, years not known yet."""

from dataclasses import dataclass
from datetime import date

from desktop.domain.months import fiscal_year_end, fiscal_year_of, fiscal_year_start
from desktop.domain.office_year import DaySource
from desktop.domain.thai_dates import buddhist_year
from desktop.services.desk import Desk
from desktop.services.office_settings import holidays_of_year


@dataclass(frozen=True)
class OfficeDay:
    """A weekday the office is closed, or a holiday struck by the officer: then it is open, ``name`` saying why."""

    day: date
    name: str
    closed: bool
    source: DaySource


def office_days(desk: Desk, year: int) -> list[OfficeDay]:
    """Days off and struck holidays of a fiscal year (Buddhist era), by day."""
    days = [OfficeDay(each.day, each.name, True, each.source) for each in holidays_of_year(desk, year)]
    days += [
        OfficeDay(change.day, change.why, False, DaySource.OFFICE)
        for change in desk.calendar_changes.values()
        if not change.closed and fiscal_year_of(change.day) == year
    ]
    return sorted(days, key=lambda each: each.day)


def unknown_years(desk: Desk, year: int) -> list[int]:
    """The calendar years (Buddhist era) of a fiscal year whose holidays the program does not really know."""
    years = {buddhist_year(fiscal_year_start(year)), buddhist_year(fiscal_year_end(year))}
    return sorted(years - desk.calendar.known_years)
