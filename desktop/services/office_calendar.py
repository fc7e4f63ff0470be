"""The office's calendar: shipped holidays, cabinet holidays of Bangkok alone, and the officer's own changes, joined.

Shipped days are kept in the register (they are the days its deadlines were counted with) and taken over anew when the
program is newer; so the window starts without the ``holidays`` package.
"""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from desktop.domain.months import fiscal_year_end, fiscal_year_start
from desktop.domain.office_year import CalendarChange, DayOff, DaySource
from desktop.domain.thai_dates import ERA_OFFSET
from desktop.domain.working_days import SATURDAY, OfficeCalendar

SHIPPED_YEARS = range(1990, 2061)  # Gregorian; beyond them only weekends are known, and the calendar says so
_LABOUR_DAYS = ("วันแรงงานแห่งชาติ", "ชดเชยวันแรงงานแห่งชาติ")  # ordinary days for civil servants
_CHILDRENS_DAY = "วันเด็กแห่งชาติ"
_PLOUGHING_DAY = "วันพืชมงคล"  # announced year by year: a year without it is not really known yet


def shipped_days(holidays_folder: Path) -> list[DayOff]:
    """Every holiday of government offices the program ships, weekends included, by day."""
    import holidays

    country = holidays.country_holidays(
        "TH", years=SHIPPED_YEARS, categories=("public", "government"), language="th", observed=True
    )
    days = {}
    for day, names in country.items():
        kept = [name for name in names.split("; ") if name not in _LABOUR_DAYS and name != _CHILDRENS_DAY]
        if kept:
            days[day] = DayOff(day, ", ".join(kept), DaySource.COUNTRY)
    with (holidays_folder / "bangkok.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["day"])
            days.setdefault(day, DayOff(day, row["name"], DaySource.BANGKOK))
    return [days[day] for day in sorted(days)]


def joined_calendar(shipped: Iterable[DayOff], changes: Mapping[date, CalendarChange]) -> OfficeCalendar:
    """The frozen calendar deadlines are counted with."""
    shipped = list(shipped)
    closed = {day.day: day.name for day in shipped if day.day.weekday() < SATURDAY}
    for change in changes.values():
        closed.pop(change.day, None)
        if change.closed and change.day.weekday() < SATURDAY:
            closed[change.day] = change.why
    known = frozenset(day.day.year + ERA_OFFSET for day in shipped if _PLOUGHING_DAY in day.name)
    return OfficeCalendar(closed, known)


def days_off_of_year(shipped: Iterable[DayOff], changes: Mapping[date, CalendarChange], year: int) -> list[DayOff]:
    """The weekdays off of a fiscal year (Buddhist era), by day, each with where it comes from."""
    days = {day.day: day for day in shipped}
    for change in changes.values():
        days.pop(change.day, None)
        if change.closed:
            days[change.day] = DayOff(change.day, change.why, DaySource.OFFICE)
    first, last = fiscal_year_start(year), fiscal_year_end(year)
    return [days[day] for day in sorted(days) if first <= day <= last and day.weekday() < SATURDAY]
