"""Keys that come faster than a form takes them: each is heeded where it was meant to go."""

from __future__ import annotations

from collections import deque
from time import monotonic

from textual.app import App
from textual.events import Event, Key
from textual.message_pump import MessagePump

LOST = 1.0
"""Seconds after which a key that has not arrived counts as lost."""


class TypedAhead(App[None]):
    """The part of the app that lets keys wait on a form."""

    def __init__(self) -> None:
        super().__init__()
        self._early: deque[Key] = deque()
        self._arrives_by = 0.0

    async def on_event(self, event: Event) -> None:
        """On a form each key waits until it is whole, and until the key before has been heeded:
        what is typed after Tab goes into the next field, however fast it comes."""
        if isinstance(event, Key) and not event.is_forwarded and (self._early or self._on_form):
            self._early.append(event)
            await self.press_early()
        else:
            await super().on_event(event)

    @property
    def _on_form(self) -> bool:
        return bool(self.screen_stack) and hasattr(self.screen, "is_whole")

    @property
    def _on_its_way(self) -> bool:
        """Whether a key has not arrived. One that gets lost holds no other up for long."""
        return monotonic() < self._arrives_by

    async def press_early(self) -> None:
        """Press the keys that wait, each when the one before it has gone all its way from the field
        that has the focus to the app. A form calls this when it is whole."""
        whole = not self.screen_stack or getattr(self.screen, "is_whole", True)
        if not self._early or self._on_its_way or not whole:
            return
        self._arrives_by = monotonic() + LOST
        way = self.focused.ancestors_with_self if self.focused else ()
        await super().on_event(self._early.popleft())
        await self._follow([*way, self])

    async def _follow(self, way: list[MessagePump]) -> None:
        while way:
            node, *way = way
            if node.call_later(self._follow, way):
                return
        self._arrives_by = 0.0
        await self.press_early()
