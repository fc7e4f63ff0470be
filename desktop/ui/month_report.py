"""One month's report: its days, figures, words and complaints; a draft to be typed, or an issued one to be read."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.block_wording import figure_lines
from desktop.domain.figures import MonthlyFigures
from desktop.domain.months import Month, fiscal_year_months
from desktop.domain.office_year import IssuedReport
from desktop.domain.thai_dates import weekday_date
from desktop.services import report_view
from desktop.services.desk import Desk
from desktop.services.month_reports import OfficersWords, draft_sheet, figures_of_month
from desktop.services.office_chart import office_chart
from desktop.services.report_differences import differences_of
from desktop.services.report_drafts import TypedReport
from desktop.ui.issue_panel import IssuePanel
from desktop.ui.month_complaints import MonthComplaints
from desktop.ui.month_list import state_look
from desktop.ui.plain_label import heading_label, plain_label, wear
from desktop.ui.report_days import ReportDays
from desktop.ui.report_figures import ReportFigures, target_words
from desktop.ui.theme import GRID, Look


class MonthReport(QWidget):
    """The right side of the tab. What is typed for a month is kept while the officer looks at another."""

    opened = Signal(str)
    core_types_wanted = Signal()
    month_wanted = Signal(object)  # a Month, chosen in the chart
    shown = Signal()  # after every new reading: the buttons follow

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._month: Month | None = None
        self._typed: dict[Month, TypedReport] = {}
        self._monthly: MonthlyFigures | None = None  # the figures in view; None: the days are no good
        self._issued: IssuedReport | None = None  # the issued report in view
        self._build()
        self._connect()

    def _build(self) -> None:
        self.heading = heading_label()
        self.state, self.send_by = plain_label(), plain_label()
        self.days = ReportDays(self._desk.today)
        self.figures = ReportFigures()
        self.panel = IssuePanel()
        self.complaints = MonthComplaints()
        head, body, side, whole = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(), QVBoxLayout(self)
        for label in (self.heading, self.state, self.send_by):
            label.setWordWrap(False)
            head.addWidget(label)
        head.addStretch(1)
        side.setSpacing(GRID)
        side.addWidget(self.panel)
        side.addWidget(self.complaints, 1)
        body.setSpacing(GRID)
        body.addWidget(self.figures, 1)
        body.addLayout(side, 1)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID)
        whole.addLayout(head)
        whole.addWidget(self.days)
        whole.addLayout(body, 1)

    def _connect(self) -> None:
        self.days.changed.connect(self._show_live)
        self.figures.core_types_wanted.connect(self.core_types_wanted)
        self.panel.facts.revision_chosen.connect(lambda: self._show_issued(self.panel.facts.report()))
        self.complaints.opened.connect(self.opened)
        self.figures.month_opened.connect(self._ask_month)

    def show_month(self, line: report_view.MonthLine) -> None:
        """Show a month as the register says now; what was typed for it stays."""
        self._keep_typed()
        month = line.state.month
        same, self._month = month == self._month, month
        still_typing = same and self._issued is None
        self.heading.setText(f"รายงานครั้งที่ {month.report_number} · {month.thai}")
        wear(self.state, state_look(line), line.state.state.value)
        by = f"ต้องส่งภายใน {weekday_date(line.state.send_by)}"
        wear(self.send_by, Look.OVERDUE if line.overdue else Look.PLAIN, f"{by} เกินกำหนดส่ง" if line.overdue else by)
        revisions = report_view.revisions_of(self._desk, month)
        typing = not revisions or self._kept().revising
        self.days.setVisible(typing)
        if typing:
            self._show_typing(month, still_typing=still_typing)
        else:
            kept = self._issued.revision if same and self._issued is not None else None
            self.panel.show_issued(revisions, kept)
            self._show_issued(self.panel.facts.report())

    def monthly(self) -> MonthlyFigures | None:
        """The figures in view; None while the days are no good."""
        return self._monthly

    def issued(self) -> IssuedReport | None:
        """The issued report in view; None while a draft or a revision is typed."""
        return self._issued

    def words(self) -> OfficersWords:
        """The officer's words as they stand in the fields."""
        return self.panel.form.words()

    def reason(self) -> str:
        """Why a revision is made, as typed."""
        return self.panel.form.reason()

    def revising(self) -> bool:
        """Whether a revision of an issued report is being typed."""
        return self._kept().revising

    def revise(self, report: IssuedReport) -> None:
        """Begin a revision with the words and the period of an issued report; shown with the next ``show_month``."""
        words = OfficersWords(report.plan, report.target, report.spent, report.note)
        last = report.figures.last
        self._typed[report.month] = TypedReport(
            last=last, words=words, revising=True, begun_with=words, begun_last=last
        )

    def typed(self) -> dict[Month, TypedReport]:
        """The months for which the officer typed anything of her own, and that."""
        self._keep_typed()
        return {month: typed for month, typed in self._typed.items() if typed.has_any}

    def take_back(self, month: Month, typed: TypedReport) -> None:
        """Take what was typed before; shown with the next ``show_month``."""
        self._keep_typed()
        revisions = report_view.revisions_of(self._desk, month) if typed.revising else []
        begun = TypedReport()
        if revisions:
            self.revise(revisions[0])
            begun = self._typed[month]
        self._typed[month] = replace(
            begun, words=typed.words, reason=typed.reason, drawn_on=typed.drawn_on, last=typed.last or begun.last
        )
        self._month = None

    def forget_typed(self) -> None:
        """Let go of what was typed for the month in view: it was issued, or the revision was given up."""
        if self._month is not None:
            self._typed.pop(self._month, None)
        self._month = None

    def _kept(self) -> TypedReport:
        return TypedReport() if self._month is None else self._typed.get(self._month, TypedReport())

    def _keep_typed(self) -> None:
        if self._month is None or self._issued is not None:
            return
        drawn_on, last = self.days.days()
        kept = self._kept()
        self._typed[self._month] = replace(
            kept,
            drawn_on=None if drawn_on == self.days.shown_on else drawn_on,
            last=None if last == self._month.last and kept.begun_last is None else last,
            words=self.words(),
            reason=self.reason(),
        )

    def _show_typing(self, month: Month, *, still_typing: bool) -> None:
        typed, today = self._kept(), self._desk.today
        self._issued = None
        self.panel.show_typing(month.report_number, typed.words, typed.reason, revising=typed.revising)
        if not (still_typing and self.days.has_problem()):
            self.days.show_days(today, month, typed.drawn_on or today, typed.last or month.last)
        self.figures.show_differences(None)
        self._show_live()

    def _show_live(self) -> None:
        """The figures for the days as they stand in the fields."""
        if self._month is None or self._issued is not None:
            return
        drawn_on, last = self.days.days()
        problem = report_view.problem_with_report_days(self._desk, self._month, drawn_on, last)
        self.days.tell_problem("" if self.days.has_problem() else problem)
        if problem or drawn_on is None:
            self._monthly = None
            self.figures.show_nothing()
            self.complaints.show_complaints(report_view.ReportComplaints())
            self.panel.form.show_hint([])
        else:
            self._monthly = monthly = figures_of_month(self._desk, self._month, drawn_on, last)
            core = self._desk.fiscal_year(self._month.fiscal_year).core_types
            blank = "ยังไม่มีเรื่องประเภทหลักที่แล้วเสร็จ" if core else "ยังไม่ได้เลือกประเภทเรื่องหลัก"
            block = draft_sheet(self._desk, monthly, self.words()).report
            self._show_figures(figure_lines(block), monthly)
            self.figures.show_chart(office_chart(self._desk, self._month.fiscal_year, block))
            self.figures.show_quality(monthly, blank, may_choose=True)
            self.figures.show_later(len(monthly.notified_later), issued=False)
            found = report_view.complaints_of_report(self._desk, monthly, monthly.notified_later)
            self.complaints.show_complaints(found)
        self.shown.emit()

    def _show_issued(self, report: IssuedReport) -> None:
        """The figures as issued, and beside them what the register says now."""
        self._issued, self._monthly = report, report.figures
        self._show_figures(figure_lines(report.block), report.figures)
        self.figures.show_chart(office_chart(self._desk, report.month.fiscal_year))
        self.figures.show_quality(report.figures, "ไม่มีคะแนนคุณภาพในวันที่ออกรายงาน", may_choose=False)
        found = differences_of(self._desk, report)
        self.figures.show_differences(found)
        later = found.later
        self.figures.show_later(len(later), issued=True)
        self.complaints.show_complaints(report_view.complaints_of_report(self._desk, report.figures, later))
        self.shown.emit()

    def _ask_month(self, place: int) -> None:
        if self._month is not None:
            self.month_wanted.emit(fiscal_year_months(self._month.fiscal_year)[place])

    def _show_figures(self, lines: tuple[str, ...], monthly: MonthlyFigures) -> None:
        target, figures = report_view.target_of(self._desk, monthly.month.fiscal_year), monthly.figures
        self.figures.show_figures(lines, monthly, target)
        named = (("กระบวนการ", figures.process.percent), ("ดำเนินการเสร็จสิ้น", figures.completed_percent))
        self.panel.form.show_hint([target_words(name, percent, target) for name, percent in named])
