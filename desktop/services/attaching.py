"""Files attached to complaints and outages: looked at, kept under their hash, only then written to the register.

Taking one off leaves its content in the store: the history speaks of it and an undo finds it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.evidence import OF_COMPLAINT, OF_OUTAGE, Attachment
from desktop.domain.thai_dates import BANGKOK, short_date
from desktop.domain.thai_text import clean_line
from desktop.services.changes import Change, apply_within
from desktop.services.desk import CannotDo, Desk
from desktop.services.picture_headers import JPEG, PDF, PNG, SAFE, WEBP, PictureRefused
from desktop.services.pictures import look_at, shown_copy, too_large
from desktop.services.privacy import noted_copy
from desktop.services.progress import Cancelled, Progress
from desktop.services.whole_files import WholeFile, refuse_target
from desktop.storage import attachment_files, attachments, complaints, outages
from desktop.storage.attachment_files import AttachmentDamaged, AttachmentMissing, AttachmentRefused

MOST_FILES = 200  # of one complaint or outage
LONGEST_NAME = 255
ADD, TAKE_OFF = "แนบแฟ้ม", "นำแฟ้มแนบออก"
SUFFIXES = {JPEG: ".jpg", PNG: ".png", WEBP: ".webp", PDF: ".pdf"}
_ALSO = {JPEG: {".jpg", ".jpeg", ".jpe", ".jfif"}}
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """A content with what the officer calls it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Attached:
    """What became of several files: attached, there already, and (name, sentence) of each that was refused."""

    added: tuple[Attachment, ...]
    already: tuple[Attachment, ...]
    refused: tuple[tuple[str, str], ...]


def attach(desk: Desk, owner_kind: str, owner: str, name: str, content: bytes) -> Attachment:
    """Attach one file, an operation of its own; one that is attached already stays as it is. Raises CannotDo."""
    attachment = keep(desk, owner_kind, owner, name, content)
    added, already = _note(desk, owner_kind, owner, [attachment])
    return (*added, *already)[0]


def attach_files(desk: Desk, number: str, paths: Sequence[Path], progress: Progress | None = None) -> Attached:
    """Attach files to a complaint as one operation; bad ones are left out and told one by one.

    Raises Cancelled when the officer stops it, and what the disk refuses: then none is attached.
    """
    _refuse_owner(desk, OF_COMPLAINT, number)
    kept: list[Attachment] = []
    refused: list[tuple[str, str]] = []
    for done, path in enumerate(paths):
        if progress is not None and not progress(done, len(paths)):
            raise Cancelled
        try:
            kept.append(keep(desk, OF_COMPLAINT, number, path.name, content_of_file(path)))
        except CannotDo as problem:
            refused.append((path.name, str(problem)))
    added, already = _note(desk, OF_COMPLAINT, number, kept)
    if progress is not None:
        progress(len(paths), len(paths))
    return Attached(tuple(added), tuple(already), tuple(refused))


def keep(desk: Desk, owner_kind: str, owner: str, name: str, content: bytes) -> Attachment:
    """Look at a content and put it in the store; the row, which the caller writes, comes after. Raises CannotDo."""
    kind = look_at(content)
    if not desk.register.writable:
        raise CannotDo(f"ทะเบียนเปิดไว้เพื่ออ่านอย่างเดียว จึงแนบแฟ้มไม่ได้ {SAFE} โปรดปิดโปรแกรมอื่นที่เปิดทะเบียนนี้แล้วเปิดใหม่")
    if desk.register.gate.shut_because:
        raise CannotDo(desk.register.gate.shut_because)
    sha256 = attachment_files.add(desk.register.folder, content)
    tidy = clean_line(name)[:LONGEST_NAME].strip() or f"ไม่มีชื่อ{SUFFIXES[kind.media]}"
    return Attachment(owner_kind, owner, sha256, kind.media, len(content), tidy, desk.now_of())


def content_of_file(path: Path) -> bytes:
    """A file's content; raises CannotDo for a folder, one that cannot be read, and one too large to read at all."""
    try:
        if not path.is_file():
            raise PictureRefused(f"“{path.name}” ไม่ใช่แฟ้มหรือไม่มีอยู่แล้ว จึงไม่ได้แนบ {SAFE} โปรดเลือกแฟ้มอื่น")
        if (size := path.stat().st_size) > attachment_files.LARGEST:
            raise too_large(size)
        with path.open("rb") as file:
            return file.read(attachment_files.LARGEST + 1)
    except OSError as error:
        raise PictureRefused(f"อ่านแฟ้ม “{path.name}” ไม่ได้ จึงไม่ได้แนบ {SAFE} โปรดปิดโปรแกรมที่เปิดแฟ้มนี้อยู่หรือตรวจสิทธิ์") from error


def take_off(desk: Desk, attachment: Attachment) -> None:
    """Take an attachment off as one operation; its content stays in the store. Raises CannotDo when it is off."""
    with desk.transaction() as connection:
        key = (attachment.owner_kind, attachment.owner, attachment.sha256)
        if attachments.of_key(connection, *key) != attachment:
            raise CannotDo(f"แฟ้ม “{attachment.name}” ถูกนำออกไปแล้ว {SAFE} โปรดเปิดเรื่องนี้ใหม่")
        apply_within(desk, TAKE_OFF, [Change(attachment, None)])


def attachments_of(desk: Desk, owner_kind: str, owner: str) -> list[Attachment]:
    """What is attached to a complaint or an outage, in the order it was added."""
    return attachments.of_owner(desk.register.connection, owner_kind, owner)


def content_of(desk: Desk, attachment: Attachment) -> bytes:
    """The original, byte for byte; raises AttachmentMissing or AttachmentDamaged."""
    return attachment_files.read(desk.register.folder, attachment.sha256)


