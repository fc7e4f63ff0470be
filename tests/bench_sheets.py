"""Spreadsheets: import against inserting the same rows, how long the window freezes meanwhile, export."""

import gc
import time
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer

from desktop import app
from desktop.exchange.register_writing import HEADINGS, row_of
from desktop.services.desk import Desk
from desktop.services.exporting import export_register
from desktop.services.importing import import_files
from desktop.storage import complaints
from desktop.ui.long_work import run_long
from tests.bench_ground import Ground, Line, held_against, held_alone, medians, timed
from tests.bench_painting import application, settle

RUNS = 3
BEAT = 5  # milliseconds between two beats of the window's heart


def import_csv(ground: Ground) -> Iterator[Line]:
    """A CSV of all complaints into an empty register."""
    path = _exported(ground, "csv")
    imported, inserted = medians(RUNS, timed(lambda: _import(ground, path)), lambda: _insert_only(ground))
    yield held_against(f"import {ground.rows:,} rows CSV (s)", imported, inserted, "≤ 3 × insert-only", 3.0)
    yield _freeze(ground, path)


def import_xlsx(ground: Ground) -> Iterator[Line]:
    """The same from an XLSX; what it is held against is the sum that its goal names."""
    path = _exported(ground, "xlsx")
    imported, inserted, read = medians(
        RUNS, timed(lambda: _import(ground, path)), lambda: _insert_only(ground), timed(lambda: _calamine(path))
    )
    goal = "≤ 2 × calamine's read + 3 × insert-only"
    yield held_against(f"import {ground.rows:,} rows XLSX (s)", imported, 2 * read + 3 * inserted, goal, 1.0)
    yield _freeze(ground, path)


def export_xlsx(ground: Ground) -> Iterator[Line]:
    """All complaints with every column, against XlsxWriter writing cells that lie ready."""
    desk = ground.desk
    rows = [[_ready(cell) for cell in row_of(each)] for each in _every_complaint(desk)]
    gc.freeze()  # the collector shall not look through them while the others work
    exported, alone = medians(
        RUNS,
        timed(lambda: export_register(desk, ground.new_path("export.xlsx"), private=True)),
        timed(lambda: _xlsxwriter(ground.new_path("alone.xlsx"), rows)),
    )
    gc.unfreeze()
    yield held_against(f"export {ground.rows:,} rows XLSX (s)", exported, alone, "≤ 1.2 × XlsxWriter alone", 1.2)


def _ready(cell: str | date) -> str | int:
    """A text, or a day as a spreadsheet counts days."""
    return cell if isinstance(cell, str) else (cell - date(1899, 12, 30)).days


def _every_complaint(desk: Desk) -> Iterator[object]:
    span = complaints.first_and_last_notified(desk.register.connection)
    assert span is not None
    return complaints.notified_between(desk.register.connection, *span)


def _exported(ground: Ground, kind: str) -> Path:
    path = ground.folder / f"every-complaint.{kind}"
    if not path.exists():
        export_register(ground.desk, path, private=True)
    return path


def _import(ground: Ground, path: Path) -> None:
    with ground.empty_desk() as desk:
        result = import_files(desk, [path], None, dry_run=False)
    assert result.files[0].new == ground.rows, "every row is taken"


def _insert_only(ground: Ground) -> float:
    """The seconds of inserting every row of the register's tables into an empty one, nothing asked of them."""
    held = ground.desk.register.connection
    tables = [
        name
        for (name,) in held.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
        if not name.startswith("sqlite_")
    ]
    rows = {name: held.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    with ground.empty_desk() as desk:

        def insert() -> None:
            with desk.register.transaction() as connection:
                for name, values in rows.items():
                    if values:
                        marks = ", ".join("?" * len(values[0]))
                        connection.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({marks})", values)

        return timed(insert)()


def _calamine(path: Path) -> object:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def _xlsxwriter(path: Path, rows: list[list[str | int]]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "d/m/yyyy"})
    for place, row in enumerate([list(HEADINGS), *rows]):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(place, column, cell, day)
            elif cell:
                sheet.write_string(place, column, cell)
    book.close()


def _freeze(ground: Ground, path: Path) -> Line:
    """The longest time the window did not answer while a file was imported behind its dialog."""
    application()
    with ground.empty_desk() as desk:
        longest = _longest_pause(desk, path)
    return held_alone(f"longest freeze of the window, {path.suffix[1:].upper()} import (s)", longest, "≤ 0.1 s", 0.1)


def _longest_pause(desk: Desk, path: Path) -> float:
    window = app.build_window(desk)
    window.show()
    settle()
    loop, beats = QEventLoop(), [time.perf_counter()]
    heart = QTimer()
    heart.setTimerType(Qt.TimerType.PreciseTimer)
    heart.timeout.connect(lambda: beats.append(time.perf_counter()))
    heart.start(BEAT)

    def then(_: object) -> None:
        window.refresh()
        QTimer.singleShot(500, loop.quit)

    run_long(
        window,
        desk,
        "กำลังนำเข้า",
        lambda beside, told: import_files(beside, [path], None, dry_run=False, progress=told),
        then,
    )
    loop.exec()
    heart.stop()
    window.close()
    return max(after - before for before, after in pairwise(beats))
