"""The long loops beside the faults of the disk: ``python -m tests.loops [--only NAME] [--count N] [--seed S]``.

One JSON line a figure; ends with 1 when one does not hold. Their quick forms are part of ``make test``.
"""

import argparse
import atexit
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="rongthuk-loops-")

from desktop import app
from desktop.services.attaching import attach
from desktop.services.demo import fill_with_demo
from desktop.services.desk import Desk
from desktop.storage.register import open_for_writing
from tests.faults.flipped_bytes import Flips, Hurt, hurt_attachments, hurt_register, one_bit, one_page
from tests.services import backup_faults
from tests.services.picture_faults import encoded, scene

atexit.register(shutil.rmtree, os.environ["XDG_STATE_HOME"], ignore_errors=True)
Loop = Callable[[Path, int, int], dict[str, Any]]


def _register(scratch: Path) -> Path:
    folder = scratch / "ทะเบียน"
    desk = Desk(open_for_writing(folder), app.shipped(), lambda: date(2020, 1, 28))
    fill_with_demo(desk, 30, 1)
    number = desk.register.connection.execute("SELECT min(number) FROM complaint").fetchone()[0]
    attach(desk, "complaint", number, "หน้างาน.png", encoded(scene(), "PNG"))
    desk.register.close()
    return folder


def _told(flips: Flips) -> dict[str, Any]:
    return {**vars(flips), "holds": flips.missed == 0 and flips.changed > 0}


def _hurt(hurt: Hurt) -> Loop:
    return lambda scratch, count, seed: _told(hurt_register(_register(scratch), app.shipped(), count, seed, hurt))


def _attachments(scratch: Path, count: int, seed: int) -> dict[str, Any]:
    return _told(hurt_attachments(_register(scratch), app.shipped(), count, seed))


def _backups(work: Callable[[Path, int, int], Any]) -> Loop:
    def loop(scratch: Path, count: int, seed: int) -> dict[str, Any]:
        tried = work(scratch, count, seed)
        return {"tried": tried.tried, "wrong": tried.wrong, "control": tried.control, "holds": tried.wrong == 0}

    return loop


LOOPS: dict[str, tuple[Loop, int]] = {
    "bits of the register": (_hurt(one_bit), 1_000),
    "pages of the register": (_hurt(one_page), 300),
    "bits of attachments": (_attachments, 1_000),
    "bits of backups": (_backups(backup_faults.turned_bits), 1_000),
    "edit, backup, destroy, restore": (_backups(backup_faults.cycles), 300),
    "stale side files": (_backups(backup_faults.stale_side_files), 40),
}


def main(arguments: list[str] | None = None) -> int:
    """Run the loops asked for and print each figure as soon as it is known."""
    reader = argparse.ArgumentParser(prog="python -m tests.loops", description=__doc__)
    reader.add_argument("--only", action="append", choices=LOOPS, metavar="NAME", help=f"one of {', '.join(LOOPS)}")
    reader.add_argument("--count", type=int)
    reader.add_argument("--seed", type=int, default=1)
    found = reader.parse_args(arguments)
    held = True
    for name in found.only or LOOPS:
        loop, count = LOOPS[name]
        with tempfile.TemporaryDirectory(prefix="rongthuk-loop-") as scratch:
            figure = loop(Path(scratch), found.count or count, found.seed)
        print(json.dumps({"loop": name, **figure}, ensure_ascii=False), flush=True)
        held &= figure["holds"]
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
