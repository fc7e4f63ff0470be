"""The officer signs her issued report in the window, and checks a PDF that came back."""

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.months import Month
from desktop.domain.office_year import IssuedReport
from desktop.services import month_reports
from desktop.services.demo import DEMO_ENDS, fill_with_demo
from desktop.services.desk import Desk
from desktop.services.month_reports import OfficersWords
from desktop.services.pdf_verification import verify_pdf
from desktop.storage import signed_copies
from desktop.storage.register import open_for_writing
from desktop.ui import paper_files
from desktop.ui.sign_dialog import SignDialog, free_name
from desktop.ui.verify_dialog import VerifyDialog, ask_and_verify, verify_file
from tests.certificates import EXPIRED, OFFICER, PASSPHRASE, SIGNING_TIME, certificate_file
from tests.conftest import SHIPPED
from tests.services.signature_pictures import ink_picture
from tests.ui.thai_typing import retype, type_text

JANUARY = Month(2020, 1)
NAME = "รายงานความก้าวหน้า ครั้งที่ 4 มกราคม 2563 ฉบับแรก ลงนามแล้ว.pdf"


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with its January report, made once for all tests here."""
    folder = tmp_path_factory.mktemp("หน้าต่าง") / "ทะเบียน"
    desk = Desk(open_for_writing(folder), SHIPPED, lambda: DEMO_ENDS, lambda: SIGNING_TIME)
    fill_with_demo(desk, 40, 1)
    figures = month_reports.figures_of_month(desk, JANUARY, DEMO_ENDS, DEMO_ENDS)
    month_reports.issue(desk, figures, OfficersWords(), None)
    desk.register.close()
    return folder


@pytest.fixture
def desk(ground: Path, open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    desk = open_desk(folder=Path(shutil.copytree(ground, tmp_path / "ทะเบียน")))
    desk.now_of = lambda: SIGNING_TIME
    return desk


@pytest.fixture
def report(desk: Desk) -> IssuedReport:
    return month_reports.newest_reports(desk, 2563)[JANUARY]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """The folder she keeps her papers in."""
    folder = tmp_path / "เอกสาร"
    folder.mkdir()
    return folder


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, report: IssuedReport, papers: Path, window: QWidget) -> SignDialog:
    dialog = SignDialog(desk, report, window, papers)
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


def answer(qtbot: QtBot, asker: QWidget, words: str) -> None:
    """Press a button of the question that is open."""

    def shown() -> QMessageBox:
        (box,) = [each for each in asker.findChildren(QMessageBox) if each.isVisible()]
        return box

    qtbot.waitUntil(lambda: any(each.isVisible() for each in asker.findChildren(QMessageBox)))
    box = shown()
    (button,) = [each for each in box.buttons() if words in (each.text().replace("&", ""), box.buttonRole(each).name)]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def sign_until_told(qtbot: QtBot, dialog: SignDialog, words: str) -> None:
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: words in dialog.problem.text(), timeout=20_000)


def test_the_dialog_tells_what_will_be_signed_and_where_it_goes(
    dialog: SignDialog, report: IssuedReport, papers: Path
) -> None:
    shown = " ".join(label.text() for label in dialog.findChildren(type(dialog.what)))
    assert "รายงานครั้งที่ 4 เดือนมกราคม 2563 · ฉบับแรก" in shown
    assert report.sha256[:12] in shown and f"{report.length:,} ไบต์" in shown
    assert dialog.out.text() == str(papers / NAME)
    assert dialog.certificate.passphrase.echoMode() is QLineEdit.EchoMode.Password


def test_the_signed_copy_is_proposed_beside_the_report_and_names_the_pack_it_is_of(
    qtbot: QtBot, desk: Desk, window: QWidget, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_files, "_last_folder", [papers])
    figures = month_reports.figures_of_month(desk, JANUARY, DEMO_ENDS, DEMO_ENDS)
    pack = month_reports.issue(desk, figures, OfficersWords(), None, pack=True, revise=True, why="พิมพ์ทั้งชุด")
    proposed = SignDialog(desk, pack, window)
    qtbot.addWidget(proposed)
    name = "รายงานความก้าวหน้า ครั้งที่ 4 มกราคม 2563 ฉบับแก้ไขครั้งที่ 1 พร้อมเอกสารแนบ ลงนามแล้ว.pdf"
    assert proposed.out.text() == str(papers / name)


def test_she_signs_with_her_certificate(
    qtbot: QtBot, desk: Desk, dialog: SignDialog, window: QWidget, papers: Path, tmp_path: Path
) -> None:
    retype(dialog.certificate.file, str(certificate_file(tmp_path)))
    retype(dialog.certificate.passphrase, PASSPHRASE)
    with qtbot.waitSignal(dialog.signed, timeout=20_000) as signed:
        qtbot.keyClick(dialog.certificate.passphrase, Qt.Key.Key_Return)
    assert signed.args == [papers / NAME]
    assert dialog.certificate.passphrase.text() == "" and not dialog.isVisible()
    result = verify_pdf(desk, papers / NAME)
    assert result.ok and result.signature is not None and result.signature.signer == OFFICER
    told = [box.text() for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert len(told) == 1 and OFFICER in told[0] and str(papers / NAME) in told[0] and "ออกให้ตนเอง" in told[0]


def test_the_passphrase_leaves_its_field_before_the_work_begins(
    qtbot: QtBot, dialog: SignDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.ui import sign_dialog

    begun: list[str] = []
    monkeypatch.setattr(
        sign_dialog, "run_long", lambda *_: begun.append(dialog.certificate.passphrase.text() or "empty")
    )
    retype(dialog.certificate.file, str(tmp_path / "a.p12"))
    retype(dialog.certificate.passphrase, PASSPHRASE)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert begun == ["empty"]


def test_what_is_wrong_is_said_in_the_dialog_and_it_stays_open(
    qtbot: QtBot, dialog: SignDialog, papers: Path, tmp_path: Path
) -> None:
    sign_until_told(qtbot, dialog, "ยังไม่ได้เลือกแฟ้มใบรับรอง")
    retype(dialog.certificate.file, str(certificate_file(tmp_path)))
    retype(dialog.certificate.passphrase, "ผิด")
    sign_until_told(qtbot, dialog, "รหัสผ่านของใบรับรองไม่ถูกต้อง")
    assert dialog.certificate.passphrase.text() == ""
    assert dialog.focusWidget() is dialog.certificate.passphrase
    certificate_file(tmp_path, EXPIRED)
    type_text(dialog.certificate.passphrase, PASSPHRASE)
    assert dialog.problem.isHidden()  # typing takes the last word back
    sign_until_told(qtbot, dialog, "ใบรับรองหมดอายุแล้ว")
    assert dialog.isVisible() and list(papers.iterdir()) == []
    assert [box for box in dialog.findChildren(QMessageBox) if box.isVisible()] == []


def test_she_signs_with_a_picture_from_a_file(
    qtbot: QtBot, desk: Desk, dialog: SignDialog, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = tmp_path / "ลายมือ.png"
    picture.write_bytes(ink_picture(clear=True))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(picture), ""))
    dialog.by_picture.click()
    qtbot.mouseClick(dialog.picture.browse, Qt.MouseButton.LeftButton)
    assert not dialog.picture.preview.pixmap().isNull()
    with qtbot.waitSignal(dialog.signed, timeout=20_000):
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert verify_pdf(desk, papers / NAME).ok
    (copy,) = signed_copies.of_report(desk.register.connection, JANUARY, 1)
    assert copy.way == "picture" and dialog.picture.picture() == b""


def test_a_picture_comes_from_the_clipboard_too(qtbot: QtBot, dialog: SignDialog, papers: Path) -> None:
    dialog.by_picture.setChecked(True)
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    qtbot.mouseClick(dialog.picture.paste, Qt.MouseButton.LeftButton)
    assert "คลิปบอร์ดไม่มีภาพ" in dialog.problem.text()
    clipboard.setImage(QImage.fromData(ink_picture()))
    qtbot.mouseClick(dialog.picture.paste, Qt.MouseButton.LeftButton)
    assert dialog.problem.isHidden()
    with Image.open(BytesIO(dialog.picture.picture())) as image:
        assert image.size == (1600, 900)
    with qtbot.waitSignal(dialog.signed, timeout=20_000):
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert (papers / NAME).exists()


def test_a_picture_file_copied_in_the_explorer_is_taken_too(qtbot: QtBot, dialog: SignDialog, tmp_path: Path) -> None:
    dialog.by_picture.click()
    path = tmp_path / "ลายมือ.webp"
    path.write_bytes(ink_picture("WEBP"))
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(copied)
    qtbot.mouseClick(dialog.picture.paste, Qt.MouseButton.LeftButton)
    assert dialog.picture.picture() == path.read_bytes() and dialog.problem.isHidden()


def test_a_picture_that_is_none_is_told_at_once_and_not_kept(
    qtbot: QtBot, dialog: SignDialog, papers: Path, tmp_path: Path
) -> None:
    dialog.by_picture.setChecked(True)
    sign_until_told(qtbot, dialog, "ยังไม่ได้เลือกภาพลายมือชื่อ")
    path = tmp_path / "ว่าง.png"
    for content, told in ((ink_picture(blank=True), "ภาพว่าง"), (b"text", "ใช้ภาพนี้เป็นลายมือชื่อไม่ได้")):
        path.write_bytes(content)
        dialog.picture.take_file(path)
        assert told in dialog.problem.text() and dialog.picture.picture() == b""
        sign_until_told(qtbot, dialog, told)
    assert list(papers.iterdir()) == []


def test_choosing_the_other_way_empties_the_passphrase(dialog: SignDialog) -> None:
    retype(dialog.certificate.passphrase, PASSPHRASE)
    dialog.by_picture.setChecked(True)
    assert dialog.certificate.passphrase.text() == ""
    assert dialog.ways.currentWidget() is dialog.picture


def test_closing_keeps_nothing_and_writes_nothing(dialog: SignDialog, papers: Path) -> None:
    retype(dialog.certificate.passphrase, PASSPHRASE)
    dialog.reject()
    assert dialog.certificate.passphrase.text() == "" and list(papers.iterdir()) == []


def test_an_earlier_copy_is_replaced_only_when_she_says_so(
    qtbot: QtBot, dialog: SignDialog, papers: Path, tmp_path: Path
) -> None:
    earlier = papers / "ฉบับเดิม.pdf"
    earlier.write_bytes(b"%PDF-1.7\n")
    retype(dialog.out, "ฉบับเดิม")
    retype(dialog.certificate.file, str(certificate_file(tmp_path)))
    retype(dialog.certificate.passphrase, PASSPHRASE)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    answer(qtbot, dialog, "RejectRole")
    assert earlier.read_bytes() == b"%PDF-1.7\n" and dialog.certificate.passphrase.text() == PASSPHRASE
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(dialog.signed, timeout=20_000):
        answer(qtbot, dialog, "เขียนทับ")
    assert earlier.stat().st_size > 1000


def test_no_name_is_told_and_a_free_name_is_proposed(
    qtbot: QtBot, dialog: SignDialog, papers: Path, tmp_path: Path
) -> None:
    assert Path(dialog.out.text()).name == NAME
    (papers / NAME).write_bytes(b"")
    assert free_name(papers / NAME).name == NAME.replace(".pdf", " (2).pdf")
    retype(dialog.certificate.file, str(tmp_path / "a.p12"))
    retype(dialog.out, "")
    sign_until_told(qtbot, dialog, "ยังไม่มีชื่อแฟ้มที่จะบันทึก")


def test_every_control_is_reached_by_the_keyboard(qtbot: QtBot, dialog: SignDialog) -> None:
    reached, widget = set(), dialog.certificate.file
    widget.setFocus()
    for _ in range(30):
        reached.add(QGuiApplication.focusObject())
        qtbot.keyClick(dialog, Qt.Key.Key_Tab)
    wanted = {
        dialog.by_certificate,
        dialog.certificate.file,
        dialog.certificate.browse,
        dialog.certificate.passphrase,
        dialog.out,
        dialog.change,
        dialog.cancel,
        dialog.go,
    }
    assert wanted <= reached


def shown_result(qtbot: QtBot, window: QWidget) -> VerifyDialog:
    qtbot.waitUntil(lambda: window.findChild(VerifyDialog) is not None, timeout=20_000)
    found = window.findChild(VerifyDialog)
    assert found is not None
    return found


def test_a_file_that_came_back_is_checked_and_the_result_is_plain(
    qtbot: QtBot,
    desk: Desk,
    report: IssuedReport,
    window: QWidget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "กลับมา.pdf"
    path.write_bytes(month_reports.issued_pdf(desk, report))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    ask_and_verify(window, desk)
    good = shown_result(qtbot, window)
    assert good.verdict.text() == "✓ เป็นฉบับที่ออกจากทะเบียนนี้ และไม่ถูกแก้ไข"
    assert "รายงานครั้งที่ 4 เดือนมกราคม 2563 · ฉบับแรก" in good.facts.text()
    assert good.problems.isHidden()
    good.close_button.click()
    qtbot.waitUntil(lambda: window.findChild(VerifyDialog) is None)
    path.write_bytes(path.read_bytes() + b" ")
    verify_file(window, desk, path)
    bad = shown_result(qtbot, window)
    assert bad.verdict.text().startswith("⚠ ไม่ผ่านการตรวจ") and "ต่อท้าย" in bad.problems.text()
    bad.close_button.click()
    qtbot.waitUntil(lambda: window.findChild(VerifyDialog) is None)
