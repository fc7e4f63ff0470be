"""Undo: the inverse of an operation, through the same door, itself an operation. Issuing and sending are not undone.

What was changed again since is never overwritten. Of an operation on many things such a thing stays as it is and is
named, and the others are taken back, after a backup; of an operation on one thing nothing is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from desktop.domain.thai_dates import short_date
from desktop.services.automatic_backups import back_up_now
from desktop.services.changes import Change, apply_within
from desktop.services.desk import CannotDo, Desk
from desktop.services.inverses import HAS_FILES, files_of, inverse
from desktop.services.progress import Progress
from desktop.storage import standing
from desktop.storage.standing import UNDO, Operation, Row

# What is never taken back: a report that is out is revised, what was seen or erased stays so.
LASTING = (
    "issued_report", "sent", "signed_copy", "erasure", "view", "register", "shipped_calendar", "restore", "export",
    "backup",
)  # fmt: skip
BEFORE_MANY = "ก่อนเลิกทำหลายรายการ"
FEW = 100  # rows looked at first: a large import is not read whole to know that something of it can be taken back
Owner = tuple[str, str]  # the kind and key of what is taken back whole or not at all


@dataclass(frozen=True)
class Kept:
    """Something that stays as it is, and why; ``number`` is the complaint's, or what else it is called."""

    number: str
    reason: str


@dataclass(frozen=True)
class Undone:
    """What an undo did: complaints taken out again, complaints (or settings) put back as they were, what it left."""

    action: str
    removed: int
    restored: int
    kept: tuple[Kept, ...] = ()


def what_can_be_undone(desk: Desk) -> Operation | None:
    """The operation the next undo takes back; None when there is none.

    What can no more be taken back, erased by law or standing under something that stays, is not in the way of the rest.
    """
    connection = desk.register.connection
    return next((found for found in standing.standing(connection, LASTING) if _can_be_undone(desk, found)), None)


def undo_newest(desk: Desk, progress: Progress | None = None) -> Undone:
    """Take the newest operation back; raises CannotDo when there is none."""
    newest = what_can_be_undone(desk)
    if newest is None:
        raise CannotDo("ไม่มีอะไรให้เลิกทำ")
    return _undo(desk, newest, progress)


def undo_import(desk: Desk, progress: Progress | None = None) -> tuple[int, Undone]:
    """Take the newest import batch back and tell its number; raises CannotDo as ``undo_operation``."""
    for batch, found in standing.batches(desk.register.connection):
        if not found.rest or _can_be_undone(desk, found):
            return batch, _undo(desk, found, progress)
    raise CannotDo("ไม่มีการนำเข้าให้ย้อนกลับ ไม่มีอะไรถูกแก้ไข")


def undo_operation(desk: Desk, operation: int, progress: Progress | None = None) -> Undone:
    """Take one operation of the history back; raises CannotDo when it cannot be, or was changed again since."""
    found = standing.to_undo(desk.register.connection, operation, LASTING)
    if found is None:
        raise CannotDo("รายการนี้เลิกทำไม่ได้ เพราะเลิกทำไปแล้ว หรือเป็นรายการที่คงอยู่ถาวร เช่น รายงานที่ออกแล้ว ไม่มีอะไรถูกแก้ไข")
    return _undo(desk, found, progress)


def may_be_undone(desk: Desk, operation: int) -> bool:
    """Whether a line of the history can be taken back as things are; of a large one only the first rows are asked."""
    found = standing.to_undo(desk.register.connection, operation, LASTING)
    if found is None:
        return False
    rows = _rows(desk, found.chain, undone=found.undone, most=FEW)
    return found.things > FEW or bool(_planned(desk, rows)[0])


def describe(found: Operation) -> str:
    """What the next undo would take back, for the menu."""
    if found.things > 1:
        return f"{found.action} ({found.things} รายการ)"
    return f"{found.action} เลขที่ {found.key}" if found.key else found.action


def kept_words(kept: Iterable[Kept]) -> list[str]:
    """A line for each thing that stays as it is."""
    return [f"{each.number}: {each.reason} จึงคงไว้ตามเดิม" for each in kept]


