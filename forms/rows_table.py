"""A table of many rows: its heading stands on every page, a row taller than a page is split, all in linear time.

reportlab's own table measures all rows that are left anew on every page; this one measures each row once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from forms.annex_look import CELL, CELL_HEAD
from forms.reportlab_door import Flowable
from forms.thai_paragraph import ThaiParagraph
from forms.typesetting import Align, ThaiStyle, Typesetter

BESIDE, ABOVE, BELOW = 3.5, 1.5, 3.0  # points of white around a cell's text
HEAD_GREY, TOTAL_GREY, LINE_GREY = 0.92, 0.96, 0.55
TALLEST_WHOLE = 300.0  # points: a row no taller than this goes to the next page whole


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in points, how its cells stand; ``strong`` ones are bold."""

    title: str
    width: float
    align: Align = Align.LEFT
    strong: bool = False


Cell = str | Flowable


@dataclass(frozen=True)
class Row:
    """The cells of a row; ``strong`` prints it bold on grey: a total."""

    cells: tuple[Cell, ...]
    strong: bool = False


@dataclass
class _Measured:
    """A row ready to draw."""

    cells: list[Flowable]
    height: float
    grey: float | None = None


class RowsTable(Flowable):
    """Rows under a heading; cells are texts, or flowables of the column's width less the white beside them."""

    def __init__(
        self, typesetter: Typesetter, columns: Sequence[Column], rows: Sequence[Row], style: ThaiStyle = CELL
    ) -> None:
        super().__init__()
        self._typesetter = typesetter
        self._columns = tuple(columns)
        self._style = style
        self._rows = rows
        self._next = 0  # the first row of ``_rows`` that is not measured yet
        self._waiting: list[_Measured] = []  # rows measured, or left of a split one, that come first
        self._head = self._measured(Row(tuple(column.title for column in columns)), CELL_HEAD)
        self._head.grey = HEAD_GREY
        self._headed = any(column.title for column in columns)

    @property
    def _head_height(self) -> float:
        return self._head.height if self._headed else 0.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Its size; when it is taller than there is room, just something taller than that."""
        self.width = sum(column.width for column in self._columns)
        self.height = self._head_height
        for row in self._all_rows():
            self.height += row.height
            if self.height > available_height:
                break
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """The rows that fit and the rest; nothing when not even the first one does."""
        room = available_height - self._head_height
        fitting: list[_Measured] = []
        for row in self._all_rows():
            if row.height > room:
                break
            room -= row.height
            fitting.append(row)
        rest = self._copy()
        rest._waiting = self._waiting[len(fitting) :]
        rest._next = self._next
        if rest._waiting and rest._waiting[0].height > TALLEST_WHOLE:
            parts = self._split_row(rest._waiting[0], room)
            if parts is not None:
                fitting.append(parts[0])
                rest._waiting[0] = parts[1]
        if not fitting:
            return []
        here = self._copy()
        here._waiting, here._next = fitting, len(self._rows)
        return [here, rest]

    def draw(self) -> None:
        """Draws heading, rows and the lines between them from the top down."""
        top = self.height
        rows = [self._head] * self._headed + list(self._all_rows())
        for row in rows:
            self._draw_row(row, top)
            top -= row.height
        self._draw_lines(rows)

    def _all_rows(self) -> Iterator[_Measured]:
        """Every row in turn, measured when it is first asked for."""
        at = 0
        while True:
            while at < len(self._waiting):
                yield self._waiting[at]
                at += 1
            if self._next >= len(self._rows):
                return
            row = self._rows[self._next]
            self._next += 1
            style = replace(self._style, bold=True) if row.strong else self._style
            measured = self._measured(row, style)
            measured.grey = TOTAL_GREY if row.strong else None
            self._waiting.append(measured)

    def _measured(self, row: Row, style: ThaiStyle) -> _Measured:
        cells: list[Flowable] = []
        tallest = 0.0
        for column, cell in zip(self._columns, row.cells, strict=True):
            if isinstance(cell, str):
                align = style.align if style is CELL_HEAD else column.align
                bold = style.bold or column.strong
                cell = ThaiParagraph(self._typesetter, cell, replace(style, align=align, bold=bold))
            tallest = max(tallest, self._wrapped(cell, column))
            cells.append(cell)
        return _Measured(cells, tallest + ABOVE + BELOW)

    @staticmethod
    def _wrapped(cell: Flowable, column: Column) -> float:
        return cell.wrap(column.width - 2 * BESIDE, 1e6)[1]

    def _split_row(self, row: _Measured, room: float) -> tuple[_Measured, _Measured] | None:
        """A row's part that fits the room and the rest of it; None when no line of its tall cells fits."""
        inner = room - ABOVE - BELOW
        above: list[Flowable] = []
        below: list[Flowable] = []
        for column, cell in zip(self._columns, row.cells, strict=True):
            width = column.width - 2 * BESIDE
            parts = [cell, self._blank()] if cell.height <= inner else cell.split(width, inner)
            if len(parts) != 2:
                return None
            for part in parts:
                self._wrapped(part, column)
            above.append(parts[0])
            below.append(parts[1])
        return (
            _Measured(above, max(cell.height for cell in above) + ABOVE + BELOW, row.grey),
            _Measured(below, max(cell.height for cell in below) + ABOVE + BELOW, row.grey),
        )

    def _blank(self) -> ThaiParagraph:
        return ThaiParagraph(self._typesetter, "", self._style)

    def _copy(self) -> "RowsTable":
        """The same columns and rows; nothing of what reportlab noted on this one while it was laid out."""
        return RowsTable(self._typesetter, self._columns, self._rows, self._style)

    def _draw_row(self, row: _Measured, top: float) -> None:
        canvas = self.canv
        if row.grey is not None:
            canvas.saveState()
            canvas.setFillGray(row.grey)
            canvas.rect(0, top - row.height, self.width, row.height, stroke=0, fill=1)
            canvas.restoreState()
        x = 0.0
        for column, cell in zip(self._columns, row.cells, strict=True):
            cell.drawOn(canvas, x + BESIDE, top - ABOVE - cell.height)
            x += column.width

    def _draw_lines(self, rows: Sequence[_Measured]) -> None:
        self.canv.saveState()
        self.canv.setStrokeGray(LINE_GREY)
        self.canv.setLineWidth(0.5)
        for y in accumulate((row.height for row in rows), initial=0.0):
            self.canv.line(0, self.height - y, self.width, self.height - y)
        for x in accumulate((column.width for column in self._columns), initial=0.0):
            self.canv.line(x, 0, x, self.height)
        self.canv.restoreState()
