"""What is no table is refused by name with what to do; what is broken or built to harm never gets through."""

import io
import random
import struct
import time
import zipfile

import openpyxl
import pytest

from desktop.exchange import raw_cells, sheets, workbook_reading
from desktop.exchange.refusals import FileRefused
from desktop.exchange.sheets import read_sheet
from tests.exchange.sheet_files import csv_file, with_part, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROWS = [("เลขที่", "เรื่อง"), ("1", "ถนน"), ("2", "น้ำ")]


def package(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


KINDS = {
    "an old .xls": (OLE + b"\x00" * 600, r"\.xls"),
    "a file under a password": (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "รหัสผ่าน"),
    "an .xlsm": (package(**{"xl/workbook.xml": "", "xl/vbaProject.bin": ""}), "แมโคร"),
    "an .xlsm renamed": (package(**{"[Content_Types].xml": "macroEnabled", "xl/workbook.xml": ""}), "แมโคร"),
    "an .xlsb": (package(**{"[Content_Types].xml": "", "xl/workbook.bin": ""}), "xlsb"),
    "an .ods": (package(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
    "a .docx": (package(**{"[Content_Types].xml": "", "word/document.xml": ""}), "ไม่ใช่ตาราง"),
    "a zip within a zip": (package(**{"a.zip": package(a="b")}), "ไม่ใช่ตาราง"),
    "an empty zip": (package(), "ไม่ใช่ตาราง"),
    "a web page named .xls": (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "เว็บ"),
    "a web page with a mark": (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html></html>", "เว็บ"),
    "an XML spreadsheet": (b"<?xml version='1.0'?><Workbook/>", "XML"),
    "a PDF": (b"%PDF-1.7\n", "PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "รูปภาพ"),
    "a photograph": (b"\xff\xd8\xff\xe0", "รูปภาพ"),
    "a database": (b"SQLite format 3\x00" + b"\x00" * 100, "ฐานข้อมูล"),
    "a packed file": (b"\x1f\x8b\x08", "บีบอัด"),
    "a file with nothing": (b"", "ว่าง"),
    "a file of blanks": (b"\xef\xbb\xbf\r\n \r\n", "ว่าง"),
    "rows of nothing": (b",,,\n,,,\n", "ไม่มีข้อมูล"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_table_is_named_with_advice(tmp_path, kind):
    """I06"""
    data, named = KINDS[kind]
    path = tmp_path / "แฟ้ม.xls"
    path.write_bytes(data)
    with pytest.raises(FileRefused, match=named) as refused:
        read_sheet(path)
    assert "โปรด" in str(refused.value)


def test_a_missing_file_a_folder_and_excels_lock_file_are_named(tmp_path):
    """I22"""
    (tmp_path / "~$แฟ้ม.xlsx").write_bytes(b"x")
    for path in (tmp_path / "ไม่มี.csv", tmp_path, tmp_path / "~$แฟ้ม.xlsx"):
        with pytest.raises(FileRefused):
            read_sheet(path)


def test_a_file_held_by_excel_is_told(tmp_path, monkeypatch):
    """I22"""
    path = csv_file(tmp_path, ROWS)

    def held(self):
        raise PermissionError(13, "sharing violation")

    monkeypatch.setattr(sheets.Path, "read_bytes", held)
    with pytest.raises(FileRefused, match="เปิดค้าง"):
        read_sheet(path)


def sheet_package(sheet=b"", **more):
    """A workbook of openpyxl with one part replaced or parts added."""
    out = io.BytesIO()
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(out)
    again = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if sheet and name.endswith("sheet1.xml") else old.read(name))
        for name, data in more.items():
            new.writestr(name, data)
    return again.getvalue()


EMPTY = b"<worksheet><sheetData>%s</sheetData></worksheet>"
BOMBS = {
    "packed more than a hundred times": lambda: sheet_package(EMPTY % (b" " * 2_000_000)),
    "a part over 100 MB": lambda: sheet_package(**{"xl/media/a.bin": b"0" * 100_000_001}),
    "more than a thousand parts": lambda: sheet_package(**{f"xl/media/{n}": b"" for n in range(1_001)}),
    "a path upwards": lambda: sheet_package(**{"../../evil.xml": b""}),
    "an absolute path": lambda: sheet_package(**{"/etc/passwd": b""}),
    "a document type": lambda: sheet_package(b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'),
    "an external entity": lambda: sheet_package(b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><worksheet/>'),
    "a part in UTF-16": lambda: sheet_package("<worksheet/>".encode("utf-16")),
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_package_built_to_harm_is_refused_at_once(tmp_path, bomb):
    """I01, I02, I05"""
    path = tmp_path / "แฟ้ม.xlsx"
    path.write_bytes(BOMBS[bomb]())
    start = time.perf_counter()
    with pytest.raises(FileRefused, match=r"ผิดปกติ|ส่วนย่อยเกิน|คำสั่ง XML|เสีย"):
        read_sheet(path)
    assert time.perf_counter() - start < 2


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_stands_twice_is_refused(tmp_path):
    """I05"""
    path = workbook(tmp_path, ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    with pytest.raises(FileRefused, match="ซ้ำ"):
        read_sheet(path)


def test_a_part_that_lies_about_its_size_is_refused(tmp_path):
    """I01"""
    path = workbook(tmp_path, ROWS)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(data.replace(struct.pack("<I", size), struct.pack("<I", 10)))
    with pytest.raises(FileRefused):
        read_sheet(path)


def test_entities_in_the_workbook_part_are_refused(tmp_path):
    """I02"""
    path = workbook(tmp_path, ROWS)
    with_part(
        path, "xl/workbook.xml", lambda xml: xml.replace(b"<workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook', 1)
    )
    with pytest.raises(FileRefused):
        read_sheet(path)


def test_more_rows_than_the_program_takes_are_refused(tmp_path, monkeypatch):
    """I04"""
    for module in (sheets, raw_cells, workbook_reading):
        monkeypatch.setattr(module, "MOST_ROWS", 20)
    rows = [ROWS[0], *((str(number), "ก") for number in range(40))]
    for path in (csv_file(tmp_path, rows), workbook(tmp_path, rows)):
        with pytest.raises(FileRefused, match="20 แถว"):
            read_sheet(path)
    assert len(read_sheet(csv_file(tmp_path, rows[:21])).rows) == 20


def test_a_million_rows_are_refused_without_reading_them_all_into_cells(tmp_path):
    """I04"""
    row = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%x</t></is></c></row>'
    chance = random.Random(1)
    body = b"".join(row % (n, n, chance.getrandbits(60)) for n in range(1, 300_001))
    path = tmp_path / "แฟ้ม.xlsx"
    path.write_bytes(sheet_package(b"<worksheet><sheetData>" + body + b"</sheetData></worksheet>"))
    with pytest.raises(FileRefused, match="200,000 แถว"):
        read_sheet(path)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_thousand_broken_files_are_read_or_refused_and_nothing_else(tmp_path, kind):
    """I07"""
    chance = random.Random(7)
    whole = (workbook(tmp_path, ROWS) if kind == "xlsx" else csv_file(tmp_path, ROWS)).read_bytes()
    path = tmp_path / "เสีย.xlsx"
    refused = 0
    for turn in range(500):
        data = bytearray(whole)
        if turn % 3 == 0:
            del data[chance.randrange(len(data)) :]
        else:
            for _ in range(chance.choice([1, 1, 3])):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        try:
            read_sheet(path)
        except FileRefused:
            refused += 1
    assert refused > 100
