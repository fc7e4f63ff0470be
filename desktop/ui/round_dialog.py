"""ใบงานรอบติดตาม 15/30: which round, for which unit, with or without who complained."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.thai_dates import weekday_date
from desktop.services.round_papers import NO_UNIT, Round
from desktop.ui.button_row import button_row, plain_button, primary_button
from desktop.ui.choice_box import ChoiceBox
from desktop.ui.plain_label import heading_label, plain_label
from desktop.ui.theme import GRID

WIDTH = 64 * GRID


class RoundDialog(QDialog):
    """Asks what the sheet is to hold; the answers are read after it was accepted."""

    def __init__(self, rounds: Sequence[Round], parent: QWidget | None = None, *, may_name: bool = True) -> None:
        super().__init__(parent)
        self._rounds = rounds
        self._may_name = may_name  # names taken out are noted: not in a register open for reading alone
        self._build()
        self._connect()
        self._show_units()

    def _build(self) -> None:
        self.setWindowTitle("ใบงานรอบติดตาม 15/30")
        self.choices = [QRadioButton(f"{weekday_date(each.checkpoint)} · {each.count:,} เรื่อง") for each in self._rounds]
        self._group = QButtonGroup(self)
        for button in self.choices:
            self._group.addButton(button)
        self.choices[0].setChecked(True)
        self.unit = ChoiceBox()
        self.names = QCheckBox("&รวมชื่อและโทรศัพท์ของผู้ร้อง (บันทึกไว้ในประวัติ)")
        self.names.setEnabled(self._may_name)
        self.empty = plain_label("ไม่มีเรื่องที่ต้องติดตามในรอบนี้", muted=True)
        self.cancel, self.go = plain_button("&ยกเลิก"), primary_button("&ดูใบงาน…")
        label = QLabel("&หน่วยงาน")
        label.setBuddy(self.unit)
        units = QHBoxLayout()
        units.setSpacing(GRID)
        units.addWidget(label)
        units.addWidget(self.unit, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        layout.addWidget(heading_label("ใบงานรอบติดตาม"))
        layout.addWidget(plain_label("แยกหน้าตามหน่วยงาน เรียงตามสถานที่ มีที่ว่างให้เขียนผลการติดตาม", muted=True))
        for button in self.choices:
            layout.addWidget(button)
        layout.addLayout(units)
        layout.addWidget(self.names)
        layout.addWidget(self.empty)
        layout.addLayout(button_row(self.cancel, self.go))
        self.setMinimumWidth(WIDTH)

    def _connect(self) -> None:
        self._group.buttonToggled.connect(lambda: self._show_units())
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)

    def checkpoint(self) -> date:
        """The checkpoint of the round chosen."""
        return self._round().checkpoint

    def chosen_unit(self) -> str | None:
        """The unit chosen, blank: complaints of none; None: every one."""
        return self.unit.currentData()  # type: ignore[no-any-return]

    def with_complainants(self) -> bool:
        """Whether the sheet is to say who complained."""
        return self.names.isChecked()

    def _round(self) -> Round:
        return self._rounds[next(place for place, button in enumerate(self.choices) if button.isChecked())]

    def _show_units(self) -> None:
        kept = self.unit.currentText()
        shown = self._round()
        self.unit.clear()
        self.unit.addItem("ทุกหน่วยงาน", None)
        for name, count in shown.units.items():
            self.unit.addItem(f"{name or NO_UNIT} · {count:,} เรื่อง", name)
        self.unit.setCurrentIndex(max(0, self.unit.findText(kept)))
        self.empty.setVisible(not shown.count)
        self.go.setEnabled(bool(shown.count))
