"""Closing the window: what no backup has is backed up first, behind a dialog; it is left out when it cannot be made."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from desktop.services import logbook
from desktop.services.desk import Desk
from desktop.services.logbook import Happened
from desktop.services.plain_errors import plain_words
from desktop.services.progress import Progress
from desktop.ui import notices
from desktop.ui.long_work import LongWork, LongWorkDialog

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow

UNREADABLE = "อ่านทะเบียนไม่ได้ในตอนนี้"
NOT_BACKED_UP = "จึงยังไม่ได้สำรองข้อมูลก่อนปิด โปรแกรมจะปิด และจะสำรองให้เมื่อเปิดครั้งหน้า"


class Closing(QObject):
    """Backs up what no automatic backup has: when the window closes, and at the start what came before it.

    A kill, the session's end and commands leave such changes, not only this window's own.
    """

    def __init__(self, window: "MainWindow", desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._catching_up: LongWork | None = None
        self._settled = False  # the backup was made, or given up
        self._closes = False  # nothing is begun any more

    def catch_up(self) -> None:
        """Back up, behind the window, what no good backup has, and thin the older ones; a failure is only told."""
        if self._closes or not self._desk.register.writable:
            return
        work = LongWork(self._desk, _back_up_what_was_left, self._window)
        work.may_be_left = True
        work.failed.connect(lambda sentence: self._window.tell(f"ยังไม่ได้สำรองข้อมูลอัตโนมัติ: {sentence}"))
        work.finished.connect(self._caught_up)
        self._catching_up = work
        work.start()

    def _caught_up(self) -> None:
        if self._catching_up is not None:
            self._catching_up.deleteLater()
            self._catching_up = None

    def begins_backup(self) -> bool:
        """Whether the window has to wait: a backup is being made, and closes it afterwards."""
        self._closes = not self._has_to_wait()
        return not self._closes

    def _has_to_wait(self) -> bool:
        application = QGuiApplication.instance()
        at_session_end = isinstance(application, QGuiApplication) and application.isSavingSession()
        gate = self._desk.register.gate
        if self._settled or not self._window.backs_up_when_closed or at_session_end or gate.shut_because:
            return False
        if self._catching_up is not None:
            self._catching_up.cancel()
            self._catching_up.wait()
        from desktop.services.automatic_backups import lacks_backup  # not needed to paint the list

        try:
            if not lacks_backup(self._desk):
                return False
        except Exception as error:  # whatever it is, the window can be closed
            self._tell_and_close(error)
            return True
        work = LongWork(self._desk, _back_up, self._window)
        work.failed.connect(self._give_up)
        work.cancelled.connect(self._give_up)
        LongWorkDialog(work, "กำลังสำรองข้อมูลก่อนปิด", self._window, self._made).open()
        work.start()
        return True

    def _tell_and_close(self, error: Exception) -> None:
        self._settled = True
        logbook.note_error(Happened.WORK_FAILED, type(error), error.__traceback__)
        why = plain_words(error, self._desk.register.folder) or UNREADABLE
        box = notices.tell_problem(self._window, f"{why}\n\n{NOT_BACKED_UP}")
        box.finished.connect(lambda _: QTimer.singleShot(0, self._window.close))

    def _made(self, _: object) -> None:
        self._settled = True
        self._window.close()

    def _give_up(self, _: str) -> None:
        """The reason is told by the dialog; the next closing closes."""
        self._settled = True


def _back_up(desk: Desk, progress: Progress) -> object:
    from desktop.services.automatic_backups import back_up_now

    return back_up_now(desk, "เมื่อปิดโปรแกรม", progress)


def _back_up_what_was_left(desk: Desk, progress: Progress) -> object:
    """Even when nothing lacks a backup: the newest may be damaged, and older ones are to be thinned."""
    from desktop.services.automatic_backups import back_up_now

    return back_up_now(desk, "เมื่อเปิดโปรแกรม", progress)
