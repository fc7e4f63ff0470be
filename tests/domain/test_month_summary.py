"""Annexes A and C against a second count: the naive reading of the rules goes over the same complaints by itself."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop.domain.complaint import Complaint, Status
from desktop.domain.cost_words import costs_of
from desktop.domain.evidence import Outage
from desktop.domain.figures import monthly_figures
from desktop.domain.memo_wording import duration_words, office_line, office_name, outage_words
from desktop.domain.month_summary import listed_complaints, month_summary, outages_of_month
from desktop.domain.months import Month
from desktop.domain.obligations import standing
from desktop.domain.office_year import report_block
from desktop.domain.project_record import starting_record
from desktop.domain.report_sheet import PlanWord, ReportSheet, TargetWord
from tests.domain.naive_pairs import figures_said
from tests.domain.naive_reading import QUALITY_ITEMS, NaiveRules, figures, state_on, transfer_day
from tests.domain.worked_examples import HOLIDAYS_2563
from tests.forms.pack_ground import CALENDAR, CORE, JANUARY, TYPES, naive_register, register, rules_of

RULES = NaiveRules()
DAYS = (
    (date(2020, 1, 28), date(2020, 1, 28)),
    (date(2020, 1, 31), date(2020, 1, 31)),
    (date(2020, 1, 20), date(2020, 2, 9)),
    (date(2020, 1, 31), date(2020, 1, 12)),
    (date(2020, 1, 31), date(2019, 12, 20)),  # a draft before the month began
)


def summary_of(complaints, until, on, month=JANUARY, outages=()):
    monthly = monthly_figures(complaints, month, until, on, CALENDAR, rules_of, frozenset(CORE))
    block = report_block(monthly, 1, PlanWord.ON, TargetWord.ON, 0, "")
    sheet = ReportSheet(starting_record(2563), (block,))
    return month_summary(monthly, sheet, complaints, outages, CALENDAR, rules_of, CORE)


@pytest.fixture(scope="module", params=[(seed, *days) for seed in (1, 2) for days in DAYS], ids=str)
def counted(request):
    """(summary, naive complaints, the period's last day, the report's day)"""
    seed, until, on = request.param
    naive = naive_register(seed, 260)
    return summary_of(register(naive), until, on), naive, until, on


def states(naive, until, on):
    """(complaint, its state) of those notified in the period and by the day, handed-on ones too."""
    chosen = [each for each in naive if JANUARY.first <= each.notified <= min(until, on)]
    return [(each, state_on(each, on, HOLIDAYS_2563, RULES)) for each in chosen]


def test_the_total_and_each_type_are_counted_alike(counted):
    summary, naive, until, on = counted
    seen = states(naive, until, on)
    rows = {row.name: row for row in summary.types} | {None: summary.total}
    assert {kind for each, _ in seen for kind in each.types or ("",)} | {None} == set(rows)
    for name, row in rows.items():
        of_type = [state for each, state in seen if name is None or name in (each.types or ("",))]
        counts = Counter(state["status"] for state in of_type)
        assert (row.waiting, row.under_way, row.completed, row.transferred) == (
            counts["new"], counts["in_progress"], counts["completed"], counts["transferred"],
        )  # fmt: skip
        assert row.received == counts["new"] + counts["in_progress"] + counts["completed"]
        assert row.correct == sum(state["correct"] is True for state in of_type)
        assert row.core is (name in CORE)


def test_the_figures_and_the_table_agree_with_the_report(counted):
    summary, naive, until, on = counted
    assert figures_said(summary.monthly) == figures(naive, JANUARY.first, until, on, HOLIDAYS_2563, RULES, CORE)
    figures_ = summary.monthly.figures
    assert not summary.was_changed
    assert (summary.total.received, summary.total.completed) == (figures_.received, figures_.completed)
    assert summary.total.correct == figures_.process.done
    assert len(summary.costly) == figures_.process.total - figures_.process.done
    assert sum(row.fulfilled for row in summary.quality) == figures_.quality.done
    assert sum(row.fulfilled + row.missing for row in summary.quality) == figures_.quality.total
    assert summary.several_types is (sum(row.received for row in summary.types) > figures_.received)


def test_the_quality_items_are_counted_alike(counted):
    summary, naive, until, on = counted
    judged = [
        each
        for each, state in states(naive, until, on)
        if state["status"] == "completed" and set(each.types) & set(CORE)
    ]
    for code, row in zip(QUALITY_ITEMS, summary.quality, strict=True):
        answers = Counter(each.quality[code] for each in judged)
        assert row.item.code == code
        assert (row.fulfilled, row.missing, row.not_applicable) == (
            answers["fulfilled"], answers["missing"], answers["not_applicable"],
        )  # fmt: skip


def test_every_complaint_that_costs_is_named_with_as_many_reasons_as_it_has(counted):
    summary, naive, until, on = counted
    expected = {}
    for each, state in states(naive, until, on):
        if state["correct"] is False:
            duties = [state["accept"], state["first_report"], *state["follow_ups"]]
            expected[each.number] = sum(duty["state"] in ("late", "overdue", "missed", "unknown") for duty in duties)
    assert {each.number: len(each.reasons) for each in summary.costly} == expected
    assert [each.number for each in summary.costly] == sorted(expected)


def test_what_is_carried_over_is_counted_alike(counted):
    summary, naive, _, on = counted
    before = min(JANUARY.first - timedelta(days=1), on)
    open_states = ("new", "in_progress")
    expected: dict[tuple[int, int], Counter] = {}
    still = []
    for each in naive:
        if each.notified >= JANUARY.first or each.notified > on:
            continue
        then = state_on(each, before, HOLIDAYS_2563, RULES)["status"]
        now = state_on(each, on, HOLIDAYS_2563, RULES)["status"]
        month = expected.setdefault((each.notified.year, each.notified.month), Counter())
        if then in open_states:
            month["carried"] += 1
            month[now] += 1
        elif now in open_states:
            month["reopened"] += 1
        if now in open_states:
            month["left"] += 1
            still.append(each.number)
    told = {(each.month.year, each.month.month): each for each in summary.carried}
    for key, month in expected.items():
        if not month:
            assert key not in told
            continue
        row = told[key]
        assert (row.carried, row.completed, row.transferred, row.reopened, row.left) == (
            month["carried"], month["completed"], month["transferred"], month["reopened"], month["left"],
        )  # fmt: skip
    assert sorted(each.number for each in summary.still_open) == sorted(still)
    assert [each.notified for each in summary.still_open] == sorted(each.notified for each in summary.still_open)


def test_complaints_notified_later_are_named(counted):
    summary, naive, until, on = counted
    later = [
        each.number
        for each in naive
        if JANUARY.first <= each.notified <= JANUARY.last
        and (each.notified > on or each.notified > until)
        and transfer_day(each) is None
    ]
    assert [each.number for each in summary.notified_later] == sorted(later)


def test_the_list_holds_what_counts_and_what_was_handed_on(counted):
    summary, naive, until, on = counted
    listed = listed_complaints(summary.monthly, register(naive), CALENDAR, rules_of)
    seen = {each.number: state for each, state in states(naive, until, on)}
    assert [each.number for each in listed] == sorted(seen)
    for each in listed:
        assert each.status.code == seen[each.number]["status"]
        assert each.correct is seen[each.number]["correct"]


def test_a_register_changed_after_issue_is_said_and_the_reports_complaints_stay():
    complaints = register(naive_register(3, 200))
    until = on = date(2020, 1, 28)
    before = summary_of(complaints, until, on)
    victim = next(each for each in before.monthly.numbers)
    changed = [
        replace(each, transferred=each.notified, completed=None, accepted=None, first_report=None, follow_ups=(),
                reopenings=(), stated=None)
        if each.number == victim else each
        for each in complaints
    ]  # fmt: skip
    sheet = ReportSheet(starting_record(2563), (report_block(before.monthly, 1, PlanWord.ON, TargetWord.ON, 0, ""),))
    newcomer = replace(complaints[0], number="ใหม่", notified=date(2020, 1, 5), reopenings=())
    after = month_summary(before.monthly, sheet, [*changed, newcomer], (), CALENDAR, rules_of, CORE)
    assert after.was_changed
    assert after.monthly.figures == before.monthly.figures
    assert after.total.received == before.total.received - 1
    assert after.total.transferred == before.total.transferred + 1
    assert "ใหม่" not in {each.number for each in after.costly}


def test_september_looks_back_over_the_turn_of_the_fiscal_year():
    complaints = [Complaint("1", date(2018, 9, 3), types=(TYPES[0],)), Complaint("2", date(2019, 10, 1))]
    summary = summary_of(complaints, date(2019, 10, 31), date(2019, 10, 31), Month(2019, 10))
    assert [(each.month, each.left) for each in summary.carried] == [(Month(2018, 9), 1)]
    assert summary.still_open[0].status is Status.NEW
    assert summary.still_open[0].owes == "รับเรื่องภายใน 4 ก.ย. 2561 (เกินกำหนด)"


def outage(began, ended):
    return Outage(1, began, ended, "ล่ม", "", datetime(2020, 1, 1, tzinfo=UTC))


def test_the_reason_says_when_the_system_was_down_on_the_due_day_and_counts_it_all_the_same():
    complaint = Complaint("1", date(2020, 1, 6), accepted=date(2020, 1, 9))
    seen = standing(complaint, date(2020, 1, 10), CALENDAR, rules_of)
    down = outage(datetime(2020, 1, 6, 23), datetime(2020, 1, 7, 1))
    plain = "รับเรื่อง ช้ากว่ากำหนด 7 ม.ค. (ทำ 9 ม.ค.)"
    assert costs_of(seen) == (plain,)
    assert costs_of(seen, [down]) == (f"{plain} (ระบบฯ ขัดข้องในวันครบกำหนด ดูภาคผนวก ข)",)
    assert costs_of(seen, [outage(datetime(2020, 1, 8, 9), datetime(2020, 1, 8, 10))]) == (plain,)
    assert seen.correct is False


def test_the_months_outages_are_those_that_touch_it():
    inside = outage(datetime(2020, 1, 31, 23), datetime(2020, 2, 1, 1))
    before = outage(datetime(2019, 12, 31, 22), datetime(2019, 12, 31, 23))
    over = outage(datetime(2019, 12, 31, 23), datetime(2020, 1, 1, 0))
    assert outages_of_month([inside, before, over], JANUARY) == (over, inside)
    assert outages_of_month([inside], Month(2020, 2)) == (inside,)


def test_words_for_an_outage_and_an_office():
    assert outage_words(outage(datetime(2020, 1, 2, 10), datetime(2020, 1, 2, 12, 30))) == (
        "วันที่ 2 มกราคม 2563 เวลา 10.00 - 12.30 น."
    )
    assert duration_words(outage(datetime(2020, 1, 2, 10), datetime(2020, 1, 3, 12, 30))) == "1 วัน 2 ชั่วโมง 30 นาที"
    assert duration_words(outage(datetime(2020, 1, 2, 10), datetime(2020, 1, 2, 10))) == "ไม่ถึง 1 นาที"
    record = starting_record(2563)
    assert office_name(record) == "สำนักงานเขตประเวศ"
    assert office_line(record) == "สำนักงานเขตประเวศ (ฝ่ายปกครอง)"
    assert office_line(replace(record, office="", responsible_telephone="")) == ""
