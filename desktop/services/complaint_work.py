"""The officer's daily work on complaints: new, edit, accept, entry, complete, transfer, reopen, quality.

Each function is one operation: checked whole (rules.md, "What a complaint may look like"), saved whole.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from desktop.domain.complaint import (
    TICKED_ITEMS,
    Complaint,
    Entry,
    Mark,
    QualityItem,
    Reopening,
    item_state,
)
from desktop.domain.day_order import problem_with_days
from desktop.domain.thai_text import clean_line, clean_text
from desktop.services.changes import Change, apply
from desktop.services.desk import CannotDo, Desk
from desktop.storage import complaints

LINE_FIELDS = (
    "number",
    "channel",
    "subject",
    "place",
    "unit",
    "complainant",
    "telephone",
    "letter_number",
    "order_number",
)
TEXT_FIELDS = ("detail", "answer", "action", "coordination")


def complaint(desk: Desk, number: str) -> Complaint:
    """The complaint of a number; raises CannotDo when there is none."""
    found = complaints.by_number(desk.register.connection, number)
    if found is None:
        raise CannotDo(f"ไม่มีเรื่องเลขที่รับแจ้ง “{number}” ในทะเบียน โปรดตรวจเลขที่")
    return found


def cleaned(draft: Complaint) -> Complaint:
    """A typed complaint with its texts cleaned, its entries in order, and a stated status only if ahead of the days."""
    values: dict[str, str] = {name: clean_line(getattr(draft, name)) for name in LINE_FIELDS}
    values |= {name: clean_text(getattr(draft, name)) for name in TEXT_FIELDS}
    first = draft.first_report and Entry(draft.first_report.day, clean_line(draft.first_report.text))
    follow_ups = sorted((Entry(entry.day, clean_line(entry.text)) for entry in draft.follow_ups), key=lambda e: e.day)
    types = tuple(dict.fromkeys(name for name in map(clean_line, draft.types) if name))
    tidy = replace(
        draft,
        **values,  # type: ignore[arg-type]
        types=types,
        first_report=first,
        follow_ups=tuple(follow_ups),
        reopenings=tuple(sorted(draft.reopenings)),
    )
    return replace(tidy, stated=tidy.stated if tidy.stated and tidy.is_behind(tidy.stated) else None)


def problem_with(desk: Desk, draft: Complaint) -> str | None:
    """Why a typed complaint cannot be saved, in one Thai sentence; None when it can."""
    if not clean_line(draft.number):
        return "ยังไม่มีเลขที่รับแจ้ง โปรดพิมพ์เลขที่จากระบบกลาง"
    if any(";" in name for name in draft.types):
        return "ชื่อประเภทเรื่องมีเครื่องหมาย ; ไม่ได้ โปรดแยกเป็นคนละประเภท"
    return problem_with_days(cleaned(draft), desk.today)


def save(desk: Desk, before: Complaint | None, draft: Complaint, action: str = "แก้ไขเรื่อง", why: str = "") -> Complaint:
    """Save a new or edited complaint; raises CannotDo when its days disagree or it changed meanwhile."""
    problem = problem_with(desk, draft)
    if problem:
        raise CannotDo(f"ยังไม่ได้บันทึก: {problem}")
    after = cleaned(draft)
    stored = complaints.by_number(desk.register.connection, after.number)
    if before is None:
        if stored is not None:
            raise CannotDo(f"เลขที่รับแจ้ง {after.number} มีอยู่ในทะเบียนแล้ว ยังไม่ได้บันทึก โปรดเปิดเรื่องเดิม")
    elif before.number != after.number:
        raise CannotDo("เลขที่รับแจ้งเปลี่ยนไม่ได้ ยังไม่ได้บันทึก โปรดเพิ่มเป็นเรื่องใหม่")
    elif stored != before:
        raise CannotDo(f"เรื่อง {after.number} ถูกแก้ไขจากที่อื่นระหว่างนี้ ยังไม่ได้บันทึก โปรดเปิดเรื่องใหม่อีกครั้ง")
    if before != after:
        apply(desk, action if before else "เพิ่มเรื่องใหม่", [Change(before, after)], why)
    return after


def accepted(draft: Complaint, day: date) -> Complaint:
    """The complaint accepted on a day."""
    return replace(draft, accepted=day)


def with_entry(draft: Complaint, day: date, text: str) -> Complaint:
    """The complaint with one more progress entry: its first report when it has none yet, else a follow-up."""
    entry = Entry(day, clean_line(text))
    if draft.first_report is None and not draft.follow_ups and not draft.completions:
        return replace(draft, first_report=entry)
    return replace(draft, follow_ups=tuple(sorted((*draft.follow_ups, entry), key=lambda each: each.day)))


def completed(draft: Complaint, day: date) -> Complaint:
    """The complaint completed on a day."""
    return replace(draft, completed=day)


def transferred(draft: Complaint, day: date) -> Complaint:
    """The complaint handed on to another office on a day."""
    return replace(draft, transferred=day)


def reopened(draft: Complaint, day: date) -> Complaint:
    """The completed complaint opened again on a day; raises CannotDo when it is not completed."""
    if draft.completed is None:
        raise CannotDo(f"เรื่อง {draft.number} ยังไม่แล้วเสร็จ จึงเปิดใหม่ไม่ได้")
    return replace(draft, completed=None, reopenings=(*draft.reopenings, Reopening(draft.completed, day)))


def change_many(
    desk: Desk, numbers: Iterable[str], action: str, step: Callable[[Complaint], Complaint], why: str = ""
) -> int:
    """The same step for many complaints in one operation: all of them, or none when one refuses."""
    changes = []
    for number in numbers:
        before = complaint(desk, number)
        after = cleaned(step(before))
        problem = problem_with_days(after, desk.today)
        if problem:
            raise CannotDo(f"ยังไม่ได้บันทึกเรื่องใด เพราะเรื่อง {number}: {problem}")
        if before != after:
            changes.append(Change(before, after))
    if changes:
        apply(desk, action, changes, why)
    return len(changes)


def quality_states(found: Complaint) -> Mapping[QualityItem, bool | None]:
    """Each quality item: fulfilled, missing, or None for not applicable."""
    return {item: item_state(found, item) for item in QualityItem}


def mark_quality(
    desk: Desk,
    number: str,
    ticks: Mapping[QualityItem, bool],
    not_applicable: Mapping[QualityItem, str],
    applicable: Iterable[QualityItem],
) -> Complaint:
    """Tick quality items of a complaint, or say with a reason that one does not apply."""
    before = complaint(desk, number)
    marks = dict(before.marks)
    for item in applicable:
        marks[item] = replace(marks.get(item, Mark()), not_applicable="")
    for item, reason in not_applicable.items():
        if not clean_line(reason):
            raise CannotDo("การทำเครื่องหมายว่าไม่เกี่ยวข้องต้องมีเหตุผล ยังไม่ได้บันทึก")
        marks[item] = replace(marks.get(item, Mark()), not_applicable=clean_line(reason))
    for item, ticked in ticks.items():
        assert item in TICKED_ITEMS, "the other items are told by their field"
        marks[item] = replace(marks.get(item, Mark()), ticked=ticked)
    kept = {item: mark for item, mark in marks.items() if mark != Mark()}
    return save(desk, before, replace(before, marks=kept), "ตรวจคุณภาพ")
