"""Random complaints, days, calendars and rule sets for hypothesis, leaning towards the days where the rules turn."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.domain.naive_reading import (
    ONE_DAY,
    QUALITY_ITEMS,
    NaiveComplaint,
    NaiveRules,
    is_calendar_checkpoint,
    last_day_of_month,
    nth_working_day_after,
    recorded_days,
    transfer_day,
)
from tests.domain.worked_examples import HOLIDAYS_2563, WORKED_EXAMPLES

TYPES = ("ถนน", "ทางเท้า", "แสงสว่าง", "ความสะอาด", "ต้นไม้", "เสียงรบกวน", "น้ำท่วม")

# Days from which the deadlines run into a turn of the fiscal year, a February, a long holiday or a checkpoint.
INTERESTING_NOTIFIED = (
    date(2019, 9, 27),
    date(2019, 9, 30),
    date(2019, 10, 1),
    date(2019, 10, 11),
    date(2019, 11, 1),
    date(2019, 12, 4),
    date(2019, 12, 28),
    date(2020, 1, 14),
    date(2020, 1, 28),
    date(2020, 1, 30),
    date(2020, 2, 7),
    date(2020, 2, 14),
    date(2020, 2, 25),
    date(2020, 2, 28),
    date(2020, 2, 29),
    date(2020, 4, 30),
    date(2020, 7, 3),
    date(2020, 9, 3),
    date(2020, 9, 29),
    date(2020, 9, 30),
    date(2020, 10, 1),
    date(2020, 12, 31),
    date(2021, 1, 29),
    date(2021, 2, 10),
    date(2021, 2, 26),
    date(2023, 1, 31),
    date(2023, 2, 13),
    date(2023, 2, 24),
)


def notified_days() -> st.SearchStrategy[date]:
    """Mostly 20 September 2019 to 31 December 2020, sometimes 2021 and 2023."""
    usual = st.dates(date(2019, 9, 20), date(2020, 12, 31))
    winter = st.dates(date(2020, 1, 10), date(2020, 3, 5))
    other = st.one_of(st.dates(date(2021, 1, 1), date(2021, 12, 31)), st.dates(date(2023, 1, 1), date(2023, 12, 31)))
    return st.one_of(usual, usual, winter, st.sampled_from(INTERESTING_NOTIFIED), other)


@st.composite
def later_days(draw: st.DrawFn, day: date, longest: int = 45) -> date:
    """A day on or after `day`: often the same or the next, often beside a checkpoint or an end of month."""
    how = draw(st.sampled_from(("same", "soon", "soon", "any", "turn", "turn")))
    if how == "same":
        return day
    if how == "soon":
        return day + timedelta(days=draw(st.integers(1, 6)))
    if how == "any":
        return day + timedelta(days=draw(st.integers(0, longest)))
    # how == "turn": up to the next 10th, 15th, 20th, 30th or last day of a month, or the day beside it
    found = day
    for _ in range(draw(st.integers(1, 3))):
        found = found + ONE_DAY
        while found.day not in (10, 15, 20, 30) and found != last_day_of_month(found):
            found = found + ONE_DAY
    return max(day, found + timedelta(days=draw(st.sampled_from((-1, 0, 0, 1)))))


def qualities() -> st.SearchStrategy[dict[str, str]]:
    answers = st.sampled_from(("fulfilled", "fulfilled", "missing", "not_applicable"))
    return st.fixed_dictionaries(dict.fromkeys(QUALITY_ITEMS, answers))


def type_lists() -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(TYPES), max_size=3, unique=True).map(tuple)


@st.composite
def some_entries(draw: st.DrawFn, day: date, most: int) -> list[date]:
    """Up to `most` entries, one after the other, from `day` on."""
    entries: list[date] = []
    for _ in range(draw(st.integers(0, max(0, most)))):
        day = draw(later_days(day))
        entries.append(day)
    return entries


@st.composite
def bare_complaints(draw: st.DrawFn, blank: NaiveComplaint) -> NaiveComplaint:
    """Nothing but the notified day; perhaps a status ahead of it, perhaps a transfer."""
    stated = draw(st.sampled_from((None, None, "in_progress", "completed", "transferred")))
    if stated is None and draw(st.integers(0, 3)) == 0:
        return replace(blank, transferred=draw(later_days(blank.notified)))
    return replace(blank, stated=stated)


@st.composite
def worked_on(draw: st.DrawFn, accepted: NaiveComplaint) -> NaiveComplaint:
    """Up to three times worked on, completed and reopened; worked on; perhaps completed; perhaps no acceptance day."""
    day = accepted.accepted or accepted.notified
    entries: list[date] = []
    pairs: list[tuple[date, date]] = []
    for _ in range(draw(st.sampled_from((0, 0, 0, 1, 1, 2, 3)))):
        entries += draw(some_entries(day, min(3, 8 - len(entries))))
        completion = draw(later_days(max([day, *entries])))
        day = draw(later_days(completion))
        pairs.append((completion, day))
    entries += draw(some_entries(day, min(8 if not pairs else 4, 8 - len(entries))))
    complaint = replace(accepted, entries=tuple(entries), pairs=tuple(pairs))
    if draw(st.integers(0, 2)) == 0:
        complaint = replace(complaint, completed=draw(later_days(max([day, *entries]))))
    if (entries or pairs or complaint.completed) and draw(st.integers(0, 3)) == 0:
        complaint = replace(complaint, accepted=None)
    return complaint


@st.composite
def complaints(draw: st.DrawFn, number: str = "C1") -> NaiveComplaint:
    """A complaint whose days are in order.

    Notified only; or accepted only; or worked on, with up to eight entries and three reopenings. Then perhaps a
    transfer, or a status ahead of the days.
    """
    notified = draw(notified_days())
    blank = NaiveComplaint(number=number, notified=notified, types=draw(type_lists()), quality=draw(qualities()))
    stage = draw(st.sampled_from(("notified", "accepted", "worked", "worked", "worked", "worked", "worked")))
    if stage == "notified":
        return draw(bare_complaints(blank))
    prompt = st.integers(0, 1).map(lambda days: notified + timedelta(days=days))
    complaint = replace(blank, accepted=draw(st.one_of(prompt, later_days(notified, 20))))
    if stage == "worked":
        complaint = draw(worked_on(complaint))

    ending = draw(st.sampled_from((None, None, None, None, "transferred", "ahead")))
    if ending == "transferred":
        return replace(complaint, transferred=draw(later_days(max(recorded_days(complaint)))))
    if ending == "ahead":
        # what a status may say beyond these days: transferred without its day, completed without its day
        if complaint.completed is not None:
            return replace(complaint, stated="transferred")
        return replace(complaint, stated=draw(st.sampled_from(("transferred", "completed"))))
    return complaint


def worked_complaints() -> st.SearchStrategy[NaiveComplaint]:
    """The complaints of the worked examples."""
    return st.sampled_from(WORKED_EXAMPLES).map(
        lambda e: NaiveComplaint("C1", e.notified, e.accepted, e.entries, (), e.completed)
    )


@st.composite
def perhaps_disordered_complaints(draw: st.DrawFn, number: str = "C1") -> NaiveComplaint:
    """A complaint in order of which one or two days were then moved: often, not always, its order is broken.

    The entries stay sorted by day.
    """
    complaint = draw(complaints(number))
    for _ in range(draw(st.integers(1, 2))):
        by = timedelta(days=draw(st.sampled_from((-40, -10, -3, -1, -1, 1, 1, 3, 10, 40))))
        places = ["notified"]
        if complaint.accepted is not None:
            places.append("accepted")
        if complaint.entries:
            places.append("entries")
        if complaint.pairs:
            places += ["completion", "reopening"]
        if complaint.completed is not None:
            places.append("completed")
        if complaint.transferred is not None:
            places.append("transferred")
        place = draw(st.sampled_from(places))
        if place == "entries":
            at = draw(st.integers(0, len(complaint.entries) - 1))
            days = list(complaint.entries)
            days[at] = days[at] + by
            complaint = replace(complaint, entries=tuple(sorted(days)))
        elif place in ("completion", "reopening"):
            at = draw(st.integers(0, len(complaint.pairs) - 1))
            pairs = list(complaint.pairs)
            completion, reopening = pairs[at]
            pairs[at] = (completion + by, reopening) if place == "completion" else (completion, reopening + by)
            complaint = replace(complaint, pairs=tuple(pairs))
        else:
            complaint = replace(complaint, **{place: getattr(complaint, place) + by})
    return complaint


def interesting_days(complaint: NaiveComplaint, holidays: Collection[date], rules: NaiveRules) -> list[date]:
    """The days on which something about this complaint turns, none of them before it was notified."""
    marks = set(recorded_days(complaint))
    transferred = transfer_day(complaint)
    if transferred is not None:
        marks.add(transferred)
    marks.add(nth_working_day_after(complaint.notified, rules.accept_days, holidays))
    first_completions = [completion for completion, _ in complaint.pairs[:1]]
    starts = [complaint.accepted, *complaint.entries[:1], *first_completions, complaint.completed]
    for start in starts:
        if start is not None:
            marks.add(nth_working_day_after(start, rules.first_report_days, holidays))
    day = complaint.notified
    last = max(marks) + timedelta(days=35)
    while day <= last:
        if is_calendar_checkpoint(day, holidays, rules) or day == last_day_of_month(day):
            marks.add(day)
        day = day + ONE_DAY
    beside = {mark + timedelta(days=step) for mark in marks for step in (-1, 0, 1)}
    return sorted(day for day in beside if day >= complaint.notified)


@st.composite
def on_days(draw: st.DrawFn, complaint: NaiveComplaint, holidays: Collection[date], rules: NaiveRules) -> date:
    """A day to look at the complaint from: mostly one where something turns, sometimes any, seldom before it."""
    days = interesting_days(complaint, holidays, rules)
    how = draw(st.sampled_from(("turn", "turn", "turn", "recorded", "any")))
    if how == "turn":
        return draw(st.sampled_from(days))
    if how == "recorded":
        near = draw(st.sampled_from(recorded_days(complaint)))
        return near + timedelta(days=draw(st.sampled_from((-1, 0, 1))))
    return draw(st.dates(complaint.notified - timedelta(days=3), max(days) + timedelta(days=60)))


@st.composite
def holiday_sets(draw: st.DrawFn) -> frozenset[date]:
    """Weekdays off: none, the list of fiscal year 2563, a few at random, or a whole run of days; or some of these."""
    days: set[date] = set()
    if draw(st.integers(0, 2)) > 0:
        days |= HOLIDAYS_2563
    if draw(st.booleans()):
        days |= draw(st.sets(st.dates(date(2019, 9, 20), date(2021, 12, 31)), max_size=25))
    for _ in range(draw(st.sampled_from((0, 0, 1, 2)))):
        first = draw(
            st.one_of(
                st.sampled_from(INTERESTING_NOTIFIED),
                st.dates(date(2019, 9, 20), date(2023, 12, 31)),
                st.sampled_from((date(2020, 2, 27), date(2021, 2, 25), date(2023, 2, 27))),
            )
        )
        for step in range(draw(st.integers(1, 7))):
            days.add(first + timedelta(days=step))
    return frozenset(day for day in days if day.weekday() < 5)


def rule_sets() -> st.SearchStrategy[NaiveRules]:
    """Mostly the rules as they are, sometimes what a next circular could change."""
    other = st.builds(
        NaiveRules,
        accept_days=st.sampled_from((1, 1, 2)),
        first_report_days=st.sampled_from((3, 3, 2, 5)),
        checkpoint_days=st.sampled_from(((15, 30), (15, 30), (10, 20), (1, 16), (10, 25))),
        process_points=st.sampled_from((20, 20, 30)),
        quality_points=st.sampled_from((80, 80, 70)),
        follow_up_within=st.sampled_from((None, None, 0, 1, 3, 5, 10)),
    )
    return st.one_of(st.just(NaiveRules()), other)


@st.composite
def registers(draw: st.DrawFn, most: int = 12) -> list[NaiveComplaint]:
    """Up to `most` complaints with different numbers, many of them of the same few months."""
    register: list[NaiveComplaint] = []
    for i in range(draw(st.integers(0, most))):
        register.append(draw(complaints(f"C{i:03d}")))
    return register


@st.composite
def report_days(draw: st.DrawFn, register: Sequence[NaiveComplaint]) -> tuple[date, date, date]:
    """The month's first day, the day the period ends, the day the report speaks for; a month of the register."""
    day = draw(st.sampled_from([c.notified for c in register])) if register else date(2020, 1, 28)
    first = day.replace(day=1)
    last = last_day_of_month(first)
    until = draw(st.one_of(st.just(last), st.dates(first, last)))
    on = draw(
        st.one_of(
            st.just(until),
            st.dates(first, last),
            st.dates(first, last + timedelta(days=60)),
            st.dates(first - timedelta(days=40), first),
            st.dates(last, last + timedelta(days=400)),
        )
    )
    return first, until, on


def core_type_sets() -> st.SearchStrategy[tuple[str, ...]]:
    """No core type, or up to five."""
    return st.lists(st.sampled_from(TYPES), max_size=5, unique=True).map(tuple)
