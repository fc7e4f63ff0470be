"""The month's pack as PDF: memo, official report, Annexes A, B and C, together and each alone."""

import re
import subprocess
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy
import pypdf
import pytest

from desktop.domain.evidence import Outage
from desktop.domain.memo_wording import covering_memo
from desktop.domain.pack_sheet import ListedComplaint, NamedComplaint, OutageEvidence, Part
from desktop.domain.report_sheet import ReplacedReport
from forms.embedded_pictures import PictureShelf
from forms.missing_glyphs import missing_characters
from forms.pack import pack_pdf, pack_texts
from forms.progress_report import progress_report_pdf
from tests.domain.naive_reading import NaiveComplaint
from tests.forms.pack_ground import (
    FONTS,
    NAME,
    TELEPHONE,
    WORDS,
    kept,
    naive_register,
    pack_of,
    register,
    screen,
    two_outages,
    usual_pack,
    written,
)
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
    tool,
)

FOOT = r"หน้า \d+ จาก \d+ · รายงานครั้งที่ 4 .*"
FONT = str(FONTS / "Sarabun-Regular.ttf")
HEAD = "4711:" + "0a1b2c3d" * 8


def day(number, month=1, year=2020):
    return date(year, month, number)


def told(text, **more):
    return replace(NaiveComplaint(text, day(1)), **more)


