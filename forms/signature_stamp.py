"""What is seen of an electronic signature: one small page in Thai, as large as the place it is put in."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import md5
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

from desktop.domain.thai_dates import BANGKOK, short_date
from forms.thai_document import ThaiCanvas
from forms.thai_paragraph import draw_line
from forms.typesetting import Align, ThaiStyle, Typesetter, load_typesetter

SIGNED_ELECTRONICALLY = "ลงลายมือชื่ออิเล็กทรอนิกส์"
LARGEST, SMALLEST = 11.0, 4.5  # points of type
LEADING = 1.7  # em: the vowel below one line does not meet the tone above the next
ASCENT = 1.2  # em from the top of a line to its base line
PADDING = 1.0  # points at the sides
LIFT = 5.5  # points kept free at the foot, where the form has its dots
SHORTENED = "…"
PLAIN = ThaiStyle(align=Align.CENTRE)
BOLD = replace(PLAIN, bold=True)


@dataclass(frozen=True)
class SignatureWords:
    """What the stamp says; ``at`` has a time zone, ``revision`` is blank for a paper that was not issued here."""

    signer: str
    at: datetime
    revision: str


@dataclass(frozen=True)
class _Row:
    """A line of the stamp."""

    text: str
    style: ThaiStyle


def signature_stamp(words: SignatureWords, size: tuple[float, float], fonts: Path, texts: Path) -> bytes:
    """The stamp as a PDF of one page of that size; ``fonts`` and ``texts`` are the folders of faces and word lists."""
    typesetter = load_typesetter(fonts, texts)
    buffer = BytesIO()
    canvas = ThaiCanvas(buffer, pagesize=size, pageCompression=1, invariant=1, pdfVersion=(1, 7))
    day = words.at.astimezone(BANGKOK).timetuple()
    canvas._doc._timeStamp = SimpleNamespace(t=0, lt=day, tzname="UTC", YMDhms=tuple(day)[:6], dhh=0, dmm=0)
    canvas._doc.signature = md5(words.at.isoformat().encode(), usedforsecurity=False)
    _draw_rows(canvas, typesetter, _best_rows(typesetter, words, size), size)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _best_rows(typesetter: Typesetter, words: SignatureWords, size: tuple[float, float]) -> list[_Row]:
    """The same words in two to four lines: whole, and in the largest type there is room for."""
    moment = words.at.astimezone(BANGKOK)
    day = f"{short_date(moment.date())} {moment:%H.%M} น."
    when = f"{day} · {words.revision}" if words.revision else day
    below = [text for text in (SIGNED_ELECTRONICALLY, day, words.revision) if text]
    ways = (
        ([words.signer], [SIGNED_ELECTRONICALLY, when]),
        ([words.signer], below),
        (_in_two(words.signer), [SIGNED_ELECTRONICALLY, when]),
        ([words.signer], [f"{SIGNED_ELECTRONICALLY} {when}"]),
    )
    return max((_fitted(typesetter, *way, size) for way in ways), key=_how_good)


def _how_good(rows: list[_Row]) -> tuple[bool, float]:
    shortened = any(row.text.endswith(SHORTENED) for row in rows)
    return not shortened, min(row.style.size for row in rows)


def _in_two(name: str) -> list[str]:
    """A name on two lines, broken at the blank nearest to its middle; on one where it has none."""
    blanks = [at for at, letter in enumerate(name) if letter == " "]
    middle = min(blanks, key=lambda at: abs(at - len(name) / 2), default=len(name))
    return [part for part in (name[:middle], name[middle + 1 :]) if part]


def _fitted(typesetter: Typesetter, name: list[str], below: list[str], size: tuple[float, float]) -> list[_Row]:
    """The lines in the largest type that fits; a name too long even in the smallest is shortened."""
    width, height = size[0] - 2 * PADDING, size[1] - LIFT
    widest = max(typesetter.text_width(text, replace(PLAIN, size=1.0)) for text in below)
    lines = len(name) + len(below)
    type_size = max(SMALLEST, min(LARGEST, height / (LEADING * lines), width / max(widest, 0.01)))
    named = [_narrowed(typesetter, _Row(text, replace(BOLD, size=type_size)), width) for text in name]
    return [*named, *(_Row(text, replace(PLAIN, size=type_size)) for text in below)]


def _narrowed(typesetter: Typesetter, row: _Row, width: float) -> _Row:
    natural = typesetter.text_width(row.text, row.style)
    if natural <= width:
        return row
    style = replace(row.style, size=max(SMALLEST, row.style.size * width / natural))
    text = row.text
    while text and typesetter.text_width(text + SHORTENED, style) > width:
        text = text[:-1]
    return _Row(row.text if text == row.text else text.rstrip() + SHORTENED, style)


def _draw_rows(canvas: ThaiCanvas, typesetter: Typesetter, rows: list[_Row], size: tuple[float, float]) -> None:
    """The rows one under another, in the middle of the place above its dots."""
    type_size = rows[-1].style.size
    used = LEADING * type_size * len(rows)
    base = LIFT + (size[1] - LIFT + used) / 2 - ASCENT * type_size
    for row in rows:
        draw_line(canvas, typesetter, row.text, PADDING, base, row.style, size[0] - 2 * PADDING)
        base -= LEADING * type_size
