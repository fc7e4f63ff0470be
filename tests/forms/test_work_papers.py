"""The office's own papers: evidence at once, the 15th/30th round, one complaint, the list on screen, today's work."""

import re
from dataclasses import replace
from datetime import date

import pypdf
import pytest

from desktop.domain.complaint import Complaint, Entry, Mark, QualityItem, Reopening, Status
from desktop.domain.explanations import explain
from desktop.domain.obligations import standing
from desktop.domain.rule_set import RuleSet
from desktop.domain.work_paper_filling import complaint_sheet, round_sheet, work_sheet
from desktop.domain.work_papers import ListColumn, ListSheet
from forms.complaint_sheet import complaint_sheet_pdf, complaint_texts
from forms.embedded_pictures import PictureShelf
from forms.evidence_page import evidence_page_pdf
from forms.list_sheet import list_sheet_pdf, list_sheet_texts
from forms.round_sheet import round_sheet_pdf, round_texts
from forms.work_sheet import work_sheet_pdf, work_texts
from tests.forms.pack_ground import (
    CALENDAR,
    DRAWN_ON,
    FONTS,
    NAME,
    TELEPHONE,
    WORDS,
    kept,
    naive_register,
    register,
    rules_of,
    screen,
    two_outages,
)
from tests.forms.pdf_checks import (
    break_faults,
    margin_faults,
    poppler_text,
    single_blanks,
    squeezed,
    structure_faults,
    text_faults,
)

OFFICE = "สำนักงานเขตประเวศ"
FOOT = r"หน้า \d+ จาก \d+ · .*"


def day(number, month=1):
    return date(2020, month, number)


WAITING = Complaint(
    "ก-1", day(22), subject="ถนนชำรุด", place="ปากซอย 9", unit="ฝ่ายโยธา", types=("ถนน",), complainant=NAME,
    telephone=TELEPHONE,
)  # fmt: skip
FOLLOWED = replace(
    WAITING, number="ก-2", notified=day(6), accepted=day(7), first_report=Entry(day(8), "รับเรื่องแล้ว"), place="ก้นซอย 1",
    follow_ups=(Entry(day(14), "รอผู้รับเหมา"),),
)  # fmt: skip
LIGHT = replace(FOLLOWED, number="ข-1", unit="", place="", subject="ไฟดับ", types=(), follow_ups=())
DONE = replace(FOLLOWED, number="ก-3", completed=day(20))
FOUR = (WAITING, FOLLOWED, LIGHT, DONE)


def seen(complaints, on=DRAWN_ON):
    found = (standing(each, on, CALENDAR, rules_of) for each in complaints)
    return [each for each in found if each is not None]


def written(folder, pdf, name="paper.pdf"):
    file = folder / name
    file.write_bytes(pdf)
    return file


def of_round(complaints=FOUR, **more):
    return round_sheet(OFFICE, seen(complaints), day(30), DRAWN_ON, **more)


def of_complaint(complaint=FOLLOWED, **more):
    (one,) = seen([complaint])
    return complaint_sheet(OFFICE, one, explain(one, CALENDAR, rules_of), RuleSet(), DRAWN_ON, **more)


def of_list(rows=40):
    columns = (ListColumn("กำหนด", 184), ListColumn("เลขที่รับแจ้ง", 112), ListColumn("เรื่อง", 320))
    texts = tuple(
        ("เกินกำหนด 2 วันทำการ", f"2563-{row:05d}", "น้ำท่วมขังเนื่องจากท่อระบายน้ำอุดตันหน้าตลาดนัด") for row in range(rows)
    )
    return ListSheet(OFFICE, "รายการเรื่องร้องทุกข์", "ค้นหา “น้ำท่วม”", DRAWN_ON, columns, texts)


def of_work(complaints=FOUR, reports=("รายงานเดือนธันวาคม 2562 ส่งภายใน 10 ม.ค. 2563",), on=DRAWN_ON):
    return work_sheet(OFFICE, on, seen(complaints, on), CALENDAR, 3, reports)


def of_evidence(shelf=None):
    store = {}
    first = two_outages(store)[0]
    return evidence_page_pdf(first, OFFICE, FONTS, WORDS, shelf or PictureShelf(store.get))


PAPERS = {
    "evidence": of_evidence,
    "round": lambda: round_sheet_pdf(of_round(), FONTS, WORDS),
    "complaint": lambda: complaint_sheet_pdf(of_complaint(), FONTS, WORDS),
    "list": lambda: list_sheet_pdf(of_list(), FONTS, WORDS),
    "work": lambda: work_sheet_pdf(of_work(), FONTS, WORDS),
}


