"""An issued report against the register as it is now: the report never changes, so the difference is told beside it."""

from dataclasses import dataclass

from desktop.domain.block_wording import percent_words
from desktop.domain.figures import Figures, MonthlyFigures, Score
from desktop.domain.office_year import IssuedReport
from desktop.services.desk import Desk
from desktop.services.month_reports import figures_of_month


@dataclass(frozen=True)
class Difference:
    """One figure that is another now: its name, as issued, as the register says now (all in Thai)."""

    name: str
    issued: str
    now: str


@dataclass(frozen=True)
class Differences:
    """All of them; ``came`` and ``went`` are complaints the same report would count now, or would no longer."""

    figures: tuple[Difference, ...]
    came: tuple[str, ...]
    went: tuple[str, ...]
    now: MonthlyFigures


def differences_of(desk: Desk, report: IssuedReport) -> Differences:
    """What the same report, for the same days, would say now and did not say when it was issued."""
    issued = report.figures
    now = figures_of_month(desk, report.month, issued.on, issued.last)
    old, new = _told(issued.figures), _told(now.figures)
    return Differences(
        figures=tuple(Difference(name, old[name], new[name]) for name in old if old[name] != new[name]),
        came=tuple(sorted(set(now.numbers) - set(issued.numbers))),
        went=tuple(sorted(set(issued.numbers) - set(now.numbers))),
        now=now,
    )


def _told(figures: Figures) -> dict[str, str]:
    return {
        "จำนวนเรื่อง": f"{figures.received:,} เรื่อง",
        "ดำเนินการเสร็จสิ้น": f"{figures.completed:,} เรื่อง (ร้อยละ {percent_words(figures.completed_percent)})",
        "อยู่ระหว่างดำเนินการ": f"{figures.in_progress:,} เรื่อง (ร้อยละ {percent_words(figures.in_progress_percent)})",
        "ปฏิบัติถูกต้องตามกระบวนการ": _score(figures.process, "เรื่อง"),
        "คุณภาพ": _score(figures.quality, "รายการ"),
    }


def _score(score: Score, unit: str) -> str:
    return f"{score.done:,} จาก {score.total:,} {unit} ({percent_words(score.points)} คะแนน)"
