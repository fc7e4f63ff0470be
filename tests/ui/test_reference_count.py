"""Calls into Qt leave the references to None alone (PYSIDE-3474: PySide6 6.12.0 drops one each, and Python aborts)."""

import gc
import sys
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QTableView

from desktop import app
from desktop.services.desk import Desk
from desktop.ui.list_model import ComplaintListModel

TIMES = 3000
SLACK = 300  # references that come and go by themselves; a real leak is one or more at each call

pytestmark = pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")


def drift(step: Callable[[], object], times: int = TIMES) -> int:
    """How many references to None a step gains or loses in all, after a first time that fills caches."""
    step()
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(times):
        step()
    gc.collect()
    return abs(sys.getrefcount(None) - before)


def test_the_measure_notices_one_lost_reference_at_each_call():
    held: list[None] = []
    assert drift(lambda: held.append(None)) > TIMES - SLACK


def test_setting_a_text_thousands_of_times_leaves_none_alone(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    texts = iter(range(10 * TIMES))
    assert drift(lambda: label.setText(str(next(texts)))) < SLACK
    assert drift(label.update) < SLACK


def test_models_shown_and_read_leave_none_alone(demo_desk: Desk, qtbot):
    model, other = ComplaintListModel(demo_desk), ComplaintListModel(demo_desk)
    for each in (model, other):
        each.show_filter(each.wanted)
        each.fetch_all()
    view = QTableView()
    qtbot.addWidget(view)
    models = [model, other]

    def swap() -> None:
        models.reverse()
        view.setModel(models[0])

    assert drift(swap, 500) < SLACK
    index = model.index(5, 0)
    assert drift(lambda: [model.data(index, role) for role in range(14)]) < SLACK


def test_refreshing_the_window_leaves_none_alone(demo_desk: Desk, qtbot):
    window = app.build_window(demo_desk)
    qtbot.addWidget(window)
    window.show()
    times = 60  # each refresh is more than a hundred void calls: texts, columns, looks
    assert drift(window.refresh, times) < SLACK < 100 * times
    qtbot.waitUntil(lambda: window.list_tab.model.rowCount() == 752)
