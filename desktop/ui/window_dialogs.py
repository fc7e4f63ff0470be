"""The dialogs behind the menus สำนักงาน and ช่วยเหลือ, and เลิกทำ."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.services import undoing
from desktop.services.desk import Desk
from desktop.services.drafts import Draft
from desktop.services.progress import Progress
from desktop.ui import notices
from desktop.ui.core_types_dialog import CoreTypesDialog
from desktop.ui.guide_dialog import GuideDialog
from desktop.ui.holiday_dialog import HolidayDialog
from desktop.ui.long_work import run_long
from desktop.ui.office_history_dialog import OfficeHistoryDialog
from desktop.ui.officer_dialog import OfficerDialog
from desktop.ui.project_dialog import ProjectDialog

MOST_TOLD = 8  # of what an undo left; the rest stand in the details
ABOUT = """ทะเบียนเรื่องร้องทุกข์ รุ่น {version}

ทะเบียนเก็บอยู่ที่ {folder}
ข้อมูลไม่ออกนอกเครื่องนี้ โปรแกรมไม่ใช้อินเทอร์เน็ต

อักษร Sarabun (OFL) · สัญลักษณ์ Lucide (ISC) · Qt และ PySide6 (LGPL)"""


class WindowDialogs(QObject):
    """Opens them over the window; ``changed`` comes when something was saved."""

    changed = Signal()
    told = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def project(self, draft: Draft | None = None) -> None:
        """ข้อมูลโครงการ of today's fiscal year, or filled in again from a draft of its own."""
        year = self._desk.current_year if draft is None else int(draft.key)
        dialog = ProjectDialog(self._desk, year, self._window)
        dialog.accepted.connect(self.changed)
        _open(dialog)
        if draft is not None:
            dialog.drafts.take_back(draft)

    def core_types(self) -> None:
        """ประเภทเรื่องหลัก of today's fiscal year."""
        dialog = CoreTypesDialog(self._desk, self._desk.current_year, self._window)
        dialog.accepted.connect(self.changed)
        _open(dialog)

    def holidays(self, draft: Draft | None = None) -> None:
        """ปฏิทินวันหยุด, the day to be changed filled in again from a draft."""
        dialog = HolidayDialog(self._desk, self._window)
        dialog.changed.connect(self.changed)
        _open(dialog)
        if draft is not None:
            dialog.drafts.take_back(draft)

    def officer(self, draft: Draft | None = None) -> None:
        """ชื่อเจ้าหน้าที่."""
        dialog = OfficerDialog(self._desk, self._window)
        dialog.saved.connect(self.changed)
        _open(dialog)
        if draft is not None:
            dialog.drafts.take_back(draft)

    def undo(self) -> None:
        """เลิกทำ: what would be taken back is shown first; what is typed in a field has its own Ctrl+Z."""
        found = undoing.what_can_be_undone(self._desk)
        if found is None:
            notices.tell(self._window, "เลิกทำ", "ไม่มีอะไรให้เลิกทำ")
            return
        question = f"เลิกทำ “{undoing.describe(found)}” แล้วกลับไปเป็นเหมือนก่อนทำใช่ไหม"
        notices.ask(self._window, question, {"เลิกทำ": lambda: self._undo(found.number, self._window)})

    def history(self) -> None:
        """ประวัติของสำนักงาน, each line to be taken back from there."""
        dialog = OfficeHistoryDialog(self._desk, self._window)
        dialog.undo_asked.connect(lambda operation, words: self.undo_operation(operation, words, dialog))
        self.changed.connect(dialog.refresh)
        _open(dialog)

    def undo_operation(self, operation: int, words: str, over: QWidget | None = None) -> None:
        """Take one line of the history back, after asking, over the window or a dialog."""
        window = over or self._window
        notices.ask(window, f"เลิกทำรายการนี้ใช่ไหม\n{words}", {"เลิกทำ": lambda: self._undo(operation, window)})

    def _undo(self, operation: int, over: QWidget) -> None:
        def work(desk: Desk, progress: Progress) -> undoing.Undone:
            return undoing.undo_operation(desk, operation, progress)

        run_long(over, self._desk, "กำลังเลิกทำ", work, self._undone)

    def _undone(self, done: undoing.Undone) -> None:
        self.changed.emit()
        if not done.kept:
            self.told.emit(f"✓ เลิกทำ “{done.action}” แล้ว")
            return
        told = undoing.kept_words(done.kept)
        more = [f"และอีก {len(told) - MOST_TOLD:,} รายการ"] if len(told) > MOST_TOLD else []
        count = done.removed + done.restored
        sentence = f"เลิกทำ “{done.action}” แล้ว {count:,} รายการ ที่เหลือ {len(told):,} รายการคงไว้ตามเดิม"
        box = notices.tell(self._window, "เลิกทำแล้วบางส่วน", "\n".join([sentence, "", *told[:MOST_TOLD], *more]))
        if more:
            box.setDetailedText("\n".join(told))

    def guide(self) -> None:
        """คู่มือ, beside the window."""
        dialog = GuideDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def about(self) -> None:
        """เกี่ยวกับโปรแกรม."""
        words = ABOUT.format(version=self._desk.shipped.version, folder=self._desk.register.folder)
        notices.tell(self._window, "เกี่ยวกับโปรแกรม", words)


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
