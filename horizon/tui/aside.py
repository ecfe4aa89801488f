"""Work on a large register in a thread, so that no key waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from textual.widget import Widget
from textual.worker import get_current_worker

from horizon.register.reader import Reader, Still
from horizon.tui.still_there import still_there

Result = TypeVar("Result")

FEW = 500
"""Technologies of which any list takes no longer than a key may wait."""


def is_large(register: Reader) -> bool:
    """Whether a look at every technology would keep a key waiting."""
    return len(register.state.technologies) > FEW


@dataclass(frozen=True, slots=True)
class _Task:
    register: Reader
    work: Callable[[Still], Any]
    then: Callable[[Any], None] | None


class Aside:
    """Does one thing at a time for a screen, and after it what was asked for last. What it works on
    is the register as it stood when it began; what that keeps, the register keeps too."""

    def __init__(self, screen: Widget) -> None:
        self._screen = screen
        self._doing: _Task | None = None
        self._next: _Task | None = None

    @property
    def is_busy(self) -> bool:
        return self._doing is not None

    def begin(
        self,
        register: Reader,
        work: Callable[[Still], Result],
        then: Callable[[Result], None] | None = None,
    ) -> None:
        """Do some work and call `then` with what it gives, unless other work is asked for
        meanwhile."""
        task = _Task(register, work, then)
        if self._doing is not None:
            self._next = task
            return
        self._doing = task
        do = partial(self._do, task, register.standing_still())
        self._screen.run_worker(do, thread=True, group="aside")

    def drop(self) -> None:
        """Nobody waits for what is being done any more."""
        self._next = None
        if self._doing is not None:
            self._doing = replace(self._doing, then=None)

    def _do(self, task: _Task, still: Still) -> None:
        worker = get_current_worker()
        given = task.work(still)
        if not worker.is_cancelled:  # the screen is there to hear of it
            self._screen.app.call_from_thread(self._done, task, still, given)

    def _done(self, task: _Task, still: Still, given: Any) -> None:
        task.register.keep_from(still)
        done, following = self._doing, self._next
        self._doing = self._next = None
        if not still_there(self._screen):
            return
        if following is not None:
            self.begin(following.register, following.work, following.then)
        elif done is not None and done.then is not None:
            done.then(given)
