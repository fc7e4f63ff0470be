"""What is taken as evidence and what is refused by name; the shown copy is upright, in sRGB, and tells nothing else."""

import random
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageFile

from desktop.services import attached_pdf, picture_headers, pictures
from desktop.services.desk import CannotDo
from desktop.services.picture_headers import PictureRefused
from desktop.services.pictures import Kind, is_one_colour, look_at, shown_copy
from tests.running import is_one_thai_sentence
from tests.services import picture_faults
from tests.services.picture_faults import cuts, encoded, flips, judged, paper, scene

RED, GREEN, BLUE, WHITE, BLACK = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG with its checksum."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, depth: int = 8, colour: int = 0, row: bytes | None = None, *more: bytes) -> bytes:
    """A PNG written by hand, its rows all alike."""
    packer = zlib.compressobj(1)
    line = b"\0" + (row if row is not None else bytes(width * depth // 8))
    body = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = (chunk(b"IHDR", header), *more, chunk(b"IDAT", body), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def bomb() -> bytes:
    """30,000 × 30,000 pixels in 109 KB: the header says so, the body need not be there to be refused."""
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(bytes(3751)) for _ in range(30_000)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def quarters() -> Image.Image:
    """Red, green above; blue, white below; wider than high."""
    made = Image.new("RGB", (64, 48), WHITE)
    made.paste(RED, (0, 0, 32, 24))
    made.paste(GREEN, (32, 0, 64, 24))
    made.paste(BLUE, (0, 24, 32, 48))
    return made


def opened(content: bytes) -> Image.Image:
    found = Image.open(BytesIO(content))
    found.load()
    return found


def near(one: object, other: tuple[int, int, int], by: int = 12) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def corners(content: bytes) -> list[object]:
    found = opened(content).convert("RGB")
    width, height = found.size
    places = [(4, 4), (width - 5, 4), (4, height - 5), (width - 5, height - 5)]
    return [found.getpixel(place) for place in places]


def segments(jpeg: bytes) -> set[int]:
    """The markers of a JPEG up to its picture."""
    found, at = set(), 2
    while jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


def chunks(content: bytes) -> set[bytes]:
    """The chunks of a PNG."""
    found, at = set(), 8
    while at < len(content):
        found.add(content[at + 4 : at + 8])
        at += 12 + int.from_bytes(content[at : at + 4], "big")
    return found


def refusal(content: bytes) -> str:
    with pytest.raises(PictureRefused) as told:
        look_at(content)
    assert is_one_thai_sentence(str(told.value))
    return str(told.value)


def in_child(words: str, *lines: str) -> list[str]:
    """Run lines of Python in a process of its own."""
    program = "\n".join(
        ("import resource, sys, zlib", "from desktop.services import picture_headers, pictures", *lines)
    )
    done = subprocess.run([sys.executable, "-c", program, words], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")


# What is taken


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("JPEG", "image/jpeg"),
        ("JPEG, progressive", "image/jpeg"),
        ("JPEG, CMYK", "image/jpeg"),
        ("PNG", "image/png"),
        ("PNG, palette", "image/png"),
        ("WebP", "image/webp"),
        ("WebP, lossless", "image/webp"),
    ],
)
def test_sound_pictures_are_taken_by_their_first_bytes(name: str, media: str) -> None:
    assert look_at(picture_faults.files()[name]) == Kind(media, 96, 72, 0)


def test_a_sound_pdf_is_taken_with_its_pages() -> None:
    assert look_at(paper(1)) == Kind("application/pdf", 0, 0, 1)
    assert look_at(paper(7)) == Kind("application/pdf", 0, 0, 7)


def test_a_pdf_with_packed_objects_and_javascript_is_counted_and_nothing_is_run() -> None:
    from pypdf import PdfWriter
    from pypdf.actions import JavaScript

    writer = PdfWriter(clone_from=BytesIO(paper(3)))
    writer.add_open_action(JavaScript("app.alert(1)"))
    made = BytesIO()
    writer.write(made)
    assert look_at(made.getvalue()).pages == 3


# What is refused, and how it is called


def saved(form: str, mode: str = "RGB") -> bytes:
    return encoded(scene(32, 32).convert(mode), form)


def zipped(*names: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


def animated(form: str) -> bytes:
    return encoded(scene(32, 32, 1), form, save_all=True, append_images=[scene(32, 32, 2)], duration=100)


OTHERS = {
    "GIF": lambda: saved("GIF", "P"),
    "GIF ": lambda: animated("GIF"),
    "TIFF": lambda: saved("TIFF"),
    "BMP": lambda: saved("BMP"),
    "ICO": lambda: saved("ICO"),
    "EPS": lambda: saved("EPS"),
    "JPEG 2000": lambda: saved("JPEG2000"),
    "AVIF": lambda: saved("AVIF"),
    "PSD": lambda: b"8BPS\0\1" + bytes(20),
    "FITS": lambda: b"SIMPLE  =                    T" + b" " * 2000,
    "WMF": lambda: b"\xd7\xcd\xc6\x9a" + bytes(40),
    "WMF ": lambda: b"\1\0\x09\0\0\3" + bytes(40),
    "EMF": lambda: b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(40),
    "HEIC": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100),
    "HEIC ": lambda: b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(100),
    "SVG": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "SVG ": lambda: "\ufeff<?xml version='1.0'?>\n<!-- ภาพ -->\n<SVG></SVG>".encode(),
    "ZIP": lambda: zipped("a.txt"),
    "Office": lambda: zipped("[Content_Types].xml", "word/document.xml"),
    "Office ": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "HTML": lambda: b"<!DOCTYPE html><html><img src=x></html>",
    "HTML ": lambda: b"  \n<html></html>",
    "XML": lambda: b"<?xml version='1.0'?><a/>",
    "วิดีโอ": lambda: b"\0\0\0\x18ftypmp42" + bytes(100),
    "บีบอัด": lambda: b"Rar!\x1a\x07" + bytes(30),
    "โปรแกรม": lambda: b"MZ" + bytes(100),
    "เคลื่อนไหว PNG": lambda: animated("PNG"),
    "เคลื่อนไหว WebP": lambda: animated("WEBP"),
    "ว่างเปล่า": lambda: b"",
    "ไม่ใช่ภาพ": lambda: "ข้อความธรรมดา".encode(),
    "ไม่ใช่ภาพ ": lambda: bytes(1000),
}


@pytest.mark.parametrize("name", OTHERS)
def test_m04_other_kinds_are_refused_by_their_own_name_with_advice(name: str) -> None:
    told = refusal(OTHERS[name]())
    assert name.strip() in told and "ข้อมูลเดิมอยู่ครบ" in told
    assert "โปรด" in told or "แนบได้เฉพาะ" in told


def test_a_locked_pdf_is_refused() -> None:
    from pypdf import PdfWriter

    for way in ("RC4-128", "AES-256"):
        writer = PdfWriter(clone_from=BytesIO(paper()))
        writer.encrypt("secret", algorithm=way)
        made = BytesIO()
        writer.write(made)
        assert "รหัสผ่าน" in refusal(made.getvalue())


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"


def pdf_of(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first its catalogue."""
    made, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return made + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, trailer, len(made),
    )  # fmt: skip


def packed_bomb() -> bytes:
    """A PDF whose own table unpacks to 200 MB."""
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    made = b"%PDF-1.5\n1 0 obj\n<</Type/XRef/W[1 4 1]/Size 33000000/Root 2 0 R/Filter/FlateDecode/Length "
    return made + b"%d>>\nstream\n%s\nendstream\nendobj\nstartxref\n9\n%%%%EOF" % (len(body), body)


@pytest.mark.parametrize(
    "content",
    [
        pdf_of(CATALOGUE, b"<</Type/Pages/Count 1/Kids[2 0 R 2 0 R]>>"),
        pdf_of(CATALOGUE, b"<</Type/Pages/Count 0/Kids[]>>"),
        pdf_of(CATALOGUE, b"2 0 R"),
        pdf_of(CATALOGUE, b"[" * 100_000),
        pdf_of(CATALOGUE, b"<</Type/Pages/Count 9/Kids[" + b"3 0 R " * 5000 + b"]>>", b"<</Type/Page>>"),
        b"%PDF-1.4\n" + bytes(3_000_000) + b"%%EOF",
        b"%PDF-1.4\nstartxref\n9\n%%EOF",
        b"%PDF-1.4\n" + b"1 0 obj\n" * 500_000 + b"startxref\n0\n%%EOF",
        packed_bomb(),
    ],
    ids=["loop", "no pages", "itself", "deep", "too many", "zeros", "nothing", "junk", "bomb"],
)
def test_hostile_pdfs_are_refused_soon(content: bytes) -> None:
    began = time.monotonic()
    refusal(content)
    assert time.monotonic() - began < 5


def test_a_pdf_made_to_keep_a_reader_busy_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attached_pdf, "LONGEST", 0.2)
    kids = pdf_of(CATALOGUE, b"<</Type/Pages/Count 9/Kids[" + b"3 0 R " * 300_000 + b"]>>", b"<</Type/Page>>")
    began = time.monotonic()
    assert "ตรวจไม่เสร็จ" in refusal(kids)
    assert time.monotonic() - began < 3


# M01, limits


def test_m01_a_bomb_is_refused_by_its_header_at_once() -> None:
    content = bomb()
    began = time.monotonic()
    told = refusal(content)
    assert time.monotonic() - began < 1
    assert "30,000 × 30,000" in told and "ล้านจุด" in told


@pytest.mark.parametrize("width_height", [(40_000_001, 1), (1, 40_000_001), (30_001, 100), (6325, 6325)])
def test_a_picture_beyond_the_limits_is_refused_before_it_is_decoded(
    width_height: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_load", lambda picture: pytest.fail("decoded"))
    width, height = width_height
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    assert "ย่อภาพ" in refusal(b"\x89PNG\r\n\x1a\n" + header)
    jpeg = bytearray(encoded(scene(), "JPEG"))
    frame = jpeg.index(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = struct.pack(">HH", 65_535, 65_535)
    assert "65,535 × 65,535" in refusal(bytes(jpeg))
    webp = bytearray(encoded(scene(), "WEBP"))
    webp[26:30] = struct.pack("<HH", 16_383, 16_383)
    assert "16,383 × 16,383" in refusal(bytes(webp))


def test_forty_million_pixels_are_taken() -> None:
    assert look_at(png(8000, 5000)) == Kind("image/png", 8000, 5000, 0)


# The most memory a process has held since it was last reset, in KB (ru_maxrss would tell the parent's too).
PEAK = (
    "import os, re",
    "def reset(): open('/proc/self/clear_refs', 'w').write('5')",
    "def peak(): return int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])",
)
GROWTH = (
    *PEAK,
    "from tests.services.test_pictures import png",
    "content = png(12000, 12000)",
    "reset()",
    "before = peak()",
    "try:",
    "    pictures.look_at(content)",
    "    print('passed')",
    "except pictures.PictureRefused:",
    "    print('refused')",
    "print((peak() - before) // 1024)",
)


def test_m01_control_with_the_header_check_off_the_memory_grows() -> None:
    on = in_child("", *GROWTH)
    off = in_child("", "picture_headers.is_too_large = lambda size: False", *GROWTH)
    print(f"144 million pixels: {on[1]} MB more with the check, {off[1]} MB without")
    assert on[0] == "refused" and int(on[1]) < 20
    assert off[0] == "passed" and int(off[1]) > 100


def test_the_memory_of_the_largest_pictures_taken_is_bounded() -> None:
    """The worst known: four colours of a progressive JPEG are held twice, WebP's reader keeps two canvases."""
    lines = (
        *PEAK,
        "from io import BytesIO",
        "from PIL import Image",
        "made = BytesIO()",
        "mode, form, how = eval(sys.argv[1])",
        "Image.new(mode, (8000, 5000), (10, 200, 30, 40)).save(made, form, **how)",
        "content = made.getvalue()",
        "for each in (pictures.look_at, pictures.shown_copy, pictures.is_one_colour):",
        "    reset()",
        "    before = peak()",
        "    each(content)",
        "    print((peak() - before) // 1024)",
    )
    jpeg, webp = (
        ("CMYK", "JPEG", {"progressive": True}),
        ("RGBA", "WEBP", {"lossless": True, "quality": 0, "method": 0}),
    )
    for kind in (jpeg, webp):
        grown = [int(line) for line in in_child(repr(kind), *lines) if line]
        print(f"40 million pixels of {kind[1]}: look, shown copy, one colour: {grown} MB more")
        assert len(grown) == 3 and 100 < max(grown) < 800


def test_p13_without_memory_a_picture_is_refused_in_words_and_the_program_goes_on() -> None:
    lines = (
        "from tests.services.test_pictures import png, encoded, scene",
        "large, small = png(8000, 5000, 8, 6, bytes(32000)), encoded(scene(), 'PNG')",
        "pictures.look_at(small)",
        "used = int(open('/proc/self/statm').read().split()[0]) * 4096",
        "resource.setrlimit(resource.RLIMIT_AS, (used + 60_000_000, used + 60_000_000))",
        "for look in (pictures.look_at, pictures.shown_copy, pictures.is_one_colour):",
        "    try:",
        "        look(large)",
        "    except pictures.PictureRefused as refused:",
        "        print(refused)",
        "print(pictures.look_at(small).width)",
    )
    told = in_child("", *lines)
    assert [("หน่วยความจำ" in line) for line in told[:3]] == [True] * 3
    assert told[3] == "96"


def test_m08_a_file_of_more_than_25_mb_is_refused() -> None:
    assert "25 เมกะไบต์" in refusal(b"\xff\xd8\xff" + bytes(25 * 1024 * 1024))


def test_a_jpeg_of_very_many_passes_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = encoded(scene(), "JPEG", progressive=True)
    last = sound.rindex(b"\xff\xda")
    many = sound[:last] + sound[last:-2] * 70 + sound[-2:]
    assert look_at(sound[:last] + sound[last:-2] * 5 + sound[-2:]).width == 96
    monkeypatch.setattr(pictures, "_load", lambda picture: pytest.fail("decoded"))
    assert "ชั้น" in refusal(many)


# M02


def test_m02_a_picture_cut_anywhere_is_refused_and_a_flipped_one_is_never_an_error_of_ours() -> None:
    for name, content in picture_faults.files().items():
        cut, flipped = judged(cuts(content, 1000)), judged(flips(content, 1000))
        print(f"{name}: cuts: {cut}; flips: {flipped}")
        assert (cut.passed, cut.raised, flipped.raised) == (0, [], [])
        assert cut.tried == cut.refused == 1000
        if name.startswith("PNG"):  # it bears checksums; the others do not
            assert flipped.passed == 0


@pytest.mark.parametrize("name", [name for name in picture_faults.files() if name != "PDF"])
def test_m02_a_picture_cut_at_each_of_its_last_bytes_is_refused(name: str) -> None:
    content = picture_faults.files()[name]
    for less in range(1, 80):
        refusal(content[:-less])


def test_m02_control_with_truncated_pictures_allowed_a_cut_one_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    content = encoded(scene(), "JPEG")
    half = content[: len(content) // 2]
    monkeypatch.setattr(picture_headers, "_jpeg_size", lambda content: (96, 72))
    assert "ถอดเนื้อภาพไม่ได้" in refusal(half)  # the decoding alone finds it too
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert look_at(half).width == 96


def test_m02_control_verify_instead_of_load_misses_most_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_headers, "_jpeg_size", lambda content: (96, 72))
    content = encoded(scene(), "JPEG")
    whole = judged(cuts(content, 300))
    monkeypatch.setattr(pictures, "_load", lambda picture: picture.verify())
    missed = judged(cuts(content, 300), look_at_without_copy)
    print(f"load: {whole}; verify: {missed}")
    assert whole.passed == 0 and missed.passed > 150


def look_at_without_copy(content: bytes) -> None:
    look_at(content)


def test_m02_control_the_decoder_alone_takes_a_png_whose_end_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    content = encoded(scene(), "PNG")
    refusal(content[:-14])
    monkeypatch.setattr(picture_headers, "_png_size", lambda content: (96, 72))
    assert look_at(content[:-14]).width == 96


# M03


def test_m03_a_polyglot_is_what_its_first_bytes_say() -> None:
    jpeg, webp, sound_png = encoded(scene(), "JPEG"), encoded(scene(), "WEBP"), encoded(scene(), "PNG")
    archive, page = zipped("evil.exe"), b"<html><script>alert(1)</script></html>"
    for tail in (archive, page, paper(), bytes(1000)):
        assert look_at(jpeg + tail).media == "image/jpeg"
        assert look_at(sound_png + tail).media == "image/png"
        assert look_at(webp + tail).media == "image/webp"
    inside = jpeg[:2] + b"\xff\xfe" + struct.pack(">H", len(page) + 2) + page + jpeg[2:]
    assert look_at(inside).media == "image/jpeg"
    assert page not in shown_copy(inside) and archive not in shown_copy(jpeg + archive)
    assert "ZIP" in refusal(archive + jpeg) and "HTML" in refusal(page + jpeg)


def test_headers_that_disagree_with_the_decoder_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_headers, "_png_size", lambda content: (10, 10))
    assert "ขัดกัน" in refusal(encoded(scene(), "PNG"))


# M06, M07: the shown copy


def with_everything() -> bytes:
    """A photograph with all a telephone and an editor write into one."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "SEED-MAKER", "SEED-MODEL", "SEED-ARTIST"
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0xA431] = "SEED-SERIAL"
    exif.get_ifd(0x8769)[0x927C] = b"SEED-MAKERNOTE"
    exif.get_ifd(0x8825)[29] = "SEED-GPSDATE"
    exif.get_ifd(0x8825)[2] = (13.0, 45.0, 7.5)
    thumbnail = encoded(Image.new("RGB", (16, 16), RED), "JPEG", comment=b"SEED-FACE")
    body = exif.tobytes() + thumbnail
    photo = encoded(
        quarters(), "JPEG", quality=95, exif=body, comment=b"SEED-COMMENT",
        xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SEED-XMP</x:xmpmeta>",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )  # fmt: skip
    newspaper = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10\x1c\x02\x78\0\x0bSEED-IPTC!!\0"
    return photo[:2] + b"\xff\xed" + struct.pack(">H", len(newspaper) + 2) + newspaper + photo[2:]


def test_m06_the_shown_copy_tells_nothing_but_the_picture() -> None:
    content = with_everything()
    seeds = [b"SEED-MAKER", b"SEED-SERIAL", b"SEED-GPSDATE", b"SEED-FACE", b"SEED-COMMENT", b"SEED-XMP", b"SEED-IPTC"]
    assert [seed for seed in seeds if seed not in content] == []
    assert look_at(content).width == 64
    shown = shown_copy(content)
    assert b"SEED" not in shown and b"Exif" not in shown and b"ICC" not in shown and b"Photoshop" not in shown
    assert segments(shown) <= {0xE0, 0xDB, 0xC0, 0xC4}
    found = opened(shown)
    assert not found.getexif() and not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(found.info)
    assert found.size == (48, 64)  # turned


def test_m06_png_and_webp_leave_everything_behind_too() -> None:
    exif = Image.Exif()
    exif[0x013B] = "SEED-ARTIST"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    texts = [chunk(b"tEXt", b"Comment\0SEED-TEXT"), chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0SEED-XMP")]
    texts += [chunk(b"eXIf", exif.tobytes()[6:]), chunk(b"tIME", bytes(7)), chunk(b"prVt", b"SEED-PRIVATE")]
    sound = encoded(quarters(), "PNG", icc_profile=profile, exif=exif)
    full = sound[:33] + b"".join(texts) + sound[33:]
    assert look_at(full).width == 64
    assert chunks(shown_copy(full)) == {b"IHDR", b"IDAT", b"IEND"}
    webp = encoded(quarters(), "WEBP", exif=exif, xmp=b"SEED-XMP", icc_profile=profile, lossless=True)
    assert b"SEED-ARTIST" in webp and look_at(webp).width == 64
    assert segments(shown_copy(webp)) <= {0xE0, 0xDB, 0xC0, 0xC4} and b"SEED" not in shown_copy(webp)


# How the picture lies in the file for each way the camera was held, so that it stands upright when turned back.
LYING = {
    1: (),
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.ROTATE_90, Image.Transpose.FLIP_TOP_BOTTOM),
    6: (Image.Transpose.ROTATE_90,),
    7: (Image.Transpose.ROTATE_90, Image.Transpose.FLIP_LEFT_RIGHT),
    8: (Image.Transpose.ROTATE_270,),
}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("held", LYING)
def test_m07_however_the_camera_was_held_it_is_shown_upright(held: int, form: str) -> None:
    lying = quarters()
    for turn in LYING[held]:
        lying = lying.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = held
    shown = shown_copy(encoded(lying, form, exif=exif, quality=95))
    assert opened(shown).size == (64, 48)
    for seen, expected in zip(corners(shown), (RED, GREEN, BLUE, WHITE), strict=True):
        assert near(seen, expected), (held, form, seen, expected)


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + bytes(9)]
)
def test_m07_a_broken_note_of_the_camera_leaves_the_picture_as_it_lies(exif: bytes) -> None:
    assert near(corners(shown_copy(encoded(quarters(), "JPEG", exif=exif)))[0], RED)


def test_m07_every_kind_of_colour_is_shown_as_it_looks() -> None:
    for mode, form in (("CMYK", "JPEG"), ("P", "PNG"), ("RGBA", "PNG"), ("RGBA", "WEBP"), ("RGB", "WEBP")):
        shown = shown_copy(encoded(quarters().convert(mode), form))
        for seen, expected in zip(corners(shown), (RED, GREEN, BLUE, WHITE), strict=True):
            assert near(seen, expected, 40 if mode == "CMYK" else 16), (mode, form, seen, expected)


def test_m07_sixteen_bits_keep_their_brightness() -> None:
    grey = shown_copy(png(40, 40, 16, 0, b"\x80\x00" * 40))
    assert near(corners(grey)[0], (128, 128, 128), 1)
    colour = shown_copy(png(40, 40, 16, 2, b"\xff\xff\x80\x00\x00\x00" * 40))
    assert near(corners(colour)[0], (255, 128, 0), 1)
    ink = shown_copy(png(40, 40, 1, 0, b"\x00" * 5))
    assert corners(ink)[0] == BLACK


def test_m07_what_one_looks_through_is_white() -> None:
    clear = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    assert corners(shown_copy(encoded(clear, "PNG")))[0] == WHITE
    half = Image.new("RGBA", (40, 40), (0, 0, 0, 128))
    assert near(corners(shown_copy(encoded(half, "PNG")))[0], (127, 127, 127), 1)
    palette = Image.new("P", (40, 40), 3)
    palette.putpalette([0, 0, 0] * 3 + [255, 0, 0])
    assert corners(shown_copy(encoded(palette, "PNG", transparency=3)))[0] == WHITE
    keyed = png(40, 40, 8, 2, bytes([9, 8, 7]) * 40, chunk(b"tRNS", b"\0\x09\0\x08\0\x07"))
    assert corners(shown_copy(keyed))[0] == WHITE


def swapped_profile() -> bytes:
    """sRGB with its red and green exchanged."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


def test_m07_an_odd_profile_is_followed_and_a_broken_one_ignored() -> None:
    red = Image.new("RGB", (40, 40), RED)
    seen = corners(shown_copy(encoded(red, "PNG", icc_profile=swapped_profile())))[0]
    assert near(seen, GREEN, 3)
    for broken in (b"no profile at all", swapped_profile()[:200], swapped_profile()[:128] + bytes(400)):
        assert near(corners(shown_copy(encoded(red, "PNG", icc_profile=broken)))[0], RED, 3)
        assert near(corners(shown_copy(encoded(red, "JPEG", quality=95, icc_profile=broken)))[0], RED, 3)
    grey = encoded(red.convert("L"), "PNG", icc_profile=swapped_profile())  # a colour profile on a grey picture
    assert opened(shown_copy(grey)).size == (40, 40)


def test_the_shown_copy_is_small_enough_whole_and_never_enlarged() -> None:
    for form in ("JPEG", "PNG", "WEBP"):
        content = encoded(scene(300, 120).resize((3000, 1200)), form)
        assert opened(shown_copy(content)).size == (2000, 800)
        assert opened(shown_copy(content, 300)).size == (300, 120)
        assert opened(shown_copy(encoded(scene(), form))).size == (96, 72)
    thin = encoded(scene(3000, 2), "PNG")
    assert opened(shown_copy(thin, 100)).size == (100, 1)


def test_writing_on_a_screen_picture_stays_sharp_and_a_photograph_small() -> None:
    screen = encoded(quarters(), "PNG")
    assert shown_copy(screen).startswith(b"\x89PNG") and corners(shown_copy(screen)) == [RED, GREEN, BLUE, WHITE]
    noise = Image.merge("RGB", [Image.effect_noise((1500, 1500), 90) for _ in range(3)])
    assert shown_copy(encoded(noise, "PNG")).startswith(b"\xff\xd8")


def test_the_shown_copy_is_the_same_bytes_each_time_in_every_process() -> None:
    line = "print(zlib.crc32(pictures.shown_copy(open(sys.argv[1], 'rb').read())))"
    content = with_everything()
    assert shown_copy(content) == shown_copy(content)
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photo"
        path.write_bytes(content)
        assert {in_child(str(path), line)[0] for _ in range(2)} == {str(zlib.crc32(shown_copy(content)))}


def test_a_pdf_has_no_shown_copy() -> None:
    with pytest.raises(CannotDo, match="PDF"):
        shown_copy(paper())


# M09: blank captures


@pytest.mark.parametrize("colour", [BLACK, WHITE, (17, 99, 200)])
@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_of_one_colour_is_known(colour: tuple[int, int, int], form: str) -> None:
    assert is_one_colour(encoded(Image.new("RGB", (700, 500), colour), form))


def test_a_picture_with_one_dot_on_it_is_not_blank_and_one_looked_through_is() -> None:
    dotted = Image.new("RGB", (700, 600), WHITE)
    dotted.putpixel((699, 599), BLACK)
    assert not is_one_colour(encoded(dotted, "PNG"))
    assert not is_one_colour(encoded(scene(), "JPEG"))
    clear = scene().convert("RGBA")
    clear.putalpha(0)
    assert is_one_colour(encoded(clear, "PNG"))


def test_random_bytes_behind_every_kind_of_beginning_are_never_an_error_of_ours() -> None:
    chance = random.Random(7)
    starts = [
        b"\xff\xd8\xff\xe0",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x20\0\0\0WEBPVP8 ",
        b"RIFF\x20\0\0\0WEBPVP8X",
        b"%PDF-1.7\n",
    ]
    starts += [b"", b"<?xml", b"PK\3\4", b"\xff\xd8\xff\xda", b"<!--" + b" <!--" * 500]
    tries = (start + chance.randbytes(chance.randrange(400)) for _ in range(300) for start in starts)
    counts = judged(tries)
    print(f"random: {counts}")
    assert counts.raised == [] and counts.passed == 0
