"""Pictures cut and flipped at random, as many as asked for: ``python -m tests.services.picture_faults 20000``.

What must never happen: an error of ours instead of one Thai sentence, and a cut picture taken for a whole one.
"""

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image

from desktop.services.picture_headers import PictureRefused
from desktop.services.pictures import look_at, shown_copy


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
    return made.getvalue()


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


def main(count: int) -> int:
    """Cut and flip every kind ``count`` times; 1 when anything was raised or a cut file passed."""
    wrong = 0
    for name, content in files().items():
        cut, flipped = judged(cuts(content, count)), judged(flips(content, count))
        print(f"{name:18} cuts: {cut}; flips: {flipped}", flush=True)
        wrong += cut.passed + len(cut.raised) + len(flipped.raised)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
