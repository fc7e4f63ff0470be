"""A paper is looked at in the window: pages, zoom, saving, printing; all by keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDesktopServices, QImage, QWheelEvent
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.domain.months import Month
from desktop.services import report_papers
from desktop.services.demo import DEMO_ENDS
from desktop.services.desk import Desk
from desktop.services.month_reports import OfficersWords, figures_of_month
from desktop.services.papers import Paper
from desktop.ui import paper_files, pdf_pages, pdf_preview
from desktop.ui.pdf_preview import PdfPreview, show_paper


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """A draft of the whole pack of an empty month: upright pages, then a lying one."""
    from desktop.storage.register import open_for_writing
    from tests.conftest import SHIPPED

    desk = Desk(open_for_writing(tmp_path_factory.mktemp("ก") / "ทะเบียน"), SHIPPED, lambda: DEMO_ENDS)
    made = report_papers.draft_pack_paper(desk, figures_of_month(desk, Month(2020, 1), DEMO_ENDS), OfficersWords())
    desk.register.close()
    return made


@pytest.fixture
def preview(qtbot: QtBot, desk: Desk, paper: Paper) -> PdfPreview:
    shown = PdfPreview(desk, paper)
    qtbot.addWidget(shown)
    shown.resize(900, 640)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(lambda: shown.view.document().pageCount() > 4)
    return shown


def test_the_pages_are_there_and_read_as_they_are_printed(preview: PdfPreview, paper: Paper) -> None:
    pages = preview.view.document().pageCount()
    assert preview.page.text() == f"หน้า 1 จาก {pages}" and preview.windowTitle() == paper.title
    assert "บันทึกข้อความ" in preview.view.document().getAllText(0).text()
    assert preview.view.zoomMode() is QPdfView.ZoomMode.FitToWidth and preview.fit_width.isChecked()


def test_something_of_the_page_is_really_painted(qtbot: QtBot, preview: PdfPreview) -> None:
    def inked() -> bool:
        image = preview.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        row = range(20, image.width() - 20, 3)
        return sum(image.pixelColor(x, y).black() > 200 for y in range(20, image.height() - 20, 3) for x in row) > 100

    qtbot.waitUntil(inked, timeout=10_000)


def test_pages_are_turned_by_keys_and_by_number(qtbot: QtBot, preview: PdfPreview) -> None:
    last = preview.view.document().pageCount()
    qtbot.keyClick(preview.view, Qt.Key.Key_End)
    assert preview.page.value() == last
    qtbot.keyClick(preview.view, Qt.Key.Key_Home)
    assert preview.page.value() == 1
    qtbot.keyClick(preview, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert preview.page.value() == 2
    qtbot.keyClick(preview, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert preview.page.value() == 1
    qtbot.keyClick(preview, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert preview.focusWidget() is preview.page
    preview.page.lineEdit().selectAll()
    qtbot.keyClicks(preview.page, "4")
    qtbot.keyClick(preview.page, Qt.Key.Key_Return)
    assert preview.view.pageNavigator().currentPage() == 3 and preview.isVisible()  # Enter pressed no button
    preview.view.show_page(99)
    assert preview.page.value() == 4


def test_zoom_by_wheel_and_keys_keeps_the_page(qtbot: QtBot, preview: PdfPreview) -> None:
    preview.view.show_page(2)
    before = preview.view.zoom_factor()

    def wheel(turned: int, held: Qt.KeyboardModifier) -> None:
        place, view = QPointF(50, 50), preview.view.viewport()
        event = QWheelEvent(
            place, view.mapToGlobal(place), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton, held,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view, event)

    wheel(120, Qt.KeyboardModifier.ControlModifier)
    assert preview.view.zoom_factor() == pytest.approx(before * pdf_pages.STEP)
    wheel(-120, Qt.KeyboardModifier.ControlModifier)
    assert preview.view.zoom_factor() == pytest.approx(before) and preview.page.value() == 3
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        qtbot.keyClick(preview.view, key, Qt.KeyboardModifier.ControlModifier)
    assert preview.view.zoom_factor() == pytest.approx(before * pdf_pages.STEP**2)
    assert preview.zoom.text() == f"{round(preview.view.zoom_factor() * 100)} %" and not preview.fit_width.isChecked()
    qtbot.keyClick(preview, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert preview.page.value() == 3
    for _ in range(40):
        preview.view.zoom_by(1)
    assert preview.view.zoom_factor() == pdf_pages.LARGEST
    preview.fit_page.click()
    assert preview.view.zoomMode() is QPdfView.ZoomMode.FitInView and preview.fit_page.isChecked()
    preview.fit_width.click()
    assert preview.view.zoom_factor() == pytest.approx(before, rel=0.02)


def test_the_wheel_alone_scrolls(preview: PdfPreview) -> None:
    before = preview.view.zoom_factor()
    place, view = QPointF(50, 50), preview.view.viewport()
    event = QWheelEvent(
        place, view.mapToGlobal(place), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)
    assert preview.view.zoom_factor() == before and preview.view.verticalScrollBar().value() > 0


def test_it_is_saved_where_she_says_and_only_the_folder_is_opened(
    qtbot: QtBot, preview: PdfPreview, paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    opened: list[str] = []

    def choose(dialog: QFileDialog) -> int:
        asked.append(Path(dialog.selectedFiles()[0]).name)
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("ที่เลือก")
        return QFileDialog.DialogCode.Accepted.value

    monkeypatch.setattr(QFileDialog, "exec", choose)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url.toLocalFile())) or True)
    with qtbot.waitSignal(preview.saved) as told:
        qtbot.keyClick(preview, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert asked == [paper.file_name] and told.args == [tmp_path / "ที่เลือก.pdf"]
    assert (tmp_path / "ที่เลือก.pdf").read_bytes() == paper.pdf
    assert opened == [str(tmp_path)] and paper_files.paper_folder() == tmp_path
    assert preview.message.text().startswith("✓ บันทึกไว้ที่")


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_opened(
    preview: PdfPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "choose_file", lambda: tmp_path / "ไม่มี" / "ก.pdf")
    monkeypatch.setattr(preview, "show_folder", lambda path: pytest.fail("nothing was written"))
    preview.save()
    assert preview.message.text().startswith("⚠ ไม่มีโฟลเดอร์") and preview.message.isVisible()
    monkeypatch.setattr(preview, "choose_file", lambda: None)
    preview.save()


def test_printing_is_asked_for_by_key_and_by_the_one_primary_button(
    qtbot: QtBot, preview: PdfPreview, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[object] = []
    monkeypatch.setattr(pdf_preview, "print_paper", lambda parent, each: printed.append(each))
    qtbot.keyClick(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(preview.view, Qt.Key.Key_Return)
    assert printed == [paper, paper]


def test_what_could_not_be_shown_is_said_over_the_pages(qtbot: QtBot, desk: Desk, paper: Paper) -> None:
    shown = PdfPreview(desk, Paper("ก", "ก.pdf", paper.pdf, ("ภาพหนึ่งเสีย", "<b>อีกอย่าง</b>")))
    qtbot.addWidget(shown)
    shown.show()
    assert shown.remarks.text() == "● ภาพหนึ่งเสีย · <b>อีกอย่าง</b>" and shown.remarks.isVisible()


def test_esc_closes_it_and_lets_everything_go(
    qtbot: QtBot, desk: Desk, paper: Paper, wait_gone: Callable[[object], None]
) -> None:
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    shown = show_paper(window, desk, paper)
    qtbot.waitUntil(shown.isVisible)
    qtbot.keyClick(shown.view, Qt.Key.Key_Escape)
    wait_gone(window)


@pytest.fixture
def wait_gone(qtbot: QtBot) -> Callable[[object], None]:
    return lambda window: qtbot.waitUntil(lambda: not window.findChildren(PdfPreview))
