"""The check before issuing, of what leaves the office beside the report: outages, names, unprintable characters."""

from collections.abc import Iterable, Iterator, Sequence

from desktop.domain.complaint import Complaint
from desktop.domain.figures import MonthlyFigures
from desktop.domain.memo_wording import outage_words
from desktop.domain.pack_sheet import OutageEvidence
from desktop.domain.report_sheet import ReportSheet
from desktop.domain.thai_dates import short_date
from desktop.services.check_lines import CheckLine, Link, Opens
from desktop.services.desk import Desk
from desktop.services.masking import LEAVING, names_complainant, without_complainant
from desktop.services.memo_words import MemoWords
from desktop.services.month_pack import evidence_of_month, kept_contents, stored_for_pack
from desktop.services.own_texts import OwnText, about_names, own_texts
from desktop.services.picture_headers import PDF


def about_pack(
    desk: Desk, monthly: MonthlyFigures, sheet: ReportSheet, memo: MemoWords | None = None
) -> Iterator[CheckLine]:
    """Each check with what came of it; ``memo`` are the words typed for its memo."""
    evidence = evidence_of_month(desk, monthly.month, monthly.on)
    yield from _about_outages(desk, evidence)
    yield from _about_later_outages(desk, monthly)
    stored = list(stored_for_pack(desk, monthly))
    own = own_texts(desk, sheet, evidence, memo)
    yield from _about_names(desk, monthly, stored, own)
    yield from _about_characters(desk, sheet, stored, own)


def _about_names(
    desk: Desk, monthly: MonthlyFigures, stored: Iterable[Complaint], own: Iterable[OwnText]
) -> Iterator[CheckLine]:
    counted = set(monthly.numbers)
    told = tuple(sorted(each.number for each in stored if each.number in counted and names_complainant(each)))
    if told:
        words = f"มีชื่อหรือโทรศัพท์ของผู้ร้องในช่องเรื่องหรือสถานที่ {len(told):,} เรื่อง เอกสารแนบจะพิมพ์ (ผู้ร้อง) แทน"
        yield CheckLine(words, told)
    named = list(about_names(desk, own))
    yield from named
    if not (told or named):
        yield CheckLine("ไม่มีชื่อหรือโทรศัพท์ของผู้ร้องในเอกสารที่จะส่ง", passed=True)


def _about_outages(desk: Desk, evidence: tuple[OutageEvidence, ...]) -> Iterator[CheckLine]:
    content = kept_contents(desk, evidence)
    well = True
    for each in evidence:
        link = (_to_outage(each, "เปิดบันทึกและเพิ่มภาพหลักฐาน"),)
        words = f"ระบบขัดข้อง{outage_words(each.outage)}"
        if not [file for file in each.attachments if file.media != PDF]:
            well = False
            yield CheckLine(f"{words} ยังไม่มีภาพหลักฐาน", links=link)
        lost = [file.name for file in each.attachments if content(file.sha256) is None]
        if lost:
            well = False
            yield CheckLine(f"{words} แฟ้มหลักฐานหายหรือเสียหาย: {', '.join(lost)}", links=link)
        if not each.outage.noted_by:
            yield CheckLine(f"{words} ยังไม่มีชื่อผู้บันทึก", links=(_to_outage(each, "เปิดบันทึกและใส่ชื่อผู้บันทึก"),))
    if well:
        told = f"ระบบขัดข้อง {len(evidence):,} ครั้ง มีภาพหลักฐานครบ" if evidence else "เดือนนี้ไม่มีบันทึกระบบขัดข้องถึงวันจัดทำรายงาน"
        yield CheckLine(told, passed=True)


def _about_later_outages(desk: Desk, monthly: MonthlyFigures) -> Iterator[CheckLine]:
    """What began after the report's day is no part of what it sends."""
    for each in evidence_of_month(desk, monthly.month, monthly.month.last):
        if each.outage.began.date() > monthly.on:
            words = f"ระบบขัดข้อง{outage_words(each.outage)} เกิดหลังวันจัดทำรายงาน {short_date(monthly.on)}"
            yield CheckLine(f"{words} จึงไม่อยู่ในเอกสารแนบ", links=(Link(Opens.DAYS),))


def _to_outage(evidence: OutageEvidence, words: str) -> Link:
    return Link(Opens.OUTAGE, outage=evidence.outage.number, words=words)


def _about_characters(
    desk: Desk, sheet: ReportSheet, stored: Sequence[Complaint], own: Iterable[OwnText]
) -> Iterator[CheckLine]:
    from forms.missing_glyphs import missing_characters
    from forms.progress_report import sheet_texts

    fonts = desk.shipped.fonts

    def missing(texts: Iterable[str]) -> tuple[str, ...]:
        return missing_characters("\n".join(texts), fonts)

    well = True
    of_reports = {*(block.note for block in sheet.blocks), sheet.replaces.why if sheet.replaces else ""}
    project = "\n".join(text for text in sheet_texts(sheet) if text not in of_reports)
    for text, link in ((project, Link(Opens.PROJECT)), *((each.text, each.link) for each in own)):
        if found := missing([text]):
            well = False
            yield CheckLine(f"แบบอักษรของรายงานไม่มีตัว {_named(found)} จะพิมพ์เป็นรหัสแทน", links=(link,))
    leaving = {each.number: _leaving_texts(each) for each in stored}
    if found := missing(leaving.values()):
        well = False
        numbers = tuple(sorted(number for number, text in leaving.items() if missing([text])))
        yield CheckLine(f"เอกสารแนบมีตัวที่แบบอักษรไม่มี {_named(found)} จะพิมพ์เป็นรหัสแทน", numbers)
    if well:
        yield CheckLine("แบบอักษรมีครบทุกตัวที่จะพิมพ์", passed=True)


def _leaving_texts(each: Complaint) -> str:
    masked = without_complainant(each)
    return "\n".join((masked.number, *masked.types, *(getattr(masked, name) for name in LEAVING)))


def _named(characters: Iterable[str]) -> str:
    return " ".join(f"{character} (U+{ord(character):04X})" for character in characters)
