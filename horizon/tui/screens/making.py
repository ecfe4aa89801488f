"""A form whose outcome takes a while to make: in a thread of its own, with what is being done said,
and Esc to stop it."""

from __future__ import annotations

import time
from functools import partial
from typing import Literal

from textual import on
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Button, Static

from horizon.model.errors import HorizonError
from horizon.papers.issuing import Prepared
from horizon.tui.exporting.exports import Choice, aside
from horizon.tui.screens.form import FormScreen
from horizon.tui.widgets.keys import Keys

TICK = 0.5
"""Seconds between two looks at how long the work has taken."""

Purpose = Literal["preview", "export"]


class Stopped(Exception):
    """The work is not wanted any more."""


class Doing(Message):
    """The work has come to another step."""

    def __init__(self, number: int, step: str) -> None:
        super().__init__()
        self.number, self.step = number, step


class Made(Message):
    """The work is done: what was prepared, or why it could not be."""

    def __init__(self, purpose: Purpose, number: int, outcome: Prepared | HorizonError) -> None:
        super().__init__()
        self.purpose, self.number, self.outcome = purpose, number, outcome


class MakingScreen(FormScreen):
    """Makes a preview, or the thing itself. Only what was asked for last is shown."""

    DEFAULT_CSS = """
    MakingScreen #working { display: none; height: auto; padding: 0 2; background: $surface; }
    MakingScreen #working.shown { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[Purpose, int] = {"preview": 0, "export": 0}
        self._ticking: Timer | None = None
        self._began = 0.0
        self._step = ""

    def made(self, purpose: Purpose, outcome: Prepared | HorizonError) -> None:
        """Called with what was prepared, or why it could not be."""
        raise NotImplementedError  # pragma: no cover

    def on_mount(self) -> None:  # Textual calls that of each class
        self.mount(Static(id="working", markup=False), before=self.query_one(Keys))

    def on_unmount(self) -> None:
        """Nobody waits for what is still being made."""
        for purpose in self._numbers:
            self.forget(purpose)

    @property
    def is_making(self) -> bool:
        """Whether the thing itself is being made now."""
        return self._ticking is not None

    def forget(self, purpose: Purpose) -> None:
        """What is being made for this purpose is not wanted any more."""
        self._numbers[purpose] += 1

    def begin(self, purpose: Purpose, choice: Choice) -> None:
        """Make what was chosen, in place of what was asked for before."""
        self.forget(purpose)
        work = partial(self._work, purpose, self._numbers[purpose], choice)
        self.run_worker(work, thread=True, group=purpose)

    def make(self, choice: Choice) -> None:
        """Make the thing itself, and say how that goes."""
        self.forget("preview")
        self._began, self._step = time.monotonic(), "Beginning"
        self._ticking = self.set_interval(TICK, self._tick)
        self.query_one("#save", Button).disabled = True
        self._tick()
        self.begin("export", choice)

    def stop_making(self, words: str = "") -> None:
        """Stop what is being made, and what is said of it."""
        self.forget("export")
        if self._ticking is not None:
            self._ticking.stop()
            self._ticking = None
        self.query_one("#save", Button).disabled = False
        self.say_working(words)

    def say_working(self, words: str) -> None:
        """Say what is being done."""
        working = self.query_one("#working", Static)
        working.update(Content(words))
        working.set_class(bool(words), "shown")

    def _work(self, purpose: Purpose, number: int, choice: Choice) -> None:
        """Prepare what was chosen. Runs in a thread of its own, on a register of its own."""

        def tell(step: str) -> None:
            if self._numbers[purpose] != number:
                raise Stopped
            if purpose == "export":
                self.post_message(Doing(number, step))

        outcome: Prepared | HorizonError
        try:
            with aside(self.register) as own:
                outcome = choice.prepare(own, tell)
        except Stopped:
            return
        except HorizonError as error:
            outcome = error
        self.post_message(Made(purpose, number, outcome))

    @on(Doing)
    def _doing(self, message: Doing) -> None:
        if message.number == self._numbers["export"]:
            self._step = message.step
            self._tick()

    @on(Made)
    def _made(self, message: Made) -> None:
        if message.number == self._numbers[message.purpose]:
            if message.purpose == "export":
                self.stop_making()
            self.made(message.purpose, message.outcome)

    def _tick(self) -> None:
        spent = int(time.monotonic() - self._began)
        said = f" ({spent} s)" if spent else ""
        self.say_working(f"{self._step}{said}. Esc cancels: nothing is written until it is done.")
