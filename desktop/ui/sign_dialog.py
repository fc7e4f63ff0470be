"""Signing an issued report on this PC: with the officer's certificate, or with a picture of her signature.

A signature by hand on paper needs no dialog: the report has its place for it.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.block_wording import revision_name
from desktop.domain.office_year import IssuedReport
from desktop.domain.thai_dates import weekday_date
from desktop.services.desk import Desk
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.services.report_papers import is_pack, report_file_name
from desktop.services.signing import Signed, draw_on_issued, sign_issued
from desktop.ui import notices
from desktop.ui.button_row import button_row, plain_button, primary_button
from desktop.ui.dialog_size import make_room, start_size
from desktop.ui.long_work import run_long
from desktop.ui.paper_files import paper_folder
from desktop.ui.plain_label import heading_label, plain_label, wear
from desktop.ui.signature_choice import CertificateChoice, PictureChoice
from desktop.ui.theme import GRID, Look

HASH_SHOWN = 12
WIDTH, HEIGHT = 80 * GRID, 70 * GRID
MOST_NAMES = 100


class SignDialog(QDialog):
    """``signed`` carries the file that was written, noted in the register; then the dialog closes."""

    signed = Signal(Path)

    def __init__(
        self, desk: Desk, report: IssuedReport, parent: QWidget | None = None, folder: Path | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._report = report
        self._folder = folder or paper_folder()
        self._may_replace: Path | None = None
        self._build()
        self._connect()
        self._show_way()

    def _build(self) -> None:
        self.setWindowTitle("ลงนามในรายงาน")
        start_size(self, WIDTH, HEIGHT)
        self.by_certificate = QRadioButton("ใช้ใบ&รับรองอิเล็กทรอนิกส์ (ผู้รับตรวจได้ว่าแฟ้มไม่ถูกแก้ไข)")
        self.by_picture = QRadioButton("ใช้&ภาพลายมือชื่อ")
        self.by_certificate.setChecked(True)
        self.certificate, self.picture = CertificateChoice(), PictureChoice()
        self.ways = QStackedWidget()
        self.ways.addWidget(self.certificate)
        self.ways.addWidget(self.picture)
        pack = is_pack(self._desk, self._report)
        name = report_file_name(self._report.month, self._report.revision, pack=pack, signed=True)
        self.out = QLineEdit(str(free_name(self._folder / name)))
        self.change = plain_button("เ&ปลี่ยน…")
        self.problem = plain_label()
        self.problem.hide()
        self.cancel = plain_button("&ยกเลิก")
        self.go = primary_button("ล&งนาม")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        layout.addWidget(self._what())
        layout.addWidget(self.by_certificate)
        layout.addWidget(self.by_picture)
        layout.addWidget(self.ways)
        layout.addLayout(self._out_row())
        layout.addWidget(self.problem)
        layout.addStretch(1)
        layout.addLayout(button_row(self.cancel, self.go))

    def _what(self) -> QGroupBox:
        """What will be signed: the frozen report, as it was issued."""
        report, month = self._report, self._report.month
        group = QGroupBox("จะลงนามใน")
        inside = QVBoxLayout(group)
        title = f"รายงานครั้งที่ {month.report_number} เดือน{month.thai} · {revision_name(report.revision)}"
        self.what = plain_label(
            f"จัดทำเมื่อ {weekday_date(report.figures.on)} · แฟ้ม {report.length:,} ไบต์"
            f" · รหัสตรวจสอบ {report.sha256[:HASH_SHOWN]}…\nฉบับที่ออกแล้วไม่เปลี่ยน ลายมือชื่ออยู่ในสำเนาแฟ้มใหม่"
        )
        inside.addWidget(heading_label(title))
        inside.addWidget(self.what)
        return group

    def _out_row(self) -> QHBoxLayout:
        label = QLabel("&บันทึกเป็น")
        label.setBuddy(self.out)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(label)
        row.addWidget(self.out, 1)
        row.addWidget(self.change)
        return row

    def _connect(self) -> None:
        self.by_certificate.toggled.connect(self._show_way)
        self.certificate.changed.connect(self._take_back_problem)
        self.picture.changed.connect(self._show_picture_problem)
        self.change.clicked.connect(self._choose_out)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.sign)

    def sign(self) -> None:
        """Sign behind a dialog of its own; what is wrong is said here and the dialog stays."""
        choice = self.certificate if self.by_certificate.isChecked() else self.picture
        out = self._chosen_out()
        missing = choice.problem() or ("" if out else "ยังไม่มีชื่อแฟ้มที่จะบันทึก โปรดพิมพ์ชื่อแฟ้ม")
        if missing or out is None:
            self._say(missing)
        elif out.exists() and out != self._may_replace:
            notices.ask(self, f"มีแฟ้ม {out.name} อยู่แล้ว จะเขียนทับหรือไม่", {"เขียน&ทับ": lambda: self._start(out)})
        else:
            self._start(out)

    def _start(self, out: Path) -> None:
        self._take_back_problem()
        run_long(self, self._desk, "กำลังลงนาม", _caught(self._work(out)), self._finish)

    def _chosen_out(self) -> Path | None:
        """The file to write: in the folder proposed unless the officer names another."""
        text = self.out.text().strip()
        if not text:
            return None
        path = self._folder / text
        return path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")

    def reject(self) -> None:
        """Close, with nothing signed and nothing kept."""
        self._forget()
        super().reject()

    def _work(self, out: Path) -> Callable[[Desk], Signed]:
        """What is to be done, on any desk; the passphrase is out of the field and handed on once."""
        report = self._report
        if self.by_picture.isChecked():
            picture = self.picture.picture()
            return lambda desk: draw_on_issued(desk, report, picture, out)
        certificate, once = self.certificate.path(), [self.certificate.take_passphrase()]
        assert certificate is not None, "asked for before"
        return lambda desk: sign_issued(desk, report, certificate, once.pop(), out)

    def _finish(self, result: Signed | str) -> None:
        if isinstance(result, str):
            self._say(result)
            if self.by_certificate.isChecked():
                self.certificate.passphrase.setFocus()
            return
        self._forget()
        told = "\n\n".join((f"ลงลายมือชื่อของ {result.signer} แล้ว แฟ้มอยู่ที่\n{result.out}", *result.remarks))
        notices.tell(self.parentWidget(), "ลงนามแล้ว", told)
        self.accept()
        self.signed.emit(result.out)

    def _choose_out(self) -> None:
        dialog = QFileDialog(self, "บันทึกสำเนาที่ลงนามไว้ที่", str(Path(self.out.text()).parent), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(Path(self.out.text()).name)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._may_replace = Path(dialog.selectedFiles()[0])  # the file dialog has asked
            self.out.setText(str(self._may_replace))

    def _show_way(self) -> None:
        self.ways.setCurrentWidget(self.certificate if self.by_certificate.isChecked() else self.picture)
        self.certificate.passphrase.clear()
        self._take_back_problem()

    def _show_picture_problem(self) -> None:
        self._say(self.picture.problem())

    def _take_back_problem(self) -> None:
        wear(self.problem, Look.OVERDUE, "")

    def _say(self, sentence: str) -> None:
        wear(self.problem, Look.OVERDUE, sentence)
        make_room(self)

    def _forget(self) -> None:
        self.certificate.passphrase.clear()
        self.picture.forget()


def _caught(work: Callable[[Desk], Signed]) -> Callable[[Desk, object], Signed | str]:
    """The work, whose obstacle comes back as a sentence: it is said in the dialog, beside what caused it."""

    def run(desk: Desk, progress: object) -> Signed | str:
        try:
            return work(desk)
        except PLAIN_ERRORS as problem:
            return str(problem)

    return run


def free_name(path: Path) -> Path:
    """The path, or the same with the first number that no file bears yet: an earlier signed copy stays."""
    numbered = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in range(2, MOST_NAMES))
    return path if not path.exists() else next((each for each in numbered if not each.exists()), path)
