"""The officer types days in all her ways; the field shows them back in พ.ศ., asks, or refuses (T03, T04, T05)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.day_order import EARLIEST_DAY
from desktop.domain.thai_dates import DateRefused, YearUnclear, long_date, short_date, slashed_date, thai_digits
from desktop.domain.typed_dates import LATEST_DAY, days_after, read_typed
from desktop.domain.working_days import OfficeCalendar
from desktop.ui.date_field import DateField
from tests.ui.thai_typing import retype

TODAY = date(2020, 1, 28)
FIFTH = date(2020, 2, 5)
NO_SUCH_DAY, UNREADABLE, TOO_OLD, DISAGREES = "ไม่มีวันนี้ในปฏิทิน", "ไม่ใช่วันที่ที่อ่านได้", "เก่าเกินไป", "ไม่ตรงกัน"

UNDERSTOOD = [
    ("5/2/2563", FIFTH),
    ("05/02/2563", FIFTH),
    ("๕/๒/๒๕๖๓", FIFTH),
    ("๐๕/๐๒/๒๕๖๓", FIFTH),
    ("5-2-2563", FIFTH),
    ("5.2.2563", FIFTH),
    ("5 / 2 / 2563", FIFTH),
    ("2563-02-05", FIFTH),
    ("๒๕๖๓-๐๒-๐๕", FIFTH),
    ("2563-2-5", FIFTH),
    ("5 ก.พ. 2563", FIFTH),
    ("5 ก.พ 2563", FIFTH),
    ("5 กพ 2563", FIFTH),
    ("5กพ2563", FIFTH),
    ("5 กุมภาพันธ์ 2563", FIFTH),
    ("5 กุมภาพันธ์ พ.ศ. 2563", FIFTH),
    ("๕ กุมภาพันธ์ ๒๕๖๓", FIFTH),
    ("  5   ก.พ.  2563 ", FIFTH),
    ("พ. 5 ก.พ. 2563", FIFTH),
    ("พุธ 5 ก.พ. 2563", FIFTH),
    ("วันพุธที่ 5 กุมภาพันธ์ พ.ศ. 2563", FIFTH),
    ("5/2/2020", FIFTH),
    ("2020-02-05", FIFTH),
    ("5 ก.พ. ค.ศ. 2020", FIFTH),
    ("๕/๒/๒๐๒๐", FIFTH),
    ("22/11/2569", date(2026, 11, 22)),
    ("22/11/2026", date(2026, 11, 22)),
    ("๒๒/๑๑/๒๕๖๙", date(2026, 11, 22)),
    ("5/2", FIFTH),
    ("๕/๒", FIFTH),
    ("5-2", FIFTH),
    ("5.2", FIFTH),
    ("5 ก.พ.", FIFTH),
    ("5 กุมภาพันธ์", FIFTH),
    ("29/2", date(2020, 2, 29)),
    ("วันนี้", TODAY),
    ("เมื่อวาน", date(2020, 1, 27)),
    ("พรุ่งนี้", date(2020, 1, 29)),
    ("+3", date(2020, 1, 31)),
    ("+๓", date(2020, 1, 31)),
    ("+ 4", date(2020, 2, 1)),
    ("-2", date(2020, 1, 26)),
    ("−2", date(2020, 1, 26)),
    ("-28", date(2019, 12, 31)),
    ("+0", TODAY),
    ("29/2/2567", date(2024, 2, 29)),
    ("29/2/2563", date(2020, 2, 29)),
    ("29/2/2024", date(2024, 2, 29)),
    ("29 ก.พ. 2567", date(2024, 2, 29)),
    ("๒๙/๒/๒๕๖๗", date(2024, 2, 29)),
    ("31/12/2562", date(2019, 12, 31)),
    ("1/1/2484", date(1941, 1, 1)),
    ("1/1/1941", date(1941, 1, 1)),
    ("1/1/2700", date(2157, 1, 1)),
    ("31/12/2100", date(2100, 12, 31)),
]
REFUSED = [
    ("29/2/2569", NO_SUCH_DAY),
    ("29/2/2562", NO_SUCH_DAY),
    ("29 ก.พ. 2569", NO_SUCH_DAY),
    ("2569-02-29", NO_SUCH_DAY),
    ("29/2/2026", NO_SUCH_DAY),
    ("29/2/2643", NO_SUCH_DAY),  # 2100 is no leap year
    ("31/4/2563", NO_SUCH_DAY),
    ("0/1/2563", NO_SUCH_DAY),
    ("1/13/2563", NO_SUCH_DAY),
    ("31/2", NO_SUCH_DAY),
    ("31/12/2483", TOO_OLD),
    ("1/4/2483", TOO_OLD),
    ("31/12/1940", TOO_OLD),
    ("1/1/2400", TOO_OLD),
    ("1/1/1900", TOO_OLD),
    ("พฤ. 5 ก.พ. 2563", DISAGREES),
    ("วันศุกร์ที่ 5 ก.พ. 2563", DISAGREES),
    ("5", UNREADABLE),
    ("5 2 2563", UNREADABLE),
    ("5/กพ/2563", UNREADABLE),
    ("5 กก. 2563", UNREADABLE),
    ("พรุ่ง", UNREADABLE),
    ("abc", UNREADABLE),
    ("5/2/2563 เช้า", UNREADABLE),
    ("<b>5/2/2563</b>", UNREADABLE),
    ("=1+1", UNREADABLE),
    ("+99999", "ไกลเกินไป"),
    ("5/2/2200", "ไม่ชัดเจน"),
    ("5/2/2399", "ไม่ชัดเจน"),
    ("5/2/2701", "ไม่ชัดเจน"),
    ("5/2/563", "ไม่ชัดเจน"),
    ("29/2/69", "ไม่ชัดเจน"),  # neither 2569 nor 2069 has the day
]
ASKED = [
    ("5/2/63", (FIFTH, date(2063, 2, 5))),
    ("๕/๒/๖๓", (FIFTH, date(2063, 2, 5))),
    ("5 ก.พ. 63", (FIFTH, date(2063, 2, 5))),
    ("22/11/69", (date(2026, 11, 22), date(2069, 11, 22))),
    ("22/11/26", (date(1983, 11, 22), date(2026, 11, 22))),
    ("29/2/67", (date(2024, 2, 29),)),
]


@pytest.fixture
def field(qtbot: QtBot) -> DateField:
    """A date field on 28 January 2563 that knows one holiday."""
    made = DateField(TODAY, calendar=OfficeCalendar({date(2020, 2, 10): "ชดเชย<b>วันมาฆบูชา"}))
    qtbot.addWidget(made)
    made.show()
    made.edit.setFocus()
    return made


def typed(qtbot: QtBot, field: DateField, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type a text over what stands in the field, and finish it."""
    retype(field.edit, text)
    qtbot.keyClick(field.edit, key)


