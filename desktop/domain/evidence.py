"""Evidence kept beside the register: files attached to a complaint or an outage, outages, signed copies of a report."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.months import Month

OF_COMPLAINT = "complaint"
OF_OUTAGE = "outage"


@dataclass(frozen=True)
class Attachment:
    """A file kept with a complaint or an outage; its content is found by its SHA-256 (hex) and never changes.

    ``name`` is what the officer called the file, never a name on the disk; ``added_at`` is UTC.
    """

    owner_kind: str  # OF_COMPLAINT or OF_OUTAGE
    owner: str  # the complaint number, or the outage's number
    sha256: str
    media: str  # image/jpeg, image/png, image/webp or application/pdf
    size: int  # bytes
    name: str
    added_at: datetime


@dataclass(frozen=True)
class Outage:
    """A time the central system was down; it stands beside the deadlines it explains and moves none of them.

    ``began`` and ``ended`` are Bangkok's wall clock (naive), ``noted_at`` is UTC.
    """

    number: int
    began: datetime
    ended: datetime
    what: str
    noted_by: str
    noted_at: datetime


@dataclass(frozen=True)
class SignedCopy:
    """A signed copy of an issued report that left the office: known by its bytes, not kept; ``signed_at`` is UTC."""

    sha256: str
    length: int
    month: Month
    revision: int
    signer: str
    way: str  # certificate or picture
    signed_at: datetime
