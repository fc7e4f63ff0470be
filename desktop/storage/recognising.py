"""Whether a file is a register of ours, told before anything of it is used: by its first bytes, then by its schema."""

import sqlite3
from pathlib import Path

from desktop.storage.durable import advice
from desktop.storage.register_refusals import RegisterDamaged, RegisterRefused, unreadable
from desktop.storage.schema import APPLICATION_ID, VERSION, known_schema, schema_of

SQLITE_MAGIC = b"SQLite format 3\x00"
HEADER = 100  # bytes
WAYS_TO_WRITE = {1, 2}  # 2 is a write-ahead log, which another program can have set: the opening takes it back
SCHEMA_FORMAT = 4  # of every register there ever was


def recognise(path: Path) -> None:
    """Refuse, untouched, a file that is no register or whose header SQLite would stumble over."""
    try:
        with path.open("rb") as file:
            head = file.read(HEADER)
    except OSError as error:
        raise RegisterRefused(f"เปิดทะเบียน {path} ไม่ได้ {advice(error)} ไม่มีอะไรถูกแก้ไข") from error
    if not head:
        raise RegisterDamaged(f"ทะเบียน {path} ว่างเปล่า (0 ไบต์) โปรแกรมไม่เขียนทับ โปรดกู้คืนจากสำเนาสำรอง")
    if not head.startswith(SQLITE_MAGIC) or _number(head, 68) != APPLICATION_ID:
        raise RegisterDamaged(
            f"แฟ้ม {path} ไม่ใช่ทะเบียนของโปรแกรมนี้ หรือเสียหาย แฟ้มไม่ถูกแก้ไข โปรดเลือกโฟลเดอร์อื่น หรือกู้คืนจากสำเนาสำรอง"
        )
    is_ours = {head[18], head[19]} <= WAYS_TO_WRITE and _number(head, 44) == SCHEMA_FORMAT
    if not is_ours or _number(head, 60) == 0:  # a register gets its name when it has its tables
        raise unreadable(path)
    if _number(head, 60) > VERSION:
        raise _newer(path)


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """The schema's version of an open register; raises RegisterRefused for a newer one."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise _newer(path)
    return version


def refuse_foreign_schema(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Before a register is brought along: one whose tables are not those of its version would be spoilt by it."""
    if schema_of(connection) != known_schema(version):
        raise unreadable(path)


def _number(head: bytes, place: int) -> int:
    return int.from_bytes(head[place : place + 4], "big")


def _newer(path: Path) -> RegisterRefused:
    return RegisterRefused(f"ทะเบียน {path} สร้างโดยโปรแกรมรุ่นใหม่กว่า แฟ้มไม่ถูกแก้ไข โปรดใช้โปรแกรมรุ่นล่าสุด")
