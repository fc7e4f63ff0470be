"""Strange texts through the register into the pack's pages and the complaint's sheet, and copied out again.

E04 to E08: every letter comes back, nothing is markup, nothing is opened, what the fonts lack is written out and named.
"""

import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf

from desktop.services.desk import Desk
from desktop.storage.register import open_for_writing
from tests.conftest import SHIPPED
from tests.forms.pdf_checks import character_faults, four_readings, poppler_text
from tests.papers.careless_paper import careless_papers
from tests.papers.copied_text import drawn, faults_of, lettered, read_of
from tests.papers.counts import Counts
from tests.papers.file_watch import strangers_of_process
from tests.papers.strange_complaints import OF_EACH, ON, Writer, fill
from tests.papers.strange_papers import Drawn, drawn_papers, in_reading_order

A_REGISTER = 36  # complaints at once
SAMPLED = 12  # one paper of so many is read by all four readers
ACTIVE = re.compile(rb"/(?:Annots?|URI|Launch|JavaScript|JS|OpenAction|AA|EmbeddedFiles?|Subtype */Image)\b")
_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
Draw = Callable[[Desk, Writer], Iterator[Drawn]]


def loop(count: int, seed: int) -> Counts:
    """Put ``count`` texts through the register onto paper, a few of them once more under strace."""
    counts = drawn_and_read(count, seed, drawn_papers)
    counts.found(traced(seed), "strace")
    careless, spoilt = drawn_and_read(1, seed, careless_papers).wrong, len(traced(seed, "spoilt"))
    counts.held_against(careless if spoilt else 0)
    return counts


def traced(seed: int, spoilt: str = "") -> list[str]:
    """What a process opens that draws such papers, besides its own files."""
    with tempfile.TemporaryDirectory() as folder:
        bait = _bait(Path(folder))
        data = Path(folder) / "data"
        program = [sys.executable, "-m", "tests.papers.drawing_child", str(data), bait, str(seed), spoilt]
        return strangers_of_process(program, data)


def drawn_and_read(count: int, seed: int, draw: Draw) -> Counts:
    """Fill register after register with texts, draw their papers and look at each."""
    counts = Counts("texts")
    with tempfile.TemporaryDirectory() as folder:
        writer = Writer(random.Random(seed), _bait(Path(folder)))
        papers = 0
        while writer.made < count:
            desk = Desk(open_for_writing(Path(folder) / f"data{papers}"), SHIPPED, lambda: ON)
            try:
                fill(desk, writer, min(A_REGISTER, 1 + (count - writer.made) // OF_EACH))
                for paper in draw(desk, writer):
                    papers += 1
                    counts.look("papers")
                    look_at(counts, paper, Path(folder), thoroughly=papers % SAMPLED == 1)
            finally:
                desk.register.close()
    counts.tried = writer.made
    return counts


def _bait(folder: Path) -> str:
    """A picture that the texts ask for."""
    from PIL import Image

    path = folder / "bait.png"
    Image.new("RGB", (4, 4), "red").save(path)
    return str(path)


def look_at(counts: Counts, made: Drawn, folder: Path, *, thoroughly: bool) -> None:
    """Read a paper as a reader would, and count what is wrong with it."""
    where = made.paper.file_name
    file = folder / "paper.pdf"
    file.write_bytes(made.paper.pdf)
    readings = {"poppler": poppler_text(file, "-raw")}
    if thoroughly:
        readings |= four_readings(file, "-raw")
        counts.look("papers read by four")
        annotations = sum(len(page.annotations or ()) for page in pypdf.PdfReader(str(file)).pages)
        counts.found([f"{annotations} annotations"] * bool(annotations), where)
    line_ends: list[str] = []
    for reader, text in readings.items():
        counts.look("readings")
        read = part_of(text, made)
        faults = faults_of(read, in_reading_order(read[0], made), line_ends)
        counts.found([f"{reader}: {fault}" for fault in (*faults, *character_faults(text))], where)
        line_ends = line_ends or read[1]
    bare = _STREAM.sub(b"", made.paper.pdf)
    counts.found([f"{mark!r} in the file" for mark in sorted(set(ACTIVE.findall(bare)))], where)
    counts.found(list(made.opened), where)
    counts.look("files opened but our own", len(made.opened))
    told = "".join(made.paper.remarks)
    unsaid = {each for each in made.lacking if drawn(each) != each and f"U+{ord(each):04X}" not in told}
    counts.found([f"U+{ord(each):04X} is not named to the officer" for each in sorted(unsaid)], where)


def part_of(text: str, made: Drawn) -> tuple[str, list[str]]:
    """The letters of the part of a paper that is looked at."""
    letters, after = read_of(text, made.strip, made.heading)
    begin, end = (lettered([mark])[0] for mark in made.between)
    start = letters.rfind(begin) + len(begin) if begin and begin in letters else 0
    stop = letters.rfind(end) if end and end in letters else len(letters)
    return letters[start:stop], after[start:stop]
