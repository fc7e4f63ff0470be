"""Restoring while no register is open: progress, cancelling, and what came of it."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.services.progress import Progress
from desktop.services.restoring import Restored, restore
from desktop.ui.folder_work import FolderWork
from desktop.ui.help_wish import Help
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


def offer_help(folder: Path, sentence: str, *, damaged: bool, lost: bool) -> Wish | Help | None:
    """Say why the register cannot be opened; gives the backup she chose, or what else is to be tried; None to close.

    A backup is offered where one can take the place of what lies there, never for a disk or program in the way.
    """
    box = QMessageBox(QMessageBox.Icon.Critical, "เปิดทะเบียนไม่ได้", sentence)
    box.setTextFormat(Qt.TextFormat.PlainText)
    accept, odd = QMessageBox.ButtonRole.AcceptRole, QMessageBox.ButtonRole.DestructiveRole
    restore_button = box.addButton("&กู้คืนจากสำเนาสำรอง…", accept) if damaged or lost else None
    anew_button = box.addButton(Help.ANEW.value, odd) if lost else None
    again_button = box.addButton(Help.AGAIN.value, QMessageBox.ButtonRole.ActionRole)
    close_button = box.addButton("&ปิด", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(restore_button or close_button)
    box.setEscapeButton(close_button)
    box.exec()
    clicked = box.clickedButton()
    if restore_button is not None and clicked is restore_button:
        return _chosen_backup(folder) or Help.AGAIN
    if anew_button is not None and clicked is anew_button:
        return Help.ANEW if _sure_of_a_new_one(folder) else Help.AGAIN
    return Help.AGAIN if clicked is again_button else None


def _chosen_backup(folder: Path) -> Wish | None:
    wishes: list[Wish] = []
    dialog = RestoreDialog(folder)
    dialog.restore_wanted.connect(lambda path, passphrase: wishes.append((path, passphrase)))
    dialog.exec()
    return wishes[0] if wishes else None


def _sure_of_a_new_one(folder: Path) -> bool:
    words = f"ทะเบียนใหม่ใน {folder} จะว่างเปล่า ไม่มีเรื่องเดิมแม้แต่เรื่องเดียว\nสำเนาสำรองและแฟ้มที่เหลืออยู่ไม่ถูกลบ"
    box = QMessageBox(QMessageBox.Icon.Warning, "เริ่มทะเบียนใหม่", words)
    box.setTextFormat(Qt.TextFormat.PlainText)
    sure = box.addButton("เ&ริ่มใหม่", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton("&ยกเลิก", QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return box.clickedButton() is sure


def _tell(restored: Restored) -> None:
    aside = f"\nข้อมูลเดิมเก็บไว้ที่ {restored.moved_aside} ไม่ถูกลบ" if restored.moved_aside else ""
    remark = f"\n{restored.remark}" if restored.remark else ""
    words = f"กู้คืนแล้ว {restored.complaints:,} เรื่อง แฟ้มแนบ {restored.attachments:,} แฟ้ม{aside}{remark}"
    box = QMessageBox(QMessageBox.Icon.Information, "กู้คืนแล้ว", words, QMessageBox.StandardButton.Ok)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()
