"""Complaints whose every text is strange, typed into a register, and what its tables hold of them afterwards."""

import random
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.complaint import Complaint, Entry, Mark, QualityItem
from desktop.services.changes import Change, apply
from desktop.services.complaint_work import clean_line, cleaned, problem_with
from desktop.services.desk import Desk
from tests.papers.strange_texts import endless_text, strange_text

ON = date(2020, 1, 28)
NOTIFIED, ACCEPTED, REPORTED, FOLLOWED = (date(2020, 1, day) for day in (6, 7, 8, 14))
OF_EACH = 14  # strange texts in a complaint, about
ENDLESS_EVERY = 2_000  # texts
LONG = 3_000  # letters of a cell that goes over several pages
# Letters of a cell at the most, so that a row of the list is no taller than half a page and goes to the next one whole.
MOST_LETTERS = {"subject": 300, "place": 250, "unit": 200, "channel": 300}
A_TYPE, A_LINE, A_NUMBER = 60, 300, 40
TEXT_COLUMNS = (
    "number", "channel", "subject", "detail", "place", "unit", "complainant", "telephone", "answer", "letter_number",
    "order_number", "action", "coordination",
)  # fmt: skip


@dataclass(frozen=True)
class Stored:
    """A complaint's texts as the register's own tables hold them."""

    texts: dict[str, str]
    types: tuple[str, ...]
    entries: tuple[str, ...]
    reason: str

    @property
    def worked(self) -> bool:
        """Whether it was taken and followed up, or left lying."""
        return bool(self.entries)


class Writer:
    """Makes complaints of strange texts, and counts them."""

    def __init__(self, chance: random.Random, bait: str) -> None:
        self._chance, self.bait = chance, bait
        self.made = 0

    def text(self) -> str:
        """The next text."""
        made = strange_text(self._chance, self.bait)
        if self.made % ENDLESS_EVERY == ENDLESS_EVERY // 2:
            made = endless_text(self._chance)
        self.made += 1
        return made

    def complaint(self, serial: int) -> Complaint:
        """A complaint as it was typed; every other one is taken and followed up."""
        plain = serial % 3 != 0
        named = f"{serial:05d}" if plain else f"{serial:05d} {self.text()[:A_NUMBER]}"
        types = tuple(self.text()[:A_TYPE].replace(";", ",") for _ in range(self._chance.choice((1, 1, 2))))
        texts = {name: self.text() for name in MOST_LETTERS}
        if any(len(text) > LONG for text in texts.values()):  # the only one of its row that the pages tear
            types, texts = ("สั้น",), {name: text if len(text) > LONG else "สั้น" for name, text in texts.items()}
        else:
            texts = {name: text[: MOST_LETTERS[name]] for name, text in texts.items()}
        made = Complaint(number=named, notified=NOTIFIED, types=types, **texts)
        if not plain:
            return made
        # the name begins as no text does, so that masking finds it nowhere
        made = replace(
            made,
            complainant=f"ผู้ร้องสมมุติ{self.text()[:A_LINE]}",
            telephone=re.sub(r"\d", "x", self.text()[:A_LINE]),
            **{name: self.text() for name in ("detail", "answer", "action", "coordination")},
            letter_number=self.text()[:A_LINE],
            order_number=self.text()[:A_LINE],
            marks={QualityItem.ORDER: Mark(None, f"เพราะ {self.text()}")},
        )
        if serial % 2 == 0:
            return made
        entries = (Entry(REPORTED, self.text()), Entry(FOLLOWED, self.text()))
        return replace(made, accepted=ACCEPTED, first_report=entries[0], follow_ups=entries[1:])


def fill(desk: Desk, writer: Writer, many: int) -> None:
    """Complaints as typed, cleaned by the same door as the window's."""
    typed = [writer.complaint(serial) for serial in range(1, many + 1)]
    for each in typed:
        assert problem_with(desk, each) is None
    apply(desk, "เพิ่มเรื่องใหม่", [Change(None, _with_clean_reasons(cleaned(each))) for each in typed])


def _with_clean_reasons(each: Complaint) -> Complaint:
    marks = {item: Mark(mark.ticked, clean_line(mark.not_applicable)) for item, mark in each.marks.items()}
    return replace(each, marks=marks)


def stored(desk: Desk) -> list[Stored]:
    """Every complaint's texts by SQL, in order of number."""
    path = desk.register.folder / "register.sqlite"
    found = []
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as tables:
        rows = tables.execute(f"SELECT id, {', '.join(TEXT_COLUMNS)} FROM complaint").fetchall()
        for identity, *texts in rows:
            parts = [
                tuple(text for (text,) in tables.execute(f"SELECT {what} WHERE complaint = ? {order}", (identity,)))
                for what, order in (
                    ("name FROM complaint_type", "ORDER BY position"),
                    ("text FROM entry", "ORDER BY position"),
                    ("not_applicable FROM quality_item", ""),
                )
            ]
            found.append(
                Stored(
                    dict(zip(TEXT_COLUMNS, (text or "" for text in texts), strict=True)),
                    parts[0],
                    parts[1],
                    *parts[2] or ("",),
                )
            )
    return sorted(found, key=lambda each: each.texts["number"])
