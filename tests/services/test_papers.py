"""What leaves the office and what is worked with: each paper from the register, its words and its numbers."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop.domain.complaint import Complaint, Entry, Status
from desktop.domain.figures import MonthlyFigures
from desktop.domain.month_summary import month_summary
from desktop.domain.months import Month
from desktop.domain.pack_sheet import Part
from desktop.services import (
    complaint_papers,
    complaint_work,
    day_papers,
    memo_words,
    month_pack,
    month_reports,
    office_settings,
    report_papers,
    round_papers,
    undoing,
)
from desktop.services.complaint_list import starting_filter
from desktop.services.desk import CannotDo, Desk
from desktop.services.list_lines import Due, SortBy
from desktop.services.masking import masked, names_complainant, patterns_of, without_complainant
from desktop.services.memo_words import MemoWords
from desktop.services.month_reports import OfficersWords
from desktop.services.office_chart import DrawnBar, DrawnText, office_chart
from desktop.services.outage_evidence import evidence_of, facts_of, mend_outage
from desktop.services.outage_work import note_outage
from desktop.services.papers import Paper, paper_file_name, save_paper
from desktop.services.progress import Cancelled
from desktop.services.report_papers import SHORT_NAMES
from desktop.services.signing import refuse_picture
from desktop.storage import attachment_files, complaints
from desktop.storage.issued_reports import of_month
from tests.forms.pdf_checks import structure_faults
from tests.running import Commands, is_one_thai_sentence
from tests.services.picture_faults import encoded, scene

OCTOBER, JANUARY = Month(2019, 10), Month(2020, 1)
DAY = date(2020, 1, 28)
SCREEN, OTHER = encoded(scene(64, 40, 1), "PNG"), encoded(scene(64, 40, 2), "JPEG")
NAME, TELEPHONE = "นางสาวผู้ร้อง ลับเฉพาะ", "09-8765-4321"


def words_of(pdf: bytes | Paper) -> str:
    content = pdf.pdf if isinstance(pdf, Paper) else pdf
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def january(desk: Desk, on: date = DAY) -> MonthlyFigures:
    return month_reports.figures_of_month(desk, JANUARY, on, DAY)


def add(desk: Desk, number: str, notified: date, **more: object) -> Complaint:
    made = Complaint(number=number, notified=notified, **more)  # type: ignore[arg-type]
    return complaint_work.save(desk, None, made)


# The month's pack


def test_the_pack_holds_all_its_parts_with_the_reports_own_numbers(demo_desk: Desk) -> None:
    paper = report_papers.draft_pack_paper(demo_desk, january(demo_desk), OfficersWords())
    assert paper.file_name == "ร่าง รายงานความก้าวหน้า ครั้งที่ 4 มกราคม 2563 ฉบับแรก พร้อมเอกสารแนบ.pdf"
    pages = pages_of(paper.pdf)
    assert "บันทึกข้อความ" in pages[0] and "หัวหน้าสำนักงานเลขานุการปลัดกรุงเทพมหานคร" in pages[0]
    for told in ("จำนวน 164 เรื่อง", "เสร็จสิ้น 124 เรื่อง คิดเป็นร้อยละ 75.61", "อยู่ระหว่างดำเนินการ 40 เรื่อง คิดเป็นร้อยละ 24.39"):
        assert told in pages[0], told
    assert "รายงานครั้งที่ 4 :: 28/1/2563" in " ".join(pages)
    summary = next(page for page in pages if "1. จำนวนเรื่องแยกตามประเภทและสถานะ" in page)
    assert "149 × 100 / 164 = 90.85 %" in summary and "20 × 149 / 164 = 18.17 คะแนน" in summary
    assert "ไม่มีบันทึกเหตุระบบเรื่องราวร้องทุกข์ขัดข้อง" in " ".join(pages)
    listed = " ".join(page for page in pages if "ภาคผนวก ค บัญชีเรื่องร้องทุกข์" in page)
    assert len(set(re.findall(r"2563-\d{5}", listed))) == 164
    assert all(f"จาก {len(pages)} ·" in page for page in pages)


def test_the_pack_of_an_earlier_day_tells_of_no_outage_after_it(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(date(2020, 2, 3))
    add(desk, "ก-1", date(2020, 1, 6))
    note_outage(desk, datetime(2020, 1, 28, 22), datetime(2020, 1, 29, 1), "คืนวันจัดทำ", [("จอ.png", SCREEN)])
    note_outage(desk, datetime(2020, 1, 31, 10), datetime(2020, 1, 31, 11), "สิ้นเดือน", [("จอ.png", OTHER)])
    told = words_of(report_papers.draft_pack_paper(desk, january(desk), OfficersWords()))
    assert "คืนวันจัดทำ" in told and "ขัดข้อง 1 ครั้ง" in told and "จำนวน 1 ครั้ง" in told
    assert "สิ้นเดือน" not in told and "31 มกราคม" not in told
    whole = words_of(report_papers.draft_pack_paper(desk, january(desk, date(2020, 1, 31)), OfficersWords()))
    assert "สิ้นเดือน" in whole and "ขัดข้อง 2 ครั้ง" in whole


def test_one_part_alone_is_that_part(demo_desk: Desk) -> None:
    heads = {
        Part.MEMO: "บันทึกข้อความ",
        Part.REPORT: "แบบแสดงรายงานความก้าวหน้า",
        Part.SUMMARY: "ภาคผนวก ก",
        Part.OUTAGES: "ภาคผนวก ข",
        Part.LIST: "ภาคผนวก ค",
    }
    for part, head in heads.items():
        paper = report_papers.draft_pack_paper(demo_desk, january(demo_desk), OfficersWords(), parts=(part,))
        pages = pages_of(paper.pdf)
        assert all(head in page for page in pages), part
        assert paper.file_name.startswith("ร่าง") and "มกราคม 2563 ฉบับแรก.pdf" in paper.file_name


def test_the_pack_reads_only_what_the_month_touches_and_says_the_same(demo_desk: Desk) -> None:
    """The rows asked of the register against every complaint there is."""
    monthly = january(demo_desk)
    sheet = month_reports.draft_sheet(demo_desk, monthly, OfficersWords())
    every = list(complaints.notified_between(demo_desk.register.connection, date(2000, 1, 1), JANUARY.last))
    whole = month_summary(monthly, sheet, every, [], demo_desk.calendar, demo_desk.rules_of, ())
    taken = month_pack.complaints_of_pack(demo_desk, monthly)
    assert month_pack.summary_of_month(demo_desk, monthly, sheet) == whole
    assert whole.carried and len(taken) < len(every)


def test_no_name_and_no_telephone_of_a_complainant_reaches_the_pack(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"subject": f"ท่อตันหน้าบ้าน{NAME}", "place": f"บ้าน{NAME.replace('นางสาว', '')} โทร 0987654321"}
    add(desk, "1", date(2020, 1, 6), complainant=NAME, telephone=TELEPHONE, detail=NAME, answer=NAME, **texts)
    add(desk, "0", date(2019, 12, 2), complainant=NAME, telephone=TELEPHONE, **texts)  # carried over, named in Annex A
    secret = re.compile("ลับเฉพาะ|0?9[-. ]?8765[-. ]?4321|๐๙๘๗")

    def pack() -> str:
        return words_of(report_papers.draft_pack_paper(desk, january(desk), OfficersWords()))

    told = pack()
    assert not secret.search(told) and told.count("(ผู้ร้อง)") >= 3 and "(โทรศัพท์ผู้ร้อง)" in told
    monkeypatch.setattr(month_pack, "without_complainant", lambda each: each)
    assert secret.search(pack())  # the control: without the mask they would be there


@pytest.mark.parametrize(
    ("complainant", "telephone", "subject", "masked"),
    [
        ("นายสมมติ ตัวอย่าง", "", "หน้าบ้านสมมติ ตัวอย่าง", "หน้าบ้าน(ผู้ร้อง)"),
        ("นายสมมติ  ตัวอย่าง", "", "นายสมมติตัวอย่างแจ้ง", "(ผู้ร้อง)แจ้ง"),
        ("ประชาชน", "", "ประชาชนเดือดร้อน", "ประชาชนเดือดร้อน"),
        ("", "02 123 4567 ต่อ 12", "โทร ๐๒-๑๒๓-๔๕๖๗", "โทร (โทรศัพท์ผู้ร้อง)"),
        ("", "1234", "บ้านเลขที่ 1234", "บ้านเลขที่ 1234"),
        ("(นาย", "", "ท่อตัน (นาย", "ท่อตัน (นาย"),
    ],
)
def test_a_name_or_number_typed_elsewhere_is_masked(
    complainant: str, telephone: str, subject: str, masked: str
) -> None:
    found = Complaint("1", DAY, subject=subject, complainant=complainant, telephone=telephone)
    leaving = without_complainant(found)
    assert (leaving.subject, leaving.complainant, leaving.telephone) == (masked, "", "")
    assert names_complainant(found) is (subject != masked)


def test_whoever_complained_is_masked_in_her_own_texts_and_what_she_typed_is_kept(desk: Desk) -> None:
    add(desk, "1", date(2020, 1, 6))
    add(desk, "0", date(2019, 3, 4), complainant=NAME, telephone=TELEPHONE)  # in no page of January
    outage = note_outage(desk, datetime(2020, 1, 2, 10), datetime(2020, 1, 2, 12), f"ตอบ{NAME} {TELEPHONE} ไม่ได้")
    note = f"รอ {NAME} โทร 0987654321 เลข 1101700203450"
    december = month_reports.figures_of_month(desk, Month(2019, 12), date(2019, 12, 24))
    month_reports.issue(desk, december, OfficersWords(note=note), None)
    month_reports.issue(desk, january(desk), OfficersWords(note=note), None)
    memo = MemoWords(to=f"ถึง {NAME}", signer="ผู้ลงนาม", position=f"แทน{NAME}")
    again = {"revise": True, "why": f"แก้เรื่องของ{NAME}"}
    report = month_reports.issue(desk, january(desk), OfficersWords(note=note), None, pack=True, memo=memo, **again)
    alone = report_papers.draft_paper(desk, january(desk), OfficersWords(note=note))
    assert (report.note, report.why) == (note, f"แก้เรื่องของ{NAME}")
    secret = re.compile("ลับเฉพาะ|0?9[-. ]?8765[-. ]?4321|1101700203450")
    for pdf, masks in (
        (month_reports.issued_pdf(desk, report), 7),
        (alone, 2),
        (day_papers.outage_paper(desk, outage.number), 1),
    ):
        told = words_of(pdf)
        assert not secret.search(told) and told.count("(ผู้ร้อง)") >= masks, told
    assert evidence_of(desk, outage.number).outage.what == f"ตอบ{NAME} {TELEPHONE} ไม่ได้"


@pytest.mark.parametrize(
    ("complainant", "text", "told"),
    [
        ("นาย ก", "ส่งนายกรัฐมนตรี", "ส่งนายกรัฐมนตรี"),  # too short to be looked for in other people's texts
        ("ก ข", "ข้อ ก ข", "ข้อ ก ข"),
        ("นายสมชาย", "นายสมชายแจ้ง", "(ผู้ร้อง)แจ้ง"),
        ("สมชาย", "สมชายแจ้ง", "สมชายแจ้ง"),
        ("นายสมชาย ใจดี", "สมชาย ใจดีมาก", "(ผู้ร้อง)"),  # of two names that begin alike the longer one goes first
    ],
)
def test_in_texts_of_her_own_only_whole_names_are_looked_for(complainant: str, text: str, told: str) -> None:
    people = [(complainant, ""), ("สมชาย ใจดีมาก", "")]
    assert masked(text, patterns_of(people, [text])) == told


def test_a_pack_is_issued_frozen_with_the_head_of_the_history_on_the_reports_last_page(
    demo_desk: Desk, tmp_path: Path
) -> None:
    note_outage(demo_desk, datetime(2020, 1, 2, 10), datetime(2020, 1, 2, 12, 30), "เข้าระบบไม่ได้", [("จอ.png", SCREEN)])
    head = month_reports.history_head(demo_desk)
    path = tmp_path / "ชุด.pdf"
    memo = MemoWords(number="กท 6603/99", day=DAY, signer="ผู้ลงนามตัวอย่าง", position="ผู้อำนวยการเขต")
    report = month_reports.issue(demo_desk, january(demo_desk), OfficersWords(), path, pack=True, memo=memo)
    pdf = path.read_bytes()
    assert hashlib.sha256(pdf).hexdigest() == report.sha256 and report.head == head
    assert month_reports.issued_pdf(demo_desk, report) == pdf == report_papers.issued_paper(demo_desk, report).pdf
    pages = pages_of(pdf)
    [last] = [page for page in pages if "ขอรับรองว่า" in page]
    assert [page for page in pages if head in page] == [last]
    for told in ("กท 6603/99", "28 มกราคม 2563", "ผู้ลงนามตัวอย่าง", "ผู้อำนวยการเขต"):
        assert told in pages[0], told
    evidence = next(page for page in pages if "เข้าระบบไม่ได้" in page and "SHA-256" in page)
    assert hashlib.sha256(SCREEN).hexdigest() in evidence.replace(" ", "")
    done = complaint_work.complaint(demo_desk, report.figures.numbers[0])
    complaint_work.save(demo_desk, done, replace(done, subject="เปลี่ยนแล้ว"))
    assert month_reports.issued_pdf(demo_desk, report) == pdf


def test_a_revision_names_the_file_it_takes_the_place_of_on_its_last_official_page_and_in_the_memo(
    demo_desk: Desk,
) -> None:
    first = month_reports.issue(demo_desk, january(demo_desk), OfficersWords(), None)
    line = f"ฉบับนี้ใช้แทน ฉบับแรก (จัดทำเมื่อ 28 ม.ค. 2563, SHA-256 {first.sha256[:16]}…) เพราะ นับซ้ำหนึ่งเรื่อง"
    why = {"revise": True, "why": "นับซ้ำหนึ่งเรื่อง"}
    draft = report_papers.draft_paper(demo_desk, january(demo_desk), OfficersWords(), why["why"])
    second = month_reports.issue(demo_desk, january(demo_desk), OfficersWords(), None, **why)
    third = month_reports.issue(demo_desk, january(demo_desk), OfficersWords(), None, pack=True, **why)
    for pdf in (draft.pdf, month_reports.issued_pdf(demo_desk, second)):
        assert [line in page for page in pages_of(pdf)][-1:] == [True]
    whole = month_reports.issued_pdf(demo_desk, third)
    [last] = [page for page in pages_of(whole) if "ขอรับรองว่า" in page]
    assert f"ฉบับแก้ไขครั้งที่ 1 (จัดทำเมื่อ 28 ม.ค. 2563, SHA-256 {second.sha256[:16]}…)" in last
    memo = "ใช้แทนฉบับแก้ไขครั้งที่ 1 ซึ่งจัดทำเมื่อวันที่ 28 มกราคม 2563 ทั้งฉบับ เนื่องจากนับซ้ำ"
    assert memo.replace(" ", "") in pages_of(whole)[0].replace(" ", "")
    again = words_of(report_papers.issued_parts_paper(demo_desk, second, parts=(Part.MEMO,)))
    assert "ใช้แทนฉบับแรกซึ่งจัดทำเมื่อวันที่28มกราคม2563ทั้งฉบับ" in again.replace(" ", "")
    assert "ใช้แทน" not in words_of(month_reports.issued_pdf(demo_desk, first))


def test_the_report_alone_bears_the_head_too_and_a_draft_does_not(demo_desk: Desk) -> None:
    head = month_reports.history_head(demo_desk)
    draft = words_of(report_papers.draft_paper(demo_desk, january(demo_desk), OfficersWords()))
    report = month_reports.issue(demo_desk, january(demo_desk), OfficersWords(), None)
    assert head in words_of(month_reports.issued_pdf(demo_desk, report)) and head not in draft


def test_the_command_line_issues_the_whole_pack(
    demo_desk: Desk, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    demo_desk.register.close()
    commands = Commands(demo_desk.register.folder, capsys, "2020-01-28")
    path = tmp_path / "ชุด.pdf"
    told = commands.json("issue", "1/2563", "--until", "28/1/2563", "--pack", "--pdf", path)
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest() and told["received"] == 164
    assert "ภาคผนวก ค" in words_of(path.read_bytes())
    checked = commands.json("verify", path)
    assert checked["ok"] and checked["issued"] == {"month": "2020-01", "report_number": 4, "revision": 1}


def test_a_pack_that_is_cancelled_leaves_nothing_behind(demo_desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "ชุด.pdf"
    with pytest.raises(Cancelled):
        month_reports.issue(
            demo_desk, january(demo_desk), OfficersWords(), path, pack=True, progress=lambda done, of: False
        )
    assert not path.exists() and not list(tmp_path.glob("*.pdf*"))
    assert of_month(demo_desk.register.connection, JANUARY) == []
    assert month_reports.issue(demo_desk, january(demo_desk), OfficersWords(), path, pack=True).revision == 1


def test_a_damaged_picture_is_said_and_the_pack_is_made_all_the_same(demo_desk: Desk) -> None:
    note_outage(demo_desk, datetime(2020, 1, 2, 10), datetime(2020, 1, 2, 11), "ล่ม", [("จอ.png", SCREEN)])
    place = attachment_files.place_of(demo_desk.register.folder, hashlib.sha256(SCREEN).hexdigest())
    place.chmod(0o600)
    place.write_bytes(b"not the picture")
    paper = report_papers.draft_pack_paper(demo_desk, january(demo_desk), OfficersWords())
    assert any("จอ.png" in remark and "SHA-256" in remark for remark in paper.remarks)
    assert "แสดงเป็นภาพไม่ได้ 1 แฟ้ม" in words_of(paper)


def test_annexes_made_after_the_issue_keep_the_issued_figures_and_tell_what_changed(demo_desk: Desk) -> None:
    report = month_reports.issue(demo_desk, january(demo_desk), OfficersWords(), None)
    done = next(
        found
        for number in report.figures.numbers
        if (found := complaint_work.complaint(demo_desk, number)).completed is not None
    )
    complaint_work.save(demo_desk, done, replace(done, completed=None))
    told = words_of(report_papers.issued_parts_paper(demo_desk, report))
    assert "ทะเบียนถูกแก้ไขหลังออกรายงาน" in told and "ดำเนินการเสร็จสิ้น 124 เรื่อง" in told
    assert "แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ ****" not in told  # that part is out already


def test_the_parts_of_an_issued_pack_are_its_own_pages_whatever_the_register_says_since(
    demo_desk: Desk, tmp_path: Path
) -> None:
    report = month_reports.issue(demo_desk, january(demo_desk), OfficersWords(), None, pack=True)
    issued = pages_of(month_reports.issued_pdf(demo_desk, report))
    for number in report.figures.numbers[:20]:
        found = complaint_work.complaint(demo_desk, number)
        complaint_work.save(demo_desk, found, replace(found, completed=None, subject="เปลี่ยนแล้ว"))
    heads = {Part.MEMO: "บันทึกข้อความ", Part.SUMMARY: "ภาคผนวก ก", Part.OUTAGES: "ภาคผนวก ข", Part.LIST: "ภาคผนวก ค"}
    for part, head in heads.items():
        paper = report_papers.issued_parts_paper(demo_desk, report, MemoWords(number="อื่น"), (part,))
        pages = pages_of(paper.pdf)
        assert pages == [page for page in issued if page.startswith(head)] and pages, part
        assert "ออกแล้ว" in paper.remarks[0] and paper.file_name.startswith(SHORT_NAMES[part])
        (tmp_path / "ส่วน.pdf").write_bytes(paper.pdf)
        # the numbers of its pages are the pack's, its outline stayed there
        assert structure_faults(tmp_path / "ส่วน.pdf") == ["pages not numbered", "no outline"]
    beside = pages_of(report_papers.issued_parts_paper(demo_desk, report).pdf)
    assert beside == [page for page in issued if "****" not in page]
    whole = report_papers.issued_paper(demo_desk, report)
    assert whole.file_name == "รายงานความก้าวหน้า ครั้งที่ 4 มกราคม 2563 ฉบับแรก พร้อมเอกสารแนบ.pdf"


def test_beside_a_report_issued_alone_the_annexes_say_from_which_days_register_they_are(
    open_desk: Callable[..., Desk],
) -> None:
    desk = open_desk(date(2020, 2, 3))
    add(desk, "1", date(2020, 1, 6))
    report = month_reports.issue(desk, january(desk), OfficersWords(), None)
    assert "พร้อมเอกสารแนบ" not in report_papers.issued_paper(desk, report).file_name
    paper = report_papers.issued_parts_paper(desk, report)
    assert all("ทำใหม่จากทะเบียน ณ 3 ก.พ. 2563" in page for page in pages_of(paper.pdf))
    assert "ทำใหม่จากทะเบียน ณ วันนี้ 3 ก.พ. 2563" in paper.remarks[0]
    assert "ทำใหม่" not in words_of(report_papers.draft_pack_paper(desk, january(desk), OfficersWords()))


def test_the_memos_words_and_garuda_are_kept_and_undone(demo_desk: Desk, tmp_path: Path) -> None:
    memo_words.save_memo_words(demo_desk, MemoWords(to="ผู้รับ", signer="ผู้ลงนาม", number="9", day=DAY))
    assert memo_words.memo_words(demo_desk) == MemoWords(to="ผู้รับ", signer="ผู้ลงนาม")  # number and day are one memo's
    with pytest.raises(CannotDo, match="เรียนถึงใคร"):
        memo_words.save_memo_words(demo_desk, MemoWords(to=" "))
    picture = tmp_path / "ครุฑ.png"
    picture.write_bytes(encoded(scene(900, 1000, 3), "PNG"))
    without = report_papers.draft_pack_paper(demo_desk, january(demo_desk), OfficersWords(), parts=(Part.MEMO,))
    memo_words.choose_garuda(demo_desk, picture)
    kept = memo_words.garuda(demo_desk)
    assert kept is not None and len(kept) < 300_000
    refuse_picture(kept)  # it is a picture still
    shown = report_papers.draft_pack_paper(demo_desk, january(demo_desk), OfficersWords(), parts=(Part.MEMO,))
    assert b"/DCTDecode" in shown.pdf and b"/DCTDecode" not in without.pdf
    undoing.undo_newest(demo_desk)
    assert memo_words.garuda(demo_desk) is None
    picture.write_bytes(b"%PDF-1.4 no picture")
    with pytest.raises(CannotDo) as refused:
        memo_words.choose_garuda(demo_desk, picture)
    assert is_one_thai_sentence(str(refused.value)) and memo_words.garuda(demo_desk) is None


# One complaint, the list


def test_a_complaints_paper_says_who_complained_only_when_asked_and_notes_it(desk: Desk) -> None:
    add(desk, "1", date(2020, 1, 6), subject="ท่อตัน", complainant=NAME, telephone=TELEPHONE)
    before = _operations(desk)
    plain = words_of(complaint_papers.complaint_paper(desk, "1"))
    assert "ท่อตัน" in plain and "ลับเฉพาะ" not in plain and TELEPHONE not in plain
    assert _operations(desk) == before
    told = complaint_papers.complaint_paper(desk, "1", with_complainant=True)
    assert "ลับเฉพาะ" in words_of(told) and TELEPHONE in words_of(told) and "ปลอดภัย" in told.remarks[0]
    assert _operations(desk)[-1] == "ส่งออกพร้อมชื่อและโทรศัพท์" and len(_operations(desk)) == len(before) + 1
    assert complaint_papers.has_complainant(desk, "1")


def _operations(desk: Desk) -> list[str]:
    return [row[0] for row in desk.register.connection.execute("SELECT action FROM operation ORDER BY id")]


def test_the_list_is_printed_as_it_stands_on_the_screen(desk: Desk) -> None:
    rows = [("⚠ เกินกำหนด 2 วันทำการ", "2563-2", "ถนนทรุด"), ("● วันนี้", "2563-1", "ท่อตัน"), ("→ ส่งต่อแล้ว", "9", "-")]
    wanted = replace(starting_filter(desk), search="ผู้ร้องลับ", status=Status.NEW, sort_by=SortBy.NUMBER, descending=True)
    paper = complaint_papers.list_paper(desk, wanted, [("กำหนด", 184.0), ("เลขที่รับแจ้ง", 112.0), ("เรื่อง", 320.0)], rows)
    told = words_of(paper)
    assert told.index("2563-2") < told.index("2563-1") and "3 เรื่อง" in told
    assert "สถานะ รอรับเรื่อง" in told and "เรียงตามเลขที่รับแจ้ง จากมากไปน้อย" in told
    assert "เกินกำหนด 2 วันทำการ" in told and "ส่งต่อแล้ว" in told and not paper.remarks
    assert not set("⚠●→‹") & set(told)  # the typeface lacks the signs; the words say it
    assert "ผู้ร้องลับ" not in told  # what was searched for may be a name
    assert (
        PdfReader(BytesIO(paper.pdf)).pages[0].mediabox.width > PdfReader(BytesIO(paper.pdf)).pages[0].mediabox.height
    )


def test_a_list_that_is_too_long_is_refused_in_one_sentence(desk: Desk) -> None:
    rows = [("x",)] * (complaint_papers.MOST_ROWS + 1)
    with pytest.raises(CannotDo) as refused:
        complaint_papers.list_paper(desk, starting_filter(desk), [("เรื่อง", 1.0)], rows)
    assert is_one_thai_sentence(str(refused.value)) and "Excel" in str(refused.value)
    narrowed = replace(starting_filter(desk), due=Due.TODAY, month=JANUARY, type_name="ถนน", act_on=DAY)
    assert complaint_papers.filter_words(narrowed) == (
        "ประเภท ถนน · แจ้งเดือนมกราคม 2563 · ครบกำหนดวันนี้ · ต้องทำ 28 ม.ค. 2563 · เรียงตามกำหนด"
    )


# The round, the day, an outage


@pytest.fixture
def round_desk(open_desk: Callable[..., Desk]) -> Iterator[Desk]:
    """20 January 2563: complaints that the round of the 30th takes, and some that it does not."""
    desk = open_desk(date(2020, 1, 20))
    first = Entry(date(2020, 1, 7), "ตรวจแล้ว")
    taken = {"accepted": date(2020, 1, 3), "first_report": first}
    add(desk, "ข้ามรอบก่อน", date(2020, 1, 2), unit="ฝ่ายโยธา", place="ซอย 2", **taken)  # missed the 15th
    served = (Entry(date(2020, 1, 14), "รอวัสดุ"),)
    add(desk, "ตามรอบ", date(2020, 1, 2), unit="ฝ่ายโยธา", place="ซอย 1", follow_ups=served, **taken)
    add(desk, "ไม่มีหน่วย", date(2020, 1, 2), place="ซอย 3", follow_ups=served, complainant=NAME, **taken)
    early = (*served, Entry(date(2020, 1, 16), "ตามแล้ว"))
    add(desk, "ทำรอบนี้แล้ว", date(2020, 1, 2), unit="ฝ่ายโยธา", follow_ups=early, **taken)
    add(desk, "แล้วเสร็จ", date(2020, 1, 2), unit="ฝ่ายโยธา", completed=date(2020, 1, 9), **taken)
    add(desk, "ยังไม่รับ", date(2020, 1, 17), unit="ฝ่ายโยธา")
    yield desk


def test_the_round_takes_every_complaint_whose_next_follow_up_is_due_by_its_checkpoint(round_desk: Desk) -> None:
    coming, after = round_papers.coming_rounds(round_desk)
    assert (coming.checkpoint, after.checkpoint) == (date(2020, 1, 30), date(2020, 2, 15))
    assert coming.units == {"ฝ่ายโยธา": 2, "": 1} and coming.count == 3 and after.count == 4
    seen = round_papers.complaints_of_round(round_desk, coming.checkpoint)
    assert [each.complaint.number for each in seen] == ["ตามรอบ", "ข้ามรอบก่อน", "ไม่มีหน่วย"]  # by place, no unit last


def test_the_rounds_sheet_is_by_unit_and_place_and_can_be_one_units(round_desk: Desk) -> None:
    paper = round_papers.round_paper(round_desk, date(2020, 1, 30))
    pages = pages_of(paper.pdf)
    assert len(pages) == 2 and "ฝ่ายโยธา 2 เรื่อง" in pages[0] and "ไม่ระบุหน่วยงาน 1 เรื่อง" in pages[1]
    assert pages[0].index("ซอย 1") < pages[0].index("ซอย 2") and "ล่าสุด : 14 ม.ค. 2563 รอวัสดุ" in pages[0]
    assert "ลับเฉพาะ" not in pages[1] and "ทำรอบนี้แล้ว" not in pages[0]
    one = round_papers.round_paper(round_desk, date(2020, 1, 30), "")
    assert "ฝ่ายโยธา" not in words_of(one) and "ไม่ระบุหน่วยงาน" in one.title
    named = round_papers.round_paper(round_desk, date(2020, 1, 30), with_complainants=True)
    assert "ลับเฉพาะ" in words_of(named) and _operations(round_desk)[-1] == "ส่งออกพร้อมชื่อและโทรศัพท์"


def test_todays_sheet_has_the_urgent_first_and_the_reports_not_sent(round_desk: Desk) -> None:
    paper = day_papers.day_paper(round_desk)
    told = words_of(paper)
    assert paper.file_name == "วันนี้ต้องทำอะไร 20 มกราคม 2563.pdf"
    assert "วันจันทร์ที่ 20 มกราคม 2563" in told
    assert "เกินกำหนด 1 เรื่อง" in told and "ครบกำหนดวันนี้ 1 เรื่อง" in told and "ภายใน 3 วันทำการ 0 เรื่อง" in told
    assert told.index("ข้ามรอบก่อน") < told.index("ยังไม่รับ") and "แล้วเสร็จ 2" not in told
    round_desk.today_of = lambda: date(2020, 2, 11)
    assert "รายงานครั้งที่ 4 มกราคม 2563 (ร่าง) ส่งภายใน จ. 10 ก.พ. 2563 เกินกำหนดส่ง" in words_of(
        day_papers.day_paper(round_desk)
    )


def test_one_outages_evidence_can_be_printed_at_once_and_mended_later(desk: Desk) -> None:
    noted = note_outage(desk, datetime(2020, 1, 2, 10), datetime(2020, 1, 2, 12, 30), "เข้าระบบไม่ได้ 😀")
    bare = day_papers.outage_paper(desk, noted.number)
    assert "ไม่มีภาพหน้าจอ" in words_of(bare) and "วันที่ 2 มกราคม 2563 เวลา 10.00 - 12.30 น." in words_of(bare)
    assert any("😀 (U+1F600)" in remark for remark in bare.remarks)
    same = facts_of(noted)
    assert mend_outage(desk, noted.number, same, [("ก.png", SCREEN), ("ข.jpg", OTHER), ("ก.png", SCREEN)]) == 2
    assert mend_outage(desk, noted.number, same, [("ก.png", SCREEN)]) == 0
    told = words_of(day_papers.outage_paper(desk, noted.number)).replace(" ", "")
    assert all(hashlib.sha256(content).hexdigest() in told for content in (SCREEN, OTHER))
    undoing.undo_newest(desk)
    assert evidence_of(desk, noted.number).attachments == ()
    with pytest.raises(CannotDo, match="สีเดียว"):
        mend_outage(desk, noted.number, same, [("ดำ.png", encoded(scene(64, 40, 1).point(lambda _: 0), "PNG"))])
    with pytest.raises(CannotDo) as gone:
        day_papers.outage_paper(desk, 99)
    assert is_one_thai_sentence(str(gone.value))


# Files and the chart


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("เรื่อง กท/12:3?", "เรื่อง กท-12-3-.pdf"),
        ("  ก   ข . ", "ก ข.pdf"),
        ("", "เอกสาร.pdf"),
        ("../../แฟ้ม", "-..-แฟ้ม.pdf"),
        ("ย" * 300, "ย" * 120 + ".pdf"),
    ],
)
def test_a_papers_name_is_one_any_disk_takes(words: str, name: str) -> None:
    assert paper_file_name(words) == name
    assert not set(paper_file_name(words)) & set('<>:"/\\|?*')


def test_a_paper_is_written_whole_and_never_over_the_register(desk: Desk, tmp_path: Path) -> None:
    paper = Paper("ก", "ก.pdf", b"%PDF-1.7 whole")
    save_paper(desk, paper, tmp_path / "ก.pdf")
    assert (tmp_path / "ก.pdf").read_bytes() == paper.pdf
    (tmp_path / "รูป.pdf").write_bytes(b"another kind")
    for path in (tmp_path / "รูป.pdf", desk.register.folder / "register.sqlite", tmp_path / "ไม่มี" / "ก.pdf"):
        with pytest.raises(CannotDo) as refused:
            save_paper(desk, paper, path)
        assert is_one_thai_sentence(str(refused.value))
    assert (tmp_path / "รูป.pdf").read_bytes() == b"another kind"


def test_the_charts_months_say_what_their_reports_said(demo_desk: Desk) -> None:
    for month, day in ((OCTOBER, date(2019, 10, 28)), (Month(2019, 11), date(2019, 11, 27))):
        figures = month_reports.figures_of_month(demo_desk, month, day)
        month_reports.issue(demo_desk, figures, OfficersWords(), None)
    draft = month_reports.draft_sheet(demo_desk, january(demo_desk), OfficersWords()).report
    shown = office_chart(demo_desk, 2563, draft)
    assert [month.told for month in shown.months[:5]] == [
        "ตุลาคม 2562: ได้รับแจ้ง 217 เรื่อง ดำเนินการเสร็จสิ้น 131 เรื่อง ร้อยละ 60.37",
        "พฤศจิกายน 2562: ได้รับแจ้ง 225 เรื่อง ดำเนินการเสร็จสิ้น 176 เรื่อง ร้อยละ 78.22",
        "ธันวาคม 2562: ยังไม่ได้ออกรายงาน",
        "มกราคม 2563 (ร่าง): ได้รับแจ้ง 164 เรื่อง ดำเนินการเสร็จสิ้น 124 เรื่อง ร้อยละ 75.61",
        "กุมภาพันธ์ 2563: ยังไม่ได้ออกรายงาน",
    ]
    texts = {shape.text for shape in shown.shapes if isinstance(shape, DrawnText)}
    assert {"217", "131", "60.37", "164", "124", "75.61"} <= texts
    bars = [shape for shape in shown.shapes if isinstance(shape, DrawnBar) and shape.ink == "received" and shape.x > 90]
    assert len(bars) == 3 and all(
        shown.months[place].left <= bar.x < shown.months[place].right
        for place, bar in zip((0, 1, 3), bars, strict=True)
    )
    assert shown.months[1].left - shown.months[0].left == pytest.approx(shown.months[0].right - shown.months[0].left)


def test_a_paper_of_texts_the_typeface_lacks_says_so(desk: Desk) -> None:
    add(desk, "1", DAY - timedelta(days=1), subject="ดีใจ 😀")
    office_settings.save_officer_name(desk, "เจ้าหน้าที่")
    for paper in (complaint_papers.complaint_paper(desk, "1"), day_papers.day_paper(desk)):
        assert paper.remarks == ("แบบอักษรไม่มีตัว 😀 (U+1F600) จึงพิมพ์เป็นรหัสแทน",)
        assert "‹U+1F600›" in words_of(paper)
