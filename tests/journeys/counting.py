"""Somebody whose keys are counted."""

from __future__ import annotations

from textual.widgets import Input, TextArea

from tests.tui.using import User


class Counting(User):
    """Somebody whose keys are counted: those that do something, without the letters of texts."""

    keys = 0

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await super().press(*keys)

    async def write(self, text: str) -> None:
        """Write a text into whatever has the focus. Its letters are nobody's cost but their own."""
        focused = self.app.focused
        if isinstance(focused, TextArea):
            focused.text = text
        else:
            assert isinstance(focused, Input)
            focused.value = text
        await self.pilot.pause()


def counting(user: User) -> Counting:
    return Counting(user.app, user.pilot)
