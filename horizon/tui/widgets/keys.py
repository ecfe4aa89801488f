"""The keys of a screen on as many lines as they need, so that none is cut off at 80 columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from textual import getters
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, TextArea

from horizon.tui.keymap import NAMES
from horizon.tui.own_keys import OwnKeys
from horizon.tui.widgets.pieces import Piece, Pieces

MOST_LINES = 3
"""Lines that keys may take."""

LAST = 2
"""Keys at the end that are always shown: the list of commands, and help."""


OURS = {"Dismiss menu": "Close the list"}
"""Words of Textual's own keys, and what the rest of the app would say."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is shown. `press` is the key a click stands for, empty where it stands for
    several."""

    shown: str
    words: str
    press: str


class Keys(Pieces):
    """What can be pressed now. A click on a key presses it.

    A screen that has `offers` says of each action whether its key is worth showing now: one that
    would only be refused is not shown, and whoever presses it all the same is told why. One that
    has `key_of` says what the key of an action is called, and one that has `words_of` what it does,
    where that changes with what is shown.
    """

    app = getters.app(OwnKeys)

    DEFAULT_CSS = """
    Keys {
        dock: bottom; height: auto; max-height: 3;
        background: $panel; color: $foreground; padding: 0 1;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Key, ...] = ()

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self._changed(self.screen)
        self.app.on_screen_shown(self.screen)

    def _changed(self, screen: Screen[object]) -> None:
        if not self.is_attached or screen is not self.screen:
            return
        found: dict[str, Key] = {}
        typing = isinstance(screen.focused, Input | TextArea)
        offers = getattr(screen, "offers", lambda action: True)
        key_of = getattr(screen, "key_of", lambda action: "")
        words_of = getattr(screen, "words_of", lambda action: "")
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show and binding.description and active.enabled:
                if not offers(binding.action):
                    continue
                shown = key_of(binding.action) or self.app.get_key_display(binding)
                if typing and len(shown) == 1 and binding.key not in NAMES:
                    continue  # a letter is written down there, whatever else it does
                press = "" if "-" in shown else binding.key
                words = words_of(binding.action) or OURS.get(
                    binding.description, binding.description
                )
                found.setdefault(binding.action, Key(shown, words, press))
        keys = tuple(found.values())
        if keys != self._keys:
            self._keys = keys
            self.put([self._piece(each) for each in keys])

    def lines(self, width: int) -> list[list[Piece]]:
        """The keys on at most three lines. Where there are too many, those of the app, which come
        last and tell the rest, stay."""
        keys = list(self._pieces)
        while len(lines := self.broken(keys, width)) > MOST_LINES and len(keys) > LAST:
            del keys[-LAST - 1]
        return lines

    def _piece(self, key: Key) -> Piece:
        drawn = Content.styled(key.shown, "bold $accent") + Content(f" {key.words}")
        return Piece(drawn, partial(self.app.simulate_key, key.press) if key.press else None)
