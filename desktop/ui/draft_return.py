"""Where each draft goes back to: the tab or the dialog it was typed in, filled in again and not saved."""

from desktop.services import dialog_forms
from desktop.services.drafts import REPORT, Draft
from desktop.ui import main_window
from desktop.ui.main_window import MainWindow


def take_back(window: MainWindow, draft: Draft) -> bool:
    """Open what a draft was typed in with its words; False when the officer goes on with what is there."""
    match draft.form.partition(":")[0]:
        case dialog_forms.PROJECT:
            window.dialogs.project(draft)
        case dialog_forms.OUTAGE:
            window.keeping.outage(draft)
        case dialog_forms.BULK:
            window.tabs.setCurrentIndex(main_window.LIST)
            window.list_tab.take_back(draft)
        case dialog_forms.MEMO:
            month = dialog_forms.month_of(draft)
            assert month is not None, "an offer without a month does not go back"
            window.show_report(month)
            return window.report_tab.papers.edit_memo(window.report_tab, draft)
        case form if form == REPORT:
            window.tabs.setCurrentIndex(main_window.REPORT)
            return window.report_tab.take_back(draft)
        case _:
            window.tabs.setCurrentIndex(main_window.DETAIL)
            return window.detail_tab.take_back(draft)
    return True
