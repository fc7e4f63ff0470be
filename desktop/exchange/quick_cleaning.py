"""``clean_text`` and ``clean_line``, quicker on text that is clean already, as most cells of a large file are.

The text is looked at as TIS-620 bytes: each turned into a letter for its kind, so that what cleaning would change shows
as one of three short runs. Whatever TIS-620 cannot hold takes the long way, and so does a text with an empty line.
"""

from collections.abc import Sequence
from unicodedata import is_normalized

from desktop.domain.thai_text import MARKS_ON_A_BASE, clean_line, clean_text

_MARKS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4e"
_ODD = "\x7f\xa0\u0e4d"  # nikhahit may be half of a torn sara am
_LONGEST = 32_000  # characters; longer ones take the long way, where each cell's length is held
_SEPARATOR = "\x1f"  # never in a plain text
_TOO_MANY_MARKS = b"m" * (MARKS_ON_A_BASE + 1)


def _kind(byte: int) -> str:
    character = bytes([byte]).decode("cp874", errors="replace")
    if character in (" ", "\n", _SEPARATOR):
        return " "  # beside one another, or at an end, they are cleaned away
    if character < " " or character in _ODD or character == "\ufffd":
        return "!"
    return "m" if character in _MARKS else "b"


_KINDS = "".join(map(_kind, range(256))).encode("ascii")


def is_plain(text: str) -> bool:
    """Whether ``clean_text`` is sure to leave a text of usual length as it is."""
    return not text or all_plain((text,))


def all_plain(cells: Sequence[object]) -> bool:
    """The same of all texts among the cells of a row at once."""
    filled = [cell for cell in cells if type(cell) is str and cell]
    texts = _SEPARATOR.join(filled)
    if len(texts) > _LONGEST or texts.count(_SEPARATOR) >= max(len(filled), 1):
        return False
    try:
        kinds = b" %s " % texts.encode("cp874").translate(_KINDS)
    except UnicodeEncodeError:
        return False
    return not (b"!" in kinds or b"  " in kinds or _TOO_MANY_MARKS in kinds) and is_normalized("NFC", texts)


def tidy_line(text: str) -> str:
    """``clean_line`` of a text."""
    return text if "\n" not in text and is_plain(text) else clean_line(text)


def tidy_lines(text: str) -> str:
    """``clean_text`` of a text."""
    return text if is_plain(text) else clean_text(text)
