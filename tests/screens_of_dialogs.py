"""Pictures of every dialog of the window, and of the sides of an open complaint."""

from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTime
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMessageBox

from desktop import app
from desktop.domain.months import Month
from desktop.services import outside_copies, signing
from desktop.services.automatic_backups import back_up_now
from desktop.services.complaint_steps import WorkStep
from desktop.services.demo import DEMO_ENDS
from desktop.services.desk import Desk
from desktop.services.report_view import revisions_of
from desktop.storage.register import open_for_writing
from desktop.ui.backup_dialog import BackupDialog
from desktop.ui.backup_list import LOOKING
from desktop.ui.behind import Behind
from desktop.ui.erasure_dialog import ErasureDialog
from desktop.ui.issue_dialog import IssueDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.memo_dialog import MemoDialog
from desktop.ui.outage_dialog import OutageDialog
from desktop.ui.outage_evidence_dialog import OutageEvidenceDialog
from desktop.ui.paste_dialog import PasteTextsDialog
from desktop.ui.pdf_preview import PdfPreview
from desktop.ui.restore_dialog import RestoreDialog
from desktop.ui.round_dialog import RoundDialog
from desktop.ui.sign_dialog import SignDialog
from desktop.ui.verify_dialog import VerifyDialog, verify_file
from desktop.ui.window_pages import DETAIL, LIST, REPORT
from desktop.ui.window_start import WindowStart
from desktop.ui.year_chart import YearChartDialog
from tests.certificates import PASSPHRASE, SIGNING_TIME, certificate_file
from tests.picture_taking import Pictures, settle, wait_until
from tests.screens_ground import NOW, OUTAGES, WORKED_ON, error_page
from tests.tampering import another_program

DECEMBER, JANUARY = Month(2019, 12), Month(2020, 1)
# A complaint of the demonstration for each step of the detail tab.
STEPS_OF = {
    "2563-00731": {WorkStep.ACCEPT},
    "2562-00424": {WorkStep.ENTRY, WorkStep.COMPLETE, WorkStep.TRANSFER},
    "2563-00630": {WorkStep.REOPEN},
}


def take_empty_start(pictures: Pictures, scratch: Path, size: QSize) -> None:
    """The three tabs of a register with nothing in it."""
    desk = Desk(open_for_writing(scratch / "empty"), app.shipped(), lambda: DEMO_ENDS)
    window = app.build_window(desk)
    window.resize(size)
    window.show()
    for tab, name in ((LIST, "list"), (DETAIL, "detail"), (REPORT, "report")):
        window.tabs.setCurrentIndex(tab)
        pictures.take(window, f"empty-{name}")
    window.close()
    desk.register.close()


def take_office_dialogs(window: MainWindow, pictures: Pictures) -> None:
    """What the menus สำนักงาน and ช่วยเหลือ open, and the steps of a complaint."""
    for name in ("project", "core_types", "holidays", "officer", "guide", "about"):
        pictures.dialog(window, f"dialog-{name}", getattr(window.dialogs, name))
    for step in WorkStep:
        number = next(number for number, steps in STEPS_OF.items() if step in steps)
        window.show_complaint(number)
        settle()
        pictures.dialog(window, f"step-{step.name.lower()}", partial(window.detail_tab.take_step, step))


def take_sides(window: MainWindow, pictures: Pictures) -> None:
    """Attachments and history beside a complaint, the question before undoing, the erasing of who complained."""
    window.show_complaint(WORKED_ON)
    page = window.detail_tab.page
    page.attachments_head.click()
    settle(600)  # thumbnails are made behind
    pictures.take(window, "detail-attachments")
    page.history_head.click()
    page.history.table.selectRow(0)
    pictures.take(window, "detail-history")
    pictures.dialog(window, "dialog-undo", page.history.undo_button.click, QMessageBox)
    page.timeline_head.click()

    def give_reason(dialog: ErasureDialog) -> None:
        dialog.why.setText("ผู้ร้องใช้สิทธิขอให้ลบ ตามหนังสือเลขที่ กท 6603/1")

    pictures.dialog(window, "dialog-erase", lambda: window.keeping.erase(WORKED_ON), ErasureDialog, give_reason)


