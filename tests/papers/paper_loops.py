"""Every loop over what leaves the office, by name: how often it runs whole, how often in a moment."""

from collections.abc import Callable

from tests.papers import (
    alteration_loop,
    export_loop,
    large_loop,
    month_loop,
    name_loop,
    pack_loop,
    picture_loop,
    text_loop,
)
from tests.papers.counts import Counts

Loop = Callable[[int, int], Counts]  # count, seed

LOOPS: dict[str, Loop] = {
    "texts": text_loop.loop,
    "months": month_loop.loop,
    "exports": export_loop.loop,
    "names": name_loop.loop,
    "packs": pack_loop.loop,
    "large packs": large_loop.loop,
    "alterations": alteration_loop.loop,
    "pictures": picture_loop.loop,
}
WHOLE = {
    "texts": 10_000,
    "months": 1_000,
    "exports": 5_000,
    "names": 4 * name_loop.A_REGISTER,
    "packs": 12,
    "large packs": 5_000,
    "alterations": 1_000,
    "pictures": 16_000,
}
QUICK = {
    "texts": 150,
    "months": 16,
    "exports": 60,
    "names": name_loop.A_REGISTER,
    "packs": 1,
    "large packs": 2,
    "alterations": 30,
    "pictures": 320,
}
assert LOOPS.keys() == WHOLE.keys() == QUICK.keys()
