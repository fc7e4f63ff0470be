"""กู้คืน: choose a backup, see what it holds against what is there, and only then ask for it."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.services.automatic_backups import Found, Place, State, folder_of, look_at
from desktop.services.backup_contents import Comparison, compare, look_into
from desktop.services.complaint_history import bangkok_time
from desktop.ui import notices
from desktop.ui.backup_list import BackupList
from desktop.ui.button_row import button_row, plain_button, primary_button
from desktop.ui.dialog_size import start_size
from desktop.ui.folder_work import run_over_files
from desktop.ui.plain_label import plain_label, wear
from desktop.ui.plain_table import PlainTable
from desktop.ui.scrolling_body import scrolling_body
from desktop.ui.theme import GRID, ROW_HEIGHT, Look

FILTER = "สำเนาสำรอง (*.rtbackup);;ทุกแฟ้ม (*)"
TITLES = ("", "ที่ใช้อยู่ตอนนี้", "ในสำเนา")
ROWS = ("ทำสำเนาเมื่อ", "จำนวนเรื่อง", "แฟ้มแนบ", "แก้ไขล่าสุด")
NONE = "–"
NOT_CHOSEN = "ยังไม่ได้เลือกสำเนา"
NOT_LOOKED_INTO = "ยังไม่ได้เปิดดูสำเนานี้"
SEALED = "สำเนานี้เข้ารหัสไว้ พิมพ์รหัสผ่านแล้วกด เปิดดู"


class RestoreDialog(QDialog):
    """``restore_wanted`` bears the backup and its passphrase (None: it has none): the register must be closed for it.

    ``place`` is the desk, or the folder of a register that cannot be opened.
    """

    restore_wanted = Signal(Path, object)

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._chosen: Path | None = None
        self._comparison: Comparison | None = None
        self._passphrase: str | None = None
        self._build()
        self._connect()
        self._choose(None)
        self.automatic.look()

    def _build(self) -> None:
        self.setWindowTitle("กู้คืนจากสำเนาสำรอง")
        start_size(self, 108 * GRID, 88 * GRID)
        self.cancel_button = plain_button("&ยกเลิก")
        self.go_button = primary_button("&กู้คืน…")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        self.body = scrolling_body(self._choice_group(), self._contents_group())
        layout.addWidget(self.body, 1)
        layout.addLayout(button_row(self.cancel_button, self.go_button))

    def _choice_group(self) -> QGroupBox:
        self.automatic = BackupList(self._place)
        self.automatic.setMinimumHeight(5 * ROW_HEIGHT)
        self.look_button = plain_button("&ดูสำเนาที่เลือก")
        self.file_button = plain_button("&เลือกจากแฟ้มอื่น…")
        group = QGroupBox("1. เลือกสำเนา")
        inside = QVBoxLayout(group)
        inside.setSpacing(GRID)
        inside.addWidget(self.automatic, 1)
        inside.addLayout(button_row(self.file_button, self.look_button))
        return group

    def _contents_group(self) -> QGroupBox:
        self.path = plain_label()
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setPlaceholderText("รหัสผ่านที่ตั้งไว้ตอนทำสำเนา")
        self.open_button = plain_button("เ&ปิดดู")
        self.sealed = QWidget()
        row = QHBoxLayout(self.sealed)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.passphrase, 1)
        row.addWidget(self.open_button)
        self.table = PlainTable(TITLES, NOT_CHOSEN)
        self.table.setMinimumHeight(int(5.25 * ROW_HEIGHT))
        self.problem, self.warning = plain_label(), plain_label()
        aside = folder_of(self._place) / "before-restore-…"
        self.kept = plain_label(f"ข้อมูลที่ใช้อยู่ไม่ถูกลบ จะย้ายไปเก็บไว้ทั้งหมดที่ {aside}", muted=True)
        group = QGroupBox("2. ดูว่ามีอะไร แล้วจึงกู้คืน")
        inside = QVBoxLayout(group)
        inside.setSpacing(GRID)
        for widget in (self.path, self.sealed, self.problem, self.table, self.warning, self.kept):
            inside.addWidget(widget)
        return group

    def _connect(self) -> None:
        self.cancel_button.clicked.connect(self.reject)
        self.go_button.clicked.connect(self._ask)
        self.file_button.clicked.connect(self._choose_file)
        self.look_button.clicked.connect(self._look_at_selected)
        self.open_button.clicked.connect(self._look_into)
        self.passphrase.returnPressed.connect(self._look_into)
        self.automatic.chosen.connect(self._selected)
        self.automatic.looked.connect(self.automatic.select_newest_good)
        self.automatic.table.table.itemActivated.connect(self._look_at_selected)

    def done(self, result: int) -> None:
        """Nothing goes on behind a closed dialog."""
        self.automatic.stop()
        super().done(result)

    def _selected(self, found: Found | None) -> None:
        self.look_button.setEnabled(found is not None and found.state is not State.DAMAGED)

    def _look_at_selected(self) -> None:
        found = self.automatic.selected()
        if found is not None and found.state is not State.DAMAGED:
            self._choose(found)

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "เลือกสำเนาสำรอง", "", FILTER)
        if name:
            self.automatic.table.table.clearSelection()
            self.choose_file(Path(name))

    def choose_file(self, path: Path) -> None:
        """Look at a backup that lies elsewhere."""
        run_over_files(self, "กำลังตรวจสำเนา", lambda progress: look_at(path), self._choose)

    def _choose(self, found: Found | None) -> None:
        """Another backup, or none yet: what was shown of the one before goes."""
        self._chosen = None if found is None else found.path
        self._comparison = None
        self._passphrase = None
        self.passphrase.clear()
        self.table.show_rows([])
        self.table.say_when_empty(_words_without_contents(found))
        for label in (self.problem, self.warning):
            wear(label, Look.OVERDUE, "")
        self.path.setText("" if found is None else str(found.path))
        self.path.setVisible(found is not None)
        self.sealed.setVisible(found is not None and found.state is State.SEALED)
        self.go_button.setEnabled(False)
        if found is None:
            self.look_button.setEnabled(False)
        elif found.state is State.DAMAGED:
            wear(self.problem, Look.OVERDUE, f"สำเนานี้{found.why} โปรดเลือกสำเนาอื่น")
        elif found.state is State.SEALED:
            self.passphrase.setFocus()
        else:
            self._look_into()

    def _look_into(self) -> None:
        """Verify the whole of it, and hold it against what is there."""
        path, place = self._chosen, self._place
        if path is None:
            return
        wear(self.problem, Look.OVERDUE, "")
        self._passphrase = self.passphrase.text() if self.sealed.isVisible() else None
        passphrase = self._passphrase
        run_over_files(
            self,
            "กำลังตรวจสำเนาทั้งหมด",
            lambda progress: compare(place, look_into(path, passphrase, progress)),
            self._show,
        )

    def _show(self, comparison: Comparison) -> None:
        self._comparison = comparison
        there, coming = comparison.present, comparison.contents
        now = (
            [NONE] * 4
            if there is None or there.trouble
            else [NONE, f"{there.complaints:,}", f"{there.attachments:,}", _moment(there.newest_change)]
        )
        then = [
            _moment(coming.made_at),
            f"{coming.complaints:,}",
            f"{coming.attachments:,}",
            _moment(coming.newest_change),
        ]
        self.table.show_rows(list(zip(ROWS, now, then, strict=True)))
        wear(self.warning, Look.TODAY, "\n".join(comparison.warnings))
        self.go_button.setEnabled(True)
        self.go_button.setFocus()
        QTimer.singleShot(0, self, lambda: self.body.ensureWidgetVisible(self.kept))  # when it is laid out

    def _ask(self) -> None:
        if self._comparison is None or self._chosen is None:
            return
        coming = self._comparison.contents
        words = [f"กู้คืน {coming.complaints:,} เรื่อง จากสำเนาที่ทำเมื่อ {bangkok_time(coming.made_at)} ใช่ไหม"]
        if self._comparison.present is not None:
            words.append(f"ข้อมูลที่ใช้อยู่จะถูกย้ายไปเก็บไว้ใน {folder_of(self._place)} ไม่ถูกลบ แล้วโปรแกรมเปิดทะเบียนที่กู้คืน")
        # The question closes before the dialog it belongs to: Qt does not survive the other order.
        notices.ask(self, "\n\n".join(words), {"&กู้คืน": lambda: QTimer.singleShot(0, self, self._want)})

    def _want(self) -> None:
        assert self._chosen is not None
        path, passphrase = self._chosen, self._passphrase
        self.accept()
        self.restore_wanted.emit(path, passphrase)


def _words_without_contents(found: Found | None) -> str:
    """What stands where the contents of a backup will be."""
    if found is None:
        return NOT_CHOSEN
    return SEALED if found.state is State.SEALED else NOT_LOOKED_INTO


def _moment(at: datetime | None) -> str:
    return NONE if at is None else bangkok_time(at)
