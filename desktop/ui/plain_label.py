"""Labels that show words as they are, never as markup."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel

from desktop.ui.theme import Look, heading_font, polish_again


def plain_label(text: str = "", *, muted: bool = False) -> QLabel:
    """A label of plain words that wraps."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if muted:
        label.setProperty("muted", True)
    return label


def copied_label(text: str = "") -> QLabel:
    """The same for words the officer may want to copy with the mouse (it takes no ``wear``: Qt forgets its padding)."""
    label = plain_label(text)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def heading_label(text: str = "") -> QLabel:
    """A heading of plain words on one line."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(heading_font())
    return label


def wear(label: QLabel, look: Look, words: str) -> None:
    """Show words in a state's colours, its sign in front; blank words hide the label. It is laid out by now."""
    label.setText(f"{look.value} {words}".strip())
    label.setProperty("look", "" if look is Look.PLAIN else look.name.lower())
    polish_again(label)
    QCoreApplication.sendEvent(label, QEvent(QEvent.Type.StyleChange))  # else Qt forgets the padding
    label.setVisible(bool(words))
