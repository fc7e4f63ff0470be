"""Pictures of the screens and the month's PDF from a demonstration register: ``python -m tests.screens out [--all]``.

Runs the very window of the program, offscreen where there is no display. Nothing of the demonstration stays but what is
written to the folder named.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from desktop import app
from desktop.domain.months import Month
from desktop.services.desk import Desk
from desktop.ui import theme
from desktop.ui.main_window import MainWindow
from desktop.ui.window_pages import LIST, REPORT
from tests.picture_taking import Pictures, settle
from tests.screens_ground import demonstration, live_in
from tests.screens_of_papers import issue_month, take_papers

OLD_SCREEN = QSize(1366, 728)  # 1366 × 768 less the task bar
LARGE_SCREEN = QSize(1920, 1040)


def take_tabs(window: MainWindow, pictures: Pictures, size: str = "") -> None:
    """The three tabs."""
    window.tabs.setCurrentIndex(LIST)
    pictures.take(window, f"list{size}")
    window.show_complaint("2562-00424")
    pictures.take(window, f"detail{size}")
    window.tabs.setCurrentIndex(REPORT)
    window.report_tab.show_month(Month(2020, 1))
    pictures.take(window, f"report{size}")


def take_everything(application: QApplication, window: MainWindow, desk: Desk, pictures: Pictures, place: Path) -> None:
    """Every dialog, and the tabs large and dark."""
    from tests import screens_of_dialogs as dialogs

    dialogs.take_empty_start(pictures, place, OLD_SCREEN)
    dialogs.take_office_dialogs(window, pictures)
    dialogs.take_sides(window, pictures)
    dialogs.take_report_dialogs(window, pictures)
    dialogs.take_evidence_dialogs(window, pictures)
    dialogs.take_keeping_dialogs(window, desk, pictures, place)
    window.resize(LARGE_SCREEN)
    take_tabs(window, pictures, "-large")
    theme.apply_theme(application, dark=True)
    window.wear_theme()
    window.resize(OLD_SCREEN)
    take_tabs(window, pictures, "-dark")
    theme.apply_theme(application, dark=False)
    window.wear_theme()


def use_old_screen(folder: Path) -> None:
    """Where windows are only drawn, have them drawn for the officer's screen: dialogs open as large as it allows."""
    if os.environ.get("QT_QPA_PLATFORM") != "offscreen" or sys.platform == "win32":
        return
    screen = {"name": "old", "x": 0, "y": 0, "width": OLD_SCREEN.width(), "height": OLD_SCREEN.height()}
    told = folder / "screen.json"
    told.write_text(json.dumps({"screens": [screen | {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}))
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={told}"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder for the demonstration, of the same name each time where nobody else uses it: pictures show the path."""
    place = Path(tempfile.gettempdir()) / "rongthuk"
    try:
        place.mkdir()
    except OSError:
        place = Path(tempfile.mkdtemp(prefix="rongthuk-"))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def main(arguments: list[str] | None = None) -> int:
    """Write the pictures and the PDF, and say where."""
    reader = argparse.ArgumentParser(prog="python -m tests.screens")
    reader.add_argument("out", type=Path)
    reader.add_argument("--all", action="store_true", help="every screen, large, dark and in dialogs too; every paper")
    found = reader.parse_args(arguments)
    out: Path = found.out.absolute()
    out.mkdir(parents=True, exist_ok=True)
    pictures = Pictures(out)
    with scratch_folder() as place:
        use_old_screen(place)
        application = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(application, QApplication)
        app.dress(application)
        desk = demonstration(place / "ทะเบียน")
        live_in(desk)
        window = app.build_window(desk)
        window.resize(OLD_SCREEN)
        window.show()
        settle(600)
        take_tabs(window, pictures)
        if found.all:
            take_everything(application, window, desk, pictures, place)
        pack = issue_month(desk, pictures)
        if found.all:
            from tests.screens_of_dialogs import take_damage

            take_papers(desk, pictures, place)
            take_damage(window, desk, pictures)
        window.close()
        desk.register.close()
    print(f"The window ran on a demonstration register. Its pictures and the month's PDF are in {out}:")
    for path in [pack, *pictures.taken]:
        print(f"  {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
