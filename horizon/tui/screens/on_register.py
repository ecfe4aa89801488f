"""What every screen on the register has."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import ClassVar

from textual import getters
from textual.events import Resize
from textual.message_pump import MessagePump

from horizon.register import Register
from horizon.tui.host import Host
from horizon.tui.keymap import Binding

EXPORT = Binding("x", "export", "Export")
"""Exports what is on the screen."""


class OnRegister(MessagePump):
    """A screen of the app that has a register open, which is another one while one travels."""

    app = getters.app(Host)

    @property
    def register(self) -> Register:
        return self.app.register

    def fit(self, width: int) -> None:
        """Take on the classes that styles ask for where the window is so many columns wide."""

    async def on_screen_resume(self) -> None:
        """Let others have a turn of the event loop: now everything on the screen is styled."""
        await asyncio.sleep(0)

    def on_compose(self) -> None:
        """Fit before there is anything to style: else everything is styled twice. What was said on
        the screen below would cover this one."""
        self.fit(self.app.size.width)
        self.app.hush()

    async def on_resize(self, event: Resize) -> None:
        await asyncio.sleep(0)
        self.fit(event.size.width)


class Exported(OnRegister):
    """A screen with the key `EXPORT`, which begins with what shows the same in a file."""

    EXPORTS: ClassVar[str] = ""
    """The id of what is exported from here."""

    @property
    def export_choices(self) -> Mapping[str, str]:
        """The choices that an export begins with, by the fields of the Export screen."""
        return {"what": self.EXPORTS}

    def action_export(self) -> None:
        """Export what is on the screen."""
        from horizon.tui.screens.export import ExportScreen

        if self.app.may_write():
            self.app.push_screen(ExportScreen(begin=self.export_choices))
