"""The store of attached files: ``attachments/<first two hex>/<sha256 hex>`` in the data folder, each whole or absent.

A file is known by its content's SHA-256 and by nothing else: what the officer calls it is never a name on the disk.
Nothing is ever deleted here: what a kill left behind is moved to ``attachments/quarantine``.
"""

import contextlib
import errno
import hashlib
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.storage.durable import keep_folder, replace_patiently
from desktop.storage.register_refusals import RegisterRefused

STORE = "attachments"
QUARANTINE = "quarantine"
LARGEST = 25 * 1024 * 1024  # bytes of one file: nothing larger was ever put in
CHUNK = 1024 * 1024  # bytes read at a time

_HASH = re.compile("[0-9a-f]{64}")
_OWN_LEFTOVER = re.compile(r"[0-9a-f]{64}\.[0-9a-f]{16}\.adding")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_FOLLOWING = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class AttachmentRefused(RegisterRefused):
    """A file could not be put in or read; the message is one Thai sentence: what, is the data safe, what next."""


class AttachmentMissing(AttachmentRefused):
    """The store has no file of that content."""


class AttachmentDamaged(AttachmentRefused):
    """The file in the store is no longer what was put in."""


@dataclass(frozen=True)
class Survey:
    """What is wrong in the store: hashes of files, and of ``foreign`` and ``unreadable`` ones the paths inside it."""

    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    foreign: tuple[str, ...]
    orphans: tuple[str, ...]  # whole files nobody refers to
    unreadable: tuple[str, ...] = ()  # the disk would not give them: not the same as damaged


def place_of(folder: Path, sha256: str) -> Path:
    """Where a content stands in the store of a data folder."""
    if not _HASH.fullmatch(sha256):
        raise AttachmentMissing("ทะเบียนอ้างถึงแฟ้มแนบด้วยรหัสที่ใช้ไม่ได้ ข้อมูลอื่นอยู่ครบ โปรดตรวจทะเบียนหรือกู้คืนจากสำเนาสำรอง")
    return folder / STORE / sha256[:2] / sha256


