"""Thai text as it comes from people and files: cleaning, and the order of the Thai dictionary.

User text is never markup, SQL, a formula or a path: it is only ever cleaned here and kept.
"""

import re
import unicodedata

MARKS_ON_A_BASE = 4  # more combining marks than this on one base are dropped: no Thai word has them
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}  # control, format (ZWSP, BOM, RTL override), surrogate, private, unassigned
_TORN_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")  # nikhahit (+ tone) + aa is how some programs store ำ
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_TONES = re.compile("[\u0e47-\u0e4e]")
_LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")


def clean_text(text: str) -> str:
    """Text fit to keep, show and print: NFC, no invisible or broken characters, single blanks, lines kept.

    Cleaning what is clean changes nothing: what is kept, printed and read back stays the same text.
    """
    cleaned = _cleaned(text)
    while "\u0e4d" in text and cleaned != text:  # a ำ just put together, or cut free, lets its neighbours move
        text, cleaned = cleaned, _cleaned(cleaned)
    return cleaned


def _cleaned(text: str) -> str:
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    text = "".join(each for each in text if each == "\n" or unicodedata.category(each) not in _DROPPED)
    text = _TORN_SARA_AM.sub("\\1\u0e33", unicodedata.normalize("NFC", text))
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= MARKS_ON_A_BASE:
            kept.append(character)
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(kept).split("\n"))
    return "\n".join(lines).strip("\n")


def clean_line(text: str) -> str:
    """The same on one line: names, numbers and subjects hold no line break."""
    return " ".join(clean_text(text).split())


def sort_key(text: str) -> str:
    """A key that puts Thai words in the order of the Thai dictionary when compared character by character.

    A leading vowel sorts after its consonant (เก between กุ and ขา); tone marks decide only between words that are
    otherwise equal; runs of digits sort by value.
    """
    base = _TONES.sub("", text.casefold())
    base = _LEADING_VOWEL.sub(r"\2\1", base)
    base = re.sub(r"\d+", lambda digits: f"{len(digits[0].lstrip('0')):02d}{digits[0].lstrip('0')}", base)
    return f"{base}\x01{''.join(_TONES.findall(text))}"
