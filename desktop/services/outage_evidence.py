"""Outages noted earlier: the list of them, what was kept of each, mending one and striking it out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from desktop.domain.evidence import OF_OUTAGE, Attachment, Outage
from desktop.domain.month_summary import outages_of_month
from desktop.domain.months import Month
from desktop.domain.pack_sheet import OutageEvidence
from desktop.domain.thai_text import clean_line, clean_text
from desktop.services.attaching import keep
from desktop.services.changes import Change, apply_within
from desktop.services.desk import CannotDo, Desk
from desktop.services.outage_work import (
    MOST_PICTURES,
    OutageFacts,
    name_first_officer,
    problem_with,
    problem_with_picture,
    to_the_minute,
)
from desktop.storage import attachments, outages

MEND, STRIKE = "แก้ไขบันทึกระบบขัดข้อง", "ขีดฆ่าบันทึกระบบขัดข้อง"
NOT_MENDED = "ยังไม่ได้แก้ไขบันทึกระบบขัดข้อง"


def evidence_of(desk: Desk, number: int) -> OutageEvidence:
    """An outage with its files in the order they were added; raises CannotDo when it is not there."""
    outage = outages.by_number(desk.register.connection, number)
    if outage is None:
        raise CannotDo(f"ไม่มีบันทึกระบบขัดข้องครั้งที่ {number} แล้ว ไม่มีอะไรถูกแก้ไข โปรดดูรายการระบบขัดข้องใหม่")
    return _with_files(desk, outage)


def noted_outages(desk: Desk, month: Month | None = None) -> list[OutageEvidence]:
    """Every outage, or those that touch a month, with its files; the newest first."""
    found: Iterable[Outage] = outages.every(desk.register.connection)
    if month is not None:
        found = outages_of_month(found, month)
    ordered = sorted(found, key=lambda each: (each.began, each.number), reverse=True)
    return [_with_files(desk, each) for each in ordered]


def months_with_outages(desk: Desk) -> list[Month]:
    """The months some outage touches, the newest first."""
    months: set[Month] = set()
    for each in outages.every(desk.register.connection):
        month = Month.of(each.began.date())
        while month <= Month.of(each.ended.date()):
            months.add(month)
            month = month.next
    return sorted(months, reverse=True)


def facts_of(outage: Outage) -> OutageFacts:
    """What was said of an outage."""
    return OutageFacts(outage.began, outage.ended, outage.what, outage.noted_by)


def mend_outage(
    desk: Desk,
    number: int,
    facts: OutageFacts,
    images: Iterable[tuple[str, bytes]] = (),
    taken_off: Collection[str] = (),
) -> int:
    """Say an outage anew, add pictures (name, content) and take files off by their SHA-256, as one operation.

    Tells how many things it changed: none, when it stands so already. Raises CannotDo, nothing half done.
    """
    pictures = list(images)
    _refuse(desk, facts, pictures)
    kept = {each.sha256: each for each in (keep(desk, OF_OUTAGE, str(number), *picture) for picture in pictures)}
    with desk.transaction():
        before = evidence_of(desk, number)  # as it is now: it may be gone
        changes = [*_said(before.outage, facts), *_files(before.attachments, kept, taken_off)]
        if changes:
            name_first_officer(desk, facts.by)
            apply_within(desk, MEND, changes)
    return len(changes)


def strike_outage(desk: Desk, number: int) -> None:
    """Take an outage out with its files, as one operation; an undo puts all of it back. Raises CannotDo."""
    with desk.transaction():
        gone = evidence_of(desk, number)
        files = [Change(each, None) for each in reversed(gone.attachments)]  # an undo goes backwards: in order again
        apply_within(desk, STRIKE, [*files, Change(gone.outage, None)])


def _refuse(desk: Desk, facts: OutageFacts, pictures: Sequence[tuple[str, bytes]]) -> None:
    problem = problem_with(desk, to_the_minute(facts.began), to_the_minute(facts.ended), facts.what)
    if problem:
        raise CannotDo(f"{NOT_MENDED}: {problem}")
    for name, content in pictures:
        if problem := problem_with_picture(content):
            raise CannotDo(f"{NOT_MENDED} เพราะ “{name}”: {problem}")


def _said(before: Outage, facts: OutageFacts) -> list[Change]:
    after = replace(
        before,
        began=to_the_minute(facts.began),
        ended=to_the_minute(facts.ended),
        what=clean_text(facts.what),
        noted_by=clean_line(facts.by),
    )
    return [] if after == before else [Change(before, after)]


def _files(there: Sequence[Attachment], kept: dict[str, Attachment], taken_off: Collection[str]) -> list[Change]:
    """Files that go and files that come; one that would do both stays as it is."""
    known = {each.sha256 for each in there}
    gone = [each for each in there if each.sha256 in taken_off and each.sha256 not in kept]
    new = [each for sha256, each in kept.items() if sha256 not in known]
    if new and len(there) - len(gone) + len(new) > MOST_PICTURES:
        raise CannotDo(f"{NOT_MENDED} เพราะมีภาพเกิน {MOST_PICTURES} ภาพ ข้อมูลเดิมอยู่ครบ โปรดเลือกน้อยลง")
    return [*(Change(each, None) for each in gone), *(Change(None, each) for each in new)]


def _with_files(desk: Desk, outage: Outage) -> OutageEvidence:
    found = attachments.of_owner(desk.register.connection, OF_OUTAGE, str(outage.number))
    return OutageEvidence(outage, tuple(found))
