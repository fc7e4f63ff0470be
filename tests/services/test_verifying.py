"""Verification: what somebody else changed is found and named; what only looks like damage is not taken for it."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop.domain.complaint import Complaint
from desktop.domain.months import Month
from desktop.services import complaint_work, month_reports, office_settings, privacy, undoing
from desktop.services.attaching import attach, attachments_of
from desktop.services.demo import fill_with_demo
from desktop.services.desk import CannotDo, Desk, Shipped
from desktop.services.exporting import export_register
from desktop.services.month_reports import OfficersWords
from desktop.services.outage_work import note_outage
from desktop.services.verifying import Verification, open_for_saving, verify
from desktop.storage import attachment_files, complaints
from desktop.storage import register as register_file
from desktop.storage.attachment_files import add
from desktop.storage.history_pass import HistoryPass
from desktop.storage.register import open_for_reading, open_for_writing
from desktop.storage.register_refusals import RegisterBusy, RegisterRefused
from tests.services.picture_faults import encoded, scene
from tests.tampering import WAYS, Way, another_program

TODAY = date(2020, 2, 20)


@dataclass(frozen=True)
class Office:
    """A register that has seen a month's work, an older copy of it, and the user's folder of anchors."""

    folder: Path
    older: Path
    outside: Path


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    base = tmp_path_factory.mktemp("office")
    made = Office(base / "ทะเบียน", base / "เก่า", base / "นอก")
    shipped = Shipped(*map(Path, ("resources/fonts", "resources/words", "resources/holidays")), "0.1.0")
    desk = Desk(open_for_writing(made.folder, made.outside), shipped, lambda: TODAY)
    fill_with_demo(desk, 40, 1)
    office_settings.save_officer_name(desk, "เจ้าหน้าที่ ก")
    number = next(iter(sorted(_numbers(desk))))
    office_settings.add_holiday(desk, date(2020, 3, 2), "หยุดพิเศษ")
    attach(desk, "complaint", number, "หน้างาน.png", encoded(scene(), "PNG"))
    note_outage(desk, datetime(2020, 1, 2, 10), datetime(2020, 1, 2, 12), "ระบบล่ม", [])
    monthly = month_reports.figures_of_month(desk, Month(2020, 1), TODAY)
    month_reports.issue(desk, monthly, OfficersWords(), None)
    month_reports.mark_sent(desk, Month(2020, 1), TODAY)
    desk.register.close()
    shutil.copytree(made.folder, made.older)
    desk = Desk(open_for_writing(made.folder, made.outside), shipped, lambda: TODAY)
    office_settings.save_officer_name(desk, "เจ้าหน้าที่ ข")
    desk.register.close()
    return made


def _numbers(desk: Desk) -> set[str]:
    return complaints.all_numbers(desk.register.connection)


@pytest.fixture
def verified(office: Office, shipped: Shipped) -> Iterator[Callable[[], Verification]]:
    """Verifies the office's folder, which is put back as it was afterwards."""
    kept = office.folder.with_name("เดิม")
    shutil.copytree(office.folder, kept)

    def verify_now() -> Verification:
        opened = open_for_reading(office.folder, office.outside)
        try:
            return verify(Desk(opened, shipped, lambda: TODAY))
        finally:
            opened.close()

    yield verify_now
    shutil.rmtree(office.folder)
    kept.rename(office.folder)


def test_a_register_left_alone_passes(verified: Callable[[], Verification]) -> None:
    found = verified()
    assert (found.ok, found.problems, found.complaints, found.attachments) == (True, (), 40, 1)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_tampering_is_found(way: Way, office: Office, verified: Callable[[], Verification]) -> None:
    way.tamper(office.folder, office.older)
    found = verified()
    print(f"{way.name}: {found.problems[:1]}")
    assert found.problems


def test_there_are_more_than_thirty_ways() -> None:
    assert len(WAYS) >= 30
    assert len({way.name for way in WAYS}) == len(WAYS)


