"""The officer's work on two dozen complaints: an entry, an entry for many, an import, the month's report."""

import csv
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from desktop import paths
from desktop.domain.complaint import Complaint, Entry
from desktop.domain.months import Month
from desktop.services import complaint_work, many_complaints, month_reports
from desktop.services.changes import Change, apply
from desktop.services.desk import Desk, Shipped
from desktop.services.importing import import_files
from desktop.services.month_reports import OfficersWords
from desktop.services.verifying import verify
from desktop.storage.register import Register, open_for_writing
from tests.faults import verdicts
from tests.faults.operation_under_fault import Operation
from tests.faults.verdicts import Verdict

TODAY = date(2020, 1, 28)
NOW = datetime(2020, 1, 28, 3, tzinfo=UTC)
JANUARY = Month(2020, 1)
COMPLAINTS = 24
MANY = 12  # of them are changed in one stroke
ROWS = 40  # of an imported file
DATA, PAPERS = "data", "papers"  # in the folder of a run: the data folder, and what leaves or enters the register
WHOLE_PDF = (b"%PDF-", b"%%EOF")


def desk_over(register: Register) -> Desk:
    """The officer's desk over an open register, on a day and at a time that do not move."""
    shipped = Shipped(paths.fonts_folder(), paths.words_folder(), paths.holidays_folder(), paths.program_version())
    return Desk(register, shipped, lambda: TODAY, lambda: NOW)


def desk_of(folder: Path, outside: Path | None = None) -> Desk:
    """The same over a data folder; ``outside`` is where this user's anchors are kept."""
    return desk_over(open_for_writing(folder, outside))


def complaints() -> Iterator[Complaint]:
    """Two dozen complaints in progress."""
    for serial in range(1, COMPLAINTS + 1):
        yield Complaint(
            f"กทม-{serial:03d}", date(2020, 1, 6), channel="โทรศัพท์ 1555", types=("ถนน",), subject=f"ถนนเป็นหลุม {serial}",
            detail="ผู้ร้องแจ้งว่าถนนเป็นหลุมลึก ขอให้ตรวจสอบและแก้ไข", place=f"ซอยตัวอย่าง {serial}", unit="ฝ่ายโยธา",
            accepted=date(2020, 1, 7), first_report=Entry(date(2020, 1, 8), "ตรวจสอบพื้นที่แล้ว"),
        )  # fmt: skip


def fill(desk: Desk) -> None:
    """Put them into an empty register."""
    apply(desk, "เพิ่มเรื่องใหม่", [Change(None, each) for each in complaints()])


class RegisterWork(Operation):
    """An operation on one register, told by what must stand in its tables after each step."""

    whole: tuple[int, ...] = ()  # what ``evidence`` counts of a step that was taken

    def prepare(self, root: Path) -> None:
        """Two dozen complaints, and a folder for papers."""
        (root / PAPERS).mkdir(parents=True)
        desk = desk_of(root / DATA)
        fill(desk)
        desk.register.close()

    @contextmanager
    def sitting(self, root: Path) -> Iterator[Desk]:
        """The register, open for writing."""
        desk = desk_of(root / DATA)
        try:
            yield desk
        finally:
            desk.register.close()

    def evidence(self, root: Path, connection: sqlite3.Connection, number: int) -> tuple[int, ...]:
        """How much of a step stands in the tables."""
        raise NotImplementedError

    def reached(self, root: Path, desk: Any) -> int:
        """The steps that stand there from the first one on, as the product's own connection sees it."""
        connection = desk.register.connection
        return next(n for n in range(self.most + 1) if self.evidence(root, connection, n) != self.whole)

    def state(self, root: Path) -> object:
        """Every row."""
        return verdicts.state_of(root / DATA)

    def judge(self, root: Path, states: list[object], done: set[int], begun: set[int]) -> Verdict:
        """Open it with the product, then read the tables beside it."""
        verdict = Verdict()
        if not verdict.caught(lambda: self._after_a_start(root, verdict)):
            return verdict
        verdict.caught(lambda: self._judge_tables(root, verdict, done, begun))
        if verdict.good and self.state(root) not in states[max(done, default=-1) + 1 : max(begun, default=-1) + 2]:
            verdict.half.append("the register is as no run without faults leaves it")
        return verdict

    def _judge_tables(self, root: Path, verdict: Verdict, done: set[int], begun: set[int]) -> None:
        with closing(verdicts.reading(root / DATA)) as connection:
            verdict.damaged += verdicts.structure_problems(connection)
            verdict.half += verdicts.history_problems(connection)
            for number in range(max(begun, default=-1) + 2):
                found = self.evidence(root, connection, number)
                self._judge_step(verdict, number, found, number in done, number in begun)
            self.judge_papers(root, connection, verdict, done, begun)

    def _after_a_start(self, root: Path, verdict: Verdict) -> None:
        with self.sitting(root) as desk:
            self.sweep(desk)
            verdict.damaged += verify(desk).problems

    def sweep(self, desk: Desk) -> None:
        """What the program does at its start, beyond opening the register."""

    def _judge_step(self, verdict: Verdict, number: int, found: tuple[int, ...], done: bool, begun: bool) -> None:
        told = f"step {number}: {found} of {self.whole}"
        if found == self.whole and begun:
            return
        if any(found):
            verdict.half.append(told)
        elif done:
            verdict.lost.append(told)

    def judge_papers(
        self, root: Path, connection: sqlite3.Connection, verdict: Verdict, done: set[int], begun: set[int]
    ) -> None:
        """Look at what it left in the folder of papers."""


