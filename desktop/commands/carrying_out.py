"""Each command: the service it calls, the JSON it answers, and the same in Thai words."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from desktop import paths
from desktop.commands.answer import Answer
from desktop.commands.json_shapes import (
    complaint_json,
    draft_json,
    iso,
    issued_json,
    quality_json,
    waiting_json,
)
from desktop.commands.keeping_commands import backup, counts_as_outside, restore
from desktop.commands.outage_commands import outage
from desktop.commands.plain_words import (
    complaint_words,
    import_words,
    quality_words,
    report_words,
    waiting_words,
)
from desktop.commands.signing_commands import sign
from desktop.commands.verify_commands import erase, unreadable, verify_register_or_pdf
from desktop.domain.block_wording import revision_name
from desktop.domain.complaint import TICKED_ITEMS, QualityItem
from desktop.domain.report_sheet import PlanWord, TargetWord
from desktop.domain.thai_dates import short_date, weekday_date
from desktop.services import complaint_views, complaint_work, month_reports, office_settings
from desktop.services.demo import fill_with_demo
from desktop.services.desk import CannotDo, Desk, Shipped, bangkok_today
from desktop.services.exporting import export_register
from desktop.services.holiday_import import import_holidays, imported_words
from desktop.services.importing import import_files
from desktop.services.keeping_old import kept_before_migration
from desktop.services.month_reports import OfficersWords
from desktop.services.outside_copies import note_sealed_copy
from desktop.services.undoing import kept_words, undo_import
from desktop.services.verifying import damage_words, open_for_saving, verify
from desktop.storage.register import is_remembered, open_for_reading, open_for_writing
from desktop.storage.register_folder import is_own_file
from desktop.storage.register_refusals import RegisterBusy, RegisterRefused

BEGINNINGS = ("demo", "import")  # what is meant to fill a new folder may begin one where the old one is gone whole
BEGUN_ANEW = "เริ่มทะเบียนใหม่ใน {} ที่นี่เคยมีทะเบียนซึ่งหายไปทั้งโฟลเดอร์ ถ้าต้องการของเดิม โปรดกู้คืนจากสำเนาสำรอง"


def carry_out(found: argparse.Namespace, folder: Path) -> Answer:
    """Do what the command line says; raises CannotDo or RegisterRefused with one Thai sentence."""
    if found.command == "restore":
        return restore(folder, found)
    if found.command == "backup":
        return _backup(found, folder)
    command, writes = _COMMANDS[found.command]
    writing = writes(found)
    anew = writing and found.command in BEGINNINGS and _went_whole(folder)
    try:
        with _desk(found, folder, writing=writing, anew=anew) as desk:
            answer = command(desk, found)
            return replace(answer, words=[BEGUN_ANEW.format(folder), *answer.words]) if anew else answer
    except RegisterRefused as refused:
        if found.command == "verify" and not isinstance(refused, RegisterBusy):
            return unreadable(str(refused))
        raise


def _went_whole(folder: Path) -> bool:
    """Whether nothing is left of a data folder that this PC remembers."""
    with suppress(OSError):  # what stands in the way is told where it is opened
        is_empty = not folder.exists() or not any(folder.iterdir())
        return is_empty and is_remembered(folder, paths.anchors_folder())
    return False


@contextmanager
def _desk(found: argparse.Namespace, folder: Path, *, writing: bool, anew: bool = False) -> Iterator[Desk]:
    shipped = Shipped(paths.fonts_folder(), paths.words_folder(), paths.holidays_folder(), paths.program_version())
    outside = paths.anchors_folder()
    keeping = kept_before_migration(folder, shipped.version, datetime.now(UTC))
    if writing:
        register = open_for_writing(folder, outside, keeping, anew=anew)
    else:
        register = open_for_reading(folder, outside, keeping)
    try:
        desk = Desk(register, shipped, (lambda: found.today) if found.today else bangkok_today)
        if writing:
            _refuse_if_damaged(desk)
        yield desk
    finally:
        register.close()


def damage_of(found: argparse.Namespace, folder: Path) -> str:
    """What is damaged in a register, after a command failed on it; blank when it is whole or cannot be asked."""
    try:
        with _desk(found, folder, writing=False) as desk:
            checked = verify(desk)
            return damage_words(folder, checked.problems) if checked.stops_saving else ""
    except Exception:  # the first error is the one that is told
        return ""


def _refuse_if_damaged(desk: Desk) -> None:
    """Nothing is written to a register that is not as it was left."""
    found = open_for_saving(desk)
    if found.stops_saving:
        raise RegisterRefused(f"ไม่บันทึก {damage_words(desk.register.folder, found.problems)}")


def _backup(found: argparse.Namespace, folder: Path) -> Answer:
    """Beside an open window too: then only the note of a copy outside is left out, and the window goes on asking."""
    with _desk(found, folder, writing=False) as desk:
        answer, made = backup(desk, found)
    if not counts_as_outside(folder, found):
        return answer
    try:
        with _desk(found, folder, writing=True) as desk:
            note_sealed_copy(desk, made)
    except RegisterRefused as refused:
        return replace(answer, words=[*answer.words, f"ยังไม่ได้จดว่าเป็นสำเนานอกเครื่อง: {refused}"])
    return replace(answer, words=[*answer.words, "จดไว้แล้วว่าเป็นสำเนานอกเครื่อง"])


def _import(desk: Desk, found: argparse.Namespace) -> Answer:
    result = import_files(desk, found.files, found.layout, dry_run=found.dry_run)
    files = [
        {
            "file": str(path),
            "layout": each.layout,
            "new": each.new,
            "changed": each.changed,
            "unchanged": each.unchanged,
            "refused": [{"row": note.row, "number": note.number, "reason": note.text} for note in each.refused],
            "remarks": [{"row": note.row, "number": note.number, "text": note.text} for note in each.remarks],
        }
        for path, each in zip(found.files, result.files, strict=True)
    ]
    return Answer({"batch": result.batch, "files": files}, import_words(result))


def _undo_import(desk: Desk, found: argparse.Namespace) -> Answer:
    batch, undone = undo_import(desk)
    told = f"ย้อนการนำเข้าชุดที่ {batch} แล้ว นำออก {undone.removed} เรื่อง คืนเป็นเหมือนเดิม {undone.restored} เรื่อง"
    document: dict[str, object] = {"batch": batch, "removed": undone.removed, "restored": undone.restored}
    if undone.kept:
        told += f" คงไว้ {len(undone.kept)} เรื่อง"
        document["kept"] = [{"number": each.number, "reason": each.reason} for each in undone.kept]
    return Answer(document, [told, *kept_words(undone.kept)])


def _status(desk: Desk, found: argparse.Namespace) -> Answer:
    on = found.on or desk.today
    numbers = found.numbers
    seen = complaint_views.standings_of(desk, numbers, on) if numbers else complaint_views.all_standings(desk, on)
    document = {"on": iso(on), "complaints": [complaint_json(each) for each in seen]}
    return Answer(document, [complaint_words(each) for each in seen] or ["ไม่มีเรื่องในทะเบียน"])


def _due(desk: Desk, found: argparse.Namespace) -> Answer:
    on = found.on or desk.today
    seen = complaint_views.due_standings(desk, on, found.within)
    waiting = month_reports.reports_to_send(desk, on)
    document = {
        "on": iso(on),
        "complaints": [complaint_json(each) for each in seen],
        "reports": [waiting_json(state, on) for state in waiting],
    }
    words = [complaint_words(each) for each in seen] + [waiting_words(state, on) for state in waiting]
    return Answer(document, words or ["ไม่มีอะไรต้องทำ"])


def _show(desk: Desk, found: argparse.Namespace) -> Answer:
    explained = complaint_views.explained_complaint(desk, found.number, found.on or desk.today)
    why = [each.sentence for each in explained.explanations]
    return Answer({**complaint_json(explained.seen), "why": why}, [complaint_words(explained.seen), *why])


def _report(desk: Desk, found: argparse.Namespace) -> Answer:
    monthly = month_reports.figures_of_month(desk, found.month, found.on or desk.today, found.until)
    if found.pdf is not None:
        month_reports.write_draft(desk, monthly, OfficersWords(), found.pdf)
    return Answer(draft_json(monthly), report_words(monthly))


def _issue(desk: Desk, found: argparse.Namespace) -> Answer:
    monthly = month_reports.figures_of_month(desk, found.month, found.on or desk.today, found.until)
    words = OfficersWords(PlanWord[found.plan.upper()], TargetWord[found.target.upper()], found.spent, found.note)
    report = month_reports.issue(
        desk, monthly, words, found.pdf, revise=found.revise, why=found.why or "", pack=found.pack
    )
    told = f"ออกรายงานครั้งที่ {report.month.report_number} {revision_name(report.revision)} แล้ว: {found.pdf}"
    return Answer(issued_json(report), [told, *report_words(monthly)])


def _reports(desk: Desk, found: argparse.Namespace) -> Answer:
    year = found.year or desk.current_year
    reports = month_reports.newest_reports(desk, year).values()
    document = [{**issued_json(report), "sent_on": iso(report.sent_on)} for report in reports]
    words = [
        f"ครั้งที่ {report.month.report_number} {report.month.thai} {revision_name(report.revision)}"
        f" ออกเมื่อ {short_date(report.figures.on)}"
        + (f" นำส่ง {short_date(report.sent_on)}" if report.sent_on else " ยังไม่ได้นำส่ง")
        + (f" ตามหนังสือที่ {report.letter}" if report.letter else "")
        for report in reports
    ]
    return Answer({"year": year, "reports": document}, words or [f"ปีงบประมาณ {year} ยังไม่ได้ออกรายงาน"])


def _issued(desk: Desk, found: argparse.Namespace) -> Answer:
    report = month_reports.issued_again(desk, found.month, found.revision, found.pdf)
    told = f"เขียนแฟ้มของรายงานครั้งที่ {report.month.report_number} {revision_name(report.revision)} แล้ว: {found.pdf}"
    return Answer(issued_json(report), [told])


def _sent(desk: Desk, found: argparse.Namespace) -> Answer:
    on_time = month_reports.mark_sent(desk, found.month, found.day, found.letter)
    letter = month_reports.newest_reports(desk, found.month.fiscal_year)[found.month].letter
    told = f"บันทึกวันนำส่งรายงานเดือน{found.month.thai} {short_date(found.day)} ({'ทัน' if on_time else 'เกิน'}กำหนด)"
    document = {"month": found.month.iso, "sent_on": iso(found.day), "on_time": on_time}
    if letter:
        document, told = {**document, "letter": letter}, f"{told} ตามหนังสือที่ {letter}"
    return Answer(document, [told])


def _holidays(desk: Desk, found: argparse.Namespace) -> Answer:
    if found.change == "import":
        return _import_holidays(desk, found.file)
    if found.change is not None:
        change = office_settings.add_holiday if found.change == "add" else office_settings.strike_holiday
        moved = change(desk, found.day, found.why).moved
        told = f"ปรับปฏิทิน {weekday_date(found.day)} แล้ว กำหนดที่เลื่อน {moved} เรื่อง"
        return Answer({"date": iso(found.day), "moved": moved}, [told])
    year = found.year or desk.current_year
    days = office_settings.holidays_of_year(desk, year)
    document = [{"date": iso(day.day), "name": day.name, "source": day.source.value} for day in days]
    words = [f"{weekday_date(day.day)} {day.name}" for day in days]
    return Answer({"year": year, "holidays": document}, [*words, *unsure_years(desk, year)])


def _import_holidays(desk: Desk, path: Path) -> Answer:
    done = import_holidays(desk, path)
    document = {
        "file": str(path),
        "added": [iso(day) for day in done.added],
        "unchanged": done.unchanged,
        "refused": [{"row": row.row, "reason": row.problem} for row in done.refused],
        "moved": done.moved,
    }
    return Answer(document, imported_words(path, done))


def unsure_years(desk: Desk, year: int) -> list[str]:
    """A sentence for a fiscal year whose holidays are not really known yet."""
    unsure = [str(each) for each in (year - 1, year) if each not in desk.calendar.known_years]
    return [f"วันหยุดราชการปี {', '.join(unsure)} ในโปรแกรมยังไม่ครบ โปรดเพิ่มตามประกาศ"] if unsure else []


def _types(desk: Desk, found: argparse.Namespace) -> Answer:
    year = found.year or desk.current_year
    if found.core is not None:
        office_settings.choose_core_types(desk, year, found.core)
    types = office_settings.types_of_year(desk, year)
    document = [{"name": each.name, "core": each.core} for each in types]
    words = [f"{each.name}{' (ประเภทหลัก)' if each.core else ''}" for each in types]
    return Answer({"year": year, "types": document}, words or ["ยังไม่มีประเภทเรื่อง"])


def _quality(desk: Desk, found: argparse.Namespace) -> Answer:
    if _marks(found):
        ticks = {item: tick == "yes" for item in TICKED_ITEMS if (tick := getattr(found, f"tick_{item.code}"))}
        skipped = {QualityItem[found.not_applicable.upper()]: found.why} if found.not_applicable else {}
        again = [QualityItem[found.applicable.upper()]] if found.applicable else []
        complaint = complaint_work.mark_quality(desk, found.number, ticks, skipped, again)
    else:
        complaint = complaint_work.complaint(desk, found.number)
    return Answer(quality_json(complaint), quality_words(complaint))


def _marks(found: argparse.Namespace) -> bool:
    ticks = (getattr(found, f"tick_{item.code}") for item in TICKED_ITEMS)
    return any(value is not None for value in (*ticks, found.not_applicable, found.applicable))


def _export(desk: Desk, found: argparse.Namespace) -> Answer:
    rows = export_register(desk, found.file, search=found.search, private=found.private)
    return Answer({"file": str(found.file), "rows": rows}, [f"ส่งออก {rows} เรื่อง: {found.file}"])


def _demo(desk: Desk, found: argparse.Namespace) -> Answer:
    folder = desk.register.folder
    if any(not is_own_file(folder, path) for path in folder.iterdir()):
        raise CannotDo(f"โฟลเดอร์ {desk.register.folder} มีแฟ้มอื่นอยู่ ข้อมูลตัวอย่างลงได้เฉพาะโฟลเดอร์ว่าง ไม่มีอะไรถูกเพิ่ม")
    made = fill_with_demo(desk, found.rows, found.seed)
    return Answer({"complaints": made}, [f"ลงข้อมูลตัวอย่าง {made} เรื่องแล้ว"])


def _always(found: argparse.Namespace) -> bool:
    return True


def _never(found: argparse.Namespace) -> bool:
    return False


_COMMANDS: dict[str, tuple[Callable[[Desk, argparse.Namespace], Answer], Callable[[argparse.Namespace], bool]]] = {
    "import": (_import, lambda found: not found.dry_run),
    "undo-import": (_undo_import, _always),
    "status": (_status, _never),
    "due": (_due, _never),
    "show": (_show, _never),
    "report": (_report, _never),
    "issue": (_issue, _always),
    "reports": (_reports, _never),
    "issued": (_issued, _never),
    "sent": (_sent, _always),
    "holidays": (_holidays, lambda found: found.change is not None),
    "types": (_types, lambda found: found.core is not None),
    "quality": (_quality, _marks),
    "export": (_export, lambda found: found.private),
    "demo": (_demo, _always),
    "sign": (sign, _always),
    "outage": (outage, _always),
    "verify": (verify_register_or_pdf, _never),
    "erase": (erase, _always),
}
