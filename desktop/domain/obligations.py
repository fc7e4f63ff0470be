"""What a complaint owes, and whether it was done: seen on a day ``on`` (rules.md, steps 1 and 2, "States").

Only what is dated ``on`` or before is known, so the same register and calendar give the same answer for a past day
for ever.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from desktop.domain.complaint import Complaint, Entry, Reopening, Status
from desktop.domain.months import fiscal_year_of
from desktop.domain.rule_set import RuleSet, RulesOf, checkpoint_from, next_checkpoint
from desktop.domain.working_days import OfficeCalendar


class State(Enum):
    """The state of one obligation on a day; the value is the officer's word for it."""

    ON_TIME = "ทันกำหนด"
    LATE = "ทำช้ากว่ากำหนด"
    DUE_TODAY = "ครบกำหนดวันนี้"
    PENDING = "ยังไม่ถึงกำหนด"
    OVERDUE = "เกินกำหนด"
    NOT_STARTED = "ยังไม่เริ่มนับ"
    UNKNOWN = "ขาดวันที่"
    MET = "ติดตามแล้ว"
    MISSED = "ไม่ได้ติดตาม"

    @property
    def code(self) -> str:
        """``on_time``, ``late``, …: the word of the command line."""
        return self.name.lower()


COSTLY = frozenset({State.LATE, State.OVERDUE, State.MISSED, State.UNKNOWN})  # any of them: not handled correctly


class Step(Enum):
    """What is to be done; the value is the officer's word for it."""

    ACCEPT = "รับเรื่อง"
    FIRST_REPORT = "รายงานครั้งที่ 1"
    FOLLOW_UP = "ติดตามผล"

    @property
    def by(self) -> str:
        """``รับเรื่องภายใน``, ``รายงานครั้งที่ 1 ภายใน``: a day follows."""
        return f"{self.value}{' ' * self.value[-1].isdigit()}ภายใน"

    @property
    def code(self) -> str:
        """``accept``, ``first_report`` or ``follow_up``."""
        return self.name.lower()


@dataclass(frozen=True)
class Obligation:
    """One duty: its due day (None while nothing counts yet), the day it was done, its state."""

    due: date | None
    done: date | None
    state: State


@dataclass(frozen=True)
class Checkpoint:
    """One follow-up day of one complaint; ``done`` is its last follow-up in the window."""

    due: date
    done: date | None
    state: State


@dataclass(frozen=True)
class NextObligation:
    """The one thing to do next: a function of record, calendar and rules, never of today."""

    step: Step
    due: date
    act_by: date  # the last working day on or before the due day

    def urgency(self, on: date) -> "Urgency":
        """Whether it waits, is today's, or is past, on a day."""
        if on > self.due:
            return Urgency.OVERDUE
        return Urgency.TODAY if on >= self.act_by else Urgency.PENDING


class Urgency(Enum):
    """How a next obligation stands on a day; the value is the officer's word for it."""

    OVERDUE = "เกินกำหนด"
    TODAY = "ครบกำหนดวันนี้"
    PENDING = "ยังไม่ถึงกำหนด"

    @property
    def code(self) -> str:
        """``overdue``, ``today`` or ``pending``."""
        return self.name.lower()


@dataclass(frozen=True)
class Standing:
    """A complaint as seen on a day: every obligation with its state (S of the command line)."""

    complaint: Complaint
    on: date
    status: Status
    accept: Obligation
    inferred: bool  # the acceptance day was not recorded but taken from the earliest entry or completion
    first_report: Obligation
    checkpoints: tuple[Checkpoint, ...]
    completed: date | None
    reopened: date | None
    transferred: date | None
    next: NextObligation | None

    @property
    def states(self) -> tuple[State, ...]:
        """The state of every obligation."""
        return (self.accept.state, self.first_report.state, *(point.state for point in self.checkpoints))

    @property
    def correct(self) -> bool | None:
        """Handled correctly: no obligation late, overdue, missed or unknown; None once transferred."""
        if self.transferred is not None:
            return None
        return COSTLY.isdisjoint(self.states)

    @property
    def counts(self) -> bool:
        """Whether the figures of that day count it."""
        return self.transferred is None


