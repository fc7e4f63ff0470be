"""The office calendar: working days are Monday to Friday, less the holidays of government offices (rules.md).

``OfficeCalendar`` is handed in ready made; who builds it from the shipped holidays and the officer's changes is the
business of ``services/office_calendar.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class SkippedDay:
    """A day that is no working day, and why (in Thai)."""

    day: date
    why: str


@dataclass(frozen=True)
class OfficeCalendar:
    """The weekdays the office is closed, by name, and the Buddhist years the shipped calendar really knows."""

    holidays: Mapping[date, str]
    known_years: frozenset[int] = frozenset()
    _counted: dict[tuple[date, int], date] = field(default_factory=dict, init=False, repr=False, compare=False)

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on that day."""
        return day.weekday() < SATURDAY and day not in self.holidays

    def working_day_after(self, day: date, count: int) -> date:
        """The ``count``-th working day later than ``day``: "n working days counted from the day after d"."""
        key = (day, count)
        found = self._counted.get(key)
        if found is None:
            found, left = day, count
            while left:
                found += DAY
                left -= self.is_working_day(found)
            self._counted[key] = found
        return found

    def working_day_on_or_before(self, day: date) -> date:
        """The last working day that is not later than ``day``."""
        while not self.is_working_day(day):
            day -= DAY
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie after ``first`` up to and including ``last`` (0 when ``last`` is not later)."""
        span = (last - first).days
        return sum(self.is_working_day(first + DAY * step) for step in range(1, span + 1))

    def why_closed(self, day: date) -> str | None:
        """Why the office is closed on that day, in Thai; None on a working day."""
        if day in self.holidays:
            return self.holidays[day]
        if day.weekday() == SATURDAY:
            return "วันเสาร์"
        return "วันอาทิตย์" if day.weekday() > SATURDAY else None

    def counted_days(self, after: date, until: date) -> tuple[date, ...]:
        """The working days later than ``after`` up to ``until``, that day included."""
        days = (after + DAY * step for step in range(1, (until - after).days + 1))
        return tuple(day for day in days if self.is_working_day(day))

    def skipped_days(self, after: date, until: date) -> tuple[SkippedDay, ...]:
        """The days later than ``after`` up to ``until`` that do not count, each with its reason."""
        days = (after + DAY * step for step in range(1, (until - after).days + 1))
        return tuple(SkippedDay(day, why) for day in days if (why := self.why_closed(day)) is not None)
