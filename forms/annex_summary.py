"""ภาคผนวก ก: the month for the head of the office, every number with its working."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from desktop.domain.block_wording import percent_words
from desktop.domain.figures import Figures, Score
from desktop.domain.pack_sheet import MonthSummary, NamedComplaint, TypeRow
from desktop.domain.report_sheet import percent_of
from desktop.domain.thai_dates import long_date, short_date
from forms.annex_look import FACT, HEADING, REMARK, UNDER_HEAD, UPRIGHT
from forms.chart import year_chart
from forms.chart_drawing import ChartFlowable
from forms.reportlab_door import CondPageBreak, Flowable, KeepTogether
from forms.rows_table import Column, Row, RowsTable
from forms.thai_document import A4
from forms.thai_paragraph import ThaiParagraph
from forms.typesetting import Align, Typesetter

WIDTH = A4[0] - UPRIGHT.left - UPRIGHT.right
NO_TYPE = "ไม่ระบุประเภท"
ROOM_FOR_A_TABLE = 110.0  # points: a heading with less below it goes to the next page


def summary_story(summary: MonthSummary, typesetter: Typesetter, office: str) -> list[Flowable]:
    """Annex A from the top down."""
    return [
        *_period(summary, typesetter, office),
        *_types(summary, typesetter),
        *_scores(summary, typesetter),
        _chart(summary, typesetter),
        *_costly(summary, typesetter),
        *_carried(summary, typesetter),
        *_later(summary, typesetter),
    ]


def summary_texts(summary: MonthSummary) -> tuple[str, ...]:
    """Every text of Annex A that a person typed."""
    named: list[NamedComplaint] = [*summary.costly, *summary.still_open, *summary.notified_later]
    texts = [text for each in named for text in (each.number, each.subject)]
    return (*texts, *(row.name for row in summary.types), *summary.core_types)


def _columns(*parts: tuple[str, float] | tuple[str, float, Align]) -> tuple[Column, ...]:
    """Columns that share the page's width in these proportions."""
    whole = sum(part[1] for part in parts)
    return tuple(Column(part[0], part[1] * WIDTH / whole, *part[2:]) for part in parts)


TYPE_COLUMNS = _columns(
    ("ประเภทเรื่อง", 4.0),
    ("ได้รับแจ้ง", 1.5, Align.RIGHT),
    ("รอรับเรื่อง", 1.5, Align.RIGHT),
    ("อยู่ระหว่าง ดำเนินการ", 1.8, Align.RIGHT),
    ("ดำเนินการ เสร็จสิ้น", 1.8, Align.RIGHT),
    ("ร้อยละ เสร็จสิ้น", 1.6, Align.RIGHT),
    ("ปฏิบัติ ถูกต้อง", 1.5, Align.RIGHT),
    ("ส่งต่อ (ไม่นับ)", 1.4, Align.RIGHT),
)
SCORE_COLUMNS = _columns(("ส่วนของคะแนน", 3.7), ("ช่วงเวลา", 3.3), ("วิธีคิดร้อยละ", 4.2), ("วิธีคิดคะแนน", 4.8))
QUALITY_COLUMNS = _columns(
    ("รายการคุณภาพ (ส่วนที่ 2)", 8.2),
    ("ครบถ้วน", 2.4, Align.RIGHT),
    ("ขาด", 2.4, Align.RIGHT),
    ("ไม่เกี่ยวข้อง (ไม่นับ)", 3.0, Align.RIGHT),
)
COSTLY_COLUMNS = _columns(("เลขที่รับแจ้ง", 2.6), ("วันที่แจ้ง", 2.4), ("ประเภท / เรื่อง", 5.4), ("เหตุที่ไม่ถูกต้อง", 5.6))
CARRIED_COLUMNS = _columns(
    ("เดือนที่แจ้ง", 4.0),
    ("ค้างเมื่อต้นเดือน", 2.4, Align.RIGHT),
    ("เสร็จสิ้นแล้ว", 2.4, Align.RIGHT),
    ("ส่งต่อแล้ว", 2.4, Align.RIGHT),
    ("เปิดเรื่องใหม่", 2.4, Align.RIGHT),
    ("คงค้าง", 2.4, Align.RIGHT),
)
OPEN_COLUMNS = _columns(("เลขที่รับแจ้ง", 2.6), ("วันที่แจ้ง", 2.4), ("ประเภท / เรื่อง", 5.5), ("สถานะ / สิ่งที่ต้องทำต่อไป", 5.5))
LATER_COLUMNS = _columns(("เลขที่รับแจ้ง", 3.0), ("วันที่แจ้ง", 2.4), ("ประเภท / เรื่อง", 10.6))


