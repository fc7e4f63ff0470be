"""What the list says of each complaint today: where its next obligation stands, and how many working days away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.obligations import NextObligation
from desktop.services.complaint_list import due_of, rows, starting_filter
from desktop.services.desk import Desk
from desktop.storage.list_queries import Due, ListFilter, ListRow, SortBy

__all__ = [
    "Due",
    "ListFilter",
    "ListLine",
    "ListLines",
    "ListRow",
    "SortBy",
    "as_of_today",
    "numbers_of",
    "whole_register",
]


@dataclass(frozen=True)
class ListLine:
    """A row with its due state; ``days`` are working days past the due day, or left until the day to act."""

    row: ListRow
    due: Due
    days: int


class ListLines:
    """The lines of one filter: working days between the same two days are counted once."""

    def __init__(self, desk: Desk, wanted: ListFilter) -> None:
        self._desk = desk
        self._wanted = wanted
        self._counted: dict[tuple[date, date], int] = {}

    def of(self, identities: Sequence[int]) -> list[ListLine]:
        """The lines of some ids, in their order."""
        return [self._line(row) for row in rows(self._desk, identities)]

    def _line(self, row: ListRow) -> ListLine:
        due = due_of(row.next, self._wanted)
        return ListLine(row, due, 0 if row.next is None else self._days(row.next, due))

    def _days(self, owed: NextObligation, due: Due) -> int:
        today = self._wanted.today
        span = (owed.due, today) if due is Due.OVERDUE else (today, owed.act_by)
        if span not in self._counted:
            self._counted[span] = self._desk.calendar.working_days_between(*span)
        return self._counted[span]


def as_of_today(desk: Desk, wanted: ListFilter) -> ListFilter:
    """The same filter with the days of the desk's today."""
    today = starting_filter(desk)
    return replace(wanted, today=today.today, soon_until=today.soon_until)


def whole_register(desk: Desk) -> ListFilter:
    """Every complaint, by number."""
    return replace(starting_filter(desk), sort_by=SortBy.NUMBER)


def numbers_of(desk: Desk, identities: Sequence[int]) -> list[str]:
    """The complaint numbers of some ids, in their order."""
    found: list[str] = []
    for start in range(0, len(identities), 1000):
        found += [row.number for row in rows(desk, identities[start : start + 1000])]
    return found
