"""Where in a TOML file something is written.

`tomllib` gives values without their lines, so the lines are found again by the table headers and
keys of the text. That is exact for files in the shape of `criteria/`; for others the nearest
table is named, or no line at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Place = Sequence[str | int]
"""The way to a value: keys, and positions in lists from 0."""

_HEADER = re.compile(r"^\s*\[\[?([^\[\]]+)\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*(?:\.|=)")


class Source:
    """The text of one file, and the lines on which its tables begin."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self._headers: list[tuple[int, str]] = []
        for number, line in enumerate(self.lines):
            if header := _HEADER.match(line):
                parts = (part.strip().strip("\"'") for part in header[1].split("."))
                self._headers.append((number, ".".join(parts)))

    def line(self, place: Place) -> int | None:
        """The line, from 1, on which `place` is written, or that of the nearest table around it."""
        start, end, prefix = 0, len(self.lines), ""
        found: int | None = None
        for step, position in _steps(place):
            index = position or 0
            prefix = f"{prefix}.{step}" if prefix else step
            tables = [at for at, name in self._headers if name == prefix and start <= at < end]
            if index < len(tables):
                found = tables[index]
                start = found + 1
                end = tables[index + 1] if index + 1 < len(tables) else end
                continue
            key = self._key(step, start, end)
            if key is not None:
                return (key if position is None else self._element(key, index, end)) + 1
            if not any(name.startswith(f"{prefix}.") for _, name in self._headers):
                break
        return found + 1 if found is not None else None

    def _key(self, wanted: str, start: int, end: int) -> int | None:
        """The line of a key of the table that begins above `start`, its inner tables left out."""
        end = min([end, *(at for at, _ in self._headers if at >= start)])
        for number in range(start, end):
            key = _KEY.match(self.lines[number])
            if key and key[1].strip("\"'") == wanted:
                return number
        return None

    def _element(self, key: int, index: int, end: int) -> int:
        """The line of a list's element, where the list has one a line, or that of its key."""
        if not self.lines[key].rstrip().endswith("["):
            return key
        elements = []
        for number in range(key + 1, end):
            line = self.lines[number].strip()
            if line.startswith("]"):
                break
            if line and not line.startswith("#"):
                elements.append(number)
        return elements[index] if 0 <= index < len(elements) else key


def _steps(place: Place) -> Iterator[tuple[str, int | None]]:
    """Each key of `place`, with the position in its list if one follows."""
    for number, step in enumerate(place):
        if isinstance(step, str):
            after = place[number + 1] if number + 1 < len(place) else None
            yield step, after if isinstance(after, int) else None
