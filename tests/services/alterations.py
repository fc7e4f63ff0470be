"""Every way a signed PDF may be altered, at random, and how the alteration is told; the fault program runs 1,000.

``by_signature`` is what any reader of PDF signatures would have told too; ``by_register`` what only the register's
SHA-256 tells: changes in the signature's own padding, in the spelling of its digits.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from random import Random

from pypdf import PdfReader, PdfWriter

from desktop.services.desk import Desk
from desktop.services.pdf_verification import verify_content

BY_SIGNATURE, BY_REGISTER = "signature", "register"
UPDATE = b"\n9999 0 obj\n<</Type/Annot>>\nendobj\n%%EOF\n"


def alterations(pdf: bytes, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """(what was done, the altered file), each different from the original; mostly single bytes, anywhere."""
    random = Random(seed)
    ways = [_one_bit] * 6 + [_one_byte] * 4 + list(_OTHERS)
    made = 0
    while made < count:
        way = ways[made % len(ways)]
        altered = way(pdf, random)
        if altered != pdf:
            yield way.__name__.strip("_"), altered
            made += 1


def told(desk: Desk, original: bytes, altered: bytes) -> str | None:
    """How the alteration is told: by the signature, by the register alone, or (None) not at all."""
    assert altered != original
    result = verify_content(desk, altered)
    if result.ok:
        return None
    signature = result.signature
    held = signature is not None and signature.valid and signature.covers_all
    return BY_REGISTER if held else BY_SIGNATURE


def tally(desk: Desk, original: bytes, count: int, seed: int) -> Counter[str | None]:
    """How many alterations were told which way; the count under None is how many were missed."""
    return Counter(told(desk, original, altered) for _, altered in alterations(original, count, seed))


def padding(pdf: bytes) -> tuple[int, int]:
    """Where the zeros begin and end that fill the signature's place behind the signature."""
    ranges = re.search(rb"/ByteRange *\[0 \d+ (\d+) ", pdf)
    assert ranges is not None
    begin = end = int(ranges[1]) - 1
    while pdf[begin - 1 : begin] == b"0":
        begin -= 1
    return begin, end


def _one_bit(pdf: bytes, random: Random) -> bytes:
    at = random.randrange(len(pdf))
    return pdf[:at] + bytes([pdf[at] ^ 1 << random.randrange(8)]) + pdf[at + 1 :]


def _one_byte(pdf: bytes, random: Random) -> bytes:
    at = random.randrange(len(pdf))
    return pdf[:at] + random.randbytes(1) + pdf[at + 1 :]


def _inserted(pdf: bytes, random: Random) -> bytes:
    at = random.randrange(len(pdf) + 1)
    return pdf[:at] + random.randbytes(random.randint(1, 40)) + pdf[at:]


def _taken_out(pdf: bytes, random: Random) -> bytes:
    at = random.randrange(len(pdf))
    return pdf[:at] + pdf[at + random.randint(1, 40) :]


def _zeroed(pdf: bytes, random: Random) -> bytes:
    at, length = random.randrange(len(pdf)), random.choice((1, 16, 512, 4096))
    length = min(length, len(pdf) - at)
    return pdf[:at] + bytes(length) + pdf[at + length :]


def _cut_off(pdf: bytes, random: Random) -> bytes:
    return pdf[: random.randrange(len(pdf))]


def _appended(pdf: bytes, random: Random) -> bytes:
    return pdf + random.choice((b" ", b"\n", UPDATE, random.randbytes(300)))


def _page_removed(pdf: bytes, random: Random) -> bytes:
    reader, writer = PdfReader(BytesIO(pdf)), PdfWriter()
    gone = random.randrange(len(reader.pages))
    for number, page in enumerate(reader.pages):
        if number != gone:
            writer.add_page(page)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def _in_padding(pdf: bytes, random: Random) -> bytes:
    begin, end = padding(pdf)
    at = random.randrange(begin + 4, end)
    return pdf[:at] + random.choice(b"123456789abcdef").to_bytes(1, "big") + pdf[at + 1 :]


def _other_case(pdf: bytes, random: Random) -> bytes:
    begin, end = padding(pdf)
    start = pdf.rindex(b"<", 0, begin)
    return pdf[:start] + pdf[start:end].swapcase() + pdf[end:]


_OTHERS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _inserted,
    _taken_out,
    _zeroed,
    _cut_off,
    _appended,
    _page_removed,
    _in_padding,
    _other_case,
)
