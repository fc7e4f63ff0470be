"""The papers of a register of strange texts, each with the cells that must be copied out of it.

The cells are worked out from the register's tables and the wording of the form, not from what draws them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.months import Month
from desktop.domain.pack_sheet import Part
from desktop.services import complaint_papers, month_reports, report_papers
from desktop.services.desk import Desk
from desktop.services.month_reports import OfficersWords
from desktop.services.papers import Paper
from tests.papers.copied_text import drawn, lettered, torn_over_pages
from tests.papers.file_watch import watched
from tests.papers.strange_complaints import LONG, ON, Stored, Writer, stored

JANUARY = Month(2020, 1)
FOOT = r"หน้า \d+ จาก \d+ · .*"
LIST_HEAD = "ภาคผนวก ค บัญชีเรื่องร้องทุกข์ประจำเดือนมกราคม 2563"
LIST_COLUMNS = "ลำดับ เลขที่รับแจ้ง วันที่แจ้ง ประเภท เรื่อง สถานที่ หน่วยงานที่รับผิดชอบ สถานะ ตามกระบวนการ"
LIST_WIDTH = 9
SUMMARY_HEAD = "ภาคผนวก ก สรุปเรื่องร้องทุกข์ประจำเดือนมกราคม 2563"
COSTLY_COLUMNS = "เลขที่รับแจ้ง วันที่แจ้ง ประเภท / เรื่อง เหตุที่ไม่ถูกต้อง"
TURNS = "เส้นเวลา รายการ กำหนด ทำเมื่อ สถานะ เหตุผล"
DAY_WORDS = "6 ม.ค. 2563"


@dataclass(frozen=True)
class Drawn:
    """A paper, the cells that must be copied out of it, and where in the text they are looked for."""

    paper: Paper
    cells: tuple[str, ...]
    heading: str = ""
    between: tuple[str, str] = ("", "")
    strip: tuple[str, ...] = (FOOT,)
    lacking: str = ""  # the texts on it, to be searched for what the fonts lack
    opened: tuple[str, ...] = ()


def drawn_papers(desk: Desk, writer: Writer) -> Iterator[Drawn]:
    """Annex C, Annex A and a sheet of every complaint with a plain number."""
    rows = stored(desk)
    monthly = month_reports.figures_of_month(desk, JANUARY, ON)
    for part in (Part.LIST, Part.SUMMARY):
        with watched() as watch:
            paper = report_papers.draft_pack_paper(desk, monthly, OfficersWords(), parts=(part,))
        opened = tuple(watch.strangers(desk.register.folder))
        yield _list_drawn(paper, rows, opened) if part is Part.LIST else _summary_drawn(paper, rows, opened)
    for each in rows:
        if each.reason:
            named = writer.made % 2 == 0
            with watched() as watch:
                paper = complaint_papers.complaint_paper(desk, each.texts["number"], with_complainant=named)
            yield _sheet_drawn(paper, each, named, tuple(watch.strangers(desk.register.folder)))


def _list_drawn(paper: Paper, rows: list[Stored], opened: tuple[str, ...]) -> Drawn:
    told = f"เรื่องที่ได้รับแจ้ง {len(rows)} เรื่อง ตามที่เป็นอยู่ ณ วันจัดทำรายงาน 28 มกราคม 2563 ไม่แสดงชื่อและหมายเลขโทรศัพท์ของผู้ร้อง"
    cells = [told]
    shown = [
        [each.texts["number"], *each.types, each.texts["subject"], each.texts["place"], each.texts["unit"]]
        for each in rows
    ]
    for place, each in enumerate(rows, 1):
        status = "อยู่ระหว่างดำเนินการ\nกำหนดต่อไป 30 ม.ค." if each.worked else "รอรับเรื่อง\nกำหนดต่อไป 7 ม.ค."
        texts = (each.texts["subject"], each.texts["place"], each.texts["unit"] or "-")
        row = [each.texts["number"], DAY_WORDS, ", ".join(each.types) or "-", *texts]
        cells += [str(place), *map(drawn, row), status, "ถูกต้อง" if each.worked else "ไม่ถูกต้อง"]
    return Drawn(
        paper,
        tuple(cells),
        LIST_COLUMNS,
        strip=(FOOT, re.escape(LIST_HEAD)),
        lacking="".join(text for row in shown for text in row),
        opened=opened,
    )


def _summary_drawn(paper: Paper, rows: list[Stored], opened: tuple[str, ...]) -> Drawn:
    """Of Annex A the complaints not handled correctly."""
    left = [each for each in rows if not each.worked]
    cells = []
    for each in left:
        matter = f"{', '.join(each.types) or 'ไม่ระบุประเภท'}\n{each.texts['subject']}"
        cells += [drawn(each.texts["number"]), DAY_WORDS, drawn(matter), "รับเรื่อง เกินกำหนด 7 ม.ค. ยังไม่ได้ทำ"]
    cells = cells or ["ไม่มี"]
    between = (f"4. เรื่องที่ปฏิบัติไม่ถูกต้องตามกระบวนการ {len(left)} เรื่อง", "5. เรื่องยกมาจากเดือนก่อน ยังค้าง 0 เรื่อง")
    lacking = "".join("".join((each.texts["number"], *each.types, each.texts["subject"])) for each in left)
    return Drawn(
        paper, tuple(cells), COSTLY_COLUMNS, between, (FOOT, re.escape(SUMMARY_HEAD)), lacking=lacking, opened=opened
    )


def _sheet_drawn(paper: Paper, each: Stored, named: bool, opened: tuple[str, ...]) -> Drawn:
    texts = {name: text or "-" for name, text in each.texts.items()}
    facts = [
        ("เลขที่รับแจ้ง", texts["number"]), ("วันที่แจ้ง", f"จ. {DAY_WORDS}"), ("ช่องทาง", texts["channel"]),
        ("ประเภทเรื่อง", ", ".join(each.types) or "-"), ("เรื่อง", texts["subject"]), ("รายละเอียด", texts["detail"]),
        ("สถานที่", texts["place"]), ("หน่วยงานที่รับผิดชอบ", texts["unit"]),
    ]  # fmt: skip
    if named:
        facts += [("ผู้ร้อง", texts["complainant"]), ("โทรศัพท์", texts["telephone"])]
    if each.worked:
        facts += [
            ("สถานะ", "อยู่ระหว่างดำเนินการ"), ("วันที่ตอบรับ", "อ. 7 ม.ค. 2563"),
            ("รายงานครั้งที่ 1", f"8 ม.ค. 2563 {each.entries[0]}"), ("การติดตามผล", f"14 ม.ค. 2563 {each.entries[1]}"),
        ]  # fmt: skip
    else:
        facts += [("สถานะ", "รอรับเรื่อง"), ("วันที่ตอบรับ", "-")]
    facts += [
        ("วันที่แล้วเสร็จ", "-"), ("ผลการดำเนินการ", texts["answer"]), ("เลขที่หนังสือ", texts["letter_number"]),
        ("เลขที่คำสั่ง", texts["order_number"]), ("รายละเอียดการดำเนินการ", texts["action"]),
        ("การประสานงาน", texts["coordination"]), ("คุณภาพ : ตอบเรื่องตรงกับเรื่องที่แจ้ง", "ยังไม่มี"),
        ("คุณภาพ : ระบุเลขที่หนังสือ", "ครบถ้วน" if each.texts["letter_number"] else "ยังไม่มี"),
        ("คุณภาพ : ระบุเลขที่คำสั่ง", f"ไม่เกี่ยวข้อง ({each.reason})"),
        ("คุณภาพ : รายละเอียดการดำเนินการ", "ครบถ้วน" if each.texts["action"] else "ยังไม่มี"),
        ("คุณภาพ : รายละเอียดการประสานงาน", "ครบถ้วน" if each.texts["coordination"] else "ยังไม่มี"),
        ("คุณภาพ : ระบุสถานะดำเนินการเสร็จสิ้นตามข้อเท็จจริง", "ยังไม่มี"),
    ]  # fmt: skip
    number = each.texts["number"]
    return Drawn(
        paper,
        ("ตามที่เป็นอยู่ ณ วันที่ 28 มกราคม 2563", *(drawn(cell) for fact in facts for cell in fact)),
        between=("", TURNS),
        strip=(FOOT, f"เรื่องร้องทุกข์ เลขที่รับแจ้ง {number}"),
        lacking="".join(text for _, text in facts),
        opened=opened,
    )


def in_reading_order(letters: str, made: Drawn) -> list[str]:
    """The cells; of the list a long one is torn where the pages tear it."""
    cells = list(made.cells)
    if made.heading != LIST_COLUMNS:
        return cells
    ordered, done = cells[:1], len(lettered(cells[:1])[0])
    for start in range(1, len(cells), LIST_WIDTH):
        row = cells[start : start + LIST_WIDTH]
        long = [place for place, cell in enumerate(row) if len(cell) > LONG]
        if long:
            row = torn_over_pages(row, long[0], letters, done)
        ordered += row
        done += len(lettered(row)[0])
    return ordered
