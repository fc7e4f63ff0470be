"""What one cell of the register's layout says, and which cells are too unclear to take."""

from datetime import date, datetime, time

import pytest
from hypothesis import given

from desktop.domain.complaint import Mark, QualityItem, Reopening, Status
from desktop.domain.thai_text import clean_line, clean_text
from desktop.exchange.cell_grammar import read_marks, read_texts, write_marks
from desktop.exchange.cell_values import day_of, number_oddity, number_of, telephone_oddity
from desktop.exchange.quick_cleaning import tidy_line, tidy_lines
from desktop.exchange.refusals import CellRefused
from desktop.exchange.sheets import ErrorCell
from tests.exchange.register_complaints import LINES, RAW_TEXTS, marks
from tests.exchange.sheet_files import register_csv, rows_of, workbook

JAN_28, NOV_22, FEB_29 = date(2020, 1, 28), date(2026, 11, 22), date(2024, 2, 29)
REFUSED = None
DATES = [
    # text in either era
    ("2563-01-28", JAN_28), ("2563-1-28", JAN_28), ("2020-01-28", JAN_28), ("2020-1-28", JAN_28),
    ("28/1/2563", JAN_28), ("28/01/2563", JAN_28), ("28/1/2020", JAN_28), ("28-1-2563", JAN_28), ("28.1.2563", JAN_28),
    ("28-01-2020", JAN_28), ("28 ม.ค. 2563", JAN_28), ("28 ม.ค.2563", JAN_28), ("28ม.ค.2563", JAN_28),
    ("28 มค 2563", JAN_28), ("28 มกราคม 2563", JAN_28), ("28 มกราคม พ.ศ. 2563", JAN_28), ("28 มกราคม พ.ศ.2563", JAN_28),
    ("28 มกราคม ค.ศ. 2020", JAN_28), ("28 มกราคม 2020", JAN_28), ("2569-11-22", NOV_22), ("2026-11-22", NOV_22),
    ("22/11/2569", NOV_22), ("22 พ.ย. 2569", NOV_22), ("22 พฤศจิกายน 2569", NOV_22), ("29/2/2567", FEB_29),
    ("29 ก.พ. 2567", FEB_29), ("2567-02-29", FEB_29), ("2024-02-29", FEB_29), ("1/3/2563", date(2020, 3, 1)),
    ("3/1/2563", date(2020, 1, 3)), ("31/12/2562", date(2019, 12, 31)), ("1/10/2562", date(2019, 10, 1)),
    # Thai digits, blanks and invisible characters
    ("๒๕๖๓-๐๑-๒๘", JAN_28), ("๒๘/๑/๒๕๖๓", JAN_28), ("๒๘ ม.ค. ๒๕๖๓", JAN_28), ("๒๘ มกราคม ๒๕๖๓", JAN_28),
    ("๒๒/๑๑/๒๕๖๙", NOV_22), ("๒๙/๒/๒๕๖๗", FEB_29), ("  28/1/2563  ", JAN_28), ("28/1/2563\u00a0", JAN_28),
    ("\ufeff28/1/2563", JAN_28), ("28/1/\u200b2563", JAN_28), ("28  ม.ค.  2563", JAN_28), ("28 ม.ค.\u00a02563", JAN_28),
    ("28/1/2563\n", JAN_28), ("๒๘/1/๒๕๖๓", JAN_28),
    # with a time of day
    ("2563-01-28 10:30", JAN_28), ("2563-01-28T10:30", JAN_28), ("2020-01-28T23:59:59", JAN_28),
    ("28/1/2563 08:05", JAN_28), ("28/1/2563 8.05", JAN_28), ("28 ม.ค. 2563 10:30", JAN_28),
    ("๒๘/๑/๒๕๖๓ ๑๐:๓๐", JAN_28), ("2569-11-22 00:00:00", NOV_22),
    # real dates, also typed with a Buddhist year
    (date(2020, 1, 28), JAN_28), (date(2563, 1, 28), JAN_28), (date(2569, 11, 22), NOV_22),
    (date(2026, 11, 22), NOV_22),
    (datetime(2020, 1, 28, 0, 0), JAN_28), (datetime(2020, 1, 28, 23, 59, 59, 999000), JAN_28),
    (datetime(2563, 1, 28, 12, 0), JAN_28), (date(2024, 2, 29), FEB_29), (date(2400, 2, 29), REFUSED),
    (date(2564, 2, 29), REFUSED), (date(2200, 1, 1), REFUSED), (date(1899, 12, 31), REFUSED),
    (date(2150, 5, 5), REFUSED),
    # days counted, in either date system
    (43858, JAN_28), (43858.0, JAN_28), (43858.5, JAN_28), (43858.999, JAN_28), (43857.9999999999, JAN_28),
    (242185, JAN_28), (46348.0, NOV_22), (45351, FEB_29), (14977.0, date(1941, 1, 1)), (14976.0, REFUSED),
    ((42396, True), JAN_28), ((42396.25, True), JAN_28), ((44886.0, True), NOV_22), ((43889.0, True), FEB_29),
    ((0, True), REFUSED), ((2563, True), REFUSED),
    # nothing a day can be told from
    ("63", REFUSED), ("28/1/63", REFUSED), ("28/1/2200", REFUSED), ("28/1/20", REFUSED), ("28 ม.ค. 63", REFUSED),
    ("2200-01-01", REFUSED), ("29/2/2569", REFUSED), ("29/2/2563 ", date(2020, 2, 29)), ("30/2/2563", REFUSED),
    ("31/4/2563", REFUSED), ("0/1/2563", REFUSED), ("28/13/2563", REFUSED), ("1/28/2563", REFUSED),
    ("2563/01/28", REFUSED),
    ("28012563", REFUSED), ("25630128", REFUSED), ("28 มกรา 2563", REFUSED), ("28 January 2020", REFUSED),
    ("28-Jan-20", REFUSED), ("วันนี้", REFUSED), ("-", REFUSED), ("ไม่มี", REFUSED), ("28/1", REFUSED),
    ("ม.ค. 2563", REFUSED),
    ("28/1/2563 25:00", REFUSED), ("28/1/2563 และ 29/1/2563", REFUSED), ("28/1/" + "2" * 5000, REFUSED),
    ("=TODAY()", REFUSED), ("43858", REFUSED), (2563, REFUSED), (63.0, REFUSED), (0, REFUSED), (-1, REFUSED),
    (25630128, REFUSED), (1e300, REFUSED), (120000, REFUSED), (True, REFUSED), (time(10, 30), REFUSED),
    (ErrorCell("#REF!"), REFUSED), ("28/1/2563?", REFUSED), ("2563-00-10", REFUSED), ("2563-02-30", REFUSED),
    ("28//2563", REFUSED), ("28 / 1 / 2563", REFUSED), ("'28/1/2563", REFUSED),
]  # fmt: skip


