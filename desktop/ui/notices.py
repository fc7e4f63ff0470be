"""Plain words to the officer: a problem, a result, a question. User text is shown as it is, never as markup."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.ui import theme


def tell_problem(parent: QWidget | None, sentence: str) -> QMessageBox:
    """Say why something was not done; returns at once."""
    return _shown(parent, QMessageBox.Icon.Warning, "ทำรายการไม่ได้", sentence)


def tell(parent: QWidget | None, title: str, sentence: str) -> QMessageBox:
    """Say what was done; returns at once."""
    return _shown(parent, QMessageBox.Icon.Information, title, sentence)


def ask(parent: QWidget | None, question: str, choices: dict[str, Callable[[], None]]) -> QMessageBox:
    """Ask before doing: one button for each choice, the first one the primary, and ยกเลิก; returns at once."""
    box = _box(parent, QMessageBox.Icon.Question, "โปรดยืนยัน", question)
    primary = True
    for words, choice in choices.items():
        button = box.addButton(words, QMessageBox.ButtonRole.AcceptRole)
        button.setProperty("primary", primary)
        theme.polish_again(button)
        button.clicked.connect(lambda _=False, choice=choice: choice())
        if primary:
            box.setDefaultButton(button)
        primary = False
    box.setEscapeButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.open()
    return box


def _shown(parent: QWidget | None, icon: QMessageBox.Icon, title: str, sentence: str) -> QMessageBox:
    box = _box(parent, icon, title, sentence)
    box.addButton(QMessageBox.StandardButton.Ok)
    box.open()
    return box


def _box(parent: QWidget | None, icon: QMessageBox.Icon, title: str, sentence: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
