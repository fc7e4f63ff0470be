"""The examination of a register: every row against the history, the history against its chain, the file's structure.

Nothing is written. Trouble of the disk or another program is raised as it is: it is never taken for damage.
"""

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from desktop.storage import chain
from desktop.storage.chain import SALT_BYTES, Head, head_of_text, holds
from desktop.storage.history_pass import HistoryPass
from desktop.storage.one_moment import one_moment
from desktop.storage.schema import APPLICATION_ID, VERSION, known_schema, schema_of
from desktop.storage.seals import kind_and_key, spellings
from desktop.storage.spelled_complaints import tell_complaints
from desktop.storage.structure_check import StructureCheck

WORLDLY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_READONLY",
           "SQLITE_NOMEM", "SQLITE_INTERRUPT", "SQLITE_PERM", "SQLITE_AUTH")  # fmt: skip


class Damage(Enum):
    """What is wrong; the value is the sentence for the officer, ``{key}`` the thing it is about."""

    FOREIGN = "แฟ้มนี้ไม่ใช่ทะเบียนของโปรแกรม"
    STRUCTURE = "โครงสร้างของแฟ้มทะเบียนเสียหาย: {key}"
    INDEX = "ดัชนีของแฟ้มทะเบียนเสียหาย: {key}"
    SCHEMA = "ตารางหรือกลไกป้องกันของทะเบียนถูกเปลี่ยน: {key}"
    COMPLAINT = "เรื่อง {key} ไม่ตรงกับประวัติ"
    COMPLAINT_LOST = "เรื่อง {key} หายไปจากทะเบียน ทั้งที่ประวัติมี"
    COMPLAINT_STRANGE = "เรื่อง {key} อยู่ในทะเบียน ทั้งที่ประวัติไม่มี"
    DERIVED = "กำหนดหรือข้อความค้นหาที่เก็บไว้ของเรื่อง {key} เสียหาย"
    OWED = "กำหนดถัดไปที่เก็บไว้ของเรื่อง {key} ไม่ตรงกับที่นับได้จากวันที่ของเรื่องนั้น"
    PARTS = "มีรายการย่อยที่ไม่อยู่กับเรื่องใด"
    THING = "{key} ไม่ตรงกับประวัติ"
    THING_LOST = "{key} หายไป ทั้งที่ประวัติมี"
    THING_STRANGE = "{key} มีอยู่ ทั้งที่ประวัติไม่มี"
    HISTORY = "ประวัติรายการที่ {key} ถูกเปลี่ยน"
    CHAIN = "สายประวัติขาดหรือถูกเปลี่ยนที่รายการ {key}"
    REPORT = "แฟ้มรายงานที่ออกแล้ว {key} ไม่ตรงกับที่บันทึกไว้"
    REPORT_HEAD = "สายประวัติไม่ตรงกับลายพิมพ์ในรายงานที่ออกแล้ว {key}"


KIND_WORDS = {
    "fiscal_year": "ปีงบประมาณ",
    "calendar": "ปฏิทินวันหยุด",
    "setting": "ค่าที่ตั้งไว้",
    "shipped_calendar": "ปฏิทินวันหยุดที่มากับโปรแกรม",
    "issued_report": "รายงานที่ออกแล้ว",
    "sent": "วันนำส่งรายงาน",
    "attachment": "แฟ้มแนบ",
    "outage": "บันทึกระบบขัดข้อง",
    "signed_copy": "สำเนาที่ลงนาม",
}


@dataclass(frozen=True)
class Finding:
    """One thing found wrong."""

    damage: Damage
    key: str = ""

    @property
    def sentence(self) -> str:
        """The finding in the officer's words."""
        return self.damage.value.format(key=self.key)


@dataclass(frozen=True)
class Examination:
    """What an examination found; ``problems`` is empty when every row is as the history left it."""

    findings: tuple[Finding, ...]
    complaints: int
    head: Head | None

    @property
    def problems(self) -> tuple[str, ...]:
        """Every finding as a Thai sentence."""
        return tuple(finding.sentence for finding in self.findings)

    @property
    def only_derived(self) -> bool:
        """Whether every row says what it said: indexes, pages or derived columns alone are hurt."""
        mendable = (Damage.INDEX, Damage.DERIVED, Damage.OWED, Damage.STRUCTURE)
        return all(finding.damage in mendable for finding in self.findings)


