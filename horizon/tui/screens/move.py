"""Move a technology along the route, with what its gate finds."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.events import Click
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from horizon.framework.route import Transition
from horizon.tui import pages
from horizon.tui.keymap import Binding
from horizon.tui.pages import route as route_page
from horizon.tui.screens.ask import Ask
from horizon.tui.screens.sides import SidesScreen

STAY, MOVE = "Leave it here", "Move it"


class WayList(OptionList):
    """The ways on. A click shows what one asks for; a second click on it takes it."""

    BINDINGS = [Binding("enter", "select", "Move")]

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._clicked: int | None = None

    async def _on_click(self, event: Click) -> None:
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked != self._clicked:
            event.prevent_default()
            self.highlighted = self._clicked = clicked


class MoveScreen(SidesScreen):
    """Choose where the technology goes next; its gate says what is missing and who can help."""

    LIST = WayList
    BINDINGS = [Binding("ctrl+s", "save", "Move", show=False, priority=True)]

    def on_mount(self) -> None:
        self.entitle("Gate", f"Now: {pages.stage_name(self.register, self.technology.stage)}")
        options = self.query_one(OptionList)
        ways = self._ways
        free_ways = [not self.register.way(self.technology_id, way.to) for way in ways]
        for at, (way, free) in enumerate(zip(ways, free_ways, strict=True)):
            name = pages.stage_name(self.register, way.to)
            state = "open" if free else "not yet"
            options.add_option(Option(Content(f"{name} ({state})"), id=str(at)))
        options.focus()
        if ways:
            options.highlighted = self._first(ways, free_ways)
        else:
            self.show(pages.line("It has left the route."))

    def _first(self, ways: Sequence[Transition], free: Sequence[bool]) -> int:
        """The first way on that is open; else the first that leads on at all."""
        onward = [at for at, way in enumerate(ways) if not self._ends(way)]
        return next((at for at in onward if free[at]), onward[0] if onward else 0)

    @property
    def _ways(self) -> tuple[Transition, ...]:
        return self.register.framework.route.ways_from(self.technology.stage)

    @property
    def has_work(self) -> bool:
        return False

    @on(OptionList.OptionHighlighted)
    def _show(self, event: OptionList.OptionHighlighted) -> None:
        self.say("")
        way = self._ways[int(event.option_id or 0)]
        parts = [
            pages.line(way.text, "bold"),
            pages.line(),
            route_page.way(self.register, self.technology, way),
            pages.line(),
        ]
        free = not self.register.way(self.technology_id, way.to)
        ready = "Press Enter to move it." if free else "It cannot move yet."
        self.show(pages.joined([*parts, pages.line(ready, "bold")]))

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is None:
            return
        way = self._ways[at]
        if self._ends(way) and not self.register.way(self.technology_id, way.to):
            name = pages.stage_name(self.register, way.to).lower()
            question = f"It leaves the route ({name}), and there is no way back. Move it?"
            self.app.push_screen(Ask(question, (STAY, MOVE)), self._asked)
        else:
            self._move(way)

    def _asked(self, answer: str | None) -> None:
        at = self.query_one(OptionList).highlighted
        if answer == MOVE and at is not None:
            self._move(self._ways[at])

    def _move(self, way: Transition) -> None:
        name = pages.stage_name(self.register, way.to).lower()
        self.save(
            lambda: self.register.move(self.technology_id, way.to, expect=self.expect),
            f"Moved to {name}",
        )

    def _ends(self, way: Transition) -> bool:
        """Whether a way leads off the route for good."""
        stage = self.register.framework.route.stage(way.to)
        return stage is not None and stage.ended