def choices(field: DateField) -> list[QPushButton]:
    """The buttons of the question, as far as one is asked."""
    return [button for button in field.choices.findChildren(QPushButton) if button.isVisible()]


@pytest.mark.parametrize(("text", "day"), UNDERSTOOD)
def test_a_typed_day_is_understood_and_shown_back_in_full(qtbot: QtBot, field: DateField, text: str, day: date) -> None:
    typed(qtbot, field, text)
    assert field.day() == day
    assert field.edit.text() == short_date(day)
    assert field.weekday.text().startswith(("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"))
    assert field.problem() == "" and not field.trouble.isVisible() and not choices(field)


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_nonsense_is_refused_in_words_and_stays_as_typed(qtbot: QtBot, field: DateField, text: str, why: str) -> None:
    typed(qtbot, field, text)
    assert field.day() is None
    assert field.edit.text() == text
    assert why in field.problem() and why in field.trouble.text()
    assert field.trouble.isVisible() and field.trouble.text().startswith("⚠")
    assert field.trouble.textFormat() is Qt.TextFormat.PlainText
    assert not choices(field) and not field.weekday.text()


@pytest.mark.parametrize(("text", "meant"), ASKED)
def test_a_two_digit_year_is_asked_about_the_buddhist_reading_first(
    qtbot: QtBot, field: DateField, text: str, meant: tuple[date, ...]
) -> None:
    typed(qtbot, field, text)
    assert field.day() is None and field.problem()
    assert [button.text() for button in choices(field)] == [f"{short_date(day)} (ค.ศ. {day.year})" for day in meant]
    qtbot.mouseClick(choices(field)[-1], Qt.MouseButton.LeftButton)
    assert field.day() == meant[-1]
    assert field.edit.text() == short_date(meant[-1])
    assert not choices(field) and field.problem() == ""


