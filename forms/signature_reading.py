"""Reading the signatures of a PDF: does each hold, does it cover the whole file, whose is it.

Only the cryptography is judged, offline: whether the issuer of a certificate is to be trusted is for people to say.
The signatures are found by their byte ranges, which must stand in the file as they are, and not through its form: a
strange file's form can be built to keep a reader busy for ever.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from asn1crypto.cms import ContentInfo
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, validate_sig_integrity

from forms.certificate_names import common_name
from forms.pdf_update import RANGES, structure_of_the_file

MOST_SIGNATURES = 20
LONGEST_CONTENTS = 1_000_000  # bytes of one signature as it stands in the file, in hexadecimal
DIGESTS = ("sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512")
_NUMBERS = re.compile(rb"\s*\[" + rb"\s*(\d{1,12})\b" * 4 + rb"\s*\]")


@dataclass(frozen=True)
class ReadSignature:
    """One signature of a file: the common names of its certificate's subject and issuer."""

    valid: bool
    covers_all: bool
    signer: str
    issuer: str
    self_issued: bool


@dataclass(frozen=True)
class _Signed:
    """The bytes a signature is over: all before ``pause`` and from ``resume`` to ``end``; the signature is between."""

    pause: int
    resume: int
    end: int


def read_signatures(pdf: bytes) -> list[ReadSignature]:
    """The signatures of a file in the order they stand in; raises NotSignable where one cannot be read."""
    with structure_of_the_file():
        return [_read(pdf, signed) for signed in _signed_ranges(pdf)]


def _signed_ranges(pdf: bytes) -> Iterator[_Signed]:
    at = pdf.find(RANGES)
    for _ in range(MOST_SIGNATURES):
        if at < 0:
            return
        numbers = _NUMBERS.match(pdf, at + len(RANGES))
        if numbers is None:
            raise ValueError("byte ranges of another shape")
        start, pause, resume, rest = map(int, numbers.groups())
        if start != 0 or not pause < resume <= resume + rest <= len(pdf):
            raise ValueError("byte ranges outside the file")
        yield _Signed(pause, resume, resume + rest)
        at = pdf.find(RANGES, numbers.end())
    raise ValueError("too many signatures")


def _read(pdf: bytes, signed: _Signed) -> ReadSignature:
    message = ContentInfo.load(_contents(pdf[signed.pause : signed.resume]))["content"]
    certificate = extract_certs_for_validation(message).signer_cert
    return ReadSignature(
        valid=_holds(pdf, signed, message, certificate),
        covers_all=signed.end == len(pdf),
        signer=common_name(certificate.subject),
        issuer=common_name(certificate.issuer),
        self_issued=certificate.subject == certificate.issuer,
    )


def _contents(gap: bytes) -> bytes:
    """The signature itself: the gap holds it in hexadecimal and nothing else, not a blank."""
    digits = gap[1:-1]
    if gap[:1] != b"<" or gap[-1:] != b">" or not digits.isalnum() or len(digits) > LONGEST_CONTENTS:
        raise ValueError("no signature in the gap")
    return bytes.fromhex(digits.decode("ascii"))


def _holds(pdf: bytes, signed: _Signed, message: Any, certificate: Any) -> bool:
    """Whether the digest is that of the file's bytes and the signature is by the certificate's key."""
    info = extract_signer_info(message)
    kind, name = message["encap_content_info"]["content_type"].native, info["digest_algorithm"]["algorithm"].native
    if kind != "data" or name not in DIGESTS:
        return False
    digest = hashlib.new(name, pdf[: signed.pause], usedforsecurity=False)
    digest.update(pdf[signed.resume : signed.end])
    intact, valid = validate_sig_integrity(info, certificate, kind, digest.digest())
    return intact and valid
