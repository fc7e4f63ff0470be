"""Nobody's name or number leaves the office: not in text, metadata, outline, attachments or any stream (E15, M06)."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from unittest.mock import patch

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop.domain.complaint import Complaint, Entry
from desktop.domain.months import Month
from desktop.services import complaint_papers, day_papers, month_reports, office_settings
from desktop.services.changes import Change, apply
from desktop.services.demo import FOUR_MONTHS, fill_with_demo
from desktop.services.desk import Desk
from desktop.services.memo_words import MemoWords
from desktop.services.month_reports import OfficersWords
from desktop.services.outage_work import note_outage
from desktop.services.papers import paper_file_name, save_paper
from desktop.services.report_papers import report_file_name
from desktop.storage import complaints
from desktop.storage.register import open_for_writing
from tests.conftest import SHIPPED
from tests.papers.counts import Counts
from tests.papers.marked_pictures import MARKS, marked_jpeg, marked_png, marked_webp
from tests.papers.pdf_search import found_in, picture_extras, pictures_of

A_REGISTER = 752  # complaints of the demonstration
ON = FOUR_MONTHS[-1].drawn_on
FIRST_NUMBER = "2562-00001"
NAME, SURNAME, TELEPHONE = "ลับเฉพาะนาม", "ปกปิดสกุล", "9876-54"
SECRETS = (NAME, SURNAME, TELEPHONE, "๙๘๗๖", "98765", "00203-45")


def loop(count: int, seed: int) -> Counts:
    """Issue the months of registers with ``count`` named complaints as packs, and search each file."""
    counts = Counts("names")
    with tempfile.TemporaryDirectory() as folder:
        for place in range(max(1, count // A_REGISTER)):
            work = Path(folder) / str(place)
            work.mkdir()
            desk = Desk(open_for_writing(work / "data"), SHIPPED, lambda: ON)
            try:
                counts.tried += seeded(desk, seed + place)
                # every month and a revision of each when there is time, else the one with the outages
                for month in FOUR_MONTHS if count > A_REGISTER else FOUR_MONTHS[-1:]:
                    for path in _issued(desk, Month.of(month.first), month.drawn_on, work, 1 + (count > A_REGISTER)):
                        _search(counts, path)
                for path in _outage_pages(desk, work, 3 if count > A_REGISTER else 1):
                    _search(counts, path)
                counts.held_against(min(_controls(desk, work)))
            finally:
                desk.register.close()
    return counts


def seeded(desk: Desk, seed: int) -> int:
    """The demonstration with made-up names: in their own fields, in texts that stay here, in some that would leave."""
    fill_with_demo(desk, None, seed)
    first, last = complaints.first_and_last_notified(desk.register.connection)
    stored = list(complaints.notified_between(desk.register.connection, first, last))
    apply(desk, "แก้ไขเรื่อง", [Change(each, _named(each, place)) for place, each in enumerate(stored)])
    types = sorted({name for each in stored for name in each.types})
    office_settings.choose_core_types(desk, 2563, types[:5])
    for number, (day, picture, name) in enumerate(
        ((2, marked_jpeg(seed % 200), "jpg"), (15, marked_png(1), "png"), (16, marked_webp(2), "webp"))
    ):
        began, ended = datetime(2020, 1, day, 10), datetime(2020, 1, day, 12, 30 + number)
        what = f"เข้าระบบไม่ได้ ขึ้นข้อความ 503 ขณะตอบ{_said_by_her(number)}"
        note_outage(desk, began, ended, what, [(f"{NAME} {SURNAME} {TELEPHONE}.{name}", picture)])
    return len(stored)


def _said_by_her(place: int) -> str:
    """Who complained, as the officer may put it in a text of her own."""
    return f"นาย{NAME}{place} {SURNAME}{place} โทร. 0{TELEPHONE}{place:03d}"


def _named(each: Complaint, place: int) -> Complaint:
    person, telephone = f"นาย{NAME}{place} {SURNAME}{place}", f"0{TELEPHONE}{place:03d}"
    told = f"{person} แจ้งว่าเดือดร้อน โทร. {telephone}"
    named = replace(
        each,
        complainant=person,
        telephone=telephone,
        detail=told,
        answer=told,
        action=told,
        coordination=told,
        follow_ups=tuple(Entry(entry.day, told) for entry in each.follow_ups),
    )
    thai = telephone.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    match place % 6:
        case 0:
            return replace(named, subject=f"{each.subject} ติดต่อ {telephone.replace('-', ' ')}")
        case 1:
            return replace(named, place=f"บ้าน{NAME}{place} {SURNAME}{place} {each.place}")
        case 2:
            return replace(named, subject=f"{person} ขอให้แก้ไข โทร {thai}", unit=f"ฝ่ายโยธา {telephone}")
        case _:
            return named


def _issued(desk: Desk, month: Month, on: date, folder: Path, revisions: int) -> Iterator[Path]:
    """The month as a pack, and revisions of it."""
    figures = month_reports.figures_of_month(desk, month, on, on)
    words = OfficersWords(note=f"รอคำตอบของ{_said_by_her(month.report_number)} เลข 1-1017-00203-45-0")
    memo = MemoWords(to=f"หัวหน้าสำนักงาน ({_said_by_her(5)})", position=f"แทน {_said_by_her(6)}")
    for revision in range(1, revisions + 1):
        path = folder / report_file_name(month, revision, pack=True)
        revise = {"revise": True, "why": f"นับเรื่องของ {_said_by_her(revision)} ซ้ำ"} if revision > 1 else {}
        month_reports.issue(desk, figures, words, path, pack=True, memo=memo, **revise)
        yield path


def _outage_pages(desk: Desk, folder: Path, many: int) -> Iterator[Path]:
    """The page of evidence of each outage, as it is printed right after one."""
    for number in range(1, many + 1):
        path = folder / f"ระบบขัดข้อง {number}.pdf"
        save_paper(desk, day_papers.outage_paper(desk, number), path)
        yield path


def _search(counts: Counts, path: Path) -> None:
    counts.look("files searched")
    counts.found(found_in(path, (*SECRETS, *MARKS)), path.name)
    for picture in pictures_of(path):
        counts.look("pictures looked into")
        counts.found(picture_extras(picture), path.name)


def _controls(desk: Desk, folder: Path) -> list[int]:
    """How often the same search finds what is there: with its complainant, unmasked, texts of hers, a picture."""
    sheet = folder / paper_file_name("with its complainant")
    save_paper(desk, complaint_papers.complaint_paper(desk, FIRST_NUMBER, with_complainant=True), sheet)
    unmasked = folder / "unmasked.pdf"
    figures = month_reports.figures_of_month(desk, Month.of(ON), ON, ON)
    with patch("desktop.services.month_pack.without_complainant", lambda each: each):
        month_reports.issue(desk, figures, OfficersWords(), unmasked, pack=True, revise=True, why="ทดสอบ")
    own = folder / "her own texts unmasked.pdf"
    with patch("desktop.services.leaving_texts.masked", lambda text, patterns: text):
        told_of = OfficersWords(note=_said_by_her(1))
        month_reports.issue(desk, figures, told_of, own, pack=True, revise=True, why=_said_by_her(2))
    told = folder / "picture.pdf"
    canvas = Canvas(str(told), pageCompression=0)
    (folder / "as it came.jpg").write_bytes(marked_jpeg())
    canvas.drawImage(ImageReader(str(folder / "as it came.jpg")), 0, 0)
    canvas.save()
    extras = [extra for picture in pictures_of(told) for extra in picture_extras(picture)]
    return [
        len(found_in(sheet, SECRETS)),
        len(found_in(unmasked, SECRETS)),
        len(found_in(own, SECRETS)),
        min(len(found_in(told, MARKS)), len(extras)),
    ]
