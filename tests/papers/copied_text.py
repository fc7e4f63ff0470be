"""What must be copied out of a page, against what a reader copies: every letter, no blank made up, none lost.

Written against the page's cells as they stand in the register; what the fonts lack is expected as ‹U+1F600›.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from tests.forms.pdf_checks import without

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
SHOWN_AROUND = 12  # letters on either side of a fault
_LIGATURE = re.compile("[\ufb00-\ufb06]")  # two readers of four take ﬁ apart
FREE = "|"  # between two cells: whatever the reader likes


@cache
def shown_characters() -> frozenset[int]:
    """The characters that the regular and the bold face both have."""
    faces = (TTFont(FONTS / f"Sarabun-{name}.ttf") for name in ("Regular", "Bold"))
    return frozenset.intersection(*(frozenset(face.getBestCmap()) for face in faces))


def drawn(text: str) -> str:
    """The stored text as it must be copied out of a page."""
    known = shown_characters()
    return "".join(each if each == "\n" or ord(each) in known else f"‹U+{ord(each):04X}›" for each in text)


def lettered(cells: Sequence[str]) -> tuple[str, list[str]]:
    """(the letters of cells or lines without blanks, what follows each: nothing, a blank, or ``FREE`` at the end)."""
    letters: list[str] = []
    after: list[str] = []
    for cell in cells:
        for each in unicodedata.normalize(
            "NFC", _LIGATURE.sub(lambda one: unicodedata.normalize("NFKC", one[0]), cell)
        ):
            if not each.isspace():
                letters.append(each)
                after.append("")
            elif after and after[-1] == "":
                after[-1] = " "
        if after:
            after[-1] = FREE
    return "".join(letters), after


def without_headings(read: tuple[str, list[str]], heading: str) -> tuple[str, list[str]]:
    """The letters without a table's heading, which stands on every page anew."""
    letters, after = read
    title = lettered([heading])[0]
    kept: list[str] = []
    marks: list[str] = []
    at = 0
    while title and (found := letters.find(title, at)) >= 0:
        kept.append(letters[at:found])
        marks += after[at:found]
        at = found + len(title)
    return "".join([*kept, letters[at:]]), [*marks, *after[at:]]


def torn_over_pages(cells: Sequence[str], long: int, letters: str, start: int) -> list[str]:
    """A row's cells in the order of reading when one of them, the ``long``-th, goes on over the following pages."""
    before, after = "".join(cells[:long]), "".join(cells[long + 1 :])
    begin = start + len(lettered([before])[0])
    rest = lettered([after])[0]
    whole = cells[long]
    cut = letters.find(rest, begin) if rest else -1
    while cut >= 0:
        here = cut - begin
        if lettered([whole])[0][:here] == letters[begin:cut]:
            place = _place_of(whole, here)
            return [*cells[:long], whole[:place], *cells[long + 1 :], whole[place:]]
        cut = letters.find(rest, cut + 1)
    return list(cells)


def _place_of(text: str, letters: int) -> int:
    """Where so many letters of the text end."""
    found = 0
    for place, each in enumerate(text):
        if found == letters:
            return place
        found += not each.isspace()
    return len(text)


def differences(expected: tuple[str, list[str]], read: tuple[str, list[str]]) -> list[str]:
    """What is wrong: the first letter that differs, or every blank made up or lost."""
    wanted, gaps = expected
    letters, marks = read
    if wanted != letters:
        at = next((i for i, (a, b) in enumerate(zip(wanted, letters, strict=False)) if a != b), -1)
        at = min(len(wanted), len(letters)) if at < 0 else at
        return [f"read {letters[at : at + 30]!r} for {wanted[at : at + 30]!r} after {wanted[max(0, at - 12) : at]!r}"]
    faults = []
    for at, (gap, mark) in enumerate(zip(gaps, marks, strict=True)):
        if FREE in (gap, mark) or gap == mark:
            continue
        before, behind = wanted[max(0, at - SHOWN_AROUND) : at + 1], wanted[at + 1 : at + SHOWN_AROUND]
        faults.append(f"a blank {'made up' if mark else 'lost'} between {before!r} and {behind!r}")
    return faults


def faults_of(read: tuple[str, list[str]], cells: Sequence[str], line_ends: Sequence[str] = ()) -> list[str]:
    """What a reader's letters lack of the cells, or have beside them.

    ``line_ends`` is what another reader saw after each letter: where it saw a line end, a blank is none made up (pdfium
    takes lines whose marks reach into one another for one).
    """
    letters, after = lettered(cells)
    if len(line_ends) == len(after):
        after = [FREE if seen == FREE else gap for gap, seen in zip(after, line_ends, strict=True)]
    return differences((letters, after), read)


def read_of(text: str, strip: Sequence[str], heading: str = "") -> tuple[str, list[str]]:
    """The letters a reader copied from pages, less the lines that ``strip`` matches and a table's heading."""
    return without_headings(lettered(without(text, strip)), heading)