@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_is_sound_thai_numbered_and_the_same_bytes_again(paper, tmp_path):
    pdf = PAPERS[paper]()
    file = written(tmp_path, pdf)
    assert structure_faults(file) == []
    assert margin_faults(file, tmp_path, 56, 56) == []
    assert PAPERS[paper]() == pdf
    text = poppler_text(file)
    assert NAME not in text
    assert TELEPHONE not in text


def test_the_evidence_is_printed_at_once_on_a_page_of_its_own(tmp_path):
    file = written(tmp_path, of_evidence())
    reader = pypdf.PdfReader(str(file))
    assert len(reader.pages) == 1
    assert len(reader.pages[0].images) == 1
    text = single_blanks(poppler_text(file, "-raw"))
    assert text.startswith("หลักฐานกรณีระบบเรื่องราวร้องทุกข์ขัดข้อง ระบบขัดข้องวันที่ 2 มกราคม 2563 เวลา 10.00 - 12.30 น.")
    assert "สำนักงานเขตประเวศ · หลักฐานระบบฯ ขัดข้อง ครั้งที่ 7" in text


def test_evidence_whose_picture_is_gone_is_printed_all_the_same(tmp_path):
    shelf = PictureShelf(lambda _: None)
    text = single_blanks(poppler_text(written(tmp_path, of_evidence(shelf)), "-raw"))
    assert "แฟ้มที่ 1 (ไม่พบแฟ้มในที่เก็บหลักฐาน หรือแฟ้มไม่ตรงกับ SHA-256 ที่บันทึกไว้)" in text
    assert len(shelf.not_shown) == 1


def test_tall_and_many_pictures_stay_on_the_page(tmp_path):
    store = {}
    first = two_outages(store)[0]
    for sizes in ([(300, 3000)], [(3000, 200)] * 2, [(400, 900)] * 3, [(50, 50)] * 9):
        files = tuple(kept(store, 7, screen(*size, shade=place)) for place, size in enumerate(sizes))
        pdf = evidence_page_pdf(replace(first, attachments=files), OFFICE, FONTS, WORDS, PictureShelf(store.get))
        file = written(tmp_path, pdf)
        assert margin_faults(file, tmp_path, 85, 56) == []
        assert sum(len(page.images) for page in pypdf.PdfReader(str(file)).pages) == len(sizes)


ROUND = """
รอบติดตามผลวันที่ 30 มกราคม 2563
ฝ่ายโยธา 2 เรื่อง เรียงตามสถานที่
เลขที่รับแจ้ง / กำหนด|สถานที่ / เรื่อง / รายงานล่าสุด|ผลการติดตาม (วันที่และข้อความ)
ก-2 กำหนด 30 ม.ค.|ก้นซอย 1 ถนน ถนนชำรุด ล่าสุด : 14 ม.ค. 2563 รอผู้รับเหมา
ก-1 กำหนด 23 ม.ค.|ปากซอย 9 ถนน ถนนชำรุด ยังไม่มีรายงาน
รอบติดตามผลวันที่ 30 มกราคม 2563
ไม่ระบุหน่วยงาน 1 เรื่อง เรียงตามสถานที่
เลขที่รับแจ้ง / กำหนด|สถานที่ / เรื่อง / รายงานล่าสุด|ผลการติดตาม (วันที่และข้อความ)
ข-1 กำหนด 15 ม.ค.|ไฟดับ ล่าสุด : 8 ม.ค. 2563 รับเรื่องแล้ว
"""


def test_the_round_gives_each_unit_its_page_by_place(tmp_path):
    file = written(tmp_path, round_sheet_pdf(of_round(), FONTS, WORDS))
    expected = [cell for line in ROUND.strip().split("\n") for cell in line.split("|")]
    assert text_faults(file, expected, (FOOT,), ("-raw",)) == []
    reader = pypdf.PdfReader(str(file))
    assert [entry.title for entry in reader.outline] == ["ฝ่ายโยธา", "ไม่ระบุหน่วยงาน"]
    assert len(reader.pages) == 2


def test_names_and_telephones_come_along_only_when_asked(tmp_path):
    with_names = of_round(with_complainants=True)
    text = single_blanks(poppler_text(written(tmp_path, round_sheet_pdf(with_names, FONTS, WORDS)), "-raw"))
    assert f"ผู้ร้อง : {NAME} โทร. {TELEPHONE}" in text
    assert not any(line.complainant or line.telephone for group in of_round().groups for line in group.lines)
    asked = of_complaint(with_complainant=True)
    assert NAME in {fact.text for fact in asked.facts}
    assert not {"ผู้ร้อง", "โทรศัพท์"} & {fact.label for fact in of_complaint().facts}


