"""The fiscal year's chart in the window: the very shapes of the PDF, each month's exact figures by key and by mouse.

Where it is too small for the table of numbers to be read, the plot alone is drawn, and the numbers stand under it.
"""

from collections.abc import Iterator
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from desktop.services.office_chart import Drawn, DrawnBar, DrawnLine, DrawnText, OfficeChart
from desktop.ui import theme
from desktop.ui.button_row import button_row, primary_button
from desktop.ui.chart_painting import Frame, chart_colour, paint_bar, paint_line
from desktop.ui.dialog_size import start_size
from desktop.ui.plain_label import heading_label, plain_label
from desktop.ui.theme import GRID, Look

PLOT_HEIGHT = 27 * GRID
LEAST_WIDTH = 30 * GRID
LARGE_WIDTH, LARGE_HEIGHT = 130 * GRID, 82 * GRID
KEYS = "□ ได้รับแจ้ง   ■ ดำเนินการเสร็จสิ้น   –■– ร้อยละที่เสร็จสิ้น   - - เป้าหมาย"
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class YearChart(QWidget):
    """Draws one chart; ``month_told`` bears the words of the month chosen by key or mouse, blank for none."""

    month_told = Signal(str)
    month_opened = Signal(int)  # its place from October on: Enter or a double click

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: OfficeChart | None = None
        self._chosen = -1
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(LEAST_WIDTH, PLOT_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def _connect(self) -> None:
        """Nothing to connect: keys and mouse come as events."""

    def sizeHint(self) -> QSize:
        """A card's width."""
        return QSize(LEAST_WIDTH, PLOT_HEIGHT)

    def show_chart(self, shown: OfficeChart) -> None:
        """Show a fiscal year; the month chosen stays."""
        self._shown = shown
        self.setAccessibleName(shown.title)
        self.setAccessibleDescription(shown.told)
        self.update()

    def chosen(self) -> int:
        """The place of the month chosen, from October on; -1: none."""
        return self._chosen

    def choose(self, place: int) -> None:
        """Choose a month by its place; beyond the ends the first or the last."""
        if self._shown is None:
            return
        self._chosen = min(max(place, 0), len(self._shown.months) - 1)
        self.month_told.emit(self._shown.months[self._chosen].told)
        self.update()

    def is_whole(self) -> bool:
        """Whether the table of numbers is drawn too: its letters are large enough to be read."""
        if self._shown is None:
            return False
        chart = self._shown
        smallest = min(each.size for each in chart.shapes if isinstance(each, DrawnText))
        scale = min(self.width() / chart.width, self.height() / chart.height)
        return smallest * scale >= _text_pixels()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose a month, Home and End the first and the last, Enter opens it."""
        months = 0 if self._shown is None else len(self._shown.months)
        if event.key() in STEPS and months:
            step = STEPS[Qt.Key(event.key())]
            self.choose(self._chosen + step if self._chosen >= 0 else (0 if step > 0 else months - 1))
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and months:
            self.choose(0 if event.key() == Qt.Key.Key_Home else months - 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen >= 0:
            self.month_opened.emit(self._chosen)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press chooses the month under the mouse."""
        place = self._month_at(event.position())
        if place >= 0:
            self.choose(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens it."""
        if self._month_at(event.position()) >= 0:
            self.month_opened.emit(self._month_at(event.position()))

    def event(self, event: QEvent) -> bool:
        """The tooltip tells the figures of the month under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._shown is not None:
            place = self._month_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._shown.months[place].told if place >= 0 else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every shape in its order, in the colours of the theme."""
        if self._shown is None:
            return
        painter = QPainter(self)
        try:
            self._paint(painter)
        finally:
            painter.end()  # one left open ends the program

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_chosen(painter, self._frame())
        for shape in self._shapes():
            match shape:
                case DrawnLine():
                    paint_line(painter, self._frame(), shape)
                case DrawnBar():
                    paint_bar(painter, self._frame(), shape)
                case DrawnText():
                    self._paint_text(painter, self._frame(), shape)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.colours().accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_chosen(self, painter: QPainter, frame: Frame) -> None:
        if self._chosen < 0 or self._shown is None:
            return
        month = self._shown.months[self._chosen]
        left, right = frame.place(month.left, 0).x(), frame.place(month.right, 0).x()
        painter.fillRect(QRectF(left, 0, right - left, self.height()), QColor(theme.colours().tint[Look.SOON]))

    def _shapes(self) -> Iterator[Drawn]:
        """All of them, or those of the plot alone: of the months' names as many as there is room for."""
        assert self._shown is not None
        if self.is_whole():
            yield from self._shown.shapes
            return
        first = self._shown.months[0].left
        every = ceil(_widest_month(self._shown) / self._month_width())
        for shape in self._shown.shapes:
            low = shape.y1 if isinstance(shape, DrawnLine) else shape.y
            if low <= self._shown.table_top:
                continue
            if isinstance(shape, DrawnText) and shape.bold and (shape.x < first or self._place_of(shape.x) % every):
                continue
            yield shape

    def _month_width(self) -> float:
        assert self._shown is not None
        month = self._shown.months[0]
        return (month.right - month.left) * self._frame().wide

    def _place_of(self, x: float) -> int:
        """The month over a place of the chart; -1: none."""
        months = () if self._shown is None else self._shown.months
        return next((place for place, month in enumerate(months) if month.left <= x < month.right), -1)

    def _paint_text(self, painter: QPainter, frame: Frame, words: DrawnText) -> None:
        """In the window's own size, never beyond the edges."""
        font = QFont(theme.text_font())
        font.setBold(words.bold)
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(words.text)
        point = frame.place(words.x, words.y)
        left = point.x() - {"start": 0.0, "middle": width / 2, "end": width}[words.anchor]
        painter.setFont(font)
        painter.setPen(chart_colour("words"))
        y = point.y()
        if not self.is_whole():  # the months' names stand at the foot, what the axes count at the head
            y = self.height() - GRID / 2 if words.bold else y
            y = metrics.capHeight() + GRID if y < self._ceiling(frame) else y
        painter.drawText(QPointF(min(max(left, 2.0), self.width() - width - 2), y), words.text)

    def _ceiling(self, frame: Frame) -> float:
        """The upper edge of the plot."""
        assert self._shown is not None
        lines = (each for each in self._shown.shapes if isinstance(each, DrawnLine) and each.ink == "grid")
        return frame.place(0, max(line.y1 for line in lines)).y()

    def _frame(self) -> Frame:
        """The whole chart in its own proportions, or the plot alone over all there is."""
        assert self._shown is not None
        chart, months = self._shown, self._shown.months
        if self.is_whole():
            scale = min(self.width() / chart.width, self.height() / chart.height)
            return Frame((self.width() - chart.width * scale) / 2, chart.height * scale, scale, scale)
        metrics = QFontMetricsF(theme.text_font())
        line = metrics.capHeight() + GRID
        beside = metrics.horizontalAdvance("1,200") + GRID / 2
        wide = (self.width() - 2 * beside) / (months[-1].right - months[0].left)
        high = (self.height() - 2 * line) / (chart.height - self._shown.floor)
        return Frame(beside - months[0].left * wide, self.height() - line + self._shown.floor * high, wide, high)

    def _month_at(self, point: QPointF) -> int:
        """The month under a point of the widget; -1: none."""
        if self._shown is None:
            return -1
        frame = self._frame()
        return self._place_of((point.x() - frame.x) / frame.wide)


def _widest_month(shown: OfficeChart) -> float:
    names = (each.text for each in shown.shapes if isinstance(each, DrawnText) and each.bold)
    return max(map(QFontMetricsF(theme.text_font()).horizontalAdvance, names)) + GRID


def _text_pixels() -> float:
    """How large a letter of the chart must be for the table of numbers to be read."""
    return QFontMetricsF(theme.text_font()).xHeight() * 1.6


class YearChartDialog(QDialog):
    """The chart large enough for its numbers, with the chosen month in words below."""

    def __init__(self, shown: OfficeChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setWindowTitle(self._shown.title)
        self.chart = YearChart()
        self.chart.show_chart(self._shown)
        self.told = plain_label("เลือกเดือนด้วยลูกศรซ้ายขวาหรือเมาส์ เพื่ออ่านตัวเลข", muted=True)
        self.close_button = primary_button("&ปิด")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        layout.addWidget(heading_label(self._shown.title))
        layout.addWidget(self.chart, 1)
        layout.addWidget(self.told)
        layout.addLayout(button_row(self.close_button))
        start_size(self, LARGE_WIDTH, LARGE_HEIGHT)
        self.chart.setFocus()

    def _connect(self) -> None:
        self.chart.month_told.connect(self.told.setText)
        self.close_button.clicked.connect(self.accept)
