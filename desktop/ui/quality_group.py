"""The six quality items of a complaint: what is fulfilled, what is missing, and what does not apply and why."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit

from desktop.domain.complaint import TICKED_ITEMS, Complaint, Mark, QualityItem, item_state
from desktop.domain.thai_text import clean_line
from desktop.services.complaint_steps import completion_check
from desktop.services.desk import Desk
from desktop.ui.form_part import FormPart
from desktop.ui.plain_label import plain_label, wear
from desktop.ui.theme import Look
from desktop.ui.typed_fields import TypedField, text_field, tick_field


class QualityGroup(FormPart):
    """คุณภาพ: two items are ticked by hand, four are told by their field; any may be said not to apply."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "คุณภาพ")
        self._marks: Mapping[QualityItem, Mark] = {}
        self.ticks: dict[QualityItem, QCheckBox] = {}
        self.reasons: dict[QualityItem, QLineEdit] = {}
        self.states: dict[QualityItem, QLabel] = {}
        self._build()
        self._connect()

    def _build(self) -> None:
        self.note = plain_label(muted=True)
        self._grid.addWidget(self.note, 0, 0, 1, 3)
        self._grid.setColumnStretch(1, 0)
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnStretch(3, 0)
        for row, item in enumerate(QualityItem, 1):
            self._add_item(item, row)

    def _add_item(self, item: QualityItem, row: int) -> None:
        if item in TICKED_ITEMS:
            self.ticks[item] = QCheckBox(item.value)
            self._grid.addWidget(self.ticks[item], row, 0)
        else:
            self._grid.addWidget(QLabel(item.value), row, 0)
        self.states[item] = QLabel()
        self.states[item].setProperty("look", Look.PLAIN.name.lower())
        self._grid.addWidget(self.states[item], row, 1)
        reason = QLineEdit()
        reason.setPlaceholderText("ไม่เกี่ยวข้อง เพราะ…")
        reason.setToolTip("พิมพ์เหตุผลเมื่อข้อนี้ไม่เกี่ยวข้องกับเรื่อง แล้วข้อนี้จะไม่นับ")
        reason.setAccessibleName(f"{item.value} ไม่เกี่ยวข้อง เพราะ")
        self.reasons[item] = reason
        self._grid.addWidget(reason, row, 2)

    def _connect(self) -> None:
        for tick in self.ticks.values():
            tick.clicked.connect(self.edited)
        for reason in self.reasons.values():
            reason.textEdited.connect(self.edited)

    def load(self, loaded: Complaint | None) -> None:
        """Show what was said of each item."""
        super().load(loaded)
        self._marks = {} if loaded is None else loaded.marks
        for item, reason in self.reasons.items():
            mark = self._marks.get(item, Mark())
            reason.setText(mark.not_applicable)
            reason.setCursorPosition(0)
            if item in self.ticks:
                self.ticks[item].setChecked(mark.ticked is True)

    def typed(self, draft: Complaint) -> Complaint:
        """The draft with the items as they stand."""
        marks = {item: self._mark(item) for item in QualityItem}
        return replace(draft, marks={item: mark for item, mark in marks.items() if mark != Mark()})

    def typed_fields(self) -> dict[str, TypedField]:
        """The ticks and reasons."""
        ticks = {f"ticked_{item.code}": tick_field(tick) for item, tick in self.ticks.items()}
        return ticks | {f"not_applicable_{item.code}": text_field(line) for item, line in self.reasons.items()}

    def _mark(self, item: QualityItem) -> Mark:
        before = self._marks.get(item, Mark())
        ticked = before.ticked
        if item in self.ticks and self.ticks[item].isChecked() != (before.ticked is True):
            ticked = self.ticks[item].isChecked()
        return Mark(ticked, clean_line(self.reasons[item].text()))

    def tell(self, draft: Complaint) -> None:
        """Say of each item whether the draft fulfils it, and whether the complaint's quality counts."""
        check = completion_check(self._desk, draft)
        for item, label in self.states.items():
            wear(label, *_worded(item_state(draft, item), core=check.core))
            if item in self.ticks:
                self.ticks[item].setEnabled(not self.reasons[item].text().strip() and not self._read_only())
        if check.core:
            missing = f"ยังขาด {len(check.missing)} ข้อ" if check.missing else "ครบทุกข้อ"
            self.note.setText(f"ประเภทหลักของปีงบประมาณ: {missing}")
        else:
            self.note.setText("ไม่ใช่ประเภทหลักของปีงบประมาณ จึงยังไม่นับในคะแนนคุณภาพ")

    def _read_only(self) -> bool:
        return next(iter(self.reasons.values())).isReadOnly()

    def set_read_only(self, read_only: bool) -> None:
        """Readable, but not to be changed."""
        super().set_read_only(read_only)
        for tick in self.ticks.values():
            tick.setDisabled(read_only)
        for reason in self.reasons.values():
            reason.setReadOnly(read_only)


def _worded(fulfilled: bool | None, *, core: bool) -> tuple[Look, str]:
    """A missing item matters, and is coloured, only where it counts."""
    if fulfilled is None:
        return Look.PLAIN, "– ไม่เกี่ยวข้อง"
    if fulfilled:
        return Look.DONE, "ครบ"
    return (Look.TODAY, "ยังขาด") if core else (Look.PLAIN, "– ยังไม่มี")
