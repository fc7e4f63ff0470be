"""The fiscal year's chart: plain shapes that say what the reports said, drawn as vectors that readers can copy out."""

from datetime import date
from decimal import Decimal

import numpy
import pytest

from desktop.domain.month_summary import chart_months
from desktop.domain.months import Month, fiscal_year_months
from desktop.domain.pack_sheet import ChartMonth
from desktop.domain.report_sheet import ReportBlock
from forms.chart import Anchor, ChartBar, ChartLine, ChartText, Ink, axis_step, year_chart
from forms.chart_drawing import ChartFlowable
from forms.thai_document import Section, document_pdf
from forms.typesetting import load_typesetter
from tests.forms.pack_ground import FONTS, WORDS
from tests.forms.pdf_checks import four_readings, page_pictures, poppler_text, squeezed

# form.md: the four months every reader can check
FOUR = ((10, 217, 131, "60.37"), (11, 225, 176, "78.22"), (12, 146, 97, "66.44"), (1, 164, 124, "75.61"))
MONTHS = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.")


def four_months():
    blocks = [
        ReportBlock(Month(2019 + (m < 10), m), 1, date(2020, 2, 1), date(2019, 10, 1), date(2020, 1, 31), all_, done)
        for m, all_, done, _ in FOUR
    ]
    return chart_months(2563, blocks)


def texts(chart):
    return [shape.text for shape in chart.shapes if isinstance(shape, ChartText)]


def bars(chart, ink):
    """The bars of the plot, without the key in the legend."""
    found = [shape for shape in chart.shapes if isinstance(shape, ChartBar) and shape.ink is ink]
    return [bar for bar in found if bar.x > 90]


def drawn(folder, chart):
    file = folder / "chart.pdf"
    flowable = ChartFlowable(chart, load_typesetter(FONTS, WORDS))
    file.write_bytes(document_pdf([Section((flowable,))], "แผนภูมิ", "", date(2020, 1, 28)))
    return file


def test_the_months_without_a_report_are_empty():
    months = four_months()
    assert [each.month for each in months] == list(fiscal_year_months(2563))
    assert [each.received for each in months] == [217, 225, 146, 164, *[None] * 8]
    assert [str(each.percent) for each in months[:4]] == [percent for *_, percent in FOUR]


def test_every_number_of_the_four_months_stands_under_the_bars():
    chart = year_chart(four_months())
    said = texts(chart)
    for _, received, completed, percent in FOUR:
        assert {str(received), str(completed), percent} <= set(said)
    assert [text for text in said if text in MONTHS] == list(MONTHS)
    assert {"ได้รับแจ้ง", "ดำเนินการเสร็จสิ้น", "ร้อยละที่เสร็จสิ้น"} <= set(said)


def test_bars_stand_on_one_floor_and_are_as_high_as_their_numbers():
    chart = year_chart(four_months())
    for ink, counts in ((Ink.RECEIVED, [217, 225, 146, 164]), (Ink.COMPLETED, [131, 176, 97, 124])):
        found = bars(chart, ink)
        assert len({bar.y for bar in found}) == 1
        assert [bar.height / found[0].height for bar in found] == pytest.approx([n / counts[0] for n in counts])
        assert all(bar.hollow is (ink is Ink.RECEIVED) for bar in found)
    top = next(shape.y1 for shape in reversed(chart.shapes) if isinstance(shape, ChartLine) and shape.ink is Ink.GRID)
    floor = bars(chart, Ink.RECEIVED)[0].y
    ceiling = max(shape.y1 for shape in chart.shapes if isinstance(shape, ChartLine) and shape.ink is Ink.GRID)
    assert floor + 225 / 240 * (ceiling - floor) == pytest.approx(floor + bars(chart, Ink.RECEIVED)[1].height)
    assert top < ceiling


def test_the_line_joins_neighbouring_months_alone():
    months = [ChartMonth(month) for month in fiscal_year_months(2563)]
    for place, received, completed in ((0, 10, 5), (1, 10, 10), (3, 4, 1), (5, 0, 0), (6, 8, 0)):
        months[place] = ChartMonth(months[place].month, received, completed)
    chart = year_chart(months)
    lines = [shape for shape in chart.shapes if isinstance(shape, ChartLine) and shape.ink is Ink.PERCENT]
    assert len([line for line in lines if line.x1 > 90]) == 1  # only October to November
    assert len(bars(chart, Ink.PERCENT)) == 4
    assert texts(chart).count("-") == 1  # nothing received
    assert len(bars(chart, Ink.RECEIVED)) == 4
    assert len(bars(chart, Ink.COMPLETED)) == 3


def test_a_year_without_any_report_is_an_empty_frame():
    chart = year_chart(chart_months(2563, ()))
    assert not [shape for shape in chart.shapes if isinstance(shape, ChartBar) and shape.x > 90]
    assert chart.told == "ยังไม่มีรายงานในปีงบประมาณนี้"


def test_the_chart_is_told_in_one_sentence_too():
    assert year_chart(four_months()).told.startswith("ต.ค. ได้รับแจ้ง 217 เสร็จสิ้น 131 ร้อยละ 60.37; พ.ย. ได้รับแจ้ง 225")


@pytest.mark.parametrize(
    ("most", "step"),
    [(0, 1), (1, 1), (4, 1), (5, 2), (225, 60), (240, 60), (241, 80), (4_999, 1_500), (100_000, 25_000)],
)
def test_the_axis_counts_in_round_steps(most, step):
    assert axis_step(most) == step


@pytest.mark.parametrize("most", [3, 217, 99_999])
def test_no_shape_leaves_the_box(most):
    months = [ChartMonth(month, most, most // 3 * 2) for month in fiscal_year_months(2563)]
    chart = year_chart(months, Decimal("92.5"))
    for shape in chart.shapes:
        match shape:
            case ChartLine(x1, y1, x2, y2):
                corners = [(x1, y1), (x2, y2)]
            case ChartBar(x, y, width, height):
                corners = [(x, y), (x + width, y + height)]
            case ChartText(x, y, text, size, anchor):
                wide = len(text) * size * 0.6
                left = {Anchor.START: x, Anchor.MIDDLE: x - wide / 2, Anchor.END: x - wide}[anchor]
                corners = [(left, y), (left + wide, y + size)]
        assert all(-8 <= x <= chart.width + 8 and 0 <= y <= chart.height for x, y in corners), shape
    assert "เป้าหมายร้อยละ 92.5" in texts(chart)


def test_the_drawing_is_copied_out_whole_and_holds_no_picture(tmp_path):
    chart = year_chart(four_months(), Decimal(90))
    file = drawn(tmp_path, chart)
    wanted = squeezed("".join(texts(chart)))
    assert squeezed(poppler_text(file, "-raw")) == wanted
    assert all(sorted(squeezed(text)) == sorted(wanted) for text in four_readings(file).values())
    assert b"/Subtype /Image" not in file.read_bytes()


def test_received_and_completed_are_told_apart_without_colour(tmp_path):
    chart = year_chart(four_months())
    page = page_pictures(drawn(tmp_path, chart), tmp_path, 144)[0]
    left, top = 3 / 2.54 * 144, 2.4 / 2.54 * 144

    def ink_inside(bar):
        x, y = left + bar.x * 2, top + (chart.height - bar.y) * 2
        box = page[int(y - bar.height * 0.4) : int(y - bar.height * 0.1), int(x + 4) : int(x + bar.width * 2 - 4)]
        return numpy.median(box)

    assert ink_inside(bars(chart, Ink.RECEIVED)[0]) < 10
    assert ink_inside(bars(chart, Ink.COMPLETED)[0]) > 100
