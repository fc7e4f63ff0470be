"""The officer's certificate, opened for one signature: a PKCS#12 file (.p12, .pfx) and its passphrase.

The passphrase goes into no exception, log or file; the key stays inside the cryptographic library.
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.thai_dates import BANGKOK, long_date
from desktop.domain.thai_text import clean_line
from desktop.services.chosen_files import MEGABYTE, read_chosen
from desktop.services.desk import CannotDo

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from forms.pdf_signing import SigningKey

WHAT = "แฟ้มใบรับรอง"
LARGEST = MEGABYTE
LONGEST_NAME = 200
NOTHING_WRITTEN = "ยังไม่ได้ลงนาม ไม่มีแฟ้มถูกเขียน"


class PassphraseMissing(CannotDo):
    """The file is locked and no passphrase was given."""


def opened_certificate(path: Path, passphrase: str, at: datetime) -> "SigningKey":
    """The key and certificates of the file, fit to sign with at a moment (with a time zone); raises CannotDo."""
    signing = _opened(read_chosen(path, LARGEST, WHAT), passphrase, path)
    _refuse_out_of_time(signing.certificate, at)
    _refuse_other_use(signing.certificate)
    return signing


def signer_and_remark(certificate: "Certificate") -> tuple[str, str]:
    """Whose certificate it is, and what to know of who answers for that: no issuer is known on this PC."""
    from asn1crypto import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    from forms.certificate_names import common_name

    found = x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    signer = shown_name(common_name(found.subject))
    return signer, SELF_ISSUED if found.subject == found.issuer else unknown_issuer(common_name(found.issuer))


SELF_ISSUED = "ใบรับรองนี้ผู้ลงนามออกให้ตนเอง ไม่มีผู้อื่นรับรองชื่อ ผู้รับควรยืนยันตัวผู้ลงนามด้วยวิธีอื่น"


def unknown_issuer(issuer: str) -> str:
    """The remark on a certificate issued by somebody this PC does not know."""
    return f"เครื่องนี้ไม่รู้จักผู้ออกใบรับรอง “{shown_name(issuer)}” ผู้รับควรยืนยันตัวผู้ลงนามด้วยวิธีอื่น"


def shown_name(name: str) -> str:
    """A name from a certificate, which may come from anywhere, as it can stand on the screen and on paper."""
    return clean_line(name)[:LONGEST_NAME] or "ไม่ระบุชื่อ"


def _opened(content: bytes, passphrase: str, path: Path) -> "SigningKey":
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs12

    from forms.pdf_signing import PrivateKey, SigningKey

    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(content, passphrase.encode(errors="replace") or None)
    except UnsupportedAlgorithm:
        raise CannotDo(
            f"{WHAT} {path} เข้ารหัสด้วยวิธีที่โปรแกรมไม่รองรับ โปรดส่งออกใบรับรองใหม่เป็น .p12 {NOTHING_WRITTEN}"
        ) from None
    except Exception:  # the library tells a wrong passphrase and a damaged file in many ways
        if not passphrase and _is_pkcs12(content):
            told = f"{WHAT} {path} มีรหัสผ่าน แต่ยังไม่ได้บอกรหัสผ่าน โปรดใส่รหัสผ่าน {NOTHING_WRITTEN}"
            raise PassphraseMissing(told) from None
        raise CannotDo(_why_not_opened(content, path)) from None
    if key is None:
        raise CannotDo(f"{WHAT} {path} ไม่มีกุญแจส่วนตัว จึงใช้ลงนามไม่ได้ โปรดส่งออกใหม่พร้อมกุญแจส่วนตัว {NOTHING_WRITTEN}")
    if certificate is None or certificate.public_key() != key.public_key():
        raise CannotDo(f"{WHAT} {path} มีกุญแจแต่ไม่มีใบรับรองของกุญแจนั้น โปรดขอแฟ้มใหม่จากผู้ออกใบรับรอง {NOTHING_WRITTEN}")
    if not isinstance(key, PrivateKey):
        raise CannotDo(f"{WHAT} {path} ใช้กุญแจชนิดที่โปรแกรมไม่รองรับ (ต้องเป็น RSA หรือ EC) {NOTHING_WRITTEN}")
    return SigningKey(key, certificate, chain)


def _is_pkcs12(content: bytes) -> bool:
    from asn1crypto.pkcs12 import Pfx

    try:
        return bool(Pfx.load(content)["version"].native == "v3")
    except Exception:  # whatever it is, it is no PKCS#12
        return False


def _why_not_opened(content: bytes, path: Path) -> str:
    if _is_pkcs12(content):
        return f"รหัสผ่านของใบรับรองไม่ถูกต้อง หรือแฟ้ม {path} เสียหาย โปรดพิมพ์รหัสผ่านใหม่ {NOTHING_WRITTEN}"
    return f"{path} ไม่ใช่{WHAT}ที่ใช้ลงนามได้ โปรดเลือกแฟ้ม .p12 หรือ .pfx {NOTHING_WRITTEN}"


def _refuse_out_of_time(certificate: "Certificate", at: datetime) -> None:
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if at > last:
        day = long_date(last.astimezone(BANGKOK).date())
        raise CannotDo(f"ใบรับรองหมดอายุแล้วตั้งแต่ {day} โปรดต่ออายุใบรับรองก่อน {NOTHING_WRITTEN}")
    if at < first:
        day = long_date(first.astimezone(BANGKOK).date())
        raise CannotDo(f"ใบรับรองยังไม่เริ่มใช้ได้ (เริ่ม {day}) โปรดตรวจวันที่ของเครื่องหรือรอถึงวันนั้น {NOTHING_WRITTEN}")


def _refuse_other_use(certificate: "Certificate") -> None:
    """A certificate that says what it is for must say signing."""
    from cryptography.x509 import ExtensionNotFound, KeyUsage

    try:
        use = certificate.extensions.get_extension_for_class(KeyUsage).value
    except (ExtensionNotFound, ValueError):
        return
    if not (use.digital_signature or use.content_commitment):
        raise CannotDo(f"ใบรับรองนี้ไม่ได้ออกให้ใช้ลงลายมือชื่อ โปรดใช้ใบรับรองสำหรับลงนาม {NOTHING_WRITTEN}")
