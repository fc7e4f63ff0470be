"""A PDF is known by its bytes: unchanged it is recognised, altered anywhere it is told; no file breaks the check."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.domain.months import Month
from desktop.services import month_reports, pdf_verification
from desktop.services.demo import DEMO_ENDS, fill_with_demo
from desktop.services.desk import Desk
from desktop.services.known_papers import KnownPaper
from desktop.services.month_reports import OfficersWords
from desktop.services.pdf_verification import FoundSignature, IssuedHere, verify_content, verify_pdf
from desktop.services.signing import sign_with_certificate, sign_with_picture
from desktop.storage.register import open_for_writing
from tests.certificates import BY_AUTHORITY, CHIEF, ISSUER, OFFICER, PASSPHRASE, SIGNING_TIME, Kind, certificate_file
from tests.conftest import SHIPPED
from tests.services import alterations
from tests.services.alterations import BY_REGISTER, BY_SIGNATURE
from tests.services.signature_pictures import ink_picture

JANUARY = Month(2020, 1)
REPORT = IssuedHere(JANUARY, 4, 1)
QUICK, SEED = 60, 2563
HOLDS = FoundSignature(valid=True, covers_all=True, signer=OFFICER)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a register and its January report: issued.pdf, signed.pdf, pictured.pdf, draft.pdf."""
    folder = tmp_path_factory.mktemp("ลงนาม")
    desk = Desk(open_for_writing(folder / "ทะเบียน"), SHIPPED, lambda: DEMO_ENDS, lambda: SIGNING_TIME)
    fill_with_demo(desk, 40, 1)
    figures = month_reports.figures_of_month(desk, JANUARY, DEMO_ENDS, DEMO_ENDS)
    month_reports.write_draft(desk, figures, OfficersWords(), folder / "draft.pdf")
    month_reports.issue(desk, figures, OfficersWords(), folder / "issued.pdf")
    certificate = certificate_file(folder)
    sign_with_certificate(desk, folder / "issued.pdf", certificate, PASSPHRASE, folder / "signed.pdf")
    sign_with_picture(desk, folder / "issued.pdf", ink_picture(), folder / "pictured.pdf")
    desk.register.close()
    yield folder


