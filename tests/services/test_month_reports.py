"""Issued reports are documents: numbered, frozen, revised beside, sent in time or not."""

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.complaint import Complaint
from desktop.domain.months import Month
from desktop.domain.report_sheet import PlanWord, TargetWord
from desktop.services import complaint_work, month_reports, office_settings
from desktop.services.desk import CannotDo, Desk
from desktop.services.month_reports import OfficersWords, ReportState
from desktop.services.verifying import verify

JANUARY = Month(2020, 1)
DAY = date(2020, 1, 28)


def figures(desk: Desk, on: date = DAY, until: date | None = DAY):
    return month_reports.figures_of_month(desk, JANUARY, on, until)


def test_an_issued_report_keeps_its_figures_numbers_words_and_bytes(demo_desk: Desk, tmp_path: Path) -> None:
    words = OfficersWords(PlanWord.BEHIND, TargetWord.BELOW, Decimal("1500.5"), "น้ำท่วม")
    path = tmp_path / "รายงาน.pdf"
    issued = month_reports.issue(demo_desk, figures(demo_desk), words, path)
    assert len(issued.figures.numbers) == 164 == issued.figures.figures.received
    pdf = path.read_bytes()
    assert issued.sha256 == hashlib.sha256(pdf).hexdigest() and issued.length == len(pdf)
    for number in issued.figures.numbers[:3]:
        before = complaint_work.complaint(demo_desk, number)
        complaint_work.save(demo_desk, before, replace(before, subject="เปลี่ยน", completed=None))
    office_settings.add_holiday(demo_desk, date(2020, 1, 29), "ปิด")
    office_settings.save_project(demo_desk, replace(demo_desk.fiscal_year(2563).project, name="ชื่อใหม่"))
    kept = month_reports.newest_reports(demo_desk, 2563)[JANUARY]
    assert kept == issued
    assert month_reports.issued_pdf(demo_desk, kept) == pdf
    assert figures(demo_desk).figures.completed < issued.figures.figures.completed


