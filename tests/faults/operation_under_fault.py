"""What every operation that is hurt can do.

It prepares a folder, takes numbered steps in a process of its own, and judges the folder afterwards: every
acknowledged step is there, the one in hand is there whole or not at all, whatever stopped it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.faults.verdicts import Verdict


class Operation:
    """One thing the officer does, repeated; ``most`` steps fit into a run."""

    name = ""
    most = 20
    unmoved_by: tuple[str, ...] = ()  # protections it does not stand on: without them it holds all the same
    goes_on_without = "(?!)"  # files (a pattern of their names) the disk may refuse to keep: it says so and goes on

    def prepare(self, root: Path) -> None:
        """Make the folder a run starts from."""
        raise NotImplementedError

    @contextmanager
    def sitting(self, root: Path) -> Iterator[Any]:
        """What is opened for the steps and closed after them."""
        yield None

    def reached(self, root: Path, desk: Any) -> int:
        """How many steps the folder itself shows."""
        raise NotImplementedError

    def step(self, root: Path, desk: Any, number: int) -> None:
        """Take a step; when it returns, it is acknowledged."""
        raise NotImplementedError

    def state(self, root: Path) -> object:
        """Everything the folder holds, comparable with the same of a run without faults."""
        return None

    def judge(self, root: Path, states: list[object], done: set[int], begun: set[int]) -> Verdict:
        """Look at a folder after a fault: ``done`` steps were acknowledged, ``begun`` ones were at least begun."""
        raise NotImplementedError

    def warm(self) -> None:
        """Load the libraries it needs, so that a run makes no system call for them."""
