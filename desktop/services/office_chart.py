"""The fiscal year's chart for the window: the very shapes the PDF draws, as plain values, and each month in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.domain.block_wording import percent_words
from desktop.domain.month_summary import chart_months
from desktop.domain.pack_sheet import ChartMonth
from desktop.domain.report_sheet import ReportBlock
from desktop.services.desk import Desk
from desktop.services.month_reports import newest_reports


@dataclass(frozen=True)
class DrawnLine:
    """A straight line; ``ink`` is what it stands for: received, completed, percent, target, axis or grid."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: str
    width: float
    dashed: bool


@dataclass(frozen=True)
class DrawnBar:
    """A rectangle from its lower left corner; ``hollow``: its outline alone."""

    x: float
    y: float
    width: float
    height: float
    ink: str
    hollow: bool


@dataclass(frozen=True)
class DrawnText:
    """One line of text with its base line at ``y``; it starts, ends or has its middle at ``x`` (``anchor``)."""

    x: float
    y: float
    text: str
    size: float
    anchor: str
    bold: bool


Drawn = DrawnLine | DrawnBar | DrawnText


@dataclass(frozen=True)
class MonthPlace:
    """Where a month stands in the chart, from left to right in its units, and what it says."""

    left: float
    right: float
    told: str


@dataclass(frozen=True)
class OfficeChart:
    """The shapes in the order they are drawn; the origin is the lower left, y grows upwards; ``told`` says it all."""

    title: str
    width: float
    height: float
    shapes: tuple[Drawn, ...]
    told: str
    months: tuple[MonthPlace, ...]
    floor: float  # of the plot
    table_top: float  # below it stand the rows of numbers, between it and the floor the months' names


def office_chart(desk: Desk, year: int, draft: ReportBlock | None = None) -> OfficeChart:
    """The chart of a fiscal year (Buddhist era): the issued reports, and ``draft`` in its month's place."""
    from forms.chart import NAMES, RIGHT_AXIS, ROW, year_chart

    blocks = {report.month: report.block for report in newest_reports(desk, year).values()}
    if draft is not None:
        blocks[draft.month] = draft
    months = chart_months(year, blocks.values())
    chart = year_chart(months, desk.fiscal_year(year).project.target)
    floor = 4 * ROW  # under it the row of the months' names and three rows of numbers
    width = (chart.width - NAMES - RIGHT_AXIS) / len(months)
    of_draft = None if draft is None else draft.month
    return OfficeChart(
        title=f"แผนภูมิปีงบประมาณ {year}",
        width=chart.width,
        height=chart.height,
        shapes=tuple(_drawn(chart.shapes)),
        told=chart.told,
        months=tuple(
            MonthPlace(NAMES + place * width, NAMES + (place + 1) * width, _told(each, is_draft=each.month == of_draft))
            for place, each in enumerate(months)
        ),
        floor=floor,
        table_top=floor - ROW,
    )


def _drawn(shapes: Iterable[object]) -> Iterator[Drawn]:
    from forms.chart import ChartBar, ChartLine, ChartText

    for shape in shapes:
        match shape:
            case ChartLine(x1, y1, x2, y2, ink, width, dashed):
                yield DrawnLine(x1, y1, x2, y2, ink.value, width, dashed)
            case ChartBar(x, y, width, height, ink, hollow):
                yield DrawnBar(x, y, width, height, ink.value, hollow)
            case ChartText(x, y, text, size, anchor, bold):
                yield DrawnText(x, y, text, size, anchor.value, bold)


def _told(each: ChartMonth, *, is_draft: bool) -> str:
    if each.received is None or each.completed is None:
        return f"{each.month.thai}: ยังไม่ได้ออกรายงาน"
    draft = " (ร่าง)" if is_draft else ""
    return (
        f"{each.month.thai}{draft}: ได้รับแจ้ง {each.received:,} เรื่อง"
        f" ดำเนินการเสร็จสิ้น {each.completed:,} เรื่อง ร้อยละ {percent_words(each.percent)}"
    )
