"""The columns of the list: their words, widths and order, and what each shows of a complaint."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from desktop.domain.complaint import Status
from desktop.domain.obligations import NextObligation
from desktop.domain.thai_dates import SHORT_WEEKDAYS, day_and_month, short_date
from desktop.services.list_lines import Due, ListLine, SortBy
from desktop.ui.theme import Look


class Column(IntEnum):
    """A column by its place in the model."""

    DUE = 0
    NUMBER = 1
    NOTIFIED = 2
    TYPE = 3
    SUBJECT = 4
    STATUS = 5
    NEXT = 6
    PLACE = 7
    UNIT = 8
    CHANNEL = 9


@dataclass(frozen=True)
class Face:
    """What a column is called, how wide it starts (pixels), what it sorts by, and whether it is seen at first."""

    title: str
    width: int
    sort_by: SortBy | None = None
    optional: bool = False


FACES = (
    Face("กำหนด", 184, SortBy.DUE),
    Face("เลขที่รับแจ้ง", 112, SortBy.NUMBER),
    Face("วันที่แจ้ง", 104, SortBy.NOTIFIED),
    Face("ประเภท", 144, SortBy.TYPE),
    Face("เรื่อง", 320, SortBy.SUBJECT),
    Face("สถานะ", 160, SortBy.STATUS),
    Face("กำหนดถัดไป", 216, SortBy.DUE),
    Face("สถานที่", 200, optional=True),
    Face("หน่วยงาน", 200, optional=True),
    Face("ช่องทาง", 128, optional=True),
)


@dataclass(frozen=True)
class ShownLine:
    """A complaint as its row shows it: a text for each column, and the looks of the two tinted cells."""

    number: str
    texts: tuple[str, ...]
    due_look: Look
    status_look: Look  # PLAIN, or DOUBTFUL for ขาดวันที่
    hint: str


def shown_line(line: ListLine, today: date) -> ShownLine:
    """The words of one row."""
    row = line.row
    look, due = _due_words(line)
    lacking = f"{Look.DOUBTFUL.value} ขาดวันที่"
    return ShownLine(
        number=row.number,
        texts=(
            due,
            row.number,
            _day(row.notified, today),
            row.types,
            row.subject,
            f"{row.status.value} {lacking}" if row.lacks_days and row.next is not None else row.status.value,
            _next_words(row.next, today),
            row.place,
            row.unit,
            row.channel,
        ),
        due_look=look,
        status_look=Look.DOUBTFUL if row.lacks_days and row.next is not None else Look.PLAIN,
        hint=_hint(row.next),
    )


def _due_words(line: ListLine) -> tuple[Look, str]:
    """Sign, word and working days: the state is never told by colour alone."""
    match line.due:
        case Due.OVERDUE:
            days = f" {line.days:,} วันทำการ" if line.days else ""
            return Look.OVERDUE, f"{Look.OVERDUE.value} เกินกำหนด{days}"
        case Due.TODAY:
            return Look.TODAY, f"{Look.TODAY.value} วันนี้"
        case Due.SOON:
            return Look.SOON, f"{Look.SOON.value} อีก {line.days:,} วันทำการ"
        case Due.LATER:
            return Look.PLAIN, f"อีก {line.days:,} วันทำการ"
    if line.row.lacks_days:
        return Look.DOUBTFUL, f"{Look.DOUBTFUL.value} ขาดวันที่"
    if line.row.status is Status.COMPLETED:
        return Look.DONE, f"{Look.DONE.value} เสร็จสิ้น"
    return Look.PLAIN, "→ ส่งต่อแล้ว" if line.row.status is Status.TRANSFERRED else "–"


def _next_words(owed: NextObligation | None, today: date) -> str:
    if owed is None:
        return ""
    return f"{owed.step.by} {_day(owed.due, today)}"


def _hint(owed: NextObligation | None) -> str:
    """What a short cell leaves out: the last working day before a due day that is none."""
    if owed is None or owed.act_by == owed.due:
        return ""
    last = f"{SHORT_WEEKDAYS[owed.act_by.weekday()]} {short_date(owed.act_by)}"
    return f"วันครบกำหนด {short_date(owed.due)} เป็นวันหยุด วันทำการสุดท้ายคือ {last}"


def _day(day: date, today: date) -> str:
    """The year is left out where it is this year's."""
    return day_and_month(day) if day.year == today.year else short_date(day)