def test_the_table_of_dates_is_long_enough():
    """I15"""
    assert len(DATES) >= 120


@pytest.mark.parametrize(("cell", "day"), DATES, ids=lambda value: str(value)[:40])
def test_a_date_cell_gives_one_gregorian_day_or_is_refused(cell, day):
    """I15"""
    value, epoch_1904 = cell if isinstance(cell, tuple) else (cell, False)
    if day is REFUSED:
        with pytest.raises(CellRefused):
            day_of(value, epoch_1904)
    else:
        assert day_of(value, epoch_1904) == day


@pytest.mark.parametrize("date_1904", [False, True])
def test_dates_of_a_real_workbook_come_out_the_same(tmp_path, date_1904):
    """I15"""
    serial = 42396 if date_1904 else 43858
    days = [JAN_28, datetime(2020, 1, 28, 9), date(2563, 1, 28), serial, serial + 0.5, "28/1/2563", "๒๘ ม.ค. ๒๕๖๓"]
    rows = [("เลขที่รับแจ้ง", "วันที่แจ้ง"), *((f"ก{number}", day) for number, day in enumerate(days))]
    read = rows_of(workbook(tmp_path, rows, date_1904=date_1904))
    assert [row.cells.notified for row in read] == [JAN_28] * len(days)


def test_an_unclear_date_names_its_column_and_leaves_the_row_out(tmp_path):
    """I15"""
    (row,) = rows_of(register_csv(tmp_path, {"เลขที่รับแจ้ง": "1", "วันที่แจ้ง": "28/1/2563", "วันที่ตอบรับ": "29/1/63"}))
    assert row.cells is None
    assert row.problem.startswith("คอลัมน์วันที่ตอบรับ: ")
    assert row.number == "1"


