"""A preview beside the list, of what the cursor rests on."""

from __future__ import annotations

import sys
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from textual import on
from textual.events import Resize
from textual.screen import Screen
from textual.timer import Timer

from horizon.tui.screens.on_register import OnRegister
from horizon.tui.still_there import still_there
from horizon.tui.widgets.page import Page
from horizon.tui.widgets.register_table import RegisterTable

if TYPE_CHECKING:
    from collections.abc import Callable

REST = 0.15
"""Seconds that the cursor stays on a technology before its preview is made: the list itself is
drawn first, and none is made between two letters of a search."""

PREVIEW = "horizon.tui.pages.preview"
"""What makes a preview. It brings all that can be judged with it, so it is loaded when the first
rows stand."""


class PreviewingScreen(OnRegister, Screen[None]):
    """A screen with a list and, where it is `wide`, a preview of one technology beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._resting: Timer | None = None

    async def on_resize(self, event: Resize) -> None:
        self._look_closer()

    @on(RegisterTable.Highlighted)
    def _look_closer(self) -> None:
        """Preview where the cursor comes to rest."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._preview)

    def _preview(self) -> None:
        """Show what is under the cursor, where there is room beside the list."""
        if not still_there(self) or not self.has_class("wide"):
            return
        if PREVIEW not in sys.modules:
            ready = partial(self.app.call_from_thread, self._preview)
            self.run_worker(partial(_load, ready), thread=True, exit_on_error=False)
            return
        from horizon.tui.pages.preview import preview

        at = self.query_one(RegisterTable).current
        here = at in self.register.state.technologies
        self.query_one("#preview-text", Page).show(preview(self.register, at) if here else ())


def _load(then: Callable[[], None]) -> None:
    """Load what previews need, in a thread of its own: the keys do not wait for that."""
    import_module(PREVIEW)
    from horizon.model.technology import Technology

    Technology.model_rebuild()
    then()
