"""Where a Thai line may break: between words, never inside one.

A segmenter with a word list says where words end (newmm, by nlpo3); the trade's own words are never broken, and neither
is anything that is no Thai word: a date, an e-mail address, a number, a code. What is still wider than a line is broken
between letters by typesetting, as a last resort.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from desktop.domain.thai_dates import LONG_MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS

CACHED_RUNS = 60_000
LONG_RUN = 200  # characters without a blank: from here on the segmenter bounds its search
NEVER_BEFORE = frozenset("ๆฯะาำๅ.,:;!?)]}%”’»›…/-–\"'")
NEVER_AFTER = frozenset("เแโใไ([{“‘«‹.฿$#@\"'")
CLOSING = frozenset("ๆฯ.,:;!?)]}%”’»›…=")  # these do not start a line even when a blank stands before them
OPENING = frozenset("([{“‘«‹")
BULLETS = frozenset(("-", "–", "•"))
JOINING = frozenset("/-–")  # a line may break after these, whatever the word list says
SHORT_OPENED = 4  # characters of a bracket and its word that stay with the number behind them
YEAR_DIGITS = 4  # a number of four digits is a year, not a count
MONTH_NAMES = frozenset(SHORT_MONTHS + LONG_MONTHS)


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of a line that is not broken; ``blank`` when a blank follows at which the line may break."""

    text: str
    blank: bool


def is_thai_letter(character: str) -> bool:
    """Whether the character is a Thai letter, vowel or mark; neither a Thai digit nor ฿."""
    return "ก" <= character <= "\u0e4e" and character != "฿"


def is_mark(character: str) -> bool:
    """Whether the character stands on the one before it."""
    return unicodedata.category(character) in ("Mn", "Me")


def _may_break(run: str, at: int) -> bool:
    """Whether a run of characters without blanks may be broken before ``run[at]``, a word boundary."""
    left, right = run[at - 1], run[at]
    if right in NEVER_BEFORE or is_mark(right):
        return False
    if left in JOINING:
        return not (right.isdigit() or (at > 1 and run[at - 2].isdigit()))
    if left in NEVER_AFTER and not (left == "." and run[max(0, at - 3) : at] == "..." and is_thai_letter(right)):
        return False
    if left.isdigit() or right.isdigit():
        return False  # a number stays with its unit
    return is_thai_letter(left) or is_thai_letter(right)


def _is_bound(left: str, right: str) -> bool:
    """Whether the blank between two runs holds them together: in a date, before ๆ or %, at a number."""
    if right[0] in CLOSING or left[-1] in OPENING or left in BULLETS:
        return True
    if left[0] in OPENING and len(left) <= SHORT_OPENED and right[0].isdigit():
        return True  # (ทำ 7 ม.ค.)
    if right in MONTH_NAMES:
        return left.isdigit()
    if left in MONTH_NAMES:
        return right[:4].isdigit()
    if left.isdigit() and len(left) < YEAR_DIGITS and is_thai_letter(right[0]):
        return True  # 3 วันทำการ
    if (right == "น." and left[-1].isdigit()) or (left in SHORT_WEEKDAYS and right[0].isdigit()):
        return True  # 10.30 น. · พฤ. 28 ม.ค.
    return left.endswith("ที่") and right[0].isdigit()


class LineBreaker:
    """The word lists of a folder (``words_th.txt``, ``trade.txt``), and the runs broken with them so far.

    Raises FileNotFoundError when a list is not there.
    """

    def __init__(self, folder: Path) -> None:
        trade = (folder / "trade.txt").read_text(encoding="utf-8").split()
        self._trade: dict[str, list[str]] = {}
        for word in trade:
            self._trade.setdefault(word[:2], []).append(word)
        from nlpo3 import load_dict

        words = folder / "words_th.txt"
        if not words.is_file():
            raise FileNotFoundError(words)
        self._dictionary = str(words)  # its name in the library too: the same folder is loaded once
        load_dict(str(words), self._dictionary)
        self._runs: dict[str, tuple[str, ...]] = {}

    def words(self, line: str) -> list[Word]:
        """The line as stretches that may stand at its end; ``line`` is clean: single blanks, no line feed."""
        found: list[Word] = []
        held = ""  # what bound blanks have joined so far
        runs = line.split(" ")
        for index, run in enumerate(runs):
            pieces = self._broken(run)
            following = runs[index + 1] if index + 1 < len(runs) else ""
            found.extend(Word(held * (at == 0) + piece, False) for at, piece in enumerate(pieces[:-1]))
            last = held * (len(pieces) == 1) + pieces[-1]
            held = ""
            if following and run and _is_bound(run, following):
                held = last + " "
            else:
                found.append(Word(last, index + 1 < len(runs)))
        return found

    def _broken(self, run: str) -> tuple[str, ...]:
        """A run without blanks, cut wherever it may be broken."""
        known = self._runs.get(run)
        if known is None:
            if len(self._runs) >= CACHED_RUNS:
                self._runs.clear()
            ends = [at for at in self._word_ends(run) if _may_break(run, at)]
            known = tuple(run[start:end] for start, end in zip([0, *ends], [*ends, len(run)], strict=True))
            self._runs[run] = known
        return known

    def _word_ends(self, run: str) -> list[int]:
        """Where words end inside a run; the trade's words end where they end, whatever the segmenter makes of them."""
        from nlpo3 import segment

        if len(run) < 2:
            return []
        ends = {at for at in range(1, len(run)) if run[at - 1] in JOINING}
        ends |= set(accumulate(map(len, segment(run, self._dictionary, safe=len(run) > LONG_RUN))))
        for start in sorted({0} | ends):
            for word in self._trade.get(run[start : start + 2], ()):
                if run.startswith(word, start):
                    ends.difference_update(range(start + 1, start + len(word)))
                    ends.add(start + len(word))
        return sorted(ends - {0, len(run)})


@lru_cache(maxsize=4)
def load_words(folder: Path) -> LineBreaker:
    """The line breaker of a words folder, loaded once in the process."""
    return LineBreaker(folder)
