"""What is known of an issued report: revision, day, file, the officer's words, and whether it was sent in time."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from desktop.domain.block_wording import baht_words, revision_name
from desktop.domain.office_year import IssuedReport
from desktop.domain.thai_dates import BANGKOK, short_date, weekday_date
from desktop.services.report_view import was_in_time
from desktop.ui.choice_box import ChoiceBox
from desktop.ui.plain_label import plain_label, wear
from desktop.ui.theme import GRID, Look

HASH_SHOWN = 12


class IssuedFacts(QWidget):
    """The facts of the newest revision, or of an older one chosen; nothing of it can be changed."""

    revision_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reports: Sequence[IssuedReport] = ()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.sent = plain_label()
        self.revision = ChoiceBox()
        self.revision.setAccessibleName("ฉบับ")
        self.drawn, self.file, self.why, self.words = plain_label(), plain_label(), plain_label(), plain_label()
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(GRID * 2)
        self._form.setVerticalSpacing(GRID // 2)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for name, widget in (
            ("ฉ&บับ", self.revision),
            ("จัดทำเมื่อ", self.drawn),
            ("เหตุผลที่แก้ไข", self.why),
            ("ถ้อยคำของเจ้าหน้าที่", self.words),
            ("รหัสตรวจสอบแฟ้ม", self.file),
        ):
            self._form.addRow(name, widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.sent)
        layout.addLayout(self._form)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.revision.activated.connect(self._choose)

    def show_reports(self, reports: Sequence[IssuedReport], kept: int | None = None) -> None:
        """Show a month's revisions, newest first; ``kept`` is the revision to keep in view."""
        self._reports = reports
        self.revision.clear()
        for report in reports:
            newest = " (ใช้อยู่)" if report is reports[0] and len(reports) > 1 else ""
            self.revision.addItem(f"{revision_name(report.revision)}{newest}", report.revision)
        self.revision.setCurrentIndex(max(0, self.revision.findData(kept)))
        self.revision.setEnabled(len(reports) > 1)
        self._show(self.report())

    def report(self) -> IssuedReport:
        """The revision in view."""
        return self._reports[max(0, self.revision.currentIndex())]

    def _choose(self) -> None:
        self._show(self.report())
        self.revision_chosen.emit()

    def _show(self, report: IssuedReport) -> None:
        issued = report.issued_at.astimezone(BANGKOK)
        self.drawn.setText(
            f"{weekday_date(report.figures.on)} (ออกจากโปรแกรม {short_date(issued.date())} {issued:%H.%M} น.)"
        )
        self._form.setRowVisible(self.why, bool(report.why))
        self.why.setText(report.why)
        lines = [report.plan.value, report.target.value, f"งบประมาณที่เบิกใช้ {baht_words(report.spent)}"]
        if report.note:
            lines.append(f"ปัญหา/อุปสรรค: {report.note}")
        self.words.setText(" · ".join(lines[:3]) + "".join(f"\n{line}" for line in lines[3:]))
        self.file.setText(f"{report.sha256[:HASH_SHOWN]}… ({report.length:,} ไบต์)")
        self.file.setToolTip(f"SHA-256\n{report.sha256}")
        wear(self.sent, *_sent_words(report))


def _sent_words(report: IssuedReport) -> tuple[Look, str]:
    by = weekday_date(report.figures.send_by)
    if report.sent_on is None:
        return Look.TODAY, f"ยังไม่ได้นำส่ง ต้องส่งภายใน {by}"
    day = weekday_date(report.sent_on) + (f" ตามหนังสือที่ {report.letter}" if report.letter else "")
    if was_in_time(report, report.sent_on):
        return Look.DONE, f"นำส่งเมื่อ {day} ทันกำหนด ({by})"
    return Look.OVERDUE, f"นำส่งเมื่อ {day} เกินกำหนด ({by})"
