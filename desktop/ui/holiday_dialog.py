"""ปฏิทินวันหยุด: the weekdays off of a fiscal year; a day is added or struck with its reason, its effect told first."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.office_year import DaySource
from desktop.domain.thai_dates import weekday_date
from desktop.services.desk import Desk
from desktop.services.dialog_forms import DialogForm
from desktop.services.office_days import OfficeDay, office_days, unknown_years
from desktop.services.office_settings import add_holiday, moved_by, strike_holiday
from desktop.ui import notices, theme
from desktop.ui.button_row import button_row, plain_button
from desktop.ui.date_field import DateField
from desktop.ui.dialog_drafts import DialogDrafts, said_in
from desktop.ui.dialog_size import make_room, start_size
from desktop.ui.long_work import run_long
from desktop.ui.plain_label import plain_label, wear
from desktop.ui.plain_table import PlainTable
from desktop.ui.typed_fields import day_field, text_field

YEARS = (2534, 2603)  # fiscal years one can look at
SOURCES = {
    DaySource.COUNTRY: "วันหยุดราชการ",
    DaySource.BANGKOK: "เฉพาะกรุงเทพมหานคร",
    DaySource.OFFICE: "สำนักงานเพิ่มเอง",
}


class HolidayDialog(QDialog):
    """``changed`` comes when a day was added or struck and every open deadline was counted anew."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._days: list[OfficeDay] = []
        self._build()
        self._connect()
        if desk.register.writable:
            fields = {"day": day_field(self.day), "why": text_field(self.why)}
            self.drafts = DialogDrafts(desk, self, DialogForm.HOLIDAY, "", fields, said_in(self.problem, self))
        self.refresh()

    def _build(self) -> None:
        self.setWindowTitle("ปฏิทินวันหยุด")
        start_size(self, 124 * theme.GRID, 72 * theme.GRID)
        self.year = QSpinBox()
        self.year.setRange(*YEARS)
        self.year.setValue(self._desk.current_year)
        self.year.setAccessibleName("ปีงบประมาณ")
        head = QHBoxLayout()
        head.addWidget(QLabel("ปีงบประมาณ"))
        head.addWidget(self.year)
        head.addStretch()
        self.unknown = plain_label()
        self.table = PlainTable(("วัน", "ที่มา", "ชื่อหรือเหตุผล"), "ไม่มีวันหยุดที่ตรงกับวันจันทร์ถึงศุกร์ในปีนี้")
        self.close_button = plain_button("&ปิด")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * theme.GRID] * 4)
        layout.setSpacing(theme.GRID)
        layout.addLayout(head)
        layout.addWidget(self.unknown)
        layout.addWidget(self.table, 1)
        if self._desk.register.writable:
            layout.addWidget(self._change_group())
        layout.addLayout(button_row(self.close_button))

    def _change_group(self) -> QGroupBox:
        self.day = DateField(self._desk.today, calendar=self._desk.calendar)
        self.why = QLineEdit()
        self.why.setAccessibleName("เหตุผล")
        self.why.setPlaceholderText("เช่น มติคณะรัฐมนตรี วันที่…")
        self.add_button = plain_button("&เพิ่มเป็นวันหยุด…")
        self.strike_button = plain_button("ยกเลิก&วันหยุดนี้…")
        self.problem = plain_label()
        self.problem.hide()
        group = QGroupBox("เปลี่ยนวันทำการ")
        form = QFormLayout(group)
        form.setSpacing(theme.GRID)
        form.addRow("วันที่", self.day)
        form.addRow("เหตุผล", self.why)
        form.addRow(self.problem)
        form.addRow(button_row(self.strike_button, self.add_button))
        return group

    def _connect(self) -> None:
        self.year.valueChanged.connect(self.refresh)
        self.close_button.clicked.connect(self.reject)
        if self._desk.register.writable:
            self.table.table.itemSelectionChanged.connect(self._take_selected)
            self.add_button.clicked.connect(lambda: self._ask(closed=True))
            self.strike_button.clicked.connect(lambda: self._ask(closed=False))

    def refresh(self) -> None:
        """The calendar of the year shown, as it is now."""
        year = self.year.value()
        self._days = office_days(self._desk, year)
        self.table.show_rows([(weekday_date(each.day), _source(each), each.name) for each in self._days])
        unknown = ", ".join(map(str, unknown_years(self._desk, year)))
        words = f"วันหยุดราชการปี {unknown} ในโปรแกรมยังไม่ครบ โปรดตรวจกับประกาศแล้วเพิ่มเอง"
        wear(self.unknown, theme.Look.DOUBTFUL, words if unknown else "")

    def _take_selected(self) -> None:
        """The selected row's day is the one to change."""
        row = self.table.selected_row()
        if row is not None:
            self.day.set_day(self._days[row].day)
            if not self.why.text():
                self.drafts.saved_here()  # nothing is typed: a day looked at is no draft

    def _ask(self, *, closed: bool) -> None:
        """Tell how many deadlines would move; only then save."""
        self.day.settle()
        day, why = self.day.day(), self.why.text()
        if day is None:
            self._say(self.day.problem() or "ยังไม่มีวันที่ โปรดพิมพ์วันที่ หรือเลือกแถวในตาราง")
            return
        if not why.strip():
            self._say("ยังไม่มีเหตุผล โปรดพิมพ์เหตุผล เช่น เลขที่ประกาศหรือมติ")
            self.why.setFocus()
            return
        self.problem.hide()
        run_long(
            self,
            self._desk,
            "กำลังนับกำหนดใหม่",
            lambda desk, progress: moved_by(desk, day, closed=closed, why=why),
            lambda moved: self._confirm(day, why, moved, closed=closed),
        )

    def _confirm(self, day: date, why: str, moved: int, *, closed: bool) -> None:
        becomes = "วันหยุด" if closed else "วันทำการ"
        effect = f"กำหนดของเรื่องที่ค้างอยู่จะเปลี่ยน {moved:,} เรื่อง" if moved else "ไม่มีกำหนดของเรื่องใดเปลี่ยน"
        question = f"{weekday_date(day)} จะเป็น{becomes}\n{effect}"
        notices.ask(self, question, {"&บันทึก": lambda: self._save(day, why, closed=closed)})

    def _save(self, day: date, why: str, *, closed: bool) -> None:
        step = add_holiday if closed else strike_holiday
        run_long(self, self._desk, "กำลังบันทึกและนับกำหนดใหม่", lambda desk, progress: step(desk, day, why), self._saved)

    def _saved(self, _: object) -> None:
        self.why.clear()
        self.drafts.saved_here()
        self.refresh()
        self.changed.emit()

    def _say(self, sentence: str) -> None:
        wear(self.problem, theme.Look.OVERDUE, sentence)
        make_room(self)


def _source(each: OfficeDay) -> str:
    return SOURCES[each.source] if each.closed else "เปิดทำการ (ยกเลิกวันหยุด)"
