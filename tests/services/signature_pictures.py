"""Pictures of a hand's signature, drawn at test time: a line that is nobody's."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

STROKE = [(300, 500), (500, 200), (600, 700), (800, 300), (1200, 600)]
INK = (16, 24, 120)


def ink_picture(kind: str = "PNG", *, clear: bool = False, blank: bool = False, **options: Any) -> bytes:
    """A stroke of ink as a file of that kind; ``clear`` on no paper, ``blank`` without the stroke."""
    image = Image.new("RGBA", (1600, 900), (0, 0, 0, 0)) if clear else Image.new("RGB", (1600, 900), "white")
    if not blank:
        ImageDraw.Draw(image).line(STROKE, fill=(*INK, 255) if clear else INK, width=18)
    output = BytesIO()
    image.save(output, kind, **options)
    return output.getvalue()
