"""Progress and cancelling of long work."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from desktop.services.desk import CannotDo

STEP = 250
Progress = Callable[[int, int], bool]  # (done, of): returns False to cancel
T = TypeVar("T")


class Cancelled(CannotDo):
    """The officer stopped the work; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("ยกเลิกแล้ว ไม่มีอะไรถูกแก้ไข")


def watched(items: Iterable[T], total: int, progress: Progress | None) -> Iterator[T]:
    """The items one by one, telling how many are done; raises Cancelled when the officer says so."""
    for done, item in enumerate(items):
        if progress is not None and done % STEP == 0 and not progress(done, total):
            raise Cancelled
        yield item
    if progress is not None:
        progress(total, total)