def take_report_dialogs(window: MainWindow, pictures: Pictures) -> None:
    """What the report's tab opens: checks before issuing, preview, chart, memo, texts to paste; and the round."""
    tab = window.report_tab
    window.show_report(JANUARY)
    settle()

    def whole(dialog: IssueDialog) -> None:
        dialog.whole.setChecked(True)

    pictures.dialog(window, "dialog-issue", tab.buttons.issue_wanted.emit, IssueDialog, whole)
    pictures.dialog(window, "dialog-memo", tab.buttons.memo_wanted.emit, MemoDialog)
    pictures.dialog(window, "dialog-texts", tab.buttons.texts_wanted.emit, PasteTextsDialog)
    pictures.dialog(window, "chart-year", tab.report.figures.larger.click, YearChartDialog)

    def second_page(preview: PdfPreview) -> None:
        preview.view.show_page(1)

    pictures.dialog(window, "preview-pack", lambda: tab.papers.show_parts(()), PdfPreview, second_page)
    pictures.dialog(window, "dialog-round", window.papers.round, RoundDialog)
    bar = tab.report.figures.verticalScrollBar()
    bar.setValue(bar.maximum())
    pictures.take(window, "report-chart")
    bar.setValue(0)
    window.show_report(DECEMBER)
    pictures.take(window, "report-issued")
    window.show_report(JANUARY)


def take_evidence_dialogs(window: MainWindow, pictures: Pictures) -> None:
    """F9 with the picture in the clipboard, and an outage noted earlier."""
    what = OUTAGES[0][2]
    QGuiApplication.clipboard().setImage(QImage.fromData(error_page(what)))

    def tell(dialog: OutageDialog) -> None:
        wait_until(lambda: bool(dialog.pictures.images))
        dialog.began_at.setTime(QTime(8, 5))
        dialog.what.setPlainText(what)

    pictures.dialog(window, "dialog-outage", window.keeping.outage, OutageDialog, tell)

    def wait(dialog: OutageEvidenceDialog) -> None:
        wait_until(lambda: not any(each.is_busy for each in dialog.findChildren(Behind)))

    pictures.dialog(window, "dialog-outage-kept", lambda: window.papers.mend_outage(2), OutageEvidenceDialog, wait)


def take_keeping_dialogs(window: MainWindow, desk: Desk, pictures: Pictures, scratch: Path) -> None:
    """Backup and restore with a few copies made before, signing, and what verifying a PDF tells."""
    place = scratch / "แฟลชไดรฟ์"
    place.mkdir()
    back_up_now(desk, "ก่อนนำเข้า")
    outside_copies.copy_outside(desk, place, PASSPHRASE)
    desk.now_of = lambda: NOW + timedelta(hours=5)
    back_up_now(desk, "เมื่อปิดโปรแกรม")

    def all_looked_at(dialog: BackupDialog) -> None:
        table = dialog.automatic.table.table
        wait_until(lambda: not any(table.findItems(LOOKING, Qt.MatchFlag.MatchExactly)))

    pictures.dialog(window, "dialog-backup", window.keeping.backup, BackupDialog, all_looked_at)

    def look_at_first(dialog: RestoreDialog) -> None:
        dialog.automatic.table.table.selectRow(1)
        wait_until(dialog.look_button.isEnabled)
        dialog.look_button.click()
        wait_until(dialog.go_button.isEnabled)

    pictures.dialog(window, "dialog-restore", window.keeping.restore, RestoreDialog, look_at_first)
    window.show_report(DECEMBER)
    certificate = certificate_file(scratch)

    def choose(dialog: SignDialog) -> None:
        dialog.certificate.file.setText(certificate.name)
        dialog.certificate.passphrase.setText(PASSPHRASE)
        dialog.out.setText(Path(dialog.out.text()).name)

    pictures.dialog(window, "dialog-sign", window.report_tab.buttons.sign_wanted.emit, SignDialog, choose)
    desk.now_of = lambda: SIGNING_TIME
    signed = scratch / "รายงานความก้าวหน้า ครั้งที่ 3 ธ.ค. 2562 ลงนามแล้ว.pdf"
    signing.sign_issued(desk, revisions_of(desk, DECEMBER)[0], certificate, PASSPHRASE, signed)
    pictures.dialog(window, "verify-good", lambda: verify_file(window, desk, signed), VerifyDialog)
    content = bytearray(signed.read_bytes())
    content[len(content) // 3] ^= 1
    changed = scratch / "รายงานความก้าวหน้า ครั้งที่ 3 ธ.ค. 2562 ถูกแก้.pdf"
    changed.write_bytes(content)
    pictures.dialog(window, "verify-bad", lambda: verify_file(window, desk, changed), VerifyDialog)


def take_damage(window: MainWindow, desk: Desk, pictures: Pictures) -> None:
    """What the start's check says of a register another program has changed, and the window behind it."""
    with another_program(desk.register.folder) as connection:
        connection.execute("UPDATE complaint SET place = 'ที่อื่น' WHERE number = ?", [WORKED_ON])
    pictures.dialog(window, "dialog-damage", WindowStart(desk, window).begin, QMessageBox)
    window.tabs.setCurrentIndex(LIST)
    pictures.take(window, "list-damaged")
