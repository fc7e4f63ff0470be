"""The steps of a complaint's life as the officer takes them one by one: which are sensible now, and what each does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from desktop.domain.complaint import Complaint, Entry, QualityItem, item_state
from desktop.domain.months import fiscal_year_of
from desktop.services.complaint_work import accepted, completed, reopened, transferred, with_entry
from desktop.services.desk import Desk

# An answer of a completed complaint that only promises: จะดำเนินการ, จะเร่งดำเนินการ, อยู่ระหว่างดำเนินการ, …
_PROMISES = re.compile(
    r"จะ\s*(?:ได้|ต้อง|เร่ง|รีบ|เข้า|ขอ|\s)*ดำเนินการ|อยู่(?:ใน)?ระหว่าง(?:การ)?\s*ดำเนินการ|กำลัง\s*ดำเนินการ|จะ\s*แจ้งให้ทราบ"
)
NAMED_AT_MOST = 2  # missing quality items named in a warning; more are only counted


class WorkStep(Enum):
    """One step; the value is its button and the word of its operation."""

    ACCEPT = "รับเรื่อง"
    ENTRY = "เพิ่มรายงาน/การติดตาม"
    COMPLETE = "แล้วเสร็จ"
    TRANSFER = "ส่งต่อ"
    REOPEN = "เปิดเรื่องใหม่"


def sensible_steps(found: Complaint) -> frozenset[WorkStep]:
    """The steps that can be taken next; none after a transfer, only a reopening after a completion."""
    if found.transfer_day is not None:
        return frozenset()
    if found.completed is not None:
        return frozenset({WorkStep.REOPEN})
    steps = {WorkStep.ENTRY, WorkStep.COMPLETE, WorkStep.TRANSFER}
    if found.accepted is None:
        steps.add(WorkStep.ACCEPT)
    return frozenset(steps)


def after_step(found: Complaint, step: WorkStep, day: date, text: str = "") -> Complaint:
    """The complaint after a step of a day; only an entry keeps the text in it."""
    match step:
        case WorkStep.ACCEPT:
            return accepted(found, day)
        case WorkStep.ENTRY:
            return with_entry(found, day, text)
        case WorkStep.COMPLETE:
            return completed(found, day)
        case WorkStep.TRANSFER:
            return transferred(found, day)
        case WorkStep.REOPEN:
            return reopened(found, day)


def with_entries(loaded: Complaint, draft: Complaint, entries: Sequence[Entry]) -> Complaint:
    """The draft with its entries typed anew: the first is the first report, unless it came after the first completion.

    ``loaded`` is the complaint before editing: one whose entries were all follow-ups keeps them so.
    """
    only_follow_ups = loaded.first_report is None and bool(loaded.follow_ups or draft.completions)
    if not entries or only_follow_ups:
        return replace(draft, first_report=None, follow_ups=tuple(entries))
    return replace(draft, first_report=entries[0], follow_ups=tuple(entries[1:]))


@dataclass(frozen=True)
class CompletionCheck:
    """What a completion still lacks for the quality score, and what in it may be untrue; it warns, never stops."""

    core: bool  # whether the complaint is of a core type of its fiscal year
    items: tuple[QualityItem, ...]
    missing: tuple[QualityItem, ...]
    warnings: tuple[str, ...]


def completion_check(desk: Desk, draft: Complaint) -> CompletionCheck:
    """Look a completion over before it is saved."""
    year = desk.fiscal_year(fiscal_year_of(draft.notified))
    core = any(name in year.core_types for name in draft.types)
    items = year.rules.quality_items
    missing = tuple(item for item in items if item_state(draft, item) is False)
    return CompletionCheck(core, items, missing, tuple(_warnings(draft, core, missing)))


def _warnings(draft: Complaint, core: bool, missing: Sequence[QualityItem]) -> list[str]:
    found = []
    promise = promise_in(draft.answer)
    if not draft.answer.strip():
        found.append("ยังไม่มีผลการดำเนินการ")
    if promise:
        found.append(f"ผลการดำเนินการยังบอกว่า “{promise}” ทั้งที่แจ้งว่าแล้วเสร็จ โปรดตรวจว่าแล้วเสร็จตามข้อเท็จจริง")
    if core and missing:
        named = f": {', '.join(item.value for item in missing)}" if len(missing) <= NAMED_AT_MOST else ""
        found.append(f"ประเภทหลัก ยังขาดคะแนนคุณภาพ {len(missing)} ข้อ{named}")
    return found


def promise_in(answer: str) -> str:
    """The words of an answer that only promise (จะดำเนินการ); blank when it promises nothing."""
    match = _PROMISES.search(answer)
    return "" if match is None else match[0]
