"""A copy outside this disk: sealed, on a stick, a share or a folder a cloud service takes along; asked for every week.

What a stolen or broken PC takes with it, this copy gives back.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from desktop.domain.thai_dates import BANGKOK, short_date
from desktop.services.automatic_backups import name_of
from desktop.services.backups import Backup, make_backup, refuse_passphrase
from desktop.services.changes import Change, apply_within
from desktop.services.desk import CannotDo, Desk
from desktop.services.history_values import Setting
from desktop.services.progress import Progress
from desktop.storage import chain, office_years, operations, register_copy
from desktop.storage.places import kind_of_place

PLACE_SETTING, DONE_SETTING = "backup_place", "outside_copy_at"
ACTION = "ทำสำเนาไว้นอกเครื่อง"
KIND = "backup"  # of the history row: it is never undone
LONGEST_WITHOUT = timedelta(days=7)
SHORTEST_PASSPHRASE = 8  # letters


@dataclass
class RememberedPassphrase:
    """The passphrase of this session's outside copies, in memory alone and only when the officer says so."""

    passphrase: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class OutsideCopy:
    """A sealed copy; ``counts`` when it lies on another disk or goes to one, ``why_not`` says why it does not."""

    backup: Backup
    why_not: str = ""

    @property
    def counts(self) -> bool:
        """Whether it would outlive this disk."""
        return not self.why_not


def backup_place(desk: Desk) -> Path | None:
    """Where the officer keeps outside copies; None until she chose."""
    kept = office_years.setting(desk.register.connection, PLACE_SETTING)
    return Path(kept) if kept else None


def outside_copy_due(desk: Desk) -> str | None:
    """The reminder when the last outside copy is over seven days old, or there was none; None while all is well."""
    connection = desk.register.connection
    if register_copy.is_empty(connection):
        return None
    kept = office_years.setting(connection, DONE_SETTING)
    if not kept:
        return "ยังไม่เคยทำสำเนาไว้นอกเครื่องนี้ ถ้าเครื่องเสียหรือหาย ข้อมูลจะหายด้วย โปรดทำสำเนาลงแฟลชไดรฟ์หรือที่อื่น"
    made_at = datetime.fromisoformat(kept)
    if timedelta() <= desk.now_of() - made_at <= LONGEST_WITHOUT:
        return None
    day = short_date(made_at.astimezone(BANGKOK).date())
    if made_at > desk.now_of():
        return f"สำเนานอกเครื่องล่าสุดลงวันที่ {day} ซึ่งอยู่หลังวันนี้ โปรดตรวจนาฬิกาของเครื่อง แล้วทำสำเนาใหม่"
    return f"สำเนานอกเครื่องล่าสุดทำเมื่อ {day} เกิน 7 วันแล้ว โปรดเสียบแฟลชไดรฟ์แล้วทำสำเนาใหม่"


def refuse_weak_passphrase(passphrase: str, again: str) -> None:
    """Raise CannotDo for a passphrase too short, or typed in two ways."""
    refuse_passphrase(passphrase)
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        raise CannotDo(f"รหัสผ่านสั้นไป ต้องมีอย่างน้อย {SHORTEST_PASSPHRASE} ตัว ยังไม่ได้ทำสำเนา")
    if passphrase != again:
        raise CannotDo("รหัสผ่านสองช่องไม่เหมือนกัน ยังไม่ได้ทำสำเนา โปรดพิมพ์ใหม่")


def copy_outside(desk: Desk, place: Path, passphrase: str, progress: Progress | None = None) -> OutsideCopy:
    """Make a sealed copy in a folder and note when; raises CannotDo, RegisterRefused or Cancelled."""
    folder = desk.register.folder
    if not place.is_dir():
        raise CannotDo(f"ไม่พบ {place} ยังไม่ได้ทำสำเนา ทะเบียนอยู่ครบ โปรดเสียบอุปกรณ์หรือเลือกที่เก็บอื่น")
    if place.resolve().is_relative_to(folder.resolve()):
        raise CannotDo(f"{place} อยู่ในโฟลเดอร์ของทะเบียนเอง ยังไม่ได้ทำสำเนา โปรดเลือกแฟลชไดรฟ์หรือที่เก็บอื่น")
    refuse_passphrase(passphrase)
    head = chain.head(desk.register.connection)
    made = make_backup(desk, place / name_of(desk.now_of(), head), passphrase, progress, ACTION)
    why_not = "" if is_outside(folder, place) else f"{place} อยู่ในดิสก์เดียวกับทะเบียน ถ้าดิสก์เสียจะหายไปด้วยกัน"
    if desk.register.writable and not desk.register.gate.shut_because:
        _note(desk, made, place, counts=not why_not)
    return OutsideCopy(made, why_not)


def is_outside(folder: Path, place: Path) -> bool:
    """Whether a place lies on another disk than the register, or is carried to one by a network or cloud service."""
    if kind_of_place(place).kind in ("network", "cloud"):
        return True
    return _disk_of(place) != _disk_of(folder)


def _disk_of(path: Path) -> int:
    return path.stat().st_dev


def note_sealed_copy(desk: Desk, made: Backup) -> None:
    """Note a sealed copy on another disk that the officer's own place had no part in: a command made it."""
    _note(desk, made, None, counts=True)


def _note(desk: Desk, made: Backup, place: Path | None, *, counts: bool) -> None:
    """The place, and the time of a copy that counts; in the history as what cannot be undone."""
    values = {} if place is None else {PLACE_SETTING: str(place)}
    values |= {DONE_SETTING: made.made_at.isoformat()} if counts else {}
    with desk.transaction() as connection:
        changes = []
        for name, value in values.items():
            old = office_years.setting(connection, name)
            if old != value:
                changes.append(Change(None if old is None else Setting(name, old), Setting(name, value)))
        done = apply_within(desk, ACTION, changes)
        told = {"file": (None, made.path.name), "head": (None, made.head)}
        operations.note(connection, done.operation, KIND, made.sha256, told, None)
