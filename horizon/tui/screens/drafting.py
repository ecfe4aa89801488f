"""What the screens share whose unfinished work is kept as a draft, on its author's machine alone.

Scores, ethics answers, decisions, proposals and minutes take a while. What was given so far is
there again when the screen is opened next, whatever became of the program meanwhile.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from textual import on
from textual.timer import Timer
from textual.widgets import Input, Select, TextArea
from textual.widgets.select import InvalidSelectValueError

from horizon.drafts import Draft
from horizon.model.technology import Technology
from horizon.model.wording import count, day
from horizon.register import Register
from horizon.tui.screens.ask import DISCARD, KEEP, Ask
from horizon.tui.screens.form import FormScreen
from horizon.tui.screens.work import WorkScreen
from horizon.tui.widgets.fields import FieldBox

LATER = "Leave for later"
KEPT = "It is kept on this machine, for you alone, until you save it or throw it away."


ETHICS = "ethics"
"""What a draft of ethics answers is of."""


def round_of(technology: Technology) -> str:
    """What a draft of scores is of: those of one round are nothing to another."""
    current = technology.open_round
    return f"scores of round {current.number}" if current else "scores"


def draft_of(register: Register, technology_id: str, what: str) -> Draft:
    """Where this person's unfinished work of some sort on a technology is kept."""
    return Draft((register.state.head.register_id, technology_id, register.person_id, what))


class DraftingScreen(WorkScreen):
    """A screen that keeps a draft of its work with `keep`, and puts it back with `begin_again`.

    Where a class has another base beside this one, this comes last: Textual finds styles by the
    first base alone.
    """

    GIVEN: ClassVar[str] = "answer"
    """What the work is made of, one of them."""

    def drafted(self) -> str:
        """What the draft is of, beside the technology and the person."""
        raise NotImplementedError

    def work(self) -> dict[str, Any]:
        """What was given so far, as JSON has it."""
        raise NotImplementedError

    async def take_up(self, work: dict[str, Any]) -> int:
        """Put back what was given and is still asked for. Gives how many there are."""
        raise NotImplementedError

    @property
    def draft(self) -> Draft:
        """Where this person's unfinished work on this technology is kept."""
        return draft_of(self.register, self.technology_id, self.drafted())

    def keep(self) -> bool:
        """Keep what was given so far. Gives whether it could be."""
        if not self.has_work:
            self.draft.drop()
            return True
        on = day(self.register.today)
        return self.draft.keep({"on": on, "expect": self.expect, "given": self.work()})

    async def begin_again(self) -> None:
        """Put the draft back, if there is one, and say so."""
        held = self.draft.load()
        given, expect = held.get("given"), held.get("expect")
        back = await self.take_up(given) if isinstance(given, dict) else 0
        if back:
            if isinstance(expect, int) and self.technology_id:
                self.expect = expect  # what changed since is told before anything is saved
            said = f"Your draft of {held.get('on')} is here again: {count(back, self.GIVEN)}."
            self.notify(said, markup=False)

    def save(self, command: Callable[[], Any], done: str) -> None:
        def handed_in() -> Any:
            result = command()
            self.draft.drop()
            return result

        super().save(handed_in, done)

    def ask_to_leave(self, leave: Callable[[], object]) -> None:
        if not self.keep():
            super().ask_to_leave(leave)
            return

        def answered(answer: str | None) -> None:
            if answer == DISCARD:
                self.draft.drop()
            if answer in (LATER, DISCARD):
                leave()

        self.app.push_screen(Ask(f"{self.UNSAVED} {KEPT}", (KEEP, LATER, DISCARD)), answered)


class DraftingForm(FormScreen, DraftingScreen):
    """A form that keeps a draft, a moment after each key."""

    GIVEN = "field"
    PAUSE: ClassVar[float] = 1.0
    """Seconds after a key until the draft is kept."""

    def __init__(self, technology_id: str = "") -> None:
        super().__init__(technology_id)
        self._soon: Timer | None = None

    def filled(self) -> None:
        self.call_later(self.begin_again)

    def work(self) -> dict[str, Any]:
        """What was filled in."""
        return {box.field.name: box.text for box in self.query(FieldBox) if box.is_changed}

    async def take_up(self, work: dict[str, Any]) -> int:
        self.put_back(self.query(FieldBox), work)
        return len(self.changed)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Select.Changed)
    def _keep_soon(self) -> None:
        if self.is_whole and self._soon is None:
            self._soon = self.set_timer(self.PAUSE, self._keep_now)

    def _keep_now(self) -> None:
        self._soon = None
        self.keep()

    def save(self, command: Callable[[], Any], done: str) -> None:
        if self._soon is not None:
            self._soon.stop()
            self._soon = None
        super().save(command, done)

    def put_back(self, boxes: Iterable[FieldBox], texts: Mapping[str, Any]) -> None:
        """Write into fields what stood in them. What is not offered any more is left out."""
        for box in boxes:
            if box.field.name in texts:
                with self.prevent(Select.Changed), contextlib.suppress(InvalidSelectValueError):
                    box.put(str(texts[box.field.name]))
