"""Papers for the office's own work, as values: the 15th/30th round, one complaint, the list on screen, today's work.

A complainant's name and telephone number stand in them only where somebody asked for them; else those fields are blank.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RoundLine:
    """A complaint to follow up in the field; ``latest`` is its last entry in words, ``due`` its next due day."""

    number: str
    due: date
    types: tuple[str, ...]
    subject: str
    place: str
    latest: str
    complainant: str = ""
    telephone: str = ""


@dataclass(frozen=True)
class RoundGroup:
    """The complaints of one unit, in the order of their places; a blank unit: none was noted."""

    unit: str
    lines: tuple[RoundLine, ...]


@dataclass(frozen=True)
class RoundSheet:
    """รอบติดตามวันที่ 15/30: what each unit carries into the field."""

    office: str
    checkpoint: date
    printed_on: date
    groups: tuple[RoundGroup, ...]


@dataclass(frozen=True)
class Fact:
    """A field of a complaint: its name and what stands in it."""

    label: str
    text: str


@dataclass(frozen=True)
class Turn:
    """A place on a complaint's line of time, in words; ``due`` and ``done`` are blank where there is none."""

    title: str
    due: str
    done: str
    state: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ComplaintSheet:
    """One complaint with all its fields and its line of time, as seen on ``on``."""

    office: str
    number: str
    on: date
    printed_on: date
    facts: tuple[Fact, ...]
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class ListColumn:
    """A column of a list: its heading and its share of the page's width."""

    title: str
    share: float


@dataclass(frozen=True)
class ListSheet:
    """What is on the screen, as texts; ``remark`` says what was searched or left out."""

    office: str
    title: str
    remark: str
    printed_on: date
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class WorkLine:
    """One thing to do: what and by when, for which complaint."""

    what: str
    number: str
    subject: str
    place: str
    unit: str


@dataclass(frozen=True)
class WorkGroup:
    """Things equally urgent."""

    title: str
    lines: tuple[WorkLine, ...]


@dataclass(frozen=True)
class WorkSheet:
    """วันนี้ต้องทำอะไร: the day's work, the most urgent first; ``reports`` are the monthly reports not sent, in words."""

    office: str
    on: date
    groups: tuple[WorkGroup, ...]
    reports: tuple[str, ...] = ()
