"""The register file: opening, creating, refusing, and one transaction at a time.

Durability as measured: ``journal_mode=TRUNCATE, synchronous=EXTRA`` lost no acknowledged commit in simulated power
cuts. One writer: a lock the system releases when the program dies.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

from filelock import FileLock, Timeout

from desktop.storage import chain, restore_steps
from desktop.storage.anchor import outside_name, read_anchor, write_anchor
from desktop.storage.chain_beginning import register_name
from desktop.storage.durable import advice, replace_patiently
from desktop.storage.places import refuse_place
from desktop.storage.recognising import recognise, refuse_foreign_schema, version_of
from desktop.storage.register_folder import (
    ASIDE_PREFIX,
    BACKUP_SUFFIX,
    BACKUPS_FOLDER,
    DRAFTS_NAME,
    LOCK_NAME,
    MARK_NAME,
    REGISTER_NAME,
)
from desktop.storage.register_refusals import RegisterBusy, RegisterLost, RegisterRefused, explained
from desktop.storage.schema import APPEND_ONLY, VERSION, migrate

BUSY_SECONDS = 5.0
LOCK_SECONDS = 1.0
Connection = sqlite3.Connection  # for the rooms above, which hold it in their hands but speak no SQL


class Gate:
    """Whether saving is open: shut, with the reason, while the register is examined and when it is found damaged."""

    def __init__(self) -> None:
        self.shut_because = ""


class Register:
    """An open register; ``writable`` tells whether this process holds the writer's lock.

    ``outside`` is this user's folder of anchors, away from the register.
    """

    def __init__(
        self,
        folder: Path,
        connection: sqlite3.Connection,
        lock: FileLock | None,
        outside: Path | None = None,
        gate: Gate | None = None,
    ) -> None:
        self.folder = folder
        self.connection = connection
        self.outside = outside
        self.gate = gate or Gate()
        self._lock = lock

    @property
    def writable(self) -> bool:
        """Whether changes can be made through it."""
        return self._lock is not None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: commits when the block ends, rolls back when it raises."""
        if not self.writable:
            raise RegisterRefused(f"ทะเบียนใน {self.folder} เปิดไว้เพื่ออ่านอย่างเดียว ไม่มีอะไรถูกแก้ไข")
        if self.gate.shut_because:
            raise RegisterRefused(self.gate.shut_because)
        with explained(self.folder):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                chain.close_links(self.connection)
                self.connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # a failed COMMIT may have rolled back already
                    self.connection.execute("ROLLBACK")
                raise
        self._drop_anchor(self.folder / MARK_NAME)

    def second_connection(self) -> "Register":
        """Another connection under the same lock, for work on another thread; close it there."""
        connection = _connect(self.folder / REGISTER_NAME, read_only=not self.writable)
        connection.set_authorizer(_authorise)
        return Register(self.folder, connection, self._lock, self.outside, self.gate)

    def close_connection(self) -> None:
        """Close this connection and keep the lock: for a second connection."""
        self.connection.close()

    def close(self) -> None:
        """Close the register and let another writer in."""
        if self.writable and not self.gate.shut_because:
            self.anchor()
        self.connection.close()
        if self._lock is not None:
            self._lock.release()

    def anchor(self) -> None:
        """Note where the history ends, beside the register and away from it."""
        with suppress(sqlite3.Error):
            self._renew_anchor(self.folder / MARK_NAME)
            if self.outside is not None:
                for name in (self.name, ""):  # that of no register tells that there was one in this folder
                    self._renew_anchor(self.outside / outside_name(self.folder, name))

    @cached_property
    def name(self) -> str:
        """The register's own name."""
        return register_name(self.connection)

    def _drop_anchor(self, path: Path) -> None:
        head = chain.head(self.connection)
        if head is not None:
            write_anchor(path, self.name, head)

    def _renew_anchor(self, path: Path) -> None:
        """The same where it may be there already: an anchor tells when the chain came to end so."""
        noted = read_anchor(path)
        if noted is None or noted.head != chain.head(self.connection) or noted.register != self.name:
            self._drop_anchor(path)


