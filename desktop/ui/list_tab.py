"""The list of complaints: what burns first, narrowed by words and choices, and one step for many at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPoint, QSettings, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.services.desk import Desk
from desktop.services.dialog_forms import numbers_there
from desktop.services.drafts import Draft
from desktop.services.list_lines import Due, ListFilter, SortBy, as_of_today
from desktop.ui import theme
from desktop.ui.bulk_dialog import BulkDialog, BulkStep
from desktop.ui.filter_bar import FilterBar
from desktop.ui.list_columns import FACES, Column
from desktop.ui.list_model import ComplaintListModel
from desktop.ui.list_pages import FirstPage, NothingFoundPage
from desktop.ui.list_view import ComplaintListView
from desktop.ui.selection_bar import SelectionBar

PAPER_SHARE = 1.3  # how much wider a column other than เรื่อง is on paper
KEPT_AT_MOST = 1000  # selected rows that stay selected when the list is read again


class ListTab(QWidget):
    """``opened`` bears a number to show, ``changed`` comes after saving; the other asks are the window's to answer."""

    opened = Signal(str)
    changed = Signal()
    filtered = Signal(object)  # the ListFilter now shown
    told = Signal(str)  # a result worth a line in the window's status bar
    new_asked = Signal()
    import_asked = Signal()

    def __init__(self, desk: Desk, settings: QSettings | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._settings = settings
        self._build()
        self._connect()

    def _build(self) -> None:
        self.model = ComplaintListModel(self._desk)
        self.bar = FilterBar(self._desk)
        self.view = ComplaintListView(self.model, self._settings)
        writable = self._desk.register.writable
        self.foot = SelectionBar(writable=writable)
        self.addActions(list(self.foot.steps.values()))
        self.first_page = FirstPage(writable=writable)
        self.nothing_page = NothingFoundPage()
        self.pages = QStackedWidget()
        for page in (self.view, self.first_page, self.nothing_page):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, theme.GRID)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.bar)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.foot)

    def _connect(self) -> None:
        self.bar.changed.connect(self._ask)
        self.bar.list_asked.connect(self.view.setFocus)
        self.bar.columns.clicked.connect(self._open_columns)
        self.model.counted.connect(self.bar.show_count)
        self.view.sorted_by.connect(self._sort)
        self.view.opened.connect(self.opened)
        self.view.selection_changed.connect(self.foot.show_selection)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.foot.open_asked.connect(self._open_first)
        self.foot.copy_asked.connect(self._copy)
        self.foot.step_asked.connect(self._take_step)
        self.foot.new_asked.connect(self.new_asked)
        self.first_page.import_button.clicked.connect(self.import_asked)
        self.first_page.new_button.clicked.connect(self.new_asked)
        self.nothing_page.clear_button.clicked.connect(self.bar.clear)

    @property
    def wanted(self) -> ListFilter:
        """The filter now shown."""
        return self.model.wanted

    @property
    def filter_is_on(self) -> bool:
        """Whether less than everything is shown."""
        return not self.bar.is_blank()

    @property
    def count(self) -> int:
        """How many complaints the filter leaves."""
        self.model.fetch_all()
        return self.model.rowCount()

    def printed_columns(self) -> list[tuple[str, float]]:
        """The columns on the screen, from left to right: title and width; on paper เรื่อง wraps, a day must not."""
        return [(FACES[column].title, self._printed_width(column)) for column in self.view.seen_columns()]

    def _printed_width(self, column: int) -> float:
        if column == Column.SUBJECT:
            return float(self.view.columnWidth(column))
        return PAPER_SHARE * max(self.view.columnWidth(column), FACES[column].width)

    def printed_rows(self) -> list[list[str]]:
        """Every row of the filter in its order, as the columns on the screen show it."""
        seen = self.view.seen_columns()
        texts = (self.model.texts_at(row) for row in range(self.count))
        return [[cells[column] for column in seen] for cells in texts]

    def chosen_number(self) -> str:
        """The complaint of the current row; blank: none is chosen."""
        rows = self.view.selected_rows()
        return self.model.number_at(rows[0]) if rows else ""

    def refresh(self) -> None:
        """Show the register as it is now: filter, selection, place and scroll stay."""
        self.bar.refresh()
        current = self.view.currentIndex()
        identity = self.model.identity_at(current.row()) if current.isValid() else None
        scrolled = self.view.verticalScrollBar().value()
        few = self.view.selected_count() <= KEPT_AT_MOST
        kept = {self.model.identity_at(row) for row in self.view.selected_rows()} if few else set[int]()
        self._show(as_of_today(self._desk, self.bar.narrowed(self.model.wanted)))
        if identity is not None:
            self.model.fetch_all()
            self.view.select_identities(identity, kept)
            self.view.verticalScrollBar().setValue(scrolled)

    def focus_search(self) -> None:
        """Put the cursor into the search, its words selected."""
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def show_today(self) -> None:
        """Everything, what burns first, as of today."""
        self.bar.clear()
        self._sort(SortBy.DUE, False)
        self.view.scrollToTop()
        self.view.setFocus()

    def show_narrowed(self, wanted: ListFilter) -> None:
        """Narrow to status, month and due state of a filter, as a line of the check before issuing asks."""
        self.bar.show_filter(wanted)
        self.view.setFocus()

    def choose_due(self, due: Due) -> None:
        """Narrow to a due state, as a badge of the strip asks."""
        self.bar.choose_due(due)
        self.view.setFocus()

    def choose_day(self, day: date) -> None:
        """Narrow to a day to act on, as a day of the strip asks."""
        self.bar.choose_day(day)
        self.view.setFocus()

    def save_columns(self) -> None:
        """Keep the columns for the next start."""
        self.view.save_columns()

    def _ask(self) -> None:
        self._show(self.bar.narrowed(self.model.wanted))
        self.view.scrollToTop()

    def _sort(self, sort_by: SortBy, descending: bool) -> None:
        self._show(replace(self.model.wanted, sort_by=sort_by, descending=descending))
        self.view.scrollToTop()

    def _show(self, wanted: ListFilter) -> None:
        self.model.show_filter(wanted)
        self.view.show_sorting(wanted.sort_by, wanted.descending)
        if self.model.rowCount():
            self.pages.setCurrentWidget(self.view)
        else:
            self.pages.setCurrentWidget(self.nothing_page if self.filter_is_on else self.first_page)
        begun = self.pages.currentWidget() is not self.first_page
        self.bar.setVisible(begun)
        self.foot.setVisible(begun)
        self.foot.show_selection(0)
        self.filtered.emit(wanted)

    def _open_first(self) -> None:
        rows = self.view.selected_rows()
        if rows:
            self.opened.emit(self.model.number_at(rows[0]))

    def _copy(self) -> None:
        copied = self.view.copy_rows()
        if copied:
            self.told.emit(f"คัดลอกแล้ว {copied:,} เรื่อง")

    def _take_step(self, step: BulkStep) -> None:
        numbers = self.model.numbers_at(self.view.selected_rows())
        if numbers:
            self.open_step(step, numbers)

    def open_step(self, step: BulkStep, numbers: Sequence[str], draft: Draft | None = None) -> None:
        """Open a step for many complaints, filled in again from a draft."""
        dialog = BulkDialog(self._desk, numbers, step, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(lambda count: self._stepped(step, count, len(numbers)))
        dialog.open()
        if draft is not None:
            dialog.drafts.take_back(draft)

    def take_back(self, draft: Draft) -> None:
        """Open a step for many complaints as a draft has it, for those the register still has."""
        step = BulkStep[draft.form.partition(":")[2].upper()]
        self.open_step(step, numbers_there(self._desk, draft), draft)

    def _stepped(self, step: BulkStep, count: int, asked: int) -> None:
        kept = f" · คงเดิม {asked - count:,} เรื่อง" if asked > count else ""
        self.refresh()
        self.changed.emit()
        self.told.emit(f"{step.value.words}แล้ว {count:,} เรื่อง{kept}")

    def _open_menu(self, place: QPoint) -> None:
        if self.view.selected_count():
            self.foot.menu().popup(self.view.viewport().mapToGlobal(place))

    def _open_columns(self) -> None:
        button = self.bar.columns
        self.view.columns_menu().popup(button.mapToGlobal(QPoint(0, button.height())))
