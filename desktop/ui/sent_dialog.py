"""The day a report was sent to the Permanent Secretary's office, and the number of the letter it went with."""

from datetime import date

from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.domain.office_year import IssuedReport
from desktop.domain.thai_dates import weekday_date
from desktop.services.desk import Desk
from desktop.services.dialog_forms import DialogForm
from desktop.services.report_view import problem_with_sent_day, was_in_time
from desktop.ui.date_field import DateField
from desktop.ui.dialog_drafts import DialogDrafts, said_in
from desktop.ui.plain_label import plain_label, wear
from desktop.ui.theme import GRID, Look
from desktop.ui.typed_fields import day_field, text_field


class SentDialog(QDialog):
    """Asks the day and says at once whether it is in time; ``letter`` is the memo's number, where none is noted yet."""

    def __init__(self, desk: Desk, report: IssuedReport, parent: QWidget | None = None, letter: str = "") -> None:
        super().__init__(parent)
        self._proposed = report.letter or letter
        self._desk = desk
        self._report = report
        self._build()
        self._connect()
        self._judge()
        fields = {"day": day_field(self.field), "letter": text_field(self.letter_field)}
        self.drafts = DialogDrafts(desk, self, DialogForm.SENT, report.month.iso, fields, said_in(self.restored, self))

    def _build(self) -> None:
        self.setWindowTitle("บันทึกวันนำส่ง")
        month = self._report.month
        words = plain_label(
            f"รายงานครั้งที่ {month.report_number} เดือน{month.thai}"
            f" ต้องนำส่งสำนักงานเลขานุการปลัดกรุงเทพมหานคร ภายใน {weekday_date(self._report.figures.send_by)}"
        )
        self.field = DateField(self._desk.today)
        self.field.set_day(self._report.sent_on or self._desk.today)
        self.letter_field = QLineEdit(self._proposed)
        self.letter_field.setPlaceholderText("เช่น กท 6603/123 เว้นว่างได้")
        self.letter_field.setAccessibleName("เลขที่หนังสือ")
        self.verdict, self.restored = plain_label(), plain_label()
        self.restored.hide()
        self.cancel = QPushButton("&ยกเลิก")
        self.save = QPushButton("&บันทึก")
        self.save.setProperty("primary", True)
        self.save.setDefault(True)
        form, buttons = QFormLayout(), QHBoxLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID)
        form.addRow("วัน&นำส่ง", self.field)
        form.addRow("เลขที่&หนังสือ", self.letter_field)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        layout.addWidget(words)
        layout.addLayout(form)
        layout.addWidget(self.verdict)
        layout.addWidget(self.restored)
        layout.addLayout(buttons)
        self.setMinimumWidth(60 * GRID)
        self.field.setFocus()

    def _connect(self) -> None:
        self.field.edited.connect(self._judge)
        self.field.day_changed.connect(self._judge)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.accept)

    def day(self) -> date:
        """The day chosen; read it after the dialog was accepted."""
        day = self.field.day()
        assert day is not None, "accept() refuses a field without a day"
        return day

    def letter(self) -> str:
        """The letter's number as typed; blank: none."""
        return self.letter_field.text().strip()

    def accept(self) -> None:
        """Close with a day that can be; else say what is wrong."""
        if self._problem():
            self._judge()
            self.field.setFocus()
            return
        super().accept()

    def _problem(self) -> str:
        return self.field.problem() or problem_with_sent_day(self._desk, self._report, self.field.day())

    def _judge(self) -> None:
        problem, day = self._problem(), self.field.day()
        if problem or day is None:
            wear(self.verdict, Look.OVERDUE, problem)
        elif was_in_time(self._report, day):
            wear(self.verdict, Look.DONE, "ทันกำหนด")
        else:
            wear(self.verdict, Look.OVERDUE, "เกินกำหนดส่ง")
