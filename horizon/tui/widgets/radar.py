"""A radar drawn in characters: rings in braille dots, marks that the arrow keys walk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import pi

from rich.segment import Segment
from rich.style import Style
from textual.events import Click, Resize
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from horizon.judgement.radar_layout import Layout, Mark, Shape, toward
from horizon.tui.keymap import Binding

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille character: four rows of two."""


@lru_cache(maxsize=8)
def rings_of(shape: Shape) -> tuple[str, ...]:
    """The rings, and the lines between sectors, as lines of braille characters."""
    cells = [[0] * shape.width for _ in range(shape.height)]

    def dot(radius: float, turn: float) -> None:
        row, column = shape.point(radius, turn)
        down, right = round(4 * row + 1.5), round(2 * column + 0.5)
        if 0 <= down < 4 * shape.height and 0 <= right < 2 * shape.width:
            cells[down // 4][right // 2] |= _DOTS[down % 4][right % 2]

    for ring in range(shape.rings):
        radius = shape.outer(ring)
        steps = max(60, round(2 * pi * radius * shape.radius * 9))
        for step in range(steps):
            dot(radius, step / steps)
    if shape.sectors > 1:
        steps = max(2, round(shape.radius * 2))
        for sector in range(shape.sectors):
            for step in range(steps):
                dot((step + 0.5) / steps, sector / shape.sectors)
    return tuple("".join(chr(0x2800 + cell) if cell else " " for cell in row) for row in cells)


class RadarPicture(Widget, can_focus=True):
    """Rings, marks and a cursor on one of them. Knows nothing of technologies."""

    COMPONENT_CLASSES = {
        "radar-picture--rings",
        "radar-picture--mark",
        "radar-picture--label",
        "radar-picture--cursor",
    }
    BINDINGS = [
        Binding("left,h", "walk(0,-1)", "Walk", key_display="← ↑ ↓ →"),
        Binding("right,l", "walk(0,1)", "Right", show=False),
        Binding("up,k", "walk(-1,0)", "Up", show=False),
        Binding("down,j", "walk(1,0)", "Down", show=False),
        Binding("n", "step(1)", "Next", show=False),
        Binding("p", "step(-1)", "Previous", show=False),
        Binding("enter", "open", "Open"),
    ]

    class Highlighted(Message):
        """Another mark is under the cursor."""

        def __init__(self, ids: tuple[str, ...]) -> None:
            super().__init__()
            self.ids = ids

    class Opened(Message):
        """Somebody wants to see what is under the cursor."""

        def __init__(self, ids: tuple[str, ...]) -> None:
            super().__init__()
            self.ids = ids

    class Resized(Message):
        """The picture has another size and needs another layout."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._layout: Layout | None = None
        self._labels: Sequence[tuple[int, int, str]] = ()
        self._order: Sequence[str] = ()
        self._at = 0

    @property
    def marks(self) -> tuple[Mark, ...]:
        return self._layout.marks if self._layout else ()

    @property
    def current(self) -> tuple[str, ...]:
        """The ids under the cursor."""
        return self.marks[self._at].ids if self.marks else ()

    def show(
        self,
        layout: Layout,
        labels: Sequence[tuple[int, int, str]],
        order: Sequence[str],
        *,
        keep: str = "",
    ) -> None:
        """Put another picture in. `order` is that of the list; the cursor stays on `keep`."""
        self._layout, self._labels, self._order = layout, labels, tuple(order)
        held = layout.mark_of(keep) if keep else None
        first = layout.mark_of(order[0]) if order else None
        self._at = held if held is not None else first or 0
        self._tell()

    def go_to(self, id: str) -> None:
        """Put the cursor on the mark of a technology, if it has one."""
        found = self._layout.mark_of(id) if self._layout else None
        if found is not None and found != self._at:
            self._at = found
            self.refresh()

    def _tell(self) -> None:
        self.refresh()
        self.post_message(self.Highlighted(self.current))

    def on_resize(self, event: Resize) -> None:
        self.post_message(self.Resized())

    def action_walk(self, down: int, right: int) -> None:
        if self.marks:
            self._at = toward(self.marks, self._at, down, right)
            self._tell()

    def action_step(self, by: int) -> None:
        """Go down the list, from one mark to the next."""
        if not self.marks or self._layout is None:
            return
        seen = list(dict.fromkeys(self._layout.mark_of(each) for each in self._order))
        marks = [each for each in seen if each is not None]
        self._at = marks[(marks.index(self._at) + by) % len(marks)]
        self._tell()

    def action_open(self) -> None:
        if self.current:
            self.post_message(self.Opened(self.current))

    def on_click(self, event: Click) -> None:
        for number, mark in enumerate(self.marks):
            if mark.row == event.y and mark.column <= event.x < mark.column + len(mark.text):
                again = number == self._at
                self._at = number
                self._tell()
                if again or event.chain > 1:
                    self.action_open()
                return

    def render_line(self, y: int) -> Strip:
        plain = self._style("rings")
        if self._layout is None or y >= self._layout.shape.height:
            return Strip.blank(self.size.width, plain)
        line = rings_of(self._layout.shape)[y]
        pieces: list[tuple[int, str, Style]] = []
        for row, column, text in self._labels:
            if row == y:
                pieces.append((column, text, self._style("label")))
        for number, mark in enumerate(self.marks):
            if mark.row == y:
                style = self._style("mark")
                if number == self._at:
                    style = self._style("cursor") if self.has_focus else style + _REVERSED
                pieces.append((mark.column, mark.text, style))
        segments: list[Segment] = []
        column = 0
        for start, text, style in sorted(pieces, key=lambda each: each[0]):
            segments += [Segment(line[column:start], plain), Segment(text, style)]
            column = start + len(text)
        segments.append(Segment(line[column:], plain))
        return Strip(segments).adjust_cell_length(self.size.width, plain)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"radar-picture--{part}")


_REVERSED = Style(reverse=True)
