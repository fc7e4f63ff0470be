"""When a widget has been painted: the moment the painting it waited for is over."""

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE = 60_000  # milliseconds


class PaintWatch(QObject):
    """Calls ``painted`` with the clock's reading once a widget that ``wanted`` approves of has been painted."""

    def __init__(self, watched: QObject, painted: Callable[[float], None], wanted: Callable[[QObject], bool]) -> None:
        super().__init__()
        self._watched = watched
        self._painted = painted
        self._wanted = wanted
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The painting is still to come: a note to ourselves arrives right behind it."""
        if event.type() == QEvent.Type.Paint and self._wanted(watched):
            self._watched.removeEventFilter(self)
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), Qt.EventPriority.HighEventPriority.value)
        return False

    def event(self, event: QEvent) -> bool:
        """Our own note."""
        if event.type() == QEvent.Type.User:
            self._painted(time.perf_counter())
            return True
        return super().event(event)


def seconds_until_painted(widget: QWidget, act: Callable[[], object]) -> float:
    """How long it takes from an act until the widget is painted after it, the event loop running as it does in life."""
    loop = QEventLoop()
    painted: list[float] = []

    def note(at: float) -> None:
        painted.append(at)
        loop.quit()

    watch = PaintWatch(widget, note, lambda each: each is widget)
    patience = QTimer()
    patience.setSingleShot(True)
    patience.timeout.connect(loop.quit)
    patience.start(PATIENCE)
    begun = time.perf_counter()
    act()
    if not painted:
        loop.exec()
    del watch
    if not painted:
        raise RuntimeError("nothing was painted")
    return painted[0] - begun


def settle(milliseconds: int = 60) -> None:
    """Let what comes behind a painting arrive."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def application() -> QApplication:
    """The one application of this process, dressed as the program's."""
    from desktop import app

    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    qInstallMessageHandler(_tell)
    made = QApplication(["bench"])
    app.dress(made)
    return made


def _tell(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
    """Qt's words but for those of a platform without a screen, which come by the hundred."""
    if not words.startswith("This plugin does not support"):
        print(words, file=sys.stderr)
