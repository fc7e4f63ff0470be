"""Long work over files alone, when no register is open or none is needed: progress, cancelling, a window that lives."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QThread, Signal
from PySide6.QtWidgets import QWidget

from desktop.services.progress import Progress
from desktop.ui.long_work import LongWork, LongWorkDialog


class FolderWork(LongWork):
    """Runs ``work(progress)``; ``told`` carries what the work hands on by ``tell`` while it runs."""

    told = Signal(object)

    def __init__(self, work: Callable[[Progress], Any], parent: QWidget | None = None) -> None:
        QThread.__init__(self, parent)
        self._of_files = work
        self._told = 0.0

    def folder(self) -> Path:
        """No data folder is open: what went wrong names its own file."""
        return Path()

    def carry_out(self) -> Any:
        """Do the work; there is no connection to close."""
        return self._of_files(self.progress)

    def tell(self, found: object) -> None:
        """Hand something on to the window, from the thread."""
        self.told.emit(found)


def run_over_files(
    parent: QWidget, title: str, work: Callable[[Progress], Any], then: Callable[[Any], object]
) -> FolderWork:
    """Run work behind a dialog; ``then`` gets what it gave; a failure is told and ``then`` left out."""
    running = FolderWork(work, parent)
    LongWorkDialog(running, title, parent, then).open()
    running.start()
    return running
