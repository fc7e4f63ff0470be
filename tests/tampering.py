"""Ways to tamper with a register by another SQLite program, each named; what finds it is told by ``verify``.

Used by the quick tests and, with every way over again on larger registers, by ``make faults``.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.storage import chain
from desktop.storage.anchor import read_anchor, write_anchor
from desktop.storage.chain import head_of_text
from desktop.storage.seals import name_of, next_check, spellings
from desktop.storage.spelled_complaints import spelled_complaints, write_checks

REGISTER = "register.sqlite"
_HISTORY = "SELECT id, kind, key, seal, changes FROM history ORDER BY id"


@dataclass(frozen=True)
class Way:
    """One way to tamper: ``older`` is a copy of the whole folder made before the last changes."""

    name: str
    tamper: Callable[[Path, Path], None]


@contextmanager
def another_program(folder: Path) -> Iterator[sqlite3.Connection]:
    """The register open in a program that knows nothing of the rules."""
    with closing(sqlite3.connect(folder / REGISTER, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        yield connection


@contextmanager
def without_triggers(connection: sqlite3.Connection) -> Iterator[None]:
    """Drop every trigger, and make each again word for word."""
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        connection.execute(sql)


def sql(*statements: str) -> Callable[[Path, Path], None]:
    """Tamper by plain statements, the triggers out of the way and made again."""

    def tamper(folder: Path, _older: Path) -> None:
        with another_program(folder) as connection, without_triggers(connection):
            changed = 0
            for statement in statements:
                changed += max(connection.execute(statement).rowcount, 0)
            assert changed, f"nothing was tampered with: {statements}"

    return tamper


def bare(*statements: str) -> Callable[[Path, Path], None]:
    """Tamper by statements about the schema itself."""

    def tamper(folder: Path, _older: Path) -> None:
        with another_program(folder) as connection:
            for statement in statements:
                connection.execute(statement)

    return tamper


def forge_whole_chain(connection: sqlite3.Connection) -> None:
    """Make every salted hash and every link anew, so that the register agrees with itself."""
    write_checks(connection)
    newest = {name_of(kind, key): row for row, kind, key, *_ in connection.execute(_HISTORY)}
    for name, spelling in (*spelled_complaints(connection), *spellings(connection)):
        seal = chain.seal_of(chain.new_salt(), spelling)
        connection.execute("UPDATE history SET seal = ? WHERE id = ?", (seal, newest[name]))
    for row, kind, key, seal, changes in connection.execute(_HISTORY).fetchall():
        digest = chain.digest_of(seal, name_of(kind, key), changes.encode())
        connection.execute("UPDATE history SET digest = ? WHERE id = ?", (digest, row))
    connection.execute("DELETE FROM chain")
    chain.close_links(connection)


def rewritten(*statements: str, anchor: bool = False, heads: bool = False) -> Callable[[Path, Path], None]:
    """Tamper, then recompute the whole chain; with ``anchor`` the note beside it, with ``heads`` the reports' too."""

    def tamper(folder: Path, _older: Path) -> None:
        with another_program(folder) as connection, without_triggers(connection):
            for statement in statements:
                assert connection.execute(statement).rowcount
            forge_whole_chain(connection)
            if heads:
                _forge_heads(connection)
            if anchor:
                _forge_anchor(folder, connection)

    return tamper


def _forge_heads(connection: sqlite3.Connection) -> None:
    for report, head in connection.execute("SELECT id, head FROM issued_report").fetchall():
        operation = head_of_text(head).operation
        link = chain.link_at(connection, operation)
        connection.execute("UPDATE issued_report SET head = ? WHERE id = ?", (f"{operation}:{link}", report))
    forge_whole_chain(connection)


def _forge_anchor(folder: Path, connection: sqlite3.Connection) -> None:
    anchor = read_anchor(folder / "register.known")
    head = chain.head(connection)
    assert anchor is not None and head is not None
    write_anchor(folder / "register.known", anchor.register, head)


def owing(where: str, step: str | None, due: str | None) -> Callable[[Path, Path], None]:
    """Write another next obligation over that of some complaints, and the checksum that goes with it."""

    def tamper(folder: Path, _older: Path) -> None:
        with another_program(folder) as connection:
            numbers = connection.execute(f"SELECT number FROM complaint WHERE {where}").fetchall()
            assert numbers, f"nothing was tampered with: {where}"
            columns = "next_step = ?, next_due = ?, next_act_by = ?, next_check = ?"
            for (number,) in numbers:
                told = (step, due, due, next_check(number, (step, due, due)), number)
                connection.execute(f"UPDATE complaint SET {columns} WHERE number = ?", told)

    return tamper


