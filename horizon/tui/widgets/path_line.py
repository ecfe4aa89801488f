"""A line for the path of a file, which completes the names of files and folders."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from horizon.tui.keymap import Binding

MOST = 500
"""Names of one folder that are offered."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A file or a folder that a path may be completed to. `text` is what would stand in the line,
    `size` the bytes of a file."""

    text: str
    name: str
    is_folder: bool
    size: int = 0


def offered(typed: str, endings: Collection[str]) -> list[Offered]:
    """Folders and files with one of `endings` (small letters) that begin with what was typed,
    folders first. Empty where the folder cannot be read."""
    head, tail = os.path.split(typed)
    folder = Path(head or ".").expanduser()
    found: list[Offered] = []
    try:
        with os.scandir(folder) as entries:
            for each in entries:
                hidden = each.name.startswith(".") and not tail.startswith(".")
                if hidden or not each.name.casefold().startswith(tail.casefold()):
                    continue
                text = os.path.join(head, each.name)
                if each.is_dir():
                    found.append(Offered(text + os.sep, each.name + os.sep, True))
                elif os.path.splitext(each.name)[1].casefold() in endings:
                    found.append(Offered(text, each.name, False, each.stat().st_size))
    except (OSError, ValueError):
        return []
    found.sort(key=lambda each: (not each.is_folder, each.name.casefold()))
    return found[:MOST]


def common(found: Sequence[Offered]) -> str:
    """What all that is offered has in common."""
    texts = [each.text for each in found]
    least, most = min(texts, default=""), max(texts, default="")
    same = next((at for at, letter in enumerate(least) if most[at] != letter), len(least))
    return least[:same]


class _Complete(Suggester):
    """Completes to the first name that is offered, in a thread: a folder may be far away."""

    def __init__(self, endings: Collection[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._endings = endings

    async def get_suggestion(self, value: str) -> str | None:
        if not value:
            return None
        found = await asyncio.to_thread(offered, value, self._endings)
        fit = (each.text for each in found if each.text.startswith(value) and each.text != value)
        return next(fit, None)


def is_whole_path(text: str) -> bool:
    """Whether a path says where it begins: at the root, on a drive, at home."""
    return text.startswith("~") or os.path.isabs(text)


def _exists(path: str) -> bool:
    try:
        return Path(path).expanduser().exists()
    except (OSError, RuntimeError, ValueError):
        return False


class PathLine(Input):
    """Tab completes as far as it is clear, the right arrow takes what is offered, down goes to the
    list of files. Enter takes what is offered too, where there is nothing of the name as it stands.
    """

    DEFAULT_CSS = """
    PathLine {
        border: none; border-left: thick $panel; height: 1; padding: 0 1; background: $surface;
    }
    PathLine:focus { border: none; border-left: thick $primary; }
    """
    BINDINGS = [
        Binding("enter", "submit", "Open"),
        Binding("tab", "complete", "Complete"),
        Binding("right", "cursor_right", "Take the rest"),
        Binding("down", "to_list", "To the files"),
    ]

    class ToList(Message):
        """Somebody wants to choose from the list."""

    def __init__(self, endings: Collection[str], *, placeholder: str, id: str) -> None:
        super().__init__(placeholder=placeholder, id=id, suggester=_Complete(endings))
        self._endings = endings

    def insert_text_at_cursor(self, text: str) -> None:
        """A whole path takes the place of the folder that stands there."""
        at_end = self.cursor_position == len(self.value)
        if at_end and self.value.endswith(("/", os.sep)) and is_whole_path(text.strip()):
            self.replace(text.strip(), 0, len(self.value))
        else:
            super().insert_text_at_cursor(text)

    async def action_submit(self) -> None:
        """Open what is named, or what is offered where nothing is of that name."""
        offered_now = self._suggestion
        if offered_now and not await asyncio.to_thread(_exists, self.value.strip()):
            self.value = offered_now
            self.cursor_position = len(offered_now)
        await super().action_submit()

    async def action_complete(self) -> None:
        """Complete what is clear; where nothing more is, go to the list."""
        typed = self.value
        found = await asyncio.to_thread(offered, typed, self._endings)
        clear = common(found)
        if len(clear) > len(typed):
            self.value = clear
            self.cursor_position = len(clear)
        else:
            self.action_to_list()

    def action_to_list(self) -> None:
        self.post_message(self.ToList())
