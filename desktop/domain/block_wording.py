"""The words of one monthly report's block, line by line, as the official form puts them (form.md, "The sheet")."""

from decimal import ROUND_HALF_UP, Decimal

from desktop.domain.report_sheet import ReplacedReport, ReportBlock
from desktop.domain.thai_dates import short_date, slashed_date

HASH_SHOWN = 16  # hexadecimal digits: nobody makes another file that begins so
NO_PERCENT = "-"  # nothing received: there is nothing to divide


def percent_words(value: Decimal | None) -> str:
    """Two decimals, or a dash where there is nothing to divide."""
    return NO_PERCENT if value is None else f"{value:.2f}"


def revision_name(revision: int) -> str:
    """``ฉบับแรก``, ``ฉบับแก้ไขครั้งที่ 1``: revision n from 2 on is the report corrected n-1 times."""
    return "ฉบับแรก" if revision == 1 else f"ฉบับแก้ไขครั้งที่ {revision - 1}"


def replaced_words(replaced: ReplacedReport) -> str:
    """Which file a revision takes the place of, for whoever holds both."""
    told = (
        f"ฉบับนี้ใช้แทน {revision_name(replaced.revision)} (จัดทำเมื่อ {short_date(replaced.drawn_on)},"
        f" SHA-256 {replaced.sha256[:HASH_SHOWN]}…)"
    )
    return f"{told} เพราะ {replaced.why}" if replaced.why else told


def baht_words(amount: Decimal) -> str:
    """``1,250 บาท``; satang only where there are any: ``1,250.50 บาท``."""
    exact = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{exact:,.0f} บาท" if exact == exact.to_integral_value() else f"{exact:,.2f} บาท"


def figure_lines(block: ReportBlock) -> tuple[str, ...]:
    """What the figures say: the report's head, completed, in progress, ความก้าวหน้าของงานฯ."""
    return (
        f"รายงานครั้งที่ {block.number} :: {slashed_date(block.drawn_on)} : อยู่ระหว่างขั้นตอน...เรื่องร้องทุกข์"
        f"ตั้งแต่วันที่ {short_date(block.first)} ถึง {short_date(block.last)} จำนวน {block.received} เรื่อง",
        f"ดำเนินการเสร็จสิ้น {block.completed} เรื่อง คิดเป็นร้อยละ {percent_words(block.completed_percent)}",
        f"อยู่ระหว่างดำเนินการ {block.in_progress} เรื่อง คิดเป็นร้อยละ {percent_words(block.in_progress_percent)}",
        f":: ความก้าวหน้าของงานฯ = {percent_words(block.completed_percent)} %",
    )


def officers_lines(block: ReportBlock) -> tuple[str, ...]:
    """What the officer says: money spent, plan, target, and her own line where she wrote one."""
    lines = (
        f": งบประมาณที่เบิกใช้ (ครั้งที่ {block.number}) = {baht_words(block.spent)}",
        f": {block.plan.value}",
        f": {block.target.value}",
    )
    return (*lines, f"ปัญหา/อุปสรรค : {block.note}") if block.note else lines
