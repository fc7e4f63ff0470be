"""Holidays from a spreadsheet: each working day in it is closed with its name, all in one operation."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop.domain.thai_dates import weekday_date
from desktop.exchange.holiday_layout import HolidayRow, read_holidays
from desktop.exchange.refusals import FileRefused
from desktop.exchange.sheets import read_sheet
from desktop.services.automatic_backups import back_up_now
from desktop.services.changes import Change, apply
from desktop.services.desk import CannotDo, Desk
from desktop.services.office_settings import adding_holiday


@dataclass(frozen=True)
class HolidaysImported:
    """The days that were closed, the rows the office is closed on anyway, the rows refused, and what moved."""

    added: tuple[date, ...]
    unchanged: int
    refused: tuple[HolidayRow, ...]
    moved: int


def import_holidays(desk: Desk, path: Path) -> HolidaysImported:
    """Take the days of a file; raises CannotDo, nothing changed, when it cannot be read at all."""
    try:
        rows = list(read_holidays(read_sheet(path)))
    except FileRefused as refused:
        raise CannotDo(f"{path.name}: {refused} ปฏิทินไม่เปลี่ยน") from refused
    changes: dict[date, Change] = {}
    unchanged, refused_rows = 0, []
    for row in rows:
        if row.day is None or row.problem:
            refused_rows.append(row)
        elif (own := desk.calendar_changes.get(row.day)) is not None and not own.closed:
            refused_rows.append(replace(row, problem=f"สำนักงานยกเลิกวันหยุด {weekday_date(row.day)} ไว้ ({own.why})"))
        elif row.day in changes or not desk.calendar.is_working_day(row.day):
            unchanged += 1
        else:
            changes[row.day] = adding_holiday(desk, row.day, row.name)
    if changes:
        back_up_now(desk, "ก่อนนำเข้าวันหยุด")
    moved = apply(desk, "นำเข้าวันหยุด", list(changes.values()), path.name).moved if changes else 0
    return HolidaysImported(tuple(sorted(changes)), unchanged, tuple(refused_rows), moved)


def imported_words(path: Path, found: HolidaysImported) -> list[str]:
    """The same in Thai sentences."""
    told = (
        f"{path.name}: เพิ่มวันหยุด {len(found.added)} วัน เป็นวันหยุดอยู่แล้ว {found.unchanged} วัน กำหนดที่เลื่อน {found.moved} เรื่อง"
    )
    added = [weekday_date(day) for day in found.added]
    return [told, *added, *(f"แถว {row.row} ไม่รับ: {row.problem}" for row in found.refused)]
