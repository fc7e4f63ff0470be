"""The check before issuing: what is worth a look, which complaints, and what mends it; nothing is said twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from desktop.domain.complaint import Complaint, Status
from desktop.domain.months import Month
from desktop.domain.report_sheet import TargetWord
from desktop.services import complaint_work, month_reports, office_settings
from desktop.services.check_lines import CheckLine, Opens
from desktop.services.desk import Desk
from desktop.services.list_lines import Due
from desktop.services.memo_words import MemoWords
from desktop.services.month_reports import OfficersWords
from desktop.services.outage_evidence import mend_outage
from desktop.services.outage_work import OutageFacts, note_outage
from desktop.services.report_checks import all_checks, checks_before_issuing
from desktop.storage import attachment_files
from tests.services.picture_faults import encoded, scene

DECEMBER, JANUARY = Month(2019, 12), Month(2020, 1)
DAY = date(2020, 1, 28)
SCREEN = encoded(scene(64, 40, 1), "PNG")


def lines(desk: Desk, on: date = DAY, until: date = DAY, **words: str) -> list[CheckLine]:
    return all_checks(desk, month_reports.figures_of_month(desk, JANUARY, on, until), OfficersWords(**words))


def the_line(found: list[CheckLine], words: str) -> CheckLine:
    [line] = [each for each in found if words in each.text]
    return line


def add(desk: Desk, number: str, notified: date, **more: object) -> Complaint:
    return complaint_work.save(desk, None, Complaint(number=number, notified=notified, **more))  # type: ignore[arg-type]


def opens(line: CheckLine) -> list[Opens]:
    return [link.opens for link in line.links]


def test_every_warning_leads_somewhere_and_warnings_come_first(demo_desk: Desk) -> None:
    note_outage(demo_desk, datetime(2020, 1, 2, 10), datetime(2020, 1, 2, 11), "ล่ม")
    found = lines(demo_desk, note="ฝน 😀")
    assert [line.passed for line in found] == sorted(line.passed for line in found)
    assert not [line.text for line in found if not line.passed and not (line.links or line.numbers)]
    assert [line for line in found if not line.passed] == checks_before_issuing(
        demo_desk, month_reports.figures_of_month(demo_desk, JANUARY, DAY, DAY), OfficersWords(note="ฝน 😀")
    )


def test_the_figures_are_added_up_before_her_eyes(demo_desk: Desk) -> None:
    line = the_line(lines(demo_desk), "ตัวเลขรวมกันถูกต้อง")
    assert line.passed and "เสร็จสิ้น 124 + อยู่ระหว่างดำเนินการ 40 = 164 เรื่อง (ร้อยละ 75.61 + 24.39)" in line.text


def test_unaccepted_complaints_open_in_the_list_by_filter(demo_desk: Desk) -> None:
    line = the_line(lines(demo_desk), "ยังไม่ได้รับเรื่อง")
    [link] = line.links
    assert link.opens is Opens.LIST and link.narrowed is not None
    assert (link.narrowed.status, link.narrowed.month) == (Status.NEW, JANUARY)
    seen = [complaint_work.complaint(demo_desk, number) for number in line.numbers]
    assert len(seen) == 13 and all(each.accepted is None and not each.entries for each in seen)


def test_complaints_that_lack_days_open_in_the_list_too(desk: Desk) -> None:
    add(desk, "1", date(2020, 1, 6), stated=Status.COMPLETED)
    line = the_line(lines(desk), "ขาดวันที่")
    assert line.numbers == ("1",) and line.links[0].narrowed is not None
    assert line.links[0].narrowed.due is Due.LACKS_DAYS


def test_months_left_out_are_named_and_each_is_a_link(demo_desk: Desk) -> None:
    line = the_line(lines(demo_desk), "เลขรายงานไม่ต่อเนื่อง")
    assert [link.month for link in line.links] == [Month(2019, 10), Month(2019, 11), DECEMBER]
    assert line.links[0].told == "เปิดรายงานเดือนตุลาคม 2562"


@pytest.mark.parametrize(
    ("on", "until", "said"),
    [
        (date(2019, 12, 20), date(2020, 1, 31), "อยู่ก่อนเดือนมกราคม 2563"),
        (DAY, date(2020, 1, 20), "จะไม่อยู่ในรายงานใด"),
        (DAY, date(2020, 1, 31), "จัดทำก่อนสิ้นช่วง"),
        (DAY, DAY, ""),
    ],
)
def test_days_that_leave_complaints_out_are_said(demo_desk: Desk, on: date, until: date, said: str) -> None:
    warned = [line for line in lines(demo_desk, on, until) if opens(line) == [Opens.DAYS] and "จัดทำ" in line.text]
    assert any(said in line.text for line in warned) if said else not warned
    assert bool([line for line in lines(demo_desk, on, until) if "สมเหตุผล" in line.text]) is not bool(said)


def test_a_report_drawn_up_after_its_send_by_day_is_said(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(date(2020, 2, 20))
    add(desk, "1", date(2020, 1, 6))
    for on, late in ((date(2020, 2, 10), False), (date(2020, 2, 11), True)):
        found = [line for line in lines(desk, on, date(2020, 1, 31)) if "เลยกำหนดส่ง 10 ก.พ. 2563" in line.text]
        assert [(opens(line), line.passed) for line in found] == ([([Opens.DAYS], False)] if late else [])


@pytest.mark.parametrize(
    ("target", "word", "warned"),
    [  # the month: 90.85 and 75.61
        (90, TargetWord.ON, None),
        (90, TargetWord.BELOW, None),
        (90, TargetWord.ABOVE, "แต่ร้อยละของดำเนินการเสร็จสิ้นคือ 75.61 (เป้าหมายร้อยละ 90.00)"),
        (70, TargetWord.ABOVE, None),
        (70, TargetWord.BELOW, "แต่ร้อยละของกระบวนการคือ 90.85 และร้อยละของดำเนินการเสร็จสิ้นคือ 75.61"),
    ],
)
def test_her_word_on_the_target_is_held_against_both_percentages(
    demo_desk: Desk, target: int, word: TargetWord, warned: str | None
) -> None:
    office_settings.save_project(demo_desk, replace(demo_desk.fiscal_year(2563).project, target=Decimal(target)))
    figures = month_reports.figures_of_month(demo_desk, JANUARY, DAY, DAY)
    found = [line for line in all_checks(demo_desk, figures, OfficersWords(target=word)) if "เลือกว่า" in line.text]
    assert [opens(line) for line in found] == ([[Opens.NOTE]] if warned else [])
    assert all(warned in line.text for line in found if warned)


def test_a_revision_drawn_up_before_the_report_it_corrects_is_said(demo_desk: Desk) -> None:
    month_reports.issue(demo_desk, month_reports.figures_of_month(demo_desk, JANUARY, DAY, DAY), OfficersWords(), None)
    early = lines(demo_desk, date(2020, 1, 20), date(2020, 1, 20))
    assert the_line(early, "อยู่ก่อนฉบับที่ออกแล้ว (28 ม.ค. 2563)").links[0].opens is Opens.DAYS


def test_an_outage_after_the_reports_day_is_said_to_be_left_out(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(date(2020, 2, 3))
    note_outage(desk, datetime(2020, 1, 31, 10), datetime(2020, 1, 31, 11), "ล่ม", [("จอ.png", SCREEN)], "สมใจ")
    later = the_line(lines(desk), "วันที่ 31 มกราคม 2563 เวลา 10.00 - 11.00 น.")
    assert "เกิดหลังวันจัดทำรายงาน 28 ม.ค. 2563 จึงไม่อยู่ในเอกสารแนบ" in later.text and opens(later) == [Opens.DAYS]
    assert the_line(lines(desk), "ไม่มีบันทึกระบบขัดข้องถึงวันจัดทำรายงาน").passed
    on_time = lines(desk, date(2020, 1, 31), date(2020, 1, 31))
    assert the_line(on_time, "ระบบขัดข้อง 1 ครั้ง มีภาพหลักฐานครบ").passed
    assert not [line for line in on_time if "เกิดหลังวันจัดทำรายงาน" in line.text]


def test_an_outage_nobody_put_a_name_to_leads_to_where_it_is_put(desk: Desk) -> None:
    bare = note_outage(desk, datetime(2020, 1, 2, 10), datetime(2020, 1, 2, 11), "ล่ม", [("จอ.png", SCREEN)])
    line = the_line(lines(desk), "ยังไม่มีชื่อผู้บันทึก")
    assert [(link.opens, link.outage) for link in line.links] == [(Opens.OUTAGE, bare.number)]
    mend_outage(desk, bare.number, OutageFacts(bare.began, bare.ended, bare.what, "สมใจ"))
    assert not [line for line in lines(desk) if "ชื่อผู้บันทึก" in line.text]


def test_outages_without_a_picture_and_with_a_lost_one_are_said_and_lead_to_the_outage(demo_desk: Desk) -> None:
    office_settings.save_officer_name(demo_desk, "สมใจ")
    assert the_line(lines(demo_desk), "ไม่มีบันทึกระบบขัดข้อง").passed
    note_outage(demo_desk, datetime(2020, 1, 2, 10), datetime(2020, 1, 2, 11), "ล่ม", [("จอ.png", SCREEN)])
    assert the_line(lines(demo_desk), "ระบบขัดข้อง 1 ครั้ง มีภาพหลักฐานครบ").passed
    bare = note_outage(demo_desk, datetime(2020, 1, 3, 10), datetime(2020, 1, 3, 11), "ล่มอีก")
    line = the_line(lines(demo_desk), "ยังไม่มีภาพหลักฐาน")
    assert [(link.opens, link.outage) for link in line.links] == [(Opens.OUTAGE, bare.number)]
    for sha256 in attachment_files.stored_hashes(demo_desk.register.folder):
        place = attachment_files.place_of(demo_desk.register.folder, sha256)
        place.chmod(0o600)
        place.unlink()
    assert "จอ.png" in the_line(lines(demo_desk), "หายหรือเสียหาย").text
    note_outage(demo_desk, datetime(2019, 12, 3, 10), datetime(2019, 12, 3, 11), "เดือนก่อน")
    assert len([line for line in lines(demo_desk) if Opens.OUTAGE in opens(line)]) == 2  # another month's is not asked


def test_the_projects_blanks_core_types_and_holidays_lead_to_where_they_are_filled_in(desk: Desk) -> None:
    add(desk, "1", date(2020, 1, 6), types=("ถนน",), accepted=date(2020, 1, 6), completed=date(2020, 1, 7))
    found = lines(desk)
    assert opens(the_line(found, "ข้อมูลโครงการยังว่าง")) == [Opens.PROJECT]
    assert opens(the_line(found, "ยังไม่ได้เลือกประเภทเรื่องหลัก")) == [Opens.CORE_TYPES]
    office_settings.choose_core_types(desk, 2563, ["ถนน"])
    names = ("responsible", "responsible_telephone", "coordinator", "coordinator_telephone", "position")
    project = replace(desk.fiscal_year(2563).project, **dict.fromkeys(names, "เจ้าหน้าที่"))
    office_settings.save_project(desk, project)
    found = lines(desk)
    assert the_line(found, "ข้อมูลโครงการครบทุกช่อง").passed and not [line for line in found if "หลัก จึง" in line.text]


def test_characters_nobody_can_print_lead_to_where_they_were_typed(desk: Desk) -> None:
    add(desk, "1", date(2020, 1, 6), subject="ดีใจ 😀")
    add(desk, "2", date(2020, 1, 6), subject="ถนน", detail="😀")  # no page shows the detail
    note_outage(desk, datetime(2020, 1, 2, 10), datetime(2020, 1, 2, 11), "ล่ม 🙈")
    office_settings.save_project(desk, replace(desk.fiscal_year(2563).project, responsible="ก 🙂"))
    figures = month_reports.figures_of_month(desk, JANUARY, DAY, DAY)
    month_reports.issue(desk, figures, OfficersWords(), None)
    memo = MemoWords(position="ผู้อำนวยการ 😎")
    found = all_checks(desk, figures, OfficersWords(note="ฝน 😢"), "เหตุ 😬", memo)
    office_settings.save_officer_name(desk, "สมใจ")
    named = {opens(line)[0]: line.text for line in found if "แบบอักษรของรายงานไม่มีตัว" in line.text}
    assert "🙂 (U+1F642)" in named[Opens.PROJECT] and "😢" in named[Opens.NOTE] and "🙈" in named[Opens.OUTAGE]
    assert "😎" in named[Opens.MEMO] and "😬" in named[Opens.REASON]
    assert the_line(found, "เอกสารแนบมีตัวที่แบบอักษรไม่มี 😀 (U+1F600)").numbers == ("1",)


def test_complaints_that_name_their_complainant_elsewhere_are_told(desk: Desk) -> None:
    add(desk, "1", date(2020, 1, 6), subject="หน้าบ้านนายสมมติ ตัวอย่าง", complainant="นายสมมติ ตัวอย่าง")
    assert the_line(lines(desk), "มีชื่อหรือโทรศัพท์ของผู้ร้อง").numbers == ("1",)


NAMED = ("นายสมมติ ตัวอย่าง", "081-234-5678")


def test_names_and_numbers_in_her_own_texts_are_told_and_lead_to_each_text(desk: Desk) -> None:
    add(desk, "1", date(2020, 1, 6))
    add(desk, "0", date(2019, 3, 6), complainant=NAMED[0], telephone=NAMED[1], accepted=date(2019, 3, 6))
    assert the_line(lines(desk), "ไม่มีชื่อหรือโทรศัพท์ของผู้ร้อง").passed
    noted = note_outage(desk, datetime(2020, 1, 2, 10), datetime(2020, 1, 2, 11), f"ตอบ{NAMED[0]}ไม่ได้")
    figures = month_reports.figures_of_month(desk, JANUARY, DAY, DAY)
    month_reports.issue(desk, figures, OfficersWords(), None)
    words = OfficersWords(note="รอสมมติ ตัวอย่าง โทร ๐๘๑ ๒๓๔ ๕๖๗๘")
    memo = MemoWords(to="ถึง นายสมมติ  ตัวอย่าง", signer="สมมติ ตัวอย่าง")
    found = [line for line in all_checks(desk, figures, words, "เลข 1101700203450", memo) if "ของผู้ร้อง" in line.text]
    told = [(line.passed, *opens(line), line.links[0].outage) for line in found]
    assert told == [
        (False, Opens.NOTE, 0),
        (False, Opens.REASON, 0),
        (False, Opens.OUTAGE, noted.number),
        (False, Opens.MEMO, 0),
        (False, Opens.MEMO, 0),
    ]
    assert "ตามที่พิมพ์ไว้" in found[-1].text and all("(ผู้ร้อง) แทน" in line.text for line in found[:-1])


def test_a_note_of_an_earlier_report_that_names_somebody_is_told_with_its_month(desk: Desk) -> None:
    add(desk, "0", date(2019, 12, 6), complainant=NAMED[0])
    december = month_reports.figures_of_month(desk, DECEMBER, date(2019, 12, 24))
    month_reports.issue(desk, december, OfficersWords(note=f"รอ{NAMED[0]}"), None)
    line = the_line(lines(desk), "รายงานครั้งที่ 3 ที่ออกแล้ว ระบุชื่อ")
    assert line.links[0].month == DECEMBER and not line.passed


def test_a_change_since_any_earlier_report_of_the_year_is_told_and_since_the_revision_before(demo_desk: Desk) -> None:
    for month, on in ((Month(2019, 10), date(2019, 10, 28)), (DECEMBER, date(2019, 12, 24)), (JANUARY, DAY)):
        figures = month_reports.figures_of_month(demo_desk, month, on, min(on, month.last))
        month_reports.issue(demo_desk, figures, OfficersWords(), None)
    same = the_line(lines(demo_desk), "ทะเบียนยังตรงกับ")
    assert same.passed and "ครั้งที่ 1 (ต.ค. 2562)" in same.text and "ครั้งที่ 4 (ม.ค. 2563) ฉบับแรก" in same.text
    for number, notified in (("ต.ค.", date(2019, 10, 8)), ("ม.ค.", date(2020, 1, 8))):
        add(demo_desk, number, notified)
    found = lines(demo_desk)
    october = the_line(found, "ทะเบียนเปลี่ยนหลังออกรายงานครั้งที่ 1 (ต.ค. 2562)")
    assert (october.numbers, october.links[0].month) == (("ต.ค.",), Month(2019, 10))
    own = the_line(found, "ทะเบียนเปลี่ยนหลังออกรายงานครั้งที่ 4 (ม.ค. 2563) ฉบับแรก")
    assert (own.numbers, opens(own)) == (("ม.ค.",), [Opens.LIST])
    assert "ออกไว้ 164 เรื่อง ขณะนี้ 165 เรื่อง" in own.text
    assert "ครั้งที่ 3 (ธ.ค. 2562)" in the_line(found, "ทะเบียนยังตรงกับ").text


def test_a_change_since_the_last_report_is_told_with_its_month(demo_desk: Desk) -> None:
    figures = month_reports.figures_of_month(demo_desk, DECEMBER, date(2019, 12, 24))
    month_reports.issue(demo_desk, figures, OfficersWords(), None)
    assert the_line(lines(demo_desk), "ทะเบียนยังตรงกับรายงานครั้งที่ 3 (ธ.ค. 2562)").passed
    add(demo_desk, "เพิ่ม-1", date(2019, 12, 20))
    line = the_line(lines(demo_desk), "ทะเบียนเปลี่ยนหลังออกรายงานครั้งที่ 3")
    assert line.numbers == ("เพิ่ม-1",) and line.links[0].month == DECEMBER
    assert "จำนวนเรื่อง ออกไว้ 146 เรื่อง ขณะนี้ 147 เรื่อง" in " ".join(line.text.split())
