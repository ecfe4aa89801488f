"""Counts, each with the key that shows only what it counts. A click does the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.content import Content
from textual.message import Message

from horizon.tui.widgets.pieces import Piece, Pieces


class FilterLine(Pieces):
    """Numbered counts on as many lines as they need; the one that is shown is underlined and
    stands in brackets."""

    GAP = "   "

    class Chosen(Message):
        """Somebody clicked on the count of this number."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def show(self, words: Sequence[str], chosen: int) -> None:
        """Put other counts in, with the one that is shown."""
        self.put([self._piece(n, each, n == chosen) for n, each in enumerate(words)])

    def _piece(self, number: int, words: str, chosen: bool) -> Piece:
        drawn = Content(f"{number} {words}")
        if chosen:
            drawn = Content.styled(f"[{number} {words}]", "bold underline")
        return Piece(drawn, partial(self._choose, number))

    def _choose(self, number: int) -> None:
        self.post_message(self.Chosen(number))
