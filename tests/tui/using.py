"""Using the app as a person does: keys, and what can be read on the screen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic

from textual._compositor import LayoutUpdate
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import TextArea

from horizon.register import Register
from horizon.store.places import Place
from horizon.tui.app import HorizonApp
from horizon.tui.screens.technology import TechnologyScreen
from horizon.tui.widgets.page import Page
from tests.clocks import StandingClock

NARROW, WIDE = (80, 24), (120, 40)

PATIENCE = 30.0
"""Seconds after which something that is waited for will not happen any more."""


class User:
    """Somebody at the keyboard."""

    def __init__(self, app: HorizonApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def register(self) -> Register:
        return self.app.register

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
        await self.whole()

    async def whole(self) -> None:
        """Wait until the form in front, if it is one, has all its fields."""
        if not getattr(self.app.screen, "is_whole", True):
            await self.until(lambda: getattr(self.app.screen, "is_whole", True))
            await self.pilot.pause()  # what a form does once it is whole

    async def hold(self, *keys: str) -> None:
        """Press many keys without looking up in between."""
        await self.pilot.press(*keys)
        await self.pilot.pause()
        await self.whole()

    async def type(self, text: str) -> None:
        """Type text into whatever has the focus."""
        names = {" ": "space", "-": "minus", ".": "full_stop", ",": "comma", "/": "slash"}
        await self.pilot.press(*[names.get(each, each) for each in text])
        await self.pilot.pause()

    async def fill(self, field: str, text: str) -> None:
        """Go to a field of a form and paste into it, which is quicker than typing."""
        widget = self.app.screen.query_one(f"#field-{field}")
        widget.focus()
        if isinstance(widget, TextArea):
            widget.insert(text)
        else:
            widget.post_message(Paste(text))
        await self.pilot.pause()

    async def fill_search(self, text: str) -> None:
        """Put a text into the search line of the register."""
        self.app.screen.query_one("#search").value = text  # type: ignore[attr-defined]
        await self.pilot.pause()

    async def choose(self, field: str, value: str) -> None:
        """Choose from a drop-down of a form."""
        select = self.app.screen.query_one(f"#field-{field}")
        select.value = value  # type: ignore[attr-defined]
        await self.pilot.pause()

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something holds. A slow machine is waited for: see `PATIENCE`."""
        given_up = monotonic() + PATIENCE
        while monotonic() < given_up:
            if true():
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"it did not happen; the screen says:\n{self.screen}")

    async def reach(self, screen: str, *keys: str) -> None:
        """Press keys, and wait until a screen of that name is in front."""
        await self.press(*keys)
        await self.until(lambda: self.on == screen)

    @property
    def screen(self) -> str:
        """The screen as text, line by line, drawn whole. No picture is made of it, which would take
        six times as long."""
        drawn = self.app.screen._compositor.render_update(
            full=True, screen_stack=self.app._background_screens
        )
        assert isinstance(drawn, LayoutUpdate)
        lines = ["".join(strip.text for strip in line).rstrip() for line in drawn.strips]
        if lines and not lines[-1]:
            lines.pop()
        return "\n".join(lines).replace("\xa0", " ")

    @property
    def on(self) -> str:
        """The name of the screen in front."""
        return type(self.app.screen).__name__


@asynccontextmanager
async def using(
    path: Place,
    *,
    acting: str = "Asha Example",
    size: tuple[int, int] = WIDE,
    clock: StandingClock | None = None,
) -> AsyncIterator[User]:
    """Open the app on the register at `path`, and close both at the end."""
    register = Register.open(path, acting=acting, clock=clock or StandingClock())
    app = HorizonApp(register)
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield User(app, pilot)
    register.close()


async def go(user: User, ref: str) -> None:
    """Open the screen of a technology."""
    await user.app.push_screen(TechnologyScreen(user.register.technology(ref).id))
    await user.until(lambda: user.on == "TechnologyScreen")
    await user.pilot.pause()


async def leave_for_later(user: User) -> None:
    """Leave a screen half done, and keep what was given as a draft."""
    await user.reach("Ask", "escape")
    await user.reach("TechnologyScreen", "right", "enter")


def page(user: User, id: str = "text") -> str:
    """Everything on a page of the screen in front."""
    return user.app.screen.query_one(f"#{id}", Page).words
