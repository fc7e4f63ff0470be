"""Judges of a PDF from outside: what readers copy out, where lines break, how letters look, how the file is built.

Every judge returns what it found wrong, as sentences; an empty list is a pass. A tool that is not installed raises: a
judge that cannot look has not passed anything.
"""

import os
import re
import subprocess
import sys
import unicodedata
from functools import cache
from pathlib import Path

import numpy
import pypdf
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

PDFIUM_READER = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtPdf import QPdfDocument
application = QCoreApplication([])
document = QPdfDocument()
document.load(sys.argv[1])
text = "\\n".join(document.getAllText(page).text() for page in range(document.pageCount()))
sys.stdout.buffer.write(text.encode("utf-8", "replace"))
"""
INVISIBLE = {0xFFFD, 0x200B, 0x200C, 0x200D, 0xFEFF, 0xAD}
TORN_SARA_AM = re.compile("\u0e4d[\u0e48-\u0e4b]?\u0e32")
NEVER_BEFORE = set("ๆฯะาำๅ.,:;!?)]}%”’") | {"\u0e31"} | {chr(c) for c in [*range(0xE34, 0xE3B), *range(0xE47, 0xE4F)]}
NEVER_AFTER = set("เแโใไ([{“‘")
DOTS_AN_INCH = 200


def tool(*command):
    """What a tool printed; raises when it is missing or fails."""
    return subprocess.run([str(part) for part in command], check=True, capture_output=True).stdout


def squeezed(text):
    """NFC without any blank."""
    return "".join(unicodedata.normalize("NFC", text).split())


def single_blanks(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


def poppler_text(pdf, *options):
    return tool("pdftotext", "-enc", "UTF-8", *options, pdf, "-").decode("utf-8", "replace")


def four_readings(pdf, *options):
    """The text as four independent readers copy it out; ``options`` are poppler's."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    pdfium = subprocess.run(
        [sys.executable, "-c", PDFIUM_READER, str(pdf)], check=True, capture_output=True, env=environment
    ).stdout
    return {
        "poppler": poppler_text(pdf, *options),
        "mutool": tool("mutool", "draw", "-q", "-F", "txt", "-o", "-", pdf).decode("utf-8", "replace"),
        "pypdf": "\n".join(page.extract_text() for page in pypdf.PdfReader(str(pdf)).pages),
        "pdfium": pdfium.decode("utf-8", "replace"),
    }


def without(text, patterns):
    """The text's lines but for those a pattern matches whole (page heads and feet)."""
    lines = (single_blanks(line) for line in text.replace("\f", "\n").splitlines())
    return [line for line in lines if line and not any(re.fullmatch(pattern, line) for pattern in patterns)]


def text_faults(pdf, paragraphs, strip=(), options=()):
    """What is wrong with the copied text: other letters, blanks inside words, broken characters.

    Of a table the paragraphs are its cells, row by row; poppler then needs the option -raw.
    """
    expected = single_blanks(" ".join(paragraphs))
    wanted = expected.replace(" ", "")
    after_letter = {index - expected[:index].count(" ") for index, letter in enumerate(expected) if letter == " "}
    faults = []
    for reader, text in four_readings(pdf, *options).items():
        lines = without(text, strip)
        read = "".join(lines).replace(" ", "")
        if read != wanted:
            at = next(
                (i for i, (a, b) in enumerate(zip(read, wanted, strict=False)) if a != b), min(len(read), len(wanted))
            )
            faults.append(f"{reader}: read {read[at : at + 30]!r} for {wanted[at : at + 30]!r}")
            continue
        place = 0
        for line in lines:
            for letter in line:
                if letter != " ":
                    place += 1
                elif place not in after_letter:
                    faults.append(f"{reader}: a blank inside {wanted[max(0, place - 8) : place + 8]!r}")
        faults += [f"{reader}: {fault}" for fault in character_faults(text)]
    return faults


def character_faults(text):
    """Characters that no copied text may hold."""
    odd = {
        f"U+{ord(letter):04X}"
        for letter in text
        if 0xE000 <= ord(letter) < 0xF900 or ord(letter) in INVISIBLE or (ord(letter) < 32 and letter not in "\n\r\t\f")
    }
    return sorted(odd) + (["a torn ำ"] if TORN_SARA_AM.search(text) else [])


def _dictionary_ends(paragraph):
    from pythainlp.tokenize import longest, newmm

    ends = set()
    for segment in (newmm.segment, longest.segment):
        at = 0
        for word in segment(paragraph):
            at += len(word)
            ends.add(at)
    return ends


