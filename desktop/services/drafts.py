"""Drafts: what is typed and not saved outlives a crash, a power cut and the end of the session.

Only the window that may write keeps them; nothing here touches the register.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.services import logbook
from desktop.services.complaint_history import BLANK, bangkok_time
from desktop.services.complaint_steps import WorkStep, sensible_steps
from desktop.services.desk import CannotDo, Desk
from desktop.services.dialog_forms import BESIDE, all_numbers, month_of, title_and_hindrance
from desktop.services.logbook import Happened
from desktop.storage import complaints, draft_file, issued_reports, register_copy
from desktop.storage.draft_file import Draft, DraftsDamaged, Value, Values

__all__ = ["Draft", "Value", "Values"]  # for the window, which knows no storage

COMPLAINT = "complaint"  # key: its number, blank for a new one
REPORT = "report"  # key: its month
STEP = "step"  # ``step:entry``; key: the complaint's number
_TICKED, _NOT_TICKED = "ทำเครื่องหมายไว้", "ไม่ได้ทำเครื่องหมาย"
_FEW_WORDS = 50  # letters of a text shown in a line


def step_form(step: WorkStep) -> str:
    """The form of a step's small dialog."""
    return f"{STEP}:{step.name.lower()}"


def step_of(draft: Draft) -> WorkStep | None:
    """The step a draft was typed for; None when it is of another form."""
    kind, _, name = draft.form.partition(":")
    named = {step.name.lower(): step for step in WorkStep}
    return named.get(name) if kind == STEP else None


def keep(
    desk: Desk, form: str, key: str, values: Values, base: Values | None = None, begun: datetime | None = None
) -> Draft:
    """Keep what is typed in a form, in place of what was kept of the same typing (form, key, ``begun``).

    Raises CannotDo when the disk refuses; a damaged file of drafts is moved aside.
    """
    now = desk.now_of()
    draft = Draft(form, key, begun or now, now, dict(values), dict(base or {}))
    others = [each for each in _read(desk) if not _same(each, draft)]
    _write(desk, [*others, draft])
    return draft


def drop(desk: Desk, form: str, key: str, begun: datetime | None = None) -> None:
    """Let go of a draft: it was saved, or given up; without ``begun`` of all of that form and key."""
    before = _read(desk)
    after = [each for each in before if (each.form, each.key) != (form, key) or begun not in (None, each.begun)]
    if after != before:
        _write(desk, after)


def drop_draft(desk: Desk, draft: Draft) -> None:
    """Let go of one draft."""
    drop(desk, draft.form, draft.key, draft.begun)


def kept(desk: Desk) -> list[Draft]:
    """Every draft, oldest first; raises CannotDo, once, when the file was damaged and has been moved aside."""
    if not desk.register.writable:
        return []
    draft_file.sweep_making(desk.register.folder)
    try:
        found = draft_file.read_drafts(desk.register.folder)
    except DraftsDamaged as damaged:
        raise CannotDo(_moved_aside(desk)) from damaged
    except OSError as error:
        raise CannotDo(
            "อ่านร่างที่เก็บไว้ไม่ได้ในตอนนี้ ข้อมูลในทะเบียนอยู่ครบ โปรดตรวจดิสก์และสิทธิ์ของโฟลเดอร์แล้วเปิดโปรแกรมใหม่"
        ) from error
    return _without_erased(desk, found)


def forget_erased(desk: Desk) -> int:
    """Let go of every draft of before the erasure by law of a complaint it speaks of; tells how many.

    A kill may have come between the erasure and its drafts.
    """
    before = _read(desk)
    after = _without_erased(desk, before)
    if after != before:
        _write(desk, after)
    return len(before) - len(after)


def _without_erased(desk: Desk, found: list[Draft]) -> list[Draft]:
    erased = register_copy.erasures_of(desk.register.connection) if found else []
    return [each for each in found if not any(each.begun < at and speaks_of(each, number) for at, number in erased)]


def forget_complaint(desk: Desk, number: str) -> int:
    """Let go of every draft that speaks of a complaint, and of a damaged file: its data are erased. Tells how many."""
    before = _read(desk)
    after = [each for each in before if not speaks_of(each, number)]
    if after != before:
        _write(desk, after)
    try:
        draft_file.remove_damaged(desk.register.folder)
    except OSError as error:
        raise CannotDo(f"ลบแฟ้มร่างที่เสียหาย {draft_file.DAMAGED_NAME} ไม่ได้ โปรดลบแฟ้มนั้นในโฟลเดอร์ข้อมูลเอง") from error
    return len(before) - len(after)


def speaks_of(draft: Draft, number: str) -> bool:
    """Whether a draft was typed of a complaint, alone or among others."""
    spoken_of = (draft.key, str(draft.values.get("number", "")).strip(), *all_numbers(draft))
    return draft.form != REPORT and number in spoken_of


@dataclass(frozen=True)
class LaidOver:
    """A draft over what the fields show now: what they shall show, and what the register has where both changed."""

    values: Mapping[str, Value]
    register_has: Mapping[str, Value]


def laid_over(draft: Draft, now: Values) -> LaidOver:
    """Lay a draft over fields as the register fills them now: only what was typed, field by field.

    A new complaint that is still none is put back as it stood.
    """
    if not draft.key and not now.get("number"):
        return LaidOver({name: draft.values.get(name, value) for name, value in now.items()}, {})
    typed = {name: draft.values[name] for name in now if name in draft.values and _was_typed(draft, name)}
    changed = {
        name: now[name] for name, value in typed.items() if now[name] not in (value, draft.base.get(name, _none(value)))
    }
    return LaidOver({**now, **typed}, changed)


