"""A line to search with, above a list."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input

from horizon.tui.keymap import Binding


class SearchLine(Input):
    """Esc clears it, then leaves it; down and enter go to the list."""

    DEFAULT_CSS = """
    SearchLine {
        border: none; border-left: solid $secondary 60%;
        height: 1; padding: 0 1; background: $surface;
    }
    SearchLine:focus { border: none; border-left: thick $primary; }
    """
    BINDINGS = [
        Binding("escape", "clear_or_leave", "Clear search"),
        Binding("enter,down", "leave", "To the list", key_display="Enter"),
    ]

    virtual_size = Reactive(Size(0, 0))
    """Textual's lays the whole screen out anew with every letter. This line is as wide as it is."""

    def __init__(self, to: type[Widget], *, placeholder: str, id: str) -> None:
        super().__init__(placeholder=placeholder, id=id)
        self._to = to

    def action_clear_or_leave(self) -> None:
        if self.value:
            self.value = ""
        else:
            self.action_leave()

    def action_leave(self) -> None:
        self.screen.query_one(self._to).focus()
