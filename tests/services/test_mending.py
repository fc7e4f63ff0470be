"""K19: indexes and derived columns are made anew when nothing else is hurt; what was typed is never touched."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from desktop.services.demo import fill_with_demo
from desktop.services.desk import CannotDo, Desk, Shipped
from desktop.services.mending import mend
from desktop.services.verifying import open_for_saving, verify
from desktop.storage.register import open_for_writing
from tests.running import digest
from tests.tampering import another_program

TODAY = date(2020, 1, 28)


@pytest.fixture
def folder(desk: Desk) -> Path:
    fill_with_demo(desk, 60, 1)
    desk.register.close()
    return desk.register.folder


def hurt_index(folder: Path) -> None:
    """Spoil the content of one leaf page of an index, found through SQLite's own map of its pages."""
    path = folder / "register.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'complaint_by_number'").fetchone()[0]
    content = bytearray(path.read_bytes())
    page = content[(root - 1) * size : root * size]
    assert page[0] in (0x0A, 0x02), "a page of an index"
    content[root * size - 40 : root * size - 20] = bytes(20)
    path.write_bytes(content)


def test_k19_a_hurt_index_is_made_anew_and_no_row_changes(folder: Path, shipped: Shipped) -> None:
    before = digest(folder)
    hurt_index(folder)
    desk = Desk(open_for_writing(folder), shipped, lambda: TODAY)
    try:
        found = open_for_saving(desk)
        assert not found.ok and found.only_derived, found.problems
        assert mend(desk).ok
        assert verify(desk).ok and digest(folder) == before
        assert not desk.register.gate.shut_because
    finally:
        desk.register.close()


def test_derived_columns_are_worked_out_again(folder: Path, shipped: Shipped) -> None:
    with another_program(folder) as connection:
        right = connection.execute("SELECT number, next_due FROM complaint ORDER BY number").fetchall()
        changed = connection.execute("UPDATE complaint SET next_due = '2030-01-01' WHERE next_due IS NOT NULL").rowcount
        assert changed
    desk = Desk(open_for_writing(folder), shipped, lambda: TODAY)
    try:
        assert not open_for_saving(desk).ok
        assert mend(desk).ok
        rows = desk.register.connection.execute("SELECT number, next_due FROM complaint ORDER BY number").fetchall()
        assert rows == right
    finally:
        desk.register.close()


def test_what_somebody_typed_is_never_mended(folder: Path, shipped: Shipped) -> None:
    with another_program(folder) as connection:
        connection.execute("UPDATE complaint SET subject = 'x' WHERE id = 3")
    before = (folder / "register.sqlite").read_bytes()
    desk = Desk(open_for_writing(folder), shipped, lambda: TODAY)
    try:
        assert not open_for_saving(desk).ok
        with pytest.raises(CannotDo, match="กู้คืน"):
            mend(desk)
        assert desk.register.gate.shut_because
        assert (folder / "register.sqlite").read_bytes() == before
    finally:
        desk.register.close()