def _period(summary: MonthSummary, typesetter: Typesetter, office: str) -> Iterator[Flowable]:
    monthly = summary.monthly
    yield ThaiParagraph(typesetter, office, UNDER_HEAD)
    told = (
        f"เรื่องที่ได้รับแจ้งตั้งแต่วันที่ {short_date(monthly.month.first)} ถึง {short_date(monthly.last)}"
        f" ตามที่เป็นอยู่ ณ วันจัดทำรายงาน {long_date(monthly.on)}"
    )
    yield ThaiParagraph(typesetter, told, FACT)
    if summary.was_changed:
        figures = monthly.figures
        changed = (
            "ทะเบียนถูกแก้ไขหลังออกรายงาน ตารางนี้จึงต่างจากแบบรายงาน ซึ่งระบุว่า"
            f"ได้รับแจ้ง {figures.received} เรื่อง ดำเนินการเสร็จสิ้น {figures.completed} เรื่อง"
            f" ปฏิบัติถูกต้อง {figures.process.done} เรื่อง"
        )
        yield ThaiParagraph(typesetter, changed, FACT)


def _types(summary: MonthSummary, typesetter: Typesetter) -> Iterator[Flowable]:
    yield ThaiParagraph(typesetter, "1. จำนวนเรื่องแยกตามประเภทและสถานะ", HEADING)
    rows = [_type_row(row, row.name or NO_TYPE) for row in summary.types]
    total = _type_row(summary.total, "จำนวนเรื่องทั้งหมด", strong=True)
    yield RowsTable(typesetter, TYPE_COLUMNS, [*rows, total])
    yield from (ThaiParagraph(typesetter, text, REMARK) for text in _type_remarks(summary))


def _type_remarks(summary: MonthSummary) -> Iterator[str]:
    total = summary.total
    if summary.several_types:
        yield (
            f"เรื่องที่มีหลายประเภทนับในแถวของทุกประเภท ผลรวมของแถวจึงมากกว่าจำนวนเรื่อง จำนวนเรื่องทั้งหมดคือ {total.received:,} เรื่อง"
        )
    yield (
        f"อยู่ระหว่างดำเนินการตามแบบรายงาน {total.in_progress:,} เรื่อง"
        f" = รอรับเรื่อง {total.waiting:,} + อยู่ระหว่างดำเนินการ {total.under_way:,}"
    )
    if any(row.core for row in summary.types):
        yield "* ประเภทเรื่องหลักของปีงบประมาณ ซึ่งใช้คิดคะแนนคุณภาพ (ส่วนที่ 2)"


def _type_row(row: TypeRow, name: str, *, strong: bool = False) -> Row:
    counts = (row.received, row.waiting, row.under_way, row.completed)
    percent = percent_words(row.completed_percent)
    cells = (
        f"{name} *" if row.core else name,
        *(f"{count:,}" for count in counts),
        percent,
        f"{row.correct:,}",
        f"{row.transferred:,}",
    )
    return Row(cells, strong)


def _scores(summary: MonthSummary, typesetter: Typesetter) -> Iterator[Flowable]:
    monthly = summary.monthly
    yield CondPageBreak(ROOM_FOR_A_TABLE)
    yield ThaiParagraph(typesetter, "2. คะแนนและวิธีคิด", HEADING)
    spans = (
        (f"เดือน{monthly.month.thai}", monthly.figures),
        (f"ปีงบประมาณ {monthly.month.fiscal_year} ถึง {short_date(monthly.on)}", monthly.year_to_date),
    )
    rows = [_score_row("ส่วนที่ 1 ปฏิบัติถูกต้องตามกระบวนการ", span, figures.process) for span, figures in spans]
    rows += [
        _score_row("ส่วนที่ 2 คุณภาพการแก้ไขปัญหา", span, figures.quality, chosen=bool(summary.core_types))
        for span, figures in spans
    ]
    yield RowsTable(typesetter, SCORE_COLUMNS, rows)
    yield from (ThaiParagraph(typesetter, text, REMARK) for text in _score_remarks(summary))
    if monthly.figures.quality.total:
        rows = [
            Row((row.item.value, f"{row.fulfilled:,}", f"{row.missing:,}", f"{row.not_applicable:,}"))
            for row in summary.quality
        ]
        yield KeepTogether(
            [
                ThaiParagraph(typesetter, f"รายการคุณภาพของเดือน{monthly.month.thai}", FACT),
                RowsTable(typesetter, QUALITY_COLUMNS, rows),
            ]
        )


def _score_row(part: str, span: str, score: Score, *, chosen: bool = True) -> Row:
    if not (chosen or score.total):
        return Row((part, span, "ยังไม่ได้เลือกประเภทเรื่องหลัก", "จึงไม่มีคะแนน"))
    return Row((part, span, percent_working(score), points_working(score)))


def percent_working(score: Score) -> str:
    """``88 × 100 / 164 = 53.66 %``; a dash where there is nothing to divide."""
    if score.percent is None:
        return f"{score.done} × 100 / {score.total} = -"
    return f"{score.done:,} × 100 / {score.total:,} = {score.percent:.2f} %"


def points_working(score: Score) -> str:
    """``20 × 88 / 164 = 10.73 คะแนน``; a dash where there is nothing to divide."""
    if score.points is None:
        return f"{score.worth} × {score.done} / {score.total} = -"
    return f"{score.worth} × {score.done:,} / {score.total:,} = {score.points:.2f} คะแนน"


