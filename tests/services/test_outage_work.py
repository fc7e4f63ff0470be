"""Outages of the central system: noted whole with their evidence or not at all; no deadline moves."""

from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from desktop.commands.outage_commands import outage as outage_command
from desktop.domain.complaint import Complaint
from desktop.domain.evidence import OF_OUTAGE
from desktop.domain.months import Month
from desktop.domain.thai_dates import parse_time
from desktop.services import complaint_views, complaint_work, month_reports, office_settings, report_view, undoing
from desktop.services.attaching import attachments_of, content_of
from desktop.services.desk import CannotDo, Desk
from desktop.services.outage_work import (
    explains,
    length_words,
    note_outage,
    outage_words,
    outages_beside,
    outages_between,
    outages_of_month,
    problem_with_picture,
)
from desktop.storage import attachment_files
from tests.running import is_one_thai_sentence
from tests.services.picture_faults import encoded, paper, scene

SCREEN, OTHER = encoded(scene(64, 40, 1), "PNG"), encoded(scene(64, 40, 2), "JPEG")
BLANK = encoded(Image.new("RGB", (64, 40)), "PNG")


def at(day: int, hour: int = 0, minute: int = 0, month: int = 1) -> datetime:
    return datetime(2020, month, day, hour, minute)


def stored(desk: Desk) -> set[str]:
    return attachment_files.stored_hashes(desk.register.folder)


def all_outages(desk: Desk) -> list[str]:
    return [each.what for each in outages_between(desk, date(2000, 1, 1), date(2100, 1, 1))]


def test_an_outage_is_noted_with_its_pictures_as_one_operation(desk: Desk) -> None:
    office_settings.save_officer_name(desk, "สมใจ")
    before = desk.register.connection.execute("SELECT count(*) FROM operation").fetchone()[0]
    noted = note_outage(desk, at(2, 10), at(2, 12, 30), " เข้าระบบไม่ได้ ", [("จอ.png", SCREEN), ("จอ 2.jpg", OTHER)])
    assert desk.register.connection.execute("SELECT count(*) FROM operation").fetchone()[0] == before + 1
    assert (noted.number, noted.began, noted.ended) == (1, at(2, 10), at(2, 12, 30))
    assert (noted.what, noted.noted_by) == ("เข้าระบบไม่ได้", "สมใจ") and noted.noted_at.tzinfo is not None
    assert outages_of_month(desk, Month(2020, 1)) == [noted]
    kept = attachments_of(desk, OF_OUTAGE, "1")
    assert [each.name for each in kept] == ["จอ.png", "จอ 2.jpg"]
    assert [content_of(desk, each) for each in kept] == [SCREEN, OTHER]
    undoing.undo_newest(desk)
    assert all_outages(desk) == [] and attachments_of(desk, OF_OUTAGE, "1") == []
    assert note_outage(desk, at(2), at(2), "อีกครั้ง").number == 2  # a number is never given twice


def test_times_are_bangkoks_to_the_minute_whatever_they_come_in(desk: Desk) -> None:
    noted = note_outage(desk, parse_time("2563-01-02T10:00"), datetime(2020, 1, 2, 5, 30, 59, tzinfo=UTC), "ล่ม")
    assert (noted.began, noted.ended) == (at(2, 10), at(2, 12, 30))
    assert outages_between(desk, date(2020, 1, 2), date(2020, 1, 2)) == [noted]


