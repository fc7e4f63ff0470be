"""What the window does once the list is painted: verify the register, then whatever waited for that."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from desktop.services.attaching import sweep_at_start
from desktop.services.changes import take_shipped_calendar
from desktop.services.desk import Desk
from desktop.services.disk_space import space_problem
from desktop.services.mending import mend
from desktop.services.outside_copies import outside_copy_due
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.services.privacy import finish_erasures
from desktop.services.verifying import Verification
from desktop.ui.long_work import run_long
from desktop.ui.main_window import MainWindow
from desktop.ui.start_check import StartCheck
from desktop.ui.theme import Look

MOST_TOLD = 8  # problems shown in the question; the rest stand in the details
DAMAGED = "ทะเบียนไม่ผ่านการตรวจ จึงหยุดการบันทึกไว้ ข้อมูลเดิมไม่ถูกแก้ไข"
FILES_HURT = "แฟ้มแนบหายหรือเสียหาย เรื่องในทะเบียนถูกต้องครบถ้วน บันทึกงานต่อได้"


class WindowStart(QObject):
    """``after`` are the jobs that wait for a verified register, each done once."""

    def __init__(self, desk: Desk, window: MainWindow, after: tuple[Callable[[], object], ...] = ()) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._after = after
        self._said: tuple[str, ...] = ()  # of the register
        self._of_damage = False
        self.check = StartCheck(desk, window)
        self.check.passed.connect(self._passed)
        self.check.damaged.connect(self._damaged)
        self.check.hindered.connect(lambda sentence: self._remind(f"ตรวจทะเบียนยังไม่สำเร็จ: {sentence}"))
        window.verify_asked.connect(self.check.start)
        window.day_turned.connect(self._show_reminders)
        self._standing = window.banner.text()  # what the opening itself had to say stays

    def begin(self) -> None:
        """Start verifying."""
        self.check.start()

    def _passed(self, found: Verification) -> None:
        self._remind(*found.remarks)
        self._window.tell(f"✓ ตรวจทะเบียนแล้ว {found.complaints:,} เรื่อง แฟ้มแนบ {found.attachments:,} แฟ้ม ถูกต้องครบถ้วน")
        self._go_on()

    def _remind(self, *said: str, damage: bool = False) -> None:
        self._said, self._of_damage = said, damage
        self._show_reminders()

    def _show_reminders(self) -> None:
        """What was said of the register, and what is to be reminded of today once it can be saved to."""
        of_today: tuple[str | None, ...] = ()
        if not self._desk.register.gate.shut_because:
            of_today = (outside_copy_due(self._desk), space_problem(self._desk))
        words = " · ".join(each for each in (self._standing, *self._said, *of_today) if each)
        self._window.show_banner(words, damage=self._of_damage)

    def _go_on(self) -> None:
        """What waited for a register that can be saved to."""
        if not self._desk.register.writable:
            return
        take_shipped_calendar(self._desk)
        if aside := sweep_at_start(self._desk):
            self._window.tell(f"ย้ายแฟ้มที่ไม่มีเรื่องใดอ้างถึง {len(aside)} แฟ้มไปไว้ที่ attachments/quarantine ไม่ได้ลบ")
        try:
            finish_erasures(self._desk)
        except PLAIN_ERRORS as problem:  # the next start tries again
            self._window.tell(str(problem))
        jobs, self._after = self._after, ()
        for job in jobs:
            job()

    def _mend(self) -> None:
        """Only indexes or worked-out columns are hurt: they are made anew, and everything is verified again."""
        run_long(self._window, self._desk, "กำลังสร้างดัชนีใหม่", lambda desk, _: mend(desk), self._passed)

    def _damaged(self, found: Verification, newest: str) -> None:
        said = DAMAGED if found.stops_saving else FILES_HURT
        self._remind(f"{Look.OVERDUE.value} {said} · {found.problems[0]}", damage=True)
        box = QMessageBox(QMessageBox.Icon.Critical, "ทะเบียนไม่ผ่านการตรวจ", "", parent=self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        told = "\n".join(f"• {each}" for each in found.problems[:MOST_TOLD])
        box.setText(f"{said}\n\n{told}\n\nโปรดกู้คืนจากสำเนาสำรอง ข้อมูลปัจจุบันจะถูกเก็บไว้ข้าง ๆ ไม่ถูกลบ\n{newest}")
        if len(found.problems) > MOST_TOLD:
            box.setDetailedText("\n".join(found.problems))
        if found.only_derived:
            box.addButton("สร้างดัชนีใหม่", QMessageBox.ButtonRole.AcceptRole).clicked.connect(self._mend)
        restore = box.addButton("เลือกสำเนาสำรอง…", QMessageBox.ButtonRole.ActionRole)
        look = "ดูทะเบียนก่อน" if found.stops_saving else "ทำงานต่อ"
        box.addButton(look, QMessageBox.ButtonRole.RejectRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        restore.clicked.connect(lambda: self._window.keeping.restore())
        box.open()
        if not found.stops_saving:
            self._go_on()
