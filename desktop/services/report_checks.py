"""The check before issuing a monthly report: it warns and never stops the officer (rules.md, step 3).

Every warning names the complaints concerned or links to what mends it. The rest of the checks stand in
``pack_checks``: those look at what leaves the office beside the report.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from desktop.domain.block_wording import percent_words, revision_name
from desktop.domain.complaint import Complaint, Status
from desktop.domain.day_order import problem_with_days, problem_with_status
from desktop.domain.figures import MonthlyFigures
from desktop.domain.months import Month, fiscal_year_months
from desktop.domain.obligations import standing
from desktop.domain.report_sheet import HUNDRED, TargetWord
from desktop.domain.thai_dates import ERA_OFFSET, short_date
from desktop.services.check_lines import CheckLine, Link, Opens
from desktop.services.complaint_list import starting_filter
from desktop.services.desk import Desk
from desktop.services.list_lines import Due
from desktop.services.memo_words import MemoWords
from desktop.services.month_reports import OfficersWords, draft_sheet, newest_reports
from desktop.services.pack_checks import about_pack
from desktop.services.project_checks import blank_fields
from desktop.services.report_differences import Differences, differences_of
from desktop.storage import complaints, issued_reports

__all__ = ["CheckLine", "all_checks", "checks_before_issuing"]


def checks_before_issuing(desk: Desk, monthly: MonthlyFigures, words: OfficersWords) -> list[CheckLine]:
    """Everything worth a look before the report is frozen; empty when all is well."""
    return [line for line in all_checks(desk, monthly, words) if not line.passed]


def all_checks(
    desk: Desk, monthly: MonthlyFigures, words: OfficersWords, reason: str = "", memo: MemoWords | None = None
) -> list[CheckLine]:
    """Every check with what came of it, warnings first; ``reason`` is a revision's, ``memo`` as typed for its memo."""
    sheet = draft_sheet(desk, monthly, words, reason)
    lines = [
        *_about_complaints(desk, monthly),
        *_about_figures(desk, monthly),
        *_about_target(desk, monthly, words),
        *_about_days(desk, monthly),
        *_about_year(desk, monthly),
        *_about_changes(desk, monthly.month),
        *about_pack(desk, monthly, sheet, memo),
    ]
    return sorted(lines, key=lambda line: line.passed)


def _about_complaints(desk: Desk, monthly: MonthlyFigures) -> Iterator[CheckLine]:
    month = monthly.month
    stored = complaints.notified_between(desk.register.connection, month.first, month.last)
    numbers = set(monthly.numbers)
    counted = [each for each in stored if each.number in numbers]
    of_month = replace(starting_filter(desk), month=month)
    if not monthly.figures.received:
        yield CheckLine(f"ไม่มีเรื่องใดในช่วงรายงานของเดือน{month.thai}", links=(Link(Opens.DAYS),))
    new = _numbers(each for each in counted if _is_unaccepted(desk, each, monthly))
    in_list = Link(Opens.LIST, narrowed=replace(of_month, status=Status.NEW))
    yield _counted(new, "ยังไม่ได้รับเรื่อง {} เรื่อง", "รับเรื่องแล้วทุกเรื่อง", in_list)
    if monthly.notified_later:
        later = len(monthly.notified_later)
        told = f"แจ้งภายหลังวันจัดทำรายงาน {later:,} เรื่อง ไม่อยู่ในตัวเลขของรายงานนี้"
        yield CheckLine(told, monthly.notified_later, (Link(Opens.DAYS),))
    lacking = _numbers(each for each in counted if each.lacks_days)
    if lacking:
        in_list = Link(Opens.LIST, narrowed=replace(of_month, due=Due.LACKS_DAYS))
        yield CheckLine(f"ขาดวันที่ {len(lacking):,} เรื่อง สถานะล้ำหน้าวันที่ที่บันทึก", lacking, (in_list,))
    torn = _numbers(each for each in counted if _contradicts_itself(desk, each))
    yield _counted(torn, "วันที่ขัดแย้งกัน {} เรื่อง", "วันที่ของทุกเรื่องเรียงกันถูกต้อง")