QUALITY = {
    "fits": "fulfilled", "letter": "fulfilled", "order": "not_applicable",
    "action": "fulfilled", "coordination": "missing", "true": "fulfilled",
}  # fmt: skip
# Ten complaints whose fate is worked out by hand below, from the rules.
TEN = (
    told("ม-1", notified=day(2), accepted=day(3), entries=(day(6), day(14)), completed=day(20), types=("ถนน",),
         quality=QUALITY),
    told("ม-2", notified=day(6), types=("ถนน", "ทางเท้า")),
    told("ม-3", notified=day(8), accepted=day(9), entries=(day(13),), types=("ความสะอาด",)),
    told("ม-4", notified=day(27)),
    told("ม-5", notified=day(10), transferred=day(15), types=("ถนน",)),
    told("ม-6", notified=day(29), types=("ต้นไม้",)),
    told("ธ-1", notified=day(2, 12, 2019), accepted=day(3, 12, 2019), types=("ถนน",),
         entries=(day(4, 12, 2019), day(13, 12, 2019), day(27, 12, 2019), day(14))),
    told("ธ-2", notified=day(3, 12, 2019), accepted=day(3, 12, 2019), entries=(day(4, 12, 2019),), completed=day(10),
         types=("ต้นไม้",)),
    told("พ-1", notified=day(4, 11, 2019), accepted=day(6, 11, 2019), pairs=((day(20, 11, 2019), day(10)),)),
    told("พ-2", notified=day(4, 11, 2019), accepted=day(6, 11, 2019), completed=day(20, 11, 2019)),
)  # fmt: skip
SUMMARY = """
สำนักงานเขตประเวศ
เรื่องที่ได้รับแจ้งตั้งแต่วันที่ 1 ม.ค. 2563 ถึง 28 ม.ค. 2563 ตามที่เป็นอยู่ ณ วันจัดทำรายงาน 28 มกราคม 2563
1. จำนวนเรื่องแยกตามประเภทและสถานะ
ประเภทเรื่อง|ได้รับแจ้ง|รอรับเรื่อง|อยู่ระหว่าง ดำเนินการ|ดำเนินการ เสร็จสิ้น|ร้อยละ เสร็จสิ้น|ปฏิบัติ ถูกต้อง|ส่งต่อ (ไม่นับ)
ถนน *|2|1|0|1|50.00|1|1
ความสะอาด|1|0|1|0|0.00|0|0
ทางเท้า|1|1|0|0|0.00|0|0
ไม่ระบุประเภท|1|1|0|0|0.00|1|0
จำนวนเรื่องทั้งหมด|4|2|1|1|25.00|2|1
เรื่องที่มีหลายประเภทนับในแถวของทุกประเภท ผลรวมของแถวจึงมากกว่าจำนวนเรื่อง จำนวนเรื่องทั้งหมดคือ 4 เรื่อง
อยู่ระหว่างดำเนินการตามแบบรายงาน 3 เรื่อง = รอรับเรื่อง 2 + อยู่ระหว่างดำเนินการ 1
* ประเภทเรื่องหลักของปีงบประมาณ ซึ่งใช้คิดคะแนนคุณภาพ (ส่วนที่ 2)
2. คะแนนและวิธีคิด
ส่วนของคะแนน|ช่วงเวลา|วิธีคิดร้อยละ|วิธีคิดคะแนน
ส่วนที่ 1 ปฏิบัติถูกต้องตามกระบวนการ|เดือนมกราคม 2563|2 × 100 / 4 = 50.00 %|20 × 2 / 4 = 10.00 คะแนน
ส่วนที่ 1 ปฏิบัติถูกต้องตามกระบวนการ|ปีงบประมาณ 2563 ถึง 28 ม.ค. 2563|3 × 100 / 8 = 37.50 %|20 × 3 / 8 = 7.50 คะแนน
ส่วนที่ 2 คุณภาพการแก้ไขปัญหา|เดือนมกราคม 2563|4 × 100 / 5 = 80.00 %|80 × 4 / 5 = 64.00 คะแนน
ส่วนที่ 2 คุณภาพการแก้ไขปัญหา|ปีงบประมาณ 2563 ถึง 28 ม.ค. 2563|4 × 100 / 5 = 80.00 %|80 × 4 / 5 = 64.00 คะแนน
เทียบเป้าหมายร้อยละ 90 : ปฏิบัติถูกต้อง 50.00 % ต่ำกว่าเป้าหมาย · ความก้าวหน้าของงาน 25.00 % ต่ำกว่าเป้าหมาย
ประเภทเรื่องหลัก : ถนน, แสงสว่าง
ส่วนที่ 2 คิดจากรายการคุณภาพของเรื่องประเภทหลักที่เสร็จสิ้นแล้ว รายการที่ไม่เกี่ยวข้องไม่นับ
ร้อยละและคะแนนปัดเศษครั้งเดียวจากเศษส่วนจริง เป็นทศนิยมสองตำแหน่ง
รายการคุณภาพของเดือนมกราคม 2563
รายการคุณภาพ (ส่วนที่ 2)|ครบถ้วน|ขาด|ไม่เกี่ยวข้อง (ไม่นับ)
ตอบเรื่องตรงกับเรื่องที่แจ้ง|1|0|0
ระบุเลขที่หนังสือ|1|0|0
ระบุเลขที่คำสั่ง|0|0|1
รายละเอียดการดำเนินการ|1|0|0
รายละเอียดการประสานงาน|0|1|0
ระบุสถานะดำเนินการเสร็จสิ้นตามข้อเท็จจริง|1|0|0
"""
AFTER_THE_CHART = """
4. เรื่องที่ปฏิบัติไม่ถูกต้องตามกระบวนการ 2 เรื่อง
เลขที่รับแจ้ง|วันที่แจ้ง|ประเภท / เรื่อง|เหตุที่ไม่ถูกต้อง
ม-2|6 ม.ค. 2563|ถนน, ทางเท้า ถนนชำรุดเป็นหลุมบ่อ ซอยพัฒนาการ 65|รับเรื่อง เกินกำหนด 7 ม.ค. ยังไม่ได้ทำ
ม-3|8 ม.ค. 2563|ความสะอาด ไฟฟ้าสาธารณะดับหลายดวง หน้าตลาดนัดหมู่บ้านนักกีฬา|ไม่ได้ติดตามผลของวันที่ 15 ม.ค. \
(ระบบฯ ขัดข้องในวันครบกำหนด ดูภาคผนวก ข)
5. เรื่องยกมาจากเดือนก่อน ยังค้าง 2 เรื่อง
เดือนที่แจ้ง|ค้างเมื่อต้นเดือน|เสร็จสิ้นแล้ว|ส่งต่อแล้ว|เปิดเรื่องใหม่|คงค้าง
พฤศจิกายน 2562|0|0|0|1|1
ธันวาคม 2562|2|1|0|0|1
รวม|2|1|0|1|2
เรื่องที่ยังค้าง ณ วันที่ 28 ม.ค. 2563 เรียงตามวันที่แจ้ง
เลขที่รับแจ้ง|วันที่แจ้ง|ประเภท / เรื่อง|สถานะ / สิ่งที่ต้องทำต่อไป
พ-1|4 พ.ย. 2562|ไม่ระบุประเภท ขยะตกค้างไม่มีผู้เก็บ ปากซอยอ่อนนุช 46|อยู่ระหว่างดำเนินการ ติดตามผลภายใน 15 ม.ค. 2563 (เกินกำหนด)
ธ-1|2 ธ.ค. 2562|ถนน ถนนชำรุดเป็นหลุมบ่อ หน้าตลาดนัดหมู่บ้านนักกีฬา|อยู่ระหว่างดำเนินการ ติดตามผลภายใน 30 ม.ค. 2563 (ยังไม่ถึงกำหนด)
6. แจ้งภายหลังวันจัดทำรายงาน 1 เรื่อง
เลขที่รับแจ้ง|วันที่แจ้ง|ประเภท / เรื่อง
ม-6|29 ม.ค. 2563|ต้นไม้ น้ำท่วมขังเนื่องจากท่อระบายน้ำอุดตัน ซอยพัฒนาการ 65
เรื่องเหล่านี้แจ้งหลังวันจัดทำรายงานหรือหลังช่วงของรายงาน จึงไม่อยู่ในตัวเลขใดข้างต้น
"""
LIST = """
เรื่องที่ได้รับแจ้ง 4 เรื่อง ตามที่เป็นอยู่ ณ วันจัดทำรายงาน 28 มกราคม 2563 และเรื่องที่ส่งต่อ 1 เรื่อง ซึ่งไม่นับในรายงาน \
ไม่แสดงชื่อและหมายเลขโทรศัพท์ของผู้ร้อง
ลำดับ|เลขที่รับแจ้ง|วันที่แจ้ง|ประเภท|เรื่อง|สถานที่|หน่วยงานที่รับผิดชอบ|สถานะ|ตามกระบวนการ
1|ม-1|2 ม.ค. 2563|ถนน|น้ำท่วมขังเนื่องจากท่อระบายน้ำอุดตัน ปากซอยอ่อนนุช 46|ปากซอยอ่อนนุช 46|ฝ่ายโยธา|\
ดำเนินการเสร็จสิ้น 20 ม.ค. 2563|ถูกต้อง
2|ม-2|6 ม.ค. 2563|ถนน, ทางเท้า|ถนนชำรุดเป็นหลุมบ่อ ซอยพัฒนาการ 65|ซอยพัฒนาการ 65|ฝ่ายรักษาความสะอาดและสวนสาธารณะ|\
รอรับเรื่อง กำหนดต่อไป 7 ม.ค.|ไม่ถูกต้อง
3|ม-3|8 ม.ค. 2563|ความสะอาด|ไฟฟ้าสาธารณะดับหลายดวง หน้าตลาดนัดหมู่บ้านนักกีฬา|หน้าตลาดนัดหมู่บ้านนักกีฬา|ฝ่ายเทศกิจ|\
อยู่ระหว่างดำเนินการ กำหนดต่อไป 15 ม.ค.|ไม่ถูกต้อง
4|ม-4|27 ม.ค. 2563|-|ขยะตกค้างไม่มีผู้เก็บ ชุมชนริมคลองประเวศฝั่งเหนือ|ชุมชนริมคลองประเวศฝั่งเหนือ|ฝ่ายโยธา|\
รอรับเรื่อง กำหนดต่อไป 28 ม.ค.|ถูกต้อง
5|ม-5|10 ม.ค. 2563|ถนน|กิ่งไม้ยื่นพาดสายไฟฟ้า ปากซอยอ่อนนุช 46|ปากซอยอ่อนนุช 46|ฝ่ายรักษาความสะอาดและสวนสาธารณะ|ส่งต่อ 15 ม.ค. 2563|-
"""
MEMO = """
บันทึกข้อความ
ส่วนราชการ สำนักงานเขตประเวศ (ฝ่ายปกครอง โทร. 1234)
ที่ วันที่
เรื่อง รายงานความก้าวหน้าของโครงการ รายงานครั้งที่ 4 ประจำเดือนมกราคม 2563
เรียน หัวหน้าสำนักงานเลขานุการปลัดกรุงเทพมหานคร
ด้วยสำนักงานเขตประเวศได้จัดทำแบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ \
“ระดับความสำเร็จในการจัดการเรื่องที่ได้รับแจ้งจากประชาชน/ผู้รับบริการ” \
รหัสโครงการ 50340000-3453 ปีงบประมาณ พ.ศ. 2563 รายงานครั้งที่ 4 ประจำเดือนมกราคม 2563 เมื่อวันที่ 28 มกราคม 2563 ขอรายงานผล ดังนี้
1. เรื่องร้องทุกข์ที่ได้รับแจ้งตั้งแต่วันที่ 1 ม.ค. 2563 ถึง 28 ม.ค. 2563 จำนวน 4 เรื่อง ดำเนินการเสร็จสิ้น 1 เรื่อง คิดเป็นร้อยละ 25.00 \
อยู่ระหว่างดำเนินการ 3 เรื่อง คิดเป็นร้อยละ 75.00
2. ปฏิบัติถูกต้องตามกระบวนการ 2 เรื่อง จาก 4 เรื่อง คิดเป็นร้อยละ 50.00 ได้ 10.00 คะแนน จาก 20 คะแนน \
คุณภาพการแก้ไขปัญหาครบถ้วน 4 รายการ จาก 5 รายการ คิดเป็นร้อยละ 80.00 ได้ 64.00 คะแนน จาก 80 คะแนน
3. ในเดือนมกราคม 2563 ระบบเรื่องราวร้องทุกข์ขัดข้อง 2 ครั้ง ตามหลักฐานในภาคผนวก ข ได้แก่
3.1 วันที่ 2 มกราคม 2563 เวลา 10.00 - 12.30 น. (เข้าระบบไม่ได้ ขึ้นข้อความ HTTP 503)
3.2 วันที่ 15 มกราคม 2563 เวลา 22.15 น. ถึงวันที่ 16 มกราคม 2563 เวลา 09.05 น. \
(บันทึกรายงานแล้วค้าง กดบันทึกไม่สำเร็จ)
พร้อมนี้ได้แนบเอกสารมาด้วย ดังนี้
(1) แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ รายงานครั้งที่ 4
(2) ภาคผนวก ก สรุปเรื่องร้องทุกข์ประจำเดือนมกราคม 2563
(3) ภาคผนวก ข หลักฐานกรณีระบบฯ ขัดข้อง จำนวน 2 ครั้ง
(4) ภาคผนวก ค บัญชีเรื่องร้องทุกข์ประจำเดือนมกราคม 2563 จำนวน 5 เรื่อง (ไม่แสดงชื่อและหมายเลขโทรศัพท์ของผู้ร้อง)
จึงเรียนมาเพื่อโปรดทราบ
............................................
(............................................)
ตำแหน่ง ................................
"""


