"""Complaints of every shape by the thousand: hypothesis draws them, a seed makes them the same ones again."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from desktop.domain.complaint import Complaint, Entry, Mark, QualityItem, Reopening, Status
from desktop.exchange.cell_values import number_of
from desktop.exchange.refusals import CellRefused
from tests.exchange.register_complaints import LAST_DAY, complaints

AT_ONCE = 5
# What a spreadsheet would run, or take for something else than text; each stands in several fields.
FORMULAS = (
    "=1+1", "=cmd|' /C calc'!A0", "+66", "-5", "-5.25", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠a", "'=1", "''=1",
    '="a"&"b"', '=HYPERLINK("http://example.invalid")', "0012", "1e5", "TRUE", "#REF!", "#N/A", "28/1/2563", "{=A1}",
    "sep=;", 'a"b', '""', "ก,ข", "ก;ข", "http://example.invalid/a", "mailto:a@example.invalid", "<r>ก</r>", "_x0041_",
    "'", "1,234",
)  # fmt: skip
LINES = ("=1\n+2\n-3", "ก\n\nข", "\"ก\"\n'ข'", 'ก, "ข"\r\nค', "@ก\nsep=;\n=1")


def made_complaints(count: int, seeded: int) -> list[Complaint]:
    """``count`` complaints with numbers of their own: of the known dangers first, then drawn at random."""
    found = [_dangerous(place) for place in range(min(count, len(FORMULAS)))]
    taken = {each.number for each in found}

    @seed(seeded)
    @settings(
        max_examples=max(1, -(-(count - len(found)) // AT_ONCE)),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(complaints(), min_size=AT_ONCE, max_size=AT_ONCE))
    def draw(drawn: list[Complaint]) -> None:
        for each in drawn:
            number = each.number if _is_a_number(each.number) and each.number not in taken else f"{len(found)}/ซ้ำ"
            taken.add(number)
            found.append(replace(each, number=number))

    while len(found) < count:
        draw()
        seeded += 1
    return found[:count]


def _is_a_number(text: str) -> bool:
    """Whether the text is taken for a complaint number; 1.1E+12 has lost digits."""
    try:
        return number_of(text) == text
    except CellRefused:
        return False


def _dangerous(place: int) -> Complaint:
    """A complaint with a dangerous text wherever text goes, and every turn a complaint can take."""
    text, lines = FORMULAS[place], LINES[place % len(LINES)].replace("\r\n", "\n")
    day = date(2020, 1, 1 + place % 28)
    entries = (Entry(day, text), Entry(date(2020, 2, 14)), Entry(date(2020, 2, 28), text), Entry(date(2020, 3, 2)))
    made = Complaint(
        number=f"{place:03d}-{text}",
        notified=day,
        types=(text.replace(";", ":"), "ถนน"),
        **dict.fromkeys(("channel", "subject", "place", "unit", "complainant", "telephone"), text),
        **dict.fromkeys(("letter_number", "order_number"), text),
        **dict.fromkeys(("detail", "answer", "action", "coordination"), lines),
        marks={QualityItem.ORDER: Mark(None, text), QualityItem.FITS: Mark(True), QualityItem.TRUE: Mark(False, text)},
    )
    match place % 5:
        case 0:
            return made
        case 1:
            return replace(made, stated=(Status.IN_PROGRESS, Status.COMPLETED, Status.TRANSFERRED)[place % 3])
        case 2:
            pairs = (Reopening(date(2020, 2, 16), date(2020, 2, 20)),)
            worked = replace(made, accepted=day, first_report=entries[0], follow_ups=entries[1:], reopenings=pairs)
            return replace(worked, completed=date(2020, 3, 3))
        case 3:
            return replace(made, follow_ups=entries, transferred=LAST_DAY)
        case _:
            return replace(made, accepted=day, first_report=entries[0], stated=Status.COMPLETED)
