"""A second, naive reading of the rules of the work, to test the product against.

It was written from the rules alone, without sight of the product, and imports nothing of it. It looks at one day
after another and is slow on purpose: every function quotes the sentence it reads, so that it can be checked by eye.
Everything is Gregorian dates; a calendar is the set of its days off.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

ONE_DAY = timedelta(days=1)
QUALITY_ITEMS = ("fits", "letter", "order", "action", "coordination", "true")


@dataclass(frozen=True)
class NaiveRules:
    """'All of this (1, 3, [15, 30], February, 10, 20/80, the items, k) is one rule set per fiscal year.'"""

    accept_days: int = 1
    first_report_days: int = 3
    checkpoint_days: tuple[int, ...] = (15, 30)
    february_last_working_day: bool = True
    send_by_day: int = 10
    process_points: int = 20
    quality_points: int = 80
    follow_up_within: int | None = None


@dataclass(frozen=True)
class NaiveComplaint:
    """One complaint: its recorded days and nothing worked out from them.

    entries: all progress entries in the order made; pairs: (completion, reopening) before the present state;
    completed: the completion of the present state; stated: a status a spreadsheet said, kept only when it is ahead of
    the days.
    """

    number: str
    notified: date
    accepted: date | None = None
    entries: tuple[date, ...] = ()
    pairs: tuple[tuple[date, date], ...] = ()
    completed: date | None = None
    transferred: date | None = None
    stated: str | None = None
    types: tuple[str, ...] = ()
    quality: Mapping[str, str] = field(default_factory=dict, hash=False)


# --- the office calendar


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """'Monday to Friday, less the office's holidays.'"""
    return day.weekday() < 5 and day not in holidays


def nth_working_day_after(day: date, n: int, holidays: Collection[date]) -> date:
    """'"n working days counted from the day after d" = the n-th working day later than d. d itself may be any day.'"""
    found = 0
    while found < n:
        day = day + ONE_DAY
        if is_working_day(day, holidays):
            found = found + 1
    return day


def last_working_day_on_or_before(day: date, holidays: Collection[date]) -> date:
    """'the last working day on or before its due day'"""
    while not is_working_day(day, holidays):
        day = day - ONE_DAY
    return day


def last_day_of_month(day: date) -> date:
    """The last calendar day of the month `day` lies in."""
    while (day + ONE_DAY).month == day.month:
        day = day + ONE_DAY
    return day


# --- what a complaint may look like


def recorded_days(complaint: NaiveComplaint) -> list[date]:
    """Every day the record holds, the transfer's included."""
    days = [complaint.notified]
    if complaint.accepted is not None:
        days.append(complaint.accepted)
    for entry in complaint.entries:
        days.append(entry)
    for completion, reopening in complaint.pairs:
        days.append(completion)
        days.append(reopening)
    if complaint.completed is not None:
        days.append(complaint.completed)
    if complaint.transferred is not None:
        days.append(complaint.transferred)
    return days


def problem_with_order(complaint: NaiveComplaint, today: date) -> bool:
    """'Its days are in order: notified ≤ accepted ≤ first report ≤ follow-ups ≤ completion; a reopening ≥ the
    completion before it, later entries and a later completion ≥ the reopening; a transfer ≥ notified, nothing after
    it; no day lies after today. Whatever breaks this is refused.'

    True when the record breaks this.
    """
    return (
        lies_outside(complaint, today)
        or works_before_accepting(complaint)
        or reopens_out_of_turn(complaint)
        or has_entry_out_of_place(complaint)
    )


def lies_outside(complaint: NaiveComplaint, today: date) -> bool:
    """'notified ≤ ...', 'a transfer ≥ notified, nothing after it; no day lies after today'"""
    for day in recorded_days(complaint):
        if day < complaint.notified:
            return True
        if day > today:
            return True
        if complaint.transferred is not None and day > complaint.transferred:
            return True
    return False


