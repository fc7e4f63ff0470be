"""Files for the tests of this room: real ones, made in a folder of the test."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from desktop.domain.complaint import Complaint
from desktop.exchange.laying_over import Laid, lay_over
from desktop.exchange.register_layout import HEADINGS, Row, read_rows
from desktop.exchange.sheets import read_sheet

TODAY = date(2020, 9, 30)


def csv_file(folder: Path, rows: Iterable[Sequence[str]], name: str = "แฟ้ม.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def register_csv(folder: Path, *rows: dict[str, str], name: str = "แฟ้ม.csv") -> Path:
    return csv_file(folder, [HEADINGS, *([row.get(heading, "") for heading in HEADINGS] for row in rows)], name)


def workbook(folder: Path, rows: Iterable[Sequence[object]], name: str = "แฟ้ม.xlsx", **options: object) -> Path:
    """Strings as strings, numbers as numbers, dates as real dates."""
    path = folder / name
    book = xlsxwriter.Workbook(path, {"in_memory": True, **options})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "d/m/yyyy"})
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            elif isinstance(cell, date):
                sheet.write_datetime(row, column, cell, day)
            elif cell is not None:
                sheet.write(row, column, cell)
    book.close()
    return path


def rows_of(path: Path) -> list[Row]:
    return list(read_rows(read_sheet(path)))


def read_back(path: Path, stored: dict[str, Complaint] | None = None, today: date = TODAY) -> list[Laid]:
    laid = []
    for row in rows_of(path):
        assert row.problem is None, row.problem
        assert row.cells is not None
        laid.append(lay_over((stored or {}).get(row.cells.number), row.cells, today))
    return laid


def with_part(path: Path, part: str, change: object) -> Path:
    """The package again with one part put through ``change``."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)  # type: ignore[operator]
    path.write_bytes(out.getvalue())
    return path
