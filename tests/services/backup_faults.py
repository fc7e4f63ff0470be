"""Faults of backups, over and over: ``python -m tests.services.backup_faults 500`` prints a JSON line for each kind.

Bits turned in backups, plain and sealed; cycles of edit, backup, destroy and restore; side files of another register
beside a restored one. Each stands beside its control, the same with the protection off, which must go wrong.
"""

import json
import os
import random
import shutil
import sqlite3
import sys
import tempfile
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from desktop.services.automatic_backups import back_up_now, newest_good
from desktop.services.backups import make_backup
from desktop.services.restoring import restore
from desktop.services.verifying import verify
from desktop.storage import backup_cipher, backup_reader, restore_steps
from desktop.storage.backup_reader import BackupRefused
from tests.running import digest, is_one_thai_sentence
from tests.services.backup_ground import (
    NOON,
    Clock,
    add_attachment,
    add_complaint,
    change_something,
    desk_over,
    fill_quickly,
    flip,
    hashes_of_attachments,
)

PASSPHRASE = "รหัสผ่านยาวพอ"


@dataclass
class Tried:
    """How often something was tried, how often it went wrong, and how often it does with the protection off."""

    fault: str
    tried: int = 0
    wrong: int = 0
    control: int = 0
    examples: list[str] = field(default_factory=list)

    def went_wrong(self, example: str) -> None:
        """Count it, and keep the first ones."""
        self.wrong += 1
        self.examples = [*self.examples, example][:3]

    @property
    def holds(self) -> bool:
        """Nothing went wrong, and the control did."""
        return self.tried > 0 and not self.wrong and self.control > 0


