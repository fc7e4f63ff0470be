"""What was looked at before issuing, as a list whose every warning leads to what mends it."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget, QTreeWidgetItem, QWidget

from desktop.services.check_lines import CheckLine, Link
from desktop.ui.theme import GRID, Look, colours

NUMBER_ROLE = int(Qt.ItemDataRole.UserRole)
LINK_ROLE = NUMBER_ROLE + 1
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
    """The checks, under each what mends it and the complaints concerned; Enter or a double click follows a line."""

    opened = Signal(str)  # a complaint
    followed = Signal(object)  # a Link

    def __init__(self, checks: Sequence[CheckLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build(checks)
        self._connect()

    def _build(self, checks: Sequence[CheckLine]) -> None:
        self.setHeaderHidden(True)
        self.setWordWrap(True)
        self.setItemDelegate(_WrappedLine(self))
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setAccessibleName("สิ่งที่ตรวจก่อนออกรายงาน")
        for check in checks:
            self._add(check)
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first, 0, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _add(self, check: CheckLine) -> None:
        look = Look.DONE if check.passed else Look.OVERDUE
        line = QTreeWidgetItem([f"{look.value} {check.text}"])
        if check.passed:
            line.setForeground(0, QBrush(QColor(colours().ink[Look.DONE])))
        for child in (*_links(check.links), *_complaints(check.numbers)):
            line.addChild(child)
        self.addTopLevelItem(line)
        line.setExpanded(len(check.numbers) <= OPEN_AT_MOST)

    def _connect(self) -> None:
        self.itemDoubleClicked.connect(self._follow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter follows a line, or folds a check; it never presses the dialog's button."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            if item.parent() is None:
                item.setExpanded(not item.isExpanded())
            self._follow(item)
            return
        super().keyPressEvent(event)

    def _follow(self, item: QTreeWidgetItem) -> None:
        number, link = item.data(0, NUMBER_ROLE), item.data(0, LINK_ROLE)
        if number is not None:
            self.opened.emit(number)
        elif isinstance(link, Link):
            self.followed.emit(link)


def _links(links: Iterable[Link]) -> Iterable[QTreeWidgetItem]:
    for link in links:
        child = QTreeWidgetItem([f"→ {link.told}"])
        child.setData(0, LINK_ROLE, link)
        child.setForeground(0, QBrush(QColor(colours().accent)))
        yield child


def _complaints(numbers: Iterable[str]) -> Iterable[QTreeWidgetItem]:
    for number in numbers:
        child = QTreeWidgetItem([number])
        child.setData(0, NUMBER_ROLE, number)
        yield child
