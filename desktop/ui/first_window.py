"""One window for one register: a second start raises the first window and ends.

A local socket (no network) named by the data folder; the only word ever said over it is "raise".
"""

import hashlib
import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

RAISE = b"raise"
WAIT = 1000  # milliseconds for the first window to answer
TRY_EVERY = 0.1  # seconds


def server_name(folder: Path) -> str:
    """The name of the socket for a data folder, the same for every way of writing its path."""
    return f"rongthuk-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]}"


def raise_first_window(folder: Path, patience: float = 0.0) -> bool:
    """Ask the window that has this folder's register open to come forward; False when none answers.

    ``patience`` are seconds: a window that has just been started answers once it is painted.
    """
    until = time.monotonic() + patience
    while not _raised(folder):
        if time.monotonic() >= until:
            return False
        time.sleep(TRY_EVERY)
    return True


def _raised(folder: Path) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(server_name(folder))
    if not socket.waitForConnected(WAIT):
        return False
    socket.write(RAISE)
    written = socket.waitForBytesWritten(WAIT)
    socket.disconnectFromServer()
    return written


class FirstWindow(QObject):
    """Listens for second starts; ``raised`` comes when there was one."""

    raised = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        name = server_name(folder)
        if not self._server.listen(name):  # left by a window that died: the register's lock tells that none lives
            QLocalServer.removeServer(name)
            self._server.listen(name)

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(lambda: self._read(socket))
        socket.disconnected.connect(socket.deleteLater)
        self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if bytes(socket.readAll().data()).startswith(RAISE):
            self.raised.emit()
