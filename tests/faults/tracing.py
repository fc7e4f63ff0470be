"""strace beside a run: attached while the process waits at its gate, so that only the run's own calls are seen."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults.nursery import HANGS, Marks, Nursery
from tests.faults.operation_under_fault import Operation

LONGEST_NAME, LONGEST_WRITE = 512, 1 << 26  # bytes of one text that are recorded
MISSING = "strace is missing: install it (Debian, Ubuntu: apt-get install strace), these tests cannot be left out"


@dataclass(frozen=True)
class Watch:
    """What strace is told, where it writes, and who looks at the run when something was refused."""

    options: tuple[str, ...]
    recorded: Path
    longest: int = LONGEST_NAME
    on_pause: Callable[[Marks], None] | None = None


def traced(
    nursery: Nursery, operation: Operation, root: Path, count: int, watch: Watch, weakness: str | None
) -> tuple[Marks, int]:
    """Run an operation under strace: its marks, and how it ended."""
    assert shutil.which("strace"), MISSING
    running = nursery.start(operation, root, count, weakness, pauses=watch.on_pause is not None)
    command = ["strace", "-f", "-y", "-xx", "-s", str(watch.longest), "-o", str(watch.recorded), *watch.options]
    command += ["-p", str(running.process)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as watching:
        assert watching.stderr is not None
        told = watching.stderr.readline()
        if "attached" not in told:
            running.kill()
            running.end()
            raise AssertionError(f"strace could not attach: {told}{watching.stderr.read()}")
        running.go()
        marks, state = running.end(watch.on_pause)
        watching.communicate(timeout=HANGS)
    return marks, state
