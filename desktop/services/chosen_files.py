"""A file the officer chose, read whole: never more than it may be, and every obstacle is one sentence."""

import stat
from pathlib import Path

from desktop.services.desk import CannotDo

MEGABYTE = 1024 * 1024


def read_chosen(path: Path, largest: int, what: str) -> bytes:
    """The bytes of the file; ``largest`` in bytes, ``what`` is the officer's word for it.

    Raises CannotDo for a folder, a file that is missing or cannot be read, and one that is too large.
    """
    kind = _kind(path)
    if stat.S_ISDIR(kind):
        raise CannotDo(f"{path} เป็นโฟลเดอร์ ไม่ใช่{what} โปรดเลือกแฟ้ม")
    if not stat.S_ISREG(kind):
        raise CannotDo(f"ไม่พบ{what} {path} โปรดตรวจชื่อแฟ้มและที่เก็บ")
    try:
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        raise CannotDo(f"อ่าน{what} {path} ไม่ได้ แฟ้มอาจเปิดค้างอยู่หรือไม่มีสิทธิ์อ่าน โปรดลองใหม่") from error
    if len(content) > largest:
        size = f"{largest // MEGABYTE} เมกะไบต์" if largest >= MEGABYTE else f"{largest:,} ไบต์"
        raise CannotDo(f"{what} {path} ใหญ่เกิน {size} โปรดเลือกแฟ้มอื่น")
    return content


def _kind(path: Path) -> int:
    """The file's kind and rights as the system tells them; 0 when there is no such file, or can be none."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0
