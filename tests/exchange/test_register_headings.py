"""The register's layout is recognised by its headings, however they were typed, and by nothing else."""

import pytest

from desktop.exchange.refusals import FileRefused
from desktop.exchange.register_layout import HEADINGS, file_remarks, read_rows, recognise
from desktop.exchange.sheets import read_sheet
from tests.exchange.sheet_files import csv_file, rows_of

VARIANTS = {
    "a byte order mark": lambda heading: "\ufeff" + heading,
    "a no-break space": lambda heading: heading + "\u00a0",
    "a zero-width space": lambda heading: heading[:2] + "\u200b" + heading[2:],
    "blanks around": lambda heading: f"  {heading} \t",
    "a torn sara am": lambda heading: heading.replace("ำ", "\u0e4d\u0e32"),
    "Thai digits": lambda heading: heading.replace("1", "๑"),
    "a line break": lambda heading: heading + "\n",
    "no blank": lambda heading: heading.replace(" ", ""),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_heading_is_recognised_after_clean_up(tmp_path, variant):
    """I11"""
    headings = [VARIANTS[variant](heading) for heading in HEADINGS]
    values = {"เลขที่รับแจ้ง": "1", "วันที่แจ้ง": "28/1/2563", "การประสานงาน": "เขต"}
    path = csv_file(tmp_path, [headings, [values.get(heading, "") for heading in HEADINGS]])
    sheet = read_sheet(path)
    assert recognise(sheet.headings) == "register"
    assert file_remarks(sheet) == ()
    (row,) = read_rows(sheet)
    assert row.cells.coordination == "เขต"


def test_any_column_order_does(tmp_path):
    """I12"""
    path = csv_file(tmp_path, [("เรื่อง", "วันที่แจ้ง", "เลขที่รับแจ้ง"), ("ถนน", "28/1/2563", "7")])
    (row,) = rows_of(path)
    assert (row.number, row.cells.subject) == ("7", "ถนน")


@pytest.mark.parametrize("missing", ["เลขที่รับแจ้ง", "วันที่แจ้ง"])
def test_a_missing_required_heading_is_named(tmp_path, missing):
    """I12"""
    headings = [heading for heading in HEADINGS if heading != missing]
    sheet = read_sheet(csv_file(tmp_path, [headings, ["1"] * len(headings)]))
    assert recognise(sheet.headings) is None
    with pytest.raises(FileRefused, match=missing):
        read_rows(sheet)


def test_a_heading_that_stands_twice_is_refused(tmp_path):
    """I12"""
    sheet = read_sheet(csv_file(tmp_path, [(*HEADINGS, " เรื่อง"), ["1"] * 25]))
    with pytest.raises(FileRefused, match="เรื่อง"):
        read_rows(sheet)


def test_unknown_columns_are_left_out_and_named_in_one_remark(tmp_path):
    """I12"""
    path = csv_file(tmp_path, [("เลขที่รับแจ้ง", "วันที่แจ้ง", "หมายเหตุ", "ฝ่าย"), ("1", "28/1/2563", "ก", "ข")])
    assert len(rows_of(path)) == 1
    (remark,) = file_remarks(read_sheet(path))
    assert "หมายเหตุ, ฝ่าย" in remark


def test_a_column_without_heading_is_told_when_it_holds_something(tmp_path):
    """I12"""
    head = ("เลขที่รับแจ้ง", "วันที่แจ้ง", "")
    assert file_remarks(read_sheet(csv_file(tmp_path, [head, ("1", "28/1/2563", "")]))) == ()
    (remark,) = file_remarks(read_sheet(csv_file(tmp_path, [head, ("1", "28/1/2563", "ก")])))
    assert "ไม่มีหัวคอลัมน์" in remark


def test_a_row_with_more_cells_than_headings_is_refused(tmp_path):
    """I10"""
    path = csv_file(tmp_path, [("เลขที่รับแจ้ง", "วันที่แจ้ง"), ("1", "28/1/2563", "หลุด"), ("2", "28/1/2563", "")])
    first, second = rows_of(path)
    assert "เกินจำนวนหัวคอลัมน์" in first.problem
    assert second.problem is None


def test_another_layout_is_not_recognised():
    assert recognise(["ticket_id", "type", "comment"]) is None