def turned_bits(scratch: Path, count: int, seed: int = 1) -> Tried:
    """Backups with one bit turned: none may pass, each is told in one Thai sentence, and an older good one is found."""
    found = Tried("bit turned in a backup")
    chance = random.Random(seed)
    clock = Clock()
    desk = desk_over(scratch / "ทะเบียน", clock)
    fill_quickly(desk)
    older = back_up_now(desk, "ปิดโปรแกรม")
    clock.on(minutes=1)
    change_something(desk, 1)
    newer = back_up_now(desk, "ปิดโปรแกรม")
    assert older is not None and newer is not None
    with patch.multiple(backup_cipher, LOG2_N=4, LEAST_LOG2_N=4, PIECE=16384):
        sealed = make_backup(desk, scratch / "ลับ.rtbackup", PASSPHRASE).path
        for _ in range(count):
            path = chance.choice([newer.path, sealed])
            place, bit = chance.randrange(path.stat().st_size), chance.randrange(8)
            flip(path, place, bit)
            found.tried += 1
            if path == newer.path and getattr(newest_good(desk), "path", None) != older.path:
                found.went_wrong(f"bit {bit} of byte {place} was offered as good")
            told = _refusal(path, PASSPHRASE if path == sealed else None)
            if not is_one_thai_sentence(told):
                found.went_wrong(f"bit {bit} of byte {place}: {told or 'passed'}")
            flip(path, place, bit)
    with patch.object(backup_reader, "_check_sum", lambda file, tell: None):
        flip(newer.path, newer.path.stat().st_size // 2, 1)
        found.control = int(getattr(newest_good(desk), "path", None) == newer.path)
    desk.register.close()
    return found


def _refusal(path: Path, passphrase: str | None) -> str:
    try:
        with backup_reader.opened(path, passphrase, lambda done: None) as backup:
            backup.check(lambda done: None)
    except BackupRefused as refused:
        return str(refused)
    return ""


def cycles(scratch: Path, count: int, seed: int = 2) -> Tried:
    """Edit, back up, edit on, destroy, restore: the digest is the backup's every time, and all verifies."""
    found = Tried("edit, backup, destroy, restore")
    chance = random.Random(seed)
    clock = Clock()
    folder = scratch / "ทะเบียน"
    desk = desk_over(folder, clock)
    fill_quickly(desk)
    for cycle in range(count):
        clock.on(minutes=5)
        add_complaint(desk, f"ว-{cycle}", place=f"ถนนที่ {chance.random()}")
        if cycle % 3 == 0:
            add_attachment(desk, f"ว-{cycle}", b"\xff\xd8\xff" + chance.randbytes(5000))
        path = make_backup(desk, scratch / "สำรอง.rtbackup").path
        expected = digest(folder), hashes_of_attachments(folder)
        add_complaint(desk, f"ห-{cycle}")
        desk.register.close()
        _destroy(folder, chance)
        restore(folder, path, None, clock())
        found.tried += 1
        if (digest(folder), hashes_of_attachments(folder)) != expected:
            found.went_wrong(f"cycle {cycle}: another digest")
        desk = desk_over(folder, clock)
        if not verify(desk).ok:
            found.went_wrong(f"cycle {cycle}: {verify(desk).problems[0]}")
        for aside in folder.glob(f"{restore_steps.ASIDE}*"):
            shutil.rmtree(aside)
    desk.register.connection.execute("UPDATE complaint SET subject = 'อื่น'")
    found.control = int((digest(folder), hashes_of_attachments(folder)) != expected)
    desk.register.close()
    return found


def _destroy(folder: Path, chance: random.Random) -> None:
    """The PC is lost, the file is emptied, overwritten or half gone, or only the pictures are."""
    path = folder / "register.sqlite"
    way = chance.randrange(5)
    if way == 0:
        shutil.rmtree(folder)
    elif way == 1:
        path.write_bytes(b"")
    elif way == 2:
        path.write_bytes(chance.randbytes(path.stat().st_size))
    elif way == 3:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    else:
        shutil.rmtree(folder / "attachments")


def stale_side_files(scratch: Path, count: int, seed: int = 3) -> Tried:
    """A crash's hot side file beside the register that is replaced (K20): never applied to the restored one."""
    found = Tried("side files of another register")
    chance = random.Random(seed)
    original = scratch / "ก่อน"
    desk = desk_over(original)
    fill_quickly(desk)
    path = make_backup(desk, scratch / "สำรอง.rtbackup").path
    expected = digest(original)
    desk.register.close()
    for number in range(2 * count):
        folder = scratch / "ทะเบียน"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(original, folder)
        kind = chance.choice(["truncate", "persist", "delete", "wal"])
        leave_hot(folder, kind, chance)
        weakened = number >= count
        with ExitStack() as stack:
            if weakened:
                only = ("register.sqlite", "register.known", "attachments")
                stack.enter_context(patch.object(restore_steps, "BELONGINGS", only))
            restore(folder, path, None, NOON + timedelta(days=1))
        spoilt = _digest_or_nothing(folder) != expected
        if weakened:
            found.control += spoilt
        else:
            found.tried += 1
            if spoilt:
                found.went_wrong(f"number {number}: a {kind} file was applied")
    return found


def leave_hot(folder: Path, kind: str, chance: random.Random) -> None:
    """What a program leaves that dies while it writes to the register: a journal that SQLite would apply."""
    texts = chance.randrange(1000, 4000)
    child = os.fork()
    if child == 0:
        there = sqlite3.connect(folder / "register.sqlite", isolation_level=None)
        there.execute(f"PRAGMA journal_mode = {kind}")
        there.execute("PRAGMA cache_size = 1")
        there.execute("PRAGMA wal_autocheckpoint = 0")
        there.execute("BEGIN IMMEDIATE")
        there.execute("UPDATE complaint SET subject = 'ของเก่า' || hex(randomblob(?))", (texts,))
        there.execute("UPDATE search_text SET narrow = randomblob(?)", (2 * texts,))
        if kind == "wal":
            there.execute("COMMIT")
        os._exit(0)
    os.waitpid(child, 0)
    assert any(each.stat().st_size for each in folder.glob("register.sqlite-*"))


def _digest_or_nothing(folder: Path) -> str:
    """The digest; blank when the register is spoilt so that it cannot be read."""
    try:
        found = digest(folder)
        with closing(sqlite3.connect(folder / "register.sqlite")) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        return ""
    return found if whole else ""


KINDS = {"bits": turned_bits, "cycles": cycles, "sides": stale_side_files}


def main(arguments: list[str]) -> int:
    """Each kind so often (500 without a number); ends with 1 when one does not hold."""
    count = int(arguments[0]) if arguments else 500
    held = True
    for name, work in KINDS.items():
        with tempfile.TemporaryDirectory() as scratch:
            found = work(Path(scratch), min(count, 40) if name == "sides" else count)
        print(json.dumps(asdict(found) | {"holds": found.holds}, ensure_ascii=False), flush=True)
        held &= found.holds
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
