"""Reading a backup: trusts nothing of it.

Its content is held against its own sum, its list against its manifest, every size and kind against the limits before a
member is unpacked, and its register against the known schema and its history.
"""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from desktop.storage.backup_cipher import HEADER, Flawed, PassphraseWrong, SealedFile, is_sealed
from desktop.storage.backup_file import CHUNK, MODE, SUM_WORDS, TAIL, Tell
from desktop.storage.backup_manifest import (
    LARGEST_MANIFEST,
    MANIFEST,
    MOST_FILES,
    REGISTER,
    Manifest,
    manifest_of_json,
)
from desktop.storage.register_copy import Copy, RegisterFlawed, examined
from desktop.storage.register_refusals import RegisterRefused

END = 22  # bytes of a ZIP's end record before its comment
END_64 = 56 + 20  # bytes of the records before it in a large one
LARGEST_LIST = 64 * 1024 * 1024  # bytes of the ZIP's own list of members
PACKED_AT_MOST, PACKED_FROM = 300, 64 * 1024 * 1024  # no register packs tighter, from that size on
DAMAGED = "เสียหายหรือไม่ครบ"


class BackupRefused(RegisterRefused):
    """A backup cannot be used; ``why`` follows its name in the sentence."""

    def __init__(self, path: Path, why: str, then: str = "ไม่มีอะไรถูกแก้ไข โปรดเลือกสำเนาอื่น") -> None:
        super().__init__(f"สำเนา {path} {why} {then}")
        self.why = why


class BackupUnreadable(BackupRefused):
    """The disk would not give it: not the same as damaged."""


class PassphraseNeeded(BackupRefused):
    """It is sealed: without its passphrase, or with another one, nothing can be read."""


class BackupReader:
    """An open backup whose list was held against its manifest; its members are checked as they are read."""

    def __init__(self, path: Path, package: zipfile.ZipFile) -> None:
        self.path = path
        self.manifest = _manifest_of(package)
        self._package = package

    def content(self, name: str, tell: Tell) -> bytearray:
        """A member, its SHA-256 and size held against the manifest; raises BackupRefused."""
        size, sha256 = {each: (size, sha256) for each, size, sha256 in self.manifest.members()}[name]
        with _explained(self.path):
            return self._content(name, size, sha256, tell)

    def check(self, tell: Tell) -> Copy:
        """Read everything and hold it against the manifest; gives the register, examined. Raises BackupRefused."""
        with _explained(self.path):
            register, *others = self.manifest.members()
            copy = examined(self._content(*register, tell))
            for each in others:
                self._content(*each, tell)
            self._hold_against(copy)
            return copy

    def _content(self, name: str, size: int, sha256: str, tell: Tell) -> bytearray:
        content = bytearray(size)
        room, place = memoryview(content), 0
        with room, cast(io.BufferedIOBase, self._package.open(name)) as member:
            while taken := member.readinto(room[place : place + CHUNK]):
                place += taken
                tell(taken)
            more = member.read(1)
        if place != size or more or hashlib.sha256(content).hexdigest() != sha256:
            raise Flawed(f"{DAMAGED} ({name})")
        return content

    def _hold_against(self, copy: Copy) -> None:
        """What the manifest says of the register is what the register says of itself."""
        manifest = self.manifest
        if copy.facts != manifest.register or copy.reports != manifest.reports:
            raise Flawed("มีรายการที่ไม่ตรงกับทะเบียนข้างใน")
        expected = {each.sha256 for each in copy.attachments}
        packed = {each.sha256 for each in manifest.attachments}
        if expected - packed != set(manifest.missing) or not packed - expected <= copy.once_attached:
            raise Flawed("มีแฟ้มแนบไม่ตรงกับทะเบียนข้างใน")


