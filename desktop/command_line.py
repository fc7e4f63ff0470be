"""The command line: the product for scripts and for checking it from outside, over the same services as the window.

Exit states: 0 done; 1 could not, one Thai sentence on standard error; 2 the command line itself is wrong.
"""

import argparse
import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from desktop import paths
from desktop.commands.arguments import parser, wrong_together
from desktop.commands.thai_parser import ThaiParser
from desktop.domain.thai_dates import short_date

COULD_NOT = 1


def main(arguments: list[str] | None = None) -> int:
    """Run one command, or open the window when there is none; returns the exit state."""
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    reader = parser(paths.program_version())
    found = reader.parse_args(arguments)
    _check(reader, found)
    return _over(found, paths.data_folder(found.data))


def _over(found: argparse.Namespace, folder: Path) -> int:
    """Run over a data folder: what is written is its owner's alone, and what happens is in the log there."""
    from desktop.services.logbook import How, kept_in
    from desktop.storage.places import keep_to_owner

    if os.name == "posix":
        os.umask(0o077)  # SQLite's own files too; on Windows the rights of the user's profile serve
    keep_to_owner(folder)
    with kept_in(folder, paths.program_version(), How.COMMAND if found.command else How.WINDOW):
        if found.command is None:
            from desktop.app import run_window

            return run_window(folder, found.today)
        return _run(found, folder)


def _speak_utf8(stream: TextIO | Any) -> None:
    """Thai comes out right whatever the console's code page is; a windowed program on Windows has no stream at all."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")


def _check(reader: ThaiParser, found: argparse.Namespace) -> None:
    """What the parser cannot see: options that do not go together, and days after today."""
    wrong = wrong_together(found) if found.command else None
    if wrong is None and found.command:
        wrong = _after_today(found)
    if wrong:
        reader.error(wrong)


def _after_today(found: argparse.Namespace) -> str | None:
    from desktop.services.desk import bangkok_today

    today = found.today or bangkok_today()
    days = {"--on": getattr(found, "on", None)}
    if found.command == "sent":
        days["วันนำส่ง"] = found.day
    for name, day in days.items():
        if isinstance(day, date) and day > today:
            return f"{name} {short_date(day)} อยู่หลังวันนี้ ({short_date(today)})"
    return None


def _run(found: argparse.Namespace, folder: Path) -> int:
    from desktop.commands.answer import Answer
    from desktop.commands.carrying_out import carry_out
    from desktop.services import logbook
    from desktop.services.desk import CannotDo
    from desktop.services.logbook import Happened
    from desktop.services.plain_errors import plain_words
    from desktop.storage.register_refusals import RegisterRefused

    try:
        answer: Answer = carry_out(found, folder)
    except (CannotDo, RegisterRefused) as refused:
        logbook.note_error(Happened.REFUSED, type(refused), refused.__traceback__)
        return _refuse(str(refused))
    except KeyboardInterrupt:
        logbook.note(Happened.WORK_CANCELLED)
        return _refuse("ยกเลิกแล้ว ไม่มีอะไรถูกแก้ไข")
    except Exception as error:
        if words := plain_words(error, folder):  # the disk failed while something was only read
            logbook.note_error(Happened.REFUSED, type(error), error.__traceback__)
            return _refuse(words)
        logbook.note_error(Happened.UNFORESEEN, type(error), error.__traceback__)
        return _refuse(_unforeseen(found, folder, error))
    logbook.note(Happened.DONE)
    told = _tell(answer.document if found.json else answer.words, as_json=found.json)
    return _refuse(answer.problem) if answer.problem else told


def _unforeseen(found: argparse.Namespace, folder: Path, error: Exception) -> str:
    """A row another program has spoilt fails anywhere: only a register that passes is told to be whole."""
    from desktop.commands.carrying_out import damage_of

    damage = damage_of(found, folder)
    return damage or (
        f"โปรแกรมทำคำสั่งนี้ไม่สำเร็จเพราะความผิดพลาดภายใน ({type(error).__name__}) ข้อมูลที่บันทึกแล้วอยู่ครบ โปรดแจ้งผู้ดูแล"
    )


def _tell(answer: object, *, as_json: bool) -> int:
    text = json.dumps(answer, ensure_ascii=False) if as_json else "\n".join(_lines(answer))
    try:
        print(text, flush=sys.stdout is not None)
    except BrokenPipeError:  # the reader of our output has gone: nothing is left to tell
        sys.stdout = None
    except OSError:
        sys.stdout = None  # nor is anything to be flushed at the end
        return _refuse("ทำคำสั่งแล้ว แต่เขียนคำตอบออกมาไม่ได้ โปรดตรวจที่ว่างของดิสก์หรือปลายทางของคำตอบ")
    return 0


def _lines(answer: object) -> list[str]:
    return [str(line) for line in answer] if isinstance(answer, list) else [str(answer)]


def _refuse(sentence: str) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return COULD_NOT
