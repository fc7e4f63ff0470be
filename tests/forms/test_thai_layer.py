"""The layer that sets Thai: any text comes out as it went in, looks right, breaks at words and stays on the page."""

import random
import re
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.thai_text import clean_text
from forms.font_subset import DrawnGlyph, subset
from forms.line_breaks import load_words
from forms.missing_glyphs import missing_characters, printable_text
from forms.reportlab_door import Table
from forms.shaping import load_fonts
from forms.thai_document import A4, Margins, Section, document_pdf
from forms.thai_paragraph import ThaiParagraph, draw_line
from forms.typesetting import Align, ThaiStyle, load_typesetter
from tests.forms.pdf_checks import (
    character_faults,
    margin_faults,
    page_pictures,
    picture_faults,
    poppler_text,
    squeezed,
    text_faults,
)

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FONTS, WORDS = RESOURCES / "fonts", RESOURCES / "words"
MARGINS = Margins()
DAY = date(2020, 1, 28)
HARD_WORDS = (
    "ที่", "ขั้น", "ฝ่าย", "สิ้น", "เรื่อง", "เริ่ม", "ปี", "ทั้ง", "ชื่อ", "ที่ปฏิ", "น้ำ", "กตัญญู", "ฐานุ", "ญี่ปุ่น", "ป่า", "ฟ้า", "ผู้",
    "ป้ำ", "กำหนด", "ซ้ำ", "ค่ำ", "ปิ้ง", "ฝึก", "ฎีกา", "ปฏิทิน", "ปลื้ม", "ฤๅษี",
)  # fmt: skip
SENTENCE = "เจ้าหน้าที่ผู้รับผิดชอบดำเนินการให้เป็นไปตามแผนและขั้นตอนการดำเนินการ ภายในระยะเวลาที่กำหนด"
WORD_OF_DIRT = (
    "<img src=x>",
    "<b>",
    "&amp;",
    "\u202eกลับ",
    "\u200b",
    "\x00\x07",
    "😀",
    "漢字",
    "שלום",
    "◌",
    "﷽",
    "ﬁ",
    "e\u0301",
)
FLOATING = st.text(st.sampled_from("\u0e31\u0e34\u0e35\u0e38\u0e48\u0e49\u0e4c\u0e4d\u0e33\u0e32กนปฬ เ"), max_size=12)
ANY_TEXT = st.lists(
    st.one_of(
        st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), max_size=25),
        st.text(st.characters(max_codepoint=0x24F), max_size=15),
        st.text(max_size=6),
        st.sampled_from(WORD_OF_DIRT),
        st.sampled_from(HARD_WORDS),
        FLOATING,
    ),
    max_size=10,
).map("".join)


@pytest.fixture(scope="module")
def typesetter():
    return load_typesetter(FONTS, WORDS)


def pdf_of(folder, *flowables, name="text.pdf"):
    file = Path(folder) / name
    file.write_bytes(document_pdf([Section(flowables)], "ทดสอบ", "สำนักงานเขต", DAY))
    return file


def settled(text):
    """Cleaned until nothing changes, as what is printed is."""
    while (cleaner := clean_text(text)) != text:
        text = cleaner
    return text


def expected_of(text, folder=FONTS):
    """What a reader copies out of a printed text, by its own reckoning of what Sarabun can show."""
    shown = TTFont(folder / "Sarabun-Regular.ttf").getBestCmap()
    text = settled(text)
    return "".join(c if c.isspace() or ord(c) in shown else f"‹U+{ord(c):04X}›" for c in text)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(ANY_TEXT, min_size=6, max_size=6))
def test_any_text_is_copied_out_as_it_was_typed(tmp_path_factory, typesetter, texts):
    folder = tmp_path_factory.mktemp("any")
    styles = (ThaiStyle(), ThaiStyle(bold=True), ThaiStyle(align=Align.JUSTIFY))
    marks = [f"[{index}]" for index in range(len(texts))]
    flowables = [
        part
        for index, text in enumerate(texts)
        for part in (
            ThaiParagraph(typesetter, marks[index], ThaiStyle()),
            ThaiParagraph(typesetter, text, styles[index % 3]),
        )
    ]
    text = poppler_text(pdf_of(folder, *flowables))
    assert character_faults(text) == []
    wanted = "".join(mark + expected_of(text) for mark, text in zip(marks, texts, strict=True))
    assert squeezed(text) == squeezed(wanted)


