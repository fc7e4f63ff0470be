"""What the office settles once for a fiscal year: its rules, its project, its core types; and its calendar changes."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from desktop.domain.figures import MonthlyFigures
from desktop.domain.months import Month
from desktop.domain.project_record import ProjectRecord, carried_over, starting_record
from desktop.domain.report_sheet import PlanWord, ReportBlock, TargetWord
from desktop.domain.rule_set import RuleSet


@dataclass(frozen=True)
class FiscalYear:
    """One fiscal year (``year``: Buddhist era) as the office runs it; at most five core types."""

    year: int
    rules: RuleSet
    project: ProjectRecord
    core_types: tuple[str, ...] = ()


def first_fiscal_year(year: int) -> FiscalYear:
    """A fiscal year with the rules and texts the program ships."""
    return FiscalYear(year, RuleSet(), starting_record(year))


def following_fiscal_year(earlier: FiscalYear, year: int) -> FiscalYear:
    """A later fiscal year as it starts: the earlier one's rules, texts and core types until somebody changes them."""
    return replace(earlier, year=year, project=carried_over(earlier.project, year))


class DaySource(Enum):
    """Where a day off comes from; the value is the word of the command line."""

    COUNTRY = "country"
    BANGKOK = "bangkok"
    OFFICE = "office"


@dataclass(frozen=True)
class DayOff:
    """One holiday of the shipped calendar."""

    day: date
    name: str
    source: DaySource


@dataclass(frozen=True)
class CalendarChange:
    """A day the officer made a holiday (``closed``) or a working day, and why."""

    day: date
    closed: bool
    why: str


@dataclass(frozen=True)
class IssuedReport:
    """An issued monthly report: frozen for ever but for the day and letter it was sent with. ``issued_at`` is UTC."""

    revision: int
    figures: MonthlyFigures
    plan: PlanWord
    target: TargetWord
    spent: Decimal
    note: str
    why: str  # of a revision; blank for the first
    sha256: str
    length: int
    issued_at: datetime
    head: str  # the end of the history's chain when it was issued, printed on its last page
    sent_on: date | None = None
    letter: str = ""  # the number of the letter it was sent with

    @property
    def month(self) -> Month:
        """The month it reports."""
        return self.figures.month

    @property
    def block(self) -> ReportBlock:
        """Its block on this and every later sheet of the year."""
        return report_block(self.figures, self.revision, self.plan, self.target, self.spent, self.note)


def report_block(
    monthly: MonthlyFigures, revision: int, plan: PlanWord, target: TargetWord, spent: Decimal, note: str
) -> ReportBlock:
    """The block a monthly report's figures make on the sheet."""
    return ReportBlock(
        month=monthly.month,
        revision=revision,
        drawn_on=monthly.on,
        first=monthly.month.first,
        last=monthly.last,
        received=monthly.figures.received,
        completed=monthly.figures.completed,
        plan=plan,
        target=target,
        spent=spent,
        note=note,
    )