def cells(text):
    return [cell.strip() for line in text.strip().split("\n") for cell in line.split("|")]


def pages_of(file, *options):
    return poppler_text(file, *options).split("\f")[:-1]


@pytest.fixture(scope="module")
def ten():
    """(the pack of the ten complaints, the store of its pictures)"""
    store = {}
    return pack_of(register(TEN), two_outages(store)), store


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    """The issued pack of a usual register, written."""
    pack, store = usual_pack(head=HEAD)
    return written(tmp_path_factory.mktemp("pack"), pack, store)


def whole_summary(file):
    """Every paragraph and cell of Annex A; what stands in the chart is taken as it is and judged in test_chart."""
    text = re.sub(rf"{FOOT}\n|\f|ภาคผนวก ก สรุปเรื่องร้องทุกข์.*\n", "", poppler_text(file, "-raw"))
    text = single_blanks(text)
    chart = text[text.index("3. แผนภูมิปีงบประมาณ 2563") : text.index("4. เรื่องที่ปฏิบัติไม่ถูกต้อง")]
    return [*cells(SUMMARY), *chart.split(" "), *cells(AFTER_THE_CHART)]


def test_annex_a_says_what_was_worked_out_by_hand(ten, tmp_path):
    file = written(tmp_path, *ten, parts=(Part.SUMMARY,))
    title = r"ภาคผนวก ก สรุปเรื่องร้องทุกข์ประจำเดือนมกราคม 2563"
    assert text_faults(file, whole_summary(file), (title, FOOT), ("-raw",)) == []


