"""The register into its own spreadsheet layout: what is written with the private columns reads back equal."""

import csv
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from desktop.domain.complaint import Complaint
from desktop.exchange.cell_grammar import (
    write_day,
    write_days,
    write_marks,
    write_reopenings,
    write_texts,
    write_types,
)
from desktop.exchange.cell_values import MOST_CHARACTERS
from desktop.exchange.formula_guard import guard
from desktop.exchange.leftovers import making_folder, sweep
from desktop.exchange.raw_cells import MOST_ROWS
from desktop.exchange.refusals import Cancelled, FileRefused
from desktop.exchange.register_layout import HEADINGS, PERSONAL_HEADINGS

Cell = str | date
Progress = Callable[[int], bool]  # rows written so far → whether to go on
_PROGRESS_EVERY = 500
_WIDTHS = {
    "เรื่อง": 36, "รายละเอียด": 48, "สถานที่": 30, "หน่วยงานที่รับผิดชอบ": 24, "การติดตามผล": 24, "ข้อความรายงาน": 40,
    "ผลการดำเนินการ": 40, "รายละเอียดการดำเนินการ": 40, "การประสานงาน": 30, "ตรวจคุณภาพ": 24,
}  # fmt: skip
DAY_FORMAT = "[$-107041E]d/m/yyyy"  # western digits, the Buddhist calendar, Thai: 28/1/2563 of a real date
_DAY_ZERO = date(1899, 12, 30)
_ESCAPE_LIKE = re.compile("_(?=x[0-9a-fA-F]{4}_)")
_WIDTH = 18  # of the other columns, in characters


def write_register(
    path: Path,
    complaints: Iterable[Complaint],
    count: int,
    private: bool,
    progress: Progress | None = None,
    naming: AbstractContextManager[None] | None = None,
) -> int:
    """Writes a .csv or .xlsx and gives the number of rows; ``count`` is how many complaints are to come.

    Without ``private`` the columns of names and telephone numbers are left out. The file bears its name only when it
    is whole, and gets it inside ``naming``: what refuses there leaves no file. Raises FileRefused when it cannot be
    written, Cancelled when ``progress`` says to stop.
    """
    write = {".csv": _write_csv, ".xlsx": _write_xlsx}.get(path.suffix.lower())
    if write is None:
        raise FileRefused(f"ส่งออกเป็น “{path.suffix or path.name}” ไม่ได้ โปรดตั้งชื่อแฟ้มลงท้ายด้วย .xlsx หรือ .csv")
    if count > MOST_ROWS:
        raise FileRefused(f"ส่งออกได้ครั้งละไม่เกิน {MOST_ROWS:,} เรื่อง โปรดค้นให้เหลือน้อยลงแล้วส่งออกทีละส่วน")
    left_out = () if private else PERSONAL_HEADINGS
    places = [place for place, heading in enumerate(HEADINGS) if heading not in left_out]
    rows = _told(([cells[place] for place in places] for cells in map(row_of, complaints)), progress)
    with _whole_file(path, naming or nullcontext()) as temporary:
        return write(temporary, [HEADINGS[place] for place in places], rows)


def row_of(complaint: Complaint) -> list[Cell]:
    """The cells of a complaint in the order of HEADINGS; raises FileRefused for a text no cell can hold."""
    told = complaint
    cells: list[Cell] = [
        told.number,
        told.notified,
        told.channel,
        write_types(told.types) if told.types else "",
        told.subject,
        told.detail,
        told.place,
        told.unit,
        told.complainant,
        told.telephone,
        told.told_status.value,
        told.accepted or "",
        told.first_report.day if told.first_report else "",
        write_days(entry.day for entry in told.follow_ups),
        write_texts(told.entries),
        told.completed or "",
        write_reopenings(told.reopenings),
        told.transferred or "",
        told.answer,
        told.letter_number,
        told.order_number,
        told.action,
        told.coordination,
        write_marks(told.marks) if told.marks else "",
    ]
    for heading, cell in zip(HEADINGS, cells, strict=True):
        if isinstance(cell, str) and len(cell) > MOST_CHARACTERS // 2 and _cell_length(cell) > MOST_CHARACTERS:
            raise FileRefused(
                f"ข้อความในช่อง{heading}ของเรื่อง {told.number} ยาวเกิน {MOST_CHARACTERS:,} ตัวอักษร"
                " ตารางเก็บไม่ได้ โปรดย่อข้อความนั้นแล้วส่งออกใหม่"
            )
    return cells