def test_an_issued_report_cannot_be_changed_or_deleted(demo_desk: Desk) -> None:
    month_reports.issue(demo_desk, figures(demo_desk), OfficersWords(), None)
    with closing(sqlite3.connect(demo_desk.register.folder / "register.sqlite", isolation_level=None)) as other:
        for statement in ("UPDATE issued_report SET note = 'x'", "DELETE FROM issued_report"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                other.execute(statement)


def test_a_revision_stands_beside_and_takes_the_old_blocks_place(demo_desk: Desk) -> None:
    october = month_reports.figures_of_month(demo_desk, Month(2019, 10), date(2019, 10, 28))
    month_reports.issue(demo_desk, october, OfficersWords(), None)
    with pytest.raises(CannotDo, match="ออกแล้ว"):
        month_reports.issue(demo_desk, october, OfficersWords(), None)
    with pytest.raises(CannotDo, match="เหตุผล"):
        month_reports.issue(demo_desk, october, OfficersWords(), None, revise=True, why=" ")
    with pytest.raises(CannotDo, match="ยังไม่เคยออก"):
        month_reports.issue(demo_desk, figures(demo_desk), OfficersWords(), None, revise=True, why="แก้")
    later = month_reports.figures_of_month(demo_desk, Month(2019, 10), date(2019, 11, 1))
    month_reports.issue(demo_desk, later, OfficersWords(note="แก้แล้ว"), None, revise=True, why="นับใหม่")
    sheet = month_reports.draft_sheet(demo_desk, figures(demo_desk), OfficersWords())
    assert [(block.number, block.revision, block.note) for block in sheet.blocks] == [(1, 2, "แก้แล้ว"), (4, 1, "")]
    assert sheet.draft


def test_nothing_is_issued_when_the_file_cannot_be_written(demo_desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(CannotDo):
        month_reports.issue(demo_desk, figures(demo_desk), OfficersWords(), tmp_path / "ไม่มี" / "x.pdf")
    assert month_reports.newest_reports(demo_desk, 2563) == {}
    assert demo_desk.register.connection.execute(
        "SELECT count(*) FROM history WHERE kind LIKE 'issued%'"
    ).fetchone() == (0,)


def test_a_locked_target_is_tried_again_then_told(
    demo_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """K26, simulated: on Windows a reader or scanner holds the target for a moment, or for good."""
    path = tmp_path / "รายงาน.pdf"
    path.write_bytes(b"%PDF-1.4 older")
    held = iter([True] * 3 + [False] * 100)
    replace_for_real = Path.replace

    def replace_when_free(self: Path, target: Path) -> Path:
        if self.name.endswith(".making") and next(held):
            raise PermissionError(13, "in use")
        return replace_for_real(self, target)

    monkeypatch.setattr(Path, "replace", replace_when_free)
    monkeypatch.setattr("time.sleep", lambda _: None)
    month_reports.issue(demo_desk, figures(demo_desk), OfficersWords(), path)
    assert path.read_bytes().startswith(b"%PDF")
    held = iter([True] * 100)
    with pytest.raises(CannotDo, match="เปิดค้าง"):
        month_reports.issue(demo_desk, figures(demo_desk), OfficersWords(), path, revise=True, why="แก้")
    assert month_reports.newest_reports(demo_desk, 2563)[JANUARY].revision == 1
    assert sorted(each.name for each in tmp_path.iterdir() if each.suffix == ".making") == []


def test_sent_is_noted_replaced_and_cleared_by_a_revision(demo_desk: Desk) -> None:
    with pytest.raises(CannotDo, match="ยังไม่ได้ออก"):
        month_reports.mark_sent(demo_desk, JANUARY, DAY)
    month_reports.issue(demo_desk, figures(demo_desk), OfficersWords(), None)
    with pytest.raises(CannotDo, match="ก่อนวันออกรายงาน"):
        month_reports.mark_sent(demo_desk, JANUARY, date(2020, 1, 27))
    with pytest.raises(CannotDo, match="หลังวันนี้"):
        month_reports.mark_sent(demo_desk, JANUARY, date(2020, 2, 10))
    demo_desk.today_of = lambda: date(2020, 2, 12)
    assert month_reports.mark_sent(demo_desk, JANUARY, date(2020, 2, 10)) is True
    assert month_reports.mark_sent(demo_desk, JANUARY, date(2020, 2, 11)) is False
    assert month_reports.newest_reports(demo_desk, 2563)[JANUARY].sent_on == date(2020, 2, 11)
    assert month_reports.newest_reports(demo_desk, 2563)[JANUARY].letter == ""
    month_reports.mark_sent(demo_desk, JANUARY, date(2020, 2, 11), " กท 6603/45 ")
    month_reports.mark_sent(demo_desk, JANUARY, date(2020, 2, 10))
    kept = month_reports.newest_reports(demo_desk, 2563)[JANUARY]
    assert (kept.sent_on, kept.letter) == (date(2020, 2, 10), "กท 6603/45")  # another day, the same letter
    told = demo_desk.register.connection.execute(
        "SELECT changes FROM history WHERE kind = 'sent' ORDER BY id"
    ).fetchall()
    assert "กท 6603/45" in told[-2][0] and "letter" not in told[-1][0]
    assert verify(demo_desk).ok
    month_reports.issue(demo_desk, figures(demo_desk), OfficersWords(), None, revise=True, why="แก้")
    assert month_reports.newest_reports(demo_desk, 2563)[JANUARY].sent_on is None


def test_the_months_tell_their_state_and_what_is_still_to_be_sent(demo_desk: Desk) -> None:
    november = Month(2019, 11)
    found = month_reports.figures_of_month(demo_desk, november, date(2019, 11, 27))
    month_reports.issue(demo_desk, found, OfficersWords(), None)
    states = {each.month: each for each in month_reports.months_of_year(demo_desk, 2563)}
    assert states[Month(2019, 10)].state is ReportState.DRAFT
    assert states[november].state is ReportState.ISSUED
    assert states[Month(2020, 2)].state is ReportState.NOT_YET
    assert (states[november].send_by, states[november].remind_on) == (date(2019, 12, 10), date(2019, 12, 9))
    waiting = month_reports.reports_to_send(demo_desk, DAY)
    assert [each.month.iso for each in waiting] == ["2019-10", "2019-11", "2019-12"]
    month_reports.mark_sent(demo_desk, november, date(2019, 12, 9))
    assert [each.month.iso for each in month_reports.reports_to_send(demo_desk, DAY)] == ["2019-10", "2019-12"]
    # On a past day only what is dated by then is known.
    assert [each.state for each in month_reports.reports_to_send(demo_desk, date(2019, 12, 8))] == [
        ReportState.DRAFT, ReportState.ISSUED,
    ]  # fmt: skip
    assert [each.month.iso for each in month_reports.reports_to_send(demo_desk, date(2019, 12, 1))] == [
        "2019-10",
        "2019-11",
    ]
    assert month_reports.reports_to_send(demo_desk, date(2019, 9, 1)) == []


def test_t06_the_month_is_a_parameter_and_no_clock_moves_it(demo_desk: Desk) -> None:
    """The clock crosses a month's end between asking and issuing; the figures asked for are the ones issued."""
    asked = figures(demo_desk)
    demo_desk.today_of = lambda: date(2020, 2, 1)
    issued = month_reports.issue(demo_desk, asked, OfficersWords(), None)
    assert issued.figures == asked and issued.month == JANUARY


def test_e14_every_figure_equals_an_independent_count_in_sql(demo_desk: Desk) -> None:
    """E14: recounted by SQL that shares nothing with the rules (no reopening or transfer in the demonstration)."""
    for month, on in ((Month(2019, 10), date(2019, 10, 28)), (Month(2019, 12), date(2019, 12, 24)), (JANUARY, DAY)):
        found = month_reports.figures_of_month(demo_desk, month, on).figures
        counted = demo_desk.register.connection.execute(
            "SELECT count(*), sum(completed <= ?) FROM complaint WHERE notified LIKE ? AND notified <= ?",
            (on.isoformat(), f"{month.iso}-%", on.isoformat()),
        ).fetchone()
        assert (found.received, found.completed) == counted


def test_t01_a_clock_set_back_loses_nothing_and_changes_no_figure(demo_desk: Desk) -> None:
    """T01, T02: the order of changes is a counter's, not the clock's; figures ask for a day and get the same answer."""
    from datetime import UTC, datetime

    from desktop.storage import operations

    before = figures(demo_desk)
    complaint = complaint_work.complaint(demo_desk, before.numbers[0])
    for year in (2020, 1477, 2563):  # back 543 years, ahead 543 years
        demo_desk.now_of = lambda year=year: datetime(year, 1, 28, tzinfo=UTC)
        complaint = complaint_work.save(demo_desk, complaint, replace(complaint, place=f"ที่ {year}"))
    rows = operations.history_of(demo_desk.register.connection, ("complaint",), complaint.number)
    assert [row.changes["place"][1] for row in rows[:3]] == ["ที่ 2563", "ที่ 1477", "ที่ 2020"]
    assert figures(demo_desk) == before


def test_t02_a_pc_whose_clock_counts_in_the_buddhist_era_is_noticed() -> None:
    from desktop.services.desk import clock_problem

    assert clock_problem(date(2020, 1, 28), date(2020, 1, 20)) is None
    assert clock_problem(date(2020, 1, 28), None) is None
    assert clock_problem(date(2021, 1, 20), date(2020, 1, 20)) is None
    assert "เร็วกว่า" in (clock_problem(date(2563, 1, 28), date(2020, 1, 20)) or "")
    assert "ย้อนหลัง" in (clock_problem(date(2020, 1, 19), date(2020, 1, 20)) or "")


def test_an_empty_month_divides_nothing(open_desk) -> None:
    desk = open_desk()
    complaint_work.save(desk, None, Complaint("1", date(2020, 1, 6), transferred=date(2020, 1, 6)))
    found = figures(desk)
    assert found.figures.received == 0 and found.figures.completed_percent is None
    assert found.numbers == () and found.notified_later == ()
