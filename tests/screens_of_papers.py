"""Pictures of the papers' pages: the month's whole pack, an outage's evidence, the round, the morning's sheet."""

from pathlib import Path

from desktop.domain.months import Month
from desktop.services import complaint_papers, day_papers, month_reports, round_papers
from desktop.services.demo import DEMO_ENDS
from desktop.services.desk import Desk
from desktop.services.memo_words import MemoWords
from desktop.services.month_pack import WHOLE
from desktop.services.month_reports import OfficersWords
from desktop.services.report_papers import issued_parts_paper
from desktop.services.report_view import revisions_of
from tests.picture_taking import Pictures
from tests.screens_ground import WORKED_ON

JANUARY = Month(2020, 1)
PACK_DOTS_PER_INCH = 70
MEMO = MemoWords(signer="ผู้อำนวยการเขต", position="ผู้อำนวยการเขตประเวศ", number="กท 6601/14", day=DEMO_ENDS)


def issue_month(desk: Desk, pictures: Pictures) -> Path:
    """Issue January's report into the folder; gives the PDF."""
    pdf = pictures.folder / "รายงานความก้าวหน้า ครั้งที่ 4 ม.ค. 2563.pdf"
    monthly = month_reports.figures_of_month(desk, JANUARY, DEMO_ENDS, DEMO_ENDS)
    month_reports.issue(desk, monthly, OfficersWords(), pdf)
    pictures.pages(pdf, "report-page")
    return pdf


def take_papers(desk: Desk, pictures: Pictures, scratch: Path) -> Path:
    """Every page of every paper but the report alone, which is issued; gives the pack."""
    pack = issued_parts_paper(desk, revisions_of(desk, JANUARY)[0], MEMO, WHOLE)
    file = pictures.folder / pack.file_name
    file.write_bytes(pack.pdf)
    pictures.pages(file, "pack-page", PACK_DOTS_PER_INCH)
    coming = round_papers.coming_rounds(desk)[0].checkpoint
    papers = {
        "outage-page": day_papers.outage_paper(desk, 1),
        "round-page": round_papers.round_paper(desk, coming),
        "day-page": day_papers.day_paper(desk),
        "complaint-page": complaint_papers.complaint_paper(desk, WORKED_ON),
    }
    for name, paper in papers.items():
        held = scratch / f"{name}.pdf"
        held.write_bytes(paper.pdf)
        pictures.pages(held, name, PACK_DOTS_PER_INCH)
    return file
