"""How quick the program is: ``python -m tests.bench [--rows N] [--only NAME] [--quick]``, one JSON line a job.

Every figure and what it is held against are measured in the same run, in turns, and told as medians: on a busy machine
the ratios stay true where the seconds do not. Nothing is asserted; ``held`` says whether the goal was reached.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests import bench_list, bench_register, bench_report, bench_sheets, bench_start, bench_verification
from tests.bench_ground import Ground, Line

ROWS = 100_000
QUICK_ROWS = 5_000

JOBS: dict[str, Callable[[Ground], Iterator[Line]]] = {
    "start": bench_start.start,
    "list": bench_list.filters_and_sorts,
    "search": bench_list.search,
    "badges": bench_register.badges,
    "calendar": bench_register.calendar_change,
    "figures": bench_register.months_figures,
    "save": bench_register.save,
    "verification": bench_verification.verification,
    "csv": bench_sheets.import_csv,
    "xlsx": bench_sheets.import_xlsx,
    "export": bench_sheets.export_xlsx,
    "report": bench_report.report,
    "annex": bench_report.annex,
    "breaks": bench_report.line_breaks,
}


def main(arguments: list[str] | None = None) -> int:
    """Measure the jobs asked for and print each line as soon as it is known."""
    reader = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    reader.add_argument("--rows", type=int, default=ROWS, help="complaints in the register (default %(default)s)")
    reader.add_argument("--only", action="append", choices=JOBS, metavar="NAME", help=f"one of {', '.join(JOBS)}")
    reader.add_argument("--quick", action="store_true", help=f"a smoke run over {QUICK_ROWS:,} complaints")
    found = reader.parse_args(arguments)
    rows = QUICK_ROWS if found.quick else found.rows
    with tempfile.TemporaryDirectory(prefix="rongthuk-bench-", ignore_cleanup_errors=True) as scratch:
        ground = Ground(Path(scratch), rows)
        try:
            for name in found.only or JOBS:
                for line in JOBS[name](ground):
                    print(line.json, flush=True)
        finally:
            ground.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