def works_before_accepting(complaint: NaiveComplaint) -> bool:
    """'accepted ≤ first report ≤ follow-ups ≤ completion'; 'If no entry is dated on or before its first completion,
    that completion is its first report', so a completion may not lie before the acceptance either.
    """
    if complaint.accepted is None:
        return False
    days = list(complaint.entries)
    for completion, reopening in complaint.pairs:
        days.append(completion)
        days.append(reopening)
    if complaint.completed is not None:
        days.append(complaint.completed)
    return any(day < complaint.accepted for day in days)


def reopens_out_of_turn(complaint: NaiveComplaint) -> bool:
    """'a reopening ≥ the completion before it, [...] a later completion ≥ the reopening'"""
    chain = []
    for completion, reopening in complaint.pairs:
        chain.append(completion)
        chain.append(reopening)
    if complaint.completed is not None:
        chain.append(complaint.completed)
    return chain != sorted(chain)


def has_entry_out_of_place(complaint: NaiveComplaint) -> bool:
    """'first report ≤ follow-ups ≤ completion; [...] later entries [...] ≥ the reopening'; 'An entry on a completion's
    day was made before it, one on a reopening's day after it': only strictly between the two is there no place for
    an entry, nor after the last completion.
    """
    if list(complaint.entries) != sorted(complaint.entries):
        return True
    for entry in complaint.entries:
        for completion, reopening in complaint.pairs:
            if completion < entry < reopening:
                return True
        if complaint.completed is not None and entry > complaint.completed:
            return True
    return False


# --- what is known on a day


def all_completions(complaint: NaiveComplaint) -> list[date]:
    """Every completion of the record, those before a reopening first."""
    completions = [completion for completion, _ in complaint.pairs]
    if complaint.completed is not None:
        completions.append(complaint.completed)
    return completions


def nothing_but_a_status(complaint: NaiveComplaint) -> bool:
    """'A status that says accepted or completed while no acceptance, entry or completion day is recorded at all'

    'At all': in the whole record, whatever day it is looked at from.
    """
    if complaint.stated not in ("in_progress", "completed"):
        return False
    return complaint.accepted is None and not complaint.entries and not all_completions(complaint)


def transfer_day(complaint: NaiveComplaint) -> date | None:
    """'a transfer day wins over any status; [transferred] without its day counts from the latest day recorded.'"""
    if complaint.transferred is not None:
        return complaint.transferred
    if complaint.stated == "transferred":
        return max(recorded_days(complaint))
    return None


def entries_known(complaint: NaiveComplaint, on: date) -> list[date]:
    """'Only what is dated `on` or before is known.'"""
    return [entry for entry in complaint.entries if entry <= on]


def completions_known(complaint: NaiveComplaint, on: date) -> list[date]:
    """'Only what is dated `on` or before is known.'"""
    return [completion for completion in all_completions(complaint) if completion <= on]


def reopenings_known(complaint: NaiveComplaint, on: date) -> list[date]:
    """'Only what is dated `on` or before is known.'"""
    return [reopening for _, reopening in complaint.pairs if reopening <= on]


def completed_on(complaint: NaiveComplaint, on: date) -> date | None:
    """'the completion of the state then (null while in progress)'; 'seen on a day between [completion and reopening],
    it is completed'; 'In progress again from the reopening'.
    """
    for completion, reopening in complaint.pairs:
        if completion <= on < reopening:
            return completion
    if complaint.completed is not None and complaint.completed <= on:
        return complaint.completed
    return None


def accepted_on(complaint: NaiveComplaint, on: date) -> tuple[date | None, bool]:
    """'No acceptance day but entries or a completion: it is taken as accepted on the earliest of them (`inferred`).'

    The acceptance known on that day, and whether it is inferred.
    """
    if complaint.accepted is not None:
        if complaint.accepted <= on:
            return complaint.accepted, False
        return None, False
    days = entries_known(complaint, on) + completions_known(complaint, on)
    if days:
        return min(days), True
    return None, False


