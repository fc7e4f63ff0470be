"""The 15th/30th round (รอบติดตามวันที่ 15/30): which complaints it takes, and the sheet each unit carries into the field.

A round takes every complaint whose next obligation is a follow-up due by its checkpoint: one that missed an earlier
checkpoint too, for an entry made now serves this one.
"""

from dataclasses import dataclass
from datetime import date

from desktop.domain.obligations import Standing, standing
from desktop.domain.rule_set import checkpoint_from, next_checkpoint
from desktop.domain.thai_dates import long_date
from desktop.domain.thai_text import sort_key
from desktop.domain.work_paper_filling import round_sheet
from desktop.services.desk import Desk
from desktop.services.papers import Paper, glyph_remarks, office_of, paper_file_name, told
from desktop.services.privacy import note_export
from desktop.services.progress import Progress, watched
from desktop.storage import complaints, paper_queries

NO_UNIT = "ไม่ระบุหน่วยงาน"


@dataclass(frozen=True)
class Round:
    """A round that can be printed: its checkpoint, and how many complaints each unit has in it."""

    checkpoint: date
    units: dict[str, int]

    @property
    def count(self) -> int:
        """How many complaints it takes."""
        return sum(self.units.values())


def coming_rounds(desk: Desk) -> tuple[Round, Round]:
    """The round of the coming checkpoint (today's included) and the one after it."""
    rules = desk.rules_of(desk.current_year)
    first = checkpoint_from(desk.today, rules, desk.calendar)
    second = next_checkpoint(first, rules, desk.calendar)
    return _round(desk, first), _round(desk, second)


def complaints_of_round(desk: Desk, checkpoint: date, progress: Progress | None = None) -> list[Standing]:
    """The complaints of a round as they stand today, by unit, in the order of their places; those of no unit last."""
    ids = paper_queries.follow_ups_due(desk.register.connection, checkpoint)
    found = watched(complaints.each_by_ids(desk.register.connection, ids), len(ids), progress)
    seen = (standing(each, desk.today, desk.calendar, desk.rules_of) for each in found)
    return sorted((each for each in seen if each is not None), key=_by_unit_and_place)


def round_paper(
    desk: Desk,
    checkpoint: date,
    unit: str | None = None,
    *,
    with_complainants: bool = False,
    progress: Progress | None = None,
) -> Paper:
    """The round's sheet of every unit, or of one (blank: of those without); with who complained only when asked for."""
    from forms.round_sheet import round_sheet_pdf, round_texts

    seen = complaints_of_round(desk, checkpoint, progress)
    if unit is not None:
        seen = [each for each in seen if each.complaint.unit == unit]
    sheet = round_sheet(office_of(desk), seen, checkpoint, desk.today, with_complainants=with_complainants)
    pdf = round_sheet_pdf(sheet, desk.shipped.fonts, desk.shipped.words)
    told(progress, len(seen), len(seen))
    of_unit = "" if unit is None else f" {unit or NO_UNIT}"
    remarks = glyph_remarks(desk, round_texts(sheet))
    if with_complainants and any(each.complaint.complainant or each.complaint.telephone for each in seen):
        note_export(desk, len(seen), f"พิมพ์ใบงานรอบติดตาม {long_date(checkpoint)}")
        remarks = ("มีชื่อและโทรศัพท์ของผู้ร้อง โปรดเก็บในที่ปลอดภัย", *remarks)
    return Paper(
        f"ใบงานรอบติดตาม {long_date(checkpoint)}{of_unit} {len(seen):,} เรื่อง",
        paper_file_name(f"ใบงานรอบติดตาม {long_date(checkpoint)}{of_unit}"),
        pdf,
        remarks,
    )


def _round(desk: Desk, checkpoint: date) -> Round:
    counts = paper_queries.follow_ups_by_unit(desk.register.connection, checkpoint)
    return Round(checkpoint, dict(sorted(counts.items(), key=lambda each: (not each[0], sort_key(each[0])))))


def _by_unit_and_place(seen: Standing) -> tuple[bool, str, str, str]:
    found = seen.complaint
    return not found.unit, sort_key(found.unit), sort_key(found.place), found.number
