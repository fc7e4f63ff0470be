"""A spreadsheet that leaves the office: names only with their note, no name in an open one, not even inside a text."""

import csv
import re
import sqlite3
from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.complaint import Complaint, Entry, Mark, QualityItem
from desktop.domain.months import Month
from desktop.services import month_reports, report_papers
from desktop.services.changes import Change, apply
from desktop.services.complaint_work import complaint
from desktop.services.desk import CannotDo, Desk
from desktop.services.exporting import export_register
from desktop.services.importing import import_files
from desktop.services.month_reports import OfficersWords
from desktop.services.papers import save_paper
from desktop.services.progress import Cancelled
from desktop.storage.register import open_for_reading, open_for_writing
from desktop.storage.register_refusals import RegisterRefused
from tests.conftest import SHIPPED
from tests.forms.pdf_checks import poppler_text, squeezed
from tests.papers.export_loop import KINDS, names_in
from tests.running import digest

PERSON, TELEPHONE = "นายลับเฉพาะนาม ปกปิดสกุล", "02-987-6543"
TOLD = f"{PERSON} แจ้งว่าเดือดร้อน โทร ๐๒ ๙๘๗ ๖๕๔๓ หรือ 02.987.6543"
SECRETS = ("ลับเฉพาะนาม", "ปกปิดสกุล", "987-6543", "9876543", "๙๘๗ ๖๕๔๓", "987.6543")
NAMED = Complaint(
    "ก-1",
    date(2020, 1, 6),
    channel=TOLD,
    types=("ถนน", f"ของ{PERSON}"),
    subject=TOLD,
    detail=f"{TOLD}\n{TOLD}",
    place=f"บ้าน{PERSON}",
    unit=f"ฝ่ายโยธา {TELEPHONE}",
    complainant=PERSON,
    telephone=TELEPHONE,
    accepted=date(2020, 1, 7),
    first_report=Entry(date(2020, 1, 8), TOLD),
    follow_ups=(Entry(date(2020, 1, 14), "ไปดูแล้ว"), Entry(date(2020, 1, 15), TOLD)),
    answer=TOLD,
    letter_number=TOLD,
    order_number=TOLD,
    action=TOLD,
    coordination=TOLD,
    marks={QualityItem.ORDER: Mark(None, TOLD), QualityItem.FITS: Mark(True)},
)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A register with one complaint that says who complained in every one of its texts."""
    apply(
        desk, "เพิ่มเรื่องใหม่", [Change(None, NAMED), Change(None, Complaint("ก-2", date(2020, 1, 6), subject="ถนนชำรุด"))]
    )
    return desk


def notes(desk: Desk) -> list[tuple[str, str]]:
    """(what was exported, how much of it) as the history tells."""
    path = desk.register.folder / "register.sqlite"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as tables:
        return tables.execute("SELECT key, changes FROM history WHERE kind = 'export' ORDER BY id").fetchall()


@pytest.mark.parametrize("kind", KINDS)
def test_e15_an_open_export_names_nobody_in_any_text(office: Desk, tmp_path: Path, kind: str) -> None:
    open_file, private = tmp_path / f"open{kind}", tmp_path / f"private{kind}"
    assert export_register(office, open_file) == 2 == export_register(office, private, private=True)
    assert names_in(open_file, SECRETS) == []
    assert {what for _, what in names_in(private, SECRETS)} >= {"ลับเฉพาะนาม", "ปกปิดสกุล", "987-6543"}
    assert notes(office) == [(f"private{kind}", '{"rows":[null,2]}')]


CITIZEN, OTHER = "1-2345-67890-12-1", "1234567890123"  # the last digit of the second does not check the others


def test_e15_a_citizens_number_is_masked_anywhere_and_other_digits_are_left(desk: Desk, tmp_path: Path) -> None:
    thai = CITIZEN.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    told = Complaint("ก-3", date(2020, 1, 6), subject=f"บัตร {CITIZEN}", place=f"เลข {thai}", detail=f"หนังสือที่ {OTHER}")
    apply(desk, "เพิ่มเรื่องใหม่", [Change(None, told)])
    path = tmp_path / "open.csv"
    export_register(desk, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["เรื่อง"], row["สถานที่"]) == ("บัตร (เลขประจำตัวประชาชน)", "เลข (เลขประจำตัวประชาชน)")
    assert row["รายละเอียด"] == f"หนังสือที่ {OTHER}"
    monthly = month_reports.figures_of_month(desk, Month(2020, 1), date(2020, 1, 28))
    paper = report_papers.draft_pack_paper(desk, monthly, OfficersWords())
    save_paper(desk, paper, tmp_path / "pack.pdf")
    text = squeezed(poppler_text(tmp_path / "pack.pdf", "-raw"))
    assert text.count("(เลขประจำตัวประชาชน)") == 3  # Annex A's costly one, Annex C's subject and place
    assert not re.search(r"67890|๖๗๘๙", text)


def test_an_open_export_says_where_something_was_masked(office: Desk, tmp_path: Path) -> None:
    path = tmp_path / "open.csv"
    export_register(office, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    masked = "(ผู้ร้อง) แจ้งว่าเดือดร้อน โทร (โทรศัพท์ผู้ร้อง) หรือ (โทรศัพท์ผู้ร้อง)"
    assert row["เรื่อง"] == row["ผลการดำเนินการ"] == masked
    assert row["ข้อความรายงาน"] == f"{masked}\nไปดูแล้ว\n{masked}"
    assert row["สถานที่"] == "บ้าน(ผู้ร้อง)"
    assert "ผู้ร้อง" not in row and "โทรศัพท์" not in row


@pytest.mark.parametrize("kind", KINDS)
def test_an_open_export_laid_over_its_own_register_wipes_no_text(office: Desk, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"open{kind}"
    export_register(office, path)
    before = digest(office.register.folder)
    (file,) = import_files(office, [path], None, dry_run=False).files
    assert (file.changed, file.unchanged, file.refused) == (0, 2, ())
    assert digest(office.register.folder) == before


def test_what_was_changed_in_an_open_export_is_taken_and_the_rest_is_left(office: Desk, tmp_path: Path) -> None:
    path = tmp_path / "open.csv"
    export_register(office, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["หน่วยงานที่รับผิดชอบ"] = "ฝ่ายเทศกิจ"
    rows[0]["ข้อความรายงาน"] = "ก\nข\nค"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    import_files(office, [path], None, dry_run=False)
    first = replace(NAMED.first_report, text="ก")
    later = (Entry(date(2020, 1, 14), "ข"), Entry(date(2020, 1, 15), "ค"))
    assert complaint(office, "ก-1") == replace(NAMED, unit="ฝ่ายเทศกิจ", first_report=first, follow_ups=later)


def test_e15_control_without_masking_the_search_finds_the_names(
    office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.services.exporting.without_complainant_anywhere", lambda each: each)
    path = tmp_path / "open.xlsx"
    export_register(office, path)
    assert {what for _, what in names_in(path, SECRETS)} == set(SECRETS) - {"987-6543", "9876543"} | {"987-6543"}


# E09: what cannot be written leaves no file and no note


@pytest.fixture(params=KINDS)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file for names in a folder of its own."""
    folder = tmp_path / "ปลายทาง"
    folder.mkdir()
    return folder / f"ทะเบียน{request.param}"


