"""The officer's words on a month as a draft's plain values, and back."""

from contextlib import suppress
from decimal import Decimal, InvalidOperation

from desktop.domain.report_sheet import PlanWord, TargetWord
from desktop.services.month_reports import OfficersWords
from desktop.storage.draft_file import Values


def values_of_words(words: OfficersWords, reason: str, *, revising: bool) -> Values:
    """What is typed for a month: plan, target, money, note, and of a revision its reason."""
    return {
        "plan": words.plan.value,
        "target": words.target.value,
        "spent": str(words.spent),
        "note": words.note,
        "reason": reason,
        "revising": revising,
    }


def words_of_values(values: Values) -> tuple[OfficersWords, str, bool]:
    """The words, the reason and whether it is a revision; what cannot be read stands as in a blank form."""
    plan, target, spent = PlanWord.ON, TargetWord.ON, Decimal(0)
    with suppress(ValueError):
        plan = PlanWord(values.get("plan"))
    with suppress(ValueError):
        target = TargetWord(values.get("target"))
    with suppress(InvalidOperation):
        spent = Decimal(str(values.get("spent", "0")))
    words = OfficersWords(plan, target, spent, str(values.get("note", "")))
    return words, str(values.get("reason", "")), values.get("revising") is True
