"""E07: a word of 20,000 letters, 500 lines, no complaint, 5,000 complaints: a pack in time, in bounded memory."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.papers.counts import Counts

ROOT = Path(__file__).resolve().parents[2]
MOST_SECONDS, MOST_MEGABYTES = 60, 500
BALLAST = 500  # megabytes wasted in the control
SIZES = (0, 2, 164, 1_000, 5_000)
CHILD = """
import json, sys
from tests.papers.large_child import drawn
print(json.dumps(drawn(sys.argv[1], *map(int, sys.argv[2:]))))
"""


def loop(count: int, seed: int) -> Counts:
    """Issue the packs of registers of up to ``count`` complaints, each in a process of its own."""
    counts = Counts("large packs")
    for size in sorted({min(size, count) for size in SIZES}):
        made = drawn(size, seed)
        counts.tried += 1
        counts.look("pages", int(made["pages"]))
        for what in ("megabytes", "seconds"):
            counts.also[f"most {what}"] = max(counts.also.get(f"most {what}", 0), round(made[what]))
        counts.found(too_much(made), f"{size} complaints")
    counts.held_against(len(too_much(drawn(2, seed, BALLAST))))
    return counts


def too_much(made: dict[str, float]) -> list[str]:
    """What a pack took beyond its bounds, or lost on the way."""
    bounds = {"megabytes": MOST_MEGABYTES, "seconds": MOST_SECONDS, "missing": 0}
    return [f"{made[what]:.0f} {what}" for what, most in bounds.items() if made[what] > most]


def drawn(size: int, seed: int, ballast: int = 0) -> dict[str, float]:
    """What issuing the pack of so many complaints took; ``ballast`` megabytes are wasted beside it."""
    with tempfile.TemporaryDirectory() as folder:
        program = [sys.executable, "-c", CHILD, folder, str(size), str(seed), str(ballast)]
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            program, cwd=ROOT, capture_output=True, text=True, env=environment, timeout=600, check=False
        )
    assert done.returncode == 0, done.stderr
    found: dict[str, float] = json.loads(done.stdout)
    return found
