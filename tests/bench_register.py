"""The register's own work: the badges, a changed calendar, the month's figures, saving one complaint."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, cycle

from desktop.domain.months import Month
from desktop.domain.obligations import Urgency, next_obligation
from desktop.services import complaint_list, complaint_work, month_reports, office_settings
from desktop.services.desk import Desk
from desktop.storage import complaints
from tests.bench_ground import TODAY, Clock, Ground, Line, held_against, held_alone, medians, timed

RUNS = 15
LONG_RUNS = 3


def badges(ground: Ground) -> Iterator[Line]:
    """The strip with all its counts, against judging every open complaint in Python, those read beforehand."""
    desk = ground.desk
    unfinished = [each for _, each in complaints.owing(desk.register.connection)]

    def judge() -> dict[Urgency, int]:
        counts = dict.fromkeys(Urgency, 0)
        for each in unfinished:
            owed = next_obligation(each, desk.calendar, desk.rules_of)
            if owed is not None:
                counts[owed.urgency(TODAY)] += 1
        return counts

    strip, judged = medians(LONG_RUNS, timed(lambda: complaint_list.strip(desk)), timed(judge))
    goal = "≤ 0.2 × judging the open ones in Python, ≤ 0.01 s"
    yield held_against("all badges of the top strip (s)", strip, judged, goal, 0.2, value_most=0.01)


def calendar_change(ground: Ground) -> Iterator[Line]:
    """A holiday added and struck: every open deadline counted anew, in one transaction."""
    desk = ground.desk
    day = desk.calendar.working_day_after(TODAY, 2)
    changes = cycle((office_settings.add_holiday, office_settings.strike_holiday))
    taken = medians(2 * LONG_RUNS, timed(lambda: next(changes)(desk, day, "วัดความเร็ว")))[0]
    yield held_alone("the calendar changes: every open deadline anew (s)", taken, "≤ 1 s", 1.0)


def months_figures(ground: Ground) -> Iterator[Line]:
    """The figures of the running month, with the fiscal year to date; and of a month of the year before."""
    desk = ground.desk
    for name, day in (("running", TODAY), ("a past", TODAY - timedelta(days=330))):
        taken = medians(LONG_RUNS, timed(lambda d=day: _figures(desk, d)))[0]
        yield held_alone(f"month's figures, {name} month (s)", taken, "≤ 0.01 s", 0.01)


def _figures(desk: Desk, day: date) -> object:
    return month_reports.figures_of_month(desk, Month.of(day), TODAY)


def save(ground: Ground) -> Iterator[Line]:
    """One edited complaint until it is safe on the disk, against the smallest change and its commit."""
    desk = ground.desk
    saved, bare = medians(RUNS, *_savings(desk))
    yield held_against("save one complaint, durable (s)", saved, bare, "≤ 2 × the bare commit", 2.0)


def _savings(desk: Desk) -> tuple[Clock, Clock]:
    numbers = cycle(sorted(complaints.all_numbers(desk.register.connection))[:: max(1, RUNS)])
    serial = count()

    def edited() -> float:
        before = complaint_work.complaint(desk, next(numbers))
        draft = replace(before, detail=f"{before.detail} แก้ไขครั้งที่ {next(serial)}")
        return timed(lambda: complaint_work.save(desk, before, draft))()

    def bare() -> None:
        with desk.register.transaction() as connection:
            values = (f"แก้ไขครั้งที่ {next(serial)}", next(numbers))
            connection.execute("UPDATE complaint SET coordination = ? WHERE number = ?", values)

    return edited, timed(bare)
