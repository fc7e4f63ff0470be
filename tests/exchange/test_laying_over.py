"""A row laid over what is stored: each sentence of the layout's rules, one test."""

from dataclasses import fields, replace
from datetime import date

import pytest

from desktop.domain.complaint import Complaint, Entry, Mark, QualityItem, Reopening, Status
from desktop.exchange.laying_over import lay_over
from desktop.exchange.refusals import RowRefused
from desktop.exchange.register_layout import RowCells

TODAY = date(2020, 9, 30)
JAN_28, JAN_29, FEB_3, FEB_14, FEB_28, MAR_2 = (
    date(2020, 1, 28), date(2020, 1, 29), date(2020, 2, 3), date(2020, 2, 14), date(2020, 2, 28), date(2020, 3, 2),
)  # fmt: skip
NEW = Complaint("1", JAN_28)
FULL = Complaint(
    "1", JAN_28, "โทรศัพท์", ("ถนน",), "ทางเท้าชำรุด", "หลุมลึก\nสองเมตร", "ซอย 24", "ฝ่ายโยธา", "สมชาย", "0812345678",
    accepted=JAN_29, first_report=Entry(FEB_3, "หนึ่ง"), follow_ups=(Entry(FEB_14, "สอง"), Entry(FEB_28, "สาม")),
    completed=MAR_2, answer="ซ่อมแล้ว", letter_number="กท 1", order_number="2/2563", action="ซ่อม", coordination="สนย.",
    marks={QualityItem.FITS: Mark(True)},
)  # fmt: skip


def laid(stored, **said):
    return lay_over(stored, RowCells("1", **said), TODAY).complaint


def refused(stored, **said):
    with pytest.raises(RowRefused) as reason:
        lay_over(stored, RowCells("1", **said), TODAY)
    return str(reason.value)


def test_an_empty_cell_says_nothing_and_wipes_nothing():
    assert laid(FULL) == FULL
    assert laid(FULL, notified=JAN_28) == FULL


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("channel", "ไลน์"), ("types", ("น้ำ", "ไฟ")), ("subject", "ก"), ("detail", "ข"), ("place", "ค"), ("unit", "ง"),
        ("complainant", "จ"), ("telephone", "02"), ("answer", "ฉ"), ("letter_number", "ช"), ("order_number", "ซ"),
        ("action", "ฌ"), ("coordination", "ญ"), ("marks", {QualityItem.TRUE: Mark(False)}), ("accepted", FEB_3),
        ("completed", date(2020, 3, 5)), ("notified", date(2020, 1, 27)), ("transferred", date(2020, 4, 1)),
    ],
)  # fmt: skip
def test_a_filled_cell_replaces_its_field_whole_and_no_other(field, value):
    assert laid(FULL, **{field: value}) == replace(FULL, **{field: value})


def test_a_new_complaint_needs_its_notified_day():
    assert "วันที่แจ้ง" in refused(None, subject="ก")
    assert laid(None, notified=JAN_28) == NEW


def test_the_checks_apply_to_the_result_and_name_both_days():
    reason = refused(FULL, accepted=date(2020, 1, 27))
    assert "27 ม.ค. 2563" in reason
    assert "28 ม.ค. 2563" in reason
    assert "1 ต.ค. 2563" in refused(NEW, accepted=date(2020, 10, 1))


def test_a_new_status_beside_recorded_days_is_refused():
    for said in ({"accepted": JAN_29}, {"follow_ups": (FEB_3,)}, {"completed": FEB_3}):
        assert "รอรับเรื่อง" in refused(NEW, status=Status.NEW, **said)
    assert "รอรับเรื่อง" in refused(replace(NEW, accepted=JAN_29), status=Status.NEW)


def test_in_progress_beside_a_completion_that_no_reopening_follows_is_refused():
    assert "อยู่ระหว่างดำเนินการ" in refused(FULL, status=Status.IN_PROGRESS)
    reopened = laid(None, notified=JAN_28, status=Status.IN_PROGRESS, reopenings=(Reopening(FEB_3, FEB_14),))
    assert (reopened.stated, reopened.completed) == (None, None)


def test_a_status_ahead_of_missing_days_is_taken_and_told():
    for status, missing in (
        (Status.IN_PROGRESS, "วันที่ตอบรับ"), (Status.COMPLETED, "วันที่แล้วเสร็จ"), (Status.TRANSFERRED, "วันที่ส่งต่อ"),
    ):  # fmt: skip
        result = lay_over(None, RowCells("1", JAN_28, status=status), TODAY)
        assert result.complaint.stated is status
        assert missing in result.remarks[0]


def test_a_status_the_days_tell_is_not_kept_beside_them():
    assert laid(None, notified=JAN_28, status=Status.NEW).stated is None
    assert laid(None, notified=JAN_28, accepted=JAN_29, status=Status.IN_PROGRESS).stated is None
    assert laid(None, notified=JAN_28, completed=JAN_29, status=Status.COMPLETED).stated is None
    assert laid(None, notified=JAN_28, transferred=JAN_29, status=Status.TRANSFERRED).stated is None


def test_a_transfer_day_wins_over_any_status():
    for status in Status:
        result = laid(None, notified=JAN_28, accepted=JAN_29, transferred=FEB_3, status=status)
        assert (result.stated, result.told_status) == (None, Status.TRANSFERRED)


