"""Every kind of fault over every operation: first put to the product, then with a protection off, which must fail."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.faults import call_faults, kills, power_cuts
from tests.faults.figures import Figure
from tests.faults.nursery import Workshop
from tests.faults.operation_under_fault import Operation

KILLS, CUTS = 1_000, 3_000  # of all operations together; the calls are all tried
CONTROLS = 24  # of each operation, with a protection off


@dataclass(frozen=True)
class Fault:
    """A kind of fault: how it is put, how often over all operations (None: everywhere), what its control takes off."""

    name: str
    put: Callable[[Workshop, Operation, int | None, random.Random, str | None], Figure]
    count: int | None
    weakness: str


FAULTS = {
    fault.name: fault
    for fault in (
        Fault("kill", kills.killed, KILLS, kills.CONTROL),
        Fault("power cut", power_cuts.cut, CUTS, power_cuts.CONTROL),
        Fault("call", call_faults.fault_everywhere, None, call_faults.CONTROL),
    )
}


def figures(
    made: Workshop, fault: Fault, operations: list[Operation], count: int | None, seed: int, controls: int = CONTROLS
) -> Iterable[Figure]:
    """The figure of each operation, then that of all beside its control."""
    whole, weak = Figure(fault.name), Figure(fault.name)
    each = None if count is None else -(-count // len(operations))
    for operation in operations:
        figure = fault.put(made, operation, each, random.Random(f"{seed} {operation.name}"), None)
        whole.include(figure)
        yield figure
    for operation in operations:
        chance = random.Random(f"{seed} {operation.name} weak")
        weak.include(fault.put(made, operation, controls, chance, fault.weakness))
    whole.held_against(weak)
    yield whole
