"""The parts of a pack that was issued, as its outline tells them, and some of its pages as a file of their own."""

import hashlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any, cast

from pyhanko.pdf_utils.generic import ArrayObject, BooleanObject, ByteStringObject, DictionaryObject, TextStringObject
from pyhanko.pdf_utils.generic import pdf_name as name
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter

from desktop.domain.pack_sheet import Part
from forms.signature_place import entry_of, pages_of


def parts_of_pack(pdf: bytes) -> dict[Part, range]:
    """The pages of each part, counted from 0; empty for a report that was issued alone."""
    reader = PdfFileReader(BytesIO(pdf))
    places = {page.container_ref: at for at, page in enumerate(pages_of(reader))}
    known = {part.value: part for part in Part}
    begins = [(known[title], places[page]) for title, page in _top_entries(reader.root) if title in known]
    if {part for part, _ in begins} != set(Part):
        return {}
    ends = [*(at for _, at in begins[1:]), len(places)]
    return {part: range(at, end) for (part, at), end in zip(begins, ends, strict=True)}


def pages_alone(pdf: bytes, places: Sequence[int], title: str) -> bytes:
    """Those pages of the file as they are, in a file of their own; the same bytes every time."""
    reader = PdfFileReader(BytesIO(pdf))
    pages = list(pages_of(reader))
    chosen = ArrayObject([_without_parent(pages[place]) for place in places])
    chosen.container_ref = pages[0].container_ref
    writer: Any = cast("Any", _UndatedWriter)()
    for page in writer.import_object(chosen):  # together: what they share is brought over once
        writer.insert_page(page)
    writer.root[name("/Lang")] = TextStringObject("th-TH")
    writer.root[name("/ViewerPreferences")] = DictionaryObject({name("/DisplayDocTitle"): BooleanObject(True)})
    writer.set_info(DictionaryObject({name("/Title"): TextStringObject(title)}))
    digest = ByteStringObject(hashlib.sha256(pdf + repr(list(places)).encode()).digest()[:16])
    writer._document_id = ArrayObject([digest, digest])
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


class _UndatedWriter(PdfFileWriter):
    """Writes no clock time."""

    def _update_meta(self) -> None:
        pass


def _without_parent(page: Any) -> DictionaryObject:
    return DictionaryObject({key: page.raw_get(key) for key in page if key != "/Parent"})


def _top_entries(root: Any) -> list[tuple[str, Any]]:
    """(title, page) of the outline's top level."""
    found = []
    entry = entry_of(entry_of(root, "/Outlines"), "/First")
    while entry is not None:
        found.append((str(entry["/Title"]), entry["/Dest"].raw_get(0).reference))
        entry = entry_of(entry, "/Next")
    return found
