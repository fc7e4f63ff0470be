"""An outage noted earlier: what was kept of it, and pictures added later."""

from collections.abc import Iterable

from desktop.domain.evidence import OF_OUTAGE
from desktop.domain.pack_sheet import OutageEvidence
from desktop.services.attaching import keep
from desktop.services.changes import Change, apply_within
from desktop.services.desk import CannotDo, Desk
from desktop.services.outage_work import MOST_PICTURES, problem_with_picture
from desktop.storage import attachments, outages

ADD = "เพิ่มภาพหลักฐานระบบขัดข้อง"


def evidence_of(desk: Desk, number: int) -> OutageEvidence:
    """An outage with its files in the order they were added; raises CannotDo when it is not there."""
    connection = desk.register.connection
    outage = outages.by_number(connection, number)
    if outage is None:
        raise CannotDo(f"ไม่มีบันทึกระบบขัดข้องครั้งที่ {number} แล้ว ไม่มีอะไรถูกแก้ไข โปรดดูรายการระบบขัดข้องใหม่")
    return OutageEvidence(outage, tuple(attachments.of_owner(connection, OF_OUTAGE, str(number))))


def add_evidence(desk: Desk, number: int, images: Iterable[tuple[str, bytes]]) -> int:
    """Add pictures (name, content) to an outage as one operation; tells how many are new. Raises CannotDo."""
    there = {each.sha256 for each in evidence_of(desk, number).attachments}
    pictures = list(images)
    for name, content in pictures:
        if problem := problem_with_picture(content):
            raise CannotDo(f"ยังไม่ได้เพิ่มภาพ เพราะ “{name}”: {problem}")
    kept = {each.sha256: each for each in (keep(desk, OF_OUTAGE, str(number), *picture) for picture in pictures)}
    new = [each for sha256, each in kept.items() if sha256 not in there]
    if len(there) + len(new) > MOST_PICTURES:
        raise CannotDo(f"ยังไม่ได้เพิ่มภาพ เพราะมีภาพเกิน {MOST_PICTURES} ภาพ ข้อมูลเดิมอยู่ครบ โปรดเลือกน้อยลง")
    with desk.transaction():
        evidence_of(desk, number)  # it may be gone by now
        if new:
            apply_within(desk, ADD, [Change(None, each) for each in new])
    return len(new)
