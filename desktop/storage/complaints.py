"""Complaints in the register: the one mapper between rows and whole values, and their search text."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

from desktop.domain.complaint import NO_MARKS, Complaint, Status
from desktop.domain.obligations import NextObligation, Step
from desktop.domain.thai_text import sort_key
from desktop.storage import seals
from desktop.storage.complaint_parts import Parts, delete_parts, insert_parts, part_rows
from desktop.storage.row_numbers import next_id
from desktop.storage.row_values import day_of, iso

TEXT_COLUMNS = (
    "number", "channel", "subject", "detail", "place", "unit", "complainant", "telephone",
    "answer", "letter_number", "order_number", "action", "coordination",
)  # fmt: skip
DAY_COLUMNS = ("notified", "accepted", "completed", "transferred")
RECORDED = (*TEXT_COLUMNS, *DAY_COLUMNS, "stated")  # the number first, what may be empty (``seals.OPTIONAL``) last
OWED = ("next_step", "next_due", "next_act_by")
LISTED = ("status", "number_key", "subject_key", "type_key")
_COLUMNS = (*RECORDED, *OWED, "next_check", *LISTED, "list_check")
_INSERT = f"INSERT INTO complaint (id, {', '.join(_COLUMNS)}) VALUES (?{', ?' * len(_COLUMNS)})"
_INSERT_SEARCHED = "INSERT INTO search_text VALUES (?, ?, ?)"
_UPDATE = f"UPDATE complaint SET {', '.join(f'{name} = ?' for name in _COLUMNS)} WHERE id = ?"
_SELECT = f"SELECT id, {', '.join(RECORDED)} FROM complaint"
_OWING = "WHERE next_due IS NOT NULL ORDER BY +id"  # + keeps SQLite to the index of the few that owe something
_SEARCHED = ("number", "subject", "detail", "place", "answer", "letter_number", "complainant", "telephone")
CHUNK = 500  # complaints fetched with their parts at once
_texts_of = attrgetter(*TEXT_COLUMNS)
_days_of = attrgetter(*DAY_COLUMNS)
_searched_of = attrgetter(*_SEARCHED)
Owed = tuple[str | None, str | None, str | None]  # what ``OWED`` holds
_STATUSES = {status.code: status for status in Status}

assert {field.name for field in fields(Complaint)} == {
    *RECORDED,
    "types",
    "first_report",
    "follow_ups",
    "reopenings",
    "marks",
}


def insert(connection: sqlite3.Connection, new: Sequence[tuple[Complaint, NextObligation | None]]) -> list[bytes]:
    """Add complaints with their derived columns; gives what each of them says."""
    rows: list[tuple[object, ...]] = []
    parts, searched, says = [], [], []
    for identity, (complaint, owed) in enumerate(new, next_id(connection, "complaint")):
        recorded, own, found = _recorded(complaint), part_rows(complaint), searchable(complaint)
        rows.append((identity, *recorded, *_derived(complaint, owed, found)))
        parts.append((identity, own))
        searched.append((identity, *found))
        says.append(seals.spelled_complaint(recorded, own))
    connection.executemany(_INSERT, rows)
    insert_parts(connection, parts)
    connection.executemany(_INSERT_SEARCHED, searched)
    return says


def update(connection: sqlite3.Connection, complaint: Complaint, owed: NextObligation | None) -> bytes:
    """Write a complaint over the one of its number; gives what it says."""
    identity = id_of(connection, complaint.number)
    recorded, parts, found = _recorded(complaint), part_rows(complaint), searchable(complaint)
    connection.execute(_UPDATE, (*recorded, *_derived(complaint, owed, found), identity))
    delete_parts(connection, identity)
    insert_parts(connection, [(identity, parts)])
    connection.execute("DELETE FROM search_text WHERE complaint = ?", (identity,))
    connection.execute(_INSERT_SEARCHED, (identity, *found))
    return seals.spelled_complaint(recorded, parts)


def delete(connection: sqlite3.Connection, number: str) -> None:
    """Take a complaint out, with all its parts."""
    connection.execute("DELETE FROM complaint WHERE number = ?", (number,))


def set_next(connection: sqlite3.Connection, owed: Iterable[tuple[str, NextObligation | None]]) -> None:
    """Write the next obligations anew, by complaint number."""
    connection.executemany(
        f"UPDATE complaint SET {', '.join(f'{name} = ?' for name in OWED)}, next_check = ? WHERE number = ?",
        (
            (*(columns := owed_columns(following)), seals.next_check(number, columns), number)
            for number, following in owed
        ),
    )


def id_of(connection: sqlite3.Connection, number: str) -> int:
    """The row of a complaint number; raises KeyError when there is none."""
    row = connection.execute("SELECT id FROM complaint WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise KeyError(number)
    identity: int = row[0]
    return identity


def by_number(connection: sqlite3.Connection, number: str) -> Complaint | None:
    """The complaint of a number, None when there is none."""
    return next(_complaints(connection, connection.execute(f"{_SELECT} WHERE number = ?", (number,))), None)


def by_numbers(connection: sqlite3.Connection, numbers: Sequence[str]) -> dict[str, Complaint]:
    """The complaints of some numbers, those that are there."""
    if not numbers:
        return {}
    marks = ", ".join("?" * len(numbers))
    rows = connection.execute(f"{_SELECT} WHERE number IN ({marks})", tuple(numbers))
    return {complaint.number: complaint for complaint in _complaints(connection, rows)}


def each_by_ids(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[Complaint]:
    """The complaints of some rows one by one, in the order of ``ids``."""
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        marks = ", ".join("?" * len(chunk))
        rows = connection.execute(f"{_SELECT} WHERE id IN ({marks})", tuple(chunk)).fetchall()
        place = {identity: position for position, identity in enumerate(chunk)}
        rows.sort(key=lambda row: place[row[0]])
        yield from _with_parts(connection, rows)


def notified_between(connection: sqlite3.Connection, first: date, last: date) -> Iterator[Complaint]:
    """Complaints notified in a span of days, in order of number."""
    rows = connection.execute(f"{_SELECT} WHERE notified BETWEEN ? AND ? ORDER BY number", (iso(first), iso(last)))
    return _complaints(connection, rows)


def owing(connection: sqlite3.Connection) -> Iterator[tuple[NextObligation, Complaint]]:
    """Complaints with a next obligation, each with the one stored; read whole before the first is given."""
    rows = connection.execute(f"SELECT number, next_step, next_due, next_act_by FROM complaint {_OWING}").fetchall()
    stored = {
        number: NextObligation(Step[step.upper()], date.fromisoformat(due), date.fromisoformat(act_by))
        for number, step, due, act_by in rows
    }
    for complaint in _complaints(connection, connection.execute(f"{_SELECT} {_OWING}")):
        yield stored[complaint.number], complaint


def all_numbers(connection: sqlite3.Connection) -> set[str]:
    """Every complaint number."""
    return {number for (number,) in connection.execute("SELECT number FROM complaint")}


def count(connection: sqlite3.Connection) -> int:
    """How many complaints the register holds."""
    number: int = connection.execute("SELECT count(*) FROM complaint").fetchone()[0]
    return number


def first_and_last_notified(connection: sqlite3.Connection) -> tuple[date, date] | None:
    """The first and the last day on which a complaint was notified; None in an empty register."""
    # Two questions: SQLite answers each from one end of the index, both in one by reading all of it.
    first, last = connection.execute(
        "SELECT (SELECT min(notified) FROM complaint), (SELECT max(notified) FROM complaint)"
    ).fetchone()
    return None if first is None else (date.fromisoformat(first), date.fromisoformat(last))


def type_names(connection: sqlite3.Connection) -> set[str]:
    """Every type some complaint bears."""
    # From one name to the next in the index; DISTINCT would read it whole.
    names = connection.execute(
        "WITH RECURSIVE found (name) AS (SELECT min(name) FROM complaint_type UNION ALL SELECT"
        " (SELECT min(name) FROM complaint_type WHERE name > found.name) FROM found WHERE found.name IS NOT NULL)"
        " SELECT name FROM found WHERE name IS NOT NULL"
    )
    return {name for (name,) in names}


def searchable(complaint: Complaint) -> tuple[bytes, str | None]:
    """The search text as TIS-620 bytes, and the text itself only where TIS-620 cannot hold it."""
    text = "\n".join(_searched_of(complaint)).casefold()
    try:
        return text.encode("tis-620"), None
    except UnicodeEncodeError:
        return text.encode("tis-620", "replace"), text


def _recorded(complaint: Complaint) -> tuple[object, ...]:
    return (*_texts_of(complaint), *map(iso, _days_of(complaint)), complaint.stated and complaint.stated.code)


def _derived(complaint: Complaint, owed: NextObligation | None, found: tuple[bytes, str | None]) -> tuple[object, ...]:
    columns = owed_columns(owed)
    listed = (
        _listed_status(complaint).code,
        sort_key(complaint.number),
        sort_key(complaint.subject),
        _type_key(complaint.types[0]) if complaint.types else "",
    )
    return (*columns, seals.next_check(complaint.number, columns), *listed, seals.list_check(listed, *found))


@lru_cache(maxsize=1024)
def _type_key(name: str) -> str:
    """The sort key of a type: an office has few of them."""
    return sort_key(name)


def _listed_status(complaint: Complaint) -> Status:
    """The status the list shows and filters by: as seen once every recorded day has passed."""
    if complaint.stated is Status.COMPLETED:  # its completion day is missing: it counts as in progress
        return Status.IN_PROGRESS
    return complaint.told_status


def owed_columns(owed: NextObligation | None) -> Owed:
    """A next obligation as its columns hold it, None in each where nothing is owed."""
    return (None, None, None) if owed is None else (owed.step.code, iso(owed.due), iso(owed.act_by))


def _complaints(connection: sqlite3.Connection, rows: sqlite3.Cursor) -> Iterator[Complaint]:
    while chunk := rows.fetchmany(CHUNK):
        yield from _with_parts(connection, chunk)


def _with_parts(connection: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> Iterator[Complaint]:
    parts = Parts(connection, [row[0] for row in rows])
    for row in rows:
        identity, number, channel, subject, detail, place, unit, complainant, telephone, *more = row
        answer, letter_number, order_number, action, coordination, *days, stated = more
        notified, accepted, completed, transferred = map(day_of, days)
        assert notified is not None
        yield Complaint(
            number=number,
            notified=notified,
            channel=channel,
            types=tuple(parts.types.get(identity, ())),
            subject=subject,
            detail=detail,
            place=place,
            unit=unit,
            complainant=complainant,
            telephone=telephone,
            stated=None if stated is None else _STATUSES[stated],
            accepted=accepted,
            first_report=parts.first_reports.get(identity),
            follow_ups=tuple(parts.follow_ups.get(identity, ())),
            completed=completed,
            reopenings=tuple(parts.reopenings.get(identity, ())),
            transferred=transferred,
            answer=answer,
            letter_number=letter_number,
            order_number=order_number,
            action=action,
            coordination=coordination,
            marks=parts.marks.get(identity, NO_MARKS),
        )