def _score_remarks(summary: MonthSummary) -> Iterator[str]:
    figures = summary.monthly.figures
    target = f"{summary.target.normalize():f}"
    yield (
        f"เทียบเป้าหมายร้อยละ {target} : ปฏิบัติถูกต้อง {_against(summary, figures.process.percent)}"
        f" · ความก้าวหน้าของงาน {_against(summary, percent_of(figures.completed, figures.received))}"
    )
    if not summary.core_types:
        yield "ยังไม่ได้เลือกประเภทเรื่องหลักของปีงบประมาณ จึงไม่มีคะแนนส่วนที่ 2"
    else:
        yield f"ประเภทเรื่องหลัก : {', '.join(summary.core_types)}"
    yield from _quality_remarks(figures)


def _quality_remarks(figures: Figures) -> Iterator[str]:
    if figures.quality.total:
        yield "ส่วนที่ 2 คิดจากรายการคุณภาพของเรื่องประเภทหลักที่เสร็จสิ้นแล้ว รายการที่ไม่เกี่ยวข้องไม่นับ"
    yield "ร้อยละและคะแนนปัดเศษครั้งเดียวจากเศษส่วนจริง เป็นทศนิยมสองตำแหน่ง"


def _against(summary: MonthSummary, percent: Decimal | None) -> str:
    if percent is None:
        return "-"
    if percent == summary.target:
        return f"{percent:.2f} % เท่ากับเป้าหมาย"
    return f"{percent:.2f} % {'สูงกว่า' if percent > summary.target else 'ต่ำกว่า'}เป้าหมาย"


def _chart(summary: MonthSummary, typesetter: Typesetter) -> Flowable:
    year = summary.monthly.month.fiscal_year
    chart = year_chart(summary.year, summary.target, WIDTH)
    return KeepTogether(
        [
            ThaiParagraph(typesetter, f"3. แผนภูมิปีงบประมาณ {year} ตามรายงานประจำเดือน", HEADING),
            ChartFlowable(chart, typesetter),
        ]
    )


def _costly(summary: MonthSummary, typesetter: Typesetter) -> Iterator[Flowable]:
    rows = [
        Row((each.number, short_date(each.notified), _matter(each), "\n".join(each.reasons))) for each in summary.costly
    ]
    title = f"4. เรื่องที่ปฏิบัติไม่ถูกต้องตามกระบวนการ {len(rows):,} เรื่อง"
    yield from _named_table(title, COSTLY_COLUMNS, rows, typesetter)


def _carried(summary: MonthSummary, typesetter: Typesetter) -> Iterator[Flowable]:
    left = len(summary.still_open)
    title = f"5. เรื่องยกมาจากเดือนก่อน ยังค้าง {left:,} เรื่อง"
    months = [
        (each.month.thai, each.carried, each.completed, each.transferred, each.reopened, each.left)
        for each in summary.carried
    ]
    rows = [Row((name, *(f"{count:,}" for count in counts))) for name, *counts in months]
    if rows:
        sums = [sum(month[at] for month in months) for at in range(1, 6)]  # type: ignore[misc]
        rows.append(Row(("รวม", *(f"{count:,}" for count in sums)), strong=True))
    table = RowsTable(typesetter, CARRIED_COLUMNS, rows) if rows else ThaiParagraph(typesetter, "ไม่มี", FACT)
    yield KeepTogether([ThaiParagraph(typesetter, title, HEADING), table])
    if left:
        told = f"เรื่องที่ยังค้าง ณ วันที่ {short_date(summary.monthly.on)} เรียงตามวันที่แจ้ง"
        yield CondPageBreak(ROOM_FOR_A_TABLE)
        yield ThaiParagraph(typesetter, told, FACT)
        rows = [
            Row((each.number, short_date(each.notified), _matter(each), _state(each.status.value, each.owes)))
            for each in summary.still_open
        ]
        yield RowsTable(typesetter, OPEN_COLUMNS, rows)


def _state(status: str, owes: str) -> str:
    return f"{status}\n{owes or 'ขาดวันที่'}"


def _later(summary: MonthSummary, typesetter: Typesetter) -> Iterator[Flowable]:
    rows = [Row((each.number, short_date(each.notified), _matter(each))) for each in summary.notified_later]
    title = f"6. แจ้งภายหลังวันจัดทำรายงาน {len(rows):,} เรื่อง"
    yield from _named_table(title, LATER_COLUMNS, rows, typesetter)
    if rows:
        yield ThaiParagraph(typesetter, "เรื่องเหล่านี้แจ้งหลังวันจัดทำรายงานหรือหลังช่วงของรายงาน จึงไม่อยู่ในตัวเลขใดข้างต้น", REMARK)


def _named_table(
    title: str, columns: Sequence[Column], rows: Sequence[Row], typesetter: Typesetter
) -> Iterator[Flowable]:
    """A heading and its table, or the word ไม่มี."""
    yield CondPageBreak(ROOM_FOR_A_TABLE)
    yield ThaiParagraph(typesetter, title, HEADING)
    yield RowsTable(typesetter, columns, rows) if rows else ThaiParagraph(typesetter, "ไม่มี", FACT)


def _matter(each: NamedComplaint) -> str:
    return f"{', '.join(each.types) or NO_TYPE}\n{each.subject}"
