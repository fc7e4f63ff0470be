"""Personal data: who saw or took it out is noted; erased by law, it leaves the register, its history and its drafts.

Backups made before an erasure are gone 90 days after it (``backups.thin``).
"""

from dataclasses import replace
from datetime import datetime, time
from typing import Any

from desktop.domain.obligations import next_obligation
from desktop.domain.thai_dates import BANGKOK
from desktop.domain.thai_text import clean_line
from desktop.services.changes import note_only, officer
from desktop.services.complaint_work import complaint
from desktop.services.desk import CannotDo, Desk
from desktop.services.history_values import differences
from desktop.storage import complaints, operations

PERSONAL = ("complainant", "telephone")  # the fields that name a person by themselves
ERASABLE = (*PERSONAL, "subject", "detail", "place", "answer", "action", "coordination")
ERASED = {"erased": True}  # what stands in the history where a value was


def note_view(desk: Desk, number: str) -> bool:
    """Note that somebody saw who complained, once a day for a complaint; tells whether it was noted now."""
    register = desk.register
    seen = complaints.by_number(register.connection, number)
    if seen is None or not (seen.complainant or seen.telephone):
        return False
    if not register.writable or register.gate.shut_because:
        return False
    midnight = datetime.combine(desk.now_of().astimezone(BANGKOK).date(), time(), BANGKOK)
    if operations.noted_since(register.connection, "view", seen.number, midnight):
        return False
    with desk.transaction():
        note_only(desk, "เปิดดูชื่อหรือโทรศัพท์ของผู้ร้อง", "view", seen.number, {})
    return True


def note_export(desk: Desk, rows: int, place: str) -> None:
    """Note that names and telephone numbers were written to a file."""
    with desk.transaction():
        note_only(desk, "ส่งออกพร้อมชื่อและโทรศัพท์", "export", clean_line(place), {"rows": (None, rows)})


def erase_personal_data(desk: Desk, number: str, why: str, fields: tuple[str, ...] = PERSONAL) -> int:
    """Erase fields of a complaint by law, here and in all its history; gives how many history rows lost a value.

    It is itself an entry, with its reason, and cannot be taken back. Raises CannotDo.
    """
    if not clean_line(why):
        raise CannotDo("การลบข้อมูลส่วนบุคคลต้องมีเหตุผล ยังไม่ได้ลบ")
    unknown = [name for name in fields if name not in ERASABLE]
    if unknown or not fields:
        raise CannotDo("เลือกช่องที่จะลบไม่ถูกต้อง ยังไม่ได้ลบ")
    before = complaint(desk, number)
    blank: dict[str, Any] = dict.fromkeys(fields, "")
    after = replace(before, **blank)
    with desk.transaction() as connection:
        action = "ลบข้อมูลส่วนบุคคลตามกฎหมาย"
        operation = operations.begin(connection, desk.now_of(), officer(desk), action, clean_line(why))
        # Every row of it gets a new salt: its old seal covers what is erased, and must not be tried against guesses.
        rows = operations.values_of(connection, "complaint", number)
        for row, changes in rows:
            operations.erase_values(connection, operation, row, _without(changes, fields))
        says = complaints.update(connection, after, next_obligation(after, desk.calendar, desk.rules_of))
        told = dict.fromkeys(differences(before, after), (ERASED, None))
        operations.note(connection, operation, "complaint", number, told, says)
        # An operation with a row of this kind is never taken back.
        operations.note(connection, operation, "erasure", f"complaint/{number}", {"fields": (None, list(fields))}, None)
    return sum(any(name in changes for name in fields) for _, changes in rows)


def _without(changes: dict[str, tuple[Any, Any]], fields: tuple[str, ...]) -> dict[str, tuple[Any, Any]]:
    return {name: (_gone(old), _gone(new)) if name in fields else (old, new) for name, (old, new) in changes.items()}


def _gone(value: Any) -> Any:
    return value if value in (None, "") else ERASED
