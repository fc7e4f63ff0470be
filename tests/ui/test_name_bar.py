"""A change without an officer's name asks for one once, quietly, and what she is typing stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.domain.complaint import Complaint
from desktop.services.complaint_history import history_of_complaint
from desktop.services.complaint_work import complaint, save
from desktop.services.desk import Desk
from desktop.services.office_settings import officer_name, save_officer_name
from desktop.storage.register import open_for_reading
from desktop.ui.main_window import MainWindow
from desktop.ui.officer_dialog import OfficerDialog
from tests.ui.thai_typing import retype


@pytest.fixture
def filled(desk: Desk) -> Desk:
    save(desk, None, Complaint("ก-1", date(2020, 1, 27)))
    return desk


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[Desk], MainWindow]:
    def show(desk: Desk) -> MainWindow:
        window = app.build_window(desk)
        qtbot.addWidget(window, before_close_func=lambda each: each.detail_tab.discard())
        window.resize(1366, 700)
        window.show()
        return window

    return show


def change(window: MainWindow, place: str) -> None:
    """Change the place of the complaint and save it."""
    window.show_complaint("ก-1")
    retype(window.detail_tab.page.form.matter._texts["place"], place)
    assert window.detail_tab.save()


def test_the_first_nameless_change_asks_for_a_name_once(filled: Desk, shown: Callable) -> None:
    window = shown(filled)
    assert not window.name_bar.isVisible()  # what was changed before this start is asked about no more
    change(window, "ซอย 5")
    assert window.name_bar.isVisible()
    place = window.detail_tab.page.form.matter._texts["place"]
    retype(place, "ซอย 9")  # she goes on typing
    window.name_bar.name_button.click()
    (dialog,) = window.findChildren(OfficerDialog)
    dialog.name.setText("สมใจ")
    dialog.save_button.click()
    assert not window.name_bar.isVisible() and officer_name(filled) == "สมใจ"
    assert place.text() == "ซอย 9" and window.detail_tab.save()
    assert history_of_complaint(filled, "ก-1")[0].who == "สมใจ" and not window.name_bar.isVisible()


def test_closed_it_stays_away_until_the_next_start(filled: Desk, shown: Callable) -> None:
    window = shown(filled)
    change(window, "ซอย 5")
    window.name_bar.close_button.click()
    change(window, "ซอย 6")
    assert not window.name_bar.isVisible() and complaint(filled, "ก-1").place == "ซอย 6"
    again = shown(filled)
    change(again, "ซอย 7")
    assert again.name_bar.isVisible()


def test_with_a_name_or_for_reading_alone_it_never_comes(filled: Desk, shown: Callable) -> None:
    reading = Desk(open_for_reading(filled.register.folder), filled.shipped, filled.today_of)
    looking = shown(reading)
    stored = complaint(filled, "ก-1")
    save(filled, stored, replace(stored, place="ซอย 5"))
    looking.refresh()
    assert not looking.name_bar.isVisible()
    looking.close()
    reading.register.close()
    save_officer_name(filled, "สมใจ")
    window = shown(filled)
    change(window, "ซอย 6")
    assert not window.name_bar.isVisible()
