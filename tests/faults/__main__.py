"""Every fault, whole: ``python -m tests.faults [--only NAME] [--operation NAME] [--count N] [--seed S]``.

One JSON line a figure: how often a fault was tried, how often it hit, what it did. Each fault is first put to the
product, then to the product with a protection off, which must fail. Ends with 1 when a figure is not as it must be.
"""

import argparse
import sys

from tests.faults.every_fault import CONTROLS, FAULTS, Measure, figures
from tests.faults.faulted_operations import OPERATIONS
from tests.faults.nursery import workshop


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
            controls = CONTROLS if found.count is None else max(1, min(CONTROLS, found.count // len(operations)))
            measure = Measure(count, controls, tuple(OPERATIONS), found.seed)
            for figure in figures(made, fault, operations, measure):
                print(figure.json, flush=True)
                held &= figure.holds
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
