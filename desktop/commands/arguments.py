"""Every command with its options, as others rely on them: names and shapes do not change."""

import argparse
from collections.abc import Iterable
from pathlib import Path

from desktop.commands.thai_parser import DATE, MONTH, TIME, ThaiParser, baht, buddhist_year, speak_thai, whole_number
from desktop.domain.complaint import TICKED_ITEMS, QualityItem
from desktop.domain.report_sheet import PlanWord, TargetWord
from desktop.services.erasable import ERASABLE_NAMES, PERSONAL

CORE_TYPES_AT_MOST = 5
_YES_NO = ("yes", "no")
_ITEMS = tuple(item.code for item in QualityItem)


def parser(version: str) -> ThaiParser:
    """The parser of the whole command line."""
    speak_thai()
    top = ThaiParser(prog="rongthuk", description="ทะเบียนเรื่องร้องทุกข์ของสำนักงานเขต ไม่มีคำสั่ง: เปิดหน้าต่างโปรแกรม")
    top.add_argument("--data", metavar="FOLDER", help="โฟลเดอร์ของทะเบียน (หรือตัวแปร RONGTHUK_DATA)")
    top.add_argument("--today", metavar="DATE", type=DATE, help="วันที่ให้ถือเป็นวันนี้")
    top.add_argument("--json", action="store_true", help="ตอบเป็น JSON")
    top.add_argument("--version", action="version", version=f"rongthuk {version}", help="แสดงรุ่นของโปรแกรมแล้วจบ")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    _add_register_commands(commands)
    _add_report_commands(commands)
    _add_office_commands(commands)
    _add_paper_commands(commands)
    _add_keeping_commands(commands)
    return top


def _command(commands: "argparse._SubParsersAction[ThaiParser]", name: str, tells: str) -> ThaiParser:
    return commands.add_parser(name, help=tells, description=tells)


def _add_register_commands(commands: "argparse._SubParsersAction[ThaiParser]") -> None:
    bring = _command(commands, "import", "นำเข้าจากแฟ้ม CSV หรือ XLSX เป็นชุดเดียว")
    bring.add_argument("files", metavar="FILE", nargs="+", type=Path)
    bring.add_argument("--layout", metavar="NAME")
    bring.add_argument("--dry-run", action="store_true", help="ตรวจอย่างเดียว ไม่นำเข้า")
    _command(commands, "undo-import", "ย้อนการนำเข้าชุดล่าสุด")
    status = _command(commands, "status", "สถานะของทุกเรื่องตามที่เป็นในวันหนึ่ง")
    status.add_argument("numbers", metavar="NUMBER", nargs="*")
    status.add_argument("--on", metavar="DATE", type=DATE)
    due = _command(commands, "due", "เรื่องและรายงานที่ต้องทำ")
    due.add_argument("--on", metavar="DATE", type=DATE)
    due.add_argument("--within", metavar="N", type=whole_number(0), default=0, help="ภายในกี่วันทำการ")
    show = _command(commands, "show", "เรื่องหนึ่งเรื่องพร้อมคำอธิบายทุกกำหนด")
    show.add_argument("number", metavar="NUMBER")
    show.add_argument("--on", metavar="DATE", type=DATE)
    send = _command(commands, "export", "ส่งออกทะเบียนเป็น XLSX หรือ CSV")
    send.add_argument("file", metavar="FILE", type=Path)
    send.add_argument("--search", metavar="TEXT", default="")
    send.add_argument("--private", action="store_true", help="รวมชื่อและโทรศัพท์ของผู้ร้อง")
    demo = _command(commands, "demo", "ลงข้อมูลตัวอย่างในโฟลเดอร์ว่าง")
    demo.add_argument("--rows", metavar="N", type=whole_number(1))
    demo.add_argument("--seed", metavar="S", type=whole_number(0), default=1)


