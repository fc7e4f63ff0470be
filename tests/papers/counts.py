"""What a loop over papers counted, as one JSON line."""

import json
from dataclasses import dataclass, field

WORDS_KEPT = 5  # examples of what went wrong


@dataclass
class Counts:
    """How much a loop tried, what was wrong, and whether its control failed as it must."""

    loop: str
    tried: int = 0
    wrong: int = 0
    examples: list[str] = field(default_factory=list)
    also: dict[str, int] = field(default_factory=dict)  # what else was looked at, by name
    controls: list[int] = field(default_factory=list)  # how much each control found

    def found(self, faults: list[str], where: str = "") -> None:
        """Count faults, and keep a few of them as examples."""
        self.wrong += len(faults)
        for fault in faults[: max(0, WORDS_KEPT - len(self.examples))]:
            self.examples.append(f"{where}: {fault}" if where else fault)

    def look(self, name: str, number: int = 1) -> None:
        """Count something else that was looked at."""
        self.also[name] = self.also.get(name, 0) + number

    def held_against(self, failures: int) -> None:
        """Beside it, the same with a protection off: that must be found."""
        self.controls.append(failures)

    @property
    def holds(self) -> bool:
        """Whether it is as it must be, and each control, of which there must be one, failed."""
        return self.tried > 0 and not self.wrong and min(self.controls, default=0) > 0

    @property
    def control(self) -> str:
        """What became of its controls."""
        if not self.controls:
            return "NONE"
        return f"failed as it must ({min(self.controls)} found)" if min(self.controls) else "DID NOT FAIL"

    @property
    def json(self) -> str:
        """The line as it is printed."""
        told: dict[str, object] = {"loop": self.loop, "tried": self.tried, "wrong": self.wrong} | self.also
        told |= {"control": self.control, "holds": self.holds} | ({"examples": self.examples} if self.examples else {})
        return json.dumps(told, ensure_ascii=False)
