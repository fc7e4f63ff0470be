"""Restoring a backup: looked into on a copy, compared with what is there, swapped in so that a cut leaves one whole.

What was there is moved aside, never deleted; the restore stands in the restored register's own history.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.thai_dates import BANGKOK, ERA_OFFSET
from desktop.services.automatic_backups import Place, automatic_backup_of, folder_of
from desktop.services.backups import Meter, Source
from desktop.services.complaint_history import bangkok_time
from desktop.services.desk import CannotDo
from desktop.services.progress import Progress
from desktop.storage import attachment_files, backup_reader, chain, office_years, operations, register_copy, restore_steps
from desktop.storage.attachment_files import STORE
from desktop.storage.backup_file import Tell
from desktop.storage.backup_manifest import REGISTER, Manifest
from desktop.storage.backup_reader import BackupReader, BackupRefused
from desktop.storage.chain import Head, head_of_text
from desktop.storage.examination import examine
from desktop.storage.places import refuse_place
from desktop.storage.register import (
    LOCK_NAME,
    REGISTER_NAME,
    Register,
    RegisterRefused,
    alone,
    explained,
    open_for_writing,
)

ACTION = "กู้คืนจากสำเนาสำรอง"
KIND, KEY = "restore", "register"  # of its history row: it is never undone
SAFE = "ข้อมูลเดิมอยู่ครบที่เดิม"


@dataclass(frozen=True)
class Contents:
    """What a backup holds, everything in it verified; ``name`` is the register's own name. Times are UTC."""

    path: Path
    made_at: datetime
    complaints: int
    attachments: int
    newest_change: datetime | None
    head: str
    name: str
    problems: tuple[str, ...] = ()  # worth knowing before restoring; none of them hinders it


@dataclass(frozen=True)
class Present:
    """What lies in the data folder now; ``trouble`` says why it cannot be read, and then all else is blank."""

    complaints: int = 0
    attachments: int = 0
    newest_change: datetime | None = None
    head: str = ""
    name: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Comparison:
    """What is there (None: nothing) beside what would come, and what to think of before."""

    present: Present | None
    contents: Contents
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Restored:
    """What came, where what was there is kept now (None: there was nothing), and what could not be done before."""

    complaints: int
    attachments: int
    moved_aside: Path | None
    remark: str = ""


def look_into(path: Path, passphrase: str | None = None, progress: Progress | None = None) -> Contents:
    """Verify the whole of a backup and tell what it holds; raises BackupRefused in one Thai sentence."""
    meter = Meter(progress, 3 * _size(path))
    with backup_reader.opened(path, passphrase, meter.tell) as backup:
        copy = backup.check(meter.tell)
    meter.finish()
    manifest = backup.manifest
    facts, gone = manifest.register, len(manifest.missing)
    problems = (f"แฟ้มแนบ {gone} แฟ้มหายหรือเสียหายอยู่ก่อนแล้วเมื่อทำสำเนานี้",) if gone else ()
    attached = facts.attached - sum(copy.owners[each] for each in manifest.missing)
    told = (facts.complaints, attached, facts.newest_change, facts.head, facts.name)
    return Contents(path, manifest.made_at, *told, problems)


def compare(place: Place, contents: Contents) -> Comparison:
    """Hold what is there against a backup looked into."""
    present = what_is_there(place)
    warnings = [*contents.problems]
    if present is not None and present.trouble:
        warnings.append(present.trouble)
    elif present is not None:
        if present.name and contents.name and present.name != contents.name:
            warnings.append("สำเนานี้เป็นของทะเบียนคนละเล่มกับที่ใช้อยู่")
        if _is_newer(present.newest_change, contents.newest_change):
            assert present.newest_change is not None
            warnings.append(f"ข้อมูลที่ใช้อยู่ใหม่กว่า มีการแก้ไขถึง {bangkok_time(present.newest_change)} ซึ่งไม่มีในสำเนา")
    return Comparison(present, contents, tuple(warnings))


def what_is_there(place: Place) -> Present | None:
    """What lies in a data folder; None when there is no register."""
    folder = folder_of(place)
    path = folder / REGISTER_NAME
    if not path.exists():
        return None
    try:
        with explained(folder):
            content = register_copy.snapshot_of_file(path)
        with register_copy.opened(content) as connection:
            facts = register_copy.describe(connection, content).facts
    except (RegisterRefused, register_copy.Flawed):
        return Present(trouble="ทะเบียนที่มีอยู่อ่านไม่ได้ อาจเสียหาย จะเก็บแฟ้มไว้ตามเดิมโดยไม่แก้ไข")
    return Present(facts.complaints, facts.attached, facts.newest_change, facts.head, facts.name)


def restore(
    folder: Path, path: Path, passphrase: str | None, now: datetime, progress: Progress | None = None
) -> Restored:
    """Put a backup in the place of what is in a data folder, empty or not; ``now`` is UTC.

    Raises CannotDo or RegisterRefused (RegisterBusy while a window has the register open): all is then as it was.
    """
    refuse_place(folder)
    meter = Meter(progress, 7 * _size(path))
    with alone(folder), _told_plainly(folder):
        restore_steps.finish_or_undo(folder)
        with backup_reader.opened(path, passphrase, meter.tell) as backup:
            backup.check(meter.tell)
            present = what_is_there(folder)
            remark = _keep_present(folder, present, now)
            swap = restore_steps.begin(folder, f"{now.astimezone(BANGKOK).year + ERA_OFFSET}{now.astimezone(BANGKOK):%m%d-%H%M%S}")
            try:
                _unpack(backup, folder / restore_steps.COMING, meter.tell)
                counted = _note_and_verify(folder, backup, present, swap.aside, now)
                meter.tell(0)
            except BaseException:
                restore_steps.finish_or_undo(folder)
                raise
            moved_aside = restore_steps.put_in_place(folder, swap)
    meter.finish()
    return Restored(*counted, moved_aside, remark)
