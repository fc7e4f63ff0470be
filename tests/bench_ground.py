"""What every measurement stands on: the register of N complaints, medians of runs in turns, a line of the answer."""

import gc
import json
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from desktop import app
from desktop.services.demo import fill_with_demo
from desktop.services.desk import Desk
from desktop.storage.register import open_for_writing

TODAY = date(2020, 1, 28)
SEED = 1
Clock = Callable[[], float]  # does the job once and gives its seconds


@dataclass(frozen=True)
class Line:
    """One job: what it took, what that is held against, and whether the goal was reached."""

    job: str
    value: object
    against: object
    ratio: float | None
    goal: str
    held: bool

    @property
    def json(self) -> str:
        """The line as it is printed."""
        values = {name: _rounded(value) for name, value in vars(self).items()}
        return json.dumps(values, ensure_ascii=False)


def _rounded(value: Any) -> Any:
    return float(f"{value:.4g}") if isinstance(value, float) else value


def held_against(job: str, value: float, against: float, goal: str, most: float, *, value_most: float = 1e99) -> Line:
    """A job whose goal is a ratio, and may be a value besides."""
    ratio = value / against
    return Line(job, value, against, ratio, goal, ratio <= most and value <= value_most)


def held_alone(job: str, value: float, goal: str, most: float) -> Line:
    """A job whose goal is a value."""
    return Line(job, value, None, None, goal, value <= most)


def timed(job: Callable[[], object]) -> Clock:
    """The job under a stopwatch; rubbish of earlier jobs is taken out before it starts."""

    def clock() -> float:
        gc.collect()
        begun = time.perf_counter()
        job()
        return time.perf_counter() - begun

    return clock


def medians(times: int, *clocks: Clock) -> list[float]:
    """The median seconds of each job; they run in turns, so that a busy minute of the machine meets them all."""
    rounds = [[clock() for clock in clocks] for _ in range(times)]
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


class Ground:
    """A scratch folder, and in it what several jobs share, made when first needed."""

    def __init__(self, folder: Path, rows: int) -> None:
        self.folder = folder
        self.rows = rows
        self._made = 0

    @cached_property
    def desk(self) -> Desk:
        """The register of ``rows`` made-up complaints, open for writing."""
        desk = _desk(self.folder / "register")
        fill_with_demo(desk, self.rows, SEED)
        return desk

    @contextmanager
    def register_let_go(self) -> Iterator[Path]:
        """The folder of that register while another process may write in it."""
        folder = self.desk.register.folder
        self.desk.register.close()
        try:
            yield folder
        finally:
            self.desk.register = open_for_writing(folder)

    @contextmanager
    def empty_desk(self) -> Iterator[Desk]:
        """A desk over an empty register, which is thrown away afterwards."""
        desk = _desk(self.new_path("empty"))
        try:
            yield desk
        finally:
            desk.register.close()
            shutil.rmtree(desk.register.folder, ignore_errors=True)

    def new_path(self, name: str) -> Path:
        """A path of its own in the scratch folder."""
        self._made += 1
        return self.folder / f"{self._made}-{name}"

    def close(self) -> None:
        """Close the register."""
        if "desk" in vars(self):
            self.desk.register.close()


def _desk(folder: Path) -> Desk:
    return Desk(open_for_writing(folder), app.shipped(), lambda: TODAY)
