"""The main window: the strip, the three tabs, the menus. It alone knows the tabs and connects them."""

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QTabWidget, QVBoxLayout, QWidget

from desktop.domain.months import Month
from desktop.services.desk import Desk
from desktop.services.list_lines import Due, ListFilter
from desktop.ui import icons, theme
from desktop.ui.closing import Closing
from desktop.ui.list_tab import ListTab
from desktop.ui.long_work import LongWork
from desktop.ui.main_menus import add_menus
from desktop.ui.name_bar import NameBar
from desktop.ui.strip import TopStrip
from desktop.ui.window_commands import steps_of
from desktop.ui.window_pages import DETAIL, LIST, REPORT, TABS, held, scrolling_page

if TYPE_CHECKING:  # read when first needed: the list is painted without them
    from desktop.services.check_lines import Link
    from desktop.services.drafts import Draft
    from desktop.ui.detail_tab import DetailTab
    from desktop.ui.draft_offer import DraftOffer
    from desktop.ui.report_tab import ReportTab
    from desktop.ui.spreadsheets import Spreadsheets
    from desktop.ui.window_dialogs import WindowDialogs
    from desktop.ui.window_keeping import WindowKeeping
    from desktop.ui.window_papers import WindowPapers

GEOMETRY_KEY = "window/geometry"
FIRST_SIZE = (1280, 720)
DAY_CHECK = 60_000  # milliseconds between two looks at whether the day has turned
TELL_FOR = 8_000  # milliseconds a result stays in the status bar
SEEN_AFTER = 2_000  # milliseconds a complaint is open until its complainant counts as seen
OFFER_AFTER = 50  # milliseconds until drafts are offered back: the list is painted first


