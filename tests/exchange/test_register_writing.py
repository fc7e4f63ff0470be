"""What the register writes, it reads back equal; a spreadsheet finds only text in it; half a file never stands."""

import csv
import io
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.complaint import Complaint, Entry
from desktop.exchange.cell_values import number_of
from desktop.exchange.formula_guard import guard, unguard
from desktop.exchange.refusals import Cancelled, CellRefused, FileRefused
from desktop.exchange.register_layout import HEADINGS
from desktop.exchange.register_writing import escape_cell, write_register
from tests.exchange.register_complaints import LAST_DAY, RAW_TEXTS, complaints
from tests.exchange.sheet_files import read_back

DAY = date(2020, 1, 28)
KINDS = [".csv", ".xlsx"]
DANGEROUS = [
    "=1+1",
    "+66",
    "-5",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    "=cmd|' /C calc'!A0",
    "'=1",
    "''=1",
    "#REF!",
]


def one(text: str) -> Complaint:
    return Complaint(text, DAY, subject=text, detail=text, follow_ups=(Entry(DAY, text),), answer=f"ก\n{text}")


def is_a_number(complaint: Complaint) -> bool:
    try:
        return number_of(complaint.number) == complaint.number
    except CellRefused:  # 1.1E+12: a number somebody lost digits of is never taken
        return False


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_reads_back_equal(kind):
    """E01, E02, I20, I21"""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"ทะเบียน{kind}")

        @settings(max_examples=70 if kind == ".csv" else 40, deadline=None, suppress_health_check=list(HealthCheck))
        @given(st.lists(complaints().filter(is_a_number), min_size=1, max_size=4, unique_by=lambda one: one.number))
        def holds(register):
            assert write_register(path, register, len(register), True, None) == len(register)
            assert [laid.complaint for laid in read_back(path, today=LAST_DAY)] == register
            stored = {complaint.number: complaint for complaint in register}
            assert [laid.complaint for laid in read_back(path, stored, LAST_DAY)] == register

        holds()


@given(RAW_TEXTS)
def test_the_guard_of_a_cell_is_taken_off_again_exactly(text):
    """E01"""
    assert unguard(guard(text)) == text
    assert unguard(guard(guard(text))) == guard(text)
    assert guard(text)[:1] not in tuple("=+-@\t\r＝＋－＠")


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_dangerous_cell_begins_with_an_apostrophe_in_a_csv(tmp_path, text):
    """E01"""
    path = tmp_path / "ทะเบียน.csv"
    write_register(path, [one(text)], 1, True)
    with path.open(encoding="utf-8-sig", newline="") as file:
        row = dict(zip(HEADINGS, list(csv.reader(file))[1], strict=True))
    assert row["เรื่อง"] == f"'{text}"
    assert not any(cell.startswith(tuple("=+-@＝＋－＠")) for cell in row.values())
    assert [laid.complaint for laid in read_back(path)] == [one(text)]


@pytest.mark.parametrize(
    "text", [*DANGEROUS, "http://a.th", "0012", "1e5", "{=A1}", "<r><t>x</t></r>", "_x0041_x0042_"]
)
def test_every_cell_of_an_xlsx_but_a_day_is_text(tmp_path, text):
    """E01, I21"""
    path = tmp_path / "ทะเบียน.xlsx"
    write_register(path, [one(text)], 1, True)
    sheet = openpyxl.load_workbook(path).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells if cell.coordinate != "B2"} <= {"s", "inlineStr"}
    assert not any(cell.hyperlink for cell in cells)
    if text not in ("<r><t>x</t></r>", "_x0041_x0042_"):  # openpyxl does not undo the escapes of the format
        assert sheet["E2"].value == text
    assert [laid.complaint for laid in read_back(path)] == [one(text)]


def test_escapes_of_the_format_are_told_from_text():
    """E01"""
    assert escape_cell("_x0041_x0042_") == "_x005F_x0041_x005F_x0042_"
    assert escape_cell("<r>x</r>") == "_x003C_r>x</r>"
    assert escape_cell("ก_xก<r>") == "ก_xก<r>"


def test_a_csv_follows_rfc_4180_and_begins_with_a_byte_order_mark(tmp_path):
    """E02, E03"""
    path = tmp_path / "ทะเบียน.csv"
    write_register(path, [Complaint("1", DAY, subject='ก "ข", ค', detail="ก\nข")], 1, False)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert '"ก ""ข"", ค","ก\nข"' in data.decode("utf-8-sig")
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == 2


@pytest.mark.parametrize("kind", KINDS)
def test_names_and_telephone_numbers_are_left_out_altogether(tmp_path, kind):
    path = tmp_path / f"ทะเบียน{kind}"
    stored = Complaint("1", DAY, complainant="นายลับ มาก", telephone="0899999999")
    write_register(path, [stored], 1, False)
    if kind == ".csv":
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    else:
        rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]
    assert list(rows[0]) == [heading for heading in HEADINGS if heading not in ("ผู้ร้อง", "โทรศัพท์")]
    assert not {"นายลับ มาก", "0899999999"} & set(rows[1])
    assert [laid.complaint for laid in read_back(path, {"1": stored})] == [stored]


