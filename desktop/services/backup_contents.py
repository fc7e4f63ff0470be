"""What a backup holds, wholly verified on a copy in memory, beside what lies in the data folder now."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from desktop.services.automatic_backups import Place, folder_of
from desktop.services.backups import Meter
from desktop.services.complaint_history import bangkok_time
from desktop.services.progress import Progress
from desktop.storage import backup_reader, register_copy
from desktop.storage.backup_cipher import Flawed
from desktop.storage.register_folder import REGISTER_NAME
from desktop.storage.register_refusals import RegisterDamaged, RegisterRefused, explained

MOST_NAMED = 8


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
    """What lies in the data folder now; ``trouble`` says why it cannot be read, and then all else is blank.

    ``links`` is its chain, by operation: how far it is the same as another's; ``erased`` tells when and in which
    complaint something was erased by law.
    """

    complaints: int = 0
    attachments: int = 0
    newest_change: datetime | None = None
    head: str = ""
    name: str = ""
    trouble: str = ""
    links: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    erased: tuple[tuple[datetime, str], ...] = ()


@dataclass(frozen=True)
class Comparison:
    """What is there (None: nothing) beside what would come, and what to think of before."""

    present: Present | None
    contents: Contents
    warnings: tuple[str, ...]


def look_into(path: Path, passphrase: str | None = None, progress: Progress | None = None) -> Contents:
    """Verify the whole of a backup and tell what it holds; raises BackupRefused in one Thai sentence."""
    meter = Meter(progress, size_of(path))
    with backup_reader.opened(path, passphrase, meter.tell) as backup:
        manifest = backup.manifest
        meter.add(manifest.bytes_of_members)
        copy = backup.check(meter.tell)
    meter.finish()
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
        warnings += filter(None, [would_come_back(present, contents.made_at)])
    return Comparison(present, contents, tuple(warnings))


def would_come_back(present: Present, made_at: datetime) -> str:
    """A sentence on what was erased by law after a backup was made (UTC) and stands in it still; blank for nothing."""
    numbers = list(dict.fromkeys(number for at, number in present.erased if at > made_at))
    if not numbers:
        return ""
    named = ", ".join(numbers[:MOST_NAMED]) + (
        f" และอีก {len(numbers) - MOST_NAMED} เรื่อง" if len(numbers) > MOST_NAMED else ""
    )
    return f"สำเนานี้ทำก่อนลบข้อมูลส่วนบุคคลตามกฎหมายของเรื่อง {named} ข้อมูลที่ลบจะกลับมา โปรดลบอีกครั้งหลังกู้คืน"


def what_is_there(place: Place) -> Present | None:
    """What lies in a data folder; None when there is no register. Nothing of it is touched."""
    folder = folder_of(place)
    if not (folder / REGISTER_NAME).exists():
        return None
    try:
        with explained(folder):
            content = register_copy.snapshot_of_file(folder / REGISTER_NAME)
        with register_copy.opened(content) as connection:
            facts = register_copy.describe(connection, content).facts
            links = register_copy.links_of(connection)
            erased = tuple(register_copy.erasures_of(connection))
    except (RegisterDamaged, Flawed):
        return Present(trouble="ทะเบียนที่มีอยู่อ่านไม่ได้ในตอนนี้ อาจเสียหาย แฟ้มจะถูกเก็บไว้ตามเดิมทั้งหมด")
    except RegisterRefused as refused:  # busy, or the disk: no damage
        return Present(trouble=str(refused))
    return Present(
        facts.complaints, facts.attached, facts.newest_change, facts.head, facts.name, links=links, erased=erased
    )


def _is_newer(there: datetime | None, coming: datetime | None) -> bool:
    return there is not None and (coming is None or there > coming)


def size_of(path: Path) -> int:
    """The bytes of a file; 0 when the disk will not say."""
    with suppress(OSError):
        return path.stat().st_size
    return 0
