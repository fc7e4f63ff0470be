"""E12: a signed pack altered in any way is told, by its signature or by the register's SHA-256."""

import tempfile
from pathlib import Path

from desktop.domain.months import Month
from desktop.services import month_reports
from desktop.services.demo import DEMO_ENDS, fill_with_demo
from desktop.services.desk import Desk
from desktop.services.month_reports import OfficersWords
from desktop.services.pdf_verification import verify_content
from desktop.services.signing import sign_with_certificate
from desktop.storage.register import open_for_writing
from tests.certificates import PASSPHRASE, SIGNING_TIME, certificate_file
from tests.conftest import SHIPPED
from tests.papers.counts import Counts
from tests.services.alterations import BY_REGISTER, BY_SIGNATURE, alterations, told


def loop(count: int, seed: int) -> Counts:
    """Alter a signed pack ``count`` times; the control is the signature alone, which is deaf to its own padding."""
    counts = Counts("alterations")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        desk = Desk(open_for_writing(place / "data"), SHIPPED, lambda: DEMO_ENDS, lambda: SIGNING_TIME)
        try:
            signed = _signed_pack(desk, place)
            assert verify_content(desk, signed).ok
            for way, altered in alterations(signed, count, seed):
                counts.tried += 1
                by = told(desk, signed, altered)
                counts.look(
                    {BY_SIGNATURE: "told by the signature", BY_REGISTER: "by the register alone"}.get(by, "missed")
                )
                counts.found([] if by else ["passed"], way)
        finally:
            desk.register.close()
    counts.held_against(counts.also.get("by the register alone", 0))
    return counts


def _signed_pack(desk: Desk, place: Path) -> bytes:
    fill_with_demo(desk, 40, 1)
    figures = month_reports.figures_of_month(desk, Month.of(DEMO_ENDS), DEMO_ENDS, DEMO_ENDS)
    issued, signed = place / "issued.pdf", place / "signed.pdf"
    month_reports.issue(desk, figures, OfficersWords(), issued, pack=True)
    sign_with_certificate(desk, issued, certificate_file(place), PASSPHRASE, signed)
    return signed.read_bytes()