def test_annex_c_lists_the_month_one_by_one(ten, tmp_path):
    file = written(tmp_path, *ten, parts=(Part.LIST,))
    title = r"ภาคผนวก ค บัญชีเรื่องร้องทุกข์ประจำเดือนมกราคม 2563"
    assert text_faults(file, cells(LIST), (title, FOOT), ("-raw",)) == []


def test_the_memo_says_in_words_what_is_sent(ten, tmp_path):
    file = written(tmp_path, *ten, parts=(Part.MEMO,))
    assert text_faults(file, MEMO.strip().split("\n"), (FOOT,), ("-raw",)) == []
    assert break_faults(file, MEMO.strip().split("\n"), (FOOT,))[1] == []


def test_the_memo_of_a_quiet_month_of_a_correction(ten):
    first = ReplacedReport(1, day(20), "1a2b" * 16, "นับซ้ำหนึ่งเรื่อง")
    pack = pack_of((), revision=2, replaces=first)
    memo = covering_memo(
        pack.sheet,
        pack.summary.monthly,
        (),
        0,
        number="กท 6603/12",
        day=day(30),
        to="ผู้อำนวยการเขต",
    )
    assert memo.to == "ผู้อำนวยการเขต"
    assert memo.subject.endswith("ประจำเดือนมกราคม 2563 (ฉบับแก้ไขครั้งที่ 1)")
    replaced = "ใช้แทนฉบับแรก ซึ่งจัดทำเมื่อวันที่ 20 มกราคม 2563 ทั้งฉบับ เนื่องจากนับซ้ำหนึ่งเรื่อง"
    assert replaced in memo.paragraphs[0]
    assert "จำนวน 0 เรื่อง ดำเนินการเสร็จสิ้น 0 เรื่อง คิดเป็นร้อยละ -" in memo.paragraphs[1]
    assert "จาก 0 เรื่อง คิดเป็นร้อยละ - ได้ - คะแนน จาก 20 คะแนน" in memo.paragraphs[2]
    assert memo.paragraphs[3] == "3. ในเดือนมกราคม 2563 ไม่มีบันทึกเหตุระบบเรื่องราวร้องทุกข์ขัดข้อง"
    assert memo.enclosures[2] == "ภาคผนวก ข หลักฐานกรณีระบบฯ ขัดข้อง (ไม่มี)"


