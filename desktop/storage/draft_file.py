"""What is typed and not saved yet, in one file beside the register: ``register.drafts``, whole or not there.

Never in the register itself: saving may be closed there while what is typed must still outlive a crash. It holds names
and telephone numbers, so it is its owner's alone and goes as soon as nothing is left in it.
"""

import json
import os
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop.storage.durable import keep_folder, replace_patiently

NAME = "register.drafts"
MAKING_NAME = "register.drafts.making"
DAMAGED_NAME = "register.drafts.damaged"  # the last one that could not be read
VERSION = 1

Value = str | bool | list[list[str]]  # a text, a tick, rows of texts
Values = Mapping[str, Value]


@dataclass(frozen=True)
class Draft:
    """What is typed in one form: which form of which thing, since when and until when (UTC), and what stands there.

    ``base`` is what the fields showed before anything was typed.
    """

    form: str
    key: str
    begun: datetime
    kept_at: datetime
    values: Values
    base: Values


class DraftsDamaged(Exception):
    """The file of drafts is none; it is untouched so far."""


def read_drafts(folder: Path) -> list[Draft]:
    """The drafts of a data folder, oldest first; raises DraftsDamaged, and OSError when the disk refuses."""
    try:
        content = (folder / NAME).read_bytes()
    except FileNotFoundError:
        return []
    try:
        whole = json.loads(content)
        drafts = whole["drafts"]
        if whole["version"] != VERSION or whole["check"] != _check(drafts):
            raise DraftsDamaged
        return sorted((_draft(each) for each in drafts), key=lambda draft: draft.begun)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DraftsDamaged from error


def write_drafts(folder: Path, drafts: Sequence[Draft]) -> None:
    """Keep these drafts and no others; raises OSError, and leaves the older ones then."""
    if not drafts:
        remove_drafts(folder)
        return
    plain = [_plain(draft) for draft in drafts]
    content = json.dumps({"version": VERSION, "check": _check(plain), "drafts": plain}, ensure_ascii=False).encode()
    making = folder / MAKING_NAME
    handle = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with open(handle, "wb") as file:  # noqa: PTH123  (a handle has no path)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    replace_patiently(making, folder / NAME)


def remove_drafts(folder: Path) -> None:
    """Leave no draft, nor what a kill left of one in the making."""
    for name in (NAME, MAKING_NAME):
        (folder / name).unlink(missing_ok=True)
    keep_folder(folder)


def move_aside(folder: Path) -> Path:
    """Move a damaged file of drafts out of the way, over an older damaged one, and tell where."""
    aside = folder / DAMAGED_NAME
    replace_patiently(folder / NAME, aside)
    return aside


def remove_damaged(folder: Path) -> None:
    """Take a damaged file away for good: nobody can tell whose names are in it."""
    (folder / DAMAGED_NAME).unlink(missing_ok=True)


def sweep_making(folder: Path) -> None:
    """Take away what a kill left of a file in the making."""
    with suppress(OSError):
        (folder / MAKING_NAME).unlink(missing_ok=True)


def _check(plain: list[dict[str, Any]]) -> int:
    return zlib.crc32(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode())


def _plain(draft: Draft) -> dict[str, Any]:
    return {
        "form": draft.form,
        "key": draft.key,
        "begun": draft.begun.astimezone(UTC).isoformat(),
        "kept_at": draft.kept_at.astimezone(UTC).isoformat(),
        "values": dict(draft.values),
        "base": dict(draft.base),
    }


def _draft(plain: dict[str, Any]) -> Draft:
    begun, kept_at = (datetime.fromisoformat(plain[name]) for name in ("begun", "kept_at"))
    if begun.tzinfo is None or kept_at.tzinfo is None:
        raise ValueError("a moment without its zone")
    return Draft(_text(plain["form"]), _text(plain["key"]), begun, kept_at, *map(_values, _both(plain)))


def _both(plain: dict[str, Any]) -> tuple[Any, Any]:
    return plain["values"], plain["base"]


def _values(plain: dict[str, Any]) -> dict[str, Value]:
    return {_text(name): _value(value) for name, value in plain.items()}


def _value(plain: Any) -> Value:
    if isinstance(plain, bool | str):
        return plain
    if not isinstance(plain, list) or not all(isinstance(row, list) for row in plain):
        raise TypeError(type(plain))
    return [[_text(cell) for cell in row] for row in plain]


def _text(plain: Any) -> str:
    if not isinstance(plain, str):
        raise TypeError(type(plain))
    return plain
