"""Every loop over papers and exports, whole: ``python -m tests.papers [--only NAME] [--count N] [--seed S]``.

One JSON line a loop: how much it tried, what was wrong, whether its control failed as it must. Ends with 1 when a loop
does not hold.
"""

import argparse
import sys
import time

from tests.papers.paper_loops import LOOPS, WHOLE


def main(arguments: list[str] | None = None) -> int:
    """Print each loop's line as soon as it is known."""
    reader = argparse.ArgumentParser(prog="python -m tests.papers", description=__doc__)
    reader.add_argument("--only", action="append", choices=LOOPS, metavar="LOOP", help=f"one of {', '.join(LOOPS)}")
    reader.add_argument("--count", type=int, help="how much each loop tries (default: its own)")
    reader.add_argument("--seed", type=int, default=1, help="of every choice (default %(default)s)")
    found = reader.parse_args(arguments)
    held = True
    for name in found.only or LOOPS:
        began = time.monotonic()
        counts = LOOPS[name](WHOLE[name] if found.count is None else found.count, found.seed)
        counts.also["seconds"] = round(time.monotonic() - began)
        print(counts.json, flush=True)
        held &= counts.holds
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
