"""Pieces of text on as many lines as they need. A click on a piece does what it stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import RenderResult
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.widgets import Static

NOT_LAID_OUT = 78
"""Cells of a line before its width is known."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stays on one line. `press` is what a click on it does, if anything."""

    drawn: Content
    press: Callable[[], object] | None = None

    @property
    def width(self) -> int:
        return self.drawn.cell_length


class Pieces(Static, can_focus=False):
    """Pieces one after the other, a new line begun before the one that does not fit."""

    ALLOW_SELECT = False
    GAP: ClassVar[str] = "  "

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._pieces: tuple[Piece, ...] = ()

    def put(self, pieces: Sequence[Piece]) -> None:
        """Show other pieces."""
        self._pieces = tuple(pieces)
        self.refresh(layout=True)

    def lines(self, width: int) -> list[list[Piece]]:
        """What stands on each line."""
        return self.broken(self._pieces, width)

    def broken(self, pieces: Sequence[Piece], width: int) -> list[list[Piece]]:
        """Pieces on as many lines as they need."""
        lines: list[list[Piece]] = [[]]
        used = 0
        for piece in pieces:
            if lines[-1] and used + len(self.GAP) + piece.width > width:
                lines.append([])
                used = 0
            used += piece.width + (len(self.GAP) if lines[-1] else 0)
            lines[-1].append(piece)
        return lines

    def render(self) -> RenderResult:
        gap = Content(self.GAP)
        lines = self.lines(self.content_size.width or NOT_LAID_OUT)
        return Content("\n").join(gap.join(piece.drawn for piece in line) for line in lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines(width))

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        lines = self.lines(self.content_size.width)
        if offset is None or offset.y >= len(lines):
            return
        start = 0
        for piece in lines[offset.y]:
            if start <= offset.x < start + piece.width:
                if piece.press:
                    piece.press()
                return
            start += piece.width + len(self.GAP)
