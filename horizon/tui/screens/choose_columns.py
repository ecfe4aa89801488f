"""Tick the columns that the list of technologies shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.widgets.selection_list import Selection

from horizon.tui.keymap import Binding
from horizon.tui.lists.columns import ALWAYS, LAST, NEVER
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.register_table import Column
from horizon.tui.widgets.ticks import Ticks

WHICH = "Which columns? Label and name always show. What does not fit is left out."


class ChooseColumns(ModalScreen[tuple[str, ...]]):
    """Tick the columns to be shown. They are remembered for this register on this machine."""

    BINDINGS = [
        Binding("enter,ctrl+s", "done", "Done", priority=True),
        Binding("u", "usual", "The usual ones"),
        Binding("escape", "leave", "Leave as it was"),
    ]

    def __init__(self, columns: Sequence[Column], held: Collection[str]) -> None:
        """`held` are the titles chosen before, or nothing for the usual columns."""
        super().__init__()
        self._columns, self._held = columns, held

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog columns"):
            yield Static(
                WHICH,
                classes="dialog-title",
            )
            yield Ticks[str](
                *[
                    Selection(Content(each.title), each.title, initial_state=self._is_held(each))
                    for each in self._columns
                    if each.title not in ALWAYS
                ]
            )
            yield Static("Space ticks one or takes the tick away.")
        yield Keys()

    def _is_held(self, column: Column) -> bool:
        if self._held:
            same = LAST if column.title in LAST else {column.title}
            return bool(same & set(self._held))
        return column.shown_from != NEVER

    def on_mount(self) -> None:
        self.query_one(Ticks).focus()

    def action_done(self) -> None:
        ticked = self.query_one(Ticks).selected
        self.dismiss((*ALWAYS, *(e.title for e in self._columns if e.title in ticked)))

    def action_usual(self) -> None:
        self.dismiss(())

    def action_leave(self) -> None:
        self.dismiss(None)
