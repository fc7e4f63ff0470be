"""Signing a report: with the officer's certificate (PAdES, offline) or with a picture of her signature.

What is signed stays byte for byte as it was issued; the signature is added after it, into a file of its own. A signed
copy of a report issued here is noted in the register, so that it is known again (``services/pdf_verification.py``).
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from desktop.domain.block_wording import revision_name
from desktop.domain.evidence import SignedCopy
from desktop.domain.office_year import IssuedReport
from desktop.domain.thai_dates import BANGKOK
from desktop.services.changes import Change, apply_within, officer
from desktop.services.chosen_files import MEGABYTE, read_chosen
from desktop.services.desk import CannotDo, Desk
from desktop.services.known_papers import KnownPaper, known_paper, newest_revision
from desktop.services.month_reports import issued_pdf
from desktop.services.picture_headers import JPEG, MOST_PIXELS, PNG, WEBP, PictureRefused, read_header
from desktop.services.signing_certificates import NOTHING_WRITTEN, opened_certificate, signer_and_remark
from desktop.services.whole_files import PDF, WholeFile, refuse_target

Given = TypeVar("Given")
LARGEST = 64 * MEGABYTE
PICTURES = (JPEG, PNG, WEBP)
BY_CERTIFICATE, BY_PICTURE = "certificate", "picture"
NOT_ISSUED_HERE = "PDF นี้ไม่ได้ออกจากทะเบียนนี้ จึงไม่บันทึกสำเนาไว้ และจะตรวจภายหลังไม่ได้ว่าเป็นรายงานฉบับใด"


@dataclass(frozen=True)
class Signed:
    """The file that was written; ``issued`` is the report it is a copy of, None when it was not issued here."""

    out: Path
    signer: str
    sha256: str
    issued: KnownPaper | None
    remarks: tuple[str, ...]


def sign_with_certificate(desk: Desk, pdf: Path, certificate: Path, passphrase: str, out: Path) -> Signed:
    """Sign a PDF with a PKCS#12 certificate and write the signed copy; raises CannotDo, with nothing written."""
    _refuse_same(pdf, out)
    return sign_content(desk, read_chosen(pdf, LARGEST, "แฟ้ม PDF"), certificate, passphrase, out)


def sign_with_picture(desk: Desk, pdf: Path, picture: bytes, out: Path) -> Signed:
    """Draw a picture of the signature into a PDF and write that copy; the picture is kept nowhere. Raises CannotDo."""
    _refuse_same(pdf, out)
    return draw_signature(desk, read_chosen(pdf, LARGEST, "แฟ้ม PDF"), picture, out)


def sign_issued(desk: Desk, report: IssuedReport, certificate: Path, passphrase: str, out: Path) -> Signed:
    """The same with a certificate for a report of the register, straight from its frozen bytes."""
    return sign_content(desk, issued_pdf(desk, report), certificate, passphrase, out)


def draw_on_issued(desk: Desk, report: IssuedReport, picture: bytes, out: Path) -> Signed:
    """The same with a picture for a report of the register."""
    return draw_signature(desk, issued_pdf(desk, report), picture, out)


def sign_content(desk: Desk, pdf: bytes, certificate: Path, passphrase: str, out: Path) -> Signed:
    """Sign the bytes of a PDF with a certificate; what is written has been read back and holds."""
    from forms.pdf_signing import signed_pdf
    from forms.signature_reading import read_signatures
    from forms.signature_stamp import SignatureWords, signature_stamp

    refuse_target(desk.register, out, PDF)
    at = desk.now_of().astimezone(BANGKOK).replace(microsecond=0)
    paper = _paper_to_sign(desk, pdf)
    signing = opened_certificate(certificate, passphrase, at)
    signer, remark = signer_and_remark(signing.certificate)
    words = SignatureWords(signer, at, revision_name(paper.revision) if paper else "")
    stamp = partial(signature_stamp, words, fonts=desk.shipped.fonts, texts=desk.shipped.words)
    content = _made(lambda: signed_pdf(pdf, signing, lambda size: stamp(size=size), at))
    read = _made(lambda: read_signatures(content))
    if len(read) != 1 or not (read[0].valid and read[0].covers_all):
        raise CannotDo(f"ลายมือชื่อที่ทำไม่ผ่านการตรวจซ้ำ โปรดลองใหม่หรือใช้ใบรับรองอื่น {NOTHING_WRITTEN}")
    return _kept(desk, paper, content, _Act(signer, BY_CERTIFICATE, at, out, (remark,)))


def draw_signature(desk: Desk, pdf: bytes, picture: bytes, out: Path) -> Signed:
    """Draw a picture of a signature on the bytes of a PDF."""
    from forms.signature_ink import NoSignature
    from forms.signature_picture import picture_signed_pdf

    refuse_target(desk.register, out, PDF)
    at = desk.now_of().astimezone(BANGKOK).replace(microsecond=0)
    paper = _paper_to_sign(desk, pdf)
    refuse_picture(picture)
    try:
        content = _made(lambda: picture_signed_pdf(pdf, picture, at))
    except NoSignature as refused:
        raise CannotDo(f"{refused} {NOTHING_WRITTEN}") from None
    remarks = ("ภาพลายมือชื่อไม่ใช่ลายมือชื่ออิเล็กทรอนิกส์ที่ตรวจได้ด้วยตัวเอง แต่ทะเบียนนี้ตรวจได้ว่าแฟ้มถูกแก้ไขหรือไม่",)
    return _kept(desk, paper, content, _Act(_responsible(desk, paper), BY_PICTURE, at, out, remarks))


