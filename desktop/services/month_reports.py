"""The monthly report: figures of a month, drafts, issuing, revisions, sending (rules.md, step 3)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path

from desktop.domain.block_wording import revision_name
from desktop.domain.figures import MonthlyFigures, monthly_figures
from desktop.domain.months import Month, fiscal_year_end, fiscal_year_months, fiscal_year_start, months_between
from desktop.domain.office_year import IssuedReport, report_block
from desktop.domain.report_sheet import PlanWord, ReplacedReport, ReportBlock, ReportSheet, TargetWord
from desktop.domain.thai_dates import short_date
from desktop.domain.thai_text import clean_line, clean_text
from desktop.services.changes import Change, apply_within
from desktop.services.complaint_views import standings_of
from desktop.services.desk import CannotDo, Desk
from desktop.services.history_values import Issue, Sent
from desktop.services.leaving_texts import sheet_to_leave
from desktop.services.memo_words import MemoWords
from desktop.services.month_pack import drawn_pack, pack_of_month
from desktop.services.progress import Progress
from desktop.services.whole_files import PDF, WholeFile, refuse_target
from desktop.storage import chain, complaints, issued_reports


@dataclass(frozen=True)
class OfficersWords:
    """What the officer says of a month beside its figures."""

    plan: PlanWord = PlanWord.ON
    target: TargetWord = TargetWord.ON
    spent: Decimal = Decimal(0)
    note: str = ""  # ปัญหา/อุปสรรค


class ReportState(Enum):
    """Where a month's report stands; the value is the officer's word."""

    NOT_YET = "ยังไม่ถึงกำหนด"
    DRAFT = "ร่าง"
    ISSUED = "ออกรายงานแล้ว"
    SENT = "นำส่งแล้ว"


@dataclass(frozen=True)
class MonthState:
    """A month of the fiscal year with its report; ``remind_on`` is the last working day to send it on."""

    month: Month
    state: ReportState
    send_by: date
    remind_on: date
    issued: IssuedReport | None


def figures_of_month(desk: Desk, month: Month, on: date, until: date | None = None) -> MonthlyFigures:
    """The month's figures as they stand on a day, for complaints notified up to ``until`` (default: its last day)."""
    year = month.fiscal_year
    stored = complaints.notified_between(desk.register.connection, fiscal_year_start(year), fiscal_year_end(year))
    core = frozenset(desk.fiscal_year(year).core_types)
    return monthly_figures(stored, month, until or month.last, on, desk.calendar, desk.rules_of, core)


def newest_reports(desk: Desk, year: int, on: date | None = None) -> dict[Month, IssuedReport]:
    """The newest revision of each month's report of a fiscal year; with ``on`` as known on that day."""
    reports = issued_reports.of_year(desk.register.connection, year)
    return {report.month: report for report in reports if on is None or report.figures.on <= on}


def draft_sheet(desk: Desk, monthly: MonthlyFigures, words: OfficersWords, reason: str = "") -> ReportSheet:
    """The sheet as it would be issued, marked ร่าง: earlier issued months, then this one; ``reason`` is a revision's."""
    return replace(_sheet(desk, _block(desk, monthly, words), reason), draft=True)


def issued_sheet(desk: Desk, report: IssuedReport) -> ReportSheet:
    """The sheet of an issued report; the year's project and the earlier months are as they stand now."""
    return replace(_sheet(desk, report.block, report.why), head=report.head)


def _sheet(desk: Desk, block: ReportBlock, why: str) -> ReportSheet:
    month = block.month
    year = month.fiscal_year
    earlier = [report.block for each, report in newest_reports(desk, year).items() if each < month]
    before = [r for r in issued_reports.of_month(desk.register.connection, month) if r.revision < block.revision]
    replaced = before and ReplacedReport(before[-1].revision, before[-1].figures.on, before[-1].sha256, clean_text(why))
    return ReportSheet(desk.fiscal_year(year).project, (*earlier, block), replaces=replaced or None)


def _block(desk: Desk, monthly: MonthlyFigures, words: OfficersWords) -> ReportBlock:
    revision = len(issued_reports.of_month(desk.register.connection, monthly.month)) + 1
    return report_block(monthly, revision, words.plan, words.target, words.spent, clean_text(words.note))


