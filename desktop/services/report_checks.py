"""The check before issuing a monthly report: it warns and never stops the officer (rules.md, step 3)."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.complaint import Complaint, Status
from desktop.domain.day_order import problem_with_days, problem_with_status
from desktop.domain.figures import MonthlyFigures
from desktop.domain.months import fiscal_year_months
from desktop.domain.obligations import standing
from desktop.domain.report_sheet import ReportSheet
from desktop.domain.thai_dates import ERA_OFFSET
from desktop.services.desk import Desk
from desktop.services.month_reports import OfficersWords, draft_sheet, newest_reports
from desktop.services.project_checks import blank_fields
from desktop.storage import complaints


@dataclass(frozen=True)
class CheckLine:
    """One thing to look at before issuing, in Thai, with the complaints concerned in order of number."""

    text: str
    numbers: tuple[str, ...] = ()


def checks_before_issuing(desk: Desk, monthly: MonthlyFigures, words: OfficersWords) -> list[CheckLine]:
    """Everything worth a look before the report is frozen; empty when all is well."""
    lines = [*_about_complaints(desk, monthly), *_about_year(desk, monthly)]
    missing = missing_in_sheet(desk, draft_sheet(desk, monthly, words))
    if missing:
        told = " ".join(f"{character} (U+{ord(character):04X})" for character in missing)
        lines.append(CheckLine(f"แบบอักษรของรายงานไม่มีตัว {told} จะพิมพ์เป็นรหัสแทน"))
    return lines


def missing_in_sheet(desk: Desk, sheet: ReportSheet) -> tuple[str, ...]:
    """The characters of the typed texts that the report's fonts lack."""
    from forms.missing_glyphs import missing_characters
    from forms.progress_report import sheet_texts

    return missing_characters("\n".join(sheet_texts(sheet)), desk.shipped.fonts)


def _about_complaints(desk: Desk, monthly: MonthlyFigures) -> Iterator[CheckLine]:
    month = monthly.month
    stored = complaints.notified_between(desk.register.connection, month.first, month.last)
    counted = [each for each in stored if each.number in set(monthly.numbers)]
    if not monthly.figures.received:
        yield CheckLine(f"ไม่มีเรื่องใดในช่วงรายงานของเดือน{month.thai}")
    new = [each for each in counted if _is_unaccepted(desk, each, monthly)]
    if new:
        yield CheckLine(f"ยังไม่ได้รับเรื่อง {len(new):,} เรื่อง", _numbers(new))
    if monthly.notified_later:
        later = len(monthly.notified_later)
        yield CheckLine(f"แจ้งภายหลังวันจัดทำรายงาน {later:,} เรื่อง ไม่อยู่ในตัวเลขของรายงานนี้", monthly.notified_later)
    lacking = [each for each in counted if each.lacks_days]
    if lacking:
        yield CheckLine(f"ขาดวันที่ {len(lacking):,} เรื่อง สถานะล้ำหน้าวันที่ที่บันทึก", _numbers(lacking))
    torn = [each for each in counted if _contradicts_itself(desk, each)]
    if torn:
        yield CheckLine(f"วันที่ขัดแย้งกัน {len(torn):,} เรื่อง", _numbers(torn))


def _about_year(desk: Desk, monthly: MonthlyFigures) -> Iterator[CheckLine]:
    month = monthly.month
    year = desk.fiscal_year(month.fiscal_year)
    issued = newest_reports(desk, year.year)
    skipped = [each for each in fiscal_year_months(year.year) if each < month and each not in issued]
    if skipped:
        names = ", ".join(f"ครั้งที่ {each.report_number} ({each.short_thai})" for each in skipped)
        yield CheckLine(f"เลขรายงานไม่ต่อเนื่อง ยังไม่ได้ออกรายงาน{names}")
    blank = blank_fields(year.project)
    if blank:
        yield CheckLine(f"ข้อมูลโครงการยังว่าง: {', '.join(blank)}")
    if not year.core_types:
        yield CheckLine("ยังไม่ได้เลือกประเภทเรื่องหลัก จึงไม่มีคะแนนคุณภาพ")
    known = desk.calendar.known_years
    if known and month.year + ERA_OFFSET not in known:
        yield CheckLine(f"วันหยุดราชการปี {month.year + ERA_OFFSET} ในโปรแกรมยังไม่ครบ โปรดตรวจปฏิทินวันหยุด")


def _is_unaccepted(desk: Desk, each: Complaint, monthly: MonthlyFigures) -> bool:
    seen = standing(each, monthly.on, desk.calendar, desk.rules_of)
    return seen is not None and seen.status is Status.NEW


def _contradicts_itself(desk: Desk, each: Complaint) -> bool:
    return bool(problem_with_days(each, desk.today) or problem_with_status(each, each.stated))


def _numbers(found: list[Complaint]) -> tuple[str, ...]:
    return tuple(sorted(each.number for each in found))
