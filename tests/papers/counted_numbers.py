"""A month's numbers counted anew: the register's tables by SQL, what SQL cannot judge by the naive reading.

Nothing of the product's domain is asked.
"""

import sqlite3
from collections import Counter
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.domain.naive_reading import (
    QUALITY_ITEMS,
    NaiveComplaint,
    NaiveRules,
    figures,
    last_day_of_month,
    share_of,
    state_on,
    transfer_day,
)

RULES = NaiveRules()
OPEN = ("new", "in_progress")
FIELDS = {"letter": "letter_number", "order": "order_number", "action": "action", "coordination": "coordination"}
# As it stands on a day, told by days alone: handed on, completed, or neither.
_STANDING = """
    WITH told AS (
        SELECT id, notified,
            coalesce(transferred, CASE WHEN stated = 'transferred' THEN max(
                notified, coalesce(accepted, ''), coalesce(completed, ''),
                coalesce((SELECT max(day) FROM entry WHERE complaint = id), ''),
                coalesce((SELECT max(reopened) FROM reopening WHERE complaint = id), '')
            ) END) AS handed,
            completed <= :on OR EXISTS (
                SELECT 1 FROM reopening WHERE complaint = id AND reopening.completed <= :on AND reopened > :on
            ) AS done
        FROM complaint WHERE notified BETWEEN :first AND min(:until, :on)
    )
    SELECT {kind} AS kind,
        coalesce(sum(handed IS NULL OR handed > :on), 0),
        coalesce(sum((handed IS NULL OR handed > :on) AND done IS TRUE), 0),
        coalesce(sum(handed <= :on), 0)
    FROM told {joined} GROUP BY kind
"""
_BY_TYPE = "LEFT JOIN complaint_type ON complaint = id"


@dataclass(frozen=True)
class Asked:
    """What a report is asked for: its month's first day, its period's end, its day, the days off, the core types."""

    first: date
    until: date
    on: date
    holidays: Collection[date]
    core: tuple[str, ...]


def counted(register: Path, asked: Asked) -> dict[str, Any]:
    """Every number of the month's pack but those of its earlier reports, by the name of the place it is printed in."""
    with closing(sqlite3.connect(f"{register.as_uri()}?mode=ro", uri=True)) as tables:
        known = naive_complaints(tables)
        by_sql = {kind: counts for kind, *counts in _rows(tables, asked, "name", _BY_TYPE)}
        whole = _rows(tables, asked, "1", "")
    received, completed, handed = whole[0][1:] if whole else (0, 0, 0)
    told = figures(known, asked.first, asked.until, asked.on, asked.holidays, RULES, asked.core)
    assert (received, completed) == (told["received"], told["completed"]), "SQL and the naive reading disagree"
    seen = [(each, state_on(each, asked.on, asked.holidays, RULES)) for each in known]
    of_period = [(each, state) for each, state in seen if asked.first <= each.notified <= asked.until and state]
    return {
        "block": _block(told),
        "types": _types(of_period, by_sql, (received, completed, handed)),
        "scores": _scores(told),
        "quality items": _quality_items(of_period, asked.core) if told["quality"]["applicable"] else {},
        "costly": sorted(each.number for each, state in of_period if state["correct"] is False),
        "carried": _carried(known, asked),
        "still open": _still_open(seen, asked),
        "later": _later(known, asked),
        "list": {each.number: (state["status"], state["correct"]) for each, state in of_period},
        "memo": _memo(told, len(of_period)),
    }


def _rows(tables: sqlite3.Connection, asked: Asked, kind: str, joined: str) -> list[tuple[Any, ...]]:
    days = {"first": asked.first.isoformat(), "until": asked.until.isoformat(), "on": asked.on.isoformat()}
    return tables.execute(_STANDING.format(kind=kind, joined=joined), days).fetchall()


def naive_complaints(tables: sqlite3.Connection) -> list[NaiveComplaint]:
    """The register's complaints for the naive reading."""

    def parts(query: str, identity: int) -> list[Any]:
        return tables.execute(query, (identity,)).fetchall()

    found = []
    columns = ", ".join(
        ("id", "number", "notified", "accepted", "completed", "transferred", "stated", *FIELDS.values())
    )
    for identity, number, *days, stated, letter, order, action, coordination in tables.execute(
        f"SELECT {columns} FROM complaint ORDER BY number"
    ).fetchall():
        notified, accepted, completed, transferred = (None if day is None else date.fromisoformat(day) for day in days)
        marks = {
            item: (ticked, reason)
            for item, ticked, reason in parts(
                "SELECT item, ticked, not_applicable FROM quality_item WHERE complaint = ?", identity
            )
        }
        written = dict(zip(FIELDS, (letter, order, action, coordination), strict=True))
        found.append(
            NaiveComplaint(
                number,
                notified,
                accepted,
                tuple(
                    date.fromisoformat(day)
                    for (day,) in parts("SELECT day FROM entry WHERE complaint = ? ORDER BY position", identity)
                ),
                tuple(
                    (date.fromisoformat(done), date.fromisoformat(again))
                    for done, again in parts(
                        "SELECT completed, reopened FROM reopening WHERE complaint = ? ORDER BY position", identity
                    )
                ),
                completed,
                transferred,
                stated,
                tuple(
                    name
                    for (name,) in parts(
                        "SELECT name FROM complaint_type WHERE complaint = ? ORDER BY position", identity
                    )
                ),
                {item: _answer(item, marks.get(item, (None, "")), written) for item in QUALITY_ITEMS},
            )
        )
    return found