def open_for_writing(
    folder: Path,
    outside: Path | None = None,
    before_migration: Callable[[sqlite3.Connection], None] | None = None,
    *,
    anew: bool = False,
) -> Register:
    """The register of a data folder, made when the folder never had one; raises RegisterRefused.

    ``outside`` is where this user's anchors are kept; ``before_migration`` is shown a register of an older program
    before it is changed; ``anew`` makes an empty one where one was lost: the officer's own wish alone.
    """
    refuse_place(folder)
    path, under_way = folder / REGISTER_NAME, restore_steps.is_under_way(folder)
    if not anew and not folder.exists():
        _refuse_if_lost(folder, outside)
    _make_folder(folder)
    if path.exists() and not under_way:  # what a cut restore replaces may be no register
        recognise(path)
    lock = take_lock(folder)
    try:
        restore_steps.settle(folder)
        if not anew:
            _refuse_if_lost(folder, outside)
        if not path.exists():
            _create(folder)
        recognise(path)
        connection = _brought_along(folder, before_migration)
        register = Register(folder, connection, lock, outside)
        if anew or not (folder / MARK_NAME).exists():
            register.anchor()
        return register
    except BaseException:
        lock.release()
        raise


def open_for_reading(
    folder: Path, outside: Path | None = None, before_migration: Callable[[sqlite3.Connection], None] | None = None
) -> Register:
    """The same for reading alone, beside an open window too; a new folder gets its register first."""
    path = folder / REGISTER_NAME
    if restore_steps.is_under_way(folder):
        open_for_writing(folder, outside, before_migration).close()
    if not path.exists():
        _refuse_if_lost(folder, outside)
        open_for_writing(folder).close()
    recognise(path)
    with explained(folder, opening=True):
        connection = _connect(path, read_only=True)
        with _closed_when_refused(connection):
            is_old = version_of(connection, path) < VERSION
    if is_old:
        connection.close()
        open_for_writing(folder, outside, before_migration).close()
        with explained(folder, opening=True):
            connection = _connect(path, read_only=True)
    connection.set_authorizer(_authorise)
    return Register(folder, connection, None, outside)


def _brought_along(folder: Path, before_migration: Callable[[sqlite3.Connection], None] | None) -> sqlite3.Connection:
    """The register open for writing, in this program's version."""
    path = folder / REGISTER_NAME
    with explained(folder, opening=True):
        connection = _connect(path, read_only=False)
    with _closed_when_refused(connection):
        with explained(folder, opening=True):
            version = version_of(connection, path)
            if version < VERSION:
                refuse_foreign_schema(connection, path, version)
        if version < VERSION and before_migration is not None:
            with explained(folder):
                before_migration(connection)
        with explained(folder, opening=True):
            migrate(connection, version)
        connection.set_authorizer(_authorise)
    return connection


@contextmanager
def _closed_when_refused(connection: sqlite3.Connection) -> Iterator[None]:
    """Let go of a file that cannot be used: a restore renames it, and Windows renames no open file."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _authorise(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """Nothing of the program's own changes tables and triggers, opens another file or takes history back."""
    if action in _NEVER or (action == sqlite3.SQLITE_DELETE and first in APPEND_ONLY):
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and first == "writable_schema":
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and second == "load_extension":
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


_NEVER = frozenset(
    getattr(sqlite3, f"SQLITE_{name}")
    for name in (
        "ATTACH",
        "DETACH",
        "ALTER_TABLE",
        "CREATE_TABLE",
        "CREATE_INDEX",
        "CREATE_TRIGGER",
        "CREATE_VIEW",
        "CREATE_VTABLE",
        "DROP_TABLE",
        "DROP_INDEX",
        "DROP_TRIGGER",
        "DROP_VIEW",
        "DROP_VTABLE",
    )
)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RegisterRefused(f"สร้างโฟลเดอร์ข้อมูล {folder} ไม่ได้ {advice(error)} และชื่อของโฟลเดอร์") from error


