"""Every fault, whole: ``python -m tests.faults [--only NAME] [--operation NAME] [--count N] [--seed S]``.

One JSON line a figure: how often a fault was tried, how often it hit, what it did. Each fault is first put to the
product, then to the product with a protection off, which must fail. Ends with 1 when a figure is not as it must be.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterable

from tests.faults import call_faults, kills, power_cuts
from tests.faults.faulted_operations import OPERATIONS
from tests.faults.figures import Figure
from tests.faults.nursery import Workshop, workshop
from tests.faults.operation_under_fault import Operation

KILLS, CUTS = 1_000, 3_000  # of all operations together; the calls are all tried
CONTROLS = 24  # of each operation, with a protection off
Putting = Callable[[Workshop, Operation, int | None, random.Random, str | None], Figure]


class Fault:
    """A kind of fault: how it is put, how often over all operations (None: everywhere), its control."""

    def __init__(self, name: str, put: Putting, count: int | None, weakness: str) -> None:
        self.name, self.put, self.count, self.weakness = name, put, count, weakness


FAULTS = {
    fault.name: fault
    for fault in (
        Fault("kill", kills.killed, KILLS, kills.CONTROL),
        Fault("power cut", power_cuts.cut, CUTS, power_cuts.CONTROL),
        Fault("call", call_faults.fault_everywhere, None, call_faults.CONTROL),
    )
}


def figures(
    made: Workshop, fault: Fault, operations: list[Operation], count: int | None, seed: int
) -> Iterable[Figure]:
    """The figure of each operation, then that of all beside its control."""
    whole, weak = Figure(fault.name), Figure(fault.name)
    each = None if count is None else -(-count // len(operations))
    for operation in operations:
        figure = fault.put(made, operation, each, random.Random(f"{seed} {operation.name}"), None)
        whole.include(figure)
        yield figure
    controls = CONTROLS if each is None else min(CONTROLS, each)
    for operation in operations:
        chance = random.Random(f"{seed} {operation.name} weak")
        weak.include(fault.put(made, operation, controls, chance, fault.weakness))
    whole.held_against(weak)
    yield whole


def main(arguments: list[str] | None = None) -> int:
    """Print each figure as soon as it is known."""
    reader = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    reader.add_argument("--only", action="append", choices=FAULTS, metavar="FAULT", help=f"one of {', '.join(FAULTS)}")
    reader.add_argument(
        "--operation", action="append", choices=OPERATIONS, metavar="NAME", help=f"one of {', '.join(OPERATIONS)}"
    )
    reader.add_argument("--count", type=int, help="faults of a kind over all operations (a call: of them all)")
    reader.add_argument("--seed", type=int, default=1, help="of every choice (default %(default)s)")
    found = reader.parse_args(arguments)
    operations = [OPERATIONS[name] for name in found.operation or OPERATIONS]
    held = True
    with workshop() as made:
        for fault in (FAULTS[name] for name in found.only or FAULTS):
            count = fault.count if found.count is None else found.count
            for figure in figures(made, fault, operations, count, found.seed):
                print(figure.json, flush=True)
                held &= figure.holds
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
