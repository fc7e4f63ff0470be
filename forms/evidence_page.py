"""One outage of the central system with its evidence: from when to when, what failed, the pictures, their SHA-256.

A page of Annex B, and a paper of its own that is printed at once after the outage.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain.memo_wording import duration_words, moment_words, outage_words
from desktop.domain.pack_sheet import OutageEvidence
from desktop.domain.thai_dates import BANGKOK
from forms.annex_look import BODY, FACT, HEADING, REMARK, paper_section
from forms.embedded_pictures import Picture, PictureShelf, draw_picture
from forms.reportlab_door import Flowable
from forms.thai_document import document_pdf
from forms.thai_paragraph import ThaiParagraph, draw_line
from forms.typesetting import Align, ThaiStyle, Typesetter, load_typesetter

HEAD = "หลักฐานกรณีระบบเรื่องราวร้องทุกข์ขัดข้อง"
HASH = ThaiStyle(size=8, leading=13, left=12, grey=0.2)
FILE = replace(FACT, before=3)
CAPTION = ThaiStyle(size=8.5, leading=13, align=Align.CENTRE)
GAP = 8.0  # between pictures
CAPTION_ROOM = 14.0
LOWEST = 220.0  # points: pictures that would get less go to the next page
LOWEST_UPRIGHT = 320.0  # the same of an upright picture alone: a telephone's screen is read by its width
TALLEST = 440.0  # points: no picture covers a page and its ร่าง
LARGEST_SCALE = 0.9  # points a pixel: a small picture is not blown up
A_PAGE_HOLDS = 9


@dataclass(frozen=True)
class Shown:
    """A picture with the number it has among its outage's files."""

    place: int
    picture: Picture

    @property
    def lies(self) -> bool:
        """Whether it is as wide as it is high, or wider: a screen."""
        return self.picture.width >= self.picture.height


def evidence_page_pdf(evidence: OutageEvidence, office: str, fonts: Path, words: Path, shelf: PictureShelf) -> bytes:
    """The evidence of one outage alone; ``shelf`` afterwards knows which files could not be shown."""
    typesetter = load_typesetter(fonts, words)
    outage = evidence.outage
    title = f"{HEAD} {outage_words(outage)}"
    foot = f"{office} · หลักฐานระบบฯ ขัดข้อง ครั้งที่ {outage.number}"
    story = outage_story(evidence, typesetter, shelf)
    section = paper_section(story, typesetter, head=HEAD, foot=foot, entry=title)
    day = outage.noted_at.astimezone(BANGKOK).date()
    return document_pdf([section], title, author=office, on=day)


def outage_story(evidence: OutageEvidence, typesetter: Typesetter, shelf: PictureShelf) -> list[Flowable]:
    """Facts, files and pictures of one outage from the top down."""
    shown: list[Shown] = []
    files: list[Flowable] = []
    for place, attachment in enumerate(evidence.attachments, 1):
        found = shelf.picture(attachment)
        kept = moment_words(attachment.added_at.astimezone(BANGKOK))
        told = f"ภาพที่ {place}" if isinstance(found, Picture) else f"แฟ้มที่ {place} ({found})"
        files.append(ThaiParagraph(typesetter, f"{told} เก็บไว้เมื่อ {kept}", FILE))
        files.append(ThaiParagraph(typesetter, f"SHA-256 ของแฟ้มต้นฉบับ {attachment.sha256}", HASH))
        if isinstance(found, Picture):
            shown.append(Shown(place, found))
    grids = (PictureGrid(together, typesetter) for together in _together(shown))
    return [*_facts(evidence, typesetter), *files, *grids]


def _together(shown: list[Shown]) -> Iterator[list[Shown]]:
    """Which pictures share a grid. A screen and an upright picture stand one below the other, each across the page:
    side by side neither could be read."""
    if len(shown) == 2 and shown[0].lies is not shown[1].lies:
        yield from ([each] for each in shown)
        return
    for start in range(0, len(shown), A_PAGE_HOLDS):
        yield shown[start : start + A_PAGE_HOLDS]


