"""แฟ้มแนบ: the pictures and PDFs kept with a complaint; add by button, drop or paste, look at, copy out, take off."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QGroupBox, QHBoxLayout, QVBoxLayout

from desktop.domain.evidence import OF_COMPLAINT, Attachment
from desktop.services.attaching import (
    Attached,
    attach,
    attach_files,
    attachments_of,
    offered_name,
    pasted_name,
    save_copy,
    take_off,
)
from desktop.services.desk import Desk
from desktop.services.plain_errors import PLAIN_ERRORS
from desktop.services.progress import Progress
from desktop.ui import notices
from desktop.ui.behind import Behind
from desktop.ui.button_row import plain_button
from desktop.ui.clipboard_pictures import content_of_image, found_in
from desktop.ui.long_work import run_long
from desktop.ui.picture_shelf import PictureShelf
from desktop.ui.picture_viewer import PictureViewer
from desktop.ui.plain_label import plain_label
from desktop.ui.theme import GRID

READ_FILTER = "ภาพและ PDF (*.jpg *.jpeg *.png *.webp *.pdf);;ทุกแฟ้ม (*)"
EMPTY = "ยังไม่มีแฟ้มแนบ ลากแฟ้มมาวางที่นี่ กด Ctrl+V เพื่อวางภาพ หรือกดเพิ่มแฟ้ม"
EMPTY_TO_READ = "ไม่มีแฟ้มแนบ"
UNSAVED = "บันทึกเรื่องก่อน แล้วจึงแนบแฟ้มได้"
MOST_TOLD = 10  # refused files told by name in one notice


class AttachmentsGroup(QGroupBox):
    """The attachments of one complaint; ``changed`` after each operation, ``told`` bears a line on what was done."""

    changed = Signal()
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("แฟ้มแนบ")
        self._desk = desk
        self._number = ""
        self._attachments: dict[str, Attachment] = {}  # by SHA-256
        self.viewer: PictureViewer | None = None
        self._behind = Behind(self)
        self._build()
        self._connect()
        self.show_complaint("")

    def _build(self) -> None:
        self.setAcceptDrops(self._desk.register.writable)
        self.empty = plain_label(EMPTY, muted=True)
        self.shelf = PictureShelf("แฟ้มแนบ")
        self.add_button = plain_button("เพิ่มแฟ้ม…")
        self.paste_button = plain_button("วางภาพ")
        self.paste_button.setToolTip("วางภาพหรือแฟ้มจากคลิปบอร์ด (Ctrl+V)")
        self.open_button = plain_button("เปิดดู")
        self.open_button.setToolTip("เปิดดูภาพใหญ่ (Enter)")
        self.copy_button = plain_button("เก็บสำเนา…")
        self.copy_button.setToolTip("เก็บแฟ้มต้นฉบับไว้ที่อื่น")
        self.off_button = plain_button("นำออก")
        self.off_button.setToolTip("นำแฟ้มที่เลือกออก (Delete) เลิกทำได้")
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        for button in (self.add_button, self.paste_button):
            buttons.addWidget(button)
        buttons.addStretch()
        for button in (self.open_button, self.copy_button, self.off_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID * 2)
        layout.setSpacing(GRID)
        layout.addWidget(self.empty)
        layout.addWidget(self.shelf)
        layout.addLayout(buttons)
        layout.addStretch()

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.ask_files)
        self.paste_button.clicked.connect(self.paste)
        self.open_button.clicked.connect(lambda: self.open(self.shelf.key()))
        self.copy_button.clicked.connect(lambda: self._ask_copy(self._attachments[self.shelf.key()]))
        self.off_button.clicked.connect(lambda: self.take_off(self.shelf.key()))
        self.shelf.opened.connect(self.open)
        self.shelf.removed.connect(self.take_off)
        self.shelf.currentItemChanged.connect(self._allow)
        paste_key = QShortcut(QKeySequence.StandardKey.Paste, self)
        paste_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste_key.activated.connect(self.paste)

    @property
    def number(self) -> str:
        """The complaint that is shown; blank for one not saved yet."""
        return self._number

    def show_complaint(self, number: str) -> None:
        """Show the attachments of a stored complaint; a blank number: of one not saved yet."""
        chosen = self.shelf.key() if number == self._number else ""
        self._number = number
        found = attachments_of(self._desk, OF_COMPLAINT, number) if number else []
        if number and list(self._attachments.values()) == found and self.shelf.count():
            return  # nothing to draw anew
        self._behind.forget()
        self._attachments = {each.sha256: each for each in found}
        self.shelf.clear()
        for each in found:
            self.shelf.add_stored(each, self._desk.register.folder, self._behind)
        self.shelf.choose(chosen)
        self._fit()
        self._allow()

    def ask_files(self) -> None:
        """Choose files and attach them."""
        names, _ = QFileDialog.getOpenFileNames(self, "เลือกภาพหรือ PDF ที่จะแนบ", "", READ_FILTER)
        if names:
            self.attach_paths([Path(name) for name in names])

    def paste(self) -> None:
        """Attach what the clipboard holds."""
        if self._may_add() and not self.take(QGuiApplication.clipboard().mimeData()):
            notices.tell_problem(self, "คลิปบอร์ดไม่มีภาพหรือแฟ้ม ยังไม่ได้แนบอะไร โปรดจับภาพ (PrtScn) หรือคัดลอกแฟ้มก่อน")

    def take(self, data: QMimeData | None) -> bool:
        """Attach files or a picture from the clipboard or a drop; False when there is neither."""
        found = found_in(data)
        if found.paths:
            self.attach_paths(list(found.paths))
        elif found:
            self._attach_picture(found.content, found.image)
        return bool(found)

    def attach_paths(self, paths: list[Path]) -> None:
        """Attach files as one operation, behind a dialog that can be cancelled."""
        number = self._number
        if self._may_add():
            run_long(
                self,
                self._desk,
                "กำลังแนบแฟ้ม",
                lambda desk, progress: attach_files(desk, number, paths, progress),
                self._tell_attached,
            )

    def open(self, sha256: str) -> None:
        """Look at an attachment large."""
        if sha256 not in self._attachments:
            return
        place = list(self._attachments).index(sha256)
        self.viewer = PictureViewer(self._desk, list(self._attachments.values()), place, self)
        self.viewer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.viewer.copy_wanted.connect(self._ask_copy)
        self.viewer.destroyed.connect(self._forget_viewer)
        self.viewer.open()

    def take_off(self, sha256: str) -> None:
        """Take an attachment off; it can be undone, so nothing is asked."""
        attachment = self._attachments.get(sha256)
        if attachment is None or not self._desk.register.writable:
            return
        try:
            take_off(self._desk, attachment)
        except PLAIN_ERRORS as refused:
            notices.tell_problem(self, str(refused))
        else:
            self.told.emit(f"นำ “{attachment.name}” ออกแล้ว กด Ctrl+Z เพื่อเลิกทำ")
        self.show_complaint(self._number)
        self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures, nothing else."""
        if self._number and self._desk.register.writable and found_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped; where it came from it stays."""
        if self._may_add() and self.take(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many in a row as fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        writable = self._desk.register.writable
        self.empty.setText((EMPTY if self._number else UNSAVED) if writable else EMPTY_TO_READ)
        self.empty.setVisible(not self._attachments)
        self.shelf.setVisible(bool(self._attachments))
        self.shelf.fit()

    def _allow(self) -> None:
        writable = self._desk.register.writable
        chosen = self.shelf.key() in self._attachments
        for button in (self.add_button, self.paste_button):
            button.setEnabled(writable and bool(self._number))
            button.setVisible(writable)
        for button in (self.open_button, self.copy_button, self.off_button):
            button.setEnabled(chosen)
            button.setVisible(bool(self._attachments))
        self.off_button.setVisible(writable and bool(self._attachments))

    def _may_add(self) -> bool:
        if not self._number:
            notices.tell_problem(self, UNSAVED)
        return bool(self._number) and self._desk.register.writable

    def _attach_picture(self, content: bytes, image: QImage | None) -> None:
        number, name = self._number, pasted_name(self._desk)

        def work(desk: Desk, progress: Progress) -> Attached:
            made = content if image is None else content_of_image(image)
            return Attached((attach(desk, OF_COMPLAINT, number, name, made),), (), ())

        run_long(self, self._desk, "กำลังแนบภาพ", work, self._tell_attached)

    def _tell_attached(self, done: Attached) -> None:
        """Show what was attached, and tell the refused ones one by one."""
        self.show_complaint(self._number)
        words = f"แนบแล้ว {len(done.added)} แฟ้ม กด Ctrl+Z เพื่อเลิกทำ" if done.added else "ไม่ได้แนบแฟ้มใดเพิ่ม"
        if done.already:
            words += f" (แนบไว้แล้ว {len(done.already)} แฟ้ม)"
        if done.refused:
            lines = [f"{name}: {why}" for name, why in done.refused[:MOST_TOLD]]
            more = len(done.refused) - MOST_TOLD
            lines += [f"และอีก {more} แฟ้ม"] if more > 0 else []
            notices.tell_problem(self, "\n\n".join([words, *lines]))
        self.told.emit(words)
        if done.added:
            self.shelf.choose(done.added[-1].sha256)
            self.changed.emit()

    def _ask_copy(self, attachment: Attachment) -> None:
        suffix = Path(offered_name(attachment)).suffix
        name, _ = QFileDialog.getSaveFileName(
            self, "เก็บสำเนาแฟ้มต้นฉบับไว้ที่", offered_name(attachment), f"{suffix[1:].upper()} (*{suffix})"
        )
        if name:
            self.save_copy(attachment, Path(name))

    def save_copy(self, attachment: Attachment, path: Path) -> None:
        """Write the original to a place, whole or not at all."""
        try:
            save_copy(self._desk, attachment, path)
        except PLAIN_ERRORS as refused:
            notices.tell_problem(self, str(refused))
        else:
            self.told.emit(f"เก็บสำเนา “{attachment.name}” แล้ว: {path}")
            self.changed.emit()

    def _forget_viewer(self) -> None:
        self.viewer = None
