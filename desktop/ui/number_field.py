"""A number typed by hand: money or per cent, two decimals, exact, in Thai or Arabic digits."""

from decimal import Decimal

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from desktop.domain.thai_dates import arabic_digits

MOST_BAHT = 999_999_999.99


class NumberField(QDoubleSpinBox):
    """A number from 0 to ``most`` with its unit behind it; the mouse wheel never changes it unseen."""

    def __init__(self, unit: str, most: float = MOST_BAHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))  # 1,250.50, as Thai writes it
        self.setGroupSeparatorShown(True)
        self.setDecimals(2)
        self.setRange(0, most)
        self.setSuffix(f" {unit}")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def number(self) -> Decimal:
        """The number, exact to two decimals; without them when it is whole."""
        exact = Decimal(f"{self.value():.2f}")
        return exact.to_integral_value() if exact == exact.to_integral_value() else exact

    def set_number(self, number: Decimal) -> None:
        """Show a number."""
        self.setValue(float(number))

    def validate(self, text: str, position: int) -> object:
        """Thai digits are taken as they are typed."""
        return super().validate(arabic_digits(text), position)

    def valueFromText(self, text: str) -> float:
        """The number of a text in either digits."""
        return super().valueFromText(arabic_digits(text))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to whatever scrolls around the field."""
        event.ignore()