def examine(connection: sqlite3.Connection, *, on_two_threads: bool = False) -> Examination:
    """Read everything of a register and tell what is wrong; of an older schema its structure alone.

    On two threads it is done in two thirds of the time.
    """
    examining = _Examining(connection)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID or not 1 <= version <= VERSION:
        return Examination((Finding(Damage.FOREIGN),), 0, None)
    with (
        one_moment(connection),
        StructureCheck(connection, rows_are_read=version == VERSION, beside=on_two_threads) as structure,
    ):
        examining.guarded(lambda: examining.schema(version))
        if version == VERSION:
            examining.guarded(examining.contents)
        rest, examining.findings = examining.findings, []
        examining.guarded(lambda: examining.structure(structure))
    return Examination(tuple(dict.fromkeys(examining.findings + rest)), examining.complaints, examining.head)


@dataclass
class _Examining:
    connection: sqlite3.Connection
    findings: list[Finding] = field(default_factory=list)
    complaints: int = 0
    head: Head | None = None

    def guarded(self, step: Callable[[], None]) -> None:
        """Take a step; what SQLite cannot read is damage, what the disk or another program refuses is not."""
        try:
            step()
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorname", "").startswith(WORLDLY):
                raise
            self.found(Damage.STRUCTURE, str(error))
        except UnicodeDecodeError:  # SQLite's own words quote what is damaged
            self.found(Damage.STRUCTURE, "อ่านข้อความในแฟ้มไม่ได้")

    def found(self, damage: Damage, key: object = "") -> None:
        self.findings.append(Finding(damage, str(key)))

    def structure(self, check: StructureCheck) -> None:
        for problem in check.problems():
            self.found(Damage.INDEX if problem.index_alone else Damage.STRUCTURE, problem.message)

    def schema(self, version: int) -> None:
        known, there = known_schema(version), schema_of(self.connection)
        for _, name, _, _ in sorted(known ^ there, key=lambda each: each[:2]):
            self.found(Damage.SCHEMA, name)

    def contents(self) -> None:
        passed = HistoryPass()
        passed.run(self.connection)
        self.findings += [Finding(Damage.HISTORY, str(number)) for number in passed.changed_rows]
        self.findings += [Finding(Damage.CHAIN, str(number)) for number in passed.broken_links]
        self.head = chain.head(self.connection)
        self._complaints(passed.seals)
        self._things(passed.seals)
        self._lost(passed.seals)
        self._reports()

    def _complaints(self, seals: dict[bytes, bytes]) -> None:
        def told(name: bytes, says: bytes, derived_holds: bool) -> None:
            self.complaints += 1
            seal = seals.pop(name, b"")
            if not _holds(seal, says):
                self.found(Damage.COMPLAINT if _stands(seal) else Damage.COMPLAINT_STRANGE, kind_and_key(name)[1])
            elif not derived_holds:
                self.found(Damage.DERIVED, kind_and_key(name)[1])

        if not tell_complaints(self.connection, told):
            self.found(Damage.PARTS)

    def _things(self, seals: dict[bytes, bytes]) -> None:
        for name, says in spellings(self.connection):
            seal = seals.pop(name, b"")
            if not _holds(seal, says):
                self.found(Damage.THING if _stands(seal) else Damage.THING_STRANGE, _named(*kind_and_key(name)))

    def _lost(self, seals: dict[bytes, bytes]) -> None:
        """What is left stands in the history alone: it was taken out by an operation, or is lost."""
        for name in [name for name, seal in seals.items() if _stands(seal)]:
            kind, key = kind_and_key(name)
            if kind == "complaint":
                self.found(Damage.COMPLAINT_LOST, key)
            elif kind in KIND_WORDS:
                self.found(Damage.THING_LOST, _named(kind, key))

    def _reports(self) -> None:
        """Each issued file against its hash, and the chain against the head it bears."""
        rows = self.connection.execute("SELECT month, revision, pdf, sha256, length, head FROM issued_report")
        for month, revision, pdf, sha256, length, head in rows:
            if hashlib.sha256(pdf).hexdigest() != sha256 or len(pdf) != length:
                self.found(Damage.REPORT, f"{month}/{revision}")
            if head and not holds_head(self.connection, head):
                self.found(Damage.REPORT_HEAD, f"{month}/{revision}")


def holds_head(connection: sqlite3.Connection, text: str) -> bool:
    """Whether the chain goes through a head kept elsewhere."""
    try:
        head = head_of_text(text)
    except ValueError:
        return False
    return chain.link_at(connection, head.operation) == head.link


def _stands(seal: bytes) -> bool:
    """Whether a thing is still there by its newest seal."""
    return len(seal) > SALT_BYTES


def _holds(seal: bytes, says: bytes) -> bool:
    return _stands(seal) and holds(seal, says)


def _named(kind: str, key: object) -> str:
    return f"{KIND_WORDS.get(kind, kind)} {key}".strip()
