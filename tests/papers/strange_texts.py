"""Random texts as nobody should type them: markup, payloads, broken characters, marks out of order, texts without end.

They come uncleaned. Nothing here is anybody's name or number.
"""

import random
from collections.abc import Callable

THAI = "กขคงจชซญดตถทนบปผพฟมยรลวศสหอฮ"
MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"
VOWELS = "ะาำเแโใไๅๆฯ"
LATIN = "abcxyzABCXYZ0189 .,:;!?%()[]{}/\\-_'\"@#&*+=<>|~^`$"
WORDS = (
    "ท่อระบายน้ำ", "อุดตัน", "น้ำท่วมขัง", "ถนน", "ชำรุด", "ไฟฟ้าสาธารณะ", "ดับ", "ซอยพัฒนาการ", "กิ่งไม้", "สำนักงานเขต",
    "ร้องทุกข์", "ที่", "ขอให้", "ตรวจสอบ", "และ", "แก้ไข", "ผู้", "เกี่ยวข้อง", "ฯลฯ", "ต่าง ๆ", "๑๒/๓", "12/3", "HTTP 503",
)  # fmt: skip
MARKUP = (
    "<b", "<b>หนา", "</b>", "<i><b>ไขว้</i></b>", "<para>", "</para>", "<br/>", "&", "&amp;", "&amp;amp;", "&lt;b&gt;",
    "&#60;", "&#x3c;script&#x3e;", "&nbsp;", "<!-- ", "-->", "<![CDATA[", "]]>", "<?xml version='1.0'?>",
    "<!DOCTYPE x [", '<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;", "<seq/>", "<bullet>", "<super>2</super>", "<u>",
    "<strike>", "{{7*7}}", "${7*7}", "%(x)s", "%s%s%n", "#{7*7}", "{0.__class__}", "<script>alert(1)</script>",
    "javascript:alert(1)", "<onDraw name='x' label='y'/>", "<index item='x'/>", "<unichar code='9999999'/>",
    "<greek>a</greek>", "(\\) Tj ET", "/JS (app.alert(1))", "endstream endobj", "%%EOF", ">> /AA << ",
)  # fmt: skip
OPENERS = (
    '<img src="{file}"/>', "<img src='{file}' width='10' height='10'/>", '<img src="file://{file}" valign="middle"/>',
    '<img src="http://192.0.2.7/{name}.png"/>', '<img src="https://example.invalid/{name}.svg"/>',
    '<a href="http://example.invalid/{name}">ที่นี่</a>', '<a href="file://{file}">', '<link href="#x">ข้าม</link>',
    '<a href="javascript:app.alert(1)">', '<a name="{name}"/>', '<font name="{file}">',
    '<font face="{name}" size="99">',
    '<img src="data:image/png;base64,iVBORw0KGgo="/>', '<iframe src="file://{file}">', "<img src=//192.0.2.7/x>",
    "http://example.invalid/{name}", "file://{file}", "mailto:nobody@example.invalid", "\\\\192.0.2.7\\share\\{name}",
)  # fmt: skip
# Shapes of CVE-2023-33733, CVE-2019-17626 and CVE-2019-19450: texts that a colour or a sequence would run.
PAYLOADS = (
    "<font color=\"[[[getattr(pow,Word('__globals__'))['os'].system('touch {file}') for Word in "
    "[orgTypeFun('Word',(str,),{{}})]] for orgTypeFun in [type(type(1))]] and 'red'\">ก</font>",
    "<para><font color=\"toColor(__import__('os').system('touch {file}'))\">แดง</font></para>",
    "<span color=\"__import__('os').system('touch {file}')\">ก</span>",
    "<para backColor=\"open('{file}','w')\">พื้น</para>",
    "<unichar code=\"__import__('os').system('touch {file}')\"/>",
    "<font color=\"PCMYKColor(0,0,0,__import__('os').system('id'))\">ข</font>",
    "<seqDefault id=\"__import__('os').getcwd()\"/>",
    "[1 for _ in ().__class__.__bases__[0].__subclasses__()]",
    '=cmd|" /C calc"!A0',
    "@import url(file://{file});",
)
EMOJI = ("😀", "👩‍👩‍👧", "🇹🇭", "1️⃣", "🚧", "☎️", "✅", "🏳️‍🌈", "👍🏽", "🫠")
OTHER_SCRIPTS = (
    "漢字",
    "العربية",
    "עברית",
    "देवनागरी",
    "한국어",
    "Ελλ",
    "Жук",
    "ລາວ",
    "ខ្មែរ",
    "မြန်မာ",
    "ＡＢ＝１",
    "½",
    "ﷺ",
    "ﬁ",
    "𝔘𝕟",
    "ǆ",
)
INVISIBLE = (
    "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u061c", "\u180e", "\u00a0", "\u2003",
    "\u3000", "\u2028", "\u2029", "\u0085", "\x0b", "\x0c", "\x1c", "\x1f", "\u202f", "\u115f", "\ufff9", "\U000e0041",
)  # fmt: skip
BIDI = ("\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u202c", "\u2069", "\u200e", "\u200f")
SURROGATES = ("\ud800", "\udbff", "\udc00", "\udfff", "\udc80", "\ud83d")
BROKEN = (
    "\ufffe",
    "\uffff",
    "\U0001ffff",
    "\ue000",
    "\uf8ff",
    "\U000f0001",
    "\U0010ffff",
    "\u0378",
    "\x00",
    "\x1b[31m",
)


