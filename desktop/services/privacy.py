"""Personal data: who saw or took it out is noted; erased by law, it leaves the register, its history and its drafts.

Backups made before an erasure are gone 90 days after it (``automatic_backups.thin``); what a restore moved aside is the
officer's to delete: she is told of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from desktop.domain.complaint import Complaint
from desktop.domain.evidence import OF_COMPLAINT, Attachment
from desktop.domain.obligations import next_obligation
from desktop.domain.thai_dates import BANGKOK
from desktop.domain.thai_text import clean_line
from desktop.services.changes import note_only, officer
from desktop.services.complaint_history import COPIED
from desktop.services.desk import CannotDo, Desk
from desktop.services.drafts import forget_complaint, forget_erased
from desktop.services.erasable import ERASABLE_NAMES, PERSONAL, blanked, erasable_of, without
from desktop.services.history_values import differences
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.storage import attachment_files, attachments, complaints, operations
from desktop.storage.register import Connection
from desktop.storage.register_refusals import RegisterRefused
from desktop.storage.restore_steps import moved_aside

_FILE = "file/"  # of an erasure's key: the SHA-256 of a file follows


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
    with noted_export(desk, rows, place):
        pass


@contextmanager
def noted_export(desk: Desk, rows: int, place: str) -> Iterator[None]:
    """The same around the giving of a file's name: no file without its note, no note without its file."""
    with desk.transaction():
        note_only(desk, "ส่งออกพร้อมชื่อและโทรศัพท์", "export", clean_line(place), {"rows": (None, rows)})
        yield


@contextmanager
def noted_copy(desk: Desk, file: Attachment) -> Iterator[None]:
    """The same around a copy of a file attached to a complaint; without its name, which may be somebody's.

    A register that cannot be written lets the copy go all the same: there is nowhere to note it.
    """
    register = desk.register
    if file.owner_kind != OF_COMPLAINT or not register.writable or register.gate.shut_because:
        yield
        return
    with desk.transaction():
        note_only(desk, "เก็บสำเนาแฟ้มแนบไว้ที่อื่น", "export", COPIED.format(file.owner), {"files": (None, 1)})
        yield


@dataclass(frozen=True)
class Erased:
    """What an erasure took out: history rows that lost a value, attached files that are gone; of what.

    ``left`` says in a sentence what could not be taken away yet; it is tried again at the next start.
    """

    history: int
    files: int
    number: str = ""
    fields: tuple[str, ...] = ()
    left: str = ""


def erase_personal_data(
    desk: Desk, number: str, why: str, fields: tuple[str, ...] = PERSONAL, files: tuple[Attachment, ...] = ()
) -> Erased:
    """Erase fields and attached files of a complaint by law: here, in all its history, and in what is typed of it.

    One that was taken back, and is in the history alone, is erased there; so is a file that was taken off.
    It is itself an entry, with its reason, and cannot be taken back. Raises CannotDo.
    """
    if not clean_line(why):
        raise CannotDo("การลบข้อมูลส่วนบุคคลต้องมีเหตุผล ยังไม่ได้ลบ")
    if not (fields or files) or any(name not in ERASABLE_NAMES for name in fields):
        raise CannotDo("เลือกช่องที่จะลบไม่ถูกต้อง ยังไม่ได้ลบ")
    erasable_of(desk, number)  # refuses a number nobody knows
    with desk.transaction():
        history = _erase_within(desk, number, clean_line(why), fields, files)
    gone, left = 0, ""
    try:
        forget_complaint(desk, number)
    except PLAIN_ERRORS as problem:  # the erasure itself stands
        left = str(problem)
    try:
        gone = finish_erasures(desk)
    except PLAIN_ERRORS as problem:
        left = left or str(problem)
    return Erased(history, gone, number, fields, left)


def finish_erasures(desk: Desk) -> int:
    """Let go of older drafts of what was erased, and of the erased files nobody has any more; tells how many files.

    One that another complaint has, or had and may have again by an undo, stays. Asked for at each start
    too: a kill may come between the erasure and its files.
    """
    try:
        forget_erased(desk)
    finally:
        gone = _erase_files(desk)
    return gone