def test_one_outage_is_told_in_the_memos_own_sentence():
    pack = pack_of((), two_outages({})[:1])
    assert pack.memo.paragraphs[3:] == (
        "3. ในเดือนมกราคม 2563 ระบบเรื่องราวร้องทุกข์ขัดข้อง 1 ครั้ง วันที่ 2 มกราคม 2563 เวลา 10.00 - 12.30 น."
        " (เข้าระบบไม่ได้ ขึ้นข้อความ HTTP 503) ตามหลักฐานในภาคผนวก ข",
    )


def test_without_core_types_the_memo_gives_no_share_of_nothing():
    pack = pack_of((), core=())
    memo = covering_memo(pack.sheet, pack.summary.monthly, (), 0, has_core_types=False)
    assert memo.paragraphs[2].endswith("คุณภาพการแก้ไขปัญหา ยังไม่ได้เลือกประเภทเรื่องหลัก จึงไม่มีคะแนน")


def test_annex_b_tells_of_each_outage_and_shows_its_pictures(ten, tmp_path):
    pack, store = ten
    file = written(tmp_path, pack, store, parts=(Part.OUTAGES,))
    first, second, third = (single_blanks(page) for page in pages_of(file, "-raw"))
    assert "ขัดข้อง 2 ครั้ง แฟ้มหลักฐาน 4 แฟ้ม แสดงเป็นภาพไม่ได้ 1 แฟ้ม" in first
    assert "ครั้งที่ 1 จาก 2 ระบบขัดข้องวันที่ 2 มกราคม 2563 เวลา 10.00 - 12.30 น. รวมเวลา 2 ชั่วโมง 30 นาที" in first
    assert "สิ่งที่ใช้งานไม่ได้ : เข้าระบบไม่ได้ ขึ้นข้อความ HTTP 503" in first
    assert "ผู้บันทึก : เจ้าหน้าที่ผู้รับผิดชอบ บันทึกเมื่อ 2 มกราคม 2563 เวลา 10.10 น." in first
    assert "ภาพที่ 1 เก็บไว้เมื่อ 2 มกราคม 2563 เวลา 10.05 น." in first
    assert f"SHA-256 ของแฟ้มต้นฉบับ {pack.outages[0].attachments[0].sha256}" in first
    assert "รวมเวลา 10 ชั่วโมง 50 นาที" in second
    assert "แฟ้มที่ 3 (แฟ้ม PDF ไม่แสดงเป็นภาพในหน้านี้ เปิดดูได้ในโปรแกรม)" in second
    assert "ภาพที่ 2" in third and "SHA-256" not in third
    assert [len(page.images) for page in pypdf.PdfReader(str(file)).pages] == [1, 1, 1]


A_SCREEN, AN_UPRIGHT, A_STRIP = (1366, 768), (900, 1600), (1200, 300)


