"""Keys that a person has chosen, and what keys are called."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.screen import Screen

from horizon.model.errors import BadInput
from horizon.tui.keymap import keys_path, read_keys, spelt


class OwnKeys(App[None]):
    """The part of the app that presses what the person's own file says."""

    def __init__(self) -> None:
        super().__init__()
        self._own_keys: dict[str, str] = {}
        self._clashed: set[str] = set()

    def get_key_display(self, binding: Binding) -> str:
        """Keys are called the same in the footer, in the help and in what is said of them."""
        return binding.key_display or spelt(binding.key)

    def use_keys(self) -> None:
        """Press what the person's own file says."""
        try:
            self._own_keys = read_keys(keys_path())
            self.set_keymap(self._own_keys)
        except BadInput as error:
            self.notify(f"{error} The usual keys hold.", severity="warning", markup=False)

    def refuse_clashes(self, screen: Screen[Any]) -> None:
        """Say once which key of one's own took the place of another on a screen."""
        from horizon.tui.bindings import bound_together, clashes

        own = {name: keys for name, keys in self._own_keys.items() if name not in self._clashed}
        here = bound_together([type(each) for each in (screen, self, *screen.query())])
        for name, other in clashes(own, here):
            self._clashed.add(name)
            self.notify(
                f"Your key for {name} takes the place of {other.words!r} ({other.keys}). "
                f"Give {other.name} another key too, in {keys_path()}.",
                severity="warning",
                timeout=15,
                markup=False,
            )

    def on_screen_shown(self, screen: Screen[Any]) -> None:
        """Called when another screen comes to the front."""
        if self._own_keys:
            self.call_after_refresh(self.refuse_clashes, screen)
