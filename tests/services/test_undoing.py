"""Every change can be taken back through the same door, and taking back is itself a change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.complaint import Complaint, Entry, Mark, QualityItem, Reopening, Status
from desktop.services import complaint_work, month_reports, office_settings, undoing
from desktop.services.demo import fill_with_demo
from desktop.services.desk import CannotDo, Desk
from desktop.services.exporting import export_register
from desktop.services.importing import import_files
from desktop.services.month_reports import OfficersWords
from desktop.storage import complaints, operations
from tests.running import digest

WHOLE = Complaint(
    number="ก-1", notified=date(2020, 1, 6), types=("ถนน", "ทางเท้า"), subject="เรื่อง", accepted=date(2020, 1, 7),
    first_report=Entry(date(2020, 1, 8), "หนึ่ง"), follow_ups=(Entry(date(2020, 1, 14), "สอง"),),
    reopenings=(Reopening(date(2020, 1, 14), date(2020, 1, 20)),), completed=date(2020, 1, 27), answer="ตอบ",
    marks={QualityItem.FITS: Mark(True), QualityItem.ORDER: Mark(None, "ไม่มี")},
)  # fmt: skip
CHANGES: dict[str, Callable[[Complaint], Complaint]] = {
    "text": lambda c: replace(c, subject="ใหม่", answer="", place="ที่"),
    "days": lambda c: replace(c, completed=None, accepted=date(2020, 1, 6)),
    "entries": lambda c: replace(c, first_report=None, follow_ups=(), reopenings=()),
    "types and marks": lambda c: replace(c, types=(), marks={}),
    "transfer": lambda c: replace(c, transferred=date(2020, 1, 28)),
}


def test_each_kind_of_change_is_taken_back_to_the_same_register(desk: Desk) -> None:
    complaint_work.save(desk, None, WHOLE)
    for change in CHANGES.values():
        before = digest(desk.register.folder)
        complaint_work.save(desk, WHOLE, change(WHOLE))
        assert digest(desk.register.folder) != before
        assert undoing.undo_newest(desk) == undoing.Undone("แก้ไขเรื่อง", 0, 1)
        assert digest(desk.register.folder) == before
        assert complaint_work.complaint(desk, "ก-1") == WHOLE
    assert undoing.undo_newest(desk) == undoing.Undone("เพิ่มเรื่องใหม่", 1, 0)
    assert complaints.count(desk.register.connection) == 0
    with pytest.raises(CannotDo, match="ไม่มีอะไรให้เลิกทำ"):
        undoing.undo_newest(desk)


def test_a_stated_status_comes_back(desk: Desk) -> None:
    said = complaint_work.save(desk, None, Complaint("1", date(2020, 1, 6), stated=Status.COMPLETED))
    complaint_work.save(desk, said, replace(said, completed=date(2020, 1, 7)))
    undoing.undo_newest(desk)
    assert complaint_work.complaint(desk, "1") == said


def test_a_step_for_many_is_one_undo(demo_desk: Desk) -> None:
    numbers = [c.number for owed, c in complaints.owing(demo_desk.register.connection) if owed.step.code == "accept"]
    before = digest(demo_desk.register.folder)
    complaint_work.change_many(demo_desk, numbers, "รับเรื่อง", lambda c: complaint_work.accepted(c, date(2020, 1, 28)))
    found = undoing.what_can_be_undone(demo_desk)
    assert found is not None and undoing.describe(found) == f"รับเรื่อง ({len(numbers)} รายการ)"
    assert undoing.undo_newest(demo_desk).restored == len(numbers) > 5
    assert digest(demo_desk.register.folder) == before


def test_calendar_rules_project_and_settings_come_back_and_deadlines_with_them(demo_desk: Desk) -> None:
    def owed() -> dict[str, object]:
        return {c.number: each for each, c in complaints.owing(demo_desk.register.connection)}

    before, deadlines = digest(demo_desk.register.folder), owed()
    year = demo_desk.fiscal_year(2563)
    office_settings.add_holiday(demo_desk, date(2020, 1, 30), "ปิด")
    office_settings.strike_holiday(demo_desk, date(2020, 2, 10), "เปิด")
    office_settings.save_rules(demo_desk, 2563, replace(year.rules, accept_working_days=3))
    office_settings.save_project(demo_desk, replace(year.project, name="ชื่ออื่น"))
    office_settings.choose_core_types(demo_desk, 2563, ["ถนน"])
    office_settings.save_officer_name(demo_desk, "เจ้าหน้าที่")
    assert owed() != deadlines
    for _ in range(6):
        undoing.undo_newest(demo_desk)
    assert digest(demo_desk.register.folder) == before and owed() == deadlines


def test_what_was_changed_again_since_is_not_overwritten(desk: Desk) -> None:
    complaint_work.save(desk, None, WHOLE)
    sheet = Path(desk.register.folder) / "แก้.csv"
    sheet.write_text("เลขที่รับแจ้ง,วันที่แจ้ง,เรื่อง\nก-1,6/1/2563,จากตาราง\nก-2,6/1/2563,ใหม่\n", encoding="utf-8-sig")
    import_files(desk, [sheet], None, dry_run=False)
    brought = complaint_work.complaint(desk, "ก-1")
    complaint_work.save(desk, brought, replace(brought, subject="แก้ด้วยมือ"))
    before = digest(desk.register.folder)
    with pytest.raises(CannotDo, match="ก-1 ถูกแก้ไขอีก"):
        undoing.undo_import(desk)
    assert digest(desk.register.folder) == before
    undoing.undo_newest(desk)  # the change by hand first
    assert undoing.undo_import(desk)[1] == undoing.Undone("นำเข้า", 1, 1)
    assert complaint_work.complaint(desk, "ก-1") == WHOLE


def test_an_import_is_taken_back_whole_and_once(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    source = open_desk(folder=tmp_path / "ต้นทาง")
    fill_with_demo(source, None, 1)
    sheet = tmp_path / "ทั้งหมด.csv"
    export_register(source, sheet, private=True)
    desk = open_desk()
    complaint_work.save(desk, None, WHOLE)
    before = digest(desk.register.folder)
    batch = import_files(desk, [sheet], None, dry_run=False).batch
    assert undoing.undo_import(desk) == (batch, undoing.Undone("นำเข้า", 752, 0))
    assert digest(desk.register.folder) == before
    with pytest.raises(CannotDo, match="ไม่มีการนำเข้า"):
        undoing.undo_import(desk)
    import_files(desk, [sheet], None, dry_run=False)
    assert complaints.count(desk.register.connection) == 753


def test_an_issued_report_is_not_undone_but_what_came_before_it_is(demo_desk: Desk) -> None:
    before = complaint_work.complaint(demo_desk, "2563-00630")
    complaint_work.save(demo_desk, before, replace(before, place="ที่อื่น"))
    monthly = month_reports.figures_of_month(demo_desk, month_reports.Month(2020, 1), date(2020, 1, 28))
    report = month_reports.issue(demo_desk, monthly, OfficersWords(), None)
    month_reports.mark_sent(demo_desk, report.month, date(2020, 1, 28))
    undoing.undo_newest(demo_desk)
    assert complaint_work.complaint(demo_desk, "2563-00630") == before
    (kept,) = month_reports.newest_reports(demo_desk, 2563).values()
    assert kept.sent_on == date(2020, 1, 28)


def test_taking_back_is_itself_told_in_the_history(desk: Desk) -> None:
    complaint_work.save(desk, None, WHOLE)
    complaint_work.save(desk, WHOLE, replace(WHOLE, subject="ใหม่"))
    undoing.undo_newest(desk)
    newest, changed, _ = operations.history_of(desk.register.connection, ("complaint",), "ก-1")
    assert newest.action == "เลิกทำ: แก้ไขเรื่อง"
    assert (changed.changes, newest.changes) == ({"subject": ("เรื่อง", "ใหม่")}, {"subject": ("ใหม่", "เรื่อง")})
