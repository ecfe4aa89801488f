"""The files and folders that can be chosen for an import."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from horizon.model.wording import count
from horizon.tui.widgets.path_line import Offered, offered

ENDINGS = frozenset((".csv", ".tsv", ".tab", ".txt", ".xlsx", ".json", ".yml", ".yaml"))
"""What the names of files end in that are offered. Any other can be typed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: the path it stands for, its words, and whether it is a folder that is
    read as a whole."""

    text: str
    words: str
    whole: bool = False


def start(held: Mapping[str, str]) -> str:
    """The path to begin with: the folder of the last file, unless that is where one is."""
    folder = held.get("folder", "")
    if not folder or not Path(folder).is_dir() or Path(folder) == Path.cwd():
        return ""
    return f"{folder}/"


def entries(typed: str) -> list[Entry]:
    """What fits a path as far as it is typed."""
    tail = os.path.basename(typed)
    found = [_entry(each) for each in offered(typed, ENDINGS)]
    if not tail:
        here = typed or "./"
        above = f"{os.path.normpath(os.path.join(here, '..'))}/".replace("//", "/")
        found.append(Entry(above, "../  the folder above"))
        found.append(Entry(here, "./  this folder as a whole: a radar of Markdown files", True))
    return found


def _entry(each: Offered) -> Entry:
    return Entry(each.text, each.name if each.is_folder else f"{each.name}  {_size(each.size)}")


def _size(size: int) -> str:
    if size < 1_000:
        return count(size, "byte")
    return f"{size // 1_000} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
