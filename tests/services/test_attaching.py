"""Files attached to complaints: content first, row after; one operation for many; stored once for all who share it."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.complaint import Complaint
from desktop.domain.evidence import OF_COMPLAINT, OF_OUTAGE, Attachment
from desktop.services import attaching, complaint_work, undoing
from desktop.services.attaching import (
    attach,
    attach_files,
    attachments_of,
    content_of,
    offered_name,
    save_copy,
    shown_copy_of,
    sweep_at_start,
    take_off,
)
from desktop.services.desk import CannotDo, Desk
from desktop.services.progress import Cancelled
from desktop.storage import attachment_files
from desktop.storage.attachment_files import AttachmentDamaged, AttachmentMissing, AttachmentRefused, place_of
from desktop.storage.register import open_for_reading
from tests.conftest import SHIPPED
from tests.services import picture_faults
from tests.services.picture_faults import encoded, is_sound, killed_while_attaching, paper, scene

JPEG, PNG = encoded(scene(48, 36, 1), "JPEG"), encoded(scene(48, 36, 2), "PNG")
NUMBERS = ("ก-1", "ก-2")


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A register of two complaints."""
    for number in NUMBERS:
        complaint_work.save(desk, None, Complaint(number, date(2020, 1, 27)))
    return desk


def names(desk: Desk, number: str = "ก-1") -> list[str]:
    return [each.name for each in attachments_of(desk, OF_COMPLAINT, number)]


def stored(desk: Desk) -> set[str]:
    return attachment_files.stored_hashes(desk.register.folder)


def operations(desk: Desk) -> int:
    count: int = desk.register.connection.execute("SELECT count(*) FROM operation").fetchone()[0]
    return count


def files(folder: Path, **contents: bytes) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def test_a_file_is_attached_and_read_back_byte_for_byte(filled: Desk) -> None:
    made = attach(filled, OF_COMPLAINT, "ก-1", "หลุม หน้าตลาด.jpg", JPEG)
    assert attachments_of(filled, OF_COMPLAINT, "ก-1") == [made]
    assert (made.media, made.size, made.name, made.owner) == ("image/jpeg", len(JPEG), "หลุม หน้าตลาด.jpg", "ก-1")
    assert content_of(filled, made) == JPEG
    assert shown_copy_of(filled.register.folder, made, 20).startswith(b"\xff\xd8")
    assert is_sound(filled)


def test_the_same_file_twice_is_attached_once_and_makes_no_operation(filled: Desk) -> None:
    first = attach(filled, OF_COMPLAINT, "ก-1", "หนึ่ง.jpg", JPEG)
    before = operations(filled)
    assert attach(filled, OF_COMPLAINT, "ก-1", "สอง.jpg", JPEG) == first
    assert operations(filled) == before and names(filled) == ["หนึ่ง.jpg"]


def test_k34_two_complaints_share_a_picture_and_taking_it_off_one_leaves_the_other_its_own(filled: Desk) -> None:
    one = attach(filled, OF_COMPLAINT, "ก-1", "ก.jpg", JPEG)
    two = attach(filled, OF_COMPLAINT, "ก-2", "ข.jpg", JPEG)
    assert one.sha256 == two.sha256 and len(stored(filled)) == 1
    take_off(filled, one)
    assert names(filled) == [] and content_of(filled, two) == JPEG
    take_off(filled, two)
    assert stored(filled) == {one.sha256} and is_sound(filled)  # the history still speaks of it


