"""The month's pack from the register: covering memo, official report, Annexes A, B and C; whole, or parts of it.

Every number comes from the report's own figures and the domain's functions. Complaints pass ``masking`` first: no name
and no telephone number of a complainant reaches a page.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.complaint import Complaint
from desktop.domain.evidence import OF_OUTAGE
from desktop.domain.figures import MonthlyFigures
from desktop.domain.memo_wording import covering_memo
from desktop.domain.month_summary import listed_complaints, month_summary, outages_of_month
from desktop.domain.months import Month
from desktop.domain.pack_sheet import MonthSummary, OutageEvidence, Pack, Part
from desktop.domain.report_sheet import ReportSheet
from desktop.services.desk import Desk
from desktop.services.leaving_texts import evidence_to_leave, memo_to_leave, sheet_to_leave
from desktop.services.masking import without_complainant
from desktop.services.memo_words import MemoWords, garuda, memo_words
from desktop.services.papers import told
from desktop.services.progress import Progress, watched
from desktop.storage import attachment_files, attachments, complaints, outages, paper_queries
from desktop.storage.attachment_files import AttachmentDamaged, AttachmentMissing

WHOLE = tuple(Part)


@dataclass(frozen=True)
class DrawnPack:
    """The parts as one file, and what could not be shown in it."""

    pdf: bytes
    remarks: tuple[str, ...]


def stored_for_pack(desk: Desk, monthly: MonthlyFigures, progress: Progress | None = None) -> Iterator[Complaint]:
    """The month's complaints and those of earlier months it may have carried in, as the register has them."""
    month = monthly.month
    before = min(month.first - timedelta(days=1), monthly.on)
    connection = desk.register.connection
    ids = paper_queries.touching_month(connection, month.first, month.last, before)
    return watched(complaints.each_by_ids(connection, ids), len(ids), progress)


def complaints_of_pack(desk: Desk, monthly: MonthlyFigures, progress: Progress | None = None) -> list[Complaint]:
    """The same fit to leave the office: without who complained."""
    return [without_complainant(each) for each in stored_for_pack(desk, monthly, progress)]


def evidence_of_month(desk: Desk, month: Month, on: date) -> tuple[OutageEvidence, ...]:
    """The outages that touch a month and had begun by the report's day, each with what was kept of it."""
    connection = desk.register.connection
    touching = outages_of_month(outages.between(connection, month.first, month.last), month)
    found = [each for each in touching if each.began.date() <= on]
    return tuple(
        OutageEvidence(each, tuple(attachments.of_owner(connection, OF_OUTAGE, str(each.number)))) for each in found
    )


def summary_of_month(desk: Desk, monthly: MonthlyFigures, sheet: ReportSheet) -> MonthSummary:
    """Annex A's values alone."""
    evidence = evidence_to_leave(desk, evidence_of_month(desk, monthly.month, monthly.on))
    return _summary(desk, monthly, sheet, complaints_of_pack(desk, monthly), evidence)


def pack_of_month(
    desk: Desk,
    monthly: MonthlyFigures,
    sheet: ReportSheet,
    memo: MemoWords | None = None,
    progress: Progress | None = None,
) -> Pack:
    """Everything that is sent for a month; ``sheet`` is its report."""
    of_pack = complaints_of_pack(desk, monthly, progress)
    evidence = evidence_to_leave(desk, evidence_of_month(desk, monthly.month, monthly.on))
    listed = listed_complaints(monthly, of_pack, desk.calendar, desk.rules_of)
    words = memo_to_leave(desk, memo or memo_words(desk))
    sheet = sheet_to_leave(desk, sheet)
    return Pack(
        sheet=sheet,
        memo=covering_memo(
            sheet,
            monthly,
            [each.outage for each in evidence],
            len(listed),
            number=words.number,
            day=words.day,
            to=words.to,
            signer=words.signer,
            position=words.position,
            has_core_types=bool(desk.fiscal_year(monthly.month.fiscal_year).core_types),
        ),
        summary=_summary(desk, monthly, sheet, of_pack, evidence),
        outages=evidence,
        listed=listed,
    )


def drawn_pack(desk: Desk, pack: Pack, parts: Sequence[Part] = WHOLE, progress: Progress | None = None) -> DrawnPack:
    """The parts of a pack as a PDF; raises Cancelled when the officer stops it."""
    from forms.embedded_pictures import PictureShelf, PictureUnfit
    from forms.pack import pack_pdf

    shelf = PictureShelf(kept_contents(desk, pack.outages, progress))
    fonts, words = desk.shipped.fonts, desk.shipped.words
    emblem, remarks = garuda(desk), []
    try:
        pdf = pack_pdf(pack, fonts, words, shelf, emblem, parts)
    except PictureUnfit as unfit:  # the office's own picture: the memo is made without it
        pdf = pack_pdf(pack, fonts, words, shelf, None, parts)
        remarks.append(f"ใช้ภาพตราครุฑไม่ได้ ({unfit}) จึงเว้นที่ไว้")
    remarks += [f"หลักฐาน “{each.attachment.name}” ไม่แสดงเป็นภาพ: {each.why}" for each in shelf.not_shown]
    return DrawnPack(pdf, tuple(remarks))


def kept_contents(
    desk: Desk, evidence: Sequence[OutageEvidence], progress: Progress | None = None
) -> Callable[[str], bytes | None]:
    """Gives the content of a kept file by its SHA-256, None for one that is missing or altered; tells how far it is."""
    files = sum(len(each.attachments) for each in evidence)
    read = 0

    def content(sha256: str) -> bytes | None:
        nonlocal read
        told(progress, min(read, files), files)
        read += 1
        try:
            return attachment_files.read(desk.register.folder, sha256)
        except (AttachmentMissing, AttachmentDamaged):
            return None

    return content


def _summary(
    desk: Desk,
    monthly: MonthlyFigures,
    sheet: ReportSheet,
    of_pack: Sequence[Complaint],
    evidence: Sequence[OutageEvidence],
) -> MonthSummary:
    core = desk.fiscal_year(monthly.month.fiscal_year).core_types
    plain = [each.outage for each in evidence]
    return month_summary(monthly, sheet, of_pack, plain, desk.calendar, desk.rules_of, core)
