"""What the commands say to a person who did not ask for JSON."""

from datetime import date
from decimal import Decimal

from desktop.domain.complaint import Complaint
from desktop.domain.figures import MonthlyFigures, Score
from desktop.domain.obligations import Standing
from desktop.domain.thai_dates import short_date
from desktop.services.complaint_work import quality_states
from desktop.services.importing import ImportResult
from desktop.services.month_reports import MonthState

_ITEM_WORDS = {True: "มี", False: "ขาด", None: "ไม่เกี่ยวข้อง"}


def complaint_words(seen: Standing) -> str:
    """One complaint on one line."""
    parts = [seen.complaint.number, f"แจ้ง {short_date(seen.complaint.notified)}", seen.status.value]
    if seen.complaint.lacks_days:
        parts.append("ขาดวันที่")
    if seen.next is not None:
        due = short_date(seen.next.due)
        parts.append(f"{seen.next.step.by} {due} ({seen.next.urgency(seen.on).value})")
    if seen.correct is False:
        parts.append("ปฏิบัติไม่ถูกต้องตามกระบวนการ")
    return "  ".join(parts)


def waiting_words(state: MonthState, on: date) -> str:
    """A monthly report that is not sent yet."""
    past = " เลยกำหนดแล้ว" if on > state.send_by else f" ควรส่งภายใน {short_date(state.remind_on)}"
    return f"รายงานเดือน{state.month.thai} {state.state.value} ต้องส่งภายใน {short_date(state.send_by)}{past}"


def report_words(monthly: MonthlyFigures) -> list[str]:
    """A month's figures in the form's words."""
    figures = monthly.figures
    words = [
        f"รายงานเดือน{monthly.month.thai} ณ วันที่ {short_date(monthly.on)}"
        f" เรื่องร้องทุกข์ตั้งแต่วันที่ {short_date(monthly.month.first)} ถึง {short_date(monthly.last)}"
        f" จำนวน {figures.received} เรื่อง",
        f"ดำเนินการเสร็จสิ้น {figures.completed} เรื่อง คิดเป็นร้อยละ {_or_dash(figures.completed_percent)}",
        f"อยู่ระหว่างดำเนินการ {figures.in_progress} เรื่อง คิดเป็นร้อยละ {_or_dash(figures.in_progress_percent)}",
        _score_words("ปฏิบัติถูกต้องตามกระบวนการ", figures.process),
        _score_words("คุณภาพ", figures.quality),
        f"ส่งภายใน {short_date(monthly.send_by)}",
    ]
    if monthly.notified_later:
        words.append(f"แจ้งภายหลังวันจัดทำรายงาน {len(monthly.notified_later)} เรื่อง")
    return words


def _or_dash(value: Decimal | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _score_words(name: str, score: Score) -> str:
    return (
        f"{name} {score.done} จาก {score.total} ร้อยละ {_or_dash(score.percent)}"
        f" ได้ {_or_dash(score.points)} จาก {score.worth} คะแนน"
    )


def quality_words(found: Complaint) -> list[str]:
    """The quality items of a complaint."""
    return [f"{item.value}: {_ITEM_WORDS[state]}" for item, state in quality_states(found).items()]


def import_words(result: ImportResult) -> list[str]:
    """What an import did, file by file."""
    words = []
    for each in result.files:
        counts = f"ใหม่ {each.new} แก้ไข {each.changed} เหมือนเดิม {each.unchanged} ไม่รับ {len(each.refused)}"
        words.append(f"{each.file}: {counts}")
        words += [f"  แถว {note.row} {note.number or ''} ไม่รับ: {note.text}" for note in each.refused]
        words += [f"  แถว {note.row} {note.number or ''} หมายเหตุ: {note.text}" for note in each.remarks]
    return words