@dataclass(frozen=True)
class _Known:
    """What is dated on or before a day, and what follows from it."""

    accepted: date | None
    inferred: bool
    first_report: date | None
    follow_ups: tuple[Entry, ...]
    completed: date | None  # of the state then
    reopened: date | None
    closed: tuple[Reopening, ...]  # taken-back completions whose reopening is known


def _known(complaint: Complaint, on: date) -> _Known:
    entries = tuple(entry for entry in complaint.entries if entry.day <= on)
    completions = tuple(day for day in complaint.completions if day <= on)
    closed = tuple(pair for pair in complaint.reopenings if pair.reopened <= on)
    completed = completions[-1] if len(completions) > len(closed) else None
    accepted, inferred = complaint.accepted, False
    if accepted is None:
        earliest = min((*(entry.day for entry in entries), *completions), default=None)
        accepted, inferred = earliest, earliest is not None
    elif accepted > on:
        accepted = None
    first_report, follow_ups = _first_report(entries, completions)
    reopened = closed[-1].reopened if closed else None
    return _Known(accepted, inferred, first_report, follow_ups, completed, reopened, closed)


def _first_report(entries: tuple[Entry, ...], completions: tuple[date, ...]) -> tuple[date | None, tuple[Entry, ...]]:
    """The first report's day and the follow-ups: without an entry on or before it, the first completion serves."""
    if completions and (not entries or entries[0].day > completions[0]):
        return completions[0], entries
    return (entries[0].day, entries[1:]) if entries else (None, ())


def standing(complaint: Complaint, on: date, calendar: OfficeCalendar, rules_of: RulesOf) -> Standing | None:
    """The complaint as seen on a day; None when it was notified after it.

    A transferred complaint keeps the states of the day before its transfer (of that day, when it was the notified
    one), is never due and counts in no figure.
    """
    if complaint.notified > on:
        return None
    rules = rules_of(fiscal_year_of(complaint.notified))
    transferred = complaint.transfer_day
    if transferred is not None and transferred > on:
        transferred = None
    day = on if transferred is None else max(transferred - timedelta(days=1), complaint.notified)
    known = _known(complaint, day)
    accept = _accept(complaint, known, day, calendar, rules)
    first_report = _report_owed(complaint, known, day, calendar, rules)
    checkpoints = _checkpoints(known, first_report, day, calendar, rules)
    owed = None if transferred else _next(complaint, known, accept, first_report, calendar, rules)
    return Standing(
        complaint=complaint,
        on=on,
        status=_status(complaint, known, transferred),
        accept=accept,
        inferred=known.inferred,
        first_report=first_report,
        checkpoints=checkpoints,
        completed=known.completed,
        reopened=known.reopened,
        transferred=transferred,
        next=owed,
    )


def next_obligation(complaint: Complaint, calendar: OfficeCalendar, rules_of: RulesOf) -> NextObligation | None:
    """What the whole record owes next: the derived columns the list and the badges read."""
    if complaint.transfer_day is not None or complaint.completed is not None or complaint.is_unrecorded:
        return None
    rules = rules_of(fiscal_year_of(complaint.notified))
    known = _known(complaint, date.max)
    accept_due = calendar.working_day_after(complaint.notified, rules.accept_working_days)
    accept = Obligation(accept_due, known.accepted, State.PENDING)
    report_due = known.accepted and calendar.working_day_after(known.accepted, rules.first_report_working_days)
    report = Obligation(report_due, known.first_report, State.PENDING)
    return _next(complaint, known, accept, report, calendar, rules)


def _status(complaint: Complaint, known: _Known, transferred: date | None) -> Status:
    if transferred is not None:
        return Status.TRANSFERRED
    if known.completed is not None:
        return Status.COMPLETED
    if known.accepted is not None or complaint.is_unrecorded:
        return Status.IN_PROGRESS
    return Status.NEW