def _cell_length(text: str) -> int:
    """Characters as a spreadsheet counts them, in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def _told(rows: Iterable[list[Cell]], progress: Progress | None) -> Iterator[list[Cell]]:
    done = 0
    for done, row in enumerate(rows, 1):
        yield row
        if progress is not None and done % _PROGRESS_EVERY == 0 and not progress(done):
            raise Cancelled
    if progress is not None and done % _PROGRESS_EVERY and not progress(done):
        raise Cancelled


@contextmanager
def _whole_file(path: Path, naming: AbstractContextManager[None]) -> Iterator[Path]:
    """A place for the file in a temporary folder beside it; moved to its name when whole, else nothing is left."""
    folder: str | None = None
    try:
        sweep(path.parent)
        folder = making_folder(path.parent)
        temporary = Path(folder, f"register{path.suffix}")
        yield temporary
        _sync(temporary)
        with naming:
            temporary.replace(path)
            _sync_folder(path.parent)
    except PermissionError as error:
        raise FileRefused(f"เขียนแฟ้ม {path.name} ไม่ได้ อาจเปิดค้างอยู่หรือไม่มีสิทธิ์ โปรดปิดแฟ้มหรือเลือกที่อื่น") from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileRefused(f"ไม่พบโฟลเดอร์ {path.parent} โปรดเลือกโฟลเดอร์ที่มีอยู่") from error
    except OSError as error:
        raise FileRefused(f"เขียนแฟ้ม {path.name} ไม่สำเร็จ ({error.strerror}) โปรดตรวจเนื้อที่ว่างแล้วลองใหม่") from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # elsewhere a folder cannot be opened
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """RFC 4180 in UTF-8 with a byte order mark, without which Excel on Windows does not read Thai."""
    done = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(headings)
        for row in rows:
            writer.writerow([guard(cell) if isinstance(cell, str) else write_day(cell) for cell in row])
            done += 1
    return done


def _write_xlsx(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Texts as texts, days as real dates that a spreadsheet sorts, filters and counts with."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)})
    sheet = book.add_worksheet("ทะเบียนเรื่องร้องทุกข์", _sheet_class())
    done = 0
    try:
        sheet.freeze_panes(1, 1)
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, _WIDTHS.get(heading, _WIDTH))
            sheet.write_string(0, column, heading, book.add_format({"bold": True}))
        write_string, write_number = sheet.write_string, sheet.write_number
        day_format = book.add_format({"num_format": DAY_FORMAT})
        for done, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    write_number(done, column, _serial(cell), day_format)
                elif cell:
                    write_string(done, column, cell)
        sheet.autofilter(0, 0, done, len(headings) - 1)
    except BaseException:
        sheet.row_data_fh.close()  # its file goes with the temporary folder
        raise
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(getattr(error.args[0], "errno", None), str(error)) from error
    return done


@lru_cache(maxsize=65_536)
def _serial(day: date) -> int:
    """The day as a spreadsheet counts days; the register holds none before 1941."""
    return (day - _DAY_ZERO).days


def _sheet_class() -> Any:
    """XlsxWriter's sheet with text that stays text: it lets ``<r>…</r>`` through as markup and misses some escapes."""
    from xlsxwriter.worksheet import Worksheet

    class TextSheet(Worksheet):  # type: ignore[misc]
        @staticmethod
        def _escape_control_characters(data: str) -> str:
            return escape_cell(data)

    return TextSheet


def escape_cell(text: str) -> str:
    """Text as an .xlsx string holds it: ``_xHHHH_`` stands for a character there, so the underscore of one is escaped.

    The text holds no control characters; they went when it was cleaned.
    """
    if "_x" in text:
        text = _ESCAPE_LIKE.sub("_x005F_", text)
    return f"_x003C_{text[1:]}" if text.startswith("<r>") and text.endswith("</r>") else text
