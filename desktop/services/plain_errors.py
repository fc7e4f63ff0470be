"""The errors whose message may be shown to the officer as it is: one Thai sentence, what, where, what to do next."""

import sqlite3
from pathlib import Path

from desktop.services.desk import CannotDo
from desktop.storage.register_refusals import RegisterRefused, explained

PLAIN_ERRORS: tuple[type[Exception], ...] = (CannotDo, RegisterRefused)


def plain_words(error: BaseException, folder: Path) -> str | None:
    """What the officer may read of an error: a refusal of ours, or what SQLite says of a data folder; else None."""
    if not isinstance(error, (*PLAIN_ERRORS, sqlite3.Error)):
        return None
    try:
        with explained(folder):
            raise error
    except PLAIN_ERRORS as refused:
        return str(refused)
    except sqlite3.Error:
        return None  # a mistake of ours
