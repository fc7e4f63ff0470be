"""Drafts as the officer meets them: kept, dropped, offered back, laid over what the register has now."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.complaint import Complaint
from desktop.domain.evidence import OF_COMPLAINT
from desktop.domain.months import Month
from desktop.domain.report_sheet import PlanWord, TargetWord
from desktop.services import drafts, month_reports, privacy
from desktop.services.attaching import attach
from desktop.services.complaint_steps import WorkStep
from desktop.services.complaint_work import complaint, save
from desktop.services.desk import CannotDo, Desk
from desktop.services.drafts import COMPLAINT, REPORT, laid_over, step_form
from desktop.services.month_reports import OfficersWords
from desktop.services.report_drafts import TypedMemo, TypedReport, memo_of, typed_of, values_of
from desktop.storage.draft_file import DAMAGED_NAME, NAME, Draft
from desktop.storage.register import open_for_reading
from tests.running import is_one_thai_sentence
from tests.services.picture_faults import encoded, scene

AT = datetime(2020, 1, 28, 7, 5, tzinfo=UTC)  # 14:05 in Bangkok
STORED = Complaint("กทม-1", date(2020, 1, 27), subject="ถนนเป็นหลุม", place="ซอย 5")


@pytest.fixture
def at_work(desk: Desk) -> Desk:
    """A desk whose clock moves a minute with each look."""
    moments = iter(AT + timedelta(minutes=minute) for minute in range(1000))
    desk.now_of = lambda: next(moments)
    return desk


def test_a_draft_is_kept_in_place_of_its_own_older_one_and_beside_others(at_work: Desk) -> None:
    first = drafts.keep(at_work, COMPLAINT, "กทม-1", {"place": "ซอย"}, {"place": ""})
    drafts.keep(at_work, COMPLAINT, "", {"place": "ใหม่"})
    again = drafts.keep(at_work, COMPLAINT, "กทม-1", {"place": "ซอย 9"}, {"place": ""}, first.begun)
    other_start = drafts.keep(at_work, COMPLAINT, "กทม-1", {"place": "อีกครั้ง"})
    assert [(draft.key, draft.values["place"]) for draft in drafts.kept(at_work)] == [
        ("กทม-1", "ซอย 9"), ("", "ใหม่"), ("กทม-1", "อีกครั้ง"),
    ]  # fmt: skip
    assert again.begun == first.begun and again.kept_at > first.kept_at
    drafts.drop_draft(at_work, again)
    assert [draft.begun for draft in drafts.kept(at_work) if draft.key == "กทม-1"] == [other_start.begun]
    drafts.drop(at_work, COMPLAINT, "กทม-1")
    drafts.drop(at_work, COMPLAINT, "")
    drafts.drop(at_work, COMPLAINT, "")
    assert drafts.kept(at_work) == [] and not (at_work.register.folder / NAME).exists()


def test_the_register_is_not_touched_by_a_draft(at_work: Desk) -> None:
    save(at_work, None, STORED)
    before = at_work.register.connection.total_changes
    drafts.keep(at_work, COMPLAINT, "กทม-1", {"place": "ซอย 9"})
    drafts.drop(at_work, COMPLAINT, "กทม-1")
    assert at_work.register.connection.total_changes == before


def test_drafts_are_kept_while_saving_is_closed(at_work: Desk) -> None:
    at_work.register.gate.shut_because = "กำลังตรวจทะเบียน"
    drafts.keep(at_work, COMPLAINT, "", {"place": "ซอย 9"})
    assert len(drafts.kept(at_work)) == 1
    at_work.register.gate.shut_because = ""


def test_a_register_open_for_reading_alone_offers_no_drafts(at_work: Desk) -> None:
    drafts.keep(at_work, COMPLAINT, "", {"place": "ซอย 9"})
    reading = Desk(open_for_reading(at_work.register.folder), at_work.shipped, at_work.today_of)
    assert drafts.kept(reading) == []
    reading.register.close()


def test_a_damaged_file_is_said_once_moved_aside_and_costs_nothing_else(at_work: Desk) -> None:
    path = at_work.register.folder / NAME
    path.write_bytes(b"{torn")
    with pytest.raises(CannotDo) as told:
        drafts.kept(at_work)
    assert is_one_thai_sentence(str(told.value)) and DAMAGED_NAME in str(told.value)
    assert "ข้อมูลในทะเบียนอยู่ครบ" in str(told.value)
    assert drafts.kept(at_work) == []
    assert path.with_name(DAMAGED_NAME).read_bytes() == b"{torn"
    path.write_bytes(b"again")
    drafts.keep(at_work, COMPLAINT, "", {"place": "ซอย 9"})  # typing goes on over a file that tore meanwhile
    assert [draft.values for draft in drafts.kept(at_work)] == [{"place": "ซอย 9"}]
    assert path.with_name(DAMAGED_NAME).read_bytes() == b"again"


def test_a_disk_that_refuses_is_said_in_a_sentence(at_work: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path, kept: list[Draft]) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop.storage.draft_file.write_drafts", refuse)
    with pytest.raises(CannotDo, match="ที่พิมพ์ไว้ยังอยู่บนจอ") as told:
        drafts.keep(at_work, COMPLAINT, "", {"place": "ซอย 9"})
    assert is_one_thai_sentence(str(told.value))


def test_erasing_a_complaint_takes_its_drafts_and_any_damaged_file_along(at_work: Desk) -> None:
    save(at_work, None, STORED)
    for form, key, values in (
        (COMPLAINT, "กทม-1", {"complainant": "ก"}), (step_form(WorkStep.ENTRY), "กทม-1", {"text": "ข"}),
        (COMPLAINT, "", {"number": " กทม-1 "}), (COMPLAINT, "กทม-2", {"place": "ค"}),
        (REPORT, "2020-01", {"note": "ง"}),
    ):  # fmt: skip
        drafts.keep(at_work, form, key, values)
    (at_work.register.folder / DAMAGED_NAME).write_text("กทม-1")
    assert drafts.forget_complaint(at_work, "กทม-1") == 3
    assert [draft.key for draft in drafts.kept(at_work)] == ["กทม-2", "2020-01"]
    assert not (at_work.register.folder / DAMAGED_NAME).exists()


@pytest.mark.parametrize("where", ["offered", "started"])
def test_p11_killed_between_an_erasure_and_its_drafts_nothing_erased_comes_back(
    at_work: Desk, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    save(at_work, None, replace(STORED, complainant="นายสมศักดิ์"))
    save(at_work, None, replace(STORED, number="กทม-2"))
    base = {"complainant": "นายสมศักดิ์", "place": ""}
    drafts.keep(at_work, COMPLAINT, "กทม-1", base | {"place": "ซอย 9"}, base)
    drafts.keep(at_work, COMPLAINT, "กทม-2", {"place": "ซอย 2"})
    with monkeypatch.context() as killed, pytest.raises(SystemExit):
        killed.setattr(privacy, "forget_complaint", lambda *_: sys.exit())
        privacy.erase_personal_data(at_work, "กทม-1", "ผู้ร้องขอ")
    assert "นายสมศักดิ์" in (at_work.register.folder / NAME).read_text(encoding="utf-8")
    drafts.keep(at_work, COMPLAINT, "กทม-1", {"place": "พิมพ์ใหม่หลังลบ"})
    if where == "started":
        privacy.finish_erasures(at_work)
        assert "นายสมศักดิ์" not in (at_work.register.folder / NAME).read_text(encoding="utf-8")
    assert [each.values["place"] for each in drafts.kept(at_work)] == ["ซอย 2", "พิมพ์ใหม่หลังลบ"]


def test_an_erasure_stands_and_says_what_could_not_be_taken_away_yet(
    at_work: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(at_work, None, replace(STORED, complainant="นายสมศักดิ์"))
    attached = attach(at_work, OF_COMPLAINT, "กทม-1", "บัตร.png", encoded(scene(), "PNG"))
    with monkeypatch.context() as held:
        held.setattr(Path, "unlink", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "held open")))
        erased = privacy.erase_personal_data(at_work, "กทม-1", "ผู้ร้องขอ", files=(attached,))
    assert complaint(at_work, "กทม-1").complainant == "" and erased.files == 0
    assert "ลบจากทะเบียนและประวัติแล้ว" in privacy.not_wholly(erased) and "เปิดครั้งหน้า" in privacy.not_wholly(erased)
    assert privacy.finish_erasures(at_work) == 1


# What goes back where


def draft(values: dict[str, object], base: dict[str, object], key: str = "กทม-1") -> Draft:
    return Draft(COMPLAINT, key, AT, AT, values, base)  # type: ignore[arg-type]


def test_only_what_was_typed_is_laid_over_and_what_both_changed_is_told() -> None:
    base = {"place": "ซอย 5", "subject": "ถนน", "unit": "โยธา", "detail": "", "ticked": False, "entries": []}
    typed = base | {
        "place": "ซอย 9",
        "unit": "เทศกิจ",
        "detail": "เดิม",
        "ticked": True,
        "entries": [["28 ม.ค. 2563", "ก"]],
    }
    now = base | {"subject": "ถนนเป็นหลุม", "unit": "รักษาความสะอาด", "detail": "เดิม", "entries": [["27 ม.ค. 2563", "ข"]]}
    laid = laid_over(draft(typed, base), now)
    assert laid.values == {
        "place": "ซอย 9",  # typed, the register as it was
        "subject": "ถนนเป็นหลุม",  # the register's, for nobody typed here
        "unit": "เทศกิจ",
        "detail": "เดิม",
        "ticked": True,
        "entries": [["28 ม.ค. 2563", "ก"]],
    }
    assert laid.register_has == {"unit": "รักษาความสะอาด", "entries": [["27 ม.ค. 2563", "ข"]]}


def test_a_new_complaint_goes_back_as_it_stood_with_yesterdays_day() -> None:
    base = {"number": "", "notified": "27 ม.ค. 2563", "place": ""}
    laid = laid_over(draft(base | {"place": "ซอย 9"}, base, ""), base | {"notified": "28 ม.ค. 2563"})
    assert laid.values == {"number": "", "notified": "27 ม.ค. 2563", "place": "ซอย 9"} and laid.register_has == {}


def test_a_new_complaint_that_is_in_the_register_by_now_is_laid_over_that() -> None:
    base = {"number": "", "notified": "28 ม.ค. 2563", "place": "", "unit": ""}
    typed = base | {"number": "กทม-1", "place": "ซอย 9", "unit": "โยธา"}
    now = {"number": "กทม-1", "notified": "27 ม.ค. 2563", "place": "ซอย 9", "unit": "เทศกิจ"}
    laid = laid_over(draft(typed, base, ""), now)
    assert laid.values == now | {"unit": "โยธา"} and laid.register_has == {"unit": "เทศกิจ"}


def test_fields_another_version_knew_are_left_out() -> None:
    laid = laid_over(draft({"place": "ซอย 9", "gone": "x"}, {"place": ""}), {"place": "", "later": "y"})
    assert laid.values == {"place": "ซอย 9", "later": "y"}


def test_words_of_a_value() -> None:
    assert drafts.words_of("") == "(ว่าง)" and drafts.words_of("ซอย 9") == "ซอย 9"
    assert drafts.words_of(True) != drafts.words_of(False)
    assert drafts.words_of([["28 ม.ค. 2563", "ก"], ["", "ข"]]) == "28 ม.ค. 2563 ก\nข"


# How it is offered


def offered(desk: Desk, form: str, key: str, **values: str | bool) -> drafts.Offer:
    made = Draft(form, key, AT, AT, values, {})
    return drafts.offer_of(desk, made)


def test_an_offer_names_the_complaint_and_when_it_was_typed(at_work: Desk) -> None:
    save(at_work, None, STORED)
    offer = offered(at_work, COMPLAINT, "กทม-1", place="ซอย 9")
    assert (offer.title, offer.when) == ("เรื่อง กทม-1 · ถนนเป็นหลุม", "28 ม.ค. 2563 14.05 น.")
    assert offer.typed == "ซอย 9" and not offer.why_not
    assert offered(at_work, COMPLAINT, "", number="กทม-9", subject="ไฟดับ").title == "เรื่องใหม่ กทม-9 · ไฟดับ"
    assert offered(at_work, COMPLAINT, "", place="ซอย").title == "เรื่องใหม่"
    entry = offered(at_work, step_form(WorkStep.ENTRY), "กทม-1", text="ตรวจแล้ว")
    assert entry.title == "เพิ่มรายงาน/การติดตาม ของเรื่อง กทม-1 · ถนนเป็นหลุม"
    assert offered(at_work, REPORT, "2020-01", note="x").title == "รายงานเดือนมกราคม 2563"


def test_an_offer_says_why_a_draft_cannot_go_back(at_work: Desk) -> None:
    save(at_work, None, replace(STORED, accepted=date(2020, 1, 27)))
    gone = offered(at_work, COMPLAINT, "กทม-7", place="ซอย")
    late = offered(at_work, step_form(WorkStep.ACCEPT), "กทม-1", day="28 ม.ค. 2563")
    month = Month(2020, 1)
    figures = month_reports.figures_of_month(at_work, month, at_work.today)
    month_reports.issue(at_work, figures, OfficersWords(), None)
    issued = offered(at_work, REPORT, "2020-01", note="x")
    unknown = offered(at_work, "letter", "1", text="x")
    broken = offered(at_work, REPORT, "มกราคม", note="x")
    assert [offer.why_not for offer in (gone, late, issued, unknown, broken)] == [
        "เรื่องนี้ไม่อยู่ในทะเบียนแล้ว",
        "เรื่องนี้ทำขั้นตอนนี้ไม่ได้แล้ว",
        "เดือนนี้ออกรายงานแล้ว",
        "โปรแกรมรุ่นนี้ไม่มีแบบที่พิมพ์ไว้",
        "ไม่รู้ว่าเป็นของเดือนใด",
    ]
    assert not offered(at_work, REPORT, "2020-01", note="x", revising=True).why_not


def test_the_stored_number_of_a_draft(at_work: Desk) -> None:
    save(at_work, None, STORED)
    numbers: list[Callable[[], Draft]] = [
        lambda: draft({}, {}), lambda: draft({"number": "กทม-1"}, {}, ""), lambda: draft({"number": "กทม-8"}, {}, ""),
    ]  # fmt: skip
    assert [drafts.number_in_register(at_work, each()) for each in numbers] == ["กทม-1", "กทม-1", ""]


def test_the_officers_words_on_a_month_go_and_come_back_whole() -> None:
    words = OfficersWords(PlanWord.BEHIND, TargetWord.ABOVE, month_reports.Decimal("1250.50"), "น้ำท่วม\nสองสัปดาห์")
    typed = TypedReport(date(2020, 1, 25), date(2020, 1, 20), words, "แก้จำนวน", revising=True)
    values = values_of(typed, TypedMemo("กท 6603/99", date(2020, 2, 3)))
    assert (values["drawn_on"], values["last"], values["memo_day"]) == ("25/1/2563", "20/1/2563", "3/2/2563")
    assert typed_of(values) == typed and memo_of(values) == TypedMemo("กท 6603/99", date(2020, 2, 3))
    assert typed_of({"plan": "ไม่มีคำนี้", "spent": "x", "target": True, "last": "31/2/2563"}) == TypedReport()
    assert memo_of({"memo_day": ["x"]}) == TypedMemo()