def counts(connection: sqlite3.Connection, *questions: tuple[str, Iterable[Any]]) -> tuple[int, ...]:
    """The one number each question answers."""
    return tuple(connection.execute(sql, tuple(values)).fetchone()[0] for sql, values in questions)


class Save(RegisterWork):
    """One complaint is given an entry."""

    name, most, whole = "save", 16, (1, 1)

    def step(self, root: Path, desk: Desk, number: int) -> None:
        """An entry for one of them."""
        before = complaint_work.complaint(desk, f"กทม-{number % COMPLAINTS + 1:03d}")
        after = complaint_work.with_entry(before, date(2020, 1, 14), f"ติดตามครั้งที่ {number}")
        complaint_work.save(desk, before, after, "บันทึกการติดตาม", f"ครั้งที่ {number}")

    def evidence(self, root: Path, connection: sqlite3.Connection, number: int) -> tuple[int, ...]:
        """The entry, and its history row."""
        return counts(
            connection,
            ("SELECT count(*) FROM entry WHERE text = ?", [f"ติดตามครั้งที่ {number}"]),
            (
                "SELECT count(*) FROM history JOIN operation ON operation.id = history.operation"
                " WHERE kind = 'complaint' AND why = ?",
                [f"ครั้งที่ {number}"],
            ),
        )


class Bulk(RegisterWork):
    """Many are given an entry in one stroke."""

    name, most, whole = "bulk change", 8, (MANY, MANY)

    def step(self, root: Path, desk: Desk, number: int) -> None:
        """An entry for each."""
        numbers = [each.number for each in complaints()][:MANY]
        many_complaints.enter_many(desk, numbers, date(2020, 1, 14), f"ติดตามทุกเรื่อง ครั้งที่ {number}")

    def evidence(self, root: Path, connection: sqlite3.Connection, number: int) -> tuple[int, ...]:
        """The entries, and the history rows that tell of them."""
        text = f"ติดตามทุกเรื่อง ครั้งที่ {number}"
        return counts(
            connection,
            ("SELECT count(*) FROM entry WHERE text = ?", [text]),
            (
                "SELECT count(*) FROM history WHERE kind = 'complaint' AND instr(json_extract(changes,"
                " '$.follow_ups[1]'), ?) AND NOT instr(coalesce(json_extract(changes, '$.follow_ups[0]'), ''), ?)",
                [text, text],
            ),
        )


