"""Closing the window after changes: a backup first, behind a dialog; it can be left out when it cannot be made."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.services.desk import Desk
from desktop.services.month_reports import history_head
from desktop.services.progress import Progress
from desktop.ui.long_work import LongWork, LongWorkDialog

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow


class Closing(QObject):
    """Knows where the history ended when the window was opened."""

    def __init__(self, window: "MainWindow", desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._begun_at = history_head(desk)
        self._settled = False  # the backup was made, or given up

    def begins_backup(self) -> bool:
        """Whether the window has to wait: a backup is being made, and closes it afterwards."""
        application = QGuiApplication.instance()
        at_session_end = isinstance(application, QGuiApplication) and application.isSavingSession()
        gate = self._desk.register.gate
        if self._settled or not self._window.backs_up_when_closed or at_session_end or gate.shut_because:
            return False
        if history_head(self._desk) == self._begun_at:
            return False
        work = LongWork(self._desk, _back_up, self._window)
        work.failed.connect(self._give_up)
        work.cancelled.connect(self._give_up)
        LongWorkDialog(work, "กำลังสำรองข้อมูลก่อนปิด", self._window, self._made).open()
        work.start()
        return True

    def _made(self, _: object) -> None:
        self._settled = True
        self._window.close()

    def _give_up(self, _: str) -> None:
        """The reason is told by the dialog; the next closing closes."""
        self._settled = True


def _back_up(desk: Desk, progress: Progress) -> object:
    from desktop.services.automatic_backups import back_up_now

    return back_up_now(desk, "เมื่อปิดโปรแกรม", progress)
