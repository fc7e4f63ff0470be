"""Signing a report: whole and true, by certificate or picture, offline, with nothing kept of the officer's secrets."""

import hashlib
import re
import shutil
import socket
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader, PdfWriter

from desktop.commands import signing_commands
from desktop.domain.months import Month
from desktop.services import month_reports, signing
from desktop.services.demo import DEMO_ENDS, fill_with_demo
from desktop.services.desk import CannotDo, Desk
from desktop.services.month_reports import OfficersWords
from desktop.services.signing import (
    Signed,
    draw_on_issued,
    sign_issued,
    sign_with_certificate,
    sign_with_picture,
    signature_preview,
)
from desktop.services.whole_files import WholeFile
from desktop.storage import signed_copies
from desktop.storage.register import open_for_writing
from tests import certificates
from tests.certificates import OFFICER, PASSPHRASE, SIGNING_TIME, Kind, certificate_file
from tests.conftest import SHIPPED
from tests.running import Commands, digest, is_one_thai_sentence
from tests.services.signature_pictures import INK, ink_picture

JANUARY = Month(2020, 1)
DAY_IN_THAI = "28 ม.ค. 2563 15.30 น."
ELECTRONIC = "ลงลายมือชื่ออิเล็กทรอนิกส์"


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of 40 complaints with its January report, made once: ทะเบียน and issued.pdf."""
    folder = tmp_path_factory.mktemp("ลงนาม")
    desk = Desk(open_for_writing(folder / "ทะเบียน"), SHIPPED, lambda: DEMO_ENDS, lambda: SIGNING_TIME)
    fill_with_demo(desk, 40, 1)
    _issued(desk, folder / "issued.pdf")
    desk.register.close()
    return folder


@pytest.fixture
def desk(ground: Path, open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """A copy of that register, at the minute of signing."""
    desk = open_desk(folder=Path(shutil.copytree(ground / "ทะเบียน", tmp_path / "ทะเบียน")))
    desk.now_of = lambda: SIGNING_TIME
    return desk


@pytest.fixture
def issued(ground: Path, tmp_path: Path) -> Path:
    """The January report, issued."""
    return Path(shutil.copy(ground / "issued.pdf", tmp_path / "รายงาน มกราคม.pdf"))


def _issued(desk: Desk, path: Path, **options: str | bool) -> Path:
    figures = month_reports.figures_of_month(desk, JANUARY, DEMO_ENDS, DEMO_ENDS)
    month_reports.issue(desk, figures, OfficersWords(), path, **options)
    return path


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return certificate_file(tmp_path)


@pytest.fixture
def signed(desk: Desk, issued: Path, certificate: Path, tmp_path: Path) -> Signed:
    return sign_with_certificate(desk, issued, certificate, PASSPHRASE, tmp_path / "ลงนามแล้ว.pdf")


def poppler(path: Path) -> str:
    """What poppler says of the signature."""
    return subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, timeout=60).stdout


def place_of(path: Path) -> tuple[int, list[float]]:
    """(page, left, bottom, right, top) of the destination signature-place, as pypdf finds it."""
    reader = PdfReader(path)
    found = reader.named_destinations["signature-place"]
    sides = [float(found[f"/{side}"]) for side in ("Left", "Bottom", "Right", "Top")]
    return reader.get_destination_page_number(found), sides


def text_in(path: Path, page: int, sides: list[float]) -> str:
    """The text that stands in a rectangle of a page, as poppler reads it."""
    height = float(PdfReader(path).pages[page].mediabox.height)
    left, bottom, right, top = sides
    box = ["-x", left - 2, "-y", height - top - 2, "-W", right - left + 4, "-H", top - bottom + 4]
    words = [str(each if isinstance(each, str) else round(each)) for each in box]
    page_words = ["-f", str(page + 1), "-l", str(page + 1)]
    done = subprocess.run(
        ["pdftotext", "-r", "72", *words, *page_words, path, "-"], capture_output=True, text=True, timeout=60
    )
    return done.stdout


def test_the_issued_file_stays_byte_for_byte_and_the_signature_comes_after_it(signed: Signed, issued: Path) -> None:
    content = signed.out.read_bytes()
    assert content.startswith(issued.read_bytes()) and len(content) > issued.stat().st_size
    assert signed.sha256 == hashlib.sha256(content).hexdigest()
    assert signed.signer == OFFICER


def test_poppler_finds_the_signature_valid_and_over_the_whole_file(signed: Signed) -> None:
    told = poppler(signed.out)
    assert "Signature is Valid" in told and "Total document signed" in told
    assert "ETSI.CAdES.detached" in told and "SHA-256" in told and OFFICER in told


def test_pyhanko_finds_a_pades_signature_of_the_signing_time(signed: Signed) -> None:
    with signed.out.open("rb") as file:
        (found,) = PdfFileReader(file).embedded_signatures
        status = validate_pdf_signature(found, ValidationContext(trust_roots=[], allow_fetching=False))
        assert status.intact and status.valid and not status.trusted
        assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        assert status.modification_level is ModificationLevel.NONE
        assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
        assert found.sig_object["/M"] == "D:20200128153000+07'00'"
        kinds = {attribute["type"].native for attribute in found.signer_info["signed_attrs"]}
    assert "signing_certificate_v2" in kinds and "signing_time" not in kinds  # as PAdES B-B asks


def test_qpdf_finds_no_fault_in_the_structure(signed: Signed, desk: Desk, issued: Path, tmp_path: Path) -> None:
    pictured = sign_with_picture(desk, issued, ink_picture(), tmp_path / "ภาพ.pdf")
    for path in (signed.out, pictured.out):
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr


def test_the_stamp_stands_in_the_signature_place_in_thai(signed: Signed) -> None:
    page, sides = place_of(signed.out)
    told = text_in(signed.out, page, sides)
    for words in (OFFICER, ELECTRONIC, DAY_IN_THAI, "ฉบับแรก"):
        assert words in told
    field = PdfReader(signed.out).pages[page]["/Annots"][0].get_object()
    assert [float(side) for side in field["/Rect"]] == pytest.approx(sides, abs=0.51)


def test_a_revision_says_so_on_its_stamp(desk: Desk, issued: Path, certificate: Path, tmp_path: Path) -> None:
    revised = _issued(desk, tmp_path / "แก้ไข.pdf", revise=True, why="พิมพ์ผิด")
    signed = sign_with_certificate(desk, revised, certificate, PASSPHRASE, tmp_path / "out.pdf")
    assert "ฉบับแก้ไขครั้งที่ 1" in text_in(signed.out, *place_of(signed.out))


def test_only_sarabun_is_in_a_signed_file_embedded_with_its_text(signed: Signed) -> None:
    done = subprocess.run(["pdffonts", signed.out], capture_output=True, text=True, timeout=60)
    fonts = done.stdout.splitlines()[2:]
    assert len(fonts) >= 4 and all("Sarabun" in line and re.search(r"yes +yes +yes", line) for line in fonts)


def test_a_signed_copy_is_noted_in_the_register_with_its_history(desk: Desk, signed: Signed) -> None:
    copy = signed_copies.by_sha256(desk.register.connection, signed.sha256)
    assert copy is not None
    assert (copy.month, copy.revision, copy.signer, copy.way) == (JANUARY, 1, OFFICER, "certificate")
    assert (copy.length, copy.signed_at) == (signed.out.stat().st_size, SIGNING_TIME)
    rows = desk.register.connection.execute("SELECT count(*) FROM history WHERE kind = 'signed_copy'").fetchone()
    assert rows == (1,)


def test_a_report_of_the_register_is_signed_from_its_frozen_bytes(
    desk: Desk, issued: Path, certificate: Path, tmp_path: Path
) -> None:
    issued.write_bytes(b"lost")
    (report,) = month_reports.newest_reports(desk, 2563).values()
    signed = sign_issued(desk, report, certificate, PASSPHRASE, tmp_path / "a.pdf")
    pictured = draw_on_issued(desk, report, ink_picture(), tmp_path / "b.pdf")
    assert signed.issued is not None and pictured.issued is not None
    assert hashlib.sha256(signed.out.read_bytes()[: report.length]).hexdigest() == report.sha256
    assert "Signature is Valid" in poppler(signed.out)


@pytest.mark.parametrize("kind", [certificates.BY_AUTHORITY, certificates.ELLIPTIC, Kind(name="ก" * 90)])
def test_other_certificates_sign_as_well(desk: Desk, issued: Path, tmp_path: Path, kind: Kind) -> None:
    certificate = certificate_file(tmp_path, kind)
    signed = sign_with_certificate(desk, issued, certificate, PASSPHRASE, tmp_path / "out.pdf")
    assert signed.signer == kind.name and "Signature is Valid" in poppler(signed.out)
    assert len(signed.remarks) == 1  # of an issuer nobody here knows, or of one who is the signer
    told = text_in(signed.out, *place_of(signed.out))
    assert ELECTRONIC in told and DAY_IN_THAI in told


def test_a_long_name_stands_whole_on_two_lines(desk: Desk, issued: Path, tmp_path: Path) -> None:
    name = "เจ้าหน้าที่ปกครองชำนาญการ ผู้รับผิดชอบโครงการ"
    certificate = certificate_file(tmp_path, Kind(name=name))
    signed = sign_with_certificate(desk, issued, certificate, PASSPHRASE, tmp_path / "out.pdf")
    lines = text_in(signed.out, *place_of(signed.out)).splitlines()
    assert all(part in lines for part in name.split(" "))


def test_a_certificate_without_a_passphrase_signs(desk: Desk, issued: Path, tmp_path: Path) -> None:
    certificate = certificate_file(tmp_path, passphrase="")
    assert sign_with_certificate(desk, issued, certificate, "", tmp_path / "out.pdf").signer == OFFICER


def test_a_certificate_on_its_first_and_last_second_signs(desk: Desk, issued: Path, tmp_path: Path) -> None:
    edges = (
        Kind(begins=SIGNING_TIME),
        Kind(ends=SIGNING_TIME),
    )
    for number, kind in enumerate(edges):
        certificate = certificate_file(tmp_path, kind)
        sign_with_certificate(desk, issued, certificate, PASSPHRASE, tmp_path / f"{number}.pdf")
    desk.now_of = lambda: SIGNING_TIME + timedelta(seconds=1)
    with pytest.raises(CannotDo, match="หมดอายุ"):
        sign_with_certificate(desk, issued, certificate, PASSPHRASE, tmp_path / "late.pdf")


# ---- what is refused: its own sentence, nothing written ----


@pytest.fixture
def untouched(desk: Desk, issued: Path, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Tells, after a refusal, that no file and no row was made."""

    def everything() -> dict[str, bytes]:
        return {
            str(path): path.read_bytes()
            for path in tmp_path.rglob("*")
            if path.is_file() and desk.register.folder not in path.parents
        }

    before = everything()
    register = digest(desk.register.folder)

    def check() -> None:
        made = set(everything()) - set(before) - {str(tmp_path / "ใบรับรอง.p12")}
        assert made == set() and digest(desk.register.folder) == register
        assert all(everything()[path] == content for path, content in before.items() if path.endswith(".pdf"))

    yield check


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (certificates.EXPIRED, "หมดอายุแล้วตั้งแต่ 27 มกราคม 2563"),
        (certificates.NOT_YET, "ยังไม่เริ่มใช้ได้ (เริ่ม 29 มกราคม 2563)"),
        (certificates.WITHOUT_KEY, "ไม่มีกุญแจส่วนตัว"),
        (certificates.OTHER_USE, "ไม่ได้ออกให้ใช้ลงลายมือชื่อ"),
        (certificates.OTHER_KEY, "ใช้กุญแจชนิดที่โปรแกรมไม่รองรับ"),
    ],
)
def test_a_certificate_that_cannot_sign_is_refused(
    desk: Desk, issued: Path, tmp_path: Path, untouched: Callable[[], None], kind: Kind, told: str
) -> None:
    certificate = certificate_file(tmp_path, kind)
    with pytest.raises(CannotDo) as refused:
        sign_with_certificate(desk, issued, certificate, PASSPHRASE, tmp_path / "out.pdf")
    assert told in str(refused.value) and is_one_thai_sentence(str(refused.value))
    untouched()


