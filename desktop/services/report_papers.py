"""The monthly report as papers: the draft or the issued file, alone or with its memo and annexes, or one annex."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.block_wording import revision_name
from desktop.domain.figures import MonthlyFigures
from desktop.domain.months import Month
from desktop.domain.office_year import IssuedReport
from desktop.domain.pack_sheet import Part
from desktop.domain.report_sheet import ReportSheet
from desktop.domain.thai_dates import short_date
from desktop.services.desk import Desk
from desktop.services.memo_words import MemoWords
from desktop.services.month_pack import WHOLE, drawn_pack, pack_of_month
from desktop.services.month_reports import OfficersWords, draft_sheet, issued_pdf, issued_sheet, sheet_pdf
from desktop.services.papers import Paper, glyph_remarks, paper_file_name
from desktop.services.progress import Progress

SHORT_NAMES = {
    Part.MEMO: "บันทึกข้อความ",
    Part.REPORT: "แบบรายงาน",
    Part.SUMMARY: "ภาคผนวก ก",
    Part.OUTAGES: "ภาคผนวก ข",
    Part.LIST: "ภาคผนวก ค",
}
OUT_OF_ISSUED = "หน้าเหล่านี้เป็นหน้าของแฟ้มที่ออกแล้ว เลขหน้าจึงเป็นของทั้งชุด"
NOT_ISSUED = "ไม่อยู่ในแฟ้มที่ออกแล้ว ตัวเลขจึงอาจต่างจากแบบรายงาน"
BESIDE = tuple(part for part in WHOLE if part is not Part.REPORT)  # what goes with a report that is out already


def report_file_name(
    month: Month, revision: int, *, pack: bool = False, draft: bool = False, signed: bool = False
) -> str:
    """``รายงานความก้าวหน้า ครั้งที่ 4 มกราคม 2563 ฉบับแรก.pdf``; a draft, the whole pack, a signed copy say so."""
    name = f"รายงานความก้าวหน้า ครั้งที่ {month.report_number} {month.thai} {revision_name(revision)}"
    told = (" พร้อมเอกสารแนบ" if pack else "") + (" ลงนามแล้ว" if signed else "")
    return paper_file_name(f"{'ร่าง ' if draft else ''}{name}{told}")


def draft_paper(desk: Desk, monthly: MonthlyFigures, words: OfficersWords, reason: str = "") -> Paper:
    """The report as it would be issued, marked ร่าง."""
    from forms.progress_report import sheet_texts

    sheet = draft_sheet(desk, monthly, words, reason)
    return Paper(
        f"ร่างรายงานครั้งที่ {sheet.report.number} {monthly.month.thai}",
        report_file_name(monthly.month, sheet.report.revision, draft=True),
        sheet_pdf(desk, sheet),
        glyph_remarks(desk, sheet_texts(sheet)),
    )


def draft_pack_paper(
    desk: Desk,
    monthly: MonthlyFigures,
    words: OfficersWords,
    reason: str = "",
    memo: MemoWords | None = None,
    parts: Sequence[Part] = WHOLE,
    progress: Progress | None = None,
) -> Paper:
    """The whole pack, or parts of it, as it would be issued, marked ร่าง."""
    sheet = draft_sheet(desk, monthly, words, reason)
    return _parts_paper(desk, monthly, sheet, memo, parts, progress)


def is_pack(desk: Desk, report: IssuedReport) -> bool:
    """Whether the file of an issued report is the whole pack."""
    from forms.pack_pages import parts_of_pack

    return bool(parts_of_pack(issued_pdf(desk, report)))


def issued_paper(desk: Desk, report: IssuedReport) -> Paper:
    """The file of an issued report, byte for byte as issued."""
    month, pack = report.month, is_pack(desk, report)
    return Paper(
        f"{_issued_title(report)}{' พร้อมเอกสารแนบ' if pack else ''}",
        report_file_name(month, report.revision, pack=pack),
        issued_pdf(desk, report),
    )


def issued_parts_paper(
    desk: Desk,
    report: IssuedReport,
    memo: MemoWords | None = None,
    parts: Sequence[Part] = BESIDE,
    progress: Progress | None = None,
) -> Paper:
    """Memo and annexes of an issued report: pages of its own file where it is a pack, as they were issued.

    Beside a report that was issued alone they are made from its figures and the register as it is now, and say so.
    """
    from forms.pack_pages import pages_alone, parts_of_pack

    pdf = issued_pdf(desk, report)
    if found := parts_of_pack(pdf):
        title = f"{_parts_name(parts)} {_issued_title(report)}"
        chosen = [page for part in WHOLE if part in parts for page in found[part]]
        return Paper(title, paper_file_name(title), pages_alone(pdf, chosen, title), (OUT_OF_ISSUED,))
    paper = _parts_paper(desk, report.figures, issued_sheet(desk, report), memo, parts, progress, redrawn=True)
    return replace(paper, remarks=(f"ทำใหม่จากทะเบียน ณ วันนี้ {short_date(desk.today)} {NOT_ISSUED}", *paper.remarks))


def _issued_title(report: IssuedReport) -> str:
    month = report.month
    return f"รายงานครั้งที่ {month.report_number} {month.thai} {revision_name(report.revision)}"


def _parts_name(parts: Sequence[Part]) -> str:
    return SHORT_NAMES[parts[0]] if len(parts) == 1 else "บันทึกข้อความและภาคผนวก"


def _parts_paper(
    desk: Desk,
    monthly: MonthlyFigures,
    sheet: ReportSheet,
    memo: MemoWords | None,
    parts: Sequence[Part],
    progress: Progress | None,
    *,
    redrawn: bool = False,
) -> Paper:
    from forms.pack import pack_texts

    pack = pack_of_month(desk, monthly, sheet, memo, progress)
    if redrawn:
        pack = replace(pack, redrawn_on=desk.today)
    drawn = drawn_pack(desk, pack, parts, progress)
    month, draft = monthly.month, "ร่าง" if sheet.draft else ""
    whole = set(parts) == set(WHOLE)
    if whole:
        name = report_file_name(month, sheet.report.revision, pack=True, draft=sheet.draft)
        title = f"{draft}รายงานครั้งที่ {sheet.report.number} {month.thai} พร้อมเอกสารแนบ"
    else:
        title = f"{draft}{_parts_name(parts)} รายงานครั้งที่ {sheet.report.number} {month.thai}"
        name = paper_file_name(f"{title} {revision_name(sheet.report.revision)}")
    return Paper(title, name, drawn.pdf, (*drawn.remarks, *glyph_remarks(desk, pack_texts(pack))))
