"""A file as rows of raw cells: delimiters, dates of both systems, errors, formulas, what lies around the table."""

import hashlib
import subprocess
import sys
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter

from desktop.exchange.refusals import FileRefused
from desktop.exchange.sheets import ErrorCell, read_sheet
from tests.exchange.sheet_files import csv_file, with_part, workbook

ROWS = [("เลขที่", "เรื่อง", "หมายเหตุ"), ("1", "ถนน", "ก"), ("2", "น้ำ", "ข")]
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
SITUATIONS = {
    "a quote in a field": (
        lambda d: f'เลขที่{d}เรื่อง\n1{d}"ป้าย ""ห้าม"" {d} หาย"\n', lambda d: [("1", f'ป้าย "ห้าม" {d} หาย')],
    ),
    "a newline in a field": (
        lambda d: f'เลขที่{d}เรื่อง\r\n1{d}"บรรทัด\nสอง"\r\n2{d}ข\r\n', lambda d: [("1", "บรรทัด\nสอง"), ("2", "ข")],
    ),
    "lone CR": (lambda d: f"เลขที่{d}เรื่อง\r1{d}ก\r2{d}ข\r", lambda d: [("1", "ก"), ("2", "ข")]),
    "no final newline": (lambda d: f"เลขที่{d}เรื่อง\n1{d}ก\n2{d}ข", lambda d: [("1", "ก"), ("2", "ข")]),
    "a byte order mark": (lambda d: f"\ufeffเลขที่{d}เรื่อง\n1{d}ก\n", lambda d: [("1", "ก")]),
}  # fmt: skip


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("separator", SEPARATORS)
def test_every_delimiter_gives_the_same_rows(tmp_path, separator, situation):
    """I10"""
    write, expected = SITUATIONS[situation]
    path = tmp_path / "แฟ้ม.csv"
    path.write_bytes(write(SEPARATORS[separator]).encode())
    sheet = read_sheet(path)
    assert sheet.headings == ("เลขที่", "เรื่อง")
    assert [cells for _, cells in sheet.rows] == expected(SEPARATORS[separator])


def test_semicolons_inside_cells_do_not_mislead(tmp_path):
    """I10"""
    path = csv_file(tmp_path, [("เลขที่", "ประเภท"), ("1", "ก;ข;ค;ง"), ("2", "ก;ข;ค;ง")])
    assert read_sheet(path).headings == ("เลขที่", "ประเภท")


def test_excels_own_separator_line_is_followed(tmp_path):
    """I10"""
    path = tmp_path / "แฟ้ม.csv"
    path.write_text("sep=;\nเลขที่;เรื่อง, ที่แจ้ง\n1;ก\n", encoding="utf-8-sig")
    sheet = read_sheet(path)
    assert (sheet.headings, sheet.heading_row, list(sheet.rows)) == (("เลขที่", "เรื่อง, ที่แจ้ง"), 1, [(2, ("1", "ก"))])


def test_blank_rows_keep_their_number_and_are_left_out(tmp_path):
    rows = [ROWS[0], ("", " ", ""), ROWS[1], [], ROWS[2]]
    for path in (csv_file(tmp_path, rows), workbook(tmp_path, rows)):
        assert [row for row, _ in read_sheet(path).rows] == [3, 5]


def test_title_rows_above_the_headings_are_passed_over(tmp_path):
    """I13"""
    rows = [("ทะเบียนเรื่องร้องทุกข์", "", ""), ("", "", ""), *ROWS]
    for path in (csv_file(tmp_path, rows), workbook(tmp_path, rows)):
        sheet = read_sheet(path)
        assert (sheet.headings, sheet.heading_row) == (ROWS[0], 3)
        assert [row for row, _ in sheet.rows] == [4, 5]


def test_a_quote_that_is_never_closed_is_refused_with_its_row(tmp_path):
    path = tmp_path / "แฟ้ม.csv"
    path.write_text('a,b\n1,2\n3,"4\n5,6\n7,8\n')
    with pytest.raises(FileRefused, match="แถวที่ 3"):
        read_sheet(path)


