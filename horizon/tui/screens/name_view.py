"""The name under which a search is kept."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from horizon.model.wording import printable
from horizon.tui.keymap import Binding
from horizon.tui.widgets.keys import Keys


class Name(Input):
    """What the view is called."""

    BINDINGS = [Binding("enter", "submit", "Keep it")]


class NameView(ModalScreen[str]):
    """Give the search a name, or press Esc."""

    BINDINGS = [Binding("escape", "cancel", "Cancel")]

    def __init__(self, query: str) -> None:
        super().__init__()
        self._query = query

    def compose(self) -> ComposeResult:
        asked = f"Keep the search for {self._query!r} as a view"
        with Vertical(classes="dialog capture"):
            yield Static(Content(printable(asked)), classes="dialog-title")
            yield Name(placeholder="Its name", id="view-name", max_length=20)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(" ".join(event.value.split()))

    def action_cancel(self) -> None:
        self.dismiss("")
