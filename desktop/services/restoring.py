"""Restoring a backup: verified, unpacked beside what is there, swapped in so that a cut leaves one of them whole.

What was there is moved aside, never deleted; the restore stands in the restored register's own history.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.thai_dates import BANGKOK, ERA_OFFSET
from desktop.services.automatic_backups import automatic_backup_of, manifests_there
from desktop.services.backup_contents import Present, size_of, what_is_there, would_come_back
from desktop.services.backups import FULL, Meter, Source
from desktop.services.complaint_history import bangkok_time
from desktop.services.desk import CannotDo
from desktop.services.progress import Progress
from desktop.storage import (
    attachment_files,
    attachments,
    backup_reader,
    draft_file,
    office_years,
    operations,
    register_copy,
    restore_steps,
)
from desktop.storage.attachment_files import STORE
from desktop.storage.backup_file import Tell
from desktop.storage.backup_manifest import REGISTER
from desktop.storage.backup_reader import BackupReader
from desktop.storage.chain import Head, head_of_text
from desktop.storage.examination import examine
from desktop.storage.places import refuse_place
from desktop.storage.register import Connection, Register, open_for_writing, take_lock
from desktop.storage.register_folder import LOCK_NAME, REGISTER_NAME
from desktop.storage.register_refusals import RegisterRefused
from desktop.storage.restore_steps import Swap

ACTION = "กู้คืนจากสำเนาสำรอง"
KIND, KEY = "restore", "register"  # of its history row: it is never undone
SAFE = "ข้อมูลเดิมอยู่ครบที่เดิม"


@dataclass(frozen=True)
class Restored:
    """What came, where what was there is kept now (None: there was nothing), and what could not be done before."""

    complaints: int
    attachments: int
    moved_aside: Path | None
    remark: str = ""


def restore(
    folder: Path, path: Path, passphrase: str | None, now: datetime, progress: Progress | None = None
) -> Restored:
    """Put a backup in the place of what is in a data folder, empty or not; ``now`` is UTC.

    Raises CannotDo or RegisterRefused (RegisterBusy while a window has the register open): all is then as it was.
    """
    refuse_place(folder)
    meter = Meter(progress, size_of(path))
    with _told_plainly(folder), _alone(folder):
        restore_steps.settle(folder)
        with backup_reader.opened(path, passphrase, meter.tell) as backup:
            meter.add(3 * backup.manifest.bytes_of_members)
            backup.check(meter.tell)
            present = what_is_there(folder)
            remarks = [_keep_present(folder, present, now)]
            if present is not None:
                remarks.append(would_come_back(present, backup.manifest.made_at))
            swap = restore_steps.begin(folder, _stamp(now))
            try:
                _unpack(backup, folder / restore_steps.COMING, meter.tell)
                counted = _note_and_verify(folder, backup, present, swap, now)
                _take_drafts_along(folder, backup, present)
                meter.tell(0)
            except BaseException:
                with suppress(OSError, ValueError):  # the next start does it
                    restore_steps.finish_or_undo(folder)
                raise
            moved_aside = restore_steps.put_in_place(folder, swap)
    meter.finish()
    return Restored(*counted, moved_aside, " ".join(filter(None, remarks)))


def was_given_up(connection: Connection, head: Head, noted_at: datetime) -> bool:
    """Whether a head noted elsewhere (at a time in UTC) belongs to a history that a restore of this register left.

    Such a head is no forgery: the restore knew it, or it lies beyond what both histories share and was noted before.
    """
    for row in operations.history_of(connection, (KIND,), KEY):
        known = (row.changes["head"][0], *row.changes["left"][1])
        if head.text in known or (head.operation > row.changes["shared"][1] and noted_at <= row.at):
            return True
    return False


def note_restore(register: Register, now: datetime, backup: BackupReader, present: Present | None, swap: Swap) -> None:
    """Note in a restored register's history where it came from, and what history was left behind for it."""
    manifest = backup.manifest
    left = "" if present is None or present.name != register.name else present.head
    shared = _shared(register, present) if left else _operation(manifest.register.head)
    told = {
        "file": (None, backup.path.name),
        "made_at": (None, manifest.made_at.isoformat()),
        "head": (left or None, manifest.register.head or None),
        "shared": (None, shared),
        "left": (None, _left_in_backups(register)),
        "moved_aside": (None, None if present is None else swap.aside),
    }
    why = f"{backup.path.name} ทำเมื่อ {bangkok_time(manifest.made_at)}"
    with register.transaction() as connection:
        who = office_years.setting(connection, "officer") or ""
        operation = operations.begin(connection, now, who, ACTION, why)
        operations.note(connection, operation, KIND, KEY, told, None)


def _left_in_backups(register: Register) -> list[str]:
    """The heads of the automatic backups that are of another history, of whichever restore before this one."""
    heads = {
        each.register.head for each in manifests_there(register.folder.parent) if each.register.name == register.name
    }
    links = register_copy.links_of(register.connection)
    noted = [head_of_text(head) for head in heads if head]
    return sorted(head.text for head in noted if links.get(head.operation, b"").hex() != head.link)


