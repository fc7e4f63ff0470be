"""The project record of a fiscal year: every value the official form prints to the right of a colon, and 1.3–1.6.

Typed once a year, editable; the texts below are the start (form.md). Names and telephone numbers start blank.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from desktop.domain.months import fiscal_year_end, fiscal_year_start

RATIONALE = (
    "เจ้าหน้าที่ผู้รับผิดชอบดำเนินการให้เป็นไปตามแผนและขั้นตอนการดำเนินการภายในระยะเวลาที่กำหนด ดังนี้",
    "ส่วนที่ 1 ด้านปริมาณและการตอบสนองในการแก้ไขเรื่องที่ได้รับแจ้ง ร้อยละของจำนวนเรื่องที่ปฏิบัติถูกต้องตามกระบวนการ (20 คะแนน)",
    "ตรวจสอบความถูกต้องของการปฏิบัติตามขั้นตอนที่กำหนด โดยจะนำจำนวนเรื่องที่ได้รับแจ้งที่ปฏิบัติถูกต้องทั้งสองขั้นตอนในแต่ละเลขที่รับแจ้งเท่านั้น"
    "มาคำนวณหาร้อยละของจำนวนเรื่องที่ปฏิบัติถูกต้องตามกระบวนการ กรณีที่ระบบฯ ขัดข้องไม่สามารถปฏิบัติงานได้ตามปกติ "
    "ให้หน่วยงานพิมพ์หน้าจอ (Print Screen) ที่แสดงความผิดปกติของระบบฯ แนบรายงานประจำเดือน",
    "ขั้นตอนที่ 1 : การรับเรื่อง : พิจารณาจากจำนวนเรื่องที่ได้รับแจ้งที่หน่วยงานตอบรับภายใน 1 วันทำการนับถัดจากวันที่ศูนย์เรื่องราวร้องทุกข์แจ้งดำเนินการ "
    "เพื่อดำเนินการแก้ไข และรายงานความก้าวหน้าผลการดำเนินการ/พิจารณาเข้าสู่ระบบฯ ภายใน 3 วันทำการนับถัดจากวันที่หน่วยงานมีการตอบรับผ่านระบบฯ "
    "(รายงานครั้งที่ 1)",
    "ขั้นตอนที่ 2 : การรายงานการติดตามผล : พิจารณาจำนวนเรื่องที่ได้รับแจ้งที่ได้รับการจัดการจากหน่วยงานที่ระบุสถานะดำเนินการเสร็จสิ้น "
    "และเรื่องที่ได้รับแจ้งที่ยังระบุสถานะอยู่ระหว่างดำเนินการ จึงต้องมีการติดตามความคืบหน้าการดำเนินการทุกวันที่ 15 และวันที่ 30 ของเดือน "
    "(สำหรับเดือนกุมภาพันธ์กำหนดเป็นวันทำการสุดท้ายของเดือน) จนกว่าการดำเนินการแล้วเสร็จ",
    "ขั้นตอนที่ 3 : การส่งรายงานประจำเดือน : พิจารณาการจัดทำรายงานของหน่วยงานเพื่อสรุปการดำเนินการแก้ไขเรื่องที่ได้รับแจ้งให้หัวหน้าหน่วยงานทราบทุกเดือน "
    "และนำส่งให้สำนักงานเลขานุการปลัดกรุงเทพมหานคร สำนักปลัดกรุงเทพมหานคร ภายในวันที่ 10 ของเดือนถัดไปเท่านั้น",
    "ส่วนที่ 2 ด้านคุณภาพการแก้ไขปัญหาและรายงานผลในระบบเรื่องราวร้องทุกข์ของกรุงเทพมหานคร (80 คะแนน)",
    "พิจารณาคุณภาพการดำเนินการแก้ไขเรื่องที่ได้รับแจ้งและการรายงานผลรายละเอียดการแก้ไขที่บันทึกในระบบเรื่องราวร้องทุกข์ของกรุงเทพมหานคร "
    "จำนวนไม่เกิน 5 ประเภทเรื่องที่เป็นภารกิจหลักของหน่วยงาน และส่งผลกระทบเป็นวงกว้างต่อประชาชน เป็นนโยบายของผู้บริหาร มีสถิติจำนวนเรื่องย้อนหลังมาก "
    "(ภาคผนวก) และหน่วยงานได้ระบุสถานะดำเนินการเสร็จสิ้นแล้วในระบบเรื่องราวร้องทุกข์ของกรุงเทพมหานคร โดยจะต้องมีรายละเอียดของผลการดำเนินการ"
    "ที่สามารถแจ้งผู้ร้องได้ เช่น ตอบเรื่องตรงกับเรื่องที่แจ้ง ระบุเลขที่หนังสือ เลขที่คำสั่ง รายละเอียดการดำเนินการ รายละเอียดการประสานงาน "
    "ระบุสถานะดำเนินการเสร็จสิ้นตามข้อเท็จจริง",
)
OBJECTIVES = (
    "- เพื่อสร้างการมีส่วนร่วมของภาคประชาชนในการแจ้งเรื่องต่าง ๆ ต่อทางราชการ ลดปัญหาในด้านต่าง ๆ ที่ทำให้เกิดความเดือดร้อนแก่ประชาชน",
)


@dataclass(frozen=True)
class ProjectRecord:
    """The project of one fiscal year (``year``: Buddhist era); money in baht, ``target`` in per cent."""

    year: int
    begins: date
    ends: date
    name: str = "ระดับความสำเร็จในการจัดการเรื่องที่ได้รับแจ้งจากประชาชน/ผู้รับบริการ"
    code: str = "50340000-3453"
    budget: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    office: str = "สำนักงานเขตประเวศ / ฝ่ายปกครอง / ฝ่ายปกครอง"
    responsible: str = ""
    responsible_telephone: str = ""
    coordinator: str = ""
    coordinator_telephone: str = ""
    position: str = ""  # ตำแหน่ง under the signature; blank leaves the dotted line
    rationale: tuple[str, ...] = RATIONALE  # 1.3, one paragraph each
    objectives: tuple[str, ...] = OBJECTIVES  # 1.4
    target: Decimal = Decimal(90)  # 1.5, printed "- ร้อยละ 90"; the one place the target stands
    strategy: str = "ด้านที่ ๗ – การบริหารจัดการเมืองมหานคร : Management Strategy"
    sub_strategy: str = "มิติที่ ๗.๑ - กฎหมาย"
    goal: str = "เป้าหมายที่ ๗.๑.๑ ระบบกฎหมายที่รองรับความเป็นอิสระและให้อำนาจในการบริหารจัดการและจัดบริการสาธารณะ"
    indicator: str = "มิติที่ 3 3.1 (ก) ระดับความสำเร็จในการจัดการเรื่องที่ได้รับแจ้งจากประชาชน/ผู้รับบริการ"


def starting_record(year: int) -> ProjectRecord:
    """The record a fiscal year (Buddhist era) starts from when no earlier year left one."""
    return ProjectRecord(year=year, begins=fiscal_year_start(year), ends=fiscal_year_end(year))


def carried_over(record: ProjectRecord, year: int) -> ProjectRecord:
    """Last year's record as the start of a new fiscal year: its texts, the new days, nothing spent."""
    return replace(record, year=year, begins=fiscal_year_start(year), ends=fiscal_year_end(year), spent=Decimal(0))
