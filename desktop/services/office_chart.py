"""The fiscal year's chart for the window: the very shapes the PDF draws, as plain values, and each month in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.block_wording import percent_words
from desktop.domain.month_summary import chart_months
from desktop.domain.pack_sheet import ChartMonth
from desktop.domain.report_sheet import ReportBlock
from desktop.services.desk import Desk
from desktop.services.month_reports import newest_reports
from forms.chart import NAMES, RIGHT_AXIS, ROW, Anchor, Chart, ChartBar, ChartLine, ChartText, Ink, year_chart

FLOOR = 4 * ROW  # of the plot; under it the row of the months' names and three rows of numbers
TABLE_TOP = FLOOR - ROW
__all__ = ["Anchor", "ChartBar", "ChartLine", "ChartText", "Ink", "MonthPlace", "OfficeChart", "office_chart"]


@dataclass(frozen=True)
class MonthPlace:
    """Where a month stands in the chart, from left to right in its units, and what it says."""

    left: float
    right: float
    told: str


@dataclass(frozen=True)
class OfficeChart:
    """The shapes in the order they are drawn, and the twelve months."""

    title: str
    chart: Chart
    months: tuple[MonthPlace, ...]
    floor: float  # of the plot
    table_top: float  # below it stand the rows of numbers, between it and the floor the months' names


def office_chart(desk: Desk, year: int, draft: ReportBlock | None = None) -> OfficeChart:
    """The chart of a fiscal year (Buddhist era): the issued reports, and ``draft`` in its month's place."""
    blocks = {report.month: report.block for report in newest_reports(desk, year).values()}
    if draft is not None:
        blocks[draft.month] = draft
    months = chart_months(year, blocks.values())
    chart = year_chart(months, desk.fiscal_year(year).project.target)
    return OfficeChart(f"แผนภูมิปีงบประมาณ {year}", chart, tuple(_places(months, chart, draft)), FLOOR, TABLE_TOP)


def _places(months: tuple[ChartMonth, ...], chart: Chart, draft: ReportBlock | None) -> Iterable[MonthPlace]:
    width = (chart.width - NAMES - RIGHT_AXIS) / len(months)
    for place, each in enumerate(months):
        left = NAMES + place * width
        yield MonthPlace(left, left + width, _told(each, is_draft=draft is not None and each.month == draft.month))


def _told(each: ChartMonth, *, is_draft: bool) -> str:
    if each.received is None or each.completed is None:
        return f"{each.month.thai}: ยังไม่ได้ออกรายงาน"
    draft = " (ร่าง)" if is_draft else ""
    return (
        f"{each.month.thai}{draft}: ได้รับแจ้ง {each.received:,} เรื่อง"
        f" ดำเนินการเสร็จสิ้น {each.completed:,} เรื่อง ร้อยละ {percent_words(each.percent)}"
    )
