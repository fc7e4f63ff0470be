"""The official report: cold as a command and as a form alone, warm, with its list, as a pack; where its lines break."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from desktop import paths
from desktop.services.demo import DEMO_ENDS, FOUR_MONTHS
from forms.progress_report import progress_report_pdf
from tests.bench_ground import Ground, Line, held_alone, medians, timed
from tests.bench_papers import four_months

RUNS = 7
WARM_RUNS = 15


def report(ground: Ground) -> Iterator[Line]:
    """Four pages: the whole command over a register of four months, three issued; the form alone; the form warm."""
    folder = _demonstration(ground)
    pdf = ground.folder / "report.pdf"
    month = f"{DEMO_ENDS.month}/{DEMO_ENDS.year + 543}"
    command = [
        "-m",
        "desktop",
        "--data",
        str(folder),
        "--today",
        DEMO_ENDS.isoformat(),
        "report",
        month,
        "--pdf",
        str(pdf),
    ]
    alone = ["-m", "tests.bench_child", "form", str(pdf)]
    sheet, fonts, words = four_months(), paths.fonts_folder(), paths.words_folder()
    whole, form = medians(RUNS, timed(lambda: _run(command)), timed(lambda: _run(alone)))
    warm = medians(WARM_RUNS, timed(lambda: progress_report_pdf(sheet, fonts, words)))[0]
    yield held_alone("official report, 4 pages, cold: the whole command (s)", whole, "≤ 0.6 s", 0.6)
    yield held_alone("official report, 4 pages, cold: the form alone (s)", form, "≤ 0.6 s", 0.6)
    yield held_alone("official report, 4 pages, warm (s)", warm, "≤ 0.08 s", 0.08)


def annex(ground: Ground) -> Iterator[Line]:
    """October's report with its list of 217 complaints, and its whole pack, each in a process of its own."""
    folder = str(_demonstration(ground))

    def drawn(*parts: str) -> float:
        words = ["-m", "tests.bench_child", "pack", folder, str(ground.folder / "pack.pdf"), *parts]
        return medians(RUNS, timed(lambda: _run(words)))[0]

    received = FOUR_MONTHS[0].received
    listed, whole = drawn("REPORT", "LIST"), drawn()
    yield held_alone(f"report with its list of {received} complaints, cold (s)", listed, "≤ 1.2 s", 1.2)
    yield Line(f"the whole pack of that month, {received} complaints, cold (s)", whole, None, None, "no goal", True)


def line_breaks(ground: Ground) -> Iterator[Line]:
    """Lines of the form that end inside a Thai word, judged from outside by two other segmenters."""
    goal = "0 inside a word"
    job = "Thai line breaks of the form inside a word"
    if shutil.which("pdftotext") is None:
        yield Line(f"{job} (pdftotext is not installed)", None, None, None, goal, False)
        return
    from tests.forms.pdf_checks import break_faults
    from tests.forms.test_official_report import HEAD_AND_FOOT, four_month_sheet, lines_of_the_form

    pdf = ground.folder / "form.pdf"
    pdf.write_bytes(progress_report_pdf(four_month_sheet(), paths.fonts_folder(), paths.words_folder()))
    breaks, faults = break_faults(pdf, lines_of_the_form(), HEAD_AND_FOOT)
    yield Line(job, len(faults), breaks, len(faults) / breaks, goal, not faults)


def _demonstration(ground: Ground) -> Path:
    from tests.screens_ground import demonstration

    folder = ground.folder / "four months"
    if not folder.exists():
        demonstration(folder).register.close()
    return folder


def _run(words: list[str]) -> None:
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
