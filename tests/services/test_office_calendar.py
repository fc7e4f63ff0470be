"""The office's calendar: government offices' holidays, Bangkok's own, and the officer's changes."""

from datetime import date

import pytest

from desktop.domain.office_year import DaySource
from desktop.services import office_settings
from desktop.services.desk import CannotDo, Desk
from desktop.storage import complaints

# The rules' own list for fiscal year 2563: day/month.
WEEKDAYS_OFF_2563 = (
    "14/10 23/10 4/11 5/11 5/12 10/12 31/12 1/1 10/2 6/4 4/5 6/5 11/5 3/6 6/7 7/7 27/7 28/7 12/8 4/9 7/9"
)


def test_the_weekdays_off_of_2563_are_the_rules_own(desk: Desk) -> None:
    days = office_settings.holidays_of_year(desk, 2563)
    assert " ".join(f"{day.day.day}/{day.day.month}" for day in days) == WEEKDAYS_OFF_2563
    assert [day.day for day in days if day.source is DaySource.BANGKOK] == [date(2019, 11, 4), date(2019, 11, 5)]
    assert all(any("ก" <= letter <= "๙" for letter in day.name) for day in days)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2020, 5, 1), True),  # Labour Day: an ordinary day for civil servants
        (date(2027, 5, 3), True),  # its substitution day too
        (date(2020, 4, 13), True),  # Songkran 2563 was moved
        (date(2020, 7, 27), False),
        (date(2020, 5, 11), False),  # วันพืชมงคล
        (date(2022, 11, 16), False),  # Bangkok alone
        (date(2022, 11, 18), False),
        (date(2020, 1, 11), False),  # a Saturday, Children's Day or not
        (date(2026, 7, 30), False),
        (date(2020, 1, 28), True),
    ],
)
def test_days_of_government_offices(desk: Desk, day: date, works: bool) -> None:
    assert desk.calendar.is_working_day(day) is works


def test_a_year_without_the_ploughing_day_is_not_really_known(desk: Desk) -> None:
    assert {2563, 2569} <= desk.calendar.known_years
    assert not {2570, 2571} & desk.calendar.known_years


def test_adding_and_striking_days_moves_every_deadline_at_once_and_back(demo_desk: Desk) -> None:
    before = {c.number: owed for owed, c in complaints.owing(demo_desk.register.connection)}
    checkpoint_day = date(2020, 1, 30)
    expected = sum(owed.due == checkpoint_day for owed in before.values())
    assert expected > 20
    told = office_settings.moved_by(demo_desk, checkpoint_day, closed=True, why="ประชุม")
    moved = office_settings.add_holiday(demo_desk, checkpoint_day, "ประชุม").moved
    assert moved == told >= expected
    after = {c.number: owed for owed, c in complaints.owing(demo_desk.register.connection)}
    for number, owed in before.items():
        if owed.due == checkpoint_day and owed.step.code == "follow_up":
            assert (after[number].due, after[number].act_by) == (
                checkpoint_day,
                date(2020, 1, 29),
            )  # stays, act earlier
    assert office_settings.strike_holiday(demo_desk, checkpoint_day, "เลื่อนประชุม").moved == moved
    assert {c.number: owed for owed, c in complaints.owing(demo_desk.register.connection)} == before
    assert demo_desk.calendar_changes == {}


def test_striking_a_shipped_day_and_adding_it_back_leaves_the_shipped_calendar(desk: Desk) -> None:
    day = date(2020, 2, 10)
    name = desk.calendar.why_closed(day)
    office_settings.strike_holiday(desk, day, "เปิดทำการ")
    assert desk.calendar.is_working_day(day)
    office_settings.add_holiday(desk, day, "กลับเป็นวันหยุด")
    assert desk.calendar.why_closed(day) == name and desk.calendar_changes == {}


@pytest.mark.parametrize(
    ("day", "closed", "why"),
    [
        (date(2020, 1, 25), True, "เสาร์"),
        (date(2020, 1, 1), True, "หยุดอยู่แล้ว"),
        (date(2020, 1, 2), False, "ทำการอยู่แล้ว"),
        (date(2020, 1, 2), True, "  "),
    ],
)
def test_a_change_that_changes_nothing_or_has_no_reason_is_refused(
    desk: Desk, day: date, closed: bool, why: str
) -> None:
    change = office_settings.add_holiday if closed else office_settings.strike_holiday
    with pytest.raises(CannotDo):
        change(desk, day, why)
    assert desk.calendar_changes == {}
