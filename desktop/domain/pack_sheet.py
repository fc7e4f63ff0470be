"""What goes with the month's report, as values: the covering memo, Annexes A, B and C (form.md, the last part).

These pages leave the office: no value here has a place for a complainant's name or telephone number.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from desktop.domain.complaint import QualityItem, Status
from desktop.domain.evidence import Attachment, Outage
from desktop.domain.figures import Figures, MonthlyFigures
from desktop.domain.months import Month
from desktop.domain.report_sheet import Counted, ReportSheet, percent_of


class Part(Enum):
    """A part of the pack, in the order they are bound; the value is its entry in the outline."""

    MEMO = "บันทึกข้อความ"
    REPORT = "แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ"
    SUMMARY = "ภาคผนวก ก สรุปเรื่องร้องทุกข์ประจำเดือน"
    OUTAGES = "ภาคผนวก ข หลักฐานกรณีระบบฯ ขัดข้อง"
    LIST = "ภาคผนวก ค บัญชีเรื่องร้องทุกข์ประจำเดือน"


@dataclass(frozen=True)
class Memo:
    """บันทึกข้อความ (แบบที่ 29 of the document rules), every word of it; what is blank is left to be written by hand."""

    office: str  # ส่วนราชการ
    number: str  # ที่
    day: date | None  # วันที่
    subject: str
    to: str  # เรียน
    paragraphs: tuple[str, ...]
    enclosures: tuple[str, ...]
    closing: str
    signer: str = ""
    position: str = ""


@dataclass(frozen=True)
class TypeRow(Counted):
    """The month's complaints of one type (a blank name: none was given), as they stand on the report's day."""

    name: str
    core: bool
    received: int
    waiting: int  # รอรับเรื่อง
    completed: int
    correct: int
    transferred: int  # counted in no other figure

    @property
    def under_way(self) -> int:
        """Accepted and not completed."""
        return self.received - self.waiting - self.completed


@dataclass(frozen=True)
class QualityRow:
    """One item of part 2 over the completed complaints of the core types."""

    item: QualityItem
    fulfilled: int
    missing: int
    not_applicable: int


@dataclass(frozen=True)
class NamedComplaint:
    """A complaint that Annex A names."""

    number: str
    notified: date
    types: tuple[str, ...]
    subject: str


@dataclass(frozen=True)
class CostlyComplaint(NamedComplaint):
    """One that was not handled correctly, with every reason in words."""

    reasons: tuple[str, ...]


@dataclass(frozen=True)
class OpenComplaint(NamedComplaint):
    """One of an earlier month that is still open on the report's day."""

    status: Status
    owes: str  # what is to be done next, in words; blank when its days are missing


@dataclass(frozen=True)
class CarriedMonth:
    """What an earlier month brought into this one, and what became of it by the report's day."""

    month: Month
    carried: int  # open when this month began
    completed: int
    transferred: int
    reopened: int  # completed before, open again now

    @property
    def left(self) -> int:
        """Still open on the report's day."""
        return self.carried - self.completed - self.transferred + self.reopened


@dataclass(frozen=True)
class ChartMonth:
    """A month of the fiscal year's chart; None where no report was drawn up."""

    month: Month
    received: int | None = None
    completed: int | None = None

    @property
    def percent(self) -> Decimal | None:
        """completed × 100 / received; None without a report or with nothing received."""
        if self.received is None or self.completed is None:
            return None
        return percent_of(self.completed, self.received)


@dataclass(frozen=True)
class MonthSummary:
    """Annex A. ``seen`` are the figures of the complaints shown: they differ from the report's own only when the
    register was changed after the report had been issued."""

    monthly: MonthlyFigures
    seen: Figures
    target: Decimal  # per cent
    core_types: tuple[str, ...]
    types: tuple[TypeRow, ...]
    total: TypeRow
    quality: tuple[QualityRow, ...]
    costly: tuple[CostlyComplaint, ...]
    carried: tuple[CarriedMonth, ...]  # oldest first
    still_open: tuple[OpenComplaint, ...]
    notified_later: tuple[NamedComplaint, ...]
    year: tuple[ChartMonth, ...]  # October to September

    @property
    def was_changed(self) -> bool:
        """Whether the register no longer says what the report says."""
        return self.seen != self.monthly.figures

    @property
    def several_types(self) -> bool:
        """Whether a complaint is counted in more than one row."""
        return sum(row.received for row in self.types) > self.total.received


@dataclass(frozen=True)
class OutageEvidence:
    """One outage with what was kept of it: a page of Annex B."""

    outage: Outage
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class ListedComplaint:
    """A row of Annex C."""

    number: str
    notified: date
    types: tuple[str, ...]
    subject: str
    place: str
    unit: str
    status: Status
    outcome: str  # the day it was completed or handed on, or what is due next; blank when its days are missing
    correct: bool | None  # None once it was handed on


@dataclass(frozen=True)
class Pack:
    """Everything that is sent for one month; ``redrawn_on``: made from the register of that day, after the issue."""

    sheet: ReportSheet
    memo: Memo
    summary: MonthSummary
    outages: tuple[OutageEvidence, ...]
    listed: tuple[ListedComplaint, ...]
    redrawn_on: date | None = None
