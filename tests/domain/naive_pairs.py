"""Turns a naive complaint into the product's, and the product's answers into the naive reading's words."""

from collections.abc import Collection
from datetime import date

from desktop.domain.complaint import Complaint, Entry, Mark, QualityItem, Reopening, Status
from desktop.domain.figures import Figures, MonthlyFigures, Score
from desktop.domain.obligations import Checkpoint, Obligation, Standing
from desktop.domain.rule_set import RuleSet
from desktop.domain.working_days import OfficeCalendar
from tests.domain.naive_reading import NaiveComplaint, NaiveRules

_FIELDS = {"letter": "letter_number", "order": "order_number", "action": "action", "coordination": "coordination"}


def product_complaint(naive: NaiveComplaint) -> Complaint:
    """The same complaint as the register keeps it: an entry before any completion is recorded as the first report."""
    entries = [Entry(day) for day in naive.entries]
    completions = [*(done for done, _ in naive.pairs), *([naive.completed] if naive.completed else [])]
    first = entries.pop(0) if entries and not (completions and entries[0].day > completions[0]) else None
    marks, written = {}, {}
    for code, state in naive.quality.items():
        item = QualityItem[code.upper()]
        if state == "not_applicable":
            marks[item] = Mark(None, "ไม่เกี่ยว")
        elif code in _FIELDS:
            written[_FIELDS[code]] = "มี" if state == "fulfilled" else "  "
        else:
            marks[item] = Mark(state == "fulfilled")
    return Complaint(
        number=naive.number,
        notified=naive.notified,
        accepted=naive.accepted,
        first_report=first,
        follow_ups=tuple(entries),
        reopenings=tuple(Reopening(*pair) for pair in naive.pairs),
        completed=naive.completed,
        transferred=naive.transferred,
        stated=None if naive.stated is None else Status[naive.stated.upper()],
        types=naive.types,
        marks=marks,
        **written,
    )


def product_rules(naive: NaiveRules) -> RuleSet:
    """The same rules as a rule set."""
    return RuleSet(
        accept_working_days=naive.accept_days,
        first_report_working_days=naive.first_report_days,
        checkpoint_days=naive.checkpoint_days,
        february_ends_on_working_day=naive.february_last_working_day,
        follow_up_within=naive.follow_up_within,
        send_by_day=naive.send_by_day,
        process_points=naive.process_points,
        quality_points=naive.quality_points,
    )


def calendar_of(holidays: Collection[date]) -> OfficeCalendar:
    """A calendar with those weekdays off."""
    return OfficeCalendar(dict.fromkeys(holidays, "วันหยุด"))


def said(seen: Standing | None) -> dict | None:
    """A standing in the naive reading's words."""
    if seen is None:
        return None
    owed = seen.next
    return {
        "number": seen.complaint.number,
        "types": list(seen.complaint.types),
        "status": seen.status.code,
        "notified": seen.complaint.notified,
        "accept": {**_duty(seen.accept), "inferred": seen.inferred},
        "first_report": _duty(seen.first_report),
        "follow_ups": [_duty(point) for point in seen.checkpoints],
        "completed": seen.completed,
        "reopened": seen.reopened,
        "transferred": seen.transferred,
        "correct": seen.correct,
        "next": owed
        and {"what": owed.step.code, "due": owed.due, "act_by": owed.act_by, "state": owed.urgency(seen.on).code},
    }


def _duty(duty: Obligation | Checkpoint) -> dict:
    return {"due": duty.due, "done": duty.done, "state": duty.state.code}


def figures_said(monthly: MonthlyFigures) -> dict:
    """A month's figures in the naive reading's words."""
    figures, to_date = monthly.figures, monthly.year_to_date
    return {
        "received": figures.received,
        "completed": figures.completed,
        "in_progress": figures.in_progress,
        "completed_percent": _text(figures.completed_percent),
        "in_progress_percent": _text(figures.in_progress_percent),
        **_scores(figures),
        "year_to_date": {"received": to_date.received, "completed": to_date.completed, **_scores(to_date)},
        "notified_later": len(monthly.notified_later),
    }


def _scores(figures: Figures) -> dict:
    quality = {"fulfilled": figures.quality.done, "applicable": figures.quality.total, **_share(figures.quality)}
    return {"process": {"correct": figures.process.done, **_share(figures.process)}, "quality": quality}


def _share(score: Score) -> dict:
    return {"percent": _text(score.percent), "points": _text(score.points)}


def _text(value: object) -> str | None:
    return None if value is None else str(value)
