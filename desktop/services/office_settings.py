"""What the office settles: holidays, complaint types, core types, project record, rule set, the officer's name."""

from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.office_year import CalendarChange, DayOff, FiscalYear
from desktop.domain.project_record import ProjectRecord
from desktop.domain.rule_set import RuleSet
from desktop.domain.thai_dates import weekday_date
from desktop.domain.thai_text import clean_line, sort_key
from desktop.domain.working_days import SATURDAY
from desktop.services.changes import Change, Done, apply, apply_within, would_move
from desktop.services.desk import CannotDo, Desk
from desktop.services.history_values import Setting
from desktop.services.office_calendar import days_off_of_year
from desktop.storage import complaints, office_years

NAMING = "ตั้งชื่อเจ้าหน้าที่"
EDITING_PROJECT = "แก้ไขข้อมูลโครงการ"


def holidays_of_year(desk: Desk, year: int) -> list[DayOff]:
    """The weekdays off of a fiscal year (Buddhist era), by day."""
    return days_off_of_year(desk.shipped_days, desk.calendar_changes, year)


def add_holiday(desk: Desk, day: date, why: str) -> Done:
    """Close the office on a working day, with the reason; every deadline follows at once."""
    return apply(desk, "เพิ่มวันหยุด", [adding_holiday(desk, day, why)], clean_line(why))


def adding_holiday(desk: Desk, day: date, why: str) -> Change:
    """The change that closes the office on a working day."""
    return _calendar_change(desk, day, closed=True, why=why)


def strike_holiday(desk: Desk, day: date, why: str) -> Done:
    """Open the office on a holiday, with the reason; every deadline follows at once."""
    change = _calendar_change(desk, day, closed=False, why=why)
    return apply(desk, "ยกเลิกวันหยุด", [change], clean_line(why))


def moved_by(desk: Desk, day: date, *, closed: bool, why: str) -> int:
    """How many next obligations such a change would move, told before saving."""
    change = _calendar_change(desk, day, closed=closed, why=why)
    return would_move(desk, day, change.after if isinstance(change.after, CalendarChange) else None)


def _calendar_change(desk: Desk, day: date, *, closed: bool, why: str) -> Change:
    why = clean_line(why)
    if not why:
        raise CannotDo("การเปลี่ยนปฏิทินต้องมีเหตุผล ยังไม่ได้บันทึก")
    if day.weekday() >= SATURDAY:
        raise CannotDo(f"{weekday_date(day)} เป็นวันเสาร์อาทิตย์อยู่แล้ว ปฏิทินไม่เปลี่ยน")
    is_closed = not desk.calendar.is_working_day(day)
    if closed and is_closed:
        raise CannotDo(f"{weekday_date(day)} เป็นวันหยุดอยู่แล้ว ({desk.calendar.why_closed(day)}) ปฏิทินไม่เปลี่ยน")
    if not closed and not is_closed:
        raise CannotDo(f"{weekday_date(day)} เป็นวันทำการอยู่แล้ว ปฏิทินไม่เปลี่ยน")
    is_shipped = any(shipped.day == day for shipped in desk.shipped_days)
    before = desk.calendar_changes.get(day)
    if closed == is_shipped:  # back to what the shipped calendar says
        return Change(before, None)
    return Change(before, CalendarChange(day, closed, why))


@dataclass(frozen=True)
class OfficeType:
    """A complaint type and whether it is a core type of the fiscal year."""

    name: str
    core: bool


def types_of_year(desk: Desk, year: int) -> list[OfficeType]:
    """The office's complaint types in the order of the Thai dictionary, core ones of the year marked."""
    core = desk.fiscal_year(year).core_types
    names = complaints.type_names(desk.register.connection)
    return [OfficeType(name, name in core) for name in sorted(names | set(core), key=sort_key)]


def choose_core_types(desk: Desk, year: int, names: list[str]) -> None:
    """Choose the core types of a fiscal year (Buddhist era); raises CannotDo for too many or an unknown one."""
    chosen = tuple(dict.fromkeys(clean_line(name) for name in names))
    limit = desk.rules_of(year).core_types_at_most
    if len(chosen) > limit:
        raise CannotDo(f"เลือกประเภทเรื่องหลักได้ไม่เกิน {limit} ประเภท ยังไม่ได้บันทึก")
    known = {each.name for each in types_of_year(desk, year)}
    for name in chosen:
        if name not in known:
            raise CannotDo(f"ไม่มีประเภทเรื่อง “{name}” ในทะเบียน ยังไม่ได้บันทึก โปรดดูชื่อด้วยคำสั่ง types")
    _save_year(desk, replace(desk.fiscal_year(year), core_types=chosen), "เลือกประเภทเรื่องหลัก")


def save_project(desk: Desk, project: ProjectRecord) -> None:
    """Save the project record of its fiscal year."""
    _save_year(desk, replace(desk.fiscal_year(project.year), project=project), EDITING_PROJECT)


def save_project_and_officer(desk: Desk, project: ProjectRecord, name: str) -> None:
    """Save the project record and the officer's name, both or neither."""
    after = replace(desk.fiscal_year(project.year), project=project)
    before = desk.fiscal_year(project.year) if desk.has_fiscal_year(project.year) else None
    with desk.transaction():
        naming = naming_officer(desk, name)
        if naming is not None:
            apply_within(desk, NAMING, [naming], who=clean_line(name))
        if before != after:
            apply_within(desk, EDITING_PROJECT, [Change(before, after)])


def save_rules(desk: Desk, year: int, rules: RuleSet) -> None:
    """Save the rule set of a fiscal year (Buddhist era); every open deadline is counted anew."""
    _save_year(desk, replace(desk.fiscal_year(year), rules=rules), "แก้ไขเกณฑ์ของปีงบประมาณ")


def _save_year(desk: Desk, after: FiscalYear, action: str) -> None:
    before = desk.fiscal_year(after.year) if desk.has_fiscal_year(after.year) else None
    if before != after:
        apply(desk, action, [Change(before, after)])


def officer_name(desk: Desk) -> str:
    """The officer's name every change is noted under."""
    return office_years.setting(desk.register.connection, "officer") or ""


def save_officer_name(desk: Desk, name: str) -> None:
    """Set the officer's name."""
    change = naming_officer(desk, name)
    if change is not None:
        apply(desk, NAMING, [change], who=clean_line(name))


def naming_officer(desk: Desk, name: str) -> Change | None:
    """The change that sets the officer's name; None when it is set so."""
    before = office_years.setting(desk.register.connection, "officer")
    if clean_line(name) == (before or ""):
        return None
    return Change(None if before is None else Setting("officer", before), Setting("officer", clean_line(name)))
