"""The officer attaches by button, drop and paste, looks, copies out, takes off; what is bad or missing is said."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QIcon, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.complaint import Complaint
from desktop.domain.evidence import OF_COMPLAINT, Attachment
from desktop.services import attaching, complaint_work, pictures, undoing
from desktop.services.attaching import attach, attachments_of, content_of
from desktop.services.desk import Desk
from desktop.storage.attachment_files import place_of, stored_hashes
from desktop.storage.register import open_for_reading
from desktop.ui import clipboard_pictures, picture_viewer
from desktop.ui.attachments_group import EMPTY, UNSAVED, AttachmentsGroup
from desktop.ui.clipboard_pictures import content_of_image, found_in
from desktop.ui.picture_viewer import PictureViewer
from tests.conftest import SHIPPED
from tests.services.picture_faults import encoded, paper, scene

LEFT = Qt.MouseButton.LeftButton
JPEG, PNG, PDF = encoded(scene(64, 48, 1), "JPEG"), encoded(scene(64, 48, 2), "PNG"), paper(3)
LONG = 20_000  # milliseconds: the machine may be busy


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A register of two complaints on 28 January 2563."""
    for number in ("ก-1", "ก-2"):
        complaint_work.save(desk, None, Complaint(number, date(2020, 1, 27)))
    return desk


@pytest.fixture
def group(qtbot: QtBot, filled: Desk) -> AttachmentsGroup:
    """The group of a complaint in a window."""
    return shown(qtbot, filled)


def shown(qtbot: QtBot, desk: Desk, number: str = "ก-1") -> AttachmentsGroup:
    window = QWidget()
    layout = QVBoxLayout(window)
    made = AttachmentsGroup(desk)
    layout.addWidget(made)
    layout.addStretch()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    made.window_kept = window  # type: ignore[attr-defined]
    made.show_complaint(number)
    return made


@pytest.fixture(autouse=True)
def clean_clipboard(qapp: QApplication) -> None:
    QGuiApplication.clipboard().clear()


def kept(group: AttachmentsGroup, number: str = "ก-1") -> list[Attachment]:
    return attachments_of(group._desk, OF_COMPLAINT, number)


def settled(qtbot: QtBot, group: AttachmentsGroup) -> None:
    """Wait until every thumbnail has come."""
    qtbot.waitUntil(lambda: not group._behind.is_busy, timeout=LONG)


def files(folder: Path, **contents: bytes) -> list[Path]:
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def notices_of(group: AttachmentsGroup) -> list[str]:
    return [box.text() for box in group.findChildren(QMessageBox) if box.isVisible()]


def mime(paths: list[Path] | None = None, image: QImage | None = None, **raw: bytes) -> QMimeData:
    data = QMimeData()
    if paths is not None:
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    if image is not None:
        data.setImageData(image)
    for form, content in raw.items():
        data.setData(f"image/{form}", QByteArray(content))
    return data


def drop(group: AttachmentsGroup, data: QMimeData) -> bool:
    """Drag over the group and let go; tells whether it was taken."""
    entered = QDragEnterEvent(
        group.rect().center(), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    entered.ignore()
    group.dragEnterEvent(entered)
    if not entered.isAccepted():
        return False
    dropped = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier, QEvent.Type.Drop
    )
    group.dropEvent(dropped)
    return True


def test_an_empty_group_says_what_to_do(group: AttachmentsGroup, qtbot: QtBot, filled: Desk) -> None:
    assert group.empty.isVisible() and group.empty.text() == EMPTY and not group.shelf.isVisible()
    assert not group.open_button.isVisible() and group.add_button.isEnabled()
    group.show_complaint("")
    assert group.empty.text() == UNSAVED and not group.add_button.isEnabled()


