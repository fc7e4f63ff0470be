"""The commands ``backup`` and ``restore``."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from desktop.commands.answer import Answer
from desktop.commands.signing_commands import passphrase_from
from desktop.services.backups import Backup, make_backup, refuse_passphrase
from desktop.services.desk import Desk
from desktop.services.outside_copies import is_outside
from desktop.services.restoring import restore as restore_backup


def backup(desk: Desk, found: argparse.Namespace) -> tuple[Answer, Backup]:
    """Write a verified backup; reads ``file`` and ``passphrase_file`` (a path or None). A reading desk will do."""
    made = make_backup(desk, found.file, _passphrase(found.passphrase_file), reason="คำสั่ง backup")
    document = {
        "ok": True,
        "file": str(found.file),
        "complaints": made.complaints,
        "attachments": made.attachments,
        "sha256": made.sha256,
        "missing": list(made.missing),
    }
    words = [f"สำรองและตรวจทานแล้ว {made.complaints} เรื่อง แฟ้มแนบ {made.attachments} แฟ้ม: {found.file}"]
    if made.missing:
        words.append(f"แฟ้มแนบ {len(made.missing)} แฟ้มหายหรือเสียหายอยู่ก่อนแล้ว จึงไม่อยู่ในสำเนา โปรดดูคำสั่ง verify")
    return Answer(document, words), made


def counts_as_outside(folder: Path, found: argparse.Namespace) -> bool:
    """Whether what ``backup`` wrote is what the reminder asks for: sealed, and on another disk."""
    return found.passphrase_file is not None and is_outside(folder, found.file.absolute().parent)


def restore(folder: Path, found: argparse.Namespace) -> Answer:
    """Put a backup in the place of what is in a data folder, whose register must not be open; reads as ``backup``."""
    done = restore_backup(folder, found.file, _passphrase(found.passphrase_file), datetime.now(UTC))
    aside = None if done.moved_aside is None else str(done.moved_aside)
    document = {"ok": True, "complaints": done.complaints, "attachments": done.attachments, "moved_aside": aside}
    words = [f"กู้คืนแล้ว {done.complaints} เรื่อง แฟ้มแนบ {done.attachments} แฟ้ม จาก {found.file}"]
    words += [f"ข้อมูลเดิมเก็บไว้ที่ {aside}"] if aside else []
    return Answer(document, [*words, done.remark] if done.remark else words)


def _passphrase(path: Path | None) -> str | None:
    if path is None:
        return None
    passphrase = passphrase_from(path)
    refuse_passphrase(passphrase)
    return passphrase