@pytest.mark.parametrize(
    ("sizes", "by_page"),
    [
        ((A_SCREEN,), [1]),
        ((A_SCREEN, AN_UPRIGHT), [1, 1]),
        ((AN_UPRIGHT, A_SCREEN), [1, 1]),
        ((A_STRIP, AN_UPRIGHT), [2]),
        ((A_SCREEN, A_SCREEN), [2]),
        ((AN_UPRIGHT, AN_UPRIGHT), [2]),
    ],
)
def test_a_screen_and_an_upright_picture_are_both_drawn_to_be_read(tmp_path, sizes, by_page):
    """A screen at least 13 cm wide, a telephone's at least 6 cm, whatever stands with it."""
    store = {}
    bare = two_outages({})[0]
    files = tuple(kept(store, 7, screen(*size, shade=place)) for place, size in enumerate(sizes))
    file = written(tmp_path, pack_of((), (replace(bare, attachments=files),)), store, parts=(Part.OUTAGES,))
    assert [len(page.images) for page in pypdf.PdfReader(str(file)).pages] == by_page
    listed = subprocess.run(["pdfimages", "-list", file], capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines()[2:]:
        wide, high, dots = int(line.split()[3]), int(line.split()[4]), int(line.split()[12])  # dots an inch
        assert wide / dots * 2.54 >= (13 if wide >= high else 6), line


def test_a_missing_or_broken_picture_is_a_line_of_text_and_counted(ten):
    pack, store = ten
    lost = {sha: content for sha, content in store.items() if sha != pack.outages[0].attachments[0].sha256}
    lost[pack.outages[1].attachments[0].sha256] = b"\xff\xd8\xff" + b"\0" * 50
    shelf = PictureShelf(lost.get)
    pdf = pack_pdf(pack, FONTS, WORDS, shelf, parts=(Part.OUTAGES,))
    reasons = ("ไม่พบแฟ้มในที่เก็บหลักฐาน", "แฟ้มภาพเสียหาย", "แฟ้ม PDF ไม่แสดงเป็นภาพ")
    assert len(shelf.not_shown) == 3
    assert all(each.why.startswith(why) for each, why in zip(shelf.not_shown, reasons, strict=True))
    assert pdf.count(b"/Subtype /Image") == 1


def test_the_pack_is_bound_in_order_with_an_outline_of_its_parts(usual):
    reader = pypdf.PdfReader(str(usual))
    entries = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert [entry.title for entry in entries] == [part.value for part in Part]
    texts = pages_of(usual)
    starts = [reader.get_destination_page_number(entry) for entry in entries]
    marks = ["บันทึกข้อความ", "****", "ภาคผนวก ก", "ภาคผนวก ข", "ภาคผนวก ค"]
    assert starts == sorted(starts)
    for start, mark in zip(starts, marks, strict=True):
        assert mark in texts[start]
        assert start == 0 or f"\n{mark}" not in f"\n{texts[start - 1]}"


def test_the_pack_is_sound_thai_numbered_throughout_and_embeds_only_sarabun(usual):
    assert structure_faults(usual) == []
    numbers = [re.search(r"หน้า (\d+) จาก (\d+)", page).groups() for page in pages_of(usual)]
    assert numbers == [(str(place), str(len(numbers))) for place in range(1, len(numbers) + 1)]


def test_the_pack_keeps_its_margins(usual, tmp_path):
    assert margin_faults(usual, tmp_path, 56, 56) == []


def test_no_line_of_the_annexes_breaks_inside_a_word(ten, tmp_path):
    for part in (Part.LIST, Part.SUMMARY):
        file = written(tmp_path, *ten, parts=(part,), name=f"{part.name}.pdf")
        expected = cells(LIST) if part is Part.LIST else whole_summary(file)
        breaks, faults = break_faults(file, expected, (rf"{part.value}มกราคม 2563", FOOT))
        assert breaks > 5
        assert faults == []


def test_hard_words_of_the_annex_look_as_harfbuzz_places_them(ten, tmp_path):
    file = written(tmp_path, *ten, parts=(Part.SUMMARY,))
    page = page_pictures(file, tmp_path)[0][300:1500, 200:1500]
    words = ["ทางเท้า", "ไม่ระบุ"]
    assert picture_faults({word: [page] for word in words}, FONT, 9.5, words, tmp_path) == []


def test_the_official_pages_of_the_pack_are_the_official_reports(usual, tmp_path):
    pack, _ = usual_pack(head=HEAD)
    alone = tmp_path / "alone.pdf"
    alone.write_bytes(progress_report_pdf(pack.sheet, FONTS, WORDS))
    foot = re.compile(r"หน้า \d+ จาก \d+")
    official = [foot.sub("", page) for page in pages_of(alone)]
    bound = [foot.sub("", page) for page in pages_of(usual) if "****" in page]
    assert bound == official
    pictures = [page_pictures(file, tmp_path, 60) for file in (alone, usual)]
    body = slice(0, -50)  # all but the foot, whose numbers differ
    for one, other in zip(pictures[0], pictures[1][1:], strict=False):
        assert numpy.array_equal(one[body], other[body])


def test_the_history_stands_on_the_last_official_page_of_an_issued_report_alone(usual, tmp_path):
    pages = [single_blanks(page) for page in pages_of(usual)]
    official = [place for place, page in enumerate(pages) if "****" in page]
    bearing = [place for place, page in enumerate(pages) if f"ลายพิมพ์ประวัติทะเบียน {HEAD}" in page]
    assert bearing == official[-1:]
    pack, _ = usual_pack(head=HEAD, draft=True)
    draft = tmp_path / "draft.pdf"
    draft.write_bytes(progress_report_pdf(pack.sheet, FONTS, WORDS))
    assert "ลายพิมพ์" not in poppler_text(draft)


def test_the_history_keeps_clear_of_text_and_foot(usual, tmp_path):
    boxes = poppler_text(usual, "-bbox")
    pages = boxes.split("<page ")[1:]
    page = next(page for page in pages if "ลายพิมพ์ประวัติทะเบียน" in page)
    words = [
        (float(top), float(bottom), text)
        for top, bottom, text in re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]+)<', page)
    ]
    line = next(word for word in words if "ลายพิมพ์" in word[2])
    foot = next(word for word in words if word[2] == "หน้า")
    assert line[0] > 841.89 - 2 * 72 / 2.54 - 8  # below the text's frame, but for the white above its letters
    assert foot[0] - line[0] > 11