def test_the_complaint_and_the_field_are_named(office: Office, verified: Callable[[], Verification]) -> None:
    with another_program(office.folder) as connection:
        number = connection.execute("SELECT number FROM complaint WHERE id = 3").fetchone()[0]
        connection.execute("UPDATE complaint SET telephone = '1', subject = 'x' WHERE id = 3")
    (problem,) = verified().problems
    assert number in problem and "เรื่อง, โทรศัพท์" in problem


@pytest.mark.parametrize("guard", ["history", "seals", "anchors"])
def test_control_with_the_guard_off_the_tampering_passes(
    guard: str, office: Office, verified: Callable[[], Verification], monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = {way.name: way for way in WAYS}
    if guard == "history":
        ways["who did it rewritten"].tamper(office.folder, office.older)
        monkeypatch.setattr(HistoryPass, "run", _without_links(HistoryPass.run))
    elif guard == "seals":
        ways["a subject rewritten"].tamper(office.folder, office.older)
        monkeypatch.setattr("desktop.storage.examination._holds", lambda state, says: True)
    else:
        ways["the tail cut together with the head"].tamper(office.folder, office.older)
        monkeypatch.setattr("desktop.services.verifying._anchors", lambda desk, examination: [])
    assert verified().ok


def _without_links(run: Callable[..., None]) -> Callable[..., None]:
    def blind(passed: HistoryPass, connection: sqlite3.Connection) -> None:
        run(passed, connection)
        passed.broken_links.clear()

    return blind


def test_damage_stops_all_writing_and_the_reason_is_said(office: Office, shipped: Shipped, verified: object) -> None:
    with another_program(office.folder) as connection:
        connection.execute("UPDATE complaint SET subject = 'x' WHERE id = 3")
    desk = Desk(open_for_writing(office.folder, office.outside), shipped, lambda: TODAY)
    try:
        assert not open_for_saving(desk).ok
        with pytest.raises(RegisterRefused, match="ไม่ผ่านการตรวจ"):
            office_settings.save_officer_name(desk, "เจ้าหน้าที่ ค")
        beside = desk.beside()
        with pytest.raises(RegisterRefused, match="ไม่ผ่านการตรวจ"):
            office_settings.save_officer_name(beside, "เจ้าหน้าที่ ค")
        beside.register.close_connection()
    finally:
        desk.register.close()


def test_a_busy_register_is_not_called_damaged(
    office: Office, verified: Callable[[], Verification], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_file, "BUSY_SECONDS", 0.1)
    with another_program(office.folder) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RegisterBusy):
            verified()
        other.execute("ROLLBACK")
    assert verified().ok


@pytest.mark.parametrize("hurt", ["missing", "damaged"])
def test_k31_a_lost_or_hurt_attachment_is_named_and_stops_no_work(
    hurt: str, office: Office, verified: Callable[[], Verification]
) -> None:
    (stored,) = [path for path in (office.folder / "attachments").rglob("*") if path.is_file()]
    if hurt == "missing":
        stored.unlink()
    else:
        stored.write_bytes(stored.read_bytes()[:-1] + b"x")
    found = verified()
    assert len(found.problems) == 1 and not found.ok and not found.stops_saving
    assert {"missing": "หายไป", "damaged": "เสียหาย"}[hurt] in found.problems[0]


def test_k33_a_file_of_another_program_in_the_store_is_only_remarked_on(
    office: Office, verified: Callable[[], Verification]
) -> None:
    (office.folder / "attachments" / "desktop.ini").write_text("x", encoding="utf-8")
    found = verified()
    assert found.ok and "desktop.ini" in found.remarks[0]
    assert (office.folder / "attachments" / "desktop.ini").exists()


def test_a_whole_file_nobody_refers_to_is_only_remarked_on(
    office: Office, verified: Callable[[], Verification]
) -> None:
    add(office.folder, b"left by a kill")
    found = verified()
    assert found.ok and len(found.remarks) == 1


