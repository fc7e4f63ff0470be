"""What was done and when: acceptance, entries, reopenings, completion, transfer, and a status ahead of the days."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel

from desktop.domain.complaint import Complaint, Status
from desktop.services.complaint_steps import with_entries
from desktop.services.desk import Desk
from desktop.ui.choice_box import ChoiceBox
from desktop.ui.day_rows import EntryRows, ReopeningRows
from desktop.ui.form_part import FormPart
from desktop.ui.typed_fields import TypedField, choice_field

BY_DAYS = "ตามวันที่ที่บันทึกไว้"


class DaysGroup(FormPart):
    """การดำเนินการ."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "วันที่ดำเนินการ")
        self._loaded: Complaint | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.stated = ChoiceBox()
        for status in (None, Status.IN_PROGRESS, Status.COMPLETED, Status.TRANSFERRED):
            self.stated.addItem(BY_DAYS if status is None else status.value, status)
        self.stated_label = QLabel("สถานะที่แจ้งไว้")
        self.stated_label.setBuddy(self.stated)
        self.stated_label.setToolTip("สถานะที่มีผู้แจ้งไว้ แต่ยังขาดวันที่ที่ยืนยัน")
        self.stated.setAccessibleName("สถานะที่แจ้งไว้")
        self._grid.addWidget(self.stated_label, 0, 0)
        self._grid.addWidget(self.stated, 0, 1)
        self.accepted = self._add_day("accepted", "วันที่ตอบรับ", 1)
        self.entries = EntryRows(self._desk)
        self._grid.addWidget(self.entries, 2, 0, 1, 4)
        self.reopenings = ReopeningRows(self._desk)
        self._grid.addWidget(self.reopenings, 3, 0, 1, 4)
        self.completed = self._add_day("completed", "วันที่แล้วเสร็จ", 4)
        self.transferred = self._add_day("transferred", "วันที่ส่งต่อ", 4, 2)

    def _connect(self) -> None:
        self.stated.activated.connect(self.edited)
        for rows in (self.entries, self.reopenings):
            rows.edited.connect(self.edited)
            rows.settled.connect(self.settled)

    def load(self, loaded: Complaint | None) -> None:
        """Show a complaint's days; the stated status only when it is ahead of them."""
        super().load(loaded)
        self._loaded = loaded
        stated = None if loaded is None else loaded.stated
        self.stated.setCurrentIndex(max(0, self.stated.findData(stated)))
        self.stated.setVisible(stated is not None)
        self.stated_label.setVisible(stated is not None)
        self.entries.load(() if loaded is None else loaded.entries)
        self.reopenings.load(() if loaded is None else loaded.reopenings)
        self.entries.tell_kinds(has_first_report=loaded is not None and loaded.first_report is not None)

    def typed(self, draft: Complaint) -> Complaint:
        """The draft with the days as they stand."""
        dated = replace(super().typed(draft), stated=self.stated.currentData(), reopenings=self.reopenings.reopenings())
        return with_entries(self._loaded or dated, dated, self.entries.entries())

    def typed_fields(self) -> dict[str, TypedField]:
        """The stated status and the rows too."""
        rows = {"entries": self.entries, "reopenings": self.reopenings}
        listed = {name: TypedField(each, each.typed_rows, each.put_back) for name, each in rows.items()}
        return super().typed_fields() | listed | {"stated": choice_field(self.stated)}

    def tell(self, draft: Complaint) -> None:
        """Say of each entry what it is in the draft."""
        self.entries.tell_kinds(has_first_report=draft.first_report is not None)

    def problem(self) -> str:
        """The first day that is no day yet."""
        return super().problem() or self.entries.problem() or self.reopenings.problem()

    def settle(self) -> None:
        """Settle every day as it is typed."""
        super().settle()
        self.entries.settle()
        self.reopenings.settle()

    def set_read_only(self, read_only: bool) -> None:
        """Readable, but not to be changed."""
        super().set_read_only(read_only)
        self.stated.setDisabled(read_only)
        self.entries.set_read_only(read_only)
        self.reopenings.set_read_only(read_only)
