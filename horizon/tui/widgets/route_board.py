"""Cards in columns, drawn line by line: only what is in view is made, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from rich.segment import Segment
from rich.style import Style
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from horizon.tui.keymap import Binding
from horizon.tui.widgets.register_table import fitted

CARD, TALL = 5, 6
"""Lines of a card: its name, three lines about it, the last of them on two lines where there is
room, and one that keeps it from the next."""

TALL_FROM = 26
"""Lines of the board from which cards are tall."""

LEAST = 26
"""Characters that a column has at least."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A column: the ids of its cards from the top. A `folded` one only says how many it holds."""

    id: str
    name: str
    cards: tuple[str, ...]
    folded: int = 0

    @property
    def count(self) -> int:
        return self.folded or len(self.cards)


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says: its title, and three lines."""

    title: str
    lines: tuple[str, str, str]
    late: bool = False


class RouteBoard(Widget, can_focus=True):
    """Columns of cards with a cursor. Knows nothing of technologies: `made` says what a card says.

    `first` is the first column in view; every column is scrolled on its own.
    """

    COMPONENT_CLASSES = {
        "route-board--lane",
        "route-board--card",
        "route-board--late",
        "route-board--title",
        "route-board--cursor",
    }
    BINDINGS = [
        Binding("left,h", "lane(-1)", "Column", key_display="← →"),
        Binding("right,l", "lane(1)", "Next column", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "edge(0)", "Top card", show=False),
        Binding("end", "edge(1)", "Last card", show=False),
        Binding("enter", "open", "Open"),
    ]

    class Moved(Message):
        """Another card is under the cursor, or other columns are in view."""

    class Opened(Message):
        """Somebody wants to see this technology whole."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id = id

    def __init__(self, made: Callable[[str], Card], *, id: str) -> None:
        super().__init__(id=id)
        self._made = made
        self._lanes: tuple[Lane, ...] = ()
        self._tops: dict[str, int] = {}
        self._rows: dict[str, int] = {}
        self._lane = 0
        self.first = 0

    # What it shows

    def show(self, lanes: Sequence[Lane], *, keep: str = "") -> None:
        """Put other columns in. The cursor stays on the card `keep`, wherever it went, or else in
        its column; where that is gone, it goes to the last."""
        held = self._lanes[self._lane].id if self._lanes else ""
        self._lanes = tuple(lanes)
        ids = [each.id for each in self._lanes]
        self._lane = ids.index(held) if held in ids else len(ids) - 1
        for number, lane in enumerate(self._lanes):
            if keep and keep in lane.cards:
                self._lane = number
                self._rows[lane.id] = lane.cards.index(keep)
        if not held:
            self._lane = next((n for n, lane in enumerate(self._lanes) if lane.cards), 0)
        self._reveal()

    def go_to(self, lane_id: str) -> None:
        """Put the cursor in a column."""
        self._lane = next((n for n, each in enumerate(self._lanes) if each.id == lane_id), 0)
        self._reveal()

    @property
    def lanes(self) -> tuple[Lane, ...]:
        return self._lanes

    @property
    def current(self) -> str:
        """The id under the cursor, or empty."""
        if not self._lanes:
            return ""
        lane = self._lanes[self._lane]
        return lane.cards[self._row(lane)] if lane.cards else ""

    @property
    def lane(self) -> Lane | None:
        """The column under the cursor, or nothing."""
        return self._lanes[self._lane] if self._lanes else None

    @property
    def width(self) -> int:
        """Characters of a column."""
        return max(LEAST, self.size.width // self.across)

    @property
    def across(self) -> int:
        """How many columns fit."""
        return max(1, min(len(self._lanes) or 1, self.size.width // LEAST))

    @property
    def deep(self) -> int:
        """How many cards of a column fit."""
        return max(1, (self.size.height - 1) // self.card)

    @property
    def card(self) -> int:
        """How many lines a card takes."""
        return TALL if self.size.height >= TALL_FROM else CARD

    def in_view(self) -> list[str]:
        """The ids of the cards that can be seen."""
        found: list[str] = []
        for lane in self._lanes[self.first : self.first + self.across]:
            top = self._top(lane)
            found += lane.cards[top : top + self.deep + 1]
        return found

    def _row(self, lane: Lane) -> int:
        return max(0, min(self._rows.get(lane.id, 0), len(lane.cards) - 1))

    def _top(self, lane: Lane) -> int:
        return max(0, min(self._tops.get(lane.id, 0), len(lane.cards) - self.deep))

    def _reveal(self) -> None:
        """Bring the cursor into view."""
        if self._lanes:
            self._lane = max(0, min(self._lane, len(self._lanes) - 1))
            self.first = max(0, min(self.first, len(self._lanes) - self.across))
            self.first = min(self.first, self._lane)
            self.first = max(self.first, self._lane - self.across + 1)
            lane = self._lanes[self._lane]
            row, top = self._row(lane), self._top(lane)
            self._tops[lane.id] = min(max(top, row - self.deep + 1), row)
        self.refresh()
        self.post_message(self.Moved())

    def on_resize(self, event: Resize) -> None:
        self._reveal()

    # Keys and mouse

    def action_lane(self, by: int) -> None:
        self._lane = max(0, min(self._lane + by, len(self._lanes) - 1))
        self._reveal()

    def action_move(self, by: int) -> None:
        if self._lanes:
            lane = self._lanes[self._lane]
            self._rows[lane.id] = max(0, min(self._row(lane) + by, len(lane.cards) - 1))
            self._reveal()

    def action_page(self, by: int) -> None:
        self.action_move(by * self.deep)

    def action_edge(self, last: int) -> None:
        self.action_move(len(self._lanes[self._lane].cards) * (1 if last else -1))

    def action_open(self) -> None:
        if self.current:
            self.post_message(self.Opened(self.current))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self.action_move(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self.action_move(-1)

    def on_click(self, event: Click) -> None:
        number = self.first + event.x // self.width
        if number >= min(len(self._lanes), self.first + self.across):
            return
        lane = self._lanes[number]
        row = self._top(lane) + (event.y - 1) // self.card
        again = number == self._lane and row == self._row(lane)
        self._lane = number
        if event.y > 0 and row < len(lane.cards):
            self._rows[lane.id] = row
            if again or event.chain > 1:
                self.action_open()
        self._reveal()

    # Drawing

    def render_line(self, y: int) -> Strip:
        segments: list[Segment] = []
        for number in range(self.first, min(self.first + self.across, len(self._lanes))):
            lane = self._lanes[number]
            segments += self._heading(number, lane) if y == 0 else self._piece(number, lane, y - 1)
        rest = self._style("lane" if y == 0 else "card")
        return Strip(segments).adjust_cell_length(self.size.width, rest)

    def _heading(self, number: int, lane: Lane) -> list[Segment]:
        top, more = self._top(lane), ""
        below = len(lane.cards) - top - self.deep
        if top > 0 or below > 0:
            more = f" {'↑' if top else ''}{'↓' if below > 0 else ''}"
        mark = "▸" if number == self._lane else " "
        text = fitted(f"{mark}{lane.name} {lane.count}{more}", self.width - 1)
        return [Segment(text + " ", self._style("lane"))]

    def _piece(self, number: int, lane: Lane, y: int) -> list[Segment]:
        """One line of one column."""
        row, part = self._top(lane) + y // self.card, y % self.card
        plain, room = self._style("card"), self.width - 2
        if row >= len(lane.cards) or part == self.card - 1:
            words = ""
            if y == 0 and not lane.cards:
                words = " Press x to see them." if lane.folded else " Nothing here."
            return [Segment(fitted(words, self.width), plain)]
        made = self._made(lane.cards[row])
        chosen = number == self._lane and row == self._row(lane)
        text = made.title if part == 0 else self._line(made, part - 1, room)
        style = self._style("title") if part == 0 else plain
        if made.late and part == 1:
            style = self._style("late")
        if chosen:
            style = self._style("cursor") if self.has_focus else plain + Style(reverse=True)
        edge = "▌" if chosen else "│"
        return [Segment(edge + fitted(text, room), style), Segment(" ", plain)]

    def _line(self, made: Card, number: int, room: int) -> str:
        """One line of a card below its title; the last of them goes on where cards are tall."""
        *before, last = made.lines
        if number < len(before):
            return before[number]
        if self.card == CARD:
            return last
        wrapped = wrap(last, room)
        first = wrapped[0] if wrapped else ""
        return first if number == len(before) else last[len(first) :].strip()

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"route-board--{part}")
