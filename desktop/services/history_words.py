"""What the history noted of each kind of thing, in the officer's words."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from desktop.domain.block_wording import revision_name
from desktop.domain.months import Month
from desktop.domain.thai_dates import short_date
from desktop.services.complaint_history import (
    BLANK,
    FIELD_NAMES,
    GONE,
    FieldChange,
    bangkok_time,
    field_changes,
    file_change,
)
from desktop.services.erasable import PERSONAL
from desktop.services.memo_words import GARUDA_SETTING, WORDS_SETTING
from desktop.services.outside_copies import DONE_SETTING, PLACE_SETTING

Values = Mapping[str, tuple[Any, Any]]
IN_ITS_HISTORY = "(ดูในประวัติของเรื่อง)"  # who complained is seen there, and that it was seen is noted
STARTING = "(ค่าเริ่มต้น)"
_SETTINGS = {
    "officer": "ชื่อเจ้าหน้าที่",
    PLACE_SETTING: "ที่เก็บสำเนานอกเครื่อง",
    DONE_SETTING: "เวลาทำสำเนานอกเครื่อง",
    WORDS_SETTING: "ถ้อยคำบันทึกข้อความ",
    GARUDA_SETTING: "ภาพตราครุฑ",
}
_NAMES = {
    "core_types": "ประเภทเรื่องหลัก", "closed": "วันนี้เป็น", "why": "เหตุผล", "value": "ค่า", "sent_on": "วันนำส่ง",
    "letter": "เลขที่หนังสือ",
    "began": "เริ่มขัดข้อง", "ended": "ใช้ได้อีกครั้ง", "what": "อะไรขัดข้อง", "noted_by": "ผู้บันทึก",
    "signer": "ผู้ลงนาม", "way": "วิธีลงนาม", "rows": "จำนวนเรื่อง", "file": "แฟ้ม", "moved_aside": "ชุดเดิมย้ายไปที่",
    "fields": "ช่องที่ลบ",
    "accept_working_days": "ตอบรับภายใน (วันทำการ)", "first_report_working_days": "รายงานครั้งที่ 1 ภายใน (วันทำการ)",
    "checkpoint_days": "วันติดตามผล", "february_ends_on_working_day": "กุมภาพันธ์ใช้วันทำการสุดท้าย",
    "follow_up_within": "ติดตามก่อนวันติดตามผลได้ไม่เกิน (วัน)", "send_by_day": "ส่งรายงานภายในวันที่",
    "process_points": "คะแนนกระบวนการ", "quality_points": "คะแนนคุณภาพ", "core_types_at_most": "ประเภทเรื่องหลักไม่เกิน",
    "quality_items": "รายการคุณภาพ",
    "begins": "เริ่มต้นโครงการ", "ends": "สิ้นสุดโครงการ", "name": "ชื่อโครงการ/กิจกรรม", "code": "รหัสโครงการ",
    "budget": "งบประมาณที่ได้รับ", "spent": "งบประมาณที่ใช้ไป", "office": "หน่วยงานที่รับผิดชอบ",
    "responsible": "ชื่อผู้รับผิดชอบ", "responsible_telephone": "โทร. ผู้รับผิดชอบ", "coordinator": "ผู้ประสานงาน สยป.",
    "coordinator_telephone": "โทร. ผู้ประสานงาน", "position": "ตำแหน่ง", "rationale": "1.3 หลักการและเหตุผล",
    "objectives": "1.4 วัตถุประสงค์", "target": "1.5 เป้าหมาย ร้อยละ", "strategy": "ประเด็นยุทธศาสตร์",
    "sub_strategy": "ประเด็นยุทธศาสตร์ย่อย", "goal": "เป้าหมายที่", "indicator": "ตัวชี้วัด",
}  # fmt: skip
_TOLD = {  # the fields of each kind that say something to an officer
    "calendar": ("closed", "why"),
    "sent": ("sent_on", "letter"),
    "issued_report": ("why",),
    "outage": ("began", "ended", "what", "noted_by"),
    "signed_copy": ("signer", "way"),
    "export": ("rows",),
    "backup": ("file",),
    "restore": ("file", "moved_aside"),
    "erasure": ("fields",),
}
_WAYS = {"certificate": "ใบรับรองอิเล็กทรอนิกส์", "picture": "ภาพลายมือชื่อ"}


def name_of_thing(kind: str, key: str) -> str:
    """What an officer calls a thing; blank for what only the program speaks of."""
    called = _CALLED.get(kind)
    return "" if called is None else called(key)


def changes_in_words(kind: str, key: str, changes: Values) -> tuple[FieldChange, ...]:
    """What became of its fields."""
    match kind:
        case "complaint":
            return tuple(map(_without_person, field_changes(changes)))
        case "attachment":
            return file_change(changes)
        case "fiscal_year":
            return tuple(_year_changes(changes))
        case "setting":
            old, new = changes.get("value", (None, None))
            return (FieldChange("ค่า", _setting(key, old), _setting(key, new)),) if key in _SETTINGS else ()
    return tuple(_changed(name, *changes[name]) for name in _TOLD.get(kind, ()) if name in changes)


def _changed(name: str, old: Any, new: Any) -> FieldChange:
    return FieldChange(_NAMES[name], _value(name, old), _value(name, new))


_PERSONS = {FIELD_NAMES[name] for name in PERSONAL}


def _without_person(change: FieldChange) -> FieldChange:
    if change.field not in _PERSONS:
        return change
    old, new = (value if value in (BLANK, GONE) else IN_ITS_HISTORY for value in (change.old, change.new))
    return FieldChange(change.field, old, new)


def _year_changes(changes: Values) -> list[FieldChange]:
    """Rules and project of a fiscal year, field by field; of a new year that it begins."""
    found = []
    for part in ("rules", "project"):
        old, new = changes.get(part, (None, None))
        if old and new:
            names = [name for name in _NAMES if old.get(name) != new.get(name)]
            found += [
                FieldChange(_NAMES[each], _value(each, old.get(each)), _value(each, new.get(each))) for each in names
            ]
        elif part in changes:
            words = {"rules": "เกณฑ์ของปี", "project": "ข้อมูลโครงการ"}[part]
            found.append(FieldChange(words, STARTING if old else BLANK, STARTING if new else BLANK))
    if "core_types" in changes:
        found.append(_changed("core_types", *changes["core_types"]))
    return found


def _setting(key: str, value: str | None) -> str:
    if not value:
        return BLANK
    if key == GARUDA_SETTING:
        return "(ภาพ)"
    if key == DONE_SETTING:
        return bangkok_time(datetime.fromisoformat(value))
    if key == WORDS_SETTING:
        return "\n".join(each for each in json.loads(value).values() if each)
    return value


def _value(name: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return BLANK
    spelled = _SPELLED.get(name)
    if spelled is not None:
        return spelled(value)
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่ใช่"
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def _day(iso: str) -> str:
    return short_date(date.fromisoformat(iso))


def _wall_clock(iso: str) -> str:
    at = datetime.fromisoformat(iso)
    return f"{short_date(at.date())} {at:%H.%M} น."


_SPELLED: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(("sent_on", "begins", "ends"), _day),
    **dict.fromkeys(("began", "ended"), _wall_clock),
    "closed": lambda closed: "วันหยุด" if closed else "วันทำการ",
    "way": lambda way: _WAYS.get(way, way),
    "fields": lambda names: ", ".join(FIELD_NAMES.get(name, name) for name in names),
    "checkpoint_days": lambda days: ", ".join(map(str, days)),
    "core_types": ", ".join,
    "quality_items": lambda items: f"{len(items)} รายการ",
}


def _report(key: str) -> str:
    month, _, revision = key.partition("/")
    year, number = map(int, month.split("-"))
    return f"รายงานเดือน{Month(year, number).thai} {revision_name(int(revision))}"


def _file_owner(key: str) -> str:
    kind, _, rest = key.partition("/")
    owner = rest.rpartition("/")[0]
    return f"เรื่อง {owner}" if kind == "complaint" else f"ระบบขัดข้องครั้งที่ {owner}"


_CALLED: dict[str, Callable[[str], str]] = {
    "complaint": "เรื่อง {}".format,
    "view": "เรื่อง {}".format,
    "fiscal_year": "ปีงบประมาณ {}".format,
    "calendar": _day,
    "setting": lambda key: _SETTINGS.get(key, ""),
    "sent": _report,
    "issued_report": _report,
    "attachment": _file_owner,
    "outage": "ระบบขัดข้องครั้งที่ {}".format,
    "signed_copy": lambda key: "สำเนาที่ลงนาม",
    "export": str,
    "backup": lambda key: "สำเนานอกเครื่อง",
    "restore": lambda key: "ทั้งทะเบียน",
    "erasure": lambda key: f"เรื่อง {key.removeprefix('complaint/')}" if key.startswith("complaint/") else "",
}