def _was_typed(draft: Draft, name: str) -> bool:
    value = draft.values[name]
    return value != draft.base.get(name, _none(value))


def _none(like: Value) -> Value:
    """What a field of a kind shows before anything is in it."""
    return False if isinstance(like, bool) else [] if isinstance(like, list) else ""


def words_of(value: Value) -> str:
    """What stands in a field, in words."""
    if isinstance(value, bool):
        return _TICKED if value else _NOT_TICKED
    text = value if isinstance(value, str) else "\n".join(" ".join(cell for cell in row if cell) for row in value)
    return text.strip() or BLANK


@dataclass(frozen=True)
class Offer:
    """A draft to be offered back: what it is of, when it was typed, its words, and why it cannot go back if so."""

    draft: Draft
    title: str
    when: str
    typed: str
    why_not: str = ""


def offer_of(desk: Desk, draft: Draft) -> Offer:
    """How a draft is offered back."""
    values = [value for name, value in draft.values.items() if _was_typed(draft, name) and name not in BESIDE]
    typed = "\n".join(words_of(value) for value in values if value)
    offer = Offer(draft, "", bangkok_time(draft.kept_at), typed)
    if draft.form == REPORT:
        return _offer_of_report(desk, offer)
    step = step_of(draft)
    if draft.form == COMPLAINT or step is not None:
        return _offer_of_complaint(desk, offer, step)
    if (of_dialog := title_and_hindrance(desk, draft)) is not None:
        return replace(offer, title=of_dialog[0], why_not=of_dialog[1])
    return replace(offer, title="ข้อความที่พิมพ์ค้างไว้", why_not="โปรแกรมรุ่นนี้ไม่มีแบบที่พิมพ์ไว้")


def number_in_register(desk: Desk, draft: Draft) -> str:
    """The number of the stored complaint a draft belongs to; blank for one that is still new."""
    typed = draft.values.get("number", "")
    number = draft.key or (typed.strip() if isinstance(typed, str) else "")
    return number if number and complaints.by_number(desk.register.connection, number) is not None else ""


def _offer_of_complaint(desk: Desk, offer: Offer, step: WorkStep | None) -> Offer:
    draft = offer.draft
    number = draft.key or words_of(draft.values.get("number", ""))
    stored = complaints.by_number(desk.register.connection, number)
    subject = draft.values.get("subject") or (stored.subject if stored else "")
    title = f"เรื่อง {number}" if draft.key else "เรื่องใหม่" if number == BLANK else f"เรื่องใหม่ {number}"
    title = title if step is None else f"{step.value} ของ{title}"
    why_not = ""
    if draft.key and stored is None:
        why_not = "เรื่องนี้ไม่อยู่ในทะเบียนแล้ว"
    elif step is not None and stored is not None and step not in sensible_steps(stored):
        why_not = "เรื่องนี้ทำขั้นตอนนี้ไม่ได้แล้ว"
    return replace(offer, title=f"{title} · {few_words(words_of(subject))}" if subject else title, why_not=why_not)


def _offer_of_report(desk: Desk, offer: Offer) -> Offer:
    month = month_of(offer.draft)
    if month is None:
        return replace(offer, title="รายงาน", why_not="ไม่รู้ว่าเป็นของเดือนใด")
    issued = issued_reports.of_month(desk.register.connection, month)
    late = issued and offer.draft.values.get("revising") is not True
    return replace(offer, title=f"รายงานเดือน{month.thai}", why_not="เดือนนี้ออกรายงานแล้ว" if late else "")


def few_words(text: str) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _FEW_WORDS else f"{line[:_FEW_WORDS]}…"


def _same(one: Draft, other: Draft) -> bool:
    return (one.form, one.key, one.begun) == (other.form, other.key, other.begun)


def _read(desk: Desk) -> list[Draft]:
    try:
        return draft_file.read_drafts(desk.register.folder)
    except DraftsDamaged:
        _moved_aside(desk)
        return []
    except OSError as error:
        raise CannotDo(_NOT_KEPT) from error


def _write(desk: Desk, drafts: list[Draft]) -> None:
    try:
        draft_file.write_drafts(desk.register.folder, drafts)
    except OSError as error:
        raise CannotDo(_NOT_KEPT) from error


_NOT_KEPT = "เก็บร่างของสิ่งที่พิมพ์ไม่ได้ ที่พิมพ์ไว้ยังอยู่บนจอ โปรดบันทึก แล้วตรวจที่ว่างและสิทธิ์ของโฟลเดอร์ข้อมูล"


def _moved_aside(desk: Desk) -> str:
    logbook.note(Happened.DRAFTS_DAMAGED)
    try:
        where = draft_file.move_aside(desk.register.folder).name
    except OSError:
        return "แฟ้มร่าง register.drafts เสียหายและย้ายออกไม่ได้ ข้อมูลในทะเบียนอยู่ครบ โปรดปิดโปรแกรมที่เปิดแฟ้มนั้นอยู่"
    return f"แฟ้มร่างเสียหาย อ่านสิ่งที่พิมพ์ค้างไว้ไม่ได้ ย้ายไปเป็น {where} ในโฟลเดอร์ข้อมูลแล้ว ข้อมูลในทะเบียนอยู่ครบ ทำงานต่อได้"
