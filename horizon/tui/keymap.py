"""Keys that each person can choose: every binding has a name, and a file says what presses it."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from textual import binding
from textual.keys import format_key

from horizon import settings
from horizon.model.errors import BadInput

_KEY = re.compile(r"^((ctrl|shift|alt)\+)*([a-z_0-9]{2,}|[^\s,+])$")

WITHOUT = {"ctrl+m": "enter", "ctrl+i": "tab", "ctrl+j": "enter"}
"""Keys that a terminal cannot tell from another."""


@dataclass(frozen=True)
class Binding(binding.Binding):
    """A key as Textual binds it, with a name by which it can be bound anew: its description in
    small letters with hyphens, unless it is given an id."""

    def __post_init__(self) -> None:
        if self.id is None and self.description:
            object.__setattr__(self, "id", name_of(self.description))


def name_of(description: str) -> str:
    """The name of a binding: `already-in-use` for "Already in use"."""
    return re.sub(r"[^a-z0-9]+", "-", description.casefold()).strip("-")


MOVES = frozenset(("Up", "Down", "Page up", "Page down", "First", "Last", "Right", "Next column"))
"""Keys of our own that only move."""

COPY = "screen.copy_text"
"""Textual's own action that somebody may look for by name."""


def is_command(bound: binding.Binding) -> bool:
    """Whether somebody would look for what a key does by name: not for what only moves about, nor
    for what Textual itself does with a key."""
    if not bound.description or bound.system or bound.description in MOVES:
        return False
    return bool(bound.id) or bound.action == COPY


NAMES = {
    "escape": "Esc", "enter": "Enter", "space": "Space", "tab": "Tab", "backspace": "Backspace",
    "delete": "Delete", "home": "Home", "end": "End", "pageup": "Page up", "pagedown": "Page down",
    "left": "←", "right": "→", "up": "↑", "down": "↓",
}  # fmt: skip
"""Keys as the README, the forms and the messages call them."""


def spelt(key: str) -> str:
    """A key as people read it on a keyboard: `Ctrl+S` for `ctrl+s`, `/` for `slash`."""
    *held, last = key.split("+") if len(key) > 1 else (key,)
    shown = NAMES.get(last, "")
    if not shown:
        shown = last.upper() if held or re.fullmatch(r"f\d+", last) else format_key(last)
    return "+".join([*(each.capitalize() for each in held), shown])


def keys_path(environ: Mapping[str, str] = os.environ) -> Path:
    """`HORIZON_KEYS`, else keys.toml beside the settings."""
    named = environ.get("HORIZON_KEYS")
    return Path(named) if named else settings.settings_path(environ).with_name("keys.toml")


def read_keys(path: Path) -> dict[str, str]:
    """What presses what: names of bindings with their keys, as the file says under `[keys]`.

    Empty where there is no file. Raises `BadInput` for what is no key, and for a key that is given
    to two names.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("The keys cannot be read", where=str(path), why=str(error)) from None
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput("The keys cannot be read", where=str(path), why=str(error)) from None
    given = content.get("keys", {})
    if not isinstance(given, dict):
        raise BadInput("keys is not a table", where=str(path), do='Write [keys], then search = "f"')
    taken: dict[str, str] = {}
    for name, keys in given.items():
        _refuse_unfit(path, name, keys)
        for key in keys.split(","):
            if key in taken:
                raise BadInput(
                    f"{key} is given to {taken[key]} and to {name}",
                    where=str(path),
                    do="Give each its own key",
                )
            taken[key] = name
    return {name: str(keys) for name, keys in given.items()}


def _refuse_unfit(path: Path, name: str, keys: object) -> None:
    if not isinstance(keys, str):
        raise BadInput(f"{name}: {keys!r} is not a key", where=str(path), do='Write "p" or "f5"')
    for key in keys.split(","):
        if not _KEY.match(key):
            raise BadInput(
                f"{name}: {key!r} is not a key",
                where=str(path),
                do='Write one such as "p", "P", "ctrl+p", "f5", or several with commas between',
            )
        if key in WITHOUT:
            raise BadInput(
                f"{name}: a terminal sends {WITHOUT[key]} for {key}",
                where=str(path),
                do="Choose another key",
            )