@pytest.mark.parametrize("bound", [False, True], ids=["alone", "in the pack"])
def test_the_signature_place_lies_over_the_dots_of_the_signing_line(bound, usual, tmp_path):
    if bound:
        file = usual
    else:
        file = tmp_path / "alone.pdf"
        file.write_bytes(progress_report_pdf(usual_pack()[0].sheet, FONTS, WORDS))
    reader = pypdf.PdfReader(str(file))
    place = reader.named_destinations["signature-place"]
    assert place["/Type"] == "/FitR"
    number = reader.get_destination_page_number(place)
    page = poppler_text(file, "-bbox-layout").split("<page ")[number + 1]
    word = next(
        match
        for match in re.finditer(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">\.{40}<', page)
        if "ลงชื่อ" in page[max(0, match.start() - 200) : match.start()]
    )
    left, top, right, bottom = (float(side) for side in word.groups())
    assert float(place["/Left"]) == pytest.approx(left, abs=1)
    assert float(place["/Right"]) == pytest.approx(right, abs=1)
    base = 841.89 - (top + bottom) / 2
    assert base - 12 < float(place["/Bottom"]) < base < float(place["/Top"])
    assert 30 < float(place["/Top"]) - float(place["/Bottom"]) < 60
    above = re.findall(r'yMax="([\d.]+)">[^<]*ตรวจสอบ', page)
    assert 841.89 - float(above[-1]) > float(place["/Top"]) - 6  # it does not reach into the line above


def test_no_name_or_telephone_number_of_a_complainant_is_anywhere(usual, tmp_path):
    source = register(naive_register())
    assert all(NAME in each.complainant and each.telephone == TELEPHONE for each in source)
    text = squeezed(poppler_text(usual) + tool("pdfinfo", usual).decode())
    assert squeezed(source[380].subject) in text
    assert squeezed(NAME) not in text
    assert TELEPHONE not in text
    assert "9876" not in text
    leaking = replace(source[380], subject=f"{NAME} แจ้งว่าถนนชำรุด")  # the search would find one
    told = pack_of([leaking])
    leak = written(tmp_path, told, parts=(Part.LIST,))
    assert squeezed(NAME) in squeezed(poppler_text(leak))
    named = {field.name for kind in (ListedComplaint, NamedComplaint) for field in fields(kind)}
    assert not named & {"complainant", "telephone", "detail", "name", "phone"}


def test_the_same_pack_is_the_same_bytes_in_every_process(tmp_path):
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).resolve().parents[2])!r}); "
        "import tests.forms.pack_ground as g; from pathlib import Path; "
        "g.written(Path(sys.argv[1]).parent, *g.usual_pack(), name=Path(sys.argv[1]).name, garuda=g.screen(300, 300))"
    )
    one, two, three = bytes_of_fresh_processes(code, tmp_path)
    assert one == two == three
    pack, store = usual_pack()
    again = pack_pdf(pack, FONTS, WORDS, PictureShelf(store.get), garuda=screen(300, 300))
    assert again == one


def test_a_draft_pack_bears_the_mark_on_every_page(tmp_path):
    store = {}
    pack = pack_of(register(TEN), two_outages(store))
    plain = page_pictures(written(tmp_path, pack, store, "plain.pdf"), tmp_path, 40)
    draft = replace(pack, sheet=replace(pack.sheet, draft=True))
    file = written(tmp_path, draft, store, "draft.pdf")
    for one, other in zip(plain, page_pictures(file, tmp_path, 40), strict=True):
        assert (other - one > 15).mean() > 0.003  # a picture may hide some of it
    feet = [page for page in pages_of(file) if "****" not in page]
    assert all("จัดทำเมื่อ 28 ม.ค. 2563 · ร่าง" in page for page in feet)


def test_the_garuda_stands_a_centimetre_and_a_half_high_or_its_place_stays_white(ten, tmp_path):
    with_it = written(tmp_path, *ten, name="with.pdf", parts=(Part.MEMO,), garuda=screen(400, 500))
    without = written(tmp_path, *ten, name="without.pdf", parts=(Part.MEMO,))
    one, other = (page_pictures(file, tmp_path, 72)[0] for file in (with_it, without))
    rows, columns = numpy.where(one - other > 10)
    assert rows.max() - rows.min() + 1 == pytest.approx(1.5 * 72 / 2.54, abs=2)
    assert columns.min() == pytest.approx(3 * 72 / 2.54, abs=2)
    assert poppler_text(with_it) == poppler_text(without)


def test_the_memos_words_have_the_rules_sizes(ten, tmp_path):
    file = written(tmp_path, *ten, parts=(Part.MEMO,))
    found = tool("mutool", "draw", "-q", "-F", "stext", "-o", "-", file).decode()
    sizes = {float(size) for size in re.findall(r'<font name="[^"]*" size="([\d.]+)"', found)}
    # TH Sarabun 29, 20 and 16 points are 19.8, 13.6 and 10.9 of Sarabun's (10.9 / 16 of each), the foot is small
    assert sizes == {19.8, 13.7, 11.0, 9.0}


def test_an_empty_month_still_has_every_page(tmp_path):
    file = written(tmp_path, pack_of((), core=()))
    text = single_blanks(poppler_text(file))
    assert "ในเดือนมกราคม 2563 ไม่มีบันทึกเหตุระบบเรื่องราวร้องทุกข์ขัดข้อง" in text
    assert "ไม่มีเรื่องที่ได้รับแจ้งในช่วงของรายงาน" in text
    assert "0 × 100 / 0 = -" in text and "80 × 0 / 0" not in text
    assert squeezed("ยังไม่ได้เลือกประเภทเรื่องหลัก จึงไม่มีคะแนน") in squeezed(poppler_text(file, "-raw"))
    assert "ยังไม่ได้เลือกประเภทเรื่องหลักของปีงบประมาณ จึงไม่มีคะแนนส่วนที่ 2" in text
    assert "6. แจ้งภายหลังวันจัดทำรายงาน 0 เรื่อง ไม่มี" in text
    assert structure_faults(file) == []


