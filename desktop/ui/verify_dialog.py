"""Is a PDF one that was issued or signed here, unchanged: choose a file, and read what came of checking it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from desktop.domain.block_wording import revision_name
from desktop.services.desk import Desk
from desktop.services.pdf_verification import PdfVerification, verify_pdf
from desktop.ui.button_row import button_row, primary_button
from desktop.ui.dialog_size import start_size
from desktop.ui.long_work import run_long
from desktop.ui.plain_label import copied_label, plain_label, wear
from desktop.ui.theme import GRID, Look

WIDTH, HEIGHT = 72 * GRID, 40 * GRID


class VerifyDialog(QDialog):
    """What came of checking one file."""

    def __init__(self, path: Path, result: PdfVerification, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build(path, result)
        self.close_button.clicked.connect(self.accept)

    def _build(self, path: Path, result: PdfVerification) -> None:
        self.setWindowTitle("ผลการตรวจแฟ้ม PDF")
        start_size(self, WIDTH, HEIGHT)
        self.verdict = plain_label()
        self.facts = copied_label("\n".join(_facts(path, result)))
        self.problems = plain_label("\n".join(f"{Look.OVERDUE.value} {each}" for each in result.problems))
        self.remarks = plain_label("\n".join(result.remarks), muted=True)
        self.close_button = primary_button("&ปิด")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        for label in (self.verdict, self.facts, self.problems, self.remarks):
            layout.addWidget(label)
        layout.addStretch(1)
        layout.addLayout(button_row(self.close_button))
        self.problems.setVisible(bool(result.problems))
        self.remarks.setVisible(bool(result.remarks))
        if result.ok:
            wear(self.verdict, Look.DONE, "เป็นฉบับที่ออกจากทะเบียนนี้ และไม่ถูกแก้ไข")
        else:
            wear(self.verdict, Look.OVERDUE, "ไม่ผ่านการตรวจ อย่าใช้แฟ้มนี้แทนฉบับที่ออก")


def _facts(path: Path, result: PdfVerification) -> list[str]:
    facts = [str(path)]
    if result.issued is not None:
        issued = result.issued
        facts.append(f"รายงานครั้งที่ {issued.report_number} เดือน{issued.month.thai} · {revision_name(issued.revision)}")
    if result.signature is None:
        facts.append("ไม่มีลายมือชื่ออิเล็กทรอนิกส์ที่อ่านได้")
    else:
        holds = "ถูกต้อง" if result.signature.valid else "ไม่ถูกต้อง"
        covers = "ครอบคลุมทั้งแฟ้ม" if result.signature.covers_all else "ไม่ครอบคลุมทั้งแฟ้ม"
        facts.append(f"ลายมือชื่ออิเล็กทรอนิกส์ของ {result.signature.signer} {holds} {covers}")
    return facts


def ask_and_verify(parent: QWidget, desk: Desk) -> None:
    """Let the officer choose a PDF, check it, and show what came of it."""
    name, _ = QFileDialog.getOpenFileName(parent, "เลือกแฟ้ม PDF ที่จะตรวจ", "", "PDF (*.pdf);;ทุกแฟ้ม (*)")
    if name:
        verify_file(parent, desk, Path(name))


def verify_file(parent: QWidget, desk: Desk, path: Path) -> None:
    """Check a PDF behind a dialog and show what came of it."""

    def show(result: PdfVerification) -> None:
        dialog = VerifyDialog(path, result, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    run_long(parent, desk, "กำลังตรวจแฟ้ม PDF", lambda beside, progress: verify_pdf(beside, path), show)