NUMBERS = [
    (1234.0, "1234"), (1234, "1234"), ("0012", "0012"), ("๐๐๑๒/๒๕๖๓", "๐๐๑๒/๒๕๖๓"), ("2563-1.10", "2563-1.10"),
    (" 12 /63\u00a0", "12 /63"), ("1103700123456", "1103700123456"), (1103700123456.0, "1103700123456"),
    ("5E12", "5E12"),
    ("12E-A", "12E-A"), ("-5", "-5"), (999_999_999_999_999.0, "999999999999999"),
    ("1.1E+12", REFUSED), ("1.1e+12", REFUSED), ("1E+12", REFUSED), ("1,1E+12", REFUSED), ("1.1E-05", REFUSED),
    (1e15, REFUSED), (1.1e20, REFUSED), (63.5, REFUSED), (JAN_28, REFUSED), (time(1, 2), REFUSED), (True, REFUSED),
    (ErrorCell("#N/A"), REFUSED),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "number"), NUMBERS)
def test_a_complaint_number_keeps_all_its_digits_or_is_refused(cell, number):
    """I16"""
    if number is REFUSED:
        with pytest.raises(CellRefused):
            number_of(cell)
    else:
        assert number_of(cell) == number


def test_a_number_shown_in_short_is_taken_with_a_warning():
    """I16"""
    assert "1100000000000" in number_oddity(1.1e12)
    assert number_oddity(1234.0) is None


@pytest.mark.parametrize(
    ("cell", "word"),
    [("8.1E+08", "ถูกย่อ"), (812345678.0, "เลข 0"), (1.1e12, "1.1E+12"), ("1101700230708", "ประจำตัวประชาชน")],
)
def test_an_odd_telephone_number_is_taken_with_a_warning(cell, word, tmp_path):
    """I16"""
    assert word in telephone_oddity(cell)
    heads = ("เลขที่รับแจ้ง", "วันที่แจ้ง", "โทรศัพท์")
    (row,) = rows_of(workbook(tmp_path, [heads, ("1", "28/1/2563", cell)]))
    assert row.cells is not None
    assert word in row.remarks[0]


@pytest.mark.parametrize("cell", ["0812345678", "02-123-4567 ต่อ 12", "1234567890123", ""])
def test_an_ordinary_telephone_number_stays_as_it_is(cell):
    """I16"""
    assert telephone_oddity(cell) is None


def test_a_row_without_number_is_refused(tmp_path):
    (row,) = rows_of(register_csv(tmp_path, {"วันที่แจ้ง": "28/1/2563", "เรื่อง": "รวม 20 เรื่อง"}))
    assert (row.number, row.cells) == (None, None)
    assert "เลขที่รับแจ้ง" in row.problem


