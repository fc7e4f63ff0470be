"""The pages of the main window's tabs: they scroll where the screen is too small."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

LIST, DETAIL, REPORT = range(3)
TABS = ("รายการเรื่องร้องทุกข์", "รายละเอียด", "รายงานประจำเดือน")


def scrolling_page() -> QScrollArea:
    """A tab on a screen too small for it, or under large text, scrolls; it is never cut off."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def held(tab: QWidget) -> QWidget:
    """A tab as its page holds it."""
    holder = QWidget()
    layout = _AsHighAsThePage(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(tab)
    return holder


class _AsHighAsThePage(QVBoxLayout):
    """A layout that never asks for the height its words would like: the page scrolls only below the least height."""

    def hasHeightForWidth(self) -> bool:
        """Never."""
        return False
