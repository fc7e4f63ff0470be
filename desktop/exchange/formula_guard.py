"""A spreadsheet runs text that begins like a formula; CSV has no types, so such a cell is written with an apostrophe.

The reader takes exactly that apostrophe away again. A text that itself begins with apostrophes followed by such a
character is given one more, so that writing and reading are each other's inverse. The words a spreadsheet writes for
an error (``#REF!``) are guarded too: bare they mean a cell in error, guarded they are text.
"""

import re
from collections.abc import Sequence

from desktop.exchange.raw_cells import Cell, ErrorCell

_ERRORS = (
    "#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!",
    "#BLOCKED!", "#CONNECT!", "#GETTING_DATA", "#ERROR!",
)  # fmt: skip
_DANGEROUS = "[=+\\-@\t\r＝＋－＠]"
_ERROR_WORD = f"(?:{'|'.join(map(re.escape, _ERRORS))})\\Z"
_TO_GUARD = re.compile(f"'*(?:{_DANGEROUS}|{_ERROR_WORD})")
_FIRSTS = frozenset("'=+-@\t\r＝＋－＠#")


def guard(text: str) -> str:
    """The text as a CSV cell holds it."""
    return f"'{text}" if text and text[0] in _FIRSTS and _TO_GUARD.match(text) else text


def unguard(cell: str) -> str:
    """The text a CSV cell stands for: the inverse of ``guard``."""
    return cell[1:] if cell.startswith("'") and _TO_GUARD.match(cell) else cell


def unguard_row(cells: Sequence[str]) -> tuple[Cell, ...]:
    """The cells of a CSV row, guards taken away and error words told apart from text."""
    return tuple([_read(cell) if cell and cell[0] in "'#" else cell for cell in cells])


def _read(cell: str) -> Cell:
    return ErrorCell(cell) if cell in _ERRORS else unguard(cell)
