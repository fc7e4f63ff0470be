"""SQLite's own counters, which no seal covers: whatever a bad disk makes of them, no number skips or comes twice."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop.domain.complaint import Complaint
from desktop.domain.months import Month
from desktop.services import complaint_work, month_reports
from desktop.services.automatic_backups import back_up_now, newest_good
from desktop.services.desk import Desk
from desktop.services.importing import import_files
from desktop.services.month_reports import OfficersWords
from desktop.services.outage_evidence import strike_outage
from desktop.services.outage_work import note_outage
from desktop.services.restoring import restore
from desktop.services.undoing import undo_newest
from desktop.services.verifying import open_for_saving, verify
from desktop.storage import outages
from desktop.storage.register import open_for_reading, open_for_writing
from tests.conftest import SHIPPED
from tests.tampering import HARMLESS, Way

TODAY = date(2020, 2, 20)
TABLES = ("operation", "history", "import_batch", "issued_report", "outage")


def work(desk: Desk, number: str) -> None:
    """Something that adds a row to every table with a counter."""
    complaint_work.save(desk, None, Complaint(number, date(2020, 1, 6), subject="ท่อตัน"))
    saved = complaint_work.complaint(desk, number)
    complaint_work.save(desk, saved, replace(saved, place="หน้าตลาด"))
    note_outage(desk, datetime(2020, 1, 2, 10), datetime(2020, 1, 2, 12), f"ระบบล่ม {number}")
    sheet = desk.register.folder.with_name(f"{number}.csv")
    sheet.write_text(f"เลขที่รับแจ้ง,วันที่แจ้ง\nข-{number},2020-01-03\n", encoding="utf-8-sig")
    import_files(desk, [sheet], None, dry_run=False)
    revised = bool(month_reports.newest_reports(desk, 2563))
    monthly = month_reports.figures_of_month(desk, Month(2020, 1), TODAY)
    month_reports.issue(desk, monthly, OfficersWords(), None, revise=revised, why="แก้ตัวเลข" if revised else "")


def ids(desk: Desk) -> dict[str, list[int]]:
    return {
        table: [row for (row,) in desk.register.connection.execute(f"SELECT id FROM {table} ORDER BY id")]
        for table in TABLES
    }


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with two outages, the later one struck out again."""
    folder = tmp_path_factory.mktemp("นับ") / "ทะเบียน"
    desk = Desk(open_for_writing(folder), SHIPPED, lambda: TODAY)
    work(desk, "ก-1")
    struck = note_outage(desk, datetime(2020, 1, 3, 10), datetime(2020, 1, 3, 12), "จดผิด")
    assert struck.number == 2
    strike_outage(desk, struck.number)
    desk.register.close()
    return folder


@pytest.mark.parametrize("way", HARMLESS, ids=lambda way: way.name)
def test_what_became_of_the_counters_changes_no_number_and_spoils_no_save_nor_backup(
    way: Way, worked: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "ทะเบียน"
    shutil.copytree(worked, folder)
    way.tamper(folder, folder)
    desk = Desk(open_for_writing(folder), SHIPPED, lambda: TODAY)
    try:
        assert open_for_saving(desk).ok
        before = ids(desk)
        assert before["outage"] == [1] and before["import_batch"] == [1] and before["issued_report"] == [1]
        work(desk, "ก-2")
        after = ids(desk)
        assert after["operation"] == list(range(1, len(after["operation"]) + 1))
        assert after["history"] == list(range(1, len(after["history"]) + 1))
        assert (after["import_batch"], after["issued_report"]) == ([1, 2], [1, 2])
        assert after["outage"] == [1, 3], "the number of the one struck out is not given again"
        assert outages.by_number(desk.register.connection, 1).what == "ระบบล่ม ก-1"
        assert verify(desk).ok
        back_up_now(desk, "ทดสอบ")
    finally:
        desk.register.close()
    backup = newest_good(folder)
    assert backup is not None
    restore(folder, backup.path, None, datetime(2020, 2, 20, 5, tzinfo=UTC))
    again = open_for_reading(folder)
    assert verify(Desk(again, SHIPPED, lambda: TODAY)).ok
    again.close()


def test_an_outage_struck_out_last_keeps_its_number_and_comes_back_under_it(worked: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ทะเบียน"
    shutil.copytree(worked, folder)
    desk = Desk(open_for_writing(folder), SHIPPED, lambda: TODAY)
    try:
        undo_newest(desk)
        assert ids(desk)["outage"] == [1, 2] and outages.by_number(desk.register.connection, 2).what == "จดผิด"
        assert note_outage(desk, datetime(2020, 1, 4, 10), datetime(2020, 1, 4, 11), "ล่มอีก").number == 3
        assert verify(desk).ok
    finally:
        desk.register.close()
