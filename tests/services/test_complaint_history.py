"""What the history says of one complaint: its fields, who looked, and the files attached to it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.complaint import Complaint
from desktop.domain.evidence import OF_COMPLAINT
from desktop.services import complaint_work, privacy, undoing
from desktop.services.attaching import attach, attach_files, attachments_of, save_copy, take_off
from desktop.services.complaint_history import FieldChange, HistoryItem, history_of_complaint
from desktop.services.complaint_papers import complaint_paper
from desktop.services.desk import CannotDo, Desk
from desktop.services.office_history import office_history
from desktop.services.whole_files import WholeFile
from tests.services.picture_faults import encoded, scene

PICTURES = [encoded(scene(24, 18, seed), "PNG") for seed in range(3)]
TOLD = "แฟ้มแนบ"


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Complaints whose numbers begin alike, one with a stroke in it."""
    for number in ("ก-1", "ก-1/2563", "ก-10"):
        complaint_work.save(desk, None, Complaint(number, date(2020, 1, 27), complainant="นางแดง"))
    return desk


def newest(desk: Desk, number: str = "ก-1") -> HistoryItem:
    return history_of_complaint(desk, number)[0]


def test_attaching_and_taking_off_are_lines_of_the_complaints_own_history(filled: Desk) -> None:
    attached = attach(filled, OF_COMPLAINT, "ก-1", "หลุม.png", PICTURES[0])
    assert newest(filled).what == "แนบแฟ้ม"
    assert newest(filled).changes == (FieldChange(TOLD, "(ว่าง)", "หลุม.png"),)
    take_off(filled, attached)
    assert newest(filled).what == "นำแฟ้มแนบออก"
    assert newest(filled).changes == (FieldChange(TOLD, "หลุม.png", "(ว่าง)"),)
    assert [item.what for item in history_of_complaint(filled, "ก-1")] == ["นำแฟ้มแนบออก", "แนบแฟ้ม", "เพิ่มเรื่องใหม่"]


def test_files_attached_at_once_are_one_line_of_the_history(filled: Desk, tmp_path: Path) -> None:
    for place, content in enumerate(PICTURES):
        (tmp_path / f"{place}.png").write_bytes(content)
    attach_files(filled, "ก-1", [tmp_path / f"{place}.png" for place in range(3)])
    first, second = history_of_complaint(filled, "ก-1")
    assert [change.new for change in first.changes] == ["0.png", "1.png", "2.png"] and second.what == "เพิ่มเรื่องใหม่"


@pytest.mark.parametrize("number", ["ก-1", "ก-1/2563", "ก-10"])
def test_a_file_is_told_of_its_own_complaint_alone(filled: Desk, number: str) -> None:
    attach(filled, OF_COMPLAINT, number, "ก.png", PICTURES[0])
    told = {each: len(history_of_complaint(filled, each)) for each in ("ก-1", "ก-1/2563", "ก-10")}
    assert told == {each: 2 if each == number else 1 for each in told}


def test_a_line_of_a_file_is_taken_back_from_the_history(filled: Desk) -> None:
    attached = attach(filled, OF_COMPLAINT, "ก-1", "หลุม.png", PICTURES[0])
    take_off(filled, attached)
    complaint_work.save(filled, stored := complaint_work.complaint(filled, "ก-1"), replace(stored, place="ซอย 5"))
    _, off, on, _ = history_of_complaint(filled, "ก-1")
    undoing.undo_operation(filled, off.operation)
    assert attachments_of(filled, OF_COMPLAINT, "ก-1") == [attached]
    undoing.undo_operation(filled, on.operation)
    assert attachments_of(filled, OF_COMPLAINT, "ก-1") == []


def test_attaching_a_file_that_is_off_again_is_refused_in_words(filled: Desk) -> None:
    attached = attach(filled, OF_COMPLAINT, "ก-1", "หลุม.png", PICTURES[0])
    on = newest(filled).operation
    take_off(filled, attached)
    assert not undoing.may_be_undone(filled, on)
    with pytest.raises(CannotDo, match="เลิกทำไม่ได้ เพราะ ก-1 ถูกแก้ไขอีกหลังจากนั้น"):
        undoing.undo_operation(filled, on)


