"""The stored next obligation is counted anew when a register is verified: by the register's own calendar and rules."""

import shutil
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.complaint import Complaint, Entry, Reopening, Status
from desktop.services import complaint_work, office_settings
from desktop.services.changes import take_shipped_calendar
from desktop.services.desk import Desk, Shipped
from desktop.services.mending import mend
from desktop.services.undoing import undo_newest
from desktop.services.verifying import open_for_saving, verify
from desktop.storage.register import open_for_writing
from tests.conftest import SHIPPED
from tests.tampering import another_program, owing

TODAY = date(2020, 1, 28)
MONDAY, TUESDAY, WEDNESDAY = date(2020, 1, 6), date(2020, 1, 7), date(2020, 1, 8)
# What each owes by the rules: acceptance within one working day, the first report within three of the acceptance,
# then the 15th and the 30th of each month.
COMPLAINTS: dict[str, tuple[Complaint, tuple[str | None, str | None]]] = {
    "new": (Complaint("ก-1", MONDAY), ("accept", "2020-01-07")),
    "accepted": (Complaint("ก-2", MONDAY, accepted=TUESDAY), ("first_report", "2020-01-10")),
    "reported": (
        Complaint("ก-3", MONDAY, accepted=TUESDAY, first_report=Entry(WEDNESDAY, "ตรวจแล้ว")),
        ("follow_up", "2020-01-15"),
    ),
    "reopened": (
        Complaint("ก-4", MONDAY, accepted=TUESDAY, first_report=Entry(WEDNESDAY, "ตรวจแล้ว"),
                  reopenings=(Reopening(date(2020, 1, 13), date(2020, 1, 20)),)),
        ("follow_up", "2020-01-30"),
    ),
    "completed": (Complaint("ก-5", MONDAY, accepted=TUESDAY, completed=WEDNESDAY), (None, None)),
    "transferred": (Complaint("ก-6", MONDAY, transferred=TUESDAY), (None, None)),
    "transferred on a day nobody wrote": (Complaint("ก-7", MONDAY, stated=Status.TRANSFERRED), (None, None)),
    "said to be completed, no day recorded": (Complaint("ก-8", MONDAY, stated=Status.COMPLETED), (None, None)),
}  # fmt: skip


def stored(desk: Desk) -> dict[str, tuple[str | None, str | None]]:
    rows = desk.register.connection.execute("SELECT number, next_step, next_due FROM complaint ORDER BY number")
    return {number: (step, due) for number, step, due in rows}


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A register with a complaint of each kind."""
    for complaint, _ in COMPLAINTS.values():
        complaint_work.save(desk, None, complaint)
    return desk


def test_what_every_kind_of_complaint_owes_passes(filled: Desk) -> None:
    assert stored(filled) == {complaint.number: owes for complaint, owes in COMPLAINTS.values()}
    assert verify(filled).ok


@pytest.mark.parametrize("kind", COMPLAINTS)
def test_another_obligation_is_named_stops_saving_and_can_be_counted_anew(filled: Desk, kind: str) -> None:
    complaint, owes = COMPLAINTS[kind]
    other = (None, None) if owes != (None, None) else ("accept", "2020-01-07")
    owing(f"number = '{complaint.number}'", *other)(filled.register.folder, filled.register.folder)
    found = open_for_saving(filled)
    assert found.stops_saving and len(found.problems) == 1
    assert complaint.number in found.problems[0] and "กำหนดถัดไป" in found.problems[0]
    assert found.only_derived
    assert mend(filled).ok and stored(filled)[complaint.number] == owes


def test_a_changed_calendar_moves_what_is_stored_and_passes_and_so_does_its_undo(filled: Desk) -> None:
    office_settings.add_holiday(filled, TUESDAY, "หยุดพิเศษ")
    assert stored(filled)["ก-1"] == ("accept", "2020-01-08") and verify(filled).ok
    undo_newest(filled)
    assert stored(filled)["ก-1"] == ("accept", "2020-01-07") and verify(filled).ok


def test_changed_rules_move_what_is_stored_and_pass(filled: Desk) -> None:
    rules = filled.rules_of(2563)
    office_settings.save_rules(filled, 2563, replace(rules, accept_working_days=2))
    assert stored(filled)["ก-1"] == ("accept", "2020-01-08") and verify(filled).ok


@pytest.fixture
def older(tmp_path: Path) -> Shipped:
    """What an older program shipped: to it the Tuesday was a holiday."""
    holidays = tmp_path / "holidays"
    shutil.copytree(SHIPPED.holidays, holidays)
    with (holidays / "bangkok.csv").open("a", encoding="utf-8") as file:
        file.write("2020-01-07,วันหยุดที่ไม่มีแล้ว\n")
    return Shipped(SHIPPED.fonts, SHIPPED.words, holidays, "0.0.1")


@pytest.mark.parametrize("tampered", [False, True])
def test_a_register_an_older_program_counted_is_no_damage_and_is_counted_anew(
    tmp_path: Path, older: Shipped, tampered: bool
) -> None:
    folder = tmp_path / "ทะเบียน"
    before = Desk(open_for_writing(folder), older, lambda: TODAY)
    complaint_work.save(before, None, Complaint("ก-1", MONDAY))
    complaint_work.save(before, None, Complaint("ก-2", MONDAY, completed=WEDNESDAY))
    assert stored(before)["ก-1"] == ("accept", "2020-01-08") and verify(before).ok
    before.register.close()
    if tampered:
        owing("number = 'ก-1'", None, None)(folder, folder)
        owing("number = 'ก-2'", "accept", "2020-01-07")(folder, folder)
    now = Desk(open_for_writing(folder), SHIPPED, lambda: TODAY)
    try:
        assert open_for_saving(now).ok
        take_shipped_calendar(now)
        assert stored(now) == {"ก-1": ("accept", "2020-01-07"), "ก-2": (None, None)}
        assert verify(now).ok
    finally:
        now.register.close()


def test_what_cannot_be_read_as_a_complaint_is_told_as_that_alone(filled: Desk) -> None:
    with another_program(filled.register.folder) as connection:
        connection.execute("UPDATE complaint SET notified = '6/1/2563' WHERE number = 'ก-1'")
    found = verify(filled)
    assert len(found.problems) == 1 and "ก-1 ไม่ตรงกับประวัติ" in found.problems[0]


def test_no_reading_is_left_open_behind(filled: Desk) -> None:
    verify(filled)
    assert not filled.register.connection.in_transaction
    with sqlite3.connect(filled.register.folder / "register.sqlite", timeout=0.1, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("ROLLBACK")