def _counted(numbers: tuple[str, ...], warning: str, well: str, link: Link | None = None) -> CheckLine:
    if not numbers:
        return CheckLine(well, passed=True)
    return CheckLine(warning.format(f"{len(numbers):,}"), numbers, () if link is None else (link,))


def _about_figures(desk: Desk, monthly: MonthlyFigures) -> Iterator[CheckLine]:
    figures = monthly.figures
    both = (figures.completed_percent, figures.in_progress_percent)
    adds_up = figures.completed + figures.in_progress == figures.received == len(monthly.numbers)
    if None not in both:
        adds_up = adds_up and sum(each for each in both if each is not None) == HUNDRED
    told = (
        f"เสร็จสิ้น {figures.completed:,} + อยู่ระหว่างดำเนินการ {figures.in_progress:,} = {figures.received:,} เรื่อง"
        f" (ร้อยละ {percent_words(both[0])} + {percent_words(both[1])})"
    )
    links = () if adds_up else (Link(Opens.LIST, narrowed=replace(starting_filter(desk), month=monthly.month)),)
    yield CheckLine(f"ตัวเลข{'รวมกันถูกต้อง' if adds_up else 'รวมกันไม่ตรง'}: {told}", links=links, passed=adds_up)


def _about_target(desk: Desk, monthly: MonthlyFigures, words: OfficersWords) -> Iterator[CheckLine]:
    """Her word on the target against both percentages: above it while one is not, below it while both reach it."""
    target, figures = desk.fiscal_year(monthly.month.fiscal_year).project.target, monthly.figures
    named = {"กระบวนการ": figures.process.percent, "ดำเนินการเสร็จสิ้น": figures.completed_percent}
    known = {name: percent for name, percent in named.items() if percent is not None}
    under = {name: percent for name, percent in known.items() if percent < target}
    match words.target:
        case TargetWord.ABOVE:
            wrong = under
        case TargetWord.BELOW:
            wrong = {} if under else known
        case _:
            return
    if wrong:
        told = " และ".join(f"ร้อยละของ{name}คือ {percent_words(percent)}" for name, percent in wrong.items())
        against = f"เป้าหมายร้อยละ {percent_words(target)}"
        yield CheckLine(f"เลือกว่า{words.target.value} แต่{told} ({against})", links=(Link(Opens.NOTE),))


def _about_days(desk: Desk, monthly: MonthlyFigures) -> Iterator[CheckLine]:
    month, on, last = monthly.month, monthly.on, monthly.last
    reports = issued_reports.of_month(desk.register.connection, month)
    days = f"วันจัดทำ {short_date(on)} ช่วงรายงานถึง {short_date(last)}"
    problem = ""
    if on < month.first:
        problem = f"วันจัดทำ {short_date(on)} อยู่ก่อนเดือน{month.thai} รายงานจะไม่มีเรื่องใด"
    elif reports and on < reports[-1].figures.on:
        problem = f"วันจัดทำ {short_date(on)} อยู่ก่อนฉบับที่ออกแล้ว ({short_date(reports[-1].figures.on)})"
    elif last < min(on, month.last):
        problem = f"{days} เรื่องที่แจ้งหลังจากนั้นในเดือนเดียวกันจะไม่อยู่ในรายงานใด"
    elif on < last:
        problem = f"{days} จัดทำก่อนสิ้นช่วง เรื่องที่แจ้งหลังวันจัดทำจะไม่อยู่ในรายงานนี้"
    late = on > monthly.send_by
    if late:
        told = f"วันจัดทำ {short_date(on)} เลยกำหนดส่ง {short_date(monthly.send_by)} แล้ว รายงานจะนำส่งเกินกำหนด"
        yield CheckLine(told, links=(Link(Opens.DAYS),))
    if problem:
        yield CheckLine(problem, links=(Link(Opens.DAYS),))
    elif not late:
        yield CheckLine(f"วันของรายงานสมเหตุผล: {days}", passed=True)


