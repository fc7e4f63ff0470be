"""Issued monthly reports: written once, never changed; the day they were sent stands beside them."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from desktop.domain.figures import MonthlyFigures
from desktop.domain.months import Month, fiscal_year_months, month_from_iso
from desktop.domain.office_year import IssuedReport
from desktop.domain.report_sheet import PlanWord, TargetWord
from desktop.storage.row_numbers import next_id
from desktop.storage.row_values import day_of, figures_from_json, figures_to_json, iso, to_json

_SELECT = (
    "SELECT month, revision, drawn_on, last, send_by, figures, numbers, notified_later, plan, target, spent, note, why,"
    " issued_at, sha256, length, head, sent_on, letter"
    " FROM issued_report LEFT JOIN sent ON sent.report = issued_report.id"
)


def add(connection: sqlite3.Connection, report: IssuedReport, pdf: bytes) -> None:
    """Freeze a report with its file."""
    figures = report.figures
    row = {
        "id": next_id(connection, "issued_report"),
        "month": figures.month.iso,
        "revision": report.revision,
        "drawn_on": iso(figures.on),
        "last": iso(figures.last),
        "send_by": iso(figures.send_by),
        "figures": figures_to_json(figures),
        "numbers": to_json(figures.numbers),
        "notified_later": to_json(figures.notified_later),
        "plan": report.plan.name,
        "target": report.target.name,
        "spent": str(report.spent),
        "note": report.note,
        "why": report.why,
        "issued_at": report.issued_at.isoformat(),
        "pdf": pdf,
        "sha256": report.sha256,
        "length": report.length,
        "head": report.head,
    }
    names = ", ".join(row)
    connection.execute(
        f"INSERT INTO issued_report ({names}) VALUES ({', '.join(f':{name}' for name in row)})",
        row,
    )


def of_year(connection: sqlite3.Connection, year: int) -> list[IssuedReport]:
    """Every revision of a fiscal year's reports (Buddhist era), by month, then revision."""
    months = fiscal_year_months(year)
    rows = connection.execute(
        f"{_SELECT} WHERE month BETWEEN ? AND ? ORDER BY month, revision", (months[0].iso, months[-1].iso)
    )
    return list(_reports(rows))


def of_month(connection: sqlite3.Connection, month: Month) -> list[IssuedReport]:
    """Every revision of a month's report, oldest first."""
    return list(_reports(connection.execute(f"{_SELECT} WHERE month = ? ORDER BY revision", (month.iso,))))


def by_sha256(connection: sqlite3.Connection, sha256: str) -> IssuedReport | None:
    """The issued report whose file has this hash, None when none has."""
    return next(_reports(connection.execute(f"{_SELECT} WHERE sha256 = ?", (sha256,))), None)


def every(connection: sqlite3.Connection) -> list[IssuedReport]:
    """Every issued report, in the order they were issued."""
    return list(_reports(connection.execute(f"{_SELECT} ORDER BY issued_report.id")))


def pdf_of(connection: sqlite3.Connection, month: Month, revision: int) -> bytes:
    """The file of an issued report, byte for byte; raises KeyError when there is none."""
    row = connection.execute(
        "SELECT pdf FROM issued_report WHERE month = ? AND revision = ?", (month.iso, revision)
    ).fetchone()
    if row is None:
        raise KeyError(month.iso)
    return bytes(row[0])


def write_sent(
    connection: sqlite3.Connection, month: Month, revision: int, sent_on: date | None, letter: str = ""
) -> None:
    """Note the day a report was sent and its letter's number, or take both back with None."""
    connection.execute(
        "DELETE FROM sent WHERE report = (SELECT id FROM issued_report WHERE month = ? AND revision = ?)",
        (month.iso, revision),
    )
    if sent_on is not None:
        connection.execute(
            "INSERT INTO sent (report, sent_on, letter)"
            " SELECT id, ?, ? FROM issued_report WHERE month = ? AND revision = ?",
            (iso(sent_on), letter, month.iso, revision),
        )


def _reports(rows: sqlite3.Cursor) -> Iterator[IssuedReport]:
    for month, revision, drawn_on, last, send_by, figures, numbers, later, *rest in rows:
        plan, target, spent, note, why, issued_at, sha256, length, head, sent_on, letter = rest
        of_month, to_date = figures_from_json(figures)
        yield IssuedReport(
            revision=revision,
            figures=MonthlyFigures(
                month=month_from_iso(month),
                last=date.fromisoformat(last),
                on=date.fromisoformat(drawn_on),
                figures=of_month,
                year_to_date=to_date,
                numbers=tuple(json.loads(numbers)),
                notified_later=tuple(json.loads(later)),
                send_by=date.fromisoformat(send_by),
            ),
            plan=PlanWord[plan],
            target=TargetWord[target],
            spent=Decimal(spent),
            note=note,
            why=why,
            sha256=sha256,
            length=length,
            head=head,
            issued_at=datetime.fromisoformat(issued_at),
            sent_on=day_of(sent_on),
            letter=letter or "",
        )
