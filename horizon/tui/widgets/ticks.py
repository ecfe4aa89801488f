"""Several choices with a tick each, which can be told without colour."""

from __future__ import annotations

from typing import Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widgets import SelectionList

Value = TypeVar("Value")


class Ticks(SelectionList[Value], Generic[Value]):
    """A list in which what is chosen has `[x]` before it, and what is not has `[ ]`.

    Textual's own draws the same cross in both cases and changes only its colour.
    """

    DEFAULT_CSS = "Ticks { text-wrap: nowrap; text-overflow: ellipsis; }"

    def render_line(self, y: int) -> Strip:
        line = super().render_line(y)
        at = self.scroll_offset.y + y
        segments = list(line)
        if at >= self.option_count or len(segments) < 4:
            return line
        mark = "[x]" if self.get_option_at_index(at).value in self._selected else "[ ]"
        style = (segments[3].style or Style()) + Style(meta={"option": at})
        return Strip([Segment(mark, style), *segments[3:]], line.cell_length)
