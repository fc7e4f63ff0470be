"""The swap of a restore, written down step by step: killed anywhere, the next start finishes it or undoes it.

``register.restoring`` says how far it is. Until it says ready, nothing of what is there was touched and undoing is
throwing the unpacked copy away; from then on only names change, each at most once, and finishing goes on where it
stopped. Nothing that was there is ever deleted: it is moved aside whole. No register is opened here.
"""

import json
import os
import re
import shutil
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from desktop.storage.durable import keep_file, keep_folder, replace_patiently

JOURNAL = "register.restoring"
COMING = "register.coming"  # the folder the backup is unpacked to: a data folder of its own
ASIDE = "before-restore-"
REGISTER = "register.sqlite"
SIDE_FILES = tuple(f"{REGISTER}{end}" for end in ("-journal", "-wal", "-shm"))
# All that belongs to one register, its side files before it: beside another register they would spoil that one.
BELONGINGS = (*SIDE_FILES, REGISTER, "register.known", "register.drafts", "attachments")
_PLAIN_ASIDE = re.compile(re.escape(ASIDE) + "[0-9-]+")


class Stage(Enum):
    """How far a restore is."""

    UNPACKING = "unpacking"
    READY = "ready"
    GOING_BACK = "going back"


@dataclass(frozen=True)
class Swap:
    """What is written down: the names moved aside (``old``) and put in their place (``new``)."""

    stage: Stage
    aside: str
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


def is_under_way(folder: Path) -> bool:
    """Whether a restore was begun in a data folder and not ended: settle it before anything is opened."""
    return os.path.lexists(folder / JOURNAL)


def moved_aside(folder: Path) -> tuple[str, ...]:
    """The names of the folders of what was there before each restore; nothing ever deletes them."""
    return tuple(sorted(path.name for path in folder.glob(f"{ASIDE}*") if path.is_dir()))


def begin(folder: Path, stamp: str) -> Swap:
    """Write down that a backup is being unpacked, and make the folder for it; ``stamp`` names what is moved aside."""
    number, aside = 1, f"{ASIDE}{stamp}"
    while os.path.lexists(folder / aside):
        number += 1
        aside = f"{ASIDE}{stamp}-{number}"
    swap = Swap(Stage.UNPACKING, aside)
    _write_down(folder, swap)
    _throw_away(folder / COMING)
    (folder / COMING).mkdir()
    return swap


def put_in_place(folder: Path, swap: Swap) -> Path | None:
    """Write down that what was unpacked is whole, and swap; gives the folder of what was there, None for nothing.

    Raises OSError after everything was put back as it was.
    """
    old = tuple(name for name in BELONGINGS if os.path.lexists(folder / name))
    new = tuple(name for name in BELONGINGS if os.path.lexists(folder / COMING / name))
    ready = replace(swap, stage=Stage.READY, old=old, new=new)
    keep_folder(folder / COMING)
    _write_down(folder, ready)
    try:
        _go_on(folder, ready)
    except OSError:
        going_back = replace(ready, stage=Stage.GOING_BACK)
        _write_down(folder, going_back)
        _go_back(folder, going_back)
        raise
    return folder / swap.aside if old else None


def finish_or_undo(folder: Path) -> None:
    """End a restore that was cut off: with the backup in place when it was ready, else as if it had never begun.

    For the holder of the writer's lock, before the register is opened; may be cut off and repeated itself. Raises
    OSError when the disk refuses, ValueError when what was written down cannot be read.
    """
    if not is_under_way(folder):
        return
    swap = _written_down(folder)
    if swap.stage is Stage.READY and _can_go_on(folder, swap):
        _go_on(folder, swap)
    elif swap.stage is Stage.UNPACKING:
        _end(folder)
    else:
        _go_back(folder, swap)


