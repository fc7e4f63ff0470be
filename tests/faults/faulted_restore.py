"""A backup is put in the place of what is there, one after another."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.services import complaint_work
from desktop.services.attaching import attach_files
from desktop.services.backups import make_backup
from desktop.services.desk import Desk
from desktop.services.restoring import restore
from desktop.services.verifying import verify
from desktop.storage import restore_steps
from desktop.storage.backup_file import SUFFIX
from desktop.storage.register_folder import REGISTER_NAME
from tests.faults import verdicts
from tests.faults.kept_file_work import write_picture
from tests.faults.operation_under_fault import Operation
from tests.faults.register_work import DATA, PAPERS, desk_of, fill
from tests.faults.verdicts import Verdict

ANCHORS = "anchors"
NEWEST = -1  # what is there before the first restore
ENTRY = "สำเนาครั้งที่"


class Restore(Operation):
    """The n-th of several backups is restored, the oldest first; what was there before lies aside."""

    name, most = "restore", 4
    unmoved_by = ("NORMAL", "DELETE", "WAL")  # it commits to a register that has not its name yet, and syncs that
    # The automatic backup of what is moved aside whole anyway; the folder's own names are synced once more at the end.
    goes_on_without = rf"\..*{re.escape(SUFFIX)}\..*making|{re.escape(restore_steps.COMING)}"

    def prepare(self, root: Path) -> None:
        """A backup after each of some days of work, and one more day of work."""
        (root / PAPERS).mkdir(parents=True)
        desk = desk_of(root / DATA)
        fill(desk)
        for number in range(self.most):
            self._work(root, desk, number)
            make_backup(desk, self._copy(root, number))
        self._work(root, desk, self.most)
        desk.register.close()

    @staticmethod
    def _work(root: Path, desk: Desk, number: int) -> None:
        picture = root / PAPERS / f"picture-{number}.png"
        write_picture(picture, number)
        attach_files(desk, "กทม-001", [picture])
        before = complaint_work.complaint(desk, "กทม-001")
        after = complaint_work.with_entry(before, date(2020, 1, 14), f"{ENTRY} {number}")
        complaint_work.save(desk, before, after)

    @staticmethod
    def _copy(root: Path, number: int) -> Path:
        return root / PAPERS / f"สำเนา {number}{SUFFIX}"

    def step(self, root: Path, desk: Any, number: int) -> None:
        """One restore, a minute after the one before: by the clock the notes away from the register are written by."""
        restore(root / DATA, self._copy(root, number), None, datetime.now(UTC) + timedelta(minutes=number))

    @contextmanager
    def sitting(self, root: Path) -> Iterator[None]:
        """The program was used before, and noted away from the register how far its history had come."""
        desk_of(root / DATA, root / ANCHORS).register.close()
        yield None

    def reached(self, root: Path, desk: Any) -> int:
        """By what lies there after a start."""
        desk_of(root / DATA, root / ANCHORS).register.close()
        return self._which(root / DATA) + 1

    def _which(self, folder: Path) -> int:
        """Which backup lies in a folder; NEWEST for what was there first."""
        with closing(verdicts.reading(folder)) as connection:
            question = "SELECT count(*) FROM entry WHERE text LIKE ?"
            found: int = connection.execute(question, [f"{ENTRY} %"]).fetchone()[0]
            return NEWEST if found > self.most else found - 1

    def judge(self, root: Path, states: list[object], done: set[int], begun: set[int]) -> Verdict:
        """After a start one of them is there, whole, and the others lie aside."""
        verdict = Verdict()
        verdict.caught(lambda: self._judge(root, verdict, done, begun))
        return verdict

    def _judge(self, root: Path, verdict: Verdict, done: set[int], begun: set[int]) -> None:
        folder = root / DATA
        desk = desk_of(folder, root / ANCHORS)
        try:
            verdict.damaged += verify(desk).problems
        finally:
            desk.register.close()
        there = self._which(folder)
        if there < max(done, default=NEWEST):
            verdict.lost.append(f"{there} is there, {max(done)} was restored")
        elif there > max(begun, default=NEWEST):
            verdict.half.append(f"{there} is there and was never asked for")
        aside = {self._which(each) for each in folder.glob(f"{restore_steps.ASIDE}*") if self._is_whole(verdict, each)}
        for number in range(NEWEST, there):
            if number not in aside:
                verdict.lost.append(f"{number} was there before {there} and does not lie aside")
        for name in (restore_steps.JOURNAL, restore_steps.COMING):
            if (folder / name).exists():
                verdict.half.append(f"{name} is still there after a start")

    @staticmethod
    def _is_whole(verdict: Verdict, aside: Path) -> bool:
        if not (aside / REGISTER_NAME).exists():
            verdict.half.append(f"{aside.name} holds no register")
            return False
        with closing(sqlite3.connect(f"{(aside / REGISTER_NAME).as_uri()}?mode=ro", uri=True)) as connection:
            verdict.damaged += verdicts.structure_problems(connection)
            rows = connection.execute("SELECT sha256 FROM attachment").fetchall()
        for (sha256,) in rows:
            if not (aside / "attachments" / sha256[:2] / sha256).exists():
                verdict.lost.append(f"{aside.name} lacks an attachment")
        return True


RESTORE_WORK = (Restore(),)
