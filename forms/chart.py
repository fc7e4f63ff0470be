"""The fiscal year's chart as plain shapes: received and completed as bars, completed % as a line, the numbers below.

The shapes are drawn as vectors in the PDF (``chart_drawing``) and by the window. Lengths are points, the origin is the
lower left, y grows upwards. Nothing is told by colour alone: hollow and solid bars, a line with marks, the numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from desktop.domain.block_wording import NO_PERCENT, percent_words
from desktop.domain.pack_sheet import ChartMonth
from desktop.domain.thai_dates import SHORT_MONTHS

WIDTH, HEIGHT = 453.0, 236.0  # the width of an upright page between its margins
NAMES = 92.0  # the column of the rows' names, with the keys
RIGHT_AXIS = 26.0
TOP = 18.0  # above the plot, for what the axes count
ROW = 15.0  # a row of numbers under the plot
STEPS = 4
ROUND_STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
BAR_SHARE = 0.34  # of a month's width
MARK = 4.0  # the side of a mark on the line
SMALL, TINY = 8.0, 7.0
RECEIVED, COMPLETED, PERCENT = "ได้รับแจ้ง", "ดำเนินการเสร็จสิ้น", "ร้อยละที่เสร็จสิ้น"


class Ink(Enum):
    """What a shape stands for; who draws it chooses the colour."""

    RECEIVED = "received"
    COMPLETED = "completed"
    PERCENT = "percent"
    TARGET = "target"
    AXIS = "axis"
    GRID = "grid"
    WORDS = "words"


class Anchor(Enum):
    """Where a text stands from its point."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True)
class ChartLine:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: Ink
    width: float = 0.5
    dashed: bool = False


@dataclass(frozen=True)
class ChartBar:
    """A rectangle from its lower left corner; ``hollow``: its outline alone."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink
    hollow: bool = False


@dataclass(frozen=True)
class ChartText:
    """One line of text with its base line at ``y``."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = Anchor.START
    bold: bool = False


Shape = ChartLine | ChartBar | ChartText


