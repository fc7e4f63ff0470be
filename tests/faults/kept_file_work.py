"""Work that keeps files beside the register's own: attaching pictures, making backups."""

import hashlib
import random
import re
import sqlite3
from pathlib import Path

from desktop.services.attaching import attach_files, sweep_at_start
from desktop.services.backups import make_backup
from desktop.services.desk import CannotDo, Desk
from desktop.storage.attachment_files import QUARANTINE, STORE
from desktop.storage.backup_file import SUFFIX
from tests.faults.register_work import DATA, PAPERS, RegisterWork, counts
from tests.faults.verdicts import Verdict, check_backup

SIZE = 48  # pixels each way of a noisy picture: some kilobytes, and every one of them matters
HASH_NAME = re.compile(r"[0-9a-f]{64}")


def write_picture(path: Path, seed: int) -> None:
    """A picture of noise."""
    from PIL import Image

    noise = random.Random(seed).randbytes(SIZE * SIZE * 3)
    Image.frombytes("RGB", (SIZE, SIZE), noise).save(path, "PNG")


class Attach(RegisterWork):
    """A picture is attached to a complaint."""

    name, most, whole = "attach", 10, (1, 1, 1)

    def prepare(self, root: Path) -> None:
        """The pictures beside the register."""
        super().prepare(root)
        for number in range(self.most):
            write_picture(self._picture(root, number), number)

    @staticmethod
    def _picture(root: Path, number: int) -> Path:
        return root / PAPERS / f"picture-{number}.png"

    def sweep(self, desk: Desk) -> None:
        """What the program does at its start."""
        sweep_at_start(desk)

    def step(self, root: Path, desk: Desk, number: int) -> None:
        """One picture for a complaint of its own."""
        attached = attach_files(desk, f"กทม-{number + 1:03d}", [self._picture(root, number)])
        for _, sentence in attached.refused:
            raise CannotDo(sentence)

    def evidence(self, root: Path, connection: sqlite3.Connection, number: int) -> tuple[int, ...]:
        """The row, its history row, the file."""
        content = self._picture(root, number).read_bytes() if number < self.most else b""
        sha256 = hashlib.sha256(content).hexdigest()
        stored = root / DATA / STORE / sha256[:2] / sha256
        rows = counts(
            connection,
            ("SELECT count(*) FROM attachment WHERE sha256 = ?", [sha256]),
            ("SELECT count(*) FROM history WHERE kind = 'attachment' AND key LIKE ?", [f"%{sha256}"]),
        )
        # A file no row speaks of yet is no part of a step: it is the row that attaches it.
        return (*rows, int(stored.exists() and stored.read_bytes() == content) if any(rows) else 0)

    def judge_papers(
        self, root: Path, connection: sqlite3.Connection, verdict: Verdict, done: set[int], begun: set[int]
    ) -> None:
        """Whatever bears a hash for its name is the content of that hash, after a start as well."""
        store = root / DATA / STORE
        for path in [path for path in store.rglob("*") if path.is_file() and HASH_NAME.fullmatch(path.name)]:
            if hashlib.sha256(path.read_bytes()).hexdigest() != path.name:
                verdict.half.append(f"{path.name} holds another content")
            known = counts(connection, ("SELECT count(*) FROM attachment WHERE sha256 = ?", [path.name]))
            if known == (0,) and path.parent.name != QUARANTINE:
                verdict.half.append(f"{path.name} belongs to nothing and was not put aside at the start")


class MakeBackup(RegisterWork):
    """A verified copy of everything is written, with an attachment in it."""

    name, most, whole = "backup", 6, (1,)
    unmoved_by = ("NORMAL", "DELETE", "WAL")  # it changes nothing in the register

    def prepare(self, root: Path) -> None:
        """Something attached."""
        super().prepare(root)
        picture = root / PAPERS / "picture.png"
        write_picture(picture, 0)
        with self.sitting(root) as desk:
            attach_files(desk, "กทม-001", [picture])

    @staticmethod
    def _copy(root: Path, number: int) -> Path:
        return root / PAPERS / f"สำเนา {number}{SUFFIX}"

    def step(self, root: Path, desk: Desk, number: int) -> None:
        """A copy under a name of its own."""
        make_backup(desk, self._copy(root, number))

    def evidence(self, root: Path, connection: sqlite3.Connection, number: int) -> tuple[int, ...]:
        """The copy."""
        return (int(self._copy(root, number).exists()),)

    def judge_papers(
        self, root: Path, connection: sqlite3.Connection, verdict: Verdict, done: set[int], begun: set[int]
    ) -> None:
        """Whatever bears a backup's name is whole."""
        for path in (root / PAPERS).glob(f"[!.]*{SUFFIX}"):
            verdict.caught(lambda path=path: check_backup(path))

    def warm(self) -> None:
        """The libraries of pictures and packages."""
        import tempfile

        with tempfile.TemporaryDirectory() as scratch:
            root = Path(scratch) / "warm"
            self.prepare(root)
            with self.sitting(root) as desk:
                self.step(root, desk, 0)


KEPT_FILE_WORK = (Attach(), MakeBackup())
