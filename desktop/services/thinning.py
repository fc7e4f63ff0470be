"""Which automatic backups may go: all of the last two days stay, then one a day, then one a week, nothing very old.

Erasures by law must have left every backup within 90 days. A clock that looks wrong thins nothing, until backups of
seven days show that it goes on from there; a backup from after now is never touched.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from itertools import pairwise

from desktop.domain.thai_dates import BANGKOK
from desktop.services.desk import LONGEST_ABSENCE

ALL_OF = timedelta(days=2)
DAILY, WEEKLY = 14, 6  # days, then weeks, with a backup, counted back from there: the newest of each
LONGEST_KEPT = timedelta(days=90)
SETTLED = 7  # days with a backup after which a leap of the clock is no doubt any more


def to_thin(made: Collection[datetime], now: datetime) -> list[datetime]:
    """Which of these moments' backups may go, oldest first; the newest up to now, just verified, always stays."""
    newest_first = sorted({each for each in made if each <= now}, reverse=True)
    if not newest_first or clock_is_doubtful(made, now):
        return []
    kept = {newest_first[0]} | {each for each in newest_first if now - each <= ALL_OF}
    days = _newest_of_each(newest_first, lambda each: each.astimezone(BANGKOK).date())
    kept |= {*[each for each in days if each not in kept][:DAILY]}
    weeks = _newest_of_each(newest_first, lambda each: each.astimezone(BANGKOK).isocalendar()[:2])
    kept |= {*[each for each in weeks if each not in kept][:WEEKLY]}
    kept = {each for each in kept if now - each <= LONGEST_KEPT} | {newest_first[0]}
    return [each for each in reversed(newest_first) if each not in kept]


def clock_is_doubtful(made: Collection[datetime], now: datetime) -> bool:
    """Whether the clock went back, or leapt ahead by more than the longest absence, and has not settled since."""
    past = sorted({each for each in made if each <= now})
    leaps = [later for earlier, later in pairwise([*past, now]) if later - earlier > LONGEST_ABSENCE]
    if not leaps and len(past) == len(set(made)):
        return False
    steady = [each for each in past if not leaps or each >= leaps[-1]]
    return len({each.astimezone(BANGKOK).date() for each in steady}) < SETTLED


def _newest_of_each(newest_first: list[datetime], period_of: Callable[[datetime], object]) -> list[datetime]:
    """The newest moment of each period, newest first."""
    found: dict[object, datetime] = {}
    for each in newest_first:
        found.setdefault(period_of(each), each)
    return list(found.values())
