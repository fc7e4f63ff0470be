"""What a backup says of itself: the list every byte in it is held against. Read strictly: it may come from anybody."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from desktop.storage.backup_cipher import Flawed

FORMAT = 1
PROGRAM = "Rongthuk"
MANIFEST = "manifest.json"
REGISTER = "register.sqlite"
LARGEST_MANIFEST = 32 * 1024 * 1024  # bytes
LARGEST_REGISTER = 2_000_000_000  # bytes: SQLite hands over no larger one in memory
LARGEST_FILE = 64 * 1024 * 1024  # bytes of an attachment or a report
MOST_FILES = 200_000
_SHA256 = re.compile("[0-9a-f]{64}")
_PAPER = re.compile(r"\d{4}-\d{2}-\d{1,4}\.pdf")
_HEAD = re.compile(r"\d{1,18}:[0-9a-f]{64}")


@dataclass(frozen=True)
class Content:
    """A file in the backup by its SHA-256 (hex) and bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Paper:
    """An issued report's file: ``2020-01-1.pdf`` is January 2020, revision 1."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class RegisterFacts:
    """The register in the backup; ``head`` is its chain's end and ``name`` its own name, blank before it had one.

    ``attached`` counts attachments as the register does: a content attached twice counts twice.
    """

    sha256: str
    length: int
    version: int
    complaints: int
    attached: int
    newest_change: datetime | None  # UTC
    head: str
    name: str


@dataclass(frozen=True)
class Manifest:
    """A backup's list; ``missing`` are attachments that were gone or damaged when it was made; times are UTC."""

    program: str
    reason: str
    made_at: datetime
    register: RegisterFacts
    attachments: tuple[Content, ...]
    missing: tuple[str, ...]
    reports: tuple[Paper, ...]

    def members(self) -> Iterator[tuple[str, int, str]]:
        """(name, bytes, SHA-256) of everything in the backup after the manifest, in order."""
        yield REGISTER, self.register.length, self.register.sha256
        for content in self.attachments:
            yield f"attachments/{content.sha256}", content.size, content.sha256
        for paper in self.reports:
            yield f"reports/{paper.name}", paper.size, paper.sha256

    @property
    def bytes_of_members(self) -> int:
        """How many bytes all members have together."""
        return sum(size for _, size, _ in self.members())

    def to_json(self) -> bytes:
        """As it stands in the file; the format and the program come first, so that a backup is known by its start."""
        register = {**asdict(self.register), "newest_change": _spelled(self.register.newest_change)}
        lists: dict[str, Any] = {
            "register": register,
            "attachments": [asdict(each) for each in self.attachments],
            "missing": list(self.missing),
            "reports": [asdict(each) for each in self.reports],
        }
        first = {"format": FORMAT, "program": self.program, "made_at": _spelled(self.made_at), "reason": self.reason}
        return json.dumps(first | lists, ensure_ascii=False).encode()


def manifest_of_json(content: bytes) -> Manifest:
    """The manifest a backup's first member spells; raises Flawed for anything else."""
    try:
        plain = json.loads(content)
        if plain["format"] != FORMAT:
            raise Flawed("สร้างโดยโปรแกรมรุ่นใหม่กว่า โปรดใช้โปรแกรมรุ่นล่าสุด")
        manifest = _manifest(plain)
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError) as error:
        raise Flawed("มีรายการที่อ่านไม่ออก จึงไม่เปิด") from error
    _refuse_too_large(manifest)
    return manifest


def _manifest(plain: Any) -> Manifest:
    told = plain["register"]
    newest, head = told["newest_change"], _text(told["head"])
    if head and not _HEAD.fullmatch(head):
        raise ValueError(head)
    register = RegisterFacts(
        sha256=_matching(_SHA256, told["sha256"]),
        length=_count(told["length"]),
        version=_count(told["version"]),
        complaints=_count(told["complaints"]),
        attached=_count(told["attached"]),
        newest_change=None if newest is None else _moment(newest),
        head=head,
        name=_text(told["name"]),
    )
    return Manifest(
        program=_text(plain["program"]),
        reason=_text(plain["reason"]),
        made_at=_moment(plain["made_at"]),
        register=register,
        attachments=_each(plain["attachments"], lambda one: Content(_matching(_SHA256, one["sha256"]), _size(one))),
        missing=_each(plain["missing"], lambda one: _matching(_SHA256, one)),
        reports=_each(
            plain["reports"],
            lambda one: Paper(_matching(_PAPER, one["name"]), _matching(_SHA256, one["sha256"]), _size(one)),
        ),
    )


def _refuse_too_large(manifest: Manifest) -> None:
    files: tuple[Content | Paper, ...] = (*manifest.attachments, *manifest.reports)
    too_large = manifest.register.length > LARGEST_REGISTER or any(each.size > LARGEST_FILE for each in files)
    if too_large or len(files) > MOST_FILES:
        raise Flawed("คลายออกมาใหญ่เกินกว่าที่โปรแกรมนี้เคยเขียน จึงไม่เปิด")
    names = [name for name, _, _ in manifest.members()]
    if len(set(names)) < len(names):
        raise Flawed("มีชื่อซ้ำในรายการ จึงไม่เปิด")


def _each(plain: Any, read: Callable[[Any], Any]) -> tuple[Any, ...]:
    if not isinstance(plain, list):
        raise TypeError
    return tuple(read(one) for one in plain)


def _text(plain: Any) -> str:
    if not isinstance(plain, str) or len(plain) > 500:
        raise TypeError
    return plain


def _matching(pattern: re.Pattern[str], plain: Any) -> str:
    if not pattern.fullmatch(_text(plain)):
        raise ValueError
    return str(plain)


def _count(plain: Any) -> int:
    if type(plain) is not int or plain < 0:
        raise TypeError
    return plain


def _size(plain: Any) -> int:
    return _count(plain["size"])


def _moment(plain: Any) -> datetime:
    moment = datetime.fromisoformat(_text(plain))
    if moment.tzinfo is None:
        raise ValueError(plain)
    return moment.astimezone(UTC)


def _spelled(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()