def test_markup_is_only_text(tmp_path, typesetter):
    text = '<img src="/etc/passwd"> <b>หนา <font color=red> &lt; <a href="http://x"> {{7*7}}'
    file = pdf_of(tmp_path, ThaiParagraph(typesetter, text, ThaiStyle()))
    assert squeezed(poppler_text(file)) == squeezed(text)
    assert b"/Subtype /Image" not in file.read_bytes()
    assert b"/URI" not in file.read_bytes()


def test_characters_without_a_glyph_are_named_before_and_written_out_when_drawn(tmp_path, typesetter):
    text = "ท่อตัน 😀 漢字 😀 é ๆ\n\u200bจบ"
    assert missing_characters(text, FONTS) == ("😀", "漢", "字")
    file = pdf_of(tmp_path, ThaiParagraph(typesetter, text, ThaiStyle()))
    assert squeezed(poppler_text(file)) == squeezed("ท่อตัน ‹U+1F600› ‹U+6F22›‹U+5B57› ‹U+1F600› é ๆ จบ")


def test_what_is_written_for_a_missing_character_is_in_every_face():
    for face in (
        load_fonts(FONTS).regular,
        load_fonts(FONTS).bold,
        load_fonts(FONTS).italic,
        load_fonts(FONTS).bold_italic,
    ):
        assert {ord(letter) for letter in "‹›+0123456789ABCDEFU·"} <= face.characters
        assert printable_text("ก\u25ccข", face) == "ก‹U+25CC›ข"