def test_chosen_files_are_attached_in_one_stroke_and_bad_ones_named(
    group: AttachmentsGroup, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = files(tmp_path, **{"หลุม.jpg": JPEG, "ใบ.pdf": PDF, "เก่า.gif": b"GIF89a" + bytes(9), "ขาด.jpg": JPEG[:-40]})
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path) for path in paths], ""))
    told: list[str] = []
    group.told.connect(told.append)
    with qtbot.waitSignal(group.changed, timeout=LONG):
        qtbot.mouseClick(group.add_button, LEFT)
    assert group.shelf.names() == ["หลุม.jpg", "ใบ.pdf"] and not group.empty.isVisible()
    assert told == ["แนบแล้ว 2 แฟ้ม กด Ctrl+Z เพื่อเลิกทำ"]
    (words,) = notices_of(group)
    assert "เก่า.gif: แฟ้มนี้เป็นภาพ GIF" in words and "ขาด.jpg" in words and "หลุม.jpg" not in words
    settled(qtbot, group)
    undoing.undo_newest(group._desk)
    group.show_complaint("ก-1")
    assert group.shelf.count() == 0 and group.empty.isVisible()


def test_files_and_pictures_are_dropped_in(group: AttachmentsGroup, qtbot: QtBot, tmp_path: Path) -> None:
    source = files(tmp_path, **{"ก.jpg": JPEG})
    with qtbot.waitSignal(group.changed, timeout=LONG):
        assert drop(group, mime(source))
    assert source[0].read_bytes() == JPEG  # copied, not moved
    with qtbot.waitSignal(group.changed, timeout=LONG):
        assert drop(group, mime(image=QImage.fromData(PNG)))
    assert [each.media for each in kept(group)] == ["image/jpeg", "image/png"]
    text = QMimeData()
    text.setText("ข้อความ")
    assert not drop(group, text)
    far = QMimeData()
    far.setUrls([QUrl("https://example.invalid/x.jpg")])
    assert not drop(group, far)  # nothing is fetched
    group.show_complaint("")
    assert not drop(group, mime(source))