def test_e09_a_file_held_open_leaves_no_note_and_is_left_as_it_was(
    office: Desk, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write_bytes(b"older")
    replaced = Path.replace

    def held(self: Path, name: Path) -> Path:
        if Path(name) == target:
            raise PermissionError(13, "sharing violation")
        return replaced(self, name)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(CannotDo, match="เปิดค้าง"):
        export_register(office, target, private=True)
    assert target.read_bytes() == b"older" and list(target.parent.iterdir()) == [target]
    assert notes(office) == []


def test_e09_a_folder_that_is_gone_and_a_stop_half_way_leave_no_note(office: Desk, target: Path) -> None:
    with pytest.raises(CannotDo, match="โฟลเดอร์"):
        export_register(office, target.parent / "ไม่มี" / target.name, private=True)
    with pytest.raises(Cancelled):
        export_register(office, target, private=True, progress=lambda done, of: False)
    assert list(target.parent.iterdir()) == [] and notes(office) == []


def test_e09_a_register_that_cannot_note_it_lets_no_name_out(office: Desk, target: Path) -> None:
    office.register.close()
    desk = Desk(open_for_reading(office.register.folder), SHIPPED, office.today_of)
    try:
        with pytest.raises(RegisterRefused):
            export_register(desk, target, private=True)
        assert list(target.parent.iterdir()) == []
        assert export_register(desk, target) == 2  # without names nothing is to be noted
        assert names_in(target, SECRETS) == []
    finally:
        desk.register.close()
    again = open_for_writing(office.register.folder)
    assert notes(office) == []
    again.close()


def test_e09_control_with_the_note_left_out_the_names_are_out_unnoted(
    office: Desk, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.services.exporting.noted_export", lambda *_: nullcontext())
    export_register(office, target, private=True)
    assert target.exists() and notes(office) == []


def test_a_searched_export_names_nobody_in_its_note(office: Desk, target: Path) -> None:
    assert export_register(office, target, search="ลับเฉพาะนาม", private=True) == 1
    ((key, _),) = notes(office)
    assert key == target.name
