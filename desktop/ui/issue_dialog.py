"""Before a report is frozen: what will be frozen, and what is worth a look first. It warns and never stops."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QGroupBox,
    QHBoxLayout,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.services.report_checks import CheckLine
from desktop.ui.plain_label import heading_label, plain_label, wear
from desktop.ui.theme import GRID, Look

NUMBER_ROLE = int(Qt.ItemDataRole.UserRole)
WIDTH = 88 * GRID
TALLEST = 88 * GRID  # fits an old screen with its task bar
OPEN_AT_MOST = 5  # complaints of one check shown without asking


class _WrappedLine(QStyledItemDelegate):
    """Rows as high as their words need; Qt's own tree cuts them off."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        tree = self.parent()
        assert isinstance(tree, QTreeWidget)
        depth = 2 if index.parent().isValid() else 1
        width = tree.viewport().width() - depth * tree.indentation() - GRID
        room = QRect(0, 0, max(width, 20 * GRID), 10_000)
        words = tree.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, str(index.data()))
        return QSize(width, words.height() + GRID)


class CheckTree(QTreeWidget):
    """The checks, the complaints concerned under each; Enter or a double click opens a complaint."""

    opened = Signal(str)

    def __init__(self, checks: Sequence[CheckLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build(checks)
        self._connect()

    def _build(self, checks: Sequence[CheckLine]) -> None:
        self.setHeaderHidden(True)
        self.setWordWrap(True)
        self.setItemDelegate(_WrappedLine(self))
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setAccessibleName("สิ่งที่ควรดูก่อนออกรายงาน")
        for check in checks:
            line = QTreeWidgetItem([f"{Look.OVERDUE.value} {check.text}"])
            for number in check.numbers:
                child = QTreeWidgetItem([number])
                child.setData(0, NUMBER_ROLE, number)
                line.addChild(child)
            self.addTopLevelItem(line)
            line.setExpanded(len(check.numbers) <= OPEN_AT_MOST)
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first, 0, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _connect(self) -> None:
        self.itemDoubleClicked.connect(self._open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a complaint, or folds a check; it never presses the dialog's button."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            if item.data(0, NUMBER_ROLE) is None:
                item.setExpanded(not item.isExpanded())
            self._open(item)
            return
        super().keyPressEvent(event)

    def _open(self, item: QTreeWidgetItem) -> None:
        number = item.data(0, NUMBER_ROLE)
        if number is not None:
            self.opened.emit(number)


class IssueDialog(QDialog):
    """Confirms an issue; ``opened`` when the officer would rather open a complaint: then nothing is issued."""

    opened = Signal(str)

    def __init__(
        self, title: str, lines: Sequence[str], reason: str, checks: Sequence[CheckLine], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._lines = lines
        self._reason = reason
        self._checks = checks
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setWindowTitle(self._title)
        self.lines = plain_label("\n".join(self._lines))
        frozen = QGroupBox("จะตรึงไว้ในรายงาน")
        inside = QVBoxLayout(frozen)
        inside.addWidget(self.lines)
        if self._reason:
            inside.addWidget(plain_label(f"เหตุผลที่แก้ไข: {self._reason}"))
        self.tree = CheckTree(self._checks)
        self.all_well = plain_label()
        self.cancel = QPushButton("&ยกเลิก")
        self.go = QPushButton("&ออกรายงาน…")
        self.go.setProperty("primary", True)
        self.go.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * GRID] * 4)
        layout.setSpacing(GRID)
        layout.addWidget(heading_label(self._title))
        layout.addWidget(frozen)
        layout.addWidget(self.all_well)
        if self._checks:
            layout.addWidget(plain_label("ควรดูก่อน (ออกรายงานต่อได้) · Enter ที่เลขเรื่องเพื่อเปิดดู"))
        layout.addWidget(self.tree, 1)
        layout.addWidget(plain_label("ตัวเลขและแฟ้มที่ออกแล้วจะไม่เปลี่ยนอีก การแก้ภายหลังเป็นฉบับแก้ไขพร้อมเหตุผล", muted=True))
        layout.addLayout(buttons)
        wear(self.all_well, Look.DONE, "" if self._checks else "ตรวจแล้ว ไม่พบสิ่งที่ควรแก้ก่อนออกรายงาน")
        self.tree.setVisible(bool(self._checks))
        self.tree.setMinimumHeight(12 * GRID)
        self.resize(WIDTH, min(max(layout.totalHeightForWidth(WIDTH), 72 * GRID if self._checks else 0), TALLEST))
        self.go.setFocus()

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        self.tree.opened.connect(self._open)

    def _open(self, number: str) -> None:
        self.reject()
        self.opened.emit(number)