def test_a_transfer_without_its_day_counts_from_the_latest_day_recorded():
    result = lay_over(FULL, RowCells("1", status=Status.TRANSFERRED), TODAY)
    assert result.complaint.transfer_day == MAR_2
    assert "2 มี.ค. 2563" in result.remarks[0]


def test_without_a_status_the_days_tell_it():
    assert laid(None, notified=JAN_28, accepted=JAN_29).told_status is Status.IN_PROGRESS
    assert laid(None, notified=JAN_28, completed=JAN_29).told_status is Status.COMPLETED
    assert laid(None, notified=JAN_28).told_status is Status.NEW


def test_a_stated_status_goes_when_the_days_come():
    stated = replace(NEW, stated=Status.IN_PROGRESS)
    assert laid(stated, subject="ก").stated is Status.IN_PROGRESS
    assert laid(stated, accepted=JAN_29).stated is None
    assert laid(replace(NEW, stated=Status.COMPLETED), accepted=JAN_29).stated is Status.COMPLETED
    assert laid(replace(NEW, stated=Status.COMPLETED), completed=JAN_29).stated is None
    assert laid(replace(NEW, stated=Status.TRANSFERRED), transferred=JAN_29).stated is None


def test_a_rows_status_replaces_the_stated_one():
    assert laid(replace(NEW, stated=Status.IN_PROGRESS), status=Status.NEW).stated is None
    assert laid(replace(NEW, stated=Status.TRANSFERRED), status=Status.COMPLETED).stated is Status.COMPLETED


def test_follow_ups_stand_by_day_in_the_order_made():
    found = laid(NEW, follow_ups=(FEB_14, FEB_3, FEB_14), texts=("ข", "ก", "ค")).follow_ups
    assert [(entry.day, entry.text) for entry in found] == [(FEB_3, "ก"), (FEB_14, "ข"), (FEB_14, "ค")]


def test_follow_ups_alone_leave_the_first_report_unrecorded():
    assert laid(NEW, follow_ups=(FEB_3,)).first_report is None


def test_texts_go_first_to_the_first_report_and_then_to_the_follow_ups():
    result = laid(NEW, first_report=FEB_3, follow_ups=(FEB_14, FEB_28), texts=("ก", "", "ค"))
    assert [(entry.day, entry.text) for entry in result.entries] == [(FEB_3, "ก"), (FEB_14, ""), (FEB_28, "ค")]


def test_texts_alone_replace_the_texts_of_the_stored_entries():
    assert [entry.text for entry in laid(FULL, texts=("ก", "ข")).entries] == ["ก", "ข", ""]
    assert [entry.day for entry in laid(FULL, texts=("ก", "ข")).entries] == [FEB_3, FEB_14, FEB_28]


def test_more_lines_than_entries_in_the_result_are_refused():
    assert "4 บรรทัด" in refused(FULL, texts=("ก", "ข", "ค", "ง"))
    assert "1 บรรทัด" in refused(NEW, texts=("ก",))
    assert "2 บรรทัด" in refused(NEW, first_report=FEB_3, texts=("ก", "ข"))


def test_without_new_texts_each_text_stays_with_its_day():
    added = laid(FULL, follow_ups=(FEB_14, date(2020, 2, 20), FEB_28))
    assert [entry.text for entry in added.entries] == ["หนึ่ง", "สอง", "", "สาม"]
    fewer = laid(FULL, follow_ups=(FEB_28,))
    assert [entry.text for entry in fewer.entries] == ["หนึ่ง", "สาม"]


def test_a_corrected_day_keeps_the_text_that_lost_its_day():
    moved = laid(FULL, follow_ups=(date(2020, 2, 15), FEB_28))
    assert [entry.text for entry in moved.entries] == ["หนึ่ง", "สอง", "สาม"]
    first = laid(FULL, first_report=date(2020, 2, 4))
    assert [entry.text for entry in first.entries] == ["หนึ่ง", "สอง", "สาม"]


def test_two_follow_ups_of_one_day_keep_their_texts_in_order():
    stored = replace(FULL, follow_ups=(Entry(FEB_14, "เช้า"), Entry(FEB_14, "บ่าย")))
    assert laid(stored, follow_ups=(FEB_14, FEB_14)) == stored
    assert [entry.text for entry in laid(stored, follow_ups=(FEB_14,)).follow_ups] == ["เช้า"]


def test_a_completion_is_of_the_present_state_alone():
    pair = Reopening(FEB_3, FEB_14)
    result = laid(None, notified=JAN_28, completed=FEB_28, reopenings=(pair,))
    assert (result.completed, result.reopenings) == (FEB_28, (pair,))
    assert "14 ก.พ. 2563" in refused(None, notified=JAN_28, completed=FEB_3, reopenings=(pair,))


def test_laying_a_row_twice_changes_nothing_the_second_time():
    """I17"""
    said = {
        "first_report": FEB_3, "follow_ups": (FEB_28, FEB_14), "texts": ("ก", "ข", "ค"), "status": Status.COMPLETED,
        "types": ("ไฟ",), "marks": {QualityItem.TRUE: Mark(True)}, "notified": JAN_28,
    }  # fmt: skip
    once = laid(NEW, **said)
    assert laid(once, **said) == once


def test_every_field_of_a_row_reaches_the_complaint():
    same = {field.name for field in fields(RowCells)} & {field.name for field in fields(Complaint)}
    assert {field.name for field in fields(RowCells)} - same == {"status", "texts"}
    assert {field.name for field in fields(Complaint)} - same == {"stated"}
