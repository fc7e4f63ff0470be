"""A register of an older program is kept before it is brought along; why it cannot be is told as a refusal."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from desktop.services.automatic_backups import before_migration
from desktop.services.desk import CannotDo
from desktop.services.verifying import damage_words
from desktop.storage.examination import examine
from desktop.storage.register import Connection
from desktop.storage.register_refusals import RegisterDamaged, RegisterRefused


def kept_before_migration(folder: Path, version: str, now: datetime) -> Callable[[Connection], None]:
    """What the opening of a register shows it to; ``version`` is the program's, ``now`` is UTC.

    It raises RegisterDamaged when the register itself does not pass, RegisterRefused when no backup can be made of it:
    nothing is changed then.
    """
    back_up = before_migration(folder, version, now)

    def keep(connection: Connection) -> None:
        try:
            back_up(connection)
        except CannotDo as problem:
            problems = examine(connection).problems
            if problems:
                raise RegisterDamaged(damage_words(folder, problems)) from problem
            raise RegisterRefused(f"ยังไม่ได้เปิดทะเบียนรุ่นก่อน เพราะต้องสำรองก่อนปรับปรุง แต่{problem}") from problem

    return keep
