"""What happened to a complaint, newest first, in the officer's words: when, who, what, each field's old and new."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from desktop.domain.complaint import Mark, QualityItem, Status
from desktop.domain.thai_dates import BANGKOK, short_date
from desktop.services.desk import Desk
from desktop.storage import history_queries
from desktop.storage.operations import HistoryRow

FIELD_NAMES = {
    "number": "เลขที่รับแจ้ง",
    "notified": "วันที่แจ้ง",
    "channel": "ช่องทาง",
    "types": "ประเภทเรื่อง",
    "subject": "เรื่อง",
    "detail": "รายละเอียด",
    "place": "สถานที่",
    "unit": "หน่วยงานที่รับผิดชอบ",
    "complainant": "ผู้ร้อง",
    "telephone": "โทรศัพท์",
    "stated": "สถานะที่แจ้งไว้",
    "accepted": "วันที่ตอบรับ",
    "first_report": "รายงานครั้งที่ 1",
    "follow_ups": "การติดตามผล",
    "completed": "วันที่แล้วเสร็จ",
    "reopenings": "การเปิดเรื่องใหม่",
    "transferred": "วันที่ส่งต่อ",
    "answer": "ผลการดำเนินการ",
    "letter_number": "เลขที่หนังสือ",
    "order_number": "เลขที่คำสั่ง",
    "action": "รายละเอียดการดำเนินการ",
    "coordination": "รายละเอียดการประสานงาน",
    "marks": "คุณภาพ",
}
BLANK = "(ว่าง)"
GONE = "(ลบแล้วตามกฎหมาย)"
FILE = "แฟ้มแนบ"
PRINTED, COPIED = "พิมพ์เรื่อง {}", "แฟ้มแนบของเรื่อง {}"  # keys of the notes of what left of one complaint
NAMELESS = "ไม่ได้ระบุชื่อ"
_DAYS = {"notified", "accepted", "completed", "transferred"}


@dataclass(frozen=True)
class FieldChange:
    """One field's old and new value, in plain words; a field of several lines keeps them."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class HistoryItem:
    """What one operation did to one complaint."""

    when: str  # Bangkok date and time, พ.ศ.
    who: str
    what: str  # the operation's word, and why when somebody said so
    changes: tuple[FieldChange, ...]
    operation: int = 0  # what an undo takes back


def history_of_complaint(desk: Desk, number: str) -> list[HistoryItem]:
    """Every operation on a complaint and its attached files, newest first."""
    rows = history_queries.of_complaint(
        desk.register.connection, number, (PRINTED.format(number), COPIED.format(number))
    )
    return [_item(list(of_one)) for _, of_one in groupby(rows, lambda row: row.operation)]


def _item(rows: list[HistoryRow]) -> HistoryItem:
    """What one operation did to a complaint; several files attached at once are one item."""
    head = rows[0]
    return HistoryItem(
        when=bangkok_time(head.at),
        who=head.who or NAMELESS,
        what=f"{head.action}: {head.why}" if head.why else head.action,
        changes=tuple(change for row in reversed(rows) for change in _changes(row)),
        operation=head.operation,
    )


def _changes(row: HistoryRow) -> tuple[FieldChange, ...]:
    if row.kind == "export":
        return ()
    return file_change(row.changes) if row.kind == "attachment" else field_changes(row.changes)


def field_changes(changes: Mapping[str, tuple[Any, Any]]) -> tuple[FieldChange, ...]:
    """What became of the fields of a complaint."""
    return tuple(
        FieldChange(FIELD_NAMES.get(name, name), _shown(name, old), _shown(name, new))
        for name, (old, new) in changes.items()
    )


def file_change(changes: Mapping[str, tuple[Any, Any]]) -> tuple[FieldChange, ...]:
    """A file that came or went, by its name; one whose name was erased by law is told as that."""
    before, after = changes.get("sha256", (None, None))
    named = changes.get("name", ({"erased": True}, {"erased": True}))
    old, new = (_shown("name", name) if there else BLANK for there, name in zip((before, after), named, strict=True))
    return (FieldChange(FILE, old, new),) if before or after else ()


def bangkok_time(at: datetime) -> str:
    """``28 ม.ค. 2563 14.05 น.`` of a moment in UTC."""
    here = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(BANGKOK)
    return f"{short_date(here.date())} {here:%H.%M} น."


def _shown(name: str, value: Any) -> str:
    """A field's value as ``history_values`` spelled it, in the officer's words."""
    if value in (None, "", [], {}):
        return BLANK
    return GONE if value == {"erased": True} else _told(name, value)


def _told(name: str, value: Any) -> str:
    if name in _DAYS:
        return _day(value)
    match name:
        case "stated":
            return Status[value.upper()].value
        case "types":
            return ", ".join(value)
        case "first_report":
            return _entry(value)
        case "follow_ups":
            return "\n".join(_entry(each) for each in value)
        case "reopenings":
            return "\n".join(f"แล้วเสร็จ {_day(done)} เปิดใหม่ {_day(opened)}" for done, opened in value)
        case "marks":
            return "\n".join(_mark(code, Mark(ticked, _words(reason))) for code, (ticked, reason) in value.items())
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _day(iso: str) -> str:
    return short_date(date.fromisoformat(iso))


def _entry(value: tuple[str, str]) -> str:
    day, text = value
    return f"{_day(day)} {_words(text)}".strip()


def _words(value: Any) -> str:
    """A text inside a value, which may have been erased alone."""
    return GONE if value == {"erased": True} else str(value)


def _mark(code: str, mark: Mark) -> str:
    name = QualityItem[code.upper()].value
    if mark.not_applicable:
        return f"{name}: ไม่เกี่ยวข้อง เพราะ{mark.not_applicable}"
    return f"{name}: {'ใช่' if mark.ticked else 'ไม่ใช่'}"
