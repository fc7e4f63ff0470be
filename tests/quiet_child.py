"""The program in a process of its own: ``python -m tests.quiet_child start|day|typing|export|report …``.

``start`` opens and closes the window. ``day`` does a day of work in which much goes wrong. ``export`` and ``report``
stop half way to be killed there, ``typing`` with words typed and not saved. What is seeded here must turn up in the
register alone.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

TODAY = "2563-01-28"
NAME, TELEPHONE, SOUGHT = "สมหมาย ใจดียิ่ง", "081-555-0199", "ตรอกสุขุมวิท 999"
SEEDED = (NAME, TELEPHONE, SOUGHT)
LOOK_EVERY = 100  # milliseconds


def window():
    """The main window, once it is there."""
    from desktop.ui.main_window import MainWindow

    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))


def start(folder: str) -> int:
    """Open the window, wait for what comes behind the first paint, close it."""
    return run(folder, close_at_last)


def close_at_last() -> None:
    """Close the window; while it still works behind the painted list, try again."""
    if not window().close():
        QTimer.singleShot(200, close_at_last)


def day(folder: str, elsewhere: str) -> int:
    """A day in which saves fail, slots raise and long work ends badly."""
    return run(folder, lambda: work(Path(elsewhere)))


def work(elsewhere: Path) -> None:
    from desktop.domain.complaint import Complaint
    from desktop.services import complaint_work
    from desktop.services.desk import CannotDo
    from desktop.services.exporting import export_register
    from desktop.services.progress import Cancelled
    from desktop.ui.long_work import run_long

    shown = window()
    desk = shown._desk
    shown.new_complaint()
    tab = shown.detail_tab
    tab.page.form.matter.number.setText("กทม-7")
    for name, text in (("complainant", NAME), ("telephone", TELEPHONE), ("place", SOUGHT)):
        tab.page.form.matter._texts[name].setText(text)
    assert tab.save(), tab.page.trouble.text()
    with suppress(CannotDo):  # the same number again: refused in words that tell the number
        complaint_work.save(desk, None, Complaint("กทม-7", desk.today, complainant=NAME))
    shown.search()
    shown.list_tab.bar.search.setText(SOUGHT)
    export_register(desk, elsewhere / f"{NAME}.csv", private=True)
    acts: list[Callable[[], object]] = [
        raising(fault) for fault in (KeyError(f"{NAME} {TELEPHONE}"), ValueError(SOUGHT), CannotDo(f"{NAME}: ดิสก์เต็ม"))
    ]
    for fault in (RuntimeError(NAME), CannotDo(TELEPHONE), Cancelled()):
        acts.append(lambda fault=fault: run_long(shown, desk, NAME, failing(fault), print))
    acts += [Falling, close_all]
    for place, act in enumerate(acts):  # each from the program's own loop, as a key or a button is
        QTimer.singleShot(300 * place, act)


def typing(folder: str, where: str, keeping: str = "keeping") -> int:
    """Type into one place of the window, say so and stay until killed; ``unkept``: no drafts are kept."""
    from desktop.ui.draft_keeper import DraftKeeper

    if keeping == "unkept":
        DraftKeeper.keep_now = lambda keeper: None  # type: ignore[method-assign]
    return run(folder, lambda: type_into(where))


def type_into(where: str) -> None:
    from desktop.domain.months import Month
    from desktop.services.complaint_steps import WorkStep
    from desktop.ui.bulk_dialog import BulkDialog, BulkStep
    from desktop.ui.project_dialog import ProjectDialog
    from tests.ui.thai_typing import type_text

    shown = window()
    if where == "report":
        shown.show_report(Month(2020, 1))
        type_text(shown.report_tab.report.panel.form.note, NAME)
    elif where == "project":
        shown.dialogs.project()
        type_text(shown.findChild(ProjectDialog).texts["objectives"], SOUGHT)
    elif where == "bulk":
        shown.list_tab.open_step(BulkStep.ENTRY, ["กทม-1"])
        type_text(shown.list_tab.findChild(BulkDialog).text, SOUGHT)
    elif where == "new":
        shown.new_complaint()
        matter = shown.detail_tab.page.form.matter
        type_text(matter.number, "กทม-9")
        type_text(matter._texts["complainant"], NAME)
        shown.detail_tab.page.form.days.entries.add_button.click()
        type_text(shown.detail_tab.page.form.days.entries.rows[0].text, "แถวที่ยังไม่มีวันที่")
    else:
        shown.show_complaint("กทม-1")
        if where == "stored":
            type_text(shown.detail_tab.page.form.matter._texts["place"], SOUGHT)
        else:
            shown.detail_tab.take_step(WorkStep.ENTRY if where == "entry" else WorkStep.COMPLETE)
            dialog = shown.detail_tab.dialog
            type_text(dialog.text if where == "entry" else dialog.answer.answer, SOUGHT)
    print("typed", flush=True)


def failing(fault: Exception) -> Callable[..., None]:
    """Work that ends badly."""

    def failed(beside: object, told: object) -> None:
        raise fault

    return failed


def close_all() -> None:
    """What stands before the window, then the window."""
    for box in QApplication.topLevelWidgets():
        if box is not window():
            box.close()
    close_at_last()


class Falling:
    """Raises while it is thrown away: Python can only print that."""

    def __del__(self) -> None:
        raise ValueError(f"{NAME} {TELEPHONE}")


def raising(fault: Exception) -> Callable[[], None]:
    """A slot that raises."""

    def slot() -> None:
        raise fault

    return slot


def run(folder: str, act: Callable[[], object]) -> int:
    """The program as it starts from the command line, with an act once it is there."""
    from desktop.command_line import main

    application = QApplication([sys.argv[0]])
    QTimer.singleShot(LOOK_EVERY, lambda: once_it_is_there(act))
    QTimer.singleShot(90_000, application.quit)  # should the act hang
    return main(["--data", folder, "--today", TODAY])


def once_it_is_there(act: Callable[[], object]) -> None:
    """The act, when the window is painted and its register verified."""
    from desktop.ui.main_window import MainWindow

    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()]
    if shown and "ถูกต้องครบถ้วน" in shown[0].statusBar().currentMessage():
        act()
    else:
        QTimer.singleShot(LOOK_EVERY, lambda: once_it_is_there(act))


def export(folder: str, target: str) -> int:
    """Write an export with names in it and stop half way, saying so; killed there, it leaves its half."""
    import time
    from datetime import date

    from desktop import app
    from desktop.services.desk import Desk
    from desktop.services.exporting import export_register
    from desktop.storage.register import open_for_reading

    def told(done: int, of: int) -> bool:
        print("half", flush=True)
        time.sleep(60)
        return True

    desk = Desk(open_for_reading(Path(folder)), app.shipped(), lambda: date(2020, 1, 28))
    export_register(desk, Path(target), private=True, progress=told)
    return 0


def report(target: str) -> int:
    """Write a file and stop before it has its name."""
    import time

    from desktop.services.whole_files import WholeFile

    with WholeFile(Path(target)) as file:
        file.write(f"%PDF-{NAME}".encode())
        print("half", flush=True)
        time.sleep(60)
    return 0


if __name__ == "__main__":
    acts = {"start": start, "day": day, "typing": typing, "export": export, "report": report}
    sys.exit(acts[sys.argv[1]](*sys.argv[2:]))
