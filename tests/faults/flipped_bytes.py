"""Single bytes of a register changed by a bad disk: every change of content is found before the first write."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from desktop.services.desk import Desk, Shipped
from desktop.services.verifying import open_for_saving
from desktop.storage.register import open_for_writing
from desktop.storage.register_refusals import RegisterRefused

REGISTER = "register.sqlite"
Hurt = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True)
class Flips:
    """How many bytes were changed, how many of them changed what the register says, how many of those were found."""

    tried: int
    changed: int
    found: int
    named: int  # the complaint, the row or the thing was named
    alarms: int  # told of though nothing it says had changed: an index, a free page
    missed: int


def everything(path: Path) -> str | None:
    """Every row of every table, read by SQLite alone; None when it cannot be read.

    SQLite's own counters are left out: nothing of the register depends on them (tests/services/test_counters.py).
    """
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            connection.text_factory = bytes
            select = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name <> 'sqlite_sequence'"
            tables = connection.execute(select).fetchall()
            versions = [connection.execute(f"PRAGMA {each}").fetchone() for each in ("application_id", "user_version")]
            rows = [connection.execute(f'SELECT * FROM "{name.decode()}" NOT INDEXED').fetchall() for name, _ in tables]
            return repr((tables, versions, [sorted(map(repr, each)) for each in rows]))
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def one_bit(content: bytes, chance: random.Random) -> bytes:
    """One bit of one byte turned."""
    place = chance.randrange(len(content))
    return content[:place] + bytes((content[place] ^ 1 << chance.randrange(8),)) + content[place + 1 :]


def one_page(content: bytes, chance: random.Random) -> bytes:
    """A page of zeros, a sector of rubbish, or the end cut off (K18)."""
    way, place = chance.randrange(3), chance.randrange(len(content) // 4096) * 4096
    if way == 0:
        return content[:place] + bytes(4096) + content[place + 4096 :]
    if way == 1:
        return content[:place] + chance.randbytes(512) + content[place + 512 :]
    return content[: chance.randrange(1, len(content))]


def hurt_register(folder: Path, shipped: Shipped, count: int, seed: int, hurt: Hurt = one_bit) -> Flips:
    """Hurt the register ``count`` times, each time in a copy of the folder, and look at it as a start would."""
    chance = random.Random(seed)
    whole = (folder / REGISTER).read_bytes()
    before = everything(folder / REGISTER)
    changed = found = named = alarms = missed = 0
    for step in range(count):
        copy = folder.with_name(f"hurt-{step}")
        shutil.copytree(folder, copy)
        (copy / REGISTER).write_bytes(hurt(whole, chance))
        differs = everything(copy / REGISTER) != before
        problems = verified(copy, shipped)
        changed += differs
        found += differs and bool(problems)
        missed += differs and not problems
        named += differs and any("โครงสร้าง" not in each for each in problems)
        alarms += not differs and bool(problems)
        shutil.rmtree(copy)
    return Flips(count, changed, found, named, alarms, missed)


def hurt_attachments(folder: Path, shipped: Shipped, count: int, seed: int) -> Flips:
    """Turn one bit of an attached file at a time: every one is a change of content."""
    chance = random.Random(seed)
    stored = sorted(path for path in (folder / "attachments").rglob("*") if path.is_file())
    found = 0
    for _ in range(count):
        path = chance.choice(stored)
        whole = path.read_bytes()
        path.write_bytes(one_bit(whole, chance))
        found += any("แฟ้มแนบเสียหาย" in each for each in verified(folder, shipped))
        path.write_bytes(whole)
    return Flips(count, count, found, found, 0, count - found)


def verified(folder: Path, shipped: Shipped) -> tuple[str, ...]:
    """What stands between the first start and the first write: nothing when saving would open."""
    try:
        register = open_for_writing(folder)
    except RegisterRefused as refused:
        return (str(refused),)
    try:
        return open_for_saving(Desk(register, shipped)).problems
    except RegisterRefused as refused:
        return (str(refused),)
    finally:
        register.close()
