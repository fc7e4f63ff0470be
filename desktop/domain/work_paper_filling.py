"""The papers for the office's own work filled from complaints as they stand on a day."""

from collections.abc import Iterable, Iterator
from datetime import date

from desktop.domain.complaint import Complaint, Entry, item_state
from desktop.domain.explanations import Explanation
from desktop.domain.obligations import NextObligation, Standing, Urgency
from desktop.domain.rule_set import RuleSet
from desktop.domain.thai_dates import day_and_month, short_date, weekday_date
from desktop.domain.thai_text import sort_key
from desktop.domain.work_papers import (
    ComplaintSheet,
    Fact,
    RoundGroup,
    RoundLine,
    RoundSheet,
    Turn,
    WorkGroup,
    WorkLine,
    WorkSheet,
)
from desktop.domain.working_days import OfficeCalendar

NOTHING = "-"
ITEM_WORDS = {True: "ครบถ้วน", False: "ขาด"}
NOT_YET = "ยังไม่มี"  # of an item of a complaint that is not completed


def round_sheet(
    office: str, standings: Iterable[Standing], checkpoint: date, printed_on: date, *, with_complainants: bool = False
) -> RoundSheet:
    """The round of one checkpoint: a group for each unit, in it the complaints in the order of their places.

    Names and telephone numbers come along only ``with_complainants``.
    """
    by_unit: dict[str, list[Standing]] = {}
    for each in standings:
        if each.next is not None:
            by_unit.setdefault(each.complaint.unit, []).append(each)
    groups = (
        RoundGroup(unit, tuple(_round_line(each, with_complainants) for each in sorted(seen, key=_by_place)))
        for unit, seen in by_unit.items()
    )
    ordered = sorted(groups, key=lambda group: (not group.unit, sort_key(group.unit)))
    return RoundSheet(office, checkpoint, printed_on, tuple(ordered))


def _by_place(seen: Standing) -> tuple[str, str]:
    return sort_key(seen.complaint.place), seen.complaint.number


def _round_line(seen: Standing, with_complainant: bool) -> RoundLine:
    complaint = seen.complaint
    return RoundLine(
        number=complaint.number,
        due=_owed(seen).due,
        types=complaint.types,
        subject=complaint.subject,
        place=complaint.place,
        latest=_latest(complaint, seen.on),
        complainant=complaint.complainant if with_complainant else "",
        telephone=complaint.telephone if with_complainant else "",
    )


def _owed(seen: Standing) -> NextObligation:
    assert seen.next is not None, "only complaints that owe something are asked for"
    return seen.next


def _latest(complaint: Complaint, on: date) -> str:
    """The last entry made by a day: its day and its text."""
    made = [entry for entry in complaint.entries if entry.day <= on]
    return _entry_words(made[-1]) if made else ""


def _entry_words(entry: Entry) -> str:
    return f"{short_date(entry.day)} {entry.text}".strip()


def work_sheet(
    office: str,
    on: date,
    standings: Iterable[Standing],
    calendar: OfficeCalendar,
    within: int = 3,
    reports: tuple[str, ...] = (),
) -> WorkSheet:
    """What is overdue, today's and due within some working days; in each the oldest due day first."""
    until = calendar.working_day_after(on, within)
    by_urgency: dict[Urgency, list[Standing]] = {urgency: [] for urgency in Urgency}
    for each in standings:
        if each.next is not None and each.next.act_by <= until:
            by_urgency[each.next.urgency(on)].append(each)
    titles = {Urgency.PENDING: f"ภายใน {within} วันทำการ"}
    groups = []
    for urgency, seen in by_urgency.items():
        seen.sort(key=lambda each: (_owed(each).due, each.complaint.number))
        lines = tuple(_work_line(each, on, calendar) for each in seen)
        groups.append(WorkGroup(titles.get(urgency, urgency.value), lines))
    return WorkSheet(office, on, tuple(groups), reports)


def _work_line(seen: Standing, on: date, calendar: OfficeCalendar) -> WorkLine:
    complaint, owed = seen.complaint, _owed(seen)
    what = f"{owed.step.by} {day_and_month(owed.due)}"
    if owed.urgency(on) is Urgency.OVERDUE:
        what += f" (เกิน {calendar.working_days_between(owed.due, on)} วันทำการ)"
    elif owed.act_by != owed.due:
        what += f" (ทำภายใน {day_and_month(owed.act_by)})"
    return WorkLine(what, complaint.number, complaint.subject, complaint.place, complaint.unit)