def test_the_snapshot_is_told_by_its_sum(tmp_path):
    path = csv_file(tmp_path, ROWS)
    assert read_sheet(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert read_sheet(path).name == "แฟ้ม.csv"


@pytest.mark.parametrize("date_1904", [False, True])
def test_real_dates_are_right_in_both_date_systems(tmp_path, date_1904):
    """I15"""
    path = workbook(tmp_path, [("a", "b"), (date(2020, 1, 28), datetime(2020, 1, 28, 23, 59))], date_1904=date_1904)
    sheet = read_sheet(path)
    assert sheet.rows[0][1] == (date(2020, 1, 28), datetime(2020, 1, 28, 23, 59))
    assert sheet.epoch_1904 is date_1904


def test_cells_in_error_are_told_and_not_taken_for_empty(tmp_path):
    """I18"""
    path = tmp_path / "แฟ้ม.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["x", "a", "b"])
    book.active.append([None, "#REF!", "#N/A"])
    book.active.append([None, "=1/0", "ค่า"])
    book.save(path)
    cells = dict(read_sheet(path).rows)
    assert cells[2][1:] == (ErrorCell("#REF!"), ErrorCell("#N/A"))
    assert isinstance(cells[3][1], ErrorCell)  # a formula nobody worked out: no value is stored with it
    assert cells[3][2] == "ค่า"


def test_error_cells_are_found_right_of_an_empty_first_column(tmp_path):
    """I18"""
    path = tmp_path / "แฟ้ม.xlsx"
    book = openpyxl.Workbook()
    for column, value in enumerate(("a", "b", "c"), 3):
        book.active.cell(4, column, value)
    book.active["D6"] = "#VALUE!"
    book.save(path)
    assert read_sheet(path).rows == [(6, ("", ErrorCell("#VALUE!"), ""))]


def test_a_formula_gives_the_value_stored_with_it(tmp_path):
    """I18"""
    path = tmp_path / "แฟ้ม.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["a", "b", "c", "d"])
    sheet.write_formula(1, 0, "=1+1", None, 5)
    sheet.write_formula(1, 1, '="ก"&"ข"', None, "กข")
    sheet.write_formula(1, 2, '=IF(TRUE,"","x")', None, "")
    sheet.write_formula(1, 3, "=NA()", None, "#N/A")
    book.close()
    with_part(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<c r="C2"><f>', b'<c r="C2" t="str"><f>'))
    assert read_sheet(path).rows == [(2, (5.0, "กข", "", ErrorCell("#N/A")))]


def test_error_words_in_a_csv_are_cells_in_error(tmp_path):
    """I18"""
    path = csv_file(tmp_path, [("a", "b", "c"), ("#REF!", "#N/A", "'#N/A")])
    assert read_sheet(path).rows[0][1] == (ErrorCell("#REF!"), ErrorCell("#N/A"), "#N/A")


def test_a_lone_far_cell_costs_nothing_and_rows_keep_their_numbers(tmp_path):
    """I03"""
    path = tmp_path / "แฟ้ม.xlsx"
    book = openpyxl.Workbook()
    for row, cells in enumerate(ROWS, 1):
        for column, cell in enumerate(cells, 1):
            book.active.cell(row * 2, column, cell)
    book.active["XFD1048576"] = "ไกล"
    book.active["B7"] = "#REF!"
    book.save(path)
    sheet = read_sheet(path)
    assert sheet.headings[:3] == ROWS[0]
    assert [(row, cells[:3]) for row, cells in sheet.rows[:2]] == [(4, ROWS[1]), (6, ROWS[2])]
    assert sheet.rows[2][0] == 7
    assert sheet.rows[2][1][1] == ErrorCell("#REF!")
    assert sheet.rows[3][0] == 1_048_576


def test_other_sheets_hidden_rows_and_merged_cells_are_told(tmp_path):
    """I13, I14"""
    path = tmp_path / "แฟ้ม.xlsx"
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("ทะเบียน")
    for row in (*ROWS, ("3", "ไฟ", "")):
        shown.append(row)
    shown.row_dimensions[3].hidden = True
    shown.merge_cells("A3:A4")
    book.active = 1
    book.save(path)
    sheet = read_sheet(path)
    assert sheet.headings == ROWS[0]
    assert len(sheet.rows) == 3
    assert [remark.split(" ")[0] for remark in sheet.remarks] == [
        "อ่านเฉพาะแผ่นงาน",
        "มีแถวที่ซ่อนหรือกรองไว้",
        "มีเซลล์ที่ผสานกัน",
    ]


def test_a_content_decides_what_a_file_is_and_not_its_name(tmp_path):
    path = csv_file(tmp_path, ROWS, "แฟ้ม.xlsx")
    assert read_sheet(path).headings == ROWS[0]


def test_columns_that_a_row_has_too_many_of_are_kept_for_the_layout(tmp_path):
    path = csv_file(tmp_path, [("a", "b"), ("1", "2", "3")])
    assert read_sheet(path).rows == [(2, ("1", "2", "3"))]


def test_the_room_is_entered_without_the_spreadsheet_libraries():
    code = (
        "import sys, desktop.exchange.sheets, desktop.exchange.laying_over, desktop.exchange.register_writing;"
        "print([name for name in ('python_calamine', 'xlsxwriter', 'zipfile', 'xml') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "[]"
