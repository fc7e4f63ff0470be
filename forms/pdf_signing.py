"""A PAdES (B-B) signature with its visible stamp, added to the end of a PDF; nothing is fetched from anywhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigAppearanceSetup, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from forms.offline_loop import run_offline
from forms.pdf_update import opened_for_update, structure_of_the_file
from forms.signature_place import SignaturePlace, signature_place

DIGEST = "sha256"
FIELD = "ReportSignature"
FIELD_WORDS = "ลายมือชื่อผู้รับผิดชอบโครงการ"  # what a reader for the blind says of the field
ROOM = 6_000  # bytes for a signature beside its certificates
PrivateKey = RSAPrivateKey | EllipticCurvePrivateKey
StampMaker = Callable[[tuple[float, float]], bytes]


@dataclass(frozen=True)
class SigningKey:
    """A private key with its certificate and the certificates above it; never stored, never shown."""

    key: PrivateKey
    certificate: Certificate
    chain: Sequence[Certificate]

    def __repr__(self) -> str:
        return "SigningKey(…)"


def signed_pdf(pdf: bytes, signing: SigningKey, stamp: StampMaker, at: datetime) -> bytes:
    """The PDF with the signature after its last byte; ``stamp`` draws a page of the size asked for.

    ``at`` is the signing time, with a time zone. Raises NotSignable.
    """
    update = opened_for_update(pdf, at)
    with structure_of_the_file():
        place = signature_place(update.prev)
    style = StaticStampStyle(
        background=_StampPage(stamp(place.size), place.size),
        background_layout=SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, Margins.uniform(0)),
        background_opacity=1.0,
        border_width=0,
    )
    return _written(update, place, _KeySigner(signing), style, at)


def _written(
    update: IncrementalPdfFileWriter, place: SignaturePlace, signer: "_KeySigner", style: StaticStampStyle, at: datetime
) -> bytes:
    """The four steps of pyHanko's protocol: field, signature object, digest, signature."""
    name = signer.subject_name
    field = SigFieldSpec(FIELD, place.page, place.box, readable_field_name=FIELD_WORDS)
    placeholder = SignatureObject(timestamp=at, bytes_reserved=signer.room, subfilter=SigSeedSubFilter.PADES, name=name)
    appearance = SigAppearanceSetup(style=style, timestamp=at, name=name)
    steps = PdfCMSEmbedder(new_field_spec=field).write_cms(FIELD, update)
    with structure_of_the_file():
        update.register_extension(ESIC_EXTENSION_1)
        next(steps)
        steps.send(SigObjSetup(sig_placeholder=placeholder, appearance_setup=appearance))
        prepared, output = steps.send(SigIOSetup(md_algorithm=DIGEST))
    signature = run_offline(signer.async_sign(prepared.document_digest, DIGEST, use_pades=True))
    steps.send(signature)
    assert isinstance(output, BytesIO)
    return output.getvalue()


class _StampPage(PdfContent):
    """The one page of a PDF as an appearance of that size."""

    def __init__(self, pdf: bytes, size: tuple[int, int]) -> None:
        super().__init__(box=BoxConstraints(width=size[0], height=size[1]))
        self._pdf = pdf

    def render(self) -> bytes:
        assert self.writer is not None, "the stamp sets its writer first"
        self.resources.xobject["/Stamp"] = self.writer.import_page_as_xobject(PdfFileReader(BytesIO(self._pdf)))
        return b"/Stamp Do"


class _KeySigner(Signer):
    """Signs with a key that stays inside the cryptographic library: its bytes are never written out."""

    def __init__(self, signing: SigningKey) -> None:
        store = SimpleCertificateStore()
        store.register_multiple([_plain(each) for each in signing.chain])
        super().__init__(signing_cert=_plain(signing.certificate), cert_registry=store)
        self._key = signing.key
        everything = [signing.certificate, *signing.chain]
        self.room = 2 * (ROOM + sum(len(each.public_bytes(Encoding.DER)) for each in everything))  # in hexadecimal

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if digest_algorithm != DIGEST:
            raise ValueError(digest_algorithm)
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), SHA256())
        return self._key.sign(data, ECDSA(SHA256()))


def _plain(certificate: Certificate) -> Any:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
