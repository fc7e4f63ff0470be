"""What can be done with the rows selected in the list, as buttons below it and as its menu."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from desktop.ui import theme
from desktop.ui.bulk_dialog import BulkStep
from desktop.ui.icons import NAME, dress

STEP_KEYS = {BulkStep.ACCEPT: "Ctrl+R", BulkStep.ENTRY: "Ctrl+T", BulkStep.TRANSFER: "Ctrl+Shift+T"}


class SelectionBar(QWidget):
    """The selection and its steps at the left, the page's primary action at the lower right."""

    open_asked = Signal()
    copy_asked = Signal()
    step_asked = Signal(object)  # a BulkStep
    new_asked = Signal()

    def __init__(self, *, writable: bool) -> None:
        super().__init__()
        self._writable = writable
        self._build()
        self._connect()

    def _build(self) -> None:
        self.open_action = self._action("เปิดเรื่อง", "external-link", "Enter", self.open_asked.emit)
        self.copy_action = self._action("คัดลอก", "copy", "Ctrl+C", self.copy_asked.emit)
        self.steps = {step: self._step(step) for step in BulkStep} if self._writable else {}
        self.selection = QLabel()
        self.selection.setProperty("muted", True)
        self.new_button = QPushButton("เพิ่มเรื่องใหม่")
        self.new_button.setProperty("primary", True)
        dress(self.new_button, "plus")
        self.new_button.setToolTip("เพิ่มเรื่องใหม่ (Ctrl+N)")
        self.new_button.setVisible(self._writable)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        row.addWidget(self.selection)
        row.addSpacing(theme.GRID)
        for action in (*self.steps.values(), self.copy_action):
            row.addWidget(_button_of(action))
        row.addStretch()
        row.addWidget(self.new_button)
        self.show_selection(0)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new_asked)

    def show_selection(self, count: int) -> None:
        """How many rows are selected; without any nothing can be done."""
        self.selection.setText(f"เลือก {count:,} เรื่อง" if count else "เลือกเรื่องในตารางเพื่อทำพร้อมกัน")
        for action in (self.open_action, self.copy_action, *self.steps.values()):
            action.setEnabled(bool(count))

    def menu(self) -> QMenu:
        """The same as a menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.open_action)
        menu.addSeparator()
        menu.addActions(list(self.steps.values()))
        menu.addSeparator()
        menu.addAction(self.copy_action)
        return menu

    def _step(self, step: BulkStep) -> QAction:
        keys = STEP_KEYS[step]
        action = self._action(f"{step.value.words}…", step.value.icon, keys, lambda: self.step_asked.emit(step))
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return action

    def _action(self, words: str, drawing: str, keys: str, then: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        dress(action, drawing)
        action.setToolTip(f"{words.rstrip('…')} ({keys})")
        action.triggered.connect(lambda: then())
        return action


def _button_of(action: QAction) -> QPushButton:
    """A button that does what an action does, and is enabled with it."""
    button = QPushButton(action.text())
    dress(button, action.property(NAME))
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
    button.setEnabled(action.isEnabled())
    return button
