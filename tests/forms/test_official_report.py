"""The official sheet as PDF: every line of the form, copied, broken, drawn and bound as it should be."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy
import pytest

from desktop.domain.block_wording import baht_words
from desktop.domain.months import Month, fiscal_year_months
from desktop.domain.project_record import starting_record
from desktop.domain.report_sheet import PlanWord, ReportBlock, ReportSheet, TargetWord
from forms.missing_glyphs import missing_characters
from forms.progress_report import progress_report_pdf, sheet_texts
from tests.forms.pdf_checks import (
    break_faults,
    bytes_of_fresh_processes,
    margin_faults,
    page_pictures,
    picture_faults,
    poppler_text,
    single_blanks,
    squeezed,
    structure_faults,
    text_faults,
)

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FONTS, WORDS = RESOURCES / "fonts", RESOURCES / "words"
HEAD_AND_FOOT = (r"\*{4}.*\*{4}", r"หน้า \d+ จาก \d+.*")
FONT = str(FONTS / "Sarabun-Regular.ttf")

# report, drawn up, first and last day, received, completed, %, in progress, % (form.md)
FOUR_MONTHS = (
    (1, "28/10/2562", "1 ต.ค. 2562", "31 ต.ค. 2562", 217, 131, "60.37", 86, "39.63"),
    (2, "27/11/2562", "1 พ.ย. 2562", "30 พ.ย. 2562", 225, 176, "78.22", 49, "21.78"),
    (3, "24/12/2562", "1 ธ.ค. 2562", "24 ธ.ค. 2562", 146, 97, "66.44", 49, "33.56"),
    (4, "28/1/2563", "1 ม.ค. 2563", "28 ม.ค. 2563", 164, 124, "75.61", 40, "24.39"),
)
BEFORE_THE_BLOCKS = """
1. ชื่อโครงการและหน่วยงานที่รับผิดชอบโครงการ
1.1 รหัสโครงการและชื่อโครงการ
ชื่อโครงการ/กิจกรรม : ระดับความสำเร็จในการจัดการเรื่องที่ได้รับแจ้งจากประชาชน/ผู้รับบริการ
รหัสโครงการ : 50340000-3453
ปีงบประมาณ พ.ศ. : 2563
เริ่มต้นโครงการ : 1 ต.ค. 2562
งบประมาณที่ได้รับ : 0 บาท
สิ้นสุดโครงการ : 30 ก.ย. 2563
งบประมาณที่ใช้ไป : 0 บาท
1.2 หน่วยงานที่รับผิดชอบ
หน่วยงานที่รับผิดชอบ : สำนักงานเขตประเวศ / ฝ่ายปกครอง / ฝ่ายปกครอง
ชื่อผู้รับผิดชอบ : เจ้าหน้าที่ผู้รับผิดชอบ โทร. 1234
ผู้ประสานงาน สยป. : ........................................ โทร. ....................
1.3 หลักการและเหตุผล
เจ้าหน้าที่ผู้รับผิดชอบดำเนินการให้เป็นไปตามแผนและขั้นตอนการดำเนินการภายในระยะเวลาที่กำหนด ดังนี้
ส่วนที่ 1 ด้านปริมาณและการตอบสนองในการแก้ไขเรื่องที่ได้รับแจ้ง ร้อยละของจำนวนเรื่องที่ปฏิบัติถูกต้องตามกระบวนการ (20 คะแนน)
ตรวจสอบความถูกต้องของการปฏิบัติตามขั้นตอนที่กำหนด โดยจะนำจำนวนเรื่องที่ได้รับแจ้งที่ปฏิบัติถูกต้องทั้งสองขั้นตอน\
ในแต่ละเลขที่รับแจ้งเท่านั้นมาคำนวณหาร้อยละของจำนวนเรื่องที่ปฏิบัติถูกต้องตามกระบวนการ กรณีที่ระบบฯ \
ขัดข้องไม่สามารถปฏิบัติงานได้ตามปกติ ให้หน่วยงานพิมพ์หน้าจอ (Print Screen) ที่แสดงความผิดปกติของระบบฯ แนบรายงานประจำเดือน
ขั้นตอนที่ 1 : การรับเรื่อง : พิจารณาจากจำนวนเรื่องที่ได้รับแจ้งที่หน่วยงานตอบรับภายใน 1 วันทำการนับถัดจากวันที่\
ศูนย์เรื่องราวร้องทุกข์แจ้งดำเนินการ \
เพื่อดำเนินการแก้ไข และรายงานความก้าวหน้าผลการดำเนินการ/พิจารณาเข้าสู่ระบบฯ ภายใน 3 วันทำการนับถัดจากวันที่หน่วยงานมีการตอบรับผ่านระบบฯ \
(รายงานครั้งที่ 1)
ขั้นตอนที่ 2 : การรายงานการติดตามผล : พิจารณาจำนวนเรื่องที่ได้รับแจ้งที่ได้รับการจัดการจากหน่วยงานที่ระบุสถานะดำเนินการเสร็จสิ้น \
และเรื่องที่ได้รับแจ้งที่ยังระบุสถานะอยู่ระหว่างดำเนินการ จึงต้องมีการติดตามความคืบหน้าการดำเนินการทุกวันที่ 15 และวันที่ 30 ของเดือน \
(สำหรับเดือนกุมภาพันธ์กำหนดเป็นวันทำการสุดท้ายของเดือน) จนกว่าการดำเนินการแล้วเสร็จ
ขั้นตอนที่ 3 : การส่งรายงานประจำเดือน : พิจารณาการจัดทำรายงานของหน่วยงานเพื่อสรุปการดำเนินการแก้ไขเรื่องที่ได้รับแจ้ง\
ให้หัวหน้าหน่วยงานทราบทุกเดือน และนำส่งให้สำนักงานเลขานุการปลัดกรุงเทพมหานคร สำนักปลัดกรุงเทพมหานคร ภายในวันที่ 10 ของเดือนถัดไปเท่านั้น
ส่วนที่ 2 ด้านคุณภาพการแก้ไขปัญหาและรายงานผลในระบบเรื่องราวร้องทุกข์ของกรุงเทพมหานคร (80 คะแนน)
พิจารณาคุณภาพการดำเนินการแก้ไขเรื่องที่ได้รับแจ้งและการรายงานผลรายละเอียดการแก้ไขที่บันทึกในระบบเรื่องราวร้องทุกข์ของกรุงเทพมหานคร \
จำนวนไม่เกิน 5 ประเภทเรื่องที่เป็นภารกิจหลักของหน่วยงาน และส่งผลกระทบเป็นวงกว้างต่อประชาชน เป็นนโยบายของผู้บริหาร มีสถิติจำนวนเรื่องย้อนหลังมาก \
(ภาคผนวก) และหน่วยงานได้ระบุสถานะดำเนินการเสร็จสิ้นแล้วในระบบเรื่องราวร้องทุกข์ของกรุงเทพมหานคร โดยจะต้องมีรายละเอียดของผลการดำเนินการ\
ที่สามารถแจ้งผู้ร้องได้ เช่น ตอบเรื่องตรงกับเรื่องที่แจ้ง ระบุเลขที่หนังสือ เลขที่คำสั่ง รายละเอียดการดำเนินการ รายละเอียดการประสานงาน \
ระบุสถานะดำเนินการเสร็จสิ้นตามข้อเท็จจริง
1.4 วัตถุประสงค์ของโครงการ
- เพื่อสร้างการมีส่วนร่วมของภาคประชาชนในการแจ้งเรื่องต่าง ๆ ต่อทางราชการ ลดปัญหาในด้านต่าง ๆ ที่ทำให้เกิดความเดือดร้อนแก่ประชาชน
1.5 เป้าหมายของโครงการ
- ร้อยละ 90
1.6 สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี (ยุทธศาสตร์-ประเด็นยุทธศาสตร์-กลยุทธ์ตามแผนฯ/ตัวชี้วัด)
ประเด็นยุทธศาสตร์ : ด้านที่ ๗ – การบริหารจัดการเมืองมหานคร : Management Strategy
ประเด็นยุทธศาสตร์ย่อย : มิติที่ ๗.๑ - กฎหมาย
เป้าหมายที่ : เป้าหมายที่ ๗.๑.๑ ระบบกฎหมายที่รองรับความเป็นอิสระและให้อำนาจในการบริหารจัดการและจัดบริการสาธารณะ
ตัวชี้วัด : มิติที่ 3 3.1 (ก) ระดับความสำเร็จในการจัดการเรื่องที่ได้รับแจ้งจากประชาชน/ผู้รับบริการ
2. รายงานความก้าวหน้าของโครงการและการใช้จ่ายงบประมาณ
"""
AFTER_THE_BLOCKS = """
ขอรับรองว่า ข้อความที่ปรากฏในเอกสารฉบับนี้ หน่วยงานได้จัดพิมพ์จากระบบงานจริง เพื่อเป็นหลักฐานไว้ตรวจสอบ
ลงชื่อ ........................................ (ผู้รับผิดชอบโครงการ)
( เจ้าหน้าที่ผู้รับผิดชอบ )
ตำแหน่ง ........................................
วันที่ ........................................
"""


def lines_of_the_form():
    lines = BEFORE_THE_BLOCKS.strip().split("\n")
    for report, drawn, first, last, received, completed, done, open_, left in FOUR_MONTHS:
        lines += [
            f"รายงานครั้งที่ {report} :: {drawn} : อยู่ระหว่างขั้นตอน...เรื่องร้องทุกข์ตั้งแต่วันที่ {first} ถึง {last}"
            f" จำนวน {received} เรื่อง",
            f"ดำเนินการเสร็จสิ้น {completed} เรื่อง คิดเป็นร้อยละ {done}",
            f"อยู่ระหว่างดำเนินการ {open_} เรื่อง คิดเป็นร้อยละ {left}",
            f":: ความก้าวหน้าของงานฯ = {done} %",
            f": งบประมาณที่เบิกใช้ (ครั้งที่ {report}) = 0 บาท",
            ": เป็นไปตามแผน",
            ": เป็นไปตามเป้าหมาย",
        ]
    return lines + AFTER_THE_BLOCKS.strip().split("\n")


def block(year, month, drawn_on, last, received, completed, **more):
    return ReportBlock(Month(year, month), 1, drawn_on, date(year, month, 1), last, received, completed, **more)


def four_month_sheet():
    project = replace(starting_record(2563), responsible="เจ้าหน้าที่ผู้รับผิดชอบ", responsible_telephone="1234")
    return ReportSheet(
        project,
        (
            block(2019, 10, date(2019, 10, 28), date(2019, 10, 31), 217, 131),
            block(2019, 11, date(2019, 11, 27), date(2019, 11, 30), 225, 176),
            block(2019, 12, date(2019, 12, 24), date(2019, 12, 24), 146, 97),
            block(2020, 1, date(2020, 1, 28), date(2020, 1, 28), 164, 124),
        ),
    )


def written(folder, sheet, name="report.pdf"):
    file = folder / name
    file.write_bytes(progress_report_pdf(sheet, FONTS, WORDS))
    return file


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return written(tmp_path_factory.mktemp("report"), four_month_sheet())


def test_every_line_of_the_form_is_read_out_in_its_order(report):
    text = single_blanks(poppler_text(report))
    text = re.sub(r"หน้า \d+ จาก \d+.*?ม\.ค\. 2563 |\*{4}.*?\*{4} ", "", text)
    place = 0
    for line in lines_of_the_form():
        found = squeezed(text).find(squeezed(line), place)
        assert found >= 0, line
        place = found + len(squeezed(line))


def test_four_readers_copy_out_the_same_text_without_a_stray_blank(report):
    assert text_faults(report, lines_of_the_form(), HEAD_AND_FOOT) == []


def test_lines_break_only_between_words(report):
    breaks, faults = break_faults(report, lines_of_the_form(), HEAD_AND_FOOT)
    assert breaks > 20
    assert faults == []


def test_hard_words_look_as_harfbuzz_places_them(report, tmp_path):
    first_page = page_pictures(report, tmp_path)[0][400:1700, 200:1500]
    words = ["ที่", "ขั้น", "สิ้น", "ทั้ง", "ที่ปฏิ"]
    assert picture_faults({word: [first_page] for word in words}, FONT, 11, words, tmp_path) == []


def test_the_file_is_thai_titled_numbered_and_embeds_only_sarabun(report):
    assert structure_faults(report) == []


def test_every_page_bears_the_head_and_a_foot_without_a_clock(report):
    pages = poppler_text(report).split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        assert "**** แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ ****" in page
        foot = f"หน้า {number} จาก {len(pages)} · รายงานครั้งที่ 4 · มกราคม 2563 · ฉบับแรก · จัดทำเมื่อ 28 ม.ค. 2563"
        assert foot in page


def test_a_correction_is_counted_in_the_foot_and_nowhere_else(report, tmp_path):
    sheet = four_month_sheet()
    corrected = replace(sheet, blocks=(*sheet.blocks[:-1], replace(sheet.report, revision=3)))
    text = poppler_text(written(tmp_path, corrected))
    assert "ฉบับแก้ไขครั้งที่ 2" in text
    assert "ฉบับแรก" not in text
    assert text.replace("ฉบับแก้ไขครั้งที่ 2", "ฉบับแรก") == poppler_text(report)


def test_the_same_report_is_the_same_bytes_in_every_process(tmp_path):
    code = (
        f"import sys; sys.path.insert(0, {str(RESOURCES.parent)!r}); "
        "import tests.forms.test_official_report as t; from pathlib import Path; "
        "t.written(Path(sys.argv[1]).parent, t.four_month_sheet(), Path(sys.argv[1]).name)"
    )
    one, two, three = bytes_of_fresh_processes(code, tmp_path)
    assert one == two == three
    progress_report_pdf(replace(four_month_sheet(), draft=True), FONTS, WORDS)  # whatever was exported before
    assert progress_report_pdf(four_month_sheet(), FONTS, WORDS) == one


@pytest.mark.parametrize("count", range(1, 13))
def test_no_block_and_no_signature_is_torn_between_pages(count, tmp_path):
    note = "ผู้รับเหมาส่งมอบงานช้ากว่ากำหนด ต้องประสานสำนักการระบายน้ำและรอผลตรวจสอบภาคสนาม " * (count % 5)
    blocks = tuple(
        ReportBlock(month, 1, month.last, month.first, month.last, 100 + index, 90, note=note.strip())
        for index, month in enumerate(fiscal_year_months(2563)[:count])
    )
    pages = [
        squeezed(page)
        for page in poppler_text(written(tmp_path, ReportSheet(starting_record(2563), blocks))).split("\f")
    ]
    assert sum(page.count("2.รายงานความก้าวหน้าของโครงการ") for page in pages) == 1
    for number in range(1, count + 1):
        home = [page for page in pages if f"รายงานครั้งที่{number}::" in page]
        assert len(home) == 1
        rest = home[0].split(f"รายงานครั้งที่{number}::")[1].split("รายงานครั้งที่")[0]
        assert ":เป็นไปตามแผน:เป็นไปตามเป้าหมาย" in rest
        assert squeezed(note) in rest
    signed = [page for page in pages if "ขอรับรองว่า" in page]
    assert len(signed) == 1
    assert "วันที่...." in signed[0].split("ขอรับรองว่า")[1]


def test_a_note_longer_than_a_page_still_lays_out_whole(tmp_path):
    note = " ".join(f"ข้อ {number} ท่อระบายน้ำอุดตันหน้าตลาด รอเครื่องสูบน้ำ" for number in range(1, 400))
    sheet = four_month_sheet()
    blocks = (replace(sheet.blocks[0], note=note), *sheet.blocks[1:])
    file = written(tmp_path, replace(sheet, blocks=blocks))
    text = poppler_text(file)
    text = re.sub(r"\*{4}.*\*{4}|หน้า \d+ จาก \d+.*", "", text)
    assert squeezed(note) in squeezed(text)
    assert margin_faults(file, tmp_path, 85, 56) == []


def test_long_texts_wrap_inside_the_margins(tmp_path):
    long = "สำนักงานเขตประเวศฝ่ายสิ่งแวดล้อมและสุขาภิบาล" * 12
    project = replace(
        starting_record(2563), name=long, code="5" * 200, office=long, responsible=long, coordinator="W" * 300,
        responsible_telephone="0" * 150, position=long, budget=Decimal("999999999999.5"), strategy=long,
        rationale=(long, "x" * 20_000), objectives=(long,),
    )  # fmt: skip
    file = written(tmp_path, replace(four_month_sheet(), project=project))
    assert margin_faults(file, tmp_path, 85, 56) == []
    text = re.sub(r"\*{4}.*\*{4}|หน้า \d+ จาก \d+.*", "", poppler_text(file))
    assert squeezed(text).count(long) >= 4


def test_a_draft_is_seen_in_the_picture_and_adds_no_text(report, tmp_path):
    draft = written(tmp_path, replace(four_month_sheet(), draft=True), "draft.pdf")
    assert poppler_text(draft) == poppler_text(report)
    assert text_faults(draft, lines_of_the_form(), HEAD_AND_FOOT) == []
    for plain, marked in zip(page_pictures(report, tmp_path, 50), page_pictures(draft, tmp_path, 50), strict=True):
        grey = (marked - plain > 15).mean()
        assert 0.02 < grey < 0.25
        assert marked[plain < 5].max() < 60  # light: what is printed over it stays easy to read
    assert numpy.shape(plain) == numpy.shape(marked)


def test_with_nothing_received_the_percentages_are_dashes(tmp_path):
    empty = ReportSheet(starting_record(2563), (block(2019, 10, date(2019, 10, 31), date(2019, 10, 31), 0, 0),))
    text = single_blanks(poppler_text(written(tmp_path, empty)))
    assert "จำนวน 0 เรื่อง ดำเนินการเสร็จสิ้น 0 เรื่อง คิดเป็นร้อยละ - อยู่ระหว่างดำเนินการ 0 เรื่อง คิดเป็นร้อยละ -" in text
    assert ":: ความก้าวหน้าของงานฯ = - % : งบประมาณที่เบิกใช้ (ครั้งที่ 1) = 0 บาท" in text


def test_the_officers_own_words_and_money_stand_in_the_block(tmp_path):
    sheet = four_month_sheet()
    last = replace(
        sheet.report, plan=PlanWord.BEHIND, target=TargetWord.BELOW, spent=Decimal("1250000.5"), note="รอผู้รับเหมา <b>ด่วน"
    )
    text = single_blanks(poppler_text(written(tmp_path, replace(sheet, blocks=(*sheet.blocks[:-1], last)))))
    assert (
        ": งบประมาณที่เบิกใช้ (ครั้งที่ 4) = 1,250,000.50 บาท : ล่าช้ากว่าแผน : ต่ำกว่าเป้าหมาย ปัญหา/อุปสรรค : รอผู้รับเหมา <b>ด่วน"
        in text
    )


@pytest.mark.parametrize(
    ("amount", "printed"),
    [("0", "0 บาท"), ("0.00", "0 บาท"), ("1250", "1,250 บาท"), ("1250.5", "1,250.50 บาท"), ("1E+6", "1,000,000 บาท")],
)
def test_baht_shows_satang_only_where_there_are_any(amount, printed):
    assert baht_words(Decimal(amount)) == printed


def test_every_typed_text_is_searched_for_missing_characters():
    sheet = four_month_sheet()
    project = replace(sheet.project, coordinator="สมาน 😀")
    sheet = replace(sheet, project=project, blocks=(replace(sheet.blocks[0], note="漢"), *sheet.blocks[1:]))
    assert missing_characters("\n".join(sheet_texts(sheet)), FONTS) == ("😀", "漢")
