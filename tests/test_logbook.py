"""The log (K40, S09): what is in it, how large it grows, and that nobody's name ever is."""

import os
import re
import stat
from pathlib import Path

import pytest

from desktop.services import logbook
from desktop.services.logbook import FOLDER, MOST_BYTES, NAME, Happened, How, kept_in, note, note_error
from tests.running import Commands, program

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \d+ [ -~]+")
SEEDED = ("สมหมาย ใจดียิ่ง", "081-555-0199")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a register in it, as far as the log can see."""
    made = tmp_path / "ข้อมูล"
    made.mkdir()
    (made / "register.known").write_text("")
    return made


def lines(folder: Path) -> list[str]:
    return (folder / FOLDER / NAME).read_text(encoding="utf-8").splitlines()


def told(folder: Path) -> list[str]:
    """What is said on each line, without its time and process."""
    return [line.split(" ", 2)[2] for line in lines(folder)]


def every_byte(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_start_opening_and_end_are_noted_with_the_version(folder: Path) -> None:
    with kept_in(folder, "9.8.7", How.WINDOW):
        note(Happened.OPENED, How.WRITING)
    assert all(LINE.fullmatch(line) for line in lines(folder))
    first, *others = told(folder)
    assert first.startswith("started 9.8.7 window ")
    assert others == ["opened for writing", "ended"]


def test_an_error_is_noted_by_kind_and_place_never_by_what_it_says(folder: Path) -> None:
    with kept_in(folder, "1", How.COMMAND):
        try:
            raise KeyError(f"นาย{SEEDED[0]} {SEEDED[1]}")
        except KeyError as error:
            note_error(Happened.UNFORESEEN, type(error), error.__traceback__)
    assert any(re.fullmatch(r"unforeseen KeyError test_logbook\.py:\d+", line) for line in told(folder))
    assert not any(seed.encode() in every_byte(folder) for seed in SEEDED)


def test_control_a_line_with_a_name_is_found_by_the_same_look(folder: Path) -> None:
    logbook.write_down(folder / FOLDER / NAME, "ascii only: 081-555-0199\n")
    assert SEEDED[1].encode() in every_byte(folder)


def test_words_that_are_not_ours_cannot_be_noted_at_all() -> None:
    """``note`` takes members of two enumerations, ``note_error`` a kind and a trace: there is no door for a text."""
    with pytest.raises(AttributeError):
        note(Happened.OPENED, SEEDED[0])  # type: ignore[arg-type]


def test_a_command_notes_what_came_of_it(commands: Commands, tmp_path: Path) -> None:
    assert commands.run("demo", "--rows", "3").state == 0
    assert commands.run("show", SEEDED[0]).state == 1
    assert commands.run("export", tmp_path / f"{SEEDED[0]}.csv", "--search", SEEDED[1]).state == 0
    said = told(commands.folder)
    runs = [[line.split()[0] for line in said[first : first + 3]] for first in (0, 3, 6)]
    assert runs == [["started", "done", "ended"], ["started", "refused", "ended"], ["started", "done", "ended"]]
    assert said[4].startswith("refused CannotDo ")
    assert not any(seed.encode() in every_byte(commands.folder / FOLDER) for seed in SEEDED)


def test_nothing_is_left_in_a_folder_without_a_register_of_ours(tmp_path: Path) -> None:
    other = tmp_path / "ของโปรแกรมอื่น"
    other.mkdir()
    (other / "register.sqlite").write_bytes(b"no register")
    assert program("--data", other, "status").state == 1
    assert [path.name for path in other.iterdir()] == ["register.sqlite"]


def test_a_log_that_cannot_be_written_is_left_out_without_a_word(folder: Path, capfd: pytest.CaptureFixture) -> None:
    (folder / FOLDER).write_text("a file where the folder should be")
    with kept_in(folder, "1", How.WINDOW):
        note(Happened.OPENED, How.WRITING)
    assert (folder / FOLDER).read_text() == "a file where the folder should be"
    assert capfd.readouterr() == ("", "")


def test_a_full_disk_costs_the_log_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture
) -> None:
    def full(handle: int, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(logbook.os, "write", full)
    with kept_in(folder, "1", How.WINDOW):
        note(Happened.OPENED, How.WRITING)
    monkeypatch.undo()
    assert lines(folder) == [] and capfd.readouterr() == ("", "")


def fill(folder: Path, megabytes: int) -> int:
    """Write many lines; gives the bytes of all files of the log."""
    path = folder / FOLDER / NAME
    for number in range(megabytes * 100):
        logbook.write_down(path, f"{number:09} {'x' * 9_989}\n")
    return sum(each.stat().st_size for each in path.parent.iterdir())


def test_k40_the_log_turns_over_and_stays_below_five_megabytes(folder: Path) -> None:
    assert fill(folder, 8) <= 5_000_000
    names = sorted(path.name for path in (folder / FOLDER).iterdir())
    assert names == [NAME, *(f"{NAME}.{place}" for place in range(1, 5))]
    assert all(path.stat().st_size <= MOST_BYTES for path in (folder / FOLDER).iterdir())
    newest = [int(line[:9]) for line in lines(folder)]
    before = (folder / FOLDER / f"{NAME}.1").read_text().splitlines()
    assert newest[-1] == 799 and int(before[-1][:9]) == newest[0] - 1  # in order, nothing lost between two


def test_k40_control_without_turning_over_it_grows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logbook, "_put_aside", lambda path: None)
    assert fill(folder, 8) > 5_000_000


@pytest.mark.skipif(os.name != "posix", reason="Windows: the rights of the user's profile serve")
def test_the_log_is_its_owners_alone_whatever_the_process_allows(folder: Path) -> None:
    before = os.umask(0)
    try:
        with kept_in(folder, "1", How.WINDOW):
            pass
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / FOLDER).stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / FOLDER / NAME).stat().st_mode) == 0o600


@pytest.fixture
def commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(tmp_path / "ข้อมูล ทดสอบ", capsys)
