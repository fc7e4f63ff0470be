"""A month issued again: the same bytes while nothing changes, a revision beside the first, the old file still known."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop.domain.months import Month
from desktop.services import complaint_work, month_reports, report_papers
from desktop.services.demo import DEMO_ENDS
from desktop.services.desk import Desk
from desktop.services.month_reports import OfficersWords
from desktop.services.pdf_verification import verify_pdf
from desktop.services.signing import sign_with_certificate
from desktop.storage import chain
from tests.certificates import PASSPHRASE, SIGNING_TIME, certificate_file
from tests.forms.pdf_checks import poppler_text, squeezed

JANUARY = Month(2020, 1)
WORDS = OfficersWords(note="น้ำท่วมขังหลายวัน")
# What tells a revision: the memo's opening, the line under the signature, the foot, the memo's
# subject, the head of the history; and where a page ends, for that line takes room.
OF_A_REVISION = re.compile(
    r"หน้า\d+จาก\d+·รายงานครั้งที่4·มกราคม2563·ฉบับ(?:แรก|แก้ไขครั้งที่\d+)·จัดทำเมื่อ28ม\.ค\.2563"
    r"|\*{4}แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ\*{4}|"
    "รายงานฉบับนี้ใช้แทนฉบับแรกซึ่งจัดทำเมื่อวันที่28มกราคม2563ทั้งฉบับเนื่องจากพิมพ์ซ้ำ"
    r"|ฉบับนี้ใช้แทนฉบับแรก\(จัดทำเมื่อ28ม\.ค\.2563,SHA-256[0-9a-f]{16}…\)เพราะพิมพ์ซ้ำ"
    r"|\(ฉบับแก้ไขครั้งที่\d+\)|ฉบับแก้ไขครั้งที่\d+|ฉบับแรก|ลายพิมพ์ประวัติทะเบียน\d+:[0-9a-f]{64}"
)


def january(desk: Desk):
    return month_reports.figures_of_month(desk, JANUARY, DEMO_ENDS, DEMO_ENDS)


def plain_words(pdf: bytes, folder: Path) -> str:
    """A pack's text without what tells a revision, and without any blank."""
    file = folder / "read.pdf"
    file.write_bytes(pdf)
    return OF_A_REVISION.sub("", squeezed(poppler_text(file, "-raw")))


def test_e10_the_same_month_drawn_twice_is_the_same_bytes(demo_desk: Desk) -> None:
    for draw in (report_papers.draft_paper, report_papers.draft_pack_paper):
        once, again = (sha256(draw(demo_desk, january(demo_desk), WORDS).pdf).hexdigest() for _ in range(2))
        assert once == again
    issued = month_reports.issue(demo_desk, january(demo_desk), WORDS, None, pack=True)
    once, again = (report_papers.issued_parts_paper(demo_desk, issued).pdf for _ in range(2))
    assert once == again


def test_e10_control_with_the_clock_left_in_two_drawings_differ(
    demo_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter(range(60))

    def clocked(**stamp: object) -> SimpleNamespace:
        return SimpleNamespace(**stamp | {"YMDhms": (2020, 1, 28, 12, 0, next(seconds))})

    monkeypatch.setattr("forms.thai_document.SimpleNamespace", clocked)
    once, again = (report_papers.draft_paper(demo_desk, january(demo_desk), WORDS).pdf for _ in range(2))
    assert once != again


def test_e10_an_unchanged_month_issued_again_says_the_same_as_a_revision_and_both_are_noted(
    demo_desk: Desk, tmp_path: Path
) -> None:
    first = month_reports.issue(demo_desk, january(demo_desk), WORDS, None, pack=True)
    again = month_reports.issue(demo_desk, january(demo_desk), WORDS, None, pack=True, revise=True, why="พิมพ์ซ้ำ")
    assert (first.revision, again.revision) == (1, 2) and again.figures == first.figures
    pdfs = [month_reports.issued_pdf(demo_desk, each) for each in (first, again)]
    assert [sha256(pdf).hexdigest() for pdf in pdfs] == [first.sha256, again.sha256]
    texts = [plain_words(pdf, tmp_path) for pdf in pdfs]
    assert texts[0] == texts[1]
    path = demo_desk.register.folder / "register.sqlite"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as tables:
        told = tables.execute(
            "SELECT action, why FROM operation JOIN history ON operation = operation.id"
            " WHERE kind = 'issued_report' ORDER BY history.id"
        ).fetchall()
    assert told == [("ออกรายงาน", ""), ("ออกรายงานฉบับแก้ไข", "พิมพ์ซ้ำ")]


def test_e11_a_month_changed_after_signing_is_a_revision_that_says_it_replaces_the_first(
    demo_desk: Desk, tmp_path: Path
) -> None:
    demo_desk.now_of = lambda: SIGNING_TIME
    old, signed, new = tmp_path / "แรก.pdf", tmp_path / "แรก ลงนาม.pdf", tmp_path / "แก้ไข.pdf"
    first = month_reports.issue(demo_desk, january(demo_desk), WORDS, old, pack=True)
    sign_with_certificate(demo_desk, old, certificate_file(tmp_path), PASSPHRASE, signed)
    kept = {path: path.read_bytes() for path in (old, signed)}
    open_one = next(
        found
        for number in first.figures.numbers
        if (found := complaint_work.complaint(demo_desk, number)).completed is None and found.accepted
    )
    complaint_work.save(demo_desk, open_one, replace(open_one, completed=date(2020, 1, 28)))
    before = chain.head(demo_desk.register.connection)
    assert before is not None
    again = month_reports.issue(demo_desk, january(demo_desk), WORDS, new, pack=True, revise=True, why="เติมวันแล้วเสร็จ")
    assert again.figures.figures.completed == first.figures.figures.completed + 1
    told = squeezed(poppler_text(new, "-raw"))
    assert "ใช้แทนฉบับแรกซึ่งจัดทำเมื่อวันที่28มกราคม2563ทั้งฉบับเนื่องจากเติมวันแล้วเสร็จ" in told
    assert f"ใช้แทนฉบับแรก(จัดทำเมื่อ28ม.ค.2563,SHA-256{first.sha256[:16]}…)เพราะเติมวันแล้วเสร็จ" in told
    assert "·ฉบับแก้ไขครั้งที่1·" in told and "·ฉบับแรก·" not in told
    assert before.text in told  # it covers the first report with its SHA-256, which stands in the history
    for path in (old, signed):
        assert path.read_bytes() == kept[path]
        found = verify_pdf(demo_desk, path)
        assert found.ok and found.issued is not None and found.issued.revision == 1
        assert any("ฉบับแก้ไขครั้งที่ 1" in remark for remark in found.remarks)
    assert verify_pdf(demo_desk, new).issued.revision == 2  # type: ignore[union-attr]


def test_e11_control_a_first_report_says_nothing_of_replacing(demo_desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "แรก.pdf"
    month_reports.issue(demo_desk, january(demo_desk), WORDS, path, pack=True)
    told = squeezed(poppler_text(path, "-raw"))
    assert "ฉบับแรก" in told and "ใช้แทน" not in told
