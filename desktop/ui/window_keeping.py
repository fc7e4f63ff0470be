"""The menu หลักฐานและสำรอง: outages, verifying the register and PDF files, backup, restore, erasing by law."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.services.desk import Desk
from desktop.services.outside_copies import RememberedPassphrase
from desktop.services.privacy import Erased, not_wholly
from desktop.ui import notices

if TYPE_CHECKING:
    from desktop.domain.evidence import Outage
    from desktop.services.drafts import Draft


class WindowKeeping(QObject):
    """Opens the dialogs over the window; ``changed`` comes when something was saved, ``told`` with a result.

    ``restore_wanted`` bears the backup and its passphrase (None: none): the program closes the register for it.
    """

    changed = Signal()
    erased = Signal(object)  # what was erased by law, before ``changed``
    told = Signal(str)
    restore_wanted = Signal(Path, object)
    print_wanted = Signal(object)  # an Outage whose evidence page is printed at once

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._remembered = RememberedPassphrase()  # as long as the window lives, and only when she says so

    def outage(self, draft: "Draft | None" = None) -> None:
        """บันทึกระบบขัดข้อง, with the picture in the clipboard, the screen without our window, or a file; or a draft."""
        from desktop.ui.outage_dialog import OutageDialog

        self.outage_dialog = OutageDialog(self._desk, self._window)
        self.outage_dialog.noted.connect(self._noted)
        self.outage_dialog.print_wanted.connect(self.print_wanted)
        self.outage_dialog.begin(draft)

    def _noted(self, outage: "Outage") -> None:
        self.changed.emit()
        self.told.emit(f"✓ บันทึกระบบขัดข้องครั้งที่ {outage.number} แล้ว")

    def check_pdf(self) -> None:
        """ตรวจแฟ้ม PDF: is it one that was issued or signed here, unchanged."""
        from desktop.ui.verify_dialog import ask_and_verify

        ask_and_verify(self._window, self._desk)

    def backup(self) -> None:
        """สำรองข้อมูล."""
        from desktop.ui.backup_dialog import BackupDialog

        dialog = BackupDialog(self._desk, self._remembered, self._window)
        dialog.changed.connect(self.changed)
        _open(dialog)

    def restore(self) -> None:
        """กู้คืน: what a backup holds against what is there; the register is closed only when she says so."""
        from desktop.ui.restore_dialog import RestoreDialog

        dialog = RestoreDialog(self._desk, self._window)
        dialog.restore_wanted.connect(self.restore_wanted)
        _open(dialog)

    def erase(self, number: str, draft: "Draft | None" = None) -> None:
        """ลบข้อมูลส่วนบุคคล of the complaint that is open, or of a draft's; without one its number is asked for."""
        from desktop.ui.erasure_dialog import ErasureDialog

        if not number:
            self._ask_whose()
            return
        dialog = ErasureDialog(self._desk, number, self._window)
        dialog.erased.connect(self._erased)
        dialog.other_wanted.connect(self._ask_whose)
        _open(dialog)
        if draft is not None:
            dialog.drafts.take_back(draft)

    def _ask_whose(self) -> None:
        from desktop.ui.erasure_number_dialog import ErasureNumberDialog

        dialog = ErasureNumberDialog(self._desk, self._window)
        dialog.chosen.connect(self.erase)
        _open(dialog)

    def _erased(self, erased: Erased) -> None:
        self.erased.emit(erased)
        self.changed.emit()
        files = f" และแฟ้มแนบ {erased.files} แฟ้ม" if erased.files else ""
        self.told.emit(f"✓ ลบข้อมูลส่วนบุคคลแล้ว รวมในประวัติ {erased.history} รายการ{files}")
        if erased.left:
            notices.tell(self._window, "ลบข้อมูลส่วนบุคคล", not_wholly(erased))


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
