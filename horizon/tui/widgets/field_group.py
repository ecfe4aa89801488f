"""Fields that come and go together on a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Button

from horizon.tui.widgets.fields import Field, FieldBox


class FieldGroup(Vertical):
    """Some fields about one thing, with a button that takes them off the form.

    The fields' names begin with the group's own, so that several groups fit on one form.
    """

    DEFAULT_CSS = """
    FieldGroup { height: auto; border-left: thick $panel; padding: 0 0 0 1; margin: 0 0 1 0; }
    FieldGroup Button { margin: 0; }
    """

    class TakenOff(Message):
        """A group has left the form."""

    def __init__(self, name: str, what: str, fields: Sequence[Field]) -> None:
        super().__init__(name=name, id=f"group-{name}", classes="field-group")
        self._what = what
        self._fields = tuple(fields)

    def compose(self) -> ComposeResult:
        for field in self._fields:
            yield FieldBox(field)
        yield Button(f"Take {self._what} off (F9)", classes="take-off", compact=True)

    @property
    def first(self) -> str:
        """The id of the widget to write in first."""
        return f"#field-{self._fields[0].name}"

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the fields, under their own names."""
        return self.taken({box.field.name: box.text for box in self.query(FieldBox)})

    def taken(self, values: dict[str, Any]) -> dict[str, Any]:
        """The group's values out of the form's, under the fields' own names."""
        start = f"{self.name}-"
        return {
            name.removeprefix(start): value
            for name, value in values.items()
            if name.startswith(start)
        }

    @on(Button.Pressed, ".take-off")
    async def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        await self.take_off()

    async def take_off(self) -> None:
        """Leave the form."""
        screen = self.screen
        await self.remove()
        screen.post_message(self.TakenOff())