def _state(due: date, done: date | None, on: date) -> State:
    if done is not None:
        return State.ON_TIME if done <= due else State.LATE
    if on == due:
        return State.DUE_TODAY
    return State.OVERDUE if on > due else State.PENDING


def _accept(complaint: Complaint, known: _Known, on: date, calendar: OfficeCalendar, rules: RuleSet) -> Obligation:
    due = calendar.working_day_after(complaint.notified, rules.accept_working_days)
    if complaint.is_unrecorded:
        return Obligation(due, None, State.UNKNOWN)
    return Obligation(due, known.accepted, _state(due, known.accepted, on))


def _report_owed(complaint: Complaint, known: _Known, on: date, calendar: OfficeCalendar, rules: RuleSet) -> Obligation:
    if complaint.is_unrecorded:
        return Obligation(None, None, State.UNKNOWN)
    if known.accepted is None:
        return Obligation(None, None, State.NOT_STARTED)
    due = calendar.working_day_after(known.accepted, rules.first_report_working_days)
    return Obligation(due, known.first_report, _state(due, known.first_report, on))


def _start(first_report: Obligation) -> date | None:
    """Checkpoints lie strictly after the earlier of the first report and its due day; None: it has none."""
    if first_report.due is None:
        return None
    return first_report.due if first_report.done is None else min(first_report.due, first_report.done)


def _while_completed(day: date, known: _Known) -> bool:
    """Whether a checkpoint never counts: from a completion to its reopening, both days included."""
    if known.completed is not None and day >= known.completed:
        return True
    return any(pair.completed <= day <= pair.reopened for pair in known.closed)


def _checkpoints(
    known: _Known, first_report: Obligation, on: date, calendar: OfficeCalendar, rules: RuleSet
) -> tuple[Checkpoint, ...]:
    start = _start(first_report)
    if start is None:
        return ()
    served: dict[date, date] = {}
    for entry in known.follow_ups:
        checkpoint = _served_by(entry.day, calendar, rules)
        if checkpoint is not None:
            served[checkpoint] = max(entry.day, served.get(checkpoint, entry.day))
    found = []
    day = next_checkpoint(start, rules, calendar)
    while day <= on and (known.completed is None or day < known.completed):
        if not _while_completed(day, known):
            found.append(_checkpoint(day, served.get(day), on))
        day = next_checkpoint(day, rules, calendar)
    return tuple(found)


def _checkpoint(due: date, done: date | None, on: date) -> Checkpoint:
    if done is not None:
        return Checkpoint(due, done, State.MET)
    return Checkpoint(due, None, State.DUE_TODAY if due == on else State.MISSED)


def _served_by(day: date, calendar: OfficeCalendar, rules: RuleSet) -> date | None:
    """The checkpoint a follow-up of that day serves; None when it was made more than k days ahead."""
    checkpoint = checkpoint_from(day, rules, calendar)
    if rules.follow_up_within is not None and (checkpoint - day).days > rules.follow_up_within:
        return None
    return checkpoint


def _next(
    complaint: Complaint,
    known: _Known,
    accept: Obligation,
    first_report: Obligation,
    calendar: OfficeCalendar,
    rules: RuleSet,
) -> NextObligation | None:
    if complaint.is_unrecorded or known.completed is not None:
        return None
    if accept.done is None and accept.due is not None:
        return NextObligation(Step.ACCEPT, accept.due, calendar.working_day_on_or_before(accept.due))
    if first_report.done is None and first_report.due is not None:
        return NextObligation(Step.FIRST_REPORT, first_report.due, calendar.working_day_on_or_before(first_report.due))
    after = _start(first_report)
    assert after is not None, "an accepted complaint has a due day for its first report"
    served = (_served_by(entry.day, calendar, rules) for entry in reversed(known.follow_ups))
    latest = next((checkpoint for checkpoint in served if checkpoint is not None), None)
    after = max(day for day in (after, latest, known.reopened) if day is not None)
    due = next_checkpoint(after, rules, calendar)
    return NextObligation(Step.FOLLOW_UP, due, calendar.working_day_on_or_before(due))
