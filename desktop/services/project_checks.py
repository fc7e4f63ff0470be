"""The project record as typed: cleaned, checked, and what of it is still blank on the form."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop.domain.project_record import ProjectRecord
from desktop.domain.thai_dates import short_date
from desktop.domain.thai_text import clean_line

LINES = {
    "name": "ชื่อโครงการ/กิจกรรม",
    "code": "รหัสโครงการ",
    "office": "หน่วยงานที่รับผิดชอบ",
    "responsible": "ชื่อผู้รับผิดชอบ",
    "responsible_telephone": "โทร. ผู้รับผิดชอบ",
    "coordinator": "ผู้ประสานงาน สยป.",
    "coordinator_telephone": "โทร. ผู้ประสานงาน",
    "position": "ตำแหน่ง",
    "strategy": "ประเด็นยุทธศาสตร์",
    "sub_strategy": "ประเด็นยุทธศาสตร์ย่อย",
    "goal": "เป้าหมายที่",
    "indicator": "ตัวชี้วัด",
}  # fields of one line, with the form's words for them
PARAGRAPHS = {"rationale": "1.3 หลักการและเหตุผล", "objectives": "1.4 วัตถุประสงค์ของโครงการ"}


def cleaned_project(project: ProjectRecord) -> ProjectRecord:
    """The record with its texts cleaned; a paragraph left blank falls away."""
    lines: dict[str, str] = {name: clean_line(getattr(project, name)) for name in LINES}
    texts = {name: tuple(line for line in map(clean_line, getattr(project, name)) if line) for name in PARAGRAPHS}
    return replace(project, **lines, **texts)  # type: ignore[arg-type]


def problem_with_project(begins: date | None, ends: date | None, target: Decimal) -> str:
    """Why the days or the target of a project cannot be saved, in one Thai sentence; blank when they can."""
    if begins is None or ends is None:
        return "ยังไม่มีวันเริ่มต้นหรือวันสิ้นสุดโครงการ โปรดใส่วันที่ ยังไม่ได้บันทึก"
    if ends < begins:
        return f"วันสิ้นสุดโครงการ {short_date(ends)} อยู่ก่อนวันเริ่มต้น {short_date(begins)} ยังไม่ได้บันทึก"
    if not 0 < target <= 100:
        return "เป้าหมายต้องมากกว่าร้อยละ 0 และไม่เกินร้อยละ 100 ยังไม่ได้บันทึก"
    return ""


def blank_fields(project: ProjectRecord) -> tuple[str, ...]:
    """The fields the sheet would show empty, in the form's words and order."""
    blank = [words for name, words in LINES.items() if not getattr(project, name).strip()]
    return (*blank, *(words for name, words in PARAGRAPHS.items() if not any(getattr(project, name))))
