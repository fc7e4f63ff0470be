"""ภาคผนวก ข: a page of evidence for each outage of the month; what cannot be shown as a picture is said and counted."""

from collections.abc import Sequence

from desktop.domain.evidence import Attachment
from desktop.domain.months import Month
from desktop.domain.pack_sheet import OutageEvidence
from forms.annex_look import BODY, REMARK, UNDER_HEAD
from forms.embedded_pictures import PictureShelf
from forms.evidence_page import outage_story
from forms.reportlab_door import Flowable, PageBreak
from forms.thai_paragraph import ThaiParagraph
from forms.typesetting import Typesetter


def outages_story(
    outages: Sequence[OutageEvidence], month: Month, typesetter: Typesetter, shelf: PictureShelf
) -> list[Flowable]:
    """Annex B from the top down: each outage begins a page."""
    if not outages:
        return [ThaiParagraph(typesetter, f"ในเดือน{month.thai} ไม่มีบันทึกเหตุระบบเรื่องราวร้องทุกข์ขัดข้อง", BODY)]
    pages = [outage_story(each, typesetter, shelf) for each in outages]
    story: list[Flowable] = [ThaiParagraph(typesetter, _counted(outages, shelf), REMARK)]
    for place, page in enumerate(pages, 1):
        if place > 1:
            story.append(PageBreak())
        story.append(ThaiParagraph(typesetter, f"ครั้งที่ {place} จาก {len(pages)}", UNDER_HEAD))
        story += page
    return story


def outage_texts(outages: Sequence[OutageEvidence]) -> tuple[str, ...]:
    """Every text of Annex B that a person typed."""
    return tuple(text for each in outages for text in (each.outage.what, each.outage.noted_by))


def _counted(outages: Sequence[OutageEvidence], shelf: PictureShelf) -> str:
    attachments: list[Attachment] = [file for each in outages for file in each.attachments]
    hidden = sum(1 for each in shelf.not_shown if each.attachment in set(attachments))
    told = f"ขัดข้อง {len(outages):,} ครั้ง แฟ้มหลักฐาน {len(attachments):,} แฟ้ม"
    return f"{told} แสดงเป็นภาพไม่ได้ {hidden:,} แฟ้ม" if hidden else f"{told} แสดงครบทุกแฟ้ม"
