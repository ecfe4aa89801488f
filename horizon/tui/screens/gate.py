"""A gate over the screen that asks about it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from horizon.tui.keymap import Binding
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import Lines, Page


class GateScreen(ModalScreen[None]):
    """What a gate finds: what is missing, who can supply it, what is there."""

    BINDINGS = [Binding("escape,enter,q,ctrl+g", "dismiss", "Close", key_display="Esc")]

    def __init__(self, panel: Lines) -> None:
        super().__init__()
        self._panel = panel

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog line"):
            yield Page(id="gate-page")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Page).show(self._panel)
        self.query_one(VerticalScroll).focus()
