"""A PDF as evidence: whether it is whole and can be opened, and how many pages it has. Nothing in it is ever run."""

import re
import time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from desktop.services.picture_headers import SAFE, PictureRefused, broken

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

END_WITHIN = 2048  # bytes from the end of the file
MOST_PAGES = 2000
DEEPEST = 50  # levels of the tree of pages
LONGEST = 10.0  # seconds of looking at one file
MOST_UNPACKED = 32 * 1024 * 1024  # bytes of one packed part
_END = re.compile(rb"startxref\s{1,8}\d{1,10}\s{0,8}%%EOF")


class _InTime(BytesIO):
    """A content that is read for a while only: a file made to keep a reader busy does not hold the work up."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._until = time.monotonic() + LONGEST

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes; raises TimeoutError when it takes too long."""
        if time.monotonic() > self._until:
            raise TimeoutError
        return super().read(size)


def pages_of(content: bytes) -> int:
    """How many pages a PDF has; raises PictureRefused when it is cut, locked or cannot be opened."""
    if not _END.search(content, max(0, len(content) - END_WITHIN)):
        raise broken("PDF ขาดตอนท้าย")
    try:
        return _counted(content)
    except PictureRefused:
        raise
    except MemoryError:
        raise PictureRefused(f"หน่วยความจำเครื่องไม่พอสำหรับ PDF นี้ จึงไม่ได้แนบ {SAFE} โปรดปิดโปรแกรมอื่นแล้วลองใหม่") from None
    except TimeoutError:
        raise PictureRefused(f"PDF นี้ซับซ้อนผิดปกติ ตรวจไม่เสร็จ จึงไม่ได้แนบ {SAFE} โปรดพิมพ์เป็น PDF ใหม่แล้วแนบ") from None
    except Exception as error:  # whatever the reader says of a broken file: a refusal, never a fault of ours
        raise broken("เปิด PDF ไม่ได้") from error


def _counted(content: bytes) -> int:
    from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
    from pyhanko.pdf_utils.reader import PdfFileReader

    limits = DecodeLimits(
        per_stream=StreamDecodeLimits(max_output_size=MOST_UNPACKED),
        document_budget=DocumentDecodeBudget(base_allowance=4 * MOST_UNPACKED, max_ratio=10),
    )
    reader = PdfFileReader(_InTime(content), strict=False, decode_limits=limits)
    if reader.encrypted:
        raise PictureRefused(f"PDF นี้ใส่รหัสผ่านไว้ จึงไม่ได้แนบ {SAFE} โปรดบันทึกเป็น PDF ที่ไม่มีรหัสผ่านแล้วแนบใหม่")
    pages = _pages_below(reader)
    if not pages:
        raise broken("PDF ไม่มีหน้า")
    return pages


def _pages_below(reader: "PdfFileReader") -> int:
    """The leaves of the tree of pages, each node visited once."""
    waiting: list[tuple[Any, int]] = [(reader.root["/Pages"], 0)]
    pages = nodes = 0
    while waiting:
        reference, depth = waiting.pop()
        node = reference.get_object()
        nodes += 1
        if nodes > 2 * MOST_PAGES or depth > DEEPEST:
            raise PictureRefused(f"PDF นี้มีหน้ามากหรือซับซ้อนผิดปกติ จึงไม่ได้แนบ {SAFE} โปรดแบ่งเป็นหลายแฟ้ม")
        if "/Kids" in node:
            waiting += [(kid, depth + 1) for kid in node["/Kids"]]
        elif node["/Type"] == "/Page":
            pages += 1
    return pages
