"""Strange texts through the register into the pack's pages and the complaint's sheet, and copied out again.

E04 to E08: every letter comes back, nothing is markup, nothing is opened, what the fonts lack is written out and named.
"""

import random
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pypdf

from desktop.domain.complaint import Complaint, Entry, Mark, QualityItem
from desktop.domain.months import Month
from desktop.domain.pack_sheet import Part
from desktop.services import complaint_papers, complaint_work, month_reports, report_papers
from desktop.services.changes import Change, apply
from desktop.services.desk import Desk
from desktop.services.month_reports import OfficersWords
from desktop.services.papers import Paper
from desktop.storage.register import open_for_writing
from tests.conftest import SHIPPED
from tests.forms.pdf_checks import character_faults, four_readings, poppler_text
from tests.papers.copied_text import drawn, faults_of, lettered, read_of, torn_over_pages
from tests.papers.counts import Counts
from tests.papers.file_watch import watched
from tests.papers.strange_texts import endless_text, strange_text

JANUARY, ON = Month(2020, 1), date(2020, 1, 28)
NOTIFIED, ACCEPTED, REPORTED, FOLLOWED = (date(2020, 1, day) for day in (6, 7, 8, 14))
A_REGISTER = 36  # complaints at once
OF_EACH = 14  # strange texts in a complaint, about
ENDLESS_EVERY = 2_000  # texts
SAMPLED = 12  # one paper of so many is read by all four readers
FOOT = r"หน้า \d+ จาก \d+ · .*"
LIST_HEAD = "ภาคผนวก ค บัญชีเรื่องร้องทุกข์ประจำเดือนมกราคม 2563"
LIST_COLUMNS = "ลำดับ เลขที่รับแจ้ง วันที่แจ้ง ประเภท เรื่อง สถานที่ หน่วยงานที่รับผิดชอบ สถานะ ตามกระบวนการ"
SUMMARY_HEAD = "ภาคผนวก ก สรุปเรื่องร้องทุกข์ประจำเดือนมกราคม 2563"
LIST_WIDTH = 9
COSTLY_COLUMNS = "เลขที่รับแจ้ง วันที่แจ้ง ประเภท / เรื่อง เหตุที่ไม่ถูกต้อง"
TURN_COLUMNS = "รายการ กำหนด ทำเมื่อ สถานะ เหตุผล"
SHEET_TURNS = "เส้นเวลา"
DAY_WORDS = "6 ม.ค. 2563"
ACTIVE = re.compile(rb"/(?:Annots?|URI|Launch|JavaScript|JS|OpenAction|AA|EmbeddedFiles?|Subtype */Image)\b")
_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
LONG = 3_000  # letters of a cell that goes over several pages
MOST_LETTERS = {
    "subject": 300,
    "place": 250,
    "unit": 200,
    "channel": 300,
}  # a row of the list that is no taller than half a page
STORED = ("number", "channel", "subject", "detail", "place", "unit", "complainant", "telephone", "answer")
ANSWERED = ("letter_number", "order_number", "action", "coordination")


@dataclass(frozen=True)
class Stored:
    """A complaint's texts as the register's own tables hold them."""

    texts: dict[str, str]
    types: tuple[str, ...]
    entries: tuple[str, ...]
    reason: str

    @property
    def worked(self) -> bool:
        """Whether it was taken and followed up, or left lying."""
        return bool(self.entries)


class Writer:
    """Makes complaints of strange texts, and counts them."""

    def __init__(self, chance: random.Random, bait: str) -> None:
        self._chance, self._bait = chance, bait
        self.made = 0
        self.kinds: dict[str, int] = {}
        self.unread = 0

    def text(self) -> str:
        """The next text."""
        kind, made = strange_text(self._chance, self._bait)
        if self.made % ENDLESS_EVERY == ENDLESS_EVERY // 2:
            kind, made = endless_text(self._chance)
        self.made += 1
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        return made

    def complaint(self, serial: int) -> Complaint:
        """A complaint as it was typed; every other one is taken and followed up."""
        plain = serial % 3 != 0
        named = f"{serial:05d}" if plain else f"{serial:05d} {self.text()[:40]}"
        types = tuple(self.text()[:60].replace(";", ",") for _ in range(self._chance.choice((1, 1, 2))))
        texts = {name: self.text() for name in MOST_LETTERS}
        if any(len(text) > LONG for text in texts.values()):  # the only one of its row that the pages tear
            types, texts = ("สั้น",), {name: text if len(text) > LONG else "สั้น" for name, text in texts.items()}
        else:
            texts = {name: text[: MOST_LETTERS[name]] for name, text in texts.items()}
        made = Complaint(number=named, notified=NOTIFIED, types=types, **texts)
        if not plain:
            return made
        # the name begins as no text does, so that masking finds it nowhere
        made = replace(
            made,
            complainant=f"ผู้ร้องสมมุติ{self.text()[:300]}",
            telephone=re.sub(r"\d", "x", self.text()[:300]),
            **{name: self.text() for name in ("detail", "answer", "action", "coordination")},
            letter_number=self.text()[:300],
            order_number=self.text()[:300],
            marks={QualityItem.ORDER: Mark(None, f"เพราะ {self.text()}")},
        )
        if serial % 2 == 0:
            return made
        entries = (Entry(REPORTED, self.text()), Entry(FOLLOWED, self.text()))
        return replace(made, accepted=ACCEPTED, first_report=entries[0], follow_ups=entries[1:])