def test_the_table_of_typed_days_is_long_enough() -> None:
    assert len(UNDERSTOOD) + len(REFUSED) + len(ASKED) >= 60


def test_enter_answers_the_question_with_the_buddhist_reading(qtbot: QtBot, field: DateField) -> None:
    typed(qtbot, field, "5/2/63", Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is choices(field)[0]
    qtbot.keyClick(choices(field)[0], Qt.Key.Key_Return)
    assert field.day() == FIFTH


def test_typing_on_takes_the_question_away(qtbot: QtBot, field: DateField) -> None:
    typed(qtbot, field, "5/2/63")
    assert choices(field)
    retype(field.edit, "5/2/2563")
    assert not choices(field) and not field.trouble.isVisible()


def test_a_gregorian_year_is_confirmed_where_it_can_be_seen(qtbot: QtBot, field: DateField) -> None:
    typed(qtbot, field, "5/2/2020")
    assert field.weekday.text() == "พุธ (พิมพ์เป็น ค.ศ. 2020)"
    typed(qtbot, field, "5/2/2563")
    assert field.weekday.text() == "พุธ"


def test_leaving_the_field_settles_it(qtbot: QtBot, field: DateField) -> None:
    qtbot.keyClicks(field.edit, "+3")
    assert field.edit.text() == "+3" and field.day() == date(2020, 1, 31)  # known before it is settled
    field.edit.clearFocus()
    assert field.edit.text() == "31 ม.ค. 2563"


def test_each_other_day_is_told_once(qtbot: QtBot, field: DateField) -> None:
    told: list[date | None] = []
    field.day_changed.connect(lambda: told.append(field.day()))
    typed(qtbot, field, "5/2/2563")
    typed(qtbot, field, "๕/๒/๒๕๖๓")
    typed(qtbot, field, "5/2/63")
    field.set_day(FIFTH)
    retype(field.edit, "")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert told == [FIFTH, None, FIFTH, None]
    assert field.is_blank() and field.problem() == "" and field.weekday.text() == ""


def test_arrows_move_by_days_over_the_months_end(qtbot: QtBot, field: DateField) -> None:
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.day() == TODAY  # a blank field starts today
    typed(qtbot, field, "31/12/2562")
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.edit.text() == "1 ม.ค. 2563"
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    assert field.edit.text() == "30 ธ.ค. 2562" and field.weekday.text() == "จันทร์"


def test_ctrl_z_takes_back_what_was_typed(qtbot: QtBot, field: DateField) -> None:
    field.set_day(FIFTH)
    field.edit.setCursorPosition(0)
    qtbot.keyClicks(field.edit, "1")
    assert field.day() == date(2020, 2, 15)
    qtbot.keyClick(field.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.day() == FIFTH


def test_a_read_only_field_can_be_read_but_not_changed(qtbot: QtBot, field: DateField) -> None:
    field.set_day(FIFTH)
    field.set_read_only(True)
    qtbot.keyClicks(field.edit, "9")
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    field.open_calendar()
    assert field.day() == FIFTH and not field.button.isEnabled()
    assert field._popup is None


def test_the_calendar_opens_on_the_day_under_a_buddhist_heading(qtbot: QtBot, field: DateField) -> None:
    field.set_day(FIFTH)
    qtbot.keyClick(field.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = field._popup
    assert popup is not None and popup.isVisible()
    assert popup.heading.text() == "กุมภาพันธ์ 2563"
    assert popup.told.text() == "วันพุธที่ 5 กุมภาพันธ์ 2563"
    qtbot.mouseClick(popup.previous, Qt.MouseButton.LeftButton)
    assert popup.heading.text() == "มกราคม 2563"
    qtbot.mouseClick(popup.previous, Qt.MouseButton.LeftButton)
    assert popup.heading.text() == "ธันวาคม 2562"
    qtbot.mouseClick(popup.following, Qt.MouseButton.LeftButton)
    assert popup.heading.text() == "มกราคม 2563"


def test_the_calendar_is_used_by_keyboard_alone(qtbot: QtBot, field: DateField) -> None:
    field.set_day(FIFTH)
    field.open_calendar()
    popup = field._popup
    assert popup is not None
    grid = popup.month.findChild(QApplication.focusWidget().__class__) or popup.month
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        qtbot.keyClick(grid, key)
    assert popup.heading.text() == "มีนาคม 2563"
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert field.edit.text() == "13 มี.ค. 2563"


def test_escape_leaves_the_calendar_without_a_day(qtbot: QtBot, field: DateField) -> None:
    field.set_day(FIFTH)
    field.open_calendar()
    popup = field._popup
    assert popup is not None
    qtbot.keyClick(popup.month, Qt.Key.Key_Right)
    qtbot.keyClick(popup.month, Qt.Key.Key_Escape)
    assert not popup.isVisible() and field.day() == FIFTH


def test_today_is_one_press_away_in_the_calendar(qtbot: QtBot, field: DateField) -> None:
    field.set_day(FIFTH)
    field.open_calendar()
    popup = field._popup
    assert popup is not None
    qtbot.mouseClick(popup.today_button, Qt.MouseButton.LeftButton)
    assert field.day() == TODAY


def test_a_holiday_is_tinted_and_named_in_words(qtbot: QtBot, field: DateField) -> None:
    field.set_day(date(2020, 2, 10))
    field.open_calendar()
    popup = field._popup
    assert popup is not None
    assert "หยุด: ชดเชย<b>วันมาฆบูชา" in popup.told.text()
    assert popup.told.textFormat() is Qt.TextFormat.PlainText
    dressed = popup.month.dateTextFormat()
    assert [day.toString("yyyy-MM-dd") for day in dressed] == ["2020-02-10"]
    assert next(iter(dressed.values())).toolTip() == "ชดเชย&lt;b&gt;วันมาฆบูชา"


def test_a_day_pressed_with_the_mouse_is_taken(qtbot: QtBot, field: DateField) -> None:
    field.set_day(FIFTH)
    field.open_calendar()
    popup = field._popup
    assert popup is not None
    taken: list[date] = []
    popup.chosen.connect(taken.append)
    view = next(part for part in popup.month.findChildren(type(popup.month).__mro__[1]) if part.objectName())
    viewport = view.viewport() if hasattr(view, "viewport") else view
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(viewport.width() // 14, 10))
    assert taken and field.day() == taken[0] == date(2020, 1, 26)  # the first cell of February's page: a Sunday


@given(st.dates(EARLIEST_DAY, LATEST_DAY), st.dates(EARLIEST_DAY, date(2100, 1, 1)))
def test_what_is_shown_is_read_back_as_the_same_day(day: date, today: date) -> None:
    for shown in (short_date(day), long_date(day), slashed_date(day), thai_digits(short_date(day))):
        assert read_typed(shown, today) == day


@given(st.text(alphabet="0123456789๐๑๒๕/.-+ กพม.วันจะ", max_size=14))
def test_any_text_is_a_day_or_blank_or_refused_in_words(text: str) -> None:
    try:
        day = read_typed(text, TODAY)
    except YearUnclear as unclear:
        assert all(EARLIEST_DAY <= day <= LATEST_DAY for day in unclear.choices)
    except DateRefused as refused:
        assert str(refused)
    else:
        assert day is None or EARLIEST_DAY <= day <= LATEST_DAY


@given(st.dates(EARLIEST_DAY, LATEST_DAY), st.integers(-100_000, 100_000))
def test_days_after_never_leave_what_a_field_takes(day: date, steps: int) -> None:
    moved = days_after(day, steps)
    assert EARLIEST_DAY <= moved <= LATEST_DAY
    if moved not in (EARLIEST_DAY, LATEST_DAY):
        assert moved - day == timedelta(days=steps)
