"""Erasing by law reaches what the register still holds of a complaint: taken back, made blank, taken off, in words."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.complaint import Complaint, Entry, Mark, QualityItem
from desktop.domain.evidence import OF_COMPLAINT
from desktop.services import undoing
from desktop.services.attaching import attach, attachments_of, take_off
from desktop.services.complaint_history import history_of_complaint
from desktop.services.complaint_work import complaint, save
from desktop.services.desk import CannotDo, Desk
from desktop.services.erasable import erasable_of
from desktop.services.importing import import_files
from desktop.services.privacy import erase_personal_data
from desktop.services.verifying import verify
from desktop.storage import attachment_files
from tests.services.picture_faults import encoded, scene

NAME, TELEPHONE = "นายสมศักดิ์ตัวอย่าง", "0812345678"
NAMED = Complaint("ก/1", date(2020, 1, 6), subject="ท่อตัน", complainant=NAME, telephone=TELEPHONE)
WORDED = replace(
    NAMED,
    complainant="",
    telephone="",
    accepted=date(2020, 1, 7),
    first_report=Entry(date(2020, 1, 8), f"โทรแจ้ง{NAME} {TELEPHONE}"),
    follow_ups=(Entry(date(2020, 1, 14), f"{NAME} ขอเลื่อนนัด"), Entry(date(2020, 1, 21))),
    completed=date(2020, 1, 22),
    marks={QualityItem.FITS: Mark(True), QualityItem.LETTER: Mark(None, f"{NAME} ไม่ขอหนังสือ")},
)
TEXTS = ("first_report", "follow_ups", "marks")


def held(desk: Desk, *wanted: str) -> list[str]:
    """The files of the data folder that hold any of these texts."""
    spellings = [each.encode(code) for each in wanted for code in ("utf-8", "tis-620")]
    files = [path for path in sorted(desk.register.folder.rglob("*")) if path.is_file()]
    return [path.name for path in files if any(each in path.read_bytes() for each in spellings)]


def is_whole(desk: Desk) -> bool:
    found = verify(desk)
    assert found.problems == ()
    return found.ok


def imported(desk: Desk, folder: Path) -> None:
    rows = folder / "แถว.csv"
    rows.write_text(f"เลขที่รับแจ้ง,วันที่แจ้ง,ผู้ร้อง,โทรศัพท์\nก/1,6/1/2563,{NAME},{TELEPHONE}\n", encoding="utf-8-sig")
    import_files(desk, [rows], None, dry_run=False)


@pytest.mark.parametrize("came", ["typed", "imported"])
def test_a_complaint_that_was_taken_back_is_erased_in_the_history(desk: Desk, tmp_path: Path, came: str) -> None:
    if came == "typed":
        save(desk, None, NAMED)
        undoing.undo_newest(desk)
    else:
        imported(desk, tmp_path)
        undoing.undo_import(desk)
    with pytest.raises(CannotDo):
        complaint(desk, "ก/1")
    assert held(desk, NAME, TELEPHONE) == ["register.sqlite"]
    assert erasable_of(desk, "ก/1").fields[:2] == ("complainant", "telephone")
    assert erase_personal_data(desk, "ก/1", "ผู้ร้องขอ").history == 2  # came, and was taken back
    assert held(desk, NAME, TELEPHONE) == [] and is_whole(desk)
    assert erasable_of(desk, "ก/1").fields == (("subject",) if came == "typed" else ())
    with pytest.raises(CannotDo):
        undoing.undo_operation(desk, 2)


def test_a_number_nobody_knows_is_refused_and_nothing_is_noted(desk: Desk) -> None:
    save(desk, None, NAMED)
    before = desk.register.connection.total_changes
    with pytest.raises(CannotDo, match="ก/2"):
        erase_personal_data(desk, "ก/2", "ผู้ร้องขอ")
    assert desk.register.connection.total_changes == before


def test_what_the_officer_made_blank_before_is_still_told_and_erased(desk: Desk) -> None:
    save(desk, None, NAMED)
    save(desk, NAMED, replace(NAMED, complainant="", telephone=""))
    assert erasable_of(desk, "ก/1").fields == ("complainant", "telephone", "subject")
    assert erase_personal_data(desk, "ก/1", "ผู้ร้องขอ").history == 2
    assert erasable_of(desk, "ก/1").fields == ("subject",)
    assert held(desk, NAME, TELEPHONE) == [] and is_whole(desk)


def test_a_file_taken_off_before_is_still_told_and_erased(desk: Desk) -> None:
    save(desk, None, NAMED)
    save(desk, None, replace(NAMED, number="ก/1/2", complainant="", telephone=""))  # its files are no files of ก/1
    content, other = encoded(scene(48, 36, 1), "PNG"), encoded(scene(48, 36, 2), "PNG")
    file = attach(desk, OF_COMPLAINT, "ก/1", f"บัตร{NAME}.png", content)
    stays = attach(desk, OF_COMPLAINT, "ก/1", "ถนน.png", other)
    others = attach(desk, OF_COMPLAINT, "ก/1/2", "ของอีกเรื่อง.png", encoded(scene(48, 36, 3), "PNG"))
    take_off(desk, file)
    there = erasable_of(desk, "ก/1")
    assert (there.files, there.attached) == ((stays, file), 1)
    erased = erase_personal_data(desk, "ก/1", "ผู้ร้องขอ", files=(file,))
    assert erased.files == 1 and attachment_files.stored_hashes(desk.register.folder) == {stays.sha256, others.sha256}
    assert held(desk, NAME) == [] and is_whole(desk)
    assert erasable_of(desk, "ก/1").files == (stays,) and attachments_of(desk, OF_COMPLAINT, "ก/1") == [stays]
    again = attach(desk, OF_COMPLAINT, "ก/1", "นำกลับมาแนบ.png", content)
    take_off(desk, again)
    assert erasable_of(desk, "ก/1").files == (stays, again)


def test_of_entries_and_quality_items_the_words_go_and_the_days_stay(desk: Desk) -> None:
    save(desk, None, replace(WORDED, follow_ups=(), completed=None, marks={}))
    save(desk, complaint(desk, "ก/1"), WORDED)
    assert erasable_of(desk, "ก/1").fields == ("subject", "first_report", "follow_ups", "marks")
    assert erase_personal_data(desk, "ก/1", "ผู้ร้องขอ", TEXTS).history == 2
    assert complaint(desk, "ก/1") == replace(
        WORDED,
        first_report=Entry(date(2020, 1, 8), ""),
        follow_ups=(Entry(date(2020, 1, 14), ""), Entry(date(2020, 1, 21), "")),
        marks={QualityItem.FITS: Mark(True), QualityItem.LETTER: Mark(None, "(ลบแล้วตามกฎหมาย)")},
    )
    assert held(desk, NAME, TELEPHONE) == [] and is_whole(desk)
    assert erasable_of(desk, "ก/1").fields == ("subject",)
    assert erase_personal_data(desk, "ก/1", "ผู้ร้องขออีกครั้ง", TEXTS).history == 0
    assert is_whole(desk)


def test_the_history_tells_of_erased_words_that_they_are_gone(desk: Desk) -> None:
    save(desk, None, WORDED)
    erase_personal_data(desk, "ก/1", "ผู้ร้องขอ", TEXTS)
    erased, made = history_of_complaint(desk, "ก/1")
    told = {change.field: change.new for change in made.changes}
    assert told["รายงานครั้งที่ 1"] == "8 ม.ค. 2563 (ลบแล้วตามกฎหมาย)"
    assert told["การติดตามผล"] == "14 ม.ค. 2563 (ลบแล้วตามกฎหมาย)\n21 ม.ค. 2563"
    assert told["คุณภาพ"].splitlines()[1] == "ระบุเลขที่หนังสือ: ไม่เกี่ยวข้อง เพราะ(ลบแล้วตามกฎหมาย)"
    assert [(each.field, each.old, each.new) for each in erased.changes[:1]] == [
        ("รายงานครั้งที่ 1", "8 ม.ค. 2563 (ลบแล้วตามกฎหมาย)", "8 ม.ค. 2563"),
    ]


def test_an_undo_never_brings_erased_words_back(desk: Desk) -> None:
    bare = replace(WORDED, follow_ups=(), completed=None, marks={})
    save(desk, None, replace(WORDED, completed=None))
    save(desk, complaint(desk, "ก/1"), bare)  # the words stand in what was before
    erase_personal_data(desk, "ก/1", "ผู้ร้องขอ", ("follow_ups", "marks"))
    _, taken_out, _ = history_of_complaint(desk, "ก/1")
    assert not undoing.may_be_undone(desk, taken_out.operation)
    with pytest.raises(CannotDo, match="ถูกลบข้อมูลส่วนบุคคล"):
        undoing.undo_operation(desk, taken_out.operation)
    assert complaint(desk, "ก/1") == bare and is_whole(desk)
