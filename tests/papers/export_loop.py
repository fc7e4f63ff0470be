"""E01 to E03: what ``export --private`` writes, ``import`` reads back equal; what ``export`` writes names nobody."""

import csv
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import openpyxl

from desktop.domain.complaint import Complaint
from desktop.services.changes import Change, apply
from desktop.services.desk import Desk
from desktop.services.exporting import export_register
from desktop.services.importing import import_files
from desktop.storage.register import open_for_writing
from tests.conftest import SHIPPED
from tests.exchange.register_complaints import LAST_DAY
from tests.papers.counts import Counts
from tests.papers.made_complaints import made_complaints
from tests.running import digest

KINDS = (".csv", ".xlsx")
CHUNK = 2_500  # complaints of one register
DAYS = {"B": "notified", "L": "accepted", "M": "first_report", "P": "completed", "R": "transferred"}
BUDDHIST = "[$-107041E]"  # what a spreadsheet shows days in the Buddhist era by
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
NAME, TELEPHONE = "นายลับเฉพาะนาม ปกปิดสกุล", "0-9876-54321"
SECRETS = ("ลับเฉพาะนาม", "ปกปิดสกุล", "9876-54321", "0987654321", "๙๘๗๖")


def loop(count: int, seed: int) -> Counts:
    """Export and import ``count`` complaints, as CSV and as XLSX, and look into the files."""
    counts = Counts("export and import")
    made = made_complaints(count, seed)
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, count, CHUNK):
            work = Path(folder) / str(start)
            work.mkdir()
            _one_register(counts, made[start : start + CHUNK], work)
        _named(counts, made[:200], Path(folder))
        counts.held_against(_unguarded(made[:60], Path(folder)))
    counts.tried = count
    return counts


def opened(folder: Path) -> Desk:
    """A register on a day after all days of the complaints."""
    return Desk(open_for_writing(folder), SHIPPED, lambda: LAST_DAY)


def filled(folder: Path, made: list[Complaint]) -> Desk:
    """A register of these complaints."""
    desk = opened(folder)
    apply(desk, "เพิ่มเรื่องใหม่", [Change(None, each) for each in made])
    return desk


def _one_register(counts: Counts, made: list[Complaint], work: Path) -> None:
    desk = filled(work / "from", made)
    try:
        before = digest(desk.register.folder)
        for kind in KINDS:
            path = work / f"ทะเบียน{kind}"
            assert export_register(desk, path, private=True) == len(made)
            counts.look("files")
            told = read_into_fresh(path, work / f"to{kind}", len(made))
            counts.found([*told, *([] if told or digest(work / f"to{kind}") == before else ["another register"])], kind)
        counts.found(csv_faults(work / "ทะเบียน.csv"), ".csv")
        counts.found(xlsx_faults(work / "ทะเบียน.xlsx", made), ".xlsx")
        counts.look("cells of text that a spreadsheet would run", sum(map(_dangers, made)))
        counts.found(not_noted(desk.register.folder, [f"ทะเบียน{kind}" for kind in KINDS]), "history")
    finally:
        desk.register.close()


def read_into_fresh(path: Path, folder: Path, count: int) -> list[str]:
    """Import a file into an empty register; what was not taken as it is."""
    desk = opened(folder)
    try:
        (file,) = import_files(desk, [path], None, dry_run=False).files
    finally:
        desk.register.close()
    faults = [f"row {note.row} refused: {note.text}" for note in file.refused]
    if (file.new, file.changed, file.unchanged) != (count, 0, 0):
        faults.append(f"{file.new} new, {file.changed} changed, {file.unchanged} unchanged of {count}")
    return faults


def csv_faults(path: Path) -> list[str]:
    """What of a CSV is not UTF-8 with its mark, not RFC 4180, or would be run."""
    data = path.read_bytes()
    faults = [] if data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n") else ["no byte order mark or line end"]
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    faults += [f"{len(row)} cells for {len(rows[0])}" for row in rows if len(row) != len(rows[0])]
    return faults + [f"a spreadsheet runs {cell[:30]!r}" for row in rows for cell in row if cell.startswith(DANGEROUS)]


