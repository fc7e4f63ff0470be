"""A picture of every screen with our own windows out of the way."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QScreen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

PAUSE = 400  # milliseconds until the screens have painted what our windows covered


class ScreenCapture(QObject):
    """Hides our windows, waits for the repaint, takes every screen, brings the windows back; then ``captured``.

    ``captured`` carries a list of QImage, one a screen; empty when no screen could be taken.
    """

    captured = Signal(list)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hidden: list[QWidget] = []
        self._active: QWidget | None = None

    def start(self) -> None:
        """Begin; a second start while one is going on does nothing."""
        if self._hidden:
            return
        self._active = QApplication.activeWindow()
        self._hidden = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        for window in reversed(self._hidden):
            window.hide()
        QTimer.singleShot(PAUSE, self, self._take)

    def _take(self) -> None:
        try:
            images = [image for screen in QGuiApplication.screens() if not (image := _picture_of(screen)).isNull()]
        finally:
            self._come_back()
        self.captured.emit(images)

    def _come_back(self) -> None:
        hidden, self._hidden = self._hidden, []
        for window in hidden:
            if isValid(window):  # one may have been closed meanwhile
                window.show()
        active, self._active = self._active, None
        if active is not None and isValid(active):
            active.raise_()
            active.activateWindow()


def _picture_of(screen: QScreen) -> QImage:
    """A screen as it is now, in its own pixels."""
    image = screen.grabWindow(0).toImage()
    image.setDevicePixelRatio(1.0)
    return image
