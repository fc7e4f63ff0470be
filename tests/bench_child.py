"""What is measured as a process of its own: ``python -m tests.bench_child empty|start|form|pack …``."""

import json
import os
import sys
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SETTLING = 500  # milliseconds from the first painting to the look at the memory
HEAVY = ("openpyxl", "reportlab", "numpy", "nlpo3", "holidays", "uharfbuzz", "fontTools", "xlsxwriter",
         "python_calamine", "pyhanko", "aiohttp")  # fmt: skip


def resident_megabytes() -> float:
    """What the process holds in memory, where the system tells it; else the most it ever held."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, AttributeError):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def tell_once_painted(kind: type) -> object:
    """Once a widget of a kind has been painted: tell the clock's reading, the memory and the modules, and end."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from tests.bench_painting import PaintWatch

    application = QApplication.instance()
    assert application is not None

    def painted(at: float) -> None:
        def tell() -> None:
            heavy = [name for name in HEAVY if name in sys.modules]
            print(json.dumps({"painted": at, "megabytes": resident_megabytes(), "heavy": heavy}), flush=True)
            os._exit(0)

        QTimer.singleShot(SETTLING, tell)

    def is_wanted(widget: object) -> bool:
        return isinstance(widget, kind) or isinstance(widget.parent(), kind)  # type: ignore[attr-defined]

    return PaintWatch(application, painted, is_wanted)


def empty() -> int:
    """A PySide6 program with one empty window: the floor under every start."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(["empty"])
    window = QMainWindow()
    window.resize(1280, 720)
    watch = tell_once_painted(QMainWindow)
    window.show()
    assert watch
    return application.exec()


def start(folder: str, day: str) -> int:
    """The program itself over a register, its own way from the command line's hand to the painted list."""
    from PySide6.QtWidgets import QApplication

    from desktop import app
    from desktop.ui.list_view import ComplaintListView

    application = QApplication(["rongthuk"])
    watch = tell_once_painted(ComplaintListView)
    assert application and watch
    return app.run_window(Path(folder), date.fromisoformat(day))


def form(path: str) -> int:
    """The official form alone: four months on four pages."""
    from desktop import paths
    from forms.progress_report import progress_report_pdf
    from tests.bench_papers import four_months

    Path(path).write_bytes(progress_report_pdf(four_months(), paths.fonts_folder(), paths.words_folder()))
    return 0


def pack(folder: str, path: str, *parts: str) -> int:
    """The first month of a demonstration register as a pack, or these parts of it."""
    from desktop import paths
    from desktop.domain.months import Month
    from desktop.domain.pack_sheet import Part
    from desktop.services import month_reports
    from desktop.services.demo import DEMO_ENDS, FOUR_MONTHS
    from desktop.services.desk import Desk, Shipped
    from desktop.services.report_papers import WHOLE, draft_pack_paper
    from desktop.storage.register import open_for_reading

    shipped = Shipped(paths.fonts_folder(), paths.words_folder(), paths.holidays_folder(), paths.program_version())
    desk = Desk(open_for_reading(Path(folder)), shipped, lambda: DEMO_ENDS)
    first = FOUR_MONTHS[0]
    monthly = month_reports.figures_of_month(desk, Month.of(first.first), first.drawn_on)
    chosen = [Part[name] for name in parts] or WHOLE
    Path(path).write_bytes(draft_pack_paper(desk, monthly, month_reports.OfficersWords(), parts=chosen).pdf)
    return 0


if __name__ == "__main__":
    name, *rest = sys.argv[1:]
    sys.exit({"empty": empty, "start": start, "form": form, "pack": pack}[name](*rest))