def _answer(item: str, mark: tuple[int | None, str], written: dict[str, str]) -> str:
    """'Letter number, order number, action, coordination are fulfilled when their field is not blank; "fits" and
    "true" when the officer has ticked them. An item marked not applicable, with a reason, is left out.'
    """
    ticked, reason = mark
    if reason:
        return "not_applicable"
    return "fulfilled" if (ticked == 1 if item not in FIELDS else (written[item] or "").strip()) else "missing"


def _block(told: dict[str, Any]) -> dict[str, Any]:
    names = ("received", "completed", "in_progress", "completed_percent", "in_progress_percent")
    return {name: told[name] for name in names}


def _types(of_period: list[Any], by_sql: dict[str | None, Any], whole: tuple[int, int, int]) -> dict[str, Any]:
    """Annex A's first table: (received, waiting, under way, completed, percent, correct, handed on) of each type."""
    waiting: Counter[str | None] = Counter()
    correct: Counter[str | None] = Counter()
    for each, state in of_period:
        for name in (*(each.types or (None,)), "whole"):
            waiting[name] += state["status"] == "new"
            correct[name] += state["correct"] is True
    rows = {}
    for name, (received, completed, handed) in {**by_sql, "whole": whole}.items():
        percent = share_of(completed, received, 100)
        under_way = received - waiting[name] - completed
        rows[name or ""] = (received, waiting[name], under_way, completed, percent, correct[name], handed)
    return rows


def _scores(told: dict[str, Any]) -> dict[str, Any]:
    """Annex A's second table: (done, of, percent, points) of both parts for the month and for the year to date."""
    found = {}
    for span, numbers in (("month", told), ("year", told["year_to_date"])):
        process, quality = numbers["process"], numbers["quality"]
        found[f"process {span}"] = (process["correct"], numbers["received"], process["percent"], process["points"])
        found[f"quality {span}"] = (quality["fulfilled"], quality["applicable"], quality["percent"], quality["points"])
    return found


def _quality_items(of_period: list[Any], core: Collection[str]) -> dict[str, tuple[int, int, int]]:
    """(fulfilled, missing, not applicable) of each item over the completed complaints of core types."""
    judged = [each for each, state in of_period if state["status"] == "completed" and set(each.types) & set(core)]
    counts = {item: Counter(each.quality[item] for each in judged) for item in QUALITY_ITEMS}
    return {item: (found["fulfilled"], found["missing"], found["not_applicable"]) for item, found in counts.items()}


def _carried(known: list[NaiveComplaint], asked: Asked) -> dict[str, tuple[int, ...]]:
    """(carried in, completed, handed on, reopened, left) of each earlier month that matters, and of all."""
    before = min(asked.first - timedelta(days=1), asked.on)
    months: dict[str, Counter[str]] = {}
    for each in known:
        was, now = (state_on(each, day, asked.holidays, RULES) for day in (before, asked.on))
        if each.notified >= asked.first or was is None or now is None:
            continue
        was_open, is_open = was["status"] in OPEN, now["status"] in OPEN
        if was_open or is_open:
            month = months.setdefault(each.notified.strftime("%Y-%m"), Counter())
            month["carried"] += was_open
            month["reopened"] += is_open and not was_open
            month[now["status"]] += was_open and not is_open
    rows = {
        month: (found["carried"], found["completed"], found["transferred"], found["reopened"])
        for month, found in months.items()
    }
    left = {month: (*row, row[0] - row[1] - row[2] + row[3]) for month, row in rows.items()}
    return left | ({"whole": tuple(map(sum, zip(*left.values(), strict=True)))} if left else {})


def _still_open(seen: list[Any], asked: Asked) -> list[str]:
    """By the day they were notified, the oldest first."""
    known = [(each.notified, each.number) for each, state in seen if state and state["status"] in OPEN]
    return [number for day, number in sorted(known) if day < asked.first]


def _later(known: list[NaiveComplaint], asked: Asked) -> list[str]:
    last = last_day_of_month(asked.first)
    of_month = [each for each in known if asked.first <= each.notified <= last and transfer_day(each) is None]
    return sorted(each.number for each in of_month if each.notified > asked.on or each.notified > asked.until)


def _memo(told: dict[str, Any], listed: int) -> tuple[Any, ...]:
    process, quality = told["process"], told["quality"]
    return (
        *_block(told).values(),
        *(process["correct"], told["received"], process["percent"], process["points"]),
        *(quality["fulfilled"], quality["applicable"], quality["percent"], quality["points"]),
        listed,
    )
