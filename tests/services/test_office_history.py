"""The history of the whole office in the officer's words, a page at a time, and taken back from it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop.domain.complaint import Complaint
from desktop.domain.months import Month
from desktop.services import complaint_work, month_reports, office_settings, privacy, undoing
from desktop.services.attaching import attach
from desktop.services.complaint_history import FieldChange, HistoryItem
from desktop.services.desk import Desk
from desktop.services.exporting import export_register
from desktop.services.importing import import_files
from desktop.services.memo_words import MemoWords, save_memo_words
from desktop.services.month_reports import OfficersWords
from desktop.services.office_history import MOST_LINES, ON_A_PAGE, office_history, operations_noted
from desktop.services.outage_work import note_outage
from tests.services.picture_faults import encoded, scene


@pytest.fixture
def filled(desk: Desk) -> Desk:
    office_settings.save_officer_name(desk, "สมใจ")
    complaint_work.save(desk, None, Complaint("ก-1", date(2020, 1, 27), complainant="นางแดง", telephone="0811111111"))
    return desk


def newest(desk: Desk) -> HistoryItem:
    return office_history(desk).items[0]


def told(desk: Desk) -> tuple[str, str, set[FieldChange]]:
    item = newest(desk)
    return item.who, item.what, set(item.changes)


def rules(desk: Desk) -> None:
    year = desk.fiscal_year(2563)
    office_settings.save_rules(desk, 2563, replace(year.rules, accept_working_days=2))


def project(desk: Desk) -> None:
    office_settings.save_project(desk, replace(desk.fiscal_year(2563).project, code="ก", responsible="สมใจ"))


def outage(desk: Desk) -> None:
    note_outage(desk, datetime(2020, 1, 27, 8, 0), datetime(2020, 1, 27, 9, 30), "เข้าระบบไม่ได้", [])


def issued(desk: Desk) -> None:
    month_reports.issue(desk, month_reports.figures_of_month(desk, Month(2019, 12), desk.today), OfficersWords(), None)


def sent(desk: Desk) -> None:
    issued(desk)
    month_reports.mark_sent(desk, Month(2019, 12), date(2020, 1, 28), "กท 6603/45")


DONE: dict[str, tuple[Callable[[Desk], object], str, set[tuple[str, str, str]]]] = {
    "holiday": (
        lambda desk: office_settings.add_holiday(desk, date(2020, 1, 30), "ประชุมใหญ่"),
        "เพิ่มวันหยุด: ประชุมใหญ่ · 30 ม.ค. 2563",
        {("วันนี้เป็น", "(ว่าง)", "วันหยุด"), ("เหตุผล", "(ว่าง)", "ประชุมใหญ่")},
    ),
    "rules": (rules, "แก้ไขเกณฑ์ของปีงบประมาณ · ปีงบประมาณ 2563", {("ตอบรับภายใน (วันทำการ)", "1", "2")}),
    "project": (
        project,
        "แก้ไขข้อมูลโครงการ · ปีงบประมาณ 2563",
        {("รหัสโครงการ", "50340000-3453", "ก"), ("ชื่อผู้รับผิดชอบ", "(ว่าง)", "สมใจ")},
    ),
    "memo": (
        lambda desk: save_memo_words(desk, MemoWords(to="หัวหน้า", signer="นายก")),
        "ตั้งค่าบันทึกข้อความ · ถ้อยคำบันทึกข้อความ",
        {("ค่า", "(ว่าง)", "หัวหน้า\nนายก")},
    ),
    "outage": (
        outage,
        "บันทึกระบบขัดข้อง · ระบบขัดข้องครั้งที่ 1",
        {
            ("เริ่มขัดข้อง", "(ว่าง)", "27 ม.ค. 2563 08.00 น."),
            ("ใช้ได้อีกครั้ง", "(ว่าง)", "27 ม.ค. 2563 09.30 น."),
            ("อะไรขัดข้อง", "(ว่าง)", "เข้าระบบไม่ได้"),
            ("ผู้บันทึก", "(ว่าง)", "สมใจ"),
        },
    ),
    "issued": (issued, "ออกรายงาน · รายงานเดือนธันวาคม 2562 ฉบับแรก", set()),
    "sent": (
        sent,
        "บันทึกวันนำส่งรายงาน · รายงานเดือนธันวาคม 2562 ฉบับแรก",
        {("วันนำส่ง", "(ว่าง)", "28 ม.ค. 2563"), ("เลขที่หนังสือ", "(ว่าง)", "กท 6603/45")},
    ),
    "file": (
        lambda desk: attach(desk, "complaint", "ก-1", "หลุม.png", encoded(scene(20, 20, 1), "PNG")),
        "แนบแฟ้ม · เรื่อง ก-1",
        {("แฟ้มแนบ", "(ว่าง)", "หลุม.png")},
    ),
    "view": (lambda desk: privacy.note_view(desk, "ก-1"), "เปิดดูชื่อหรือโทรศัพท์ของผู้ร้อง · เรื่อง ก-1", set()),
}


@pytest.mark.parametrize("name", DONE)
def test_each_thing_the_office_does_is_told_in_its_words(filled: Desk, name: str) -> None:
    do, what, changes = DONE[name]
    if name in ("rules", "project"):  # the year is there already
        (project if name == "rules" else rules)(filled)
    do(filled)
    assert told(filled) == ("สมใจ", what, {FieldChange(*each) for each in changes})


def test_exports_and_imports_are_told_with_their_file(filled: Desk, tmp_path: Path) -> None:
    export_register(filled, tmp_path / "ทะเบียน.csv", private=True)
    assert told(filled) == (
        "สมใจ", "ส่งออกพร้อมชื่อและโทรศัพท์ · ทะเบียน.csv", {FieldChange("จำนวนเรื่อง", "(ว่าง)", "1")}
    )  # fmt: skip
    source = tmp_path / "ก.csv"
    rows = "".join(f"A{each},2563-01-06,คน{each},เรื่อง{each}\n" for each in range(40))
    source.write_text(f"เลขที่รับแจ้ง,วันที่แจ้ง,ผู้ร้อง,เรื่อง\n{rows}", encoding="utf-8-sig")
    import_files(filled, [source], None, dry_run=False)
    item = newest(filled)
    assert item.what.startswith("นำเข้า: ก.csv") and item.what.endswith("40 รายการ")
    assert len(item.changes) == MOST_LINES + 2
    assert [change.field for change in item.changes[-1:]] == ["และอีก 28 รายการ"]
    assert "คน1" not in str(item)  # who complained is seen where it is noted that it was


def test_who_complained_is_not_told_here(filled: Desk) -> None:
    stored = complaint_work.complaint(filled, "ก-1")
    complaint_work.save(filled, stored, replace(stored, complainant="นายดำ", place="ซอย 5"))
    shown = str(office_history(filled).items)
    assert "นางแดง" not in shown and "นายดำ" not in shown and "0811111111" not in shown and "ซอย 5" in shown
    privacy.erase_personal_data(filled, "ก-1", "คำขอ")
    changes = {change.field: (change.old, change.new) for change in newest(filled).changes}
    assert changes["ผู้ร้อง"] == ("(ลบแล้วตามกฎหมาย)", "(ว่าง)")
    assert changes["ช่องที่ลบ"] == ("(ว่าง)", "ผู้ร้อง, โทรศัพท์")


@pytest.mark.parametrize("name", ["holiday", "rules", "project", "memo", "outage", "file"])
def test_a_line_of_the_office_is_taken_back_from_its_history(filled: Desk, name: str) -> None:
    (project if name == "rules" else rules)(filled)
    DONE[name][0](filled)
    line = newest(filled)
    assert undoing.may_be_undone(filled, line.operation)
    undoing.undo_operation(filled, line.operation)
    undone, before = office_history(filled).items[:2]
    assert undone.what.startswith("เลิกทำ: ") and before.what.endswith("เลิกทำไปแล้ว")
    assert not undoing.may_be_undone(filled, line.operation)


@pytest.mark.parametrize("name", ["issued", "sent", "view"])
def test_what_left_the_office_is_not_offered_to_be_taken_back(filled: Desk, name: str) -> None:
    DONE[name][0](filled)
    assert not undoing.may_be_undone(filled, newest(filled).operation)


def test_pages_tell_every_operation_once_newest_first(filled: Desk) -> None:
    for number in range(ON_A_PAGE + 20):
        office_settings.save_officer_name(filled, f"สมใจ {number}")
    seen, before = [], None
    while True:
        page = office_history(filled, before)
        seen += [item.operation for item in page.items]
        assert len(page.items) <= ON_A_PAGE
        before = page.older
        if before is None:
            break
    assert seen == sorted(seen, reverse=True) and len(seen) == len(set(seen)) == operations_noted(filled)


def test_every_line_of_a_whole_demonstration_register_can_be_told(demo_desk: Desk) -> None:
    assert all(item.when and item.what for item in office_history(demo_desk).items)


def test_a_line_taken_back_and_brought_back_again_stands(filled: Desk) -> None:
    office_settings.add_holiday(filled, date(2020, 1, 30), "ประชุมใหญ่")
    added = newest(filled).operation
    undoing.undo_operation(filled, added)
    undoing.undo_operation(filled, newest(filled).operation)
    words = {item.operation: item.what for item in office_history(filled).items}
    assert not words[added].endswith("เลิกทำไปแล้ว") and words[added + 1].endswith("เลิกทำไปแล้ว")


def test_t01_what_was_noted_by_a_clock_gone_back_says_so_and_keeps_its_place(desk: Desk) -> None:
    moments = [datetime(2020, 1, day, 3, tzinfo=UTC) for day in (27, 20, 21)]
    for place, moment in enumerate(moments):
        desk.now_of = lambda moment=moment: moment
        office_settings.add_holiday(desk, date(2020, 2, 4 + place), f"ประชุม {place}")
    told = [item.what for item in office_history(desk).items][:3]
    assert ["ประชุม 2" in told[0], "ประชุม 1" in told[1], "ประชุม 0" in told[2]] == [True] * 3
    assert ["ย้อนหลัง" in each for each in told] == [False, True, False]
