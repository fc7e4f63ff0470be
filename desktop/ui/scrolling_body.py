"""The body of a tall dialog: it scrolls on an old screen or under large text, the buttons below stay in sight."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.theme import GRID


def scrolling_body(*parts: QWidget) -> QScrollArea:
    """The parts one under another; the last one takes the height that is left."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, GRID, 0)
    column.setSpacing(GRID)
    for part in parts:
        column.addWidget(part, 1 if part is parts[-1] else 0)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area
