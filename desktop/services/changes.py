"""The one door for writing: (before, after) values in; rows, history and next obligations out, in one transaction.

The rules stay in ``domain``: here they are only asked. Derived columns are no part of the history.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.domain.complaint import Complaint
from desktop.domain.months import fiscal_year_of
from desktop.domain.obligations import NextObligation, next_obligation
from desktop.domain.office_year import CalendarChange, FiscalYear
from desktop.services.desk import SHIPPED_SETTING, Desk
from desktop.services.history_values import Issue, Sent, Setting, Thing, differences
from desktop.services.office_calendar import joined_calendar
from desktop.storage import complaints, issued_reports, office_years, operations


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
    recount = False
    for change in changes:
        recount |= _carry_out(desk, connection, operation, change)
    moved = 0
    if recount:
        desk.forget()
        moved = recompute_next(desk)
    return Done(operation, moved)


def take_shipped_calendar(desk: Desk) -> None:
    """Keep this program's calendar in a register that has none or an older one: later starts need not make it."""
    if desk.register.writable and not desk.has_shipped_calendar:
        apply(desk, "ปฏิทินวันหยุดที่มากับโปรแกรม", [])


def officer(desk: Desk) -> str:
    """The name changes are noted under: the settings', blank until somebody types it."""
    return office_years.setting(desk.register.connection, "officer") or ""


def recompute_next(desk: Desk) -> int:
    """Every open deadline anew, in the caller's transaction; tells how many moved."""
    moved: list[tuple[str, NextObligation | None]] = []
    for before, complaint in complaints.owing(desk.register.connection):
        owed = next_obligation(complaint, desk.calendar, desk.rules_of)
        if owed != before:
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
    """Keep this program's calendar in the register, and count every open deadline with it."""
    if desk.has_shipped_calendar:
        return
    connection = desk.register.connection
    office_years.write_shipped_days(connection, desk.shipped_days)
    office_years.write_setting(connection, SHIPPED_SETTING, desk.shipped.version)
    desk.forget()
    recompute_next(desk)


def _carry_out(desk: Desk, connection: sqlite3.Connection, operation: int, change: Change) -> bool:
    """Write one change with its history row; tells whether every deadline must be counted anew."""
    thing = change.after if change.after is not None else change.before
    assert thing is not None, "a change has a before or an after"
    kind, key = _kind_and_key(thing)
    recount = False
    match thing:
        case Complaint():
            _write_complaint(desk, connection, operation, change)
        case FiscalYear():
            recount = _write_year(connection, change, thing)
            desk.forget()
        case CalendarChange():
            _write_calendar_change(connection, change, thing)
            recount = True
        case Setting():
            office_years.write_setting(connection, thing.name, None if change.after is None else thing.value)
        case Sent():
            sent_on = None if change.after is None else thing.sent_on
            issued_reports.write_sent(connection, thing.month, thing.revision, sent_on)
        case Issue():
            assert change.before is None, "an issued report never changes"
            issued_reports.add(connection, thing.report, thing.pdf)
    changed = differences(change.before, change.after)
    if changed:
        operations.note(connection, operation, kind, key, changed)
    return recount


def _write_complaint(desk: Desk, connection: sqlite3.Connection, operation: int, change: Change) -> None:
    before, after = change.before, change.after
    if after is None:
        assert isinstance(before, Complaint)
        complaints.delete(connection, before.number)
        return
    assert isinstance(after, Complaint)
    year = fiscal_year_of(after.notified)
    if not desk.has_fiscal_year(year):
        started = desk.fiscal_year(year)
        office_years.write_fiscal_year(connection, started)
        operations.note(connection, operation, "fiscal_year", str(year), differences(None, started))
        desk.forget()
    owed = next_obligation(after, desk.calendar, desk.rules_of)
    if before is None:
        complaints.insert(connection, after, owed)
    else:
        complaints.update(connection, after, owed)


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
    match thing:
        case Complaint():
            return "complaint", thing.number
        case FiscalYear():
            return "fiscal_year", str(thing.year)
        case CalendarChange():
            return "calendar", thing.day.isoformat()
        case Setting():
            return "setting", thing.name
        case Sent():
            return "sent", f"{thing.month.iso}/{thing.revision}"
        case Issue():
            return "issued_report", f"{thing.report.month.iso}/{thing.report.revision}"
