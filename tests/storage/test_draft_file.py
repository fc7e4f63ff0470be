"""The file of drafts: whole or not there, its owner's alone, and known to be damaged when it is (P11, K06, K26)."""

import json
import os
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.storage import draft_file, durable
from desktop.storage.draft_file import DAMAGED_NAME, MAKING_NAME, NAME, Draft, DraftsDamaged, read_drafts, write_drafts

AT = datetime(2020, 1, 28, 7, 5, tzinfo=UTC)
ONE = Draft(
    "complaint", "กทม-1", AT, AT + timedelta(minutes=3), {"place": "ซอย ๙ 🛠", "ticked_fits": True}, {"place": ""}
)
ROWS = Draft("complaint", "", AT + timedelta(days=1), AT, {"entries": [["28 ม.ค. 2563", "ตรวจแล้ว"], ["", "ไม่มีวัน"]]}, {})


def test_what_is_written_reads_back_equal_oldest_first(tmp_path: Path) -> None:
    write_drafts(tmp_path, [ROWS, ONE])
    assert read_drafts(tmp_path) == [ONE, ROWS]
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_without_a_file_there_are_no_drafts_and_none_leaves_no_file(tmp_path: Path) -> None:
    assert read_drafts(tmp_path) == []
    write_drafts(tmp_path, [ONE])
    (tmp_path / MAKING_NAME).write_text("left by a kill")
    write_drafts(tmp_path, [])
    assert list(tmp_path.iterdir()) == []
    write_drafts(tmp_path, [])


@pytest.mark.skipif(os.name != "posix", reason="Windows: the rights of the user's profile serve")
def test_it_is_its_owners_alone_whatever_the_process_allows(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_drafts(tmp_path, [ONE])
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


def test_every_single_changed_byte_is_noticed(tmp_path: Path) -> None:
    """One byte flipped anywhere, or the end missing: never read as if it were what she typed."""
    write_drafts(tmp_path, [ONE, ROWS])
    path = tmp_path / NAME
    whole = path.read_bytes()
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 0x01
        path.write_bytes(flipped)
        with pytest.raises(DraftsDamaged):
            read_drafts(tmp_path)
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        with pytest.raises(DraftsDamaged):
            read_drafts(tmp_path)


def test_control_without_the_check_a_changed_letter_passes_for_hers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_file, "_check", lambda plain: 0)
    write_drafts(tmp_path, [replace(ONE, values={"place": "soi 9"})])
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes().replace(b"soi 9", b"soi 8"))
    assert read_drafts(tmp_path)[0].values == {"place": "soi 8"}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda draft: draft.pop("form"),
        lambda draft: draft.update(key=7),
        lambda draft: draft.update(begun="yesterday"),
        lambda draft: draft.update(kept_at="2020-01-28T07:05:00"),
        lambda draft: draft.update(values=[]),
        lambda draft: draft["values"].update(place=None),
        lambda draft: draft["values"].update(place=[["a", 1]]),
        lambda draft: draft["values"].update(place=["a"]),
    ],
)
def test_a_file_of_another_shape_is_damaged_too(tmp_path: Path, spoil: object) -> None:
    write_drafts(tmp_path, [ONE])
    whole = json.loads((tmp_path / NAME).read_text(encoding="utf-8"))
    spoil(whole["drafts"][0])  # type: ignore[operator]
    whole["check"] = draft_file._check(whole["drafts"])
    (tmp_path / NAME).write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(DraftsDamaged):
        read_drafts(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\x00" * 4096, b"[]", b"null", b"[" * 100_000, '"ไทย"'.encode("tis-620")])
def test_a_file_that_is_none_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(DraftsDamaged):
        read_drafts(tmp_path)
    assert (tmp_path / NAME).read_bytes() == content


def test_a_damaged_file_is_moved_aside_over_an_older_one_and_can_be_taken_away(tmp_path: Path) -> None:
    for content in ("older", "newer"):
        (tmp_path / NAME).write_text(content)
        assert draft_file.move_aside(tmp_path) == tmp_path / DAMAGED_NAME
    assert (tmp_path / DAMAGED_NAME).read_text() == "newer" and not (tmp_path / NAME).exists()
    draft_file.remove_damaged(tmp_path)
    draft_file.remove_damaged(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_leaves_the_older_drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_drafts(tmp_path, [ONE])

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(draft_file.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_drafts(tmp_path, [ONE, ROWS])
    monkeypatch.undo()
    assert read_drafts(tmp_path) == [ONE]


@pytest.mark.parametrize(("held", "kept"), [(1, True), (9, True), (10, False)])
def test_k26_a_scanner_that_holds_the_file_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: int, kept: bool
) -> None:
    write_drafts(tmp_path, [ONE])
    tries, really = [], Path.replace

    def replacing(path: Path, target: Path) -> Path:
        tries.append(path)
        if len(tries) <= held:
            raise PermissionError(13, "in use")
        return really(path, target)

    monkeypatch.setattr(durable.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(Path, "replace", replacing)
    if kept:
        write_drafts(tmp_path, [ROWS])
    else:
        with pytest.raises(PermissionError):
            write_drafts(tmp_path, [ROWS])
    assert read_drafts(tmp_path) == [ROWS if kept else ONE]
