"""E14: every number of a thousand random months' packs, read back out of the PDF, against an independent count."""

import random
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

from desktop.domain.complaint import Complaint
from desktop.domain.months import Month
from desktop.services import complaint_work, month_reports, office_settings
from desktop.services.changes import Change, apply
from desktop.services.desk import Desk
from desktop.services.month_reports import OfficersWords
from desktop.storage.register import open_for_writing
from tests.conftest import SHIPPED
from tests.domain.naive_pairs import product_complaint
from tests.domain.naive_reading import last_day_of_month
from tests.domain.worked_examples import HOLIDAYS_2563
from tests.forms.pdf_checks import poppler_text
from tests.papers.counted_numbers import Asked, counted
from tests.papers.counts import Counts
from tests.papers.printed_numbers import SHORT_MONTHS, PrintedPack, Unread, short_day
from tests.papers.seeded_complaints import FIRST, LAST, TYPES, seeded_complaint, seeded_register

MONTHS_EACH = 8  # reports of one register
TARGET = Decimal(90)


class Office:
    """A register with the days off and core types it was given, and what its reports said when they were issued."""

    def __init__(self, desk: Desk, chance: random.Random) -> None:
        self.desk, self.chance = desk, chance
        self.holidays = set(HOLIDAYS_2563)
        self.issued: dict[date, dict[str, Any]] = {}
        naive = seeded_register(chance, chance.choice((0, 4, 12, 25, 40)))
        apply(desk, "เพิ่มเรื่องใหม่", [Change(None, _with_texts(product_complaint(each))) for each in naive])
        self._change_calendar()
        known = sorted({name for each in naive for name in each.types})
        self.core = tuple(chance.sample(known, min(len(known), chance.choice((0, 1, 2, 5)))))
        if known:
            office_settings.choose_core_types(desk, 2563, list(self.core))

    def _change_calendar(self) -> None:
        for _ in range(self.chance.choice((0, 0, 3))):
            day = FIRST + timedelta(days=self.chance.randrange((LAST - FIRST).days))
            if day.weekday() >= 5:
                continue
            if day in self.holidays:
                office_settings.strike_holiday(self.desk, day, "เปิดทำการ")
                self.holidays.remove(day)
            else:
                office_settings.add_holiday(self.desk, day, "มติคณะรัฐมนตรี")
                self.holidays.add(day)

    def asked(self) -> Asked:
        """Some month's report, drawn up on some day."""
        first = date(2019, 10, 1)
        for _ in range(self.chance.randrange(12)):
            first = last_day_of_month(first) + timedelta(days=1)
        last = last_day_of_month(first)
        until = self.chance.choice((last, first + timedelta(days=self.chance.randrange((last - first).days + 1))))
        on = self.chance.choice((until, last, first + timedelta(days=self.chance.randrange(70)), LAST))
        return Asked(first, until, min(on, LAST), frozenset(self.holidays), self.core)

    def change_something(self) -> None:
        """The register goes on: one complaint is another now; what was issued stays as it was."""
        found = self.desk.register.connection.execute("SELECT number FROM complaint ORDER BY random()").fetchone()
        if found is not None:
            before = complaint_work.complaint(self.desk, found[0])
            after = product_complaint(seeded_complaint(self.chance, before.number, before.notified))
            apply(self.desk, "แก้ไขเรื่อง", [Change(before, _with_texts(after))])

    def issue(self, asked: Asked) -> tuple[bytes, int]:
        """The month's pack as issued, and which revision it is."""
        month = Month.of(asked.first)
        figures = month_reports.figures_of_month(self.desk, month, asked.on, asked.until)
        again = {"revise": True, "why": "นับใหม่"} if asked.first in self.issued else {}
        report = month_reports.issue(self.desk, figures, OfficersWords(), None, pack=True, **again)
        return month_reports.issued_pdf(self.desk, report), report.revision


def _with_texts(each: Complaint) -> Complaint:
    from dataclasses import replace

    return replace(each, subject="ขอให้แก้ไข", place="ซอย")