def settle(folder: Path) -> None:
    """The same before a register is opened; raises RegisterRefused in one Thai sentence."""
    from desktop.storage.register_refusals import RegisterRefused

    try:
        finish_or_undo(folder)
    except OSError as error:
        raise RegisterRefused(
            f"การกู้คืนใน {folder} ค้างอยู่และยังทำต่อไม่ได้ ข้อมูลเดิมไม่ถูกลบ โปรดปิดโปรแกรมอื่นที่เปิดโฟลเดอร์นี้แล้วลองใหม่"
        ) from error
    except ValueError as error:
        raise RegisterRefused(
            f"การกู้คืนใน {folder} ค้างอยู่และแฟ้ม {JOURNAL} อ่านไม่ออก โปรแกรมไม่แตะต้องข้อมูล โปรดขอความช่วยเหลือก่อนทำต่อ"
        ) from error


def _go_on(folder: Path, swap: Swap) -> None:
    """Move aside, move in, each name only when it was not yet; between the two the disk keeps what was done."""
    coming, aside = folder / COMING, folder / swap.aside
    if swap.old:
        aside.mkdir(exist_ok=True)
        keep_folder(folder)
    for name in swap.old:
        if os.path.lexists(folder / name) and not os.path.lexists(aside / name):
            _move(folder / name, aside / name)
    keep_folder(folder)
    for name in swap.new:
        if os.path.lexists(coming / name):
            if os.path.lexists(folder / name):  # somebody made it meanwhile: it goes aside too
                _move(folder / name, _free(aside, name))
            _move(coming / name, folder / name)
    keep_folder(folder)
    _end(folder)


def _can_go_on(folder: Path, swap: Swap) -> bool:
    """Whether all that shall be put in place is still there, or is there already."""
    coming, aside = folder / COMING, folder / swap.aside
    for name in swap.new:
        in_place = os.path.lexists(folder / name) and (name not in swap.old or os.path.lexists(aside / name))
        if not in_place and not os.path.lexists(coming / name):
            return False
    return True


def _go_back(folder: Path, swap: Swap) -> None:
    """Take out what was put in, move back what was moved aside."""
    coming, aside = folder / COMING, folder / swap.aside
    coming.mkdir(exist_ok=True)
    for name in swap.new:
        put_in = name not in swap.old or os.path.lexists(aside / name)
        if put_in and os.path.lexists(folder / name):
            _move(folder / name, _free(coming, name))
    keep_folder(folder)
    for name in swap.old:
        if os.path.lexists(aside / name):
            _move(aside / name, folder / name)
    keep_folder(folder)
    if aside.is_dir() and not any(aside.iterdir()):
        aside.rmdir()
    _end(folder)


def _end(folder: Path) -> None:
    _throw_away(folder / COMING)
    keep_folder(folder)
    (folder / JOURNAL).unlink()
    keep_folder(folder)


def _throw_away(copy: Path) -> None:
    """Delete an unpacked copy: the backup itself is where it was."""
    if os.path.lexists(copy):
        shutil.rmtree(copy)


def _move(path: Path, target: Path) -> None:
    replace_patiently(path, target)
    keep_folder(path.parent)


def _free(folder: Path, name: str) -> Path:
    """A name in a folder that nothing bears."""
    folder.mkdir(exist_ok=True)
    target, number = folder / name, 1
    while os.path.lexists(target):
        number += 1
        target = folder / f"{name}.{number}"
    return target


def _write_down(folder: Path, swap: Swap) -> None:
    making = folder / f"{JOURNAL}.making"
    told = {"stage": swap.stage.value, "aside": swap.aside, "old": swap.old, "new": swap.new}
    making.write_text(json.dumps(told), encoding="utf-8")
    keep_file(making)
    replace_patiently(making, folder / JOURNAL)


def _written_down(folder: Path) -> Swap:
    told = json.loads((folder / JOURNAL).read_text(encoding="utf-8"))
    try:
        swap = Swap(Stage(told["stage"]), told["aside"], tuple(told["old"]), tuple(told["new"]))
    except (KeyError, TypeError) as error:
        raise ValueError(JOURNAL) from error
    if not _PLAIN_ASIDE.fullmatch(swap.aside) or not {*swap.old, *swap.new} <= set(BELONGINGS):
        raise ValueError(JOURNAL)
    return swap