class MainWindow(QMainWindow):
    """``settings`` keeps geometry and columns alone (None: nothing); ``banner`` says why nothing can be written."""

    verify_asked = Signal()
    day_turned = Signal()
    restore_wanted = Signal(Path, object)  # a backup and its passphrase: the register is closed for it

    def __init__(self, desk: Desk, settings: QSettings | None = None, banner: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._settings = settings
        self._day = desk.today
        self.backs_up_when_closed = False
        self._closing = Closing(self, desk)
        self._build(banner)
        self._connect()
        self.refresh()

    def _build(self, banner: str) -> None:
        self.strip = TopStrip(self._desk)
        self.list_tab = ListTab(self._desk, self._settings)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.pages = [scrolling_page() for _ in TABS]
        self.pages[LIST].setWidget(held(self.list_tab))
        for page, words in zip(self.pages, TABS, strict=True):
            self.tabs.addTab(page, words)
        self.banner = QLabel(banner)
        self.banner.setProperty("banner", True)
        self.banner.setTextFormat(Qt.TextFormat.PlainText)
        self.banner.setWordWrap(True)
        self.banner.setVisible(bool(banner))
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addWidget(self.banner)
        self._over_strip = QVBoxLayout()  # drafts that are offered back
        layout.addLayout(self._over_strip)
        self.name_bar = NameBar(self._desk)
        layout.addWidget(self.name_bar)
        layout.addWidget(self.strip)
        layout.addWidget(self.tabs, 1)
        self.setCentralWidget(whole)
        self.commands = add_menus(self, steps_of(self), writable=self._desk.register.writable)
        self.setWindowIcon(icons.icon("clipboard-list", theme.LIGHT.accent))
        self._restore_geometry()
        self.list_tab.view.setFocus()

    @cached_property
    def detail_tab(self) -> "DetailTab":
        """รายละเอียด, made when it is first needed."""
        from desktop.ui.detail_tab import DetailTab

        tab = DetailTab(self._desk)
        tab.changed.connect(lambda: self.refresh(but=tab))
        tab.keeper.trouble.connect(self.tell)
        tab.page.attachments.told.connect(self.tell)
        tab.page.attachments.changed.connect(lambda: self.refresh(but=tab))
        tab.page.history.undo_asked.connect(lambda operation, words: self.dialogs.undo_operation(operation, words))
        self.pages[DETAIL].setWidget(held(tab))
        return tab

    @cached_property
    def report_tab(self) -> "ReportTab":
        """รายงานประจำเดือน, made when it is first needed."""
        from desktop.ui.report_tab import ReportTab

        tab = ReportTab(self._desk)
        tab.opened.connect(self.show_complaint)
        tab.followed.connect(self._follow)
        tab.changed.connect(lambda: self.refresh(but=tab))
        tab.keeper.trouble.connect(self.tell)
        self.pages[REPORT].setWidget(held(tab))
        return tab

    @cached_property
    def spreadsheets(self) -> "Spreadsheets":
        """Import and export."""
        from desktop.ui.spreadsheets import Spreadsheets

        made = Spreadsheets(self._desk, self)
        made.imported.connect(self.refresh)
        return made

    @cached_property
    def papers(self) -> "WindowPapers":
        """What the menu เอกสาร prints and copies."""
        from desktop.ui.window_papers import WindowPapers

        made = WindowPapers(self._desk, self)
        made.told.connect(self.tell)
        made.changed.connect(self.refresh)
        return made

    @cached_property
    def keeping(self) -> "WindowKeeping":
        """Outages, backup, restore, verifying, erasing."""
        from desktop.ui.draft_return import forget_erased
        from desktop.ui.window_keeping import WindowKeeping

        made = WindowKeeping(self._desk, self)
        made.erased.connect(lambda erased: forget_erased(self, erased))
        made.changed.connect(self.refresh)
        made.told.connect(self.tell)
        made.restore_wanted.connect(self.restore_wanted)
        made.print_wanted.connect(lambda outage: self.papers.outage(outage.number))
        return made

    @cached_property
    def dialogs(self) -> "WindowDialogs":
        """The dialogs of the office and the guide."""
        from desktop.ui.window_dialogs import WindowDialogs

        made = WindowDialogs(self._desk, self)
        made.changed.connect(self.refresh)
        made.told.connect(self.tell)
        return made

    @cached_property
    def draft_offer(self) -> "DraftOffer | None":
        """What a crash or the session's end left typed, offered back over the strip; None when there is nothing."""
        from desktop.ui.draft_offer import offer_of_drafts

        offer = offer_of_drafts(self._desk, self)
        if offer is not None:
            offer.restored.connect(self._take_back)
            self._over_strip.addWidget(offer)
        return offer

    def _take_back(self, draft: "Draft") -> None:
        from desktop.ui.draft_return import take_back

        if take_back(self, draft) and self.draft_offer is not None:
            self.draft_offer.take_out(draft)
        if self.tabs.currentIndex() == DETAIL:
            self._seen.start(SEEN_AFTER)

    def _made_tabs(self) -> "list[ListTab | DetailTab | ReportTab]":
        made = [vars(self).get(name) for name in ("detail_tab", "report_tab")]
        return [self.list_tab, *(tab for tab in made if tab is not None)]

    def _make_tab(self, place: int) -> None:
        """A tab that comes to the front must be there."""
        if place == DETAIL:
            assert self.detail_tab
            self._seen.start(SEEN_AFTER)
        elif place == REPORT:
            assert self.report_tab

    def _connect(self) -> None:
        self.name_bar.wanted.connect(lambda: self.dialogs.officer())
        self.strip.due_chosen.connect(self._choose_due)
        self.strip.day_chosen.connect(self._choose_day)
        self.strip.report_asked.connect(self.show_report)
        self.list_tab.opened.connect(self.show_complaint)
        self.list_tab.filtered.connect(self._mark_strip)
        self.list_tab.told.connect(self.tell)
        self.list_tab.new_asked.connect(self.new_complaint)
        self.list_tab.import_asked.connect(lambda: self.spreadsheets.ask_import())
        self.list_tab.changed.connect(lambda: self.refresh(but=self.list_tab))
        self.tabs.currentChanged.connect(self._make_tab)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._look_at_the_day)
        self._clock.start(DAY_CHECK)
        self._seen = QTimer(self)
        self._seen.setSingleShot(True)
        self._seen.timeout.connect(self._note_view)
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.timeout.connect(lambda: self.draft_offer)
        self._opening.start(OFFER_AFTER)

    def refresh(self, but: QWidget | None = None) -> None:
        """Show the register as it is now, on every tab but the one that has just saved."""
        year = self._desk.current_year
        office = self._desk.fiscal_year(year).project.office.split("/")[0].strip()
        self.setWindowTitle(" · ".join(part for part in ("ทะเบียนเรื่องร้องทุกข์", office, f"ปีงบประมาณ {year}") if part))
        self.strip.refresh()
        self.name_bar.look()
        for tab in self._made_tabs():
            if tab is not but:
                tab.refresh()

    def show_complaint(self, number: str) -> None:
        """Open a complaint, unless the officer goes on editing another."""
        if self.detail_tab.show_complaint(number):
            self.tabs.setCurrentIndex(DETAIL)
            self._seen.start(SEEN_AFTER)

    def new_complaint(self) -> None:
        """Open a blank complaint."""
        self.tabs.setCurrentIndex(DETAIL)
        self.detail_tab.new_complaint()

    def show_report(self, month: Month) -> None:
        """Open the report of a month."""
        self.report_tab.show_month(month)
        self.tabs.setCurrentIndex(REPORT)

    def search(self) -> None:
        """Go to the list's search."""
        self.tabs.setCurrentIndex(LIST)
        self.list_tab.focus_search()

    def show_today(self) -> None:
        """Everything as of today, what burns first."""
        self.refresh()
        self.tabs.setCurrentIndex(LIST)
        self.list_tab.show_today()

    def tell(self, sentence: str) -> None:
        """Say a result in the status bar."""
        self.statusBar().showMessage(sentence, TELL_FOR)

    def show_banner(self, words: str, *, damage: bool = False) -> None:
        """Say over the strip what stands in the way of saving; blank: nothing does. ``damage`` is told in red."""
        self.banner.setText(words)
        self.banner.setProperty("damage", damage)
        theme.polish_again(self.banner)
        self.banner.setVisible(bool(words))

    def come_forward(self) -> None:
        """Come to the front: somebody started the program again."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def wear_theme(self) -> None:
        """The system went light or dark: draw anew what bears colours of its own."""
        icons.redraw(self)
        self.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing typed is lost and no work is cut off; geometry and columns are kept."""
        running = [work for work in self.findChildren(LongWork) if work.isRunning()]
        typing = "detail_tab" in vars(self) and not self.detail_tab.may_close()
        if typing or any(not work.may_be_left for work in running):
            event.ignore()
            return
        if self._closing.begins_backup():
            event.ignore()  # it closes the window when the backup is made
            return
        self.hide()
        for work in running:
            work.cancel()
            work.wait()
        if "report_tab" in vars(self):
            self.report_tab.keeper.keep_now()
        self.list_tab.save_columns()
        if self._settings is not None:
            self._settings.setValue(GEOMETRY_KEY, self.saveGeometry())
            self._settings.sync()
        for timer in (self._clock, self._seen, self._opening):
            timer.stop()  # the register is closed next
        super().closeEvent(event)

    def back_up_what_was_left(self) -> None:
        """Back up, behind the window, what was changed before it was opened and no automatic backup has."""
        self._closing.catch_up()

    def _restore_geometry(self) -> None:
        kept = None if self._settings is None else self._settings.value(GEOMETRY_KEY)
        if not (isinstance(kept, QByteArray) and self.restoreGeometry(kept)):
            self.resize(*FIRST_SIZE)

    def _choose_due(self, due: Due) -> None:
        self.tabs.setCurrentIndex(LIST)
        self.list_tab.choose_due(due)

    def _choose_day(self, day: date) -> None:
        self.tabs.setCurrentIndex(LIST)
        self.list_tab.choose_day(day)

    def _mark_strip(self, wanted: ListFilter) -> None:
        self.strip.mark(wanted.due, wanted.act_on)

    def _follow(self, link: "Link") -> None:
        """Open what a line of the check before issuing leads to."""
        if link.narrowed is not None:
            self.tabs.setCurrentIndex(LIST)
            self.list_tab.show_narrowed(link.narrowed)
        elif link.outage:
            self.papers.mend_outage(link.outage)
        else:
            self.dialogs.holidays()

    def _note_view(self) -> None:
        """Who complained was seen, not only passed by."""
        from desktop.services.privacy import note_view

        if self.tabs.currentIndex() != DETAIL or not self.detail_tab.number:
            return
        if self._desk.register.gate.shut_because:
            self._seen.start(SEEN_AFTER)  # it cannot be noted yet
        else:
            note_view(self._desk, self.detail_tab.number)

    def _look_at_the_day(self) -> None:
        """A window left open over night speaks of the new day."""
        if self._desk.today != self._day:
            self._day = self._desk.today
            self.day_turned.emit()
            self.refresh()