def _shared(register: Register, present: Present | None) -> int:
    """The last operation up to which two histories are the same."""
    there = {} if present is None else present.links
    coming = register_copy.links_of(register.connection)
    return max((operation for operation, link in coming.items() if there.get(operation) == link), default=0)


def _operation(head: str) -> int:
    return head_of_text(head).operation if head else 0


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """The writer's lock of a data folder, made when it is not there; raises RegisterBusy."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = take_lock(folder)
    try:
        yield
    finally:
        lock.release()


def _keep_present(folder: Path, present: Present | None, now: datetime) -> str:
    """Try an automatic backup of what is there; gives what to say when there is none."""
    if present is None:
        return ""
    if present.trouble:
        return "ทะเบียนเดิมอ่านไม่ได้ จึงไม่มีสำเนาอัตโนมัติของมัน แต่แฟ้มเดิมเก็บไว้ทั้งหมด"
    source = Source(folder, lambda: register_copy.snapshot_of_file(folder / REGISTER_NAME), "", now)
    try:
        automatic_backup_of(source, "ก่อนกู้คืน", head_of_text(present.head) if present.head else None)
    except (CannotDo, RegisterRefused) as problem:
        return f"ไม่มีสำเนาอัตโนมัติของข้อมูลเดิม แต่แฟ้มเดิมเก็บไว้ทั้งหมด ({problem})"
    return ""


def _unpack(backup: BackupReader, coming: Path, tell: Tell) -> None:
    """Write the backup's register, brought to this program's version, and its attachments; on the disk for good."""
    register = register_copy.of_newest_version(backup.content(REGISTER, tell))
    with (coming / REGISTER_NAME).open("xb") as file:
        file.write(register)
        file.flush()
        os.fsync(file.fileno())
    for content in backup.manifest.attachments:
        attachment_files.add(coming, bytes(backup.content(f"{STORE}/{content.sha256}", tell)))


def _note_and_verify(
    folder: Path, backup: BackupReader, present: Present | None, swap: Swap, now: datetime
) -> tuple[int, int]:
    """Note the restore in what was unpacked, and verify it from the disk; gives its complaints and attachments."""
    coming = folder / restore_steps.COMING
    register = open_for_writing(coming)
    try:
        note_restore(register, now, backup, present, swap)
        found = examine(register.connection)
        contents = attachments.contents(register.connection)
        owners = {each: len(attachments.owners_of(register.connection, each)) for each in contents}
    finally:
        register.close()
    survey = attachment_files.survey(coming, contents)
    if survey.unreadable:
        raise CannotDo(
            f"อ่านข้อมูลที่คลายจากสำเนา {backup.path} กลับมาตรวจไม่ได้ จึงไม่กู้คืน {SAFE} โปรดตรวจดิสก์ สิทธิ์ และโปรแกรมที่เปิดแฟ้มค้างไว้"
        )
    if found.problems or set(survey.missing) != set(backup.manifest.missing) or survey.damaged:
        raise CannotDo(f"ข้อมูลที่คลายจากสำเนา {backup.path} ตรวจไม่ผ่าน จึงไม่กู้คืน {SAFE} โปรดตรวจดิสก์หรือใช้สำเนาอื่น")
    (coming / LOCK_NAME).unlink(missing_ok=True)
    for name in restore_steps.SIDE_FILES:
        (coming / name).unlink(missing_ok=True)  # emptied when the register was closed
    return found.complaints, sum(count for sha256, count in owners.items() if sha256 not in survey.missing)


def _take_drafts_along(folder: Path, backup: BackupReader, present: Present | None) -> None:
    """What was typed and not saved is offered beside the restored register too, unless another's lies there now."""
    if present is None or present.name in ("", backup.manifest.register.name):
        with suppress(draft_file.DraftsDamaged, OSError):  # they lie aside with all else
            if kept := draft_file.read_drafts(folder):
                draft_file.write_drafts(folder / restore_steps.COMING, kept)


@contextmanager
def _told_plainly(folder: Path) -> Iterator[None]:
    """What the disk refuses, in one Thai sentence."""
    try:
        yield
    except OSError as error:
        safe = SAFE
        if restore_steps.is_under_way(folder):
            safe = "ข้อมูลเดิมไม่ถูกลบ โปรดเปิดโปรแกรมใหม่เพื่อให้กลับที่เดิม"
        why = "ที่ว่างในดิสก์ไม่พอ" if error.errno in FULL else "ดิสก์ไม่ยอมให้อ่านหรือเขียน หรือมีโปรแกรมอื่นเปิดแฟ้มค้างอยู่"
        raise CannotDo(f"กู้คืนไม่สำเร็จ {why} {safe}") from error


def _stamp(now: datetime) -> str:
    here = now.astimezone(BANGKOK)
    return f"{here.year + ERA_OFFSET:04d}{here:%m%d-%H%M%S}"