def complaint_sheet(
    office: str,
    seen: Standing,
    explanations: Iterable[Explanation],
    rules: RuleSet,
    printed_on: date,
    *,
    with_complainant: bool = False,
) -> ComplaintSheet:
    """One complaint whole, as seen on a day; the complainant only when asked for."""
    return ComplaintSheet(
        office=office,
        number=seen.complaint.number,
        on=seen.on,
        printed_on=printed_on,
        facts=tuple(_facts(seen, rules, with_complainant)),
        turns=tuple(_turn(each) for each in explanations),
    )


def _facts(seen: Standing, rules: RuleSet, with_complainant: bool) -> Iterator[Fact]:
    complaint = seen.complaint
    yield Fact("เลขที่รับแจ้ง", complaint.number)
    yield Fact("วันที่แจ้ง", weekday_date(complaint.notified))
    yield Fact("ช่องทาง", _filled(complaint.channel))
    yield Fact("ประเภทเรื่อง", ", ".join(complaint.types) or NOTHING)
    yield Fact("เรื่อง", _filled(complaint.subject))
    yield Fact("รายละเอียด", _filled(complaint.detail))
    yield Fact("สถานที่", _filled(complaint.place))
    yield Fact("หน่วยงานที่รับผิดชอบ", _filled(complaint.unit))
    if with_complainant:
        yield Fact("ผู้ร้อง", _filled(complaint.complainant))
        yield Fact("โทรศัพท์", _filled(complaint.telephone))
    yield from _progress(seen)
    yield from _answer(complaint, rules, ended=seen.completed is not None)


def _progress(seen: Standing) -> Iterator[Fact]:
    """Its status and every recorded day up to the day it is seen on."""
    complaint, on = seen.complaint, seen.on
    yield Fact("สถานะ", seen.status.value + (" (ขาดวันที่)" if complaint.lacks_days else ""))
    inferred = " (ไม่ได้บันทึก ใช้วันแรกที่มีรายงานหรือแล้วเสร็จ)" if seen.inferred else ""
    yield Fact("วันที่ตอบรับ", _day(seen.accept.done) + inferred)
    for place, entry in enumerate((each for each in complaint.entries if each.day <= on), 1):
        first = place == 1 and complaint.first_report is not None
        yield Fact("รายงานครั้งที่ 1" if first else "การติดตามผล", _entry_words(entry))
    for pair in complaint.reopenings:
        if pair.reopened <= on:
            told = f"แล้วเสร็จ {short_date(pair.completed)} เปิดเรื่องใหม่ {short_date(pair.reopened)}"
            yield Fact("เปิดเรื่องใหม่", told)
    yield Fact("วันที่แล้วเสร็จ", _day(seen.completed))
    if seen.transferred is not None:
        yield Fact("วันที่ส่งต่อ", _day(seen.transferred))


def _filled(text: str) -> str:
    return text.strip() or NOTHING


def _day(day: date | None) -> str:
    return NOTHING if day is None else weekday_date(day)


def _answer(complaint: Complaint, rules: RuleSet, *, ended: bool) -> Iterator[Fact]:
    """What was done, and each quality item: lacking only once the complaint is completed."""
    yield Fact("ผลการดำเนินการ", _filled(complaint.answer))
    yield Fact("เลขที่หนังสือ", _filled(complaint.letter_number))
    yield Fact("เลขที่คำสั่ง", _filled(complaint.order_number))
    yield Fact("รายละเอียดการดำเนินการ", _filled(complaint.action))
    yield Fact("การประสานงาน", _filled(complaint.coordination))
    for item in rules.quality_items:
        state = item_state(complaint, item)
        told = f"ไม่เกี่ยวข้อง ({complaint.marks[item].not_applicable})" if state is None else ITEM_WORDS[state]
        if state is False and not ended:
            told = NOT_YET
        yield Fact(f"คุณภาพ : {item.value}", told)


def _turn(each: Explanation) -> Turn:
    return Turn(
        title=each.title,
        due="" if each.due is None else weekday_date(each.due),
        done="" if each.done is None else weekday_date(each.done),
        state="" if each.state is None else each.state.value,
        reasons=each.reasons,
    )
