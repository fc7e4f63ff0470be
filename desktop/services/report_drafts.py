"""What the officer types for a month's report, as a draft's plain values, and back."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from desktop.domain.report_sheet import PlanWord, TargetWord
from desktop.domain.thai_dates import DateRefused, parse_date, slashed_date
from desktop.services.month_reports import OfficersWords
from desktop.storage.draft_file import Value, Values


@dataclass(frozen=True)
class TypedReport:
    """What is typed for a month; ``drawn_on`` None: today, ``last`` None: the month's last day.

    A revision begins with the words and the period of the report it replaces.
    """

    drawn_on: date | None = None
    last: date | None = None
    words: OfficersWords = field(default_factory=OfficersWords)
    reason: str = ""
    revising: bool = False
    begun_with: OfficersWords = field(default_factory=OfficersWords)
    begun_last: date | None = None

    @property
    def has_any(self) -> bool:
        """Whether the officer typed anything of her own."""
        return values_of(self) != base_of(self)


@dataclass(frozen=True)
class TypedMemo:
    """The number and the day of the memo a report goes with: of this one memo, so kept nowhere else."""

    number: str = ""
    day: date | None = None


def values_of(typed: TypedReport, memo: TypedMemo | None = None) -> Values:
    """The report's days, plan, target, money, note, of a revision its reason; and the memo's number and day."""
    memo = memo or TypedMemo()
    return {
        "drawn_on": _day_words(typed.drawn_on),
        "last": _day_words(typed.last),
        "plan": typed.words.plan.value,
        "target": typed.words.target.value,
        "spent": str(typed.words.spent),
        "note": typed.words.note,
        "reason": typed.reason,
        "revising": typed.revising,
        "memo_number": memo.number,
        "memo_day": _day_words(memo.day),
    }


def base_of(typed: TypedReport) -> Values:
    """The values before anything was typed."""
    return values_of(TypedReport(words=typed.begun_with, last=typed.begun_last, revising=typed.revising))


def typed_of(values: Values) -> TypedReport:
    """What a draft holds of the report; what cannot be read stands as in a blank form."""
    plan, target, spent = PlanWord.ON, TargetWord.ON, Decimal(0)
    with suppress(ValueError):
        plan = PlanWord(values.get("plan"))
    with suppress(ValueError):
        target = TargetWord(values.get("target"))
    with suppress(InvalidOperation):
        spent = Decimal(str(values.get("spent", "0")))
    return TypedReport(
        drawn_on=_day(values.get("drawn_on")),
        last=_day(values.get("last")),
        words=OfficersWords(plan, target, spent, str(values.get("note", ""))),
        reason=str(values.get("reason", "")),
        revising=values.get("revising") is True,
    )


def memo_of(values: Values) -> TypedMemo:
    """What a draft holds of the memo."""
    return TypedMemo(str(values.get("memo_number", "")), _day(values.get("memo_day")))


def _day_words(day: date | None) -> str:
    return "" if day is None else slashed_date(day)


def _day(words: Value | None) -> date | None:
    with suppress(DateRefused):
        return parse_date(str(words or ""))
    return None
