"""A line of the check before issuing: what was looked at, whether it is well, and what mends it."""

from dataclasses import dataclass
from enum import Enum

from desktop.domain.months import Month
from desktop.services.list_lines import ListFilter


class Opens(Enum):
    """What a link opens; the value is its words."""

    LIST = "แสดงทั้งหมดในรายการ"
    PROJECT = "เปิดข้อมูลโครงการ"
    CORE_TYPES = "เลือกประเภทเรื่องหลัก"
    HOLIDAYS = "เปิดปฏิทินวันหยุด"
    DAYS = "แก้วันจัดทำและช่วงของรายงาน"
    NOTE = "แก้ถ้อยคำของเจ้าหน้าที่"
    REASON = "แก้เหตุผลที่แก้ไข"
    MEMO = "แก้ถ้อยคำในบันทึกข้อความ"
    MONTH = "เปิดรายงานเดือนนั้น"
    OUTAGE = "เปิดบันทึกระบบขัดข้องเพื่อแก้ไข"


@dataclass(frozen=True)
class Link:
    """What is to be opened: a month, an outage by its number, or the list narrowed so."""

    opens: Opens
    month: Month | None = None
    outage: int = 0
    narrowed: ListFilter | None = None
    words: str = ""  # in place of the usual ones

    @property
    def told(self) -> str:
        """The link's words."""
        return self.words or self.opens.value


@dataclass(frozen=True)
class CheckLine:
    """One thing looked at before issuing, in Thai, with the complaints concerned in order of number."""

    text: str
    numbers: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    passed: bool = False
