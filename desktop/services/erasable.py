"""What of a complaint can be erased by law, and what stands where it was: in the complaint, and in its history.

Of entries and quality items the words alone: days, ticks and that an item does not apply stay, and with them every
deadline and figure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from desktop.domain.complaint import Complaint, Entry, Mark
from desktop.domain.evidence import OF_COMPLAINT, Attachment
from desktop.services.complaint_history import FIELD_NAMES, GONE
from desktop.services.desk import CannotDo, Desk
from desktop.services.history_values import plain_fields
from desktop.storage import attachments, complaints, operations
from desktop.storage.register import Connection

PERSONAL = ("complainant", "telephone")  # the fields that name a person by themselves
_WHOLE = (*PERSONAL, "subject", "detail", "place", "answer", "action", "coordination")
ERASABLE_NAMES = {name: FIELD_NAMES[name] for name in _WHOLE} | {
    "first_report": "ข้อความในรายงานครั้งที่ 1",
    "follow_ups": "ข้อความในการติดตามผล",
    "marks": "เหตุผลในรายการคุณภาพ",
}
ERASED = {"erased": True}  # what stands in the history where a value was
_HASH = 64  # letters of a SHA-256 at the end of an attachment's key


@dataclass(frozen=True)
class Erasable:
    """What a complaint and its history still hold: fields, in their order, and files, those attached now first."""

    fields: tuple[str, ...]
    files: tuple[Attachment, ...]
    attached: int  # so many of the files; the rest was taken off


def erasable_of(desk: Desk, number: str) -> Erasable:
    """What can be erased of a complaint, in the register or taken back; raises CannotDo when nobody knows it."""
    connection = desk.register.connection
    stored = complaints.by_number(connection, number)
    rows = operations.values_of(connection, "complaint", number)
    if stored is None and not rows:
        raise CannotDo(f"ไม่มีเรื่องเลขที่รับแจ้ง “{number}” ในทะเบียนและในประวัติ โปรดตรวจเลขที่")
    held = {name for _, changes in rows for name, pair in changes.items() if any(_holds(name, each) for each in pair)}
    if stored is not None:
        held |= {name for name, value in plain_fields(stored).items() if _holds(name, value)}
    there = attachments.of_owner(connection, OF_COMPLAINT, number)
    files = [*there, *_taken_off(connection, number, {each.sha256 for each in there})]
    return Erasable(tuple(name for name in ERASABLE_NAMES if name in held), tuple(files), len(there))


def without(name: str, value: Any) -> Any:
    """A field's value, as the history spells it, without what is erased of it; a blank one stays blank."""
    if not value or value == ERASED:
        return value
    match name:
        case "first_report":
            return _entry_without(value)
        case "follow_ups":
            return [_entry_without(each) for each in value]
        case "marks":
            return {
                item: [ticked, reason if reason == GONE else _gone(reason)] for item, (ticked, reason) in value.items()
            }
    return ERASED


def blanked(stored: Complaint, fields: Iterable[str]) -> Complaint:
    """A complaint without what is erased of it; an item that does not apply still does not."""
    new: dict[str, Any] = dict.fromkeys(fields, "")
    if "first_report" in new:
        new["first_report"] = stored.first_report and Entry(stored.first_report.day)
    if "follow_ups" in new:
        new["follow_ups"] = tuple(Entry(each.day) for each in stored.follow_ups)
    if "marks" in new:
        new["marks"] = {
            item: Mark(mark.ticked, GONE if mark.not_applicable else "") for item, mark in stored.marks.items()
        }
    return replace(stored, **new)


def is_erased(value: Any) -> bool:
    """Whether something of a value, as the history spells it, was erased."""
    if value == ERASED:
        return True
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return any(map(is_erased, inside))


def _entry_without(entry: Any) -> Any:
    day, text = entry
    return [day, _gone(text)]


def _gone(value: Any) -> Any:
    return value and ERASED


def _holds(name: str, value: Any) -> bool:
    return name in ERASABLE_NAMES and without(name, value) != value


def _taken_off(connection: Connection, number: str, there: set[str]) -> list[Attachment]:
    """The files a complaint once had, as the history tells of them, but for those that were erased."""
    beginning = f"{OF_COMPLAINT}/{number}/"
    found = []
    for key in operations.keys_of(connection, "attachment", beginning):
        if len(key) == len(beginning) + _HASH and key[-_HASH:] not in there:
            told = [changes for _, changes in operations.values_of(connection, "attachment", key)]
            found += [_file_of(changes) for changes in reversed(told) if _is_named(changes)][:1]
    return sorted(found, key=lambda file: (file.added_at, file.sha256))


def _is_named(changes: dict[str, tuple[Any, Any]]) -> bool:
    return any(isinstance(name, str) for name in changes.get("name", ()))


def _file_of(changes: dict[str, tuple[Any, Any]]) -> Attachment:
    """A file as the row tells it that noted its coming or going."""
    told = {name: old if new is None else new for name, (old, new) in changes.items()}
    return Attachment(**(told | {"added_at": datetime.fromisoformat(told["added_at"])}))
