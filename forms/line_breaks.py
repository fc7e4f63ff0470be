"""Where a Thai line may break: between words, never inside one.

The word list decides where words end (nlpo3, maximal matching); the trade's own words are never broken, and neither is
anything that is no Thai word: a date, an e-mail address, a number, a code. What is still wider than a line is broken between letters by
typesetting, as a last resort.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nlpo3

CACHED_RUNS = 60_000
CLOSING = "ๆฯะาำๅ.,:;!?)]}%”’»›…"
OPENING = "เแโใไ([{“‘«‹"
NEVER_BEFORE = frozenset(CLOSING + "/-–\"'")
NEVER_AFTER = frozenset(OPENING + ".฿$#@\"'")
JOINERS = frozenset("/-–")
MONTHS = r"(?:[มกพสตธ]\.(?:ค|พ|ย)\.|(?:มี|มิ)\.[คย]\.|เม\.ย\.|[ก-๙]+(?:คม|ยน|พันธ์))"
BOUND = re.compile(
    # blanks that do not break: inside a date, before ๆ ฯ : % and closing marks, after ที่ before a number,
    # after an opening bracket or a lone dash, and between a number sign and what it counts
    rf"(?<=\d) (?={MONTHS} ?\d)|(?<=[.คมนธ์]) (?=\d{{4}}(?!\d))(?<={MONTHS[3:4] and '.'} )"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of a line that is not broken; ``blank`` when a blank follows it at which the line may break."""

    text: str
    blank: bool
