"""Pictures cut and flipped, attaching killed at every line: ``python -m tests.services.picture_faults 20000``.

What must never happen: an error of ours instead of one Thai sentence, a cut picture taken for a whole one, a row
without its file.
"""

import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from types import FrameType

from PIL import Image

from desktop.domain.evidence import OF_COMPLAINT
from desktop.services.attaching import attach, attachments_of, content_of, sweep_at_start, take_off
from desktop.services.desk import Desk
from desktop.services.picture_headers import PictureRefused
from desktop.services.pictures import look_at, shown_copy
from desktop.storage import attachments
from desktop.storage.attachment_files import survey

LINES_OF = {
    "attaching.py",
    "attachment_files.py",
    "changes.py",
    "durable.py",
    "register.py",
    "attachments.py",
    "chain.py",
}


@dataclass
class Counts:
    """What became of the files tried; ``raised`` are errors nobody should ever see."""

    tried: int = 0
    refused: int = 0
    passed: int = 0
    raised: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.tried:,} tried, {self.refused:,} refused, {self.passed:,} passed, {len(self.raised)} raised"


def scene(width: int = 96, height: int = 72, seed: int = 1) -> Image.Image:
    """A picture with something on it everywhere."""
    noise = random.Random(seed)
    bands = [Image.effect_noise((width, height), 60) for _ in range(2)]
    slope = Image.linear_gradient("L").resize((width, height))
    made = Image.merge("RGB", (*bands, slope))
    for _ in range(12):
        place = (noise.randrange(width), noise.randrange(height))
        made.paste(tuple(noise.randrange(256) for _ in range(3)), (*place, place[0] + 9, place[1] + 7))
    return made


def encoded(picture: Image.Image, form: str, **how: object) -> bytes:
    """A picture as a file."""
    made = BytesIO()
    picture.save(made, form, **how)
    return made.getvalue()


def paper(pages: int = 2) -> bytes:
    """A small PDF."""
    from reportlab.pdfgen.canvas import Canvas

    made = BytesIO()
    canvas = Canvas(made, invariant=1)
    for page in range(pages):
        canvas.drawString(72, 700, f"page {page + 1}")
        canvas.showPage()
    canvas.save()
    return made.getvalue().rstrip()  # a last line end is no loss


def files() -> dict[str, bytes]:
    """One sound file of each kind that is taken."""
    return {
        "JPEG": encoded(scene(), "JPEG", quality=80),
        "JPEG, progressive": encoded(scene(), "JPEG", quality=80, progressive=True),
        "JPEG, CMYK": encoded(scene().convert("CMYK"), "JPEG"),
        "PNG": encoded(scene(), "PNG"),
        "PNG, palette": encoded(scene().convert("P"), "PNG", transparency=3),
        "WebP": encoded(scene(), "WEBP", quality=80),
        "WebP, lossless": encoded(scene().convert("RGBA"), "WEBP", lossless=True),
        "PDF": paper(),
    }


def cuts(content: bytes, count: int, seed: int = 1) -> Iterator[bytes]:
    """The file cut off somewhere, each byte but the last equally likely; in turn, when there are enough to try all."""
    chance = random.Random(seed)
    places = range(len(content)) if count >= len(content) else [chance.randrange(len(content)) for _ in range(count)]
    for place in places:
        yield content[:place]


def flips(content: bytes, count: int, seed: int = 1) -> Iterator[bytes]:
    """The file with one bit turned somewhere."""
    chance = random.Random(seed)
    for _ in range(count):
        flipped = bytearray(content)
        flipped[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        yield bytes(flipped)


def judged(tries: Iterator[bytes], look: Callable[[bytes], object] = look_at) -> Counts:
    """Look at each, and make the shown copy of one that passes."""
    counts = Counts()
    for content in tries:
        counts.tried += 1
        try:
            kind = look(content)
            if getattr(kind, "width", 0):
                shown_copy(content, 64)
        except PictureRefused:
            counts.refused += 1
        except Exception as error:
            counts.raised.append(f"{type(error).__name__}: {error}")
        else:
            counts.passed += 1
    return counts


def is_sound(desk: Desk) -> bool:
    """Whether every row has its file, and every file a row, now or once."""
    found = survey(desk.register.folder, attachments.contents(desk.register.connection))
    once = attachments.contents_once_attached(desk.register.connection)
    return not (found.missing or found.damaged or found.foreign or set(found.orphans) - once)


def killed_at(desk: Desk, line: int, work: Callable[[Desk], object]) -> bool:
    """Do the work in a process that dies at its n-th line of ours; tells whether it died before the end."""
    process = os.fork()
    if process == 0:
        left, state = line, 1

        def trace(frame: FrameType, event: str, _: object) -> object:
            nonlocal left
            if Path(frame.f_code.co_filename).name not in LINES_OF:
                return None
            if event == "line":
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace

        try:
            sys.settrace(trace)
            work(desk.beside())
            state = 0
        finally:
            os._exit(state)
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) in (0, -signal.SIGKILL), f"line {line}: it failed by itself"
    return os.WIFSIGNALED(status)


def killed_while_attaching(desk: Desk, every: int = 1) -> tuple[int, int, int]:
    """(kills, attached all the same, files put aside) to a register with the complaint ก-1, killed at every n-th line.

    Raises AttachmentMissing for a row without its file, AssertionError for anything else out of order.
    """
    kills = attached = orphans = 0
    line = 1
    while True:
        name, content = f"{line}.png", encoded(scene(8, 8, 1000 + line), "PNG")
        died = killed_at(desk, line, lambda beside: attach(beside, OF_COMPLAINT, "ก-1", name, content))
        rows = [each for each in attachments_of(desk, OF_COMPLAINT, "ก-1") if each.name == name]
        assert died or rows, f"line {line}: acknowledged and not there"
        for each in rows:
            assert content_of(desk, each) == content, f"line {line}"
            attached += 1
            take_off(desk, each)  # no more than 200 are taken
        orphans += len(sweep_at_start(desk))
        assert is_sound(desk), f"line {line}"
        if not died:
            return kills, attached, orphans
        kills += 1
        line += every


def main(count: int) -> int:
    """Cut and flip every kind ``count`` times; 1 when anything was raised or a cut file passed."""
    wrong = 0
    for name, content in files().items():
        cut, flipped = judged(cuts(content, count)), judged(flips(content, count))
        print(f"{name:18} cuts: {cut}; flips: {flipped}", flush=True)
        wrong += cut.passed + len(cut.raised) + len(flipped.raised)
    kills, attached, orphans = _kills()
    print(f"attaching killed at each of {kills:,} lines: {attached} attached, {orphans} put aside, no row without file")
    return 1 if wrong else 0


def _kills() -> tuple[int, int, int]:
    from datetime import date

    from desktop.domain.complaint import Complaint
    from desktop.services import complaint_work
    from desktop.storage.register import open_for_writing
    from tests.conftest import SHIPPED

    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(open_for_writing(Path(folder)), SHIPPED, lambda: date(2020, 1, 28))
        try:
            complaint_work.save(desk, None, Complaint("ก-1", date(2020, 1, 27)))
            return killed_while_attaching(desk)
        finally:
            desk.register.close()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
