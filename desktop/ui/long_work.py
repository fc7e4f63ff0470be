"""Long work on a thread of its own over a second connection: progress, cancelling, and a window that stays alive."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QThread, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.services import logbook
from desktop.services.desk import Desk
from desktop.services.logbook import Happened
from desktop.services.plain_errors import plain_words
from desktop.services.progress import Cancelled, Progress
from desktop.ui import notices, theme

TELL_EVERY = 0.05  # seconds between two words of progress
SHOW_AFTER = 250  # milliseconds: work quicker than this shows no dialog
UNFORESEEN = "เกิดข้อผิดพลาดที่ไม่ได้คาดไว้ ({}) งานนี้ไม่ถูกบันทึก ข้อมูลเดิมอยู่ครบ โปรดลองอีกครั้ง"

Work = Callable[[Desk, Progress], Any]


class LongWork(QThread):
    """Runs ``work(desk beside, progress)``; ``done`` carries what it gave, ``failed`` one Thai sentence."""

    progressed = Signal(int, int)
    done = Signal(object)
    failed = Signal(str)
    cancelled = Signal(str)

    def __init__(self, desk: Desk, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work = work
        self._told = 0.0
        self.may_be_left = False  # whether the window may close while it runs

    def cancel(self) -> None:
        """Ask the work to stop; it ends with ``cancelled`` and has changed nothing."""
        self.requestInterruption()

    def run(self) -> None:
        """The thread's own part: never a widget here."""
        try:
            given = self.carry_out()
        except Cancelled as cancelled:
            logbook.note(Happened.WORK_CANCELLED)
            self.cancelled.emit(str(cancelled))
        except Exception as error:
            trace = error.__traceback__
            words = plain_words(error, self.folder())
            happened = Happened.UNFORESEEN if words is None else Happened.WORK_FAILED
            logbook.note_error(happened, type(error), trace)
            self.failed.emit(words or UNFORESEEN.format(type(error).__name__))
        else:
            self.done.emit(given)

    def folder(self) -> Path:
        """The data folder whose disk an error may speak of."""
        return self._desk.register.folder

    def carry_out(self) -> Any:
        """Do the work over a connection of its own."""
        beside = self._desk.beside()
        try:
            return self._work(beside, self.progress)
        finally:
            beside.register.close_connection()

    def progress(self, done: int, of: int) -> bool:
        """Told by the work how far it is; answers whether it may go on."""
        now = time.monotonic()
        if now - self._told >= TELL_EVERY or done == of:
            self._told = now
            self.progressed.emit(done, of)
        return not self.isInterruptionRequested()


class LongWorkDialog(QDialog):
    """What is going on, how far it is, and ยกเลิก.

    It holds the window's input from the start and is seen after a moment: quick work shows nothing.
    """

    def __init__(self, work: LongWork, title: str, parent: QWidget, then: Callable[[Any], object]) -> None:
        super().__init__(parent)
        self._work = work
        self._title = title
        self._then = then
        self._asker = parent
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setWindowTitle(self._title)
        self.setModal(True)
        self.setMinimumWidth(50 * theme.GRID)
        self.setWindowOpacity(0.0)
        self._words = QLabel(f"{self._title}…")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._cancel = QPushButton("&ยกเลิก")
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * theme.GRID] * 4)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self._words)
        layout.addWidget(self._bar)
        layout.addLayout(buttons)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.start(SHOW_AFTER)

    def _connect(self) -> None:
        self._cancel.clicked.connect(self.reject)
        self._patience.timeout.connect(self._be_seen)
        self._work.progressed.connect(self._show_progress)
        self._work.done.connect(self._done)
        self._work.failed.connect(self._failed)
        self._work.cancelled.connect(self._cancelled)

    def reject(self) -> None:
        """Cancelling waits for the work to stop by itself: nothing is left half done."""
        self._words.setText("กำลังยกเลิก…")
        self._cancel.setEnabled(False)
        self._work.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own close button cancels too."""
        if self._work.isRunning():
            event.ignore()
            self.reject()

    def _be_seen(self) -> None:
        self.setWindowOpacity(1.0)

    def _show_progress(self, done: int, of: int) -> None:
        self._bar.setRange(0, of)
        self._bar.setValue(done)
        if self._cancel.isEnabled():
            self._words.setText(f"{self._title}… {done:,} จาก {of:,}")

    def _done(self, given: object) -> None:
        self._end()
        self._then(given)

    def _failed(self, sentence: str) -> None:
        self._end()
        notices.tell_problem(self._asker, sentence)

    def _cancelled(self, sentence: str) -> None:
        self._end()
        notices.tell(self._asker, "ยกเลิกแล้ว", sentence)

    def _end(self) -> None:
        self._work.wait()
        self.done(QDialog.DialogCode.Accepted)
        self.deleteLater()
        self._work.deleteLater()


def run_long(parent: QWidget, desk: Desk, title: str, work: Work, then: Callable[[Any], object]) -> LongWork:
    """Run work behind a dialog; ``then`` gets what it gave; a failure is told and ``then`` left out."""
    running = LongWork(desk, work, parent)

    def finish(given: Any) -> None:
        desk.forget()  # the register may have changed beside this desk
        then(given)

    LongWorkDialog(running, title, parent, finish).open()
    running.start()
    return running
