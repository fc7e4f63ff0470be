"""Keeps what is typed and not saved as drafts: each second of typing, and when the window is left or ends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from desktop.services import drafts
from desktop.services.desk import CannotDo, Desk
from desktop.services.drafts import Draft, Values

PAUSE = 1000  # milliseconds at most until what is typed is kept, however steadily it is typed


@dataclass(frozen=True)
class Typed:
    """What is typed and not saved in one form; ``base``: what its fields showed before."""

    form: str
    key: str
    values: Values
    base: Values


class DraftKeeper(QObject):
    """Keeps what ``look`` finds typed; what it no longer finds was saved or given up, and its draft goes."""

    trouble = Signal(str)

    def __init__(self, desk: Desk, look: Callable[[], Sequence[Typed]], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._look = look
        self._kept: dict[tuple[str, str], tuple[Typed, datetime]] = {}
        self._told = False  # that the disk refuses
        self.session_ends = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)

    def _connect(self) -> None:
        self._pause.timeout.connect(self.keep_now)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._look_at_the_state)
            application.commitDataRequest.connect(self.end_session, Qt.ConnectionType.DirectConnection)
            application.saveStateRequest.connect(self.end_session, Qt.ConnectionType.DirectConnection)
            application.aboutToQuit.connect(self.keep_now)

    def touched(self) -> None:
        """Somebody typed: the session goes on, and it is kept soon."""
        self.session_ends = False
        self.keep_soon()

    def keep_soon(self) -> None:
        """A field changed; a timer that runs is never put back, or steady typing were never kept."""
        if not self._pause.isActive():
            self._pause.start()

    def adopt(self, draft: Draft) -> None:
        """Take over a draft that was put back into its form: it goes once that is saved or given up."""
        typed = Typed(draft.form, draft.key, draft.values, draft.base)
        self._kept[draft.form, draft.key] = (typed, draft.begun)

    def keep_now(self) -> None:
        """Keep what is typed as it stands, and let go of what no longer is."""
        self._pause.stop()
        if not self._desk.register.writable:
            return
        found = {(typed.form, typed.key): typed for typed in self._look()}
        try:
            if not self.session_ends:  # the session's end closes every dialog as if it were given up
                for key in [key for key in self._kept if key not in found]:
                    drafts.drop(self._desk, *key, self._kept[key][1])
                    del self._kept[key]
            for key, typed in found.items():
                self._keep(key, typed)
            self._told = False
        except CannotDo as refused:
            if not self._told:
                self._told = True
                self.trouble.emit(str(refused))

    def _keep(self, key: tuple[str, str], typed: Typed) -> None:
        before, begun = self._kept.get(key, (None, None))
        if typed != before:
            draft = drafts.keep(self._desk, typed.form, typed.key, typed.values, typed.base, begun)
            self._kept[key] = (typed, draft.begun)

    def let_go(self) -> None:
        """The form is closed: what was kept of it goes, unless the session's end closed it."""
        self._look = _nothing
        self.keep_now()
        self._kept.clear()  # what the session's end left stays for the next start, even when the end is called off

    def end_session(self) -> None:
        """The PC is being shut down or the user logged out: there may be no other moment."""
        self.keep_now()
        self.session_ends = True

    def _look_at_the_state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.session_ends = False  # somebody called the end off
        else:
            self.keep_now()


def _nothing() -> Sequence[Typed]:
    return ()
