"""The drafts of the office's dialogs: what each is of, and whether it can go back."""

from enum import StrEnum

from desktop.domain.months import Month
from desktop.services.desk import Desk
from desktop.storage import complaints, issued_reports, operations, outages
from desktop.storage.draft_file import Draft


class DialogForm(StrEnum):
    """A dialog that keeps drafts."""

    PROJECT = "project"  # key: its fiscal year
    MEMO = "memo"  # key: the month it goes with
    SENT = "sent"  # key: the month of the report
    OUTAGE = "outage"  # no key: each is a new one
    MENDED_OUTAGE = "mended-outage"  # key: the outage's number
    HOLIDAY = "holiday"  # no key: the day stands in a field
    OFFICER = "officer"  # no key
    ERASURE = "erasure"  # key: the complaint's number
    BULK = "bulk"  # ``bulk:entry``; no key: its complaints stand beside what is typed, under NUMBERS


NUMBERS, PICTURES = "numbers", "pictures"
BESIDE = (NUMBERS, PICTURES)  # values that nobody typed
BULK_WORDS = {"accept": "รับเรื่อง", "entry": "บันทึกการติดตาม", "transfer": "ส่งต่อ"}
NO_PICTURES = "ภาพหลักฐานไม่ได้เก็บไว้กับร่าง ต้องใส่ใหม่"


def bulk_form(step: str) -> str:
    """The form of a step for many complaints."""
    return f"{DialogForm.BULK}:{step.lower()}"


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
    match form:
        case DialogForm.PROJECT:
            return f"ข้อมูลโครงการ ปีงบประมาณ {draft.key}", "" if draft.key.isdecimal() else "ไม่รู้ว่าเป็นของปีใด"
        case DialogForm.MEMO | DialogForm.SENT:
            return _of_month(desk, draft)
        case DialogForm.OUTAGE:
            return _with_pictures("บันทึกระบบขัดข้อง", draft), ""
        case DialogForm.MENDED_OUTAGE:
            there = draft.key.isdecimal() and outages.by_number(desk.register.connection, int(draft.key)) is not None
            title = _with_pictures(f"แก้ไขบันทึกระบบขัดข้องครั้งที่ {draft.key}", draft)
            return title, "" if there else "บันทึกนี้ไม่มีแล้ว"
        case DialogForm.HOLIDAY:
            return "ปฏิทินวันหยุด วันที่จะเปลี่ยน", ""
        case DialogForm.OFFICER:
            return "ชื่อเจ้าหน้าที่", ""
        case DialogForm.ERASURE:
            there = bool(operations.values_of(desk.register.connection, "complaint", draft.key))
            return f"ลบข้อมูลส่วนบุคคล เรื่อง {draft.key}", "" if there else "เรื่องนี้ไม่อยู่ในทะเบียนแล้ว"
        case DialogForm.BULK if step in BULK_WORDS:
            title = f"{BULK_WORDS[step]} {len(all_numbers(draft)):,} เรื่อง"
            return title, "" if numbers_there(desk, draft) else "เรื่องเหล่านี้ไม่อยู่ในทะเบียนแล้ว"
    return None


def _with_pictures(title: str, draft: Draft) -> str:
    return f"{title} · {NO_PICTURES}" if draft.values.get(PICTURES) else title


def _of_month(desk: Desk, draft: Draft) -> tuple[str, str]:
    title = "บันทึกข้อความนำส่งรายงาน" if draft.form == DialogForm.MEMO else "วันนำส่งรายงาน"
    month = month_of(draft)
    if month is None:
        return title, "ไม่รู้ว่าเป็นของเดือนใด"
    issued = draft.form == DialogForm.MEMO or issued_reports.of_month(desk.register.connection, month)
    return f"{title}เดือน{month.thai}", "" if issued else "เดือนนี้ยังไม่ได้ออกรายงาน"


def month_of(draft: Draft) -> Month | None:
    """The month a draft's key names; None when it names none."""
    try:
        year, number = map(int, draft.key.split("-"))
        return Month(year, number)
    except ValueError:
        return None
