"""The controls of the register's protections: with one switched off, the test that guards it must fail."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from filelock import FileLock

from desktop.commands import carrying_out
from desktop.services import plain_errors
from desktop.storage import register
from tests import test_command_line as guarded
from tests.running import Commands

Guard = Callable[[Commands], None]


@pytest.fixture
def commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(tmp_path / "ข้อมูล ทดสอบ", capsys)


def version_unread(connection: object, path: Path) -> int:
    return register.VERSION


def free_lock(folder: Path) -> FileLock:
    lock = FileLock(folder / "another.lock", thread_local=False)
    lock.acquire()
    return lock


@pytest.mark.parametrize(
    ("switched_off", "guard"),
    [
        ({"_refuse_if_lost": lambda folder, outside: None}, guarded.test_k12_a_lost_register_is_never_made_new),
        ({"recognise": lambda path: None}, guarded.test_k13_an_empty_file_is_no_empty_register),
        (
            {"recognise": lambda path: None, "refuse_foreign_schema": lambda connection, path, version: None},
            guarded.test_k14_another_programs_sqlite_file_is_refused_and_untouched,
        ),
        (
            {"recognise": lambda path: None, "version_of": version_unread},
            guarded.test_k15_a_newer_register_is_refused_and_untouched,
        ),
        (
            {"take_lock": free_lock},
            guarded.test_a_writing_command_beside_an_open_window_says_so_and_a_reading_one_works,
        ),
    ],
    ids=["K12", "K13", "K14", "K15", "one writer"],
)
def test_with_the_protection_off_its_test_fails(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, switched_off: dict[str, object], guard: Guard
) -> None:
    for name, nothing in switched_off.items():
        monkeypatch.setattr(register, name, nothing)
    # The backup before a migration would refuse a foreign file by itself: here the recognising is looked at alone.
    monkeypatch.setattr(carrying_out, "kept_before_migration", lambda *_: lambda connection: None)
    with pytest.raises((AssertionError, register.RegisterRefused)):
        guard(commands)


def test_with_the_explanation_off_a_locked_register_is_not_told_plainly(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "explained", lambda folder, opening=False: nullcontext())
    monkeypatch.setattr(plain_errors, "plain_words", lambda error, folder: None)  # the command line asks once more
    with pytest.raises(AssertionError):
        guarded.test_k23_a_register_locked_by_another_program_is_waited_for_then_told(commands, monkeypatch)