class Import(RegisterWork):
    """A spreadsheet of new complaints comes in."""

    name, most, whole = "import", 5, (ROWS, ROWS, 1)
    unmoved_by = ("WAL",)  # the backup before it cannot be read back in that mode: nothing is imported

    def prepare(self, root: Path) -> None:
        """The files beside the register."""
        super().prepare(root)
        for number in range(self.most):
            with self._file(root, number).open("w", encoding="utf-8-sig", newline="") as file:
                rows = csv.writer(file)
                rows.writerow(["เลขที่รับแจ้ง", "วันที่แจ้ง", "เรื่อง", "ผู้ร้อง", "วันที่ตอบรับ"])
                for row in range(ROWS):
                    rows.writerow(
                        [f"แฟ้ม{number}-{row:03d}", "8/1/2563", f"ทางเท้าทรุด {row}", f"ผู้ร้องตัวอย่าง {row}", "9/1/2563"]
                    )

    @staticmethod
    def _file(root: Path, number: int) -> Path:
        return root / PAPERS / f"rows-{number}.csv"

    def step(self, root: Path, desk: Desk, number: int) -> None:
        """One file is one batch."""
        import_files(desk, [self._file(root, number)], None, dry_run=False)

    def evidence(self, root: Path, connection: sqlite3.Connection, number: int) -> tuple[int, ...]:
        """The complaints, their history rows, the batch."""
        return counts(
            connection,
            ("SELECT count(*) FROM complaint WHERE number LIKE ?", [f"แฟ้ม{number}-%"]),
            ("SELECT count(*) FROM history WHERE kind = 'complaint' AND key LIKE ?", [f"แฟ้ม{number}-%"]),
            ("SELECT count(*) FROM import_batch WHERE files LIKE ?", [f"%rows-{number}.csv%"]),
        )

    def judge_papers(
        self, root: Path, connection: sqlite3.Connection, verdict: Verdict, done: set[int], begun: set[int]
    ) -> None:
        """The file in hand can be imported again, and no complaint stands twice."""
        if not verdict.good or not begun:
            return
        number = max(begun)
        with self.sitting(root) as desk:
            tried = import_files(desk, [self._file(root, number)], None, dry_run=True).files[0]
        if (tried.new + tried.unchanged, tried.changed, tried.refused) != (ROWS, 0, ()):
            verdict.half.append(f"importing file {number} again: {tried}")
        if tried.new not in (0, ROWS):
            verdict.half.append(f"importing file {number} again would add {tried.new}")


class IssueReport(RegisterWork):
    """The month's report is issued, then revised again and again, each with its PDF."""

    name, most, whole = "issue", 6, (1, 1)

    def step(self, root: Path, desk: Desk, number: int) -> None:
        """A revision under a name of its own."""
        monthly = month_reports.figures_of_month(desk, JANUARY, TODAY)
        why = f"แก้ไขครั้งที่ {number}" if number else ""
        path = self._paper(root, number)
        month_reports.issue(desk, monthly, OfficersWords(), path, revise=bool(number), why=why)

    @staticmethod
    def _paper(root: Path, number: int) -> Path:
        return root / PAPERS / f"รายงาน {number}.pdf"

    def evidence(self, root: Path, connection: sqlite3.Connection, number: int) -> tuple[int, ...]:
        """The report under its number, and its history row."""
        return counts(
            connection,
            ("SELECT count(*) FROM issued_report WHERE month = '2020-01' AND revision = ?", [number + 1]),
            ("SELECT count(*) FROM history WHERE kind = 'issued_report' AND key = ?", [f"2020-01/{number + 1}"]),
        )

    def judge_papers(
        self, root: Path, connection: sqlite3.Connection, verdict: Verdict, done: set[int], begun: set[int]
    ) -> None:
        """A paper under its final name is whole; one the register knows is the very file it knows."""
        issued = dict(connection.execute("SELECT revision - 1, sha256 FROM issued_report").fetchall())
        if sorted(issued) != list(range(len(issued))):
            verdict.half.append(f"the reports are numbered {sorted(issued)}")
        for number in range(self.most):
            path = self._paper(root, number)
            if not path.exists():
                if number in done:
                    verdict.lost.append(f"{path.name} was acknowledged and is gone")
                continue
            content = path.read_bytes()
            if not (content.startswith(WHOLE_PDF[0]) and content.rstrip().endswith(WHOLE_PDF[1])):
                verdict.half.append(f"{path.name} holds {len(content)} bytes and is no whole PDF")
            elif number not in issued:
                verdict.ahead += 1
            elif hashlib.sha256(content).hexdigest() != issued[number]:
                verdict.half.append(f"{path.name} is not the file the register knows")

    def warm(self) -> None:
        """The PDF's fonts, words and shaping."""
        import tempfile

        with tempfile.TemporaryDirectory() as scratch:
            root = Path(scratch) / "warm"
            self.prepare(root)
            with self.sitting(root) as desk:
                self.step(root, desk, 0)


REGISTER_WORK = (Save(), Bulk(), Import(), IssueReport())
