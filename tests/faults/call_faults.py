"""A fault at every system call that touches the folder: the disk full, the disk ill, no right, the process killed."""

import random
import re
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from desktop.storage.register_folder import REGISTER_NAME
from tests.faults.fault_figures import Figure
from tests.faults.nursery import Ground, Marks, Workshop
from tests.faults.operation_under_fault import Operation
from tests.faults.recording import Call, calls_of
from tests.faults.register_work import PAPERS
from tests.faults.tracing import Watch, traced
from tests.faults.verdicts import Verdict

CONTROLS = ("no transaction", "no words")
STEPS = 2  # of a run: the first in a sitting, and one more
KILL = "SIGKILL"
FULL, ILL, NO_RIGHT = "ENOSPC", "EIO", "EACCES"
# What each call can meet on a real disk; every one of them can be the last thing a process did.
FAULTS: dict[str, tuple[str, ...]] = {
    "write": (FULL, ILL), "pwrite64": (FULL, ILL), "sendfile": (FULL, ILL), "copy_file_range": (FULL, ILL),
    "ftruncate": (ILL,), "fsync": (FULL, ILL), "fdatasync": (FULL, ILL),
    "openat": (FULL, ILL, NO_RIGHT), "mkdir": (FULL, ILL, NO_RIGHT),
    "rename": (FULL, ILL, NO_RIGHT), "link": (FULL, ILL, NO_RIGHT), "unlink": (ILL, NO_RIGHT),
    "unlinkat": (ILL, NO_RIGHT), "rmdir": (ILL, NO_RIGHT), "pread64": (ILL,), "read": (ILL,),
}  # fmt: skip
NEVER_KILLED = ("pread64", "read")  # reading changes nothing
READS = (*NEVER_KILLED, "openat")
# A word of the sentence the officer may read for each fault; damage is never what she is told.
WORDS = {FULL: "เต็ม|ที่ว่าง", ILL: "ดิสก์|อุปกรณ์", NO_RIGHT: "สิทธิ์|เปิดค้าง|เปิดแฟ้มค้าง"}
DAMAGE = "เสียหาย"
SYNCS = ("fsync", "fdatasync")


@dataclass(frozen=True)
class Place:
    """One system call of a run: the k-th of its name."""

    call: str
    ordinal: int
    path: PurePosixPath
    fault: str

    @property
    def told(self) -> str:
        """The place in a line."""
        return f"{self.fault} at {self.call} {self.ordinal} ({self.path.name})"


def fault_everywhere(
    workshop: Workshop, operation: Operation, count: int | None, chance: random.Random, weakness: str | None
) -> Figure:
    """Put a fault at every place of a run, or at ``count`` drawn ones; each folder and each word is judged."""
    figure = Figure("call", operation.name)
    ground = workshop.ground(operation)
    places = list(_places(workshop, ground, weakness))
    if count is not None:
        places = chance.sample(places, min(count, len(places)))
    for place in places:
        figure.tried += 1
        figure.landed += _hurt(figure, workshop, ground, place, weakness)
    return figure


def _places(workshop: Workshop, ground: Ground, weakness: str | None) -> Iterator[Place]:
    """Every call of a run without faults that touches its folder, with every fault it can meet."""
    root, recorded = ground.fresh(workshop.scratch / "hurt"), workshop.scratch / "counted.strace"
    options = ("-e", f"trace={','.join(FAULTS)}", "-e", "signal=none")
    traced(workshop.nursery, ground.operation, root, STEPS, Watch(options, recorded), weakness)
    counts = dict.fromkeys(FAULTS, 0)
    for call in calls_of(recorded):
        counts[call.name] += 1
        touched = [path for path in call.paths if path.is_relative_to(root)]
        for fault in _faults_of(call, root, ground.folder) if touched else ():
            yield Place(call.name, counts[call.name], touched[0], fault)


def _faults_of(call: Call, root: Path, before: Path) -> Iterator[str]:
    """What a call can meet: to open what is there already takes no room."""
    path = call.paths[0]
    there = path.is_relative_to(root) and Path(before, path.relative_to(root)).exists()
    makes = "O_CREAT" in call.arguments and not there
    yield from (fault for fault in FAULTS[call.name] if fault != FULL or call.name != "openat" or makes)
    if call.name not in NEVER_KILLED:
        yield KILL


def _hurt(figure: Figure, workshop: Workshop, ground: Ground, place: Place, weakness: str | None) -> bool:
    """One run with one fault; tells whether it hit."""
    root, recorded = ground.fresh(workshop.scratch / "hurt"), workshop.scratch / "hurt.strace"
    what = "signal=KILL" if place.fault == KILL else f"error={place.fault}"
    # SQLite opens a file it may not write for reading: that is refused too.
    twice = place.fault != KILL and place.call == "openat" and place.path.name.startswith(REGISTER_NAME)
    when = f"{place.ordinal}..{place.ordinal + 1}" if twice else str(place.ordinal)
    options = ("-e", f"trace={place.call}", "-e", f"inject={place.call}:{what}:when={when}")
    verdict = Verdict()

    def judge_as_refused(marks: Marks) -> None:
        found = workshop.scratch / "refused"
        shutil.rmtree(found, ignore_errors=True)
        shutil.copytree(root, found)
        verdict.include(ground.judge(found, marks))
        if verdict.ahead:
            verdict.half.append("a paper is out that the register does not know")

    watch = Watch(options, recorded, on_pause=judge_as_refused)
    marks, state = traced(workshop.nursery, ground.operation, root, STEPS, watch, weakness)
    hit = [path for call in calls_of(recorded) if call.injected for path in call.paths]
    if not (state == -signal.SIGKILL if place.fault == KILL else any(path.is_relative_to(root) for path in hit)):
        return False
    verdict.include(ground.judge(root, marks))
    if place.fault != KILL:
        verdict.words += _wrong_words(place, marks, hit, ground.operation)
    figure.add(verdict, place.told)
    return True


def _wrong_words(place: Place, marks: Marks, hit: list[PurePosixPath], operation: Operation) -> Iterator[str]:
    """What should not have been said of the fault, and whether the work went on after it."""
    yield from (f"raised {text.strip().splitlines()[-1]}" for text in marks.said("raised"))
    yield from (f"said {text}" for text in marks.said("refused") if not is_right_sentence(text, place, hit))
    if not marks.ended:
        yield f"did not go on: {marks.lines}"
    if place.call in SYNCS and not marks.pauses and not _may_be_unsynced(place.path, operation):
        yield "acknowledged what the disk did not keep"


def is_right_sentence(text: str, place: Place, hit: list[PurePosixPath]) -> bool:
    """Whether a text is one Thai sentence that names the trouble of what was hit and speaks of no damage."""
    words = WORDS[place.fault]
    own = [re.escape(path.name) for path in hit if place.call in READS and PAPERS in path.parts]
    words = "|".join([words, *own])  # of the officer's own file it is enough to name it
    if place.call in SYNCS:  # SQLite does not tell why a disk would not keep what it had taken
        words = f"{words}|{WORDS[ILL]}"
    plain = len(text.splitlines()) == 1 and re.search("[ก-๙]{4}", text) and "Errno" not in text
    return bool(plain and re.search(words, text) and DAMAGE not in text)


def _may_be_unsynced(path: PurePosixPath, operation: Operation) -> bool:
    """A folder, of which SQLite does not ask what became; and what the operation goes on without."""
    return Path(path).is_dir() or bool(re.fullmatch(operation.goes_on_without, path.name))
