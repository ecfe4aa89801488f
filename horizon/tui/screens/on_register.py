"""What every screen on the register has."""

from __future__ import annotations

from textual.message_pump import MessagePump

from horizon.register import Register


class OnRegister(MessagePump):
    """A screen of the app that has a register open, which is another one while one travels."""

    @property
    def register(self) -> Register:
        register: Register = self.app.register  # type: ignore[attr-defined]
        return register
