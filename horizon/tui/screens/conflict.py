"""Somebody else changed the same thing first: both versions, and a choice for each field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from horizon.model.errors import Conflict
from horizon.model.wording import printable
from horizon.tui.keymap import Binding
from horizon.tui.widgets.keys import Keys

NOTHING = "(nothing)"


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed: what it was, what the other made it, what one wrote."""

    name: str
    title: str
    before: str
    theirs: str
    mine: str


class ConflictScreen(ModalScreen[frozenset[str] | None]):
    """Choose for each field whose version is kept. Nothing has been saved yet.

    Gives back the names of the fields in which theirs is kept, or nothing when it is left.
    """

    BINDINGS = [
        Binding("enter,ctrl+s", "done", "Save as chosen", priority=True),
        Binding("t", "keep(1)", "Theirs"),
        Binding("m", "keep(0)", "Mine"),
        Binding("space", "turn", "The other", show=False),
        Binding("escape", "leave", "Back to my work"),
    ]

    def __init__(self, conflict: Conflict, clashes: Sequence[Clash]) -> None:
        super().__init__()
        self._conflict, self._clashes = conflict, tuple(clashes)
        self._theirs: set[str] = set()

    def compose(self) -> ComposeResult:
        said = "\n".join(f"  {each}" for each in self._conflict.changes)
        with Vertical(classes="dialog conflict"):
            yield Static(
                Content(f"{self._conflict.label} was changed by someone else while you worked"),
                classes="dialog-title",
            )
            with VerticalScroll(id="conflict-said", can_focus=False):
                yield Static(Content(printable(said)))
            yield OptionList(id="clashes")
            yield Static("Nothing is saved yet. t keeps theirs, m keeps yours, Enter saves.")
        yield Keys()

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        for each in self._clashes:
            options.add_option(Option(self._drawn(each), id=each.name))
        options.focus()
        options.highlighted = 0

    def _drawn(self, each: Clash) -> Content:
        kept = each.name in self._theirs
        lines = [
            f"{each.title}, which was {each.before or NOTHING}",
            f"  {'(x)' if kept else '( )'} theirs  {each.theirs or NOTHING}",
            f"  {'( )' if kept else '(x)'} yours   {each.mine or NOTHING}",
        ]
        return Content("\n".join(printable(line).replace("\n", " ") for line in lines))

    @property
    def _at(self) -> int:
        return self.query_one(OptionList).highlighted or 0

    def action_keep(self, theirs: int) -> None:
        """Keep theirs or mine of the field under the cursor, and go on to the next."""
        each = self._clashes[self._at]
        (self._theirs.add if theirs else self._theirs.discard)(each.name)
        options = self.query_one(OptionList)
        options.replace_option_prompt(each.name, self._drawn(each))
        options.highlighted = min(self._at + 1, len(self._clashes) - 1)

    def action_turn(self) -> None:
        """Keep the other version of the field under the cursor."""
        each = self._clashes[self._at]
        at = self._at
        self.action_keep(int(each.name not in self._theirs))
        self.query_one(OptionList).highlighted = at

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.action_turn()

    def action_done(self) -> None:
        self.dismiss(frozenset(self._theirs))

    def action_leave(self) -> None:
        self.dismiss(None)