def xlsx_faults(path: Path, made: list[Complaint]) -> list[str]:
    """What of a workbook is not as it must be: texts as text, days as days in the Buddhist era, heading, filter."""
    by_number = {each.number: each for each in made}
    book = openpyxl.load_workbook(path)
    sheet = book.active
    faults = []
    if sheet.freeze_panes != "B2" or sheet.auto_filter.ref != f"A1:X{len(made) + 1}":
        faults.append(f"heading {sheet.freeze_panes}, filter {sheet.auto_filter.ref}")
    if len(book.worksheets) != 1 or book.defined_names:
        faults.append("more than one sheet, or names")
    seen = 0
    for row in sheet.iter_rows(min_row=2):
        stored = by_number.get(unescaped(row[0].value))
        seen += stored is not None
        for cell in row:
            if cell.value is not None:
                faults += _cell_faults(cell, stored)
    if seen != len(made):
        faults.append(f"{seen} of {len(made)} complaints found by number")
    return faults


def _cell_faults(cell: object, stored: Complaint | None) -> list[str]:
    where = cell.coordinate
    if cell.column_letter in DAYS:
        day = getattr(stored, DAYS[cell.column_letter], None)
        day = getattr(day, "day", None) if DAYS[cell.column_letter] == "first_report" else day
        sound = cell.data_type == "d" and cell.number_format.startswith(BUDDHIST) and cell.value.date() == day
        return [] if sound else [f"{where}: {cell.value!r} as {cell.number_format} for {day}"]
    if cell.data_type != "s" or cell.hyperlink or cell.number_format != "General":
        return [f"{where}: {cell.data_type} {cell.number_format} {cell.value!r:.40}"]
    return []


def unescaped(text: object) -> str:
    """A string of a workbook with its ``_x0041_`` undone: openpyxl leaves them as they are."""
    return re.sub("_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), str(text))


def _dangers(each: Complaint) -> int:
    texts = [*(getattr(each, name) for name in vars(each)), *each.types, *(entry.text for entry in each.entries)]
    return sum(isinstance(text, str) and text.startswith(DANGEROUS) for text in texts)


def not_noted(folder: Path, names: list[str]) -> list[str]:
    """Which private exports the history does not tell of, with how many complaints went out."""
    with closing(sqlite3.connect(f"{(folder / 'register.sqlite').as_uri()}?mode=ro", uri=True)) as tables:
        noted = [key for (key,) in tables.execute("SELECT key FROM history WHERE kind = 'export'")]
    return [f"{name} left without a note" for name in names if name not in noted]


def _named(counts: Counts, made: list[Complaint], folder: Path) -> None:
    """Without ``--private`` nobody's name or number is in a file's bytes; with it, the same search finds them."""
    told = f"{NAME} แจ้ง โทร {TELEPHONE} (๐ ๙๘๗๖ ๕๔๓๒๑)"
    named = [
        replace(each, complainant=NAME, telephone=TELEPHONE, **({"detail": told, "subject": told} if place % 3 else {}))
        for place, each in enumerate(made)
    ]
    desk = filled(folder / "named", named)
    try:
        for kind in KINDS:
            open_file, private = folder / f"open{kind}", folder / f"private{kind}"
            export_register(desk, open_file)
            export_register(desk, private, private=True)
            counts.found([f"{where} holds {what}" for where, what in names_in(open_file)], f"export {kind}")
            counts.found([] if len(set(names_in(private))) >= 2 else ["the search finds nothing"], f"private {kind}")
            counts.look("open exports searched")
        counts.found(not_noted(desk.register.folder, [f"private{kind}" for kind in KINDS]), "history")
        counts.found([] if not_noted(desk.register.folder, ["open.csv"]) else ["an open export is noted"], "history")
    finally:
        desk.register.close()


def names_in(path: Path, secrets: Sequence[str] = SECRETS) -> list[tuple[str, str]]:
    """(part, what it holds): seeded names and numbers in a file's bytes, packed and unpacked, however written."""
    parts = {path.name: path.read_bytes()}
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            parts |= {name: package.read(name) for name in package.namelist()}
    spellings = ("utf-8", "utf-16-le", "utf-16-be", "tis-620", "unicode_escape")
    return [
        (part, what)
        for part, data in parts.items()
        for what in secrets
        if any(what.encode(spelling) in data for spelling in spellings)
    ]


def _unguarded(made: list[Complaint], folder: Path) -> int:
    """The control: without the apostrophe a CSV runs, and does not come back."""
    desk = filled(folder / "unguarded", made)
    path = folder / "unguarded.csv"
    try:
        with patch("desktop.exchange.register_writing.guard", lambda text: text):
            export_register(desk, path, private=True)
    finally:
        desk.register.close()
    return len(csv_faults(path)) if read_into_fresh(path, folder / "unguarded back", len(made)) else 0
