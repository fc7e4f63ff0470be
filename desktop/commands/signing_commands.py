"""The commands ``sign`` and ``verify FILE.pdf``: the services they call, their JSON, and the same in Thai words."""

import argparse
from pathlib import Path

from desktop.commands.answer import Answer
from desktop.domain.block_wording import revision_name
from desktop.services.chosen_files import read_chosen
from desktop.services.desk import CannotDo, Desk
from desktop.services.pdf_verification import PdfVerification
from desktop.services.pdf_verification import verify_pdf as verified
from desktop.services.signing import sign_with_certificate
from desktop.services.signing_certificates import PassphraseMissing

LONGEST_PASSPHRASE = 4_096  # bytes


def sign(desk: Desk, found: argparse.Namespace) -> Answer:
    """Sign a PDF with a certificate; reads ``file``, ``certificate``, ``passphrase_file`` and ``out``."""
    passphrase = "" if found.passphrase_file is None else passphrase_from(found.passphrase_file)
    try:
        signed = sign_with_certificate(desk, found.file, found.certificate, passphrase, found.out)
    except PassphraseMissing as missing:
        raise CannotDo(str(missing).replace("โปรดใส่รหัสผ่าน", "โปรดบอกแฟ้มของรหัสผ่านด้วย --passphrase-file")) from None
    document = {
        "out": str(signed.out),
        "signer": signed.signer,
        "sha256": signed.sha256,
        "remarks": list(signed.remarks),
    }
    of = f" {signed.issued.name}" if signed.issued else ""
    return Answer(document, [f"ลงลายมือชื่ออิเล็กทรอนิกส์ของ {signed.signer} แล้ว{of}: {signed.out}", *signed.remarks])


def verify_pdf(desk: Desk, found: argparse.Namespace) -> Answer:
    """Check a PDF; reads ``file``. The caller ends with 1 when the document's ``ok`` is false."""
    result = verified(desk, found.file)
    return Answer(verification_json(result), verification_words(result))


def verification_json(result: PdfVerification) -> dict[str, object]:
    """What became of checking a file, as JSON."""
    issued, signature = result.issued, result.signature
    return {
        "ok": result.ok,
        "issued": None
        if issued is None
        else {"month": issued.month.iso, "report_number": issued.report_number, "revision": issued.revision},
        "signature": None
        if signature is None
        else {"valid": signature.valid, "covers_all": signature.covers_all, "signer": signature.signer},
        "problems": list(result.problems),
        "remarks": list(result.remarks),
    }


def verification_words(result: PdfVerification) -> list[str]:
    """The same in Thai lines."""
    words = ["แฟ้มนี้เป็นฉบับที่ออกจากทะเบียนนี้และไม่ถูกแก้ไข" if result.ok else "แฟ้มนี้ไม่ผ่านการตรวจ"]
    if result.issued is not None:
        issued = result.issued
        words.append(f"รายงานครั้งที่ {issued.report_number} เดือน{issued.month.thai} {revision_name(issued.revision)}")
    if result.signature is not None:
        holds = "ถูกต้อง" if result.signature.valid else "ไม่ถูกต้อง"
        covers = "ครอบคลุมทั้งแฟ้ม" if result.signature.covers_all else "ไม่ครอบคลุมทั้งแฟ้ม"
        words.append(f"ลายมือชื่ออิเล็กทรอนิกส์ของ {result.signature.signer} {holds} {covers}")
    return [*words, *(f"ปัญหา: {each}" for each in result.problems), *(f"หมายเหตุ: {each}" for each in result.remarks)]


def passphrase_from(path: Path) -> str:
    """The passphrase a file holds on its first line; raises CannotDo, and never with a word of it."""
    content = read_chosen(path, LONGEST_PASSPHRASE, "แฟ้มรหัสผ่าน")
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise CannotDo(f"แฟ้มรหัสผ่าน {path} ไม่ใช่ข้อความ UTF-8 โปรดบันทึกใหม่เป็น UTF-8 ยังไม่ได้ทำอะไร") from None
    return lines[0] if lines else ""
