"""What changed between two moments, of one technology or of the whole register."""

from __future__ import annotations

import asyncio
import time

from textual import getters, on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from horizon.model.wording import printable, short_day
from horizon.register import Register
from horizon.register.differing import (
    Difference,
    TechnologyDiff,
    differing,
    summed_up,
    technology_diff,
)
from horizon.tui import pages
from horizon.tui.host import Host
from horizon.tui.keymap import Binding
from horizon.tui.screens.panel import PanelScreen
from horizon.tui.screens.travel import TravelScreen
from horizon.tui.widgets.banner import Banner
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.register_table import Column, RegisterTable, Row

COLUMNS = (Column("Label", 6), Column("Name", share=1), Column("", 8))

SLICE = 0.008
"""Seconds of comparing before keys are looked at again."""

TITLES = {"new": "New", "changed": "Changed", "gone": "Gone"}


class Changed(RegisterTable):
    """Technologies, each with what changed about it below."""

    CAN_SORT = False


class ChangesScreen(Screen[None]):
    """What changed between two days: new, moved, decided, lapsed."""

    app = getters.app(Host)

    CSS_PATH = "../styles/audit.tcss"
    BINDINGS = [
        Binding("escape", "dismiss", "Back"),
        Binding("f", "other('before')", "From another day"),
        Binding("t", "other('after')", "To another day"),
        Binding("w", "whole", "In full"),
    ]

    def __init__(self, before: Register, after: Register, technology_id: str = "") -> None:
        super().__init__()
        self._before, self._after = before, after
        self._about = technology_id
        self._found: Difference | None = None

    def compose(self) -> ComposeResult:
        yield Banner(self._after)
        yield Static(id="about", markup=False)
        yield Changed(COLUMNS, "Comparing...", id="changed")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Changed).focus()
        self._compare()

    def _compare(self) -> None:
        """Put the earlier first, and begin."""
        pair = sorted(
            (self._before, self._after), key=lambda each: (each.state.head.seq, each.today)
        )
        self._before, self._after = pair
        self._say("comparing...")
        self._tell()

    @work(exclusive=True, group="compare")
    async def _tell(self) -> None:
        found: list[TechnologyDiff | None] = []
        started = time.monotonic()
        if self._about:
            known = self._about in self._after.state.technologies
            only = technology_diff(self._before, self._after, self._about) if known else None
            found.append(only)
        else:
            for each in differing(self._before, self._after):
                found.append(each)
                if time.monotonic() - started > SLICE:
                    await asyncio.sleep(0)
                    started = time.monotonic()
        self._found = summed_up(self._before, self._after, found)
        self._show(self._found)

    def _say(self, words: str) -> None:
        name = f" of {self._after.label(self._about)}" if self._about else ""
        when = " to ".join(short_day(each.today) for each in (self._before, self._after))
        about = Content.styled("Changes", "bold") + Content(
            printable(f"{name}  ·  {when}: {words}")
        )
        self.query_one("#about", Static).update(about)

    def _show(self, found: Difference) -> None:
        table = self.query_one(Changed)
        table.show(
            self._rows(found),
            columns=COLUMNS,
            empty="Nothing changed.",
            sorted_by=None,
            keep=table.current,
        )
        self._say(found.words)

    def _rows(self, found: Difference) -> list[Row]:
        rows: list[Row] = []
        if found.register and not self._about:
            rows.append(Row("", words="The register itself"))
            rows += [Row("", words=f"    {_line(each)}") for each in found.register]
        for sort, title in TITLES.items():
            group = found.of(sort)
            if group:
                rows.append(Row("", words=f"{title} ({len(group)})"))
            for each in group:
                rows.append(Row(each.id, (each.label, _line(each.name), "")))
                rows += [Row("", words=f"        {_line(change)}") for change in each.changes]
        return rows

    @on(RegisterTable.Opened)
    def _open(self) -> None:
        self.action_whole()

    def action_whole(self) -> None:
        """Show everything that changed about the technology under the cursor, wrapped."""
        at = self.query_one(Changed).current
        found = self._found.technologies if self._found else ()
        each = next((each for each in found if each.id == at), None)
        if each is not None:
            lines = pages.joined(pages.line(change) for change in each.changes)
            self.app.push_screen(PanelScreen(f"{each.label} {each.name}", lines))

    def action_other(self, which: str) -> None:
        """Compare with another day."""
        question = "From which day?" if which == "before" else "To which day?"
        archive, present = self.app.archive, self.app.present

        def chosen(register: Register | None) -> None:
            if register is not None:
                if which == "before":
                    self._before = register
                else:
                    self._after = register
                self._compare()

        self.app.push_screen(TravelScreen(archive, present, question), chosen)


def _line(text: str) -> str:
    return printable(text).replace("\n", " ").replace("\t", " ")
