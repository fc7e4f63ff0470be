"""Is this PDF one that was issued or signed here, unchanged; does its signature hold, does it cover the whole file?

The register's SHA-256 decides whether a file is known: a signature alone misses changes in its own padding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.months import Month
from desktop.domain.thai_dates import BANGKOK, long_date
from desktop.services.chosen_files import read_chosen
from desktop.services.desk import CannotDo, Desk
from desktop.services.known_papers import KnownPaper, known_beginning, known_paper, newest_revision
from desktop.services.signing import BY_CERTIFICATE, LARGEST
from desktop.services.signing_certificates import SELF_ISSUED, shown_name, unknown_issuer

if TYPE_CHECKING:
    from forms.signature_reading import ReadSignature


@dataclass(frozen=True)
class IssuedHere:
    """Which report a file is."""

    month: Month
    report_number: int
    revision: int


@dataclass(frozen=True)
class FoundSignature:
    """The file's signature; ``valid`` is the cryptography alone, with no word on the issuer of the certificate."""

    valid: bool
    covers_all: bool
    signer: str


@dataclass(frozen=True)
class PdfVerification:
    """What became of checking a file; ``remarks`` are worth knowing and no fault of the file."""

    ok: bool
    issued: IssuedHere | None
    signature: FoundSignature | None
    problems: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def verify_pdf(desk: Desk, path: Path) -> PdfVerification:
    """Check a file; whatever it holds there is an answer, never an exception of its content."""
    try:
        content = read_chosen(path, LARGEST, "แฟ้ม PDF")
    except CannotDo as problem:
        return PdfVerification(False, None, None, (str(problem),))
    return verify_content(desk, content)


def verify_content(desk: Desk, content: bytes) -> PdfVerification:
    """The same for the bytes of a file."""
    paper = known_paper(desk, content)
    read, unreadable = _signatures(content)
    problems = [*_problems_of_bytes(desk, content, paper), *unreadable, *_problems_of_signatures(paper, read)]
    issued = None if paper is None else IssuedHere(paper.month, paper.month.report_number, paper.revision)
    remarks = (*_remarks_on_paper(desk, paper), *_remarks_on_certificate(read))
    return PdfVerification(not problems, issued, _summary(read), tuple(problems), remarks)


def _signatures(content: bytes) -> tuple[list["ReadSignature"], list[str]]:
    """(the signatures, problems of reading them); the one place that catches all that strange bytes can raise."""
    from forms.pdf_update import PDF_HEAD, NotSignable
    from forms.signature_reading import read_signatures

    if not content.startswith(PDF_HEAD):
        return [], ["แฟ้มนี้ไม่ใช่ PDF"]
    try:
        return read_signatures(content), []
    except NotSignable:
        return [], ["อ่านโครงสร้างหรือลายมือชื่อใน PDF ไม่ได้ แฟ้มอาจเสียหายหรือถูกแก้ไข"]


def _problems_of_bytes(desk: Desk, content: bytes, paper: KnownPaper | None) -> Iterator[str]:
    if paper is not None:
        return
    beginning = known_beginning(desk, content)
    if beginning is None:
        yield "ไม่ตรงกับแฟ้มใดที่ออกหรือลงนามจากทะเบียนนี้ แฟ้มถูกแก้ไข หรือมาจากที่อื่น"
    else:
        yield f"ส่วนต้นของแฟ้มคือ{beginning.name} แต่มีข้อมูลเพิ่มต่อท้ายซึ่งไม่ได้ทำจากทะเบียนนี้"


def _problems_of_signatures(paper: KnownPaper | None, read: list["ReadSignature"]) -> Iterator[str]:
    for each in read:
        if not each.valid:
            yield f"ลายมือชื่ออิเล็กทรอนิกส์ของ “{shown_name(each.signer)}” ไม่ถูกต้อง เนื้อความถูกแก้ไขหลังลงนาม"
    if read and not any(each.covers_all for each in read):
        yield "ลายมือชื่ออิเล็กทรอนิกส์ไม่ครอบคลุมทั้งแฟ้ม มีข้อมูลเพิ่มหลังลงนาม"
    if not read and paper is not None and paper.copy is not None and paper.copy.way == BY_CERTIFICATE:
        yield "ไม่พบลายมือชื่ออิเล็กทรอนิกส์ที่ทะเบียนบันทึกไว้ว่ามีในแฟ้มนี้"


def _summary(read: list["ReadSignature"]) -> FoundSignature | None:
    """All signatures as one: valid when each is; the signer of the one that covers most, the last."""
    if not read:
        return None
    valid, covers_all = all(each.valid for each in read), any(each.covers_all for each in read)
    return FoundSignature(valid, covers_all, shown_name(read[-1].signer))


def _remarks_on_paper(desk: Desk, paper: KnownPaper | None) -> Iterator[str]:
    if paper is None:
        return
    if paper.copy is not None:
        how = "ด้วยใบรับรอง" if paper.copy.way == BY_CERTIFICATE else "ด้วยภาพลายมือชื่อ"
        day = long_date(paper.copy.signed_at.astimezone(BANGKOK).date())
        yield f"ทะเบียนบันทึกว่า {paper.copy.signer} ลงนาม{how}เมื่อ {day}"
    newest = newest_revision(desk, paper.month)
    if newest > paper.revision:
        yield f"รายงานเดือนนี้มีฉบับแก้ไขที่ใหม่กว่า (ฉบับแก้ไขครั้งที่ {newest - 1})"


def _remarks_on_certificate(read: list["ReadSignature"]) -> Iterator[str]:
    for each in read:
        yield SELF_ISSUED if each.self_issued else unknown_issuer(each.issuer)
