"""Papers: PDF files made from the register, to be looked at, printed and saved; one function is one paper.

The month's papers stand in ``month_pack``. What a fonts folder cannot show is said among the remarks of a paper.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.memo_wording import office_name
from desktop.services.desk import Desk
from desktop.services.progress import Cancelled, Progress
from desktop.services.whole_files import PDF, WholeFile, refuse_target

LONGEST_NAME = 120  # characters of a file's name: a Windows path has 260 in all
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


@dataclass(frozen=True)
class Paper:
    """A PDF with what it is called on the screen and as a file, and what is worth knowing of it."""

    title: str
    file_name: str
    pdf: bytes
    remarks: tuple[str, ...] = ()


def paper_file_name(words: str) -> str:
    """Words as the name of a PDF file on any disk."""
    plain = " ".join(_FORBIDDEN.sub("-", words).split())[:LONGEST_NAME].strip(" .")
    return f"{plain or 'เอกสาร'}.pdf"


def save_paper(desk: Desk, paper: Paper, path: Path) -> None:
    """Write a paper where the officer says, whole or not at all; raises CannotDo."""
    refuse_target(desk.register, path, PDF)
    with WholeFile(path) as file:
        file.write(paper.pdf)
        file.give_name()


def office_of(desk: Desk) -> str:
    """The office's name of today's fiscal year, for the foot of its own papers."""
    return office_name(desk.fiscal_year(desk.current_year).project)


def told(progress: Progress | None, done: int, of: int) -> None:
    """Tell how far a paper is; raises Cancelled when the officer stops it."""
    if progress is not None and not progress(done, of):
        raise Cancelled


def glyph_remarks(desk: Desk, texts: Iterable[str]) -> tuple[str, ...]:
    """A sentence on the characters of the texts that no paper can show; none when all can be shown."""
    from forms.missing_glyphs import missing_characters

    missing = missing_characters("\n".join(texts), desk.shipped.fonts)
    if not missing:
        return ()
    named = " ".join(f"{character} (U+{ord(character):04X})" for character in missing)
    return (f"แบบอักษรไม่มีตัว {named} จึงพิมพ์เป็นรหัสแทน",)
