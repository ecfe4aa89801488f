"""Counts, each with the key that shows only what it counts. A click does the same."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.widgets import Static

GAP = "   "


class FilterLine(Static, can_focus=False):
    """Numbered counts on as many lines as they need; the one that is shown is underlined and
    stands in brackets."""

    ALLOW_SELECT = False

    class Chosen(Message):
        """Somebody clicked on the count of this number."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._words: tuple[str, ...] = ()
        self._chosen = 0

    def show(self, words: Sequence[str], chosen: int) -> None:
        """Put other counts in, with the one that is shown."""
        self._words, self._chosen = tuple(words), chosen
        self.refresh(layout=True)

    def _pieces(self) -> list[str]:
        return [
            f"[{n} {each}]" if n == self._chosen else f"{n} {each}"
            for n, each in enumerate(self._words)
        ]

    def _lines(self, width: int) -> list[list[tuple[int, str]]]:
        lines: list[list[tuple[int, str]]] = [[]]
        used = 0
        for number, piece in enumerate(self._pieces()):
            if lines[-1] and used + len(GAP) + len(piece) > width:
                lines.append([])
                used = 0
            used += len(piece) + (len(GAP) if lines[-1] else 0)
            lines[-1].append((number, piece))
        return lines

    def render(self) -> RenderResult:
        return Content("\n").join(
            Content(GAP).join(
                Content.styled(piece, "bold underline" if number == self._chosen else "")
                for number, piece in line
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
        for number, piece in lines[offset.y]:
            if start <= offset.x < start + len(piece):
                self.post_message(self.Chosen(number))
                return
            start += len(piece) + len(GAP)
