"""The theme: every ink can be read on its tint, in light and dark, and no state is told by colour alone."""

import pytest
from PySide6.QtCore import QTime
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLabel, QSpinBox, QTimeEdit

from desktop import paths
from desktop.ui import theme
from desktop.ui.choice_box import ChoiceBox
from desktop.ui.theme import DARK, LIGHT, Colours, Look

READABLE = 4.5  # WCAG 2, normal text


def contrast(first: str, second: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_knows_black_on_white_and_grey_on_grey():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") < READABLE < contrast("#767676", "#ffffff")


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("look", Look)
def test_every_state_can_be_read_on_its_tint_and_on_the_plain_grounds(colours: Colours, look: Look):
    grounds = (colours.tint[look], colours.base, colours.alternate, colours.window)
    assert min(contrast(colours.ink[look], ground) for ground in grounds) >= READABLE


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_muted_text_and_the_primary_button_can_be_read(colours: Colours):
    for ground in (colours.base, colours.window, colours.alternate):
        assert contrast(colours.text, ground) >= READABLE
        assert contrast(colours.muted, ground) >= READABLE
    assert contrast(colours.accent_text, colours.accent) >= READABLE
    assert contrast(colours.accent, colours.base) >= READABLE


def test_every_state_but_the_plain_one_has_a_sign_of_its_own():
    signs = [look.value for look in Look if look is not Look.PLAIN]
    assert all(signs) and len(set(signs)) == len(signs)


def test_the_colours_in_use_follow_the_theme_put_on(qapp: QApplication):
    try:
        theme.apply_theme(qapp, dark=True)
        assert theme.colours() is DARK
        label = QLabel("คำ")
        label.setProperty("look", "overdue")
        label.ensurePolished()
        assert label.palette().color(label.foregroundRole()).name() == DARK.ink[Look.OVERDUE]
    finally:
        theme.apply_theme(qapp, dark=False)
    assert theme.colours() is LIGHT


@pytest.mark.parametrize("buttons", [True, False], ids=["with arrows", "without"])
@pytest.mark.parametrize("kind", [QTimeEdit, QSpinBox])
def test_what_stands_in_a_field_of_figures_is_seen_whole(qapp: QApplication, kind: type, buttons: bool):
    theme.load_fonts(paths.fonts_folder())
    theme.apply_theme(qapp, dark=False)
    field: QAbstractSpinBox = kind()
    words = "23:59"
    if isinstance(field, QTimeEdit):
        field.setDisplayFormat("HH:mm")
        field.setTime(QTime(23, 59))
    else:
        words = "2563"
        field.setRange(2500, 2600)
        field.setValue(2563)
    if not buttons:
        field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
    for rule, seen in (("", True), ("QAbstractSpinBox { border: 1px solid; padding: 2px }", buttons)):  # the control
        field.setStyleSheet(rule)
        field.resize(field.sizeHint())
        field.show()
        qapp.processEvents()
        inside = field.lineEdit()
        assert inside.text() == words
        assert (inside.width() >= inside.fontMetrics().horizontalAdvance(words)) is seen
        field.hide()


def test_a_line_of_text_has_room_for_every_thai_mark(qapp):
    """Tone marks over vowels and the feet of ฏ and ู stay inside a label's line: its edge cuts nothing off."""
    theme.load_fonts(paths.fonts_folder())
    for font in (theme.text_font(), theme.heading_font()):
        metrics = QFontMetricsF(font)
        for word in ("ที่", "ญี่ปุ่น", "ฝั้น", "ป้ำ", "ปฏิบัติถูกต้อง", "ครู", "กู้", "น้ำ", "เรื่องร้องทุกข์"):
            ink = metrics.tightBoundingRect(word)
            assert -ink.top() <= metrics.ascent() + 0.5 and ink.bottom() <= metrics.descent() + 0.5, word
    published = QFont("Sarabun Window")  # the control: the published line box ends 0.232 em down
    published.setPixelSize(100)
    ink = QFontMetricsF(published).tightBoundingRect("ญี่ปุ่น")
    assert ink.bottom() > 23.2


def test_a_list_to_choose_from_shows_whole_words_and_the_chosen_line(qapp, qtbot):
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.addItems(["ทุกสถานะ", "อยู่ระหว่างดำเนินการตามขั้นตอน"])
    box.setFixedWidth(80)
    for dark in (True, False):
        theme.apply_theme(qapp, dark=dark)
        box.show()
        box.showPopup()
        view = box.view()
        assert view.viewport().width() >= view.fontMetrics().horizontalAdvance(box.itemText(1))
        first = view.visualRect(view.model().index(0, 0))
        shown = view.viewport().grab(first).toImage()
        colours = {shown.pixelColor(x, y).name() for x in range(shown.width()) for y in range(shown.height())}
        wanted = theme.DARK if dark else theme.LIGHT
        assert {wanted.accent, wanted.accent_text} <= colours  # the words and what they stand on
        box.hidePopup()
