"""The rules of the product against the worked examples and against a second, naive reading of them."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.day_order import problem_with_days
from desktop.domain.figures import monthly_figures
from desktop.domain.months import Month
from desktop.domain.obligations import next_obligation, standing
from tests.domain import random_complaints as rc
from tests.domain.naive_pairs import calendar_of, figures_said, product_complaint, product_rules, said
from tests.domain.naive_reading import NaiveComplaint, NaiveRules, figures, problem_with_order, recorded_days, state_on
from tests.domain.worked_examples import HOLIDAYS_2563, NOT_SAID, WORKED_EXAMPLES, WorkedExample

EXAMPLES = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
compared: Counter[str] = Counter()  # what the comparisons met, printed and asserted at the end


@pytest.mark.parametrize("example", WORKED_EXAMPLES, ids=lambda each: each.name)
def test_worked_example(example: WorkedExample) -> None:
    naive = NaiveComplaint("1", example.notified, example.accepted, example.entries, (), example.completed)
    seen = standing(
        product_complaint(naive), example.seen_on, calendar_of(HOLIDAYS_2563), lambda _: product_rules(NaiveRules())
    )
    assert seen is not None
    found = {
        "accept_due": seen.accept.due,
        "accept_state": seen.accept.state.code,
        "first_report_due": seen.first_report.due,
        "first_report_state": seen.first_report.state.code,
        "checkpoints": tuple((point.due, point.state.code) for point in seen.checkpoints),
        "correct": seen.correct,
        "next_what": seen.next and seen.next.step.code,
        "next_due": seen.next and seen.next.due,
        "next_act_by": seen.next and seen.next.act_by,
        "next_state": seen.next and seen.next.urgency(example.seen_on).code,
    }
    told = {name: getattr(example, name) for name in found}
    assert {name: value for name, value in found.items() if told[name] != NOT_SAID} == {
        name: value for name, value in told.items() if value != NOT_SAID
    }


@settings(EXAMPLES, max_examples=900)
@given(st.data())
def test_every_state_agrees_with_the_naive_reading_on_any_day(data: st.DataObject) -> None:
    rules, holidays = data.draw(rc.rule_sets()), data.draw(rc.holiday_sets())
    naive = data.draw(rc.complaints())
    complaint, calendar = product_complaint(naive), calendar_of(holidays)
    for _ in range(4):
        on = data.draw(rc.on_days(naive, holidays, rules))
        seen = said(standing(complaint, on, calendar, lambda _: product_rules(rules)))
        assert seen == state_on(naive, on, holidays, rules)
        compared["pairs"] += 1
        if seen is not None:
            for state in (seen["accept"], seen["first_report"], *seen["follow_ups"]):
                compared[state["state"]] += 1
            compared[f"status {seen['status']}"] += 1


def test_the_comparison_met_two_thousand_pairs_and_every_state() -> None:
    """Runs after the comparison above (files run in order, one worker a file)."""
    print(dict(compared))
    assert compared["pairs"] >= 2000
    states = ["on_time", "late", "due_today", "pending", "overdue", "not_started", "unknown", "met", "missed"]
    statuses = [f"status {code}" for code in ["new", "in_progress", "completed", "transferred"]]
    assert all(compared[name] for name in (*states, *statuses))


@settings(EXAMPLES, max_examples=400)
@given(st.data())
def test_the_stored_next_obligation_is_the_one_seen_once_every_day_has_passed(data: st.DataObject) -> None:
    rules, holidays, naive = data.draw(rc.rule_sets()), data.draw(rc.holiday_sets()), data.draw(rc.complaints())
    complaint, calendar = product_complaint(naive), calendar_of(holidays)
    stored = next_obligation(complaint, calendar, lambda _: product_rules(rules))
    told = state_on(naive, max(recorded_days(naive)), holidays, rules)
    assert told is not None
    expected = told["next"] and (told["next"]["what"], told["next"]["due"], told["next"]["act_by"])
    assert (stored and (stored.step.code, stored.due, stored.act_by)) == expected


@settings(EXAMPLES, max_examples=600)
@given(rc.perhaps_disordered_complaints(), st.dates(date(2019, 9, 1), date(2024, 1, 1)))
def test_disordered_days_are_refused_exactly_when_the_naive_reading_refuses_them(
    naive: NaiveComplaint, today: date
) -> None:
    problem = problem_with_days(product_complaint(naive), today)
    assert (problem is not None) == problem_with_order(naive, today), problem


@settings(EXAMPLES, max_examples=250)
@given(st.data())
def test_the_months_figures_agree_with_the_naive_reading(data: st.DataObject) -> None:
    rules, holidays = data.draw(rc.rule_sets()), data.draw(rc.holiday_sets())
    register = data.draw(rc.registers())
    core = data.draw(rc.core_type_sets())
    first, until, on = data.draw(rc.report_days(register))
    found = monthly_figures(
        [product_complaint(naive) for naive in register],
        Month.of(first),
        until,
        on,
        calendar_of(holidays),
        lambda _: product_rules(rules),
        frozenset(core),
    )
    assert figures_said(found) == figures(register, first, until, on, holidays, rules, core)
