"""Texts to paste into the central system: the very figures of the report, in words."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.complaint import Complaint
from desktop.domain.months import Month
from desktop.services import complaint_work, month_reports
from desktop.services.desk import CannotDo, Desk
from desktop.services.month_reports import OfficersWords
from desktop.services.paste_texts import answer_text, month_texts
from tests.running import is_one_thai_sentence

JANUARY, DAY = Month(2020, 1), date(2020, 1, 28)


def texts(desk: Desk, month: Month = JANUARY, on: date = DAY) -> list[str]:
    monthly = month_reports.figures_of_month(desk, month, on, min(on, month.last))
    sheet = month_reports.draft_sheet(desk, monthly, OfficersWords())
    return [each.text for each in month_texts(desk, monthly, sheet)]


def test_the_month_reads_as_the_form_words_it(demo_desk: Desk) -> None:
    assert texts(demo_desk)[0] == (
        "เรื่องร้องทุกข์ตั้งแต่วันที่ 1 ม.ค. 2563 ถึง 28 ม.ค. 2563 จำนวน 164 เรื่อง\n"
        "ดำเนินการเสร็จสิ้น 124 เรื่อง คิดเป็นร้อยละ 75.61\n"
        "อยู่ระหว่างดำเนินการ 40 เรื่อง คิดเป็นร้อยละ 24.39"
    )


def test_the_year_to_date_and_the_quarter_are_counted_from_the_register(demo_desk: Desk) -> None:
    _, _, quarter, year = texts(demo_desk)
    assert "ไตรมาสที่ 2 ปีงบประมาณ พ.ศ. 2563 (ม.ค. 2563 - มี.ค. 2563) ข้อมูล ณ วันที่ 28 ม.ค. 2563" in quarter
    assert "ได้รับแจ้ง 164 เรื่อง ดำเนินการเสร็จสิ้น 124 เรื่อง (ร้อยละ 75.61)" in quarter
    # 217 + 225 + 146 + 164 received; completed by now is more than what the four reports said on their own days
    assert "ได้รับแจ้ง 752 เรื่อง ดำเนินการเสร็จสิ้น 688 เรื่อง (ร้อยละ 91.49)" in year
    assert "ปฏิบัติถูกต้องตามกระบวนการ 695 จาก 752 เรื่อง (ร้อยละ 92.42)" in year
    first = texts(demo_desk, Month(2019, 12), date(2019, 12, 24))[2]
    assert "ไตรมาสที่ 1" in first and "(ต.ค. 2562 - ธ.ค. 2562)" in first and "ได้รับแจ้ง 588 เรื่อง" in first


def test_after_an_issue_what_is_counted_anew_says_so_where_the_register_was_changed(demo_desk: Desk) -> None:
    monthly = month_reports.figures_of_month(demo_desk, JANUARY, DAY, DAY)
    report = month_reports.issue(demo_desk, monthly, OfficersWords(), None)
    sheet = month_reports.issued_sheet(demo_desk, report)
    assert "ถูกแก้ไข" not in "".join(each.text for each in month_texts(demo_desk, report.figures, sheet))
    done = next(
        found
        for number in report.figures.numbers
        if (found := complaint_work.complaint(demo_desk, number)).completed is not None
    )
    complaint_work.save(demo_desk, done, replace(done, completed=None))
    month, types, quarter, year = (each.text for each in month_texts(demo_desk, report.figures, sheet))
    for counted_anew in (types, quarter):
        assert "ดำเนินการเสร็จสิ้น 123 เรื่อง" in counted_anew
        last = counted_anew.splitlines()[-1]
        assert last.startswith("ทะเบียนถูกแก้ไขหลังออกรายงาน")
        assert last.endswith("ได้รับแจ้ง 164 เรื่อง ดำเนินการเสร็จสิ้น 124 เรื่อง")
    assert "ดำเนินการเสร็จสิ้น 124 เรื่อง" in month and "ดำเนินการเสร็จสิ้น 688 เรื่อง" in year
    assert "ถูกแก้ไข" not in month + year


def test_types_add_up_and_a_complaint_of_several_is_said(desk: Desk) -> None:
    for number, types in (("1", ("ถนน",)), ("2", ("ถนน", "ทางเท้า")), ("3", ())):
        complaint_work.save(desk, None, Complaint(number, date(2020, 1, 6), types=types))
    done = complaint_work.complaint(desk, "2")
    complaint_work.save(desk, done, replace(done, accepted=date(2020, 1, 6), completed=date(2020, 1, 7)))
    by_type = texts(desk)[1].splitlines()
    half = "ดำเนินการเสร็จสิ้น 1 เรื่อง (ร้อยละ 50.00) อยู่ระหว่างดำเนินการ 1 เรื่อง (ร้อยละ 50.00)"
    assert by_type[1] == f"1. ถนน ได้รับแจ้ง 2 เรื่อง {half}"
    assert by_type[2].startswith("2. ทางเท้า ได้รับแจ้ง 1 เรื่อง ดำเนินการเสร็จสิ้น 1 เรื่อง (ร้อยละ 100.00)")
    assert by_type[3].startswith("3. ไม่ระบุประเภท ได้รับแจ้ง 1 เรื่อง")
    assert by_type[4].startswith("รวม ได้รับแจ้ง 3 เรื่อง ดำเนินการเสร็จสิ้น 1 เรื่อง (ร้อยละ 33.33)")
    assert by_type[5] == "เรื่องที่มีหลายประเภทนับในทุกประเภทของเรื่องนั้น"


def test_an_empty_month_has_dashes_not_a_division(desk: Desk) -> None:
    found = texts(desk)
    assert "จำนวน 0 เรื่อง" in found[0] and "ร้อยละ -" in found[0] and "(ร้อยละ -)" in found[3]


def test_a_finished_answer_is_one_text(desk: Desk) -> None:
    made = complaint_work.save(
        desk,
        None,
        Complaint(
            "1",
            date(2020, 1, 6),
            accepted=date(2020, 1, 6),
            completed=date(2020, 1, 9),
            complainant="นายสมมติ ตัวอย่าง",
            telephone="09-8765-4321",
            answer="ล้างท่อแล้ว\nน้ำไหลปกติ",
            letter_number="กท 6603/12",
            action="ล้างท่อและบ่อพัก",
        ),
    )
    assert answer_text(desk, "1") == (
        "ล้างท่อแล้ว\nน้ำไหลปกติ\nรายละเอียดการดำเนินการ : ล้างท่อและบ่อพัก\nเลขที่หนังสือ : กท 6603/12\n"
        "ดำเนินการเสร็จสิ้นเมื่อวันที่ 9 ม.ค. 2563"
    )
    complaint_work.save(desk, made, replace(made, answer="", action="", letter_number=""))
    for number, words in (("1", "ยังไม่ได้พิมพ์ผลการดำเนินการ"), ("2", "ไม่มีเรื่อง")):
        with pytest.raises(CannotDo, match=words) as refused:
            answer_text(desk, number)
        assert is_one_thai_sentence(str(refused.value))
    complaint_work.save(desk, None, Complaint("3", date(2020, 1, 6), answer="กำลังทำ"))
    with pytest.raises(CannotDo, match="ยังไม่แล้วเสร็จ"):
        answer_text(desk, "3")