@pytest.fixture
def desk(papers: Path, open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """A copy of that register."""
    return open_desk(folder=Path(shutil.copytree(papers / "ทะเบียน", tmp_path / "ทะเบียน")))


def test_an_issued_report_is_known_and_has_no_signature(desk: Desk, papers: Path) -> None:
    result = verify_pdf(desk, papers / "issued.pdf")
    assert (result.ok, result.issued, result.signature, result.problems) == (True, REPORT, None, ())


def test_a_signed_copy_is_known_by_its_report_and_its_signature_holds(desk: Desk, papers: Path) -> None:
    result = verify_pdf(desk, papers / "signed.pdf")
    assert (result.ok, result.issued, result.signature, result.problems) == (True, REPORT, HOLDS, ())
    assert any("ออกให้ตนเอง" in remark for remark in result.remarks)
    assert any("28 มกราคม 2563" in remark and OFFICER in remark for remark in result.remarks)


def test_a_copy_signed_with_a_picture_is_known_though_it_bears_no_signature(desk: Desk, papers: Path) -> None:
    result = verify_pdf(desk, papers / "pictured.pdf")
    assert (result.ok, result.issued, result.signature, result.problems) == (True, REPORT, None, ())
    assert any("ด้วยภาพลายมือชื่อ" in remark for remark in result.remarks)


def test_a_draft_is_none_of_the_papers_that_left_the_office(desk: Desk, papers: Path) -> None:
    result = verify_pdf(desk, papers / "draft.pdf")
    assert (result.ok, result.issued, result.signature) == (False, None, None)
    assert len(result.problems) == 1


def test_the_report_of_another_register_is_not_this_ones(papers: Path, open_desk: Callable[..., Desk]) -> None:
    result = verify_pdf(open_desk(), papers / "signed.pdf")
    assert (result.ok, result.issued, result.signature) == (False, None, HOLDS)
    assert "ไม่ตรงกับแฟ้มใด" in result.problems[0]


def test_an_older_revision_is_still_known_and_the_newer_one_is_mentioned(desk: Desk, papers: Path) -> None:
    figures = month_reports.figures_of_month(desk, JANUARY, DEMO_ENDS, DEMO_ENDS)
    month_reports.issue(desk, figures, OfficersWords(note="แก้ไข"), None, revise=True, why="พิมพ์ผิด")
    result = verify_pdf(desk, papers / "signed.pdf")
    assert result.ok and result.issued == REPORT
    assert any("ฉบับแก้ไขครั้งที่ 1" in remark for remark in result.remarks)


def test_every_alteration_is_told(desk: Desk, papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The short form: 60 alterations; ``make faults`` runs 1,000."""
    original = (papers / "signed.pdf").read_bytes()
    count = int(os.environ.get("RONGTHUK_ALTERATIONS", QUICK))
    found = alterations.tally(desk, original, count, SEED)
    with capsys.disabled():
        by_signature, by_register = found[BY_SIGNATURE], found[BY_REGISTER]
        print(f"\n{count} alterations told: {by_signature} by the signature, {by_register} by the register alone")
    assert found[None] == 0 and found.total() == count
    assert found[BY_SIGNATURE] > 0 and found[BY_REGISTER] > 0


def test_without_the_registers_hash_some_alterations_would_pass(
    desk: Desk, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: the signature alone is deaf to its own padding."""
    original = (papers / "signed.pdf").read_bytes()
    monkeypatch.setattr(pdf_verification, "known_paper", lambda desk, content: KnownPaper(JANUARY, 1))
    found = alterations.tally(desk, original, QUICK, SEED)
    assert found[None] > 0


def test_without_the_signature_an_alteration_of_the_text_would_not_be_told_by_others(desk: Desk, papers: Path) -> None:
    """Control for the other half: the signature of an altered text does not hold, whatever the register says."""
    altered = bytearray((papers / "signed.pdf").read_bytes())
    altered[300] ^= 1
    result = verify_content(desk, bytes(altered))
    assert result.signature == FoundSignature(valid=False, covers_all=True, signer=OFFICER)
    assert not result.ok and len(result.problems) == 2


def test_a_change_in_the_padding_leaves_the_signature_valid_and_is_told_all_the_same(desk: Desk, papers: Path) -> None:
    content = (papers / "signed.pdf").read_bytes()
    begin, end = alterations.padding(content)
    altered = content[: end - 1] + b"7" + content[end:]
    assert end - begin > 100
    result = verify_content(desk, altered)
    assert result.signature == HOLDS and not result.ok and result.issued is None


def test_what_was_added_behind_an_issued_report_is_named_with_the_report(desk: Desk, papers: Path) -> None:
    for name in ("issued.pdf", "signed.pdf"):
        result = verify_content(desk, (papers / name).read_bytes() + alterations.UPDATE)
        assert not result.ok and result.issued is None
        assert "รายงานครั้งที่ 4 เดือนมกราคม 2563 ฉบับแรก" in result.problems[0] and "ต่อท้าย" in result.problems[0]
    assert result.signature == FoundSignature(valid=True, covers_all=False, signer=OFFICER)


def test_a_signature_by_somebody_else_holds_but_does_not_make_the_file_known(
    desk: Desk, papers: Path, open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    """Another register signs the very same report: a true signature, and still not a paper that left here."""
    elsewhere = open_desk(folder=tmp_path / "ทะเบียนอื่น")
    elsewhere.now_of = lambda: SIGNING_TIME
    certificate = certificate_file(tmp_path, Kind(name=CHIEF, issued=True))
    out = tmp_path / "อื่น.pdf"
    sign_with_certificate(elsewhere, papers / "issued.pdf", certificate, PASSPHRASE, out)
    result = verify_pdf(desk, out)
    assert result.signature == FoundSignature(valid=True, covers_all=True, signer=CHIEF)
    assert not result.ok and result.issued is None
    assert any(ISSUER in remark and "ไม่รู้จัก" in remark for remark in result.remarks)


def test_a_certificate_of_an_unknown_issuer_is_valid_and_remarked_upon(
    desk: Desk, papers: Path, tmp_path: Path
) -> None:
    desk.now_of = lambda: SIGNING_TIME
    certificate = certificate_file(tmp_path, BY_AUTHORITY)
    signed = sign_with_certificate(desk, papers / "issued.pdf", certificate, PASSPHRASE, tmp_path / "อีกฉบับ.pdf")
    assert any(ISSUER in remark for remark in signed.remarks)
    result = verify_pdf(desk, signed.out)
    assert result.ok and result.signature == HOLDS
    assert any(ISSUER in remark for remark in result.remarks)


def test_a_row_of_the_register_with_another_length_knows_no_file(desk: Desk, papers: Path) -> None:
    """The hash and the length must both be the file's."""
    import sqlite3

    content = (papers / "signed.pdf").read_bytes()
    desk.register.connection.close()
    with sqlite3.connect(desk.register.folder / "register.sqlite") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE signed_copy SET length = length + 1 WHERE way = 'certificate'")
    connection.close()
    desk.register.connection = sqlite3.connect(desk.register.folder / "register.sqlite")
    assert verify_content(desk, content).issued is None


STRANGE: dict[str, bytes] = {
    "empty": b"",
    "one byte": b"%",
    "a head alone": b"%PDF-1.7\n",
    "text": "เรื่องร้องทุกข์".encode() * 1000,
    "zeros": bytes(100_000),
    "byte ranges of nothing": b"%PDF-1.7\n/ByteRange [0 0 0 0]",
    "byte ranges beyond the end": b"%PDF-1.7\n/ByteRange [0 10 999999999999 5]",
    "byte ranges of text": b"%PDF-1.7\n/ByteRange [a b c d]",
    "a thousand byte ranges": b"%PDF-1.7\n" + b"/ByteRange [0 9 11 5] <>" * 1000,
    "an empty signature": b"%PDF-1.7\n/ByteRange [0 000000035 000000037 0]\n<>",
    "a signature that is none": b"%PDF-1.7\n/ByteRange [0 0040 0046 0]       <3000>\n",
    "blanks for ever": b"%PDF-1.7\n/ByteRange" + b" " * 5_000_000,
    "a form that never ends": b"%PDF-1.7\n"
    + b"".join(b"%d 0 obj\n<</T(a)/Kids[%d 0 R %d 0 R]>>\nendobj\n" % (n, n + 1, n + 1) for n in range(1, 60))
    + b"trailer\n<</Root<</AcroForm<</Fields[1 0 R]>>>>>>\n%%EOF\n",
}


@pytest.mark.parametrize("name", STRANGE)
def test_any_bytes_get_an_answer_quickly(desk: Desk, tmp_path: Path, name: str) -> None:
    path = tmp_path / "แปลก.pdf"
    path.write_bytes(STRANGE[name])
    started = time.monotonic()
    result = verify_pdf(desk, path)
    assert time.monotonic() - started < 10  # a bound against hanging, no measurement
    assert not result.ok and result.issued is None and result.problems


@pytest.mark.parametrize("size", [1, 9, 400, 5_000, 20_000, 40_000])
def test_a_file_cut_off_anywhere_gets_an_answer(desk: Desk, papers: Path, size: int) -> None:
    for name in ("issued.pdf", "signed.pdf"):
        content = (papers / name).read_bytes()
        for cut in (content[:size], content[size:]):
            assert cut == content or not verify_content(desk, cut).ok


def test_a_folder_a_missing_file_and_a_huge_one_get_an_answer(
    desk: Desk, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_verification, "LARGEST", 1000)
    for path in (tmp_path, tmp_path / "ไม่มี.pdf", papers / "issued.pdf", Path("\0"), Path("x" * 5000)):
        result = verify_pdf(desk, path)
        assert (result.ok, result.issued, result.signature) == (False, None, None)
        assert len(result.problems) == 1 and len(result.problems[0].splitlines()) == 1


def test_checking_opens_no_socket_and_brings_pyhanko_only_when_asked() -> None:
    program = (
        "import sys, desktop.services.pdf_verification, desktop.services.signing, desktop.commands.signing_commands\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & "
        "{'pyhanko', 'aiohttp', 'asn1crypto', 'cryptography', 'PIL', 'reportlab', 'forms', 'asyncio'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


def test_the_time_of_a_certificate_that_ran_out_since_does_not_break_its_signature(desk: Desk, papers: Path) -> None:
    desk.now_of = lambda: datetime(2031, 1, 1, tzinfo=UTC)
    assert verify_pdf(desk, papers / "signed.pdf").ok