def loop(count: int, seed: int, draw: Callable[[Desk, Writer], Iterator["Drawn"]] | None = None) -> Counts:
    """Put ``count`` texts through the register onto paper; ``draw`` makes the papers of a register."""
    counts = Counts("texts")
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        bait = Path(folder) / "bait.png"
        bait.write_bytes(b"nobody opens this")
        writer = Writer(chance, str(bait))
        papers = 0
        while writer.made < count:
            data = Path(folder) / f"data{papers}"
            desk = Desk(open_for_writing(data), SHIPPED, lambda: ON)
            try:
                fill(desk, writer, min(A_REGISTER, 1 + (count - writer.made) // OF_EACH))
                for paper in (draw or drawn_papers)(desk, writer):
                    papers += 1
                    counts.look("papers")
                    look_at(counts, paper, Path(folder), thoroughly=papers % SAMPLED == 1)
            finally:
                desk.register.close()
    counts.tried = writer.made
    return counts


def fill(desk: Desk, writer: Writer, many: int) -> None:
    """Complaints as typed, cleaned by the same door as the window's."""
    typed = [writer.complaint(serial) for serial in range(1, many + 1)]
    for each in typed:
        assert complaint_work.problem_with(desk, each) is None
    apply(desk, "เพิ่มเรื่องใหม่", [Change(None, _with_clean_reasons(complaint_work.cleaned(each))) for each in typed])


def _with_clean_reasons(each: Complaint) -> Complaint:
    marks = {
        item: Mark(mark.ticked, complaint_work.clean_line(mark.not_applicable)) for item, mark in each.marks.items()
    }
    return replace(each, marks=marks)


def stored(desk: Desk) -> list[Stored]:
    """Every complaint's texts by SQL, in order of number."""
    path = desk.register.folder / "register.sqlite"
    found = []
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as tables:
        rows = tables.execute(f"SELECT id, {', '.join((*STORED, *ANSWERED))} FROM complaint").fetchall()
        for identity, *texts in rows:
            parts = [
                tuple(text for (text,) in tables.execute(f"SELECT {what} WHERE complaint = ? {order}", (identity,)))
                for what, order in (
                    ("name FROM complaint_type", "ORDER BY position"),
                    ("text FROM entry", "ORDER BY position"),
                    ("not_applicable FROM quality_item", ""),
                )
            ]
            found.append(
                Stored(dict(zip((*STORED, *ANSWERED), texts, strict=True)), parts[0], parts[1], *parts[2] or ("",))
            )
    return sorted(found, key=lambda each: each.texts["number"])


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
        ("การประสานงาน", texts["coordination"]), ("คุณภาพ : ตอบเรื่องตรงกับเรื่องที่แจ้ง", "ขาด"),
        ("คุณภาพ : ระบุเลขที่หนังสือ", "ครบถ้วน" if each.texts["letter_number"] else "ขาด"),
        ("คุณภาพ : ระบุเลขที่คำสั่ง", f"ไม่เกี่ยวข้อง ({each.reason})"),
        ("คุณภาพ : รายละเอียดการดำเนินการ", "ครบถ้วน" if each.texts["action"] else "ขาด"),
        ("คุณภาพ : รายละเอียดการประสานงาน", "ครบถ้วน" if each.texts["coordination"] else "ขาด"),
        ("คุณภาพ : ระบุสถานะดำเนินการเสร็จสิ้นตามข้อเท็จจริง", "ขาด"),
    ]  # fmt: skip
    number = each.texts["number"]
    return Drawn(
        paper,
        ("ตามที่เป็นอยู่ ณ วันที่ 28 มกราคม 2563", *(drawn(cell) for fact in facts for cell in fact)),
        between=("", SHEET_TURNS + TURN_COLUMNS),
        strip=(FOOT, f"เรื่องร้องทุกข์ เลขที่รับแจ้ง {number}"),
        lacking="".join(text for _, text in facts),
        opened=opened,
    )


def look_at(counts: Counts, made: Drawn, folder: Path, *, thoroughly: bool) -> None:
    """Read a paper as a reader would, and count what is wrong with it."""
    where = made.paper.file_name
    file = folder / "paper.pdf"
    file.write_bytes(made.paper.pdf)
    readings = {"poppler": poppler_text(file, "-raw")}
    if thoroughly:
        readings |= four_readings(file, "-raw")
        counts.look("papers read by four")
        annotations = sum(len(page.annotations or ()) for page in pypdf.PdfReader(str(file)).pages)
        counts.found([f"{annotations} annotations"] * bool(annotations), where)
    line_ends: list[str] = []
    for reader, text in readings.items():
        counts.look("readings")
        read = part_of(text, made)
        faults = faults_of(read, in_reading_order(read[0], made), line_ends)
        counts.found([f"{reader}: {fault}" for fault in (*faults, *character_faults(text))], where)
        line_ends = line_ends or read[1]
    bare = _STREAM.sub(b"", made.paper.pdf)
    counts.found([f"{mark!r} in the file" for mark in sorted(set(ACTIVE.findall(bare)))], where)
    counts.found(list(made.opened), where)
    counts.look("files opened but our own", len(made.opened))
    told = "".join(made.paper.remarks)
    unsaid = {each for each in made.lacking if drawn(each) != each and f"U+{ord(each):04X}" not in told}
    counts.found([f"U+{ord(each):04X} is not named to the officer" for each in sorted(unsaid)], where)


def part_of(text: str, made: Drawn) -> tuple[str, list[str]]:
    """The letters of the part of a paper that is looked at."""
    letters, after = read_of(text, made.strip, made.heading)
    begin, end = (lettered([mark])[0] for mark in made.between)
    start = letters.rfind(begin) + len(begin) if begin and begin in letters else 0
    stop = letters.rfind(end) if end and end in letters else len(letters)
    return letters[start:stop], after[start:stop]


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
