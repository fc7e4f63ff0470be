"""Months and fiscal years.

A fiscal year runs 1 October to 30 September and is named by the Buddhist year in which it ends (rules.md, "Words").
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from desktop.domain.thai_dates import ERA_OFFSET, month_name, short_month_name


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month; ``year`` is Gregorian."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month a day lies in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first + relativedelta(day=31)  # as far as the month goes

    @property
    def next(self) -> "Month":
        """The month after it."""
        return Month.of(self.first + relativedelta(months=1))

    @property
    def report_number(self) -> int:
        """Its place in the fiscal year: October 1 … September 12 (chosen, rules.md step 3)."""
        return (self.month - 10) % 12 + 1

    @property
    def fiscal_year(self) -> int:
        """The fiscal year it belongs to, Buddhist era."""
        return fiscal_year_of(self.first)

    @property
    def iso(self) -> str:
        """``2020-01``"""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def thai(self) -> str:
        """``มกราคม 2563``"""
        return month_name(self.year, self.month)

    @property
    def short_thai(self) -> str:
        """``ม.ค. 2563``"""
        return short_month_name(self.year, self.month)


def month_from_iso(text: str) -> Month:
    """The month written ``2020-01`` (Gregorian)."""
    year, month = text.split("-")
    return Month(int(year), int(month))


def fiscal_year_of(day: date) -> int:
    """The fiscal year (Buddhist era) a day lies in."""
    return day.year + ERA_OFFSET + (day.month >= 10)


def fiscal_year_start(year: int) -> date:
    """1 October with which the fiscal year (Buddhist era) begins."""
    return date(year - ERA_OFFSET - 1, 10, 1)


def fiscal_year_end(year: int) -> date:
    """30 September with which the fiscal year (Buddhist era) ends."""
    return date(year - ERA_OFFSET, 9, 30)


def fiscal_year_months(year: int) -> tuple[Month, ...]:
    """October to September of the fiscal year (Buddhist era)."""
    return tuple(months_between(fiscal_year_start(year), fiscal_year_end(year)))


def months_between(first: date, last: date) -> Iterator[Month]:
    """Every month from the one of ``first`` to the one of ``last``."""
    month = Month.of(first)
    while month <= Month.of(last):
        yield month
        month = month.next
