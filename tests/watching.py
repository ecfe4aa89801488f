"""Watches the event loop: how long each turn of it keeps everything else waiting."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Watch:
    """The turns that took longest, each with what it did: processor milliseconds of this thread,
    which other programs on the machine cannot lengthen."""

    least: float = 5.0
    turns: list[tuple[float, str]] = field(default_factory=list)

    @property
    def longest(self) -> float:
        return max((each for each, _ in self.turns), default=0.0)

    def over(self, milliseconds: float) -> list[tuple[float, str]]:
        """The turns longer than that, the longest first."""
        return sorted((each for each in self.turns if each[0] > milliseconds), reverse=True)


@contextmanager
def watched_loop() -> Iterator[Watch]:
    """Time every turn of every event loop meanwhile."""
    watch = Watch()
    run = asyncio.events.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        started = time.thread_time()
        run(handle)
        taken = 1000 * (time.thread_time() - started)
        if taken > watch.least:
            watch.turns.append((taken, said(handle)))

    asyncio.events.Handle._run = timed  # type: ignore[method-assign]
    try:
        yield watch
    finally:
        asyncio.events.Handle._run = run  # type: ignore[method-assign]


def said(handle: asyncio.Handle) -> str:
    """What a turn did: the task and where in its code it now waits."""
    task = getattr(handle._callback, "__self__", None)
    if isinstance(task, asyncio.Task):
        return f"{task.get_name()}"
    return repr(handle._callback)
