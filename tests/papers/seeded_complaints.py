"""Naive complaints of fiscal year 2563 and the month before it, from a seed: every turn the rules speak of."""

import random
from dataclasses import replace
from datetime import date, timedelta

from tests.domain.naive_reading import (
    QUALITY_ITEMS,
    NaiveComplaint,
    last_day_of_month,
    problem_with_order,
    recorded_days,
)

FIRST, LAST = date(2019, 9, 2), date(2020, 9, 30)  # no public holiday in September 2562 before it
TYPES = ("ถนน", "ทางเท้า", "แสงสว่าง", "ความสะอาด", "ต้นไม้", "เสียงรบกวน", "ท่อระบายน้ำ")
ANSWERS = ("fulfilled", "fulfilled", "fulfilled", "missing", "not_applicable")


def seeded_complaint(chance: random.Random, number: str, notified: date | None = None) -> NaiveComplaint:
    """One complaint whose days are in order, none after the fiscal year."""
    day = notified or FIRST + timedelta(days=chance.randrange((LAST - FIRST).days + 1))
    while True:
        made = _turned(chance, NaiveComplaint(number, day, types=_types(chance), quality=_quality(chance)))
        if not problem_with_order(made, LAST):
            return made


def seeded_register(chance: random.Random, count: int) -> list[NaiveComplaint]:
    """``count`` complaints, most of them of a few months, so that a month has enough of them to be worth counting."""
    busy = [FIRST + timedelta(days=chance.randrange((LAST - FIRST).days)) for _ in range(3)]
    found = []
    for serial in range(1, count + 1):
        near = min(LAST, max(FIRST, chance.choice(busy) + timedelta(days=chance.randrange(-20, 21))))
        found.append(seeded_complaint(chance, f"Q{serial:04d}", near if chance.random() < 0.8 else None))
    return found


def _types(chance: random.Random) -> tuple[str, ...]:
    return tuple(chance.sample(TYPES, chance.choice((0, 1, 1, 1, 2, 3))))


def _quality(chance: random.Random) -> dict[str, str]:
    return {item: chance.choice(ANSWERS) for item in QUALITY_ITEMS}


def _later(chance: random.Random, day: date) -> date:
    """The same day, one soon after, or one beside a checkpoint or a month's end."""
    how = chance.random()
    if how < 0.2:
        return day
    if how < 0.6:
        return day + timedelta(days=chance.randint(1, 6))
    near = day + timedelta(days=chance.randint(1, 40))
    turn = near.replace(day=min(chance.choice((1, 14, 15, 16, 28, 29, 30)), last_day_of_month(near).day))
    return max(day, turn)


def _turned(chance: random.Random, made: NaiveComplaint) -> NaiveComplaint:
    fate = chance.random()
    if fate < 0.08:
        return made
    if fate < 0.14:
        return replace(made, stated=chance.choice(("in_progress", "completed", "transferred")))
    if fate < 0.2:
        return replace(made, transferred=_later(chance, made.notified))
    prompt = made.notified + timedelta(days=chance.randint(0, 1))
    made = replace(made, accepted=prompt if chance.random() < 0.7 else _later(chance, made.notified))
    if fate < 0.28:
        return made
    made = _worked(chance, made)
    return _ended(chance, made)


def _worked(chance: random.Random, made: NaiveComplaint) -> NaiveComplaint:
    """Followed up, perhaps completed and reopened, perhaps completed; perhaps nobody wrote when it was accepted."""
    assert made.accepted is not None
    day, entries, pairs = made.accepted, [], []
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 3))):
        for _ in range(chance.randrange(3)):
            day = _later(chance, day)
            entries.append(day)
        done = _later(chance, day)
        day = _later(chance, done)
        pairs.append((done, day))
    for _ in range(chance.randrange(5)):
        day = _later(chance, day)
        entries.append(day)
    completed = _later(chance, day) if chance.random() < 0.6 else None
    made = replace(made, entries=tuple(entries), pairs=tuple(pairs), completed=completed)
    known = entries or pairs or completed
    return replace(made, accepted=None) if known and chance.random() < 0.2 else made


def _ended(chance: random.Random, made: NaiveComplaint) -> NaiveComplaint:
    ending = chance.random()
    if ending < 0.12:
        return replace(made, transferred=_later(chance, max(recorded_days(made))))
    if ending < 0.2:
        return replace(made, stated="transferred")
    if ending < 0.26 and made.completed is None:
        return replace(made, stated="completed")
    return made
