"""Weights that can be tried: a bar for each principle, moved with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from horizon.judgement.samples import to_total
from horizon.tui.keymap import Binding
from horizon.tui.widgets.register_table import fitted

MOST = 100
"""The largest weight that can be tried."""

STEP = 5

SCALE = 50
"""The weight at which a bar is full, until one is larger."""

NAME, FIGURES = 17, 10
"""Characters of a principle's name, and of its weight and share."""


class Weights(Widget, can_focus=True):
    """One line for each principle and one for the number of places.

    `weights` are whole, and never all 0. `board` are the ones to go back to.
    """

    COMPONENT_CLASSES = {"weights--row", "weights--cursor", "weights--changed"}
    DEFAULT_CSS = """
    Weights { height: auto; }
    Weights > .weights--row { background: $background; color: $foreground; }
    Weights > .weights--changed { background: $background; color: $warning; text-style: bold; }
    Weights > .weights--cursor { background: $primary; color: $background; text-style: bold; }
    """
    BINDINGS = [
        Binding("up,k", "choose(-1)", "Up", show=False),
        Binding("down,j", "choose(1)", "Down", show=False),
    ]

    class Changed(Message):
        """Other weights, or another number of places, are to be tried."""

    def __init__(self, names: Sequence[str], board: Sequence[int], places: int, *, id: str) -> None:
        super().__init__(id=id)
        self._names, self.board = tuple(names), tuple(board)
        self.weights, self.places = tuple(board), places
        self._at = 0

    @property
    def is_what_if(self) -> bool:
        """Whether the weights are not the board's."""
        return self.weights != self.board

    @property
    def rows(self) -> int:
        return len(self._names) + 1

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        return self.rows

    def action_choose(self, by: int) -> None:
        self._at = (self._at + by) % self.rows
        self.refresh()

    def move(self, by: int) -> None:
        """Change what is chosen by so much, as far as it goes."""
        before = self.weights, self.places
        if self._at == len(self._names):
            self.places = max(1, self.places + (1 if by > 0 else -1))
        else:
            changed = list(self.weights)
            changed[self._at] = max(0, min(MOST, changed[self._at] + by))
            if any(changed):
                self.weights = tuple(changed)
        if before != (self.weights, self.places):
            self._tell()

    def restore(self) -> None:
        """Put the board's weights back."""
        if self.is_what_if:
            self.weights = self.board
            self._tell()

    def _tell(self) -> None:
        self.refresh()
        self.post_message(self.Changed())

    def on_click(self, event: Click) -> None:
        """A click chooses a line; one on its bar sets the weight."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y >= self.rows:
            return
        self._at = offset.y
        bar = self._bar_room
        if offset.y < len(self._names) and NAME + 2 <= offset.x < NAME + 2 + bar:
            wanted = round((offset.x - NAME - 2) * self._scale / max(1, bar - 1))
            self.move(wanted - self.weights[self._at])
        self.refresh()

    @property
    def _bar_room(self) -> int:
        return max(0, self.size.width - NAME - FIGURES - 3)

    @property
    def _scale(self) -> int:
        return SCALE if max(self.weights) <= SCALE else MOST

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y >= self.rows:
            return Strip.blank(width, self._style("row"))
        chosen = y == self._at
        mark = "▸ " if chosen else "  "
        if y == len(self._names):
            text = f"{mark}{'Places':<{NAME}}first {self.places}"
            changed = False
        else:
            share = to_total(self.weights, 100)[y]
            weight, room = self.weights[y], self._bar_room
            filled = weight * room // self._scale
            bar = "█" * filled + "·" * (room - filled)
            figures = f"{weight:>4} {share:>3}%"
            text = f"{mark}{fitted(self._names[y], NAME)}{bar}{figures}"
            changed = weight != self.board[y]
            text += "*" if changed else " "
        part = "changed" if changed else "row"
        if chosen and self.has_focus:
            part = "cursor"
        style = self._style(part)
        return Strip([Segment(fitted(text, width), style)]).adjust_cell_length(width, style)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"weights--{part}")
