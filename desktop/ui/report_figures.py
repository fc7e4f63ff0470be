"""The figures of a month's report as the form words them, both parts of the score with their working, the target."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGroupBox, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.block_wording import percent_words
from desktop.domain.figures import MonthlyFigures, Score
from desktop.domain.report_sheet import TargetWord
from desktop.domain.thai_dates import short_date
from desktop.services.office_chart import OfficeChart
from desktop.services.report_differences import Differences
from desktop.services.report_view import against_target
from desktop.ui.plain_label import copied_label, plain_label, wear
from desktop.ui.theme import GRID, Look
from desktop.ui.year_chart import KEYS, YearChart, YearChartDialog

NUMBERS_SHOWN = 12  # complaint numbers named in a difference; the rest are counted


def target_words(name: str, percent: Decimal | None, target: Decimal) -> tuple[Look, str]:
    """What a percentage says against the target, with its look."""
    word = against_target(percent, target)
    if word is None:
        return Look.PLAIN, f"{name} - (ไม่มีเรื่อง จึงเทียบเป้าหมายไม่ได้)"
    look = Look.OVERDUE if word is TargetWord.BELOW else Look.DONE
    return look, f"{name} {percent_words(percent)} % {word.value} {target.normalize():f} %"


class ReportFigures(QScrollArea):
    """Everything a month's report says in figures; ``core_types_wanted`` when the officer wants to choose them."""

    core_types_wanted = Signal()
    month_opened = Signal(int)  # a month's place in the fiscal year, chosen in the chart

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form_lines = copied_label()
        self.process, self.process_year = plain_label(), plain_label(muted=True)
        self.quality, self.quality_year = plain_label(), plain_label(muted=True)
        self.core_types = QPushButton("เลือกประเภทเรื่อง&หลัก…")
        self.process_target, self.completed_target = plain_label(), plain_label()
        self.completed_year = plain_label(muted=True)
        self.later, self.differences = plain_label(), plain_label()
        self.chart, self.chart_told = YearChart(), plain_label(KEYS, muted=True)
        self.larger = QPushButton("ขยายแผน&ภูมิ…")
        self._shown_chart: OfficeChart | None = None
        inside = QWidget()
        self._layout = QVBoxLayout(inside)
        self._layout.setContentsMargins(0, 0, GRID, 0)
        self._layout.setSpacing(GRID)
        self.difference_box = self._card("ทะเบียนขณะนี้ต่างจากฉบับที่ออก", self.differences)
        self.words_box = self._card("ตัวเลขตามถ้อยคำในแบบรายงาน", self.form_lines, self.later)
        self._card("ส่วนที่ 1 ปฏิบัติถูกต้องตามกระบวนการ", self.process, self.process_year)
        self._card("ส่วนที่ 2 คุณภาพการแก้ไขและรายงานผล", self.quality, self.core_types, self.quality_year)
        self._card("เทียบกับเป้าหมายของโครงการ", self.process_target, self.completed_target, self.completed_year)
        self.chart_box = self._card("", self.chart, self.chart_told, self.larger)
        self._layout.addStretch(1)
        self.setWidget(inside)

    def _card(self, title: str, *widgets: QWidget) -> QGroupBox:
        box = QGroupBox(title)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID // 2)
        for widget in widgets:
            leave = Qt.AlignmentFlag.AlignLeft if isinstance(widget, QPushButton) else Qt.AlignmentFlag(0)
            layout.addWidget(widget, 0, leave)
        self._layout.addWidget(box)
        return box

    def _connect(self) -> None:
        self.core_types.clicked.connect(self.core_types_wanted)
        self.chart.month_told.connect(self.chart_told.setText)
        self.chart.month_opened.connect(self.month_opened)
        self.larger.clicked.connect(self._show_larger)

    def show_chart(self, shown: OfficeChart) -> None:
        """Show the fiscal year's chart."""
        self._shown_chart = shown
        self.chart_box.setTitle(shown.title)
        self.chart.show_chart(shown)

    def _show_larger(self) -> None:
        if self._shown_chart is None:
            return
        dialog = YearChartDialog(self._shown_chart, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.chart.chosen() >= 0:
            dialog.chart.choose(self.chart.chosen())
        dialog.open()

    def show_figures(self, lines: Sequence[str], monthly: MonthlyFigures, target: Decimal) -> None:
        """Show a report's figures, live or as issued; ``lines`` are the form's words for them."""
        self.setEnabled(True)
        figures, year = monthly.figures, monthly.year_to_date
        self.form_lines.setText("\n".join(lines))
        so_far = f"ปีงบประมาณ {monthly.month.fiscal_year} ถึง {short_date(monthly.on)}"
        self.process.setText(_process(figures.process))
        self.process_year.setText(f"{so_far}: {_process(year.process)}")
        self.process_target.setText("")
        wear(self.process_target, *target_words("กระบวนการ", figures.process.percent, target))
        wear(self.completed_target, *target_words("ดำเนินการเสร็จสิ้น", figures.completed_percent, target))
        completed = f"ดำเนินการเสร็จสิ้น {year.completed:,} จาก {year.received:,} เรื่อง"
        self.completed_year.setText(f"{so_far}: {completed} = {percent_words(year.completed_percent)} %")
        self.quality_year.setText(f"{so_far}: {_quality(year.quality)}")
        self.quality_year.setVisible(bool(year.quality.total))

    def show_quality(self, monthly: MonthlyFigures, blank: str, *, may_choose: bool) -> None:
        """Show the quality score, or ``blank``: why there is none."""
        self.quality.setText(_quality(monthly.figures.quality) if monthly.figures.quality.total else f"- {blank}")
        self.core_types.setVisible(may_choose)

    def show_later(self, later: int, *, issued: bool) -> None:
        """Say how many complaints the figures leave out, and that a revision of an issued report can count them."""
        offer = " ออกฉบับแก้ไขเพื่อนับรวมได้" if issued else ""
        wear(self.later, Look.TODAY, f"แจ้งภายหลังวันจัดทำรายงาน {later:,} เรื่อง{offer}" if later else "")

    def show_differences(self, found: Differences | None) -> None:
        """Say what the register says now and the issued report does not; None: nothing was issued."""
        lines = [] if found is None else [*_difference_lines(found)]
        self.difference_box.setVisible(bool(lines))
        wear(self.differences, Look.TODAY, "\n".join(lines))

    def show_nothing(self) -> None:
        """Blank and grey: the days are not ones a report can be drawn up for."""
        self.setEnabled(False)
        for label in self.findChildren(QLabel):
            if label is not self.chart_told and isinstance(label.parent(), QGroupBox):
                label.clear()


def _process(score: Score) -> str:
    if score.percent is None:
        return "- (ไม่มีเรื่อง จึงไม่มีคะแนน)"
    return (
        f"ปฏิบัติถูกต้อง {score.done:,} จาก {score.total:,} เรื่อง = {percent_words(score.percent)} %"
        f" → {percent_words(score.points)} จาก {score.worth} คะแนน"
    )


def _quality(score: Score) -> str:
    return (
        f"ครบถ้วน {score.done:,} จาก {score.total:,} รายการ = {percent_words(score.percent)} %"
        f" → {percent_words(score.points)} จาก {score.worth} คะแนน"
    )


def _difference_lines(found: Differences) -> Sequence[str]:
    lines = [f"{each.name}: ออกไว้ {each.issued} ขณะนี้ {each.now}" for each in found.figures]
    for name, numbers in (("เพิ่มเข้ามา", found.came), ("ไม่นับแล้ว", found.went)):
        if numbers:
            more = len(numbers) - NUMBERS_SHOWN
            shown = ", ".join(numbers[:NUMBERS_SHOWN]) + (f" และอีก {more:,} เรื่อง" if more > 0 else "")
            lines.append(f"{name} {len(numbers):,} เรื่อง: {shown}")
    return lines
