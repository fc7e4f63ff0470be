"""A process that does nothing but draw the papers of strange texts, for strace to look at."""

import os
import random
import sys
from contextlib import suppress
from pathlib import Path

from desktop.services.desk import Desk
from desktop.storage.register import open_for_writing
from tests.conftest import SHIPPED
from tests.papers.careless_paper import careless_papers
from tests.papers.file_watch import BEGUN
from tests.papers.strange_complaints import ON, Writer, fill
from tests.papers.strange_papers import drawn_papers


def main(data: str, bait: str, seed: str, spoilt: str = "") -> None:
    """Fill a register, ask for the mark, draw, and end at once; ``spoilt`` draws as a careless program does."""
    desk = Desk(open_for_writing(Path(data)), SHIPPED, lambda: ON)
    fill(desk, Writer(random.Random(int(seed)), bait), 3)
    with suppress(FileNotFoundError):
        Path(BEGUN).open().close()
    draw = careless_papers if spoilt else drawn_papers
    drawn = list(draw(desk, Writer(random.Random(0), bait)))
    os._exit(0 if drawn else 3)


if __name__ == "__main__":
    main(*sys.argv[1:])
