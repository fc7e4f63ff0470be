"""Making a backup: everything in one file, read again from the disk and wholly verified before it gets its name.

What goes wrong leaves the register, the older backups and a file of that name as they were.
"""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.services.desk import CannotDo, Desk
from desktop.services.progress import Cancelled, Progress
from desktop.services.whole_files import WholeFile
from desktop.storage import attachment_files, backup_file, backup_reader, register_copy
from desktop.storage.attachment_files import STORE, AttachmentRefused
from desktop.storage.backup_cipher import Flawed
from desktop.storage.backup_file import Tell
from desktop.storage.backup_manifest import PROGRAM, REGISTER, Content, Manifest
from desktop.storage.backup_reader import BackupRefused, BackupUnreadable
from desktop.storage.register import Connection
from desktop.storage.register_copy import Copy
from desktop.storage.register_folder import is_own_file
from desktop.storage.register_refusals import explained

FOLDER = "backups"  # of the automatic ones, in the data folder
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # what a disk without room says
_REGISTER_PASSES, _ATTACHMENT_PASSES = 2, 4  # written and verified; attachments are looked at before, and summed


@dataclass(frozen=True)
class Backup:
    """A verified backup; ``attachments`` counts those in it, ``missing`` the contents that were gone or damaged."""

    path: Path
    complaints: int
    attachments: int
    sha256: str
    head: str
    made_at: datetime
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """What a backup is made of: a data folder, what gives its register's bytes, the program's version, a time (UTC)."""

    folder: Path
    snapshot: Callable[[], bytes]
    version: str
    made_at: datetime


