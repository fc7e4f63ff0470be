"""The automatic backups in the data folder: made without being asked, listed with their state, thinned with age."""

import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from desktop.domain.thai_dates import BANGKOK, ERA_OFFSET
from desktop.exchange import leftovers
from desktop.services.backups import FOLDER, Backup, Meter, Source, backup_of, source_of
from desktop.services.desk import CannotDo, Desk
from desktop.services.progress import Cancelled, Progress
from desktop.services.thinning import to_thin
from desktop.storage import attachments, backup_reader, chain, register_copy
from desktop.storage.backup_file import SUFFIX
from desktop.storage.backup_manifest import Manifest
from desktop.storage.backup_reader import BackupRefused, PassphraseNeeded
from desktop.storage.chain import Head
from desktop.storage.durable import advice
from desktop.storage.register import Connection
from desktop.storage.register_refusals import explained

Place = Desk | Path  # an open register, or the data folder of one that cannot be opened
_NAME = re.compile(r"ทะเบียน-(\d{4})(\d{4}-\d{6})(?:-(\d{1,18}))?" + re.escape(SUFFIX))
_MAKING = threading.Lock()
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class State(Enum):
    """What a look at a backup found, in the officer's word."""

    GOOD = "ใช้ได้"
    DAMAGED = "ใช้ไม่ได้"
    SEALED = "มีรหัสผ่าน"


@dataclass(frozen=True)
class Found:
    """A backup that lies there, as its own list tells; ``why`` says what is wrong with it. Times are UTC."""

    path: Path
    state: State
    why: str = ""
    made_at: datetime | None = None
    complaints: int | None = None
    newest_change: datetime | None = None
    reason: str = ""

    @property
    def good(self) -> bool:
        """Whether it is byte for byte what was verified when it was made."""
        return self.state is State.GOOD


def back_up_now(desk: Desk, reason: str, progress: Progress | None = None) -> Backup | None:
    """Make an automatic backup, then thin the older ones; None when a good one holds all of this already.

    That is read through from its first to its last byte, and the older ones are thinned then too.

    ``reason`` is the officer's word for the occasion. Raises CannotDo or RegisterRefused: the older ones are untouched.
    """
    with _one_at_a_time(progress):
        return _back_up(desk, reason, progress)


def _back_up(desk: Desk, reason: str, progress: Progress | None) -> Backup | None:
    folder, now = desk.register.folder, desk.now_of()
    with explained(folder):
        head = chain.head(desk.register.connection)
        attached = set(attachments.contents(desk.register.connection))
        empty = register_copy.is_empty(desk.register.connection)
    verified, made = _holding(folder, head, attached, progress), None
    if verified is None:
        if empty and not listed(folder):
            return None  # there is nothing to lose yet
        made = automatic_backup_of(source_of(desk), reason, head, progress)
        verified = made.path
    thin(folder, now, verified)
    return made


@contextmanager
def _one_at_a_time(progress: Progress | None) -> Iterator[None]:
    """One is made behind the window at a start: who wants another meanwhile waits, and mostly finds it made."""
    while not _MAKING.acquire(timeout=0.1):
        if progress is not None and not progress(0, 100):
            raise Cancelled
    try:
        yield
    finally:
        _MAKING.release()


def lacks_backup(desk: Desk) -> bool:
    """Whether no automatic backup has all of the history, by their names and lists alone: quick enough for a closing.

    It does not matter who changed something, or when. Raises RegisterRefused when the register cannot be read.
    """
    folder = desk.register.folder
    with explained(folder):
        head, empty = chain.head(desk.register.connection), register_copy.is_empty(desk.register.connection)
    there = listed(folder)
    if not there:
        return not empty
    return head is None or not any(_is_of(path, head) for path in there)


def _is_of(path: Path, head: Head) -> bool:
    """Whether a backup was made at a head; after a restore another history counts the same numbers."""
    if _operation_of_name(path.name) == head.operation:
        with suppress(BackupRefused), backup_reader.opened(path, None) as backup:
            return backup.manifest.register.head == head.text
    return False


def automatic_backup_of(source: Source, reason: str, head: Head | None, progress: Progress | None = None) -> Backup:
    """Make an automatic backup of a source whose chain ends at ``head``, thinning nothing."""
    backups = source.folder / FOLDER
    try:
        backups.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotDo(f"สร้างโฟลเดอร์ {backups} ไม่ได้ จึงยังไม่มีสำเนา ทะเบียนอยู่ครบ {advice(error)}") from error
    return backup_of(source, backups / name_of(source.made_at, head), None, progress, reason)


def before_migration(folder: Path, version: str, now: datetime) -> "BeforeMigration":
    """What ``open_for_writing`` shows a register of an older program to: it is backed up before it is changed."""
    return BeforeMigration(folder, version, now)


@dataclass(frozen=True)
class BeforeMigration:
    """Backs a register up; raises CannotDo when it cannot, and nothing is migrated then."""

    folder: Path
    version: str
    now: datetime

    def __call__(self, connection: Connection) -> None:
        """Take the register as it is."""
        source = Source(self.folder, lambda: register_copy.snapshot(connection), self.version, self.now)
        automatic_backup_of(source, "ก่อนปรับปรุงรุ่นของทะเบียน", None)