def _can_be_undone(desk: Desk, found: Operation) -> bool:
    """Whether something of an operation can be taken back as things are."""
    looks = (_rows(desk, found.chain, undone=found.undone, most=most) for most in (FEW, None))
    return any(_planned(desk, rows)[0] for rows in looks)


def _undo(desk: Desk, found: Operation, progress: Progress | None) -> Undone:
    if len(_by_owner(_rows(desk, found.chain, undone=found.undone))) > 1:
        back_up_now(desk, BEFORE_MANY, progress)
    with desk.transaction():
        ends: tuple[int, ...] = found.chain
        again: set[Owner] = set()
        if found.rest:  # what was taken back comes first: one undo then holds all of it
            again, operation = _bring_back(desk, found)
            ends = (*ends, operation)
        plan, kept = _planned(desk, _rows(desk, ends, undone=found.undone))
        told = [change for owner, changes in plan.items() if owner not in again for change in changes]
        if kept and not told:
            raise _refusal(found, kept)
        apply_within(desk, f"{UNDO}{found.action}", chain.from_iterable(plan.values()), undoes=ends[-1])
    removed = sum(change.after is None for change in told)
    return Undone(found.action, removed, len(told) - removed, tuple(kept))


def _bring_back(desk: Desk, found: Operation) -> tuple[set[Owner], int]:
    """Undo a former undo within the caller's transaction: what came back by it, and its operation."""
    plan, _ = _planned(desk, _rows(desk, found.chain, undone=True))
    done = apply_within(desk, f"{UNDO}{UNDO}{found.action}", chain.from_iterable(plan.values()), undoes=found.number)
    return set(plan), done.operation


def _rows(desk: Desk, ends: tuple[int, ...], *, undone: bool, most: int | None = None) -> list[Row]:
    """What is taken back; a fiscal year begun by its first complaint stays."""
    rows = standing.rows_of(desk.register.connection, ends, undone=undone, most=most)
    by_the_way = any(kind == "complaint" for kind, _, _ in rows)
    return [row for row in rows if not (by_the_way and row[0] == "fiscal_year")]


def _planned(desk: Desk, rows: list[Row]) -> tuple[dict[Owner, list[Change]], list[Kept]]:
    """What an undo changes, by what it belongs to, and what it leaves."""
    plan: dict[Owner, list[Change]] = {}
    kept: list[Kept] = []
    for owner, whole in _by_owner(rows).items():
        changes = _changes(desk, whole)
        if isinstance(changes, str):
            kept.append(Kept(_called(owner, whole), changes))
        else:
            plan[owner] = changes
    return plan, kept


def _by_owner(rows: list[Row]) -> dict[Owner, list[Row]]:
    """A file belongs to its owner; a complaint, an outage and a day stand alone; all of the office's own is one."""
    found: dict[Owner, list[Row]] = {}
    for row in rows:
        kind, key, _ = row
        owner = (kind, key) if kind in ("complaint", "outage", "calendar") else ("office", "")
        if kind == "attachment":
            owner_kind, _, rest = key.partition("/")
            owner = owner_kind, rest.rpartition("/")[0]
        found.setdefault(owner, []).append(row)
    return found


def _changes(desk: Desk, whole: list[Row]) -> list[Change] | str:
    """The changes that put one part back; why not when something of it is another by now."""
    changes = []
    for kind, key, values in whole:
        change = inverse(desk, kind, key, values)
        if isinstance(change, str):
            return change
        if change.after is None and files_of(desk, kind, key) - {key for _, key, _ in whole}:
            return HAS_FILES  # they came later
        changes.append(change)
    return changes


def _called(owner: Owner, whole: list[Row]) -> str:
    kind, key = owner
    return short_date(date.fromisoformat(key)) if kind == "calendar" else key or whole[0][1]


def _refusal(found: Operation, kept: list[Kept]) -> CannotDo:
    why = f"{kept[0].number} {kept[0].reason}"
    if len(kept) > 1:
        why = f"ทั้ง {len(kept):,} รายการของ “{found.action}” ถูกแก้ไขหรือถูกลบข้อมูลตามกฎหมายหลังจากนั้นแล้ว"
    return CannotDo(f"เลิกทำไม่ได้ เพราะ {why} ไม่มีอะไรถูกแก้ไข โปรดแก้ที่รายการนั้นโดยตรง")
