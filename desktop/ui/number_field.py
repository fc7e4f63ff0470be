"""A number typed by hand: money or per cent, two decimals, exact, in Thai or Arabic digits."""

from decimal import Decimal

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.thai_dates import arabic_digits

TYPED = QRegularExpression(r"[0-9๐-๙,]{0,13}([.][0-9๐-๙]{0,2})?")


class NumberField(QLineEdit):
    """A number of 0 or more; a comma between thousands is taken and shown. Nothing typed is 0.

    (A spin box without buttons shows nothing under a style sheet.)
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setValidator(QRegularExpressionValidator(TYPED, self))
        self.set_number(Decimal(0))

    def _connect(self) -> None:
        self.editingFinished.connect(lambda: self.set_number(self.number()))

    def number(self) -> Decimal:
        """The number, exact to two decimals; without them when it is whole."""
        plain = arabic_digits(self.text()).replace(",", "")
        exact = Decimal(plain) if plain.strip(".") else Decimal(0)
        return exact.to_integral_value() if exact == exact.to_integral_value() else exact

    def set_number(self, number: Decimal) -> None:
        """Show a number; satang only where there are any."""
        whole = number == number.to_integral_value()
        shown = f"{number:,.0f}" if whole else f"{number:,.2f}"
        if self.text() != shown:
            self.setText(shown)
