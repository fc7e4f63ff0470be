"""Small work with pictures on a thread of its own, one thing after another: the window never waits for a decoder."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.services.plain_errors import PLAIN_ERRORS

UNFORESEEN = "เกิดข้อผิดพลาดที่ไม่ได้คาดไว้ ({kind}) ข้อมูลเดิมอยู่ครบ โปรดลองอีกครั้ง"
Work = Callable[[], Any]
Then = Callable[[Any, str], object]  # what the work gave, and why it did not: one Thai sentence


@cache
def _worker() -> ThreadPoolExecutor:
    """One thread for all: two of the largest pictures at once would take twice the memory."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")


class Behind(QObject):
    """Does work behind for one widget; what was asked before ``forget`` is left undone, or its answer dropped."""

    _ended = Signal(int, object, object, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._round = 0
        self._waiting = 0
        self._ended.connect(self._tell)
        program = QCoreApplication.instance()
        if program is not None:
            program.aboutToQuit.connect(self.forget)  # else the program would end only when all is done

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._waiting > 0

    def do(self, work: Work, then: Then) -> None:
        """Do the work on the thread, then ``then`` with what it gave on this one; no widget and no register in work."""
        self._waiting += 1
        _worker().submit(self._run, self._round, work, then)

    def forget(self) -> None:
        """Want nothing of what was asked any more."""
        self._round += 1
        self._waiting = 0

    def _run(self, asked: int, work: Work, then: Then) -> None:
        """The thread's own part."""
        given, problem = None, ""
        if asked == self._round:
            try:
                given = work()
            except PLAIN_ERRORS as refused:
                problem = str(refused)
            except Exception as error:
                problem = UNFORESEEN.format(kind=type(error).__name__)
        with suppress(RuntimeError):  # the widget may be gone by now
            self._ended.emit(asked, then, given, problem)

    def _tell(self, asked: int, then: Then, given: Any, problem: str) -> None:
        if asked == self._round:
            self._waiting -= 1
            then(given, problem)
