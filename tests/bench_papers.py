"""The paper that is measured: the official form of four months."""

from dataclasses import replace
from datetime import date

from desktop.domain.months import Month
from desktop.domain.project_record import starting_record
from desktop.domain.report_sheet import ReportBlock, ReportSheet
from desktop.services.demo import FOUR_MONTHS

LAST_DAYS = (date(2019, 10, 31), date(2019, 11, 30), date(2019, 12, 24), date(2020, 1, 28))


def four_months() -> ReportSheet:
    """The sheet of the official form's example: four monthly reports on four pages."""
    project = replace(starting_record(2563), responsible="เจ้าหน้าที่ผู้รับผิดชอบ", responsible_telephone="1234")
    blocks = tuple(
        ReportBlock(Month.of(each.first), 1, each.drawn_on, each.first, last, each.received, each.completed)
        for each, last in zip(FOUR_MONTHS, LAST_DAYS, strict=True)
    )
    return ReportSheet(project, blocks)
