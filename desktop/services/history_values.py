"""What can be changed, and how its fields are told in the history: plain values that JSON holds."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from desktop.domain.complaint import Complaint, Entry, Mark, Reopening
from desktop.domain.months import Month
from desktop.domain.office_year import CalendarChange, FiscalYear, IssuedReport


@dataclass(frozen=True)
class Setting:
    """A setting of the office by name."""

    name: str
    value: str


@dataclass(frozen=True)
class Sent:
    """The day a revision of a month's report was sent."""

    month: Month
    revision: int
    sent_on: date


@dataclass(frozen=True)
class Issue:
    """A report to be frozen, with its file."""

    report: IssuedReport
    pdf: bytes


Thing = Complaint | FiscalYear | CalendarChange | Setting | Sent | Issue


def differences(before: Thing | None, after: Thing | None) -> Mapping[str, tuple[Any, Any]]:
    """Each changed field's old and new value, plain enough for JSON; blank fields of a new thing are left out."""
    old, new = _values(before), _values(after)
    return {
        name: (old.get(name), new.get(name))
        for name in old | new
        if old.get(name) != new.get(name) and not (_is_blank(old.get(name)) and _is_blank(new.get(name)))
    }


def _is_blank(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _values(thing: Thing | None) -> dict[str, Any]:
    match thing:
        case None:
            return {}
        case Issue():  # its figures and file stand in the row itself, which never changes
            return {"sha256": thing.report.sha256, "why": thing.report.why}
        case FiscalYear():
            parts = {"rules": _fields(thing.rules), "project": _fields(thing.project)}
            return parts | {"core_types": list(thing.core_types)}
        case _:
            return _fields(thing)


def _fields(thing: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(thing, field.name)) for field in fields(thing)}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    for kind, spelled in _SPELLED.items():
        if isinstance(value, kind):
            return spelled(value)
    return [_plain(item) for item in value]


_SPELLED: Mapping[type, Any] = {
    date: date.isoformat,
    Decimal: str,
    Enum: lambda value: value.name.lower(),
    Entry: lambda value: [value.day.isoformat(), value.text],
    Reopening: lambda value: [value.completed.isoformat(), value.reopened.isoformat()],
    Mark: lambda value: [value.ticked, value.not_applicable],
    Month: lambda value: value.iso,
    Mapping: lambda value: {_plain(key): _plain(item) for key, item in value.items()},
}
