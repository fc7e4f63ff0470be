"""The drafts of the office's dialogs: what each is of, and whether it can go back."""

from desktop.domain.months import Month
from desktop.services.desk import Desk
from desktop.storage import complaints
from desktop.storage.draft_file import Draft

PROJECT = "project"  # key: its fiscal year
MEMO = "memo"  # key: the month it goes with
OUTAGE = "outage"  # no key: each is a new one
BULK = "bulk"  # ``bulk:entry``; no key: its complaints stand beside what is typed, under NUMBERS
NUMBERS, PICTURES = "numbers", "pictures"
BESIDE = (NUMBERS, PICTURES)  # values that nobody typed
BULK_WORDS = {"accept": "รับเรื่อง", "entry": "บันทึกการติดตาม", "transfer": "ส่งต่อ"}
NO_PICTURES = "ภาพหลักฐานไม่ได้เก็บไว้กับร่าง ต้องใส่ใหม่"


def bulk_form(step: str) -> str:
    """The form of a step for many complaints."""
    return f"{BULK}:{step.lower()}"


def all_numbers(draft: Draft) -> list[str]:
    """The complaints a step for many was typed for."""
    rows = draft.values.get(NUMBERS, [])
    return [row[0] for row in rows if row] if isinstance(rows, list) else []


def numbers_there(desk: Desk, draft: Draft) -> list[str]:
    """Those of them the register still has."""
    return [each for each in all_numbers(draft) if complaints.by_number(desk.register.connection, each) is not None]


def title_and_hindrance(desk: Desk, draft: Draft) -> tuple[str, str] | None:
    """What a dialog's draft is of, and why it cannot go back (blank: it can); None: it is of no dialog known here."""
    form, _, step = draft.form.partition(":")
    if form == PROJECT:
        return f"ข้อมูลโครงการ ปีงบประมาณ {draft.key}", "" if draft.key.isdecimal() else "ไม่รู้ว่าเป็นของปีใด"
    if form == MEMO:
        month = month_of(draft)
        if month is None:
            return "บันทึกข้อความนำส่งรายงาน", "ไม่รู้ว่าเป็นของเดือนใด"
        return f"บันทึกข้อความนำส่งรายงานเดือน{month.thai}", ""
    if form == OUTAGE:
        title = "บันทึกระบบขัดข้อง"
        return f"{title} · {NO_PICTURES}" if draft.values.get(PICTURES) else title, ""
    if form == BULK and step in BULK_WORDS:
        title = f"{BULK_WORDS[step]} {len(all_numbers(draft)):,} เรื่อง"
        return title, "" if numbers_there(desk, draft) else "เรื่องเหล่านี้ไม่อยู่ในทะเบียนแล้ว"
    return None


def month_of(draft: Draft) -> Month | None:
    """The month a draft's key names; None when it names none."""
    try:
        year, number = map(int, draft.key.split("-"))
        return Month(year, number)
    except ValueError:
        return None