def _erase_files(desk: Desk) -> int:
    """Each that can be; raises what the disk said of the last one that could not."""
    connection = desk.register.connection
    wanted = {key.removeprefix(_FILE) for key in operations.keys_of(connection, "erasure", _FILE)}
    stored = attachment_files.stored_hashes(desk.register.folder) if wanted else set()
    gone = [
        sha256
        for sha256 in wanted & stored
        if not attachments.owners_of(connection, sha256)
        and not attachments.is_still_told_of(connection, sha256, f"{_FILE}{sha256}")
    ]
    refused: RegisterRefused | None = None
    for sha256 in gone:
        try:
            attachment_files.erase(desk.register.folder, sha256)
        except RegisterRefused as problem:
            refused = problem
    if refused is not None:
        raise refused
    return len(gone)


def not_wholly(erased: Erased) -> str:
    """A sentence on what an erasure could not take away yet; blank when all is gone."""
    return f"ลบจากทะเบียนและประวัติแล้ว แต่{erased.left} โปรแกรมจะลองอีกครั้งเมื่อเปิดครั้งหน้า" if erased.left else ""


def not_reached(desk: Desk) -> str:
    """A sentence on what a restore moved aside, which an erasure does not reach; blank when there is nothing."""
    aside = moved_aside(desk.register.folder)
    if not aside:
        return ""
    return (
        f"ข้อมูลชุดเดิมที่ย้ายไว้ก่อนกู้คืนยังมีข้อมูลที่ลบตามกฎหมายอยู่ได้: {', '.join(aside)} ใน {desk.register.folder}"
        " โปรแกรมไม่ลบให้ โปรดลบโฟลเดอร์เหล่านี้เองเมื่อไม่ใช้แล้ว"
    )


def _erase_within(desk: Desk, number: str, why: str, fields: tuple[str, ...], files: tuple[Attachment, ...]) -> int:
    connection = desk.register.connection
    operation = operations.begin(connection, desk.now_of(), officer(desk), "ลบข้อมูลส่วนบุคคลตามกฎหมาย", why)
    # Every row of it gets a new salt: its old seal covers what is erased, and must not be tried against guesses.
    rows = operations.values_of(connection, "complaint", number) if fields else []
    lost = sum([_erase_row(connection, operation, row, changes, fields) for row, changes in rows])
    before = complaints.by_number(connection, number)
    if fields and before is not None:
        _erase_stored(desk, operation, before, fields)
    # An operation with a row of this kind is never taken back.
    operations.note(connection, operation, "erasure", f"complaint/{number}", {"fields": (None, list(fields))}, None)
    for file in files:
        _erase_file(connection, operation, file)
    return lost


def _erase_row(
    connection: Connection, operation: int, row: int, changes: dict[str, tuple[Any, Any]], fields: tuple[str, ...]
) -> bool:
    """Tells whether it held something to be erased."""
    left = {name: (without(name, old), without(name, new)) for name, (old, new) in changes.items() if name in fields}
    operations.erase_values(connection, operation, row, changes | left)
    return changes | left != changes


def _erase_stored(desk: Desk, operation: int, before: Complaint, fields: tuple[str, ...]) -> None:
    connection, after = desk.register.connection, blanked(before, fields)
    says = complaints.update(connection, after, next_obligation(after, desk.calendar, desk.rules_of))
    told = {name: (without(name, old), new or None) for name, (old, new) in differences(before, after).items()}
    operations.note(connection, operation, "complaint", before.number, told, says)


def _erase_file(connection: Connection, operation: int, file: Attachment) -> None:
    key = f"{file.owner_kind}/{file.owner}/{file.sha256}"
    attachments.delete(connection, file)
    for row, changes in operations.values_of(connection, "attachment", key):
        _erase_row(connection, operation, row, changes, ("name",))
    operations.note(connection, operation, "attachment", key, {"sha256": (file.sha256, None)}, None)
    operations.note(connection, operation, "erasure", f"{_FILE}{file.sha256}", {}, None)