@pytest.mark.parametrize(("bold", "name"), [(False, "Sarabun-Regular"), (True, "Sarabun-Bold")])
def test_hard_words_are_drawn_as_harfbuzz_places_them(tmp_path, typesetter, bold, name):
    style = ThaiStyle(size=20, leading=36, bold=bold)
    flowables = [ThaiParagraph(typesetter, word, style) for word in HARD_WORDS]
    pictures = page_pictures(pdf_of(tmp_path, *flowables), tmp_path)
    line = 36 * 200 / 72
    per_page = int((A4[1] - MARGINS.top - MARGINS.bottom) // 36)
    strips = {}
    for index, word in enumerate(HARD_WORDS):
        top = int(MARGINS.top * 200 / 72 + (index % per_page) * line)
        strips[word] = [pictures[index // per_page][top - 10 : top + int(line) + 10, 200:700]]
    font = str(FONTS / f"{name}.ttf")
    assert len(HARD_WORDS) == 27
    assert picture_faults(strips, font, 20, HARD_WORDS, tmp_path) == []


@pytest.mark.parametrize("align", list(Align))
def test_all_four_readers_agree_on_every_alignment(tmp_path, typesetter, align):
    text = " ".join([SENTENCE, SENTENCE.replace(" ", ""), "น้ำป้ำญี่ปุ่น fi ffi AV To (1/2) ต่าง ๆ"] * 4)
    file = pdf_of(tmp_path, ThaiParagraph(typesetter, text, ThaiStyle(align=align)))
    assert text_faults(file, [text]) == []


def test_a_justified_line_ends_at_the_margin_and_is_never_stretched_too_far(tmp_path, typesetter):
    style = ThaiStyle(align=Align.JUSTIFY)
    file = pdf_of(tmp_path, ThaiParagraph(typesetter, f"{SENTENCE} " * 12, style))
    boxes = re.findall(r'<line xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"', poppler_text(file, "-bbox-layout"))
    ends = [float(end) for _, end in boxes]
    assert len(ends) > 10
    assert max(ends) < A4[0] - MARGINS.right + 0.6
    assert sum(abs(end - (A4[0] - MARGINS.right)) < 0.6 for end in ends) > len(ends) * 0.6


def test_a_hyphen_at_the_end_of_a_line_is_copied_out(tmp_path, typesetter):
    lines = ("คิดเป็นร้อยละ -", "อยู่ระหว่างดำเนินการ -", "จบ")
    file = pdf_of(tmp_path, *(ThaiParagraph(typesetter, line, ThaiStyle()) for line in lines))
    assert text_faults(file, lines) == []


@pytest.mark.parametrize("align", list(Align))
@pytest.mark.parametrize(
    "text",
    [
        "ก" * 20_000,
        "x" * 20_000,
        "ที่" * 6_000,
        "เ" * 3_000,
        "ะ" * 3_000,
        "น้ำ" * 3_000,
        ": " * 2_000,
        "https://x.th/" + "a/" * 1_500,
    ],
    ids=["ko", "latin", "marks", "leading", "following", "sara-am", "bound", "address"],
)
def test_no_text_however_long_leaves_the_margins(tmp_path, typesetter, text, align):
    text = text[: 20_000 if align is Align.LEFT else 600]
    style = ThaiStyle(left=20, right=15, first=30, align=align)
    file = pdf_of(tmp_path, ThaiParagraph(typesetter, text, style))
    assert margin_faults(file, tmp_path, MARGINS.left + 20, MARGINS.right + 15) == []
    assert squeezed(poppler_text(file)) == squeezed(text)


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("ตั้งแต่วันที่ 1 ม.ค. 2563 ถึง 28 ม.ค. 2563", ("1 ม.ค. 2563", "28 ม.ค. 2563")),
        ("วันที่ 28 มกราคม 2563 ณ สำนักงานเขตประเวศ", ("28 มกราคม 2563", "สำนักงานเขต")),
        ("ภายใน 3 วันทำการนับถัดจากวันที่แจ้ง", ("3 วันทำการ",)),
        ("รับเรื่อง ช้ากว่ากำหนด 6 ม.ค. (ทำ 7 ม.ค.)", ("(ทำ 7 ม.ค.)",)),
        ("มกราคม 2563 (ฉบับแก้ไขครั้งที่ 2) เมื่อวันที่", ("(ฉบับแก้ไขครั้งที่ 2)",)),
        ("จำนวน 4 เรื่อง (ไม่แสดงชื่อและหมายเลขโทรศัพท์)", ("(ไม่แสดงชื่อ",)),
        ("ติดต่อ officer.name@bangkok.go.th โทร. 02-123-4567", ("officer.name@bangkok.go.th", "02-123-4567")),
        ("รหัส 50340000-3453 เมื่อ 28/1/2563 เวลา 10:30", ("50340000-3453", "28/1/2563", "10:30")),
        ("เรื่องต่าง ๆ ที่ได้รับ และอื่น ๆ", ("ต่าง ๆ", "อื่น ๆ")),
        ("คิดเป็นร้อยละ 75.61 % ของทั้งหมด", ("75.61 %",)),
        ("ท่อระบายน้ำอุดตันหน้าหน่วยงานที่ถูกต้องตามหลักการ", ("ท่อระบายน้ำ", "หน่วยงาน", "ถูกต้อง", "หลักการ")),
        ("“ข้อความ” (ในวงเล็บ) กรุงเทพฯ", ("“ข้อความ”", "(ใน", "วงเล็บ)", "กรุงเทพฯ")),
    ],
)
def test_what_belongs_together_is_never_broken(line, pieces):
    words = load_words(WORDS).words(line)
    assert "".join(word.text + " " * word.blank for word in words) == line
    for piece in pieces:
        assert any(piece in word.text for word in words), (piece, words)


def test_lines_break_where_both_dictionaries_of_words_would(typesetter):
    from pythainlp.tokenize import longest, newmm

    breaker = load_words(WORDS)
    chance = random.Random(2563)
    pool = [word for word in (WORDS / "words_th.txt").read_text(encoding="utf-8").split() if 2 < len(word) < 9]
    pool = chance.sample(pool, 1_500) + ["เรื่อง", "ที่", "ได้รับ", "แจ้ง", "การ", "และ", "ของ"] * 100
    breaks = strange = 0
    for _ in range(250):
        line = "".join(chance.choice(pool) + " " * (chance.random() < 0.1) for _ in range(15)).strip()
        ends = set()
        for segment in (newmm.segment, longest.segment):
            at = 0
            for word in segment(line):
                at += len(word)
                ends.add(at)
        at = 0
        for word in breaker.words(line):
            at += len(word.text) + word.blank
            breaks += 1
            strange += not word.blank and at < len(line) and at not in ends
    assert breaks > 1_500
    assert strange <= breaks / 1_000  # heaps of chance words; in real sentences none is known


def test_a_unit_named_by_two_things_breaks_between_them_in_a_narrow_column():
    breaker = load_words(WORDS)
    for unit in ("ฝ่ายสิ่งแวดล้อม และ สุขาภิบาล", "ฝ่ายรักษาความสะอาด และ สวนสาธารณะ", "สำนักการจราจร และ ขนส่ง"):
        assert [word.text for word in breaker.words(unit.replace(" ", ""))] == unit.split()


def test_the_word_list_is_sorted_and_holds_every_word_of_its_source():
    from pythainlp.corpus import thai_words

    lines = (WORDS / "words_th.txt").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert set(lines) >= set(thai_words())


def test_the_same_text_breaks_alike_whatever_was_broken_before(typesetter):
    style = ThaiStyle()
    alone = [[word.text for word in line.words] for line in typesetter.lines(SENTENCE, style, 200)]
    typesetter.lines("เรื่องอื่น " * 50, style, 77)
    assert [[word.text for word in line.words] for line in typesetter.lines(SENTENCE, style, 200)] == alone


def test_a_paragraph_splits_over_pages_without_leaving_a_lonely_line(tmp_path, typesetter):
    for lead in range(30, 36):
        filler = ThaiParagraph(typesetter, "\n".join(["บรรทัด"] * lead), ThaiStyle())
        file = pdf_of(tmp_path, filler, ThaiParagraph(typesetter, f"{SENTENCE} " * 6, ThaiStyle()))
        pages = poppler_text(file).split("\f")[:-1]
        for page in pages:
            own = [line for line in page.splitlines() if line and line != "บรรทัด"]
            assert len(own) != 1


def test_a_table_cell_holds_paragraphs_and_splits_when_taller_than_a_page(tmp_path, typesetter):
    cells = [
        [ThaiParagraph(typesetter, f"{SENTENCE} " * 60, ThaiStyle()), ThaiParagraph(typesetter, "ขวา", ThaiStyle())]
    ]
    file = pdf_of(tmp_path, Table(cells, colWidths=[200, 150], splitInRow=1))
    text = squeezed(poppler_text(file, "-raw"))
    assert text.replace("ขวา", "") == squeezed(SENTENCE) * 60
    assert set(re.findall(r"[A-Z]{6}\+(\S+)", file.read_bytes().decode("latin-1"))) == {"Sarabun-Regular"}
    assert b"Helvetica" not in file.read_bytes()


def test_a_long_table_loses_no_text_at_any_page_break(tmp_path, typesetter):
    chance = random.Random(4)
    texts = [[SENTENCE[: chance.randrange(10, 90)] for _ in range(3)] for _ in range(120)]
    cells = [[ThaiParagraph(typesetter, text, ThaiStyle(size=9.5, leading=16)) for text in row] for row in texts]
    file = pdf_of(tmp_path, Table(cells, colWidths=[100, 150, 100], splitInRow=1))
    read = squeezed(poppler_text(file, "-raw"))
    assert sorted(read) == sorted(squeezed("".join(text for row in texts for text in row)))
    assert margin_faults(file, tmp_path, MARGINS.left, MARGINS.right) == []


def test_the_outline_and_sections_follow_the_story(tmp_path, typesetter):
    import pypdf

    style = ThaiStyle()

    def foot(canvas, page):
        draw_line(
            canvas, typesetter, f"หน้า {page.number} จาก {page.of}", 50, 30, replace(style, align=Align.RIGHT), 400
        )

    first = Section((ThaiParagraph(typesetter, "บันทึกข้อความ", style, outline=0),), over=foot)
    second = Section((ThaiParagraph(typesetter, "ภาคผนวก ก", style, outline=0),), over=foot, landscape=True)
    file = tmp_path / "two.pdf"
    file.write_bytes(document_pdf([first, second], "สองส่วน", "", DAY))
    reader = pypdf.PdfReader(str(file))
    assert [entry.title for entry in reader.outline] == ["บันทึกข้อความ", "ภาคผนวก ก"]
    assert [reader.get_destination_page_number(entry) for entry in reader.outline] == [0, 1]
    assert [round(float(page.mediabox.width)) for page in reader.pages] == [595, 842]
    assert "หน้า 2 จาก 2" in poppler_text(file)


def test_a_subset_is_a_sound_font_with_its_marks_baked_in(tmp_path):
    face = load_fonts(FONTS).regular
    pieces = face.shaped("ที่น้ำป่า AV").pieces
    data, glyphs = subset(face.file, [DrawnGlyph(piece.parts, piece.advance) for piece in pieces])
    file = tmp_path / "subset.ttf"
    file.write_bytes(data)
    font = TTFont(file, checkChecksums=2)
    order = font.getGlyphOrder()
    for piece, glyph in zip(pieces, glyphs, strict=True):
        assert font["hmtx"][order[glyph]][0] == piece.advance
        assert len(font["glyf"][order[glyph]].getCoordinates(font["glyf"])[0]) > 0 or piece.text == " "
    assert subset(face.file, [DrawnGlyph(piece.parts, piece.advance) for piece in pieces]) == (data, glyphs)


def test_a_mark_without_a_letter_is_still_copied_out(tmp_path, typesetter):
    text = "่ ก็ ี ์ ำ นี้"
    file = pdf_of(tmp_path, ThaiParagraph(typesetter, text, ThaiStyle()))
    assert squeezed(poppler_text(file)) == squeezed(unicodedata.normalize("NFC", text))
