"""F9: the clipboard's picture or the screens without our window, from when to when, what failed; kept whole or not."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QTime, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.domain.evidence import OF_OUTAGE, Outage
from desktop.services.attaching import attachments_of
from desktop.services.desk import Desk
from desktop.services.office_settings import officer_name, save_officer_name
from desktop.services.outage_work import outages_between
from desktop.storage.attachment_files import stored_hashes
from desktop.ui import screen_capture, theme
from desktop.ui.outage_dialog import OutageDialog
from desktop.ui.outage_pictures import EMPTY_CLIPBOARD, FROM_CLIPBOARD, LOOKING, NO_PICTURE, NOTHING_CAPTURED
from desktop.ui.screen_capture import ScreenCapture
from tests.services.picture_faults import encoded, paper, scene
from tests.ui.thai_typing import retype

SCREEN = encoded(scene(64, 40, 1), "PNG")
LONG = 20_000  # milliseconds: the machine may be busy


def image(content: bytes = SCREEN) -> QImage:
    return QImage.fromData(content)


def blank(colour: int = 0xFF000000) -> QImage:
    made = QImage(64, 40, QImage.Format.Format_RGB32)
    made.fill(colour)
    return made


@pytest.fixture(autouse=True)
def clean_clipboard(qapp: QApplication) -> None:
    QGuiApplication.clipboard().clear()


@pytest.fixture
def at_ten(open_desk: Callable[..., Desk]) -> Desk:
    """A register on 28 January 2563 at 10.15 in Bangkok."""
    made = open_desk(date(2020, 1, 28))
    made.now_of = lambda: datetime(2020, 1, 28, 3, 15, 42, tzinfo=UTC)
    save_officer_name(made, "สมใจ")
    return made


@pytest.fixture
def dialog(qtbot: QtBot, at_ten: Desk, monkeypatch: pytest.MonkeyPatch) -> OutageDialog:
    """The dialog over a window, not begun."""
    monkeypatch.setattr(screen_capture, "PAUSE", 10)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    made = OutageDialog(at_ten, window)
    made.window_kept = window  # type: ignore[attr-defined]
    return made


def screens(monkeypatch: pytest.MonkeyPatch, *images: QImage) -> list[bool]:
    """These instead of the real screens; gives whether a window of ours was to be seen at each."""
    seen: list[bool] = []
    left = list(images)

    def picture(_screen: object) -> QImage:
        seen.append(any(window.isVisible() for window in QApplication.topLevelWidgets()))
        return left.pop(0)

    monkeypatch.setattr(screen_capture.QGuiApplication, "screens", lambda: list(images))
    monkeypatch.setattr(screen_capture, "_picture_of", picture)
    return seen


def looked_at(qtbot: QtBot, dialog: OutageDialog) -> None:
    """Wait until the dialog is up and every picture has been judged."""
    qtbot.waitUntil(lambda: dialog.isVisible() and not dialog.pictures.is_busy, timeout=LONG)


def all_of(desk: Desk) -> list[Outage]:
    return outages_between(desk, date(2000, 1, 1), date(2100, 1, 1))


def type_what(dialog: OutageDialog, words: str = "เข้าระบบไม่ได้") -> None:
    dialog.what.setPlainText(words)


def test_f9_offers_the_picture_in_the_clipboard_first(dialog: OutageDialog, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setImage(image())
    dialog.begin()
    looked_at(qtbot, dialog)
    assert len(dialog.pictures.images) == 1 and dialog.pictures.said.text().endswith(FROM_CLIPBOARD)
    dialog.pictures.take_out(dialog.pictures.shelf.key())
    assert dialog.pictures.images == [] and not dialog.pictures.said.isVisible()


def test_the_times_have_room_to_be_read(dialog: OutageDialog, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setImage(image())
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, dark=False)
    dialog.begin()
    looked_at(qtbot, dialog)
    for at in (dialog.began_at, dialog.ended_at):
        assert at.lineEdit().width() >= at.fontMetrics().horizontalAdvance("23.59")


def test_while_a_picture_is_looked_at_nobody_says_there_is_none(dialog: OutageDialog, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setImage(image())
    dialog.begin()
    assert dialog.pictures.empty.text() == LOOKING
    looked_at(qtbot, dialog)
    assert not dialog.pictures.empty.isVisible()
    dialog.pictures.take_out(dialog.pictures.shelf.key())
    assert dialog.pictures.empty.isVisible() and dialog.pictures.empty.text() == NO_PICTURE


def test_f9_without_one_takes_every_screen_with_our_windows_away_and_brings_them_back(
    dialog: OutageDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = screens(monkeypatch, image(), image(encoded(scene(80, 60, 2), "PNG")))
    dialog.begin()
    assert not dialog.isVisible()
    looked_at(qtbot, dialog)
    assert seen == [False, False]
    assert dialog.parentWidget().isVisible() and dialog.isVisible()
    names = [name for name, _ in dialog.pictures.images]
    assert names == ["จอ 1 28 ม.ค. 2563 10.15.42.png", "จอ 2 28 ม.ค. 2563 10.15.42.png"]


def test_capturing_again_from_the_open_dialog_hides_it_too(
    dialog: OutageDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    QGuiApplication.clipboard().setImage(image())
    dialog.begin()
    looked_at(qtbot, dialog)
    type_what(dialog)
    seen = screens(monkeypatch, image(encoded(scene(80, 60, 2), "PNG")))
    dialog.pictures.capture_button.click()
    dialog.pictures.capture_button.click()  # twice is once
    qtbot.waitUntil(lambda: len(dialog.pictures.images) == 2, timeout=LONG)
    assert seen == [False] and dialog.isVisible() and dialog.what.toPlainText() == "เข้าระบบไม่ได้"
    assert dialog.result() == 0 and all_of(dialog._desk) == []


@pytest.mark.parametrize("colour", [0xFF000000, 0xFFFFFFFF, 0xFF1F5FA8])
def test_a_capture_of_one_colour_is_said_and_not_kept(
    dialog: OutageDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, colour: int
) -> None:
    screens(monkeypatch, blank(colour), image())
    dialog.begin()
    looked_at(qtbot, dialog)
    assert [name[:4] for name, _ in dialog.pictures.images] == ["จอ 2"]
    assert "จอ 1" in dialog.pictures.said.text() and "ว่างเปล่า" in dialog.pictures.said.text()


def test_a_desktop_that_lets_nobody_capture_is_said(
    dialog: OutageDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screens(monkeypatch, QImage())
    dialog.begin()
    looked_at(qtbot, dialog)
    assert dialog.pictures.images == [] and NOTHING_CAPTURED in dialog.pictures.said.text()


def test_even_when_capturing_fails_the_windows_come_back(
    dialog: OutageDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_screen: object) -> QImage:
        raise OSError("no screen")

    monkeypatch.setattr(screen_capture, "_picture_of", failing)
    with qtbot.captureExceptions() as raised:
        dialog.pictures.capture.start()
        assert not dialog.parentWidget().isVisible()
        qtbot.waitUntil(lambda: bool(raised), timeout=LONG)
    assert dialog.parentWidget().isVisible()


def test_m09_files_clipboard_and_drops(
    dialog: OutageDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.open()
    dialog.pictures.paste()
    assert EMPTY_CLIPBOARD in dialog.pictures.said.text()
    for name, content in (("ก.png", SCREEN), ("ข.pdf", paper()), ("ค.gif", b"GIF89a" + bytes(9))):
        (tmp_path / name).write_bytes(content)
    monkeypatch.setattr(
        QFileDialog, "getOpenFileNames", lambda *_: ([str(tmp_path / "ก.png"), str(tmp_path / "ข.pdf")], "")
    )
    dialog.pictures.file_button.click()
    looked_at(qtbot, dialog)
    assert dialog.pictures.images == [("ก.png", SCREEN)]
    assert "ข.pdf" in dialog.pictures.said.text() and "PDF" in dialog.pictures.said.text()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("ก.png", "ค.gif")])
    assert dialog.pictures.take(data)
    looked_at(qtbot, dialog)
    assert len(dialog.pictures.images) == 1 and "GIF" in dialog.pictures.said.text()


def test_the_outage_is_saved_with_its_pictures_and_the_officers_name(dialog: OutageDialog, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setImage(image())
    dialog.begin()
    looked_at(qtbot, dialog)
    assert (dialog.ended.day(), dialog.ended_at.time()) == (date(2020, 1, 28), QTime(10, 15))
    dialog.began_at.setTime(QTime(8, 30))
    assert dialog.length.text() == "1 ชั่วโมง 45 นาที"
    type_what(dialog)
    printed: list[Outage] = []
    dialog.print_wanted.connect(printed.append)
    with qtbot.waitSignal(dialog.noted, timeout=LONG) as told:
        dialog.primary.click()
    (stored,) = all_of(dialog._desk)
    assert told.args == [stored] and printed == [] and not dialog.isVisible()
    assert (stored.began, stored.ended) == (datetime(2020, 1, 28, 8, 30), datetime(2020, 1, 28, 10, 15))
    assert (stored.what, stored.noted_by) == ("เข้าระบบไม่ได้", "สมใจ")
    assert len(attachments_of(dialog._desk, OF_OUTAGE, str(stored.number))) == 1


def test_without_an_officers_name_the_field_is_blank_says_so_and_sets_it(
    qtbot: QtBot, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk(date(2020, 1, 28))
    dialog = OutageDialog(desk)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.by.text() == "" and "ชื่อเจ้าหน้าที่" in dialog.by.placeholderText()
    dialog.by.setText("สมหญิง")
    type_what(dialog)
    with qtbot.waitSignal(dialog.noted, timeout=LONG) as told:
        dialog.primary.click()
    assert told.args[0].noted_by == "สมหญิง" and officer_name(desk) == "สมหญิง"
    again = OutageDialog(desk)
    qtbot.addWidget(again)
    assert again.by.text() == "สมหญิง"


def test_save_and_print_asks_for_the_evidence_page_of_what_was_stored(dialog: OutageDialog, qtbot: QtBot) -> None:
    dialog.open()
    type_what(dialog)
    with qtbot.waitSignal(dialog.print_wanted, timeout=LONG) as told:
        dialog.print_button.click()
    assert told.args == all_of(dialog._desk)


def test_what_is_wrong_is_said_inline_and_the_typing_stays(dialog: OutageDialog, qtbot: QtBot) -> None:
    dialog.open()
    dialog.primary.click()
    assert dialog.trouble.isVisible() and "อะไรขัดข้อง" in dialog.trouble.text()
    type_what(dialog)
    assert not dialog.trouble.isVisible()
    dialog.ended_at.setTime(QTime(10, 16))
    dialog.primary.click()
    assert "ยังมาไม่ถึง" in dialog.trouble.text()
    dialog.ended_at.setTime(QTime(9, 0))
    assert "มาก่อนเวลาเริ่ม" in dialog.trouble.text() and dialog.length.text() == ""
    retype(dialog.began.edit, "31/2/2563")
    dialog.primary.click()
    assert "ไม่มีวันนี้ในปฏิทิน" in dialog.trouble.text()
    retype(dialog.began.edit, "")
    assert "ยังไม่มีวันที่" in dialog.trouble.text()
    retype(dialog.began.edit, "27/1/2563")
    assert not dialog.trouble.isVisible() and dialog.length.text() == "22 ชั่วโมง 45 นาที"
    assert dialog.isVisible() and all_of(dialog._desk) == []


def test_cancelling_keeps_nothing(dialog: OutageDialog, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setImage(image())
    dialog.begin()
    looked_at(qtbot, dialog)
    type_what(dialog)
    dialog.back.click()
    assert not dialog.isVisible() and all_of(dialog._desk) == []
    assert stored_hashes(dialog._desk.register.folder) == set()


ON_A_REAL_SCREEN = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from desktop.ui import screen_capture, theme
application = QApplication([])
window = QWidget()
window.setStyleSheet("background: #ff0000")
window.setGeometry(100, 100, 300, 200)
window.show()
if sys.argv[1] == "without hiding":
    QWidget.hide = lambda self: None
def look(images):
    image = images[0]
    dots = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    print("red" if "#ff0000" in dots else "clear", len(images), window.isVisible(), flush=True)
    application.quit()
capture = screen_capture.ScreenCapture(window)
capture.captured.connect(look)
QTimer.singleShot(500, capture.start)
QTimer.singleShot(20000, application.quit)
application.exec()
"""


