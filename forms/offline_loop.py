"""Runs a coroutine that waits for nothing outside this process.

asyncio's own loops open a pair of sockets the moment they are made (on Windows over the network stack); this product
opens none, so pyHanko's coroutines run here.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine
from contextvars import Context, copy_context
from typing import Any, TypeVar, TypeVarTuple

Given = TypeVar("Given")
Arguments = TypeVarTuple("Arguments")


class OfflineLoop(asyncio.AbstractEventLoop):
    """An event loop of calls alone: no sockets, no timers, no threads; anything else raises NotImplementedError."""

    def __init__(self) -> None:
        self._ready: deque[tuple[asyncio.Handle, Context, Callable[..., object], tuple[Any, ...]]] = deque()

    def get_debug(self) -> bool:
        """Never."""
        return False

    def time(self) -> float:
        """Seconds, from anywhere."""
        return time.monotonic()

    def create_future(self) -> asyncio.Future[Any]:
        """A future of this loop."""
        return asyncio.Future(loop=self)

    def create_task(self, coro: Any, **options: Any) -> asyncio.Task[Any]:
        """A task of this loop."""
        return asyncio.Task(coro, loop=self, **options)

    def call_soon(
        self, callback: Callable[[*Arguments], object], *args: *Arguments, context: Context | None = None
    ) -> asyncio.Handle:
        """Call it in its turn."""
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append((handle, context or copy_context(), callback, args))
        return handle

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Says nothing: what fails reaches the caller as an exception."""

    def run(self, coroutine: Coroutine[Any, Any, Given]) -> Given:
        """The coroutine's result; raises RuntimeError when it waits for something outside."""
        asyncio._set_running_loop(self)
        try:
            task: asyncio.Task[Given] = self.create_task(coroutine)
            while not task.done():
                if not self._ready:
                    raise RuntimeError("the coroutine waits for something outside this process")
                handle, context, callback, args = self._ready.popleft()
                if not handle.cancelled():
                    context.run(callback, *args)
            return task.result()
        finally:
            asyncio._set_running_loop(None)


def run_offline(coroutine: Coroutine[Any, Any, Given]) -> Given:
    """The coroutine's result, without a socket; raises RuntimeError when it waits for something outside."""
    loop = OfflineLoop()  # type: ignore[abstract]  # the other forty methods would reach outside
    return loop.run(coroutine)