def loop(count: int, seed: int) -> Counts:
    """Issue ``count`` months of random registers and compare every number."""
    counts = Counts("months")
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        place = 0
        while counts.tried < count:
            place += 1
            desk = Desk(open_for_writing(Path(folder) / str(place)), SHIPPED, lambda: LAST)
            try:
                office = Office(desk, chance)
                for _ in range(min(MONTHS_EACH, count - counts.tried)):
                    counts.tried += 1
                    counts.found(month_faults(counts, office, Path(folder)), f"register {place}")
                    office.change_something()
                if counts.tried == count:
                    counts.held_against(_control(office, Path(folder)))
            finally:
                desk.register.close()
    return counts


def _control(office: Office, folder: Path) -> int:
    """With one number printed otherwise than it was counted, the same look finds it."""
    off = patch("desktop.domain.pack_sheet.TypeRow.under_way", property(lambda row: row.received - row.completed + 1))
    with off:
        return len(month_faults(Counts("months"), office, folder))


def month_faults(counts: Counts, office: Office, folder: Path) -> list[str]:
    """Every number of one month's pack that is not the one counted."""
    asked = office.asked()
    wanted = counted(office.desk.register.folder / "register.sqlite", asked)
    pdf, revision = office.issue(asked)
    file = folder / "pack.pdf"
    file.write_bytes(pdf)
    where = f"{asked.first:%Y-%m} on {asked.on} until {asked.until}, revision {revision}"
    try:
        printed = PrintedPack(poppler_text(file, "-raw"), asked.first, asked.on)
        found = printed.numbers(TYPES)
        faults = [
            f"{name}: printed {found[name]}, counted {wanted[name]}" for name in wanted if found[name] != wanted[name]
        ]
        faults += _target_faults(printed, wanted)
        office.issued[asked.first] = wanted["block"] | {"asked": asked}
        faults += _block_faults(printed, office, asked.first)
    except Unread as unread:
        faults = [str(unread)]
    counts.look("numbers compared", _how_many(wanted) + 5 * (len(office.issued) - 1))
    return [f"{where}: {fault}" for fault in faults]


def _block_faults(printed: PrintedPack, office: Office, first: date) -> list[str]:
    """The blocks of this and all earlier issued months, oldest first, and their places in the chart."""
    wanted, charted = [], {}
    for month in sorted(each for each in office.issued if each <= first):
        block = dict(office.issued[month])
        asked = block.pop("asked")
        number = (month.month - 10) % 12 + 1
        days = {"first": short_day(month), "last": short_day(asked.until)}
        drawn = f"{asked.on.day}/{asked.on.month}/{asked.on.year + 543}"
        wanted.append({"number": number, "drawn": drawn, **days, **block})
        charted[SHORT_MONTHS[month.month - 1]] = (block["received"], block["completed"], block["completed_percent"])
    found = printed.blocks()
    faults = [] if found == wanted else [f"blocks: printed {found}, counted {wanted}"]
    seen = printed.charted()
    return faults + ([] if seen == charted else [f"chart: printed {seen}, counted {charted}"])


def _target_faults(printed: PrintedPack, wanted: dict[str, Any]) -> list[str]:
    shares = (wanted["scores"]["process month"][2], wanted["block"]["completed_percent"])
    told = tuple(_against(share) for share in shares)
    return [] if printed.target_words() == told else [f"target: printed {printed.target_words()}, counted {told}"]


def _against(share: str | None) -> str:
    if share is None:
        return "-"
    difference = Decimal(share) - TARGET
    words = "สูงกว่าเป้าหมาย" if difference > 0 else "ต่ำกว่าเป้าหมาย" if difference < 0 else "เท่ากับเป้าหมาย"
    return f"{share}%{words}"


def _how_many(thing: object) -> int:
    """How many numbers stand in a nest of them."""
    if isinstance(thing, dict):
        return sum(map(_how_many, thing.values()))
    if isinstance(thing, list | tuple):
        return sum(map(_how_many, thing))
    return 1
