"""Complaints fit to leave the office: without complainant and telephone, in their own fields and inside other texts."""

import re
from dataclasses import replace

from desktop.domain.complaint import Complaint
from desktop.domain.thai_dates import arabic_digits

MASK = "(ผู้ร้อง)"
NUMBER_MASK = "(โทรศัพท์ผู้ร้อง)"
LEAVING = ("subject", "place", "unit")  # the typed texts that the month's papers show
LEAST_DIGITS = 9  # of a telephone number; shorter ones are house numbers as often as not
_RUN, _NO_DIGIT = re.compile(r"\d[\d\s.-]*"), re.compile(r"\D")
_TITLES = re.compile(r"^(นางสาว|นาง|นาย|น\.ส\.|ด\.ช\.|ด\.ญ\.|เด็กชาย|เด็กหญิง|คุณ|ดร\.|ว่าที่ ร\.ต\.)\s*")


def without_complainant(complaint: Complaint) -> Complaint:
    """The complaint with both fields blank, and with the same name or number masked where it was typed elsewhere."""
    patterns = _patterns(complaint)
    texts = {name: _masked(getattr(complaint, name), patterns) for name in LEAVING} if patterns else {}
    return replace(complaint, complainant="", telephone="", **texts)  # type: ignore[arg-type]


def names_complainant(complaint: Complaint) -> bool:
    """Whether one of the texts that leave the office says who complained."""
    patterns = _patterns(complaint)
    return any(_masked(getattr(complaint, name), patterns) != getattr(complaint, name) for name in LEAVING)


def _patterns(complaint: Complaint) -> list[tuple[re.Pattern[str], str]]:
    """What is to be masked in its texts, and by what; a glance first: hardly any complaint needs it."""
    text = "\n".join(getattr(complaint, name) for name in LEAVING)
    squeezed, digits = "".join(text.split()), _NO_DIGIT.sub("", arabic_digits(text))
    names = (words for words in _names(complaint.complainant) if "".join(words) in squeezed)
    numbers = (each for each in _numbers(complaint.telephone) if each in digits)
    return [
        *((_name_pattern(words), MASK) for words in names),
        *((_number_pattern(each), NUMBER_MASK) for each in numbers),
    ]


def _names(complainant: str) -> list[list[str]]:
    """The words of the name as it stands and without its title; one bare word ("ประชาชน", "สมชาย") is left alone."""
    words, bare = complainant.split(), _TITLES.sub("", complainant).split()
    titled = [words] if words != bare and bare else []
    return [*titled, bare] if len(bare) > 1 else titled


def _name_pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"\s*".join(map(re.escape, words)))


def _numbers(telephone: str) -> list[str]:
    """The telephone numbers of a field, each as its digits."""
    runs = _RUN.findall(arabic_digits(telephone))
    return [digits for run in runs if len(digits := _NO_DIGIT.sub("", run)) >= LEAST_DIGITS]


def _number_pattern(digits: str) -> re.Pattern[str]:
    """The digits in either script, with blanks, dots and dashes between them."""
    either = (f"[{digit}{chr(0x0E50 + int(digit))}]" for digit in digits)
    return re.compile(r"[\s.-]*".join(either))


def _masked(text: str, patterns: list[tuple[re.Pattern[str], str]]) -> str:
    for pattern, mask in patterns:
        text = pattern.sub(mask, text)
    return text
