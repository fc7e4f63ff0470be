"""Before a report is frozen: what will be frozen, alone or with its pack, and what was checked. It never stops her."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QGroupBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from desktop.services.check_lines import CheckLine, Link
from desktop.ui.button_row import plain_button, primary_button
from desktop.ui.check_tree import CheckTree
from desktop.ui.dialog_size import start_size
from desktop.ui.plain_label import heading_label, plain_label, wear
from desktop.ui.theme import GRID, Look

WIDTH, HEIGHT = 100 * GRID, 86 * GRID
ALONE = "&เฉพาะแบบรายงาน"
WHOLE = "&ทั้งชุด: บันทึกข้อความ แบบรายงาน ภาคผนวก ก ข ค"


class IssueDialog(QDialog):
    """Confirms an issue. ``opened`` and ``followed``: she would rather mend something; then nothing is issued."""

    opened = Signal(str)  # a complaint
    followed = Signal(object)  # a Link
    preview_wanted = Signal()
    memo_wanted = Signal()

    def __init__(
        self,
        title: str,
        figures: Sequence[str],
        words: Sequence[str],
        checks: Sequence[CheckLine],
        parent: QWidget | None = None,
        *,
        pack: bool = False,
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._figures = figures
        self._words = words
        self._checks = checks
        self._build(pack=pack)
        self._connect()

    def _build(self, *, pack: bool) -> None:
        self.setWindowTitle(self._title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        layout.addWidget(heading_label(self._title))
        layout.addWidget(self._frozen())
        layout.addLayout(self._extent(pack=pack))
        worth = sum(not check.passed for check in self._checks)
        self.all_well = plain_label()
        layout.addWidget(self.all_well)
        if worth:
            layout.addWidget(plain_label(f"ควรดูก่อน {worth:,} ข้อ (ออกรายงานต่อได้) · กด Enter ที่บรรทัดเพื่อเปิดสิ่งที่แก้"))
        self.tree = CheckTree(self._checks)
        self.tree.setMinimumHeight(10 * GRID)
        layout.addWidget(self.tree, 1)
        layout.addWidget(plain_label("ตัวเลขและแฟ้มที่ออกแล้วจะไม่เปลี่ยนอีก การแก้ภายหลังเป็นฉบับแก้ไขพร้อมเหตุผล", muted=True))
        layout.addLayout(self._buttons())
        wear(self.all_well, Look.DONE, "" if worth else "ตรวจแล้ว ไม่พบสิ่งที่ควรแก้ก่อนออกรายงาน")
        start_size(self, WIDTH, HEIGHT)
        self.go.setFocus()

    def _frozen(self) -> QGroupBox:
        self.figures, self.words = plain_label("\n".join(self._figures)), plain_label("\n".join(self._words))
        frozen = QGroupBox("จะตรึงไว้ในรายงาน")
        inside = QHBoxLayout(frozen)
        inside.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        inside.setSpacing(2 * GRID)
        for label, share in ((self.figures, 3), (self.words, 2)):
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            inside.addWidget(label, share)
        return frozen

    def _extent(self, *, pack: bool) -> QHBoxLayout:
        """What the file holds."""
        self.alone, self.whole = QRadioButton(ALONE), QRadioButton(WHOLE)
        self._choice = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        for button in (self.alone, self.whole):
            self._choice.addButton(button)
            row.addWidget(button)
        (self.whole if pack else self.alone).setChecked(True)
        self.memo = plain_button("ถ้อยคำ&บันทึกข้อความ…")
        self.memo.setEnabled(pack)
        row.addStretch(1)
        row.addWidget(self.memo)
        return row

    def _buttons(self) -> QHBoxLayout:
        self.preview = plain_button("&ดูก่อนออก…")
        self.cancel = plain_button("&ยกเลิก")
        self.go = primary_button("&ออกรายงาน…")
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.preview)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        return row

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        self.preview.clicked.connect(self.preview_wanted)
        self.memo.clicked.connect(self.memo_wanted)
        self.whole.toggled.connect(self.memo.setEnabled)
        self.tree.opened.connect(self._open)
        self.tree.followed.connect(self._follow)

    def with_pack(self) -> bool:
        """Whether the file is to hold the memo and the annexes too."""
        return self.whole.isChecked()

    def _open(self, number: str) -> None:
        self.reject()
        self.opened.emit(number)

    def _follow(self, link: Link) -> None:
        self.reject()
        self.followed.emit(link)