def test_a_number_that_stands_twice_refuses_all_its_rows_and_names_the_others(tmp_path):
    """I17"""
    numbers = ["1", "2", " 1\u200b", "3", "1"]
    rows = rows_of(register_csv(tmp_path, *({"เลขที่รับแจ้ง": number, "วันที่แจ้ง": "28/1/2563"} for number in numbers)))
    assert [row.cells is None for row in rows] == [True, False, True, False, True]
    assert "แถวที่ 4, 6" in rows[0].problem
    assert "แถวที่ 2, 6" in rows[2].problem
    assert [row.row for row in rows] == [2, 3, 4, 5, 6]


def test_a_cell_in_error_refuses_its_row(tmp_path):
    """I18"""
    cells = [
        {"เลขที่รับแจ้ง": str(n), "วันที่แจ้ง": "28/1/2563", "เรื่อง": word} for n, word in enumerate(("#REF!", "#N/A", "ปกติ"))
    ]
    first, second, third = rows_of(register_csv(tmp_path, *cells))
    assert "เรื่อง" in first.problem
    assert "#REF!" in first.problem
    assert "#N/A" in second.problem
    assert third.problem is None


def test_a_cell_longer_than_a_spreadsheet_holds_refuses_its_row(tmp_path):
    """I19"""
    for length, taken in ((32_767, True), (32_768, False), (10_000_000, False)):
        (row,) = rows_of(register_csv(tmp_path, {"เลขที่รับแจ้ง": "1", "วันที่แจ้ง": "28/1/2563", "รายละเอียด": "ก" * length}))
        assert (row.problem is None) is taken


def test_a_character_lost_before_refuses_its_row(tmp_path):
    """I08, I20"""
    (row,) = rows_of(register_csv(tmp_path, {"เลขที่รับแจ้ง": "1", "วันที่แจ้ง": "28/1/2563", "เรื่อง": "ถน\ufffdน"}))
    assert "เรื่อง" in row.problem


def test_control_characters_and_overrides_are_cleaned_away(tmp_path):
    """I20"""
    dirty = "\u202eถนน\x00\x07 พัง\u200b\tมาก\u2028"
    (row,) = rows_of(register_csv(tmp_path, {"เลขที่รับแจ้ง": "1\x00", "วันที่แจ้ง": "28/1/2563", "เรื่อง": dirty}))
    assert (row.number, row.cells.subject) == ("1", "ถนน พัง มาก")


@given(RAW_TEXTS)
def test_the_quick_way_of_cleaning_gives_what_the_long_way_gives(text):
    """I20"""
    assert tidy_line(text) == clean_line(text)
    assert tidy_lines(text) == clean_text(text)


@pytest.mark.parametrize("text", ["'; DROP TABLE complaints; --", "<img src=x onerror=alert(1)>", "100%_ok", "<b>&lt;"])
def test_commands_and_markup_are_plain_text(tmp_path, text):
    """I21"""
    (row,) = rows_of(register_csv(tmp_path, {"เลขที่รับแจ้ง": "1", "วันที่แจ้ง": "28/1/2563", "เรื่อง": text, "รายละเอียด": text}))
    assert (row.cells.subject, row.cells.detail) == (text, text)


def cells_of(tmp_path, **more):
    row = {"เลขที่รับแจ้ง": "1", "วันที่แจ้ง": "28/1/2563", **more}
    (read,) = rows_of(register_csv(tmp_path, row))
    assert read.problem is None, read.problem
    return read.cells


def test_several_types_stand_with_semicolons_between(tmp_path):
    assert cells_of(tmp_path, ประเภทเรื่อง=" ถนน ;ทางเท้า;;ถนน").types == ("ถนน", "ทางเท้า")


def test_follow_ups_keep_the_order_they_are_written_in(tmp_path):
    found = cells_of(tmp_path, การติดตามผล="14/2/2563; 2563-02-01 ;28 ก.พ. 2563").follow_ups
    assert found == (date(2020, 2, 14), date(2020, 2, 1), date(2020, 2, 28))


