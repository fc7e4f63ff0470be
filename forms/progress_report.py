"""แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ: the official sheet, line by line as the office signs it every month.

The blocks of the monthly reports and the certification with its signature never break over a page. A revision n from
2 on is named ฉบับแก้ไขครั้งที่ n-1 in the foot: the number says how often the report was corrected; revision 1 is ฉบับแรก.
"""

from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from desktop.domain.block_wording import baht_words, figure_lines, officers_lines, replaced_words
from desktop.domain.project_record import ProjectRecord
from desktop.domain.report_sheet import ReportBlock, ReportSheet
from desktop.domain.thai_dates import short_date
from forms.page_foot import draw_foot, report_words
from forms.reportlab_door import Canvas, Flowable, KeepTogether, Spacer, Table, TableStyle
from forms.signing_line import SigningLine
from forms.thai_document import A4, CENTIMETRE, Margins, Page, Section, document_pdf, draw_draft_mark
from forms.thai_paragraph import OutlineMark, ThaiParagraph, draw_line
from forms.typesetting import Align, ThaiStyle, Typesetter, load_typesetter

FORM_NAME = "แบบแสดงรายงานความก้าวหน้าและข้อมูลเกี่ยวกับโครงการ"
PAGE_HEAD = f"**** {FORM_NAME} ****"
CERTIFICATION = "ขอรับรองว่า ข้อความที่ปรากฏในเอกสารฉบับนี้ หน่วยงานได้จัดพิมพ์จากระบบงานจริง เพื่อเป็นหลักฐานไว้ตรวจสอบ"
DOTS = "." * 40
SHORT_DOTS = "." * 20
MARGINS = Margins()
INDENT = 0.5 * CENTIMETRE
HEAD = ThaiStyle(size=13.7, bold=True, align=Align.CENTRE)
REPLACED = ThaiStyle(left=INDENT, size=8.5, leading=14, before=14, grey=0.25)
PART = ThaiStyle(size=12.3, leading=21, bold=True, before=10, after=2, keep_with_next=True)
POINT = ThaiStyle(bold=True, before=5, keep_with_next=True)
BODY = ThaiStyle(left=INDENT)
PROSE = ThaiStyle(left=INDENT, after=3, align=Align.JUSTIFY)
CELL = ThaiStyle()
BLOCK_HEAD = ThaiStyle(left=INDENT, before=9)
BLOCK_LINE = ThaiStyle(left=2 * INDENT)
SIGNING = ThaiStyle(left=5 * CENTIMETRE)
SIGNER = ThaiStyle(left=3.8 * CENTIMETRE, right=4 * CENTIMETRE, align=Align.CENTRE)  # under the dots of ลงชื่อ


def progress_report_pdf(sheet: ReportSheet, fonts: Path, words: Path) -> bytes:
    """The sheet as a PDF file; ``fonts`` and ``words`` are the folders of the typefaces and the word lists."""
    report = sheet.report
    title = f"{FORM_NAME} รายงานครั้งที่ {report.number} {report.month.thai}"
    section = report_section(sheet, load_typesetter(fonts, words))
    return document_pdf([section], title, author=sheet.project.office, on=report.drawn_on)


def report_section(sheet: ReportSheet, typesetter: Typesetter, part_of: str = "") -> Section:
    """The sheet's pages; as a part of a larger document it stands in the outline under the name ``part_of``."""
    story = _story(sheet, typesetter, depth=1 if part_of else 0)
    return Section(
        story=(OutlineMark(part_of), *story) if part_of else tuple(story),
        under=partial(_draw_head, typesetter=typesetter, draft=sheet.draft),
        over=partial(_draw_foot, typesetter=typesetter, sheet=sheet),
        margins=MARGINS,
    )


def sheet_texts(sheet: ReportSheet) -> tuple[str, ...]:
    """Every text on the sheet that a person typed, to be searched for characters the fonts lack."""
    project = sheet.project
    texts = (
        project.name, project.code, project.office, project.responsible, project.responsible_telephone,
        project.coordinator, project.coordinator_telephone, project.position, *project.rationale, *project.objectives,
        project.strategy, project.sub_strategy, project.goal, project.indicator,
    )  # fmt: skip
    why = sheet.replaces.why if sheet.replaces else ""
    return texts + tuple(text for text in (*(block.note for block in sheet.blocks), why) if text)