def _break_rules(paragraphs):
    """(places where a line may end, places where none may, ends of paragraphs), in letters without blanks."""
    allowed, forbidden, ends = set(), set(), set()
    start = 0
    for paragraph in paragraphs:
        place, places = start, []
        for letter in paragraph:
            places.append(place)
            place += not letter.isspace()
        places.append(place)
        allowed |= {places[end] for end in _dictionary_ends(paragraph)}
        for index, letter in enumerate(paragraph):
            after_blank = index > 0 and paragraph[index - 1].isspace()
            if letter.isspace():
                allowed.add(places[index])
            if letter in "/-":
                allowed.add(places[index] + 1)
            if letter in NEVER_BEFORE and not after_blank:
                forbidden.add(places[index])
            if letter in NEVER_AFTER:
                forbidden.add(places[index] + 1)
        start = place
        ends.add(place)
    return allowed, forbidden, ends


def break_faults(pdf, paragraphs, strip=()):
    """(how many lines end inside a paragraph, which of them end where no word does)."""
    paragraphs = [unicodedata.normalize("NFC", paragraph) for paragraph in paragraphs]
    allowed, forbidden, ends = _break_rules(paragraphs)
    whole = squeezed("".join(paragraphs))
    place, breaks, faults = 0, 0, []
    for line in without(poppler_text(pdf, "-raw"), strip):
        place += len(squeezed(line))
        if place in ends:
            continue
        breaks += 1
        if place in forbidden or place not in allowed:
            faults.append(f"{whole[max(0, place - 12) : place]}|{whole[place : place + 12]}")
    return breaks, faults


# ---- how letters look: the page's picture against outlines placed by HarfBuzz's own command


class _ReportlabPen(BasePen):
    def __init__(self, glyphs, path, scale, x, y):
        super().__init__(glyphs)
        self.path, self.place = path, lambda point: (x + point[0] * scale, y + point[1] * scale)

    def _moveTo(self, point):
        self.path.moveTo(*self.place(point))

    def _lineTo(self, point):
        self.path.lineTo(*self.place(point))

    def _curveToOne(self, one, two, point):
        self.path.curveTo(*self.place(one), *self.place(two), *self.place(point))

    def _closePath(self):
        self.path.close()


@cache
def _font(path):
    font = TTFont(path)
    return font, font.getGlyphSet(), font.getGlyphOrder()


def harfbuzz_glyphs(font_path, text):
    """(glyph, x offset, y offset, advance) as the hb-shape command gives them."""
    order = _font(font_path)[2]
    shaped = tool("hb-shape", "--no-glyph-names", "--features=-liga,-dlig", font_path, text).decode()
    found = re.findall(r"(\d+)=\d+(?:@(-?\d+),(-?\d+))?\+(-?\d+)", shaped)
    return [(order[int(glyph)], int(x or 0), int(y or 0), int(advance)) for glyph, x, y, advance in found]


def unshaped_glyphs(font_path, text):
    """The same without any shaping: what a careless program draws."""
    font = _font(font_path)[0]
    names = [font.getBestCmap()[ord(letter)] for letter in text]
    return [(name, 0, 0, font["hmtx"][name][0]) for name in names]


def reference_pictures(font_path, size, runs, folder):
    """Each run of glyphs drawn as paths, on its own page, cropped to its ink."""
    file = Path(folder) / "reference.pdf"
    canvas = Canvas(str(file), pagesize=(400, 100))
    font, glyphs, _ = _font(font_path)
    scale = size / font["head"].unitsPerEm
    for run in runs:
        path, x = canvas.beginPath(), 50.0
        for name, dx, dy, advance in run:
            glyphs[name].draw(_ReportlabPen(glyphs, path, scale, x + dx * scale, 50 + dy * scale))
            x += advance * scale
        canvas.drawPath(path, stroke=0, fill=1, fillMode=1)
        canvas.showPage()
    canvas.save()
    return page_pictures(file, folder)


def page_pictures(pdf, folder, dots=DOTS_AN_INCH):
    """The pages as arrays of ink, 0 is white."""
    stem = Path(folder) / Path(pdf).stem
    tool("pdftoppm", "-r", dots, "-gray", pdf, stem)
    files = sorted(Path(folder).glob(f"{stem.name}-*.pgm"))
    return [255.0 - numpy.asarray(Image.open(file), dtype=float) for file in files]


def ink_box(picture, above=40):
    rows, columns = numpy.where(picture > above)
    return rows.min(), rows.max(), columns.min(), columns.max()


def _quick_length(length):
    """The next length without large prime factors: Fourier transforms of others take several times as long."""
    while True:
        rest = length
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return length
        length += 1