def sheet_pdf(desk: Desk, sheet: ReportSheet) -> bytes:
    """The sheet as the official PDF."""
    from forms.progress_report import progress_report_pdf

    return progress_report_pdf(sheet_to_leave(desk, sheet), desk.shipped.fonts, desk.shipped.words)


def write_draft(desk: Desk, monthly: MonthlyFigures, words: OfficersWords, path: Path) -> None:
    """Write the draft PDF, whole or not at all."""
    refuse_target(desk.register, path, PDF)
    with WholeFile(path) as file:
        file.write(sheet_pdf(desk, draft_sheet(desk, monthly, words)))
        file.give_name()


def issue(
    desk: Desk,
    monthly: MonthlyFigures,
    words: OfficersWords,
    path: Path | None,
    *,
    revise: bool = False,
    why: str = "",
    pack: bool = False,
    memo: MemoWords | None = None,
    progress: Progress | None = None,
) -> IssuedReport:
    """Issue a month's report: number it, freeze figures and file, write the PDF; all of it or nothing.

    With ``pack`` the file is the whole pack; ``memo`` are then the words of its covering memo (None: those kept).
    A month issued already needs ``revise`` with its reason, one not issued refuses it: CannotDo.
    """
    if path is None:
        return _issue(desk, monthly, words, None, revise=revise, why=why, pack=pack, memo=memo, progress=progress)
    refuse_target(desk.register, path, PDF)
    with WholeFile(path) as file:
        report = _issue(desk, monthly, words, file, revise=revise, why=why, pack=pack, memo=memo, progress=progress)
        # Its final name last: no paper of that name is about that the register does not know.
        try:
            file.give_name()
        except CannotDo as problem:
            told = f"ออกรายงานแล้วและเก็บไว้ในทะเบียน แต่ยังไม่มีแฟ้ม {path} โปรดบันทึกแฟ้มอีกครั้ง: {problem}"
            raise CannotDo(told) from problem
    return report


def _issue(
    desk: Desk,
    monthly: MonthlyFigures,
    words: OfficersWords,
    file: WholeFile | None,
    *,
    revise: bool,
    why: str,
    pack: bool,
    memo: MemoWords | None,
    progress: Progress | None,
) -> IssuedReport:
    """The report in the register, and its file ready to be given its name."""
    month = monthly.month
    with desk.transaction() as connection:
        earlier = issued_reports.of_month(connection, month)
        _refuse_wrong_revision(month, earlier, revise=revise, why=why)
        revision = len(earlier) + 1
        head = history_head(desk)
        sheet = replace(_sheet(desk, _block(desk, monthly, words), why), head=head)
        if pack:
            pdf = drawn_pack(desk, pack_of_month(desk, monthly, sheet, memo, progress), progress=progress).pdf
        else:
            pdf = sheet_pdf(desk, sheet)
        report = IssuedReport(
            revision=revision,
            figures=monthly,
            plan=words.plan,
            target=words.target,
            spent=words.spent,
            note=clean_text(words.note),
            why=clean_text(why),
            sha256=hashlib.sha256(pdf).hexdigest(),
            length=len(pdf),
            issued_at=desk.now_of(),
            head=head,
        )
        action = "ออกรายงานฉบับแก้ไข" if revise else "ออกรายงาน"
        apply_within(desk, action, [Change(None, Issue(report, pdf))], report.why)
        if file is not None:
            file.write(pdf)
            file.try_name()  # a target held open is told before the report counts as issued
    return report


def history_head(desk: Desk) -> str:
    """The end of the history's chain as it is printed on a report; blank before the first operation."""
    head = chain.head(desk.register.connection)
    return "" if head is None else head.text


def _refuse_wrong_revision(month: Month, earlier: list[IssuedReport], *, revise: bool, why: str) -> None:
    if earlier and not revise:
        raise CannotDo(
            f"รายงานเดือน{month.thai} ออกแล้วเมื่อ {short_date(earlier[-1].figures.on)} ถ้าต้องแก้ ให้ออกฉบับแก้ไขพร้อมเหตุผล"
        )
    if revise and not earlier:
        raise CannotDo(f"รายงานเดือน{month.thai} ยังไม่เคยออก จึงออกฉบับแก้ไขไม่ได้ โปรดออกรายงานตามปกติ")
    if revise and not clean_text(why):
        raise CannotDo("ฉบับแก้ไขต้องมีเหตุผล ยังไม่ได้ออกรายงาน")


