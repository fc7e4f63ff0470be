"""K12: a data folder lost whole is remembered on this PC: no command shows an empty register in its place."""

import shutil
from pathlib import Path

import pytest

from tests.running import Commands, digest, is_one_thai_sentence


@pytest.fixture
def commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(tmp_path / "ทะเบียน", capsys)


@pytest.mark.parametrize(
    "words",
    [
        ["status"], ["due"], ["verify"], ["backup", "สำเนา.rtbackup"], ["holidays", "add", "3/1/2563", "--why", "ก"],
        ["undo-import"], ["quality", "1"],
    ],
    ids=lambda words: words[0],
)  # fmt: skip
def test_no_command_makes_a_lost_folder_new_and_a_restore_brings_it_back(
    commands: Commands, tmp_path: Path, words: list[str]
) -> None:
    commands.json("demo", "--rows", "5")
    commands.json("backup", tmp_path / "สำรอง.rtbackup")
    before = digest(commands.folder)
    shutil.rmtree(commands.folder)
    told = commands.run(*words)
    assert told.state == 1 and "ไม่พบทะเบียน" in told.err and "กู้คืน" in told.err and is_one_thai_sentence(told.err)
    assert not (commands.folder / "register.sqlite").exists()
    commands.json("restore", tmp_path / "สำรอง.rtbackup")
    assert digest(commands.folder) == before and commands.json("verify")["ok"] is True


@pytest.mark.parametrize("words", [["status"], ["demo", "--rows", "5"]], ids=["status", "demo"])
def test_a_folder_never_known_gets_its_register_from_the_first_command(commands: Commands, words: list[str]) -> None:
    assert commands.run(*words).state == 0
    assert (commands.folder / "register.sqlite").exists()


def test_filling_a_folder_that_is_gone_begins_a_new_register_and_says_so(commands: Commands, tmp_path: Path) -> None:
    sheet = tmp_path / "ก.csv"
    sheet.write_text("เลขที่รับแจ้ง,วันที่แจ้ง\nก-1,20/1/2563\n", encoding="utf-8-sig")
    commands.json("demo", "--rows", "5")
    for words in (["import", sheet], ["demo", "--rows", "3"]):
        shutil.rmtree(commands.folder)
        told = commands.plain(*words)
        assert told.state == 0 and "เคยมีทะเบียน" in told.out.splitlines()[0]
        assert commands.json("verify")["ok"] is True
    (commands.folder / "register.sqlite").unlink()  # what is left beside it speaks of a loss
    assert commands.run("demo").state == 1