def test_a_file_that_is_no_certificate_is_refused(
    desk: Desk, issued: Path, tmp_path: Path, untouched: Callable[[], None]
) -> None:
    path = tmp_path / "ใบรับรอง.p12"
    for content in (b"", b"\x30\x03\x02\x01\x03", issued.read_bytes(), b"-----BEGIN CERTIFICATE-----\n", bytes(1000)):
        path.write_bytes(content)
        with pytest.raises(CannotDo, match="ไม่ใช่แฟ้มใบรับรอง") as refused:
            sign_with_certificate(desk, issued, path, PASSPHRASE, tmp_path / "out.pdf")
        assert is_one_thai_sentence(str(refused.value))
    for missing in (tmp_path / "ไม่มี.p12", tmp_path):
        with pytest.raises(CannotDo, match=r"ไม่พบแฟ้มใบรับรอง|เป็นโฟลเดอร์"):
            sign_with_certificate(desk, issued, missing, PASSPHRASE, tmp_path / "out.pdf")
    path.write_bytes(bytes(1_048_577))
    with pytest.raises(CannotDo, match="ใหญ่เกิน 1 เมกะไบต์"):
        sign_with_certificate(desk, issued, path, PASSPHRASE, tmp_path / "out.pdf")
    untouched()


WRONG = "ความลับที่พิมพ์ผิด-3141592"


