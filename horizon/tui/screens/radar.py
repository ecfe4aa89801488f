"""The Radar: what is coming, how near it is, and what moved."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from functools import partial

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from horizon.judgement.radar_rings import RINGS, SECTORS, Rings, Sectors
from horizon.model.state import State
from horizon.register.as_at import journal_of, state_as_at
from horizon.register.comparing import on_the_route
from horizon.tui.aside import Aside, is_large
from horizon.tui.collecting import uncollected
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.pages import radar as radar_page
from horizon.tui.screens.on_register import EXPORT, Exported
from horizon.tui.still_there import still_there
from horizon.tui.widgets.banner import Banner
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.radar import RadarPicture
from horizon.tui.widgets.register_table import RegisterTable

WIDE_FROM = 110
"""Columns from which the picture has the larger part."""

SLICE = 0.008
"""Seconds of reading before keys are looked at again."""


class Legend(RegisterTable):
    """Every technology by number, under its sector."""

    CAN_SORT = False


NOTHING_HERE = "Nothing is on the route yet. On the register, n proposes a technology."


class RadarScreen(Exported, Screen[None]):
    """Technologies by how near they are to use, or in time: rings from the centre, sectors around
    it."""

    CSS_PATH = "../styles/radar.tcss"
    EXPORTS = "radar"
    BINDINGS = [
        Binding("escape", "dismiss", "Back"),
        Binding("tab", "turn", "List", key_display="Tab", priority=True),
        Binding("r", "rings", "Rings", tooltip="By stage, or by time horizon"),
        Binding("s", "sectors", "Sectors", tooltip="By kind, or by the objective it fits best"),
        EXPORT,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._rings: Rings = RINGS
        self._sectors: Sectors = SECTORS
        self._radar: radar_page.Radar | None = None
        self._before: State | None = None
        self._fits: dict[str, int] = {}
        self._aside = Aside(self)

    @property
    def export_choices(self) -> Mapping[str, str]:
        return {**super().export_choices, "rings": self._rings, "sectors": self._sectors}

    def compose(self) -> ComposeResult:
        yield Banner(self.register)
        yield Static("Radar  ·  drawing…", id="about", markup=False)
        with Horizontal(id="body"):
            yield RadarPicture(id="picture")
            yield Legend(radar_page.COLUMNS, "", id="legend")
        yield Static(id="said", markup=False)
        yield Static(radar_page.KEY, id="key", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(RadarPicture).focus()
        self._changed()

    def fit(self, width: int) -> None:
        self.set_class(width >= WIDE_FROM, "wide")

    @on(RegisterChanged)
    def _changed(self) -> None:
        self._draw()
        self._look_back()
        self._find_fits()

    @work(exclusive=True, group="fits")
    async def _find_fits(self) -> None:
        """Read which objective each technology fits best, a slice at a time."""
        found: dict[str, int] = {}
        started = time.monotonic()
        for technology_id, objective in radar_page.fits_of(
            self.register, on_the_route(self.register)
        ):
            found[technology_id] = objective
            if time.monotonic() - started > SLICE:
                await asyncio.sleep(0)
                started = time.monotonic()
        if found != self._fits:
            self._fits = found
            if self._sectors == "objective":
                self._draw()

    @work(thread=True, exclusive=True, group="before")
    def _look_back(self) -> None:
        """Read how the register was 90 days ago, to see what moved."""
        worker = get_current_worker()
        day = self.register.today - radar_page.LATELY
        with uncollected(kept=True), journal_of(self.register) as history:
            before = state_as_at(history, day=day, stop=lambda: worker.is_cancelled)
        if before is not None and not worker.is_cancelled:
            self.app.call_from_thread(self._looked_back, before)

    def _looked_back(self, before: State) -> None:
        self._before = before
        if still_there(self):
            self._draw()

    @on(RadarPicture.Resized)
    def _draw(self) -> None:
        """Make the picture and the list anew, for the room there is."""
        picture = self.query_one(RadarPicture).size
        if not picture.width:
            return
        make = partial(
            radar_page.drawing,
            rings=self._rings,
            sectors=self._sectors,
            fits=self._fits,
            before=self._before,
            size=(picture.width, picture.height),
        )
        if is_large(self.register):
            self._aside.begin(self.register, make, self._show)
        else:
            self._show(make(self.register))

    def _show(self, drawing: radar_page.Drawing) -> None:
        radar = self._radar = drawing.radar
        legend, picture = self.query_one(Legend), self.query_one(RadarPicture)
        legend.show(
            drawing.rows,
            columns=radar_page.COLUMNS,
            empty="",
            sorted_by=None,
            keep=legend.current,
        )
        order = [each.header.id for each in radar.entries]
        picture.show(drawing.layout, drawing.labels, order, keep=legend.current)
        about = Content.styled("Radar", "bold") + Content(
            f"  ·  rings by {self._rings}, sectors by {self._sectors}"
            f"  ·  {len(radar.entries)} on it"
        )
        if drawing.layout.beyond:
            about += Content(f"  ·  {len(drawing.layout.beyond)} in the list only: no room")
        self.query_one("#about", Static).update(about)
        if not order:
            self.query_one("#said", Static).update(NOTHING_HERE)

    @on(RadarPicture.Highlighted)
    def _walked(self, event: RadarPicture.Highlighted) -> None:
        legend = self.query_one(Legend)
        if event.ids and legend.current not in event.ids:
            legend.go_to(event.ids[0])
        self._say(event.ids)

    @on(RegisterTable.Highlighted)
    def _listed(self, event: RegisterTable.Highlighted) -> None:
        if event.id and self.query_one(Legend).has_focus:
            self.query_one(RadarPicture).go_to(event.id)
            self._say((event.id,))

    def _say(self, ids: tuple[str, ...]) -> None:
        if self._radar is not None:
            said = radar_page.said(self._radar, ids) if self._radar.entries else NOTHING_HERE
            self.query_one("#said", Static).update(said)

    @on(RadarPicture.Opened)
    def _opened(self, event: RadarPicture.Opened) -> None:
        """Open a technology; of several that share a mark, go to the first in the list."""
        if len(event.ids) == 1:
            self._open(event.ids[0])
        else:
            legend = self.query_one(Legend)
            legend.go_to(min(event.ids, key=self._number))
            legend.focus()

    def _number(self, technology_id: str) -> int:
        entries = self._radar.entries if self._radar else ()
        return next((each.number for each in entries if each.header.id == technology_id), 0)

    @on(RegisterTable.Opened)
    def _opened_in_list(self, event: RegisterTable.Opened) -> None:
        self._open(event.id)

    def _open(self, technology_id: str) -> None:
        from horizon.tui.screens.technology import TechnologyScreen

        self.app.push_screen(TechnologyScreen(technology_id))

    def action_turn(self) -> None:
        """Go from the picture to the list, and back."""
        legend = self.query_one(Legend)
        (self.query_one(RadarPicture) if legend.has_focus else legend).focus()

    def action_rings(self) -> None:
        """Rings by stage, or by time horizon."""
        self._rings = "stage" if self._rings == "time horizon" else "time horizon"
        self._draw()

    def action_sectors(self) -> None:
        """Sectors by kind, or by the objective that a technology fits best."""
        self._sectors = "objective" if self._sectors == "kind" else "kind"
        self._draw()