def first_report_and_follow_ups(complaint: NaiveComplaint, on: date) -> tuple[date | None, list[date]]:
    """'first report: the first progress entry'; 'follow-up: every later progress entry; two on one day are two'; 'If
    no entry is dated on or before its first completion, that completion is its first report, and every entry after it
    is a follow-up.'
    """
    entries = entries_known(complaint, on)
    completions = completions_known(complaint, on)
    if completions:
        first_completion = completions[0]
        if not [entry for entry in entries if entry <= first_completion]:
            return first_completion, entries
    if entries:
        return entries[0], entries[1:]
    return None, []


# --- checkpoints


def is_calendar_checkpoint(day: date, holidays: Collection[date], rules: NaiveRules) -> bool:
    """'followed up on the 15th and the 30th of every month; in February the second checkpoint is the month's last
    working day. Checkpoints stay where they fall, holiday or not.'
    """
    if day.month == 2 and rules.february_last_working_day:
        if day == last_working_day_on_or_before(last_day_of_month(day), holidays):
            return True
        return day.day in rules.checkpoint_days[:-1]
    if day.day in rules.checkpoint_days:
        return True
    # Not in the rules: a checkpoint day the month does not have is its last day.
    return day == last_day_of_month(day) and max(rules.checkpoint_days) > day.day


def calendar_checkpoint_before(checkpoint: date, holidays: Collection[date], rules: NaiveRules) -> date:
    """'the calendar checkpoint before it'"""
    day = checkpoint - ONE_DAY
    while not is_calendar_checkpoint(day, holidays, rules):
        day = day - ONE_DAY
    return day


def serves(follow_up: date, checkpoint: date, holidays: Collection[date], rules: NaiveRules) -> bool:
    """'dated after the calendar checkpoint before it and no later than itself: the follow-up serves that checkpoint';
    'The rule set may narrow this to "at most k days before the checkpoint".'
    """
    if follow_up > checkpoint:
        return False
    if follow_up <= calendar_checkpoint_before(checkpoint, holidays, rules):
        return False
    if rules.follow_up_within is None:
        return True
    return (checkpoint - follow_up).days <= rules.follow_up_within


def checkpoint_served_by(follow_up: date, holidays: Collection[date], rules: NaiveRules) -> date | None:
    """The one checkpoint that follow-up serves, if it serves any."""
    day = follow_up
    while not is_calendar_checkpoint(day, holidays, rules):
        day = day + ONE_DAY
    if serves(follow_up, day, holidays, rules):
        return day
    return None


def is_checkpoint_of(
    complaint: NaiveComplaint, day: date, on: date, holidays: Collection[date], rules: NaiveRules
) -> bool:
    """'A complaint's checkpoints are those strictly after the earlier of its first report and that report's due day,
    and strictly before its completion. An unaccepted complaint has none.' 'checkpoints strictly after [the reopening]
    count again, those from the completion day to the reopening day, both included, never do.'
    """
    if not is_calendar_checkpoint(day, holidays, rules):
        return False
    accepted, _ = accepted_on(complaint, on)
    if accepted is None:
        return False
    due = nth_working_day_after(accepted, rules.first_report_days, holidays)
    report, _ = first_report_and_follow_ups(complaint, on)
    begins = due
    if report is not None and report < due:
        begins = report
    if not day > begins:
        return False
    for completion, reopening in complaint.pairs:
        if reopening <= on and completion <= day <= reopening:
            return False
    completion_now = completed_on(complaint, on)
    return completion_now is None or day < completion_now


# --- states


def done_or_not(due: date, done: date | None, on: date) -> str:
    """'on_time · late (done after its due day) · due_today (not done, due `on`) · pending · overdue (not done, `on` is
    after the due day)'
    """
    if done is not None:
        return "late" if done > due else "on_time"
    if on == due:
        return "due_today"
    if on > due:
        return "overdue"
    return "pending"


