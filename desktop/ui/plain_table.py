"""A small table to read and copy from, with a sentence in its place when it has nothing to show."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QStackedWidget, QTableWidget, QTableWidgetItem

from desktop.ui import theme

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
SHOWN_AT_MOST = 1000  # rows: more would hold the window up and nobody reads them


def for_reading(table: QTableWidget) -> QHeaderView:
    """A table of whole rows that are read and chosen, never edited, as wide as their words; gives its headings."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
    heads = table.horizontalHeader()
    heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    heads.setHighlightSections(False)
    heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return heads


class PlainTable(QStackedWidget):
    """Rows of texts under titles; the last column takes the room that is left, ``numbers`` are columns of figures."""

    def __init__(self, titles: Sequence[str], empty: str, numbers: Sequence[int] = ()) -> None:
        super().__init__()
        self._titles = titles
        self._empty = empty
        self._numbers = numbers
        self._rows: Sequence[Sequence[str]] = ()
        self._build()

    def _build(self) -> None:
        self.table = _CopyingTable(0, len(self._titles))
        self.table.setHorizontalHeaderLabels(list(self._titles))
        heads = for_reading(self.table)
        heads.setResizeContentsPrecision(200)
        heads.setStretchLastSection(True)
        for column in self._numbers:
            title = QTableWidgetItem(self._titles[column])
            title.setTextAlignment(RIGHT)
            self.table.setHorizontalHeaderItem(column, title)
        self.words = QLabel(self._empty)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.words.setProperty("muted", True)
        self.addWidget(self.table)
        self.addWidget(self.words)
        self.show_rows([])

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows and no other; of very many the first ones, and how many more there are."""
        self._rows = rows
        seen = [*rows[:SHOWN_AT_MOST]]
        if len(rows) > SHOWN_AT_MOST:
            seen.append((f"และอีก {len(rows) - SHOWN_AT_MOST:,} แถว",))
        self.table.setRowCount(len(seen))
        for place, row in enumerate(seen):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if column in self._numbers:
                    item.setTextAlignment(RIGHT)
                self.table.setItem(place, column, item)
        self.setCurrentWidget(self.table if rows else self.words)

    def say_when_empty(self, words: str) -> None:
        """The sentence that stands in the table's place while it has nothing to show."""
        self.words.setText(words)

    def copy_all(self) -> None:
        """Put every row on the clipboard, tab-separated, with the titles; those not shown too."""
        _copy([self._titles, *self._rows])

    @property
    def row_count(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._rows)

    def selected_row(self) -> int | None:
        """The one selected row; None when there is none."""
        rows = {index.row() for index in self.table.selectedIndexes()}
        return min(rows) if rows else None


class _CopyingTable(QTableWidget):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted({index.row() for index in self.selectedIndexes()})
            columns = range(self.columnCount())
            _copy([[_text(self.item(row, column)) for column in columns] for row in rows])
        else:
            super().keyPressEvent(event)


def _copy(rows: Sequence[Sequence[str]]) -> None:
    QGuiApplication.clipboard().setText("\n".join("\t".join(" ".join(text.split()) for text in row) for row in rows))


def _text(item: QTableWidgetItem | None) -> str:
    return "" if item is None else item.text()
