"""Complaints fit to leave the office: without complainant and telephone, in their own fields and inside other texts."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from desktop.domain.complaint import Complaint
from desktop.domain.thai_dates import arabic_digits

MASK = "(ผู้ร้อง)"
NUMBER_MASK = "(โทรศัพท์ผู้ร้อง)"
CITIZEN_MASK = "(เลขประจำตัวประชาชน)"
LEAVING = ("subject", "place", "unit")  # the typed texts that the month's papers show
TEXTS = (*LEAVING, "channel", "detail", "answer", "letter_number", "order_number", "action", "coordination")
CITIZEN_DIGITS = 13
LEAST_DIGITS = 9  # of a telephone number; shorter ones are house numbers as often as not
LEAST_LETTERS = 4  # of the one name behind a title that is looked for in other people's texts: "นาย ก" begins "นายก"
_RUN, _NO_DIGIT = re.compile(r"\d[\d\s.-]*"), re.compile(r"\D+")
_CITIZEN = re.compile(r"(?<!\d)\d(?:[\s.-]?\d){12}(?!\d)")
_TITLES = re.compile(r"^(นางสาว|นาง|นาย|น\.ส\.|ด\.ช\.|ด\.ญ\.|เด็กชาย|เด็กหญิง|คุณ|ดร\.|ว่าที่ ร\.ต\.)\s*")


Pattern = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def without_complainant(complaint: Complaint) -> Complaint:
    """The complaint with both fields blank, and with the same name or number masked where it was typed elsewhere.

    A citizen's number of thirteen digits is masked wherever one stands.
    """
    patterns = _patterns(complaint, (getattr(complaint, name) for name in LEAVING))
    texts = {name: masked(getattr(complaint, name), patterns) for name in LEAVING} if patterns else {}
    return replace(complaint, complainant="", telephone="", **texts)  # type: ignore[arg-type]


def without_complainant_anywhere(complaint: Complaint) -> Complaint:
    """The same with every typed text masked, entries and reasons too: what a spreadsheet without names holds."""
    bare = replace(complaint, complainant="", telephone="")
    texts = {name: getattr(complaint, name) for name in TEXTS}
    others = (*complaint.types, *(entry.text for entry in complaint.entries))
    reasons = (mark.not_applicable for mark in complaint.marks.values())
    patterns = _patterns(complaint, (*texts.values(), *others, *reasons))
    if not patterns:
        return bare
    first = complaint.first_report and replace(
        complaint.first_report, text=masked(complaint.first_report.text, patterns)
    )
    changed: dict[str, Any] = {name: masked(text, patterns) for name, text in texts.items()}
    return replace(
        bare,
        **changed,
        types=tuple(masked(name, patterns) for name in complaint.types),
        first_report=first,
        follow_ups=tuple(replace(entry, text=masked(entry.text, patterns)) for entry in complaint.follow_ups),
        marks={
            item: replace(mark, not_applicable=masked(mark.not_applicable, patterns))
            for item, mark in complaint.marks.items()
        },
    )


def names_complainant(complaint: Complaint) -> bool:
    """Whether one of the texts that leave the office says who complained."""
    patterns = _patterns(complaint, (getattr(complaint, name) for name in LEAVING))
    return any(masked(getattr(complaint, name), patterns) != getattr(complaint, name) for name in LEAVING)


def patterns_of(people: Iterable[tuple[str, str]], texts: Iterable[str]) -> list[Pattern]:
    """What is to be masked in texts that may speak of any of many people (name, telephone), and by what."""
    seen = _Seen(texts)
    names, numbers = set[tuple[str, ...]](), set[str]()
    for complainant, telephone in people:
        names.update(tuple(words) for words in seen.names(complainant) if _is_telling(words))
        numbers.update(seen.numbers(telephone))
    longest_first = sorted(names, key=lambda words: (-len("".join(words)), words))  # one name may begin another
    return seen.patterns(longest_first, sorted(numbers, key=lambda each: (-len(each), each)))


def masked(text: str, patterns: Iterable[Pattern]) -> str:
    """The text with all of it masked."""
    for pattern, mask in patterns:
        text = pattern.sub(mask, text)
    return text


class _Seen:
    """Texts at a glance: hardly anybody of many is in them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._text = "\n".join(texts)
        self._squeezed = "".join(self._text.split())
        self._digits = _NO_DIGIT.sub("", arabic_digits(self._text))

    def names(self, complainant: str) -> list[list[str]]:
        return [words for words in _names(complainant) if "".join(words) in self._squeezed]

    def numbers(self, telephone: str) -> list[str]:
        return [each for each in _numbers(telephone) if each in self._digits]

    def patterns(self, names: Iterable[Sequence[str]], numbers: Iterable[str]) -> list[Pattern]:
        many = len(self._digits) >= CITIZEN_DIGITS
        citizens = [(_CITIZEN, _citizen_masked)] if many and _CITIZEN.search(self._text) else []
        return [
            *citizens,  # before telephones, whose digits may stand inside one
            *((_name_pattern(words), MASK) for words in names),
            *((_number_pattern(each), NUMBER_MASK) for each in numbers),
        ]


def _patterns(complaint: Complaint, texts: Iterable[str]) -> list[Pattern]:
    """What is to be masked in a complaint's own texts, and by what."""
    seen = _Seen(texts)
    return seen.patterns(seen.names(complaint.complainant), seen.numbers(complaint.telephone))


def _is_telling(words: list[str]) -> bool:
    """Whether a name is long enough to be looked for in texts that are not its complaint's."""
    bare = _TITLES.sub("", "".join(words))
    return len(words) > 2 or len(bare) >= LEAST_LETTERS


def _citizen_masked(found: re.Match[str]) -> str:
    """Whoever's it is: thirteen digits whose last one checks the others (modulo 11) are somebody's own number."""
    digits = [int(digit) for digit in _NO_DIGIT.sub("", arabic_digits(found[0]))]
    total = sum(digit * weight for digit, weight in zip(digits[:-1], range(CITIZEN_DIGITS, 1, -1), strict=True))
    return CITIZEN_MASK if (11 - total % 11) % 10 == digits[-1] else found[0]


def _names(complainant: str) -> list[list[str]]:
    """The words of the name as it stands and without its title; one bare word ("ประชาชน", "สมชาย") is left alone."""
    words, bare = complainant.split(), _TITLES.sub("", complainant).split()
    titled = [words] if words != bare and bare else []
    return [*titled, bare] if len(bare) > 1 else titled


def _name_pattern(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\s*".join(map(re.escape, words)))


def _numbers(telephone: str) -> list[str]:
    """The telephone numbers of a field, each as its digits."""
    runs = _RUN.findall(arabic_digits(telephone))
    return [digits for run in runs if len(digits := _NO_DIGIT.sub("", run)) >= LEAST_DIGITS]


def _number_pattern(digits: str) -> re.Pattern[str]:
    """The digits in either script, with blanks, dots and dashes between them."""
    either = (f"[{digit}{chr(0x0E50 + int(digit))}]" for digit in digits)
    return re.compile(r"[\s.-]*".join(either))
