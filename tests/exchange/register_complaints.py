"""Complaints of every possible shape for hypothesis: days in order, texts as nasty as cleaning lets them be."""

from datetime import date, timedelta

from hypothesis import strategies as st

from desktop.domain.complaint import TICKED_ITEMS, Complaint, Entry, Mark, QualityItem, Reopening, Status
from desktop.domain.thai_text import clean_line, clean_text

LAST_DAY = date(2020, 9, 30)
_NASTY = [
    "=1+1", "+66", "-5", "@SUM(A1)", "＝1", "'=x", "''=x", "'ปกติ", "#REF!", "#N/A", "'#N/A", "<r>ก</r>", "<b>", "&amp;",
    "_x000D_", "_x0041_x0042_", '"', ",", ";", "|", "%3B", "%25", "50%", "'; DROP TABLE", "sep=;", "na:", "a=b:c;d",
    ">", "กำ", "ก\u0e4dา", "น้ำ", "😀", "\u202eabc", "\x00", "\t", "0012", "1.10", "TRUE", "28/1/2563", "เธ", "à¸",
    "\u00a0", "NULL", "ก่่่่่่่", "\\", "]]>", "\r\n", "\n\n", "ํ",
]  # fmt: skip
_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffd")
_PIECES = st.one_of(st.sampled_from(_NASTY), st.text(_CHARACTERS, max_size=6), st.text("กขคเแำ้่ั ิ", max_size=8))
RAW_TEXTS = st.lists(_PIECES, max_size=5).map("".join)


def settled(clean, text):  # cleaned until it stays
    while (again := clean(text)) != text:
        text = again
    return text


LINES = RAW_TEXTS.map(lambda text: settled(clean_line, text))
LONG_TEXTS = RAW_TEXTS.map(lambda text: settled(clean_text, text))
REASONS = LINES.filter(bool)
TYPES = RAW_TEXTS.map(lambda text: settled(clean_line, text.replace(";", ""))).filter(bool)


@st.composite
def marks(draw):
    found = {}
    for item in draw(st.sets(st.sampled_from(QualityItem))):
        ticks = st.sampled_from([None, True, False]) if item in TICKED_ITEMS else st.none()
        mark = Mark(draw(ticks), draw(st.one_of(st.just(""), REASONS)))
        if mark != Mark():
            found[item] = mark
    return found


def _cut(draw, start, most):
    """Days from a start on, in order, none after the last day."""
    days = []
    for _ in range(draw(st.integers(0, most))):
        start = min(start + timedelta(draw(st.integers(0, 40))), LAST_DAY)
        days.append(start)
    return days


@st.composite
def complaints(draw, number=None):
    notified = draw(st.dates(date(1941, 1, 1), LAST_DAY))
    present = notified
    accepted = None
    if draw(st.booleans()):
        present = accepted = min(present + timedelta(draw(st.integers(0, 9))), LAST_DAY)
    days = []
    reopenings = []
    for _ in range(draw(st.integers(0, 2))):
        days += _cut(draw, present, 2)
        completed = max([present, *days])
        present = min(completed + timedelta(draw(st.integers(0, 30))), LAST_DAY)
        reopenings.append(Reopening(completed, present))
    days += _cut(draw, present, 3)
    present = max([present, *days])
    entries = [Entry(day, draw(LINES)) for day in days]
    first = entries.pop(0) if entries and draw(st.booleans()) else None
    completed = draw(st.sampled_from([None, present]))
    transferred = draw(st.sampled_from([None, None, present]))
    return Complaint(
        number=number or draw(LINES.filter(bool)),
        notified=notified,
        channel=draw(LINES),
        types=tuple(draw(st.lists(TYPES, unique=True, max_size=3))),
        subject=draw(LINES),
        detail=draw(LONG_TEXTS),
        place=draw(LINES),
        unit=draw(LINES),
        complainant=draw(LINES),
        telephone=draw(LINES),
        accepted=accepted,
        first_report=first,
        follow_ups=tuple(entries),
        completed=completed,
        reopenings=tuple(reopenings),
        transferred=transferred,
        answer=draw(LONG_TEXTS),
        letter_number=draw(LINES),
        order_number=draw(LINES),
        action=draw(LONG_TEXTS),
        coordination=draw(LONG_TEXTS),
        marks=draw(marks()),
        stated=_stated(draw, completed, transferred, accepted is not None or bool(days) or bool(reopenings)),
    )


def _stated(draw, completed, transferred, has_days):
    if transferred is not None:
        return None
    possible = [None, Status.TRANSFERRED]
    if completed is None:
        possible.append(Status.COMPLETED)
        if not has_days:
            possible.append(Status.IN_PROGRESS)
    return draw(st.sampled_from(possible))
