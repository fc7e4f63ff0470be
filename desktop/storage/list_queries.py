"""The list: ids of a filter and sort, light rows by page, and the counts of the strip. Values only, no rules."""

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import chain, islice

from desktop.domain.complaint import Status
from desktop.domain.months import Month
from desktop.domain.obligations import NextObligation, Step
from desktop.storage.row_values import iso


class Due(Enum):
    """Which next obligations the list shows; the value is the officer's word."""

    OVERDUE = "เกินกำหนด"
    TODAY = "ครบกำหนดวันนี้"
    SOON = "ภายใน 3 วันทำการ"
    LATER = "ยังไม่ถึงกำหนด"
    NONE = "ไม่มีกำหนด"
    LACKS_DAYS = "ขาดวันที่"


class SortBy(Enum):
    """The column the list is sorted by."""

    DUE = "กำหนด"
    NUMBER = "เลขที่รับแจ้ง"
    NOTIFIED = "วันที่แจ้ง"
    TYPE = "ประเภทเรื่อง"
    SUBJECT = "เรื่อง"
    STATUS = "สถานะ"


@dataclass(frozen=True)
class ListFilter:
    """What the list shows; ``today`` and ``soon_until`` (the third working day from now) place the due states."""

    today: date
    soon_until: date
    search: str = ""
    status: Status | None = None
    type_name: str | None = None
    month: Month | None = None
    due: Due | None = None
    act_on: date | None = None  # a day of the strip: what is to be acted on that day
    sort_by: SortBy = SortBy.DUE
    descending: bool = False


@dataclass(frozen=True)
class ListRow:
    """One line of the list."""

    identity: int
    number: str
    notified: date
    types: str
    subject: str
    status: Status
    lacks_days: bool
    next: NextObligation | None
    place: str = ""
    unit: str = ""
    channel: str = ""


@dataclass(frozen=True)
class StripCounts:
    """The badges of the strip, and what is to be acted on by day."""

    overdue: int
    today: int
    soon: int
    by_day: dict[date, int]


_ORDER = {
    SortBy.NUMBER: "complaint.number_key {0}",
    SortBy.NOTIFIED: "complaint.notified {0}, complaint.id {0}",
    SortBy.TYPE: "complaint.type_key {0}, complaint.id {0}",
    SortBy.SUBJECT: "complaint.subject_key {0}, complaint.id {0}",
    SortBy.STATUS: "complaint.status {0}, complaint.notified {0}",
}


def ids(connection: sqlite3.Connection, wanted: ListFilter) -> Iterator["array[int]"]:
    """The rows of a filter in its order: the first 256 at once, the rest behind."""
    found = chain.from_iterable(_found(connection, wanted, *each) for each in _orders(wanted))
    size = 256
    while chunk := array("q", (row[0] for row in islice(found, size))):
        yield chunk
        size = 20_000


def _orders(wanted: ListFilter) -> list[tuple[str | None, str]]:
    """(an extra condition, the order) of each statement whose rows follow one another."""
    direction = "DESC" if wanted.descending else "ASC"
    if wanted.sort_by is not SortBy.DUE:
        return [(None, _ORDER[wanted.sort_by].format(direction))]
    # Two statements, each by an index: what is due in the order of its day, then the rest by number.
    due = ("complaint.next_due IS NOT NULL", f"complaint.next_due {direction}, complaint.number {direction}")
    rest = ("complaint.next_due IS NULL", f"complaint.number {direction}")
    return [rest, due] if wanted.descending else [due, rest]


def _found(connection: sqlite3.Connection, wanted: ListFilter, extra: str | None, order: str) -> sqlite3.Cursor:
    joins, where, values = _conditions(wanted)
    where = where if extra is None else [*where, extra]
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    return connection.execute(f"SELECT complaint.id FROM complaint{joins}{condition} ORDER BY {order}", values)