def state_of_next(act_by: date, due: date, on: date) -> str:
    """'from `act_by` to the due day it is "today's"; after the due day it is overdue'"""
    if on > due:
        return "overdue"
    if on >= act_by:
        return "today"
    return "pending"


def next_obligation(
    complaint: NaiveComplaint, on: date, holidays: Collection[date], rules: NaiveRules
) -> tuple[str, date] | None:
    """'accept if not accepted; else first report if not made; else, if not completed, the complaint's first checkpoint
    later than both the one its latest follow-up serves and its last reopening (without either: its first
    checkpoint).'

    Under a narrowed rule ('at most k days before') the latest follow-up that serves any checkpoint is meant.
    """
    accepted, _ = accepted_on(complaint, on)
    if accepted is None:
        return "accept", nth_working_day_after(complaint.notified, rules.accept_days, holidays)
    report, follow_ups = first_report_and_follow_ups(complaint, on)
    if report is None:
        return "first_report", nth_working_day_after(accepted, rules.first_report_days, holidays)
    if completed_on(complaint, on) is not None:
        return None

    later_than = []
    for follow_up in reversed(follow_ups):
        served = checkpoint_served_by(follow_up, holidays, rules)
        if served is not None:
            later_than.append(served)
            break
    reopenings = reopenings_known(complaint, on)
    if reopenings:
        later_than.append(max(reopenings))

    day = complaint.notified
    while True:
        if all(day > bound for bound in later_than) and is_checkpoint_of(complaint, day, on, holidays, rules):
            return "follow_up", day
        day = day + ONE_DAY


def state_on(complaint: NaiveComplaint, on: date, holidays: Collection[date], rules: NaiveRules) -> dict | None:
    """'Only what is dated `on` or before is known: the same register and calendar give the same answer for a past day
    for ever.' 'status of a complaint notified after that day: it is not there.'

    'Transferred. From its transfer on: counted in no figure, never due, `correct` null, its states as they stood the
    day before (transferred on the notified day: as on that day).'
    """
    if complaint.notified > on:
        return None
    transferred = transfer_day(complaint)
    if transferred is None or transferred > on:
        return state_without_transfer(complaint, on, holidays, rules)
    seen = transferred - ONE_DAY
    if transferred == complaint.notified:
        seen = transferred
    state = state_without_transfer(complaint, seen, holidays, rules)
    state["status"] = "transferred"
    state["transferred"] = transferred
    state["correct"] = None
    state["next"] = None
    return state


def checkpoint_states(complaint: NaiveComplaint, on: date, holidays: Collection[date], rules: NaiveRules) -> list[dict]:
    """'each checkpoint up to `on`: met · due_today (not met, it is `on`) · missed'; '`done` null when not done (of a
    checkpoint: its last follow-up in the window), `follow_ups` the checkpoints up to that day in order'
    """
    _, follow_ups = first_report_and_follow_ups(complaint, on)
    checkpoints = []
    day = complaint.notified
    while day <= on:
        if is_checkpoint_of(complaint, day, on, holidays, rules):
            serving = [follow_up for follow_up in follow_ups if serves(follow_up, day, holidays, rules)]
            if serving:
                checkpoints.append({"due": day, "done": serving[-1], "state": "met"})
            elif day == on:
                checkpoints.append({"due": day, "done": None, "state": "due_today"})
            else:
                checkpoints.append({"due": day, "done": None, "state": "missed"})
        day = day + ONE_DAY
    return checkpoints


def handled_correctly(obligations: Sequence[dict]) -> bool:
    """'A complaint is handled correctly unless one of its obligations is late, overdue, missed or unknown.'"""
    return not any(obligation["state"] in ("late", "overdue", "missed", "unknown") for obligation in obligations)


