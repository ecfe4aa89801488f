"""Picking technologies on a list, to change one thing on all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual.screen import Screen

from horizon.tui.keymap import Binding
from horizon.tui.screens.on_register import OnRegister
from horizon.tui.widgets.register_table import Column, RegisterTable

MARK = 2
"""Characters that the star before a label takes."""


class PickingScreen(OnRegister, Screen[None]):
    """A screen with a list of technologies, some of which are picked. They stay picked through
    searches and other views, until something is changed on them or Esc lets them go."""

    BINDINGS = [
        Binding("space", "pick", "Pick", show=False, tooltip="Pick it, to change several at once"),
        Binding("asterisk", "pick_all", "Pick all", show=False, tooltip="All that are listed"),
        Binding("e", "change_picked", "Change picked", show=False, tooltip="One thing on all"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._picked: dict[str, None] = {}

    @property
    def picked(self) -> list[str]:
        """The ids of what is picked and still in the register, in the order of picking."""
        held = self.register.state.technologies
        return [each for each in self._picked if each in held]

    @property
    def listed_ids(self) -> list[str]:
        """The ids of what is listed, in its order."""
        raise NotImplementedError

    def show_picked(self) -> None:
        """Draw the list again with what is picked now."""
        raise NotImplementedError

    def with_room(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """The columns with room for the star before the label."""
        first, *rest = columns
        return (replace(first, width=first.width + MARK), *rest) if self.picked else tuple(columns)

    def said_of_picked(self) -> str:
        """How many are picked and what to do with them, before what else is said of the list."""
        number = len(self.picked)
        return f"{number} picked (e changes them, Esc lets go)  ·  " if number else ""

    def action_pick(self) -> None:
        """Pick what is under the cursor, or let it go, and go on to the next."""
        table = self.query_one(RegisterTable)
        if table.has_focus and table.current:
            self._turn([table.current])
            table.action_move(1)

    def action_pick_all(self) -> None:
        """Pick all that is listed, or let all of it go."""
        self._turn(self.listed_ids)

    def _turn(self, ids: Sequence[str]) -> None:
        if all(each in self._picked for each in ids):
            for each in ids:
                del self._picked[each]
        else:
            self._picked |= dict.fromkeys(ids)
        self.show_picked()

    def pick_none(self) -> None:
        """Let go of everything."""
        if self._picked:
            self._picked.clear()
            self.show_picked()

    def action_change_picked(self) -> None:
        """Change one thing on all that is picked."""
        from horizon.tui.screens.change_many import ChangeManyScreen

        if not self.picked:
            self.notify("Pick technologies with Space first, or all that are listed with *.")
        elif self.app.may_write():
            self.app.push_screen(ChangeManyScreen(self.picked), self._changed_picked)

    def _changed_picked(self, done: str | None) -> None:
        if done:
            self.pick_none()
