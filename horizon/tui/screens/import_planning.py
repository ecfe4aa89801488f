"""The part of the Import screen that has work done in threads: planning, taking in, undoing."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual import getters, on
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from horizon.intake.choices import Choices
from horizon.intake.report import Report
from horizon.model.errors import HorizonError
from horizon.register import Register
from horizon.tui.importing.words import in_app
from horizon.tui.importing.work import Paced, Planned, Stopped, Undone, planned, taken_in
from horizon.tui.messages import RegisterChanged
from horizon.tui.screens.work import WorkScreen
from horizon.tui.still_there import still_there
from horizon.tui.undo_imports import UndoImports

REST = 0.6
"""Seconds without another decision after which the plan is made anew."""

BAR = 20
"""Characters of the bar that shows how far the work has come."""


class Came(Message):
    """Planning has come so far, in hundredths."""

    def __init__(self, number: int, share: int) -> None:
        super().__init__()
        self.number, self.share = number, share


class Made(Message):
    """A plan was made, or it is clear why there is none."""

    def __init__(self, number: int, found: Planned) -> None:
        super().__init__()
        self.number, self.found = number, found


class PlanningScreen(WorkScreen):
    """Plans the import of a file in a thread, and keeps what was decided until it is taken in.

    `choices` are what somebody said so far, `planned` the newest plan, `done` the report of what
    was imported. `touched` says that something would be lost by leaving now.
    """

    app = getters.app(UndoImports)

    def __init__(self) -> None:
        super().__init__()
        self.choices = Choices()
        self.planned: Planned | None = None
        self.done: Report | None = None
        self.touched = False
        self._number = 0
        self._busy = ""
        self._writing = False
        self._then_save = False
        self.told = ""
        """Why nothing was imported: to be read until somebody does something about it."""
        self._resting: Timer | None = None

    @property
    def has_work(self) -> bool:
        return self._writing or (self.touched and self.done is None)

    @property
    def report(self) -> Report | None:
        """What was imported, or else what would be."""
        return self.done or (self.planned.report if self.planned else None)

    @property
    def is_busy(self) -> bool:
        """Whether a thread is at work that the person waits for."""
        return bool(self._busy)

    def on_unmount(self) -> None:
        """Nobody waits for what is still being planned."""
        self._number += 1

    # To be said by the screen

    def show_plan(self) -> None:
        """Show the newest plan, or why there is none."""
        raise NotImplementedError

    def show_plan_again(self) -> None:
        """Show the plan that stands, below what was said."""
        raise NotImplementedError

    def show_done(self) -> None:
        """Show what was imported."""
        raise NotImplementedError

    def forget(self) -> None:
        """Be as if no file had been chosen yet."""
        self.planned, self.done, self.choices = None, None, Choices()
        self.touched, self.told = False, ""

    # Planning

    def plan(self, path: Path, choices: Choices) -> None:
        """Plan the import of a file, and show it when it is done."""
        self._begin(path, choices, None)

    def plan_again(self, choices: Choices | None = None) -> None:
        """Plan the same file anew, with other choices. What was read of it serves again."""
        held = self.planned
        if held is not None:
            self.choices = choices or self.choices
            self._begin(held.path, self.choices, held)

    @property
    def is_behind(self) -> bool:
        """Whether something was decided that the newest plan does not know of."""
        return self.planned is not None and self.planned.choices != self.choices

    def save_when_planned(self) -> None:
        """Plan what was decided, then go on to import it."""
        self._then_save = True
        self.plan_again()

    def plan_soon(self) -> None:
        """Plan anew once nobody has decided anything for a moment."""
        self._number += 1  # a plan that is being made does not know of it
        self._stop_resting()
        self._resting = self.set_timer(REST, self.plan_again)

    def _stop_resting(self) -> None:
        if self._resting is not None:
            self._resting.stop()
            self._resting = None

    def _begin(self, path: Path, choices: Choices, before: Planned | None) -> None:
        self._stop_resting()
        self._number += 1
        self.say_busy("Planning" if before and before.table else f"Reading {path.name}")
        work = partial(self._plan, self._number, path, choices, before)
        self.run_worker(work, thread=True, group="plan")

    def _plan(self, number: int, path: Path, choices: Choices, before: Planned | None) -> None:
        """Runs in a thread of its own."""

        def tell(share: int) -> None:
            self.post_message(Came(number, share))

        paced = Paced(tell, lambda: self._number == number)
        try:
            found = planned(self.app.present, path, choices, paced, before)
        except Stopped:
            return
        self.post_message(Made(number, found))

    @on(Came)
    def _came(self, message: Came) -> None:
        if message.number == self._number and not self._writing:
            filled = BAR * message.share // 100
            bar = f"{'█' * filled}{'·' * (BAR - filled)}"
            self.say_busy(f"Planning  {bar}  {message.share}%")

    @on(Made)
    def _made(self, message: Made) -> None:
        if message.number != self._number or not still_there(self):
            return
        self.say_busy("")
        found, held = message.found, self.planned
        if held and held.table and not found.report and not found.lacks_name:
            self.choices = held.choices  # what cannot be done so leaves all as it was
            self.say(in_app(found))
            self.show_plan_again()
            return
        self.planned, self.choices = found, found.choices
        self.show_plan()

    def cancel(self) -> None:
        """Stop planning. What was planned before stands."""
        self._number += 1
        self._then_save = False
        self._stop_resting()
        self.say_busy("")

    def say_busy(self, words: str) -> None:
        """Say what is being done, and that Esc stops it."""
        self._busy = words
        stops = "" if self._writing or not words else "   Esc cancels"
        progress = self.query_one("#progress", Static)
        progress.update(words + stops)
        progress.set_class(bool(words), "shown")
        self.refresh_bindings()

    @on(RegisterChanged)
    def _moved_on(self) -> None:
        """Somebody changed the register: what is planned may not hold any more."""
        if self.planned and self.planned.report and self.done is None and not self._writing:
            self.plan_soon()

    # Taking in

    def take_in(self, report: Report) -> None:
        """Import what the plan says, as one change."""
        self._stop_resting()
        self._number += 1  # a plan that is still being made is not wanted any more
        self._writing = self.app.writing_aside = True
        self.say_busy("Writing it into the register, as one change")
        self.run_worker(partial(self._take_in, report), thread=True, group="take")

    def _take_in(self, report: Report) -> None:
        """Runs in a thread of its own."""
        try:
            own, done = taken_in(self.app.present, report)
        except HorizonError as error:
            self.app.call_from_thread(self._not_taken, error)
        else:
            self.app.call_from_thread(self._taken, own, done)

    def _taken(self, own: Register, done: Report) -> None:
        self._writing = self.app.writing_aside = False
        self.done, self.touched = done, False
        self.app.imported(own, done.import_id)
        if still_there(self):
            self.say_busy("")
            self.show_done()

    def _not_taken(self, error: HorizonError) -> None:
        """The register has moved on since the plan was made: it is made anew."""
        self._writing = self.app.writing_aside = False
        if still_there(self):
            self.plan_again()
            self.refused(error)

    # Undoing

    def undo_import(self) -> None:
        """Take back what was imported here, as one step."""
        done = self.done
        if done is not None and done.import_id and not self._writing:
            self._writing = True
            self.say_busy("Taking it back")
            self.app.undo_import(done.import_id, self._undone)

    def _undone(self, undone: Undone | None) -> None:
        self._writing = False
        if still_there(self):
            self.say_busy("")
            if undone is not None:
                self.done = None
                self.plan_again()
