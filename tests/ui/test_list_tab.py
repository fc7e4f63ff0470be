"""The list as the officer uses it: reading, narrowing, sorting, choosing columns, one step for many."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.domain.complaint import Complaint, Status
from desktop.services.automatic_backups import backups_there
from desktop.services.complaint_work import complaint, save
from desktop.services.desk import Desk
from desktop.services.list_lines import Due, SortBy
from desktop.ui import list_model
from desktop.ui.bulk_dialog import BulkDialog, BulkStep
from desktop.ui.list_columns import FACES, Column
from desktop.ui.list_tab import ListTab
from desktop.ui.theme import LIGHT, Look
from tests.ui.thai_typing import type_text

TODAY = date(2020, 1, 28)  # a Tuesday


@pytest.fixture
def shown(qtbot) -> Iterator[Callable[..., ListTab]]:
    """Shows a list tab over a desk as the window does."""
    kept = []  # a window freed by Python while a dialog of it is still to be deleted crashes Qt

    def show(desk: Desk, settings: QSettings | None = None) -> ListTab:
        tab = ListTab(desk, settings)
        kept.append(tab)
        qtbot.addWidget(tab)
        tab.resize(1334, 560)
        tab.refresh()
        tab.show()
        qtbot.waitExposed(tab)
        return tab

    yield show
    kept.clear()


def add(desk: Desk, number: str, notified: date, **more: object) -> Complaint:
    return save(desk, None, Complaint(number, notified, **more))  # type: ignore[arg-type]


def texts(tab: ListTab, column: Column) -> list[str]:
    return [str(tab.model.index(row, column).data()) for row in range(tab.count)]


def row_of(tab: ListTab, number: str) -> int:
    return texts(tab, Column.NUMBER).index(number)


def select(tab: ListTab, *numbers: str) -> None:
    tab.view.clearSelection()
    tab.view.setCurrentIndex(QModelIndex())
    for number in numbers:
        index = tab.model.index(row_of(tab, number), 0)
        tab.view.selectionModel().select(
            index,
            tab.view.selectionModel().SelectionFlag.Select | tab.view.selectionModel().SelectionFlag.Rows,
        )


def dialog_of(tab: ListTab) -> BulkDialog:
    return tab.findChildren(BulkDialog)[-1]


def click_heading(qtbot, tab: ListTab, column: Column) -> None:
    heads = tab.view.horizontalHeader()
    place = QPoint(heads.sectionViewportPosition(column) + 24, heads.height() // 2)
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)


# What a row says


def test_each_due_state_is_told_by_sign_word_and_working_days(desk: Desk, shown):
    add(desk, "เกิน", date(2020, 1, 22))  # accept by Thu 23
    add(desk, "วันนี้", date(2020, 1, 27))
    add(desk, "ใกล้", date(2020, 1, 28))
    add(desk, "ไกล", date(2020, 1, 20), accepted=date(2020, 1, 21), first_report=None)
    complaint_far = complaint(desk, "ไกล")
    save(desk, complaint_far, replace(complaint_far, accepted=date(2020, 1, 28)))  # first report by Fri 31
    add(desk, "เสร็จ", date(2020, 1, 20), accepted=date(2020, 1, 20), completed=date(2020, 1, 21))
    add(desk, "ส่ง", date(2020, 1, 20), transferred=date(2020, 1, 21))
    add(desk, "ขาด", date(2020, 1, 20), stated=Status.COMPLETED)
    tab = shown(desk)
    said = dict(zip(texts(tab, Column.NUMBER), texts(tab, Column.DUE), strict=True))
    assert said == {
        "เกิน": "⚠ เกินกำหนด 3 วันทำการ",
        "วันนี้": "● วันนี้",
        "ใกล้": "○ อีก 1 วันทำการ",
        "ไกล": "○ อีก 3 วันทำการ",
        "เสร็จ": "✓ เสร็จสิ้น",
        "ส่ง": "→ ส่งต่อแล้ว",
        "ขาด": "? ขาดวันที่",
    }


def test_what_is_far_off_bears_no_sign_and_no_tint(desk: Desk, shown):
    add(desk, "1", date(2020, 1, 2), accepted=date(2020, 1, 3), first_report=None)
    found = complaint(desk, "1")
    from desktop.services.complaint_work import with_entry

    save(desk, found, with_entry(found, date(2020, 1, 6), "ตรวจแล้ว"))
    found = complaint(desk, "1")
    save(desk, found, with_entry(found, date(2020, 1, 28), "ติดตามแล้ว"))  # serves 30 January; next 15 February
    tab = shown(desk)
    assert texts(tab, Column.DUE) == ["อีก 12 วันทำการ"]
    assert texts(tab, Column.NEXT) == ["ติดตามผลภายใน 15 ก.พ."]
    assert tab.model.index(0, Column.DUE).data(Qt.ItemDataRole.BackgroundRole) is None
    assert "14 ก.พ. 2563" in tab.model.index(0, Column.NEXT).data(Qt.ItemDataRole.ToolTipRole)  # 15 is a Saturday


def test_only_the_due_cell_is_tinted_never_the_row(desk: Desk, shown):
    add(desk, "เกิน", date(2020, 1, 22), subject="น้ำท่วม")
    tab = shown(desk)
    tints = [tab.model.index(0, column).data(Qt.ItemDataRole.BackgroundRole) for column in Column]
    assert tints[Column.DUE].color().name() == LIGHT.tint[Look.OVERDUE]
    assert [tint for tint in tints if tint is not None] == [tints[Column.DUE]]
    ink = tab.model.index(0, Column.DUE).data(Qt.ItemDataRole.ForegroundRole)
    assert ink.color().name() == LIGHT.ink[Look.OVERDUE]


def test_a_completed_one_without_its_day_is_marked_and_still_owes(desk: Desk, shown):
    add(desk, "1", date(2020, 1, 27), accepted=date(2020, 1, 28), stated=Status.COMPLETED)
    tab = shown(desk)
    assert texts(tab, Column.STATUS)[0].endswith("? ขาดวันที่")
    assert texts(tab, Column.NEXT) == ["รายงานครั้งที่ 1 ภายใน 31 ม.ค."]


def test_a_year_is_named_where_it_is_not_this_year(desk: Desk, shown):
    add(desk, "1", date(2019, 12, 30))
    add(desk, "2", date(2020, 1, 27))
    assert texts(shown(desk), Column.NOTIFIED) == ["30 ธ.ค. 2562", "27 ม.ค."]


# Narrowing and sorting


def test_what_burns_stands_first(demo_desk: Desk, shown):
    due = texts(shown(demo_desk), Column.DUE)
    signs = "".join(text[0] for text in due)
    assert signs.startswith("⚠") and signs.rindex("⚠") < signs.index("●") < signs.index("○") < signs.index("✓")


def test_typing_searches_by_itself_after_the_last_letter(demo_desk: Desk, qtbot, shown):
    tab = shown(demo_desk)
    everything = tab.count
    asked = []
    tab.filtered.connect(lambda wanted: asked.append(wanted.search))
    type_text(tab.bar.search, "ท่อระบาย")
    qtbot.waitUntil(lambda: tab.wanted.search == "ท่อระบาย")
    assert len(asked) < len("ท่อระบาย")  # not at each letter
    assert 0 < tab.count < everything
    assert all("ท่อระบาย" in text for text in texts(tab, Column.SUBJECT))
    assert tab.bar.count.text() == f"{tab.count:,} เรื่อง"
    qtbot.keyClick(tab.bar.search, Qt.Key.Key_Escape)
    assert tab.count == everything and tab.bar.search.text() == ""


def test_the_choices_narrow_together(demo_desk: Desk, shown):
    tab = shown(demo_desk)
    tab.bar.status.setCurrentText(Status.COMPLETED.value)
    tab.bar.type.setCurrentText("ถนน")
    tab.bar.month.setCurrentText("ธันวาคม 2562")
    assert 0 < tab.count < 30
    assert set(texts(tab, Column.STATUS)) == {Status.COMPLETED.value}
    assert all("ถนน" in text for text in texts(tab, Column.TYPE))
    assert all("ธ.ค. 2562" in text for text in texts(tab, Column.NOTIFIED))
    tab.bar.clear_button.click()
    assert tab.count == 752 and not tab.bar.clear_button.isEnabled()


def test_a_filter_that_leaves_nothing_says_so_and_offers_the_way_back(demo_desk: Desk, qtbot, shown):
    tab = shown(demo_desk)
    tab.bar.search.setText("ไม่มีคำนี้แน่นอน")
    qtbot.waitUntil(lambda: tab.nothing_page.isVisible())
    qtbot.mouseClick(tab.nothing_page.clear_button, Qt.MouseButton.LeftButton)
    assert tab.view.isVisible() and tab.count == 752


def test_a_badge_shows_only_its_complaints_and_pressed_again_all(demo_desk: Desk, shown):
    tab = shown(demo_desk)
    tab.choose_due(Due.OVERDUE)
    assert tab.count == 4 and all(text.startswith("⚠") for text in texts(tab, Column.DUE))
    assert tab.bar.due.currentText() == "เกินกำหนด"
    tab.choose_due(Due.OVERDUE)
    assert tab.count == 752


def test_a_day_of_the_strip_shows_what_is_to_be_acted_on_that_day(demo_desk: Desk, shown):
    tab = shown(demo_desk)
    tab.choose_day(date(2020, 1, 29))
    assert tab.count == 8 and tab.wanted.act_on == date(2020, 1, 29)
    assert "29 ม.ค. 2563" in tab.bar.due.currentText()
    tab.choose_day(date(2020, 1, 30))
    assert tab.count == 43
    assert tab.bar.due.count() == 1 + len(Due) + 1  # the day before it is gone from the choices
    tab.choose_day(date(2020, 1, 30))
    assert tab.count == 752


def test_a_heading_sorts_and_pressed_again_sorts_the_other_way(demo_desk: Desk, qtbot, shown):
    tab = shown(demo_desk)
    click_heading(qtbot, tab, Column.NUMBER)
    numbers = texts(tab, Column.NUMBER)
    assert tab.wanted.sort_by is SortBy.NUMBER and numbers[0] == "2562-00001"
    click_heading(qtbot, tab, Column.NUMBER)
    assert texts(tab, Column.NUMBER) == numbers[::-1]
    heads = tab.view.horizontalHeader()
    assert (heads.sortIndicatorSection(), heads.sortIndicatorOrder()) == (Column.NUMBER, Qt.SortOrder.DescendingOrder)
    tab.view.setColumnHidden(Column.PLACE, False)
    tab.view.horizontalHeader().sectionClicked.emit(Column.PLACE)  # nothing is sorted by place
    assert heads.sortIndicatorSection() == Column.NUMBER and tab.wanted.descending


def test_today_shows_everything_again_what_burns_first(demo_desk: Desk, qtbot, shown):
    tab = shown(demo_desk)
    click_heading(qtbot, tab, Column.SUBJECT)
    tab.bar.status.setCurrentText(Status.NEW.value)
    tab.show_today()
    assert tab.count == 752 and tab.wanted.sort_by is SortBy.DUE and not tab.wanted.descending


# Many rows


def test_the_first_rows_come_at_once_and_the_rest_behind(demo_desk: Desk, qtbot, shown):
    tab = shown(demo_desk)
    tab.model.show_filter(tab.wanted)
    assert tab.model.rowCount() == 256
    assert tab.bar.count.text() == "256… เรื่อง"
    qtbot.waitUntil(lambda: tab.model.rowCount() == 752)
    qtbot.waitUntil(lambda: tab.bar.count.text() == "752 เรื่อง")


def test_only_the_pages_looked_at_are_read_and_few_are_kept(demo_desk: Desk, shown, monkeypatch):
    tab = shown(demo_desk)
    monkeypatch.setattr(list_model, "PAGES", 3)
    tab.model.fetch_all()
    numbers = texts(tab, Column.NUMBER)  # through every page, past the cache's room
    assert len(set(numbers)) == 752
    assert len(tab.model._pages) == 3
    assert [str(tab.model.index(row, Column.NUMBER).data()) for row in (700, 0, 255, 256)] == [
        numbers[row] for row in (700, 0, 255, 256)
    ]


def test_a_page_read_before_its_last_rows_came_is_read_again(demo_desk: Desk, shown, monkeypatch):
    monkeypatch.setattr(list_model, "PAGE", 100)  # the first 256 rows end inside the third page
    tab = shown(demo_desk)
    tab.model.show_filter(tab.wanted)
    assert tab.model.number_at(250)
    tab.model.fetch_all()
    assert tab.model.number_at(290) == texts(tab, Column.NUMBER)[290]


def test_after_a_refresh_selection_and_place_are_where_they_were(demo_desk: Desk, shown):
    tab = shown(demo_desk)
    tab.model.fetch_all()
    tab.view.setCurrentIndex(tab.model.index(300, 0))
    number = tab.model.number_at(300)
    scrolled = tab.view.verticalScrollBar().value()
    add(demo_desk, "0-ด่วนที่สุด", date(2020, 1, 2))  # comes before all others
    tab.refresh()
    assert texts(tab, Column.NUMBER)[0] != number
    assert tab.model.number_at(tab.view.currentIndex().row()) == number
    assert [tab.model.number_at(row) for row in tab.view.selected_rows()] == [number]
    assert tab.view.verticalScrollBar().value() == scrolled


# Opening, copying, columns


def test_enter_and_double_click_open_the_complaint(demo_desk: Desk, qtbot, shown):
    tab = shown(demo_desk)
    tab.view.setCurrentIndex(tab.model.index(2, 0))
    with qtbot.waitSignal(tab.opened) as opened:
        qtbot.keyClick(tab.view, Qt.Key.Key_Return)
    assert opened.args == [tab.model.number_at(2)]
    place = tab.view.visualRect(tab.model.index(4, Column.SUBJECT)).center()
    with qtbot.waitSignal(tab.opened) as opened:
        qtbot.mouseClick(tab.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(tab.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [tab.model.number_at(4)]


def test_arrow_down_leads_from_the_search_into_the_rows(demo_desk: Desk, qtbot, shown):
    tab = shown(demo_desk)
    tab.activateWindow()
    tab.focus_search()
    qtbot.waitUntil(tab.bar.search.hasFocus)
    qtbot.keyClick(tab.bar.search, Qt.Key.Key_Down)
    assert tab.view.hasFocus()


def test_copying_puts_the_rows_on_the_clipboard_as_shown(demo_desk: Desk, qtbot, shown):
    tab = shown(demo_desk)
    heads = tab.view.horizontalHeader()
    heads.moveSection(heads.visualIndex(Column.NUMBER), 0)
    tab.view.setColumnHidden(Column.TYPE, True)
    tab.view.selectRow(0)
    qtbot.keyClick(tab.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    cells = QGuiApplication.clipboard().text().split("\t")
    assert cells[:2] == [tab.model.number_at(0), "⚠ เกินกำหนด 9 วันทำการ"]
    assert len(cells) == 6
    qtbot.keyClick(tab.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    tab.foot.copy_action.trigger()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 3 and lines[0].startswith("เลขที่รับแจ้ง\tกำหนด\t")


def test_columns_moved_widened_and_shown_are_so_again_at_the_next_start(demo_desk: Desk, shown, tmp_path: Path):
    def settings() -> QSettings:
        return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)

    first = shown(demo_desk, settings())
    assert first.view.isColumnHidden(Column.PLACE)
    menu = {action.text(): action for action in first.view.columns_menu().actions()}
    menu["สถานที่"].trigger()
    menu["ประเภท"].trigger()
    first.view.setColumnWidth(Column.STATUS, 222)
    heads = first.view.horizontalHeader()
    heads.moveSection(heads.visualIndex(Column.NUMBER), 0)
    first.save_columns()
    second = shown(demo_desk, settings())
    assert not second.view.isColumnHidden(Column.PLACE) and second.view.isColumnHidden(Column.TYPE)
    assert second.view.columnWidth(Column.STATUS) == 222
    assert second.view.horizontalHeader().visualIndex(Column.NUMBER) == 0
    second.view.columns_menu().actions()[-1].trigger()
    assert second.view.isColumnHidden(Column.PLACE) and not second.view.isColumnHidden(Column.TYPE)
    assert second.view.horizontalHeader().visualIndex(Column.NUMBER) == Column.NUMBER


def test_the_number_column_cannot_be_hidden_and_subject_takes_the_room_left(demo_desk: Desk, shown):
    tab = shown(demo_desk)
    assert not tab.view.columns_menu().actions()[Column.NUMBER].isEnabled()
    before = tab.view.columnWidth(Column.SUBJECT)
    tab.view.columns_menu().actions()[Column.TYPE].trigger()
    assert tab.view.columnWidth(Column.SUBJECT) == before + FACES[Column.TYPE].width


# One step for many


def test_many_are_accepted_in_one_stroke_and_accepted_ones_keep_their_day(desk: Desk, qtbot, shown):
    add(desk, "1", date(2020, 1, 23))
    add(desk, "2", date(2020, 1, 24), accepted=date(2020, 1, 27))
    add(desk, "3", date(2020, 1, 27))
    tab = shown(desk)
    select(tab, "1", "2", "3")
    assert tab.foot.selection.text() == "เลือก 3 เรื่อง"
    tab.foot.steps[BulkStep.ACCEPT].trigger()
    dialog = dialog_of(tab)
    assert dialog.windowTitle() == "รับเรื่อง 3 เรื่อง" and dialog.day.day() == TODAY
    with qtbot.waitSignal(tab.changed), qtbot.waitSignal(tab.told) as told:
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert told.args == ["รับเรื่องแล้ว 2 เรื่อง · คงเดิม 1 เรื่อง"]
    assert [complaint(desk, number).accepted for number in "123"] == [TODAY, date(2020, 1, 27), TODAY]
    assert texts(tab, Column.STATUS) == [Status.IN_PROGRESS.value] * 3
    assert operations(desk, "รับเรื่อง") == 1


def test_a_follow_up_for_many_needs_its_words(desk: Desk, qtbot, shown):
    add(desk, "1", date(2020, 1, 23), accepted=date(2020, 1, 24))
    add(desk, "2", date(2020, 1, 24), accepted=date(2020, 1, 27))
    tab = shown(desk)
    select(tab, "1", "2")
    tab.activateWindow()
    tab.view.setFocus()
    qtbot.waitUntil(tab.view.hasFocus)
    qtbot.keyClick(tab.view, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(tab)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "ข้อความ" in dialog.problem.text())
    assert dialog.isVisible()
    type_text(dialog.text, "ตรวจพื้นที่แล้ว")
    with qtbot.waitSignal(dialog.saved):
        qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
    (kept,) = backups_there(desk)
    assert kept.good and kept.reason == "ก่อนบันทึกหลายเรื่อง"
    assert [complaint(desk, number).entries[0].text for number in "12"] == ["ตรวจพื้นที่แล้ว"] * 2
    assert operations(desk, "บันทึกการติดตาม") == 1


def test_when_one_of_many_refuses_none_is_saved_and_the_dialog_says_which(desk: Desk, qtbot, shown):
    add(desk, "1", date(2020, 1, 23))
    add(desk, "2", date(2020, 1, 28))
    tab = shown(desk)
    select(tab, "1", "2")
    tab.foot.steps[BulkStep.ACCEPT].trigger()
    dialog = dialog_of(tab)
    dialog.day.set_day(date(2020, 1, 24))
    dialog.save_button.click()
    qtbot.waitUntil(lambda: bool(dialog.problem.text()))
    assert dialog.isVisible()
    assert "⚠" in dialog.problem.text() and "เรื่อง 2" in dialog.problem.text() and "28 ม.ค." in dialog.problem.text()
    assert complaint(desk, "1").accepted is None
    dialog.day.edit.setText("32/1/2563")
    dialog.save_button.click()
    assert "ไม่มีวันนี้" in dialog.problem.text()
    dialog.reject()


def test_handing_many_on_keeps_where_to_in_the_history(desk: Desk, qtbot, shown):
    add(desk, "1", date(2020, 1, 23))
    tab = shown(desk)
    select(tab, "1")
    tab.foot.steps[BulkStep.TRANSFER].trigger()
    dialog = dialog_of(tab)
    type_text(dialog.text, "สำนักการโยธา")
    dialog.save_button.click()
    assert complaint(desk, "1").transferred == TODAY
    assert texts(tab, Column.DUE) == ["→ ส่งต่อแล้ว"]
    why = desk.register.connection.execute("SELECT why FROM operation WHERE action = 'ส่งต่อ'").fetchone()
    assert why == ("สำนักการโยธา",)


def operations(desk: Desk, action: str) -> int:
    found: int = desk.register.connection.execute(
        "SELECT count(*) FROM operation WHERE action = ?", (action,)
    ).fetchone()[0]
    return found


def test_without_a_selection_no_step_can_be_taken_and_all_can_be_selected(demo_desk: Desk, qtbot, shown):
    tab = shown(demo_desk)
    assert not any(action.isEnabled() for action in (*tab.foot.steps.values(), tab.foot.copy_action))
    tab.model.show_filter(tab.wanted)  # the rows behind the first ones are not there yet
    qtbot.keyClick(tab.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert tab.foot.selection.text() == "เลือก 752 เรื่อง"
    assert [action.text() for action in tab.foot.menu().actions() if action.text()] == [
        "เปิดเรื่อง",
        "รับเรื่อง…",
        "บันทึกการติดตาม…",
        "ส่งต่อ…",
        "คัดลอก",
    ]


# Nothing yet


def test_an_empty_register_says_what_to_do_first(desk: Desk, qtbot, shown):
    tab = shown(desk)
    assert tab.first_page.isVisible()
    assert not any(part.isVisible() for part in (tab.view, tab.bar, tab.foot))
    with qtbot.waitSignal(tab.import_asked):
        qtbot.mouseClick(tab.first_page.import_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(tab.new_asked):
        qtbot.mouseClick(tab.first_page.new_button, Qt.MouseButton.LeftButton)
    add(desk, "1", date(2020, 1, 23))
    tab.refresh()
    assert tab.view.isVisible() and tab.foot.isVisible()


def test_the_list_lets_go_of_the_register_so_another_may_write(demo_desk: Desk, shown, qapp: QApplication):
    tab = shown(demo_desk)
    tab.model.show_filter(tab.wanted)
    tab.model.fetch_all()
    other = sqlite3.connect(demo_desk.register.folder / "register.sqlite", timeout=0.1)
    try:
        changed = other.execute("UPDATE setting SET value = value").rowcount
        other.commit()  # raises while a statement of the list still reads
        assert changed > 0
    finally:
        other.close()
