"""สำรองข้อมูล: a sealed copy outside this disk, and the automatic ones with their state."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.services.automatic_backups import back_up_now
from desktop.services.backups import Backup
from desktop.services.desk import CannotDo, Desk
from desktop.services.outside_copies import (
    OutsideCopy,
    RememberedPassphrase,
    backup_place,
    copy_outside,
    outside_copy_due,
    refuse_weak_passphrase,
)
from desktop.ui.backup_list import BackupList
from desktop.ui.button_row import button_row, plain_button, primary_button
from desktop.ui.dialog_size import make_room, start_size
from desktop.ui.long_work import run_long
from desktop.ui.plain_label import plain_label, wear
from desktop.ui.scrolling_body import scrolling_body
from desktop.ui.theme import GRID, ROW_HEIGHT, Look

FORGOTTEN = "ถ้าลืมรหัสผ่าน จะเปิดสำเนานี้ไม่ได้อีกและไม่มีใครกู้ให้ได้ โปรดจดเก็บไว้คนละที่กับสำเนา"


class BackupDialog(QDialog):
    """``changed`` comes when a copy was noted in the register; ``remembered`` lives as long as the window does."""

    changed = Signal()

    def __init__(self, desk: Desk, remembered: RememberedPassphrase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._remembered = remembered
        self._build()
        self._connect()
        self._show_reminder()
        self.automatic.look()

    def _build(self) -> None:
        self.setWindowTitle("สำรองข้อมูล")
        start_size(self, 108 * GRID, 84 * GRID)
        self.reminder = plain_label()
        self.close_button = plain_button("&ปิด")
        self.go_button = primary_button("&ทำสำเนา")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        layout.addWidget(self.reminder)
        self.body = scrolling_body(self._outside_group(), self._automatic_group())
        layout.addWidget(self.body, 1)
        layout.addLayout(button_row(self.close_button, self.go_button))

    def _outside_group(self) -> QGroupBox:
        kept = backup_place(self._desk)
        self.place = QLineEdit("" if kept is None else str(kept))
        self.place.setPlaceholderText("แฟลชไดรฟ์ ดิสก์อื่น หรือโฟลเดอร์ที่คัดลอกขึ้นคลาวด์")
        self.choose_button = plain_button("เ&ลือก…")
        where = QHBoxLayout()
        where.setSpacing(GRID)
        where.addWidget(self.place, 1)
        where.addWidget(self.choose_button)
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        for field in (self.passphrase, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setText(self._remembered.passphrase or "")
        self.shown = QCheckBox("แ&สดงรหัสผ่าน")
        self.remember = QCheckBox("&จำไว้จนปิดโปรแกรม")
        self.remember.setChecked(self._remembered.passphrase is not None)
        ticks = QHBoxLayout()
        ticks.setSpacing(2 * GRID)
        ticks.addWidget(self.shown)
        ticks.addWidget(self.remember)
        ticks.addStretch()
        self.problem, self.outcome = plain_label(), plain_label()
        for label in (self.problem, self.outcome):
            label.hide()
        group = QGroupBox("ทำสำเนาไว้นอกเครื่อง เข้ารหัสทั้งแฟ้ม")
        form = QFormLayout(group)
        form.setSpacing(GRID)
        form.addRow("ที่เก็บ", where)
        form.addRow("รหัสผ่าน", self.passphrase)
        form.addRow("พิมพ์อีกครั้ง", self.again)
        form.addRow("", ticks)
        form.addRow(plain_label(FORGOTTEN))
        form.addRow(self.problem)
        form.addRow(self.outcome)
        return group

    def _automatic_group(self) -> QGroupBox:
        self.automatic = BackupList(self._desk)
        self.automatic.setMinimumHeight(int(4.5 * ROW_HEIGHT))
        self.now_button = plain_button("ทำสำเนาอัตโนมัติเ&ดี๋ยวนี้")
        self.now_button.setEnabled(self._desk.register.writable)
        words = "โปรแกรมทำเองเมื่อปิดหลังมีการแก้ไข และก่อนนำเข้าหรือกู้คืน แต่อยู่ในดิสก์เดียวกับทะเบียน เก็บไว้ไม่เกิน 90 วัน"
        group = QGroupBox("สำเนาอัตโนมัติในเครื่องนี้")
        inside = QVBoxLayout(group)
        inside.setSpacing(GRID)
        inside.addWidget(plain_label(words, muted=True))
        inside.addWidget(self.automatic, 1)
        inside.addLayout(button_row(self.now_button))
        return group

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.reject)
        self.go_button.clicked.connect(self._go)
        self.choose_button.clicked.connect(self._choose)
        self.now_button.clicked.connect(self._make_automatic)
        self.shown.toggled.connect(self._show_letters)

    def done(self, result: int) -> None:
        """Nothing goes on behind a closed dialog."""
        self.automatic.stop()
        super().done(result)

    def _show_reminder(self) -> None:
        wear(self.reminder, Look.TODAY, outside_copy_due(self._desk) or "")

    def _show_letters(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for field in (self.passphrase, self.again):
            field.setEchoMode(mode)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "เลือกที่เก็บสำเนา", self.place.text())
        if chosen:
            self.place.setText(chosen)

    def _go(self) -> None:
        wear(self.problem, Look.OVERDUE, "")
        wear(self.outcome, Look.DONE, "")
        passphrase, place = self.passphrase.text(), self.place.text().strip()
        try:
            if not place:
                raise CannotDo("ยังไม่ได้เลือกที่เก็บ ยังไม่ได้ทำสำเนา")
            refuse_weak_passphrase(passphrase, self.again.text())
        except CannotDo as problem:
            self._tell(self.problem, Look.OVERDUE, str(problem))
            return
        self._remembered.passphrase = passphrase if self.remember.isChecked() else None
        run_long(
            self,
            self._desk,
            "กำลังทำสำเนาและตรวจทาน",
            lambda desk, progress: copy_outside(desk, Path(place), passphrase, progress),
            self._made,
        )

    def _made(self, copy: OutsideCopy) -> None:
        backup = copy.backup
        words = f"ทำสำเนาและตรวจทานแล้ว {backup.complaints:,} เรื่อง แฟ้มแนบ {backup.attachments:,} แฟ้ม\n{backup.path}"
        if backup.missing:
            words += f"\nแฟ้มแนบ {len(backup.missing):,} แฟ้มหายหรือเสียหายอยู่ก่อนแล้ว จึงไม่อยู่ในสำเนา"
        wear(self.problem, Look.TODAY, copy.why_not)
        self._tell(self.outcome, Look.DONE, words)
        if not self.remember.isChecked():
            self.passphrase.clear()
            self.again.clear()
        self._show_reminder()
        self.changed.emit()

    def _make_automatic(self) -> None:
        run_long(
            self,
            self._desk,
            "กำลังทำสำเนาอัตโนมัติ",
            lambda desk, progress: back_up_now(desk, "เจ้าหน้าที่สั่ง", progress),
            self._made_automatic,
        )

    def _made_automatic(self, made: Backup | None) -> None:
        told = "สำเนาอัตโนมัติล่าสุดมีทุกอย่างอยู่แล้ว" if made is None else f"ทำสำเนาอัตโนมัติแล้ว {made.complaints:,} เรื่อง"
        self._tell(self.outcome, Look.DONE, told)
        self.automatic.look()

    def _tell(self, label: QLabel, look: Look, words: str) -> None:
        """Say it where the officer is looking."""
        wear(label, look, words)
        make_room(self)
        QTimer.singleShot(0, self, lambda: self.body.ensureWidgetVisible(label))  # when it is laid out
