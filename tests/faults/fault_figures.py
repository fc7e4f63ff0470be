"""A figure of the faults: how often it was tried, how often it hit, and what it did."""

import json
from dataclasses import dataclass, field

from tests.faults.verdicts import Verdict

WORDS_KEPT = 3  # examples of what went wrong


@dataclass
class Figure:
    """One kind of fault over one operation, or over all."""

    fault: str
    operation: str = "all"
    tried: int = 0
    landed: int = 0
    lost: int = 0
    half: int = 0
    damaged: int = 0
    ahead: int = 0  # papers out while the register does not know them yet
    bad: int = 0  # how many did any harm
    words: int = 0  # told to the officer in other words than one Thai sentence of the right kind
    examples: list[str] = field(default_factory=list)
    control: str = ""
    control_failed: bool = True

    def add(self, verdict: Verdict, where: str = "") -> None:
        """Count a verdict."""
        self.lost += bool(verdict.lost)
        self.half += bool(verdict.half)
        self.damaged += bool(verdict.damaged)
        self.words += bool(verdict.words)
        self.ahead += verdict.ahead
        if not verdict.good:
            self.bad += 1
            self.tell(f"{where}: {verdict.first}")

    def tell(self, example: str) -> None:
        """Keep an example of what went wrong."""
        if len(self.examples) < WORDS_KEPT:
            self.examples.append(example)

    def include(self, other: "Figure") -> None:
        """Sum another figure up."""
        for name in ("tried", "landed", "lost", "half", "damaged", "words", "bad", "ahead"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for example in other.examples:
            self.tell(f"{other.operation}: {example}")

    @property
    def holds(self) -> bool:
        """Whether it is as it must be, and its control failed as it must."""
        return self.landed > 0 and not self.bad and self.control_failed

    def held_against(self, weak: "Figure", weakness: str) -> None:
        """Beside it, the same with a protection off: that must go wrong."""
        self.control_failed &= weak.bad > 0
        told = "failed as it must" if weak.bad else "DID NOT FAIL"
        told = f"{weakness}: {told} ({weak.bad} of {weak.landed})"
        self.control = f"{self.control}; {told}" if self.control else told

    @property
    def json(self) -> str:
        """The line as it is printed."""
        names = ["fault", "operation", "tried", "landed", "lost", "half", "damaged", "words", "ahead"]
        found = {name: getattr(self, name) for name in names}
        found |= {"control": self.control} if self.control else {}
        found |= {"holds": self.holds} | ({"examples": self.examples} if self.examples else {})
        return json.dumps(found, ensure_ascii=False)
