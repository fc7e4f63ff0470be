"""Outages noted earlier: found by month, mended and struck out as one operation each, put back by an undo."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop.domain.evidence import OF_OUTAGE
from desktop.domain.months import Month
from desktop.services import office_settings, undoing
from desktop.services.attaching import attachments_of
from desktop.services.desk import CannotDo, Desk
from desktop.services.outage_evidence import (
    evidence_of,
    mend_outage,
    months_with_outages,
    noted_outages,
    strike_outage,
)
from desktop.services.outage_work import OutageFacts, note_outage
from desktop.storage.examination import examine
from tests.running import is_one_thai_sentence
from tests.services.picture_faults import encoded, paper, scene

SCREEN, OTHER, THIRD = (encoded(scene(64, 40, seed), "PNG") for seed in (1, 2, 3))


def at(day: int, hour: int = 0, minute: int = 0, month: int = 1) -> datetime:
    return datetime(2020, month, day, hour, minute)


def operations(desk: Desk) -> list[str]:
    rows = desk.register.connection.execute("SELECT action FROM operation ORDER BY id")
    return [action for (action,) in rows]


def names(desk: Desk, number: int) -> list[str]:
    return [each.name for each in evidence_of(desk, number).attachments]


@pytest.fixture
def noted(desk: Desk) -> int:
    """An outage of 2 January with two pictures, noted by สมใจ."""
    office_settings.save_officer_name(desk, "สมใจ")
    images = [("หนึ่ง.png", SCREEN), ("สอง.png", OTHER)]
    return note_outage(desk, at(2, 10), at(2, 12), "เข้าระบบไม่ได้", images).number


def test_outages_are_found_by_the_months_they_touch_the_newest_first(desk: Desk) -> None:
    assert noted_outages(desk) == [] and months_with_outages(desk) == []
    note_outage(desk, datetime(2019, 11, 30, 22), datetime(2020, 1, 1, 1), "ข้ามปี", [("ก.png", SCREEN)])
    note_outage(desk, at(15, 8), at(15, 9), "กลางเดือน")
    assert [each.outage.what for each in noted_outages(desk)] == ["กลางเดือน", "ข้ามปี"]
    assert [len(each.attachments) for each in noted_outages(desk)] == [0, 1]
    assert [each.outage.what for each in noted_outages(desk, Month(2019, 12))] == ["ข้ามปี"]
    assert months_with_outages(desk) == [Month(2020, 1), Month(2019, 12), Month(2019, 11)]


def test_everything_said_of_an_outage_can_be_mended_in_one_operation(desk: Desk, noted: int) -> None:
    before, done = evidence_of(desk, noted), operations(desk)
    gone = before.attachments[0].sha256
    said = OutageFacts(at(1, 23, 30), at(2, 12, 15), " ล่มทั้งคืน ", "สมหมาย")
    assert mend_outage(desk, noted, said, [("สาม.png", THIRD)], {gone}) == 3
    assert operations(desk) == [*done, "แก้ไขบันทึกระบบขัดข้อง"]
    after = evidence_of(desk, noted).outage
    assert (after.began, after.ended, after.what, after.noted_by) == (at(1, 23, 30), at(2, 12, 15), "ล่มทั้งคืน", "สมหมาย")
    assert (after.number, after.noted_at) == (before.outage.number, before.outage.noted_at)
    assert names(desk, noted) == ["สอง.png", "สาม.png"]
    assert office_settings.officer_name(desk) == "สมใจ"
    undoing.undo_newest(desk)
    assert evidence_of(desk, noted).outage == before.outage
    assert sorted(names(desk, noted)) == ["สอง.png", "หนึ่ง.png"]
    assert examine(desk.register.connection).problems == ()


def test_mending_nothing_is_no_operation(desk: Desk, noted: int) -> None:
    done = operations(desk)
    said = OutageFacts(at(2, 10), at(2, 12), "เข้าระบบไม่ได้", "สมใจ")
    first = evidence_of(desk, noted).attachments[0].sha256
    assert mend_outage(desk, noted, said) == 0
    assert mend_outage(desk, noted, said, [("ชื่ออื่น.png", SCREEN)], {first}) == 0  # taken off and given again: it stays
    assert operations(desk) == done


@pytest.mark.parametrize(
    ("said", "images", "words"),
    [
        (OutageFacts(at(2, 12), at(2, 10), "ล่ม"), [], "มาก่อนเวลาเริ่ม"),
        (OutageFacts(at(2), at(3), " "), [], "อะไรขัดข้อง"),
        (OutageFacts(at(2), at(29), "ล่ม"), [], "ยังมาไม่ถึง"),
        (OutageFacts(at(2), at(3), "ล่ม"), [("ก.pdf", paper())], "ไม่ใช่ภาพ"),
        (OutageFacts(at(2), at(3), "ล่ม"), [(f"{n}.png", encoded(scene(64, 40, n), "PNG")) for n in range(9, 28)], "20"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    desk: Desk, noted: int, said: OutageFacts, images: list[tuple[str, bytes]], words: str
) -> None:
    before, done = evidence_of(desk, noted), operations(desk)
    with pytest.raises(CannotDo, match="ยังไม่ได้แก้ไขบันทึกระบบขัดข้อง") as told:
        mend_outage(desk, noted, said, images)
    assert words in str(told.value) and is_one_thai_sentence(str(told.value))
    assert evidence_of(desk, noted) == before and operations(desk) == done


def test_an_outage_struck_out_is_gone_with_its_pictures_and_an_undo_brings_all_back(desk: Desk, noted: int) -> None:
    before = evidence_of(desk, noted)
    strike_outage(desk, noted)
    assert noted_outages(desk) == [] and attachments_of(desk, OF_OUTAGE, str(noted)) == []
    assert operations(desk)[-1] == "ขีดฆ่าบันทึกระบบขัดข้อง"
    assert examine(desk.register.connection).problems == ()
    for act in (lambda: strike_outage(desk, noted), lambda: mend_outage(desk, noted, OutageFacts(at(2), at(3), "ล่ม"))):
        with pytest.raises(CannotDo, match="โปรดดูรายการระบบขัดข้องใหม่"):
            act()
    assert note_outage(desk, at(5), at(5), "อีกครั้ง").number == noted + 1  # a number is never given twice
    undoing.undo_newest(desk)
    undoing.undo_newest(desk)
    assert evidence_of(desk, noted) == before


def test_whoever_mends_one_where_nobody_is_named_is_the_officer(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = open_desk(date(2020, 1, 28), tmp_path / "ไม่มีชื่อ")
    desk.now_of = lambda: datetime(2020, 1, 28, 3, tzinfo=UTC)
    bare = note_outage(desk, at(2), at(3), "ล่ม")
    assert mend_outage(desk, bare.number, OutageFacts(at(2), at(3), "ล่ม", "สมหญิง")) == 1
    assert evidence_of(desk, bare.number).outage.noted_by == office_settings.officer_name(desk) == "สมหญิง"
