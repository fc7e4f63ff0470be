"""kill -9 at random moments, while an operation is repeated."""

import random
import time
from pathlib import Path

from tests.faults.fault_figures import Figure
from tests.faults.nursery import Ground, Nursery, Workshop
from tests.faults.operation_under_fault import Operation

STEPS_SEEN = 4  # the moment is drawn from as long as so many steps take
CONTROLS = ("no transaction",)


def killed(workshop: Workshop, operation: Operation, count: int, chance: random.Random, weakness: str | None) -> Figure:
    """Kill processes until ``count`` kills landed inside a step; each folder is judged."""
    figure = Figure("kill", operation.name)
    ground = workshop.ground(operation)
    span = _seconds(workshop.nursery, ground, workshop.scratch / "timed", weakness)
    while figure.landed < count and figure.tried < 20 * count + 20:
        figure.tried += 1
        root = ground.fresh(workshop.scratch / "killed")
        running = workshop.nursery.start(operation, root, operation.most, weakness)
        running.go()
        time.sleep(chance.random() * span)
        running.kill()
        marks, _ = running.end()
        assert not marks.said("raised") or weakness, marks.lines
        if marks.inside:
            figure.landed += 1
            figure.add(ground.judge(root, marks), f"killed after {len(marks.done)} steps")
    return figure


def _seconds(nursery: Nursery, ground: Ground, root: Path, weakness: str | None) -> float:
    """How long a few steps take here and now."""
    running = nursery.start(ground.operation, ground.fresh(root), min(STEPS_SEEN, ground.operation.most), weakness)
    begun = time.perf_counter()
    running.go()
    running.end()
    return time.perf_counter() - begun
