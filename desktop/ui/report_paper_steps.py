"""The papers of the month in view: made behind, then shown in the preview; and the texts to paste elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.months import Month
from desktop.domain.pack_sheet import Part
from desktop.domain.report_sheet import ReportSheet
from desktop.services import report_papers
from desktop.services.desk import Desk
from desktop.services.drafts import Draft
from desktop.services.memo_words import MemoWords, memo_words
from desktop.services.month_pack import WHOLE
from desktop.services.month_reports import draft_sheet
from desktop.services.papers import Paper
from desktop.services.paste_texts import PasteText, month_texts
from desktop.services.progress import Progress
from desktop.services.report_drafts import TypedMemo
from desktop.ui.long_work import run_long
from desktop.ui.memo_dialog import MemoDialog
from desktop.ui.month_report import MonthReport
from desktop.ui.paste_dialog import PasteTextsDialog
from desktop.ui.pdf_preview import show_paper

Making = Callable[[Desk, Progress], Paper]


class ReportPapers(QObject):
    """Draft or issued as the month in view is; ``memo_typed`` when the memo of a month has a number or day."""

    memo_typed = Signal()

    def __init__(self, desk: Desk, report: MonthReport, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._report = report
        self._widget = parent
        self._memo: dict[Month, MemoWords] = {}

    def memo_of(self, month: Month) -> MemoWords | None:
        """The memo's words typed for a month; None: those kept."""
        return self._memo.get(month)

    def typed_memos(self) -> dict[Month, TypedMemo]:
        """The memos with a number or a day of their own."""
        typed = {month: TypedMemo(words.number, words.day) for month, words in self._memo.items()}
        return {month: each for month, each in typed.items() if each != TypedMemo()}

    def take_memo(self, month: Month, typed: TypedMemo) -> None:
        """Take a memo's number and day that were typed before."""
        if typed != TypedMemo():
            self._memo[month] = replace(memo_words(self._desk), number=typed.number, day=typed.day)

    def show_report(self) -> None:
        """The report alone: the draft, or the issued file byte for byte."""
        issued = self._report.issued()
        if issued is not None:
            self._show(self._widget, lambda desk, _: report_papers.issued_paper(desk, issued))
        else:
            self.show_draft(self._widget, pack=False)

    def show_draft(self, over: QWidget, *, pack: bool) -> None:
        """The report as it would be issued, alone or with everything that goes with it."""
        monthly, words, reason = self._report.monthly(), self._report.words(), self._report.reason()
        if monthly is None:
            return
        if pack:
            self._show_draft_parts(over, WHOLE)
        else:
            self._show(over, lambda desk, _: report_papers.draft_paper(desk, monthly, words, reason))

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Some parts of the pack; none named: all there is, of an issued report its own file where that is a pack."""
        issued = self._report.issued()
        if issued is None:
            self._show_draft_parts(self._widget, parts or WHOLE)
            return
        memo = self._memo.get(issued.month)

        def make(desk: Desk, progress: Progress) -> Paper:
            if not parts and report_papers.is_pack(desk, issued):
                return report_papers.issued_paper(desk, issued)
            return report_papers.issued_parts_paper(desk, issued, memo, parts or report_papers.BESIDE, progress)

        self._show(self._widget, make)

    def _show_draft_parts(self, over: QWidget, parts: Sequence[Part]) -> None:
        monthly, words, reason = self._report.monthly(), self._report.words(), self._report.reason()
        if monthly is None:
            return
        memo = self._memo.get(monthly.month)

        def make(desk: Desk, progress: Progress) -> Paper:
            return report_papers.draft_pack_paper(desk, monthly, words, reason, memo, parts, progress)

        self._show(over, make)

    def edit_memo(self, over: QWidget, draft: Draft | None = None) -> bool:
        """Ask for the words of the covering memo, filled in again from a draft; False when there is no month for it."""
        monthly = self._report.monthly()
        if monthly is None:
            return False
        dialog = MemoDialog(self._desk, self._memo.get(monthly.month), over, monthly.month)
        if draft is not None:
            dialog.drafts.take_back(draft)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._memo[monthly.month] = dialog.words()
            self.memo_typed.emit()
        dialog.deleteLater()
        return True

    def show_texts(self) -> None:
        """Open the texts to paste into the central system."""
        monthly, issued = self._report.monthly(), self._report.issued()
        if monthly is None:
            return
        sheet = draft_sheet(self._desk, monthly, self._report.words())
        if issued is not None:
            sheet = ReportSheet(sheet.project, (issued.block,))
        title = f"ข้อความของรายงานครั้งที่ {monthly.month.report_number} · {monthly.month.thai}"

        def show(texts: Sequence[PasteText]) -> None:
            dialog = PasteTextsDialog(title, texts, self._widget)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        run_long(self._widget, self._desk, "กำลังทำข้อความ", lambda desk, _: month_texts(desk, monthly, sheet), show)

    def _show(self, over: QWidget, make: Making) -> None:
        run_long(over, self._desk, "กำลังทำเอกสาร", make, lambda paper: show_paper(over, self._desk, paper))
