"""The container of a backup, ``*.rtbackup``: a ZIP of manifest, register, attachments and issued reports.

The manifest comes first and lists everything by SHA-256; the last bytes, the ZIP's own comment, are a SHA-256 over all
before them, so that a bit turned anywhere is told. With a passphrase the whole ZIP is sealed (``backup_cipher``).
``backup_reader`` reads it.
"""

import hashlib
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from desktop.storage.backup_cipher import SealingWriter, Sink, is_sealed
from desktop.storage.backup_manifest import MANIFEST, PROGRAM, REGISTER, Manifest

SUFFIX = ".rtbackup"
CHUNK = 1024 * 1024  # bytes read or written at a time
SUM_WORDS = b"RTBACKUP sha256 "  # begin the ZIP's comment, the sum in hex follows
TAIL = len(SUM_WORDS) + 64  # bytes of the comment
QUICK = 3  # of zlib's levels: a third of the default's time for a fifth more bytes
MODE = (stat.S_IFREG | 0o600) << 16  # every member is a regular file
Tell = Callable[[int], None]  # told how many bytes were done since the last time; may raise to stop the work


def write(
    target: Sink,
    manifest: Manifest,
    content_of: Callable[[str], bytes],
    passphrase: str | None,
    tell: Tell,
) -> None:
    """Write a backup's bytes in order; ``content_of`` gives each member by its name."""
    sealing = None if passphrase is None else SealingWriter(target, passphrase)
    summing = _SummingWriter(sealing or target)
    with zipfile.ZipFile(cast(BinaryIO, summing), "w") as package:
        package.comment = b"-" * TAIL
        _write_member(package, MANIFEST, manifest.to_json(), tell)
        for name, _, _ in manifest.members():
            _write_member(package, name, content_of(name), tell)
    summing.finish()
    if sealing is not None:
        sealing.finish()


def _write_member(package: zipfile.ZipFile, name: str, content: bytes, tell: Tell) -> None:
    member = zipfile.ZipInfo(name)
    member.external_attr = MODE
    packing = zipfile.ZIP_DEFLATED if name == REGISTER else zipfile.ZIP_STORED
    package.writestr(member, content, packing, QUICK)
    tell(len(content))


class _SummingWriter:
    """Passes bytes on and holds the last ones back: in their place, at the end, comes the sum of all before them."""

    def __init__(self, target: Sink) -> None:
        self._target = target
        self._sum = hashlib.sha256()
        self._held = b""

    def write(self, data: bytes, /) -> int:
        whole = self._held + bytes(data)
        passed, self._held = whole[:-TAIL], whole[-TAIL:]
        self._sum.update(passed)
        self._target.write(passed)
        return len(data)

    def flush(self) -> None:
        """There is nothing to wait for."""

    def finish(self) -> None:
        assert self._held == b"-" * TAIL, "the comment comes last"
        self._target.write(SUM_WORDS + self._sum.hexdigest().encode())


def looks_like_backup(path: Path) -> bool:
    """Whether a file begins like a backup of ours, damaged or not; an empty one may be written over too."""
    with path.open("rb") as file:
        head = file.read(256)
    named = head[30 : 30 + len(MANIFEST)] == MANIFEST.encode()
    ours = head.startswith(b"PK\x03\x04") and named and f'"program": "{PROGRAM}'.encode() in head
    return not head or is_sealed(head) or ours


def sha256_of(path: Path) -> str:
    """SHA-256 (hex) of a whole file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