@dataclass(frozen=True)
class Chart:
    """The shapes in the order they are drawn, in a box of this size; ``told`` says the same in one sentence."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    told: str


def year_chart(months: Sequence[ChartMonth], target: Decimal | None = None, width: float = WIDTH) -> Chart:
    """The chart of twelve months; one without a report stays empty, with nothing received its percentage is "-".

    ``target`` in per cent is a dashed line of its own.
    """
    return Chart(width, HEIGHT, tuple(_Plot(months, width).shapes(target)), _told(months))


def _told(months: Sequence[ChartMonth]) -> str:
    said = (
        f"{_name(each)} ได้รับแจ้ง {each.received} เสร็จสิ้น {each.completed} ร้อยละ {percent_words(each.percent)}"
        for each in months
        if each.received is not None
    )
    return "; ".join(said) or "ยังไม่มีรายงานในปีงบประมาณนี้"


def _name(each: ChartMonth) -> str:
    return SHORT_MONTHS[each.month.month - 1]


def axis_step(most: int) -> int:
    """The round number of complaints between two grid lines, for a highest bar of ``most``."""
    scale = 1
    while True:
        for step in ROUND_STEPS:
            size = step * scale
            if size == int(size) and size * STEPS >= most:
                return int(size)
        scale *= 10


class _Plot:
    """The chart's measures: the plot over a table of four rows, months side by side."""

    def __init__(self, months: Sequence[ChartMonth], width: float) -> None:
        self._months = months
        self._width = width
        self._left, self._right = NAMES, width - RIGHT_AXIS
        self._floor, self._ceiling = 4 * ROW, HEIGHT - TOP
        self._month_width = (self._right - self._left) / max(len(months), 1)
        self._step = axis_step(max((each.received or 0 for each in months), default=0))

    def shapes(self, target: Decimal | None) -> Iterator[Shape]:
        """Everything, what lies under first."""
        yield from self._grid()
        yield from self._bars()
        if target is not None:
            yield from self._target(target)
        yield from self._line()
        yield from self._table()

    def _x(self, place: int) -> float:
        """The middle of a month."""
        return self._left + (place + 0.5) * self._month_width

    def _y(self, share: float) -> float:
        """A height of the plot, 0 to 1."""
        return self._floor + share * (self._ceiling - self._floor)

    def _grid(self) -> Iterator[Shape]:
        yield ChartText(self._left - 4, HEIGHT - 8, "เรื่อง", SMALL, Anchor.END)
        yield ChartText(self._right + 4, HEIGHT - 8, "ร้อยละ", SMALL)
        for step in range(STEPS + 1):
            y = self._y(step / STEPS)
            yield ChartLine(self._left, y, self._right, y, Ink.AXIS if step == 0 else Ink.GRID)
            yield ChartText(self._left - 4, y - 2.5, f"{step * self._step:,}", SMALL, Anchor.END)
            yield ChartText(self._right + 4, y - 2.5, str(step * 100 // STEPS), SMALL)

    def _bars(self) -> Iterator[Shape]:
        wide = self._month_width * BAR_SHARE
        for place, each in enumerate(self._months):
            if each.received:
                yield self._bar(self._x(place) - wide, wide, each.received, Ink.RECEIVED, hollow=True)
            if each.completed:
                yield self._bar(self._x(place), wide, each.completed, Ink.COMPLETED, hollow=False)

    def _bar(self, x: float, width: float, count: int, ink: Ink, *, hollow: bool) -> ChartBar:
        height = (self._ceiling - self._floor) * count / (self._step * STEPS)
        return ChartBar(x, self._floor, width, height, ink, hollow)

    def _target(self, target: Decimal) -> Iterator[Shape]:
        y = self._y(float(target) / 100)
        yield ChartLine(self._left, y, self._right, y, Ink.TARGET, 0.8, dashed=True)
        yield ChartText(self._right - 2, y + 2.5, f"เป้าหมายร้อยละ {target.normalize():f}", TINY, Anchor.END)

    def _line(self) -> Iterator[Shape]:
        """The percentages: two neighbouring months are joined, a month without one leaves a gap."""
        before: tuple[float, float] | None = None
        marks: list[Shape] = []
        for place, each in enumerate(self._months):
            point = None if each.percent is None else (self._x(place), self._y(float(each.percent) / 100))
            if before and point:
                yield ChartLine(*before, *point, Ink.PERCENT, 1.2)
            if point:
                marks.append(ChartBar(point[0] - MARK / 2, point[1] - MARK / 2, MARK, MARK, Ink.PERCENT))
            before = point
        yield from marks

    def _table(self) -> Iterator[Shape]:
        """The months and their numbers under the plot, each row with its key: the legend."""
        names = ("เดือน", RECEIVED, COMPLETED, PERCENT)
        for row, name in enumerate(names):
            y = self._floor - (row + 1) * ROW
            yield ChartLine(0, y, self._right, y, Ink.GRID)
            yield ChartText(18, y + 4, name, SMALL, bold=row == 0)
        yield from self._keys()
        for place, each in enumerate(self._months):
            for row, text in enumerate(_numbers(each)):
                y = self._floor - (row + 1) * ROW + 4
                size = TINY if row == len(names) - 1 else SMALL
                if text:
                    yield ChartText(self._x(place), y, text, size, Anchor.MIDDLE, bold=row == 0)

    def _keys(self) -> Iterator[Shape]:
        one, two, three = (self._floor - row * ROW + 4 for row in (2, 3, 4))
        yield ChartBar(4, one, 8, 7, Ink.RECEIVED, hollow=True)
        yield ChartBar(4, two, 8, 7, Ink.COMPLETED)
        yield ChartLine(1, three + 3.5, 15, three + 3.5, Ink.PERCENT, 1.2)
        yield ChartBar(8 - MARK / 2, three + 3.5 - MARK / 2, MARK, MARK, Ink.PERCENT)


def _numbers(each: ChartMonth) -> tuple[str, str, str, str]:
    """A month's column: its name, what was received and completed, the percentage."""
    if each.received is None or each.completed is None:
        return _name(each), "", "", ""
    percent = NO_PERCENT if each.percent is None else f"{each.percent:.2f}"
    return _name(each), f"{each.received:,}", f"{each.completed:,}", percent
