"""M11: an attachment erased by law is gone from every file of the data folder; its backups are gone in 90 days."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.complaint import Complaint
from desktop.domain.evidence import OF_COMPLAINT, Attachment
from desktop.services import complaint_work, privacy, undoing
from desktop.services.attaching import attach, attachments_of, seen_small, shown_copy_of, sweep_at_start, take_off
from desktop.services.desk import Desk
from desktop.storage import attachment_files
from tests.papers.marked_pictures import CAMERA, marked_jpeg

NAME = "ภาพบ้านของผู้ขอให้ลบ.jpg"


@pytest.fixture
def attached(desk: Desk) -> tuple[Desk, Attachment, bytes]:
    """A complaint with a picture that was looked at, small and large."""
    complaint_work.save(desk, None, Complaint("ก-1", date(2020, 1, 27)))
    content = marked_jpeg()
    attachment = attach(desk, OF_COMPLAINT, "ก-1", NAME, content)
    assert seen_small(desk.register.folder, attachment, 200).content
    assert shown_copy_of(desk.register.folder, attachment, 2000)
    return desk, attachment, content


def pieces(content: bytes) -> Iterator[bytes]:
    """Parts of a file that nothing else holds by chance: one from each stretch of it."""
    for start in range(0, len(content) - 64, 1024):
        piece = content[start : start + 48]
        if len(set(piece)) > 12:
            yield piece


def holding(folder: Path, *wanted: bytes) -> list[str]:
    """The files of a folder that hold any of these bytes, or bear them in their name."""
    found = []
    for path in sorted(folder.rglob("*")):
        data = path.name.encode() + (path.read_bytes() if path.is_file() else b"")
        if any(each in data for each in wanted):
            found.append(path.relative_to(folder).as_posix())
    return found


def test_m11_nothing_of_an_erased_picture_is_left_in_the_data_folder(attached: tuple[Desk, Attachment, bytes]) -> None:
    desk, attachment, content = attached
    marks = (CAMERA.encode(), NAME.encode(), *pieces(content))
    assert len(marks) > 5 and len(holding(desk.register.folder, *marks)) >= 2  # the store and the register
    erased = privacy.erase_personal_data(desk, "ก-1", "เจ้าของขอใช้สิทธิ", fields=(), files=(attachment,))
    assert erased.files == 1 and attachments_of(desk, OF_COMPLAINT, "ก-1") == []
    assert holding(desk.register.folder, *marks) == []
    # its hash alone is kept, as the note of what was erased: it is nobody's picture
    assert holding(desk.register.folder, attachment.sha256.encode()) == ["register.sqlite"]


def test_m11_control_taken_off_instead_of_erased_the_picture_is_still_there(
    attached: tuple[Desk, Attachment, bytes],
) -> None:
    desk, attachment, content = attached
    take_off(desk, attachment)
    place = attachment_files.place_of(desk.register.folder, attachment.sha256)
    assert place.relative_to(desk.register.folder).as_posix() in holding(desk.register.folder, *pieces(content))


def test_m11_a_picture_that_another_complaint_has_too_stays_for_it(
    attached: tuple[Desk, Attachment, bytes],
) -> None:
    desk, attachment, content = attached
    complaint_work.save(desk, None, Complaint("ก-2", date(2020, 1, 27)))
    attach(desk, OF_COMPLAINT, "ก-2", "อีกชื่อ.jpg", content)
    erased = privacy.erase_personal_data(desk, "ก-1", "เจ้าของขอใช้สิทธิ", fields=(), files=(attachment,))
    assert erased.files == 0
    assert hashlib.sha256(attachment_files.read(desk.register.folder, attachment.sha256)).digest()
    assert holding(desk.register.folder, NAME.encode()) == []


def start_again(desk: Desk) -> None:
    """What the window does with the files once the register has passed."""
    sweep_at_start(desk)
    privacy.finish_erasures(desk)


def test_m11_taken_off_the_other_complaint_it_is_there_for_an_undo(attached: tuple[Desk, Attachment, bytes]) -> None:
    desk, attachment, content = attached
    complaint_work.save(desk, None, Complaint("ก-2", date(2020, 1, 27)))
    other = attach(desk, OF_COMPLAINT, "ก-2", "อีกชื่อ.jpg", content)
    privacy.erase_personal_data(desk, "ก-1", "เจ้าของขอใช้สิทธิ", fields=(), files=(attachment,))
    take_off(desk, other)
    start_again(desk)
    undoing.undo_newest(desk)
    assert attachments_of(desk, OF_COMPLAINT, "ก-2") == [other]
    assert attachment_files.read(desk.register.folder, attachment.sha256) == content
    take_off(desk, other)
    privacy.erase_personal_data(desk, "ก-2", "เจ้าของขอใช้สิทธิ", fields=(), files=(other,))
    start_again(desk)
    assert attachment_files.stored_hashes(desk.register.folder) == set()


def test_m11_attached_again_after_its_erasure_and_taken_off_it_is_there_for_an_undo(
    attached: tuple[Desk, Attachment, bytes],
) -> None:
    desk, attachment, content = attached
    privacy.erase_personal_data(desk, "ก-1", "เจ้าของขอใช้สิทธิ", fields=(), files=(attachment,))
    assert attachment_files.stored_hashes(desk.register.folder) == set()
    again = attach(desk, OF_COMPLAINT, "ก-1", "แนบใหม่.jpg", content)
    take_off(desk, again)
    start_again(desk)
    undoing.undo_newest(desk)
    assert attachment_files.read(desk.register.folder, again.sha256) == content