def test_an_empty_round_says_so(tmp_path):
    text = poppler_text(written(tmp_path, round_sheet_pdf(of_round((DONE,)), FONTS, WORDS)))
    assert "ไม่มีเรื่องที่ต้องติดตามในรอบนี้" in text


def test_one_complaint_shows_every_field_and_its_line_of_time(tmp_path):
    whole = replace(
        DONE, channel="เว็บไซต์", detail="บรรทัดแรก\nบรรทัดสอง", answer="ซ่อมแล้ว", letter_number="กท 1/2563",
        order_number="คำสั่ง 5", action="ปะผิวจราจร", coordination="แจ้งผู้ร้องแล้ว",
        reopenings=(Reopening(day(15), day(16)),),
        marks={QualityItem.FITS: Mark(True), QualityItem.ORDER: Mark(None, "ไม่มีคำสั่ง")},
    )  # fmt: skip
    sheet = of_complaint(whole)
    text = single_blanks(poppler_text(written(tmp_path, complaint_sheet_pdf(sheet, FONTS, WORDS)), "-raw"))
    for words in (
        "เรื่องร้องทุกข์ เลขที่รับแจ้ง ก-3", "ช่องทาง เว็บไซต์", "ประเภทเรื่อง ถนน", "รายละเอียด บรรทัดแรก บรรทัดสอง",
        "สถานที่ ก้นซอย 1", "หน่วยงานที่รับผิดชอบ ฝ่ายโยธา", "สถานะ ดำเนินการเสร็จสิ้น", "วันที่ตอบรับ อ. 7 ม.ค. 2563",
        "รายงานครั้งที่ 1 8 ม.ค. 2563 รับเรื่องแล้ว", "การติดตามผล 14 ม.ค. 2563 รอผู้รับเหมา",
        "เปิดเรื่องใหม่ แล้วเสร็จ 15 ม.ค. 2563 เปิดเรื่องใหม่ 16 ม.ค. 2563", "วันที่แล้วเสร็จ จ. 20 ม.ค. 2563",
        "ผลการดำเนินการ ซ่อมแล้ว", "เลขที่หนังสือ กท 1/2563", "เลขที่คำสั่ง คำสั่ง 5", "การประสานงาน แจ้งผู้ร้องแล้ว",
        "คุณภาพ : ตอบเรื่องตรงกับเรื่องที่แจ้ง ครบถ้วน", "คุณภาพ : ระบุเลขที่คำสั่ง ไม่เกี่ยวข้อง (ไม่มีคำสั่ง)",
        "คุณภาพ : รายละเอียดการดำเนินการ ครบถ้วน", "คุณภาพ : ระบุสถานะดำเนินการเสร็จสิ้นตามข้อเท็จจริง ขาด",
        "เส้นเวลา", "รับเรื่อง อ. 7 ม.ค. 2563 อ. 7 ม.ค. 2563 ทันกำหนด", "ศูนย์เรื่องราวร้องทุกข์แจ้งเมื่อ จ. 6 ม.ค. 2563",
    ):  # fmt: skip
        assert squeezed(words) in squeezed(text), words


def test_a_complaint_without_days_and_one_of_every_length(tmp_path):
    lacking = Complaint("ว-1", day(6), stated=Status.COMPLETED)
    text = single_blanks(
        poppler_text(written(tmp_path, complaint_sheet_pdf(of_complaint(lacking), FONTS, WORDS)), "-raw")
    )
    assert "สถานะ อยู่ระหว่างดำเนินการ (ขาดวันที่)" in text
    assert squeezed("คุณภาพ : ระบุเลขที่หนังสือ ยังไม่มี") in squeezed(text)  # it is not completed
    entries = tuple(Entry(day(9), f"รายงานฉบับที่ {place} " + "ยาว" * 90) for place in range(120))
    long = replace(FOLLOWED, follow_ups=entries, detail="ก" * 20_000, place="x" * 3_000)
    file = written(tmp_path, complaint_sheet_pdf(of_complaint(long), FONTS, WORDS))
    text = squeezed(re.sub(r"หน้า \d+ จาก .*|เรื่องร้องทุกข์ เลขที่.*", "", poppler_text(file, "-raw")))
    assert all(f"รายงานฉบับที่{place}" in text for place in range(120))
    assert text.count("ก" * 10) >= 1_900
    assert margin_faults(file, tmp_path, 85, 56) == []