def test_what_is_erased_by_law_is_gone_from_every_byte_and_the_chain_holds(
    office: Office, shipped: Shipped, verified: Callable[[], Verification]
) -> None:
    mark, telephone = "ผู้ร้องที่ขอให้ลบ", "081-234-0000"
    desk = Desk(open_for_writing(office.folder, office.outside), shipped, lambda: TODAY)
    number = next(iter(sorted(_numbers(desk))))
    before = complaint_work.complaint(desk, number)
    complaint_work.save(desk, before, replace(before, complainant=mark, telephone=telephone))
    saved = complaint_work.complaint(desk, number)
    complaint_work.save(desk, saved, replace(saved, complainant=f"{mark} สอง"))
    assert _holds_bytes(office.folder, mark) and _holds_bytes(office.folder, telephone)
    with pytest.raises(CannotDo, match="เหตุผล"):
        privacy.erase_personal_data(desk, number, " ")
    (file,) = attachments_of(desk, "complaint", number)
    stored = attachment_files.place_of(office.folder, file.sha256)
    assert stored.exists()
    erased = privacy.erase_personal_data(desk, number, "ผู้ร้องขอใช้สิทธิ", files=(file,))
    assert (erased.history, erased.files) == (3, 1)  # made, named, renamed
    assert not stored.exists()
    desk.register.close()
    assert not _holds_bytes(office.folder, mark)
    assert not _holds_bytes(office.folder, telephone)
    found = verified()
    assert found.ok, found.problems


def _holds_bytes(folder: Path, text: str) -> bool:
    spellings = (text.encode(), text.casefold().encode("tis-620"))
    return any(each in path.read_bytes() for path in folder.rglob("*") if path.is_file() for each in spellings)


def test_an_erasure_cannot_be_undone_nor_what_was_done_before_it(
    office: Office, shipped: Shipped, verified: object
) -> None:
    desk = Desk(open_for_writing(office.folder, office.outside), shipped, lambda: TODAY)
    number = next(iter(sorted(_numbers(desk))))
    privacy.erase_personal_data(desk, number, "ผู้ร้องขอใช้สิทธิ")
    found = undoing.what_can_be_undone(desk)
    assert found is None or "ลบข้อมูล" not in found.action
    desk.register.close()


def test_a_view_is_noted_once_a_day(office: Office, shipped: Shipped, verified: Callable[[], Verification]) -> None:
    desk = Desk(open_for_writing(office.folder, office.outside), shipped, lambda: TODAY)
    seen = sorted(_numbers(desk))[1]
    assert [privacy.note_view(desk, seen) for _ in range(3)] == [True, False, False]
    desk.register.close()
    assert verified().ok


@pytest.mark.parametrize(
    ("first", "again", "noted"),
    [
        (datetime(2020, 1, 27, 17, 10, tzinfo=UTC), datetime(2020, 1, 27, 18, tzinfo=UTC), False),
        (datetime(2020, 1, 27, 23, 30, tzinfo=UTC), datetime(2020, 1, 28, 2, tzinfo=UTC), False),
        (datetime(2020, 1, 28, 2, tzinfo=UTC), datetime(2020, 1, 28, 16, 59, tzinfo=UTC), False),
        (datetime(2020, 1, 28, 16, 59, tzinfo=UTC), datetime(2020, 1, 28, 17, tzinfo=UTC), True),
    ],
    ids=["after midnight", "from before seven into the morning", "in the day", "over midnight"],
)
def test_the_day_of_a_view_is_bangkoks_at_any_hour(desk: Desk, first: datetime, again: datetime, noted: bool) -> None:
    complaint_work.save(desk, None, Complaint("ก-1", date(2020, 1, 6), complainant="นายสมมติ ตัวอย่าง"))
    desk.now_of = lambda: first
    assert privacy.note_view(desk, "ก-1")
    desk.now_of = lambda: again
    assert privacy.note_view(desk, "ก-1") is noted


def test_an_export_with_names_is_noted(office: Office, shipped: Shipped, verified: object, tmp_path: Path) -> None:
    desk = Desk(open_for_writing(office.folder, office.outside), shipped, lambda: TODAY)

    def noted() -> int:
        count: int = desk.register.connection.execute("SELECT count(*) FROM history WHERE kind = 'export'").fetchone()[
            0
        ]
        return count

    export_register(desk, tmp_path / "ไม่มีชื่อ.csv")
    assert noted() == 0
    export_register(desk, tmp_path / "มีชื่อ.csv", private=True)
    assert noted() == 1
    desk.register.close()
