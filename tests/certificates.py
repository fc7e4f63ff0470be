"""Certificates made at test time: nobody's name, words for a role in Thai, keys that exist as long as the test."""

import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

OFFICER = "เจ้าหน้าที่ผู้รับผิดชอบโครงการ"
CHIEF = "หัวหน้าฝ่ายปกครอง"
ISSUER = "หน่วยงานออกใบรับรองสำหรับการทดสอบ"
PASSPHRASE = "รหัสลับ-ทดสอบ 7×9"
SIGNING_TIME = datetime(2020, 1, 28, 8, 30, tzinfo=UTC)  # 15:30 in Bangkok
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


@dataclass(frozen=True)
class Kind:
    """What a made certificate shall be."""

    name: str = OFFICER
    begins: datetime = SIGNING_TIME - timedelta(days=100)
    ends: datetime = SIGNING_TIME + timedelta(days=265)
    issued: bool = False  # by an authority, else by itself
    key: str = "rsa"
    may_sign: bool = True
    with_key: bool = True


GOOD = Kind()
GOOD_NOW = Kind(begins=datetime.now(UTC) - timedelta(days=1), ends=datetime.now(UTC) + timedelta(days=1))
BY_AUTHORITY = Kind(issued=True)
ELLIPTIC = Kind(key="ec")
EXPIRED = Kind(ends=SIGNING_TIME - timedelta(days=1))
NOT_YET = Kind(begins=SIGNING_TIME + timedelta(days=1))
WITHOUT_KEY = Kind(with_key=False)
OTHER_USE = Kind(may_sign=False)
OTHER_KEY = Kind(key="ed25519")


@lru_cache
def key_of(kind: str, name: str) -> Key:
    """A key of a kind, made once for each name."""
    if kind == "rsa":
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else ed25519.Ed25519PrivateKey.generate()


@lru_cache
def made(kind: Kind) -> tuple[x509.Certificate, list[x509.Certificate]]:
    """The certificate and those above it."""
    subject = _name(kind.name)
    if not kind.issued:
        return _signed(kind, subject, subject, key_of(kind.key, kind.name)), []
    authority, root = _name(ISSUER), key_of("rsa", ISSUER)
    above = _signed(Kind(name=ISSUER), authority, authority, root)
    return _signed(kind, subject, authority, root), [above]


def certificate_file(folder: Path, kind: Kind = GOOD, passphrase: str = PASSPHRASE) -> Path:
    """A PKCS#12 file of that kind in a folder."""
    certificate, above = made(kind)
    key = key_of(kind.key, kind.name) if kind.with_key else None
    lock = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    if key is None:
        content = pkcs12.serialize_key_and_certificates(None, None, None, [certificate], lock)
    else:
        content = pkcs12.serialize_key_and_certificates(None, key, certificate, above, lock)
    path = folder / "ใบรับรอง.p12"
    path.write_bytes(content)
    return path


def _name(common: str) -> x509.Name:
    with warnings.catch_warnings():
        # a Thai name of 22 letters is more bytes than the library's own check allows; authorities issue longer ones
        warnings.simplefilter("ignore")
        named = x509.NameAttribute(NameOID.COMMON_NAME, common, _validate=False)
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "TH"), named])


def _signed(kind: Kind, subject: x509.Name, issuer: x509.Name, issuers_key: Key) -> x509.Certificate:
    use = x509.KeyUsage(
        digital_signature=kind.may_sign,
        content_commitment=kind.may_sign,
        key_encipherment=not kind.may_sign,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key_of(kind.key, kind.name).public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(kind.begins)
        .not_valid_after(kind.ends)
        .add_extension(use, critical=True)
    )
    digest = None if isinstance(issuers_key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(issuers_key, digest)
