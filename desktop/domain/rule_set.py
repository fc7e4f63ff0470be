"""The rule set of a fiscal year: every number next year's circular may change, as data (rules.md).

What is marked chosen in rules.md and could vary is a field here, with the choice as its default.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from desktop.domain.complaint import QualityItem
from desktop.domain.months import Month
from desktop.domain.working_days import OfficeCalendar


@dataclass(frozen=True)
class RuleSet:
    """The rules a complaint notified in one fiscal year is judged by; days are working days where the name says so."""

    accept_working_days: int = 1
    first_report_working_days: int = 3
    checkpoint_days: tuple[int, ...] = (15, 30)
    february_ends_on_working_day: bool = True  # its last checkpoint is the month's last working day
    follow_up_within: int | None = None  # k: a follow-up serves a checkpoint at most k days ahead (chosen: no limit)
    send_by_day: int = 10  # of the next month, never moved
    process_points: int = 20
    quality_points: int = 80
    core_types_at_most: int = 5
    quality_items: tuple[QualityItem, ...] = field(default=tuple(QualityItem))

    def __post_init__(self) -> None:
        if min(self.accept_working_days, self.first_report_working_days) < 1:
            raise ValueError("จำนวนวันทำการต้องเป็น 1 วันขึ้นไป")
        if not self.checkpoint_days or not all(1 <= day <= 31 for day in self.checkpoint_days):
            raise ValueError("วันติดตามผลต้องเป็นวันที่ 1 ถึง 31 อย่างน้อยหนึ่งวัน")
        if list(self.checkpoint_days) != sorted(set(self.checkpoint_days)):
            raise ValueError("วันติดตามผลต้องเรียงจากน้อยไปมากและไม่ซ้ำกัน")
        if not 1 <= self.send_by_day <= 28:
            raise ValueError("วันส่งรายงานต้องเป็นวันที่ 1 ถึง 28")
        if self.follow_up_within is not None and self.follow_up_within < 0:
            raise ValueError("จำนวนวันก่อนวันติดตามผลต้องไม่ติดลบ")
        if self.process_points < 0 or self.quality_points < 0:
            raise ValueError("คะแนนต้องไม่ติดลบ")

    def send_by(self, month: Month) -> date:
        """The day the monthly report is to be sent by, that day included."""
        return month.next.first.replace(day=self.send_by_day)


RulesOf = Callable[[int], RuleSet]  # the rule set of a fiscal year (Buddhist era)


@lru_cache(maxsize=4096)
def _plain_checkpoints(month: Month, days: tuple[int, ...]) -> tuple[date, ...]:
    """The checkpoints of a month by its days alone; a day the month lacks falls on its last."""
    last = month.last.day
    return tuple(dict.fromkeys(month.first.replace(day=min(day, last)) for day in days))


def month_checkpoints(month: Month, rules: RuleSet, calendar: OfficeCalendar) -> tuple[date, ...]:
    """The calendar checkpoints of a month, in order; they stay where they fall, holiday or not (chosen)."""
    days = _plain_checkpoints(month, rules.checkpoint_days)
    if month.month == 2 and rules.february_ends_on_working_day:
        last = calendar.working_day_on_or_before(month.last)
        return (*(day for day in days[:-1] if day < last), last)
    return days


def checkpoint_from(day: date, rules: RuleSet, calendar: OfficeCalendar) -> date:
    """The first calendar checkpoint on or after a day: the one an entry of that day lies in the window of."""
    month = Month.of(day)
    while True:
        for checkpoint in month_checkpoints(month, rules, calendar):
            if checkpoint >= day:
                return checkpoint
        month = month.next


def next_checkpoint(day: date, rules: RuleSet, calendar: OfficeCalendar) -> date:
    """The first calendar checkpoint strictly after a day."""
    return checkpoint_from(day + timedelta(days=1), rules, calendar)
