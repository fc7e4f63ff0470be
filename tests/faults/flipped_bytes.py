"""Single bytes of a register changed by a bad disk: every change of content is found before the first write."""

import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from desktop.services.desk import Desk, Shipped
from desktop.services.verifying import open_for_saving
from desktop.storage.register import RegisterRefused, open_for_writing

REGISTER = "register.sqlite"


@dataclass(frozen=True)
class Flips:
    """How many bytes were changed, how many of them changed what the register says, and how many of those were found."""

    tried: int
    changed: int
    found: int
    named: int  # the complaint, the row or the thing was named
    alarms: int  # told of though nothing it says had changed: an index, a free page


def everything(path: Path) -> str | None:
    """Every row of every table, read by SQLite alone; None when it cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            connection.text_factory = bytes
            tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
            versions = [connection.execute(f"PRAGMA {each}").fetchone() for each in ("application_id", "user_version")]
            rows = [connection.execute(f'SELECT * FROM "{name.decode()}" NOT INDEXED').fetchall() for name, _ in tables]
            return repr((tables, versions, [sorted(map(repr, each)) for each in rows]))
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def flip_bytes(folder: Path, shipped: Shipped, count: int, seed: int) -> Flips:
    """Change one byte of the register at a time, ``count`` times, each in a copy of the folder."""
    chance = random.Random(seed)
    whole = (folder / REGISTER).read_bytes()
    before = everything(folder / REGISTER)
    changed = found = named = alarms = 0
    for step in range(count):
        copy = folder.with_name(f"flip-{step}")
        shutil.copytree(folder, copy)
        place, mask = chance.randrange(len(whole)), 1 << chance.randrange(8)
        (copy / REGISTER).write_bytes(whole[:place] + bytes((whole[place] ^ mask,)) + whole[place + 1 :])
        differs = everything(copy / REGISTER) != before
        problems = verified(copy, shipped)
        changed += differs
        found += differs and bool(problems)
        named += differs and any("โครงสร้าง" not in each for each in problems)
        alarms += not differs and bool(problems)
        assert not differs or problems, f"byte {place} ^ {mask} was not found"
        shutil.rmtree(copy)
    return Flips(count, changed, found, named, alarms)


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