def state_without_transfer(complaint: NaiveComplaint, on: date, holidays: Collection[date], rules: NaiveRules) -> dict:
    """'`new` until accepted, completion wins over in progress'; 'not_started (first report of an unaccepted complaint;
    its due day is null)'; '`completed` the completion of the state then (null while in progress), `reopened` the last
    reopening or null'
    """
    accept_due = nth_working_day_after(complaint.notified, rules.accept_days, holidays)
    if nothing_but_a_status(complaint):
        return state_of_nothing_but_a_status(complaint, accept_due)

    accepted, inferred = accepted_on(complaint, on)
    report, _ = first_report_and_follow_ups(complaint, on)
    completed = completed_on(complaint, on)
    reopenings = reopenings_known(complaint, on)

    accept = {
        "due": accept_due,
        "done": accepted,
        "state": done_or_not(accept_due, accepted, on),
        "inferred": inferred,
    }
    if accepted is None:
        first_report = {"due": None, "done": None, "state": "not_started"}
    else:
        report_due = nth_working_day_after(accepted, rules.first_report_days, holidays)
        first_report = {"due": report_due, "done": report, "state": done_or_not(report_due, report, on)}

    checkpoints = checkpoint_states(complaint, on, holidays, rules)

    if completed is not None:
        status = "completed"
    elif accepted is not None:
        status = "in_progress"
    else:
        status = "new"

    coming = None
    found = next_obligation(complaint, on, holidays, rules)
    if found is not None:
        what, due = found
        act_by = last_working_day_on_or_before(due, holidays)
        coming = {"what": what, "due": due, "act_by": act_by, "state": state_of_next(act_by, due, on)}

    return {
        "number": complaint.number,
        "types": list(complaint.types),
        "status": status,
        "notified": complaint.notified,
        "accept": accept,
        "first_report": first_report,
        "follow_ups": checkpoints,
        "completed": completed,
        "reopened": max(reopenings) if reopenings else None,
        "transferred": None,
        "correct": handled_correctly([accept, first_report, *checkpoints]),
        "next": coming,
    }


def state_of_nothing_but_a_status(complaint: NaiveComplaint, accept_due: date) -> dict:
    """'is taken as known from the notified day: accept (with its due day) and first report (due null) are `unknown`,
    it has no checkpoints, it is not handled correctly, it counts as in progress, its next obligation is null'
    """
    return {
        "number": complaint.number,
        "types": list(complaint.types),
        "status": "in_progress",
        "notified": complaint.notified,
        "accept": {"due": accept_due, "done": None, "state": "unknown", "inferred": False},
        "first_report": {"due": None, "done": None, "state": "unknown"},
        "follow_ups": [],
        "completed": None,
        "reopened": None,
        "transferred": None,
        "correct": False,
        "next": None,
    }


# --- the monthly report and the score


def rounded(value: Fraction) -> Decimal:
    """'rounded once, half up to two decimals, from the exact fraction'"""
    hundredths = value * 100
    whole = hundredths.numerator // hundredths.denominator
    if hundredths - whole >= Fraction(1, 2):
        whole = whole + 1
    return (Decimal(whole) / 100).quantize(Decimal("0.01"))


def share_of(part: int, whole: int, times: int) -> str | None:
    """'null where there is nothing to divide'"""
    if whole == 0:
        return None
    return str(rounded(Fraction(part, whole) * times))


def process_score(states: Sequence[dict], rules: NaiveRules) -> dict:
    """'complaints handled correctly × 100 / complaints received; points = 20 × that share'"""
    correct = 0
    for state in states:
        if state["correct"]:
            correct = correct + 1
    return {
        "correct": correct,
        "percent": share_of(correct, len(states), 100),
        "points": share_of(correct, len(states), rules.process_points),
    }


