"""The fiscal year's chart in the window: bars where the numbers say, exact figures by key and by mouse, both themes."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.domain.complaint import Complaint
from desktop.domain.months import Month
from desktop.services import complaint_work, month_reports
from desktop.services.desk import Desk
from desktop.services.month_reports import OfficersWords
from desktop.services.office_chart import OfficeChart, office_chart
from desktop.ui import theme
from desktop.ui.chart_painting import chart_colour
from desktop.ui.year_chart import YearChart, YearChartDialog

SMALL, LARGE = (460, 216), (1000, 540)
OCTOBER, NOVEMBER = "ตุลาคม 2562: ได้รับแจ้ง 4 เรื่อง ดำเนินการเสร็จสิ้น 3 เรื่อง ร้อยละ 75.00", "พฤศจิกายน 2562: ได้รับแจ้ง 2"


@pytest.fixture
def shown(open_desk: Callable[..., Desk]) -> OfficeChart:
    """Four received and three completed in October, two and none in November; December not reported."""
    desk = open_desk(date(2019, 12, 20))
    for place in range(6):
        month = 10 if place < 4 else 11
        done = {"accepted": date(2019, 10, 2), "completed": date(2019, 10, 3)} if place < 3 else {}
        complaint_work.save(desk, None, Complaint(str(place), date(2019, month, 2), **done))
    for number in (10, 11):
        month = Month(2019, number)
        month_reports.issue(desk, month_reports.figures_of_month(desk, month, month.last), OfficersWords(), None)
    return office_chart(desk, 2563)


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def dark(qapp: QApplication, request: pytest.FixtureRequest):
    theme.load_fonts(paths.fonts_folder())
    theme.apply_theme(qapp, dark=request.param)
    yield request.param
    theme.apply_theme(qapp, dark=False)
    qapp.setStyleSheet("")


def chart_of(qtbot: QtBot, shown: OfficeChart, size: tuple[int, int]) -> YearChart:
    chart = YearChart()
    qtbot.addWidget(chart)
    chart.show_chart(shown)
    chart.resize(*size)
    chart.show()
    return chart


def ink(chart: YearChart, colour: QColor, left: float, right: float) -> list[int]:
    """The rows in which a colour stands between two places of the chart, from the top."""
    image, frame = chart.grab().toImage().convertToFormat(QImage.Format.Format_RGB32), chart._frame()
    columns = range(round(frame.place(left, 0).x()) + 2, round(frame.place(right, 0).x()) - 2)
    near = [QColor(colour).red(), QColor(colour).green(), QColor(colour).blue()]

    def is_it(x: int, y: int) -> bool:
        seen = image.pixelColor(x, y)
        return all(
            abs(one - other) < 12 for one, other in zip(near, (seen.red(), seen.green(), seen.blue()), strict=True)
        )

    return [y for y in range(image.height()) if any(is_it(x, y) for x in columns)]


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_bars_stand_in_their_month_as_high_as_their_numbers(
    qtbot: QtBot, shown: OfficeChart, dark: bool, size: tuple[int, int]
) -> None:
    chart = chart_of(qtbot, shown, size)
    assert chart.is_whole() is (size == LARGE)
    frame, solid = chart._frame(), chart_colour("completed")
    heights = []
    for month in shown.months[:3]:
        middle, right = (month.left + month.right) / 2, month.right
        rows = [y for y in ink(chart, solid, middle, right) if y < frame.place(0, shown.floor).y() - 2]
        heights.append(frame.place(0, shown.floor).y() - rows[0] if rows else 0)
    top = frame.place(0, shown.floor).y() - chart._ceiling(frame)
    assert heights[0] == pytest.approx(3 / 4 * top, abs=3)  # three of four, the axis ends at four
    assert heights[1] == heights[2] == 0
    hollow = shown.months[1]
    received = ink(chart, chart_colour("received"), hollow.left, (hollow.left + hollow.right) / 2)
    assert frame.place(0, shown.floor).y() - received[0] == pytest.approx(2 / 4 * top, abs=3)


def test_the_numbers_stand_under_the_bars_only_where_they_can_be_read(
    qtbot: QtBot, shown: OfficeChart, dark: bool
) -> None:
    drawn = {}
    for size in (SMALL, LARGE):
        chart = chart_of(qtbot, shown, size)
        texts = [shape.text for shape in chart._shapes() if hasattr(shape, "text")]
        drawn[size] = texts
        painted = chart.grab().toImage()
        assert painted.width() == size[0]
    assert "75.00" in drawn[LARGE] and "75.00" not in drawn[SMALL]
    assert "ต.ค." in drawn[SMALL] and {"ต.ค.", "พ.ย.", "ก.ย."} <= set(drawn[LARGE])
    assert "เป้าหมายร้อยละ 90" in drawn[SMALL]


def test_every_month_tells_its_exact_figures_by_key(qtbot: QtBot, shown: OfficeChart) -> None:
    chart = chart_of(qtbot, shown, SMALL)
    told: list[str] = []
    opened: list[int] = []
    chart.month_told.connect(told.append)
    chart.month_opened.connect(opened.append)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        qtbot.keyClick(chart, key)
    assert told[0] == OCTOBER and told[1].startswith(NOVEMBER) and told[2:] == [OCTOBER, OCTOBER]
    assert opened == []  # Enter opens nothing while no month is chosen
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert told[-1] == "กันยายน 2563: ยังไม่ได้ออกรายงาน"
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert told[-1] == OCTOBER and opened == [0]


def test_every_month_tells_them_by_mouse_too(qtbot: QtBot, shown: OfficeChart, monkeypatch: pytest.MonkeyPatch) -> None:
    chart = chart_of(qtbot, shown, SMALL)
    frame, month = chart._frame(), shown.months[1]
    place = QPoint(round(frame.place((month.left + month.right) / 2, 0).x()), 60)
    tips: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, words, _widget: tips.append(words))
    for point in (place, QPoint(2, 2)):
        QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, point, chart.mapToGlobal(point)))
    assert tips[0].startswith(NOVEMBER) and tips[1] == ""
    with qtbot.waitSignal(chart.month_told) as told:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert told.args[0].startswith(NOVEMBER) and chart.chosen() == 1
    with qtbot.waitSignal(chart.month_opened) as opened:
        qtbot.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [1] and chart._month_at(QPointF(2, 2)) == -1


def test_it_speaks_to_a_screen_reader(qtbot: QtBot, shown: OfficeChart) -> None:
    chart = chart_of(qtbot, shown, SMALL)
    assert chart.accessibleName() == "แผนภูมิปีงบประมาณ 2563"
    assert "ต.ค. ได้รับแจ้ง 4 เสร็จสิ้น 3 ร้อยละ 75.00" in chart.accessibleDescription()


def test_a_chart_of_nothing_is_drawn_without_a_bar(qtbot: QtBot, desk: Desk) -> None:
    chart = chart_of(qtbot, office_chart(desk, 2563), LARGE)
    chart.grab()
    chart.choose(-5)
    assert chart.chosen() == 0
    blank = YearChart()
    qtbot.addWidget(blank)
    blank.grab()
    qtbot.keyClick(blank, Qt.Key.Key_Right)
    assert blank.chosen() == -1


def test_the_large_chart_tells_the_chosen_month_in_words(qtbot: QtBot, shown: OfficeChart) -> None:
    dialog = YearChartDialog(shown)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.focusWidget() is dialog.chart
    qtbot.keyClick(dialog.chart, Qt.Key.Key_Right)
    assert dialog.told.text() == OCTOBER
    qtbot.keyClick(dialog.chart, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
