"""Pictures of the papers' pages: the month's whole pack, an outage's evidence, the round, the morning's sheet."""

from pathlib import Path

from desktop.domain.months import Month
from desktop.services import complaint_papers, day_papers, month_reports, round_papers
from desktop.services.demo import DEMO_ENDS
from desktop.services.desk import Desk
from desktop.services.memo_words import MemoWords
from desktop.services.month_reports import OfficersWords
from desktop.services.report_papers import report_file_name
from tests.picture_taking import Pictures
from tests.screens_ground import WORKED_ON

JANUARY = Month(2020, 1)
PACK_DOTS_PER_INCH = 70
MEMO = MemoWords(signer="ผู้อำนวยการเขต", position="ผู้อำนวยการเขตประเวศ", number="กท 6601/14", day=DEMO_ENDS)


def issue_month(desk: Desk, pictures: Pictures) -> Path:
    """Issue January's whole pack into the folder; gives the PDF."""
    pdf = pictures.folder / report_file_name(JANUARY, 1, pack=True)
    monthly = month_reports.figures_of_month(desk, JANUARY, DEMO_ENDS, DEMO_ENDS)
    month_reports.issue(desk, monthly, OfficersWords(), pdf, pack=True, memo=MEMO)
    pictures.pages(pdf, "pack-page", PACK_DOTS_PER_INCH)
    return pdf


def take_papers(desk: Desk, pictures: Pictures, scratch: Path) -> None:
    """Every page of every paper but the month's pack, which is issued."""
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