def _facts(evidence: OutageEvidence, typesetter: Typesetter) -> Iterator[Flowable]:
    outage = evidence.outage
    noted = moment_words(outage.noted_at.astimezone(BANGKOK))
    yield ThaiParagraph(typesetter, f"ระบบขัดข้อง{outage_words(outage)}", replace(HEADING, before=0))
    yield ThaiParagraph(typesetter, f"รวมเวลา {duration_words(outage)}", BODY)
    yield ThaiParagraph(typesetter, f"สิ่งที่ใช้งานไม่ได้ : {outage.what}", BODY)
    yield ThaiParagraph(typesetter, f"ผู้บันทึก : {outage.noted_by or '-'} บันทึกเมื่อ {noted}", BODY)
    if not evidence.attachments:
        yield ThaiParagraph(typesetter, "ไม่มีภาพหน้าจอหรือแฟ้มแนบ", BODY)
    else:
        yield ThaiParagraph(
            typesetter,
            "ภาพในหน้านี้เป็นสำเนาย่อเพื่อการพิมพ์ แฟ้มต้นฉบับเก็บไว้ในทะเบียนและตรวจสอบได้ด้วย SHA-256",
            REMARK,
        )


class PictureGrid(Flowable):
    """Pictures side by side in what is left of the page, each as large as it fits, with its number below."""

    def __init__(self, pictures: list[Shown], typesetter: Typesetter) -> None:
        super().__init__()
        self._pictures = pictures
        self._typesetter = typesetter

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """All the room that is left, or as much as the pictures need at their largest."""
        self.width = available_width
        columns, rows = self._shape()
        cell = self._cell_width(columns)
        needed = (self._tallest(row, columns, cell) for row in range(rows))
        natural = sum(needed) + rows * (GAP + CAPTION_ROOM)
        alone_upright = len(self._pictures) == 1 and not self._pictures[0].lies
        self.height = min(natural, max(available_height, LOWEST_UPRIGHT if alone_upright else LOWEST))
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Never: it asks for another page instead."""
        return []

    def draw(self) -> None:
        """Draws every picture in the middle of its cell."""
        columns, rows = self._shape()
        width, height = self._cell_width(columns), self.height / rows
        for index, shown in enumerate(self._pictures):
            left = index % columns * (width + GAP)
            low = self.height - (index // columns + 1) * height
            self._draw_one(shown, left, low, width, height - GAP)

    def _draw_one(self, shown: Shown, left: float, low: float, width: float, height: float) -> None:
        picture = shown.picture
        scale = min(width / picture.width, (height - CAPTION_ROOM) / picture.height, LARGEST_SCALE)
        wide, high = picture.width * scale, picture.height * scale
        x, y = left + (width - wide) / 2, low + height - high
        draw_picture(self.canv, picture, x, y, wide, high)
        self.canv.saveState()
        self.canv.setStrokeGray(0.6)
        self.canv.setLineWidth(0.5)
        self.canv.rect(x, y, wide, high)
        self.canv.restoreState()
        draw_line(self.canv, self._typesetter, f"ภาพที่ {shown.place}", left, y - 10, CAPTION, width)

    def _shape(self) -> tuple[int, int]:
        """Columns and rows: two wide screens stand one above the other, more of them side by side."""
        count = len(self._pictures)
        if count <= 2 and all(shown.lies for shown in self._pictures):
            return 1, count
        columns = 2 if count <= 4 else 3
        columns = min(columns, count)
        return columns, -(-count // columns)

    def _cell_width(self, columns: int) -> float:
        return (self.width - GAP * (columns - 1)) / columns

    def _tallest(self, row: int, columns: int, cell: float) -> float:
        """The height a row would take at the cell's full width."""
        of_row = self._pictures[row * columns : (row + 1) * columns]
        scales = ((each.picture, min(cell / each.picture.width, LARGEST_SCALE)) for each in of_row)
        return min(TALLEST, max(picture.height * scale for picture, scale in scales))
