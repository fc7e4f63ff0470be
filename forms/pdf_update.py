"""A PDF opened for one addition at its end: what was issued stays byte for byte as it was.

pyHanko's own writer dates the file by the PC's clock and time zone and adds its name; this one by the moment given.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import Enum
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_date, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

PDF_HEAD = b"%PDF-"
RANGES = b"/ByteRange"  # stands in every signed file as it is: it is never compressed


class Obstacle(Enum):
    """Why nothing can be added to a file."""

    NO_PDF = "no PDF"
    ENCRYPTED = "encrypted"
    SIGNED = "signed already"
    UNREADABLE = "unreadable"


class NotSignable(Exception):
    """The file cannot be signed as it is."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle


class DatedUpdate(IncrementalPdfFileWriter):
    """Adds to the end of a PDF; ``at`` is the moment of the change, with a time zone."""

    def __init__(self, reader: PdfFileReader, at: datetime) -> None:
        super().__init__(reader.stream, prev=reader)
        self._at = at

    def _update_meta(self) -> None:
        if self._info is not None:
            info = self._info.get_object()
            if isinstance(info, generic.DictionaryObject):
                info[pdf_name("/ModDate")] = pdf_date(self._at)
                self.mark_update(self._info)


def opened_for_update(pdf: bytes, at: datetime) -> IncrementalPdfFileWriter:
    """The file, ready for an addition; raises NotSignable."""
    if not pdf.startswith(PDF_HEAD):
        raise NotSignable(Obstacle.NO_PDF)
    if RANGES in pdf:
        raise NotSignable(Obstacle.SIGNED)
    with structure_of_the_file():
        reader = PdfFileReader(BytesIO(pdf))
        if reader.encrypted:
            raise NotSignable(Obstacle.ENCRYPTED)
        return DatedUpdate(reader, at)


@contextmanager
def structure_of_the_file() -> Iterator[None]:
    """Turn whatever pyHanko raises over a strange file into NotSignable: it is the file's fault, whatever the name."""
    try:
        yield
    except NotSignable:
        raise
    except Exception as error:
        raise NotSignable(Obstacle.UNREADABLE) from error
