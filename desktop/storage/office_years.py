"""Fiscal years, the office's calendar, its types and its settings."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import date

from desktop.domain.office_year import CalendarChange, DayOff, DaySource, FiscalYear
from desktop.storage.row_values import (
    iso,
    project_from_json,
    project_to_json,
    rules_from_json,
    rules_to_json,
    to_json,
)


def fiscal_years(connection: sqlite3.Connection) -> dict[int, FiscalYear]:
    """Every stored fiscal year, by Buddhist year."""
    rows = connection.execute("SELECT year, rules, project, core_types FROM office_year ORDER BY year")
    return {
        year: FiscalYear(year, rules_from_json(rules), project_from_json(project), tuple(json.loads(core)))
        for year, rules, project, core in rows
    }


def write_fiscal_year(connection: sqlite3.Connection, year: FiscalYear) -> None:
    """Store a fiscal year over what was there."""
    connection.execute(
        "INSERT OR REPLACE INTO office_year (year, rules, project, core_types) VALUES (?, ?, ?, ?)",
        (year.year, rules_to_json(year.rules), project_to_json(year.project), to_json(list(year.core_types))),
    )


def delete_fiscal_year(connection: sqlite3.Connection, year: int) -> None:
    """Take a fiscal year back to what it starts from."""
    connection.execute("DELETE FROM office_year WHERE year = ?", (year,))


def calendar_changes(connection: sqlite3.Connection) -> dict[date, CalendarChange]:
    """The days the officer added or struck."""
    rows = connection.execute("SELECT day, closed, why FROM calendar_change ORDER BY day")
    changes = (CalendarChange(date.fromisoformat(day), bool(closed), why) for day, closed, why in rows)
    return {change.day: change for change in changes}


def write_calendar_change(connection: sqlite3.Connection, change: CalendarChange) -> None:
    """Store a calendar change over what was there for its day."""
    row = (iso(change.day), change.closed, change.why)
    connection.execute("INSERT OR REPLACE INTO calendar_change (day, closed, why) VALUES (?, ?, ?)", row)


def delete_calendar_change(connection: sqlite3.Connection, day: date) -> None:
    """Take a calendar change back."""
    connection.execute("DELETE FROM calendar_change WHERE day = ?", (iso(day),))


def shipped_days(connection: sqlite3.Connection) -> list[DayOff]:
    """The shipped calendar as last taken over."""
    rows = connection.execute("SELECT day, name, source FROM shipped_day ORDER BY day")
    return [DayOff(date.fromisoformat(day), name, DaySource(source)) for day, name, source in rows]


def write_shipped_days(connection: sqlite3.Connection, days: Iterable[DayOff]) -> None:
    """Take a shipped calendar over whole."""
    connection.execute("DELETE FROM shipped_day")
    connection.executemany(
        "INSERT INTO shipped_day (day, name, source) VALUES (?, ?, ?)",
        ((iso(day.day), day.name, day.source.value) for day in days),
    )


def setting(connection: sqlite3.Connection, name: str) -> str | None:
    """The value of a setting, None when it was never set."""
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def write_setting(connection: sqlite3.Connection, name: str, value: str | None) -> None:
    """Set a setting, or take it back with None."""
    if value is None:
        connection.execute("DELETE FROM setting WHERE name = ?", (name,))
    else:
        connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))
