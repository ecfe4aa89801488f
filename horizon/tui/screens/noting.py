"""What the screens share that go through a list of questions, with a note on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input, OptionList

from horizon.tui.screens.drafting import DraftingScreen
from horizon.tui.screens.sides import SidesScreen


class NotingScreen(SidesScreen, DraftingScreen):
    """A list on the left, what it says on the right, and a line to write a note.

    A note belongs to the question it was begun on, and is kept whichever way the line is left.
    """

    NOTE = "Note, then Enter"

    def __init__(self, technology_id: str) -> None:
        super().__init__(technology_id)
        self._noting = ""

    def on_mount(self) -> None:
        self.call_later(self.begin_again)  # once it is known what the work began from

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

    def ask_to_leave(self, leave: Callable[[], object]) -> None:
        self.take_note()
        super().ask_to_leave(leave)

    def action_leave(self) -> None:
        if self._noting:
            self.take_note()
        else:
            super().action_leave()
