"""Choose another moment: the register as at a day or an event."""

from __future__ import annotations

from time import monotonic

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from horizon.model.errors import HorizonError
from horizon.model.wording import printable
from horizon.register import Register
from horizon.register.as_at import Archive, Moment, moment_of
from horizon.tui.collecting import uncollected
from horizon.tui.keymap import Binding
from horizon.tui.still_there import still_there
from horizon.tui.widgets.keys import Keys

OFTEN = 0.1
"""Seconds between two words of how far the reading has come."""

CHOICES = ("today", "1 week ago", "1 month ago", "3 months ago", "6 months ago", "1 year ago")


class DayInput(Input):
    """The day to go to."""

    BINDINGS = [Binding("enter", "submit", "Go there", id="go-there")]


class TravelScreen(ModalScreen[Register]):
    """Look at the register as it was. Nothing can be changed there."""

    BINDINGS = [
        Binding("escape", "cancel", "Cancel"),
        Binding("down", "app.focus_next", "Choices", show=False),
    ]

    def __init__(
        self,
        archive: Archive,
        present: Register,
        question: str = "Show the register as it stood on which day?",
        moment: Moment | None = None,
    ) -> None:
        """With a `moment`, it is gone to at once."""
        super().__init__()
        self._archive, self._present = archive, present
        self._question, self._moment = question, moment

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog travel"):
            yield Label(Content(self._question), classes="dialog-title")
            yield Label("A date (2026-03-31), an event's number, or ↓ to choose:")
            yield DayInput(id="moment", placeholder="today")
            yield OptionList(*[Option(each.capitalize()) for each in CHOICES], id="choices")
            yield Static(id="travel-said", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        if self._moment is not None:
            self._go(self._moment)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        self._try(event.value)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._try(CHOICES[event.option_index])

    def _try(self, text: str) -> None:
        try:
            moment = moment_of(text, self._present.today)
        except HorizonError as error:
            self._say(str(error))
            return
        if moment is None:
            self.dismiss(self._present)
        else:
            self._go(moment)

    def _say(self, words: str) -> None:
        if still_there(self):
            self.query_one("#travel-said", Static).update(printable(words))

    def _go(self, moment: Moment) -> None:
        self._say("Reading the journal...")
        self._fold(moment)

    @work(thread=True, exclusive=True, group="travel")
    def _fold(self, moment: Moment) -> None:
        worker = get_current_worker()
        last, shown = max(1, self._present.state.head.seq), monotonic()

        def heard(seq: int) -> None:
            nonlocal shown
            if monotonic() - shown > OFTEN:
                shown = monotonic()
                words = f"Reading the journal... {100 * seq // last}%"
                self.app.call_from_thread(self._say, words)

        try:
            with uncollected(kept=True):
                past = self._archive.at(moment, heard, lambda: worker.is_cancelled)
        except HorizonError as error:
            self.app.call_from_thread(self._say, str(error))
            return
        if past is not None and not worker.is_cancelled:
            self.app.call_from_thread(self._arrive, past)

    def _arrive(self, past: Register) -> None:
        if still_there(self):
            self.dismiss(past)

    def action_cancel(self) -> None:
        self.dismiss(None)
