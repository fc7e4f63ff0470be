"""Pictures in the PDF: a bare upright copy, the same bytes every time; bombs and torn files are told, never drawn."""

import hashlib
import random
import struct
import zlib
from datetime import UTC, datetime
from io import BytesIO

import pypdf
import pytest
from PIL import Image

from desktop.domain.evidence import OF_OUTAGE, Attachment
from forms.embedded_pictures import PictureShelf, PictureUnfit, draw_picture, picture_copy
from forms.reportlab_door import Flowable
from forms.thai_document import Section, document_pdf
from tests.forms.pack_ground import screen

SECRET = b"GPS-13.7563N-100.5018E-SERIAL-778899"


def saved(picture, form, **options):
    made = BytesIO()
    picture.save(made, form, **options)
    return made.getvalue()


def seen(picture):
    return Image.open(BytesIO(picture.jpeg)).convert("RGB")


def quarters(size=(80, 60)):
    """Red, green, blue and white quarters: which way is up can be told."""
    picture = Image.new("RGB", size, "white")
    half = (size[0] // 2, size[1] // 2)
    picture.paste("red", (0, 0, *half))
    picture.paste("green", (half[0], 0, size[0], half[1]))
    picture.paste("blue", (0, half[1], half[0], size[1]))
    return picture


def near(colour, wanted):
    return all(abs(a - b) < 25 for a, b in zip(colour, wanted, strict=True))


def png_header(width, height):
    def chunk(name, content):
        return struct.pack(">L", len(content)) + name + content + struct.pack(">L", zlib.crc32(name + content))

    body = zlib.compress(b"\0" * 1000)
    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def webp_header(width, height):
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<L", 10) + b"\0\0\0\0" + canvas + b"VP8L" + struct.pack("<L", 8) + b"\0" * 8
    return b"RIFF" + struct.pack("<L", len(body)) + body


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_each_kind_of_picture_is_shown_as_it_is(form):
    options = {"lossless": True} if form == "WEBP" else {}
    copy = picture_copy(saved(quarters(), form, **options))
    assert (copy.width, copy.height) == (80, 60)
    assert near(seen(copy).getpixel((10, 10)), (255, 0, 0))
    assert near(seen(copy).getpixel((10, 50)), (0, 0, 255))
    assert near(seen(copy).getpixel((70, 50)), (255, 255, 255))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_nothing_but_the_picture_is_in_the_copy(form):
    exif = Image.Exif()
    exif[0x010E] = exif[0x9C9B] = SECRET.decode()
    content = saved(quarters(), form, exif=exif.tobytes())
    assert SECRET[:10] in content  # it is in what was kept
    copy = picture_copy(content).jpeg
    assert SECRET[:10] not in copy
    assert b"Exif" not in copy
    assert not Image.open(BytesIO(copy)).getexif()


def test_a_picture_taken_on_its_side_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned right by the camera
    copy = picture_copy(saved(quarters(), "JPEG", exif=exif.tobytes(), quality=95, subsampling=0))
    assert (copy.width, copy.height) == (60, 80)
    assert near(seen(copy).getpixel((50, 10)), (255, 0, 0))


def test_odd_kinds_of_pixels_become_plain_ones():
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert near(seen(picture_copy(saved(clear, "PNG"))).getpixel((5, 5)), (255, 255, 255))
    press = Image.new("CMYK", (20, 20), (0, 255, 255, 0))
    assert near(seen(picture_copy(saved(press, "JPEG"))).getpixel((5, 5)), (255, 0, 0))
    sixteen = Image.new("I;16", (20, 20), 0x8000)
    assert near(seen(picture_copy(saved(sixteen, "PNG"))).getpixel((5, 5)), (128, 128, 128))
    table = quarters().convert("P", palette=Image.Palette.ADAPTIVE)
    assert near(seen(picture_copy(saved(table, "PNG"))).getpixel((10, 10)), (255, 0, 0))


def test_a_large_picture_is_made_no_larger_than_needed():
    copy = picture_copy(saved(Image.new("RGB", (5000, 3000), "navy"), "JPEG"))
    assert max(copy.width, copy.height) == 2000
    assert copy.height == 1200


@pytest.mark.parametrize(
    "bomb",
    [png_header(30_000, 30_000), png_header(8_000, 5_001), png_header(12_000, 12_000), webp_header(16_000, 16_000)],
    ids=["900 megapixels", "just over", "pillow would warn", "webp"],
)
def test_too_many_pixels_are_refused_by_the_header_alone(bomb):
    with pytest.raises(PictureUnfit, match="40 ล้านจุด"):
        picture_copy(bomb)


def test_without_the_look_at_the_header_the_pixels_would_be_decoded(monkeypatch):
    with pytest.raises(PictureUnfit, match="40 ล้านจุด"):
        picture_copy(png_header(8_000, 5_001))
    monkeypatch.setattr("forms.embedded_pictures.MOST_PIXELS", 10**9)
    with pytest.raises(PictureUnfit, match="เสียหาย"):  # it went on to decode, and found the content too short
        picture_copy(png_header(8_000, 5_001))


def test_torn_and_foreign_files_are_refused():
    chance = random.Random(8)
    sound = saved(quarters((300, 200)), "PNG")
    for cut in sorted(chance.sample(range(len(sound) - 30), 20)):
        with pytest.raises(PictureUnfit):
            picture_copy(sound[:cut])
    for foreign in (
        b"",
        b"GIF89a" + b"\0" * 90,
        saved(quarters(), "GIF"),
        saved(quarters(), "TIFF"),
        b"%PDF-1.7",
        b"<svg/>",
    ):
        with pytest.raises(PictureUnfit):
            picture_copy(foreign)


def test_no_damage_brings_the_paper_down():
    chance = random.Random(9)
    for form in ("PNG", "JPEG", "WEBP"):
        sound = saved(quarters((120, 90)), form)
        for _ in range(150):
            torn = bytearray(sound)
            for _ in range(chance.randrange(1, 6)):
                torn[chance.randrange(len(torn))] = chance.randrange(256)
            try:
                picture_copy(bytes(torn))
            except PictureUnfit as unfit:
                assert str(unfit)


def test_the_same_picture_is_the_same_bytes():
    content = screen()
    assert picture_copy(content) == picture_copy(content)


class _Twice(Flowable):
    def __init__(self, picture):
        super().__init__()
        self.picture = picture

    def wrap(self, available_width, available_height):
        return 200, 200

    def draw(self):
        draw_picture(self.canv, self.picture, 0, 100, 100, 80)
        draw_picture(self.canv, self.picture, 0, 0, 100, 80)


def test_a_picture_shown_twice_is_embedded_once(tmp_path):
    pdf = document_pdf([Section((_Twice(picture_copy(screen())),))], "ภาพ", "", datetime(2020, 1, 1).date())
    assert pdf.count(b"/Subtype /Image") == 1
    file = tmp_path / "twice.pdf"
    file.write_bytes(pdf)
    assert pypdf.PdfReader(str(file)).pages[0].images[0].image.size == (1366, 768)


def test_the_shelf_says_why_a_file_is_not_shown_and_reads_each_once():
    content = screen(40, 30)
    sha256 = hashlib.sha256(content).hexdigest()
    asked = []

    def contents(sha):
        asked.append(sha)
        return {sha256: content, "b" * 64: b"torn"}.get(sha)

    def attachment(sha, media="image/png"):
        return Attachment(OF_OUTAGE, "1", sha, media, 1, "x.png", datetime(2020, 1, 1, tzinfo=UTC))

    shelf = PictureShelf(contents)
    kinds = [attachment(sha256), attachment("b" * 64), attachment("c" * 64), attachment("d" * 64, "application/pdf")]
    found = [shelf.picture(each) for each in (*kinds, *kinds)]
    assert [isinstance(each, str) for each in found] == [False, True, True, True] * 2
    assert [each.attachment for each in shelf.not_shown] == kinds[1:]
    assert asked == [sha256, "b" * 64, "c" * 64]
