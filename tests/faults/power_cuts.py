"""Power cuts: one run's system calls are recorded, and played up to many moments on a disk that forgets."""

import random
import shutil
from pathlib import Path

from tests.faults.fault_figures import Figure
from tests.faults.forgetful_disk import ForgetfulDisk
from tests.faults.nursery import Ground, Marks, Workshop
from tests.faults.operation_under_fault import Operation
from tests.faults.recording import CHANGING, Call, Player, calls_of
from tests.faults.tracing import LONGEST_WRITE, Watch, traced

CONTROLS = ("NORMAL", "DELETE", "WAL", "no sync")
STEPS = 5  # of a recording


def cut(workshop: Workshop, operation: Operation, count: int, chance: random.Random, weakness: str | None) -> Figure:
    """Cut the power at ``count`` moments of one run; each folder that may be found is judged."""
    figure = Figure("power cut", operation.name)
    ground = workshop.ground(operation)
    root = ground.fresh(workshop.scratch / "recorded")
    recorded = workshop.scratch / "recorded.strace"
    disk = ForgetfulDisk(root)
    steps = min(STEPS, operation.most)
    options = ("-e", f"trace={','.join(CHANGING)}", "-e", "signal=none")
    watch = Watch(options, recorded, LONGEST_WRITE)
    marks, state = traced(workshop.nursery, operation, root, steps, watch, weakness)
    assert state == 0 and marks.done == set(range(steps)), marks.lines
    calls = list(calls_of(recorded))
    recorded.unlink()
    moments = _moments(disk, root, calls)
    disk = ForgetfulDisk(ground.fresh(root))
    player, played = Player(disk), 0
    for moment in sorted(chance.choices(moments, k=count)):
        for call in calls[played:moment]:
            player.play(call)
        played = max(played, moment)
        figure.tried += 1
        figure.landed += 1
        _judge(figure, ground, disk, player, workshop.scratch / "after", chance)
    shutil.rmtree(root)
    return figure


def _moments(disk: ForgetfulDisk, root: Path, calls: list[Call]) -> list[int]:
    """The moments at which something has just changed; the disk as played is the one the run has left."""
    player = Player(disk)
    moments = [number for number, call in enumerate(calls, 1) if player.play(call)]
    played = root.with_name("played")
    disk.write_as_it_is(played)
    assert _contents(played) == _contents(root), "the recording does not lead to what the run has left"
    shutil.rmtree(played)
    return moments


def _contents(root: Path) -> dict[str, bytes | None]:
    """Every file but the write-ahead log's index, which is written without system calls."""
    found = (path for path in root.rglob("*") if not path.name.endswith("-shm"))
    return {str(path.relative_to(root)): path.read_bytes() if path.is_file() else None for path in found}


def _judge(
    figure: Figure, ground: Ground, disk: ForgetfulDisk, player: Player, found: Path, chance: random.Random
) -> None:
    shutil.rmtree(found, ignore_errors=True)
    disk.write_after_cut(found, chance)
    marks = Marks(player.marks)
    told = f"cut after {len(player.marks)} marks, {player.calls} calls"
    figure.add(ground.judge(found, marks), told)
