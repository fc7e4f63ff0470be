"""The list's table: opening, selecting, copying, sorting by heading, and columns that stay as they were put."""

from PySide6.QtCore import QByteArray, QItemSelection, QItemSelectionModel, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from desktop.services.list_lines import SortBy
from desktop.ui import theme
from desktop.ui.list_columns import FACES, Column
from desktop.ui.list_model import ComplaintListModel

STATE_KEY = "list/columns"
OWN_KEY = "list/subject_width_chosen"
SUBJECT_LEAST = 200  # pixels
COPY_AT_MOST = 20_000  # rows on the clipboard


class ComplaintListView(QTableView):
    """``opened`` bears the number of the row opened by Enter or double click; ``sorted_by`` column and direction."""

    opened = Signal(str)
    sorted_by = Signal(object, bool)  # a SortBy, descending
    selection_changed = Signal(int)  # rows

    def __init__(self, model: ComplaintListModel, settings: QSettings | None) -> None:
        super().__init__()
        self._model = model
        self._settings = settings
        self._own_width = False  # whether the officer settled the width of เรื่อง herself
        self._fitting = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setModel(self._model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("รายการเรื่องร้องทุกข์")
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.ROW_HEIGHT)
        rows.setMinimumSectionSize(theme.ROW_HEIGHT)
        rows.hide()
        heads = self.horizontalHeader()
        heads.setSectionsMovable(True)
        heads.setSectionsClickable(True)
        heads.setSortIndicatorShown(True)
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._restore_columns()

    def _connect(self) -> None:
        self.doubleClicked.connect(lambda index: self.opened.emit(self._model.number_at(index.row())))
        heads = self.horizontalHeader()
        heads.sectionClicked.connect(self._sort)
        heads.sectionResized.connect(self._resized)
        heads.customContextMenuRequested.connect(self._open_columns_here)

    def columns_menu(self) -> QMenu:
        """A menu of the columns: which are seen, and all as they were at first."""
        menu = QMenu(self)
        for column, face in enumerate(FACES):
            action = menu.addAction(face.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.setEnabled(column != Column.NUMBER)  # a row is always known by its number
            action.toggled.connect(lambda seen, column=column: self._see_column(column, seen))
        menu.addSeparator()
        menu.addAction("คืนคอลัมน์เดิมทั้งหมด").triggered.connect(self._first_columns)
        return menu

    def save_columns(self) -> None:
        """Keep widths, order and visibility for the next start."""
        if self._settings is not None:
            self._settings.setValue(STATE_KEY, self.horizontalHeader().saveState())
            self._settings.setValue(OWN_KEY, self._own_width)

    def show_sorting(self, sort_by: SortBy, descending: bool) -> None:
        """Show which heading the list is sorted by; of several with that order the clicked one keeps the sign."""
        heads = self.horizontalHeader()
        column = heads.sortIndicatorSection()
        if not 0 <= column < len(FACES) or FACES[column].sort_by is not sort_by:
            column = next(place for place, face in enumerate(FACES) if face.sort_by is sort_by)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        heads.setSortIndicator(column, order)

    def selected_rows(self) -> list[int]:
        """The rows selected, from the top."""
        return sorted({row for top, bottom in self._ranges() for row in range(top, bottom + 1)})

    def selected_count(self) -> int:
        """How many rows are selected, however many there are."""
        return sum(bottom - top + 1 for top, bottom in self._ranges())

    def select_identities(self, current: int, others: set[int]) -> None:
        """Select rows by what the register knows them by, the current one too; those gone are left out."""
        found = self._model.rows_of({current})
        if found:
            self.setCurrentIndex(self._model.index(found[0], 0))
        selection = QItemSelection()
        for row in self._model.rows_of(others - {current}):
            index = self._model.index(row, 0)
            selection.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.Select | flags.Rows)

    def _ranges(self) -> set[tuple[int, int]]:
        return {(part.top(), part.bottom()) for part in self.selectionModel().selection().toList()}

    def seen_columns(self) -> list[int]:
        """The columns on the screen, from left to right."""
        heads = self.horizontalHeader()
        columns = (heads.logicalIndex(place) for place in range(heads.count()))
        return [column for column in columns if not self.isColumnHidden(column)]

    def copy_rows(self) -> int:
        """Put the selected rows on the clipboard as shown, tab-separated; tells how many."""
        seen = self.seen_columns()
        rows = self.selected_rows()[:COPY_AT_MOST]
        lines = ["\t".join(FACES[column].title for column in seen)] if len(rows) > 1 else []
        for row in rows:
            texts = self._model.texts_at(row)
            lines.append("\t".join(texts[column].replace("\t", " ").replace("\n", " ") for column in seen))
        if rows:
            QGuiApplication.clipboard().setText("\n".join(lines))
        return len(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies; the rest is the table's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self._model.number_at(self.currentIndex().row()))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        else:
            super().keyPressEvent(event)

    def selectAll(self) -> None:
        """Every row of the filter, those not fetched yet too."""
        self._model.fetch_all()
        super().selectAll()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell how many rows are selected."""
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit(self.selected_count())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """เรื่อง takes the room that is left."""
        super().resizeEvent(event)
        self._fit_subject()

    def _sort(self, column: int) -> None:
        sort_by = FACES[column].sort_by
        if sort_by is None:
            self.show_sorting(self._model.wanted.sort_by, self._model.wanted.descending)
            return
        again = self._model.wanted.sort_by is sort_by
        self.sorted_by.emit(sort_by, again and not self._model.wanted.descending)

    def _resized(self, column: int, before: int, after: int) -> None:
        if self._fitting or not before or not after:
            return
        if column == Column.SUBJECT:
            self._own_width = True
        else:
            self._fit_subject()

    def _fit_subject(self) -> None:
        if self._own_width or self._fitting:
            return
        others = sum(self.columnWidth(column) for column in range(len(FACES)) if column != Column.SUBJECT)
        self._fitting = True
        self.setColumnWidth(Column.SUBJECT, max(SUBJECT_LEAST, self.viewport().width() - others))
        self._fitting = False

    def _see_column(self, column: int, seen: bool) -> None:
        self.setColumnHidden(column, not seen)
        self._fit_subject()

    def _open_columns_here(self, place: QPoint) -> None:
        self.columns_menu().popup(self.horizontalHeader().mapToGlobal(place))

    def _restore_columns(self) -> None:
        kept = None if self._settings is None else self._settings.value(STATE_KEY)
        if isinstance(kept, QByteArray) and self.horizontalHeader().restoreState(kept):
            assert self._settings is not None
            self._own_width = self._settings.value(OWN_KEY, False, type=bool) is True
        else:
            self._first_columns()

    def _first_columns(self) -> None:
        heads = self.horizontalHeader()
        self._own_width = False
        self._fitting = True
        for column, face in enumerate(FACES):
            heads.moveSection(heads.visualIndex(column), column)
            self.setColumnHidden(column, face.optional)
            self.setColumnWidth(column, face.width)
        self._fitting = False
        self._fit_subject()
