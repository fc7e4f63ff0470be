"""How lines and bars of a chart are painted: their place in pixels and the colours of the theme."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.services.office_chart import DrawnBar, DrawnLine
from desktop.ui import theme
from desktop.ui.theme import Look

MARK = 5.0  # pixels of a mark on the line at least
HEAVIER = 1.3  # lines on a screen than on paper


@dataclass(frozen=True)
class Frame:
    """How the chart's lengths become pixels: ``x`` and ``y`` are where the chart's origin stands, y grows upwards."""

    x: float
    y: float
    wide: float
    high: float

    def place(self, x: float, y: float) -> QPointF:
        """A point of the chart."""
        return QPointF(self.x + x * self.wide, self.y - y * self.high)


def chart_colour(ink: str) -> QColor:
    """The colour of what a shape stands for; text wears the theme's own."""
    colours = theme.colours()
    inks = {
        "received": colours.accent,
        "completed": colours.accent,
        "percent": colours.ink[Look.TODAY],
        "target": colours.ink[Look.DONE],
        "axis": colours.muted,
        "grid": colours.line,
    }
    return QColor(inks.get(ink, colours.text))


def paint_line(painter: QPainter, frame: Frame, line: DrawnLine) -> None:
    """A straight line, at least a pixel wide."""
    pen = QPen(chart_colour(line.ink), max(1.0, line.width * HEAVIER))
    if line.dashed:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawLine(frame.place(line.x1, line.y1), frame.place(line.x2, line.y2))


def paint_bar(painter: QPainter, frame: Frame, bar: DrawnBar) -> None:
    """A bar; a mark of the line of percentages stays square."""
    colour = chart_colour(bar.ink)
    painter.setPen(QPen(colour, HEAVIER))
    painter.setBrush(Qt.BrushStyle.NoBrush if bar.hollow else colour)
    width, height = bar.width * frame.wide, bar.height * frame.high
    if bar.ink == "percent":
        side = max(width, MARK)
        middle = frame.place(bar.x + bar.width / 2, bar.y + bar.height / 2)
        painter.drawRect(QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side))
        return
    top = frame.place(bar.x, bar.y + bar.height)
    painter.drawRect(QRectF(top.x(), top.y(), width, height))
