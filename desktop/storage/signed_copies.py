"""Signed copies of issued reports that left the office, known by their bytes; the copies themselves are not kept."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from desktop.domain.evidence import SignedCopy
from desktop.domain.months import Month, month_from_iso

_SELECT = (
    "SELECT signed_copy.sha256, signed_copy.length, month, revision, signer, way, signed_at"
    " FROM signed_copy JOIN issued_report ON issued_report.id = report"
)


def add(connection: sqlite3.Connection, copy: SignedCopy) -> None:
    """Note a signed copy."""
    connection.execute(
        "INSERT INTO signed_copy (sha256, length, report, signer, way, signed_at)"
        " SELECT ?, ?, id, ?, ?, ? FROM issued_report WHERE month = ? AND revision = ?",
        (
            copy.sha256,
            copy.length,
            copy.signer,
            copy.way,
            copy.signed_at.isoformat(),
            copy.month.iso,
            copy.revision,
        ),
    )


def by_sha256(connection: sqlite3.Connection, sha256: str) -> SignedCopy | None:
    """The signed copy whose bytes have this hash, None when it is none of ours."""
    return next(_copies(connection.execute(f"{_SELECT} WHERE signed_copy.sha256 = ?", (sha256,))), None)


def of_report(connection: sqlite3.Connection, month: Month, revision: int) -> list[SignedCopy]:
    """The signed copies of an issued report, oldest first."""
    rows = connection.execute(f"{_SELECT} WHERE month = ? AND revision = ? ORDER BY signed_at", (month.iso, revision))
    return list(_copies(rows))


def _copies(rows: sqlite3.Cursor) -> Iterator[SignedCopy]:
    for sha256, length, month, revision, signer, way, signed_at in rows:
        signed = datetime.fromisoformat(signed_at)
        yield SignedCopy(sha256, length, month_from_iso(month), revision, signer, way, signed)
