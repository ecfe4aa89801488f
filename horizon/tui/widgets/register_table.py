"""The list of technologies, drawn line by line: 10,000 rows cost no more than the 20 in view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from horizon.model.wording import brief
from horizon.tui.keymap import Binding

GAP = 2

LEAST = 12
"""Characters that a column of no set width keeps."""


@dataclass(frozen=True, slots=True)
class Row:
    """One technology as the list shows it. `cells` fit the table's columns; `marks` are the
    letters of cells that stand out: the number of the cell, from and to.

    A row with `words` is a heading across the whole table, or a note where they begin with a
    space; without an id the cursor passes over it. A row that was `picked` is drawn bold.
    """

    id: str
    cells: tuple[str, ...] = ()
    late: bool = False
    words: str = ""
    marks: tuple[tuple[int, int, int], ...] = ()
    picked: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in characters or 0 for a share of what is left, and from
    which width of the table on it is shown. `share` is its part of what is left, of which it keeps
    `least` characters. Words in one that is `brief` are shortened (`wording.brief`)."""

    title: str
    width: int = 0
    shown_from: int = 0
    share: int = 1
    brief: bool = False
    least: int = LEAST

    def fitted(self, text: str, width: int) -> str:
        """What stands in a cell of it, in exactly `width` characters."""
        return fitted(brief(text, width) if self.brief else text, width)


