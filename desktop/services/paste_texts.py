"""Texts to paste into the central system: a month in words, by type, its quarter, fiscal year; a finished answer."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.block_wording import figure_lines, percent_words
from desktop.domain.complaint import Complaint, Status
from desktop.domain.figures import Figures, MonthlyFigures, figures_of
from desktop.domain.months import Month, fiscal_year_months
from desktop.domain.obligations import standing
from desktop.domain.pack_sheet import MonthSummary, TypeRow
from desktop.domain.report_sheet import Counted, ReportSheet
from desktop.domain.thai_dates import short_date
from desktop.services.complaint_work import complaint
from desktop.services.desk import CannotDo, Desk
from desktop.services.month_pack import summary_of_month
from desktop.storage import complaints

MONTHS_OF_QUARTER = 3
NO_TYPE = "ไม่ระบุประเภท"


@dataclass(frozen=True)
class PasteText:
    """A text ready for the clipboard and what it is."""

    title: str
    text: str


def month_texts(desk: Desk, monthly: MonthlyFigures, sheet: ReportSheet) -> tuple[PasteText, ...]:
    """The month in the form's words, by type, its quarter and its fiscal year to the report's day.

    Of an issued report the first and the last are frozen; the others are counted anew and say so when they differ.
    """
    month, on = monthly.month, short_date(monthly.on)
    quarter = (month.report_number - 1) // MONTHS_OF_QUARTER
    of_quarter = fiscal_year_months(month.fiscal_year)[quarter * MONTHS_OF_QUARTER :][:MONTHS_OF_QUARTER]
    until = f"ข้อมูล ณ วันที่ {on}"
    by_quarter, summary = _figures(desk, of_quarter, monthly), summary_of_month(desk, monthly, sheet)
    changed = () if sheet.draft else _changed(desk, monthly, summary)
    return (
        PasteText(f"เดือน{month.thai}", "\n".join(_month_lines(sheet))),
        PasteText(f"เดือน{month.thai} แยกตามประเภทเรื่อง", "\n".join((*_type_lines(summary), *changed))),
        PasteText(
            f"ไตรมาสที่ {quarter + 1} ปีงบประมาณ {month.fiscal_year}",
            "\n".join((_quarter_head(quarter, of_quarter, until), _figure_words(by_quarter), *changed)),
        ),
        PasteText(
            f"ปีงบประมาณ {month.fiscal_year} ถึง {on}",
            f"ปีงบประมาณ พ.ศ. {month.fiscal_year} {until}\n{_figure_words(monthly.year_to_date)}",
        ),
    )


def _quarter_head(quarter: int, months: tuple[Month, ...], until: str) -> str:
    span = f"{months[0].short_thai} - {months[-1].short_thai}"
    return f"ไตรมาสที่ {quarter + 1} ปีงบประมาณ พ.ศ. {months[0].fiscal_year} ({span}) {until}"


def _changed(desk: Desk, monthly: MonthlyFigures, summary: MonthSummary) -> tuple[str, ...]:
    """A line for what is counted from the register as it is now, when that is no longer what the issued report says."""
    year = _figures(desk, fiscal_year_months(monthly.month.fiscal_year), monthly)
    if not summary.was_changed and year == monthly.year_to_date:
        return ()
    figures = monthly.figures
    return (
        "ทะเบียนถูกแก้ไขหลังออกรายงาน ตัวเลขข้างต้นนับจากทะเบียนขณะนี้ จึงอาจต่างจากรายงานที่ออกแล้ว ซึ่งระบุว่าเดือนนี้"
        f"ได้รับแจ้ง {figures.received:,} เรื่อง ดำเนินการเสร็จสิ้น {figures.completed:,} เรื่อง",
    )


def answer_text(desk: Desk, number: str) -> str:
    """A finished complaint's answer for the person who complained; raises CannotDo while there is none."""
    found = complaint(desk, number)
    if found.told_status is not Status.COMPLETED:
        raise CannotDo(f"เรื่อง {number} ยังไม่แล้วเสร็จ จึงยังไม่มีคำตอบให้คัดลอก ไม่มีอะไรเปลี่ยน โปรดบันทึกแล้วเสร็จก่อน")
    lines = [line for line in _answer_lines(found) if line]
    if not lines:
        raise CannotDo(f"เรื่อง {number} แล้วเสร็จแล้ว แต่ยังไม่ได้พิมพ์ผลการดำเนินการ จึงไม่มีอะไรให้คัดลอก โปรดพิมพ์ก่อน")
    done = "" if found.completed is None else f"ดำเนินการเสร็จสิ้นเมื่อวันที่ {short_date(found.completed)}"
    return "\n".join([*lines, done]).strip()


def _answer_lines(found: Complaint) -> Iterator[str]:
    yield found.answer.strip()
    for name, text in (
        ("รายละเอียดการดำเนินการ", found.action),
        ("การประสานงาน", found.coordination),
        ("เลขที่หนังสือ", found.letter_number),
        ("เลขที่คำสั่ง", found.order_number),
    ):
        if text.strip():
            yield f"{name} : {text.strip()}"


def _month_lines(sheet: ReportSheet) -> Iterator[str]:
    """The form's own lines; what the central system prints before them by itself is left out."""
    head, *rest = figure_lines(sheet.report)
    yield head.rpartition("...")[2]
    yield from (line for line in rest if not line.startswith("::"))


def _type_lines(summary: MonthSummary) -> Iterator[str]:
    monthly = summary.monthly
    yield f"เดือน{monthly.month.thai} แยกตามประเภทเรื่อง ข้อมูล ณ วันที่ {short_date(monthly.on)}"
    yield from (f"{place}. {_type_words(row)}" for place, row in enumerate(summary.types, 1))
    yield f"รวม {_counted_words(summary.total)}"
    if summary.several_types:
        yield "เรื่องที่มีหลายประเภทนับในทุกประเภทของเรื่องนั้น"


def _type_words(row: TypeRow) -> str:
    return f"{row.name or NO_TYPE} {_counted_words(row)}"


def _counted_words(counted: Counted) -> str:
    return (
        f"ได้รับแจ้ง {counted.received:,} เรื่อง ดำเนินการเสร็จสิ้น {counted.completed:,} เรื่อง"
        f" (ร้อยละ {percent_words(counted.completed_percent)}) อยู่ระหว่างดำเนินการ {counted.in_progress:,} เรื่อง"
        f" (ร้อยละ {percent_words(counted.in_progress_percent)})"
    )


def _figure_words(figures: Figures) -> str:
    process = figures.process
    return (
        f"{_counted_words(figures)}\n"
        f"ปฏิบัติถูกต้องตามกระบวนการ {process.done:,} จาก {process.total:,} เรื่อง (ร้อยละ {percent_words(process.percent)})"
    )


def _figures(desk: Desk, months: tuple[Month, ...], monthly: MonthlyFigures) -> Figures:
    """Complaints notified in some months up to the report's day, as they stand on it (as the year to date is told)."""
    year = desk.fiscal_year(monthly.month.fiscal_year)
    stored = complaints.notified_between(desk.register.connection, months[0].first, months[-1].last)
    seen = (standing(each, monthly.on, desk.calendar, desk.rules_of) for each in stored)
    return figures_of((each for each in seen if each is not None), year.rules, frozenset(year.core_types))
