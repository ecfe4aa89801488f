"""The last look at what is drawn: nothing in it can steer the terminal, wherever it came from.

Screens spell such characters out where they show what somebody typed. Fields that are edited, and
whatever a screen forgot, pass here before they reach the terminal.
"""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from horizon.model.wording import steers


@lru_cache(4096)
def harmless(text: str) -> str:
    """`text` without the characters that can steer a terminal, in as many columns as before."""
    return "".join(" " * cell_len(each) if steers(each) else each for each in text)


class Harmless(LineFilter):
    """Takes out of every line what can steer a terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, where nothing had to be taken out."""
        if all(each.text.isprintable() for each in segments):
            return segments
        return [
            each
            if each.control or each.text.isprintable()
            else Segment(harmless(each.text), each.style)
            for each in segments
        ]


HARMLESS = Harmless()
"""The one for the whole app: lines remember what a filter made of them."""
