"""A process that fills a register, issues one pack and tells what that took."""

import re
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.domain.complaint import Complaint
from desktop.domain.months import Month
from desktop.services import month_reports
from desktop.services.changes import Change, apply
from desktop.services.desk import Desk
from desktop.services.month_reports import OfficersWords
from desktop.storage.register import open_for_writing
from tests.conftest import SHIPPED
from tests.forms.pack_ground import naive_register, register
from tests.forms.pdf_checks import poppler_text, squeezed, without
from tests.papers.printed_numbers import FURNITURE
from tests.papers.strange_papers import LIST_COLUMNS

ON = date(2020, 1, 28)
WORD, LINE = "ก", "บรรทัดที่{}ท่อระบายน้ำอุดตัน"
LETTERS, LINES = 20_000, 500
LIST_BEGINS = "ไม่แสดงชื่อและหมายเลขโทรศัพท์ของผู้ร้อง"  # the last words before the rows of Annex C


def drawn(folder: str, size: int, seed: int, ballast: int = 0) -> dict[str, float]:
    """Seconds of issuing, megabytes of the process at its largest, pages, and what the pages lack."""
    wasted = b"x" * (ballast << 20)
    desk = Desk(open_for_writing(Path(folder) / "data"), SHIPPED, lambda: ON)
    try:
        made = _made(size, seed)
        apply(desk, "เพิ่มเรื่องใหม่", [Change(None, each) for each in made])
        began = time.monotonic()
        pack = Path(folder) / "pack.pdf"
        figures = month_reports.figures_of_month(desk, Month.of(ON), ON)
        month_reports.issue(desk, figures, OfficersWords(), pack, pack=True)
        seconds = time.monotonic() - began
        megabytes = _most_memory()
    finally:
        desk.register.close()
    text = poppler_text(pack, "-raw")
    assert len(wasted) == ballast << 20
    return {"seconds": seconds, "megabytes": megabytes, "pages": text.count("\f"), "missing": _missing(made, text)}


def _most_memory() -> float:
    """Megabytes of this process at its largest (a process's own rusage remembers what its parent had)."""
    told = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s*(\d+) kB", told)[1]) / 1024


def _made(size: int, seed: int) -> list[Complaint]:
    """A month's complaints, two of them without end; their entries past the day are left out."""
    first, last = date(2020, 1, 1), date(2020, 1, 27)
    naive = naive_register(seed, size, first, last) if size else []
    made = [_known(each) for each in register(naive)]
    if len(made) > 1:
        endless = "".join(LINE.format(line) for line in range(LINES))
        made[0] = replace(made[0], subject=WORD * LETTERS)
        made[1] = replace(made[1], place=endless)
    return made


def _known(each: Complaint) -> Complaint:
    """The complaint as it was known on the day."""
    if each.latest_day <= ON and (each.transferred is None or each.transferred <= ON):
        return each
    return Complaint(
        each.number, each.notified, types=each.types, subject=each.subject, place=each.place, unit=each.unit
    )


def _missing(made: list[Complaint], text: str) -> int:
    """How many complaints, letters of the long word, and lines of the long text are not in Annex C.

    The long word may stand in Annex A too, among what was not handled correctly: there it is whole as well.
    """
    bare = squeezed("".join(without(text, FURNITURE))).replace(squeezed(LIST_COLUMNS), "")
    before, _, rows = bare.rpartition(squeezed(LIST_BEGINS))
    lost = sum(each.number not in rows for each in made)
    if len(made) > 1:
        lost += abs(LETTERS - _long_words(rows)) + min(_long_words(before), abs(LETTERS - _long_words(before)))
        torn = sum(LINE.format(line) not in rows for line in range(LINES))
        lost += max(0, torn - 1)  # between its first part and the rest stand the row's last cells
    return lost


def _long_words(text: str) -> int:
    """How many letters of the long word stand there, more than a few at once."""
    return sum(map(len, re.findall(f"{WORD}{{10,}}", text)))