def test_a_wrong_passphrase_is_refused_and_stands_nowhere(
    desk: Desk,
    issued: Path,
    certificate: Path,
    tmp_path: Path,
    untouched: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    for wrong, told in ((WRONG, "ของใบรับรองไม่ถูกต้อง"), ("", "ยังไม่ได้บอกรหัสผ่าน"), (f"{WRONG}\udc80", "ไม่ถูกต้อง")):
        with pytest.raises(CannotDo, match=told) as refused:
            sign_with_certificate(desk, issued, certificate, wrong, tmp_path / "out.pdf")
        error: BaseException | None = refused.value
        while error is not None:
            assert "3141592" not in repr(error) + str(error.args)
            error = error.__cause__ or error.__context__
    assert "3141592" not in caplog.text
    untouched()


def test_the_passphrase_and_the_key_are_in_no_file_after_signing(signed: Signed, tmp_path: Path) -> None:
    hidden = PASSPHRASE.encode()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert hidden not in content and PASSPHRASE.encode("utf-16-be") not in content, path
            assert b"PRIVATE KEY" not in content


def test_a_signing_key_does_not_show_itself(tmp_path: Path) -> None:
    from desktop.services.signing_certificates import opened_certificate

    opened = opened_certificate(certificate_file(tmp_path), PASSPHRASE, SIGNING_TIME)
    assert repr(opened) == "SigningKey(…)"


def _encrypted(pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.encrypt("ก", algorithm="AES-256")
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


@pytest.mark.parametrize("way", ["certificate", "picture"])
@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda pdf: b"", "ไม่ใช่ PDF"),
        (lambda pdf: ink_picture(), "ไม่ใช่ PDF"),
        (_encrypted, "ถูกเข้ารหัสไว้"),
        (lambda pdf: pdf[: len(pdf) // 2], "เสียหายหรือมีโครงสร้าง"),
        (lambda pdf: pdf[:40] + bytes(len(pdf)), "เสียหายหรือมีโครงสร้าง"),
        (lambda pdf: pdf.replace(b"/Kids", b"/Kidz"), "เสียหายหรือมีโครงสร้าง"),
    ],
)
def test_a_pdf_that_cannot_be_signed_is_refused(
    desk: Desk,
    issued: Path,
    certificate: Path,
    tmp_path: Path,
    way: str,
    spoil: Callable[[bytes], bytes],
    told: str,
) -> None:
    spoiled, out = tmp_path / "เสีย.pdf", tmp_path / "out.pdf"
    spoiled.write_bytes(spoil(issued.read_bytes()))
    before = digest(desk.register.folder)
    with pytest.raises(CannotDo) as refused:
        if way == "picture":
            sign_with_picture(desk, spoiled, ink_picture(), out)
        else:
            sign_with_certificate(desk, spoiled, certificate, PASSPHRASE, out)
    assert told in str(refused.value) and is_one_thai_sentence(str(refused.value))
    assert not out.exists() and digest(desk.register.folder) == before


def test_what_is_signed_already_is_not_signed_again(
    desk: Desk, issued: Path, signed: Signed, certificate: Path, tmp_path: Path, open_desk: Callable[..., Desk]
) -> None:
    pictured = sign_with_picture(desk, issued, ink_picture(), tmp_path / "ภาพ.pdf")
    again = tmp_path / "again.pdf"
    elsewhere = open_desk(folder=tmp_path / "อื่น")  # there the bytes alone tell
    elsewhere.now_of = lambda: SIGNING_TIME
    for at, pdf in ((desk, signed.out), (desk, pictured.out), (elsewhere, signed.out)):
        with pytest.raises(CannotDo, match=r"ลงนามแล้ว|มีลายมือชื่ออิเล็กทรอนิกส์อยู่แล้ว"):
            sign_with_certificate(at, pdf, certificate, PASSPHRASE, again)
        with pytest.raises(CannotDo, match=r"ลงนามแล้ว|มีลายมือชื่ออิเล็กทรอนิกส์อยู่แล้ว"):
            sign_with_picture(at, pdf, ink_picture(), again)
    assert not again.exists()


def test_nothing_is_written_over_the_issued_file_the_register_or_another_kind_of_file(
    desk: Desk, issued: Path, certificate: Path, tmp_path: Path, untouched: Callable[[], None]
) -> None:
    linked, sheet = tmp_path / "ชื่ออื่น.pdf", tmp_path / "ตาราง.xlsx"
    linked.hardlink_to(issued)
    sheet.write_bytes(b"PK\x03\x04")
    before = {path: path.read_bytes() for path in (issued, sheet, desk.register.folder / "register.sqlite")}
    for out in (
        issued,
        issued.parent / "." / issued.name,
        linked,
        sheet,
        certificate,
        desk.register.folder / "register.sqlite",
        desk.register.folder / "register.pdf",
        tmp_path,
        tmp_path / "ไม่มีโฟลเดอร์นี้" / "a.pdf",
    ):
        with pytest.raises(CannotDo) as refused:
            sign_with_certificate(desk, issued, certificate, PASSPHRASE, out)
        assert is_one_thai_sentence(str(refused.value))
        with pytest.raises(CannotDo):
            sign_with_picture(desk, issued, ink_picture(), out)
    assert all(path.read_bytes() == content for path, content in before.items())
    linked.unlink()
    sheet.unlink()
    untouched()


def test_a_disk_that_refuses_the_file_leaves_no_row_and_no_piece(
    desk: Desk,
    issued: Path,
    certificate: Path,
    tmp_path: Path,
    untouched: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for step in ("write", "give_name"):
        with monkeypatch.context() as patch:

            def refuse(*_: object) -> None:
                raise CannotDo("เขียนแฟ้มไม่ได้")

            patch.setattr(WholeFile, step, refuse)
            with pytest.raises(CannotDo, match="เขียนแฟ้มไม่ได้"):
                sign_with_certificate(desk, issued, certificate, PASSPHRASE, tmp_path / "out.pdf")
        untouched()


def test_a_signature_that_does_not_hold_when_read_back_is_never_written(
    desk: Desk,
    issued: Path,
    certificate: Path,
    tmp_path: Path,
    untouched: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import forms.pdf_signing

    made = forms.pdf_signing.signed_pdf
    monkeypatch.setattr(forms.pdf_signing, "signed_pdf", lambda *given: made(*given).replace(b"/Root", b"/Roof"))
    with pytest.raises(CannotDo, match="ไม่ผ่านการตรวจซ้ำ"):
        sign_with_certificate(desk, issued, certificate, PASSPHRASE, tmp_path / "out.pdf")
    untouched()


# ---- a PDF that was not issued here ----


def test_a_pdf_of_another_office_is_signed_on_its_last_page_and_not_noted(
    desk: Desk, certificate: Path, tmp_path: Path
) -> None:
    writer = PdfWriter()
    for width, height in ((595, 842), (842, 595)):
        writer.add_blank_page(width, height)
    foreign, before = tmp_path / "หนังสือ.pdf", digest(desk.register.folder)
    writer.write(foreign)
    signed = sign_with_certificate(desk, foreign, certificate, PASSPHRASE, tmp_path / "out.pdf")
    assert signed.issued is None and any("ไม่ได้ออกจากทะเบียนนี้" in remark for remark in signed.remarks)
    assert "Signature is Valid" in poppler(signed.out) and digest(desk.register.folder) == before
    pages = PdfReader(signed.out).pages
    assert "/Annots" not in pages[0]
    left, bottom, right, top = (float(side) for side in pages[1]["/Annots"][0].get_object()["/Rect"])
    assert 421 < left < right <= 842 and 0 <= bottom < top < 298  # the lower right quarter
    told = text_in(signed.out, 1, [left, bottom, right, top])
    assert OFFICER in told and DAY_IN_THAI in told and "ฉบับ" not in told
    assert sign_with_picture(desk, foreign, ink_picture(), tmp_path / "b.pdf").issued is None


def test_a_tiny_page_still_holds_its_signature(desk: Desk, certificate: Path, tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(90, 40)
    foreign = tmp_path / "เล็ก.pdf"
    writer.write(foreign)
    signed = sign_with_certificate(desk, foreign, certificate, PASSPHRASE, tmp_path / "out.pdf")
    rectangle = [float(side) for side in PdfReader(signed.out).pages[0]["/Annots"][0].get_object()["/Rect"]]
    assert rectangle == [0, 0, 90, 40] and "Signature is Valid" in poppler(signed.out)


def test_an_older_revision_is_signed_with_a_word_of_warning(
    desk: Desk, issued: Path, certificate: Path, tmp_path: Path
) -> None:
    _issued(desk, tmp_path / "แก้ไข.pdf", revise=True, why="พิมพ์ผิด")
    signed = sign_with_certificate(desk, issued, certificate, PASSPHRASE, tmp_path / "out.pdf")
    assert any("มีฉบับแก้ไขที่ใหม่กว่า" in remark for remark in signed.remarks)


# ---- a picture of a signature ----


def _ink_on(path: Path, folder: Path) -> tuple[int, set[tuple[int, int, int]]]:
    """(how many dark blue points stand in the signature place, the colours outside of it that changed)."""
    page, (left, bottom, right, top) = place_of(path)
    stem = folder / f"{path.stem}-seen"
    subprocess.run(["pdftoppm", "-r", "72", "-f", str(page + 1), "-l", str(page + 1), "-png", path, stem], check=True)
    (file,) = folder.glob(f"{path.stem}-seen*.png")
    with Image.open(file) as image:
        box = (round(left), round(image.height - top), round(right), round(image.height - bottom))
        inside = image.convert("RGB").crop(box)
    file.unlink()
    blue = [each for each in inside.get_flattened_data() if each[2] > each[0] + 60]
    return len(blue), set(blue)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("PNG", {}),
        ("PNG", {"clear": True}),
        ("JPEG", {"quality": 90}),
        ("WEBP", {"lossless": True}),
        ("WEBP", {"clear": True, "lossless": True}),
    ],
)
def test_a_picture_of_a_signature_is_drawn_in_its_place_and_the_dots_stay(
    desk: Desk, issued: Path, tmp_path: Path, kind: str, options: dict[str, object]
) -> None:
    signed = sign_with_picture(desk, issued, ink_picture(kind, **options), tmp_path / "ภาพ.pdf")  # type: ignore[arg-type]
    assert signed.out.read_bytes().startswith(issued.read_bytes())
    before, _ = _ink_on(issued, tmp_path)
    after, _ = _ink_on(signed.out, tmp_path)
    assert before == 0 and after > 100
    page, sides = place_of(issued)
    assert text_in(signed.out, page, sides) == text_in(issued, page, sides)
    copy = signed_copies.by_sha256(desk.register.connection, signed.sha256)
    assert copy is not None and copy.way == "picture"


def test_a_clear_background_stays_clear_in_the_file(desk: Desk, issued: Path, tmp_path: Path) -> None:
    clear = sign_with_picture(desk, issued, ink_picture(clear=True), tmp_path / "a.pdf").out
    opaque = sign_with_picture(desk, issued, ink_picture(), tmp_path / "b.pdf").out
    page, _ = place_of(issued)
    drawn = [PdfReader(path).pages[page]["/Resources"]["/XObject"]["/SignaturePicture"] for path in (clear, opaque)]
    assert "/SMask" in drawn[0] and "/SMask" not in drawn[1]


def test_nothing_but_the_ink_goes_into_the_file(desk: Desk, issued: Path, tmp_path: Path) -> None:
    with Image.open(BytesIO(ink_picture())) as image:
        exif = image.getexif()
        exif[0x010E] = "ความลับในภาพ secret-place 13.75"
        output = BytesIO()
        image.save(output, "JPEG", exif=exif, comment=b"secret-comment")
    picture = output.getvalue()
    assert b"secret-place" in picture or b"secret-comment" in picture
    content = sign_with_picture(desk, issued, picture, tmp_path / "a.pdf").out.read_bytes()
    assert b"secret" not in content and picture[:2000] not in content
    drawn = PdfReader(tmp_path / "a.pdf").pages[place_of(issued)[0]]["/Resources"]["/XObject"]["/SignaturePicture"]
    assert drawn["/Width"] <= 1400 and drawn["/Height"] <= 700 and drawn["/Width"] < 1000  # the paper is cut away


def _bomb() -> bytes:
    """A PNG whose header promises 900 million points."""
    content = bytearray(ink_picture(blank=True))
    content[16:24] = (30_000).to_bytes(4, "big") * 2
    import zlib

    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4, "big")
    return bytes(content)


@pytest.mark.parametrize(
    "picture",
    [
        b"",
        b"GIF89a" + bytes(50),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7\n",
        ink_picture(blank=True),
        ink_picture(clear=True, blank=True),
        ink_picture()[:-200],
        ink_picture("JPEG")[:-500],
        _bomb(),
    ],
    ids=["empty", "gif", "svg", "pdf", "blank", "clear", "cut png", "cut jpeg", "bomb"],
)
def test_a_picture_that_is_none_is_refused_at_once(
    desk: Desk, issued: Path, tmp_path: Path, untouched: Callable[[], None], picture: bytes
) -> None:
    started = time.monotonic()
    for draw in (
        lambda: sign_with_picture(desk, issued, picture, tmp_path / "out.pdf"),
        lambda: signature_preview(picture),
    ):
        with pytest.raises(CannotDo) as refused:
            draw()
        assert is_one_thai_sentence(str(refused.value)) and "ภาพ" in str(refused.value)
    assert time.monotonic() - started < 5  # a bound against decoding a bomb, no measurement
    untouched()


def test_the_preview_is_the_ink_on_white(tmp_path: Path) -> None:
    with Image.open(BytesIO(signature_preview(ink_picture(clear=True)))) as image:
        assert image.mode == "RGB" and image.getpixel((0, 0)) == (255, 255, 255)
        assert image.width < 1000 and min(image.convert("L").getextrema()) < 60
        assert any(each == INK for each in image.get_flattened_data())


# ---- offline ----


class NoSocket(socket.socket):
    """A socket that nobody may make."""

    def __init__(self, *_: object, **__: object) -> None:
        raise AssertionError("a socket was made")


def test_signing_and_checking_open_no_socket(
    desk: Desk, issued: Path, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.services.pdf_verification import verify_pdf

    monkeypatch.setattr(socket, "socket", NoSocket)
    signed = sign_with_certificate(desk, issued, certificate, PASSPHRASE, tmp_path / "out.pdf")
    assert verify_pdf(desk, signed.out).ok
    assert verify_pdf(desk, sign_with_picture(desk, issued, ink_picture(), tmp_path / "b.pdf").out).ok


PYHANKOS_OWN_WAY = """
import socket, sys
from io import BytesIO
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

class NoSocket(socket.socket):
    def __init__(self, *_, **__):
        raise AssertionError("a socket was made")

pdf, certificate, passphrase = sys.argv[1:]
signer = signers.SimpleSigner.load_pkcs12(certificate, passphrase=passphrase.encode())
writer = IncrementalPdfFileWriter(BytesIO(open(pdf, "rb").read()))
socket.socket = NoSocket
signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="a"), signer=signer)
"""


def test_pyhankos_own_way_would_open_sockets(issued: Path, certificate: Path) -> None:
    """Control: its blocking calls start an event loop, and that makes a pair of sockets."""
    command = [sys.executable, "-c", PYHANKOS_OWN_WAY, str(issued), str(certificate), PASSPHRASE]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0 and "AssertionError: a socket was made" in done.stderr


def test_a_coroutine_that_waits_for_the_world_is_refused() -> None:
    import asyncio

    from forms.offline_loop import run_offline

    async def waits() -> None:
        await asyncio.get_running_loop().create_future()

    async def gives() -> int:
        return sum(await asyncio.gather(*(plain(number) for number in (1, 2))))

    async def plain(number: int) -> int:
        return number

    assert run_offline(gives()) == 3
    with pytest.raises(RuntimeError):
        run_offline(waits())


def test_importing_the_services_brings_no_heavy_library() -> None:
    program = (
        "import sys, desktop.services.signing, desktop.services.signing_certificates\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & "
        "{'pyhanko', 'aiohttp', 'asn1crypto', 'cryptography', 'PIL', 'reportlab', 'forms', 'asyncio'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


# ---- the command line's words ----


def test_the_commands_answer_in_the_shapes_others_rely_on(
    desk: Desk, issued: Path, certificate: Path, tmp_path: Path
) -> None:
    secret, out = tmp_path / "รหัส.txt", tmp_path / "out.pdf"
    secret.write_bytes(b"\xef\xbb\xbf" + PASSPHRASE.encode() + b"\r\n")
    found = Namespace(file=issued, certificate=certificate, passphrase_file=secret, out=out)
    answer = signing_commands.sign(desk, found)
    sha256 = hashlib.sha256(out.read_bytes()).hexdigest()
    assert {name: answer.document[name] for name in ("out", "signer", "sha256")} == {
        "out": str(out),
        "signer": OFFICER,
        "sha256": sha256,
    }
    assert OFFICER in answer.words[0] and PASSPHRASE not in str(answer)
    document = signing_commands.verify_pdf(desk, Namespace(file=out)).document
    remarks = document.pop("remarks")
    assert document == {
        "ok": True,
        "issued": {"month": "2020-01", "report_number": 4, "revision": 1},
        "signature": {"valid": True, "covers_all": True, "signer": OFFICER},
        "problems": [],
    }
    assert len(remarks) == 2
    out.write_bytes(out.read_bytes()[:-1])
    answer = signing_commands.verify_pdf(desk, Namespace(file=out))
    assert answer.document["ok"] is False and answer.document["issued"] is None and answer.document["problems"]
    assert "ไม่ผ่านการตรวจ" in answer.words[0]


def test_the_command_names_its_option_when_a_locked_certificate_comes_without_a_passphrase(
    desk: Desk, issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.register.close()
    commands = Commands(desk.register.folder, capsys, "2020-01-28")
    out = tmp_path / "ลงนาม.pdf"
    refused = commands.plain("sign", issued, "--certificate", certificate_file(tmp_path), "--out", out)
    assert refused.state == 1 and "--passphrase-file" in refused.err and not out.exists()
    assert is_one_thai_sentence(refused.err.strip())


@pytest.mark.parametrize("content", [b"sesame\xff", b"sesame" * 900, None], ids=["not UTF-8", "too long", "missing"])
def test_a_file_of_a_passphrase_that_cannot_be_read_is_refused_without_a_word_of_it(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "รหัส.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CannotDo, match="แฟ้มรหัสผ่าน") as refused:
        signing_commands.passphrase_from(path)
    assert "sesame" not in str(refused.value)


def test_the_same_signing_is_dated_by_the_desk_and_never_by_the_pc(
    desk: Desk, issued: Path, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        signed = sign_with_certificate(desk, issued, certificate, PASSPHRASE, tmp_path / "out.pdf")
    finally:
        monkeypatch.undo()
        time.tzset()
    added = signed.out.read_bytes()[issued.stat().st_size :]
    assert set(re.findall(rb"D:(\d{8})", added)) - {b"20200128"} == set()
    assert datetime.now(UTC).strftime("%Y%m%d").encode() not in added
    assert signing.LARGEST == 64 * 1024 * 1024
