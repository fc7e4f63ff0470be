"""Cleaning keeps what a person wrote and drops what no reader can see; sorting follows the Thai dictionary (I20)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.thai_text import clean_line, clean_text, sort_key


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("น\u0e4d\u0e32", "น้ำ".replace("้", "")), ("น\u0e49\u0e4d\u0e32", "น้\u0e33"), ("ก\u200bข", "กข"),
        ("\ufeffเลขที่", "เลขที่"), ("ก\u00a0ข", "ก ข"), ("ก\u202eข", "กข"), ("ก\x00ข\x07", "กข"), ("  ก   ข  ", "ก ข"),
        ("ก\r\nข\rค\u2028ง", "ก\nข\nค\nง"), ("e\u0301", "é"), ("ก" + "\u0e49" * 9, "ก" + "\u0e49" * 4), ("😀", "😀"),
        ("<b>&amp;'; DROP TABLE", "<b>&amp;'; DROP TABLE"), ("\ud800ก", "ก"), ("\ue000ก", "ก"), ("ก\tข", "ก ข"),
    ],
)  # fmt: skip
def test_text_is_cleaned(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@given(st.text())
def test_cleaning_twice_is_cleaning_once_and_leaves_nothing_invisible(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert unicodedata.normalize("NFC", once) == once
    assert not any(unicodedata.category(each) in ("Cc", "Cf", "Cs", "Co", "Cn") for each in once.replace("\n", ""))
    assert "\n" not in clean_line(text)


def test_words_sort_as_in_the_thai_dictionary() -> None:
    in_order = ["กา", "ก้า", "กุ", "เก", "แก", "ขา", "ไข", "นา", "น้ำ", "เรื่อง", "สวน", "แสง", "หา", "อา", "ไอ"]
    mixed = in_order[1::2] + in_order[::2]
    assert sorted(mixed, key=sort_key) == in_order
    assert sorted(["10", "9", "2562-00100", "2562-00099"], key=sort_key) == ["9", "10", "2562-00099", "2562-00100"]
