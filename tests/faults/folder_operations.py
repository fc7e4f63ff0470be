"""What the program does to a whole data folder: making the register of a new one, bringing an old one to the day."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from desktop.services.automatic_backups import before_migration
from desktop.services.backups import FOLDER
from desktop.services.verifying import verify
from desktop.storage.backup_file import SUFFIX
from desktop.storage.register import Register, open_for_writing
from desktop.storage.register_folder import REGISTER_NAME
from desktop.storage.schema import VERSION
from tests.faults import verdicts
from tests.faults.operation_under_fault import Operation
from tests.faults.register_work import NOW, desk_over
from tests.faults.verdicts import Verdict, check_backup

OLD_REGISTER = Path(__file__).resolve().parent.parent / "storage" / "old_registers" / "register-step-1.sqlite"
# What a register of the first schema says of complaints, in its own columns.
OLD_COLUMNS = "number, notified, channel, subject, detail, place, unit, complainant, telephone, accepted, completed"


class FolderOperation(Operation):
    """Something done once to a folder: every step has a folder of its own."""

    most = 5

    def folder(self, root: Path, number: int) -> Path:
        """The folder of a step."""
        return root / str(number)

    def prepare(self, root: Path) -> None:
        """The folders as they are found."""
        for number in range(self.most):
            self.folder(root, number).mkdir(parents=True)

    def step(self, root: Path, desk: Any, number: int) -> None:
        """The program opens the folder."""
        self.open(self.folder(root, number)).close()

    def open(self, folder: Path) -> Register:
        """What the program does at its start."""
        return open_for_writing(folder)

    def reached(self, root: Path, desk: Any) -> int:
        """The first folder not done yet."""
        return next((n for n in range(self.most) if not self.is_done(self.folder(root, n))), self.most)

    def is_done(self, folder: Path) -> bool:
        """Whether a folder shows the step."""
        raise NotImplementedError

    def judge(self, root: Path, states: list[object], done: set[int], begun: set[int]) -> Verdict:
        """Each folder shows its step or waits for it, and can be opened."""
        verdict = Verdict()
        for number in range(max(begun, default=-1) + 1):
            folder = self.folder(root, number)
            verdict.caught(lambda number=number, folder=folder: self._judge_folder(verdict, folder, number in done))
        return verdict

    def _judge_folder(self, verdict: Verdict, folder: Path, done: bool) -> None:
        self.judge_before(verdict, folder, done)
        register = self.open(folder)
        try:
            verdict.damaged += verify(desk_over(register)).problems
        finally:
            register.close()
        with closing(verdicts.reading(folder)) as connection:
            verdict.damaged += verdicts.structure_problems(connection)
            self.judge_after(verdict, folder, connection)

    def judge_before(self, verdict: Verdict, folder: Path, done: bool) -> None:
        """Look at a folder before the program opens it again."""
        if done and not (folder / REGISTER_NAME).exists():
            verdict.lost.append(f"the register of folder {folder.name}")

    def judge_after(self, verdict: Verdict, folder: Path, connection: sqlite3.Connection) -> None:
        """Look at the register once it is open."""
        if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            verdict.half.append("the schema is not the newest")


class Create(FolderOperation):
    """A new folder is given its register."""

    name = "create"
    unmoved_by = ("NORMAL", "DELETE", "WAL")  # an empty register is made anew as well as found again

    def is_done(self, folder: Path) -> bool:
        """Whether there is a register."""
        return (folder / REGISTER_NAME).exists()


class Migrate(FolderOperation):
    """A register of the first schema is opened by this program."""

    name = "migration"
    unmoved_by = ("WAL",)  # closing it syncs all there is

    def prepare(self, root: Path) -> None:
        """An old register in every folder."""
        super().prepare(root)
        for number in range(self.most):
            shutil.copyfile(OLD_REGISTER, self.folder(root, number) / REGISTER_NAME)

    def open(self, folder: Path) -> Register:
        """A backup, then the migration."""
        return open_for_writing(folder, before_migration=before_migration(folder, "", NOW))

    def is_done(self, folder: Path) -> bool:
        """Whether its version is the newest."""
        return _version(folder) == VERSION

    def judge_before(self, verdict: Verdict, folder: Path, done: bool) -> None:
        """Done is done: nothing is left to be made anew."""
        version = _version(folder)
        if done and version != VERSION:
            verdict.lost.append(f"the migration of folder {folder.name}")
        if not 1 <= version <= VERSION:  # between two steps it is whole too: the next start goes on
            verdict.half.append(f"folder {folder.name} stands at version {version}")

    def judge_after(self, verdict: Verdict, folder: Path, connection: sqlite3.Connection) -> None:
        """Every complaint says what it said."""
        super().judge_after(verdict, folder, connection)
        question = f"SELECT {OLD_COLUMNS} FROM complaint ORDER BY number"
        with closing(sqlite3.connect(f"{OLD_REGISTER.as_uri()}?mode=ro", uri=True)) as old:
            if old.execute(question).fetchall() != connection.execute(question).fetchall():
                verdict.half.append("complaints do not say what they said in the old register")
        copies = list((folder / FOLDER).glob(f"*{SUFFIX}"))
        if not copies:
            verdict.half.append(f"folder {folder.name} was migrated without a backup")
        for copy in copies:
            check_backup(copy)


def _version(folder: Path) -> int:
    """The version of a register, after a journal beside it is played back as the next start does it."""
    with closing(sqlite3.connect(folder / REGISTER_NAME)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


FOLDER_OPERATIONS = (Create(), Migrate())
