"""Where Thai words end, by a word list: Thai writes no blanks between them.

Two readings are made, the one with the fewest words and the one that always takes the longest word; only where both
end a word, and the words on either side are known, is the end believed (ตา|กลม or ตาก|ลม? then neither).

A compiled segmenter takes 0.15 s to load its dictionary, a quarter of what a whole report may take; this one is ready
in 0.02 s, because only words with the first letters met are ever looked at.
"""

import re
import unicodedata
from bisect import bisect_left
from pathlib import Path

LAST_CHARACTER = "\U0010ffff"
HEAD = 3  # words are looked up by so many first letters
SIGNS = frozenset("ๆฯ")  # words of their own, whatever the list says
CLUSTER = re.compile(
    # a letter with what leads and follows it, and the letters after it that are not spoken (ษ์ ธุ์);
    # or a stretch of anything but Thai letters: no word starts or ends inside either
    "(?:[เ-ไ]+[ก-ฮ]?|[ก-ฮ]|[ะ-ฺๅ็-๎])[ะ-ฺๅ็-๎]*(?:[ก-ฮ][ิุ]?์[ะ-ฺๅ็-๎]*)*|[ฯๆ]|[^ก-ฺเ-๎]+"
)


def is_thai_letter(character: str) -> bool:
    """Whether the character is a Thai letter, vowel or mark; neither a Thai digit nor ฿."""
    return "ก" <= character <= "\u0e4e" and character != "฿"


def is_mark(character: str) -> bool:
    """Whether the character stands on the one before it."""
    return unicodedata.category(character) in ("Mn", "Me")


class WordList:
    """The words of a file, one a line, sorted by code point. Raises FileNotFoundError when it is not there."""

    def __init__(self, file: Path) -> None:
        self._sorted = file.read_text(encoding="utf-8").splitlines()
        self._heads: dict[str, tuple[frozenset[str], tuple[int, ...]]] = {}

    def _head(self, head: str) -> tuple[frozenset[str], tuple[int, ...]]:
        """The words that may start where these letters stand, and the lengths they have, shortest first."""
        words = self._sorted
        found = set(words[bisect_left(words, head) : bisect_left(words, head + LAST_CHARACTER)])
        for length in range(1, len(head)):
            place = bisect_left(words, head[:length])
            if place < len(words) and words[place] == head[:length]:
                found.add(head[:length])
        known = self._heads[head] = (frozenset(found), tuple(sorted({len(word) for word in found})))
        return known

    def words_from(self, run: str, at: int) -> list[int]:
        """Where the words that start at ``at`` end, the shortest first."""
        head = run[at : at + HEAD]
        words, lengths = self._heads.get(head) or self._head(head)
        return [at + length for length in lengths if run[at : at + length] in words]

    def ends(self, run: str) -> set[int]:
        """The believed word ends inside a run of characters without blanks."""
        places = [0, *(match.end() for match in CLUSTER.finditer(run))]
        if len(places) < 3:
            return set()
        steps = _Steps(self, run, places)
        return (_fewest(steps) & _longest(steps)) - {0, len(run)}


class _Steps:
    """For every place of a run where a word may start, where the words that start there end; looked up when asked."""

    def __init__(self, words: WordList, run: str, places: list[int]) -> None:
        self.places = places
        self.following = dict(zip(places, places[1:], strict=False))
        self._words = words
        self._run = run
        self._known: dict[int, list[int]] = {}

    def __getitem__(self, at: int) -> list[int]:
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = self._find(at)
        return known

    def _find(self, at: int) -> list[int]:
        after = self.following.get(at)
        if after is None:
            return []  # the end of the run
        if not is_thai_letter(self._run[at]):
            return [after]
        found = [
            end for end in self._words.words_from(self._run, at) if end in self.following or end == self.places[-1]
        ]
        return found or ([after] if self._run[at] in SIGNS else [])


def _fewest(steps: _Steps) -> set[int]:
    """The word ends of the reading with the fewest words; letters that belong to no word end none."""
    price, came_from = {0: 0}, {0: 0}
    unknown: set[int] = set()
    furthest = 0
    for at in steps.places[:-1]:
        if at not in price:
            continue
        ends = steps[at]
        if not ends and furthest <= at:
            ends = [steps.following[at]]  # no word starts here and none reaches further
            unknown.update((at, ends[0]))
        for end in ends:
            if price[at] + 1 < price.get(end, price[at] + 2):
                price[end], came_from[end] = price[at] + 1, at
        if ends:
            furthest = max(furthest, ends[-1])
    found: set[int] = set()
    at = steps.places[-1]
    while at:
        found.add(at)
        at = came_from[at]
    return found - unknown


def _longest(steps: _Steps) -> set[int]:
    """The word ends when the longest word is taken every time, if another word or the end can follow it."""
    size = steps.places[-1]
    ends: set[int] = set()
    at = 0
    while at < size:
        words = steps[at]
        at = next((end for end in reversed(words) if end == size or steps[end]), (words or [steps.following[at]])[-1])
        ends.add(at)
    return ends
