"""The matter itself: number, day, channel, types, subject, place, detail, and who complained."""

from dataclasses import replace

from desktop.domain.complaint import Complaint
from desktop.domain.months import fiscal_year_of
from desktop.services.desk import Desk
from desktop.ui.form_part import FormPart
from desktop.ui.typed_fields import TypedField, text_field
from desktop.ui.types_field import TypesField


class MatterGroup(FormPart):
    """เรื่องที่ได้รับแจ้ง; the number is typed once, for a new complaint."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "เรื่องที่ได้รับแจ้ง")
        self._build()
        self._connect()

    def _build(self) -> None:
        self.number = self._add_line("number", "เลขที่รับแจ้ง", 0)
        self.notified = self._add_day("notified", "วันที่แจ้ง", 0, 2)
        self._add_line("channel", "ช่องทาง", 1)
        self._add_line("unit", "หน่วยงาน", 1, 2).setToolTip("หน่วยงานที่รับผิดชอบ")
        self.types = TypesField(self._desk)
        self._add("ประเภทเรื่อง", self.types, 2, wide=True)
        self._add_line("subject", "เรื่อง", 3, wide=True)
        self._add_line("place", "สถานที่", 4, wide=True)
        self._add_area("detail", "รายละเอียด", 5)
        self._add_line("complainant", "ผู้ร้อง", 6)
        self._add_line("telephone", "โทรศัพท์", 6, 2)

    def _connect(self) -> None:
        self.types.edited.connect(self.edited)

    def load(self, loaded: Complaint | None) -> None:
        """Show a complaint; a new one is notified today until something else is typed."""
        super().load(loaded)
        self.types.year = self._desk.current_year if loaded is None else fiscal_year_of(loaded.notified)
        self.types.set_types(() if loaded is None else loaded.types)
        self.number.setReadOnly(loaded is not None)
        self.number.setToolTip("" if loaded is None else "เลขที่รับแจ้งเปลี่ยนไม่ได้")
        if loaded is None:
            self.notified.set_day(self._desk.today)

    def typed(self, draft: Complaint) -> Complaint:
        """The draft with the matter as it stands; without a readable day it keeps the draft's."""
        return replace(super().typed(draft), types=self.types.types(), notified=self.notified.day() or draft.notified)

    def typed_fields(self) -> dict[str, TypedField]:
        """The types too."""
        types = text_field(self.types.edit)
        return super().typed_fields() | {"types": TypedField(self.types, types.read, types.write)}

    def problem(self) -> str:
        """Besides unreadable days: no day at all."""
        if self.notified.is_blank():
            return "ยังไม่มีวันที่แจ้ง โปรดพิมพ์วันที่ศูนย์เรื่องราวร้องทุกข์แจ้งดำเนินการ"
        return super().problem()

    def set_read_only(self, read_only: bool) -> None:
        """Readable, but not to be changed."""
        number = self.number.isReadOnly()
        super().set_read_only(read_only)
        self.number.setReadOnly(number or read_only)
        self.types.set_read_only(read_only)
