"""Pictures of the screens and the month's PDF from a demonstration register: ``python -m tests.screens out [--all]``.

Runs the very window of the program, offscreen where there is no display. Nothing of the demonstration stays but what is
written to the folder named.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop import app
from desktop.domain.months import Month
from desktop.services import month_reports, office_settings
from desktop.services.complaint_steps import WorkStep
from desktop.services.demo import DEMO_ENDS, FOUR_MONTHS, fill_with_demo
from desktop.services.desk import Desk
from desktop.services.month_reports import OfficersWords
from desktop.storage.register import open_for_writing
from desktop.ui import theme
from desktop.ui.main_window import MainWindow

OLD_SCREEN = QSize(1366, 728)  # 1366 × 768 less the task bar
LARGE_SCREEN = QSize(1920, 1040)
PAGE_DOTS_PER_INCH = 80
# A complaint of the demonstration for each step of the detail tab.
STEPS_OF = {
    "2563-00731": {WorkStep.ACCEPT},
    "2562-00424": {WorkStep.ENTRY, WorkStep.COMPLETE, WorkStep.TRANSFER},
    "2563-00630": {WorkStep.REOPEN},
}
CORE_TYPES = ["ท่อระบายน้ำ", "ถนน", "ทางเท้า", "แสงสว่าง", "ความสะอาด"]


def demonstration(folder: Path) -> Desk:
    """A demonstration register on its last day: three months issued and sent in time, the fourth to be issued."""
    desk = Desk(open_for_writing(folder), app.shipped(), lambda: DEMO_ENDS)
    fill_with_demo(desk, None, 1)
    office_settings.choose_core_types(desk, 2563, CORE_TYPES)
    for each in FOUR_MONTHS[:3]:
        month = Month.of(each.first)
        month_reports.issue(desk, month_reports.figures_of_month(desk, month, each.drawn_on), OfficersWords(), None)
    for number, day in ((10, date(2019, 11, 6)), (11, date(2019, 12, 9))):
        month_reports.mark_sent(desk, Month(2019, number), day)
    return desk


class Pictures:
    """Takes pictures of widgets into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.taken: list[Path] = []

    def take(self, widget: QWidget, name: str) -> None:
        """One picture of a widget as it is now."""
        _settle()
        self._keep(widget.grab().save(str(self.folder / f"{name}.png")), f"{name}.png")

    def pages(self, pdf: Path, name: str) -> None:
        """One picture a page of a PDF."""
        document = QPdfDocument()
        document.load(str(pdf))
        for page in range(document.pageCount()):
            size = document.pagePointSize(page) * (PAGE_DOTS_PER_INCH / 72)
            image = document.render(page, size.toSize())
            paper = image.copy()
            paper.fill(Qt.GlobalColor.white)
            _paint(paper, image)
            self._keep(paper.save(str(self.folder / f"{name}-{page + 1}.png")), f"{name}-{page + 1}.png")
        document.close()

    def _keep(self, saved: bool, name: str) -> None:
        if not saved:
            raise OSError(f"could not write {self.folder / name}")
        self.taken.append(self.folder / name)


def _paint(paper: QImage, image: QImage) -> None:
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()


def _settle(milliseconds: int = 250) -> None:
    """Let what comes behind the first paint arrive."""
    QTest.qWait(milliseconds)


def take_tabs(window: MainWindow, pictures: Pictures, size: str = "") -> None:
    """The three tabs."""
    window.tabs.setCurrentIndex(0)
    pictures.take(window, f"list{size}")
    window.show_complaint("2562-00424")
    pictures.take(window, f"detail{size}")
    window.tabs.setCurrentIndex(2)
    window.report_tab.show_month(Month(2020, 1))
    pictures.take(window, f"report{size}")


def take_dialogs(window: MainWindow, pictures: Pictures) -> None:
    """Every dialog the menus and buttons open, as it first shows itself."""
    for name in ("project", "core_types", "holidays", "officer", "guide", "about"):
        take_dialog(window, pictures, f"dialog-{name}", getattr(window.dialogs, name))
    for step in WorkStep:
        number = next(number for number, steps in STEPS_OF.items() if step in steps)
        window.show_complaint(number)
        _settle()
        take_dialog(window, pictures, f"step-{step.name.lower()}", partial(window.detail_tab.take_step, step))


def take_dialog(window: MainWindow, pictures: Pictures, name: str, opens: Callable[[], object]) -> None:
    """One dialog, modal or not, then closed again."""
    taken: list[QDialog] = []

    def look() -> None:
        shown = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
        if shown and not taken:
            taken.append(shown[-1])
            pictures.take(shown[-1], name)
            shown[-1].reject()

    QTimer.singleShot(400, look)
    opens()
    _settle(700)
    if not taken:
        raise RuntimeError(f"{name} did not open")


def main(arguments: list[str] | None = None) -> int:
    """Write the pictures and the PDF, and say where."""
    reader = argparse.ArgumentParser(prog="python -m tests.screens")
    reader.add_argument("out", type=Path)
    reader.add_argument("--all", action="store_true", help="every screen, large, dark and in dialogs too")
    found = reader.parse_args(arguments)
    out: Path = found.out.absolute()
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    app.dress(application)
    pictures = Pictures(out)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        desk = demonstration(Path(scratch) / "demo")
        window = app.build_window(desk)
        window.resize(OLD_SCREEN)
        window.show()
        _settle(600)
        take_tabs(window, pictures)
        if found.all:
            take_dialogs(window, pictures)
            window.resize(LARGE_SCREEN)
            take_tabs(window, pictures, "-large")
            theme.apply_theme(application, dark=True)
            window.wear_theme()
            window.resize(OLD_SCREEN)
            take_tabs(window, pictures, "-dark")
        pdf = out / "รายงานความก้าวหน้า ครั้งที่ 4 ม.ค. 2563.pdf"
        monthly = month_reports.figures_of_month(desk, Month(2020, 1), DEMO_ENDS, DEMO_ENDS)
        month_reports.issue(desk, monthly, OfficersWords(), pdf)
        pictures.pages(pdf, "report-page")
        window.close()
        desk.register.close()
    print(f"The window ran on a demonstration register. Its pictures and the month's PDF are in {out}:")
    for path in [pdf, *pictures.taken]:
        print(f"  {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
