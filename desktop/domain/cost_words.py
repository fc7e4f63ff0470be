"""Why a complaint was not handled correctly, in words: each obligation that costs, with its day."""

from collections.abc import Iterable
from datetime import date

from desktop.domain.evidence import Outage
from desktop.domain.obligations import COSTLY, Checkpoint, Obligation, Standing, State, Step
from desktop.domain.thai_dates import day_and_month


def costs_of(seen: Standing, outages: Iterable[Outage] = ()) -> tuple[str, ...]:
    """One reason for each obligation that costs; an outage on its due day is said beside it and excuses nothing."""
    outages = tuple(outages)
    duties: list[tuple[Step, Obligation | Checkpoint]] = [
        (Step.ACCEPT, seen.accept),
        (Step.FIRST_REPORT, seen.first_report),
        *((Step.FOLLOW_UP, point) for point in seen.checkpoints),
    ]
    return tuple(_cost(step, duty) + _beside(duty.due, outages) for step, duty in duties if duty.state in COSTLY)


def _cost(step: Step, duty: Obligation | Checkpoint) -> str:
    """``รับเรื่อง ช้ากว่ากำหนด 6 ธ.ค. (ทำ 9 ธ.ค.)``"""
    due = "" if duty.due is None else f" {day_and_month(duty.due)}"
    match duty.state:
        case State.LATE:
            done = "" if duty.done is None else f" (ทำ {day_and_month(duty.done)})"
            return f"{step.value} ช้ากว่ากำหนด{due}{done}"
        case State.OVERDUE:
            return f"{step.value} เกินกำหนด{due} ยังไม่ได้ทำ"
        case State.MISSED:
            return f"ไม่ได้{step.value}ของวันที่{due}"
    return f"{step.value} ขาดวันที่" + (f" (กำหนด{due})" if due else "")


def _beside(due: date | None, outages: tuple[Outage, ...]) -> str:
    if due is None or not any(outage.began.date() <= due <= outage.ended.date() for outage in outages):
        return ""
    return " (ระบบฯ ขัดข้องในวันครบกำหนด ดูภาคผนวก ข)"
