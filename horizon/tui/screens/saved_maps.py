"""How files were read before, kept under names."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from horizon.intake.maps import SavedMap
from horizon.model.wording import printable
from horizon.tui.importing.words import field_name
from horizon.tui.keymap import Binding
from horizon.tui.screens.choose_one import Choices, WriteLine
from horizon.tui.widgets.keys import Keys


class SavedMaps(ModalScreen[tuple[str, str]]):
    """Keep how this file is read under a name, or read it as another was read.

    Gives back `keep`, `use` or `forget` with a name.
    """

    BINDINGS = [
        Binding("delete", "forget", "Forget it"),
        Binding("escape", "leave", "Back"),
    ]

    def __init__(self, known: Mapping[str, SavedMap], fitting: Collection[str]) -> None:
        """`fitting` are those whose columns this file has."""
        super().__init__()
        self._known = dict(known)
        self._names = sorted(known, key=lambda name: (name not in fitting, name.casefold()))
        self._fitting = fitting

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog choose-one"):
            yield Static("Ways to read a file: which column is what", classes="dialog-title")
            yield Choices(
                Option(Content("Keep how this file is read, under a name")),
                *[Option(Content(printable(self._words(name)))) for name in self._names],
            )
        yield Keys()

    def _words(self, name: str) -> str:
        each = self._known[name]
        columns = ", ".join(f"{field_name(k)} from {v}" for k, v in each.columns.items() if v)
        unfit = "" if name in self._fitting else " (this file has other columns)"
        return f"Read it as: {name}{unfit}\n  {columns[:200]}"

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.focus()
        options.highlighted = 1 if self._names and self._names[0] in self._fitting else 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what was kept can be forgotten."""
        return action != "forget" or (self.is_mounted and bool(self._at))

    @property
    def _at(self) -> int:
        """The line under the cursor; the first keeps a new one."""
        return self.query_one(OptionList).highlighted or 0

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        if self._at:
            self.dismiss(("use", self._names[self._at - 1]))
            return

        def named(name: str | None) -> None:
            if name:
                self.dismiss(("keep", " ".join(name.split())))

        self.app.push_screen(WriteLine("Keep it under which name?"), named)

    def action_forget(self) -> None:
        if self._at:
            self.dismiss(("forget", self._names[self._at - 1]))

    def action_leave(self) -> None:
        self.dismiss(None)