@pytest.mark.parametrize(("way", "seen"), [("as it is", "clear"), ("without hiding", "red")])
def test_on_a_real_screen_our_window_is_not_in_the_picture(way: str, seen: str) -> None:
    """And the control: without hiding it is."""
    arguments = ["Xvfb", "-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            assert server.stdout is not None
            display = f":{int(server.stdout.readline())}"
            done = subprocess.run(
                [sys.executable, "-c", ON_A_REAL_SCREEN, way], capture_output=True, text=True, timeout=90,
                env={**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": display},
            )  # fmt: skip
        finally:
            server.terminate()
    assert done.stdout.split() == [seen, "1", "True"], done.stderr


def test_a_window_that_goes_while_hidden_does_not_keep_the_others_away(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen_capture, "PAUSE", 50)
    gone, stays = QWidget(), QWidget()
    qtbot.addWidget(stays)
    for each in (gone, stays):
        each.show()
    capture = ScreenCapture(stays)
    with qtbot.waitSignal(capture.captured, timeout=LONG):
        capture.start()
        gone.deleteLater()
    assert stays.isVisible()


def test_windows_that_were_hidden_stay_hidden(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_capture, "PAUSE", 10)
    up, away = QWidget(), QWidget()
    for each in (up, away):
        qtbot.addWidget(each)
    up.showMaximized()
    capture = ScreenCapture(up)
    with qtbot.waitSignal(capture.captured, timeout=LONG):
        capture.start()
    assert up.isVisible() and up.isMaximized() and not away.isVisible()


def test_the_times_are_seen_under_the_programs_own_look(qtbot: QtBot, qapp: QApplication, dialog: OutageDialog) -> None:
    """A spin box without buttons leaves its text one pixel under a style sheet: the buttons are there, of no width."""
    before = qapp.styleSheet()
    app.dress(qapp)
    try:
        dialog.open()
        for at in (dialog.began_at, dialog.ended_at):
            assert at.lineEdit().width() >= at.fontMetrics().horizontalAdvance("00:00")
    finally:
        qapp.setStyleSheet(before)
        dialog.reject()
