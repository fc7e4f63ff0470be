"""Undo: the inverse of an operation, through the same door, itself an operation. Issuing and sending are not undone.

What was changed again since is never overwritten: then nothing is taken back, and the reason is said.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from desktop.domain.complaint import Complaint, Entry, Mark, QualityItem, Reopening, Status
from desktop.domain.evidence import Attachment, Outage
from desktop.domain.office_year import CalendarChange, FiscalYear
from desktop.services.changes import Change, apply_within
from desktop.services.desk import CannotDo, Desk
from desktop.services.history_values import Setting, Thing, differences
from desktop.storage import attachments, complaints, office_years, operations, outages
from desktop.storage.operations import Operation
from desktop.storage.row_values import project_from_json, rules_from_json, to_json

# What is never taken back: a report that is out is revised, what was seen or erased stays so.
LASTING = (
    "issued_report", "sent", "signed_copy", "erasure", "view", "register", "shipped_calendar", "restore", "export",
    "backup",
)  # fmt: skip
Values = dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Undone:
    """What an undo did: complaints taken out again, and complaints (or settings) put back as they were."""

    action: str
    removed: int
    restored: int


def what_can_be_undone(desk: Desk) -> Operation | None:
    """The operation the next undo takes back; None when there is none."""
    return operations.newest_to_undo(desk.register.connection, LASTING)


def undo_newest(desk: Desk) -> Undone:
    """Take the newest operation back; raises CannotDo when there is none or it was changed again since."""
    newest = what_can_be_undone(desk)
    if newest is None:
        raise CannotDo("ไม่มีอะไรให้เลิกทำ")
    return _undo(desk, newest.number, newest.action)


def undo_import(desk: Desk) -> tuple[int, Undone]:
    """Take the newest import batch back and tell its number; raises CannotDo as ``undo_newest``."""
    batch = operations.newest_batch(desk.register.connection)
    if batch is None:
        raise CannotDo("ไม่มีการนำเข้าให้ย้อนกลับ ไม่มีอะไรถูกแก้ไข")
    return batch[0], _undo(desk, batch[1], "นำเข้า")


def undo_operation(desk: Desk, operation: int) -> Undone:
    """Take one operation of the history back; raises CannotDo when it cannot be, or was changed again since."""
    found = operations.to_undo(desk.register.connection, operation, LASTING)
    if found is None:
        raise CannotDo("รายการนี้เลิกทำไม่ได้ เพราะเลิกทำไปแล้ว หรือเป็นรายการที่คงอยู่ถาวร เช่น รายงานที่ออกแล้ว ไม่มีอะไรถูกแก้ไข")
    return _undo(desk, found.number, found.action)


def _undo(desk: Desk, operation: int, action: str) -> Undone:
    with desk.transaction() as connection:
        rows = operations.changes_of(connection, operation)
        by_the_way = any(kind == "complaint" for kind, _, _ in rows)  # a fiscal year begun by its first complaint stays
        changes = [_inverse(desk, *row) for row in rows if not (by_the_way and row[0] == "fiscal_year")]
        apply_within(desk, f"เลิกทำ: {action}", changes, undoes=operation)
    removed = sum(change.after is None for change in changes)
    return Undone(action, removed, len(changes) - removed)


def _inverse(desk: Desk, kind: str, key: str, values: Values) -> Change:
    """The change that puts one thing back; raises CannotDo when it was changed again since."""
    before, after = _READ_KIND[kind](desk, key, values)
    if differences(before, after) != {name: (new, old) for name, (old, new) in values.items()}:
        raise CannotDo(f"เลิกทำไม่ได้ เพราะ {key} ถูกแก้ไขอีกหลังจากนั้น ไม่มีอะไรถูกแก้ไข โปรดแก้ที่รายการนั้นโดยตรง")
    return Change(before, after)


def _complaint(desk: Desk, key: str, values: Values) -> tuple[Complaint | None, Complaint | None]:
    before = complaints.by_number(desk.register.connection, key)
    if values.get("number", ("", ""))[0] is None:
        return before, None  # it was new
    old = {name: _blank(name) if was is None else _READ.get(name, str)(was) for name, (was, _) in values.items()}
    return before, Complaint(**old) if before is None else replace(before, **old)


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


def _year(desk: Desk, key: str, values: Values) -> tuple[FiscalYear | None, FiscalYear | None]:
    year = int(key)
    before = desk.fiscal_year(year) if desk.has_fiscal_year(year) else None
    if before is None or "year" in values:
        return before, None  # it was stored for the first time
    after = before
    for name, (old, _) in values.items():
        after = replace(after, **{name: _READ_YEAR[name](old or [])})
    return before, after


_READ_YEAR: dict[str, Callable[[Any], Any]] = {
    "rules": lambda plain: rules_from_json(to_json(plain)),
    "project": lambda plain: project_from_json(to_json(plain)),
    "core_types": tuple,
}


def _calendar(desk: Desk, key: str, values: Values) -> tuple[CalendarChange | None, CalendarChange | None]:
    day = date.fromisoformat(key)
    before = desk.calendar_changes.get(day)
    old = {name: was for name, (was, _) in values.items()}
    if before is None:
        return None, CalendarChange(day, old["closed"], old["why"])
    return before, None if "day" in old else replace(before, **old)


def _setting(desk: Desk, key: str, values: Values) -> tuple[Setting | None, Setting | None]:
    value = office_years.setting(desk.register.connection, key)
    before = None if value is None else Setting(key, value)
    if "name" in values and values["name"][0] is None:
        return before, None
    return before, Setting(key, values["value"][0] or "")


def _attachment(desk: Desk, key: str, values: Values) -> tuple[Attachment | None, Attachment | None]:
    owner_kind, _, rest = key.partition("/")
    owner, _, sha256 = rest.rpartition("/")
    before = attachments.of_key(desk.register.connection, owner_kind, owner, sha256)
    old = {name: was for name, (was, _) in values.items()}
    if old["sha256"] is None:
        return before, None
    return before, Attachment(
        **(old | {"name": old.get("name", ""), "added_at": datetime.fromisoformat(old["added_at"])})
    )


def _outage(desk: Desk, key: str, values: Values) -> tuple[Outage | None, Outage | None]:
    before = outages.by_number(desk.register.connection, int(key))
    old = {name: _moment(name, was) for name, (was, _) in values.items()}
    if "number" in old and old["number"] is None:
        return before, None
    if before is not None:
        return before, replace(before, **old)
    return None, Outage(**({"noted_by": ""} | old))


def _moment(name: str, plain: Any) -> Any:
    return datetime.fromisoformat(plain) if plain is not None and name in ("began", "ended", "noted_at") else plain


_READ_KIND: dict[str, Callable[[Desk, str, Values], tuple[Thing | None, Thing | None]]] = {
    "complaint": _complaint,
    "fiscal_year": _year,
    "calendar": _calendar,
    "setting": _setting,
    "attachment": _attachment,
    "outage": _outage,
}


def describe(found: Operation) -> str:
    """What the next undo would take back, for the menu."""
    return f"{found.action} ({found.things} รายการ)" if found.things > 1 else found.action
