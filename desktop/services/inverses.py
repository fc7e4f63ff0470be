"""The inverse of one row of the history: the change that puts one thing back, or why there is none any more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from desktop.domain.complaint import Complaint, Entry, Mark, QualityItem, Reopening, Status
from desktop.domain.evidence import OF_COMPLAINT, OF_OUTAGE, Attachment, Outage
from desktop.domain.office_year import CalendarChange, FiscalYear
from desktop.services.changes import Change
from desktop.services.desk import Desk
from desktop.services.erasable import is_erased
from desktop.services.history_values import Setting, Thing, differences
from desktop.storage import attachments, complaints, office_years, outages
from desktop.storage.row_values import project_from_json, rules_from_json, to_json

Values = dict[str, tuple[Any, Any]]  # each field's old and new, as the history spells them

CHANGED = "ถูกแก้ไขอีกหลังจากนั้น"
ERASED_SINCE = "ถูกลบข้อมูลส่วนบุคคลตามกฎหมายแล้ว"
HAS_FILES = "มีแฟ้มแนบที่เพิ่มหลังจากนั้น"
_IDENTITY = {"fiscal_year": "year", "calendar": "day", "setting": "name", "attachment": "sha256"}
_OWNERS = {"complaint": OF_COMPLAINT, "outage": OF_OUTAGE}


def inverse(desk: Desk, kind: str, key: str, values: Values) -> Change | str:
    """The change that puts one thing back as it was before a history row; why not, when it is another thing by now."""
    if any(map(is_erased, values.values())):
        return ERASED_SINCE
    there = _THERE[kind](desk, key)
    was, became = values.get(_IDENTITY.get(kind, "number"), (key, key))  # not told of: it was only changed
    if (there is None) != (became is None):
        return CHANGED
    before = None if was is None else _BEFORE[kind](there, key, values)
    if differences(there, before) != {name: (new, old) for name, (old, new) in values.items()}:
        return CHANGED
    return Change(there, before)


def files_of(desk: Desk, kind: str, key: str) -> set[str]:
    """The keys, as the history has them, of what is attached to a thing."""
    owner_kind = _OWNERS.get(kind)
    if owner_kind is None:
        return set()
    there = attachments.of_owner(desk.register.connection, owner_kind, key)
    return {f"{owner_kind}/{key}/{each.sha256}" for each in there}


def _year(desk: Desk, key: str) -> FiscalYear | None:
    return desk.fiscal_year(int(key)) if desk.has_fiscal_year(int(key)) else None


def _setting(desk: Desk, key: str) -> Setting | None:
    value = office_years.setting(desk.register.connection, key)
    return None if value is None else Setting(key, value)


def _attachment(desk: Desk, key: str) -> Attachment | None:
    owner_kind, _, rest = key.partition("/")
    owner, _, sha256 = rest.rpartition("/")
    return attachments.of_key(desk.register.connection, owner_kind, owner, sha256)


_THERE: dict[str, Callable[[Desk, str], Thing | None]] = {
    "complaint": lambda desk, key: complaints.by_number(desk.register.connection, key),
    "fiscal_year": _year,
    "calendar": lambda desk, key: desk.calendar_changes.get(date.fromisoformat(key)),
    "setting": _setting,
    "attachment": _attachment,
    "outage": lambda desk, key: outages.by_number(desk.register.connection, int(key)),
}


def _complaint_before(there: Complaint | None, key: str, values: Values) -> Complaint:
    old = {name: _blank(name) if was is None else _READ.get(name, str)(was) for name, (was, _) in values.items()}
    return Complaint(**old) if there is None else replace(there, **old)


def _blank(name: str) -> Any:
    if Complaint.__annotations__[name] is str:
        return ""
    return {"types": (), "follow_ups": (), "reopenings": (), "marks": {}}.get(name)


def _entry(plain: list[str]) -> Entry:
    return Entry(date.fromisoformat(plain[0]), plain[1])


_READ: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("notified", "accepted", "completed", "transferred"), date.fromisoformat),
    "types": tuple,
    "stated": lambda plain: Status[plain.upper()],
    "first_report": _entry,
    "follow_ups": lambda plain: tuple(map(_entry, plain)),
    "reopenings": lambda plain: tuple(Reopening(*map(date.fromisoformat, pair)) for pair in plain),
    "marks": lambda plain: {QualityItem[item.upper()]: Mark(*mark) for item, mark in plain.items()},
}


def _year_before(there: FiscalYear | None, key: str, values: Values) -> FiscalYear:
    old = {name: _READ_YEAR[name](was or []) for name, (was, _) in values.items()}
    return FiscalYear(**old) if there is None else replace(there, **old)


_READ_YEAR: dict[str, Callable[[Any], Any]] = {
    "year": int,
    "rules": lambda plain: rules_from_json(to_json(plain)),
    "project": lambda plain: project_from_json(to_json(plain)),
    "core_types": tuple,
}


def _calendar_before(there: CalendarChange | None, key: str, values: Values) -> CalendarChange:
    old = {name: was for name, (was, _) in values.items()}
    if there is not None:
        return replace(there, **old)
    return CalendarChange(date.fromisoformat(key), old["closed"], old.get("why") or "")


def _setting_before(there: Setting | None, key: str, values: Values) -> Setting:
    return Setting(key, values.get("value", ("", ""))[0] or "")


def _attachment_before(there: Attachment | None, key: str, values: Values) -> Attachment:
    old = {name: was for name, (was, _) in values.items()}
    return Attachment(**(old | {"name": old.get("name", ""), "added_at": datetime.fromisoformat(old["added_at"])}))


def _outage_before(there: Outage | None, key: str, values: Values) -> Outage:
    old = {name: _moment(name, was) for name, (was, _) in values.items()}
    return replace(there, **old) if there is not None else Outage(**({"noted_by": ""} | old))


def _moment(name: str, plain: Any) -> Any:
    return datetime.fromisoformat(plain) if plain is not None and name in ("began", "ended", "noted_at") else plain


_BEFORE: dict[str, Callable[[Any, str, Values], Thing]] = {
    "complaint": _complaint_before,
    "fiscal_year": _year_before,
    "calendar": _calendar_before,
    "setting": _setting_before,
    "attachment": _attachment_before,
    "outage": _outage_before,
}