def _about_year(desk: Desk, monthly: MonthlyFigures) -> Iterator[CheckLine]:
    month = monthly.month
    year = desk.fiscal_year(month.fiscal_year)
    yield _in_sequence(desk, month)
    blank = blank_fields(year.project)
    if blank:
        yield CheckLine(f"ข้อมูลโครงการยังว่าง: {', '.join(blank)}", links=(Link(Opens.PROJECT),))
    else:
        yield CheckLine("ข้อมูลโครงการครบทุกช่อง", passed=True)
    if not year.core_types:
        yield CheckLine("ยังไม่ได้เลือกประเภทเรื่องหลัก จึงไม่มีคะแนนคุณภาพ", links=(Link(Opens.CORE_TYPES),))
    known = desk.calendar.known_years
    if known and month.year + ERA_OFFSET not in known:
        told = f"วันหยุดราชการปี {month.year + ERA_OFFSET} ในโปรแกรมยังไม่ครบ โปรดตรวจปฏิทินวันหยุด"
        yield CheckLine(told, links=(Link(Opens.HOLIDAYS),))


def _in_sequence(desk: Desk, month: Month) -> CheckLine:
    issued = newest_reports(desk, month.fiscal_year)
    skipped = [each for each in fiscal_year_months(month.fiscal_year) if each < month and each not in issued]
    if not skipped:
        return CheckLine(f"เลขรายงานต่อเนื่อง: ครั้งที่ {month.report_number}", passed=True)
    names = ", ".join(f"ครั้งที่ {each.report_number} ({each.short_thai})" for each in skipped)
    links = (Link(Opens.MONTH, month=each, words=f"เปิดรายงานเดือน{each.thai}") for each in skipped)
    return CheckLine(f"เลขรายงานไม่ต่อเนื่อง ยังไม่ได้ออกรายงาน{names}", links=tuple(links))


def _about_changes(desk: Desk, month: Month) -> Iterator[CheckLine]:
    """Whether the register still says what the reports of the fiscal year said, this month's last revision too."""
    same = []
    for each, report in sorted(newest_reports(desk, month.fiscal_year).items()):
        if each > month:
            break
        name = f"รายงานครั้งที่ {each.report_number} ({each.short_thai})"
        if each == month:
            name = f"{name} {revision_name(report.revision)}"
        if found := differences_of(desk, report):
            yield _changed(desk, name, found, each, month)
        else:
            same.append(name)
    if same:
        yield CheckLine(f"ทะเบียนยังตรงกับ{', '.join(same)} ที่ออกแล้ว", passed=True)


def _changed(desk: Desk, name: str, found: Differences, of: Month, month: Month) -> CheckLine:
    told = "; ".join(f"{each.name} ออกไว้ {each.issued} ขณะนี้ {each.now}" for each in found.figures)
    link = Link(Opens.MONTH, month=of, words=f"เปิดรายงานเดือน{of.thai}")
    if of == month:
        link = Link(Opens.LIST, narrowed=replace(starting_filter(desk), month=month))
    return CheckLine(f"ทะเบียนเปลี่ยนหลังออก{name}: {told or 'เรื่องที่นับเปลี่ยนไป'}", (*found.came, *found.went), (link,))


def _is_unaccepted(desk: Desk, each: Complaint, monthly: MonthlyFigures) -> bool:
    seen = standing(each, monthly.on, desk.calendar, desk.rules_of)
    return seen is not None and seen.status is Status.NEW


def _contradicts_itself(desk: Desk, each: Complaint) -> bool:
    return bool(problem_with_days(each, desk.today) or problem_with_status(each, each.stated))


def _numbers(found: Iterable[Complaint]) -> tuple[str, ...]:
    return tuple(sorted(each.number for each in found))