@pytest.mark.parametrize("kind", KINDS)
def test_the_headings_stand_in_the_order_of_the_layout(tmp_path, kind):
    path = tmp_path / f"ทะเบียน{kind.upper()}"
    assert write_register(path, [], 0, True) == 0
    assert HEADINGS[0] == "เลขที่รับแจ้ง"
    assert len(HEADINGS) == 24
    assert read_back(path) == []


def test_days_of_an_xlsx_are_real_dates_shown_in_the_buddhist_era(tmp_path):
    path = tmp_path / "ทะเบียน.xlsx"
    entries = (Entry(date(2020, 1, 30)), Entry(date(2020, 2, 14)))
    worked = replace(Complaint("1", DAY), accepted=date(2020, 1, 29), first_report=entries[0], follow_ups=entries[1:])
    register = [
        worked,
        replace(worked, number="2", completed=date(2020, 2, 29)),
        Complaint("3", date(1941, 1, 1), transferred=date(2020, 9, 30)),
    ]
    write_register(path, register, 3, True)
    sheet = openpyxl.load_workbook(path).active
    found = {cell.coordinate: cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.is_date}
    assert {place: cell.value.date() for place, cell in found.items()} == {
        "B2": DAY, "L2": date(2020, 1, 29), "M2": date(2020, 1, 30),
        "B3": DAY, "L3": date(2020, 1, 29), "M3": date(2020, 1, 30), "P3": date(2020, 2, 29),
        "B4": date(1941, 1, 1), "R4": date(2020, 9, 30),
    }  # fmt: skip
    assert {cell.number_format for cell in found.values()} == {"[$-107041E]d/m/yyyy"}  # 07: the Thai Buddhist calendar
    assert sheet["N2"].value == "2563-02-14"  # a cell of several days is text
    assert [laid.complaint for laid in read_back(path)] == register


def test_dates_are_written_in_the_buddhist_era(tmp_path):
    path = tmp_path / "ทะเบียน.csv"
    write_register(path, [Complaint("1", DAY, accepted=date(2020, 2, 3))], 1, True)
    assert "2563-01-28" in path.read_text("utf-8-sig")
    assert "2563-02-03" in path.read_text("utf-8-sig")


def test_an_xlsx_keeps_its_headings_in_sight(tmp_path):
    path = tmp_path / "ทะเบียน.xlsx"
    write_register(path, [Complaint("1", DAY)], 1, True)
    sheet = openpyxl.load_workbook(path).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:X2")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["ก" * 32_768, "😀" * 16_384])
def test_a_text_no_cell_can_hold_is_refused_and_not_cut(tmp_path, kind, text):
    """I19"""
    path = tmp_path / f"ทะเบียน{kind}"
    with pytest.raises(FileRefused, match="รายละเอียดของเรื่อง 7"):
        write_register(path, [Complaint("7", DAY, detail=text)], 1, True)
    assert list(tmp_path.iterdir()) == []
    longest = Complaint("7", DAY, detail="ก" * 32_767)
    write_register(path, [longest], 1, True)
    assert [laid.complaint for laid in read_back(path)] == [longest]


@pytest.mark.parametrize("name", ["ทะเบียน.pdf", "ทะเบียน", "ทะเบียน.xls"])
def test_another_kind_of_file_is_refused(tmp_path, name):
    with pytest.raises(FileRefused, match=r"\.xlsx"):
        write_register(tmp_path / name, [], 0, True)


@pytest.mark.parametrize("kind", KINDS)
def test_cancelling_leaves_what_was_there(tmp_path, kind):
    path = tmp_path / f"ทะเบียน{kind}"
    path.write_bytes(b"before")
    told = []

    def stop_at_1000(done: int) -> bool:
        told.append(done)
        return done < 1000

    with pytest.raises(Cancelled):
        write_register(path, (Complaint(str(n), DAY) for n in range(2000)), 2000, True, stop_at_1000)
    assert told == [500, 1000]
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"before"


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_while_writing_leaves_nothing_behind(tmp_path, kind):
    def faulty():
        yield Complaint("1", DAY)
        raise OSError(28, "No space left on device")

    with pytest.raises(FileRefused, match="เนื้อที่ว่าง"):
        write_register(tmp_path / f"ทะเบียน{kind}", faulty(), 2, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_place_that_is_not_there_or_held_is_told(tmp_path, kind, monkeypatch):
    """E09"""
    with pytest.raises(FileRefused, match="โฟลเดอร์"):
        write_register(tmp_path / "ไม่มี" / f"ทะเบียน{kind}", [], 0, True)

    def held(self, target):
        raise PermissionError(13, "sharing violation")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(FileRefused, match="เปิดค้าง"):
        write_register(tmp_path / f"ทะเบียน{kind}", [], 0, True)
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_to_the_end(tmp_path):
    told = []
    rows = [Complaint(str(number), DAY) for number in range(1200)]
    write_register(tmp_path / "ทะเบียน.csv", rows, 1200, True, lambda done: told.append(done) or True)
    assert told == [500, 1000, 1200]


def test_a_type_with_a_semicolon_never_reaches_a_file(tmp_path):
    with pytest.raises(ValueError, match=";"):
        write_register(tmp_path / "ทะเบียน.csv", [replace(Complaint("1", DAY), types=("ก;ข",))], 1, True)
    assert list(tmp_path.iterdir()) == []
