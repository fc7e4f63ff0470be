"""Where a PDF goes: the place is asked once per file, in the folder last used; afterwards that folder is opened."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

_last_folder: list[Path] = []


def paper_folder() -> Path:
    """The folder last used for a paper; Documents at first."""
    if _last_folder and _last_folder[-1].is_dir():
        return _last_folder[-1]
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def choose_pdf(parent: QWidget, title: str, name: str) -> Path | None:
    """Ask where to write a PDF, ``name`` proposed; None: nowhere."""
    dialog = QFileDialog(parent, title, str(paper_folder()), "PDF (*.pdf)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(name)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    path = Path(dialog.selectedFiles()[0]) if accepted else None
    dialog.deleteLater()
    if path is not None:
        _last_folder[:] = [path.parent]
    return path


def open_folder(path: Path) -> bool:
    """Show the folder a file was written to; the file itself is opened by nobody. False: the PC has no way to."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
