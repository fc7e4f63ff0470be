"""Anchors: where the chain ended, written outside the register, so that an older or rewritten one is told.

An anchor is written after the commit it speaks of and may be lost with the power: it may lag behind the register,
never run ahead of it.
"""

import hashlib
import json
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.storage.chain import Head, head_of_text

WORDS = "โฟลเดอร์นี้เก็บทะเบียนเรื่องร้องทุกข์ โปรดอย่าลบหรือแก้ไขแฟ้มใด"


@dataclass(frozen=True)
class Anchor:
    """The register's name, the end of its chain, and when that was noted (UTC)."""

    register: str
    head: Head
    noted_at: datetime


def write_anchor(path: Path, register: str, head: Head) -> None:
    """Note where the chain ends; a disk that refuses leaves the older note."""
    told = json.dumps({"register": register, "head": head.text, "at": datetime.now(UTC).isoformat()})
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{WORDS}\n{told}\n{zlib.crc32(told.encode())}\n", encoding="utf-8")


def read_anchor(path: Path) -> Anchor | None:
    """The anchor of a file; None when there is none, or it was torn by a power cut."""
    with suppress(OSError, ValueError, KeyError):
        _, told, check = path.read_text(encoding="utf-8").splitlines()
        if zlib.crc32(told.encode()) == int(check):
            values = json.loads(told)
            return Anchor(values["register"], head_of_text(values["head"]), datetime.fromisoformat(values["at"]))
    return None


def outside_name(folder: Path, register: str) -> str:
    """The name of the anchor of a register in a folder, among those kept for this user of the PC."""
    return hashlib.sha256(f"{register}\n{folder.resolve()}".encode()).hexdigest()[:32]
