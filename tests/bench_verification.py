"""The register's safety: verifying it whole, and the start after the program was killed in the middle of a write."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from desktop import app
from desktop.services.changes import Change, apply
from desktop.services.demo import fill_with_demo
from desktop.services.desk import Desk
from desktop.services.verifying import verify
from desktop.storage import complaints
from desktop.storage.register import open_for_writing
from tests.bench_ground import SEED, TODAY, Ground, Line, held_alone, medians, timed
from tests.bench_start import child

COMPLAINTS, EDITS = 50_000, 3  # rows of history: one for each complaint, and one for each edit of it
SHARE = 0.5  # of the rows asked for on the command line
RUNS = 3

# A process that changes every complaint and is killed with the journal hot: its pages half in the register.
_KILLED = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 50")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE complaint SET coordination = coordination || ' x'")
os._exit(9)
"""


def verification(ground: Ground) -> Iterator[Line]:
    """Every row, every seal, the chain: 50,000 complaints with 200,000 history rows."""
    folder = _worked_register(ground, int(min(COMPLAINTS, ground.rows * SHARE)))
    desk = _desk(folder)
    try:
        count = complaints.count(desk.register.connection)
        assert verify(desk).ok
        taken = medians(RUNS, timed(lambda: verify(desk)))[0]
    finally:
        desk.register.close()
    yield held_alone(f"verify {count:,} complaints with {count * (1 + EDITS):,} history rows (s)", taken, "≤ 2 s", 2.0)
    yield from _after_a_kill(ground, folder)


def _after_a_kill(ground: Ground, folder: Path) -> Iterator[Line]:
    """From starting the process to the painted list over a register whose last write was cut off."""
    seconds = []
    for _ in range(RUNS):
        copy = ground.new_path("killed")
        shutil.copytree(folder, copy)
        killed = subprocess.run([sys.executable, "-c", _KILLED, str(copy / "register.sqlite")], check=False)
        assert killed.returncode == 9
        assert (copy / "register.sqlite-journal").stat().st_size > 1_000_000, "the kill did not land in the write"
        seconds.append(child(ground, "start", str(copy), TODAY.isoformat())["seconds"])
        shutil.rmtree(copy)
    yield held_alone("start after a kill until the list is painted (s)", sorted(seconds)[RUNS // 2], "≤ 3 s", 3.0)


def _worked_register(ground: Ground, rows: int) -> Path:
    folder = ground.new_path("worked")
    desk = _desk(folder)
    fill_with_demo(desk, rows, SEED)
    for edit in range(EDITS):
        apply(desk, "แก้ไขเลขที่หนังสือ", _edits(desk, edit))
    desk.register.close()
    return folder


def _edits(desk: Desk, edit: int) -> Iterator[Change]:
    numbers = sorted(complaints.all_numbers(desk.register.connection))
    for start in range(0, len(numbers), complaints.CHUNK):
        for before in complaints.by_numbers(
            desk.register.connection, numbers[start : start + complaints.CHUNK]
        ).values():
            yield Change(before, replace(before, letter_number=f"กท 6603/{edit}/{before.number}"))


def _desk(folder: Path) -> Desk:
    return Desk(open_for_writing(folder), app.shipped(), lambda: TODAY)
