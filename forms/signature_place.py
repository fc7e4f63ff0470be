"""Where in a PDF a signature stands: the report's own place for it, else the lower right of the last page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.rw_common import PdfHandler

from forms.signing_line import SIGNATURE_PLACE

FIT = "/FitR"  # the destination: page, /FitR, left, bottom, right, top
FALLBACK_SIZE = (200, 64)  # points
FALLBACK_MARGIN = 57  # 2 cm from the right edge and from the foot
SMALLEST = (40, 16)  # a place narrower or lower than this holds no words
MOST_PAGES = 5_000
DEEPEST = 20  # levels of a tree of names or pages


@dataclass(frozen=True)
class SignaturePlace:
    """A rectangle on a page (counted from 0), in whole points: left, bottom, right, top."""

    page: int
    box: tuple[int, int, int, int]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        left, bottom, right, top = self.box
        return right - left, top - bottom


def signature_place(document: PdfHandler) -> SignaturePlace:
    """The place of the signature; raises pyHanko's errors for a file without readable pages."""
    pages = list(pages_of(document))
    if not pages:
        raise PdfReadError("no page")
    return _named_place(document, pages) or _fallback(pages)


def pages_of(document: PdfHandler) -> Iterator[Any]:
    """The pages of a document, in order."""
    return _pages(document.root["/Pages"], 0)


def _pages(node: Any, depth: int) -> Iterator[Any]:
    """The pages of a tree, in order."""
    if depth > DEEPEST:
        raise PdfReadError("the page tree is too deep")
    for count, kid in enumerate(node["/Kids"]):
        if count > MOST_PAGES:
            raise PdfReadError("too many pages")
        each = kid.get_object()
        if "/Kids" in each:
            yield from _pages(each, depth + 1)
        else:
            yield each


def _named_place(document: PdfHandler, pages: list[Any]) -> SignaturePlace | None:
    found = _destination(document.root)
    if found is None:
        return None
    found = entry_of(found, "/D") if isinstance(found, dict) else found
    if not isinstance(found, list) or len(found) != 6 or found[1] != FIT:
        return None
    page = found[0]
    at = next((index for index, each in enumerate(pages) if each.container_ref == page.container_ref), None)
    if at is None:
        return None
    left, bottom, right, top = (round(float(found[side])) for side in range(2, 6))
    place = SignaturePlace(at, (left, bottom, right, top))
    width, height = place.size
    return place if width >= SMALLEST[0] and height >= SMALLEST[1] and _inside(place.box, page) else None


def _destination(root: Any) -> Any:
    """What the document's names say of the place: in the old dictionary or in the tree of names."""
    old = entry_of(entry_of(root, "/Dests"), f"/{SIGNATURE_PLACE}")
    return old if old is not None else _in_tree(entry_of(entry_of(root, "/Names"), "/Dests"), 0)


def entry_of(node: Any, name: str) -> Any:
    """What a dictionary holds under a name, followed to the object itself; None when it holds nothing."""
    return node[name] if node is not None and name in node else None


def _in_tree(node: Any, depth: int) -> Any:
    names = entry_of(node, "/Names") or ()
    for at in range(0, len(names) - 1, 2):
        if str(names[at]) == SIGNATURE_PLACE:
            return names[at + 1]
    if depth < DEEPEST:
        for kid in entry_of(node, "/Kids") or ():
            found = _in_tree(kid.get_object(), depth + 1)
            if found is not None:
                return found
    return None


def _fallback(pages: list[Any]) -> SignaturePlace:
    left, bottom, right, top = _edges(pages[-1])
    width, height = min(FALLBACK_SIZE[0], right - left), min(FALLBACK_SIZE[1], top - bottom)
    right, bottom = max(right - FALLBACK_MARGIN, left + width), min(bottom + FALLBACK_MARGIN, top - height)
    return SignaturePlace(len(pages) - 1, (right - width, bottom, right, bottom + height))


def _inside(box: tuple[int, int, int, int], page: Any) -> bool:
    left, bottom, right, top = _edges(page)
    return left <= box[0] and bottom <= box[1] and box[2] <= right and box[3] <= top


def _edges(page: Any) -> tuple[int, int, int, int]:
    """The page as it is seen: its own crop box or media box, or one it inherits."""
    for name in ("/CropBox", "/MediaBox"):
        node, depth = page, 0
        while node is not None and depth < DEEPEST:
            if name in node:
                x1, y1, x2, y2 = (round(float(side)) for side in node[name])
                return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
            node, depth = entry_of(node, "/Parent"), depth + 1
    raise PdfReadError("a page without a size")
