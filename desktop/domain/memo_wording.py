"""The covering memo in words: which report is sent, its figures, the month's outages, what is enclosed."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from desktop.domain.block_wording import percent_words, revision_name
from desktop.domain.evidence import Outage
from desktop.domain.figures import MonthlyFigures, Score
from desktop.domain.pack_sheet import Memo, Part
from desktop.domain.project_record import ProjectRecord
from desktop.domain.report_sheet import ReportBlock, ReportSheet
from desktop.domain.thai_dates import long_date, short_date

SECRETARY = "หัวหน้าสำนักงานเลขานุการปลัดกรุงเทพมหานคร"
OUTAGES_TOLD = 4  # more of them are only counted: Annex B shows every one
NO_CORE_TYPES = "ยังไม่ได้เลือกประเภทเรื่องหลัก จึงไม่มีคะแนน"
CLOSING = "จึงเรียนมาเพื่อโปรดทราบ"


def covering_memo(
    sheet: ReportSheet,
    monthly: MonthlyFigures,
    outages: Sequence[Outage],
    listed: int,
    *,
    number: str = "",
    day: date | None = None,
    to: str = SECRETARY,
    signer: str = "",
    position: str = "",
    has_core_types: bool = True,
) -> Memo:
    """The memo that covers a report; ``listed`` complaints stand in Annex C.

    ``number`` and ``day`` are the memo's own, given by the registry of papers: blank, they are written by hand.
    """
    report = sheet.report
    return Memo(
        office=office_line(sheet.project),
        number=number,
        day=day,
        subject=f"รายงานความก้าวหน้าของโครงการ {_report_name(report)}",
        to=to,
        paragraphs=(
            _opening(sheet),
            *_numbered(_facts(report, monthly, outages, has_core_types=has_core_types)),
            *_each_outage(outages),
        ),
        enclosures=tuple(_enclosures(report, len(outages), listed)),
        closing=CLOSING,
        signer=signer,
        position=position,
    )


def office_name(project: ProjectRecord) -> str:
    """The office alone: ``สำนักงานเขตประเวศ``."""
    return project.office.split("/")[0].strip()


def office_line(project: ProjectRecord) -> str:
    """The office with the section and its telephone: ``สำนักงานเขตประเวศ (ฝ่ายปกครอง โทร. 1234)``."""
    office, *sections = [part.strip() for part in project.office.split("/") if part.strip()] or [""]
    inner = " ".join(dict.fromkeys(sections))
    if project.responsible_telephone:
        inner = f"{inner} โทร. {project.responsible_telephone}".strip()
    return f"{office} ({inner})" if inner else office


def outage_words(outage: Outage) -> str:
    """``วันที่ 2 มกราคม 2563 เวลา 10.00 - 12.30 น.``, or from one day to another."""
    began, ended = outage.began, outage.ended
    if began.date() == ended.date():
        return f"วันที่ {long_date(began)} เวลา {clock_words(began)} - {clock_words(ended)} น."
    return f"วันที่ {moment_words(began)} ถึงวันที่ {moment_words(ended)}"


def clock_words(moment: datetime) -> str:
    """``10.05``"""
    return f"{moment:%H.%M}"


def moment_words(moment: datetime) -> str:
    """``2 มกราคม 2563 เวลา 10.05 น.``"""
    return f"{long_date(moment)} เวลา {clock_words(moment)} น."


def duration_words(outage: Outage) -> str:
    """``2 ชั่วโมง 30 นาที``"""
    minutes = int((outage.ended - outage.began).total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    told = [f"{days:,} วัน"] * bool(days) + [f"{hours} ชั่วโมง"] * bool(hours) + [f"{minutes} นาที"] * bool(minutes)
    return " ".join(told) or "ไม่ถึง 1 นาที"


def _report_name(report: ReportBlock) -> str:
    corrected = f" ({revision_name(report.revision)})" if report.revision > 1 else ""
    return f"รายงานครั้งที่ {report.number} ประจำเดือน{report.month.thai}{corrected}"


def _opening(sheet: ReportSheet) -> str:
    report, project, replaced = sheet.report, sheet.project, sheet.replaces
    corrected = ""
    if replaced is not None:
        day = long_date(replaced.drawn_on)
        corrected = f" รายงานฉบับนี้ใช้แทน{revision_name(replaced.revision)} ซึ่งจัดทำเมื่อวันที่ {day} ทั้งฉบับ"
        corrected += f" เนื่องจาก{replaced.why}" if replaced.why else ""
    return (
        f"ด้วย{office_name(project)}ได้จัดทำ{Part.REPORT.value} “{project.name}” รหัสโครงการ {project.code}"
        f" ปีงบประมาณ พ.ศ. {project.year} {_report_name(report)} เมื่อวันที่ {long_date(report.drawn_on)}{corrected}"
        " ขอรายงานผล ดังนี้"
    )


def _numbered(texts: Iterator[str]) -> Iterator[str]:
    return (f"{place}. {text}" for place, text in enumerate(texts, 1))


def _facts(
    report: ReportBlock, monthly: MonthlyFigures, outages: Sequence[Outage], *, has_core_types: bool
) -> Iterator[str]:
    yield (
        f"เรื่องร้องทุกข์ที่ได้รับแจ้งตั้งแต่วันที่ {short_date(report.first)} ถึง {short_date(report.last)}"
        f" จำนวน {report.received} เรื่อง ดำเนินการเสร็จสิ้น {report.completed} เรื่อง"
        f" คิดเป็นร้อยละ {percent_words(report.completed_percent)} อยู่ระหว่างดำเนินการ {report.in_progress} เรื่อง"
        f" คิดเป็นร้อยละ {percent_words(report.in_progress_percent)}"
    )
    process, quality = monthly.figures.process, monthly.figures.quality
    of_quality = f"คุณภาพการแก้ไขปัญหาครบถ้วน {quality.done} รายการ จาก {quality.total} รายการ {_score(quality)}"
    if not (has_core_types or quality.total):
        of_quality = f"คุณภาพการแก้ไขปัญหา {NO_CORE_TYPES}"
    yield f"ปฏิบัติถูกต้องตามกระบวนการ {process.done} เรื่อง จาก {process.total} เรื่อง {_score(process)} {of_quality}"
    yield _outages(report, outages)


def _score(score: Score) -> str:
    points = "-" if score.points is None else f"{score.points:.2f}"
    return f"คิดเป็นร้อยละ {percent_words(score.percent)} ได้ {points} คะแนน จาก {score.worth} คะแนน"


def _outages(report: ReportBlock, outages: Sequence[Outage]) -> str:
    month = report.month.thai
    if not outages:
        return f"ในเดือน{month} ไม่มีบันทึกเหตุระบบเรื่องราวร้องทุกข์ขัดข้อง"
    told = f"ในเดือน{month} ระบบเรื่องราวร้องทุกข์ขัดข้อง {len(outages)} ครั้ง"
    if len(outages) == 1:
        return f"{told} {_outage(outages[0])} ตามหลักฐานในภาคผนวก ข"
    return f"{told} ตามหลักฐานในภาคผนวก ข ได้แก่"


def _each_outage(outages: Sequence[Outage]) -> Iterator[str]:
    """Several outages, each a paragraph below the last fact; of very many the rest is counted."""
    if len(outages) == 1:
        return
    for place, each in enumerate(outages[:OUTAGES_TOLD], 1):
        yield f"3.{place} {_outage(each)}"
    if len(outages) > OUTAGES_TOLD:
        yield f"และอีก {len(outages) - OUTAGES_TOLD} ครั้ง"


def _outage(outage: Outage) -> str:
    return f"{outage_words(outage)} ({_first_line(outage.what)})"


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0].strip()


def _enclosures(report: ReportBlock, outages: int, listed: int) -> Iterator[str]:
    yield f"{Part.REPORT.value} รายงานครั้งที่ {report.number}"
    yield f"{Part.SUMMARY.value}{report.month.thai}"
    yield f"{Part.OUTAGES.value} {f'จำนวน {outages} ครั้ง' if outages else '(ไม่มี)'}"
    yield f"{Part.LIST.value}{report.month.thai} จำนวน {listed:,} เรื่อง (ไม่แสดงชื่อและหมายเลขโทรศัพท์ของผู้ร้อง)"
