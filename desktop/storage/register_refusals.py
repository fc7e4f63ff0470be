"""Why a register cannot be used as asked, each in one Thai sentence: what SQLite and the disk say, put into words."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from desktop.storage.register_folder import REGISTER_NAME

_STRANGE_HEADER = "unsupported file format"  # SQLite's word for a header that tells of a schema it does not know


class RegisterRefused(Exception):
    """The register cannot be used as asked; the message is one Thai sentence: what, where, what to do next."""


class RegisterBusy(RegisterRefused):
    """Another program, or this one's window, has the register open for writing."""


class RegisterDamaged(RegisterRefused):
    """What lies there is no whole register any more: a backup can take its place."""


class RegisterLost(RegisterRefused):
    """There was a register here, and there is none."""


@contextmanager
def explained(folder: Path, *, opening: bool = False) -> Iterator[None]:
    """Turn what SQLite and the disk say into one Thai sentence; anything else passes.

    While a register is opened (``opening``) whatever SQLite cannot make of it is damage, too.
    """
    try:
        yield
    except UnicodeDecodeError as error:  # SQLite's own words quote what is damaged
        raise _damaged(folder) from error
    except sqlite3.OperationalError as error:
        raise _explanation(folder, error, opening=opening) from error
    except sqlite3.DatabaseError as error:
        if type(error) is sqlite3.DatabaseError:
            raise _damaged(folder) from error
        raise


def _damaged(folder: Path) -> RegisterRefused:
    """SQLite calls a disk that fails to read "malformed" too: only what a second look finds malformed is damaged."""
    path = folder / REGISTER_NAME
    if _is_malformed(path):
        return unreadable(path)
    return _disk_trouble(folder)


def unreadable(path: Path) -> RegisterDamaged:
    """What lies at a register's path cannot be read as one."""
    return RegisterDamaged(f"ทะเบียน {path} อ่านไม่ได้ อาจเสียหาย แฟ้มไม่ถูกแก้ไข โปรดกู้คืนจากสำเนาสำรอง")


def _disk_trouble(folder: Path) -> RegisterRefused:
    return RegisterRefused(f"อ่านหรือเขียนดิสก์ของ {folder} ไม่สำเร็จ ข้อมูลที่บันทึกแล้วอยู่ครบ โปรดตรวจดิสก์แล้วลองใหม่")


def _is_malformed(path: Path) -> bool:
    try:  # immutable: a journal that lies beside it is not looked at, and nothing is written
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",):
                return False
    except sqlite3.OperationalError:
        return False
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        pass  # malformed, or a disk that failed to read: which of the two, reading it whole tells
    try:  # only now: a plain look takes SQLite's locks away
        with path.open("rb") as file:
            while file.read(1 << 20):
                pass
    except OSError:
        return False  # what the disk does not give is no damage yet
    return True


def _explanation(folder: Path, error: sqlite3.OperationalError, *, opening: bool) -> RegisterRefused:
    name = getattr(error, "sqlite_errorname", "")
    path = folder / REGISTER_NAME
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return RegisterBusy(f"ทะเบียน {path} ถูกโปรแกรมอื่นใช้อยู่ โปรดปิดโปรแกรมนั้นแล้วลองใหม่ ไม่มีอะไรถูกแก้ไข")
    if name == "SQLITE_FULL":
        return RegisterRefused(f"ดิสก์ของ {folder} เต็ม ยังไม่ได้บันทึก ข้อมูลเดิมอยู่ครบ โปรดเพิ่มที่ว่างแล้วลองใหม่")
    if name.startswith("SQLITE_CANTOPEN"):  # SQLite does not tell which of them it was
        return RegisterRefused(f"เปิดหรือเขียน {path} ไม่ได้ โปรดตรวจดิสก์ ที่ว่าง และสิทธิ์ของโฟลเดอร์ ไม่มีอะไรถูกแก้ไข")
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
        return RegisterRefused(f"เปิดหรือเขียน {path} ไม่ได้ โปรดตรวจดิสก์และสิทธิ์ของโฟลเดอร์ ไม่มีอะไรถูกแก้ไข")
    if name.startswith("SQLITE_IOERR"):
        return _disk_trouble(folder)
    if name in ("", "SQLITE_ERROR") and (opening or str(error) == _STRANGE_HEADER):
        return unreadable(path)
    raise error
