"""Which complaints a paper speaks of, by their rows: read with ``complaints.each_by_ids``."""

import sqlite3
from collections.abc import Iterator
from datetime import date

from desktop.domain.obligations import Step
from desktop.storage.row_values import iso


def touching_month(connection: sqlite3.Connection, first: date, last: date, before: date) -> list[int]:
    """Complaints notified from ``first`` to ``last``, and earlier ones that were not over by ``before``; by number."""
    rows = connection.execute(
        "SELECT id FROM complaint WHERE notified <= ?1 AND (notified >= ?2"
        " OR coalesce(completed, transferred) IS NULL OR coalesce(completed, transferred) > ?3) ORDER BY number",
        (iso(last), iso(first), iso(before)),
    )
    return [identity for (identity,) in rows]


def who_complained(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """The name and telephone number of everybody who ever complained, each pair once."""
    yield from connection.execute(
        "SELECT DISTINCT complainant, telephone FROM complaint WHERE complainant <> '' OR telephone <> ''"
    )


def follow_ups_due(connection: sqlite3.Connection, until: date) -> list[int]:
    """Complaints whose next obligation is a follow-up due by a day."""
    rows = connection.execute(
        "SELECT id FROM complaint WHERE next_due <= ? AND next_step = ? ORDER BY next_due, number",
        (iso(until), Step.FOLLOW_UP.code),
    )
    return [identity for (identity,) in rows]


def to_act_on(connection: sqlite3.Connection, until: date) -> list[int]:
    """Complaints to act on by a day, the overdue ones too."""
    rows = connection.execute("SELECT id FROM complaint WHERE next_act_by <= ?", (iso(until),))
    return [identity for (identity,) in rows]


def follow_ups_by_unit(connection: sqlite3.Connection, until: date) -> dict[str, int]:
    """How many of them each unit has."""
    rows = connection.execute(
        "SELECT unit, count(*) FROM complaint WHERE next_due <= ? AND next_step = ? GROUP BY unit",
        (iso(until), Step.FOLLOW_UP.code),
    )
    return dict(rows)
