"""Importing spreadsheets: one batch over all files, bad rows refused one by one, good ones in one transaction."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from desktop.domain.complaint import Complaint
from desktop.exchange.laying_over import lay_over
from desktop.exchange.refusals import FileRefused, RowRefused
from desktop.exchange.register_layout import LAYOUT, Row, RowCells, file_remarks, read_rows, recognise
from desktop.exchange.sheets import Sheet, read_sheet
from desktop.services.automatic_backups import back_up_now
from desktop.services.changes import Change, apply_within
from desktop.services.desk import CannotDo, Desk
from desktop.services.masking import TEXTS, without_complainant_anywhere
from desktop.services.progress import Progress, watched
from desktop.storage import complaints, operations

_CHUNK = 500  # rows whose stored complaints are fetched at once


@dataclass(frozen=True)
class RowNote:
    """A row refused or remarked on; ``row`` as a spreadsheet numbers it, ``number`` None when unreadable."""

    row: int
    number: str | None
    text: str


@dataclass(frozen=True)
class ImportedFile:
    """What one file brought."""

    file: str
    layout: str
    new: int
    changed: int
    unchanged: int
    refused: tuple[RowNote, ...]
    remarks: tuple[RowNote, ...]


@dataclass(frozen=True)
class ImportResult:
    """What a batch brought; ``batch`` is None when it was only tried."""

    batch: int | None
    files: tuple[ImportedFile, ...]


@dataclass
class _Batch:
    """The batch in the making: each complaint as stored before it and as the rows so far leave it."""

    before: dict[str, Complaint | None] = field(default_factory=dict)
    after: dict[str, Complaint] = field(default_factory=dict)

    @property
    def changes(self) -> list[Change]:
        return [
            Change(self.before[number], complaint)
            for number, complaint in self.after.items()
            if self.before[number] != complaint
        ]

    def let_go(self) -> None:
        """Forget all of it."""
        held = [*self.before.values(), *self.after.values()]
        self.before.clear()
        self.after.clear()
        _let_go(held)


def import_files(
    desk: Desk, paths: list[Path], layout: str | None, *, dry_run: bool, progress: Progress | None = None
) -> ImportResult:
    """Import some files as one batch; raises CannotDo, with nothing changed, when one cannot be read at all."""
    with _collector_at_rest():
        return _import_files(desk, paths, layout, dry_run=dry_run, progress=progress)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """A large import builds values by the million and no rubbish: each look through them would stop the window."""
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            gc.enable()


def _let_go(many: list[Any]) -> None:
    """Forget many things a few at a time: all at once they would stop the window."""
    while many:
        del many[-_CHUNK:]


def _import_files(
    desk: Desk, paths: list[Path], layout: str | None, *, dry_run: bool, progress: Progress | None
) -> ImportResult:
    sheets = [_recognised(path, layout) for path in paths]
    batch = _Batch()
    total = 2 * sum(len(sheet.rows) for sheet in sheets)  # each row is read, then written
    files = []
    done = 0
    for path, sheet in zip(paths, sheets, strict=True):
        files.append(_read_file(desk, path, sheet, batch, _after(progress, done, total)))
        done += len(sheet.rows)
        if isinstance(sheet.rows, list):
            _let_go(sheet.rows)
    if dry_run:
        batch.let_go()
        return ImportResult(None, tuple(files))
    back_up_now(desk, "ก่อนนำเข้า")
    changes = batch.changes  # a batch that changes nothing is noted too: it is the one an undo takes back
    names = [path.name for path in paths]
    with desk.transaction() as connection:
        watching = watched(changes, len(changes), _after(progress, total - len(changes), total))
        operation = apply_within(desk, "นำเข้า", watching, ", ".join(names)).operation
        number = operations.add_batch(connection, operation, names)
    _let_go(changes)
    batch.let_go()
    return ImportResult(number, tuple(files))


def _recognised(path: Path, layout: str | None) -> Sheet:
    if layout not in (None, LAYOUT):
        raise CannotDo(f"ไม่มีรูปแบบตารางชื่อ “{layout}” ไม่มีอะไรถูกนำเข้า รูปแบบที่มีคือ {LAYOUT}")
    try:
        sheet = read_sheet(path)
        if recognise(sheet.headings) is None and layout is None:
            raise FileRefused(f"ไม่รู้จักหัวตาราง ต้องมีคอลัมน์ เลขที่รับแจ้ง และ วันที่แจ้ง (รูปแบบ {LAYOUT})")
        read_rows(sheet)
    except FileRefused as refused:
        raise CannotDo(f"นำเข้าแฟ้ม {path.name} ไม่ได้ ไม่มีอะไรถูกนำเข้า: {refused}") from refused
    return sheet


def _read_file(desk: Desk, path: Path, sheet: Sheet, batch: _Batch, progress: Progress | None) -> ImportedFile:
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    refused: list[RowNote] = []
    remarks = [RowNote(sheet.heading_row, None, remark) for remark in file_remarks(sheet)]
    rows = watched(read_rows(sheet), len(sheet.rows), progress)
    for row in _with_stored(desk, rows, batch):
        if row.cells is None:
            refused.append(RowNote(row.row, row.number, row.problem or ""))
            continue
        number = row.cells.number
        stored = batch.after.get(number, batch.before[number])
        try:
            laid = lay_over(stored, _without_masks(stored, row.cells), desk.today)
        except RowRefused as problem:
            refused.append(RowNote(row.row, number, str(problem)))
            continue
        counts["new" if stored is None else "unchanged" if laid.complaint == stored else "changed"] += 1
        batch.after[number] = laid.complaint
        remarks += [RowNote(row.row, number, remark) for remark in (*row.remarks, *laid.remarks)]
    return ImportedFile(path.name, LAYOUT, **counts, refused=tuple(refused), remarks=tuple(remarks))


def _without_masks(stored: Complaint | None, cells: RowCells) -> RowCells:
    """The row less what an export without names masked: laid over its own register that says nothing."""
    if stored is None:
        return cells
    masked = without_complainant_anywhere(stored)
    unsaid = [
        name
        for name in (*TEXTS, "types", "marks")
        if getattr(cells, name) == getattr(masked, name) != getattr(stored, name)
    ]
    if cells.texts is not None and masked.entries != stored.entries:
        told = [entry.text for entry in masked.entries]
        if list(cells.texts) == told[: len(cells.texts)] and not any(told[len(cells.texts) :]):
            unsaid.append("texts")
    nothing: dict[str, Any] = dict.fromkeys(unsaid)
    return replace(cells, **nothing)


def _with_stored(desk: Desk, rows: Iterator[Row], batch: _Batch) -> Iterator[Row]:
    """The rows, with the stored complaints of each chunk fetched before them."""
    while chunk := list(islice(rows, _CHUNK)):
        numbers = [row.cells.number for row in chunk if row.cells is not None and row.cells.number not in batch.before]
        found = complaints.by_numbers(desk.register.connection, numbers)
        batch.before.update((number, found.get(number)) for number in numbers)
        yield from chunk


def _after(progress: Progress | None, done: int, total: int) -> Progress | None:
    """The same progress for a later part of the work."""
    return None if progress is None else lambda here, _: progress(min(done + here, total), total)
