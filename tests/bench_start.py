"""The start of the program as the officer waits for it, against the start of an empty PySide6 window."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from tests.bench_ground import TODAY, Ground, Line, held_against

RUNS = 7


def start(ground: Ground) -> Iterator[Line]:
    """From starting the process to the painted list; the memory half a second later; what was imported by then."""
    with ground.register_let_go() as folder:
        words = ("start", str(folder), TODAY.isoformat())
        runs = [(child(ground, "empty"), child(ground, *words)) for _ in range(RUNS + 1)]
    empty, program = zip(*runs[1:], strict=True)  # the first of each warmed the disk's cache
    yield held_against(
        "start until the list is painted (s)",
        _median(program, "seconds"), _median(empty, "seconds"), "≤ 2.0 × the empty window", 2.0,
    )  # fmt: skip
    yield held_against(
        "memory then (MB)",
        _median(program, "megabytes"), _median(empty, "megabytes"), "≤ 2.5 × the empty window", 2.5,
    )  # fmt: skip
    heavy = sorted({name for run in program for name in run["heavy"]})
    goal = "no openpyxl, reportlab, numpy, segmenter, holidays"
    yield Line("heavy modules then", heavy, None, None, goal, not heavy)


def _median(runs: tuple[dict[str, Any], ...], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def child(ground: Ground, *words: str) -> dict[str, Any]:
    """Start a program of its own; its clock and ours read the same."""
    settings = {"XDG_CONFIG_HOME": str(ground.folder / "settings"), "APPDATA": str(ground.folder / "settings")}
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench_child", *words],
        check=True, capture_output=True, encoding="utf-8", env=os.environ | settings, timeout=120,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told | {"seconds": told["painted"] - begun}