def name_of(made_at: datetime, head: Head | None) -> str:
    """``ทะเบียน-25630128-101500-123.rtbackup``: Bangkok's time in the Buddhist era, and the newest operation."""
    here = made_at.astimezone(BANGKOK)
    operation = "" if head is None else f"-{head.operation}"
    return f"ทะเบียน-{here.year + ERA_OFFSET:04d}{here:%m%d-%H%M%S}{operation}{SUFFIX}"


def moment_of_name(name: str) -> datetime | None:
    """The time (UTC) an automatic backup's name tells; None for another name."""
    found = _NAME.fullmatch(name)
    if found is not None:
        with suppress(ValueError):
            here = datetime.strptime(f"{int(found[1]) - ERA_OFFSET:04d}{found[2]}", "%Y%m%d-%H%M%S")
            return here.replace(tzinfo=BANGKOK).astimezone(UTC)
    return None


def _operation_of_name(name: str) -> int:
    found = _NAME.fullmatch(name)
    return int(found[3] or 0) if found is not None else 0


def backups_there(place: Place, progress: Progress | None = None) -> list[Found]:
    """Every backup in the data folder, each looked at from its first to its last byte, newest first."""
    paths = listed(place)
    meter = Meter(progress, sum(_size(path) for path in paths))
    found = [look_at(path, meter) for path in paths]
    return sorted(found, key=lambda each: each.made_at or _LONG_AGO, reverse=True)


def newest_good(place: Place) -> Found | None:
    """The newest one that is still what was verified; older ones are tried when it is not."""
    return next((found for path in listed(place) if (found := look_at(path)).good), None)


def look_at(path: Path, meter: Meter | None = None) -> Found:
    """Whether a backup is byte for byte what was verified when it was made, and what its list says."""
    tell = Meter(None).tell if meter is None else meter.tell
    made_at = moment_of_name(path.name)
    try:
        with backup_reader.opened(path, None, tell) as backup:
            manifest = backup.manifest
    except PassphraseNeeded as sealed:
        return Found(path, State.SEALED, sealed.why, made_at)
    except BackupRefused as refused:
        return Found(path, State.DAMAGED, refused.why, made_at)
    facts = manifest.register
    told = (manifest.made_at, facts.complaints, facts.newest_change, manifest.reason)
    return Found(path, State.GOOD, "", *told)


def manifests_there(place: Place) -> list[Manifest]:
    """The lists of the backups that can be read, newest first: their heads are anchors of the history."""
    found = []
    for path in listed(place):
        with suppress(BackupRefused), backup_reader.opened(path, None) as backup:
            found.append(backup.manifest)
    return found


def thin(folder: Path, now: datetime, verified: Path) -> list[Path]:
    """Delete the automatic backups that may go, when ``verified``, the newest of them, has just been verified.

    Nothing goes when the clock looks wrong, or a newer one lies there (but for one from after now). Gives what was
    deleted.
    """
    moments = {path: made_at for path in listed(folder) if (made_at := moment_of_name(path.name)) is not None}
    made_at = moments.get(verified)
    if made_at is None or any(made_at < other <= now for other in moments.values()):
        return []
    going = set(to_thin(moments.values(), now))
    gone = []
    for path, made_at in moments.items():
        if made_at in going and path != verified:
            with suppress(OSError):  # another program holds it: the next time
                path.unlink()
                gone.append(path)
    return gone


def sweep(place: Place) -> int:
    """Take away what a killed backup left in the folder of the automatic ones; tells how many."""
    return leftovers.sweep(folder_of(place) / FOLDER)


def folder_of(place: Place) -> Path:
    """The data folder of a place."""
    return place.register.folder if isinstance(place, Desk) else place


def listed(place: Place) -> list[Path]:
    """The backups in a data folder, by what their names tell, newest first."""
    found: Iterable[Path] = ()
    with suppress(OSError):
        found = [
            path
            for path in (folder_of(place) / FOLDER).iterdir()
            if path.suffix == SUFFIX and not path.name.startswith(".")
        ]
    return sorted(found, key=_age_of_name, reverse=True)


def _age_of_name(path: Path) -> tuple[datetime, int, str]:
    return moment_of_name(path.name) or _LONG_AGO, _operation_of_name(path.name), path.name


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


def _holding(folder: Path, head: Head | None, attached: set[str], progress: Progress | None) -> Path | None:
    """The automatic backup that has this head and these attachments and is still what was verified.

    It is looked for by the history's own count, not by the clock. Raises Cancelled.
    """

    def wanted_still(_: int, whole: int) -> bool:
        return progress is None or progress(0, whole)  # one may have to be made yet: nothing is done so far

    for path in listed(folder):
        if head is not None and _operation_of_name(path.name) == head.operation:
            with suppress(BackupRefused), backup_reader.opened(path, None, Meter(wanted_still).tell) as backup:
                packed = {content.sha256 for content in backup.manifest.attachments}
                if backup.manifest.register.head == head.text and attached <= packed:
                    return path
    return None
