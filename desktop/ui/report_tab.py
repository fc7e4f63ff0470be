"""The tab of the monthly report: choose a month, see its figures, issue it, note the day it was sent."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.block_wording import figure_lines, officers_lines, revision_name
from desktop.domain.figures import MonthlyFigures
from desktop.domain.months import Month
from desktop.domain.report_sheet import ReportBlock
from desktop.domain.thai_dates import weekday_date
from desktop.services import month_reports, report_view
from desktop.services.check_lines import CheckLine, Link, Opens
from desktop.services.desk import Desk
from desktop.services.drafts import REPORT, Draft
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.services.progress import Progress
from desktop.services.report_checks import all_checks
from desktop.services.report_drafts import TypedReport, base_of, memo_of, typed_of, values_of
from desktop.services.report_papers import is_pack, report_file_name
from desktop.ui.core_types_dialog import CoreTypesDialog
from desktop.ui.draft_keeper import DraftKeeper, Typed
from desktop.ui.issue_dialog import IssueDialog
from desktop.ui.long_work import run_long
from desktop.ui.month_list import MonthList
from desktop.ui.month_report import MonthReport
from desktop.ui.paper_files import choose_pdf, open_folder
from desktop.ui.project_dialog import ProjectDialog
from desktop.ui.report_buttons import ReportButtons
from desktop.ui.report_paper_steps import ReportPapers
from desktop.ui.sent_dialog import SentDialog
from desktop.ui.theme import GRID, Look


class ReportTab(QWidget):
    """The tab; ``opened`` names a complaint to show, ``changed`` tells that something was saved.

    ``followed`` bears a Link of the check before issuing that leads out of the tab.
    """

    opened = Signal(str)
    changed = Signal()
    followed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._month = report_view.month_to_show(desk)
        self._stale = True
        self._issued_months: set[Month] = set()  # of the years looked at: what is typed for them is none but a revision
        self._with_pack = False  # what she chose when she last issued
        self.keeper = DraftKeeper(desk, self._unsaved, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.months = MonthList()
        self.report = MonthReport(self._desk)
        self.buttons = ReportButtons()
        self.papers = ReportPapers(self._desk, self.report, self)
        right, whole = QVBoxLayout(), QHBoxLayout(self)
        right.setSpacing(GRID)
        right.addWidget(self.report, 1)
        right.addWidget(self.buttons)
        whole.setContentsMargins(*[2 * GRID] * 4)
        whole.setSpacing(2 * GRID)
        whole.addWidget(self.months)
        whole.addLayout(right, 1)
        self.setFocusProxy(self.months.table)

    def _connect(self) -> None:
        self.months.month_chosen.connect(self.show_month)
        self.months.year_chosen.connect(self._show_year)
        self.report.opened.connect(self.opened)
        self.report.shown.connect(self._show_buttons)
        self.report.panel.form.edited.connect(self.keeper.touched)
        self.report.days.changed.connect(self.keeper.touched)
        self.papers.memo_typed.connect(self.keeper.keep_now)
        self.report.core_types_wanted.connect(self._choose_core_types)
        self.report.month_wanted.connect(self.show_month)
        self.buttons.project_wanted.connect(self._edit_project)
        self.buttons.draft_wanted.connect(self.papers.show_report)
        self.buttons.pdf_wanted.connect(self.papers.show_report)
        self.buttons.parts_wanted.connect(self.papers.show_parts)
        self.buttons.memo_wanted.connect(lambda: self.papers.edit_memo(self))
        self.buttons.texts_wanted.connect(self.papers.show_texts)
        self.buttons.papers_asked.connect(self._name_papers)
        self.buttons.issue_wanted.connect(self._issue)
        self.buttons.revision_wanted.connect(self._begin_revision)
        self.buttons.revision_left.connect(self._leave_revision)
        self.buttons.sign_wanted.connect(self._sign)
        self.buttons.sent_wanted.connect(lambda: self.note_sent())

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the tab was out of sight."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Read the register again; what is typed stays. Out of sight it waits until the tab is shown."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        lines = report_view.month_lines(self._desk, self._month.fiscal_year)
        self._issued_months |= {line.state.month for line in lines if line.state.issued is not None}
        self.months.show_months(report_view.report_years(self._desk), lines, self._month)
        self.report.show_month(lines[self._month.report_number - 1])
        self.keeper.touched()  # a report that was issued, or a revision given up, leaves no draft

    def show_month(self, month: Month) -> None:
        """Show the report of a month."""
        self._month = month
        self.buttons.tell("")
        self.refresh()

    def _unsaved(self) -> list[Typed]:
        typed, memos = self.report.typed(), self.papers.typed_memos()
        months = {month: typed.get(month, TypedReport()) for month in (*typed, *memos)}
        return [
            Typed(REPORT, month.iso, values_of(each, memos.get(month)), base_of(each))
            for month, each in months.items()
            if each.revising or month not in self._issued_months
        ]

    def take_back(self, draft: Draft) -> bool:
        """Put back what was typed for a month; False where the officer has typed for it meanwhile."""
        month = Month.of(date.fromisoformat(f"{draft.key}-01"))
        if month in self.report.typed():
            self.buttons.tell("เดือนนี้มีถ้อยคำที่พิมพ์ไว้แล้ว จึงยังไม่คืนร่าง โปรดล้างถ้อยคำนั้นก่อน", Look.TODAY)
            return False
        self.report.take_back(month, typed_of(draft.values))
        self.papers.take_memo(month, memo_of(draft.values))
        self.keeper.adopt(draft)
        self.show_month(month)
        self.buttons.tell("คืนร่างแล้ว ยังไม่ได้ออกรายงาน")
        return True

    def _show_year(self, year: int) -> None:
        same = report_view.month_lines(self._desk, year)[self._month.report_number - 1]
        self.show_month(same.state.month)

    def _show_buttons(self) -> None:
        issued = self.report.issued()
        if issued is not None:
            newest = report_view.revisions_of(self._desk, issued.month)[0]
            self.buttons.show_issued(newest=issued.revision == newest.revision)
            return
        why_not = report_view.why_not_to_issue(self._desk, self._month)
        self.buttons.show_typing(
            ready=self.report.monthly() is not None, revising=self.report.revising(), why_not=why_not
        )

    def _name_papers(self) -> None:
        issued = self.report.issued()
        if issued is not None:
            self.buttons.name_whole(pack=is_pack(self._desk, issued))

    def choose_file(self, title: str, name: str) -> Path | None:
        """Ask where to write a PDF, ``name`` proposed; None: nowhere."""
        return choose_pdf(self, title, name)

    def show_file(self, path: Path) -> None:
        """Open the folder a file was written to."""
        if not open_folder(path):
            self.buttons.tell(f"เขียนแฟ้ม {path} แล้ว แต่เปิดโฟลเดอร์ไม่ได้ โปรดเปิดเอง", Look.OVERDUE)

    def _issue(self) -> None:
        monthly, revising, reason = self.report.monthly(), self.report.revising(), self.report.reason()
        if monthly is None:
            return
        if revising and not reason:
            self.buttons.tell("ฉบับแก้ไขต้องมีเหตุผล โปรดพิมพ์เหตุผลที่แก้ไข", Look.OVERDUE)
            self.report.panel.form.why.setFocus()
            return
        words, memo = self.report.words(), self.papers.memo_of(self._month)
        run_long(
            self,
            self._desk,
            "กำลังตรวจก่อนออกรายงาน",
            lambda desk, _: all_checks(desk, monthly, words, reason, memo),
            lambda checks: self._issue_checked(monthly, words, reason, checks),
        )

    def _issue_checked(
        self, monthly: MonthlyFigures, words: month_reports.OfficersWords, reason: str, checks: Sequence[CheckLine]
    ) -> None:
        block, revising = month_reports.draft_sheet(self._desk, monthly, words).report, self.report.revising()
        if not self._confirmed(block, reason, checks):
            return
        pack, memo = self._with_pack, self.papers.memo_of(self._month)
        path = self.choose_file("บันทึกรายงานที่ออกไว้ที่", report_file_name(self._month, block.revision, pack=pack))
        if path is None:
            self.buttons.tell("ยังไม่ได้ออกรายงาน เพราะยังไม่ได้เลือกที่เก็บแฟ้ม", Look.TODAY)
            return

        def issue(desk: Desk, progress: Progress | None = None) -> None:
            month_reports.issue(
                desk, monthly, words, path, revise=revising, why=reason, pack=pack, memo=memo, progress=progress
            )

        self._carry_out(issue, lambda: self._issued(block.number, path), behind=pack)

    def _carry_out(self, issue: Callable[..., None], then: Callable[[], None], *, behind: bool) -> None:
        """A report alone is made at once; a whole pack takes a while and can be cancelled."""
        if behind:
            run_long(self, self._desk, "กำลังออกรายงาน", issue, lambda _: then())
            return
        with self._telling():
            issue(self._desk)
            then()

    def _issued(self, number: int, path: Path) -> None:
        self.report.forget_typed()
        self._saved(f"ออกรายงานครั้งที่ {number} แล้ว แฟ้มอยู่ที่ {path}")
        self.show_file(path)

    def _confirmed(self, block: ReportBlock, reason: str, checks: Sequence[CheckLine]) -> bool:
        """Whether the officer, having seen what is frozen and what is worth a look, goes on."""
        title = f"ออกรายงานครั้งที่ {block.number} · {self._month.thai} · {revision_name(block.revision)}"
        said = (*officers_lines(block), *([f"เหตุผลที่แก้ไข: {reason}"] if reason else []))
        dialog = IssueDialog(title, figure_lines(block), said, checks, self, pack=self._with_pack)
        dialog.opened.connect(self.opened)
        dialog.followed.connect(self._follow)
        dialog.preview_wanted.connect(lambda: self.papers.show_draft(dialog, pack=dialog.with_pack()))
        dialog.memo_wanted.connect(lambda: self.papers.edit_memo(dialog))
        dialog.finished.connect(lambda: self._remember_pack(dialog.with_pack()))
        return _accepted(dialog)

    def _remember_pack(self, chosen: bool) -> None:
        self._with_pack = chosen

    def _follow(self, link: Link) -> None:
        """Open what a line of the check leads to."""
        match link.opens:
            case Opens.PROJECT:
                self._edit_project()
            case Opens.CORE_TYPES:
                self._choose_core_types()
            case Opens.DAYS:
                self.report.days.drawn_on.setFocus()
            case Opens.NOTE:
                self.report.panel.form.note.setFocus()
            case Opens.REASON:
                self.report.panel.form.why.setFocus()
            case Opens.MEMO:
                self.papers.edit_memo(self)
            case Opens.MONTH if link.month is not None:
                self.show_month(link.month)
            case _:
                self.followed.emit(link)

    def _begin_revision(self) -> None:
        issued = self.report.issued()
        if issued is None:
            return
        self.report.revise(issued)
        self.show_month(self._month)
        self.report.panel.form.why.setFocus()

    def _leave_revision(self) -> None:
        self.report.forget_typed()
        self.show_month(self._month)

    def _sign(self) -> None:
        """A signed copy of the issued file, by certificate or with a picture."""
        from desktop.ui.sign_dialog import SignDialog

        issued = self.report.issued()
        if issued is not None:
            dialog = SignDialog(self._desk, issued, self)
            dialog.signed.connect(self._signed)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _signed(self, path: Path) -> None:
        self.buttons.tell(f"✓ ลงนามแล้ว: {path.name}")
        self.show_file(path)

    def note_sent(self, draft: Draft | None = None) -> bool:
        """Ask for the day the issued report was sent, filled in again from a draft; False while a revision is typed."""
        issued = self.report.issued()
        if issued is None:
            return False
        memo = self.papers.memo_of(self._month)
        dialog = SentDialog(self._desk, issued, self, memo.number if memo else "")
        if draft is not None:
            dialog.drafts.take_back(draft)
        if not _accepted(dialog):
            return True
        day, letter = dialog.day(), dialog.letter()
        with self._telling():
            in_time = month_reports.mark_sent(self._desk, self._month, day, letter)
            told = f"บันทึกวันนำส่ง {weekday_date(day)} แล้ว"
            self._saved(f"{told} ทันกำหนด" if in_time else f"{told} เกินกำหนดส่ง")
        return True

    def _choose_core_types(self) -> None:
        if _accepted(CoreTypesDialog(self._desk, self._month.fiscal_year, self)):
            self._saved("บันทึกประเภทเรื่องหลักแล้ว")

    def _edit_project(self) -> None:
        if _accepted(ProjectDialog(self._desk, self._month.fiscal_year, self)):
            self._saved("บันทึกข้อมูลโครงการแล้ว")

    def _saved(self, words: str) -> None:
        self.refresh()
        self.buttons.tell(words)
        self.changed.emit()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """A wait cursor while something is done; what cannot be done is said at the foot."""
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            yield
        except PLAIN_ERRORS as problem:
            self.buttons.tell(str(problem), Look.OVERDUE)
        finally:
            QApplication.restoreOverrideCursor()


def _accepted(dialog: QDialog) -> bool:
    """Hold the window until the dialog is answered, then let go of it."""
    answered = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return answered