def test_words_of_any_length_stay_in_their_columns(tmp_path):
    store = {}
    endless = register(TEN)
    endless[0] = replace(endless[0], subject="ก" * 20_000, place="x" * 5_000)
    endless[1] = replace(endless[1], subject="\n".join(f"บรรทัดที่ {line} ท่อระบายน้ำอุดตัน" for line in range(500)))
    endless[2] = replace(endless[2], number="9" * 200, types=("ประเภทยาวมาก" * 60,), unit="W" * 300)
    outages = two_outages(store)
    long = replace(outages[0].outage, what="ระบบค้าง " * 900, noted_by="ข" * 400)
    pack = pack_of(endless, (replace(outages[0], outage=long), outages[1]))
    file = written(tmp_path, pack, store)
    text = squeezed("".join(re.sub(r"หน้า \d+ จาก \d+.*|ภาคผนวก ค บัญชี.*", "", page) for page in pages_of(file, "-raw")))
    assert text.count("ก" * 20) >= 900
    assert sum(f"บรรทัดที่{line}ท่อระบายน้ำอุดตัน" in text for line in range(500)) == 500
    assert margin_faults(file, tmp_path, 56, 56) == []


def test_without_its_splitting_a_row_taller_than_a_page_would_stop_the_paper(tmp_path, monkeypatch):
    tall = register(TEN)
    tall[0] = replace(tall[0], subject="\n".join(["ท่อระบายน้ำอุดตัน"] * 80))
    assert written(tmp_path, pack_of(tall), parts=(Part.LIST,)).stat().st_size > 10_000
    monkeypatch.setattr("forms.rows_table.TALLEST_WHOLE", 1e9)
    with pytest.raises(Exception, match="too large on page"):
        written(tmp_path, pack_of(tall), parts=(Part.LIST,))


def test_characters_without_a_glyph_are_named_before_and_written_out(tmp_path):
    odd = register(TEN)
    odd[0] = replace(odd[0], subject="ท่อตัน 😀")
    odd[1] = replace(odd[1], types=("漢",))
    pack = pack_of(odd)
    assert missing_characters("\n".join(pack_texts(pack)), FONTS) == ("漢", "😀")
    text = poppler_text(written(tmp_path, pack))
    assert "‹U+1F600›" in text
    assert "‹U+6F22›" in text


def test_markup_in_a_complaint_is_only_text(tmp_path):
    odd = register(TEN)
    odd[0] = replace(odd[0], subject='<img src="/etc/passwd"> <b>หนา &lt; <a href="http://x">', place="{{7*7}}")
    file = written(tmp_path, pack_of(odd))
    assert squeezed('<img src="/etc/passwd"> <b>หนา &lt;') in squeezed(poppler_text(file, "-raw"))
    assert b"/Subtype /Image" not in file.read_bytes()
    assert b"/URI" not in file.read_bytes()


def test_many_outages_and_many_pictures_fit_page_by_page(tmp_path):
    store = {}
    first = two_outages(store)[0]
    pictures = tuple(replace(first.attachments[0], sha256=f"{place:064x}") for place in range(1, 13))
    store = {each.sha256: screen(400, 300, shade=place) for place, each in enumerate(pictures)}
    hours = [Outage(n, datetime(2020, 1, n, 9), datetime(2020, 1, n, 9, 20), "ล่ม", "", datetime(2020, 1, n, tzinfo=UTC))
             for n in range(1, 8)]  # fmt: skip
    pack = pack_of((), (replace(first, attachments=pictures), *(OutageEvidence(each) for each in hours)))
    file = written(tmp_path, pack, store)
    assert sum(len(page.images) for page in pypdf.PdfReader(str(file)).pages) == 12
    text = single_blanks(poppler_text(file))
    assert "ครั้งที่ 8 จาก 8" in text
    assert "ไม่มีภาพหน้าจอหรือแฟ้มแนบ" in text
    assert "ขัดข้อง 8 ครั้ง" in text
    assert "3.4 วันที่" in text and "3.5 วันที่" not in text and "และอีก 4 ครั้ง" in text


def test_a_month_of_five_thousand_complaints_loses_none(tmp_path):
    pack = pack_of(register(naive_register(5, 5_000, day(1), day(27))))
    file = written(tmp_path, pack)
    text = poppler_text(file, "-raw")
    assert all(each.number in text for each in pack.listed)
    assert len(pack.listed) > 4_700
