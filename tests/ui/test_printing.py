"""Printing: the very page on paper, its margins where they are, at the printer's resolution; it can be stopped."""

import shutil
import subprocess
from pathlib import Path

import numpy
import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import QMarginsF, QRect, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.months import Month
from desktop.services import report_papers
from desktop.services.demo import DEMO_ENDS
from desktop.services.desk import Desk
from desktop.services.month_reports import OfficersWords, figures_of_month
from desktop.services.papers import Paper
from desktop.storage.register import open_for_writing
from desktop.ui import printed_page
from desktop.ui.printed_page import place_on_sheet
from desktop.ui.printing import PrintJob, pages_to_print, prepare, print_paper, start_printing
from tests.conftest import SHIPPED

pytestmark = pytest.mark.usefixtures("qapp")  # no printer without an application
A4 = QSizeF(595.28, 841.89)
DOTS = 150


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """A draft of the whole pack of an empty month: upright pages, then a lying one."""
    desk = Desk(open_for_writing(tmp_path_factory.mktemp("ก") / "ทะเบียน"), SHIPPED, lambda: DEMO_ENDS)
    made = report_papers.draft_pack_paper(desk, figures_of_month(desk, Month(2020, 1), DEMO_ENDS), OfficersWords())
    desk.register.close()
    return made


def printer_to(path: Path, dots: int = DOTS) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(path))
    made.setResolution(dots)
    prepare(made, "ทดสอบ")
    return made


def printed(qtbot: QtBot, paper: Paper, printer: QPrinter) -> str:
    job = PrintJob(paper, printer)
    with qtbot.waitSignal(job.finished, timeout=60_000) as told:
        job.start()
    return told.args[0]


def pictures(pdf: Path, folder: Path, dots: int = 60) -> list[numpy.ndarray]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    subprocess.run(["pdftoppm", "-r", str(dots), "-gray", pdf, folder / "p"], check=True)
    return [numpy.asarray(Image.open(each), dtype=float) for each in sorted(folder.glob("*.pgm"))]


def test_every_page_comes_out_as_it_is_upright_or_lying(qtbot: QtBot, paper: Paper, tmp_path: Path) -> None:
    source, out = tmp_path / "ต้นฉบับ.pdf", tmp_path / "พิมพ์.pdf"
    source.write_bytes(paper.pdf)
    assert printed(qtbot, paper, printer_to(out)) == ""
    wanted, got = pictures(source, tmp_path / "a"), pictures(out, tmp_path / "b")
    assert len(wanted) == len(got) == len(PdfReader(source).pages)
    assert wanted[-1].shape[1] > wanted[-1].shape[0]  # Annex C lies
    for one, other in zip(wanted, got, strict=True):
        assert numpy.abs(numpy.subtract(one.shape, other.shape)).max() <= 1
        height, width = numpy.minimum(one.shape, other.shape)
        ink, inked = (numpy.clip(247 - each[:height, :width], 0, 255) for each in (one, other))  # white is white enough
        assert inked.sum() == pytest.approx(ink.sum(), rel=0.2)  # two programs draw letters a little heavier or lighter
        for axis in (0, 1):  # margins: the ink begins and ends where it does in the PDF
            wants, has = (numpy.flatnonzero(each.sum(axis) > 60) for each in (ink, inked))
            assert abs(wants[0] - has[0]) <= 2 and abs(wants[-1] - has[-1]) <= 2
        assert numpy.corrcoef(_soft(ink).ravel(), _soft(inked).ravel())[0, 1] > 0.9


def _soft(picture: numpy.ndarray) -> numpy.ndarray:
    """What stands where, a tenth of an inch at a time."""
    height, width = (side // 6 * 6 for side in picture.shape)
    return picture[:height, :width].reshape(height // 6, 6, width // 6, 6).mean((1, 3))


def test_strips_make_the_very_page_and_qts_plain_clip_would_not(qtbot: QtBot, paper: Paper, tmp_path: Path) -> None:
    """The seams between strips are where a line of text would be torn."""
    (tmp_path / "ก.pdf").write_bytes(paper.pdf)
    document = QPdfDocument()
    document.load(str(tmp_path / "ก.pdf"))
    dots = QSize(1240, 1754)
    whole = _grey(printed_page._on_white(document.render(1, dots)))
    strips = numpy.full_like(whole, 255)
    for top, strip in printed_page._strips(document, 1, dots):
        rows = _grey(strip)
        strips[top : top + len(rows)] = rows
    assert numpy.abs(strips - whole).max() <= 2
    plain = numpy.full_like(whole, 255)
    for top in range(0, dots.height(), printed_page.STRIP):
        height = min(printed_page.STRIP, dots.height() - top)
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(dots)
        options.setScaledClipRect(QRect(0, top, dots.width(), height))
        plain[top : top + height] = _grey(
            printed_page._on_white(document.render(1, QSize(dots.width(), height), options))
        )
    assert numpy.abs(plain - whole).max() > 100


def _grey(image: QImage) -> numpy.ndarray:
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = numpy.frombuffer(image.constBits(), numpy.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].astype(int)


def test_only_the_pages_asked_for_and_in_that_order(tmp_path: Path) -> None:
    printer = printer_to(tmp_path / "ก.pdf")
    assert pages_to_print(printer, 5) == [0, 1, 2, 3, 4]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 4)
    assert pages_to_print(printer, 5) == [1, 2, 3]
    printer.setFromTo(4, 9)
    assert pages_to_print(printer, 5) == [3, 4]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert pages_to_print(printer, 5) == [4, 3]


@pytest.mark.parametrize(("collated", "pages"), [(True, [0, 1, 0, 1]), (False, [0, 0, 1, 1])])
def test_copies_the_printer_cannot_make_by_itself_are_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, collated: bool, pages: list[int]
) -> None:
    printer = printer_to(tmp_path / "ก.pdf")
    monkeypatch.setattr(QPrinter, "supportsMultipleCopies", lambda _: False)
    monkeypatch.setattr(QPrinter, "copyCount", lambda _: 2)
    monkeypatch.setattr(QPrinter, "collateCopies", lambda _: collated)
    assert pages_to_print(printer, 2) == pages


