"""The month's figures and the score (rules.md, "Step 3" and "The score").

Percentages and points are rounded once, half up to two decimals, from the exact fraction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from desktop.domain.complaint import Complaint, Status, item_state
from desktop.domain.months import Month, fiscal_year_end, fiscal_year_start
from desktop.domain.obligations import Standing, standing
from desktop.domain.report_sheet import Counted, half_up, percent_of
from desktop.domain.rule_set import RuleSet, RulesOf
from desktop.domain.working_days import OfficeCalendar


@dataclass(frozen=True)
class Score:
    """One part of the score: ``done`` of ``total`` (complaints or quality items), worth at most ``worth`` points."""

    done: int
    total: int
    worth: int

    @property
    def percent(self) -> Decimal | None:
        """done × 100 / total; None where there is nothing to divide."""
        return percent_of(self.done, self.total)

    @property
    def points(self) -> Decimal | None:
        """The share of the points worth, linear (chosen); None where there is nothing to divide."""
        return half_up(Fraction(self.done * self.worth, self.total)) if self.total else None


@dataclass(frozen=True)
class Figures(Counted):
    """What was received and what became of it, as it stood on one day, with both parts of the score."""

    received: int
    completed: int
    process: Score
    quality: Score


@dataclass(frozen=True)
class MonthlyFigures:
    """A monthly report's figures: its period, the day it speaks for, and the fiscal year to that day."""

    month: Month
    last: date  # the period's last day; its first is the month's
    on: date
    figures: Figures
    year_to_date: Figures
    numbers: tuple[str, ...]  # the complaints counted, in order of number
    notified_later: tuple[str, ...]  # complaints of the month the figures leave out
    send_by: date


def figures_of(standings: Iterable[Standing], rules: RuleSet, core_types: frozenset[str]) -> Figures:
    """The figures over complaints as they stand on one day; transferred ones count in none."""
    received = completed = correct = fulfilled = applicable = 0
    for seen in standings:
        if not seen.counts:
            continue
        received += 1
        correct += seen.correct is True
        if seen.status is Status.COMPLETED:
            completed += 1
            if not core_types.isdisjoint(seen.complaint.types):
                states = [item_state(seen.complaint, item) for item in rules.quality_items]
                fulfilled += states.count(True)
                applicable += len(states) - states.count(None)
    return Figures(
        received=received,
        completed=completed,
        process=Score(correct, received, rules.process_points),
        quality=Score(fulfilled, applicable, rules.quality_points),
    )


def monthly_figures(
    complaints: Iterable[Complaint],
    month: Month,
    last: date,
    on: date,
    calendar: OfficeCalendar,
    rules_of: RulesOf,
    core_types: frozenset[str],
) -> MonthlyFigures:
    """A month's report: complaints notified up to ``last`` (a day of the month) and ``on``, as they stand on ``on``.

    ``complaints`` are all those notified in the month's fiscal year; ``core_types`` are that year's.
    """
    rules = rules_of(month.fiscal_year)
    year_first, year_last = fiscal_year_start(month.fiscal_year), fiscal_year_end(month.fiscal_year)
    in_month: list[Standing] = []
    in_year: list[Standing] = []
    later: list[str] = []
    for complaint in complaints:
        if not year_first <= complaint.notified <= year_last:
            continue
        of_month = Month.of(complaint.notified) == month
        seen = standing(complaint, on, calendar, rules_of)
        if seen is not None:
            in_year.append(seen)
        if seen is not None and of_month and complaint.notified <= last:
            in_month.append(seen)
        elif of_month and complaint.transfer_day is None:
            later.append(complaint.number)
    return MonthlyFigures(
        month=month,
        last=last,
        on=on,
        figures=figures_of(in_month, rules, core_types),
        year_to_date=figures_of(in_year, rules, core_types),
        numbers=tuple(sorted(seen.complaint.number for seen in in_month if seen.counts)),
        notified_later=tuple(sorted(later)),
        send_by=rules.send_by(month),
    )
