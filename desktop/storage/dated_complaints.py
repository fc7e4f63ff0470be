"""Complaints by their days alone: all that a next obligation is counted from, quick to read by the thousand."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from desktop.domain.complaint import Complaint, Entry, Reopening, Status
from desktop.storage.complaints import CHUNK, OWED, Owed
from desktop.storage.row_values import day_of

# Another program may have taken an obligation away, or given one: both kinds are read, past the indexes.
_OPEN = (
    f"SELECT id, {', '.join(OWED)}, number, stated, notified, accepted, completed, transferred"
    " FROM complaint NOT INDEXED WHERE (completed IS NULL AND transferred IS NULL)"
    f" OR {' OR '.join(f'{column} IS NOT NULL' for column in OWED)} ORDER BY id"
)
_STATUSES = {status.code: status for status in Status}


def open_or_owing(connection: sqlite3.Connection) -> Iterator[tuple[Owed, Complaint]]:
    """Every complaint that may owe something, or is said to, without its texts; each with the columns that say so."""
    rows = connection.execute(_OPEN).fetchall()
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        days = _Days(connection, [row[0] for row in chunk])
        for identity, step, due, act_by, number, stated, *own in chunk:
            notified, accepted, completed, transferred = map(day_of, own)
            assert notified is not None
            yield (
                (step, due, act_by),
                Complaint(
                    number=number,
                    notified=notified,
                    stated=None if stated is None else _STATUSES[stated],
                    accepted=accepted,
                    first_report=days.first_reports.get(identity),
                    follow_ups=tuple(days.follow_ups.get(identity, ())),
                    completed=completed,
                    reopenings=tuple(days.reopenings.get(identity, ())),
                    transferred=transferred,
                ),
            )


class _Days:
    """The entries and reopenings of some complaints, by the complaint's row."""

    def __init__(self, connection: sqlite3.Connection, ids: list[int]) -> None:
        where = f"WHERE complaint IN ({', '.join('?' * len(ids))}) ORDER BY complaint, position"
        self.first_reports: dict[int, Entry] = {}
        self.follow_ups: dict[int, list[Entry]] = defaultdict(list)
        for identity, first, day in connection.execute(f"SELECT complaint, first, day FROM entry {where}", ids):
            if first:
                self.first_reports[identity] = _entry(day)
            else:
                self.follow_ups[identity].append(_entry(day))
        self.reopenings: dict[int, list[Reopening]] = defaultdict(list)
        select = f"SELECT complaint, completed, reopened FROM reopening {where}"
        for identity, completed, reopened in connection.execute(select, ids):
            pair = Reopening(date.fromisoformat(completed), date.fromisoformat(reopened))
            self.reopenings[identity].append(pair)


@lru_cache(maxsize=4096)
def _entry(day: str) -> Entry:
    """An entry of a day; an office has few of them."""
    return Entry(date.fromisoformat(day), "")
