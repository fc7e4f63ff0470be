"""Where each draft goes back to: the tab or the dialog it was typed in, filled in again and not saved.

What was erased by law goes nowhere.
"""

from collections.abc import Callable

from desktop.domain.months import Month
from desktop.services.dialog_forms import DialogForm, month_of
from desktop.services.drafts import REPORT, Draft
from desktop.services.privacy import Erased
from desktop.ui import window_pages
from desktop.ui.main_window import MainWindow


def take_back(window: MainWindow, draft: Draft) -> bool:
    """Open what a draft was typed in with its words; False when the officer goes on with what is there."""
    form = draft.form.partition(":")[0]
    if form in _DIALOGS:
        _DIALOGS[form](window, draft)
        return True
    if form in _TABS:
        return _TABS[form](window, draft)
    window.tabs.setCurrentIndex(window_pages.DETAIL)
    return window.detail_tab.take_back(draft)


def forget_erased(window: MainWindow, erased: Erased) -> None:
    """What was erased by law stands no more in a form, nor among the drafts that are offered."""
    if "detail_tab" in vars(window):
        window.detail_tab.forget_erased(erased.number, erased.fields)
    offer = vars(window).get("draft_offer")
    if offer is not None:
        offer.forget(erased.number)


def _many(window: MainWindow, draft: Draft) -> None:
    window.tabs.setCurrentIndex(window_pages.LIST)
    window.list_tab.take_back(draft)


def _sent(window: MainWindow, draft: Draft) -> bool:
    window.show_report(_month(draft))
    return window.report_tab.note_sent(draft)


def _memo(window: MainWindow, draft: Draft) -> bool:
    window.show_report(_month(draft))
    return window.report_tab.papers.edit_memo(window.report_tab, draft)


def _report(window: MainWindow, draft: Draft) -> bool:
    window.tabs.setCurrentIndex(window_pages.REPORT)
    return window.report_tab.take_back(draft)


def _month(draft: Draft) -> Month:
    month = month_of(draft)
    assert month is not None, "an offer without a month does not go back"
    return month


_DIALOGS: dict[str, Callable[[MainWindow, Draft], None]] = {
    DialogForm.PROJECT: lambda window, draft: window.dialogs.project(draft),
    DialogForm.HOLIDAY: lambda window, draft: window.dialogs.holidays(draft),
    DialogForm.OFFICER: lambda window, draft: window.dialogs.officer(draft),
    DialogForm.OUTAGE: lambda window, draft: window.keeping.outage(draft),
    DialogForm.MENDED_OUTAGE: lambda window, draft: window.papers.mend_outage(int(draft.key), draft=draft),
    DialogForm.ERASURE: lambda window, draft: window.keeping.erase(draft.key, draft),
    DialogForm.BULK: _many,
}
_TABS: dict[str, Callable[[MainWindow, Draft], bool]] = {
    DialogForm.MEMO: _memo,
    DialogForm.SENT: _sent,
    REPORT: _report,
}
