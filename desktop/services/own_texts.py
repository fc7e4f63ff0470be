"""What the officer typed herself that leaves the office with a report, and the check that it names no complainant."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.domain.evidence import Outage
from desktop.domain.memo_wording import outage_words
from desktop.domain.pack_sheet import OutageEvidence
from desktop.domain.report_sheet import ReportSheet
from desktop.services.check_lines import CheckLine, Link, Opens
from desktop.services.desk import Desk
from desktop.services.leaving_texts import masker
from desktop.services.memo_words import MemoWords, memo_words

SIGNER = "ชื่อผู้ลงนามในบันทึกข้อความ"
PRINTED_MASKED = "เอกสารที่จะส่งจะพิมพ์ (ผู้ร้อง) แทน"
PRINTED_AS_IT_IS = "จะพิมพ์ชื่อผู้ลงนามตามที่พิมพ์ไว้"


@dataclass(frozen=True)
class OwnText:
    """A text of her own: what it is called, and what opens it."""

    name: str
    text: str
    link: Link


def own_texts(
    desk: Desk, sheet: ReportSheet, evidence: Iterable[OutageEvidence], memo: MemoWords | None = None
) -> tuple[OwnText, ...]:
    """Every one of them that is not blank; ``memo`` are the words typed for this memo (None: those kept)."""
    words = memo or memo_words(desk)
    in_memo = Link(Opens.MEMO)
    found = (
        OwnText("ปัญหา/อุปสรรค", sheet.report.note, Link(Opens.NOTE)),
        OwnText("เหตุผลที่แก้ไข", sheet.replaces.why if sheet.replaces else "", Link(Opens.REASON)),
        *_earlier_notes(sheet),
        *(_of_outage(each.outage) for each in evidence),
        OwnText("ถ้อยคำในบันทึกข้อความ", "\n".join((words.number, words.to, words.position)), in_memo),
        OwnText(SIGNER, words.signer, in_memo),
    )
    return tuple(each for each in found if each.text.strip())


def _of_outage(outage: Outage) -> OwnText:
    link = Link(Opens.OUTAGE, outage=outage.number, words="เปิดบันทึกและแก้ข้อความ")
    return OwnText(f"ระบบขัดข้อง{outage_words(outage)}", f"{outage.what}\n{outage.noted_by}", link)


def _earlier_notes(sheet: ReportSheet) -> Iterator[OwnText]:
    for block in sheet.blocks[:-1]:
        link = Link(Opens.MONTH, month=block.month, words=f"เปิดรายงานเดือน{block.month.thai}")
        yield OwnText(f"ปัญหา/อุปสรรคของรายงานครั้งที่ {block.number} ที่ออกแล้ว", block.note, link)


def about_names(desk: Desk, own: Iterable[OwnText]) -> Iterator[CheckLine]:
    """A warning for each text that says who complained, with what becomes of it on paper."""
    texts = tuple(own)
    mask = masker(desk, (each.text for each in texts))
    for each in texts:
        if mask(each.text) != each.text:
            printed = PRINTED_AS_IT_IS if each.name == SIGNER else PRINTED_MASKED
            yield CheckLine(f"{each.name} ระบุชื่อ โทรศัพท์ หรือเลขประจำตัวของผู้ร้อง {printed}", links=(each.link,))
