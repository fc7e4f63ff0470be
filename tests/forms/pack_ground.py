"""What the pack's tests stand on: a made-up register of naive complaints, outages with pictures, a month's pack.

The complaints bear seeded names and telephone numbers, which no page may show. No real person stands here.
"""

import hashlib
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from desktop.domain.evidence import OF_OUTAGE, Attachment, Outage
from desktop.domain.figures import monthly_figures
from desktop.domain.memo_wording import covering_memo
from desktop.domain.month_summary import listed_complaints, month_summary
from desktop.domain.months import Month
from desktop.domain.office_year import report_block
from desktop.domain.pack_sheet import OutageEvidence, Pack
from desktop.domain.project_record import starting_record
from desktop.domain.report_sheet import PlanWord, ReportBlock, ReportSheet, TargetWord
from desktop.domain.rule_set import RuleSet
from forms.embedded_pictures import PictureShelf
from forms.pack import pack_pdf
from tests.domain.naive_pairs import calendar_of, product_complaint
from tests.domain.naive_reading import QUALITY_ITEMS, NaiveComplaint
from tests.domain.worked_examples import HOLIDAYS_2563

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FONTS, WORDS = RESOURCES / "fonts", RESOURCES / "words"
CALENDAR = calendar_of(HOLIDAYS_2563)
JANUARY = Month(2020, 1)
DRAWN_ON = date(2020, 1, 28)
CORE = ("ถนน", "แสงสว่าง")
TYPES = ("ถนน", "ทางเท้า", "แสงสว่าง", "ความสะอาด", "ต้นไม้", "เสียงรบกวน", "ท่อระบายน้ำ")
SUBJECTS = (
    "น้ำท่วมขังเนื่องจากท่อระบายน้ำอุดตัน",
    "ถนนชำรุดเป็นหลุมบ่อ",
    "ไฟฟ้าสาธารณะดับหลายดวง",
    "ขยะตกค้างไม่มีผู้เก็บ",
    "กิ่งไม้ยื่นพาดสายไฟฟ้า",
)
PLACES = ("ปากซอยอ่อนนุช 46", "ซอยพัฒนาการ 65", "หน้าตลาดนัดหมู่บ้านนักกีฬา", "ชุมชนริมคลองประเวศฝั่งเหนือ")
UNITS = ("ฝ่ายโยธา", "ฝ่ายรักษาความสะอาดและสวนสาธารณะ", "ฝ่ายเทศกิจ")
NAME, TELEPHONE = "ผู้ร้องลับเฉพาะ", "09-8765-4321"


def rules_of(_year):
    return RuleSet()


