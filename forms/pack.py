"""The month's pack: the covering memo, the official report, Annexes A, B and C in one file, or any part alone."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from desktop.domain.memo_wording import office_name
from desktop.domain.pack_sheet import Pack, Part
from desktop.domain.thai_dates import short_date
from forms.annex_list import list_story, list_texts
from forms.annex_look import paper_section
from forms.annex_outages import outage_texts, outages_story
from forms.annex_summary import summary_story, summary_texts
from forms.embedded_pictures import Picture, PictureShelf, picture_copy
from forms.memo import memo_section, memo_texts
from forms.page_foot import report_words
from forms.progress_report import report_section, sheet_texts
from forms.reportlab_door import Flowable
from forms.thai_document import DRAFT_WORD, Section, document_pdf
from forms.typesetting import Typesetter, load_typesetter

WHOLE = tuple(Part)


def pack_pdf(
    pack: Pack,
    fonts: Path,
    words: Path,
    shelf: PictureShelf,
    garuda: bytes | None = None,
    parts: Sequence[Part] = WHOLE,
) -> bytes:
    """The parts as one PDF file in the order of ``Part``, "หน้า x จาก y" over all of them.

    ``shelf`` gives the outages' pictures and afterwards knows which could not be shown; ``garuda`` is the content of a
    picture file, without one its place stays white. Raises PictureUnfit for a garuda that is no picture.
    """
    typesetter = load_typesetter(fonts, words)
    emblem = None if garuda is None or Part.MEMO not in parts else picture_copy(garuda)
    report = pack.sheet.report
    name = "เอกสารนำส่งรายงานความก้าวหน้า" if len(parts) > 1 else parts[0].value
    return document_pdf(
        [_section(part, pack, typesetter, shelf, emblem) for part in WHOLE if part in parts],
        title=f"{name} รายงานครั้งที่ {report.number} {report.month.thai}",
        author=pack.sheet.project.office,
        on=report.drawn_on,
    )


def pack_texts(pack: Pack) -> tuple[str, ...]:
    """Every text of the pack that a person typed, to be searched for characters the fonts lack."""
    return (
        *sheet_texts(pack.sheet),
        *memo_texts(pack.memo),
        *summary_texts(pack.summary),
        *outage_texts(pack.outages),
        *list_texts(pack.listed),
    )


def _section(part: Part, pack: Pack, typesetter: Typesetter, shelf: PictureShelf, emblem: Picture | None) -> Section:
    sheet = pack.sheet
    foot = report_words(sheet.report) + (f" · {DRAFT_WORD}" if sheet.draft else "")  # a picture may hide the mark
    if pack.redrawn_on is not None:
        foot = f"ทำใหม่จากทะเบียน ณ {short_date(pack.redrawn_on)} ไม่อยู่ในแฟ้มที่ออกแล้ว\n{foot}"
    if part is Part.REPORT:
        return report_section(sheet, typesetter, part_of=part.value)
    if part is Part.MEMO:
        return memo_section(pack.memo, typesetter, garuda=emblem, foot=foot, entry=part.value, draft=sheet.draft)
    stories: dict[Part, Callable[[], Sequence[Flowable]]] = {
        Part.SUMMARY: partial(summary_story, pack.summary, typesetter, office_name(sheet.project)),
        Part.OUTAGES: partial(outages_story, pack.outages, sheet.report.month, typesetter, shelf),
        Part.LIST: lambda: list(list_story(pack.listed, pack.summary.monthly, typesetter)),
    }
    named = part is not Part.OUTAGES
    return paper_section(
        stories[part](),
        typesetter,
        head=f"{part.value}{sheet.report.month.thai}" if named else f"{part.value} เดือน{sheet.report.month.thai}",
        foot=foot,
        entry=part.value,
        draft=sheet.draft,
        landscape=part is Part.LIST,
    )
