"""Low room on the disk is said at the start, with how much is wanted."""

from collections import namedtuple

import pytest

from desktop.services import disk_space
from desktop.services.desk import Desk
from desktop.services.disk_space import space_problem

Usage = namedtuple("Usage", "total used free")


@pytest.mark.parametrize(("free", "warned"), [(499_999_999, True), (500_000_000, False), (10**12, False)])
def test_less_than_500_megabytes_is_said(desk: Desk, free: int, warned: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_space.shutil, "disk_usage", lambda _: Usage(10**12, 0, free))
    told = space_problem(desk)
    assert (told is not None) == warned
    assert told is None or ("499 MB" in told and "500 MB" in told and "ครบ" in told)


def test_a_large_register_wants_three_times_its_size(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_space, "LEAST", 0)
    size = (desk.register.folder / "register.sqlite").stat().st_size
    for free, warned in ((3 * size - 1, True), (3 * size, False)):
        monkeypatch.setattr(disk_space.shutil, "disk_usage", lambda _, free=free: Usage(10**12, 0, free))
        assert (space_problem(desk) is not None) == warned


def test_a_disk_that_does_not_answer_is_no_problem_yet(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_: object) -> Usage:
        raise OSError

    monkeypatch.setattr(disk_space.shutil, "disk_usage", refuses)
    assert space_problem(desk) is None