class RegisterTable(ScrollView, can_focus=True):
    """Rows with a cursor, sorted by a column where that makes sense. Knows no technologies."""

    CAN_SORT: ClassVar[bool] = True
    COMPONENT_CLASSES = {
        "register-table--header",
        "register-table--cursor",
        "register-table--row",
        "register-table--late",
        "register-table--words",
    }
    BINDINGS = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "edge(0)", "First", show=False),
        Binding("end", "edge(1)", "Last", show=False),
        Binding("enter", "open", "Open"),
        Binding("o", "sort", "Sort"),
    ]

    cursor: reactive[int] = reactive(0)

    class Highlighted(Message):
        """The cursor is on another technology; `id` is empty when there is none."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id = id

    class Opened(Message):
        """Somebody wants to see this technology whole."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id = id

    class SortAsked(Message):
        """Somebody wants another order; `column` is -1 for the next one."""

        def __init__(self, column: int) -> None:
            super().__init__()
            self.column = column

    def __init__(self, columns: Sequence[Column], empty: str, *, id: str) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._rows: Sequence[Row] = ()
        self._empty = empty
        self._sorted: tuple[int, bool] | None = None
        self._fitted: tuple[int, tuple[Column, ...], list[tuple[Column, int]]] = (-1, (), [])

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    @property
    def shown_columns(self) -> list[int]:
        """The numbers of the columns that are on the screen."""
        return [self._columns.index(each) for each, _ in self._widths()]

    @property
    def current(self) -> str:
        """The id under the cursor, or empty."""
        return self._rows[self.cursor].id if 0 <= self.cursor < len(self._rows) else ""

    def show(
        self,
        rows: Sequence[Row],
        *,
        columns: Sequence[Column],
        empty: str,
        sorted_by: tuple[int, bool] | None,
        keep: str = "",
        at: int = 0,
    ) -> None:
        """Put other rows in. The cursor stays on the technology `keep` if it is among them, or
        where it is if that has gone, or else goes to row number `at`."""
        self._rows, self._columns, self._empty = rows, tuple(columns), empty
        self._sorted = sorted_by
        if keep:
            at = next((at for at, row in enumerate(rows) if row.id == keep), self.cursor)
        found = self._landing(at, 1)
        self.virtual_size = Size(self.scrollable_content_region.width, len(rows) + 1)
        self.set_reactive(RegisterTable.cursor, found)
        self._reveal()
        self.refresh()
        self.post_message(self.Highlighted(self.current))

    def go_to(self, id: str) -> None:
        """Put the cursor on a row, if it is there."""
        found = next((at for at, row in enumerate(self._rows) if row.id == id), None)
        if found is not None:
            self.cursor = found

    def watch_cursor(self) -> None:
        self._reveal()
        self.refresh()
        self.post_message(self.Highlighted(self.current))

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, len(self._rows) - 1))

    def _reveal(self) -> None:
        """Scroll so that the cursor is in view, below the heading that stays on top, and with it
        the headings just above; at the last row, also what stands below it."""
        room = max(self.size.height - 1, 1)
        top, first = self.scroll_offset.y, min(self.cursor, len(self._rows))
        while first > 0 and self.cursor - first + 1 < room and not self._rows[first - 1].id:
            first -= 1
        last = self.cursor
        while last + 1 < len(self._rows) and not self._rows[last + 1].id:
            last += 1
        if last + 1 < len(self._rows):  # the headings of what comes next
            last = self.cursor
        last = min(last, first + room - 1)
        if first < top:
            self.scroll_to(y=first, animate=False)
        elif last >= top + room:
            self.scroll_to(y=last - room + 1, animate=False)

    def on_resize(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows) + 1)
        self._reveal()

    def action_move(self, by: int) -> None:
        self.cursor = self._landing(self.cursor + by, by)

    def action_page(self, by: int) -> None:
        self.cursor = self._landing(self.cursor + by * max(self.size.height - 2, 1), by)

    def action_edge(self, last: int) -> None:
        self.cursor = self._landing(len(self._rows) - 1 if last else 0, -1 if last else 1)

    def _landing(self, at: int, step: int) -> int:
        """The row with an id at `at`, or the next one that way, or else where the cursor is."""
        at = self.validate_cursor(at)
        while 0 <= at < len(self._rows) and not self._rows[at].id:
            at += step
        return at if 0 <= at < len(self._rows) else self.cursor

    def action_open(self) -> None:
        if self.current:
            self.post_message(self.Opened(self.current))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.CAN_SORT if action == "sort" else True

    def action_sort(self) -> None:
        self.post_message(self.SortAsked(-1))

    def on_click(self, event: Click) -> None:
        if event.y == 0:
            self._click_heading(event.x)
            return
        row = event.y - 1 + self.scroll_offset.y
        if row < len(self._rows) and self._rows[row].id:
            again = row == self.cursor
            self.cursor = row
            if again or event.chain > 1:
                self.action_open()

    def _click_heading(self, x: int) -> None:
        if not self.CAN_SORT:
            return
        start = 0
        for at, (_, width) in enumerate(self._widths()):
            if start <= x < start + width + GAP:
                self.post_message(self.SortAsked(self.shown_columns[at]))
                return
            start += width + GAP

    def _widths(self) -> list[tuple[Column, int]]:
        """Columns that fit, each with its width. Those of a set width give way, the last first, so
        that the others can be read."""
        total = self.scrollable_content_region.width
        if self._fitted[:2] == (total, self._columns):
            return self._fitted[2]
        shown = [each for each in self._columns if total >= each.shown_from]
        while room_for(shown) > total and any(e.width for e in shown[1:]):
            shown.remove([each for each in shown[1:] if each.width][-1])
        widths = list(zip(shown, _shared(shown, total), strict=True))
        self._fitted = (total, self._columns, widths)
        return widths

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            return self._heading(width)
        at = y - 1 + self.scroll_offset.y
        if not self._rows:
            said = ["", *wrap(self._empty, max(width - 2, LEAST))]
            text = said[y - 1] if y <= len(said) else ""
            return Strip([Segment(f" {text}", self._style("row"))]).adjust_cell_length(
                width, self._style("row")
            )
        if at >= len(self._rows):
            return Strip.blank(width, self._style("row"))
        row = self._rows[at]
        style = self._style("late" if row.late else "row")
        if row.picked:
            style += Style(bold=True)
        if at == self.cursor:
            # Without the focus never in the colour of what is late: high contrast has one yellow.
            resting = self._style("row") + Style(reverse=True)
            style = self._style("cursor") if self.has_focus else resting
        if row.words:
            if at != self.cursor and not row.words.startswith(" "):
                style = self._style("words")
            drawn = fitted(row.words, self.scrollable_content_region.width)
            return Strip([Segment(drawn, style)]).adjust_cell_length(width, style)
        shown = [self._columns.index(column) for column, _ in self._widths()]
        drawn = self._line([row.cells[number] for number in shown])
        if not row.marks:
            return Strip([Segment(drawn, style)]).adjust_cell_length(width, style)
        return Strip(self._marked(row, shown, drawn, style)).adjust_cell_length(width, style)

    def _marked(self, row: Row, shown: list[int], drawn: str, style: Style) -> list[Segment]:
        """A line with the letters underlined that made it fit a search."""
        starts: dict[int, tuple[int, int]] = {}
        at = 0
        for number, (_, width) in zip(shown, self._widths(), strict=True):
            text = fitted(row.cells[number], width)
            kept = len(text) - (text.endswith("…") and not row.cells[number].startswith(text))
            starts[number] = (at, kept)
            at += len(text) + GAP
        found = style + Style(underline=True, bold=True)
        segments: list[Segment] = []
        done = 0
        for number, first, last in row.marks:
            start, room = starts.get(number, (0, 0))
            if first >= room:
                continue
            begin, end = start + first, start + min(last, room)
            segments += [Segment(drawn[done:begin], style), Segment(drawn[begin:end], found)]
            done = end
        return [*segments, Segment(drawn[done:], style)]

    def _heading(self, width: int) -> Strip:
        shown = self._widths()
        parts = []
        for number, (column, room) in enumerate(shown, start=1):
            gap = GAP if number < len(shown) else 0
            sort = self._sorted
            if sort and sort[0] == self._columns.index(column):
                title = _with_arrow(column.title, "▼" if sort[1] else "▲", room + gap // 2)
            else:
                title = fitted(column.title, room)
            parts.append(set_cell_size(title, room + gap))
        style = self._style("header")
        return Strip([Segment("".join(parts), style)]).adjust_cell_length(width, style)

    def _line(self, cells: Sequence[str]) -> str:
        parts = [
            column.fitted(cell, width)
            for cell, (column, width) in zip(cells, self._widths(), strict=True)
        ]
        return (" " * GAP).join(parts)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"register-table--{part}")


