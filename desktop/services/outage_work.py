"""Outages of the central system (บันทึกระบบขัดข้อง): from when to when, what failed, and its pictures.

An outage stands beside the deadlines it explains; it moves none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desktop.domain.evidence import OF_OUTAGE, Attachment, Outage
from desktop.domain.months import Month
from desktop.domain.thai_dates import BANGKOK, short_date
from desktop.domain.thai_text import clean_line, clean_text
from desktop.services.attaching import keep
from desktop.services.changes import Change, apply_within, officer
from desktop.services.desk import CannotDo, Desk
from desktop.services.office_settings import NAMING, naming_officer
from desktop.services.picture_headers import PDF, SAFE
from desktop.services.pictures import is_one_colour, look_at
from desktop.storage import attachments, outages

ACTION = "บันทึกระบบขัดข้อง"
MOST_PICTURES = 20  # of one outage
NOT_NOTED = "ยังไม่ได้บันทึกระบบขัดข้อง"


@dataclass(frozen=True)
class OutageFacts:
    """What the officer says of an outage: from when to when (Bangkok's wall clock), what failed, who noted it."""

    began: datetime
    ended: datetime
    what: str
    by: str = ""


def note_outage(
    desk: Desk, began: datetime, ended: datetime, what: str, images: Iterable[tuple[str, bytes]] = (), by: str = ""
) -> Outage:
    """Note an outage with its pictures (name, content) as one operation; without ``by`` it is the officer's.

    Times are Bangkok's wall clock, naive or not, kept to the minute. Raises CannotDo, nothing half done.
    """
    began, ended, what = to_the_minute(began), to_the_minute(ended), clean_text(what)
    pictures = list(images)
    if problem := problem_with(desk, began, ended, what):
        raise CannotDo(f"{NOT_NOTED}: {problem}")
    if len(pictures) > MOST_PICTURES:
        raise CannotDo(f"{NOT_NOTED}: มีภาพเกิน {MOST_PICTURES} ภาพ โปรดเลือกน้อยลง")
    for name, content in pictures:
        _refuse_picture(name, content)
    kept = [keep(desk, OF_OUTAGE, "", name, content) for name, content in pictures]
    first = {each.sha256: each for each in reversed(kept)}  # a picture given twice is attached once
    with desk.transaction() as connection:
        name_first_officer(desk, by)
        number = outages.next_number(connection)
        outage = Outage(number, began, ended, what, clean_line(by) or officer(desk), desk.now_of())
        attached = [_of(each, number) for each in kept if first[each.sha256] is each]
        apply_within(desk, ACTION, [Change(None, outage), *(Change(None, each) for each in attached)])
    return outage


def name_first_officer(desk: Desk, by: str) -> None:
    """Whoever notes an outage where no officer is named is the officer from now on; in the caller's transaction."""
    naming = None if officer(desk) else naming_officer(desk, by)
    if naming is not None:
        apply_within(desk, NAMING, [naming], who=clean_line(by))


def problem_with(desk: Desk, began: datetime, ended: datetime, what: str) -> str:
    """Why an outage cannot be noted so, in one Thai sentence; blank when it can."""
    if not clean_text(what):
        return "ยังไม่ได้บอกว่าอะไรขัดข้อง โปรดพิมพ์สั้น ๆ เช่น เข้าระบบกลางไม่ได้"
    if ended < began:
        return f"เวลาสิ้นสุด {moment_words(ended)} มาก่อนเวลาเริ่ม {moment_words(began)} โปรดตรวจวันและเวลา"
    if ended > latest(desk):
        return f"เวลาสิ้นสุด {moment_words(ended)} ยังมาไม่ถึง โปรดบันทึกเวลาถึงตอนนี้ หรือบันทึกเมื่อระบบกลับมาใช้ได้"
    return ""


def problem_with_picture(content: bytes) -> str:
    """Why a file is no evidence, in one Thai sentence; blank when it is a picture with something on it."""
    try:
        if look_at(content).media == PDF:
            return f"แฟ้มนี้เป็น PDF ไม่ใช่ภาพ {SAFE} โปรดใช้ภาพ JPEG, PNG หรือ WebP"
        if is_one_colour(content):
            return f"ภาพนี้ว่างเปล่า มีสีเดียวทั้งภาพ จึงไม่เก็บเป็นหลักฐาน {SAFE} โปรดจับภาพใหม่หรือเลือกแฟ้ม"
    except CannotDo as refused:
        return str(refused)
    return ""


def outages_between(desk: Desk, first: date, last: date) -> list[Outage]:
    """The outages that touch a span of days, by their beginning."""
    return outages.between(desk.register.connection, first, last)


def outages_of_month(desk: Desk, month: Month) -> list[Outage]:
    """The outages that touch a month: its annex."""
    return outages_between(desk, month.first, month.last)


def explains(outage: Outage, days: Iterable[date]) -> list[date]:
    """Which due days an outage touches: it is shown beside them, they stay where they are."""
    return [day for day in days if outage.began.date() <= day <= outage.ended.date()]


def outages_beside(desk: Desk, days: Sequence[date]) -> dict[date, list[Outage]]:
    """For each due day that some outage touches, those outages."""
    if not days:
        return {}
    found = outages_between(desk, min(days), max(days))
    beside = {day: [outage for outage in found if explains(outage, [day])] for day in days}
    return {day: each for day, each in beside.items() if each}


def outage_words(outage: Outage) -> str:
    """``ระบบขัดข้อง 2 ม.ค. 2563 10.00–12.30 น. (2 ชั่วโมง 30 นาที): เข้าระบบไม่ได้``"""
    began, ended = outage.began, outage.ended
    return f"ระบบขัดข้อง {span_words(began, ended)} ({length_words(began, ended)}): {clean_line(outage.what)}"


def outage_beside_words(desk: Desk, outage: Outage) -> str:
    """The same beside a deadline: whether a picture bears it out, and that it moves nothing."""
    kept = attachments.of_owner(desk.register.connection, OF_OUTAGE, str(outage.number))
    evidence = "มีหลักฐาน" if any(each.media != PDF for each in kept) else "ไม่มีภาพหลักฐาน"
    return f"{outage_words(outage)} ({evidence} ไม่เลื่อนกำหนด)"


def span_words(began: datetime, ended: datetime) -> str:
    """From when to when, the day once when it is the same."""
    if began.date() == ended.date():
        return f"{short_date(began.date())} {began:%H.%M}–{ended:%H.%M} น."
    return f"{moment_words(began)} ถึง {moment_words(ended)}"


def moment_words(moment: datetime) -> str:
    """``2 ม.ค. 2563 10.00 น.``"""
    return f"{short_date(moment.date())} {moment:%H.%M} น."


def length_words(began: datetime, ended: datetime) -> str:
    """How long it lasted: ``1 วัน 2 ชั่วโมง 30 นาที``; blank parts are left out."""
    minutes = max(0, int((ended - began).total_seconds() // 60))
    parts = ((minutes // 1440, "วัน"), (minutes // 60 % 24, "ชั่วโมง"), (minutes % 60, "นาที"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 นาที"


def latest(desk: Desk) -> datetime:
    """The latest minute an outage may have ended: now, or the end of the day the program was told to take."""
    now = desk.now_of().astimezone(BANGKOK).replace(tzinfo=None)
    return now if now.date() == desk.today else datetime.combine(desk.today, time(23, 59))


def _refuse_picture(name: str, content: bytes) -> None:
    if problem := problem_with_picture(content):
        raise CannotDo(f"{NOT_NOTED} เพราะ “{name}”: {problem}")


def _of(kept: Attachment, number: int) -> Attachment:
    return Attachment(OF_OUTAGE, str(number), kept.sha256, kept.media, kept.size, kept.name, kept.added_at)


def to_the_minute(moment: datetime) -> datetime:
    """Bangkok's wall clock, to the minute."""
    here = moment.astimezone(BANGKOK).replace(tzinfo=None) if moment.tzinfo is not None else moment
    return here - timedelta(seconds=here.second, microseconds=here.microsecond)