def cut_tail(folder: Path, _older: Path) -> None:
    """Take the newest operation out with its links and put the setting it changed back: the chain still holds."""
    with another_program(folder) as connection, without_triggers(connection):
        last = connection.execute("SELECT max(id) FROM operation").fetchone()[0]
        ((kind, key, changes),) = connection.execute(
            "SELECT kind, key, changes FROM history WHERE operation = ?", (last,)
        ).fetchall()
        assert kind == "setting"
        old = json.loads(changes)["value"][0]
        connection.execute("UPDATE setting SET value = ? WHERE name = ?", (old, key))
        for table, column in (("history", "operation"), ("chain", "operation"), ("operation", "id")):
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (last,))


def older_register(folder: Path, older: Path) -> None:
    """Put an older copy of the register alone in its place."""
    (folder / REGISTER).write_bytes((older / REGISTER).read_bytes())


def older_folder(folder: Path, older: Path) -> None:
    """Put an older copy of the whole folder in its place."""
    for name in (REGISTER, "register.known"):
        (folder / name).write_bytes((older / name).read_bytes())


def forged_pdf(folder: Path, _older: Path) -> None:
    """Change an issued file, and its hash and length with it."""
    with another_program(folder) as connection, without_triggers(connection):
        report, pdf = connection.execute("SELECT id, pdf FROM issued_report LIMIT 1").fetchone()
        forged = pdf + b"\n% changed\n"
        connection.execute(
            "UPDATE issued_report SET pdf = ?, sha256 = ?, length = ? WHERE id = ?",
            (forged, hashlib.sha256(forged).hexdigest(), len(forged), report),
        )


