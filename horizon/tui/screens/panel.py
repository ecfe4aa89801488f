"""A few lines over the screen they are about."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from horizon.model.wording import printable
from horizon.tui.keymap import Binding
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import Lines, Page


class PanelScreen(ModalScreen[None]):
    """More about what is under the cursor."""

    BINDINGS = [Binding("escape,enter,q,w", "dismiss", "Close", key_display="Esc")]

    def __init__(self, title: str, lines: Lines) -> None:
        super().__init__()
        self._title, self._lines = title, lines

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog line"):
            yield Static(Content(printable(self._title)), classes="dialog-title")
            yield Page(id="panel")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Page).show(self._lines)
        self.query_one(VerticalScroll).focus()
