"""The JSON documents of the command line: ISO Gregorian dates, percentages and points as strings of two decimals."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.domain.complaint import Complaint
from desktop.domain.figures import Figures, MonthlyFigures, Score
from desktop.domain.obligations import Checkpoint, Obligation, Standing
from desktop.domain.office_year import IssuedReport
from desktop.services.complaint_work import quality_states
from desktop.services.month_reports import MonthState, ReportState

Json = dict[str, Any]
_QUALITY = {True: "fulfilled", False: "missing", None: "not_applicable"}


def iso(day: date | None) -> str | None:
    """``2020-01-28``, or null."""
    return None if day is None else day.isoformat()


def decimals(value: Decimal | None) -> str | None:
    """``"75.61"``, or null where there is nothing to divide."""
    return None if value is None else f"{value:.2f}"


def complaint_json(seen: Standing) -> Json:
    """S: one complaint as seen on a day."""
    return {
        "number": seen.complaint.number,
        "types": list(seen.complaint.types),
        "status": seen.status.code,
        "notified": iso(seen.complaint.notified),
        "accept": {**_duty(seen.accept), "inferred": seen.inferred},
        "first_report": _duty(seen.first_report),
        "follow_ups": [_duty(point) for point in seen.checkpoints],
        "completed": iso(seen.completed),
        "reopened": iso(seen.reopened),
        "transferred": iso(seen.transferred),
        "correct": seen.correct,
        "next": _next(seen),
    }


def _duty(duty: Obligation | Checkpoint) -> Json:
    return {"due": iso(duty.due), "done": iso(duty.done), "state": duty.state.code}


def _next(seen: Standing) -> Json | None:
    owed = seen.next
    if owed is None:
        return None
    urgency = owed.urgency(seen.on).code
    return {"what": owed.step.code, "due": iso(owed.due), "act_by": iso(owed.act_by), "state": urgency}


def report_json(monthly: MonthlyFigures) -> Json:
    """R: a month's figures."""
    figures, to_date = monthly.figures, monthly.year_to_date
    return {
        "month": monthly.month.iso,
        "period": [iso(monthly.month.first), iso(monthly.last)],
        "on": iso(monthly.on),
        "received": figures.received,
        "completed": figures.completed,
        "in_progress": figures.in_progress,
        "completed_percent": decimals(figures.completed_percent),
        "in_progress_percent": decimals(figures.in_progress_percent),
        **_scores(figures),
        "year_to_date": {"received": to_date.received, "completed": to_date.completed, **_scores(to_date)},
        "notified_later": len(monthly.notified_later),
        "send_by": iso(monthly.send_by),
    }


def _scores(figures: Figures) -> Json:
    process, quality = figures.process, figures.quality
    return {
        "process": {"correct": process.done, **_share(process)},
        "quality": {"fulfilled": quality.done, "applicable": quality.total, **_share(quality)},
    }


def _share(score: Score) -> Json:
    return {"percent": decimals(score.percent), "points": decimals(score.points)}


def draft_json(monthly: MonthlyFigures) -> Json:
    """R of a draft: it has no number yet."""
    return {**report_json(monthly), "report_number": None, "revision": None}


def issued_json(report: IssuedReport) -> Json:
    """R of an issued report, with its number, revision and the hash of its file."""
    number = {"report_number": report.month.report_number, "revision": report.revision, "sha256": report.sha256}
    return {**report_json(report.figures), **number}


def waiting_json(state: MonthState, on: date) -> Json:
    """A monthly report that is not sent yet."""
    issued = state.state is ReportState.ISSUED
    return {
        "month": state.month.iso,
        "send_by": iso(state.send_by),
        "state": "issued" if issued else "draft",
        "overdue": on > state.send_by,
    }


def quality_json(found: Complaint) -> Json:
    """The quality items of a complaint."""
    states: Mapping[str, str] = {item.code: _QUALITY[state] for item, state in quality_states(found).items()}
    return {"number": found.number, "items": states}
