"""ประวัติของสำนักงาน: every operation on the whole register, newest first, a page at a time."""

from dataclasses import dataclass

from desktop.services.changes import officer
from desktop.services.complaint_history import NAMELESS, FieldChange, HistoryItem, bangkok_time
from desktop.services.desk import Desk
from desktop.services.history_words import changes_in_words, name_of_thing
from desktop.storage import history_queries
from desktop.storage.history_queries import NotedOperation
from desktop.storage.operations import HistoryRow

ON_A_PAGE = 50
MOST_LINES = 12  # fields told of one operation; an import has thousands


@dataclass(frozen=True)
class HistoryPage:
    """Some operations, newest first; ``older`` asks for the page after it, None: there is none."""

    items: tuple[HistoryItem, ...]
    older: int | None


def office_history(desk: Desk, before: int | None = None) -> HistoryPage:
    """The newest operations, or those older than a page told of."""
    connection = desk.register.connection
    found = history_queries.page_of_operations(connection, before, ON_A_PAGE + 1)
    shown = found[:ON_A_PAGE]
    items = (_item(each, history_queries.rows_of_operation(connection, each.number, MOST_LINES)) for each in shown)
    return HistoryPage(tuple(items), shown[-1].number if len(found) > ON_A_PAGE else None)


def operations_noted(desk: Desk) -> int:
    """How many operations the history holds."""
    return history_queries.count_operations(desk.register.connection)


def newest_noted(desk: Desk) -> int:
    """The newest operation, to be asked about later (``noted_without_name``)."""
    return history_queries.newest_operation(desk.register.connection)


def noted_without_name(desk: Desk, since: int) -> bool:
    """Whether changes have been noted under no officer's name since an operation, and there still is none."""
    if officer(desk) or not desk.register.writable:
        return False
    return history_queries.nameless_since(desk.register.connection, since)


def _item(noted: NotedOperation, rows: list[HistoryRow]) -> HistoryItem:
    named = [(name, row) for row in rows if (name := name_of_thing(row.kind, row.key))]
    things = list(dict.fromkeys(name for name, _ in named))
    parts = [f"{noted.action}: {noted.why}" if noted.why else noted.action]
    if len(things) == 1 and noted.things <= len(rows):
        parts.append(things[0])
    elif things:
        parts.append(f"{noted.things:,} รายการ")
    if noted.undone:
        parts.append("เลิกทำไปแล้ว")
    if noted.clock_back:
        parts.append("⚠ นาฬิกาเครื่องย้อนหลังกว่ารายการก่อน")
    return HistoryItem(
        when=bangkok_time(noted.at),
        who=noted.who or NAMELESS,
        what=" · ".join(parts),
        changes=tuple(_lines(named, many=len(things) > 1, unread=noted.things - len(rows))),
        operation=noted.number,
    )


def _lines(named: list[tuple[str, HistoryRow]], *, many: bool, unread: int) -> list[FieldChange]:
    """A line for each field, of several things with whose it is; what is too much is counted."""
    lines = [
        FieldChange(f"{name} · {change.field}" if many else change.field, change.old, change.new)
        for name, row in named
        for change in changes_in_words(row.kind, row.key, row.changes)
    ]
    left = len(lines) - MOST_LINES
    more = [f"และอีก {left:,} ช่อง"] if left > 0 else []
    more += [f"และอีก {unread:,} รายการ"] if unread > 0 else []
    return lines[:MOST_LINES] + [FieldChange(words, "", "") for words in more]