def test_a_single_follow_up_may_be_a_real_date(tmp_path):
    heads = ("เลขที่รับแจ้ง", "วันที่แจ้ง", "การติดตามผล")
    (row,) = rows_of(workbook(tmp_path, [heads, ("1", JAN_28, date(2563, 2, 1))]))
    assert row.cells.follow_ups == (date(2020, 2, 1),)


def test_texts_stand_one_a_line_and_leading_empty_lines_count():
    assert read_texts("\n\nสาม") == ("", "", "สาม")
    assert read_texts("หนึ่ง \r\nสอง\n\n") == ("หนึ่ง", "สอง")
    assert read_texts("หนึ่ง\n\nสาม") == ("หนึ่ง", "", "สาม")
    assert read_texts("\n \n") == ()


def test_reopenings_are_pairs_of_days(tmp_path):
    found = cells_of(tmp_path, วันที่เปิดเรื่องใหม่="2563-02-01>2563-02-10; 1/3/2563 > 2/3/2563").reopenings
    assert found == (Reopening(date(2020, 2, 1), date(2020, 2, 10)), Reopening(date(2020, 3, 1), date(2020, 3, 2)))


@pytest.mark.parametrize("status", Status)
def test_a_status_is_one_of_four_words(tmp_path, status):
    assert cells_of(tmp_path, สถานะ=f" {status.value}\u200b").status is status


REFUSED_CELLS = [
    ("สถานะ", "เสร็จแล้ว"), ("การติดตามผล", "2563-02-01;พรุ่งนี้"), ("วันที่เปิดเรื่องใหม่", "2563-02-01"),
    ("วันที่เปิดเรื่องใหม่", "2563-02-01>"), ("วันที่เปิดเรื่องใหม่", "2563-02-01>2563-02-02>2563-02-03"),
    ("ตรวจคุณภาพ", "fits"), ("ตรวจคุณภาพ", "fits=maybe"), ("ตรวจคุณภาพ", "speed=yes"), ("ตรวจคุณภาพ", "letter=yes"),
    ("ตรวจคุณภาพ", "order=na:"), ("ตรวจคุณภาพ", "order=na"), ("ตรวจคุณภาพ", "fits=yes;fits=no"),
    ("ตรวจคุณภาพ", "order=na:ก;order=na:ข"), ("ตรวจคุณภาพ", "fits="),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "cell"), REFUSED_CELLS)
def test_a_cell_that_is_not_understood_refuses_its_row_and_names_its_column(tmp_path, heading, cell):
    (row,) = rows_of(register_csv(tmp_path, {"เลขที่รับแจ้ง": "1", "วันที่แจ้ง": "28/1/2563", heading: cell}))
    assert row.problem.startswith(f"คอลัมน์{heading}: ")


def test_a_row_says_all_that_is_wrong_with_it(tmp_path):
    (row,) = rows_of(register_csv(tmp_path, {"เลขที่รับแจ้ง": "1", "วันที่แจ้ง": "63", "สถานะ": "?"}))
    assert "วันที่แจ้ง" in row.problem
    assert "สถานะ" in row.problem


def test_quality_marks_read_naturally_as_a_person_types_them():
    assert read_marks(" Fits = YES ; order=na: ลด 50% เพราะ a=b:c ;true=no;") == {
        QualityItem.FITS: Mark(True),
        QualityItem.ORDER: Mark(None, "ลด 50% เพราะ a=b:c"),
        QualityItem.TRUE: Mark(False),
    }


def test_a_ticked_item_may_also_be_not_applicable():
    assert read_marks("fits=no;fits=na:ซ้ำ") == {QualityItem.FITS: Mark(False, "ซ้ำ")}


@given(marks())
def test_quality_marks_written_are_read_back_equal(found):
    assert read_marks(write_marks(found)) == found


@given(LINES)
def test_any_reason_survives_being_written(reason):
    if reason:
        assert (
            read_marks(write_marks({QualityItem.ORDER: Mark(None, reason)}))[QualityItem.ORDER].not_applicable == reason
        )
