"""What the officer signs with: a certificate with its passphrase, or a picture of her signature; nothing is kept."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPixmap
from PySide6.QtWidgets import QFileDialog, QFormLayout, QGroupBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.services.chosen_files import MEGABYTE, read_chosen
from desktop.services.picture_headers import is_too_large
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.services.signing import signature_preview
from desktop.ui.button_row import plain_button
from desktop.ui.clipboard_pictures import found_in
from desktop.ui.plain_label import plain_label
from desktop.ui.theme import GRID

CERTIFICATES = "ใบรับรอง (*.p12 *.pfx);;ทุกแฟ้ม (*)"
PICTURES = "ภาพ (*.png *.jpg *.jpeg *.webp);;ทุกแฟ้ม (*)"
LARGEST_PICTURE = 25 * MEGABYTE
PREVIEW_HEIGHT = 12 * GRID


class CertificateChoice(QGroupBox):
    """The certificate file and its passphrase; ``changed`` when either did."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("ใบรับรองอิเล็กทรอนิกส์", parent)
        self._build()
        self.browse.clicked.connect(self._browse)
        self.file.textChanged.connect(self.changed)
        self.passphrase.textChanged.connect(self.changed)

    def _build(self) -> None:
        self.file = QLineEdit()
        self.file.setPlaceholderText("แฟ้ม .p12 หรือ .pfx ของท่าน")
        self.browse = plain_button("เ&ลือกแฟ้ม…")
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.file, 1)
        row.addWidget(self.browse)
        form = QFormLayout(self)
        form.setSpacing(GRID)
        label, secret = QLabel("แ&ฟ้มใบรับรอง"), QLabel("&รหัสผ่าน")
        label.setBuddy(self.file)
        secret.setBuddy(self.passphrase)
        form.addRow(label, row)
        form.addRow(secret, self.passphrase)
        form.addRow(plain_label("รหัสผ่านใช้ครั้งนี้ครั้งเดียว โปรแกรมไม่เก็บไว้", muted=True))

    def path(self) -> Path | None:
        """The certificate chosen."""
        text = self.file.text().strip()
        return Path(text) if text else None

    def take_passphrase(self) -> str:
        """The passphrase, out of the field at once."""
        text = self.passphrase.text()
        self.passphrase.clear()
        return text

    def problem(self) -> str:
        """What is missing still."""
        return "" if self.path() else "ยังไม่ได้เลือกแฟ้มใบรับรอง"

    def _browse(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "เลือกแฟ้มใบรับรอง", self.file.text(), CERTIFICATES)
        if name:
            self.file.setText(name)
            self.passphrase.setFocus()


class PictureChoice(QGroupBox):
    """The picture of a signature, from a file or the clipboard, shown as it will be drawn; ``changed`` when it did."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("ภาพลายมือชื่อ", parent)
        self._picture = b""
        self._problem = ""
        self._build()
        self.browse.clicked.connect(self._browse)
        self.paste.clicked.connect(self.take_clipboard)

    def _build(self) -> None:
        self.browse = plain_button("เลือ&กภาพ…")
        self.paste = plain_button("&วางจากคลิปบอร์ด")
        self.preview = QLabel()
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setFixedHeight(PREVIEW_HEIGHT)
        self.preview.setAccessibleName("ภาพลายมือชื่อที่เลือก")
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.browse)
        buttons.addWidget(self.paste)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(GRID)
        layout.addLayout(buttons)
        layout.addWidget(self.preview)
        layout.addWidget(plain_label("ถามทุกครั้งที่ลงนาม โปรแกรมไม่เก็บภาพลายมือชื่อไว้", muted=True))

    def picture(self) -> bytes:
        """The bytes of the picture chosen; empty before."""
        return self._picture

    def problem(self) -> str:
        """What is wrong or missing still."""
        return self._problem or ("" if self._picture else "ยังไม่ได้เลือกภาพลายมือชื่อ")

    def take_file(self, path: Path) -> None:
        """Take the picture of a file."""
        try:
            self._take(read_chosen(path, LARGEST_PICTURE, "แฟ้มภาพ"))
        except PLAIN_ERRORS as problem:
            self._refuse(str(problem))

    def take_clipboard(self) -> None:
        """Take the picture in the clipboard, or the picture file copied there."""
        found = found_in(QGuiApplication.clipboard().mimeData())
        if found.paths:
            self.take_file(found.paths[0])
        elif found.image is not None and is_too_large((found.image.width(), found.image.height())):
            self._refuse("ภาพในคลิปบอร์ดใหญ่เกินไป โปรดตัดเฉพาะลายมือชื่อ")
        elif found.image is not None:
            self._take(_as_png(found.image))
        elif found.content:
            self._take(found.content)
        else:
            self._refuse("คลิปบอร์ดไม่มีภาพ โปรดคัดลอกภาพลายมือชื่อก่อน")

    def forget(self) -> None:
        """Let go of the picture."""
        self._picture = b""
        self.preview.clear()

    def _browse(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "เลือกภาพลายมือชื่อ", "", PICTURES)
        if name:
            self.take_file(Path(name))

    def _take(self, picture: bytes) -> None:
        try:
            shown = QPixmap()
            shown.loadFromData(signature_preview(picture))
        except PLAIN_ERRORS as problem:
            self._refuse(str(problem))
            return
        self._picture, self._problem = picture, ""
        room = self.preview.contentsRect().size()
        smooth = Qt.TransformationMode.SmoothTransformation
        if shown.width() > room.width() or shown.height() > room.height():
            shown = shown.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        self.preview.setPixmap(shown)
        self.changed.emit()

    def _refuse(self, problem: str) -> None:
        self.forget()
        self._problem = problem
        self.changed.emit()


def _as_png(image: QImage) -> bytes:
    """The picture as it is: ink on a clear background stays so."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
