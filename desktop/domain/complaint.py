"""A complaint as it is recorded: what is known, nothing derived (glossary: rules.md, "Words").

Days nobody recorded stay None here; what they are taken for is read in ``obligations``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType


class Status(Enum):
    """สถานะ; the value is the word of the officer's spreadsheet, ``code`` the one of the command line."""

    NEW = "รอรับเรื่อง"
    IN_PROGRESS = "อยู่ระหว่างดำเนินการ"
    COMPLETED = "ดำเนินการเสร็จสิ้น"
    TRANSFERRED = "ส่งต่อ"

    @property
    def code(self) -> str:
        """``new``, ``in_progress``, ``completed`` or ``transferred``."""
        return self.name.lower()


class QualityItem(Enum):
    """The six items of part 2; the value is the form's wording."""

    FITS = "ตอบเรื่องตรงกับเรื่องที่แจ้ง"
    LETTER = "ระบุเลขที่หนังสือ"
    ORDER = "ระบุเลขที่คำสั่ง"
    ACTION = "รายละเอียดการดำเนินการ"
    COORDINATION = "รายละเอียดการประสานงาน"
    TRUE = "ระบุสถานะดำเนินการเสร็จสิ้นตามข้อเท็จจริง"

    @property
    def code(self) -> str:
        """``fits``, ``letter``, ``order``, ``action``, ``coordination`` or ``true``."""
        return self.name.lower()


TICKED_ITEMS = (QualityItem.FITS, QualityItem.TRUE)  # the others are told by their field


@dataclass(frozen=True)
class Mark:
    """What the officer said of one quality item: ``ticked`` (yes, no, or not said) and why it does not apply."""

    ticked: bool | None = None
    not_applicable: str = ""  # the reason; blank: it applies


@dataclass(frozen=True)
class Entry:
    """One progress entry of the central system: the first report or a follow-up; the text is one line."""

    day: date
    text: str = ""


@dataclass(frozen=True, order=True)
class Reopening:
    """A completion that was taken back, and the day the complaint was opened again."""

    completed: date
    reopened: date


NO_MARKS: Mapping[QualityItem, Mark] = MappingProxyType({})


@dataclass(frozen=True)
class Complaint:
    """One matter with one เลขที่รับแจ้ง; all days Gregorian.

    ``stated`` is a status somebody wrote that is ahead of the recorded days (rules.md, "Days nobody recorded"),
    otherwise None: then the days tell the status. ``completed`` is the completion of the present state alone, earlier
    ones stand in ``reopenings``.
    """

    number: str
    notified: date
    channel: str = ""
    types: tuple[str, ...] = ()
    subject: str = ""
    detail: str = ""
    place: str = ""
    unit: str = ""  # หน่วยงานที่รับผิดชอบ
    complainant: str = ""
    telephone: str = ""
    stated: Status | None = None
    accepted: date | None = None
    first_report: Entry | None = None
    follow_ups: tuple[Entry, ...] = ()  # by day, in the order made
    completed: date | None = None
    reopenings: tuple[Reopening, ...] = ()  # oldest first
    transferred: date | None = None
    answer: str = ""  # ผลการดำเนินการ
    letter_number: str = ""
    order_number: str = ""
    action: str = ""  # รายละเอียดการดำเนินการ
    coordination: str = ""
    marks: Mapping[QualityItem, Mark] = field(default_factory=lambda: NO_MARKS)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every progress entry, the first report first."""
        return self.follow_ups if self.first_report is None else (self.first_report, *self.follow_ups)

    @property
    def completions(self) -> tuple[date, ...]:
        """Every completion, the taken-back ones first."""
        past = tuple(pair.completed for pair in self.reopenings)
        return past if self.completed is None else (*past, self.completed)

    @property
    def latest_day(self) -> date:
        """The latest day recorded of it, its transfer left aside."""
        days = [self.notified, *(entry.day for entry in self.entries), *self.completions]
        days += [pair.reopened for pair in self.reopenings]
        return max(days if self.accepted is None else [*days, self.accepted])

    @property
    def transfer_day(self) -> date | None:
        """The day it was handed on; stated without its day it counts from the latest day recorded."""
        if self.transferred is None and self.stated is Status.TRANSFERRED:
            return self.latest_day
        return self.transferred

    @property
    def has_recorded_days(self) -> bool:
        """Whether any acceptance, entry or completion day is recorded at all."""
        return self.accepted is not None or bool(self.entries) or bool(self.completions)

    @property
    def is_unrecorded(self) -> bool:
        """Whether a status says accepted or completed while no day is recorded at all."""
        return self.stated in (Status.IN_PROGRESS, Status.COMPLETED) and not self.has_recorded_days

    def is_behind(self, status: Status) -> bool:
        """Whether a status somebody wrote says more than the recorded days tell; only then is it kept beside them."""
        if self.transferred is not None or status is Status.NEW:
            return False
        if status is Status.IN_PROGRESS:
            return not self.has_recorded_days
        return status is Status.TRANSFERRED or self.completed is None

    @property
    def lacks_days(self) -> bool:
        """Whether the list marks it ขาดวันที่: a stated status is ahead of the recorded days."""
        return self.stated is not None

    @property
    def told_status(self) -> Status:
        """The status as a spreadsheet writes it: the stated one, else what all recorded days tell."""
        if self.stated is not None:
            return self.stated
        return self.status_of_days

    @property
    def status_of_days(self) -> Status:
        """The status the recorded days alone tell: a transfer over a completion over progress."""
        if self.transferred is not None:
            return Status.TRANSFERRED
        if self.completed is not None:
            return Status.COMPLETED
        return Status.IN_PROGRESS if self.has_recorded_days else Status.NEW


def item_state(complaint: Complaint, item: QualityItem) -> bool | None:
    """Whether a quality item is fulfilled; None when it was marked not applicable (rules.md, part 2)."""
    mark = complaint.marks.get(item, Mark())
    if mark.not_applicable:
        return None
    if item in TICKED_ITEMS:
        return mark.ticked is True
    written = {
        QualityItem.LETTER: complaint.letter_number,
        QualityItem.ORDER: complaint.order_number,
        QualityItem.ACTION: complaint.action,
        QualityItem.COORDINATION: complaint.coordination,
    }
    return bool(written[item].strip())
