"""The list's model: ids in an array, pages of formatted rows on demand, and never more than a screen's work at once."""

from array import array
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor

from desktop.services.complaint_list import ids, starting_filter
from desktop.services.desk import Desk
from desktop.services.list_lines import ListFilter, ListLines, numbers_of
from desktop.ui import theme
from desktop.ui.list_columns import FACES, Column, ShownLine, shown_line
from desktop.ui.theme import Look

PAGE = 64  # rows formatted at once
PAGES = 16  # kept
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
BACKGROUND = int(Qt.ItemDataRole.BackgroundRole)
TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
DUE, STATUS = int(Column.DUE), int(Column.STATUS)


class ComplaintListModel(QAbstractTableModel):
    """Complaints of one filter in its order; ``counted`` tells how many there are so far and whether that is all."""

    counted = Signal(int, bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._wanted = starting_filter(desk)
        self._lines = ListLines(desk, self._wanted)
        self._ids = array("q")
        self._behind: Iterator[array[int]] | None = None
        self._pages: OrderedDict[int, list[ShownLine]] = OrderedDict()
        self._brushes: dict[tuple[Look, bool], QBrush] = {}
        self._fetching = QTimer(self)
        self._fetching.setInterval(0)
        self._fetching.timeout.connect(self._fetch_on)

    @property
    def wanted(self) -> ListFilter:
        """The filter shown."""
        return self._wanted

    def show_filter(self, wanted: ListFilter) -> None:
        """Show a filter: its first rows at once, the rest behind."""
        self._stop_fetching()
        self.beginResetModel()
        self._wanted = wanted
        self._lines = ListLines(self._desk, wanted)
        self._pages.clear()
        self._brushes.clear()
        self._behind = ids(self._desk, wanted)
        self._ids = next(self._behind, array("q"))
        self.endResetModel()
        self._fetching.start()
        self.counted.emit(len(self._ids), False)

    def fetch_all(self) -> None:
        """Have every id now: before what is done to all of them."""
        while self._behind is not None:
            self._fetch_on()

    def _fetch_on(self) -> None:
        more = None if self._behind is None else next(self._behind, None)
        if more is None:
            self._stop_fetching()
            self.counted.emit(len(self._ids), True)
            return
        self.beginInsertRows(NOWHERE, len(self._ids), len(self._ids) + len(more) - 1)
        self._pages.pop(len(self._ids) // PAGE, None)  # the page that was short till now
        self._ids.extend(more)
        self.endInsertRows()
        self.counted.emit(len(self._ids), False)

    def _stop_fetching(self) -> None:
        self._fetching.stop()
        if self._behind is not None:
            self._behind.close()  # type: ignore[attr-defined]  # lets go of the register at once
            self._behind = None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many ids are known so far."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Every column, hidden ones too."""
        return 0 if parent.isValid() else len(FACES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        """The titles."""
        if orientation == Qt.Orientation.Horizontal and role == DISPLAY:
            return FACES[section].title
        return None

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Words of a cell; ink and tint of the due cell and of ขาดวันที่."""
        column = index.column()
        if role in (DISPLAY, ACCESSIBLE):
            return self._line(index.row()).texts[column]
        if role in (FOREGROUND, BACKGROUND):
            return self._brush(index.row(), column, role == FOREGROUND)
        if role == TOOLTIP:
            line = self._line(index.row())
            return line.hint or line.texts[column] or None
        return None

    def number_at(self, row: int) -> str:
        """The complaint number of a row."""
        return self._line(row).number

    def texts_at(self, row: int) -> tuple[str, ...]:
        """The words of a row, by column."""
        return self._line(row).texts

    def identity_at(self, row: int) -> int:
        """What the register knows a row by."""
        return self._ids[row]

    def rows_of(self, identities: set[int]) -> list[int]:
        """The rows of some ids, from the top; those not in the list are left out."""
        return [row for row, identity in enumerate(self._ids) if identity in identities] if identities else []

    def numbers_at(self, rows: list[int]) -> list[str]:
        """The complaint numbers of many rows."""
        return numbers_of(self._desk, [self._ids[row] for row in rows])

    def _line(self, row: int) -> ShownLine:
        page = row // PAGE
        lines = self._pages.get(page)
        if lines is None:
            lines = self._fetched(page)
        else:
            self._pages.move_to_end(page)
        return lines[row % PAGE]

    def _fetched(self, page: int) -> list[ShownLine]:
        wanted = self._ids[page * PAGE : (page + 1) * PAGE]
        today = self._wanted.today
        found = {line.row.identity: shown_line(line, today) for line in self._lines.of(wanted)}
        lines = [found.get(identity, _GONE) for identity in wanted]
        self._pages[page] = lines
        if len(self._pages) > PAGES:
            self._pages.popitem(last=False)
        return lines

    def _brush(self, row: int, column: int, ink: bool) -> QBrush | None:
        if column != DUE and column != STATUS:
            return None
        line = self._line(row)
        look = line.due_look if column == DUE else line.status_look
        if look is Look.PLAIN:
            return None
        brush = self._brushes.get((look, ink))
        if brush is None:
            colours = theme.colours()
            brush = self._brushes[look, ink] = QBrush(QColor((colours.ink if ink else colours.tint)[look]))
        return brush


_GONE = ShownLine("", ("",) * len(FACES), Look.PLAIN, Look.PLAIN, "")  # taken out beside us: the next refresh mends it
