"""Registers of every earlier schema come along whole; what cannot be brought along stays untouched."""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.months import Month
from desktop.services import month_reports, undoing
from desktop.services.desk import Desk, Shipped
from desktop.services.verifying import verify
from desktop.storage import chain_beginning, register, schema
from desktop.storage.register import open_for_reading, open_for_writing
from desktop.storage.register_refusals import RegisterRefused
from desktop.storage.schema import VERSION

OLD = Path(__file__).with_name("old_registers")
# The tables and columns of step 1, typed from the register made by the program of that time.
STEP_1 = {
    "complaint": "number, notified, channel, subject, detail, place, unit, complainant, telephone, stated, accepted,"
    " completed, transferred, answer, letter_number, order_number, action, coordination, status, next_step, next_due,"
    " next_act_by, number_key, subject_key, type_key",
    "entry": "complaint, position, first, day, text",
    "reopening": "complaint, position, completed, reopened",
    "complaint_type": "complaint, position, name",
    "quality_item": "complaint, item, ticked, not_applicable",
    "search_text": "complaint, narrow, wide",
    "office_year": "year, rules, project, core_types",
    "shipped_day": "day, name, source",
    "calendar_change": "day, closed, why",
    "setting": "name, value",
    "import_batch": "id, operation, files",
    "issued_report": "id, month, revision, drawn_on, last, send_by, figures, numbers, notified_later, plan, target,"
    " spent, note, why, issued_at, pdf, sha256, length",
    "sent": "report, sent_on",
}


def said(path: Path) -> str:
    """What a register says in the columns of step 1, read by SQLite alone, with the operations of that time."""
    with closing(sqlite3.connect(path)) as connection:
        rows = [
            connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2").fetchall()
            for table, columns in STEP_1.items()
        ]
        last = connection.execute("SELECT max(id) FROM operation WHERE action NOT LIKE 'ปรับปรุงทะเบียน%'").fetchone()
        for select in (
            "SELECT id, at, who, action, why, undoes FROM operation WHERE id <= ? ORDER BY id",
            "SELECT id, operation, kind, key, changes FROM history WHERE operation <= ? ORDER BY id",
        ):
            rows.append(connection.execute(select, last).fetchall())
        return hashlib.sha256(repr(rows).encode()).hexdigest()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with the register of step 1, kept from the program of that time."""
    folder = tmp_path / "ทะเบียนเก่า"
    folder.mkdir()
    shutil.copy(OLD / "register-step-1.sqlite", folder / "register.sqlite")
    return folder


@pytest.fixture(params=range(1, VERSION))
def any_old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The same of every earlier step."""
    folder = tmp_path / "ทะเบียนเก่า"
    folder.mkdir()
    shutil.copy(OLD / f"register-step-{request.param}.sqlite", folder / "register.sqlite")
    return folder


def test_every_earlier_schema_has_a_real_register_kept() -> None:
    assert sorted(path.name for path in OLD.iterdir()) == [f"register-step-{n}.sqlite" for n in range(1, VERSION)]


def test_an_old_register_comes_along_whole_and_passes(any_old: Path, shipped: Shipped) -> None:
    old = any_old
    before = said(old / "register.sqlite")
    desk = Desk(open_for_writing(old), shipped, lambda: date(2020, 2, 20))
    try:
        assert said(old / "register.sqlite") == before
        found = verify(desk)
        assert (found.ok, found.complaints) == (True, 14)
        assert undoing.undo_newest(desk).action == "ยกเลิกวันหยุด"  # of the program of that time
        assert verify(desk).ok
    finally:
        desk.register.close()


def test_a_report_sent_before_letters_were_noted_can_be_given_one_and_a_rewritten_one_is_seen(
    any_old: Path, shipped: Shipped
) -> None:
    desk = Desk(open_for_writing(any_old), shipped, lambda: date(2020, 2, 20))
    january = Month(2020, 1)
    try:
        sent = month_reports.newest_reports(desk, 2563)[january]
        assert sent.sent_on is not None and sent.letter == ""
        month_reports.mark_sent(desk, january, sent.sent_on, "กท 6603/7")
        assert month_reports.newest_reports(desk, 2563)[january].letter == "กท 6603/7" and verify(desk).ok
    finally:
        desk.register.close()
    with closing(sqlite3.connect(any_old / "register.sqlite")) as connection:
        connection.execute("UPDATE sent SET letter = 'กท 6603/8' WHERE letter <> ''")
        connection.commit()
    again = Desk(open_for_reading(any_old), shipped, lambda: date(2020, 2, 20))
    try:
        assert ["วันนำส่งรายงาน" in problem for problem in verify(again).problems] == [True]
    finally:
        again.register.close()


def test_control_a_row_changed_on_the_way_would_be_seen(old: Path) -> None:
    before = said(old / "register.sqlite")
    open_for_writing(old).close()
    with closing(sqlite3.connect(old / "register.sqlite")) as connection:
        connection.execute("UPDATE entry SET text = text || '.' WHERE complaint = 1")
        connection.commit()
    assert said(old / "register.sqlite") != before


def test_reading_brings_it_along_too(any_old: Path) -> None:
    opened = open_for_reading(any_old)
    assert opened.connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    opened.close()


def test_a_migration_that_fails_leaves_the_old_register_byte_for_byte(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (old / "register.sqlite").read_bytes()

    def fails(connection: sqlite3.Connection) -> None:
        chain_beginning.begin_chain(connection)
        raise OSError("no room")

    monkeypatch.setattr(schema, "begin_chain", fails)
    with pytest.raises(OSError, match="no room"):
        open_for_writing(old)
    assert (old / "register.sqlite").read_bytes() == before
    monkeypatch.undo()
    open_for_writing(old).close()


def test_the_old_register_is_shown_before_it_is_changed(old: Path) -> None:
    seen = []
    open_for_writing(old, None, lambda connection: seen.append(said(old / "register.sqlite"))).close()
    open_for_writing(old, None, lambda connection: seen.append("again")).close()
    assert len(seen) == 1


def test_a_newer_register_is_refused_untouched(old: Path) -> None:
    with closing(sqlite3.connect(old / "register.sqlite")) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = (old / "register.sqlite").read_bytes()
    for open_it in (open_for_writing, open_for_reading):
        with pytest.raises(RegisterRefused, match="รุ่นใหม่กว่า"):
            open_it(old)
    assert (old / "register.sqlite").read_bytes() == before


def test_the_programs_own_connection_changes_no_table_and_opens_no_other_file(desk: Desk, tmp_path: Path) -> None:
    for statement in (
        f"ATTACH '{tmp_path / 'x.db'}' AS other",
        "DROP TRIGGER history_keeps_update",
        "CREATE VIEW more AS SELECT 1",
        "PRAGMA writable_schema = ON",
        "DELETE FROM history",
        "SELECT load_extension('x')",
    ):
        with pytest.raises(sqlite3.DatabaseError, match=r"not authorized|prohibited"):
            desk.register.connection.execute(statement)
    assert not (tmp_path / "x.db").exists()


def test_control_without_the_authoriser_the_trigger_is_dropped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "_authorise", lambda *_: sqlite3.SQLITE_OK)
    beside = desk.register.second_connection()
    beside.connection.execute("DROP TRIGGER history_keeps_update")
    beside.close_connection()
    assert not verify(desk).ok
