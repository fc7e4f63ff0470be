"""Running commands as others do: in this process for speed, or as a program of its own."""

import hashlib
import json
import re
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.command_line import main

DERIVED = ("id", "next_step", "next_due", "next_act_by", "next_check", "list_check")
BUSINESS_TABLES = (
    "complaint", "entry", "reopening", "complaint_type", "quality_item", "office_year", "attachment", "outage",
    "calendar_change", "setting", "issued_report", "sent",
)  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    state: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its JSON document; it must be the only thing on standard output."""
        assert self.state == 0, self.err
        return json.loads(self.out)


class Commands:
    """Runs commands over one data folder on one day."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], today: str = "2020-06-01") -> None:
        self.folder, self.capsys, self.today = folder, capsys, today

    def run(self, *words: object) -> Ran:
        """Run a command with JSON answers."""
        return self.plain("--json", *words)

    def plain(self, *words: object) -> Ran:
        """Run a command as typed."""
        self.capsys.readouterr()
        arguments = ["--data", str(self.folder), "--today", self.today, *map(str, words)]
        try:
            state = main(arguments)
        except SystemExit as ended:
            state = int(ended.code or 0)
        out, err = self.capsys.readouterr()
        return Ran(state, out, err)

    def json(self, *words: object) -> Any:
        """Run a command that must succeed and read its JSON."""
        return self.run(*words).json


def program(*words: object, **environment: str) -> Ran:
    """Run the program as a process of its own."""
    import os

    done = subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, words)],
        capture_output=True, text=True, encoding="utf-8", env={**os.environ, **environment}, timeout=120,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def is_one_thai_sentence(text: str) -> bool:
    """Whether a message is one line in Thai without a traceback."""
    lines = text.strip().splitlines()
    return len(lines) == 1 and bool(re.search("[ก-๙]{4}", lines[0])) and "Traceback" not in text


def digest(folder: Path) -> str:
    """SHA-256 over an ordered dump of the business tables; row ids and derived columns left out."""
    connection = sqlite3.connect(f"{(folder / 'register.sqlite').as_uri()}?mode=ro", uri=True)
    try:
        dumped = []
        for table in BUSINESS_TABLES:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            kept = [name for name in columns if name not in DERIVED]
            if "complaint" in kept and table != "complaint":
                kept[kept.index("complaint")] = "(SELECT number FROM complaint AS whole WHERE whole.id = complaint)"
            dumped.append(sorted(connection.execute(f"SELECT {', '.join(kept)} FROM {table}"), key=repr))
        return hashlib.sha256(repr(dumped).encode()).hexdigest()
    finally:
        connection.close()
