"""What the screens share that go through a list of questions, with a note on each.

That takes a while, so what was given so far is kept as a draft with every key: it is there again
when the screen is opened next, whatever became of the program meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from textual import on
from textual.widget import Widget
from textual.widgets import Input, OptionList

from horizon.drafts import Draft
from horizon.model.wording import count, day
from horizon.tui.screens.ask import DISCARD, KEEP, Ask
from horizon.tui.screens.sides import SidesScreen

LATER = "Leave for later"
KEPT = "It is kept on this machine, for you alone, until you save it or throw it away."


class NotingScreen(SidesScreen):
    """A list on the left, what it says on the right, and a line to write a note.

    A note belongs to the question it was begun on, and is kept whichever way the line is left.
    """

    NOTE = "Note, then Enter"
    GIVEN = "answer"
    """What is given to each question."""

    def __init__(self, technology_id: str) -> None:
        super().__init__(technology_id)
        self._noting = ""

    def on_mount(self) -> None:
        self.call_later(self._take_up)  # once it is known what the work began from

    def drafted(self) -> str:
        """What the draft is of, beside the technology and the person."""
        raise NotImplementedError

    def work(self) -> dict[str, dict[str, Any]]:
        """What was given so far, by question."""
        raise NotImplementedError

    def take_up(self, work: dict[str, Any]) -> int:
        """Put back what was given to each question that is still asked. Gives how many."""
        raise NotImplementedError

    @property
    def draft(self) -> Draft:
        """Where this person's unfinished work on this technology is kept."""
        register = self.register
        about = (register.state.head.register_id, self.technology_id, register.person_id)
        return Draft((*about, self.drafted()))

    def keep(self) -> bool:
        """Keep what was given so far. Gives whether it could be."""
        if not self.has_work:
            self.draft.drop()
            return True
        on = day(self.register.today)
        return self.draft.keep({"on": on, "expect": self.expect, "given": self.work()})

    def _take_up(self) -> None:
        held = self.draft.load()
        given, expect = held.get("given"), held.get("expect")
        back = self.take_up(given) if isinstance(given, dict) else 0
        if back:
            if isinstance(expect, int):
                self.expect = expect  # what changed since is told before anything is saved
            said = f"Your draft of {held.get('on')} is here again: {count(back, self.GIVEN)}."
            self.notify(said, markup=False)

    def detail(self) -> Iterable[Widget]:
        yield Input(id="note", placeholder=self.NOTE)
        yield from super().detail()

    def put_note(self, about: str, note: str) -> None:
        """Keep what was written about a question."""
        raise NotImplementedError

    def ask_note(self, about: str, held: str) -> None:
        """Open the line to write on, with what is written already."""
        self._noting = about
        note = self.query_one("#note", Input)
        note.value = held
        note.add_class("shown")
        note.focus()

    def take_note(self) -> None:
        """Keep what stands in the line, if it is open, and close it."""
        if self._noting:
            about, self._noting = self._noting, ""
            note = self.query_one("#note", Input)
            self.query_one(OptionList).focus()
            note.remove_class("shown")
            self.put_note(about, note.value.strip())

    @on(Input.Submitted, "#note")
    def _submitted(self) -> None:
        self.take_note()

    @on(Input.Blurred, "#note")
    def _blurred(self) -> None:
        if self.app.app_focus:  # else another window is in front, and typing goes on later
            self.take_note()

    def save(self, command: Callable[[], Any], done: str) -> None:
        def handed_in() -> Any:
            result = command()
            self.draft.drop()
            return result

        super().save(handed_in, done)

    def ask_to_leave(self, leave: Callable[[], object]) -> None:
        self.take_note()
        if not self.keep():
            super().ask_to_leave(leave)
            return

        def answered(answer: str | None) -> None:
            if answer == DISCARD:
                self.draft.drop()
            if answer in (LATER, DISCARD):
                leave()

        self.app.push_screen(Ask(f"{self.UNSAVED} {KEPT}", (KEEP, LATER, DISCARD)), answered)

    def action_leave(self) -> None:
        if self._noting:
            self.take_note()
        else:
            super().action_leave()