class Meter:
    """Turns bytes into parts of a hundred, and the officer's ยกเลิก into Cancelled."""

    def __init__(self, progress: Progress | None, total: int = 0) -> None:
        self._progress = progress
        self._total = total
        self._done = self._shown = 0

    def tell(self, done: int) -> None:
        """So many bytes more."""
        self._done += done
        self._shown = max(self._shown, min(99, 100 * self._done // max(self._total, 1)))  # never back
        if self._progress is not None and not self._progress(self._shown, 100):
            raise Cancelled

    def add(self, more: int) -> None:
        """There is more to do than was known."""
        self._total += more

    def finish(self) -> None:
        """All is done: too late to cancel."""
        if self._progress is not None:
            self._progress(100, 100)


def make_backup(
    desk: Desk, path: Path, passphrase: str | None = None, progress: Progress | None = None, reason: str = ""
) -> Backup:
    """Write a verified backup of everything, sealed when there is a passphrase.

    Raises CannotDo or RegisterRefused in one Thai sentence, Cancelled when the officer says so; nothing is left then.
    """
    return backup_of(source_of(desk), path, passphrase, progress, reason)


def source_of(desk: Desk) -> Source:
    """The desk's register as it is when it is asked for."""
    register = desk.register
    return Source(
        register.folder, lambda: register_copy.snapshot(register.connection), desk.shipped.version, desk.now_of()
    )


def backup_of(
    source: Source, path: Path, passphrase: str | None = None, progress: Progress | None = None, reason: str = ""
) -> Backup:
    """The same of a source."""
    path = path.absolute()
    refuse_passphrase(passphrase)
    refuse_target(source.folder, path)
    meter = Meter(progress)
    with _told_plainly(path), WholeFile(path) as whole:
        manifest, copy = _write(source, whole.making, passphrase, reason, meter)
        _verify(whole.making, manifest, passphrase, meter.tell)
        sha256 = backup_file.sha256_of(whole.making)
        whole.give_name()
    meter.finish()
    gone = sum(copy.owners[each] for each in manifest.missing)
    facts = manifest.register
    return Backup(path, facts.complaints, facts.attached - gone, sha256, facts.head, source.made_at, manifest.missing)


def refuse_passphrase(passphrase: str | None) -> None:
    """Raise CannotDo for a blank one."""
    if passphrase is not None and not passphrase.strip():
        raise CannotDo("รหัสผ่านว่างเปล่า ยังไม่ได้ทำอะไร โปรดตั้งรหัสผ่านหรือทำสำเนาแบบไม่เข้ารหัส")


def refuse_target(folder: Path, path: Path) -> None:
    """Raise CannotDo for a place no backup may be written to: the data folder's own files, a file of another kind."""
    if path.is_dir():
        raise CannotDo(f"{path} เป็นโฟลเดอร์ ไม่ใช่แฟ้ม โปรดระบุชื่อแฟ้มด้วย ไม่มีอะไรถูกเขียน")
    inside = (
        path.resolve().relative_to(folder.resolve()).parts if path.resolve().is_relative_to(folder.resolve()) else ()
    )
    if is_own_file(folder, path) or (len(inside) > 1 and inside[0] != FOLDER):
        raise CannotDo(f"{path} เป็นที่ของทะเบียนเอง เขียนสำเนาลงไปไม่ได้ โปรดใช้ชื่อหรือโฟลเดอร์อื่น ไม่มีอะไรถูกเขียน")
    try:
        other = path.exists() and not backup_file.looks_like_backup(path)
    except OSError:
        return  # the writing itself will tell
    if other:
        raise CannotDo(f"{path} มีอยู่แล้วและไม่ใช่สำเนาสำรอง จึงไม่เขียนทับ โปรดใช้ชื่ออื่น ไม่มีอะไรถูกเขียน")


def _write(source: Source, making: Path, passphrase: str | None, reason: str, meter: Meter) -> tuple[Manifest, Copy]:
    """Write the whole backup under its passing name and have the disk keep it."""
    with explained(source.folder):
        register = source.snapshot()
    with register_copy.opened(register) as connection:
        copy = register_copy.describe(connection, register)
        attached = sum(each.size for each in copy.attachments)
        meter.add(_REGISTER_PASSES * len(register) + _ATTACHMENT_PASSES * attached)
        manifest = _manifest(source, copy, reason, meter.tell)
        contents = _contents_of(source.folder, register, manifest, connection)
        with making.open("wb") as file:
            backup_file.write(file, manifest, contents, passphrase, meter.tell)
            file.flush()
            os.fsync(file.fileno())
        return manifest, copy


def _manifest(source: Source, copy: Copy, reason: str, tell: Tell) -> Manifest:
    """The list of what will be in it: attachments that are whole, and of those the history alone speaks of, as many."""
    there = {each: _size_of(source.folder, each, tell) for each in {*copy.owners, *copy.once_attached}}
    found = [Content(sha256, size) for sha256, size in sorted(there.items()) if size is not None]
    return Manifest(
        program=f"{PROGRAM} {source.version}".strip(),
        reason=reason,
        made_at=source.made_at,
        register=copy.facts,
        attachments=tuple(found),
        missing=tuple(sorted(sha256 for sha256 in copy.owners if there[sha256] is None)),
        reports=copy.reports,
    )


def _size_of(folder: Path, sha256: str, tell: Tell) -> int | None:
    """The bytes of an attachment that is whole; None for one that is gone, damaged or not to be read."""
    try:
        size = len(attachment_files.read(folder, sha256))
    except AttachmentRefused:
        return None
    tell(size)
    return size


def _contents_of(folder: Path, register: bytes, manifest: Manifest, connection: Connection) -> Callable[[str], bytes]:
    papers = {f"reports/{paper.name}": paper for paper in manifest.reports}

    def content(name: str) -> bytes:
        if name == REGISTER:
            return register
        if name in papers:
            return register_copy.paper_of(connection, papers[name])
        return attachment_files.read(folder, name.removeprefix(f"{STORE}/"))

    return content


def _verify(making: Path, manifest: Manifest, passphrase: str | None, tell: Tell) -> None:
    """Read what was written again, every byte of it, and examine its register."""
    with backup_reader.opened(making, passphrase, tell) as written:
        if written.manifest != manifest:
            raise BackupRefused(making, backup_reader.DAMAGED)
        written.check(tell)


@contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    """Whatever stops a backup, in one Thai sentence that names the file the officer asked for."""
    safe = "ทะเบียนและสำเนาเก่าอยู่ครบ"
    try:
        yield
    except BackupUnreadable as error:
        raise CannotDo(_words_of_disk(path, error.__cause__)) from error
    except (BackupRefused, Flawed) as error:
        problems = getattr(error.__cause__, "problems", ())
        if problems:
            raise CannotDo(
                f"ทะเบียนตรวจไม่ผ่าน ({problems[0]}) จึงไม่ทำสำเนาที่ใช้ไม่ได้ {safe} โปรดตรวจทะเบียนหรือกู้คืนจากสำเนาเก่า"
            ) from error
        raise CannotDo(f"สำเนา {path} ตรวจทานแล้วไม่ตรงกับทะเบียน จึงไม่เก็บไว้ {safe} โปรดตรวจดิสก์แล้วลองใหม่") from error
    except CannotDo as error:
        if isinstance(error.__cause__, OSError):  # the name could not be given
            raise CannotDo(_words_of_disk(path, error.__cause__)) from error
        raise
    except OSError as error:
        raise CannotDo(_words_of_disk(path, error)) from error


def _words_of_disk(path: Path, error: BaseException | None) -> str:
    if getattr(error, "errno", None) in FULL:
        return f"ที่ว่างใน {path.parent} ไม่พอ สำเนาไม่ถูกเขียน ทะเบียนและสำเนาเก่าอยู่ครบ โปรดเพิ่มที่ว่างหรือเลือกที่เก็บอื่น"
    return f"เขียนสำเนาลง {path.parent} ไม่สำเร็จ อุปกรณ์อาจถูกถอดหรือเสีย ทะเบียนและสำเนาเก่าอยู่ครบ โปรดตรวจอุปกรณ์และสิทธิ์แล้วลองใหม่"
