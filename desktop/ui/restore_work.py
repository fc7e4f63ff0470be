"""Restoring while no register is open: progress, cancelling, and what came of it."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.services.progress import Progress
from desktop.services.restoring import Restored, restore
from desktop.ui.folder_work import FolderWork
from desktop.ui.long_work import LongWorkDialog
from desktop.ui.restore_dialog import RestoreDialog

Wish = tuple[Path, str | None]  # a backup, and its passphrase when it has one


def restore_now(folder: Path, wish: Wish) -> bool:
    """Put a backup in place behind a dialog, and tell what came of it; True when it was done."""
    path, passphrase = wish
    holder = QWidget()
    done: list[Restored] = []

    def work(progress: Progress) -> Restored:
        return restore(folder, path, passphrase, datetime.now(UTC), progress)

    running = FolderWork(work, holder)
    loop = QEventLoop()
    dialog = LongWorkDialog(running, "กำลังกู้คืน", holder, done.append)
    dialog.finished.connect(loop.quit)  # the work has ended, and handed over what it had
    dialog.open()
    running.start()
    loop.exec()
    for told in holder.findChildren(QMessageBox):  # why it was not done
        told.exec()
    holder.deleteLater()
    if done:
        _tell(done[0])
    return bool(done)


def offer_restore(folder: Path, sentence: str) -> Wish | None:
    """Say why the register cannot be opened, and offer a backup; gives the one she chose."""
    box = QMessageBox(QMessageBox.Icon.Critical, "เปิดทะเบียนไม่ได้", sentence)
    box.setTextFormat(Qt.TextFormat.PlainText)
    restore_button = box.addButton("กู้คืนจากสำเนาสำรอง…", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton("ปิด", QMessageBox.ButtonRole.RejectRole))
    box.exec()
    if box.clickedButton() is not restore_button:
        return None
    wishes: list[Wish] = []
    dialog = RestoreDialog(folder)
    dialog.restore_wanted.connect(lambda path, passphrase: wishes.append((path, passphrase)))
    dialog.exec()
    return wishes[0] if wishes else None


def _tell(restored: Restored) -> None:
    aside = f"\nข้อมูลเดิมเก็บไว้ที่ {restored.moved_aside} ไม่ถูกลบ" if restored.moved_aside else ""
    remark = f"\n{restored.remark}" if restored.remark else ""
    words = f"กู้คืนแล้ว {restored.complaints:,} เรื่อง แฟ้มแนบ {restored.attachments:,} แฟ้ม{aside}{remark}"
    box = QMessageBox(QMessageBox.Icon.Information, "กู้คืนแล้ว", words, QMessageBox.StandardButton.Ok)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()