_SUBJECT = "UPDATE complaint SET subject = 'เรื่องอื่น' WHERE id = 3"
WAYS = (
    Way("a subject rewritten", sql(_SUBJECT)),
    Way("a telephone number rewritten", sql("UPDATE complaint SET telephone = '02-000-9999' WHERE id = 4")),
    Way("an acceptance made earlier", sql("UPDATE complaint SET accepted = notified WHERE accepted > notified")),
    Way("a completion invented", sql("UPDATE complaint SET completed = '2020-01-28' WHERE completed IS NULL")),
    Way("a transfer invented", sql("UPDATE complaint SET transferred = '2020-01-28' WHERE id = 7")),
    Way("a complaint deleted", sql("DELETE FROM complaint WHERE id = 5")),
    Way(
        "a complaint deleted with all its parts",
        sql(*(f"DELETE FROM {each} WHERE complaint = 5" for each in ("entry", "complaint_type", "quality_item",
                                                                      "search_text")),
            "DELETE FROM complaint WHERE id = 5"),
    ),
    Way("a complaint renumbered", sql("UPDATE complaint SET number = '2562-99999' WHERE id = 6")),
    Way("an entry's text rewritten", sql("UPDATE entry SET text = 'แก้ไขแล้ว' WHERE complaint = 1")),
    Way("an entry made earlier", sql("UPDATE entry SET day = '2019-10-02' WHERE first = 1 AND day > '2019-10-02'")),
    Way("an entry deleted", sql("DELETE FROM entry WHERE position = 0 AND complaint = 1")),
    Way("an entry given to another complaint", sql("UPDATE entry SET complaint = 2, position = 90 + position"
                                                  " WHERE complaint = 1")),
    Way("two entries exchanged", sql("UPDATE entry SET position = -1 - position WHERE complaint IN"
                                     " (SELECT complaint FROM entry GROUP BY complaint HAVING count(*) > 1)")),
    Way("a reopening invented", sql("INSERT INTO reopening VALUES (1, 9, '2019-10-20', '2019-10-21')")),
    Way("a type added", sql("INSERT INTO complaint_type VALUES (1, 9, 'ถนนใหญ่')")),
    Way("a tick changed", sql("UPDATE quality_item SET ticked = 1 - ticked WHERE item = 'fits'")),
    Way("a deadline moved", sql("UPDATE complaint SET next_due = '2030-01-01' WHERE next_due IS NOT NULL")),
    Way("every deadline taken away with its checksum", owing("next_due IS NOT NULL", None, None)),
    Way("a deadline moved with its checksum",
        owing("id = (SELECT min(id) FROM complaint WHERE next_due IS NOT NULL)", "follow_up", "2030-01-01")),
    Way("a deadline invented for a completed complaint",
        owing("id = (SELECT min(id) FROM complaint WHERE completed IS NOT NULL)", "follow_up", "2020-02-21")),
    Way("a complaint hidden from the search", sql("UPDATE search_text SET narrow = x'20' WHERE complaint = 3")),
    Way("the project record rewritten", sql("UPDATE office_year SET project = replace(project, '90', '10')")),
    Way("the core types rewritten", sql("UPDATE office_year SET core_types = '[\"ถนน\"]'")),
    Way("an added holiday deleted", sql("DELETE FROM calendar_change")),
    Way("a shipped holiday invented", sql("INSERT INTO shipped_day VALUES ('2020-01-29', 'วันหยุด', 'country')")),
    Way("the officer's name rewritten", sql("UPDATE setting SET value = 'ผู้อื่น' WHERE name = 'officer'")),
    Way("an issued report's figures rewritten", sql("UPDATE issued_report SET figures = replace(figures, '1', '2')")),
    Way("an issued report deleted", sql("DELETE FROM sent", "DELETE FROM issued_report")),
    Way("an issued file changed", sql("UPDATE issued_report SET pdf = CAST('%PDF-1.4' AS BLOB)")),
    Way("an issued file changed with its hash", forged_pdf),
    Way("the day of sending rewritten", sql("UPDATE sent SET sent_on = '2020-02-01'")),
    Way("the letter it was sent with rewritten", sql("UPDATE sent SET letter = 'กท 6603/1'")),
    Way("an outage rewritten", sql("UPDATE outage SET began = '2020-01-02T08:00'")),
    Way("an attachment's row deleted", sql("DELETE FROM attachment")),
    Way("a value in the history rewritten", sql("UPDATE history SET changes = replace(changes, 'เจ้า', 'ใคร')")),
    Way("who did it rewritten", sql("UPDATE operation SET who = 'ผู้อื่น' WHERE id = 2")),
    Way("when it was done rewritten", sql("UPDATE operation SET at = '2019-01-01T00:00:00+00:00' WHERE id = 2")),
    Way("a history row deleted", sql("DELETE FROM history WHERE id = 20")),
    Way("an operation deleted with its rows and link",
        sql("DELETE FROM history WHERE operation = 4", "DELETE FROM chain WHERE operation = 4",
            "DELETE FROM operation WHERE id = 4")),
    Way("a history row invented", sql("INSERT INTO history (operation, kind, key, changes, seal, digest)"
                                      " SELECT operation, kind, key, changes, seal, digest"
                                      " FROM history LIMIT 1")),
    Way("an operation invented", sql("INSERT INTO operation (at, who, action, why)"
                                     " SELECT at, who, action, why FROM operation LIMIT 1")),
    Way("an erasure invented",
        sql("UPDATE history SET changes = '{}' WHERE id = 15",
            "INSERT INTO history (operation, kind, key, changes, seal, digest)"
            " SELECT 2, 'erasure', '15', '{}', x'00', x'00'")),
    Way("a trigger dropped", bare("DROP TRIGGER history_keeps_update")),
    Way("a trigger made toothless", bare("DROP TRIGGER history_keeps_update", "CREATE TRIGGER history_keeps_update"
                                         " BEFORE UPDATE ON history WHEN 0 BEGIN SELECT 1; END")),
    Way("a trigger added", bare("CREATE TRIGGER more AFTER INSERT ON complaint BEGIN SELECT 1; END")),
    Way("a view added", bare("CREATE VIEW more AS SELECT * FROM complaint")),
    Way("the tail cut together with the head", cut_tail),
    Way("the whole chain recomputed", rewritten(_SUBJECT)),
    Way("the whole chain recomputed, the note beside it too", rewritten(_SUBJECT, anchor=True)),
    Way("the whole chain recomputed, the note and the reports' heads too",
        rewritten(_SUBJECT, anchor=True, heads=True)),
    Way("an older copy of the register put back", older_register),
    Way("an older copy of the whole folder put back", older_folder),
)  # fmt: skip


# What no seal covers and nothing depends on: the register says the same, and goes on saying it whatever is saved.
HARMLESS = (
    Way("every counter above what was given", sql("UPDATE sqlite_sequence SET seq = seq + 64")),
    Way("every counter at its end", sql("UPDATE sqlite_sequence SET seq = 9223372036854775807")),
    Way("every counter below what was given", sql("UPDATE sqlite_sequence SET seq = 0")),
    Way("every counter below nothing", sql("UPDATE sqlite_sequence SET seq = -64")),
    Way("words in place of the counters", sql("UPDATE sqlite_sequence SET seq = 'มาก'")),
    Way("the counters' tables misnamed", sql("UPDATE sqlite_sequence SET name = name || 'x'")),
    Way("the counters deleted", sql("DELETE FROM sqlite_sequence")),
)
