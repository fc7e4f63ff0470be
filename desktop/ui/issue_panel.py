"""The upper right of the report tab: the officer's words while a report is a draft, its facts once it is issued."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGroupBox, QVBoxLayout, QWidget

from desktop.domain.office_year import IssuedReport
from desktop.services.month_reports import OfficersWords
from desktop.ui.issued_facts import IssuedFacts
from desktop.ui.officers_words import OfficersWordsForm
from desktop.ui.theme import GRID


class IssuePanel(QGroupBox):
    """One page for typing, one for reading; never both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.form = OfficersWordsForm()
        self.facts = IssuedFacts()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.addWidget(self.form)
        layout.addWidget(self.facts)

    def _connect(self) -> None:
        """Nothing to connect: both pages speak for themselves."""

    def show_typing(self, number: int, words: OfficersWords, reason: str, *, revising: bool) -> None:
        """The page for typing, of the report of a number."""
        self.setTitle("ฉบับแก้ไข: เหตุผลและถ้อยคำของเจ้าหน้าที่" if revising else "ถ้อยคำของเจ้าหน้าที่")
        self.form.show_words(number, words, reason, revising=revising)
        self.facts.hide()
        self.form.show()

    def show_issued(self, reports: Sequence[IssuedReport], kept: int | None) -> None:
        """The page for reading."""
        self.setTitle("รายงานที่ออกแล้ว")
        self.facts.show_reports(reports, kept)
        self.form.hide()
        self.facts.show()
