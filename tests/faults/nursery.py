"""Where the processes that are hurt come from, and the grounds they are set on."""

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.operation_under_fault import Operation
from tests.faults.verdicts import Verdict

ROOT = Path(__file__).resolve().parent.parent.parent
IN_MEMORY = Path("/dev/shm")  # where there is one: a fault's copy of a folder need not wait for a disk
ROOM = 1 << 30  # bytes it must have
HANGS = 60.0  # seconds after which a process is taken to hang
_READY_SECONDS = 120.0


@dataclass
class Marks:
    """What a process told of its steps."""

    lines: list[str]

    def _numbers(self, word: str) -> set[int]:
        split = [line.split(" ", 2) for line in self.lines]
        return {int(each[1]) for each in split if each[0] == word and each[1].isdigit()}

    @property
    def done(self) -> set[int]:
        """The steps that were acknowledged."""
        return self._numbers("done")

    @property
    def begun(self) -> set[int]:
        """The steps that were begun."""
        return self._numbers("begin")

    @property
    def inside(self) -> bool:
        """Whether it stopped inside a step."""
        return bool(self.lines) and self.lines[-1].startswith("begin ")

    @property
    def pauses(self) -> int:
        """How often it was refused, or failed."""
        return sum(line.startswith(("refused ", "raised ")) for line in self.lines)

    @property
    def ended(self) -> bool:
        """Whether it came to its end."""
        return self.lines[-1:] == ["end"]

    def said(self, word: str) -> list[str]:
        """The texts beside the marks of a word."""
        return [json.loads(line.split(" ", 2)[2]) for line in self.lines if line.startswith(f"{word} ")]


class Running:
    """A process in the middle of its steps."""

    def __init__(self, nursery: "Nursery", process: int, marks: int, gate: int) -> None:
        self.process = process
        self._nursery, self._marks, self._gate = nursery, marks, gate
        self._told = b""

    @property
    def marks(self) -> Marks:
        """What it has told so far."""
        return Marks(self._told.rpartition(b"\n")[0].decode().splitlines())

    def go(self) -> None:
        """Open the gate it waits at."""
        os.write(self._gate, b".")

    def kill(self) -> None:
        """End it as the system does when it must."""
        os.kill(self.process, signal.SIGKILL)

    def end(self, on_pause: Callable[[Marks], None] | None = None) -> tuple[Marks, int]:
        """Wait for its end: its marks, and how it ended. One that ``pauses`` is looked at whenever it does."""
        pauses = 0
        while piece := self._listen():
            self._told += piece
            marks = self.marks
            if on_pause is not None and marks.pauses > pauses:
                pauses = marks.pauses
                on_pause(marks)
                self.go()
        state = self._nursery.last_answer()
        os.close(self._marks)
        os.close(self._gate)
        return self.marks, state

    def _listen(self) -> bytes:
        if not select.select([self._marks], [], [], HANGS)[0]:
            self.kill()
            raise AssertionError(f"a process hung: {self.marks.lines[-3:]}")
        return os.read(self._marks, 1 << 16)


class Nursery:
    """A process with its libraries loaded, which forks one for every run."""

    def __init__(self) -> None:
        self._orders, theirs = socket.socketpair()
        self._process = subprocess.Popen([sys.executable, "-m", "tests.faults.child"], stdin=theirs, cwd=ROOT)
        theirs.close()
        self._answers = self._orders.makefile("r")
        self._orders.settimeout(_READY_SECONDS)
        ready = self._answers.readline()
        assert ready == "ready\n", "the process of the faults did not start"

    def last_answer(self) -> int:
        """How the process it forked ended; its number may now be another's."""
        self._orders.sendall(b".")
        return self._answer()

    def _answer(self) -> int:
        return int(self._answers.readline())

    def start(
        self, operation: Operation, root: Path, count: int, weakness: str | None = None, *, pauses: bool = False
    ) -> Running:
        """A process at its gate; one that ``pauses`` waits there again after whatever is refused."""
        marks, their_marks = os.pipe()
        their_gate, gate = os.pipe()
        order = {"operation": operation.name, "root": str(root), "count": count} | {
            "weakness": weakness,
            "pauses": pauses,
        }
        socket.send_fds(self._orders, [json.dumps(order).encode()], [their_marks, their_gate])
        os.close(their_marks)
        os.close(their_gate)
        return Running(self, self._answer(), marks, gate)

    def close(self) -> None:
        """Send it home."""
        self._answers.close()
        self._orders.close()
        self._process.wait(HANGS)


@dataclass
class Ground:
    """An operation's folder to start from, and what each step of a run without faults leaves."""

    operation: Operation
    folder: Path
    states: list[object] = field(default_factory=list)

    @classmethod
    def prepared(cls, operation: Operation, scratch: Path) -> "Ground":
        """Make the folder, and play every step once."""
        ground = cls(operation, scratch / "ground" / operation.name)
        operation.prepare(ground.folder)
        root = ground.fresh(scratch / "clean")
        ground.states.append(operation.state(root))
        with operation.sitting(root) as desk:
            for number in range(operation.most):
                operation.step(root, desk, number)
                ground.states.append(operation.state(root))
        every = set(range(operation.most))
        verdict = operation.judge(root, ground.states, every, every)
        assert verdict.good, f"{operation.name} without a fault: {verdict.first}"
        shutil.rmtree(root)
        return ground

    def fresh(self, root: Path) -> Path:
        """A copy of its own for one run."""
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.folder, root)
        return root

    def judge(self, root: Path, marks: Marks) -> Verdict:
        """What a run left."""
        return self.operation.judge(root, self.states, marks.done, marks.begun)


class Workshop:
    """Scratch folder, nursery and grounds, made when first needed."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self._nursery: Nursery | None = None
        self._grounds: dict[str, Ground] = {}

    @property
    def nursery(self) -> Nursery:
        """The process that forks."""
        if self._nursery is None:
            self._nursery = Nursery()
        return self._nursery

    def ground(self, operation: Operation) -> Ground:
        """The ground of an operation."""
        if operation.name not in self._grounds:
            self._grounds[operation.name] = Ground.prepared(operation, self.scratch)
        return self._grounds[operation.name]

    def close(self) -> None:
        """Send the nursery home."""
        if self._nursery is not None:
            self._nursery.close()


@contextmanager
def workshop() -> Iterator[Workshop]:
    """A workshop that leaves nothing."""
    roomy = os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM
    home = IN_MEMORY if roomy else None
    with tempfile.TemporaryDirectory(prefix="rongthuk-faults-", dir=home, ignore_cleanup_errors=True) as scratch:
        made = Workshop(Path(scratch))
        try:
            yield made
        finally:
            with suppress(OSError, subprocess.TimeoutExpired):
                made.close()
