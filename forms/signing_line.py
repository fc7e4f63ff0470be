"""The line ลงชื่อ …: drawn as any paragraph, and the place over its dots named for the program that signs the file."""

from dataclasses import replace

from forms.reportlab_door import Canvas
from forms.thai_document import ThaiCanvas
from forms.thai_paragraph import ThaiParagraph
from forms.typesetting import ASCENT_SHARE, ThaiStyle, Typesetter

SIGNATURE_PLACE = "signature-place"
BELOW = 2.0  # points that the place reaches below the dots
ABOVE = 40.0  # and above them: the room left for a hand's signature


class SigningLine(ThaiParagraph):
    """One line of ``label``, dots and a remark; the place over the dots is the document's ``signature-place``."""

    def __init__(self, typesetter: Typesetter, label: str, dots: str, remark: str, style: ThaiStyle) -> None:
        super().__init__(typesetter, f"{label} {dots} {remark}", style)
        bare = replace(style, left=0.0, first=0.0)
        self._ends = style.left + typesetter.text_width(f"{label} {dots}", bare)
        self._begins = self._ends - typesetter.text_width(dots, bare)

    def draw(self) -> None:
        """Draws the line and names the place."""
        super().draw()
        _name_place(self.canv, self._begins, self._ends, self.height - self.style.leading * ASCENT_SHARE)


def _name_place(canvas: Canvas, begins: float, ends: float, base: float) -> None:
    left, bottom = canvas.absolutePosition(begins, base - BELOW)
    right, top = canvas.absolutePosition(ends, base + ABOVE)
    assert isinstance(canvas, ThaiCanvas)
    canvas.name_place(SIGNATURE_PLACE, left, bottom, right, top)
