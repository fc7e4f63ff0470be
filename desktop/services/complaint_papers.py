"""One complaint on paper, and the list as it is on the screen."""

from collections.abc import Sequence

from desktop.domain.months import fiscal_year_of
from desktop.domain.thai_dates import short_date
from desktop.domain.work_paper_filling import complaint_sheet
from desktop.domain.work_papers import ListColumn, ListSheet
from desktop.services.complaint_history import PRINTED
from desktop.services.complaint_views import explained_complaint
from desktop.services.complaint_work import complaint
from desktop.services.desk import CannotDo, Desk
from desktop.services.list_lines import ListFilter
from desktop.services.papers import Paper, glyph_remarks, office_of, paper_file_name, told
from desktop.services.privacy import note_export
from desktop.services.progress import Progress

MOST_ROWS = 2_000  # of one printed list: some 160 pages, a few seconds
SIGNS = "⚠●○✓→"  # of the screen: on paper their words say enough, and the typeface lacks them


def has_complainant(desk: Desk, number: str) -> bool:
    """Whether a complaint says who complained: then it is asked whether the paper shall."""
    found = complaint(desk, number)
    return bool(found.complainant or found.telephone)


def complaint_paper(desk: Desk, number: str, *, with_complainant: bool = False) -> Paper:
    """One complaint as it stands today; with who complained only when asked for, which is then noted."""
    from forms.complaint_sheet import complaint_sheet_pdf, complaint_texts

    today = desk.today
    explained = explained_complaint(desk, number, today)
    seen = explained.seen
    rules = desk.rules_of(fiscal_year_of(seen.complaint.notified))
    sheet = complaint_sheet(
        office_of(desk), seen, explained.explanations, rules, today, with_complainant=with_complainant
    )
    pdf = complaint_sheet_pdf(sheet, desk.shipped.fonts, desk.shipped.words)
    remarks = glyph_remarks(desk, complaint_texts(sheet))
    if with_complainant:
        note_export(desk, 1, PRINTED.format(number))
        remarks = ("มีชื่อและโทรศัพท์ของผู้ร้อง โปรดเก็บในที่ปลอดภัย", *remarks)
    name = paper_file_name(f"เรื่องร้องทุกข์ {number} ณ {short_date(today)}")
    return Paper(f"เรื่องร้องทุกข์ เลขที่รับแจ้ง {number}", name, pdf, remarks)


def problem_with_list(rows: int) -> str:
    """Why a list of so many rows is not printed, in one Thai sentence; blank when it is."""
    if rows <= MOST_ROWS:
        return ""
    return f"รายการมี {rows:,} เรื่อง พิมพ์ได้ครั้งละไม่เกิน {MOST_ROWS:,} เรื่อง ยังไม่ได้พิมพ์ โปรดกรองให้น้อยลง หรือส่งออกเป็น Excel"


def list_paper(
    desk: Desk,
    wanted: ListFilter,
    columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[str]],
    progress: Progress | None = None,
) -> Paper:
    """The list with the columns (title, width) and rows of the screen; raises CannotDo for too many rows."""
    from forms.list_sheet import list_sheet_pdf, list_sheet_texts

    if problem := problem_with_list(len(rows)):
        raise CannotDo(problem)
    told(progress, 0, len(rows))
    sheet = ListSheet(
        office=office_of(desk),
        title="รายการเรื่องร้องทุกข์",
        remark=filter_words(wanted),
        printed_on=desk.today,
        columns=tuple(ListColumn(title, share) for title, share in columns),
        rows=tuple(tuple(map(_without_signs, row)) for row in rows),
    )
    pdf = list_sheet_pdf(sheet, desk.shipped.fonts, desk.shipped.words)
    told(progress, len(rows), len(rows))  # a press on ยกเลิก while it was drawn still counts
    name = paper_file_name(f"รายการเรื่องร้องทุกข์ {short_date(desk.today)}")
    return Paper(f"รายการเรื่องร้องทุกข์ {len(rows):,} เรื่อง", name, pdf, glyph_remarks(desk, list_sheet_texts(sheet)))


def filter_words(wanted: ListFilter) -> str:
    """What the list was narrowed to and sorted by. The words searched for are left out: they may be a person's name."""
    parts = []
    if wanted.search.strip():
        parts.append("เฉพาะที่ค้นพบ")
    if wanted.status is not None:
        parts.append(f"สถานะ {wanted.status.value}")
    if wanted.type_name is not None:
        parts.append(f"ประเภท {wanted.type_name}")
    if wanted.month is not None:
        parts.append(f"แจ้งเดือน{wanted.month.thai}")
    if wanted.due is not None:
        parts.append(wanted.due.value)
    if wanted.act_on is not None:
        parts.append(f"ต้องทำ {short_date(wanted.act_on)}")
    descending = " จากมากไปน้อย" if wanted.descending else ""
    return " · ".join([*parts, f"เรียงตาม{wanted.sort_by.value}{descending}"])


def _without_signs(text: str) -> str:
    return text.strip(f"{SIGNS} ").strip()