def is_paper(attachment: Attachment) -> bool:
    """Whether it is a PDF: looked at page by page, not as one picture."""
    return attachment.media == PDF


@dataclass(frozen=True)
class Seen:
    """A small picture of an attachment, or a word and a sentence on why there is none; of a sound PDF neither."""

    content: bytes = b""
    word: str = ""
    sentence: str = ""


def seen_small(folder: Path, attachment: Attachment, most: int) -> Seen:
    """A thumbnail, made anew and kept nowhere; a PDF is only read, to know that it is whole. On any thread."""
    try:
        if is_paper(attachment):
            attachment_files.read(folder, attachment.sha256)
            return Seen()
        return Seen(shown_copy_of(folder, attachment, most))
    except AttachmentMissing as missing:
        return Seen(word="แฟ้มหายไป", sentence=str(missing))
    except AttachmentDamaged as damaged:
        return Seen(word="แฟ้มเสียหาย", sentence=str(damaged))
    except (AttachmentRefused, CannotDo) as refused:
        return Seen(word="เปิดไม่ได้", sentence=str(refused))


def shown_copy_of(folder: Path, attachment: Attachment, most: int) -> bytes:
    """A picture of an attachment to show, made anew from the original in a data folder; on any thread."""
    return shown_copy(attachment_files.read(folder, attachment.sha256), most)


def save_copy(desk: Desk, attachment: Attachment, path: Path) -> None:
    """Write the original to a place the officer chose, whole or not at all, and note it. Raises CannotDo."""
    content = content_of(desk, attachment)
    refuse_target(desk.register, path)
    if (desk.register.folder / attachment_files.STORE).resolve() in path.resolve().parents:
        raise CannotDo(f"{path} อยู่ในที่เก็บแฟ้มแนบของโปรแกรมเอง จึงไม่เขียน โปรดเลือกโฟลเดอร์อื่น")
    with WholeFile(path) as file:
        file.write(content)
        with noted_copy(desk, attachment):
            file.give_name()


def offered_name(attachment: Attachment) -> str:
    """A name any disk takes for a copy of an attachment, ending as its kind does whatever it was called."""
    plain = _FORBIDDEN.sub("_", re.split(r"[\\/]", attachment.name)[-1]).strip(" .")
    suffix = SUFFIXES[attachment.media]
    stem, dot, ending = plain.rpartition(".")
    if dot and f".{ending.lower()}" in _ALSO.get(attachment.media, {suffix}):
        suffix = f".{ending}"
    else:
        stem = plain
    stem = stem.strip(" .")[:60].strip(" .") or "แฟ้มแนบ"
    return f"{'_' if _DEVICES.fullmatch(stem) else ''}{stem}{suffix}"


def pasted_name(desk: Desk, word: str = "ภาพ") -> str:
    """What a picture without a name is called: ``ภาพ 28 ม.ค. 2563 14.05.06.png``"""
    now = desk.now_of().astimezone(BANGKOK)
    return f"{word} {short_date(now.date())} {now:%H.%M.%S}.png"


def sweep_at_start(desk: Desk) -> list[str]:
    """Put aside what a killed program left in the store: files half made, and whole ones no row ever spoke of.

    For the start of the writing program alone, before anything is attached; gives the names in the quarantine, raises
    CannotDo when they cannot be moved.
    """
    connection = desk.register.connection
    spoken_of = {*attachments.contents(connection), *attachments.contents_once_attached(connection)}
    orphans = sorted(attachment_files.stored_hashes(desk.register.folder) - spoken_of)
    try:
        return attachment_files.sweep(desk.register.folder, orphans)
    except attachment_files.AttachmentRefused as refused:
        place = desk.register.folder / attachment_files.STORE
        raise CannotDo(
            f"ย้ายแฟ้มที่ไม่มีเรื่องใดอ้างถึงใน {place} ไปไว้ต่างหากไม่ได้ ข้อมูลอยู่ครบ โปรดตรวจดิสก์และสิทธิ์ของโฟลเดอร์นั้น"
        ) from refused


def _note(
    desk: Desk, owner_kind: str, owner: str, kept: Iterable[Attachment]
) -> tuple[list[Attachment], list[Attachment]]:
    """Write the rows of contents that are in the store, as one operation: those added, and those there already."""
    with desk.transaction() as connection:
        _refuse_owner(desk, owner_kind, owner)
        there = {each.sha256: each for each in attachments.of_owner(connection, owner_kind, owner)}
        added, already = [], []
        for attachment in kept:
            if attachment.sha256 in there:
                already.append(there[attachment.sha256])
            else:
                there[attachment.sha256] = attachment
                added.append(attachment)
        if len(there) > MOST_FILES and added:
            raise CannotDo(f"แนบได้ไม่เกิน {MOST_FILES} แฟ้มต่อเรื่อง ยังไม่ได้แนบแฟ้มใด {SAFE} โปรดรวมเป็น PDF หรือเลือกน้อยลง")
        if added:
            apply_within(desk, ADD, [Change(None, each) for each in added])
    return added, already


def _refuse_owner(desk: Desk, owner_kind: str, owner: str) -> None:
    connection = desk.register.connection
    if owner_kind == OF_COMPLAINT:
        found: object = complaints.by_number(connection, owner)
    else:
        assert owner_kind == OF_OUTAGE, owner_kind
        found = outages.by_number(connection, int(owner))
    if found is None:
        raise CannotDo(f"ไม่มีเรื่องเลขที่ “{owner}” ในทะเบียนแล้ว จึงไม่ได้แนบแฟ้ม {SAFE} โปรดเปิดเรื่องใหม่อีกครั้ง")
