"""Every change can be taken back through the same door, and taking back is itself a change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.complaint import Complaint, Entry, Mark, QualityItem, Reopening, Status
from desktop.domain.evidence import OF_COMPLAINT
from desktop.services import complaint_work, month_reports, office_settings, privacy, undoing
from desktop.services.attaching import attach, attachments_of
from desktop.services.automatic_backups import backups_there, manifests_there
from desktop.services.demo import fill_with_demo
from desktop.services.desk import CannotDo, Desk
from desktop.services.exporting import export_register
from desktop.services.importing import import_files
from desktop.services.month_reports import OfficersWords
from desktop.services.verifying import open_for_saving
from desktop.storage import chain, complaints, operations
from tests.running import digest, is_one_thai_sentence
from tests.services.picture_faults import encoded, scene

PNG = encoded(scene(4, 4, 1), "PNG")

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


def imported(desk: Desk, *rows: str, name: str = "แก้.csv") -> int | None:
    """Import rows of number, day and subject; gives the batch."""
    sheet = desk.register.folder.parent / name
    sheet.write_text("\n".join(["เลขที่รับแจ้ง,วันที่แจ้ง,เรื่อง", *rows]), encoding="utf-8-sig")
    return import_files(desk, [sheet], None, dry_run=False).batch


def edit(desk: Desk, number: str, **fields: object) -> Complaint:
    before = complaint_work.complaint(desk, number)
    return complaint_work.save(desk, before, replace(before, **fields))


def numbers(desk: Desk) -> list[str]:
    return [row[0] for row in desk.register.connection.execute("SELECT number FROM complaint ORDER BY number")]


def newest_operation(desk: Desk) -> int:
    return int(desk.register.connection.execute("SELECT max(id) FROM operation").fetchone()[0])


def reasons_of_backups(desk: Desk) -> list[str]:
    return [each.reason for each in backups_there(desk)]


def test_one_thing_changed_again_since_is_not_overwritten(desk: Desk) -> None:
    complaint_work.save(desk, None, WHOLE)
    edit(desk, "ก-1", subject="หนึ่ง")
    first = newest_operation(desk)
    edit(desk, "ก-1", subject="สอง")
    before, count = digest(desk.register.folder), newest_operation(desk)
    with pytest.raises(CannotDo, match="ก-1 ถูกแก้ไขอีกหลังจากนั้น ไม่มีอะไรถูกแก้ไข"):
        undoing.undo_operation(desk, first)
    assert digest(desk.register.folder) == before and newest_operation(desk) == count
    assert reasons_of_backups(desk) == []  # one thing: no backup


def test_of_an_import_what_was_changed_again_since_stays_and_is_named(desk: Desk) -> None:
    complaint_work.save(desk, None, WHOLE)
    batch = imported(desk, "ก-1,6/1/2563,จากตาราง", "ก-2,6/1/2563,ใหม่", "ก-3,6/1/2563,ใหม่", "ก-4,6/1/2563,ใหม่")
    by_hand = edit(desk, "ก-3", subject="แก้ด้วยมือ")
    edit(desk, "ก-4", complainant="นายสมชาย")
    erased = privacy.erase_personal_data(desk, "ก-4", "ผู้ร้องขอ", ("subject", "complainant"))
    assert erased.history == 2
    done = undoing.undo_import(desk)
    kept = {each.number: each.reason for each in done[1].kept}
    assert done[0] == batch and (done[1].removed, done[1].restored) == (1, 1)
    assert list(kept) == ["ก-4", "ก-3"] and "ตามกฎหมาย" in kept["ก-4"] and "แก้ไขอีก" in kept["ก-3"]
    assert numbers(desk) == ["ก-1", "ก-3", "ก-4"]
    assert complaint_work.complaint(desk, "ก-1") == WHOLE
    assert complaint_work.complaint(desk, "ก-3") == by_hand
    assert open_for_saving(desk).ok


def test_when_nothing_of_an_import_is_as_it_was_nothing_is_taken_back(desk: Desk) -> None:
    imported(desk, "ก-2,6/1/2563,ใหม่", "ก-3,6/1/2563,ใหม่")
    edit(desk, "ก-2", subject="หนึ่ง")
    edit(desk, "ก-3", subject="สอง")
    before, count = digest(desk.register.folder), newest_operation(desk)
    with pytest.raises(CannotDo, match="ทั้ง 2 รายการ") as told:
        undoing.undo_import(desk)
    assert is_one_thai_sentence(str(told.value))
    assert digest(desk.register.folder) == before and newest_operation(desk) == count


def test_what_an_import_left_is_taken_back_later_and_comes_again_with_the_rest(desk: Desk) -> None:
    batch = imported(desk, "ก-1,6/1/2563,ใหม่", "ก-2,6/1/2563,ใหม่")
    imported_first, whole = newest_operation(desk), digest(desk.register.folder)
    edit(desk, "ก-2", subject="แก้ด้วยมือ")
    undoing.undo_import(desk)
    with pytest.raises(CannotDo, match="ไม่มีการนำเข้า"):  # what is left was changed since
        undoing.undo_import(desk)
    undoing.undo_newest(desk)  # the change by hand
    assert undoing.undo_import(desk) == (batch, undoing.Undone("นำเข้า", 1, 0))
    assert numbers(desk) == [] and open_for_saving(desk).ok
    with pytest.raises(CannotDo, match="เลิกทำไปแล้ว"):
        undoing.undo_operation(desk, imported_first)
    undoing.undo_operation(desk, newest_operation(desk))
    assert digest(desk.register.folder) == whole
    assert undoing.undo_import(desk) == (batch, undoing.Undone("นำเข้า", 2, 0))


def test_a_new_complaint_that_got_a_file_since_stays_with_it(desk: Desk) -> None:
    """Control: without that look its picture stood in the register under a number nobody has."""
    imported(desk, "ก-1,6/1/2563,ใหม่", "ก-2,6/1/2563,ใหม่")
    attach(desk, OF_COMPLAINT, "ก-2", "x.png", PNG)
    (kept,) = undoing.undo_import(desk)[1].kept
    assert kept.number == "ก-2" and "แฟ้มแนบ" in kept.reason
    assert numbers(desk) == ["ก-2"] and len(attachments_of(desk, OF_COMPLAINT, "ก-2")) == 1


def test_a_backup_is_made_before_many_things_are_taken_back(demo_desk: Desk) -> None:
    numbers = [c.number for owed, c in complaints.owing(demo_desk.register.connection) if owed.step.code == "accept"]
    complaint_work.change_many(demo_desk, numbers, "รับเรื่อง", lambda c: complaint_work.accepted(c, date(2020, 1, 28)))
    head = chain.head(demo_desk.register.connection)
    undoing.undo_newest(demo_desk)
    (made,) = manifests_there(demo_desk)
    assert head is not None and made.register.head == head.text and made.reason == undoing.BEFORE_MANY


def test_without_its_backup_an_import_is_not_taken_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(desk, "ก-1,6/1/2563,ใหม่", "ก-2,6/1/2563,ใหม่")

    def full(*_: object) -> None:
        raise CannotDo("ที่ว่างไม่พอ")

    monkeypatch.setattr(undoing, "back_up_now", full)
    with pytest.raises(CannotDo, match="ที่ว่างไม่พอ"):
        undoing.undo_import(desk)
    assert numbers(desk) == ["ก-1", "ก-2"]


def test_what_was_brought_back_from_the_history_stands_and_is_taken_back_first(desk: Desk) -> None:
    complaint_work.save(desk, None, WHOLE)
    edit(desk, "ก-1", subject="หนึ่ง")
    edit(desk, "ก-1", subject="สอง")
    second = newest_operation(desk)
    for _ in range(3):
        assert undoing.undo_newest(desk).action == "แก้ไขเรื่อง"
        assert complaint_work.complaint(desk, "ก-1").subject == "หนึ่ง"
        with pytest.raises(CannotDo, match="เลิกทำไปแล้ว"):
            undoing.undo_operation(desk, second)
        assert undoing.undo_operation(desk, newest_operation(desk)).action == "เลิกทำ: แก้ไขเรื่อง"
        assert complaint_work.complaint(desk, "ก-1").subject == "สอง"
    assert undoing.undo_operation(desk, second).action == "แก้ไขเรื่อง"  # by its own number too
    for action in ("แก้ไขเรื่อง", "เพิ่มเรื่องใหม่"):
        assert undoing.undo_newest(desk).action == action
    assert undoing.what_can_be_undone(desk) is None


def test_an_erasure_by_law_is_not_in_the_way_of_what_is_older(desk: Desk) -> None:
    office_settings.save_officer_name(desk, "เจ้าหน้าที่")
    complaint_work.save(desk, None, replace(WHOLE, complainant="นายสมชาย"))
    complaint_work.save(desk, None, replace(WHOLE, number="ก-2"))
    edit(desk, "ก-1", place="ที่อื่น")
    edit(desk, "ก-1", complainant="นางสมหญิง", place="อีกที่")
    privacy.erase_personal_data(desk, "ก-1", "ผู้ร้องขอ")
    found = undoing.what_can_be_undone(desk)
    assert found is not None and undoing.describe(found) == "เพิ่มเรื่องใหม่ เลขที่ ก-2"
    assert [undoing.undo_newest(desk).action for _ in range(2)] == ["เพิ่มเรื่องใหม่", "ตั้งชื่อเจ้าหน้าที่"]
    assert undoing.what_can_be_undone(desk) is None
    kept = complaint_work.complaint(desk, "ก-1")
    assert (kept.complainant, kept.place) == ("", "อีกที่") and open_for_saving(desk).ok


def test_a_change_of_what_is_gone_is_not_in_the_way_either(desk: Desk) -> None:
    """There and back again, then taken out by its line of the history: its changes have nothing to change."""
    complaint_work.save(desk, None, replace(WHOLE, number="ก-2"))
    complaint_work.save(desk, None, WHOLE)
    added = newest_operation(desk)
    edit(desk, "ก-1", subject="หนึ่ง")
    edit(desk, "ก-1", subject="เรื่อง")
    undoing.undo_operation(desk, added)
    assert undoing.undo_newest(desk) == undoing.Undone("เพิ่มเรื่องใหม่", 1, 0)
    assert numbers(desk) == []


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


def test_an_import_brought_back_from_the_history_is_taken_back_again(desk: Desk) -> None:
    batch = imported(desk, "ก-1,6/1/2563,ใหม่", "ก-2,6/1/2563,ใหม่")
    for _ in range(2):
        assert undoing.undo_import(desk) == (batch, undoing.Undone("นำเข้า", 2, 0))
        undoing.undo_operation(desk, newest_operation(desk))
        assert numbers(desk) == ["ก-1", "ก-2"]
    assert undoing.undo_newest(desk) == undoing.Undone("นำเข้า", 2, 0)


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