def take_lock(folder: Path) -> FileLock:
    """The writer's lock of a data folder; raises RegisterBusy while another process holds it."""
    # Any thread of this process may use and release it: it is the process that is the one writer.
    lock = FileLock(folder / LOCK_NAME, thread_local=False)
    try:
        lock.acquire(timeout=LOCK_SECONDS)
    except Timeout:
        raise RegisterBusy(f"หน้าต่างโปรแกรมเปิดทะเบียนใน {folder} อยู่ โปรดปิดหน้าต่างก่อนแล้วลองใหม่ ไม่มีอะไรถูกแก้ไข") from None
    except OSError as error:
        raise RegisterRefused(f"เขียนในโฟลเดอร์ {folder} ไม่ได้ {advice(error)} ไม่มีอะไรถูกแก้ไข") from error
    return lock


def _refuse_if_lost(folder: Path, outside: Path | None) -> None:
    """An empty register is never shown in place of a lost one: what only a register leaves tells that there was one.

    Where the whole folder is gone, this user's own folder of anchors tells.
    """
    if os.path.lexists(folder / REGISTER_NAME):
        return
    left = (MARK_NAME, DRAFTS_NAME, f"{BACKUPS_FOLDER}/*{BACKUP_SUFFIX}", f"{ASIDE_PREFIX}*", "attachments/*/*")
    try:
        lost = is_remembered(folder, outside) or any(next(folder.glob(each), None) for each in left)
    except OSError as error:
        raise RegisterRefused(f"อ่านโฟลเดอร์ {folder} ไม่ได้ {advice(error)} ไม่มีอะไรถูกแก้ไข") from error
    if lost:
        raise RegisterLost(
            f"ไม่พบทะเบียน {folder / REGISTER_NAME} ทั้งที่เคยมี โปรแกรมไม่สร้างใหม่ให้ โปรดนำแฟ้มกลับมาหรือกู้คืนจากสำเนาสำรอง"
        )


def is_remembered(folder: Path, outside: Path | None) -> bool:
    """Whether this user's own folder of anchors tells that a data folder had a register."""
    return outside is not None and (outside / outside_name(folder, "")).exists()


def _create(folder: Path) -> None:
    """Make an empty register whole under another name, then give it its own: never a half-made one."""
    try:
        _make_whole(folder)
    except OSError as error:
        raise RegisterRefused(f"สร้างทะเบียนใน {folder} ไม่ได้ {advice(error)} แล้วลองใหม่") from error


def _make_whole(folder: Path) -> None:
    making = folder / f"{REGISTER_NAME}.making"
    journal = making.with_name(f"{making.name}-journal")  # TRUNCATE leaves it behind, empty
    for leftover in (making, journal):
        leftover.unlink(missing_ok=True)
    with explained(folder):
        connection = sqlite3.connect(making, isolation_level=None)
        try:
            _set_pragmas(connection)
            migrate(connection, 0)
        finally:
            connection.close()
    journal.unlink(missing_ok=True)
    replace_patiently(making, folder / REGISTER_NAME)


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    uri = path.absolute().as_uri()
    connection = sqlite3.connect(
        f"{uri}?mode=rw", uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False
    )
    try:
        _set_pragmas(connection)
        if read_only:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _set_pragmas(connection: sqlite3.Connection) -> None:
    for pragma in (
        "journal_mode = TRUNCATE",
        "synchronous = EXTRA",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # REPLACE passes no append-only trigger by
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "secure_delete = ON",
        "cache_spill = OFF",  # a long import keeps its pages: the window beside it can read until the commit
        "temp_store = MEMORY",  # nothing of the register in temporary files
        "mmap_size = 0",
    ):
        connection.execute(f"PRAGMA {pragma}").close()
