"""How domain values are written in columns: ISO Gregorian days, JSON for rules, projects and figures."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.domain.complaint import QualityItem
from desktop.domain.figures import Figures, MonthlyFigures, Score
from desktop.domain.project_record import ProjectRecord
from desktop.domain.rule_set import RuleSet


def iso(day: date | None) -> str | None:
    """The day as ``2020-01-28``, None kept."""
    return None if day is None else day.isoformat()


def day_of(text: str | None) -> date | None:
    """The day of a column, None kept."""
    return None if text is None else date.fromisoformat(text)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_json(value: Any) -> str:
    """The one JSON spelling of the register: Thai as it is, keys in the given order, no blanks."""
    return _encode(value)


def rules_to_json(rules: RuleSet) -> str:
    """A rule set as JSON."""
    values = asdict(rules) | {"quality_items": [item.code for item in rules.quality_items]}
    return to_json(values)


def rules_from_json(text: str) -> RuleSet:
    """The rule set written as JSON; fields an older program did not know keep their default."""
    values = json.loads(text)
    values["checkpoint_days"] = tuple(values["checkpoint_days"])
    values["quality_items"] = tuple(QualityItem[code.upper()] for code in values["quality_items"])
    return RuleSet(**values)


def project_to_json(project: ProjectRecord) -> str:
    """A project record as JSON: days ISO, money as text."""
    return to_json({field.name: _plain(getattr(project, field.name)) for field in fields(project)})


def project_from_json(text: str) -> ProjectRecord:
    """The project record written as JSON."""
    values = json.loads(text)
    for name in ("begins", "ends"):
        values[name] = date.fromisoformat(values[name])
    for name in ("budget", "spent", "target"):
        values[name] = Decimal(values[name])
    for name in ("rationale", "objectives"):
        values[name] = tuple(values[name])
    return ProjectRecord(**values)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def figures_to_json(monthly: MonthlyFigures) -> str:
    """An issued report's figures as whole numbers: percentages follow from them exactly."""
    return to_json({"month": _figures(monthly.figures), "year_to_date": _figures(monthly.year_to_date)})


def figures_from_json(text: str) -> tuple[Figures, Figures]:
    """The month's figures and those of the fiscal year to date."""
    values = json.loads(text)
    return _figures_of(values["month"]), _figures_of(values["year_to_date"])


def _figures(figures: Figures) -> Mapping[str, object]:
    return asdict(figures)


def _figures_of(values: Mapping[str, Any]) -> Figures:
    return Figures(
        received=values["received"],
        completed=values["completed"],
        process=Score(**values["process"]),
        quality=Score(**values["quality"]),
    )
