"""The official progress report as values: what stands on the sheet, before anything is drawn."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from desktop.domain.months import Month
from desktop.domain.project_record import ProjectRecord

HUNDRED = Decimal("100.00")


def half_up(exact: Fraction) -> Decimal:
    """The exact fraction rounded once, half up, to two decimals (rules.md, "The score")."""
    return Decimal((exact.numerator * 200 + exact.denominator) // (2 * exact.denominator)).scaleb(-2)


def percent_of(part: int, whole: int) -> Decimal | None:
    """part × 100 / whole, or None where there is nothing to divide."""
    return half_up(Fraction(part * 100, whole)) if whole else None


class PlanWord(Enum):
    """The officer's word on the plan (form.md, "The sheet")."""

    ON = "เป็นไปตามแผน"
    AHEAD = "เร็วกว่าแผน"
    BEHIND = "ล่าช้ากว่าแผน"


class TargetWord(Enum):
    """The officer's word on the target (form.md, "The sheet")."""

    ON = "เป็นไปตามเป้าหมาย"
    ABOVE = "สูงกว่าเป้าหมาย"
    BELOW = "ต่ำกว่าเป้าหมาย"


class Counted:
    """What was received and completed, and the two percentages that always add up to 100.00."""

    received: int
    completed: int

    @property
    def in_progress(self) -> int:
        """Every complaint that counts and is not completed, accepted or not."""
        return self.received - self.completed

    @property
    def completed_percent(self) -> Decimal | None:
        """completed × 100 / received, also ความก้าวหน้าของงานฯ; None when nothing was received (printed "-")."""
        return percent_of(self.completed, self.received)

    @property
    def in_progress_percent(self) -> Decimal | None:
        """100 − completed %."""
        completed = self.completed_percent
        return None if completed is None else HUNDRED - completed


@dataclass(frozen=True)
class ReportBlock(Counted):
    """One monthly report as the sheet shows it; the period's days and ``drawn_on`` are Gregorian days."""

    month: Month
    revision: int
    drawn_on: date
    first: date
    last: date
    received: int
    completed: int
    plan: PlanWord = PlanWord.ON
    target: TargetWord = TargetWord.ON
    spent: Decimal = Decimal(0)
    note: str = ""

    @property
    def number(self) -> int:
        """รายงานครั้งที่: the month's place in the fiscal year."""
        return self.month.report_number


@dataclass(frozen=True)
class ReplacedReport:
    """The issued report that a revision takes the place of, and why (blank while nobody has said)."""

    revision: int
    drawn_on: date
    sha256: str  # of its file
    why: str = ""


@dataclass(frozen=True)
class ReportSheet:
    """The whole official sheet: the year's project and one block for every report up to this one, oldest first.

    The last block is the report itself; ``draft`` prints ร่าง across every page. ``head`` is the end of the history's
    chain before the report was issued (``123:0a1b…``): no text of the form, it stands small above the last page's foot.
    ``replaces`` is told on the last page of a revision, under the signature.
    """

    project: ProjectRecord
    blocks: tuple[ReportBlock, ...]
    draft: bool = False
    head: str = ""
    replaces: ReplacedReport | None = None

    @property
    def report(self) -> ReportBlock:
        """The report this sheet is issued for."""
        return self.blocks[-1]