def test_a_page_stands_at_its_own_size_on_its_own_paper(tmp_path: Path) -> None:
    room = place_on_sheet(A4, printer_to(tmp_path / "ก.pdf", 300))
    assert (room.left(), room.top()) == (0, 0)
    assert room.width() == pytest.approx(210 / 25.4 * 300, abs=1) and room.height() == pytest.approx(3508, abs=1)


def test_on_smaller_paper_and_on_a_printer_that_cannot_reach_its_edges_a_page_is_made_to_fit(tmp_path: Path) -> None:
    printer = printer_to(tmp_path / "ก.pdf", 300)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    room, sheet = place_on_sheet(A4, printer), printer.paperRect(QPrinter.Unit.DevicePixel)
    assert room.width() / room.height() == pytest.approx(210 / 297, abs=0.01)
    assert room.width() <= sheet.width() + 1 and room.height() <= sheet.height() + 1
    assert room.width() > 0.9 * sheet.width()


def test_a_printer_with_wide_edges_gets_a_smaller_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printer = printer_to(tmp_path / "ก.pdf", 300)
    monkeypatch.setattr(QPageLayout, "minimumMargins", lambda _: QMarginsF(20, 15, 20, 15))
    room = place_on_sheet(A4, printer)
    edge = 300 / 25.4
    assert room.left() >= 20 * edge - 1 and room.width() <= (210 - 40) * edge + 1
    assert room.top() >= 15 * edge - 1 and room.width() / room.height() == pytest.approx(210 / 297, abs=0.01)
    monkeypatch.setattr(QPageLayout, "minimumMargins", lambda _: QMarginsF(4, 4, 4, 4))
    assert place_on_sheet(A4, printer).left() == 0  # nothing of ours stands so near to the edge


def test_a_finer_printer_does_not_take_more_memory_than_a_strip(
    qtbot: QtBot, paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[QSize] = []
    render = QPdfDocument.render

    def watch(document: QPdfDocument, page: int, size: QSize, *rest: object) -> QImage:
        rendered.append(size)
        return render(document, page, size, *rest)

    monkeypatch.setattr(QPdfDocument, "render", watch)
    printer = printer_to(tmp_path / "ก.pdf", 1200)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(1, 1)
    assert printed(qtbot, paper, printer) == ""
    assert max(size.height() for size in rendered) <= printed_page.STRIP
    assert {size.width() for size in rendered} == {round(210 / 25.4 * printed_page.MOST_DOTS)}


def test_printing_stops_when_it_is_cancelled_and_says_how_far_it_came(
    qtbot: QtBot, paper: Paper, tmp_path: Path
) -> None:
    job = PrintJob(paper, printer_to(tmp_path / "ก.pdf"))
    job.progressed.connect(lambda done, of: job.cancel())
    with qtbot.waitSignal(job.finished, timeout=30_000) as told:
        job.start()
    assert told.args == [f"ยกเลิกการพิมพ์แล้ว ส่งไปแล้ว 1 จาก {job.pages} หน้า"]


def test_a_printer_that_refuses_is_said_in_one_sentence(qtbot: QtBot, paper: Paper, tmp_path: Path) -> None:
    assert "เครื่องพิมพ์ไม่รับงาน" in printed(qtbot, paper, printer_to(tmp_path / "ไม่มี" / "ก.pdf"))


def test_the_window_stays_alive_behind_the_progress_and_can_stop_it(qtbot: QtBot, paper: Paper, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    job = start_printing(window, paper, printer_to(tmp_path / "ก.pdf"))
    seen: list[int] = []
    job.progressed.connect(lambda done, of: seen.append(done))
    with qtbot.waitSignal(job.finished, timeout=60_000) as told:
        pass
    assert told.args == [""] and seen == list(range(1, job.pages + 1))
    qtbot.waitUntil(lambda: not window.findChildren(PrintJob))
    assert not window.findChildren(QMessageBox)


def test_without_a_printer_she_is_told_to_save_instead(
    qtbot: QtBot, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    assert print_paper(window, paper) is None
    [box] = window.findChildren(QMessageBox)
    assert "บันทึกเป็น PDF แทน" in box.text()


def test_the_printer_is_asked_for_and_nothing_is_printed_when_she_cancels(
    qtbot: QtBot, paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    answers = iter((QDialog.DialogCode.Rejected, QDialog.DialogCode.Accepted))
    asked: list[str] = []

    def answer(dialog: QPrintDialog) -> int:
        asked.append(dialog.windowTitle())
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "ก.pdf"))
        printer.setResolution(72)
        return next(answers).value

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["เครื่องพิมพ์"])
    monkeypatch.setattr(QPrintDialog, "exec", answer)
    assert print_paper(window, paper) is None and not (tmp_path / "ก.pdf").exists()
    job = print_paper(window, paper)
    assert job is not None and asked == ["พิมพ์", "พิมพ์"]
    with qtbot.waitSignal(job.finished, timeout=60_000):
        pass
    assert len(PdfReader(tmp_path / "ก.pdf").pages) == job.pages
