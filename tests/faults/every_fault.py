"""Every kind of fault over every operation: first put to the product, then with a protection off, which must fail."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.faults import call_faults, kills, power_cuts
from tests.faults.fault_figures import Figure
from tests.faults.nursery import Workshop
from tests.faults.operation_under_fault import Operation

KILLS, CUTS = 1_000, 3_000  # of all operations together; the calls are all tried
CONTROLS = 24  # of each operation, with a protection off


@dataclass(frozen=True)
class Fault:
    """A kind of fault: how it is put, how often over all operations (None: everywhere), what its controls take off."""

    name: str
    put: Callable[[Workshop, Operation, int | None, random.Random, str | None], Figure]
    count: int | None
    weaknesses: tuple[str, ...]


FAULTS = {
    fault.name: fault
    for fault in (
        Fault("kill", kills.killed, KILLS, kills.CONTROLS),
        Fault("power cut", power_cuts.cut, CUTS, power_cuts.CONTROLS),
        Fault("call", call_faults.fault_everywhere, None, call_faults.CONTROLS),
    )
}


@dataclass(frozen=True)
class Measure:
    """How much is put: faults over all operations (None: everywhere), and of each control over some operations."""

    count: int | None
    controls: int
    controlled: tuple[str, ...]
    seed: int


def figures(made: Workshop, fault: Fault, operations: list[Operation], measure: Measure) -> Iterable[Figure]:
    """The figure of each operation, then that of all beside its controls."""
    whole = Figure(fault.name)
    each = None if measure.count is None else -(-measure.count // len(operations))
    for operation in operations:
        figure = fault.put(made, operation, each, random.Random(f"{measure.seed} {operation.name}"), None)
        whole.include(figure)
        yield figure
    for weakness in fault.weaknesses:
        weak = Figure(fault.name)
        controlled = [each for each in operations if each.name in measure.controlled]
        controlled = [each for each in controlled if weakness not in each.unmoved_by]
        for operation in controlled:
            chance = random.Random(f"{measure.seed} {operation.name} {weakness}")
            weak.include(fault.put(made, operation, measure.controls, chance, weakness))
        if controlled:
            whole.held_against(weak, weakness)
    yield whole
