"""The keys of a screen on as many lines as they need, so that none is cut off at 80 columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import RenderResult
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

GAP = "  "

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

    @property
    def width(self) -> int:
        return len(self.shown) + 1 + len(self.words)


class Keys(Static, can_focus=False):
    """What can be pressed now. A click on a key presses it."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Keys {
        dock: bottom; height: auto; max-height: 3;
        background: $panel; color: $foreground; padding: 0 1;
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._keys: tuple[Key, ...] = ()

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self._changed(self.screen)
        self.app.on_screen_shown(self.screen)  # type: ignore[attr-defined]

    def _changed(self, screen: Screen[object]) -> None:
        if not self.is_attached or screen is not self.screen:
            return
        found: dict[str, Key] = {}
        typing = isinstance(screen.focused, Input | TextArea)
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show and binding.description and active.enabled:
                shown = self.app.get_key_display(binding)
                if typing and len(shown) == 1:
                    continue  # a letter is written down there, whatever else it does
                press = "" if "-" in shown else binding.key
                words = OURS.get(binding.description, binding.description)
                found.setdefault(binding.action, Key(shown, words, press))
        keys = tuple(found.values())
        if keys != self._keys:
            self._keys = keys
            self.refresh(layout=True)

    def _lines(self, width: int) -> list[list[Key]]:
        """The keys on at most three lines. Where there are too many, those of the app, which come
        last and tell the rest, stay."""
        keys = list(self._keys)
        while len(lines := _broken(keys, width)) > MOST_LINES and len(keys) > LAST:
            del keys[-LAST - 1]
        return lines

    def render(self) -> RenderResult:
        return Content("\n").join(
            Content(GAP).join(
                Content.styled(key.shown, "bold $accent") + Content(f" {key.words}") for key in line
            )
            for line in self._lines(self.content_size.width or 78)
        )

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        lines = self._lines(self.content_size.width)
        if offset is None or offset.y >= len(lines):
            return
        start = 0
        for key in lines[offset.y]:
            if start <= offset.x < start + key.width:
                if key.press:
                    self.app.simulate_key(key.press)
                return
            start += key.width + len(GAP)


def _broken(keys: Sequence[Key], width: int) -> list[list[Key]]:
    """Keys on as many lines as they need."""
    lines: list[list[Key]] = [[]]
    used = 0
    for key in keys:
        if lines[-1] and used + len(GAP) + key.width > width:
            lines.append([])
            used = 0
        used += key.width + (len(GAP) if lines[-1] else 0)
        lines[-1].append(key)
    return lines
