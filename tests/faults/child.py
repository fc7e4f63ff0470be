"""The process that is hurt: ``python -m tests.faults.child OPERATION FOLDER [--count N]`` prints a mark a line.

``begin N`` stands before a step, ``done N`` right after it has returned, ``refused N "…"`` beside what the officer
would read, ``raised N "…"`` beside what she should never see. Each mark is one writev, which the product never uses: a
fault in its own writes does not hit the marks.

Without arguments it waits on its standard input, a socket, for orders, and forks such a process for each: the libraries
are loaded once, and a run begins with nothing but its own system calls.
"""

import argparse
import ctypes
import json
import os
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.services.plain_errors import plain_words
from tests.faults.faulted_operations import OPERATIONS
from tests.faults.operation_under_fault import Operation
from tests.faults.register_work import DATA
from tests.faults.weakened import WEAKNESSES

ATTEMPTS = 3  # an operation refused for a fault is tried again, as the officer would
ANY_TRACER = ctypes.c_ulong(-1)
SET_TRACER = 0x59616D61


def tell(word: str, *more: object) -> None:
    """One mark."""
    os.writev(1, [" ".join([word, *map(str, more)]).encode() + b"\n"])


def run(operation: Operation, root: Path, count: int, pause: Callable[[], None] = lambda: None) -> None:
    """Every step up to ``count``, in one sitting, however often the sitting must begin anew.

    After whatever was refused comes a ``pause``; the work goes on where the register itself says it stands.
    """
    number, troubled = 0, False
    for _ in range(ATTEMPTS):
        with problems_told(root, "sitting", pause) as sitting, operation.sitting(root) as desk:
            for _ in range(count + ATTEMPTS):
                if troubled:
                    number = _where(operation, root, desk)
                if number >= count:
                    tell("end")
                    return
                tell("begin", number)
                with problems_told(root, number, pause) as step:
                    operation.step(root, desk, number)
                    tell("done", number)
                    number += 1
                troubled = step.troubled
        troubled = sitting.troubled


def _where(operation: Operation, root: Path, desk: object) -> int:
    """Which step comes next; this look of the test's own may meet the second half of a fault."""
    for _ in range(ATTEMPTS):
        with suppress(Exception):
            return operation.reached(root, desk)
    return operation.reached(root, desk)


@dataclass
class Trouble:
    """Whether anything went wrong."""

    troubled: bool = False


@contextmanager
def problems_told(root: Path, where: object, pause: Callable[[], None]) -> Iterator[Trouble]:
    """Tell what goes wrong inside, and go on."""
    trouble = Trouble()
    try:
        yield trouble
        return
    except Exception as error:
        words = plain_words(error, root / DATA)
        if words is None:
            tell("raised", where, json.dumps(traceback.format_exc()))
        else:
            tell("refused", where, json.dumps(words))
    trouble.troubled = True
    pause()


def serve(orders: socket.socket) -> None:
    """Fork a process for every order; its answer is the process's number, then how it ended."""
    for operation in OPERATIONS.values():
        operation.warm()
    orders.sendall(b"ready\n")
    while True:
        text, handles, _, _ = socket.recv_fds(orders, 1 << 16, 2)
        if not text:
            return
        process = os.fork()
        if process == 0:
            orders.close()
            _obey(json.loads(text), *handles)
        for handle in handles:
            os.close(handle)
        orders.sendall(f"{process}\n".encode())
        if not orders.recv(1):  # until its number is no longer needed: no other process can have it
            return
        _, status = os.waitpid(process, 0)
        orders.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _obey(order: dict[str, object], marks: int, gate: int) -> None:
    """In the forked process: wait at the gate, work, end."""
    state = 1
    try:
        os.dup2(marks, 1)
        ctypes.CDLL(None).prctl(SET_TRACER, ANY_TRACER, 0, 0, 0)
        if weakness := order["weakness"]:
            WEAKNESSES[str(weakness)]()
        pause = (lambda: _wait_at(gate)) if order["pauses"] else (lambda: None)
        _wait_at(gate)
        run(OPERATIONS[str(order["operation"])], Path(str(order["root"])), int(str(order["count"])), pause)
        state = 0
    except BaseException:
        tell("raised", "child", json.dumps(traceback.format_exc()))
    finally:
        os._exit(state)


def _wait_at(gate: int) -> None:
    os.readv(gate, [bytearray(1)])  # a call the product never makes: it is not counted among its own


def main() -> int:
    """Obey the command line, or serve orders when there is none."""
    if len(sys.argv) == 1:
        serve(socket.socket(fileno=0))
        return 0
    reader = argparse.ArgumentParser(prog="python -m tests.faults.child")
    reader.add_argument("operation", choices=OPERATIONS)
    reader.add_argument("folder", type=Path)
    reader.add_argument("--count", type=int, default=1)
    reader.add_argument("--weakness", choices=WEAKNESSES)
    found = reader.parse_args()
    operation = OPERATIONS[found.operation]
    if not found.folder.exists():
        operation.prepare(found.folder)
    if found.weakness:
        WEAKNESSES[found.weakness]()
    run(operation, found.folder, found.count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
