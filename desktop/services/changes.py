"""The one door for writing: (before, after) values in; rows, history and next obligations out, in one transaction.

The rules stay in ``domain``: here they are only asked. Derived columns are no part of the history.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Any

from desktop.domain.complaint import Complaint
from desktop.domain.evidence import Attachment, Outage, SignedCopy
from desktop.domain.months import fiscal_year_of
from desktop.domain.obligations import NextObligation, next_obligation
from desktop.domain.office_year import CalendarChange, FiscalYear
from desktop.services.desk import SHIPPED_SETTING, Desk
from desktop.services.history_values import Issue, Sent, Setting, Thing, differences
from desktop.services.office_calendar import joined_calendar
from desktop.storage import (
    attachments,
    complaints,
    dated_complaints,
    issued_reports,
    office_years,
    operations,
    outages,
    signed_copies,
)
from desktop.storage.seals import spelling_of


@dataclass(frozen=True)
class Change:
    """One thing as it was and as it shall be: None before is new, None after is taken out."""

    before: Thing | None
    after: Thing | None


@dataclass(frozen=True)
class Done:
    """What an operation did: its number, and how many next obligations its calendar or rule change moved."""

    operation: int
    moved: int


def apply(desk: Desk, action: str, changes: Iterable[Change], why: str = "", who: str = "") -> Done:
    """Carry out an operation whole or not at all; ``action`` is the officer's word for it."""
    with desk.transaction():
        return apply_within(desk, action, changes, why, who)


def apply_within(
    desk: Desk, action: str, changes: Iterable[Change], why: str = "", who: str = "", undoes: int | None = None
) -> Done:
    """The same inside the caller's ``desk.transaction()``; ``undoes`` is the operation it takes back."""
    connection = desk.register.connection
    _take_shipped_calendar(desk)
    operation = operations.begin(connection, desk.now_of(), who or officer(desk), action, why, undoes)
    recount = _carry_out_all(desk, connection, operation, changes)
    moved = 0
    if recount:
        desk.forget()
        moved = recompute_next(desk)
    return Done(operation, moved)


def note_only(desk: Desk, action: str, kind: str, key: str, told: Mapping[str, object], why: str = "") -> None:
    """Note what changed nothing: who saw or took out what, a restore; in the caller's ``desk.transaction()``."""
    connection = desk.register.connection
    operation = operations.begin(connection, desk.now_of(), officer(desk), action, why)
    operations.note(connection, operation, kind, key, told, None)


def take_shipped_calendar(desk: Desk) -> None:
    """Keep this program's calendar in a register that has none or an older one: later starts need not make it."""
    if desk.register.writable and not desk.has_shipped_calendar:
        with desk.transaction():
            _take_shipped_calendar(desk)


def officer(desk: Desk) -> str:
    """The name changes are noted under: the settings', blank until somebody types it."""
    return office_years.setting(desk.register.connection, "officer") or ""


def recompute_next(desk: Desk) -> int:
    """Every open deadline anew, in the caller's transaction; tells how many moved."""
    moved: list[tuple[str, NextObligation | None]] = []
    for before, complaint in dated_complaints.open_or_owing(desk.register.connection):
        owed = next_obligation(complaint, desk.calendar, desk.rules_of)
        if complaints.owed_columns(owed) != before:
            moved.append((complaint.number, owed))
    complaints.set_next(desk.register.connection, moved)
    return len(moved)


def would_move(desk: Desk, day: date, change: CalendarChange | None) -> int:
    """How many next obligations a calendar change (None: taken back) would move, without making it."""
    others = {other: each for other, each in desk.calendar_changes.items() if other != day}
    calendar = joined_calendar(desk.shipped_days, others if change is None else others | {day: change})
    return sum(
        next_obligation(complaint, calendar, desk.rules_of) != before
        for before, complaint in complaints.owing(desk.register.connection)
    )


def _take_shipped_calendar(desk: Desk) -> None:
    """Keep this program's calendar in the register, and count every open deadline with it: an operation of its own."""
    if desk.has_shipped_calendar:
        return
    connection = desk.register.connection
    before, after = office_years.setting(connection, SHIPPED_SETTING), desk.shipped.version
    operation = operations.begin(connection, desk.now_of(), "", "ปฏิทินวันหยุดที่มากับโปรแกรม", "")
    office_years.write_shipped_days(connection, desk.shipped_days)
    office_years.write_setting(connection, SHIPPED_SETTING, after)
    for kind, key in (("shipped_calendar", ""), ("setting", SHIPPED_SETTING)):
        operations.note(
            connection, operation, kind, key, {"version": (before, after)}, spelling_of(connection, kind, key)
        )
    desk.forget()
    recompute_next(desk)


def _carry_out_all(desk: Desk, connection: sqlite3.Connection, operation: int, changes: Iterable[Change]) -> bool:
    """Write every change with its history row, new complaints some hundred at a time.

    Tells whether every deadline must be counted anew.
    """
    recount = False
    for are_new, group in groupby(changes, _is_new_complaint):
        if are_new:
            new = (change.after for change in group)
            while some := [each for each in islice(new, complaints.CHUNK) if isinstance(each, Complaint)]:
                _add_complaints(desk, connection, operation, some)
        else:
            for change in group:
                recount |= _carry_out(desk, connection, operation, change)
    return recount


def _is_new_complaint(change: Change) -> bool:
    return change.before is None and isinstance(change.after, Complaint)


