"""The naive reading reproduces the worked examples of the rules, and the random complaints are what they claim."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.domain import random_complaints as rc
from tests.domain.naive_reading import (
    NaiveComplaint,
    NaiveRules,
    figures,
    is_working_day,
    last_working_day_on_or_before,
    nth_working_day_after,
    problem_with_order,
    recorded_days,
    state_on,
)
from tests.domain.worked_examples import HOLIDAYS_2563, NOT_SAID, WORKED_EXAMPLES, WORKED_PERCENTAGES, WorkedExample

RULES = NaiveRules()
SLOW = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def d(month: int, day: int, year: int = 2020) -> date:
    return date(year, month, day)


def seen(complaint: NaiveComplaint, on: date, rules: NaiveRules = RULES) -> dict:
    assert not problem_with_order(complaint, max([on, *recorded_days(complaint)]))
    state = state_on(complaint, on, HOLIDAYS_2563, rules)
    assert state is not None
    return state


def checkpoints(state: dict) -> list[tuple[date, str]]:
    return [(c["due"], c["state"]) for c in state["follow_ups"]]


# A complaint accepted and first reported on time, in the January before a leap February.
BEGUN = NaiveComplaint("1", d(1, 28), d(1, 29), (d(2, 3),))


@pytest.mark.parametrize("example", WORKED_EXAMPLES, ids=lambda e: e.name)
def test_worked_example(example: WorkedExample) -> None:
    complaint = NaiveComplaint("1", example.notified, example.accepted, example.entries, (), example.completed)
    state = seen(complaint, example.seen_on)
    following = state["next"] or {"what": None, "due": None, "act_by": None, "state": None}
    pairs = [
        (example.accept_due, state["accept"]["due"]),
        (example.accept_state, state["accept"]["state"]),
        (example.first_report_due, state["first_report"]["due"]),
        (example.first_report_state, state["first_report"]["state"]),
        (list(example.checkpoints), checkpoints(state)),
        (example.correct, state["correct"]),
        (example.next_what, following["what"]),
        (example.next_due, following["due"]),
        (example.next_act_by, following["act_by"]),
        (example.next_state, following["state"]),
    ]
    for said, read in pairs:
        if said != NOT_SAID:
            assert read == said


@pytest.mark.parametrize(("received", "completed", "done", "open_"), WORKED_PERCENTAGES)
def test_worked_percentages(received: int, completed: int, done: str, open_: str) -> None:
    register = [NaiveComplaint(str(i), d(1, 2)) for i in range(received - completed)]
    register += [NaiveComplaint(f"done {i}", d(1, 2), d(1, 3), (), (), d(1, 6)) for i in range(completed)]
    got = figures(register, d(1, 1), d(1, 31), d(1, 28), HOLIDAYS_2563, RULES, ())
    assert (got["received"], got["completed"]) == (received, completed)
    assert (got["completed_percent"], got["in_progress_percent"]) == (done, open_)


def test_the_shape_of_a_state() -> None:
    state = seen(BEGUN, d(2, 16))
    assert state == {
        "number": "1",
        "types": [],
        "status": "in_progress",
        "notified": d(1, 28),
        "accept": {"due": d(1, 29), "done": d(1, 29), "state": "on_time", "inferred": False},
        "first_report": {"due": d(2, 3), "done": d(2, 3), "state": "on_time"},
        "follow_ups": [{"due": d(2, 15), "done": None, "state": "missed"}],
        "completed": None,
        "reopened": None,
        "transferred": None,
        "correct": False,
        "next": {"what": "follow_up", "due": d(2, 15), "act_by": d(2, 14), "state": "overdue"},
    }
    assert state_on(BEGUN, d(1, 27), HOLIDAYS_2563, RULES) is None


def test_working_days() -> None:
    assert is_working_day(d(4, 13), HOLIDAYS_2563) and is_working_day(d(5, 1), HOLIDAYS_2563)
    assert not is_working_day(d(7, 27), HOLIDAYS_2563) and not is_working_day(d(2, 29), HOLIDAYS_2563)
    assert nth_working_day_after(d(7, 3), 1, HOLIDAYS_2563) == d(7, 8)
    assert last_working_day_on_or_before(d(3, 15), HOLIDAYS_2563) == d(3, 13)


def test_a_day_missing_is_inferred_and_only_from_what_is_known() -> None:
    complaint = NaiveComplaint("1", d(1, 28), None, (d(2, 3),))
    assert seen(complaint, d(2, 2))["status"] == "new"
    state = seen(complaint, d(2, 3))
    assert state["accept"] == {"due": d(1, 29), "done": d(2, 3), "state": "late", "inferred": True}
    assert state["first_report"] == {"due": d(2, 6), "done": d(2, 3), "state": "on_time"}


@pytest.mark.parametrize("stated", ["in_progress", "completed"])
def test_a_status_and_no_day_at_all(stated: str) -> None:
    state = seen(NaiveComplaint("1", d(1, 28), stated=stated), d(1, 28))
    assert state["status"] == "in_progress" and state["correct"] is False and state["next"] is None
    assert state["accept"] == {"due": d(1, 29), "done": None, "state": "unknown", "inferred": False}
    assert state["first_report"] == {"due": None, "done": None, "state": "unknown"}


def test_a_status_of_completed_lacking_only_its_day_is_an_ordinary_complaint() -> None:
    assert seen(replace(BEGUN, stated="completed"), d(2, 20)) == seen(BEGUN, d(2, 20))


def test_a_completion_without_entries_is_the_first_report() -> None:
    complaint = replace(BEGUN, entries=(), completed=d(2, 20))
    state = seen(complaint, d(2, 20))
    assert state["first_report"] == {"due": d(2, 3), "done": d(2, 20), "state": "late"}
    assert checkpoints(state) == [(d(2, 15), "missed")]
    assert checkpoints(seen(complaint, d(2, 15))) == [(d(2, 15), "due_today")]


def test_entries_only_after_a_reopening_are_all_follow_ups() -> None:
    complaint = replace(BEGUN, pairs=((d(2, 3), d(2, 10)),), entries=(d(2, 12), d(2, 28)))
    state = seen(complaint, d(2, 28))
    assert state["first_report"]["done"] == d(2, 3)
    assert checkpoints(state) == [(d(2, 15), "met"), (d(2, 28), "met")]
    assert state["next"]["due"] == d(3, 15) and state["reopened"] == d(2, 10)


def test_checkpoints_from_completion_to_reopening_never_count() -> None:
    complaint = replace(BEGUN, entries=(d(2, 3), d(2, 15)), pairs=((d(2, 28), d(3, 15)),))
    assert seen(complaint, d(3, 1))["status"] == "completed"
    assert seen(complaint, d(3, 1))["completed"] == d(2, 28)
    assert seen(complaint, d(3, 1))["next"] is None
    again = seen(complaint, d(3, 30))
    assert checkpoints(again) == [(d(2, 15), "met"), (d(3, 30), "due_today")]
    assert again["status"] == "in_progress" and again["completed"] is None
    assert again["next"] == {"what": "follow_up", "due": d(3, 30), "act_by": d(3, 30), "state": "today"}


def test_a_follow_up_before_the_completion_still_serves_its_checkpoint() -> None:
    complaint = replace(BEGUN, entries=(d(2, 3), d(2, 4)), pairs=((d(2, 5), d(2, 7)),))
    state = seen(complaint, d(2, 15))
    assert state["follow_ups"] == [{"due": d(2, 15), "done": d(2, 4), "state": "met"}]
    assert state["next"]["due"] == d(2, 28)


def test_completed_and_reopened_on_one_day_is_in_progress() -> None:
    complaint = replace(BEGUN, pairs=((d(2, 15), d(2, 15)),))
    state = seen(complaint, d(2, 15))
    assert state["status"] == "in_progress" and state["follow_ups"] == [] and state["next"]["due"] == d(2, 28)


def test_transferred_stands_as_the_day_before() -> None:
    complaint = replace(BEGUN, entries=(d(2, 3), d(2, 15)), transferred=d(2, 15))
    state = seen(complaint, d(6, 1))
    assert (state["status"], state["transferred"], state["correct"], state["next"]) == (
        "transferred",
        d(2, 15),
        None,
        None,
    )
    assert state["follow_ups"] == []
    assert seen(complaint, d(2, 14))["status"] == "in_progress"
    at_once = NaiveComplaint("1", d(1, 28), d(1, 28), transferred=d(1, 28))
    assert seen(at_once, d(1, 28))["accept"]["state"] == "on_time"
    stated = replace(BEGUN, stated="transferred")
    assert seen(stated, d(2, 2))["status"] == "in_progress"
    assert seen(stated, d(2, 3))["status"] == "transferred"
    assert seen(stated, d(2, 3))["first_report"] == {"due": d(2, 3), "done": None, "state": "pending"}


def test_at_most_k_days_before_the_checkpoint() -> None:
    complaint = replace(BEGUN, entries=(d(2, 3), d(2, 13), d(2, 17)))
    wide, narrow = seen(complaint, d(3, 1)), seen(complaint, d(3, 1), NaiveRules(follow_up_within=3))
    assert checkpoints(wide) == [(d(2, 15), "met"), (d(2, 28), "met")] and wide["next"]["due"] == d(3, 15)
    assert checkpoints(narrow) == [(d(2, 15), "met"), (d(2, 28), "missed")] and narrow["next"]["due"] == d(2, 28)


def test_the_second_checkpoint_of_february_is_its_last_working_day() -> None:
    complaint = NaiveComplaint("1", d(2, 1, 2021), d(2, 2, 2021), (d(2, 3, 2021),))
    last = seen(complaint, d(2, 28, 2021), NaiveRules(checkpoint_days=(10, 20)))
    assert checkpoints(last) == [(d(2, 10, 2021), "missed"), (d(2, 26, 2021), "missed")]


ORDER = [
    (BEGUN, False),
    (replace(BEGUN, accepted=d(1, 27)), True),
    (replace(BEGUN, accepted=d(2, 4)), True),
    (replace(BEGUN, completed=d(2, 2)), True),
    (replace(BEGUN, completed=d(2, 3)), False),
    (replace(BEGUN, transferred=d(2, 2)), True),
    (replace(BEGUN, transferred=d(2, 3)), False),
    (replace(BEGUN, pairs=((d(2, 3), d(2, 3)),)), False),
    (replace(BEGUN, pairs=((d(2, 5), d(2, 4)),)), True),
    (replace(BEGUN, pairs=((d(2, 1), d(2, 5)),)), True),
    (replace(BEGUN, pairs=((d(2, 1), d(2, 3)),)), False),
    (replace(BEGUN, pairs=((d(2, 3), d(2, 9)),), completed=d(2, 8)), True),
    (replace(BEGUN, entries=(), accepted=d(2, 5), completed=d(2, 4)), True),
    (replace(BEGUN, completed=d(12, 31)), True),
]


@pytest.mark.parametrize(("complaint", "problem"), ORDER)
def test_order(complaint: NaiveComplaint, problem: bool) -> None:
    assert problem_with_order(complaint, d(6, 1)) is problem


def test_figures() -> None:
    quality = dict.fromkeys(("fits", "letter", "order", "action", "coordination"), "fulfilled")
    quality |= {"order": "not_applicable", "coordination": "missing"}
    register = [
        NaiveComplaint("1", d(1, 2), d(1, 3), (), (), d(1, 6), types=("ก", "ข"), quality=quality),
        NaiveComplaint("2", d(1, 2)),
        NaiveComplaint("3", d(1, 2), transferred=d(1, 20)),
        NaiveComplaint("4", d(1, 28), stated="completed"),
        NaiveComplaint("5", d(1, 29)),
        NaiveComplaint("6", d(1, 29), stated="transferred"),
        NaiveComplaint("7", d(10, 1, 2019), d(10, 2, 2019), (d(10, 2, 2019),), (), d(10, 15, 2019), types=("ค",)),
        NaiveComplaint("8", d(9, 30, 2019)),
        NaiveComplaint("9", d(2, 1)),
    ]
    assert figures(register, d(1, 1), d(1, 28), d(1, 28), HOLIDAYS_2563, RULES, ("ข",)) == {
        "received": 3,
        "completed": 1,
        "in_progress": 2,
        "completed_percent": "33.33",
        "in_progress_percent": "66.67",
        "process": {"correct": 1, "percent": "33.33", "points": "6.67"},
        "quality": {"fulfilled": 3, "applicable": 5, "percent": "60.00", "points": "48.00"},
        "year_to_date": {
            "received": 4,
            "completed": 2,
            "process": {"correct": 2, "percent": "50.00", "points": "10.00"},
            "quality": {"fulfilled": 3, "applicable": 5, "percent": "60.00", "points": "48.00"},
        },
        "notified_later": 1,
    }
    before = figures(register, d(1, 1), d(1, 31), d(1, 1), HOLIDAYS_2563, RULES, ())
    assert before["received"] == 0 and before["completed_percent"] is None and before["in_progress_percent"] is None
    assert before["process"] == {"correct": 0, "percent": None, "points": None}
    assert before["quality"] == {"fulfilled": 0, "applicable": 0, "percent": None, "points": None}
    assert before["notified_later"] == 4


# --- the random complaints


@given(rc.complaints())
@SLOW
def test_random_complaints_are_in_order(complaint: NaiveComplaint) -> None:
    assert not problem_with_order(complaint, max(recorded_days(complaint)))
    assert list(complaint.entries) == sorted(complaint.entries) and len(complaint.entries) <= 8


@given(st.data())
@SLOW
def test_only_what_is_dated_by_the_day_is_known(data: st.DataObject) -> None:
    """Taking away every later day changes nothing (where no status stands for days nobody recorded)."""
    complaint = replace(data.draw(rc.complaints()), stated=None)
    holidays, rules = data.draw(rc.holiday_sets()), data.draw(rc.rule_sets())
    on = data.draw(rc.on_days(complaint, holidays, rules))

    def known(day: date | None) -> date | None:
        return day if day is not None and day <= on else None

    if complaint.notified > on:
        assert state_on(complaint, on, holidays, rules) is None
        return
    pairs = tuple(pair for pair in complaint.pairs if pair[1] <= on)
    completed = known(complaint.completed)
    for completion, reopening in complaint.pairs:
        if completion <= on < reopening:
            completed = completion
    then = replace(
        complaint,
        accepted=known(complaint.accepted),
        entries=tuple(entry for entry in complaint.entries if entry <= on),
        pairs=pairs,
        completed=completed,
        transferred=known(complaint.transferred),
    )
    assert state_on(then, on, holidays, rules) == state_on(complaint, on, holidays, rules)


@given(st.data())
@SLOW
def test_figures_add_up(data: st.DataObject) -> None:
    register = data.draw(rc.registers(most=5))
    first, until, on = data.draw(rc.report_days(register))
    core = data.draw(rc.core_type_sets())
    got = figures(register, first, until, on, data.draw(rc.holiday_sets()), data.draw(rc.rule_sets()), core)
    assert got["completed"] + got["in_progress"] == got["received"]
    assert got["process"]["correct"] <= got["received"]
    assert got["quality"]["fulfilled"] <= got["quality"]["applicable"]
    assert (got["completed_percent"] is None) == (got["received"] == 0)


REACHED = {
    "inferred": lambda c: c.accepted is None and (c.entries or c.pairs or c.completed),
    "stated only": lambda c: (
        c.stated in ("in_progress", "completed") and c.accepted is None and not recorded_days(c)[1:]
    ),
    "stated completed, accepted": lambda c: c.stated == "completed" and c.accepted is not None,
    "stated transferred": lambda c: c.stated == "transferred" and c.entries,
    "three reopenings": lambda c: len(c.pairs) == 3,
    "completed and reopened in a day": lambda c: any(pair[0] == pair[1] for pair in c.pairs),
    "entries only after a reopening": lambda c: c.pairs and c.entries and c.entries[0] > c.pairs[0][1],
    "completed without entries": lambda c: c.completed and not c.entries and not c.pairs,
    "two entries on a day": lambda c: len(set(c.entries)) < len(c.entries),
    "transferred when notified": lambda c: c.transferred == c.notified,
    "transferred after work": lambda c: c.transferred and c.entries,
    "eight entries": lambda c: len(c.entries) == 8,
    "over a leap February": lambda c: c.notified < d(2, 1) and max(c.entries, default=d(1, 1)) > d(3, 1),
    "over a short February": lambda c: d(1, 1, 2021) < c.notified < d(2, 1, 2021) and c.entries,
    "over the turn of the fiscal year": lambda c: c.notified < d(10, 1) < max(recorded_days(c)),
}


COUNTING = settings(SLOW, max_examples=800, phases=[Phase.generate], derandomize=True, database=None)


def test_random_complaints_reach_what_they_are_for() -> None:
    reached: Counter[str] = Counter()

    @given(rc.complaints())
    @COUNTING
    def look(complaint: NaiveComplaint) -> None:
        reached.update(what for what, holds in REACHED.items() if holds(complaint))

    look()
    assert {what: reached[what] for what in REACHED if reached[what] < 2} == {}


def test_moved_days_break_the_order_often_but_not_always() -> None:
    problems: Counter[bool] = Counter()

    @given(rc.perhaps_disordered_complaints())
    @COUNTING
    def look(complaint: NaiveComplaint) -> None:
        problems[problem_with_order(complaint, max(recorded_days(complaint)) + timedelta(days=1))] += 1

    look()
    assert problems[True] > 100 and problems[False] > 100