def _conditions(wanted: ListFilter) -> tuple[str, list[str], list[object]]:
    joins, where, values = "", [], list[object]()
    if wanted.search.strip():
        joins = " JOIN search_text ON search_text.complaint = complaint.id"
        for word in wanted.search.casefold().split():
            condition, found = _searched(word)
            where.append(condition)
            values += found
    if wanted.status is not None:
        where.append("complaint.status = ?")
        values.append(wanted.status.code)
    if wanted.type_name is not None:
        where.append("complaint.id IN (SELECT complaint FROM complaint_type WHERE name = ?)")
        values.append(wanted.type_name)
    if wanted.month is not None:
        where.append("complaint.notified BETWEEN ? AND ?")
        values += [iso(wanted.month.first), iso(wanted.month.last)]
    if wanted.act_on is not None:
        where.append("complaint.next_act_by = ?")
        values.append(iso(wanted.act_on))
    if wanted.due is not None:
        condition, found = _due(wanted)
        where.append(condition)
        values += found
    return joins, where, values


def _searched(word: str) -> tuple[str, list[object]]:
    try:
        narrow = word.encode("tis-620")
    except UnicodeEncodeError:
        return "search_text.wide IS NOT NULL AND instr(search_text.wide, ?)", [word]
    return "(instr(search_text.narrow, ?) OR (search_text.wide IS NOT NULL AND instr(search_text.wide, ?)))", [
        narrow,
        word,
    ]


def _due(wanted: ListFilter) -> tuple[str, list[object]]:
    today, soon = iso(wanted.today), iso(wanted.soon_until)
    return {
        Due.OVERDUE: ("complaint.next_due < ?", [today]),
        Due.TODAY: ("complaint.next_act_by <= ? AND complaint.next_due >= ?", [today, today]),
        Due.SOON: ("complaint.next_act_by > ? AND complaint.next_act_by <= ?", [today, soon]),
        Due.LATER: ("complaint.next_act_by > ?", [soon]),
        Due.NONE: ("complaint.next_due IS NULL", list[object]()),
        Due.LACKS_DAYS: ("complaint.stated IS NOT NULL", list[object]()),
    }[wanted.due or Due.NONE]  # type: ignore[return-value]


def rows(connection: sqlite3.Connection, identities: Sequence[int]) -> list[ListRow]:
    """The light rows of some ids, in their order."""
    marks = ", ".join("?" * len(identities))
    found = connection.execute(
        "SELECT id, number, notified, (SELECT group_concat(name, ', ') FROM (SELECT name FROM complaint_type"
        " WHERE complaint = complaint.id ORDER BY position)), subject, status, stated IS NOT NULL,"
        f" next_step, next_due, next_act_by, place, unit, channel FROM complaint WHERE id IN ({marks})",
        list(identities),
    )
    by_id = {row[0]: _row(row) for row in found}
    return [by_id[identity] for identity in identities if identity in by_id]


def _row(row: tuple[object, ...]) -> ListRow:
    identity, number, notified, types, subject, status, lacks, step, due, act_by, place, unit, channel = row
    owed = None
    if step is not None:
        owed = NextObligation(Step[str(step).upper()], date.fromisoformat(str(due)), date.fromisoformat(str(act_by)))
    return ListRow(
        identity=int(str(identity)),
        number=str(number),
        notified=date.fromisoformat(str(notified)),
        types=str(types or ""),
        subject=str(subject),
        status=Status[str(status).upper()],
        lacks_days=bool(lacks),
        next=owed,
        place=str(place),
        unit=str(unit),
        channel=str(channel),
    )


def strip_counts(connection: sqlite3.Connection, today: date, soon_until: date, days: Sequence[date]) -> StripCounts:
    """The badges by what is stored: past their due day, today's, to act on by ``soon_until``; and by day."""
    overdue = connection.execute("SELECT count(*) FROM complaint WHERE next_due < ?", (iso(today),)).fetchone()[0]
    acts = connection.execute(
        "SELECT next_act_by, count(*), sum(next_due >= ?) FROM complaint WHERE next_act_by <= ? GROUP BY next_act_by",
        (iso(today), iso(max((soon_until, *days)))),
    ).fetchall()
    by_act = {date.fromisoformat(day): (number, alive) for day, number, alive in acts}
    return StripCounts(
        overdue=overdue,
        today=sum(alive for day, (_, alive) in by_act.items() if day <= today),
        soon=sum(number for day, (number, _) in by_act.items() if today < day <= soon_until),
        by_day={day: by_act.get(day, (0, 0))[1 if day == today else 0] for day in days},
    )
