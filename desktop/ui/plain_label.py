"""Labels that show words as they are, never as markup."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui.theme import Look, heading_font


def plain_label(text: str = "", *, muted: bool = False, parent: QWidget | None = None) -> QLabel:
    """A label of plain words that wraps and can be copied with the mouse."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if muted:
        label.setProperty("muted", True)
    return label


def heading_label(text: str = "") -> QLabel:
    """A heading of plain words on one line."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(heading_font())
    return label


def wear(label: QLabel, look: Look, words: str) -> None:
    """Show words in a state's colours with its sign in front; blank words hide the label."""
    label.setText(f"{look.value} {words}".strip())
    label.setProperty("look", look.name.lower())
    label.style().unpolish(label)
    label.style().polish(label)
    label.setVisible(bool(words))
