"""One of several words, chosen from a list that is as wide as its words, however narrow the field is."""

from PySide6.QtWidgets import QComboBox, QStyle

from desktop.ui.theme import GRID

WIDEST = 72 * GRID  # of the list; longer words end in …


class ChoiceBox(QComboBox):
    """A combo box whose list shows whole words."""

    def showPopup(self) -> None:
        """Open the list, wide enough for what stands in it."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        wanted = self.view().sizeHintForColumn(0) + bar + GRID
        self.view().setMinimumWidth(min(wanted, WIDEST))
        super().showPopup()
