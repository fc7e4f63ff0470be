"""The buttons of a dialog: at its lower right, the primary one last; Enter presses it."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from desktop.ui.theme import GRID


def primary_button(words: str) -> QPushButton:
    """The one button a dialog is there for."""
    button = QPushButton(words)
    button.setProperty("primary", True)
    button.setDefault(True)
    return button


def plain_button(words: str) -> QPushButton:
    """Another button: Enter never presses it unless it has the focus."""
    button = QPushButton(words)
    button.setAutoDefault(False)
    return button


def button_row(*buttons: QPushButton) -> QHBoxLayout:
    """Buttons in a row at the right."""
    row = QHBoxLayout()
    row.setSpacing(GRID)
    row.addStretch()
    for button in buttons:
        row.addWidget(button)
    return row