PICTURES = [encoded(scene(8, 8, seed), "PNG") for seed in range(4)]
STEPS = st.lists(st.tuples(st.sampled_from(NUMBERS), st.integers(0, 3), st.sampled_from("+-u")), max_size=14)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_k34_however_pictures_come_and_go_every_row_has_its_file(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, str]]
) -> None:
    from desktop.storage.register import open_for_writing

    desk = Desk(open_for_writing(tmp_path_factory.mktemp("data")), SHIPPED, lambda: date(2020, 1, 28))
    try:
        for number in NUMBERS:
            complaint_work.save(desk, None, Complaint(number, date(2020, 1, 27)))
        held: dict[str, set[int]] = {number: set() for number in NUMBERS}
        kinds: list[tuple[str, int, str]] = []
        for number, picture, step in steps:
            there = [
                each
                for each in attachments_of(desk, OF_COMPLAINT, number)
                if content_of(desk, each) == PICTURES[picture]
            ]
            if step == "+":
                attach(desk, OF_COMPLAINT, number, "x", PICTURES[picture])
                if picture not in held[number]:
                    kinds.append((number, picture, "+"))
                held[number].add(picture)
            elif step == "-" and there:
                take_off(desk, there[0])
                held[number].discard(picture)
                kinds.append((number, picture, "-"))
            elif step == "u" and kinds:
                undone = kinds.pop()
                undoing.undo_newest(desk)
                (held[undone[0]].discard if undone[2] == "+" else held[undone[0]].add)(undone[1])
        for number in NUMBERS:
            contents = {content_of(desk, each) for each in attachments_of(desk, OF_COMPLAINT, number)}
            assert contents == {PICTURES[picture] for picture in held[number]}
        assert is_sound(desk)
    finally:
        desk.register.close()


def test_taking_off_and_undo_bring_it_back_with_its_content(filled: Desk) -> None:
    made = attach(filled, OF_COMPLAINT, "ก-1", "ก.jpg", JPEG)
    take_off(filled, made)
    with pytest.raises(CannotDo, match="ถูกนำออกไปแล้ว"):
        take_off(filled, made)
    undoing.undo_newest(filled)
    assert attachments_of(filled, OF_COMPLAINT, "ก-1") == [made] and content_of(filled, made) == JPEG
    undoing.undo_newest(filled)
    assert names(filled) == []


def test_many_files_are_one_operation_and_bad_ones_are_told_one_by_one(filled: Desk, tmp_path: Path) -> None:
    paths = files(tmp_path / "in", **{"1.jpg": JPEG, "2.gif": b"GIF89a" + bytes(9), "3.png": PNG, "4.jpg": JPEG[:-50]})
    paths += [tmp_path / "in", tmp_path / "ไม่มี.jpg", *files(tmp_path / "in", **{"5.pdf": paper(), "6.jpg": JPEG})]
    before = operations(filled)
    told: list[tuple[int, int]] = []
    given_back = attach_files(filled, "ก-1", paths, lambda done, of: told.append((done, of)) or True)
    assert operations(filled) == before + 1
    assert names(filled) == ["1.jpg", "3.png", "5.pdf"] == [each.name for each in given_back.added]
    assert [each.name for each in given_back.already] == ["1.jpg"]
    assert [name for name, _ in given_back.refused] == ["2.gif", "4.jpg", "in", "ไม่มี.jpg"]
    assert "GIF" in given_back.refused[0][1] and "ไม่ครบ" in given_back.refused[1][1]
    assert told[0] == (0, 8) and told[-1] == (8, 8)
    undoing.undo_newest(filled)
    assert names(filled) == [] and is_sound(filled)


def test_i24_cancelling_half_way_attaches_nothing(filled: Desk, tmp_path: Path) -> None:
    paths = files(tmp_path / "in", **{"1.jpg": JPEG, "2.png": PNG})
    before = operations(filled)
    with pytest.raises(Cancelled):
        attach_files(filled, "ก-1", paths, lambda done, of: done < 1)
    assert names(filled) == [] and operations(filled) == before
    assert len(sweep_at_start(filled)) == 1 and stored(filled) == set()