def test_m09_a_picture_on_the_clipboard_is_pasted_by_ctrl_v(group: AttachmentsGroup, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setImage(QImage.fromData(PNG))
    group.add_button.setFocus()
    with qtbot.waitSignal(group.changed, timeout=LONG):
        qtbot.keyClick(group.add_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (made,) = kept(group)
    assert made.media == "image/png" and made.name.startswith("ภาพ ") and made.name.endswith(".png")
    assert QImage.fromData(content_of(group._desk, made)).size() == QImage.fromData(PNG).size()
    assert pictures.shown_copy(content_of(group._desk, made)) == pictures.shown_copy(PNG)  # dot for dot


def test_m09_what_a_clipboard_can_hold(group: AttachmentsGroup, qtbot: QtBot, tmp_path: Path) -> None:
    group.paste()  # empty
    assert "คลิปบอร์ดไม่มีภาพ" in notices_of(group)[0]
    (path,) = files(tmp_path, **{"คัดลอก.jpg": JPEG})
    assert found_in(mime([path])).paths == (path,)  # copied in the file manager
    assert found_in(mime([path], QImage.fromData(PNG))).paths == (path,)  # with its icon beside it
    assert found_in(mime(image=QImage())).image is None and not found_in(mime(image=QImage()))
    assert found_in(mime(png=PNG)).content == PNG  # bytes and no picture: a remote desktop
    assert not found_in(QMimeData()) and not found_in(None)
    clear = QImage(8, 8, QImage.Format.Format_ARGB32)
    clear.fill(0x00FF0000)  # a remote desktop's red that nobody could see
    assert QImage.fromData(content_of_image(clear)).pixelColor(4, 4).red() == 255
    clear.setText("Secret", "who made it")
    assert b"Secret" not in content_of_image(clear)


def test_m09_a_huge_picture_on_the_clipboard_is_refused_in_words(
    group: AttachmentsGroup, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard_pictures, "is_too_large", lambda size: size == (64, 48))
    QGuiApplication.clipboard().setImage(QImage.fromData(PNG))
    group.paste()
    qtbot.waitUntil(lambda: bool(notices_of(group)), timeout=LONG)
    assert "64 × 48" in notices_of(group)[0]
    assert kept(group) == [] and stored_hashes(group._desk.register.folder) == set()
    monkeypatch.undo()
    assert not clipboard_pictures.is_too_large((8000, 5000)) and clipboard_pictures.is_too_large((20000, 20000))


def test_thumbnails_come_behind_and_another_complaint_is_not_given_the_first_ones(
    group: AttachmentsGroup, qtbot: QtBot
) -> None:
    for number, content in (("ก-1", JPEG), ("ก-1", PNG), ("ก-2", PDF)):
        attach(group._desk, OF_COMPLAINT, number, "x", content)
    group.show_complaint("ก-1")
    before = group.shelf.item(0).icon().pixmap(128, 96).toImage()
    group.show_complaint("ก-2")
    group.show_complaint("ก-1")
    settled(qtbot, group)
    assert group.shelf.count() == 2
    assert group.shelf.item(0).icon().pixmap(128, 96).toImage() != before
    chosen = group.shelf.item(0).icon().pixmap(QSize(128, 96), QIcon.Mode.Selected).toImage()
    assert chosen == group.shelf.item(0).icon().pixmap(128, 96).toImage(), "a chosen picture keeps its colours"


def test_k31_k32_missing_and_damaged_files_are_said_in_words_and_the_rest_is_shown(
    group: AttachmentsGroup, qtbot: QtBot
) -> None:
    made = [
        attach(group._desk, OF_COMPLAINT, "ก-1", name, each) for name, each in (("ก", JPEG), ("ข", PNG), ("ค", PDF))
    ]
    place_of(group._desk.register.folder, made[0].sha256).unlink()
    place_of(group._desk.register.folder, made[2].sha256).write_bytes(b"%PDF-1.4 other")
    group.show_complaint("ก-1")
    settled(qtbot, group)
    assert group.shelf.names() == ["แฟ้มหายไป: ก", "ข", "แฟ้มเสียหาย: ค"]
    assert "สำเนาสำรอง" in group.shelf.item(0).toolTip()
    group.open(made[0].sha256)
    assert group.viewer is not None
    viewer = group.viewer
    qtbot.waitUntil(lambda: "ไม่พบแฟ้มแนบ" in viewer.picture.text(), timeout=LONG)
    viewer.reject()


def test_it_is_worked_by_keyboard_alone(group: AttachmentsGroup, qtbot: QtBot) -> None:
    for name, content in (("ก", JPEG), ("ข", PNG)):
        attach(group._desk, OF_COMPLAINT, "ก-1", name, content)
    group.show_complaint("ก-1")
    settled(qtbot, group)
    group.shelf.setFocus()
    qtbot.keyClick(group.shelf, Qt.Key.Key_Right)
    qtbot.keyClick(group.shelf, Qt.Key.Key_Return)
    viewer = group.viewer
    assert viewer is not None and viewer.attachment.name == "ข" and viewer.isVisible()
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: group.viewer is None, timeout=LONG)
    told: list[str] = []
    group.told.connect(told.append)
    with qtbot.waitSignal(group.changed, timeout=LONG):
        qtbot.keyClick(group.shelf, Qt.Key.Key_Delete)
    assert [each.name for each in kept(group)] == ["ก"] and group.shelf.names() == ["ก"]
    assert told == ["นำ “ข” ออกแล้ว กด Ctrl+Z เพื่อเลิกทำ"]
    reachable = [widget for widget in (group.shelf, *group.findChildren(QPushButton)) if widget.isVisible()]
    assert [widget for widget in reachable if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus] == []


def test_taken_off_elsewhere_is_said_and_the_group_shows_what_is(group: AttachmentsGroup, qtbot: QtBot) -> None:
    made = attach(group._desk, OF_COMPLAINT, "ก-1", "ก", JPEG)
    group.show_complaint("ก-1")
    attaching.take_off(group._desk, made)
    group.take_off(made.sha256)
    assert "ถูกนำออกไปแล้ว" in notices_of(group)[0] and group.shelf.count() == 0
    settled(qtbot, group)


def opened(group: AttachmentsGroup, qtbot: QtBot, *contents: bytes) -> PictureViewer:
    made = [attach(group._desk, OF_COMPLAINT, "ก-1", f"<b>{number}</b>", each) for number, each in enumerate(contents)]
    group.show_complaint("ก-1")
    group.open(made[0].sha256)
    assert group.viewer is not None
    return group.viewer


def test_the_viewer_shows_the_copy_that_tells_nothing_and_leafs_through(
    group: AttachmentsGroup, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []
    real = picture_viewer.shown_copy_of
    monkeypatch.setattr(
        picture_viewer,
        "shown_copy_of",
        lambda folder, each, most: fetched.append(each.name) or real(folder, each, most),
    )
    viewer = opened(group, qtbot, JPEG, encoded(scene(1800, 900, 3), "JPEG"))
    qtbot.waitUntil(lambda: not viewer.picture.pixmap().isNull(), timeout=LONG)
    assert viewer.told.text() == "1 จาก 2 · <b>0</b>" and viewer.told.textFormat() is Qt.TextFormat.PlainText
    assert viewer.picture.pixmap().width() == 64 and not viewer.earlier.isEnabled()
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: not viewer.picture.pixmap().isNull() and viewer._image.width() == 1800, timeout=LONG)
    assert viewer.picture.pixmap().width() <= viewer.area.viewport().width()
    viewer.whole.setChecked(False)
    assert viewer.picture.pixmap().width() == 1800
    assert fetched == ["<b>0</b>", "<b>1</b>"] and not viewer.later.isEnabled()
    viewer.reject()


def test_a_pdf_is_looked_at_page_by_page_in_our_own_window(group: AttachmentsGroup, qtbot: QtBot) -> None:
    viewer = opened(group, qtbot, PDF)
    qtbot.waitUntil(lambda: "หน้า 1 จาก 3" in viewer.told.text(), timeout=LONG)
    first = viewer.picture.pixmap().toImage()
    qtbot.keyClick(viewer, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: "หน้า 2 จาก 3" in viewer.told.text(), timeout=LONG)
    assert viewer.picture.pixmap().toImage() != first
    assert viewer.page_up.isEnabled() and viewer.page_down.isEnabled()
    viewer.reject()
    qtbot.waitUntil(lambda: group.viewer is None, timeout=LONG)


def test_the_original_is_saved_elsewhere_under_a_tame_name(
    group: AttachmentsGroup, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(group._desk, OF_COMPLAINT, "ก-1", "../con.jpg", JPEG)
    group.show_complaint("ก-1")
    offered: list[str] = []

    def ask(_parent: object, _title: str, name: str, _kind: str) -> tuple[str, str]:
        offered.append(name)
        return str(tmp_path / "สำเนา.jpg"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    qtbot.mouseClick(group.copy_button, LEFT)
    assert offered == ["_con.jpg"] and (tmp_path / "สำเนา.jpg").read_bytes() == JPEG
    group.save_copy(kept(group)[0], group._desk.register.folder / "register.sqlite")
    assert "เขียนทับไม่ได้" in notices_of(group)[0]
    settled(qtbot, group)


def test_a_register_open_for_reading_shows_and_copies_but_changes_nothing(
    qtbot: QtBot, filled: Desk, open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    attach(filled, OF_COMPLAINT, "ก-1", "ก", JPEG)
    reader = Desk(open_for_reading(filled.register.folder), SHIPPED, lambda: date(2020, 1, 28))
    group = shown(qtbot, reader)
    assert group.shelf.names() == ["ก"] and group.copy_button.isEnabled() and group.open_button.isVisible()
    assert not group.add_button.isVisible() and not group.off_button.isVisible() and not group.acceptDrops()
    group.take_off(group.shelf.key())
    assert not drop(group, mime(files(tmp_path, **{"ข.png": PNG})))
    assert group.shelf.names() == ["ก"]
    settled(qtbot, group)
    reader.register.close()


def test_m08_many_pictures_do_not_hold_the_window_up(group: AttachmentsGroup, qtbot: QtBot, tmp_path: Path) -> None:
    """While 60 pictures are attached and looked at behind, the window goes on answering."""
    from PySide6.QtCore import QTimer

    paths = files(tmp_path, **{f"{seed}.jpg": encoded(scene(300, 200, seed), "JPEG") for seed in range(60)})
    ticks: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start(20)
    with qtbot.waitSignal(group.changed, timeout=60_000):
        group.attach_paths(paths)
    settled(qtbot, group)
    assert group.shelf.count() == 60 and len(ticks) > 10
    assert group.shelf.height() < 400  # the rest is scrolled to


ENDING = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from desktop.ui.behind import Behind
application = QApplication([])
window = QWidget()
behind = Behind(window)
for _ in range(200):
    behind.do(lambda: time.sleep(0.3), lambda given, problem: None)
QTimer.singleShot(100, application.quit)
application.exec()
"""


def test_the_program_ends_at_once_however_many_pictures_are_waiting() -> None:
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", ENDING], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "") and time.monotonic() - began < 30
