"""ภาคผนวก ค: the month's complaints one by one. No field for a name or a telephone number is there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.domain.complaint import Status
from desktop.domain.figures import MonthlyFigures
from desktop.domain.pack_sheet import ListedComplaint
from desktop.domain.thai_dates import long_date, short_date
from forms.annex_look import CELL, FACT, LYING
from forms.reportlab_door import Flowable
from forms.rows_table import Column, Row, RowsTable
from forms.thai_document import A4
from forms.thai_paragraph import ThaiParagraph
from forms.typesetting import Align, Typesetter

WIDTH = A4[1] - LYING.left - LYING.right
SHARES = (
    ("ลำดับ", 1.2, Align.RIGHT),
    ("เลขที่รับแจ้ง", 2.6, Align.LEFT),
    ("วันที่แจ้ง", 2.25, Align.LEFT),
    ("ประเภท", 2.9, Align.LEFT),
    ("เรื่อง", 5.2, Align.LEFT),
    ("สถานที่", 3.5, Align.LEFT),
    ("หน่วยงานที่รับผิดชอบ", 3.2, Align.LEFT),
    ("สถานะ", 3.15, Align.LEFT),
    ("ตามกระบวนการ", 1.9, Align.CENTRE),
)
CORRECT = {True: "ถูกต้อง", False: "ไม่ถูกต้อง", None: "-"}
SMALL = replace(CELL, size=9, leading=14.5)
COLUMNS = tuple(Column(title, WIDTH * share / sum(each[1] for each in SHARES), align) for title, share, align in SHARES)


def list_story(
    listed: Sequence[ListedComplaint], monthly: MonthlyFigures, typesetter: Typesetter
) -> Iterator[Flowable]:
    """Annex C from the top down."""
    transferred = sum(each.status is Status.TRANSFERRED for each in listed)
    told = f"เรื่องที่ได้รับแจ้ง {len(listed) - transferred:,} เรื่อง ตามที่เป็นอยู่ ณ วันจัดทำรายงาน {long_date(monthly.on)}"
    if transferred:
        told += f" และเรื่องที่ส่งต่อ {transferred:,} เรื่อง ซึ่งไม่นับในรายงาน"
    yield ThaiParagraph(typesetter, f"{told} ไม่แสดงชื่อและหมายเลขโทรศัพท์ของผู้ร้อง", FACT)
    if listed:
        yield RowsTable(typesetter, COLUMNS, [_row(place, each) for place, each in enumerate(listed, 1)], SMALL)
    else:
        yield ThaiParagraph(typesetter, "ไม่มีเรื่องที่ได้รับแจ้งในช่วงของรายงาน", FACT)


def list_texts(listed: Sequence[ListedComplaint]) -> tuple[str, ...]:
    """Every text of Annex C that a person typed."""
    return tuple(text for each in listed for text in (each.number, *each.types, each.subject, each.place, each.unit))


def _row(place: int, each: ListedComplaint) -> Row:
    return Row(
        (
            str(place),
            each.number,
            short_date(each.notified),
            ", ".join(each.types) or "-",
            each.subject,
            each.place,
            each.unit or "-",
            f"{each.status.value}\n{each.outcome or 'ขาดวันที่'}",
            CORRECT[each.correct],
        )
    )
