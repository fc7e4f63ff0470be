"""Where a signature goes: the place the report names, however the file spells it, else the last page's lower right."""

from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from forms.signature_place import signature_place

FALLBACK = (1, (338, 57, 538, 121))
NAMED = (0, (100, 200, 300, 250))


def pdf(catalog: str, *more: str, boxes: tuple[str, str] = ("", "")) -> PdfFileReader:
    """Two A4 pages (objects 3 and 4) under a catalog of these entries; ``more`` are the objects from 5 on."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 595 842]>>",
        *(f"<</Type/Page/Parent 2 0 R{box}>>" for box in boxes),
        *more,
    ]
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return PdfFileReader(BytesIO(out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()))


@pytest.mark.parametrize(
    "reader",
    [
        pdf("/Names<</Dests<</Names[(other) 5 0 R (signature-place) [3 0 R/FitR 100 200 300 250]]>>>>", "[4 0 R/Fit]"),
        pdf("/Names<</Dests<</Names[(signature-place) 5 0 R]>>>>", "[3 0 R/FitR 100 200 300 250]"),
        pdf("/Names<</Dests<</Names[(signature-place) <</D[3 0 R/FitR 99.7 200.2 300.4 249.6]>>]>>>>"),
        pdf("/Names<</Dests<</Kids[5 0 R 6 0 R]>>>>", "<</Kids[]>>", "<</Names[(signature-place) 7 0 R]>>",
            "<</D[3 0 R/FitR 100 200 300 250]>>"),
        pdf("/Dests<</signature-place[3 0 R/FitR 100 200 300 250]>>"),
        pdf("/Dests 5 0 R", "<</signature-place 6 0 R>>", "<</D[3 0 R/FitR 100 200 300 250]>>"),
    ],
    ids=["tree", "by reference", "dictionary", "tree with branches", "old", "old by reference"],
)  # fmt: skip
def test_the_named_place_is_found_however_it_is_spelled(reader: PdfFileReader) -> None:
    place = signature_place(reader)
    assert (place.page, place.box) == NAMED


@pytest.mark.parametrize(
    "destination",
    [
        "[3 0 R/Fit]",
        "[3 0 R/FitR 100 200 300]",
        "[3 0 R/FitR 100 200 110 250]",  # too narrow for words
        "[3 0 R/FitR 300 200 100 250]",
        "[3 0 R/FitR 100 200 700 250]",  # beyond the page
        "[1 0 R/FitR 100 200 300 250]",  # no page
        "(elsewhere)",
        "7",
    ],
)
def test_a_place_that_is_none_is_left_for_the_last_pages_corner(destination: str) -> None:
    place = signature_place(pdf(f"/Names<</Dests<</Names[(signature-place) {destination}]>>>>"))
    assert (place.page, place.box) == FALLBACK


def test_the_corner_keeps_inside_the_page_as_it_is_seen() -> None:
    assert signature_place(pdf("")).box == FALLBACK[1]
    assert signature_place(pdf("", boxes=("", "/CropBox[100 100 500 400]"))).box == (243, 157, 443, 221)
    assert signature_place(pdf("", boxes=("", "/MediaBox[0 0 120 30]"))).box == (0, 0, 120, 30)


def test_names_that_lead_in_a_circle_end_somewhere() -> None:
    circle = pdf("/Names<</Dests 5 0 R>>", "<</Kids[5 0 R]>>")
    assert signature_place(circle).box == FALLBACK[1]
