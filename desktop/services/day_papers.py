"""Papers of the day: วันนี้ต้องทำอะไร, and the evidence of one outage right after it was noted."""

from desktop.domain.memo_wording import outage_words
from desktop.domain.obligations import standing
from desktop.domain.thai_dates import long_date, weekday_date
from desktop.domain.work_paper_filling import work_sheet
from desktop.services.complaint_list import SOON_DAYS
from desktop.services.desk import Desk
from desktop.services.leaving_texts import evidence_to_leave
from desktop.services.month_pack import kept_contents
from desktop.services.month_reports import MonthState, reports_to_send
from desktop.services.outage_evidence import evidence_of
from desktop.services.papers import Paper, glyph_remarks, office_of, paper_file_name, told
from desktop.services.progress import Progress, watched
from desktop.storage import complaints, paper_queries


def day_paper(desk: Desk, progress: Progress | None = None) -> Paper:
    """What is overdue, today's and due within three working days, and the monthly reports not sent."""
    from forms.work_sheet import work_sheet_pdf, work_texts

    today, connection = desk.today, desk.register.connection
    ids = paper_queries.to_act_on(connection, desk.calendar.working_day_after(today, SOON_DAYS))
    found = watched(complaints.each_by_ids(connection, ids), len(ids), progress)
    seen = [standing(each, today, desk.calendar, desk.rules_of) for each in found]
    waiting = tuple(_report_words(desk, state) for state in reports_to_send(desk, today))
    owing = [each for each in seen if each is not None]
    sheet = work_sheet(office_of(desk), today, owing, desk.calendar, SOON_DAYS, waiting)
    pdf = work_sheet_pdf(sheet, desk.shipped.fonts, desk.shipped.words)
    told(progress, len(ids), len(ids))
    name = paper_file_name(f"วันนี้ต้องทำอะไร {long_date(today)}")
    return Paper(f"วันนี้ต้องทำอะไร {weekday_date(today)}", name, pdf, glyph_remarks(desk, work_texts(sheet)))


def outage_paper(desk: Desk, number: int, progress: Progress | None = None) -> Paper:
    """The evidence page of one outage; raises CannotDo when it is not there."""
    from forms.annex_outages import outage_texts
    from forms.embedded_pictures import PictureShelf
    from forms.evidence_page import evidence_page_pdf

    [evidence] = evidence_to_leave(desk, [evidence_of(desk, number)])
    outage = evidence.outage
    shelf = PictureShelf(kept_contents(desk, [evidence], progress))
    pdf = evidence_page_pdf(evidence, office_of(desk), desk.shipped.fonts, desk.shipped.words, shelf)
    remarks = tuple(f"หลักฐาน “{each.attachment.name}” ไม่แสดงเป็นภาพ: {each.why}" for each in shelf.not_shown)
    return Paper(
        f"หลักฐานระบบขัดข้อง {outage_words(outage)}",
        paper_file_name(f"หลักฐานระบบขัดข้อง ครั้งที่ {number} {long_date(outage.began)}"),
        pdf,
        (*remarks, *glyph_remarks(desk, outage_texts([evidence]))),
    )


def _report_words(desk: Desk, state: MonthState) -> str:
    """``รายงานครั้งที่ 3 ธันวาคม 2562 (ร่าง) ส่งภายใน ศ. 10 ม.ค. 2563``, with what is late."""
    month = state.month
    late = " เกินกำหนดส่ง" if state.send_by < desk.today else ""
    told_state = f"รายงานครั้งที่ {month.report_number} {month.thai} ({state.state.value})"
    return f"{told_state} ส่งภายใน {weekday_date(state.send_by)}{late}"