def _add_report_commands(commands: "argparse._SubParsersAction[ThaiParser]") -> None:
    report = _command(commands, "report", "ร่างรายงานประจำเดือน")
    issue = _command(commands, "issue", "ออกรายงานประจำเดือน")
    for each in (report, issue):
        each.add_argument("month", metavar="MONTH", type=MONTH)
        each.add_argument("--on", metavar="DATE", type=DATE)
        each.add_argument("--until", metavar="DATE", type=DATE)
        each.add_argument("--pdf", metavar="FILE", type=Path, required=each is issue)
    issue.add_argument("--plan", choices=[word.name.lower() for word in PlanWord], default="on")
    issue.add_argument("--target", choices=[word.name.lower() for word in TargetWord], default="on")
    issue.add_argument("--spent", metavar="BAHT", type=baht, default=baht("0"))
    issue.add_argument("--note", metavar="TEXT", default="")
    issue.add_argument("--pack", action="store_true", help="รวมบันทึกข้อความและภาคผนวกในแฟ้มเดียวกัน")
    issue.add_argument("--revise", action="store_true", help="ออกฉบับแก้ไข ต้องมี --why")
    issue.add_argument("--why", metavar="TEXT")
    reports = _command(commands, "reports", "รายงานที่ออกแล้วของปีงบประมาณ")
    reports.add_argument("--year", metavar="BE", type=buddhist_year)
    issued = _command(commands, "issued", "เขียนแฟ้มของรายงานที่ออกแล้วอีกครั้ง ตรงกับฉบับที่ออกทุกไบต์")
    issued.add_argument("month", metavar="MONTH", type=MONTH)
    issued.add_argument("--revision", metavar="N", type=whole_number(1), help="ฉบับที่ (ถ้าไม่ระบุ: ฉบับล่าสุด)")
    issued.add_argument("--pdf", metavar="FILE", type=Path, required=True)
    sent = _command(commands, "sent", "บันทึกวันนำส่งรายงาน")
    sent.add_argument("month", metavar="MONTH", type=MONTH)
    sent.add_argument("day", metavar="DATE", type=DATE)
    sent.add_argument("--letter", metavar="TEXT", help="เลขที่หนังสือนำส่ง (ถ้าไม่ระบุ: ตามที่บันทึกไว้แล้ว)")


def _add_office_commands(commands: "argparse._SubParsersAction[ThaiParser]") -> None:
    holidays = _command(commands, "holidays", "วันหยุดของสำนักงานในปีงบประมาณ")
    holidays.add_argument("--year", metavar="BE", type=buddhist_year)
    changes = holidays.add_subparsers(dest="change", metavar="add|strike|import")
    for name, tells in (("add", "เพิ่มวันหยุด"), ("strike", "ยกเลิกวันหยุด")):
        change = changes.add_parser(name, help=tells, description=tells)
        change.add_argument("day", metavar="DATE", type=DATE)
        change.add_argument("--why", metavar="TEXT", required=True)
    tells = "เพิ่มวันหยุดจากแฟ้ม CSV หรือ XLSX ที่มีคอลัมน์ วันที่ และ ชื่อวันหยุด"
    changes.add_parser("import", help=tells, description=tells).add_argument("file", metavar="FILE", type=Path)
    types = _command(commands, "types", "ประเภทเรื่อง และเลือกประเภทเรื่องหลัก")
    types.add_argument("--year", metavar="BE", type=buddhist_year)
    types.add_argument("--core", metavar="NAME", nargs="*", help="ไม่เกิน 5 ประเภท อยู่ท้ายคำสั่ง")
    quality = _command(commands, "quality", "ตรวจคุณภาพของเรื่อง")
    quality.add_argument("number", metavar="NUMBER")
    for item in TICKED_ITEMS:
        quality.add_argument(f"--{item.code}", choices=_YES_NO, dest=f"tick_{item.code}")
    quality.add_argument("--not-applicable", metavar="ITEM", choices=_ITEMS)
    quality.add_argument("--why", metavar="TEXT")
    quality.add_argument("--applicable", metavar="ITEM", choices=_ITEMS)


def _add_paper_commands(commands: "argparse._SubParsersAction[ThaiParser]") -> None:
    sign = _command(commands, "sign", "ลงลายมือชื่ออิเล็กทรอนิกส์ในรายงาน")
    sign.add_argument("file", metavar="FILE.pdf", type=Path)
    sign.add_argument("--certificate", metavar="FILE.p12", type=Path, required=True)
    sign.add_argument("--passphrase-file", metavar="F", type=Path)
    sign.add_argument("--out", metavar="FILE", type=Path, required=True)
    outage = _command(commands, "outage", "บันทึกระบบขัดข้อง")
    changes = outage.add_subparsers(dest="change", metavar="add", required=True)
    add = changes.add_parser("add", help="บันทึกพร้อมภาพหลักฐาน", description="บันทึกระบบขัดข้องพร้อมภาพหลักฐาน")
    add.add_argument("--from", dest="began", metavar="T", type=TIME, required=True)
    add.add_argument("--to", dest="ended", metavar="T", type=TIME, required=True)
    add.add_argument("--what", metavar="TEXT", required=True)
    add.add_argument("--image", dest="images", metavar="FILE", type=Path, nargs="+", action="extend")
    add.add_argument("--by", metavar="NAME", default="")


