"""The one door for writing: rows, history and next obligations in one transaction, or none of them."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta, timezone

import pytest

from desktop.domain.complaint import Complaint, Entry, Mark, QualityItem, Reopening, Status
from desktop.domain.obligations import NextObligation, Step
from desktop.domain.office_year import CalendarChange
from desktop.services import changes, complaint_work, office_settings
from desktop.services.changes import Change
from desktop.services.desk import CannotDo, Desk
from desktop.storage import complaints, operations

WHOLE = Complaint(
    number="ก-1", notified=date(2020, 1, 6), channel="โทรศัพท์", types=("ถนน", "ทางเท้า"), subject="เรื่อง",
    detail="ก\nข", place="ที่", unit="ฝ่าย", complainant="ผู้ร้อง", telephone="02", accepted=date(2020, 1, 7),
    first_report=Entry(date(2020, 1, 8), "หนึ่ง"),
    follow_ups=(Entry(date(2020, 1, 8), "สอง"), Entry(date(2020, 1, 14), "")),
    reopenings=(Reopening(date(2020, 1, 14), date(2020, 1, 20)),), completed=date(2020, 1, 27),
    answer="ตอบ", letter_number="1", order_number="2", action="ทำ", coordination="ประสาน",
    marks={QualityItem.FITS: Mark(True), QualityItem.ORDER: Mark(None, "ไม่มี"), QualityItem.TRUE: Mark(False)},
)  # fmt: skip


def stored(desk: Desk, number: str = "ก-1") -> Complaint | None:
    return complaints.by_number(desk.register.connection, number)


def counts(desk: Desk) -> tuple[int, ...]:
    tables = (
        "complaint",
        "entry",
        "complaint_type",
        "reopening",
        "quality_item",
        "search_text",
        "operation",
        "history",
    )
    return tuple(desk.register.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)


def test_every_field_is_kept_changed_and_taken_out(desk: Desk) -> None:
    changes.apply(desk, "เพิ่ม", [Change(None, WHOLE)])
    assert stored(desk) == WHOLE
    other = replace(WHOLE, completed=None, types=("ต้นไม้",), follow_ups=(), marks={}, subject="ใหม่", stated=None)
    changes.apply(desk, "แก้", [Change(WHOLE, other)])
    assert stored(desk) == other
    changes.apply(desk, "ลบ", [Change(other, None)])
    assert stored(desk) is None
    assert counts(desk)[:6] == (0, 0, 0, 0, 0, 0)


def test_the_history_tells_who_when_old_and_new(desk: Desk) -> None:
    office_settings.save_officer_name(desk, "เจ้าหน้าที่ผู้รับผิดชอบ")
    changes.apply(desk, "เพิ่ม", [Change(None, WHOLE)])
    changes.apply(desk, "แก้", [Change(WHOLE, replace(WHOLE, subject="ใหม่", completed=None))], why="พิมพ์ผิด")
    newest, first = operations.history_of(desk.register.connection, ("complaint",), "ก-1")
    assert (newest.action, newest.why, newest.who) == ("แก้", "พิมพ์ผิด", "เจ้าหน้าที่ผู้รับผิดชอบ")
    assert newest.changes == {"subject": ("เรื่อง", "ใหม่"), "completed": ("2020-01-27", None)}
    assert first.changes["follow_ups"] == (None, [["2020-01-08", "สอง"], ["2020-01-14", ""]])
    assert first.changes["marks"][1] == {"fits": [True, ""], "order": [None, "ไม่มี"], "true": [False, ""]}
    assert newest.at.utcoffset() is not None
    assert desk.last_change_day == newest.at.astimezone(timezone(timedelta(hours=7))).date()


def test_a_change_that_fails_half_way_leaves_nothing(desk: Desk) -> None:
    changes.apply(desk, "เพิ่ม", [Change(None, WHOLE)])
    before = counts(desk)

    def two_then_fail():
        yield Change(None, replace(WHOLE, number="ก-2"))
        yield Change(WHOLE, replace(WHOLE, subject="ใหม่"))
        raise ValueError("in the middle")

    with pytest.raises(ValueError, match="middle"):
        changes.apply(desk, "หลายเรื่อง", two_then_fail())
    with pytest.raises(sqlite3.IntegrityError):
        changes.apply(desk, "ซ้ำ", [Change(None, replace(WHOLE, number="ก-3")), Change(None, WHOLE)])
    assert counts(desk) == before
    assert stored(desk) == WHOLE and stored(desk, "ก-2") is None and stored(desk, "ก-3") is None


@pytest.mark.parametrize("table", ["operation", "history"])
def test_history_is_append_only(desk: Desk, table: str) -> None:
    changes.apply(desk, "เพิ่ม", [Change(None, WHOLE)])
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"):  # the program itself may not even ask
        desk.register.connection.execute(f"DELETE FROM {table}")
    # Another program meets the triggers.
    with closing(sqlite3.connect(desk.register.folder / "register.sqlite", isolation_level=None)) as other:
        other.execute("PRAGMA recursive_triggers = ON")
        for statement in (
            f"DELETE FROM {table}",
            f"UPDATE {table} SET id = id + 100",
            f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                other.execute(statement)


def test_the_next_obligation_is_kept_with_the_complaint(desk: Desk) -> None:
    new = Complaint("ก-9", date(2020, 1, 27))
    changes.apply(desk, "เพิ่ม", [Change(None, new)])
    assert [owed for owed, _ in complaints.owing(desk.register.connection)] == [
        NextObligation(Step.ACCEPT, date(2020, 1, 28), date(2020, 1, 28))
    ]
    changes.apply(desk, "จบ", [Change(new, replace(new, completed=date(2020, 1, 28)))])
    assert list(complaints.owing(desk.register.connection)) == []


def test_a_new_rule_set_moves_the_open_deadlines_of_its_fiscal_year(demo_desk: Desk) -> None:
    before = {c.number: owed for owed, c in complaints.owing(demo_desk.register.connection)}
    rules = replace(demo_desk.rules_of(2563), accept_working_days=2, checkpoint_days=(10, 20))
    office_settings.save_rules(demo_desk, 2563, rules)
    after = {c.number: owed for owed, c in complaints.owing(demo_desk.register.connection)}
    assert before.keys() == after.keys()
    for number, owed in before.items():
        if owed.step is Step.FOLLOW_UP:
            assert after[number].due.day in (10, 20)
        if owed.step is Step.ACCEPT:
            assert after[number].due > owed.due
    assert any(owed.step is Step.ACCEPT for owed in before.values())


def test_a_fiscal_year_keeps_its_own_rules_once_used(desk: Desk) -> None:
    for number, day in (("1", date(2019, 12, 2)), ("2", date(2018, 12, 3))):
        changes.apply(desk, "เพิ่ม", [Change(None, Complaint(number, day))])
    office_settings.save_rules(desk, 2562, replace(desk.rules_of(2562), accept_working_days=4))
    assert (desk.rules_of(2562).accept_working_days, desk.rules_of(2563).accept_working_days) == (4, 1)
    office_settings.save_rules(desk, 2563, replace(desk.rules_of(2563), send_by_day=15))
    assert desk.rules_of(2564).send_by_day == 15  # a year not begun starts like the one before it


def test_saving_is_refused_when_the_days_disagree_or_the_complaint_changed_meanwhile(desk: Desk) -> None:
    complaint_work.save(desk, None, WHOLE)
    with pytest.raises(CannotDo, match=r"31 ธ\.ค\. 2562.*6 ม\.ค\. 2563"):
        complaint_work.save(desk, WHOLE, replace(WHOLE, accepted=date(2019, 12, 31)))
    with pytest.raises(CannotDo, match="มีอยู่ในทะเบียนแล้ว"):
        complaint_work.save(desk, None, WHOLE)
    changed = complaint_work.save(desk, WHOLE, replace(WHOLE, subject="จากที่อื่น"))
    with pytest.raises(CannotDo, match="ถูกแก้ไขจากที่อื่น"):
        complaint_work.save(desk, WHOLE, replace(WHOLE, subject="ทับ"))
    assert stored(desk) == changed
    with pytest.raises(CannotDo, match="เลขที่รับแจ้ง"):
        complaint_work.save(desk, None, replace(WHOLE, number="  "))


def test_one_step_for_many_complaints_is_all_or_none(desk: Desk) -> None:
    for number in "123":
        complaint_work.save(desk, None, Complaint(number, date(2020, 1, 20 + int(number))))
    with pytest.raises(CannotDo, match="เรื่อง 3"):
        complaint_work.change_many(desk, "123", "รับเรื่อง", lambda c: complaint_work.accepted(c, date(2020, 1, 22)))
    assert [stored(desk, number).accepted for number in "123"] == [None, None, None]
    done = complaint_work.change_many(desk, "123", "รับเรื่อง", lambda c: complaint_work.accepted(c, date(2020, 1, 24)))
    assert done == 3 and stored(desk, "3").accepted == date(2020, 1, 24)


def test_a_stated_status_stays_only_while_it_is_ahead_of_the_days(desk: Desk) -> None:
    said = complaint_work.save(desk, None, Complaint("1", date(2020, 1, 6), stated=Status.COMPLETED))
    assert said.stated is Status.COMPLETED and said.is_unrecorded
    known = complaint_work.save(desk, said, replace(said, completed=date(2020, 1, 7)))
    assert known.stated is None


def test_user_text_with_sql_in_it_is_only_text(desk: Desk) -> None:
    """I21: '; DROP TABLE, %, _ and markup are plain text everywhere."""
    from desktop.services import complaint_list

    nasty = "'; DROP TABLE complaint; -- 100% a_b <img src=x>"
    complaint_work.save(desk, None, Complaint("1", date(2020, 1, 6), subject=nasty))
    complaint_work.save(desk, None, Complaint("2", date(2020, 1, 6), subject="1000 acb"))
    for search, found in (
        ("100%", ["1"]),
        ("a_b", ["1"]),
        ("'; drop", ["1"]),
        ("%", ["1"]),
        ("<img", ["1"]),
        ("1000", ["2"]),
    ):
        wanted = replace(complaint_list.starting_filter(desk), search=search)
        ids = [identity for chunk in complaint_list.ids(desk, wanted) for identity in chunk]
        assert [row.number for row in complaint_list.rows(desk, ids)] == found, search
    assert stored(desk, "1").subject == nasty


def test_after_a_failed_calendar_change_deadlines_are_counted_as_before(desk: Desk) -> None:
    day = date(2020, 1, 30)
    assert desk.calendar.is_working_day(day)
    with pytest.raises(ValueError, match="late"), desk.transaction():
        changes.apply_within(desk, "เพิ่มวันหยุด", [Change(None, CalendarChange(day, True, "ปิด"))])
        assert not desk.calendar.is_working_day(day)
        raise ValueError("late")
    assert desk.calendar.is_working_day(day) and desk.calendar_changes == {}
