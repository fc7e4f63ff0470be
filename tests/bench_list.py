"""The list: a filter or a sort until it is painted, and the search from a key to the painted rows."""

import gc
import statistics
from collections.abc import Callable, Iterator

from PySide6.QtCore import QSize

from desktop import app
from desktop.domain.complaint import Status
from desktop.services.complaint_list import ids
from desktop.services.list_lines import Due, ListFilter, SortBy
from desktop.ui.main_window import MainWindow
from tests.bench_ground import Ground, Line, held_against, medians, timed
from tests.bench_painting import application, seconds_until_painted, settle
from tests.ui.thai_typing import type_text

RUNS = 7
SCREEN = QSize(1366, 728)
WORDS = ("ท่อระบายน้ำ", "กิ่งไม้", "ศรีนครินทร์")  # to be typed; the last letter is the key that is measured
COLUMNS = ("number", "subject", "detail", "complainant")


def filters_and_sorts(ground: Ground) -> Iterator[Line]:
    """Sorts by a click on a heading and filters by a choice, less the raw query, counted in repaints of the list."""
    window = _window(ground)
    view, bar = window.list_tab.view, window.list_tab.bar

    def sort(sort_by: SortBy, descending: bool = False) -> Callable[[], None]:
        return lambda: view.sorted_by.emit(sort_by, descending)

    moves: list[tuple[Callable[[], object], Callable[[], object]]] = [
        (sort(SortBy.SUBJECT), bar.clear),
        (sort(SortBy.NOTIFIED, True), bar.clear),
        (sort(SortBy.TYPE), bar.clear),
        (sort(SortBy.NUMBER), bar.clear),
        (sort(SortBy.DUE), bar.clear),
        (lambda: bar.status.setCurrentIndex(bar.status.findData(Status.COMPLETED)), bar.clear),
        (lambda: bar.type.setCurrentIndex(1), bar.clear),
        (lambda: bar.month.setCurrentIndex(2), bar.clear),
        (lambda: window.strip.due_chosen.emit(Due.OVERDUE), bar.clear),
    ]
    repaint = medians(RUNS, timed(view.viewport().repaint))[0]
    taken = []
    for act, undo in moves:
        rounds = []
        for _ in range(RUNS):
            gc.collect()
            whole = seconds_until_painted(view.viewport(), act)
            rounds.append(whole - _raw_query(ground, window.list_tab.wanted))
            undo()
            _quiet(window)
        taken.append(statistics.median(rounds))
    window.close()
    job = "list after a filter or sort until painted, less the raw query"
    goal = "≤ 4 repaints of the list"
    yield held_against(f"{job}, median of {len(moves)} (s)", statistics.median(taken), repaint, goal, 4.0)
    yield held_against(f"{job}, worst of {len(moves)} (s)", max(taken), repaint, goal, 4.0)


def search(ground: Ground) -> Iterator[Line]:
    """The last letter of a word, against LIKE over four columns of the register."""
    window = _window(ground)
    field = window.list_tab.bar.search
    connection = ground.desk.register.connection
    scan = f"SELECT id FROM complaint WHERE {' OR '.join(f'{name} LIKE ?' for name in COLUMNS)}"

    def like(word: str) -> object:
        return connection.execute(scan, [f"%{word}%"] * len(COLUMNS)).fetchall()

    def typed(word: str, *, at_once: bool) -> float:
        field.setText(word[:-1])
        field.returnPressed.emit()
        _quiet(window)
        gc.collect()

        def press() -> None:
            type_text(field, word[-1])
            if at_once:
                field.returnPressed.emit()

        return seconds_until_painted(window.list_tab.view.viewport(), press)

    found = []
    for word in WORDS:
        found.append(medians(RUNS, timed(lambda w=word: like(w)), *_presses(typed, word)))
    window.close()
    scanned, whole, at_once = (statistics.median(column) for column in zip(*found, strict=True))
    goal = "≤ 0.5 × a four-column LIKE scan, ≤ 0.1 s"
    job = "Thai search, keystroke to painted"
    yield held_against(f"{job} (s)", whole, scanned, goal, 0.5, value_most=0.1)
    yield held_against(f"{job}, less the pause for the next letter (s)", at_once, scanned, goal, 0.5, value_most=0.1)


def _presses(typed: Callable[..., float], word: str) -> list[Callable[[], float]]:
    return [lambda: typed(word, at_once=False), lambda: typed(word, at_once=True)]


def _window(ground: Ground) -> MainWindow:
    """The program's own window over the register, on the old screen, with everything fetched."""
    desk = ground.desk
    application()
    window = app.build_window(desk)
    window.resize(SCREEN)
    window.show()
    _quiet(window)
    return window


def _quiet(window: MainWindow) -> None:
    """Wait until the rows behind the first are fetched and all is painted."""
    assert window.list_tab.count >= 0
    settle()


def _raw_query(ground: Ground, wanted: ListFilter) -> float:
    """The seconds of the very query the list asked, its first rows fetched without anything around them."""
    connection = ground.desk.register.connection
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    next(ids(ground.desk, wanted), None)
    connection.set_trace_callback(None)
    return medians(3, timed(lambda: connection.execute(asked[0]).fetchmany(256)))[0]
