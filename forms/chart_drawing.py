"""The chart's shapes drawn into the PDF as vectors."""

from dataclasses import replace

from forms.chart import Anchor, Chart, ChartBar, ChartLine, ChartText, Ink
from forms.reportlab_door import Canvas, Flowable
from forms.thai_paragraph import draw_line
from forms.typesetting import Align, ThaiStyle, Typesetter

GREYS = {
    Ink.RECEIVED: 0.35,
    Ink.COMPLETED: 0.45,
    Ink.PERCENT: 0.0,
    Ink.TARGET: 0.3,
    Ink.AXIS: 0.2,
    Ink.GRID: 0.8,
    Ink.WORDS: 0.0,
}
WORDS = ThaiStyle(size=8, leading=12)
ROOM = 200.0  # around a text's point, for those that end or stand in the middle there


class ChartFlowable(Flowable):
    """A chart on a page of its width or more."""

    def __init__(self, chart: Chart, typesetter: Typesetter) -> None:
        super().__init__()
        self._chart = chart
        self._typesetter = typesetter

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The chart's own size."""
        self.width, self.height = self._chart.width, self._chart.height
        return self.width, self.height

    def draw(self) -> None:
        """Draws every shape in its order."""
        for shape in self._chart.shapes:
            match shape:
                case ChartLine():
                    _draw_stroke(self.canv, shape)
                case ChartBar():
                    _draw_bar(self.canv, shape)
                case ChartText():
                    _draw_words(self.canv, shape, self._typesetter)


def _draw_stroke(canvas: Canvas, line: ChartLine) -> None:
    canvas.saveState()
    canvas.setStrokeGray(GREYS[line.ink])
    canvas.setLineWidth(line.width)
    if line.dashed:
        canvas.setDash([4, 2.5])
    canvas.line(line.x1, line.y1, line.x2, line.y2)
    canvas.restoreState()


def _draw_bar(canvas: Canvas, bar: ChartBar) -> None:
    canvas.saveState()
    canvas.setStrokeGray(GREYS[bar.ink])
    canvas.setFillGray(GREYS[bar.ink])
    canvas.setLineWidth(0.7)
    canvas.rect(bar.x, bar.y, bar.width, bar.height, stroke=1, fill=0 if bar.hollow else 1)
    canvas.restoreState()


def _draw_words(canvas: Canvas, words: ChartText, typesetter: Typesetter) -> None:
    style = replace(WORDS, size=words.size, bold=words.bold)
    match words.anchor:
        case Anchor.START:
            draw_line(canvas, typesetter, words.text, words.x, words.y, style)
        case Anchor.MIDDLE:
            centred = replace(style, align=Align.CENTRE)
            draw_line(canvas, typesetter, words.text, words.x - ROOM, words.y, centred, 2 * ROOM)
        case Anchor.END:
            ending = replace(style, align=Align.RIGHT)
            draw_line(canvas, typesetter, words.text, words.x - ROOM, words.y, ending, ROOM)