def quality_score(
    complaints: Sequence[NaiveComplaint], states: Sequence[dict], rules: NaiveRules, core_types: Collection[str]
) -> dict:
    """'over the received complaints completed by that day whose type is one of at most 5 core types (none until the
    office chooses; then fulfilled and applicable are 0, percent and points null; a complaint of several types counts
    when one of them is core)'; 'An item marked not applicable is left out. Share = fulfilled / applicable; points =
    80 × that share.'
    """
    fulfilled = 0
    applicable = 0
    for complaint, state in zip(complaints, states, strict=True):
        if state["status"] != "completed":
            continue
        if not [kind for kind in complaint.types if kind in core_types]:
            continue
        for item in QUALITY_ITEMS:
            answer = complaint.quality.get(item, "missing")
            if answer == "not_applicable":
                continue
            applicable = applicable + 1
            if answer == "fulfilled":
                fulfilled = fulfilled + 1
    return {
        "fulfilled": fulfilled,
        "applicable": applicable,
        "percent": share_of(fulfilled, applicable, 100),
        "points": share_of(fulfilled, applicable, rules.quality_points),
    }


def received_between(
    complaints: Sequence[NaiveComplaint],
    first: date,
    last: date,
    on: date,
    holidays: Collection[date],
    rules: NaiveRules,
) -> tuple[list[NaiveComplaint], list[dict]]:
    """'the complaints notified from the period's first to its last day and not after the day it speaks for, as they
    stand on that day'; transferred: 'counted in no figure'.
    """
    chosen = []
    states = []
    for complaint in complaints:
        if complaint.notified < first or complaint.notified > last or complaint.notified > on:
            continue
        state = state_on(complaint, on, holidays, rules)
        if state["status"] == "transferred":
            continue
        chosen.append(complaint)
        states.append(state)
    return chosen, states


def fiscal_year_first(day: date) -> date:
    """'fiscal year: 1 October to 30 September'"""
    while not (day.month == 10 and day.day == 1):
        day = day - ONE_DAY
    return day


def fiscal_year_last(day: date) -> date:
    """'fiscal year: 1 October to 30 September'"""
    while not (day.month == 9 and day.day == 30):
        day = day + ONE_DAY
    return day


def figures(
    complaints: Sequence[NaiveComplaint],
    month_first: date,
    until: date,
    on: date,
    holidays: Collection[date],
    rules: NaiveRules,
    core_types: Collection[str],
) -> dict:
    """'completed % = completed × 100 / received; in progress % = 100 − completed %, so that the two always add up to
    100.00.' 'in progress: every complaint that counts and is not completed, accepted or not.'

    'year_to_date: notified from 1 October to the earlier of `--on` and 30 September, as they stand on `--on`.'

    'notified_later: complaints of the month in the register now that the figures leave out because they were notified
    after `--on` or `--until` (transferred ones not).'
    """
    chosen, states = received_between(complaints, month_first, until, on, holidays, rules)
    received = len(states)
    completed = len([state for state in states if state["status"] == "completed"])
    completed_percent = None
    in_progress_percent = None
    if received > 0:
        percent = rounded(Fraction(completed * 100, received))
        completed_percent = str(percent)
        in_progress_percent = str(Decimal("100.00") - percent)

    year_first = fiscal_year_first(month_first)
    year_last = min(on, fiscal_year_last(month_first))
    of_year, states_of_year = received_between(complaints, year_first, year_last, on, holidays, rules)

    later = 0
    for complaint in complaints:
        if complaint.notified < month_first or complaint.notified > last_day_of_month(month_first):
            continue
        if transfer_day(complaint) is not None:
            continue
        if complaint.notified > on or complaint.notified > until:
            later = later + 1

    return {
        "received": received,
        "completed": completed,
        "in_progress": received - completed,
        "completed_percent": completed_percent,
        "in_progress_percent": in_progress_percent,
        "process": process_score(states, rules),
        "quality": quality_score(chosen, states, rules, core_types),
        "year_to_date": {
            "received": len(states_of_year),
            "completed": len([state for state in states_of_year if state["status"] == "completed"]),
            "process": process_score(states_of_year, rules),
            "quality": quality_score(of_year, states_of_year, rules, core_types),
        },
        "notified_later": later,
    }
