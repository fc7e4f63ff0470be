"""The worked examples of the rules of the work, typed from its table, with Gregorian dates.

Only what the table says is here: where it gives a state without its due day ("on_time"), or a next obligation without
its act_by or state, the field is NOT_SAID. `None` is a statement: there is none.
"""

from dataclasses import dataclass
from datetime import date

NOT_SAID = "not said"

# 'For fiscal year 2563 the weekdays off are'
HOLIDAYS_2563: frozenset[date] = frozenset(
    {
        date(2019, 10, 14),
        date(2019, 10, 23),
        date(2019, 11, 4),
        date(2019, 11, 5),
        date(2019, 12, 5),
        date(2019, 12, 10),
        date(2019, 12, 31),
        date(2020, 1, 1),
        date(2020, 2, 10),
        date(2020, 4, 6),
        date(2020, 5, 4),
        date(2020, 5, 6),
        date(2020, 5, 11),
        date(2020, 6, 3),
        date(2020, 7, 6),
        date(2020, 7, 7),
        date(2020, 7, 27),
        date(2020, 7, 28),
        date(2020, 8, 12),
        date(2020, 9, 4),
        date(2020, 9, 7),
    }
)


@dataclass(frozen=True)
class WorkedExample:
    name: str
    notified: date
    accepted: date | None
    entries: tuple[date, ...]
    completed: date | None
    seen_on: date
    accept_due: date | str
    accept_state: str
    first_report_due: date | str | None
    first_report_state: str
    checkpoints: tuple[tuple[date, str], ...]
    correct: bool
    next_what: str | None
    next_due: date | None
    next_act_by: date | str | None = NOT_SAID
    next_state: str | None = NOT_SAID


WORKED_EXAMPLES: tuple[WorkedExample, ...] = (
    WorkedExample(
        name="accept due today after two holidays",
        notified=date(2020, 7, 3),
        accepted=None,
        entries=(),
        completed=None,
        seen_on=date(2020, 7, 8),
        accept_due=date(2020, 7, 8),
        accept_state="due_today",
        first_report_due=None,
        first_report_state="not_started",
        checkpoints=(),
        correct=True,
        next_what="accept",
        next_due=date(2020, 7, 8),
    ),
    WorkedExample(
        name="the same, a day later",
        notified=date(2020, 7, 3),
        accepted=None,
        entries=(),
        completed=None,
        seen_on=date(2020, 7, 9),
        accept_due=NOT_SAID,
        accept_state="overdue",
        first_report_due=None,
        first_report_state="not_started",
        checkpoints=(),
        correct=False,
        next_what="accept",
        next_due=date(2020, 7, 8),
        next_state="overdue",
    ),
    WorkedExample(
        name="Labour Day is worked",
        notified=date(2020, 4, 30),
        accepted=date(2020, 5, 1),
        entries=(),
        completed=None,
        seen_on=date(2020, 5, 12),
        accept_due=date(2020, 5, 1),
        accept_state="on_time",
        first_report_due=date(2020, 5, 8),
        first_report_state="overdue",
        checkpoints=(),
        correct=False,
        next_what="first_report",
        next_due=date(2020, 5, 8),
    ),
    WorkedExample(
        name="every checkpoint met, one due on a Sunday",
        notified=date(2020, 1, 28),
        accepted=date(2020, 1, 29),
        entries=(date(2020, 2, 3), date(2020, 2, 14), date(2020, 2, 28)),
        completed=None,
        seen_on=date(2020, 3, 15),
        accept_due=date(2020, 1, 29),
        accept_state="on_time",
        first_report_due=date(2020, 2, 3),
        first_report_state="on_time",
        checkpoints=(
            (date(2020, 2, 15), "met"),
            (date(2020, 2, 28), "met"),
            (date(2020, 3, 15), "due_today"),
        ),
        correct=True,
        next_what="follow_up",
        next_due=date(2020, 3, 15),
        next_act_by=date(2020, 3, 13),
    ),
    WorkedExample(
        name="followed up on 29 February, after the month's last working day",
        notified=date(2020, 1, 28),
        accepted=date(2020, 1, 29),
        entries=(date(2020, 2, 3), date(2020, 2, 14), date(2020, 2, 29)),
        completed=None,
        seen_on=date(2020, 3, 14),
        accept_due=NOT_SAID,
        accept_state="on_time",
        first_report_due=NOT_SAID,
        first_report_state="on_time",
        checkpoints=((date(2020, 2, 15), "met"), (date(2020, 2, 28), "missed")),
        correct=False,
        next_what="follow_up",
        next_due=date(2020, 3, 30),
    ),
    WorkedExample(
        name="accepted late, completed on a checkpoint",
        notified=date(2019, 12, 4),
        accepted=date(2019, 12, 9),
        entries=(date(2019, 12, 13),),
        completed=date(2019, 12, 15),
        seen_on=date(2019, 12, 20),
        accept_due=date(2019, 12, 6),
        accept_state="late",
        first_report_due=date(2019, 12, 13),
        first_report_state="on_time",
        checkpoints=(),
        correct=False,
        next_what=None,
        next_due=None,
        next_act_by=None,
        next_state=None,
    ),
    WorkedExample(
        name="notified on a Saturday",
        notified=date(2019, 12, 28),
        accepted=date(2019, 12, 30),
        entries=(),
        completed=None,
        seen_on=date(2020, 1, 7),
        accept_due=date(2019, 12, 30),
        accept_state="on_time",
        first_report_due=date(2020, 1, 6),
        first_report_state="overdue",
        checkpoints=(),
        correct=False,
        next_what="first_report",
        next_due=date(2020, 1, 6),
    ),
    WorkedExample(
        name="first report late, after a checkpoint",
        notified=date(2020, 1, 30),
        accepted=date(2020, 1, 31),
        entries=(date(2020, 2, 20),),
        completed=None,
        seen_on=date(2020, 2, 21),
        accept_due=date(2020, 1, 31),
        accept_state="on_time",
        first_report_due=date(2020, 2, 5),
        first_report_state="late",
        checkpoints=((date(2020, 2, 15), "missed"),),
        correct=False,
        next_what="follow_up",
        next_due=date(2020, 2, 15),
        next_state="overdue",
    ),
)

# '800 received, 1 completed: 0.13 % and 99.87 %.' (received, completed, completed %, in progress %)
WORKED_PERCENTAGES: tuple[tuple[int, int, str, str], ...] = ((800, 1, "0.13", "99.87"),)
