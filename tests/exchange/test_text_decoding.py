"""Bytes into text: right or refused with the line, never replaced."""

import codecs
import random

import pytest

from desktop.exchange.refusals import FileRefused
from desktop.exchange.text_decoding import decode

THAI = [chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))]
HEADING = "เลขที่รับแจ้ง,วันที่แจ้ง,เรื่อง\r\n"


def thai_texts():
    chance = random.Random(2563)
    words = ["ทางเท้าชำรุด", "น้ำท่วมขัง", "ไฟฟ้าดับ", "ผู้ร้องแจ้งว่า", "เขตบางกะปิ", "๑๒๓/๒๕๖๓", "ซอย 24", "ฯลฯ"]
    for number in range(200):
        if number % 2:
            yield " ".join(chance.choices(words, k=5))
        else:
            yield "ก" + "".join(chance.choices([*THAI, " ", "1", ","], k=30))


ENCODINGS = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with BOM": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16-le with BOM": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16-be with BOM": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "cp874": lambda text: text.encode("cp874"),
    "tis-620": lambda text: text.encode("tis-620"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_two_hundred_thai_texts_come_out_as_they_went_in(encoding):
    """I08"""
    for text in thai_texts():
        whole = f"{HEADING}1,28/1/2563,{text}\r\n"
        read = decode(ENCODINGS[encoding](whole))
        assert read == whole
        assert "\ufffd" not in read


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_plain_ascii_is_the_same_in_every_encoding(encoding):
    """I08"""
    assert decode(ENCODINGS[encoding]("a,b\n1,2\n")) == "a,b\n1,2\n"


def test_a_file_in_two_encodings_is_refused_at_the_line_that_differs():
    """I09"""
    data = HEADING.encode() + "1,ถนน\r\n".encode() + "2,น้ำท่วม\r\n".encode("cp874")
    with pytest.raises(FileRefused, match="บรรทัดที่ 3"):
        decode(data)


def test_a_file_in_two_encodings_is_refused_the_other_way_round_too():
    """I09"""
    data = HEADING.encode("cp874") + b"1,2\n" + "2,น้ำท่วม\r\n".encode()
    with pytest.raises(FileRefused, match="บรรทัดที่ 3"):
        decode(data)


def test_a_file_with_a_utf_8_mark_may_hold_nothing_else():
    """I08, I09"""
    with pytest.raises(FileRefused, match="บรรทัดที่ 2"):
        decode(codecs.BOM_UTF8 + HEADING.encode() + "ถนน".encode("cp874"))


@pytest.mark.parametrize("word", ["café", "Müller", "naïve", "garçon"])
def test_windows_1252_is_refused_with_its_line(word):
    """I08"""
    with pytest.raises(FileRefused, match="บรรทัดที่ 2"):
        decode(f"a,b\n{word},1\n".encode("cp1252"))


@pytest.mark.parametrize(("wrote", "read"), [("utf-8", "cp1252"), ("cp874", "latin-1")])
def test_headings_that_were_garbled_before_are_refused(wrote, read):
    """I08"""
    garbled = HEADING.encode(wrote).decode(read, errors="ignore")
    with pytest.raises(FileRefused, match="เพี้ยน"):
        decode(garbled.encode())


def test_half_a_utf_16_character_is_refused_with_its_line():
    """I08"""
    data = codecs.BOM_UTF16_LE + "ก\nข\n".encode("utf-16-le") + b"\x00\xd8\x01\x00"
    with pytest.raises(FileRefused, match="บรรทัดที่ 3"):
        decode(data)


def test_bytes_of_no_encoding_are_refused_with_their_line():
    """I08"""
    with pytest.raises(FileRefused, match="บรรทัดที่ 2"):
        decode(b"a,b\r\n\xff\xfc\x81\r\n")