def naive_register(seed=2563, count=420, first=date(2019, 9, 1), last=date(2020, 1, 31)):
    """Complaints of five months with every turn they may take: some late, some reopened, some handed on."""
    chance = random.Random(seed)
    span = (last - first).days
    return [
        _naive(chance, f"2563-{serial:05d}", first + timedelta(days=span * serial // count)) for serial in range(count)
    ]


def _naive(chance, number, notified):
    types = tuple(dict.fromkeys(chance.choice(TYPES) for _ in range(chance.choice((0, 1, 1, 1, 1, 2, 3)))))
    quality = {item: chance.choice(("fulfilled", "fulfilled", "missing", "not_applicable")) for item in QUALITY_ITEMS}
    made = NaiveComplaint(number, notified, types=types, quality=quality)
    fate = chance.random()
    if fate < 0.06:
        return replace(made, transferred=notified + timedelta(days=chance.randrange(0, 30)))
    if fate < 0.14:
        return made
    if fate < 0.17:
        return replace(made, stated=chance.choice(("in_progress", "completed", "transferred")))
    day = notified + timedelta(days=chance.choice((0, 1, 1, 2, 3, 5)))
    made = replace(made, accepted=day)
    entries = []
    for _ in range(chance.randrange(0, 5)):
        day += timedelta(days=chance.randrange(1, 14))
        entries.append(day)
    pairs = []
    if entries and chance.random() < 0.12:
        done = entries[-1] + timedelta(days=1)
        day = done + timedelta(days=chance.randrange(1, 25))
        pairs = [(done, day)]
    completed = day + timedelta(days=chance.randrange(0, 20)) if chance.random() < 0.65 else None
    return replace(made, entries=tuple(entries), pairs=tuple(pairs), completed=completed)


def register(naive):
    """The same complaints as the product keeps them, with texts, names and telephone numbers."""
    found = []
    for place, each in enumerate(naive):
        found.append(
            replace(
                product_complaint(each),
                subject=f"{SUBJECTS[place % len(SUBJECTS)]} {PLACES[place % len(PLACES)]}",
                place=PLACES[place % len(PLACES)],
                unit=UNITS[place % len(UNITS)],
                complainant=f"{NAME} {place}",
                telephone=TELEPHONE,
                detail=f"{NAME}แจ้งว่าเดือดร้อน โทร. {TELEPHONE}",
            )
        )
    return found


def screen(width=1366, height=768, shade=0, form="PNG", **options):
    """A screenshot of nothing in particular."""
    picture = Image.new("RGB", (width, height), (225, 232 - shade, 240))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, width, height // 12), fill=(40, 70 + shade, 120))
    pen.rectangle((width // 4, height // 3, width * 3 // 4, height * 2 // 3), fill="white", outline=(120, 120, 120))
    pen.text((width // 4 + 20, height // 3 + 20), "HTTP 503 Service Unavailable", fill=(160, 0, 0))
    made = BytesIO()
    picture.save(made, form, **options)
    return made.getvalue()


def kept(store, outage, content, media="image/png", name="จอภาพ.png"):
    """An attachment of an outage; its content goes into the store."""
    sha256 = hashlib.sha256(content).hexdigest()
    store[sha256] = content
    added = datetime(2020, 1, 2, 3, 4 + len(store) % 50, tzinfo=UTC)
    return Attachment(OF_OUTAGE, str(outage), sha256, media, len(content), name, added)


def two_outages(store):
    first = Outage(
        7, datetime(2020, 1, 2, 10, 0), datetime(2020, 1, 2, 12, 30), "เข้าระบบไม่ได้ ขึ้นข้อความ HTTP 503",
        "เจ้าหน้าที่ผู้รับผิดชอบ", datetime(2020, 1, 2, 3, 10, tzinfo=UTC),
    )  # fmt: skip
    second = Outage(
        8, datetime(2020, 1, 15, 22, 15), datetime(2020, 1, 16, 9, 5), "บันทึกรายงานแล้วค้าง กดบันทึกไม่สำเร็จ",
        "เจ้าหน้าที่ผู้แทน", datetime(2020, 1, 16, 2, 10, tzinfo=UTC),
    )  # fmt: skip
    return (
        OutageEvidence(first, (kept(store, 7, screen()),)),
        OutageEvidence(
            second,
            (
                kept(store, 8, screen(shade=20)),
                kept(store, 8, screen(900, 1600, form="JPEG"), "image/jpeg"),
                kept(store, 8, b"%PDF-1.4 ...", "application/pdf"),
            ),
        ),
    )


def earlier_blocks():
    days = ((2019, 10, 28, 217, 131), (2019, 11, 27, 225, 176), (2019, 12, 24, 146, 97))
    return tuple(
        ReportBlock(Month(y, m), 1, date(y, m, d), date(y, m, 1), Month(y, m).last, received, completed)
        for y, m, d, received, completed in days
    )


def pack_of(complaints, outages=(), *, on=DRAWN_ON, until=DRAWN_ON, core=CORE, month=JANUARY, revision=1, **sheet):
    """The pack of January as it would be issued."""
    notified = [each for each in complaints if each.notified <= month.last]
    monthly = monthly_figures(complaints, month, until, on, CALENDAR, rules_of, frozenset(core))
    block = report_block(monthly, revision, PlanWord.ON, TargetWord.BELOW, Decimal(0), "")
    project = replace(starting_record(2563), responsible="เจ้าหน้าที่ผู้รับผิดชอบ", responsible_telephone="1234")
    of_month = replace(ReportSheet(project, (*earlier_blocks(), block)), **sheet)
    plain = [each.outage for each in outages]
    listed = listed_complaints(monthly, notified, CALENDAR, rules_of)
    return Pack(
        sheet=of_month,
        memo=covering_memo(of_month, monthly, plain, len(listed)),
        summary=month_summary(monthly, of_month, notified, plain, CALENDAR, rules_of, core),
        outages=tuple(outages),
        listed=listed,
    )


def usual_pack(**more):
    """(the pack of the usual register, the store of its pictures)."""
    store = {}
    return pack_of(register(naive_register()), two_outages(store), **more), store


def written(folder, pack, store=None, name="pack.pdf", **more):
    file = Path(folder) / name
    file.write_bytes(pack_pdf(pack, FONTS, WORDS, PictureShelf((store or {}).get), **more))
    return file