def strange_text(chance: random.Random, file: str) -> str:
    """One text of any kind; ``file`` is a path that some of them ask for, which nobody may open."""
    made = chance.choice(KINDS)(chance)
    # not str.format: the payloads are full of braces
    return made.replace("{file}", file).replace("{name}", f"x{chance.randrange(1000)}")


def thai(chance: random.Random, most: int = 9) -> str:
    """A few words, some run together."""
    return chance.choice(("", " ")).join(chance.choice(WORDS) for _ in range(chance.randint(1, most)))


def _among(chance: random.Random, *pieces: str) -> str:
    """The pieces with words before, between or after them."""
    parts = []
    for piece in pieces:
        parts += [thai(chance, 3) if chance.random() < 0.6 else "", piece]
    return "".join([*parts, thai(chance, 3) if chance.random() < 0.6 else ""])


def _some(chance: random.Random, things: tuple[str, ...], most: int = 3) -> list[str]:
    return [chance.choice(things) for _ in range(chance.randint(1, most))]


def _controls(chance: random.Random) -> str:
    return _among(
        chance, *(chr(chance.choice([*range(0x20), *range(0x7F, 0xA0)])) for _ in range(chance.randint(1, 5)))
    )


def _marks_out_of_order(chance: random.Random) -> str:
    """Vowels and tones in the wrong order, on no letter, too many on one, torn ำ, marks of other scripts."""
    made = []
    for _ in range(chance.randint(1, 8)):
        made.append(chance.choice((chance.choice(THAI), chance.choice(THAI), "", " ", "a", "-", "(")))
        made += [chance.choice(MARKS) for _ in range(chance.choice((0, 1, 1, 2, 3, 7)))]
        made.append(
            chance.choice(
                ("", "", "", "\u0e32", "\u0e4d\u0e32", "\u0e33", "\u0301", "\u0327\u0301", "\u20dd", "\u093f")
            )
        )
        made.append(chance.choice(("", "", chance.choice(VOWELS), "\u200b", "\u0e4d")))
    return "".join(made)


def _anything(chance: random.Random) -> str:
    """Code points from the whole of Unicode, the low ones more often."""
    tops = (0x7F, 0xFF, 0xEFF, 0x2FFF, 0xFFFF, 0x10FFFF)
    return "".join(chr(chance.randint(0, chance.choice(tops))) for _ in range(chance.randint(1, 24)))


def _thai_letters(chance: random.Random) -> str:
    return "".join(chance.choice(THAI + MARKS + VOWELS + " ") for _ in range(chance.randint(1, 40)))


KINDS: tuple[Callable[[random.Random], str], ...] = (
    thai,
    lambda chance: _among(chance, *_some(chance, MARKUP)),
    lambda chance: _among(chance, *_some(chance, OPENERS, 2)),
    lambda chance: _among(chance, chance.choice(PAYLOADS)),
    lambda chance: "".join(chance.choice(LATIN) for _ in range(chance.randint(1, 40))),
    lambda chance: _among(chance, *_some(chance, EMOJI)),
    lambda chance: _among(chance, *_some(chance, OTHER_SCRIPTS)),
    lambda chance: _among(chance, *_some(chance, INVISIBLE)),
    lambda chance: _among(chance, *_some(chance, BIDI), *_some(chance, OTHER_SCRIPTS, 1)),
    lambda chance: _among(chance, *_some(chance, SURROGATES)),
    lambda chance: _among(chance, *_some(chance, BROKEN)),
    _controls,
    _marks_out_of_order,
    _thai_letters,
    _anything,
)


def endless_text(chance: random.Random) -> str:
    """A text without end: a word of 20,000 letters, or 500 lines."""
    if chance.random() < 0.5:
        letter = chance.choice(("ก", "x", "ที่", "9", "W"))
        return letter * (20_000 // len(letter))
    return "\n".join(f"บรรทัดที่ {line} {thai(chance, 3)}" for line in range(1, 501))
