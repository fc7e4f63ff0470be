"""What every test stands on: an offscreen window, a register in a fresh folder, a day that does not move."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="rongthuk-state-")  # the user's own anchors are left alone

from desktop import paths
from desktop.services import outside_copies
from desktop.services.demo import DEMO_ENDS, fill_with_demo
from desktop.services.desk import Desk, Shipped
from desktop.storage.register import open_for_writing

atexit.register(shutil.rmtree, os.environ["XDG_STATE_HOME"], ignore_errors=True)
SHIPPED = Shipped(paths.fonts_folder(), paths.words_folder(), paths.holidays_folder(), paths.program_version())


@pytest.fixture
def shipped() -> Shipped:
    """The folders of what the program ships."""
    return SHIPPED


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Opens a desk over a fresh register, with a day to take for today."""
    opened: list[Desk] = []

    def open_one(today: date = DEMO_ENDS, folder: Path | None = None) -> Desk:
        desk = Desk(open_for_writing(folder or tmp_path / "ทะเบียน ทดสอบ"), SHIPPED, lambda: today)
        opened.append(desk)
        return desk

    yield open_one
    for desk in opened:
        desk.register.close()


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    """An empty register on 28 January 2563."""
    return open_desk()


@pytest.fixture
def demo_desk(desk: Desk) -> Desk:
    """The demonstration register, four months, on 28 January 2563."""
    fill_with_demo(desk, None, 1)
    return desk


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the system says lies on another disk."""
    place = tmp_path / "แฟลชไดรฟ์"
    place.mkdir()
    monkeypatch.setattr(outside_copies, "_disk_of", lambda path: 2 if path.is_relative_to(place) else 1)
    return place