def test_m08_two_hundred_pictures_and_no_more(filled: Desk, tmp_path: Path) -> None:
    paths = files(tmp_path / "in", **{f"{seed:03}.png": encoded(scene(4, 4, seed), "PNG") for seed in range(201)})
    with pytest.raises(CannotDo, match="200"):
        attach_files(filled, "ก-1", paths)
    assert names(filled) == []
    assert len(attach_files(filled, "ก-1", paths[:200]).added) == 200
    with pytest.raises(CannotDo, match="200"):
        attach(filled, OF_COMPLAINT, "ก-1", "อีก", JPEG)
    attach(filled, OF_COMPLAINT, "ก-2", "อีก", JPEG)


def test_m08_a_file_too_large_is_refused_without_reading_it(
    filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = tmp_path / "ใหญ่.jpg"
    with large.open("wb") as file:
        file.truncate(10**12)
    given_back = attach_files(filled, "ก-1", [large])
    assert "25 เมกะไบต์" in given_back.refused[0][1]


NAMES = {
    "../../x.jpg": "x.jpg",
    "..\\..\\windows\\system32\\x.jpg": "x.jpg",
    "nul.png": "_nul.png.jpg",
    "CON": "_CON.jpg",
    "com1.jpg": "_com1.jpg",
    "ก" * 255: "ก" * 60 + ".jpg",
    "ก" * 300 + ".jpg": "ก" * 60 + ".jpg",
    "ท้าย. . .": "ท้าย.jpg",
    "ภาพ.JPEG": "ภาพ.JPEG",
    "ใบเสร็จ.pdf": "ใบเสร็จ.pdf.jpg",
    "a:b*c?.jpg": "a_b_c_.jpg",
    "\u202egpj.exe": "gpj.exe.jpg",
    "บรรทัด\nสอง.jpg": "บรรทัด สอง.jpg",
    "": "ไม่มีชื่อ.jpg",
    "...": "แฟ้มแนบ.jpg",
    "🏙 เมือง.jpg": "🏙 เมือง.jpg",
}


@pytest.mark.parametrize("name", NAMES)
def test_m10_k30_whatever_a_file_is_called_it_is_stored_by_its_hash_and_offered_under_a_tame_name(
    filled: Desk, tmp_path: Path, name: str
) -> None:
    before = set(tmp_path.rglob("*"))
    made = attach(filled, OF_COMPLAINT, "ก-1", name, JPEG)
    new = set(tmp_path.rglob("*")) - before
    assert place_of(filled.register.folder, made.sha256) in new
    assert {path.name for path in new if path.is_file()} <= {made.sha256, "register.known"}
    assert len(made.name) <= 255 and "\n" not in made.name
    offered = offered_name(made)
    assert offered == NAMES[name]
    save_copy(filled, made, tmp_path / offered)
    assert (tmp_path / offered).read_bytes() == JPEG


def test_a_copy_never_goes_over_the_programs_own_files(filled: Desk, tmp_path: Path) -> None:
    made = attach(filled, OF_COMPLAINT, "ก-1", "ก.jpg", JPEG)
    for place in (filled.register.folder / "register.sqlite", place_of(filled.register.folder, made.sha256), tmp_path):
        with pytest.raises(CannotDo):
            save_copy(filled, made, place)
    assert content_of(filled, made) == JPEG


def test_nothing_is_attached_to_what_is_not_there(filled: Desk, tmp_path: Path) -> None:
    with pytest.raises(CannotDo, match="ไม่มีเรื่องเลขที่"):
        attach(filled, OF_COMPLAINT, "ไม่มี", "ก.jpg", JPEG)
    with pytest.raises(CannotDo, match="ไม่มีเรื่องเลขที่"):
        attach_files(filled, "ไม่มี", files(tmp_path / "in", **{"1.jpg": JPEG}))
    with pytest.raises(CannotDo):
        attach(filled, OF_OUTAGE, "7", "ก.jpg", JPEG)


def test_a_register_open_for_reading_alone_takes_nothing(filled: Desk, tmp_path: Path) -> None:
    made = attach(filled, OF_COMPLAINT, "ก-1", "ก.jpg", JPEG)
    folder = filled.register.folder
    filled.register.close()
    reader = Desk(open_for_reading(folder), SHIPPED, lambda: date(2020, 1, 28))
    assert content_of(reader, made) == JPEG
    with pytest.raises(CannotDo, match="อ่านอย่างเดียว"):
        attach(reader, OF_COMPLAINT, "ก-1", "ข.png", PNG)
    assert stored(reader) == {made.sha256}
    reader.register.close()


def test_while_saving_is_shut_no_file_is_put_in_either(filled: Desk) -> None:
    filled.register.gate.shut_because = "ทะเบียนเสียหาย หยุดการบันทึกไว้"
    with pytest.raises(CannotDo, match="หยุดการบันทึก"):
        attach(filled, OF_COMPLAINT, "ก-1", "ก.jpg", JPEG)
    assert stored(filled) == set()


def test_k31_k32_missing_and_altered_files_are_told_apart(filled: Desk, tmp_path: Path) -> None:
    made = attach(filled, OF_COMPLAINT, "ก-1", "ก.jpg", JPEG)
    place = place_of(filled.register.folder, made.sha256)
    place.write_bytes(JPEG[:-1] + b"\0")
    with pytest.raises(AttachmentDamaged):
        save_copy(filled, made, tmp_path / "สำเนา.jpg")
    assert not (tmp_path / "สำเนา.jpg").exists()
    place.unlink()
    with pytest.raises(AttachmentMissing):
        content_of(filled, made)
    assert names(filled) == ["ก.jpg"]


def test_k03_when_the_disk_is_full_there_is_neither_row_nor_file(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    before = operations(filled)
    with monkeypatch.context() as patched:
        patched.setattr(attachment_files.os, "fsync", full)
        with pytest.raises(AttachmentRefused, match="เต็ม"):
            attach(filled, OF_COMPLAINT, "ก-1", "ก.jpg", JPEG)
    assert names(filled) == [] and operations(filled) == before and stored(filled) == set()


# P04: killed at every line of the work


def test_p04_killed_at_any_line_there_is_never_a_row_without_its_file(filled: Desk) -> None:
    kills, attached, orphans = killed_while_attaching(filled, every=11)
    print(f"{kills} kills: {attached} attached, {orphans} files put aside, no row without its file")
    assert kills > 20 and orphans > 5 and attached > 0
    quarantine = filled.register.folder / "attachments" / "quarantine"
    assert len(list(quarantine.iterdir())) == orphans


def test_p04_control_with_the_row_written_first_a_kill_leaves_a_row_without_a_file(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def row_first(desk: Desk, owner_kind: str, owner: str, name: str, content: bytes) -> Attachment:
        import hashlib

        sha256 = hashlib.sha256(content).hexdigest()
        made = Attachment(owner_kind, owner, sha256, "image/png", len(content), name, desk.now_of())
        attaching._note(desk, owner_kind, owner, [made])
        attachment_files.add(desk.register.folder, content)
        return made

    monkeypatch.setattr(picture_faults, "attach", row_first)
    with pytest.raises(AttachmentMissing):
        killed_while_attaching(filled, every=11)


def test_the_sweep_leaves_what_history_speaks_of_and_what_is_not_its_own(filled: Desk) -> None:
    off = attach(filled, OF_COMPLAINT, "ก-1", "ก.jpg", JPEG)
    take_off(filled, off)
    store = filled.register.folder / "attachments"
    (store / "แปลก.txt").write_text("ของใคร")
    orphan = attachment_files.add(filled.register.folder, PNG)
    assert sweep_at_start(filled) == [orphan]
    assert (store / "แปลก.txt").exists() and stored(filled) == {off.sha256}
    assert (store / "quarantine" / orphan).read_bytes() == PNG
    assert sweep_at_start(filled) == []
