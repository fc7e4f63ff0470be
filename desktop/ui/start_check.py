"""The verification at each start, behind the painted list: saving opens when it has passed."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.services.desk import Desk
from desktop.services.verifying import SHUT_BY_DAMAGE, SHUT_WHILE_VERIFYING, Verification, newest_words, verify
from desktop.ui.long_work import LongWork

TRY_AGAIN_AFTER = 10_000  # milliseconds, when the disk or another program stood in the way


class StartCheck(QObject):
    """Shuts the register for saving, verifies it on a thread of its own, and opens it when nothing is wrong.

    ``passed`` and ``damaged`` carry what was found, the latter with words on the newest good backup; ``hindered`` says
    why it could not be verified: it tries again.
    """

    passed = Signal(object)
    damaged = Signal(object, str)
    hindered = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._parent = parent
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.start)
        self.work: LongWork | None = None

    def start(self) -> None:
        """Begin; what is typed meanwhile is kept as a draft."""
        self._desk.register.gate.shut_because = SHUT_WHILE_VERIFYING
        self.work = LongWork(self._desk, lambda beside, _: _looked(beside), self._parent)
        self.work.may_be_left = True
        self.work.done.connect(self._done)
        self.work.failed.connect(self._failed)
        self.work.finished.connect(self.work.deleteLater)
        self.work.start()

    def _done(self, looked: tuple[Verification, str]) -> None:
        self.work = None
        found, newest = looked
        self._desk.register.gate.shut_because = SHUT_BY_DAMAGE if found.stops_saving else ""
        if found.ok:
            self.passed.emit(found)
        else:
            self.damaged.emit(found, newest)

    def _failed(self, sentence: str) -> None:
        self.work = None
        self._desk.register.gate.shut_because = sentence
        self.hindered.emit(sentence)
        self._again.start(TRY_AGAIN_AFTER)


def _looked(desk: Desk) -> tuple[Verification, str]:
    """The thread's own part: reading a whole backup takes its time too."""
    found = verify(desk)
    return found, "" if found.ok else newest_words(desk.register.folder)
