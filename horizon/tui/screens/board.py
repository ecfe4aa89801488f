"""The Route board: who stands where, for how long, and what keeps each from going on."""

from __future__ import annotations

import asyncio
from textwrap import wrap

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from horizon.model.wording import count
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.pages import board as board_page
from horizon.tui.pages.board import Blocked
from horizon.tui.screens.move import MoveScreen
from horizon.tui.screens.on_register import OnRegister
from horizon.tui.widgets.banner import Banner
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.route_board import Card, RouteBoard

NOTHING_HERE = "No technology is in this column."
NOTHING_AT_ALL = "No technology is in the register. There, n proposes one."

TITLE = "Route"

LEGS = "E ethics, D delivery"
"""What the letters on a card stand for."""

LINES = 3
"""Lines below the board that say the card under the cursor in full; its gate says the rest."""


class BoardScreen(OnRegister, Screen[None]):
    """The route from signal to retirement: a column for each stage, a card for each technology."""

    CSS_PATH = "../styles/board.tcss"
    BINDINGS = [
        Binding("escape", "dismiss", "Back"),
        Binding("g", "gate", "Gate: move it on"),
        Binding("x", "ended", "Show ended or hide them"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._ended = False
        self._cards: dict[str, tuple[object, Card]] = {}
        self._blocked: dict[str, tuple[object, Blocked]] = {}

    def compose(self) -> ComposeResult:
        yield Banner(self.register)
        yield Static(id="about", markup=False)
        yield RouteBoard(self._card, id="board")
        yield Static(id="whole", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self._reload()
        self.query_one(RouteBoard).focus()

    @on(RegisterChanged)
    def _reload(self) -> None:
        board = self.query_one(RouteBoard)
        board.show(board_page.lanes(self.register, ended=self._ended), keep=board.current)

    def _key(self, technology_id: str) -> object:
        """What the words of a card rest on."""
        register = self.register
        revision = register.state.technologies.header(technology_id).revision
        return revision, register.state.head.adopted_framework, register.today

    def _card(self, technology_id: str) -> Card:
        """A card as it is drawn: made once, and again when what blocks it is known; blank where
        the register moved on and its columns are not made anew yet."""
        if technology_id not in self.register.state.technologies:
            return Card("", ("", "", ""))
        key = self._key(technology_id)
        held = self._cards.get(technology_id)
        if held is None or held[0] != key:
            known = self._known(technology_id)
            made = board_page.card(self.register, technology_id, known)
            if known is None:
                return made
            held = self._cards[technology_id] = (key, made)
        return held[1]

    def _known(self, technology_id: str) -> Blocked | None:
        """What blocks a card, if it has been looked up and still holds."""
        held = self._blocked.get(technology_id)
        return held[1] if held is not None and held[0] == self._key(technology_id) else None

    @on(RouteBoard.Moved)
    def _moved(self) -> None:
        board = self.query_one(RouteBoard)
        last = min(board.first + board.across, len(board.lanes))
        said = f"Stages {board.first + 1}-{last} of {len(board.lanes)}"
        before = sum(each.count for each in board.lanes[: board.first])
        after = sum(each.count for each in board.lanes[last:])
        rest = _around(said, before, after, self.size.width - 2 - len(TITLE))
        about = Content.styled(TITLE, "bold") + Content(rest)
        self.query_one("#about", Static).update(about)
        self._say_whole()
        self._look_up()

    def _say_whole(self) -> None:
        """Say the card under the cursor in full words."""
        at = self.query_one(RouteBoard).current
        here = at in self.register.state.technologies
        known = self._known(at)
        words = board_page.whole(self.register, at, known) if here else self._nothing()
        fit = wrap(
            words,
            max(self.size.width - 2, 20),
            max_lines=LINES,
            placeholder=" …",
            break_on_hyphens=False,
        )
        self.query_one("#whole", Static).update(" ".join(fit))

    def _nothing(self) -> str:
        """What to say where no card is under the cursor."""
        if not self.register.state.technologies:
            return NOTHING_AT_ALL
        lane = self.query_one(RouteBoard).lane
        if lane is None or not lane.folded:
            return NOTHING_HERE
        have = "technology has" if lane.folded == 1 else "technologies have"
        return f"{lane.folded:,} {have} left the route. Press x to see them."

    @work(exclusive=True, group="blocks")
    async def _look_up(self) -> None:
        """Find out what blocks the cards in view, one after another, so that no key waits."""
        board = self.query_one(RouteBoard)
        for technology_id in board.in_view():
            here = technology_id in self.register.state.technologies
            if here and self._known(technology_id) is None:
                found = board_page.blocked(self.register, technology_id)
                self._blocked[technology_id] = (self._key(technology_id), found)
                board.refresh()
                await asyncio.sleep(0)
        self._say_whole()

    @on(RouteBoard.Opened)
    def _open(self, event: RouteBoard.Opened) -> None:
        from horizon.tui.screens.technology import TechnologyScreen

        self.app.push_screen(TechnologyScreen(event.id))

    def action_gate(self) -> None:
        """Open the gate of the card: what it misses, and the way on."""
        at = self.query_one(RouteBoard).current
        if self.app.may_write() and at:
            self.app.push_screen(MoveScreen(at))

    def words_of(self, action: str) -> str:
        """What a key does as the board stands."""
        shows = "Hide ended" if self._ended else "Show ended"
        return shows if action == "ended" else ""

    def action_ended(self) -> None:
        """Show the stages that end the route one by one, the cursor in the first that holds
        anything, or fold them again."""
        self._ended = not self._ended
        self._reload()
        self.refresh_bindings()
        self.app.clear_notifications()
        if self._ended:
            ended = board_page.ended_lanes(self.register, self.query_one(RouteBoard).lanes)
            self.query_one(RouteBoard).go_to(next((e for e in ended if e.cards), ended[0]).id)
            self.notify(f"{sum(e.count for e in ended):,} ended shown.", timeout=4, markup=False)


def _around(said: str, before: int, after: int, room: int) -> str:
    """Which columns are in view, what is left and right of them, and what the letters stand for;
    shorter where there is little room."""
    made = ""
    for tie, worded in (("  ·  ", True), (" · ", True), (" · ", False)):
        left = count(before, "card") if worded else f"{before:,}"
        right = count(after, "card") if worded else f"{after:,}"
        parts = [said, f"← {left}" if before else "", f"{right} →" if after else "", LEGS]
        made = "".join(f"{tie}{each}" for each in parts if each)
        if len(made) <= room:
            break
    return made
