"""K17, K18, K32: what a bad disk changed is found before the first write; the long form is part of ``make faults``."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from desktop.services import verifying
from desktop.services.attaching import attach
from desktop.services.demo import fill_with_demo
from desktop.services.desk import Desk, Shipped
from desktop.services.verifying import Verification
from desktop.storage.register import open_for_writing
from tests.conftest import SHIPPED
from tests.faults.flipped_bytes import hurt_attachments, hurt_register, one_bit, one_page
from tests.services.picture_faults import encoded, scene


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("disk") / "ทะเบียน"
    desk = Desk(open_for_writing(made), SHIPPED, lambda: date(2020, 1, 28))
    fill_with_demo(desk, 30, 1)
    (number, *_) = [row[0] for row in desk.register.connection.execute("SELECT number FROM complaint ORDER BY number")]
    attach(desk, "complaint", number, "หน้างาน.png", encoded(scene(), "PNG"))
    desk.register.close()
    return made


def test_k17_a_turned_bit_that_changes_content_is_found(folder: Path, shipped: Shipped) -> None:
    flips = hurt_register(folder, shipped, 50, 1, one_bit)
    print(flips)
    assert flips.changed > 10, "too few of them changed what the register says"
    assert (flips.missed, flips.found) == (0, flips.changed)


def test_k18_a_lost_page_a_bad_sector_and_a_cut_end_are_found(folder: Path, shipped: Shipped) -> None:
    flips = hurt_register(folder, shipped, 20, 2, one_page)
    print(flips)
    assert flips.changed > 5 and flips.missed == 0


def test_k32_a_turned_bit_of_an_attached_file_is_found(folder: Path, shipped: Shipped) -> None:
    flips = hurt_attachments(folder, shipped, 15, 3)
    assert (flips.found, flips.missed) == (15, 0)


def test_control_sqlites_own_check_alone_misses_most(
    folder: Path, shipped: Shipped, monkeypatch: pytest.MonkeyPatch
) -> None:
    def structure_alone(desk: Desk) -> Verification:
        try:
            told = desk.register.connection.execute("PRAGMA integrity_check").fetchall()
        except sqlite3.DatabaseError as error:
            told = [(str(error),)]
        return Verification(0, 0, () if told == [("ok",)] else (str(told),))

    monkeypatch.setattr(verifying, "verify", structure_alone)
    flips = hurt_register(folder, shipped, 50, 1, one_bit)
    print(flips)
    assert flips.missed > flips.changed / 2