def test_the_list_is_printed_as_it_stands_on_the_screen(tmp_path):
    sheet = of_list()
    file = written(tmp_path, list_sheet_pdf(sheet, FONTS, WORDS))
    pages = poppler_text(file, "-raw").split("\f")[:-1]
    assert len(pages) > 1
    assert all("กำหนด เลขที่รับแจ้ง เรื่อง" in single_blanks(page) for page in pages)  # the heading on each
    numbers = re.findall(r"2563-\d{5}", "".join(pages))
    assert numbers == [row[1] for row in sheet.rows]
    assert "40 เรื่อง ค้นหา “น้ำท่วม”" in pages[0]
    body = [text for row in sheet.rows for text in row]
    heads = r"รายการเรื่องร้องทุกข์|40 เรื่อง ค้นหา “น้ำท่วม”|กำหนด เลขที่รับแจ้ง เรื่อง"
    assert break_faults(file, body, (heads, FOOT))[1] == []


def test_an_empty_list_is_a_page_that_says_so(tmp_path):
    text = poppler_text(written(tmp_path, list_sheet_pdf(of_list(0), FONTS, WORDS)))
    assert "0 เรื่อง ค้นหา “น้ำท่วม”" in text


WORK = """
วันนี้ต้องทำอะไร วันอังคารที่ 28 มกราคม 2563
เกินกำหนด 2 เรื่อง
ทำแล้ว|สิ่งที่ต้องทำ|เลขที่รับแจ้ง|เรื่อง / สถานที่ / หน่วยงาน
ติดตามผลภายใน 15 ม.ค. (เกิน 9 วันทำการ)|ข-1|ไฟดับ
รับเรื่องภายใน 23 ม.ค. (เกิน 3 วันทำการ)|ก-1|ถนนชำรุด ปากซอย 9 ฝ่ายโยธา
ครบกำหนดวันนี้ 0 เรื่อง
ภายใน 3 วันทำการ 1 เรื่อง
ทำแล้ว|สิ่งที่ต้องทำ|เลขที่รับแจ้ง|เรื่อง / สถานที่ / หน่วยงาน
ติดตามผลภายใน 30 ม.ค.|ก-2|ถนนชำรุด ก้นซอย 1 ฝ่ายโยธา
รายงานประจำเดือน
ทำแล้ว|รายงานประจำเดือนที่ยังไม่ได้นำส่ง
รายงานเดือนธันวาคม 2562 ส่งภายใน 10 ม.ค. 2563
"""


def test_todays_work_stands_with_what_burns_first(tmp_path):
    file = written(tmp_path, work_sheet_pdf(of_work(), FONTS, WORDS))
    expected = [cell for line in WORK.strip().split("\n") for cell in line.split("|")]
    assert text_faults(file, expected, (FOOT,), ("-raw",)) == []


def test_a_due_day_on_a_holiday_says_by_when_to_act():
    saturday = replace(FOLLOWED, follow_ups=(Entry(day(14)), Entry(day(30))))
    (today,) = (group for group in of_work((saturday,), (), day(14, 2)).groups if group.title == "ครบกำหนดวันนี้")
    assert [line.what for line in today.lines] == ["ติดตามผลภายใน 15 ก.พ. (ทำภายใน 14 ก.พ.)"]


def test_a_day_without_work_says_so(tmp_path):
    text = poppler_text(written(tmp_path, work_sheet_pdf(of_work((DONE,), ()), FONTS, WORDS)))
    assert "วันนี้ไม่มีงานค้าง" in text


def test_the_papers_of_a_full_register_hold_every_complaint(tmp_path):
    standings = seen(register(naive_register(4, 400)))
    owing = [each for each in standings if each.next is not None]
    sheet = round_sheet(OFFICE, standings, day(30), DRAWN_ON)
    text = poppler_text(written(tmp_path, round_sheet_pdf(sheet, FONTS, WORDS)), "-raw")
    assert all(each.complaint.number in text for each in owing)
    assert len(owing) > 100


def test_every_typed_text_can_be_searched_for_missing_characters():
    odd = replace(FOLLOWED, subject="😀", place="漢", unit="字")
    for texts in (round_texts(of_round((odd,))), work_texts(of_work((odd,))), complaint_texts(of_complaint(odd))):
        assert {"😀", "漢", "字"} <= set("".join(texts))
    assert "น้ำท่วม" in "".join(list_sheet_texts(of_list()))