def _plain(value: Decimal) -> str:
    """A number without trailing zeros: 90, 92.5."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def _story(sheet: ReportSheet, typesetter: Typesetter, depth: int) -> list[Flowable]:
    """Everything between head and foot, from the top down; its parts stand ``depth`` deep in the outline."""
    section_two = ThaiParagraph(typesetter, "2. รายงานความก้าวหน้าของโครงการและการใช้จ่ายงบประมาณ", PART, outline=depth)
    blocks = [_block(block, typesetter, depth + 1) for block in sheet.blocks]
    blocks[0].insert(0, section_two)  # the heading never stands alone at the foot of a page
    return [
        *_project_part(sheet.project, typesetter, depth),
        *_plan_part(sheet.project, typesetter, depth + 1),
        *(KeepTogether(block) for block in blocks),
        KeepTogether([*_certification(sheet.project, typesetter), *_replaced(sheet, typesetter)]),
    ]


def _project_part(project: ProjectRecord, typesetter: Typesetter, depth: int) -> list[Flowable]:
    """1.1 and 1.2."""
    paragraph = partial(ThaiParagraph, typesetter)
    rows = (
        (f"รหัสโครงการ : {project.code}", f"ปีงบประมาณ พ.ศ. : {project.year}"),
        (f"เริ่มต้นโครงการ : {short_date(project.begins)}", f"งบประมาณที่ได้รับ : {baht_words(project.budget)}"),
        (f"สิ้นสุดโครงการ : {short_date(project.ends)}", f"งบประมาณที่ใช้ไป : {baht_words(project.spent)}"),
    )
    responsible = _person("ชื่อผู้รับผิดชอบ", project.responsible, project.responsible_telephone)
    coordinator = _person("ผู้ประสานงาน สยป.", project.coordinator, project.coordinator_telephone)
    return [
        paragraph("1. ชื่อโครงการและหน่วยงานที่รับผิดชอบโครงการ", replace(PART, before=0), outline=depth),
        paragraph("1.1 รหัสโครงการและชื่อโครงการ", POINT, outline=depth + 1),
        paragraph(f"ชื่อโครงการ/กิจกรรม : {project.name}", BODY),
        _side_by_side([[paragraph(text, CELL) for text in row] for row in rows]),
        paragraph("1.2 หน่วยงานที่รับผิดชอบ", POINT, outline=depth + 1),
        paragraph(f"หน่วยงานที่รับผิดชอบ : {project.office}", BODY),
        paragraph(responsible, BODY),
        paragraph(coordinator, BODY),
    ]


def _side_by_side(rows: list[list[Flowable]]) -> Table:
    """Rows of two cells, as 1.1 shows the project's code and money."""
    width = A4[0] - MARGINS.left - MARGINS.right - BODY.left
    style = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
            ("LEFTPADDING", (0, 0), (0, -1), BODY.left),
        ]
    )
    return Table(rows, colWidths=[BODY.left + width * 0.5, width * 0.5], style=style, splitInRow=1)


def _person(label: str, name: str, telephone: str) -> str:
    return f"{label} : {name or DOTS} โทร. {telephone or SHORT_DOTS}"


def _plan_part(project: ProjectRecord, typesetter: Typesetter, depth: int) -> list[Flowable]:
    """1.3 to 1.6."""
    paragraph = partial(ThaiParagraph, typesetter)
    plan = "1.6 สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี (ยุทธศาสตร์-ประเด็นยุทธศาสตร์-กลยุทธ์ตามแผนฯ/ตัวชี้วัด)"
    return [
        paragraph("1.3 หลักการและเหตุผล", POINT, outline=depth),
        *(paragraph(text, PROSE) for text in project.rationale),
        paragraph("1.4 วัตถุประสงค์ของโครงการ", POINT, outline=depth),
        *(paragraph(text, PROSE) for text in project.objectives),
        paragraph("1.5 เป้าหมายของโครงการ", POINT, outline=depth),
        paragraph(f"- ร้อยละ {_plain(project.target)}", BODY),
        paragraph(plan, POINT, outline=depth),
        paragraph(f"ประเด็นยุทธศาสตร์ : {project.strategy}", BODY),
        paragraph(f"ประเด็นยุทธศาสตร์ย่อย : {project.sub_strategy}", BODY),
        paragraph(f"เป้าหมายที่ : {project.goal}", BODY),
        paragraph(f"ตัวชี้วัด : {project.indicator}", BODY),
    ]


def _block(block: ReportBlock, typesetter: Typesetter, depth: int) -> list[Flowable]:
    """One monthly report as the sheet shows it."""
    head, *lines = (*figure_lines(block), *officers_lines(block))
    return [
        ThaiParagraph(typesetter, head, BLOCK_HEAD, outline=depth),
        *(ThaiParagraph(typesetter, line, BLOCK_LINE) for line in lines),
    ]


def _certification(project: ProjectRecord, typesetter: Typesetter) -> list[Flowable]:
    """What the responsible officer puts her name to, with the place for it."""
    paragraph = partial(ThaiParagraph, typesetter)
    return [
        paragraph(CERTIFICATION, replace(BODY, before=16)),
        Spacer(0, 30),  # room for a hand's signature
        SigningLine(typesetter, "ลงชื่อ", DOTS, "(ผู้รับผิดชอบโครงการ)", SIGNING),
        paragraph(f"( {project.responsible or DOTS} )", SIGNER),
        paragraph(f"ตำแหน่ง {project.position or DOTS}", SIGNING),
        paragraph(f"วันที่ {DOTS}", SIGNING),
    ]


def _replaced(sheet: ReportSheet, typesetter: Typesetter) -> list[Flowable]:
    """Which report a revision takes the place of, under the signature."""
    return [ThaiParagraph(typesetter, replaced_words(sheet.replaces), REPLACED)] if sheet.replaces else []


def _draw_head(canvas: Canvas, page: Page, typesetter: Typesetter, draft: bool) -> None:
    if draft:
        draw_draft_mark(canvas, page, typesetter.fonts.bold)
    room = page.width - MARGINS.left - MARGINS.right
    draw_line(canvas, typesetter, PAGE_HEAD, MARGINS.left, page.height - 1.75 * CENTIMETRE, HEAD, room)


def _draw_foot(canvas: Canvas, page: Page, typesetter: Typesetter, sheet: ReportSheet) -> None:
    text = report_words(sheet.report)
    if page.closes and sheet.head and not sheet.draft:
        text = f"ลายพิมพ์ประวัติทะเบียน {sheet.head}\n{text}"
    draw_foot(canvas, page, typesetter, text, MARGINS)