def likeness(page, template):
    """The best normalised cross-correlation of the template anywhere on the page; 1.0 is the same picture."""
    height, width = template.shape
    size = (_quick_length(page.shape[0] + height), _quick_length(page.shape[1] + width))
    centred = template - template.mean()
    product = numpy.fft.irfft2(numpy.fft.rfft2(page, size) * numpy.conj(numpy.fft.rfft2(centred, size)), size)
    product = product[: page.shape[0] - height + 1, : page.shape[1] - width + 1]

    def window_sums(values):
        sums = numpy.pad(values.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        return sums[height:, width:] - sums[:-height, width:] - sums[height:, :-width] + sums[:-height, :-width]

    spread = window_sums(page * page) - window_sums(page) ** 2 / template.size
    return float((product / numpy.sqrt(numpy.maximum(spread, 1e3) * (centred**2).sum())).max())


def picture_faults(pages, font_path, size, words, folder, at_least=0.90):
    """Words that look otherwise than HarfBuzz places them, or no better than unshaped text.

    ``pages`` holds for every word the pictures in which it is looked for.
    """
    runs = [glyphs(font_path, word) for word in words for glyphs in (harfbuzz_glyphs, unshaped_glyphs)]
    drawn = reference_pictures(font_path, size, runs, folder)
    faults = []
    for index, word in enumerate(words):
        shaped, unshaped = drawn[2 * index], drawn[2 * index + 1]
        top, bottom, left, right = ink_box(numpy.maximum(shaped, unshaped))
        crop = (slice(top - 1, bottom + 2), slice(left - 1, right + 2))
        good = max(likeness(page, shaped[crop]) for page in pages[word])
        if good < at_least:
            faults.append(f"{word}: likeness {good:.3f}")
        elif numpy.abs(shaped - unshaped).max() > 30:
            poor = max(likeness(page, unshaped[crop]) for page in pages[word])
            if poor >= good:
                faults.append(f"{word}: shaped {good:.3f}, unshaped {poor:.3f}")
    return faults


def margin_faults(pdf, folder, left, right):
    """Pages with ink nearer to an edge than the margins allow (points)."""
    faults = []
    for number, page in enumerate(page_pictures(pdf, folder, dots=72), 1):
        _, _, first, last = ink_box(page, above=95)
        if first < left - 1.5 or page.shape[1] - 1 - last < right - 1.5:
            faults.append(f"page {number}: ink from {first} to {last} of {page.shape[1]}")
    return faults


# ---- how the file is built


def _is_a4(page):
    sides = sorted((float(page.mediabox[2]), float(page.mediabox[3])))
    return abs(sides[0] - 595.276) < 1 and abs(sides[1] - 841.89) < 1


def structure_faults(pdf):
    """What the file lacks of language, title, fonts, page numbers, outline."""
    reader = pypdf.PdfReader(str(pdf))
    catalog = reader.trailer["/Root"]
    count = len(reader.pages)
    fonts = tool("pdffonts", pdf).decode().splitlines()[2:]
    tool("qpdf", "--check", pdf)  # raises when the file is not sound
    raw = Path(pdf).read_bytes()
    numbered = all(
        re.search(rf"หน้า\s*{number}\s*จาก\s*{count}", page.extract_text())
        for number, page in enumerate(reader.pages, 1)
    )
    faults = {
        "no Thai language": catalog.get("/Lang") != "th-TH",
        "no Thai title": not re.search("[ก-ฮ]", reader.metadata.title or ""),
        "title not displayed": str(catalog["/ViewerPreferences"]["/DisplayDocTitle"]).lower() != "true",
        "a font other than Sarabun": not all(re.match(r"[A-Z]{6}\+Sarabun-", line) for line in fonts),
        "a font not embedded, not subset or without text": not all(re.search(r"yes yes yes", line) for line in fonts),
        "no fonts": not fonts,
        "a page that is not A4": not all(_is_a4(page) for page in reader.pages),
        "pages not numbered": not numbered,
        "no outline": not reader.outline,
        "an active element": any(word in raw for word in (b"/JavaScript", b"/Launch", b"/JS ")),
        "an annotation or link": any(page.annotations for page in reader.pages),
    }  # fmt: skip
    return [fault for fault, found in faults.items() if found]


def bytes_of_fresh_processes(code, folder):
    """What ``code`` writes to the path in argv[1], once under each of three hash seeds and time zones."""
    written = []
    for seed, zone in (("0", "UTC"), ("1", "Asia/Bangkok"), ("4242", "America/New_York")):
        file = Path(folder) / f"fresh{seed}.pdf"
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "SOURCE_DATE_EPOCH": "" if seed == "0" else "99",
        }
        subprocess.run([sys.executable, "-c", code, str(file)], check=True, env=environment)
        written.append(file.read_bytes())
    return written