def room_for(columns: Sequence[Column]) -> int:
    """Characters that columns take at least."""
    return _taken(columns) + sum(each.least for each in columns if not each.width)


def _shared(columns: Sequence[Column], total: int) -> list[int]:
    """The width of each column: those of no set width share what is left, and none of them has
    less than its least as long as there is enough for all."""
    sharing = [each for each in columns if not each.width]
    left = max(total - _taken(columns), 2 * sum(each.share for each in sharing))
    enough = left >= sum(each.least for each in sharing)
    given: dict[Column, int] = {}
    for each in sorted(sharing, key=lambda each: each.share / each.least):
        shares = sum(other.share for other in sharing if other not in given)
        room = (left - sum(given.values())) * each.share // shares
        given[each] = max(room, each.least) if enough else room
    return [each.width or given[each] for each in columns]


def _taken(columns: Sequence[Column]) -> int:
    """Characters that set widths and gaps take."""
    return sum(each.width for each in columns) + GAP * (len(columns) - 1)


def _with_arrow(title: str, arrow: str, room: int) -> str:
    """A heading with the way its column is sorted, which is never cut off."""
    spaced = f"{title} {arrow}"
    return spaced if cell_len(spaced) <= room else f"{fitted(title, room - 1).rstrip()}{arrow}"


def fitted(text: str, width: int) -> str:
    """`text` in exactly `width` cells, cut with an ellipsis where it is longer."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + "…"
