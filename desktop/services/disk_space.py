"""Room on the register's disk: said before it runs out."""

import shutil

from desktop.services.desk import Desk
from desktop.storage.register_folder import REGISTER_NAME

LEAST = 500_000_000  # bytes
TIMES = 3  # of the register: it is copied, checked and put away


def space_problem(desk: Desk) -> str | None:
    """What to say when the disk has less room than the register needs to be kept safe; None when there is enough."""
    folder = desk.register.folder
    try:
        free = shutil.disk_usage(folder).free
        wanted = max(LEAST, TIMES * (folder / REGISTER_NAME).stat().st_size)
    except OSError:
        return None  # the disk will tell when it is written to
    if free >= wanted:
        return None
    return f"ที่ว่างในดิสก์เหลือ {free // 1_000_000:,} MB ควรมีอย่างน้อย {wanted // 1_000_000:,} MB โปรดเพิ่มที่ว่าง ข้อมูลยังอยู่ครบ"
