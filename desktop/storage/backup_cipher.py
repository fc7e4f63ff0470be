"""The encrypted form of a backup: AES-256-GCM over numbered pieces, the key made of a passphrase by scrypt.

A header, then pieces of 1 MiB, each sealed under its number, whether it is the last one, and the whole header: a bit
turned, a piece cut off, moved or added is told. Written in one go and read at any place, one piece in memory.
"""

import hashlib
import hmac
import io
import os
import struct
import unicodedata
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"RTBACKUP-SEALED\n"
FORMAT = 1
PIECE = 1024 * 1024  # bytes of plain text in every piece but the last
TAG = 16  # bytes GCM adds to a piece
LOG2_N, BLOCK, LANES = 16, 8, 1  # scrypt's n, r, p: 64 MiB and a third of a second
LEAST_LOG2_N, MOST_LOG2_N = 15, 18  # what is taken from a header: never a weak key, never the whole memory
_FIELDS = struct.Struct(">16sBBBB16s32s")  # magic, format, log2 n, r, p, salt, proof of the passphrase
_SUM = 32  # bytes of SHA-256 over the fields before it: a damaged header is told from a wrong passphrase
HEADER = _FIELDS.size + _SUM


class Flawed(Exception):
    """A backup is not what it should be; the message says why, in words that follow its name."""


class PassphraseWrong(Exception):
    """The passphrase is another one."""


class Sink(Protocol):
    """Where bytes are written one after another."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes."""


class SealingWriter:
    """Seals what is written to it, piece by piece; ``finish`` writes the last one and must be called."""

    def __init__(self, target: Sink, passphrase: str) -> None:
        self._target = target
        salt = os.urandom(16)
        key, proof = _key_and_proof(passphrase, salt, LOG2_N, BLOCK, LANES)
        fields = _FIELDS.pack(MAGIC, FORMAT, LOG2_N, BLOCK, LANES, salt, proof)
        self._header = fields + hashlib.sha256(fields).digest()
        self._cipher = _cipher(key)
        self._held = bytearray()
        self._number = 0
        target.write(self._header)

    def write(self, data: bytes, /) -> int:
        """Take plain bytes; a whole piece is held back until more comes, for the last one is sealed as such."""
        self._held += data
        while len(self._held) > PIECE:
            self._seal(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(data)

    def finish(self) -> None:
        """Seal what is left as the last piece, empty or not."""
        self._seal(bytes(self._held), last=True)
        self._held.clear()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, self._header))
        self._number += 1


class SealedFile(io.RawIOBase):
    """The plain bytes of a sealed file, read at any place; raises PassphraseWrong at once, Flawed where broken."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        super().__init__()
        self._file = file
        file.seek(0)
        self._header = file.read(HEADER)
        log2_n, block, lanes, salt, proof = _checked_header(self._header)
        key, expected = _key_and_proof(passphrase, salt, log2_n, block, lanes)
        if not hmac.compare_digest(proof, expected):
            raise PassphraseWrong
        self._cipher = _cipher(key)
        sealed = file.seek(0, io.SEEK_END) - HEADER
        self._pieces = max(1, -(-sealed // (PIECE + TAG)))
        self._length = sealed - self._pieces * TAG
        self._place = 0
        self._open_piece: tuple[int, bytes] = (-1, b"")
        self._piece(self._pieces - 1)  # cut short or added to: told at once

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def seekable(self) -> bool:
        """At any place."""
        return True

    def tell(self) -> int:
        """The place in the plain bytes."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place in the plain bytes."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._length}[whence]
        if base + offset < 0:
            raise Flawed("เสียหายหรือไม่ครบ")
        self._place = base + offset
        return self._place

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Read on to the end of a piece at most."""
        if self._place >= self._length:
            return 0
        number, start = divmod(self._place, PIECE)
        found = self._piece(number)[start : start + len(buffer)]
        buffer[: len(found)] = found
        self._place += len(found)
        return len(found)

    def _piece(self, number: int) -> bytes:
        from cryptography.exceptions import InvalidTag

        if self._open_piece[0] != number:
            self._file.seek(HEADER + number * (PIECE + TAG))
            sealed = self._file.read(PIECE + TAG)
            nonce = _nonce(number, last=number == self._pieces - 1)
            try:
                self._open_piece = number, self._cipher.decrypt(nonce, sealed, self._header)
            except (InvalidTag, ValueError) as error:
                raise Flawed("เสียหายหรือไม่ครบ (ส่วนที่เข้ารหัสไม่ตรงกับตราของมัน)") from error
        return self._open_piece[1]


def is_sealed(head: bytes) -> bool:
    """Whether a file's first bytes are those of the encrypted form."""
    return head.startswith(MAGIC)


def _checked_header(header: bytes) -> tuple[int, int, int, bytes, bytes]:
    fields = header[: _FIELDS.size]
    if len(header) < HEADER or hashlib.sha256(fields).digest() != header[_FIELDS.size :]:
        raise Flawed("เสียหายหรือไม่ครบ (ส่วนหัว)")
    magic, form, log2_n, block, lanes, salt, proof = _FIELDS.unpack(fields)
    if magic != MAGIC or form != FORMAT:
        raise Flawed("สร้างโดยโปรแกรมรุ่นใหม่กว่า โปรดใช้โปรแกรมรุ่นล่าสุด")
    if not LEAST_LOG2_N <= log2_n <= MOST_LOG2_N or (block, lanes) != (BLOCK, LANES):
        raise Flawed("มีส่วนหัวที่โปรแกรมนี้ไม่เคยเขียน จึงไม่เปิด")
    return log2_n, block, lanes, salt, proof


def _key_and_proof(passphrase: str, salt: bytes, log2_n: int, block: int, lanes: int) -> tuple[bytes, bytes]:
    """The key, and what shows that a passphrase is right: the same work for a right and a wrong one."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    made = Scrypt(salt=salt, length=64, n=2**log2_n, r=block, p=lanes).derive(typed)
    return made[:32], hashlib.sha256(made[32:]).digest()


def _cipher(key: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
