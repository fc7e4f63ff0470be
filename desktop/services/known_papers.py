"""Papers the register knows by their bytes: reports issued here, and signed copies of them."""

import hashlib
from dataclasses import dataclass

from desktop.domain.block_wording import revision_name
from desktop.domain.evidence import SignedCopy
from desktop.domain.months import Month
from desktop.services.desk import Desk
from desktop.storage import issued_reports, signed_copies

END_MARK = b"%%EOF"
ENDS = (b"", b"\n", b"\r\n")
MOST_ENDS = 20


@dataclass(frozen=True)
class KnownPaper:
    """A report that was issued here; ``copy`` when the file is a signed copy of it."""

    month: Month
    revision: int
    copy: SignedCopy | None = None

    @property
    def name(self) -> str:
        """``รายงานครั้งที่ 4 เดือนมกราคม 2563 ฉบับแรก``"""
        return f"รายงานครั้งที่ {self.month.report_number} เดือน{self.month.thai} {revision_name(self.revision)}"


def known_paper(desk: Desk, content: bytes) -> KnownPaper | None:
    """The paper these bytes are, whole and unchanged; None when they are none of this register's."""
    return _by_hash(desk, hashlib.sha256(content).hexdigest(), len(content))


def known_beginning(desk: Desk, content: bytes) -> KnownPaper | None:
    """The paper that the file begins with, when something was added after it (a signature made elsewhere, say)."""
    digest, done = hashlib.sha256(), 0
    found: KnownPaper | None = None
    at = -1
    for _ in range(MOST_ENDS):
        at = content.find(END_MARK, at + 1)
        if at < 0:
            break
        for end in ENDS:
            stop = at + len(END_MARK) + len(end)
            if content[at + len(END_MARK) : stop] == end and stop < len(content):
                digest.update(content[done:stop])
                done = stop
                found = _by_hash(desk, digest.copy().hexdigest(), stop) or found
    return found


def newest_revision(desk: Desk, month: Month) -> int:
    """The number of a month's newest revision."""
    return max(report.revision for report in issued_reports.of_month(desk.register.connection, month))


def _by_hash(desk: Desk, sha256: str, length: int) -> KnownPaper | None:
    report = issued_reports.by_sha256(desk.register.connection, sha256)
    if report is not None and report.length == length:
        return KnownPaper(report.month, report.revision)
    copy = signed_copies.by_sha256(desk.register.connection, sha256)
    if copy is not None and copy.length == length:
        return KnownPaper(copy.month, copy.revision, copy)
    return None
