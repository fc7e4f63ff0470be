"""The commands backup, restore and erase, as others call them."""

import hashlib
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.domain.evidence import OF_COMPLAINT
from desktop.services import outside_copies
from desktop.services.attaching import attach, take_off
from desktop.services.complaint_work import complaint
from desktop.services.erasable import erasable_of
from tests.running import Commands, digest, is_one_thai_sentence
from tests.services.backup_ground import desk_over, fill_quickly, flip, tree
from tests.services.picture_faults import encoded, scene

PASSPHRASE = "รหัสผ่านของสำเนา"


@pytest.fixture
def commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Commands:
    """Three complaints and a picture."""
    folder = tmp_path / "ข้อมูล ทดสอบ"
    desk = desk_over(folder)
    fill_quickly(desk)
    desk.register.close()
    return Commands(folder, capsys)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "กุญแจ.txt"
    path.write_text(f"{PASSPHRASE}\r\nบรรทัดอื่น\n", encoding="utf-8-sig")
    return path


@pytest.mark.parametrize("sealed", [False, True])
def test_what_backup_writes_restore_puts_back_in_an_empty_folder(
    commands: Commands, tmp_path: Path, key: Path, sealed: bool
) -> None:
    path = tmp_path / "สำรอง.rtbackup"
    secret = ["--passphrase-file", key] if sealed else []
    made = commands.json("backup", path, *secret)
    assert made["ok"] is True and made["file"] == str(path)
    assert (made["complaints"], made["attachments"]) == (3, 1)
    assert made["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    before = digest(commands.folder)
    other = Commands(tmp_path / "เครื่องใหม่", commands.capsys)
    done = other.json("restore", path, *secret)
    assert done == {"ok": True, "complaints": 3, "attachments": 1, "moved_aside": None}
    assert digest(other.folder) == before and other.json("verify")["ok"] is True


def test_restore_over_what_is_there_tells_where_that_is_kept(commands: Commands, tmp_path: Path) -> None:
    path = tmp_path / "สำรอง.rtbackup"
    commands.json("backup", path)
    before = digest(commands.folder)
    rows = tmp_path / "เพิ่ม.csv"
    rows.write_text("เลขที่รับแจ้ง,วันที่แจ้ง\nข-1,5/1/2563\n", encoding="utf-8-sig")
    commands.json("import", rows)
    after = digest(commands.folder)
    done = commands.json("restore", path)
    aside = Path(done["moved_aside"])
    assert aside.parent == commands.folder and aside.name.startswith("before-restore-25")
    assert digest(commands.folder) == before and digest(aside) == after
    assert commands.json("verify")["ok"] is True


def test_what_a_restore_moved_aside_is_named_when_something_is_erased(commands: Commands, tmp_path: Path) -> None:
    path = tmp_path / "นอก.rtbackup"
    number = commands.json("status")["complaints"][0]["number"]
    commands.json("backup", path)
    erased = commands.plain("erase", number, "--why", "ผู้ร้องขอใช้สิทธิ")
    assert erased.state == 0 and "before-restore-" not in erased.out
    aside = Path(commands.json("restore", path)["moved_aside"]).name
    assert commands.json("verify")["remarks"] == []
    erased = commands.plain("erase", number, "--why", "ผู้ร้องขอใช้สิทธิ")
    assert aside in erased.out and "โปรดลบโฟลเดอร์เหล่านี้เอง" in erased.out
    (remark,) = commands.json("verify")["remarks"]
    assert aside in remark


def test_a_backup_from_before_an_erasure_says_what_would_come_back(commands: Commands, tmp_path: Path) -> None:
    path, later = tmp_path / "ก่อนลบ.rtbackup", tmp_path / "หลังลบ.rtbackup"
    number = commands.json("status")["complaints"][0]["number"]
    commands.json("backup", path)
    commands.plain("erase", number, "--why", "ผู้ร้องขอใช้สิทธิ")
    commands.json("backup", later)
    told = commands.plain("restore", later).out
    assert "จะกลับมา" not in told
    told = commands.plain("restore", path).out
    assert f"ของเรื่อง {number} ข้อมูลที่ลบจะกลับมา โปรดลบอีกครั้ง" in told


@pytest.fixture
def named(commands: Commands, tmp_path: Path) -> Commands:
    """One complaint more, with all that is asked of it, and two files of which one was taken off."""
    rows = tmp_path / "ชื่อ.csv"
    heads = "เลขที่รับแจ้ง,วันที่แจ้ง,เรื่อง,ผู้ร้อง,โทรศัพท์,สถานที่"
    rows.write_text(f"{heads}\nข-1,5/1/2563,ท่อตัน,นายสมศักดิ์,0812345678,บ้านนายสมศักดิ์\n", encoding="utf-8-sig")
    commands.json("import", rows)
    desk = desk_over(commands.folder)
    for seed in (1, 2):
        file = attach(desk, OF_COMPLAINT, "ข-1", f"ภาพ{seed}.png", encoded(scene(48, 36, seed), "PNG"))
    take_off(desk, file)
    desk.register.close()
    return commands


def of_erased(commands: Commands) -> tuple[list[str], int]:
    """What is left of the complaint: its fields, and how many files of it can still be erased."""
    desk = desk_over(commands.folder)
    found, there = complaint(desk, "ข-1"), erasable_of(desk, "ข-1")
    desk.register.close()
    return [found.complainant, found.telephone, found.subject, found.place], len(there.files)


WHOLE = ["นายสมศักดิ์", "0812345678", "ท่อตัน", "บ้านนายสมศักดิ์"]


@pytest.mark.parametrize(
    ("words", "left", "files", "told"),
    [
        ([], ["", "", "ท่อตัน", "บ้านนายสมศักดิ์"], 2, "ลบชื่อและโทรศัพท์ของผู้ร้องในเรื่อง ข-1 แล้ว รวมทั้งในประวัติ 1 รายการ"),
        (["--field", "สถานที่", "subject"], [*WHOLE[:2], "", ""], 2, "ลบสถานที่, เรื่องในเรื่อง ข-1 แล้ว รวมทั้งในประวัติ 1 รายการ"),
        (["--files"], WHOLE, 0, "ลบแฟ้มแนบของเรื่อง ข-1 แล้ว 2 แฟ้ม"),
        (["--field", "complainant", "--files"], ["", *WHOLE[1:]], 0, "ลบแฟ้มแนบของเรื่อง ข-1 แล้ว 2 แฟ้ม"),
    ],
)
def test_what_is_named_is_erased_and_nothing_else(
    named: Commands, words: list[str], left: list[str], files: int, told: str
) -> None:
    ran = named.plain("erase", "ข-1", "--why", "ผู้ร้องขอใช้สิทธิ", *words)
    assert ran.state == 0 and told in ran.out
    assert of_erased(named) == (left, files) and named.json("verify")["ok"] is True


def test_what_was_erased_is_answered_as_it_always_was_and_files_only_when_asked_for(named: Commands) -> None:
    erased = named.json("erase", "ข-1", "--why", "ผู้ร้องขอใช้สิทธิ")
    assert erased == {"number": "ข-1", "history": 1}
    assert named.json("erase", "ข-1", "--why", "ขออีก", "--files") == {"number": "ข-1", "history": 0, "files": 2}
    again = named.plain("erase", "ข-1", "--why", "ขออีก", "--files")
    assert again.state == 1 and is_one_thai_sentence(again.err) and "ไม่มีแฟ้มแนบ" in again.err


def test_a_complaint_whose_import_was_taken_back_is_erased_by_its_number(commands: Commands, tmp_path: Path) -> None:
    rows = tmp_path / "ชื่อ.csv"
    rows.write_text("เลขที่รับแจ้ง,วันที่แจ้ง,ผู้ร้อง\nข-1,5/1/2563,นายสมศักดิ์\n", encoding="utf-8-sig")
    commands.json("import", rows)
    commands.json("undo-import")
    assert commands.json("erase", "ข-1", "--why", "ผู้ร้องขอใช้สิทธิ")["history"] == 2
    assert "นายสมศักดิ์".encode() not in (commands.folder / "register.sqlite").read_bytes()
    refused = commands.plain("erase", "ข-9", "--why", "ผู้ร้องขอใช้สิทธิ")
    assert refused.state == 1 and is_one_thai_sentence(refused.err) and "ข-9" in refused.err


def test_a_field_that_cannot_be_erased_is_refused_with_those_that_can(named: Commands) -> None:
    refused = named.plain("erase", "ข-1", "--why", "ผู้ร้องขอใช้สิทธิ", "--field", "เลขที่รับแจ้ง")
    assert refused.state == 2 and "สถานที่ (place)" in refused.err and of_erased(named) == (WHOLE, 2)
    told = named.plain("erase", "--help").out
    assert "--files" in told and "ผู้ร้อง (complainant)" in told and "(marks)" in told


def test_backup_works_beside_an_open_window_and_restore_does_not(commands: Commands, tmp_path: Path) -> None:
    path = tmp_path / "สำรอง.rtbackup"
    window = desk_over(commands.folder)
    assert commands.json("backup", path)["complaints"] == 3
    refused = commands.run("restore", path)
    window.register.close()
    assert refused.state == 1 and refused.out == "" and is_one_thai_sentence(refused.err) and "หน้าต่าง" in refused.err


@pytest.mark.parametrize("wrong", ["none", "another", "blank", "not there", "not text"])
def test_without_the_right_passphrase_nothing_happens(
    commands: Commands, tmp_path: Path, key: Path, wrong: str
) -> None:
    path = tmp_path / "ลับ.rtbackup"
    commands.json("backup", path, "--passphrase-file", key)
    before = tree(commands.folder)
    given = tmp_path / "อื่น.txt"
    if wrong != "not there":
        given.write_bytes({"another": "ผิด".encode(), "blank": b"  \n", "not text": b"\xff\xfe\x00"}.get(wrong, b"x"))
    refused = commands.run("restore", path, *([] if wrong == "none" else ["--passphrase-file", given]))
    assert refused.state == 1 and refused.out == "" and is_one_thai_sentence(refused.err)
    assert PASSPHRASE not in refused.err and tree(commands.folder) == before


@pytest.mark.parametrize("name", ["ข้อมูล ทดสอบ/register.sqlite", "ข้อมูล ทดสอบ/attachments/x", "เอกสาร.pdf", "ไม่มี/x", "."])
def test_a_place_that_is_none_is_refused_in_one_sentence(commands: Commands, tmp_path: Path, name: str) -> None:
    (tmp_path / "เอกสาร.pdf").write_bytes(b"%PDF-1.7 report")
    before = tree(tmp_path)
    refused = commands.run("backup", tmp_path / name)
    assert refused.state == 1 and refused.out == "" and is_one_thai_sentence(refused.err)
    assert {each: sha for each, sha in tree(tmp_path).items() if "journal" not in each} == {
        each: sha for each, sha in before.items() if "journal" not in each
    }


def test_a_blank_passphrase_makes_no_backup(commands: Commands, tmp_path: Path) -> None:
    (tmp_path / "ว่าง.txt").write_text("\n", encoding="utf-8")
    refused = commands.run("backup", tmp_path / "สำรอง.rtbackup", "--passphrase-file", tmp_path / "ว่าง.txt")
    assert refused.state == 1 and "ว่าง" in refused.err and not (tmp_path / "สำรอง.rtbackup").exists()


def test_a_damaged_backup_and_a_file_that_is_none_are_refused(commands: Commands, tmp_path: Path) -> None:
    path = tmp_path / "สำรอง.rtbackup"
    commands.json("backup", path)
    flip(path, 1000, 2)
    (tmp_path / "ภาพ.png").write_bytes(b"\x89PNG" * 100)
    before = tree(commands.folder)
    for each in (path, tmp_path / "ภาพ.png", tmp_path / "ไม่มี.rtbackup", tmp_path):
        refused = commands.run("restore", each)
        assert refused.state == 1 and refused.out == "" and is_one_thai_sentence(refused.err)
    assert tree(commands.folder) == before


def test_a_lost_register_comes_back_by_the_command(commands: Commands, tmp_path: Path) -> None:
    path = tmp_path / "สำรอง.rtbackup"
    commands.json("backup", path)
    before = digest(commands.folder)
    shutil.rmtree(commands.folder / "attachments")
    (commands.folder / "register.sqlite").unlink()
    assert commands.run("status").state == 1
    assert commands.json("restore", path)["attachments"] == 1
    assert digest(commands.folder) == before and commands.json("verify")["ok"] is True


def test_the_words_tell_the_counts_and_the_place(commands: Commands, tmp_path: Path) -> None:
    path = tmp_path / "สำรอง.rtbackup"
    told = commands.plain("backup", path).out
    assert "3 เรื่อง" in told and "แฟ้มแนบ 1 แฟ้ม" in told and str(path) in told
    told = commands.plain("restore", path).out
    assert "กู้คืนแล้ว 3 เรื่อง" in told and "before-restore-" in told


def reminder(commands: Commands) -> str | None:
    desk = desk_over(commands.folder)
    desk.now_of = lambda: datetime.now(UTC)
    try:
        return outside_copies.outside_copy_due(desk)
    finally:
        desk.register.close()


def test_a_sealed_backup_on_another_disk_is_the_copy_the_reminder_asks_for(
    commands: Commands, stick: Path, key: Path, tmp_path: Path
) -> None:
    before = tree(commands.folder)
    commands.json("backup", stick / "เปิด.rtbackup")  # without a passphrase: whoever finds the stick reads it
    commands.json("backup", tmp_path / "ดิสก์เดียวกัน.rtbackup", "--passphrase-file", key)
    assert tree(commands.folder) == before and "ยังไม่เคย" in (reminder(commands) or "")
    made = commands.json("backup", stick / "ลับ.rtbackup", "--passphrase-file", key)
    assert set(made) == {"ok", "file", "complaints", "attachments", "sha256", "missing"}
    assert reminder(commands) is None and commands.json("verify")["ok"] is True
    desk = desk_over(commands.folder)
    assert outside_copies.backup_place(desk) is None  # the officer's own place stays her choice
    desk.register.close()


def test_beside_an_open_window_the_copy_is_made_and_its_note_left_out(
    commands: Commands, stick: Path, key: Path
) -> None:
    window = desk_over(commands.folder)
    told = commands.plain("backup", stick / "ลับ.rtbackup", "--passphrase-file", key)
    window.register.close()
    assert told.state == 0 and "ยังไม่ได้จด" in told.out and (stick / "ลับ.rtbackup").exists()
    assert reminder(commands) is not None
