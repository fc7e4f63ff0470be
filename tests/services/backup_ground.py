"""What backups are made of in tests: a small register with pictures and an issued report; forged and hurt backups."""

import hashlib
import io
import json
import os
import sqlite3
import stat
import subprocess
import sys
import traceback
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

from desktop import paths
from desktop.domain.complaint import Complaint
from desktop.domain.evidence import OF_COMPLAINT, Attachment
from desktop.domain.months import Month
from desktop.services import month_reports
from desktop.services.changes import Change, apply
from desktop.services.complaint_work import save
from desktop.services.desk import Desk, Shipped
from desktop.services.month_reports import OfficersWords
from desktop.services.office_settings import save_officer_name
from desktop.storage import attachment_files
from desktop.storage.register import open_for_writing

SHIPPED = Shipped(paths.fonts_folder(), paths.words_folder(), paths.holidays_folder(), paths.program_version())
MARKER = "ถนนพระร่วงตัวอย่าง"  # stands in a complaint and nowhere else
PICTURES = (b"\xff\xd8\xff first picture " * 400, b"\xff\xd8\xff second picture " * 900)
NOON = datetime(2020, 1, 28, 5, 0, tzinfo=UTC)  # 28 January 2563, 12:00 in Bangkok
SUM_WORDS = b"RTBACKUP sha256 "  # how the last bytes of a backup begin; the sum of all before them follows


class Clock:
    """A clock tests set."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def on(self, **more: float) -> None:
        """Go on by so much."""
        self.now += timedelta(**more)


def desk_over(folder: Path, clock: Clock | None = None) -> Desk:
    """A writing desk over a folder; close its register."""
    clock = clock or Clock()
    return Desk(open_for_writing(folder), SHIPPED, lambda: clock().date(), clock)


def add_complaint(desk: Desk, number: str, place: str = MARKER) -> Complaint:
    """One complaint of January 2563."""
    return save(desk, None, Complaint(number, date(2020, 1, 6), subject="ท่อตัน", place=place))


def change_something(desk: Desk, number: int) -> None:
    """One operation more, on whatever day."""
    save_officer_name(desk, f"เจ้าหน้าที่ {number}")


def add_attachment(desk: Desk, number: str, content: bytes) -> str:
    """Attach a content to a complaint, as the store and the one door keep it."""
    sha256 = attachment_files.add(desk.register.folder, content)
    row = Attachment(OF_COMPLAINT, number, sha256, "image/jpeg", len(content), "ภาพ.jpg", desk.now_of())
    apply(desk, "แนบแฟ้ม", [Change(None, row)])
    return sha256


def fill(desk: Desk) -> None:
    """Three complaints, two pictures of which one stands twice, one issued report."""
    for number in ("ก-1", "ก-2", "ก-3"):
        add_complaint(desk, number)
    add_attachment(desk, "ก-1", PICTURES[0])
    add_attachment(desk, "ก-2", PICTURES[0])
    add_attachment(desk, "ก-2", PICTURES[1])
    monthly = month_reports.figures_of_month(desk, Month(2020, 1), date(2020, 1, 28), date(2020, 1, 28))
    month_reports.issue(desk, monthly, OfficersWords(), None)


def fill_quickly(desk: Desk) -> None:
    """Three complaints and a picture."""
    for number in ("ก-1", "ก-2", "ก-3"):
        add_complaint(desk, number)
    add_attachment(desk, "ก-1", PICTURES[0])


def hashes_of_attachments(folder: Path) -> dict[str, str]:
    """Name → SHA-256 of every stored attachment, read by this test alone."""
    store = folder / "attachments"
    files = [path for path in store.rglob("*") if path.is_file()] if store.exists() else []
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def tree(folder: Path) -> dict[str, str]:
    """Every file of a folder with its SHA-256, the lock and the program's log left out."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "register.lock" and path.parent.name != "logs"
    }


def flip(path: Path, place: int, bit: int) -> None:
    """Turn one bit of a file."""
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ (1 << bit)]))


Members = list[tuple[zipfile.ZipInfo, bytes]]


def members_of(path: Path) -> Members:
    """The members of a plain backup, to be forged."""
    with zipfile.ZipFile(path) as package:
        return [(member, package.read(member)) for member in package.infolist()]


def forge(path: Path, members: Members) -> None:
    """Write a backup by hand with a right sum: what somebody could make who knows the format."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.comment = b"-" * (len(SUM_WORDS) + 64)
        for member, content in members:
            package.writestr(member, content, member.compress_type)
    path.write_bytes(summed(held.getvalue()))


def summed(package: bytes) -> bytes:
    """A package with the sum of its bytes in its comment."""
    body = package[: -len(SUM_WORDS) - 64]
    return body + SUM_WORDS + hashlib.sha256(body).hexdigest().encode()


def member(name: str, content: bytes, packing: int = zipfile.ZIP_STORED) -> tuple[zipfile.ZipInfo, bytes]:
    """A member as the program writes it."""
    made = zipfile.ZipInfo(name)
    made.external_attr = (stat.S_IFREG | 0o600) << 16
    made.compress_type = packing
    return made, content


def with_manifest(members: Members, change: Callable[[dict[str, Any]], None]) -> Members:
    """The same members with something changed in the manifest."""
    plain = json.loads(members[0][1])
    change(plain)
    return [member("manifest.json", json.dumps(plain, ensure_ascii=False).encode()), *members[1:]]


def with_register(members: Members, change: Callable[[sqlite3.Connection], None]) -> Members:
    """The same members with something changed in the register by another program, and the manifest made to fit."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(members[1][1])
    change(connection)
    content = connection.serialize()
    connection.close()
    return with_content(members, content)


def with_content(members: Members, content: bytes) -> Members:
    """The same members with another register, and its hash and length in the manifest."""

    def fit(plain: dict[str, Any]) -> None:
        plain["register"] |= {"sha256": hashlib.sha256(content).hexdigest(), "length": len(content)}

    return [with_manifest(members, fit)[0], member("register.sqlite", content, zipfile.ZIP_DEFLATED), *members[2:]]


def killed_at(step: int, watched: Path, work: Callable[[], object]) -> bool:
    """Do a work in a process forked from this one that dies before its k-th change of a folder; whether it died.

    A change is a file opened for writing, made to last, renamed or taken away, or a folder made: what the system is
    asked for, whoever asks.
    """
    child = os.fork()
    if child == 0:
        _dying_at(step, watched, work)
    _, status = os.waitpid(child, 0)
    ended = os.waitstatus_to_exitcode(status)
    assert ended in (0, DIED), f"the work failed at step {step}"
    return ended == DIED


DIED = 9
_CHANGING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree"}


def _dying_at(step: int, watched: Path, work: Callable[[], object]) -> NoReturn:
    """The child's own part."""
    left = [step]

    def change() -> None:
        left[0] -= 1
        if left[0] == 0:
            os._exit(DIED)

    def look(event: str, all_of: tuple[Any, ...]) -> None:
        opens = event == "open" and isinstance(all_of[0], str)
        writes = opens and (all_of[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if (event in _CHANGING or writes) and str(watched) in str(all_of[0]) and "register.lock" not in str(all_of[0]):
            change()

    def kept(handle: int) -> None:
        change()  # and no more: a process that dies loses nothing the system has

    try:
        sys.addaudithook(look)
        os.fsync = kept  # type: ignore[assignment]
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def run_child(script: str, *arguments: object, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """A Python process of its own, from the repository's root."""
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", timeout=timeout, cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "PYTHONPATH": "."},
    )  # fmt: skip