def refuse_picture(picture: bytes) -> None:
    """Raise CannotDo for what its first bytes tell is no picture, or too large to decode."""
    try:
        media = read_header(picture).media
    except PictureRefused:
        media = ""
    if media not in PICTURES:
        limit = MOST_PIXELS // 1_000_000
        raise CannotDo(
            f"ใช้ภาพนี้เป็นลายมือชื่อไม่ได้ ต้องเป็นภาพ JPEG, PNG หรือ WebP ที่สมบูรณ์ ไม่เกิน {limit} ล้านจุด {NOTHING_WRITTEN}"
        )


def signature_preview(picture: bytes) -> bytes:
    """The ink of a picture on white, as a small PNG to look at; raises CannotDo as signing with it would."""
    from forms.signature_ink import NoSignature, preview

    refuse_picture(picture)
    try:
        return preview(picture)
    except NoSignature as refused:
        raise CannotDo(f"{refused} {NOTHING_WRITTEN}") from None


@dataclass(frozen=True)
class _Act:
    """Who signed how, when, into which file, and what is to be known of it."""

    signer: str
    way: str
    at: datetime
    out: Path
    remarks: tuple[str, ...]


def _kept(desk: Desk, paper: KnownPaper | None, content: bytes, act: _Act) -> Signed:
    """Write the signed copy, and note it when its report was issued here: both or neither."""
    sha256 = hashlib.sha256(content).hexdigest()
    if paper is None:
        _write(act.out, content)
        return Signed(act.out, act.signer, sha256, None, (*act.remarks, NOT_ISSUED_HERE))
    copy = SignedCopy(sha256, len(content), paper.month, paper.revision, act.signer, act.way, act.at.astimezone(UTC))
    with desk.transaction():
        apply_within(desk, "ลงลายมือชื่อในรายงาน", [Change(None, copy)])
        _write(act.out, content)  # its final name last: the register knows every signed copy there is
    remarks = act.remarks
    if newest_revision(desk, paper.month) > paper.revision:
        remarks = (*remarks, f"{paper.name} มีฉบับแก้ไขที่ใหม่กว่าแล้ว โปรดตรวจว่าลงนามถูกฉบับ")
    return Signed(act.out, act.signer, sha256, KnownPaper(paper.month, paper.revision, copy), remarks)


def _write(out: Path, content: bytes) -> None:
    with WholeFile(out) as file:
        file.write(content)
        file.give_name()


def _refuse_same(pdf: Path, out: Path) -> None:
    """The issued file is never written over, under whatever name it is given twice."""
    try:
        same = pdf.resolve() == out.resolve() or out.samefile(pdf)
    except OSError:
        same = False  # one of them is not there, or can be no file
    if same:
        raise CannotDo(f"แฟ้มที่ลงนามต้องใช้ชื่อใหม่ ไม่ใช่ชื่อเดียวกับ {pdf} เพราะฉบับที่ออกแล้วต้องไม่เปลี่ยน {NOTHING_WRITTEN}")


def _paper_to_sign(desk: Desk, pdf: bytes) -> KnownPaper | None:
    """The issued report these bytes are; a copy that is signed already is not signed again."""
    paper = known_paper(desk, pdf)
    if paper is not None and paper.copy is not None:
        raise CannotDo(f"แฟ้มนี้ลงนามแล้ว ({paper.name}) โปรดเลือกฉบับที่ออกจากทะเบียนซึ่งยังไม่ลงนาม {NOTHING_WRITTEN}")
    return paper


def _made(make: Callable[[], Given]) -> Given:
    """What the PDF room gives, or its obstacle as one Thai sentence."""
    from forms.pdf_update import NotSignable, Obstacle

    sentences = {
        Obstacle.NO_PDF: "แฟ้มนี้ไม่ใช่ PDF โปรดเลือกแฟ้มรายงานที่ออกแล้ว",
        Obstacle.ENCRYPTED: "PDF นี้ถูกเข้ารหัสไว้ จึงเพิ่มลายมือชื่อไม่ได้ โปรดใช้ฉบับที่ออกจากทะเบียน",
        Obstacle.SIGNED: "PDF นี้มีลายมือชื่ออิเล็กทรอนิกส์อยู่แล้ว โปรดใช้ฉบับที่ยังไม่ลงนาม",
        Obstacle.UNREADABLE: "PDF นี้เสียหายหรือมีโครงสร้างที่เพิ่มลายมือชื่อให้ไม่ได้ โปรดใช้ฉบับที่ออกจากทะเบียน",
    }
    try:
        return make()
    except NotSignable as refused:
        raise CannotDo(f"{sentences[refused.obstacle]} {NOTHING_WRITTEN}") from None


def _responsible(desk: Desk, paper: KnownPaper | None) -> str:
    """Whose hand it is: the officer responsible for the project that year, else the office's officer."""
    year = desk.current_year if paper is None else paper.month.fiscal_year
    return desk.fiscal_year(year).project.responsible or officer(desk) or "ผู้รับผิดชอบโครงการ"
