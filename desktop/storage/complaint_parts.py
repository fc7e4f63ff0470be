"""The rows of the other tables that belong to a complaint: entries, reopenings, types, quality items."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from desktop.domain.complaint import Complaint, Entry, Mark, QualityItem, Reopening
from desktop.storage.row_values import iso

PART_TABLES = ("entry", "reopening", "complaint_type", "quality_item")
_INSERTS = (
    "INSERT INTO entry VALUES (?, ?, ?, ?, ?)",
    "INSERT INTO reopening VALUES (?, ?, ?, ?)",
    "INSERT INTO complaint_type VALUES (?, ?, ?)",
    "INSERT INTO quality_item VALUES (?, ?, ?, ?)",
)
_ITEMS = {item.code: item for item in QualityItem}
Row = tuple[object, ...]


class PartRows(NamedTuple):
    """What a complaint's parts say, without the row they hang on and their position, each list in its stored order."""

    entries: list[Row]  # first (0 or 1), day, text
    reopenings: list[Row]  # completed, reopened
    types: list[Row]  # name
    marks: list[Row]  # item, ticked, why not applicable; by item


def part_rows(complaint: Complaint) -> PartRows:
    """The parts of a complaint as their rows say them."""
    return PartRows(
        [(int(entry is complaint.first_report), iso(entry.day), entry.text) for entry in complaint.entries],
        [(iso(pair.completed), iso(pair.reopened)) for pair in complaint.reopenings],
        [(name,) for name in complaint.types],
        sorted(
            (item.code, None if mark.ticked is None else int(mark.ticked), mark.not_applicable)
            for item, mark in complaint.marks.items()
        ),
    )


def insert_parts(connection: sqlite3.Connection, many: Iterable[tuple[int, PartRows]]) -> None:
    """Add the parts of some complaints, by their rows."""
    entries: list[Row] = []
    reopenings: list[Row] = []
    types: list[Row] = []
    marks: list[Row] = []
    for identity, parts in many:
        entries += [(identity, place, *row) for place, row in enumerate(parts.entries)]
        reopenings += [(identity, place, *row) for place, row in enumerate(parts.reopenings)]
        types += [(identity, place, *row) for place, row in enumerate(parts.types)]
        marks += [(identity, *row) for row in parts.marks]
    for insert, rows in zip(_INSERTS, (entries, reopenings, types, marks), strict=True):
        if rows:
            connection.executemany(insert, rows)


def delete_parts(connection: sqlite3.Connection, identity: int) -> None:
    """Take the parts of a complaint's row out."""
    for table in PART_TABLES:
        connection.execute(f"DELETE FROM {table} WHERE complaint = ?", (identity,))


class Parts:
    """The parts of some complaints, as values by the complaint's row."""

    def __init__(self, connection: sqlite3.Connection, ids: list[int]) -> None:
        where = f"WHERE complaint IN ({', '.join('?' * len(ids))})"
        self.first_reports: dict[int, Entry] = {}
        self.follow_ups: dict[int, list[Entry]] = defaultdict(list)
        for identity, first, day, text in connection.execute(
            f"SELECT complaint, first, day, text FROM entry {where} ORDER BY complaint, position", ids
        ):
            entry = Entry(date.fromisoformat(day), text)
            if first:
                self.first_reports[identity] = entry
            else:
                self.follow_ups[identity].append(entry)
        self.types: dict[int, list[str]] = defaultdict(list)
        for identity, name in connection.execute(
            f"SELECT complaint, name FROM complaint_type {where} ORDER BY complaint, position", ids
        ):
            self.types[identity].append(name)
        self.reopenings: dict[int, list[Reopening]] = defaultdict(list)
        for identity, completed, reopened in connection.execute(
            f"SELECT complaint, completed, reopened FROM reopening {where} ORDER BY complaint, position", ids
        ):
            pair = Reopening(date.fromisoformat(completed), date.fromisoformat(reopened))
            self.reopenings[identity].append(pair)
        self.marks: dict[int, dict[QualityItem, Mark]] = defaultdict(dict)
        for identity, item, ticked, reason in connection.execute(
            f"SELECT complaint, item, ticked, not_applicable FROM quality_item {where}", ids
        ):
            self.marks[identity][_ITEMS[item]] = _mark(ticked, reason)


@lru_cache(maxsize=1024)
def _mark(ticked: int | None, reason: str) -> Mark:
    """A mark; most of a register's are alike."""
    return Mark(None if ticked is None else bool(ticked), reason)
