"""One step for many complaints in one stroke; who has taken the step already is left as it is.

All of them or none: CannotDo names the first one whose days would disagree (``complaint_work.change_many``).
"""

from collections.abc import Callable, Sequence
from datetime import date

from desktop.domain.complaint import Complaint
from desktop.domain.thai_text import clean_line
from desktop.services.complaint_work import accepted, change_many, transferred, with_entry
from desktop.services.desk import CannotDo, Desk


def accept_many(desk: Desk, numbers: Sequence[str], day: date) -> int:
    """Accept complaints on a day; one with an acceptance day, or handed on, keeps what it has. Tells how many."""
    return change_many(desk, numbers, "รับเรื่อง", _unless(lambda seen: seen.accepted is not None, accepted, day))


def enter_many(desk: Desk, numbers: Sequence[str], day: date, text: str) -> int:
    """One more progress entry for each; raises CannotDo without a text."""
    if not clean_line(text):
        raise CannotDo("ยังไม่มีข้อความติดตาม ยังไม่ได้บันทึก โปรดพิมพ์ว่าทำอะไรไปแล้ว")
    return change_many(desk, numbers, "บันทึกการติดตาม", lambda seen: with_entry(seen, day, text))


def transfer_many(desk: Desk, numbers: Sequence[str], day: date, why: str) -> int:
    """Hand complaints on to another office on a day; one handed on already keeps its day. Tells how many."""
    return change_many(desk, numbers, "ส่งต่อ", _unless(lambda seen: False, transferred, day), clean_line(why))


def _unless(
    done: Callable[[Complaint], bool], step: Callable[[Complaint, date], Complaint], day: date
) -> Callable[[Complaint], Complaint]:
    return lambda seen: seen if done(seen) or seen.transfer_day is not None else step(seen, day)
