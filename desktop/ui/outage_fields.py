"""The facts of an outage as the officer types them: from when to when, what failed, who noted it."""

from datetime import datetime

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QTimeEdit, QWidget

from desktop.domain.evidence import Outage
from desktop.services.changes import officer
from desktop.services.desk import Desk
from desktop.services.outage_work import OutageFacts, latest, length_words, problem_with
from desktop.ui.date_field import DateField
from desktop.ui.form_part import TextArea
from desktop.ui.plain_label import plain_label
from desktop.ui.theme import GRID
from desktop.ui.typed_fields import TypedField, day_field, text_field, time_field

EXAMPLE = "เช่น เข้าระบบรับเรื่องร้องทุกข์ไม่ได้ หน้าจอขึ้นข้อความผิดพลาด"
FIRST_NAME = "ชื่อของท่าน (จะตั้งเป็นชื่อเจ้าหน้าที่ของโปรแกรมด้วย)"
LONGEST_NAME = 200
TIME_WIDTH = 8 * GRID


class OutageFields(QWidget):
    """A new outage begins and ends now and is noted by the officer; ``edited`` on each change."""

    edited = Signal()

    def __init__(self, desk: Desk, outage: Outage | None = None) -> None:
        super().__init__()
        self._desk = desk
        now = latest(desk)
        self._build(*((now, now) if outage is None else (outage.began, outage.ended)))
        self.what.setPlainText("" if outage is None else outage.what)
        self.by.setText(officer(desk) if outage is None else outage.noted_by)
        self._connect()
        self._measure()

    def _build(self, began: datetime, ended: datetime) -> None:
        self.began, self.began_at = self._moment(began, "เริ่มขัดข้อง")
        self.ended, self.ended_at = self._moment(ended, "ใช้ได้อีกครั้ง")
        self.length = plain_label(muted=True)
        self.what = TextArea(2)
        self.what.setPlaceholderText(EXAMPLE)
        self.what.setAccessibleName("อะไรขัดข้อง")
        self.by = QLineEdit()
        self.by.setMaxLength(LONGEST_NAME)
        self.by.setAccessibleName("ผู้บันทึก")
        self.by.setPlaceholderText("" if officer(self._desk) else FIRST_NAME)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(GRID)
        form.addRow("เริ่มขัดข้อง", _beside(self.began_at, self.began))
        form.addRow("ใช้ได้อีกครั้ง", _beside(self.ended_at, self.ended))
        form.addRow("นาน", self.length)
        form.addRow("อะไรขัดข้อง", self.what)
        form.addRow("ผู้บันทึก", self.by)

    def _moment(self, moment: datetime, name: str) -> tuple[DateField, QTimeEdit]:
        day = DateField(self._desk.today, calendar=self._desk.calendar)
        day.set_day(moment.date())
        day.edit.setAccessibleName(f"{name} วันที่")
        at = QTimeEdit(QTime(moment.hour, moment.minute))
        at.setButtonSymbols(QTimeEdit.ButtonSymbols.NoButtons)  # the arrow keys step all the same
        at.setDisplayFormat("HH.mm")
        at.setAccessibleName(f"{name} เวลา")
        at.setMinimumSize(TIME_WIDTH, 4 * GRID)
        return day, at

    def _connect(self) -> None:
        for field in (self.began, self.ended):
            field.edited.connect(self._measure)
            field.settled.connect(self._measure)
        for at in (self.began_at, self.ended_at):
            at.timeChanged.connect(self._measure)
        self.what.textChanged.connect(self.edited)
        self.by.textChanged.connect(self.edited)

    def typed_fields(self) -> dict[str, TypedField]:
        """Every field by name, for drafts."""
        return {
            "what": text_field(self.what),
            "began": day_field(self.began),
            "began_at": time_field(self.began_at),
            "ended": day_field(self.ended),
            "ended_at": time_field(self.ended_at),
            "by": text_field(self.by),
        }

    def facts(self) -> OutageFacts | None:
        """What is typed; None while a day is none yet."""
        began, ended = (_joined(*each) for each in ((self.began, self.began_at), (self.ended, self.ended_at)))
        if began is None or ended is None:
            return None
        return OutageFacts(began, ended, self.what.toPlainText(), self.by.text())

    def problem(self) -> str:
        """Why it cannot be saved as typed, in one Thai sentence; blank when it can."""
        facts = self.facts()
        if facts is None:
            return self.began.problem() or self.ended.problem() or "ยังไม่มีวันที่ โปรดพิมพ์วันเริ่มและวันสิ้นสุด"
        return problem_with(self._desk, facts.began, facts.ended, facts.what)

    def settle(self) -> None:
        """Take the days as they stand typed."""
        for field in (self.began, self.ended):
            if field.edit.isModified():
                field.settle()

    def set_read_only(self) -> None:
        """Readable, but not to be changed."""
        for field in (self.began, self.ended):
            field.set_read_only(True)
        for edit in (self.began_at, self.ended_at, self.what, self.by):
            edit.setReadOnly(True)

    def _measure(self) -> None:
        """Tell how long it lasted."""
        facts = self.facts()
        well = facts is not None and facts.began <= facts.ended
        self.length.setText(length_words(facts.began, facts.ended) if facts is not None and well else "")
        self.edited.emit()


def _beside(at: QTimeEdit, day: DateField) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GRID)
    row.addWidget(at, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(day, 1)
    return row


def _joined(field: DateField, at: QTimeEdit) -> datetime | None:
    day, time = field.day(), at.time()
    return None if day is None else datetime(day.year, day.month, day.day, time.hour(), time.minute())
