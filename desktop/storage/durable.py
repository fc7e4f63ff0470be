"""Names that last: a file put in its place so that a power cut leaves the old one or the new one, whole."""

import errno
import os
import time
from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)
TRIES = 10  # a virus scanner or indexer may hold the target for a moment on Windows
FIRST_PAUSE = 0.02  # seconds, doubled each time up to LONGEST_PAUSE
LONGEST_PAUSE = 0.5


def advice(error: OSError) -> str:
    """What to look at when the disk refused something, in the officer's words."""
    if error.errno in FULL:
        return "ดิสก์เต็ม โปรดเพิ่มที่ว่าง"
    return "โปรดตรวจสิทธิ์" if error.errno in NO_RIGHT else "ดิสก์ขัดข้อง โปรดตรวจดิสก์"


def keep_file(path: Path) -> None:
    """Have the disk keep what was written to a file; raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


_CANNOT_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EROFS)  # what file systems without such a wish answer


def keep_folder(folder: Path) -> None:
    """Have the disk keep the names in a folder; Windows keeps them by itself and cannot be asked. Raises OSError."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise
    finally:
        os.close(handle)


def replace_patiently(making: Path, path: Path) -> None:
    """Give a finished file its name, over an older one; raises OSError when another program holds that for too long."""
    pause = FIRST_PAUSE
    for attempt in range(TRIES):
        try:
            making.replace(path)
            break
        except PermissionError:
            if attempt == TRIES - 1:
                raise
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
    keep_folder(path.parent)
