"""The window's menus: every command by word, icon and key."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from desktop.ui.icons import dress


@dataclass(frozen=True)
class Command:
    """One line of a menu; ``writes`` ones are left out of a register open for reading alone."""

    name: str
    words: str
    icon: str = ""
    keys: str = ""
    writes: bool = False


SEPARATOR = Command("", "")
MENUS = (
    (
        "&ทะเบียน",
        (
            Command("new", "เรื่อง&ใหม่", "file-plus", "Ctrl+N", writes=True),
            Command("import", "&นำเข้า…", "download", "Ctrl+I", writes=True),
            Command("undo", "&เลิกทำ…", "undo-2", "Ctrl+Z", writes=True),
            Command("history", "&ประวัติของสำนักงาน…", "notebook-pen", "Ctrl+H"),
            SEPARATOR,
            Command("export", "&ส่งออก…", "upload"),
            Command("export_private", "ส่งออกพร้อม&ชื่อและโทรศัพท์…", "shield-alert"),
            SEPARATOR,
            Command("quit", "&ออก", "log-out", "Ctrl+Q"),
        ),
    ),
    (
        "&มุมมอง",
        (
            Command("search", "&ค้นหา", "search", "Ctrl+F"),
            Command("today", "&วันนี้", "calendar-check", "F5"),
            SEPARATOR,
            Command("list", "&รายการเรื่องร้องทุกข์", "list", "Ctrl+1"),
            Command("detail", "ราย&ละเอียด", "file-text", "Ctrl+2"),
            Command("report", "ราย&งานประจำเดือน", "chart-column", "Ctrl+3"),
        ),
    ),
    (
        "&เอกสาร",
        (
            Command("print", "&พิมพ์สิ่งที่เปิดอยู่…", "printer", "Ctrl+P"),
            Command("day_sheet", "&วันนี้ต้องทำอะไร…", "list-checks", "Shift+F5"),
            Command("round_sheet", "ใบงาน&รอบติดตาม 15/30…", "map-pinned", "Ctrl+Shift+P"),
            SEPARATOR,
            Command("copy_report", "คัดลอก&ข้อความรายงาน…", "clipboard-copy", "Ctrl+Shift+C"),
            Command("copy_answer", "คัดลอก&ผลการดำเนินการของเรื่อง", "copy", "F8"),
        ),
    ),
    (
        "&หลักฐานและสำรอง",
        (
            Command("outage", "บันทึก&ระบบขัดข้อง…", "monitor-x", "F9", writes=True),
            Command("outages", "ระบบขัดข้องที่บันทึกไ&ว้…", "list"),
            SEPARATOR,
            Command("backup", "&สำรองข้อมูล…", "archive"),
            Command("restore", "&กู้คืน…", "archive-restore"),
            Command("verify", "ตรวจ&ทะเบียน", "shield-check"),
            Command("check_pdf", "ตรวจ&แฟ้ม PDF…", "file-search"),
            SEPARATOR,
            Command("erase", "&ลบข้อมูลส่วนบุคคลตามกฎหมาย…", "eraser", writes=True),
        ),
    ),
    (
        "&สำนักงาน",
        (
            Command("project", "ข้อมูล&โครงการ…", "building-2"),
            Command("core_types", "ประเภทเรื่อง&หลัก…", "clipboard-list", writes=True),
            Command("holidays", "&ปฏิทินวันหยุด…", "calendar-days"),
            Command("officer", "&ชื่อเจ้าหน้าที่…", "user", writes=True),
        ),
    ),
    (
        "&ช่วยเหลือ",
        (
            Command("guide", "&คู่มือ", "book-open", "F1"),
            Command("about", "เ&กี่ยวกับโปรแกรม", "info"),
        ),
    ),
)


def add_menus(window: QMainWindow, steps: dict[str, Callable[[], object]], *, writable: bool) -> dict[str, QAction]:
    """Put the menus on a window; ``steps`` says what each command does. Gives the actions by name."""
    actions = {}
    for title, commands in MENUS:
        menu = window.menuBar().addMenu(title)
        for command in commands:
            if not command.name:
                menu.addSeparator()
                continue
            action = menu.addAction(command.words)
            if command.icon:
                dress(action, command.icon)
            if command.keys:
                action.setShortcut(QKeySequence(command.keys))
            action.setEnabled(writable or not command.writes)
            action.triggered.connect(lambda _=False, step=steps[command.name]: step())
            actions[command.name] = action
    return actions
