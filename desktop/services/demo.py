"""The demonstration register: made-up complaints, by default the four months of the official form's example.

No real person stands in it. The same seed gives the same register.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.domain.complaint import Complaint, Entry, Mark, QualityItem
from desktop.domain.rule_set import RuleSet, next_checkpoint
from desktop.domain.thai_dates import ERA_OFFSET, short_date
from desktop.domain.working_days import OfficeCalendar
from desktop.services.changes import Change, apply
from desktop.services.desk import CannotDo, Desk
from desktop.services.progress import Progress, watched
from desktop.storage import complaints


@dataclass(frozen=True)
class DemoMonth:
    """One month of the demonstration: complaints notified up to the day its report is drawn up, and completed by it."""

    first: date
    drawn_on: date
    received: int
    completed: int


FOUR_MONTHS = (
    DemoMonth(date(2019, 10, 1), date(2019, 10, 28), 217, 131),
    DemoMonth(date(2019, 11, 1), date(2019, 11, 27), 225, 176),
    DemoMonth(date(2019, 12, 1), date(2019, 12, 24), 146, 97),
    DemoMonth(date(2020, 1, 1), date(2020, 1, 28), 164, 124),
)
DEMO_ENDS = FOUR_MONTHS[-1].drawn_on  # the day the demonstration is best looked at


@dataclass(frozen=True)
class Matter:
    """A kind of complaint: its type, what is wrong, what was done."""

    type_name: str
    subject: str
    action: str


MATTERS = (
    Matter("ท่อระบายน้ำ", "น้ำท่วมขังเนื่องจากท่อระบายน้ำอุดตัน", "ล้างท่อระบายน้ำและเก็บเศษขยะออกจากบ่อพัก"),
    Matter("ถนน", "ถนนชำรุดเป็นหลุมบ่อ", "ซ่อมผิวจราจรด้วยแอสฟัลต์"),
    Matter("ทางเท้า", "ทางเท้าทรุดและกระเบื้องแตก", "รื้อและปูกระเบื้องทางเท้าใหม่"),
    Matter("แสงสว่าง", "ไฟฟ้าสาธารณะดับหลายดวง", "ประสานการไฟฟ้านครหลวงเปลี่ยนหลอดไฟ"),
    Matter("ความสะอาด", "ขยะตกค้างไม่มีผู้เก็บ", "จัดรถเก็บขนมูลฝอยเข้าเก็บและทำความสะอาด"),
    Matter("ต้นไม้", "กิ่งไม้ยื่นพาดสายไฟฟ้า", "ตัดแต่งกิ่งไม้ร่วมกับการไฟฟ้านครหลวง"),
    Matter("เสียงรบกวน", "เสียงดังรบกวนจากสถานประกอบการในเวลากลางคืน", "ตรวจสอบและออกคำแนะนำของเจ้าพนักงานสาธารณสุข"),
    Matter("อาคาร", "ก่อสร้างอาคารรุกล้ำที่สาธารณะ", "ตรวจสอบพื้นที่และแจ้งเจ้าของอาคารให้รื้อถอน"),
    Matter("หาบเร่แผงลอย", "ตั้งวางสินค้ากีดขวางทางเท้า", "เจ้าหน้าที่เทศกิจตักเตือนและจัดระเบียบ"),
    Matter("สัตว์จรจัด", "สุนัขจรจัดรวมฝูงในซอย", "ประสานกองสัตวแพทย์สาธารณสุขเข้าจับและฉีดวัคซีน"),
)
PLACES = (
    "ปากซอยอ่อนนุช 46", "ซอยพัฒนาการ 65", "หน้าตลาดนัดหมู่บ้านนักกีฬา", "ถนนเฉลิมพระเกียรติ ร.9 ซอย 28",
    "ซอยศรีนครินทร์ 42", "ชุมชนริมคลองประเวศฝั่งเหนือ", "ใต้สะพานข้ามคลองหนองบอน", "ซอยสุภาพงษ์ 3",
)  # fmt: skip
CHANNELS = ("โทรศัพท์ 1555", "เว็บไซต์", "หนังสือ", "ด้วยตนเอง", "แอปพลิเคชัน")
UNITS = ("ฝ่ายโยธา", "ฝ่ายรักษาความสะอาดและสวนสาธารณะ", "ฝ่ายเทศกิจ", "ฝ่ายสิ่งแวดล้อมและสุขาภิบาล")


def fill_with_demo(desk: Desk, rows: int | None, seed: int, progress: Progress | None = None) -> int:
    """Fill an empty register; raises CannotDo when it holds a complaint already or today is too early."""
    if complaints.count(desk.register.connection):
        raise CannotDo(f"โฟลเดอร์ {desk.register.folder} มีทะเบียนอยู่แล้ว ข้อมูลตัวอย่างลงได้เฉพาะโฟลเดอร์ว่าง ไม่มีอะไรถูกแก้ไข")
    if rows is None and desk.today < DEMO_ENDS:
        raise CannotDo(f"ข้อมูลตัวอย่างสี่เดือนจบวันที่ {short_date(DEMO_ENDS)} ซึ่งอยู่หลังวันนี้ ไม่มีอะไรถูกเพิ่ม")
    months = FOUR_MONTHS if rows is None else tuple(_spread(rows, desk.today))
    last = DEMO_ENDS if rows is None else desk.today
    made = list(_made_up(months, last, desk.calendar, desk.rules_of(desk.current_year), random.Random(seed)))
    apply(desk, "ข้อมูลตัวอย่าง", (Change(None, each) for each in watched(made, len(made), progress)))
    return len(made)


def _spread(rows: int, today: date) -> Iterator[DemoMonth]:
    """``rows`` complaints over the two years to today, three of four completed within their month."""
    first = today - timedelta(days=729)
    spans = 24
    for step in range(spans):
        received = rows // spans + (step < rows % spans)
        start = first + timedelta(days=step * 730 // spans)
        end = first + timedelta(days=(step + 1) * 730 // spans - 1)
        if received:
            yield DemoMonth(start, min(end, today), received, received * 3 // 4)


def _made_up(
    months: Iterable[DemoMonth], last: date, calendar: OfficeCalendar, rules: RuleSet, chance: random.Random
) -> Iterator[Complaint]:
    serial = 0
    for month in months:
        days = [month.first + timedelta(days=step) for step in range((month.drawn_on - month.first).days + 1)]
        working = [day for day in days if calendar.is_working_day(day)] or days
        notified = sorted(chance.choice(working) for _ in range(month.received))
        # The ones completed by the day of the report are drawn among those notified early enough to be.
        done = set(chance.sample(range(month.received * 9 // 10), min(month.completed, month.received * 9 // 10)))
        for place, day in enumerate(notified):
            serial += 1
            by = month.drawn_on if place in done else None
            yield _complaint(serial, day, by, month.drawn_on, last, calendar, rules, chance)


def _complaint(
    serial: int,
    notified: date,
    completed_by: date | None,
    drawn_on: date,
    last: date,
    calendar: OfficeCalendar,
    rules: RuleSet,
    chance: random.Random,
) -> Complaint:
    matter, place = chance.choice(MATTERS), chance.choice(PLACES)
    base = Complaint(
        number=f"{notified.year + ERA_OFFSET}-{serial:05d}",
        notified=notified,
        channel=chance.choice(CHANNELS),
        types=(matter.type_name,) if chance.random() < 0.9 else (matter.type_name, chance.choice(MATTERS).type_name),
        subject=f"{matter.subject} {place}",
        detail=f"ผู้ร้องแจ้งว่า{matter.subject}บริเวณ{place} ขอให้สำนักงานเขตตรวจสอบและแก้ไข",
        place=place,
        unit=chance.choice(UNITS),
        complainant=f"ผู้ร้องตัวอย่าง {serial}",
        telephone=f"02-000-{serial % 10000:04d}",
    )
    base = replace(base, types=tuple(dict.fromkeys(base.types)))
    limit = completed_by or last
    accepted = calendar.working_day_after(notified, 1 if chance.random() < 0.97 else 2)
    accepted = notified if accepted > limit and completed_by else accepted
    waits = completed_by is None and chance.random() < 0.4  # left lying: what the strip shows on the last days
    if accepted > limit or (waits and notified > last - timedelta(days=6)):
        return base
    base = replace(base, accepted=accepted)
    reported = calendar.working_day_after(accepted, chance.choice((1, 1, 2, 2, 3, 3)) if chance.random() < 0.97 else 5)
    reported = min(reported, limit) if completed_by else reported
    if reported > limit or (waits and notified > last - timedelta(days=12)):
        return base
    base = replace(base, first_report=Entry(reported, "ตรวจสอบพื้นที่แล้ว อยู่ระหว่างจัดทีมเข้าดำเนินการ"))
    finished = _finished(reported, completed_by, drawn_on, last, chance)
    base = replace(base, follow_ups=_follow_ups(reported, finished or last, calendar, rules, chance))
    return base if finished is None else _answered(base, matter, finished, serial, chance)


def _finished(
    reported: date, completed_by: date | None, drawn_on: date, last: date, chance: random.Random
) -> date | None:
    """The day of completion: by the day of the report, or after it, or not at all."""
    if completed_by is not None:
        return reported + timedelta(days=chance.randint(0, (completed_by - reported).days))
    earliest = max(reported, drawn_on + timedelta(days=1))
    if earliest >= last or chance.random() < 0.12:
        return None
    return earliest + timedelta(days=chance.randint(0, min(45, (last - earliest).days)))


def _follow_ups(
    reported: date, until: date, calendar: OfficeCalendar, rules: RuleSet, chance: random.Random
) -> tuple[Entry, ...]:
    found = []
    checkpoint = next_checkpoint(reported, rules, calendar)
    while checkpoint <= until:
        if chance.random() < 0.97:
            day = max(reported, calendar.working_day_on_or_before(checkpoint - timedelta(days=chance.randint(0, 2))))
            found.append(Entry(day, "ติดตามผลแล้ว อยู่ระหว่างดำเนินการ"))
        checkpoint = next_checkpoint(checkpoint, rules, calendar)
    return tuple(sorted(found, key=lambda entry: entry.day))


def _answered(base: Complaint, matter: Matter, finished: date, serial: int, chance: random.Random) -> Complaint:
    """A completed complaint with its answer; a few lack a letter number or a tick, as in life."""
    marks = {QualityItem.ORDER: Mark(None, "ไม่มีคำสั่งที่เกี่ยวข้อง")}
    if chance.random() < 0.95:
        marks[QualityItem.FITS] = Mark(True)
    if chance.random() < 0.95:
        marks[QualityItem.TRUE] = Mark(True)
    return replace(
        base,
        completed=finished,
        answer=f"สำนักงานเขตได้{matter.action}บริเวณ{base.place}เรียบร้อยแล้ว",
        letter_number=f"กท 6603/{serial}" if chance.random() < 0.92 else "",
        action=matter.action,
        coordination="ประสานผู้ร้องทราบผลแล้ว" if chance.random() < 0.9 else "",
        marks=marks,
    )