def issued_pdf(desk: Desk, report: IssuedReport) -> bytes:
    """The file of an issued report, byte for byte as issued."""
    return issued_reports.pdf_of(desk.register.connection, report.month, report.revision)


def issued_again(desk: Desk, month: Month, revision: int | None, path: Path) -> IssuedReport:
    """Write the file of an issued report (None: of its newest revision) once more; raises CannotDo."""
    known = {report.revision: report for report in issued_reports.of_month(desk.register.connection, month)}
    report = known.get(max(known, default=0) if revision is None else revision)
    if report is None:
        raise CannotDo(
            f"รายงานเดือน{month.thai} {f'{revision_name(revision)} ' if revision else ''}ยังไม่ได้ออก จึงไม่มีแฟ้มให้เขียน"
        )
    refuse_target(desk.register, path, PDF)
    with WholeFile(path) as file:
        file.write(issued_pdf(desk, report))
        file.give_name()
    return report


def mark_sent(desk: Desk, month: Month, day: date, letter: str | None = None) -> bool:
    """Note the day a report was sent and tell whether that was in time; raises CannotDo before it was issued.

    ``letter`` is the number of the letter it went with; None leaves what was noted.
    """
    if day > desk.today:
        raise CannotDo(f"วันนำส่ง {short_date(day)} อยู่หลังวันนี้ ยังไม่ได้บันทึก")
    with desk.transaction() as connection:
        earlier = issued_reports.of_month(connection, month)
        if not earlier:
            raise CannotDo(f"รายงานเดือน{month.thai} ยังไม่ได้ออก จึงบันทึกวันนำส่งไม่ได้ โปรดออกรายงานก่อน")
        newest = earlier[-1]
        if day < newest.figures.on:
            raise CannotDo(f"วันนำส่ง {short_date(day)} อยู่ก่อนวันออกรายงาน {short_date(newest.figures.on)} ยังไม่ได้บันทึก")
        before = newest.sent_on and Sent(month, newest.revision, newest.sent_on, newest.letter)
        after = Sent(month, newest.revision, day, newest.letter if letter is None else clean_line(letter))
        if before != after:
            apply_within(desk, "บันทึกวันนำส่งรายงาน", [Change(before or None, after)])
    return day <= newest.figures.send_by


def months_of_year(desk: Desk, year: int) -> list[MonthState]:
    """The twelve months of a fiscal year (Buddhist era) with the state of each report, as known today."""
    newest = newest_reports(desk, year)
    return [_month_state(desk, month, newest.get(month), desk.today) for month in fiscal_year_months(year)]


def _month_state(desk: Desk, month: Month, issued: IssuedReport | None, on: date) -> MonthState:
    send_by = desk.rules_of(month.fiscal_year).send_by(month)
    if issued is not None and issued.sent_on is not None and issued.sent_on <= on:
        state = ReportState.SENT
    elif issued is not None:
        state = ReportState.ISSUED
    else:
        state = ReportState.DRAFT if month.first <= on else ReportState.NOT_YET
    return MonthState(month, state, send_by, desk.calendar.working_day_on_or_before(send_by), issued)


def reports_to_send(desk: Desk, on: date) -> list[MonthState]:
    """The monthly reports not sent by a day: from the first month with a complaint on, whose month has ended."""
    return list(_to_send(desk, on))


def _to_send(desk: Desk, on: date) -> Iterator[MonthState]:
    span = complaints.first_and_last_notified(desk.register.connection)
    if span is None or span[0] > on:
        return
    newest: dict[int, dict[Month, IssuedReport]] = {}
    for month in months_between(span[0], on):
        if month.last >= on:
            return
        year = month.fiscal_year
        known = newest.setdefault(year, newest_reports(desk, year, on))
        state = _month_state(desk, month, known.get(month), on)
        if state.state is not ReportState.SENT:
            yield state


def costly_numbers(desk: Desk, monthly: MonthlyFigures) -> tuple[list[str], list[str]]:
    """Complaints of the month that cost process points, and those still whole that owe something."""
    seen = standings_of(desk, list(monthly.numbers), monthly.on)
    lost = [each.complaint.number for each in seen if each.correct is False]
    saveable = [each.complaint.number for each in seen if each.correct and each.next is not None]
    return lost, saveable
