"""The views of the register, beside the list."""

from __future__ import annotations

from textual.widgets import OptionList

from horizon.tui.keymap import Binding


class ViewsList(OptionList):
    """Enter shows the view under the cursor."""

    BINDINGS = [
        Binding("enter", "select", "Show", id="show-view"),
        Binding("escape", "screen.clear", "To the list", id="leave-views"),
    ]