def _add_complaints(desk: Desk, connection: sqlite3.Connection, operation: int, new: list[Complaint]) -> None:
    ready: list[tuple[Complaint, NextObligation | None]] = []
    for complaint in new:
        if not desk.has_fiscal_year(fiscal_year_of(complaint.notified)):
            _insert(connection, operation, ready)
            ready = []
            _start_year(desk, connection, operation, complaint)
        ready.append((complaint, next_obligation(complaint, desk.calendar, desk.rules_of)))
    _insert(connection, operation, ready)


def _insert(
    connection: sqlite3.Connection, operation: int, ready: list[tuple[Complaint, NextObligation | None]]
) -> None:
    says = complaints.insert(connection, ready)
    told = [(each.number, differences(None, each), said) for (each, _), said in zip(ready, says, strict=True)]
    operations.note_all(connection, operation, "complaint", told)


def _start_year(desk: Desk, connection: sqlite3.Connection, operation: int, complaint: Complaint) -> None:
    """Store the fiscal year of a complaint when it is the first one of it."""
    year = fiscal_year_of(complaint.notified)
    if desk.has_fiscal_year(year):
        return
    started = desk.fiscal_year(year)
    office_years.write_fiscal_year(connection, started)
    says = spelling_of(connection, "fiscal_year", str(year))
    operations.note(connection, operation, "fiscal_year", str(year), differences(None, started), says)
    desk.forget()


def _carry_out(desk: Desk, connection: sqlite3.Connection, operation: int, change: Change) -> bool:
    """Write one change with its history row; tells whether every deadline must be counted anew."""
    thing = change.after if change.after is not None else change.before
    assert thing is not None, "a change has a before or an after"
    kind, key = _kind_and_key(thing)
    recount = False
    says: bytes | None
    if isinstance(thing, Complaint):
        says = _write_complaint(desk, connection, operation, change)
    else:
        recount = _write_thing(desk, connection, change, thing)
        says = spelling_of(connection, kind, key)
    changed = differences(change.before, change.after)
    if changed:
        operations.note(connection, operation, kind, key, changed, says)
    return recount


def _write_thing(desk: Desk, connection: sqlite3.Connection, change: Change, thing: Thing) -> bool:
    """Write what is no complaint; tells whether every deadline must be counted anew."""
    match thing:
        case FiscalYear():
            recount = _write_year(connection, change, thing)
            desk.forget()
            return recount
        case CalendarChange():
            _write_calendar_change(connection, change, thing)
            return True
        case Setting():
            office_years.write_setting(connection, thing.name, None if change.after is None else thing.value)
        case Sent():
            sent_on = None if change.after is None else thing.sent_on
            issued_reports.write_sent(connection, thing.month, thing.revision, sent_on, thing.letter)
        case Issue() | SignedCopy():
            assert change.before is None, "what has left the office never changes"
            _add_paper(connection, thing)
        case Attachment() | Outage():
            _write_evidence(connection, change)
    return False


def _write_complaint(desk: Desk, connection: sqlite3.Connection, operation: int, change: Change) -> bytes | None:
    """Write a complaint over the stored one and give what it says, None when it was taken out."""
    before, after = change.before, change.after
    assert isinstance(before, Complaint), "new complaints are added together"
    if after is None:
        complaints.delete(connection, before.number)
        return None
    assert isinstance(after, Complaint)
    _start_year(desk, connection, operation, after)
    return complaints.update(connection, after, next_obligation(after, desk.calendar, desk.rules_of))


def _add_paper(connection: sqlite3.Connection, thing: Issue | SignedCopy) -> None:
    if isinstance(thing, Issue):
        issued_reports.add(connection, thing.report, thing.pdf)
    else:
        signed_copies.add(connection, thing)


def _write_evidence(connection: sqlite3.Connection, change: Change) -> None:
    match change.before, change.after:
        case Attachment() as before, None:
            attachments.delete(connection, before)
        case None, Attachment() as after:
            attachments.add(connection, after)
        case Outage() as before, None:
            outages.delete(connection, before.number)
        case _, Outage() as after:
            outages.write(connection, after)
        case _:
            raise AssertionError("an attachment is added or taken off, never changed")


def _write_year(connection: sqlite3.Connection, change: Change, year: FiscalYear) -> bool:
    if change.after is None:
        office_years.delete_fiscal_year(connection, year.year)
        return True
    office_years.write_fiscal_year(connection, year)
    return not isinstance(change.before, FiscalYear) or change.before.rules != year.rules


def _write_calendar_change(connection: sqlite3.Connection, change: Change, day: CalendarChange) -> None:
    if change.after is None:
        office_years.delete_calendar_change(connection, day.day)
    else:
        office_years.write_calendar_change(connection, day)


def _kind_and_key(thing: Thing) -> tuple[str, str]:
    kind, key_of = _KEYS[type(thing)]
    return kind, key_of(thing)


_KEYS: dict[type, tuple[str, Callable[[Any], str]]] = {
    Complaint: ("complaint", lambda thing: thing.number),
    FiscalYear: ("fiscal_year", lambda thing: str(thing.year)),
    CalendarChange: ("calendar", lambda thing: thing.day.isoformat()),
    Setting: ("setting", lambda thing: thing.name),
    Sent: ("sent", lambda thing: f"{thing.month.iso}/{thing.revision}"),
    Issue: ("issued_report", lambda thing: f"{thing.report.month.iso}/{thing.report.revision}"),
    Attachment: ("attachment", lambda thing: f"{thing.owner_kind}/{thing.owner}/{thing.sha256}"),
    Outage: ("outage", lambda thing: str(thing.number)),
    SignedCopy: ("signed_copy", lambda thing: thing.sha256),
}