def add(folder: Path, content: bytes) -> str:
    """Keep a content, whole or not at all, and give its SHA-256; on the disk for good when this returns.

    Raises AttachmentDamaged when a wrong file stands in its place, AttachmentRefused for what the disk refuses.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    place = place_of(folder, sha256)
    try:
        _make_folder(folder / STORE)
        _make_folder(place.parent)
        if os.path.lexists(place):
            read(folder, sha256)  # raises when it is not what it should be
        else:
            _write(place, content)
        keep_folder(place.parent)  # for one that was there too: a kill may have come before this
        keep_folder(folder / STORE)
    except OSError as error:
        raise _explained(folder, error) from error
    return sha256


def read(folder: Path, sha256: str) -> bytes:
    """A content by its hash; raises AttachmentMissing or AttachmentDamaged, AttachmentRefused when the disk fails."""
    place = place_of(folder, sha256)
    try:
        content = b"".join(_chunks(place))
    except FileNotFoundError:
        raise AttachmentMissing(f"ไม่พบแฟ้มแนบ {place} ข้อมูลในทะเบียนอยู่ครบ โปรดนำแฟ้มกลับมาหรือกู้คืนจากสำเนาสำรอง") from None
    except _NoPlainFile:
        raise _damage(place) from None
    except OSError as error:
        raise AttachmentRefused(
            f"อ่านแฟ้มแนบ {place} ไม่ได้ในตอนนี้ ไม่มีอะไรถูกแก้ไข โปรดตรวจดิสก์และสิทธิ์ของแฟ้มแล้วลองใหม่"
        ) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise _damage(place)
    return content


def survey(folder: Path, known: Mapping[str, int]) -> Survey:
    """Read every file of the store against what is ``known``: the size in bytes by SHA-256."""
    missing = set(known)
    found: dict[str, list[str]] = {"damaged": [], "foreign": [], "orphans": [], "unreadable": []}
    for path in _files(folder):
        inside = path.relative_to(folder / STORE).as_posix()
        verdict = _verdict(path, inside, known)
        if verdict != "foreign":
            missing.discard(path.name)
        if verdict:
            found[verdict].append(path.name if verdict in ("damaged", "orphans") else inside)
    return Survey(tuple(sorted(missing)), **{verdict: tuple(sorted(names)) for verdict, names in found.items()})


def stored_hashes(folder: Path) -> set[str]:
    """The hashes the store has a file for, going by the names alone."""
    store = folder / STORE
    return {path.name for path in _files(folder) if path == store / path.name[:2] / path.name and _is_hash(path.name)}


def erase(folder: Path, sha256: str) -> None:
    """Take a content out for good, what the quarantine has of it too: for an erasure, when no row speaks of it."""
    place = place_of(folder, sha256)
    found = [place, *(folder / STORE / QUARANTINE).glob(f"{sha256}*")]
    try:
        for path in found:
            if os.path.lexists(path):
                path.unlink()
                keep_folder(path.parent)
    except OSError as error:
        raise AttachmentRefused(f"ลบแฟ้มแนบ {place} ไม่ได้ แฟ้มยังอยู่ โปรดปิดโปรแกรมที่เปิดแฟ้มนี้อยู่แล้วลองใหม่") from error


def sweep(folder: Path, orphans: Iterable[str] = ()) -> list[str]:
    """Move what a kill left behind, and the orphans named, to the quarantine; gives the names they have there.

    For the one writer alone, before anything is added: a file in the making looks like a leftover.
    """
    store = folder / STORE
    try:
        names = [entry.name for entry in os.scandir(store) if _OWN_LEFTOVER.fullmatch(entry.name)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _explained(folder, error) from error
    found = [store / name for name in sorted(names)]
    found += [place for sha256 in orphans if os.path.lexists(place := place_of(folder, sha256))]
    if not found:
        return []
    try:
        _make_folder(store / QUARANTINE)
        moved = [_set_aside(path, store / QUARANTINE) for path in found]
        for each in {path.parent for path in found}:
            keep_folder(each)
    except OSError as error:
        raise _explained(folder, error) from error
    return moved


class _NoPlainFile(OSError):
    """A link, a folder or anything else that is no file of its own stands there."""


def _chunks(place: Path) -> Iterator[bytes]:
    """The content of a plain file, bit by bit; links are not followed, and no more is read than was ever put in."""
    if not stat.S_ISREG(os.lstat(place).st_mode):
        raise _NoPlainFile(place)
    with os.fdopen(os.open(place, os.O_RDONLY | _NO_FOLLOWING), "rb") as file:
        read_so_far = 0
        while chunk := file.read(CHUNK):
            yield chunk
            read_so_far += len(chunk)
            if read_so_far > LARGEST:
                return


def _is_hash(name: str) -> bool:
    return _HASH.fullmatch(name) is not None


def _verdict(path: Path, inside: str, known: Mapping[str, int]) -> str:
    """What a file in the store is, blank for one that is as it should be."""
    sha256 = path.name
    if not _is_hash(sha256) or inside != f"{sha256[:2]}/{sha256}":
        return "foreign"
    try:
        whole = _is_whole(path, sha256, known.get(sha256))
    except _NoPlainFile:
        return "foreign"
    except OSError:
        return "unreadable"
    if sha256 in known:
        return "" if whole else "damaged"
    return "orphans" if whole else "foreign"


def _is_whole(path: Path, sha256: str, size: int | None) -> bool:
    digest = hashlib.sha256()
    length = 0
    for chunk in _chunks(path):
        digest.update(chunk)
        length += len(chunk)
    return digest.hexdigest() == sha256 and size in (None, length)


def _files(folder: Path) -> Iterator[Path]:
    """Everything in the store that is no folder, links to folders too; not the quarantine, nor one in the making."""
    waiting = [folder / STORE]
    while waiting:
        try:
            entries = sorted(os.scandir(waiting.pop()), key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise AttachmentRefused(
                f"อ่านโฟลเดอร์แฟ้มแนบใน {folder} ไม่ได้ในตอนนี้ ไม่มีอะไรถูกแก้ไข โปรดตรวจดิสก์และสิทธิ์ของโฟลเดอร์แล้วลองใหม่"
            ) from error
        for entry in entries:
            path = Path(entry.path)
            if path.parent == folder / STORE and (entry.name == QUARANTINE or _OWN_LEFTOVER.fullmatch(entry.name)):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            else:
                yield path


def _write(place: Path, content: bytes) -> None:
    """Write whole under a passing name and have the disk keep it; only then give it its own, and keep that too."""
    making = place.parent.parent / f"{place.name}.{secrets.token_hex(8)}.adding"
    try:
        with making.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        replace_patiently(making, place)
    except BaseException:
        with contextlib.suppress(OSError):
            making.unlink(missing_ok=True)
        raise


def _set_aside(path: Path, quarantine: Path) -> str:
    target = quarantine / path.name
    if os.path.lexists(target):
        target = quarantine / f"{path.name}.{secrets.token_hex(8)}"
    replace_patiently(path, target)
    return target.name


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    folder.mkdir(exist_ok=True)
    keep_folder(folder.parent)


def _damage(place: Path) -> AttachmentDamaged:
    return AttachmentDamaged(
        f"แฟ้มแนบ {place} ถูกเปลี่ยนหรือเสียหาย จึงไม่แสดงเป็นต้นฉบับ ข้อมูลในทะเบียนอยู่ครบ โปรดกู้คืนแฟ้มจากสำเนาสำรอง"
    )


def _explained(folder: Path, error: OSError) -> AttachmentRefused:
    if error.errno in _FULL:
        return AttachmentRefused(f"ดิสก์ของ {folder} เต็ม แฟ้มยังไม่ได้แนบ ข้อมูลเดิมอยู่ครบ โปรดเพิ่มที่ว่างแล้วลองใหม่")
    return AttachmentRefused(
        f"เขียนแฟ้มแนบใน {folder / STORE} ไม่สำเร็จ ยังไม่ได้แนบ ข้อมูลเดิมอยู่ครบ โปรดตรวจดิสก์และสิทธิ์ของโฟลเดอร์แล้วลองใหม่"
    )
