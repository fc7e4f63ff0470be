"""Every obligation explains itself: the due day, the days counted, the days skipped and why."""

from datetime import date

from desktop.domain.complaint import Complaint, Entry, Reopening, Status
from desktop.domain.explanations import explain
from desktop.domain.obligations import standing
from desktop.domain.rule_set import RuleSet
from desktop.domain.working_days import OfficeCalendar

JULY = OfficeCalendar({date(2020, 7, 6): "วันเข้าพรรษา", date(2020, 7, 7): "ชดเชยวันอาสาฬหบูชา"}, frozenset({2563}))


def told(complaint: Complaint, on: date, calendar: OfficeCalendar = JULY, rules: RuleSet | None = None) -> list[str]:
    seen = standing(complaint, on, calendar, lambda _: rules or RuleSet())
    assert seen is not None
    return [each.sentence for each in explain(seen, calendar, lambda _: rules or RuleSet())]


def test_acceptance_over_two_holidays_names_each_day() -> None:
    _, accept, report, _ = told(Complaint("1", date(2020, 7, 3)), date(2020, 7, 8))
    assert "ครบกำหนดวันนี้" in accept and "ครบกำหนด พ. 8 ก.ค. 2563" in accept
    assert "นับ 1 วันทำการถัดจากวันแจ้ง ศ. 3 ก.ค. 2563" in accept and "วันที่นับ: พ. 8 ก.ค." in accept
    skipped = "ส. 4 ก.ค. (วันเสาร์), อา. 5 ก.ค. (วันอาทิตย์), จ. 6 ก.ค. (วันเข้าพรรษา), อ. 7 ก.ค. (ชดเชยวันอาสาฬหบูชา)"
    assert skipped in accept
    assert "ยังไม่เริ่มนับ" in report and "เริ่มนับเมื่อรับเรื่องแล้ว" in report


def test_a_checkpoint_on_a_sunday_tells_by_when_to_act() -> None:
    done = Complaint("1", date(2020, 1, 28), accepted=date(2020, 1, 29), first_report=Entry(date(2020, 2, 3)))
    lines = told(done, date(2020, 3, 15), OfficeCalendar({}))
    february, march = lines[4], lines[5]
    assert "ศ. 28 ก.พ. 2563 วันทำการสุดท้ายของเดือนกุมภาพันธ์" in february and "ไม่ได้ติดตาม" in february
    assert "ตรงกับวันหยุด (วันอาทิตย์) กำหนดไม่เลื่อน ควรทำภายใน ศ. 13 มี.ค. 2563" in march
    assert "ตั้งแต่ ส. 29 ก.พ. 2563 ถึง อา. 15 มี.ค. 2563" in march


def test_what_nobody_recorded_is_said() -> None:
    inferred = Complaint("1", date(2020, 7, 1), first_report=Entry(date(2020, 7, 2)))
    assert any("ไม่มีวันที่ตอบรับ" in line for line in told(inferred, date(2020, 7, 2)))
    unknown = Complaint("1", date(2020, 7, 1), stated=Status.COMPLETED)
    lines = told(unknown, date(2020, 7, 2))
    assert "ไม่มีวันใดบันทึกไว้" in lines[1] and "ขาดวันที่" in lines[1] and "ขาดวันที่ตอบรับ" in lines[2]


def test_completions_reopenings_and_transfers_are_told_in_the_order_of_time() -> None:
    turned = Complaint(
        "1", date(2020, 1, 6), accepted=date(2020, 1, 7), reopenings=(Reopening(date(2020, 1, 10), date(2020, 2, 3)),),
        completed=date(2020, 2, 10), transferred=date(2020, 2, 12),
    )  # fmt: skip
    titles = [line.partition(":")[0] for line in told(turned, date(2020, 2, 20), OfficeCalendar({}))]
    assert titles[-5:] == ["แล้วเสร็จ", "เปิดเรื่องใหม่", "แล้วเสร็จ", "ส่งต่อ", "สิ่งที่ต้องทำต่อไป"]
    early = told(turned, date(2020, 1, 20), OfficeCalendar({}))
    assert [line.partition(":")[0] for line in early][-2:] == ["แล้วเสร็จ", "สิ่งที่ต้องทำต่อไป"]
    assert "การแล้วเสร็จจึงเป็นรายงานครั้งที่ 1" in early[2]


def test_a_year_the_calendar_does_not_know_says_so() -> None:
    assert any("ปี 2571" in line for line in told(Complaint("1", date(2028, 1, 3)), date(2028, 1, 4)))
