"""The officer's desk: the open register, the day it is, and the folders of what the program ships."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from desktop.domain.months import fiscal_year_of
from desktop.domain.office_year import CalendarChange, DayOff, FiscalYear, first_fiscal_year, following_fiscal_year
from desktop.domain.rule_set import RuleSet
from desktop.domain.thai_dates import BANGKOK, long_date
from desktop.domain.working_days import OfficeCalendar
from desktop.services.office_calendar import joined_calendar, shipped_days
from desktop.storage import office_years, operations
from desktop.storage.register import Connection, Register

LONGEST_ABSENCE = timedelta(days=366)
SHIPPED_SETTING = "shipped_calendar"  # which program's calendar the register holds


class CannotDo(Exception):
    """What was asked cannot be done; the message is one Thai sentence saying what, where and what to do next."""


def bangkok_today() -> date:
    """Today in Bangkok, whatever the PC's time zone."""
    return datetime.now(BANGKOK).date()


def clock_problem(today: date, last_change: date | None) -> str | None:
    """What to know of the PC's clock, against the day of the newest change; None when it seems right."""
    if last_change is None or last_change <= today <= last_change + LONGEST_ABSENCE:
        return None
    told = f"นาฬิกาเครื่องบอกวันที่ {long_date(today)}"
    if today < last_change:
        return f"{told} ย้อนหลังการบันทึกล่าสุด ({long_date(last_change)}) โปรดตรวจวันที่ของเครื่อง"
    return f"{told} ซึ่งเร็วกว่าการบันทึกล่าสุดกว่าหนึ่งปี โปรดตรวจวันที่ของเครื่อง"


@dataclass(frozen=True)
class Shipped:
    """Folders of what the program ships, and its version."""

    fonts: Path
    words: Path
    holidays: Path
    version: str


@dataclass
class Desk:
    """What every service function works at; its caches are emptied by each change (``services/changes.py``)."""

    register: Register
    shipped: Shipped
    today_of: Callable[[], date] = bangkok_today
    now_of: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    _years: dict[int, FiscalYear] | None = None
    _calendar: OfficeCalendar | None = None
    _shipped_days: list[DayOff] | None = None
    _rules: dict[int, RuleSet] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """Bangkok's day, or the one the program was told to take."""
        return self.today_of()

    @property
    def calendar(self) -> OfficeCalendar:
        """The office's calendar as it is now."""
        if self._calendar is None:
            self._calendar = joined_calendar(self.shipped_days, self.calendar_changes)
        return self._calendar

    @property
    def calendar_changes(self) -> dict[date, CalendarChange]:
        """The days the officer added or struck."""
        return office_years.calendar_changes(self.register.connection)

    @property
    def shipped_days(self) -> list[DayOff]:
        """The shipped calendar: the register's copy, or the program's own when that is newer."""
        if self._shipped_days is None:
            if self.has_shipped_calendar:
                self._shipped_days = office_years.shipped_days(self.register.connection)
            else:
                self._shipped_days = shipped_days(self.shipped.holidays)
        return self._shipped_days

    @property
    def has_shipped_calendar(self) -> bool:
        """Whether the register holds this program's calendar."""
        return office_years.setting(self.register.connection, SHIPPED_SETTING) == self.shipped.version

    def fiscal_year(self, year: int) -> FiscalYear:
        """A fiscal year (Buddhist era) as stored, else as it would start: like the nearest earlier one."""
        if self._years is None:
            self._years = office_years.fiscal_years(self.register.connection)
        if year in self._years:
            return self._years[year]
        earlier = [stored for stored in self._years if stored < year]
        return following_fiscal_year(self._years[max(earlier)], year) if earlier else first_fiscal_year(year)

    def has_fiscal_year(self, year: int) -> bool:
        """Whether a fiscal year is stored."""
        self.fiscal_year(year)
        return self._years is not None and year in self._years

    def rules_of(self, year: int) -> RuleSet:
        """The rule set of a fiscal year (Buddhist era)."""
        rules = self._rules.get(year)
        if rules is None:
            rules = self._rules[year] = self.fiscal_year(year).rules
        return rules

    @property
    def current_year(self) -> int:
        """Today's fiscal year, Buddhist era."""
        return fiscal_year_of(self.today)

    @property
    def last_change_day(self) -> date | None:
        """The Bangkok day of the newest change; None in a new register."""
        newest = operations.newest_at(self.register.connection)
        return None if newest is None else newest.astimezone(BANGKOK).date()

    def forget(self) -> None:
        """Empty the caches: the register has changed."""
        self._years = self._calendar = self._shipped_days = None
        self._rules = {}

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing, the caches too: what was read in a transaction that failed is not what the register holds."""
        try:
            with self.register.transaction() as connection:
                yield connection
        except BaseException:
            self.forget()
            raise

    def beside(self) -> "Desk":
        """The same desk over a second connection, for work on another thread."""
        return Desk(self.register.second_connection(), self.shipped, self.today_of, self.now_of)
