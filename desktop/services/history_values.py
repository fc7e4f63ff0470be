"""What can be changed, and how its fields are told in the history: plain values that JSON holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from desktop.domain.complaint import Complaint, Entry, Mark, Reopening
from desktop.domain.evidence import Attachment, Outage, SignedCopy
from desktop.domain.months import Month
from desktop.domain.office_year import CalendarChange, FiscalYear, IssuedReport


@dataclass(frozen=True)
class Setting:
    """A setting of the office by name."""

    name: str
    value: str


@dataclass(frozen=True)
class Sent:
    """The day a revision of a month's report was sent, and the number of the letter it went with."""

    month: Month
    revision: int
    sent_on: date
    letter: str = ""


@dataclass(frozen=True)
class Issue:
    """A report to be frozen, with its file."""

    report: IssuedReport
    pdf: bytes

    @property
    def sha256(self) -> str:
        """The hash of its file."""
        return self.report.sha256

    @property
    def why(self) -> str:
        """Why it was revised; blank for the first."""
        return self.report.why


Thing = Complaint | FiscalYear | CalendarChange | Setting | Sent | Issue | Attachment | Outage | SignedCopy


def differences(before: Thing | None, after: Thing | None) -> dict[str, tuple[Any, Any]]:
    """Each changed field's old and new value, plain enough for JSON; blank fields of a new thing are left out."""
    found = {}
    for name in _FIELDS[type(before if after is None else after)]:
        old, new = getattr(before, name, None), getattr(after, name, None)
        if old != new and not (_is_blank(old) and _is_blank(new)):
            found[name] = (_plain(old), _plain(new))
    return found


def plain_fields(thing: Thing) -> dict[str, Any]:
    """Every field of a thing as the history spells it."""
    return {name: _plain(getattr(thing, name)) for name in _FIELDS[type(thing)]}


_FIELDS: dict[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind))
    for kind in (Complaint, FiscalYear, CalendarChange, Setting, Sent, Attachment, Outage, SignedCopy)
}
_FIELDS[Issue] = ("sha256", "why")  # its figures and file stand in the row itself, which never changes


def _is_blank(value: Any) -> bool:
    return value is None or value == "" or value == () or value == {}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    spelled = _SPELLED.get(type(value))
    if spelled is not None:
        return spelled(value)
    if isinstance(value, Enum):
        return value.name.lower()
    if isinstance(value, Mapping):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return [_plain(item) for item in value]


_SPELLED: dict[type, Callable[[Any], Any]] = {
    date: date.isoformat,
    datetime: datetime.isoformat,
    Decimal: str,
    Entry: lambda value: [value.day.isoformat(), value.text],
    Reopening: lambda value: [value.completed.isoformat(), value.reopened.isoformat()],
    Mark: lambda value: [value.ticked, value.not_applicable],
    Month: lambda value: value.iso,
}
