"""The Compare screen: a ranking, how much it rests on its weights, and what would change it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import get_current_worker

from horizon.judgement import comparison as comparing
from horizon.judgement.comparison import Comparison, Pair
from horizon.register.comparing import (
    Compared,
    Gathered,
    gathered,
    readings,
    to_choose_from,
    weights_of,
)
from horizon.tui.collecting import uncollected
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.pages import compare as compare_page
from horizon.tui.screens.on_register import EXPORT, Exported
from horizon.tui.screens.panel import PanelScreen
from horizon.tui.still_there import still_there
from horizon.tui.widgets.banner import Banner
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import Lines, Page
from horizon.tui.widgets.register_table import RegisterTable
from horizon.tui.widgets.weights import STEP, Weights

SIDE_FROM = 110
"""Columns from which the weights and the pair stand beside the ranking."""

SLICE = 0.008
"""Seconds of reading scores before keys are looked at again."""

REST = 0.08
"""Seconds that the weights, or the cursor, stay as they are before anything is counted."""


class Ranking(RegisterTable):
    """Technologies in the order of their scores, whatever the heading that is clicked."""

    CAN_SORT = False


class CompareScreen(Exported, Screen[None]):
    """Which technologies come first, how surely, and what would change that."""

    CSS_PATH = "../styles/compare.tcss"
    EXPORTS = "register"
    EXPLAINED = compare_page.EXPLAINED
    BINDINGS = [
        Binding("escape", "dismiss", "Back"),
        Binding("left,h", "weigh(-1)", "Weight", key_display="← →"),
        Binding("right,l", "weigh(1)", "More weight", show=False),
        Binding("shift+left", f"weigh(-{STEP})", "Much less weight", show=False),
        Binding("shift+right", f"weigh({STEP})", "Much more weight", show=False),
        Binding("tab", "turn", "Choose a weight", key_display="Tab", priority=True),
        Binding("0", "restore", "Board's weights"),
        Binding("w", "swap", "What would swap them"),
        Binding("m", "mark", "Compare with this"),
        Binding("a", "all", "Those out of use", tooltip="Bring them in, or leave them out"),
        EXPORT,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found = Gathered()
        self._comparison: Comparison | None = None
        self._marked = ""
        self._all = False
        self._detail: Lines = ()
        self._title = ""
        self._about = ""
        self._wanted = False
        self._counting = True
        self._resting: dict[str, Timer] = {}

    def compose(self) -> ComposeResult:
        framework = self.register.framework
        yield Banner(self.register)
        yield Static(id="about", markup=False)
        with Horizontal(id="body"):
            with Vertical(id="ranking"):
                yield Ranking(
                    compare_page.columns([], robust=False), "Reading scores...", id="table"
                )
                yield Static(id="note", markup=False)
            with Vertical(id="side"):
                yield Weights(
                    [each.name for each in framework.principles],
                    weights_of(framework),
                    comparing.PLACES,
                    id="weights",
                )
                with VerticalScroll(id="detail", can_focus=False):
                    yield Page(id="text")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(RegisterTable).focus()
        self._say()
        self._gather()

    def fit(self, width: int) -> None:
        self.set_class(width >= SIDE_FROM, "wide")

    @property
    def weights(self) -> Weights:
        return self.query_one(Weights)

    def _say(self) -> None:
        """Whose weights these are."""
        said = "The board's weights."
        if self.weights.is_what_if:
            said = "WHAT-IF weights, not saved. 0 undoes them."
        if self._marked:
            said += f" Beside {self.register.label(self._marked)}."
        if self._counting:
            said += " Counting..."
        about = Content.styled("Compare", "bold") + Content(f"  ·  {said}")
        line = self.query_one("#about", Static)
        line.update(about)
        line.set_class(self.weights.is_what_if, "what-if")

    # Reading and counting, without keeping a key waiting

    @on(RegisterChanged)
    def _changed(self) -> None:
        self._gather()

    @work(exclusive=True, group="gather")
    async def _gather(self) -> None:
        """Read the scores of what there is to choose from, a slice at a time."""
        headers, out_of_use = to_choose_from(self.register, everything=self._all)
        found: list[Compared | None] = []
        started = time.monotonic()
        with uncollected(kept=True):
            for each in readings(self.register, headers):
                found.append(each)
                if time.monotonic() - started > SLICE:
                    await asyncio.sleep(0)
                    started = time.monotonic()
        self._found = gathered(headers, found, out_of_use)
        self._count_anew()

    def _count_anew(self) -> None:
        self._counting = True
        self._say()
        self._count()

    @work(thread=True, exclusive=True, group="count")
    def _count(self) -> None:
        worker = get_current_worker()
        found = comparing.compare(
            [each.candidate for each in self._found.ranked],
            self.weights.weights,
            k=self.weights.places,
            seed=comparing.seed_of(self.register.framework),
            stop=lambda: worker.is_cancelled,
        )
        if found is not None and not worker.is_cancelled:
            self.app.call_from_thread(self._show, found)

    def _show(self, comparison: Comparison) -> None:
        if not still_there(self):
            return
        self._comparison, self._counting = comparison, False
        self._say()
        table = self.query_one(RegisterTable)
        rows = compare_page.rows(self.register.framework, self._found, comparison)
        table.show(
            rows,
            columns=compare_page.columns(rows, robust=comparison.robustness is not None),
            empty="No technology has been scored yet.",
            sorted_by=None,
            keep=table.current,
        )
        self.query_one("#note", Static).update(compare_page.note(self._found, comparison))
        self._look_closer()

    @on(RegisterTable.Highlighted)
    def _look_closer(self) -> None:
        self._about = ""
        self._after_rest("pair", self._pair)

    def _after_rest(self, name: str, then: Callable[[], object]) -> None:
        if name in self._resting:
            self._resting[name].stop()
        self._resting[name] = self.set_timer(REST, then)

    @on(Weights.Changed)
    def _reweighed(self) -> None:
        self._say()
        self._after_rest("count", self._count_anew)

    @work(thread=True, exclusive=True, group="pair")
    def _pair(self) -> None:
        worker = get_current_worker()
        comparison, found = self._comparison, self._found
        at = self.query_one(RegisterTable).current
        if comparison is None or not at:
            return
        rival = self._rival(comparison, at)
        one, other = found.compared(at), found.compared(rival) if rival else None
        pair: Pair | None = None
        if one is not None and other is not None and one.is_ranked and other.is_ranked:
            pair = comparing.pair(
                self.register.framework,
                comparison.weights,
                (one.candidate, one.scores.cells),
                (other.candidate, other.scores.cells),
                seed=comparison.seed,
                stop=lambda: worker.is_cancelled,
            )
        lines = compare_page.detail(self.register.framework, found, comparison, at, pair)
        title = compare_page.title(found, at, pair)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_detail, at, title, lines)

    def _rival(self, comparison: Comparison, at: str) -> str:
        """Whom to set a technology beside: the one that was marked, or the next one above, or
        below for the first."""
        order = [each.candidate.id for each in comparison.places]
        if self._marked in order and self._marked != at:
            return self._marked
        if at not in order or len(order) < 2:
            return ""
        place = order.index(at)
        return order[place - 1] if place else order[1]

    def _show_detail(self, about: str, title: str, lines: Lines) -> None:
        if not still_there(self):
            return
        self._about, self._title, self._detail = about, title, lines
        self.query_one("#text", Page).show(lines)
        self.query_one("#detail", VerticalScroll).scroll_home(animate=False)
        if self._wanted:
            self.action_swap()

    # Keys

    @on(RegisterTable.Opened)
    def _open(self, event: RegisterTable.Opened) -> None:
        from horizon.tui.screens.technology import TechnologyScreen

        self.app.push_screen(TechnologyScreen(event.id))

    def action_turn(self) -> None:
        """Go from the ranking to the weights, and back."""
        table = self.query_one(RegisterTable)
        (self.weights if table.has_focus else table).focus()

    def action_weigh(self, by: int) -> None:
        self.weights.move(by)

    def action_restore(self) -> None:
        self.weights.restore()

    def action_swap(self) -> None:
        """Show what would swap two, as soon as it is known for the one under the cursor."""
        self._wanted = self._about != self.query_one(RegisterTable).current
        if self._detail and not self._wanted:
            self.app.push_screen(PanelScreen(self._title, self._detail))

    def action_all(self) -> None:
        """Rank what is out of use too, or only what there is to choose from."""
        self._all = not self._all
        self._gather()

    def action_mark(self) -> None:
        """Set the others beside this one, until it is pressed again on it."""
        at = self.query_one(RegisterTable).current
        self._marked = "" if self._marked == at else at
        self._say()
        self._look_closer()
