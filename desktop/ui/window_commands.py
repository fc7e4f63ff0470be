"""What each command of the menus does in the main window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.ui.window_pages import DETAIL, LIST, REPORT

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow


def steps_of(window: "MainWindow") -> dict[str, Callable[[], object]]:
    """What each command does."""
    return {
        "new": window.new_complaint,
        "import": lambda: window.spreadsheets.ask_import(),
        "undo": lambda: window.dialogs.undo(),
        "history": lambda: window.dialogs.history(),
        "export": lambda: _export(window, private=False),
        "export_private": lambda: _export(window, private=True),
        "quit": window.close,
        "search": window.search,
        "today": window.show_today,
        "list": lambda: window.tabs.setCurrentIndex(LIST),
        "detail": lambda: window.tabs.setCurrentIndex(DETAIL),
        "report": lambda: window.tabs.setCurrentIndex(REPORT),
        "print": lambda: _print_shown(window),
        "day_sheet": lambda: window.papers.day(),
        "round_sheet": lambda: window.papers.round(),
        "copy_report": lambda: _copy_report(window),
        "copy_answer": lambda: _copy_answer(window),
        "outage": lambda: window.keeping.outage(),
        "outages": lambda: window.papers.outages(),
        "backup": lambda: window.keeping.backup(),
        "restore": lambda: window.keeping.restore(),
        "verify": window.verify_asked.emit,
        "check_pdf": lambda: window.keeping.check_pdf(),
        "erase": lambda: window.keeping.erase(window.detail_tab.number),
        "project": lambda: window.dialogs.project(),
        "core_types": lambda: window.dialogs.core_types(),
        "holidays": lambda: window.dialogs.holidays(),
        "officer": lambda: window.dialogs.officer(),
        "guide": lambda: window.dialogs.guide(),
        "about": lambda: window.dialogs.about(),
    }


def _print_shown(window: "MainWindow") -> None:
    """The list, the open complaint or the month's report, whichever is in front."""
    if window.tabs.currentIndex() == DETAIL:
        window.papers.complaint(window.detail_tab.number, unsaved=window.detail_tab.has_unsaved())
    elif window.tabs.currentIndex() == REPORT:
        window.report_tab.papers.show_report()
    else:
        window.papers.the_list(window.list_tab)


def _copy_report(window: "MainWindow") -> None:
    window.tabs.setCurrentIndex(REPORT)
    window.report_tab.papers.show_texts()


def _copy_answer(window: "MainWindow") -> None:
    of_list = window.tabs.currentIndex() == LIST
    window.papers.copy_answer(window.list_tab.chosen_number() if of_list else window.detail_tab.number)


def _export(window: "MainWindow", *, private: bool) -> None:
    narrowed = window.list_tab.filter_is_on
    window.spreadsheets.ask_export(window.list_tab.wanted, window.list_tab.count, narrowed=narrowed, private=private)