@contextmanager
def opened(path: Path, passphrase: str | None, tell: Tell | None = None) -> Iterator[BackupReader]:
    """A backup open for reading; raises BackupRefused, or one of its kinds, for whatever is wrong with it.

    With ``tell`` its whole content is first held against its sum; without, only its list is looked at.
    """
    with ExitStack() as stack:
        with _explained(path):
            file: BinaryIO = stack.enter_context(path.open("rb"))
            if is_sealed(file.read(HEADER)):
                if passphrase is None:
                    raise PassphraseNeeded(path, "เข้ารหัสไว้ ต้องใช้รหัสผ่าน", "โปรดพิมพ์รหัสผ่านที่ตั้งไว้ตอนทำสำเนา")
                plain = io.BufferedReader(SealedFile(file, passphrase), CHUNK // 4)
                file = cast(BinaryIO, stack.enter_context(plain))
            _check_end(file)
            if tell is not None:
                _check_sum(file, tell)
            reader = BackupReader(path, stack.enter_context(zipfile.ZipFile(file)))
        yield reader


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn whatever is wrong with a backup into one Thai sentence."""
    try:
        yield
    except PassphraseWrong:
        raise PassphraseNeeded(path, "ใช้รหัสผ่านนี้เปิดไม่ได้", "ไม่มีอะไรถูกแก้ไข โปรดตรวจรหัสผ่านแล้วพิมพ์ใหม่") from None
    except Flawed as flawed:
        raise BackupRefused(path, str(flawed)) from flawed
    except RegisterFlawed as flawed:
        raise BackupRefused(path, f"มีทะเบียนที่ตรวจไม่ผ่าน: {flawed.problems[0]}") from flawed
    except _BROKEN as error:
        if isinstance(error.__context__, OSError):  # the ZIP library calls a disk that fails to read "no ZIP file"
            raise _unreadable(path) from error
        raise BackupRefused(path, DAMAGED) from error
    except FileNotFoundError as error:
        raise BackupRefused(path, "ไม่มีอยู่", "ไม่มีอะไรถูกแก้ไข โปรดตรวจชื่อแฟ้มหรือเสียบอุปกรณ์นั้น") from error
    except OSError as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> BackupUnreadable:
    return BackupUnreadable(path, "อ่านไม่ได้ในตอนนี้", "ไม่มีอะไรถูกแก้ไข โปรดตรวจดิสก์หรืออุปกรณ์แล้วลองใหม่")


# What the ZIP library says of a broken package.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)


def _check_end(file: BinaryIO) -> None:
    """The ZIP ends with our comment, and its list of members is not beyond all measure."""
    before = max(0, file.seek(0, io.SEEK_END) - TAIL - END - END_64)
    file.seek(before)
    ends = file.read(END_64 + END + TAIL)
    large, end, tail = ends[: -END - TAIL], ends[-END - TAIL : -TAIL], ends[-TAIL:]
    if not end.startswith(b"PK\x05\x06") or not tail.startswith(SUM_WORDS):
        raise Flawed(f"{DAMAGED} หรือไม่ใช่สำเนาของโปรแกรมนี้")
    listed = int.from_bytes(end[12:16], "little")
    if large.startswith(b"PK\x06\x06"):
        listed = max(listed, int.from_bytes(large[40:48], "little"))
    if listed > LARGEST_LIST:
        raise Flawed("มีรายการใหญ่ผิดปกติ จึงไม่เปิด")


def _check_sum(file: BinaryIO, tell: Tell) -> None:
    left = file.seek(0, io.SEEK_END) - TAIL
    file.seek(0)
    found = hashlib.sha256()
    while left:
        piece = file.read(min(CHUNK, left))
        if not piece:
            raise Flawed(DAMAGED)
        found.update(piece)
        left -= len(piece)
        tell(len(piece))
    if file.read(TAIL) != SUM_WORDS + found.hexdigest().encode():
        raise Flawed(DAMAGED)


def _manifest_of(package: zipfile.ZipFile) -> Manifest:
    """The manifest, after the ZIP's own list was held against it: same names, same order, same sizes, plain files."""
    listed = package.infolist()
    if not 2 <= len(listed) <= MOST_FILES + 2 or listed[0].filename != MANIFEST:
        raise Flawed("ไม่ใช่สำเนาของโปรแกรมนี้")
    if not _is_plain(listed[0]) or listed[0].file_size > LARGEST_MANIFEST:
        raise Flawed("มีรายการที่โปรแกรมนี้ไม่เคยเขียน จึงไม่เปิด")
    manifest = manifest_of_json(package.read(MANIFEST))
    expected = [(name, size) for name, size, _ in manifest.members()]
    if [(each.filename, each.file_size) for each in listed[1:]] != expected:
        raise Flawed("มีสิ่งที่ไม่อยู่ในรายการ หรือขาดสิ่งที่อยู่ในรายการ จึงไม่เปิด")
    if not all(_is_plain(each) for each in listed):
        raise Flawed("มีสิ่งที่โปรแกรมนี้ไม่เคยเขียน จึงไม่เปิด")
    if sum(each.compress_size for each in listed) > package.start_dir:
        raise Flawed("มีสิ่งที่ซ้อนทับกัน จึงไม่เปิด")
    return manifest


def _is_plain(member: zipfile.ZipInfo) -> bool:
    """A regular file as we write it: no link, no encryption of ZIP's own, packed no tighter than a register packs."""
    packing = zipfile.ZIP_DEFLATED if member.filename == REGISTER else zipfile.ZIP_STORED
    bomb = member.file_size > PACKED_FROM and member.file_size > PACKED_AT_MOST * max(member.compress_size, 1)
    sizes_agree = packing == zipfile.ZIP_DEFLATED or member.file_size == member.compress_size
    as_written = member.external_attr == MODE and member.orig_filename == member.filename
    return as_written and not member.flag_bits & 1 and member.compress_type == packing and sizes_agree and not bomb
