"""Outages of the central system."""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from desktop.domain.evidence import Outage

_SELECT = "SELECT id, began, ended, what, noted_by, noted_at FROM outage"


def next_number(connection: sqlite3.Connection) -> int:
    """The number the next outage gets: never one the history speaks of, though its outage was taken out."""
    select = "SELECT ifnull(max(CAST(key AS INTEGER)), 0) + 1 FROM history WHERE kind = 'outage'"
    number: int = connection.execute(select).fetchone()[0]
    return number


def write(connection: sqlite3.Connection, outage: Outage) -> None:
    """Note an outage, over what was there under its number."""
    connection.execute(
        "INSERT INTO outage (id, began, ended, what, noted_by, noted_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET began = excluded.began, ended = excluded.ended, what = excluded.what,"
        " noted_by = excluded.noted_by, noted_at = excluded.noted_at",
        (
            outage.number,
            _minute(outage.began),
            _minute(outage.ended),
            outage.what,
            outage.noted_by,
            outage.noted_at.isoformat(),
        ),
    )


def delete(connection: sqlite3.Connection, number: int) -> None:
    """Take an outage out."""
    connection.execute("DELETE FROM outage WHERE id = ?", (number,))


def by_number(connection: sqlite3.Connection, number: int) -> Outage | None:
    """The outage of a number, None when there is none."""
    return next(_outages(connection.execute(f"{_SELECT} WHERE id = ?", (number,))), None)


def every(connection: sqlite3.Connection) -> list[Outage]:
    """All outages, by their beginning."""
    return list(_outages(connection.execute(f"{_SELECT} ORDER BY began, id")))


def between(connection: sqlite3.Connection, first: date, last: date) -> list[Outage]:
    """The outages that touch a span of days, by their beginning."""
    after = last + timedelta(days=1)
    rows = connection.execute(
        f"{_SELECT} WHERE began < ? AND ended >= ? ORDER BY began, id", (after.isoformat(), first.isoformat())
    )
    return list(_outages(rows))


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _outages(rows: sqlite3.Cursor) -> Iterator[Outage]:
    for number, began, ended, what, noted_by, noted_at in rows:
        began_at, ended_at = datetime.fromisoformat(began), datetime.fromisoformat(ended)
        yield Outage(number, began_at, ended_at, what, noted_by, datetime.fromisoformat(noted_at))