@pytest.mark.parametrize(
    ("began", "ended", "what", "images", "words"),
    [
        (at(2, 10), at(2, 9, 59), "ล่ม", [], "มาก่อนเวลาเริ่ม 2 ม.ค. 2563 10.00"),
        (at(28, 10), at(29), "ล่ม", [], "ยังมาไม่ถึง"),
        (at(2, 10), at(2, 11), " \n\u200b", [], "อะไรขัดข้อง"),
        (at(2, 10), at(2, 11), "ล่ม", [("ก.png", SCREEN), ("ว่าง.png", BLANK)], "“ว่าง.png”: ภาพนี้ว่างเปล่า"),
        (at(2, 10), at(2, 11), "ล่ม", [("ก.png", SCREEN), ("ข.gif", b"GIF89a" + bytes(9))], "GIF"),
        (at(2, 10), at(2, 11), "ล่ม", [("ก.png", SCREEN), ("ค.pdf", paper())], "ไม่ใช่ภาพ"),
        (at(2, 10), at(2, 11), "ล่ม", [("ก.png", SCREEN[:-20])], "ไม่ครบ"),
        (at(2, 10), at(2, 11), "ล่ม", [("ก.png", SCREEN)] * 21, "20 ภาพ"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_kept(
    desk: Desk, began: datetime, ended: datetime, what: str, images: list[tuple[str, bytes]], words: str
) -> None:
    with pytest.raises(CannotDo, match="ยังไม่ได้บันทึกระบบขัดข้อง") as told:
        note_outage(desk, began, ended, what, images)
    assert words in str(told.value) and is_one_thai_sentence(str(told.value))
    assert all_outages(desk) == [] and stored(desk) == set()


def test_the_last_minute_of_the_day_the_program_was_told_is_the_latest_and_now_when_it_is_today(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = open_desk(date(2020, 1, 28), tmp_path / "told")
    note_outage(desk, at(28, 23), at(28, 23, 59), "ล่ม")
    today = Desk(
        desk.register, desk.shipped, lambda: date(2020, 1, 28), lambda: datetime(2020, 1, 28, 3, 0, tzinfo=UTC)
    )
    note_outage(today, at(28, 9), at(28, 10), "ล่ม")
    with pytest.raises(CannotDo, match="ยังมาไม่ถึง"):
        note_outage(today, at(28, 9), at(28, 10, 1), "ล่ม")


def test_the_same_picture_twice_is_kept_once(desk: Desk) -> None:
    images = [("ก.png", SCREEN), ("ข.jpg", OTHER), ("ค.png", SCREEN)]
    noted = note_outage(desk, at(2), at(2), "ล่ม", images)
    assert [each.name for each in attachments_of(desk, OF_OUTAGE, str(noted.number))] == ["ก.png", "ข.jpg"]


def test_a_month_and_a_span_have_the_outages_that_touch_them(desk: Desk) -> None:
    note_outage(desk, datetime(2019, 12, 31, 22), at(1, 2), "ข้ามปี")
    note_outage(desk, at(15, 8), at(15, 9), "กลางเดือน")
    assert [each.what for each in outages_of_month(desk, Month(2019, 12))] == ["ข้ามปี"]
    assert [each.what for each in outages_of_month(desk, Month(2020, 1))] == ["ข้ามปี", "กลางเดือน"]
    assert outages_of_month(desk, Month(2020, 2)) == []
    assert [each.what for each in outages_between(desk, date(2020, 1, 2), date(2020, 1, 15))] == ["กลางเดือน"]
    assert outages_between(desk, date(2020, 1, 2), date(2020, 1, 14)) == []


def test_who_noted_it_may_be_another_than_the_officer(desk: Desk) -> None:
    office_settings.save_officer_name(desk, "สมใจ")
    stand_in = note_outage(desk, at(2), at(2), "ล่ม", by=" สมหมาย  ผู้แทน ")
    assert stand_in.noted_by == "สมหมาย ผู้แทน" and office_settings.officer_name(desk) == "สมใจ"
    assert note_outage(desk, at(3), at(3), "ล่ม", by=" ").noted_by == "สมใจ"


def test_whoever_notes_one_where_nobody_is_named_is_the_officer_and_stays_so_when_it_is_undone(desk: Desk) -> None:
    assert note_outage(desk, at(2), at(2), "ล่ม").noted_by == "" and office_settings.officer_name(desk) == ""
    assert note_outage(desk, at(3), at(3), "ล่มอีก", by="สมใจ").noted_by == "สมใจ"
    assert office_settings.officer_name(desk) == "สมใจ"
    undoing.undo_newest(desk)
    assert all_outages(desk) == ["ล่ม"] and office_settings.officer_name(desk) == "สมใจ"
    rows = desk.register.connection.execute("SELECT action, who FROM operation ORDER BY id DESC LIMIT 3").fetchall()
    assert rows == [("เลิกทำ: บันทึกระบบขัดข้อง", "สมใจ"), ("บันทึกระบบขัดข้อง", "สมใจ"), ("ตั้งชื่อเจ้าหน้าที่", "สมใจ")]


def test_an_outage_that_is_refused_names_no_officer(desk: Desk) -> None:
    with pytest.raises(CannotDo):
        note_outage(desk, at(3), at(2), "ล่ม", by="สมใจ")
    assert office_settings.officer_name(desk) == ""


def test_an_outage_explains_the_due_days_it_touches_and_moves_none(desk: Desk) -> None:
    complaint_work.save(desk, None, Complaint("ก-1", date(2020, 1, 2)))
    before = complaint_views.all_standings(desk, date(2020, 1, 28))
    noted = note_outage(desk, at(3, 23), at(6, 1), "ล่มข้ามวันหยุด", [("จอ.png", SCREEN)])
    days = [date(2020, 1, day) for day in (2, 3, 4, 6, 7)]
    assert explains(noted, days) == [date(2020, 1, 3), date(2020, 1, 4), date(2020, 1, 6)]
    assert outages_beside(desk, days) == {day: [noted] for day in days[1:4]}
    assert outages_beside(desk, []) == {}
    assert complaint_views.all_standings(desk, date(2020, 1, 28)) == before


def test_beside_a_deadline_it_is_told_whether_a_picture_bears_the_outage_out(desk: Desk) -> None:
    complaint_work.save(desk, None, Complaint("ก-1", date(2020, 1, 2)))  # to be accepted by Friday 3 January
    note_outage(desk, at(3, 9), at(3, 10), "มีภาพ", [("จอ.png", SCREEN)])
    note_outage(desk, at(3, 13), at(3, 14), "ไม่มีภาพ")
    note_outage(desk, at(8, 13), at(8, 14), "วันอื่น")
    explained = complaint_views.explained_complaint(desk, "ก-1", date(2020, 1, 28)).explanations
    [accept] = [each for each in explained if each.title == "รับเรื่อง"]
    assert accept.outages == 2 and accept.due == date(2020, 1, 3)
    assert accept.reasons[-2:] == (
        "ระบบขัดข้อง 3 ม.ค. 2563 09.00–10.00 น. (1 ชั่วโมง): มีภาพ (มีหลักฐาน ไม่เลื่อนกำหนด)",
        "ระบบขัดข้อง 3 ม.ค. 2563 13.00–14.00 น. (1 ชั่วโมง): ไม่มีภาพ (ไม่มีภาพหลักฐาน ไม่เลื่อนกำหนด)",
    )
    assert [each.outages for each in explained if each.due != date(2020, 1, 3)] == [0] * (len(explained) - 2)


def test_the_report_tab_says_an_outage_beside_what_cost_points_as_annex_a_does(desk: Desk) -> None:
    complaint_work.save(desk, None, Complaint("ก-1", date(2020, 1, 2), accepted=date(2020, 1, 8)))
    complaint_work.save(desk, None, Complaint("ก-2", date(2020, 1, 6), accepted=date(2020, 1, 10)))
    note_outage(desk, at(3, 9), at(3, 10), "ล่ม")
    monthly = month_reports.figures_of_month(desk, Month(2020, 1), date(2020, 1, 9), date(2020, 1, 9))
    first, second = report_view.complaints_of_report(desk, monthly, ()).costly
    assert first.words[0] == "รับเรื่อง ช้ากว่ากำหนด 3 ม.ค. (ทำ 8 ม.ค.) (ระบบฯ ขัดข้องในวันครบกำหนด ดูภาคผนวก ข)"
    assert first.outage and not second.outage and not any("ขัดข้อง" in words for words in second.words)


def test_outages_are_told_in_words(desk: Desk) -> None:
    one = note_outage(desk, at(2, 10), at(2, 12, 30), "เข้าระบบ\nไม่ได้")
    assert outage_words(one) == "ระบบขัดข้อง 2 ม.ค. 2563 10.00–12.30 น. (2 ชั่วโมง 30 นาที): เข้าระบบ ไม่ได้"
    two = note_outage(desk, at(2, 10), at(4, 10), "ล่ม")
    assert outage_words(two) == "ระบบขัดข้อง 2 ม.ค. 2563 10.00 น. ถึง 4 ม.ค. 2563 10.00 น. (2 วัน): ล่ม"
    assert length_words(at(2), at(2)) == "0 นาที" and length_words(at(2), at(3, 0, 1)) == "1 วัน 1 นาที"


def test_a_full_disk_leaves_neither_outage_nor_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(attachment_files.os, "fsync", full)
        with pytest.raises(attachment_files.AttachmentRefused, match="เต็ม"):
            note_outage(desk, at(2), at(2), "ล่ม", [("ก.png", SCREEN)])
    assert all_outages(desk) == [] and stored(desk) == set()


def test_a_picture_is_judged_before_it_is_offered() -> None:
    assert problem_with_picture(SCREEN) == ""
    assert "ว่างเปล่า" in problem_with_picture(BLANK)
    assert "PDF" in problem_with_picture(paper()) and "ZIP" in problem_with_picture(b"PK\3\4" + bytes(40))


def typed(folder: Path, *images: bytes, began: str = "2563-01-02T10:00", ended: str = "2/1/2563 12:30") -> Namespace:
    paths = []
    for number, content in enumerate(images):
        paths.append(folder / f"{number}.png")
        paths[-1].write_bytes(content)
    return Namespace(began=parse_time(began), ended=parse_time(ended), what="เข้าระบบไม่ได้", images=paths, by="")


def test_the_command_answers_with_the_number_and_the_hashes(desk: Desk, tmp_path: Path) -> None:
    import hashlib

    answer = outage_command(desk, typed(tmp_path, SCREEN, OTHER))
    assert answer.document == {"id": 1, "sha256": [hashlib.sha256(each).hexdigest() for each in (SCREEN, OTHER)]}
    assert "2 ม.ค. 2563 10.00–12.30 น." in answer.words[0] and "2 ภาพ" in answer.words[1]
    assert "--by" in answer.words[2]
    named = outage_command(desk, Namespace(**{**vars(typed(tmp_path)), "images": None, "by": "สมใจ"}))
    assert "ผู้บันทึก สมใจ" in named.words and named.document == {
        "id": 2,
        "sha256": [],
    }


def test_the_command_refuses_as_the_window_does(desk: Desk, tmp_path: Path) -> None:
    for found in (
        typed(tmp_path, ended="2563-01-02T09:00"),
        typed(tmp_path, SCREEN, BLANK),
        typed(tmp_path, b"no picture at all"),
        Namespace(**{**vars(typed(tmp_path)), "images": [tmp_path / "ไม่มี.png"]}),
        Namespace(**{**vars(typed(tmp_path)), "images": [tmp_path]}),
    ):
        with pytest.raises(CannotDo) as told:
            outage_command(desk, found)
        assert is_one_thai_sentence(str(told.value))
    assert all_outages(desk) == [] and stored(desk) == set()


def test_a_long_outage_is_one_day_after_another(desk: Desk) -> None:
    noted = note_outage(desk, at(1), at(20), "ล่มนาน")
    every = [date(2020, 1, 1) + timedelta(days=more) for more in range(25)]
    assert len(explains(noted, every)) == 20