def _add_keeping_commands(commands: "argparse._SubParsersAction[ThaiParser]") -> None:
    verify = _command(commands, "verify", "ตรวจทะเบียนทั้งเล่ม หรือแฟ้ม PDF ว่าเป็นฉบับที่ออกจากที่นี่")
    verify.add_argument("file", metavar="FILE.pdf", type=Path, nargs="?")
    for name, tells in (("backup", "สำรองทุกอย่างลงแฟ้มเดียว"), ("restore", "กู้คืนจากแฟ้มสำรอง")):
        keeping = _command(commands, name, tells)
        keeping.add_argument("file", metavar="FILE", type=Path)
        keeping.add_argument("--passphrase-file", metavar="F", type=Path)
    erase = _command(
        commands, "erase", f"ลบข้อมูลส่วนบุคคลตามกฎหมาย รวมทั้งในประวัติ ถ้าไม่ระบุ --field หรือ --files: {_named(PERSONAL)}"
    )
    erase.add_argument("number", metavar="NUMBER", help="เลขที่รับแจ้ง ของเรื่องที่ย้อนการนำเข้าไปแล้วก็ได้")
    erase.add_argument("--why", metavar="TEXT", required=True, help="เหตุผล อยู่ในประวัติตลอดไป จึงไม่ควรมีชื่อบุคคล")
    tells = f"ช่องที่จะลบ แทนชื่อและโทรศัพท์: {_named(ERASABLE_NAMES)}"
    erase.add_argument("--field", dest="fields", metavar="NAME", type=_field, nargs="+", action="extend", help=tells)
    tells = "ลบแฟ้มแนบทุกแฟ้มของเรื่อง ที่นำออกไปแล้วด้วย ไม่ลบช่องใดนอกจากที่ระบุด้วย --field"
    erase.add_argument("--files", action="store_true", help=tells)


def _named(names: Iterable[str]) -> str:
    """Fields that can be erased, as an option takes them: in Thai and as the program calls them."""
    return ", ".join(f"{ERASABLE_NAMES[name]} ({name})" for name in names)


def _field(typed: str) -> str:
    """A field that can be erased by law, under either of its names."""
    found = {words: name for name, words in ERASABLE_NAMES.items()} | {name: name for name in ERASABLE_NAMES}
    if typed.strip() not in found:
        raise argparse.ArgumentTypeError(f"ไม่มีช่อง “{typed}” ที่ลบได้ ใช้ได้: {_named(ERASABLE_NAMES)}")
    return found[typed.strip()]


def wrong_together(found: argparse.Namespace) -> str | None:
    """What is wrong with options that are right one by one, in one Thai sentence; None when nothing is."""
    match found.command:
        case "issue" if found.revise and not (found.why or "").strip():
            return "--revise ต้องมี --why พร้อมเหตุผล"
        case "issue" if found.why is not None and not found.revise:
            return "--why ใช้กับ --revise เท่านั้น"
        case "report" | "issue" | "issued" if found.pdf is not None and _is_no_pdf(found.pdf):
            return "ชื่อแฟ้มของ --pdf ต้องลงท้ายด้วย .pdf"
        case "types" if found.core is not None and len(found.core) > CORE_TYPES_AT_MOST:
            return f"--core เลือกได้ไม่เกิน {CORE_TYPES_AT_MOST} ประเภท"
        case "quality" if (found.not_applicable is None) != (found.why is None):
            return "--not-applicable กับ --why ต้องมาคู่กัน"
        case "quality" if found.not_applicable is not None and found.not_applicable == found.applicable:
            return "--applicable กับ --not-applicable เป็นรายการเดียวกันไม่ได้"
        case "export" if found.file.suffix.lower() not in (".xlsx", ".csv"):
            return "ชื่อแฟ้มส่งออกต้องลงท้ายด้วย .xlsx หรือ .csv"
    return _wrong_month(found)


def _is_no_pdf(path: Path) -> bool:
    """Whether a name is no PDF's; a folder is told as what it is, when it is to be written."""
    return path.suffix.lower() != ".pdf" and not path.is_dir()


def _wrong_month(found: argparse.Namespace) -> str | None:
    until, month = getattr(found, "until", None), getattr(found, "month", None)
    if until is not None and month is not None and not month.first <= until <= month.last:
        return f"--until ต้องเป็นวันในเดือน{month.thai}"
    return None