def test_a_file_erased_by_law_is_told_without_its_name(filled: Desk) -> None:
    attached = attach(filled, OF_COMPLAINT, "ก-1", "นางแดง.png", PICTURES[0])
    privacy.erase_personal_data(filled, "ก-1", "คำขอ", (), (attached,))
    erased, on, _ = history_of_complaint(filled, "ก-1")
    assert erased.what == "ลบข้อมูลส่วนบุคคลตามกฎหมาย: คำขอ"
    assert erased.changes == (FieldChange(TOLD, "(ลบแล้วตามกฎหมาย)", "(ว่าง)"),)
    assert on.changes == (FieldChange(TOLD, "(ว่าง)", "(ลบแล้วตามกฎหมาย)"),)


def test_only_lines_that_can_be_taken_back_are_said_to_be(filled: Desk) -> None:
    complaint_work.save(filled, stored := complaint_work.complaint(filled, "ก-1"), replace(stored, complainant="นายดำ"))
    named = newest(filled).operation
    complaint_work.save(filled, stored := complaint_work.complaint(filled, "ก-1"), replace(stored, place="ซอย 5"))
    placed = newest(filled).operation
    attach(filled, OF_COMPLAINT, "ก-1", "ก.png", PICTURES[0])
    filed = newest(filled).operation
    assert all(undoing.may_be_undone(filled, each) for each in (named, placed, filed))
    undoing.undo_operation(filled, filed)
    undo = newest(filled).operation
    assert not undoing.may_be_undone(filled, filed) and undoing.may_be_undone(filled, undo)
    privacy.note_view(filled, "ก-1")
    assert not undoing.may_be_undone(filled, newest(filled).operation)
    privacy.erase_personal_data(filled, "ก-1", "คำขอ")
    assert not undoing.may_be_undone(filled, newest(filled).operation)
    assert not undoing.may_be_undone(filled, named)  # what it would put back is gone
    assert undoing.may_be_undone(filled, placed)
    assert not undoing.may_be_undone(filled, 10**6)


def test_a_copy_of_a_file_and_a_printed_sheet_are_noted_without_the_files_name(filled: Desk, tmp_path: Path) -> None:
    attached = attach(filled, OF_COMPLAINT, "ก-1", "นางแดง.png", PICTURES[0])
    save_copy(filled, attached, tmp_path / "สำเนา.png")
    assert (newest(filled).what, newest(filled).changes) == ("เก็บสำเนาแฟ้มแนบไว้ที่อื่น", ())
    assert not undoing.may_be_undone(filled, newest(filled).operation)
    complaint_paper(filled, "ก-1", with_complainant=True)
    assert newest(filled).what == "ส่งออกพร้อมชื่อและโทรศัพท์"
    assert len(history_of_complaint(filled, "ก-10")) == 1
    assert office_history(filled).items[1].what == "เก็บสำเนาแฟ้มแนบไว้ที่อื่น · แฟ้มแนบของเรื่อง ก-1"
    assert "นางแดง" not in str(office_history(filled).items[:2])


def test_no_copy_without_its_note_and_no_note_without_its_copy(
    filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attached = attach(filled, OF_COMPLAINT, "ก-1", "ก.png", PICTURES[0])
    before = len(history_of_complaint(filled, "ก-1"))
    with monkeypatch.context() as patched:
        patched.setattr(privacy, "note_only", refuse)
        with pytest.raises(CannotDo):
            save_copy(filled, attached, tmp_path / "ก.png")
    with monkeypatch.context() as patched:
        patched.setattr(WholeFile, "give_name", refuse)
        with pytest.raises(CannotDo):
            save_copy(filled, attached, tmp_path / "ก.png")
    assert list(tmp_path.glob("*.png")) == [] and len(history_of_complaint(filled, "ก-1")) == before


def refuse(*_: object) -> None:
    raise CannotDo("ไม่ได้")


def test_a_register_for_reading_alone_lets_a_copy_go_unnoted(filled: Desk, tmp_path: Path) -> None:
    attached = attach(filled, OF_COMPLAINT, "ก-1", "ก.png", PICTURES[0])
    before = history_of_complaint(filled, "ก-1")
    filled.register.gate.shut_because = "กำลังตรวจทะเบียน"
    save_copy(filled, attached, tmp_path / "ก.png")
    filled.register.gate.shut_because = ""
    assert (tmp_path / "ก.png").read_bytes() == PICTURES[0] and history_of_complaint(filled, "ก-1") == before
