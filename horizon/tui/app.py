"""The app: its looks, its first screen, and the ways to other days."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from time import monotonic
from typing import Literal

import platformdirs
from textual.app import App, SystemCommand
from textual.events import DescendantFocus, Event, InputEvent
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widgets import Input, TextArea

from horizon import settings
from horizon.register import Register
from horizon.tui import screens
from horizon.tui.anywhere import Anywhere
from horizon.tui.collecting import tidy
from horizon.tui.harmless import HARMLESS
from horizon.tui.keymap import Binding, is_command
from horizon.tui.screens.register import RegisterScreen
from horizon.tui.sheets import Sheets
from horizon.tui.themes import CHOICES, DARK, THEMES

TURN = 0.0005
"""Seconds that work in the background keeps the interpreter to itself while a key waits. Python's
own ten times as much would be felt: answering one key takes several turns."""

IDLE = 3.0
"""Seconds without a key or a movement of the mouse, while somebody reads, after which what is not
needed any more is thrown away."""

GET_READY = 1.0
"""Seconds after which the code of screens is loaded that nobody has opened yet: the first rows are
there by then, and the first key for a screen does not wait for its code."""


STILL: Literal["none"] = "none"
"""No animation, and no blinking: a setting, or `TEXTUAL_ANIMATIONS=none` in the environment."""


def get_ready() -> None:
    """Load the code of every screen, in a thread of its own."""
    for each in iter_modules(screens.__path__, f"{screens.__name__}."):
        import_module(each.name)


class HorizonApp(Anywhere):
    """Horizon in the terminal, on an open register."""

    TITLE = "Horizon"
    CSS_PATH = ["styles/app.tcss", "styles/register.tcss"]
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = [
        Binding("ctrl+q", "quit", "Quit", id="quit", priority=True, show=False),
        Binding("ctrl+p", "command_palette", "Commands", id="commands"),
        Binding("question_mark,f1", "help", "Help", id="help"),
        Binding("T", "travel", "Another day", id="travel", show=False, tooltip="As it stood then"),
        Binding("equals_sign", "changes", "What changed", id="changes", show=False),
    ]

    def __init__(self, register: Register) -> None:
        super().__init__(register)
        self._touched = monotonic()
        for theme in THEMES:
            self.register_theme(theme)
        # A theme set later has every style read anew, so the usual one is there from the beginning.
        self.set_reactive(App.theme, DARK.name)
        self.stylesheet = Sheets(self.get_css_variables())

    def on_mount(self) -> None:
        sys.setswitchinterval(TURN)
        held = settings.load()
        if held.theme in self.available_themes:
            self.theme = held.theme
        if held.motion == STILL:
            self.animation_level = STILL
        self.theme_changed_signal.subscribe(self, lambda theme: settings.save(theme=theme.name))
        self.push_screen(RegisterScreen())
        self.use_keys()
        for notice in self.register.notices:
            self.notify(notice, severity="warning", timeout=15, markup=False)
        self.set_timer(GET_READY, self.get_ready)
        self.set_timer(GET_READY, self._say_who)
        if self.first_run:
            self.call_after_refresh(self.action_tour)
        self.set_interval(IDLE / 3, self._tidy_when_idle)

    async def on_event(self, event: Event) -> None:
        if isinstance(event, InputEvent):
            self._touched = monotonic()
        await super().on_event(event)

    def _tidy_when_idle(self) -> None:
        if monotonic() - self._touched > IDLE:
            tidy()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Those of Textual, and the one that keeps what was typed from steering the terminal."""
        return [*super().get_line_filters(), HARMLESS]

    def get_ready(self) -> None:
        """Read the styles and the code of screens that nobody has opened yet: the first to open
        such a screen does not wait for them."""
        sheets = sorted(Path(__file__).with_name("styles").glob("*.tcss"))
        self.stylesheet.read_all([e for e in sheets if not self.stylesheet.has_source(str(e))])
        self.stylesheet.parse()
        self.run_worker(get_ready, thread=True)

    def _say_who(self) -> None:
        if said := self.present.mistaken:
            words = f"{said} Settings ( , ) change it."
            self.notify(words, severity="warning", timeout=15, markup=False)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Where nothing is to move, the cursor of a field does not blink either."""
        if self.animation_level == STILL and isinstance(event.widget, Input | TextArea):
            event.widget.cursor_blink = False

    async def action_quit(self) -> None:
        """Leave, but never throw unsaved work away without asking."""
        working = [each for each in self.screen_stack if getattr(each, "has_work", False)]
        if not working:
            self.exit()
            return
        from horizon.tui.screens.ask import Ask, ask_to_leave
        from horizon.tui.screens.drafting import DraftingScreen

        if isinstance(self.screen, Ask):
            return
        if isinstance(self.screen, DraftingScreen):
            self.screen.ask_to_leave(self.exit)
        else:
            ask_to_leave(self, "You have not saved this. Quit all the same?", self.exit)

    def action_save_picture(self) -> None:
        """Save what is on the screen where downloads go, or else where the app was started."""
        downloads = platformdirs.user_downloads_path()
        self.deliver_screenshot(path=str(downloads if downloads.is_dir() else Path.cwd()))

    def action_travel(self) -> None:
        """Look at the register as at another day, or come back to today."""
        if self._may_travel():
            from horizon.tui.screens.travel import TravelScreen

            self.push_screen(TravelScreen(self.archive, self.present), self.arrive)

    def _may_travel(self) -> bool:
        """Whether every open screen can show another day; says why not."""
        if self.is_working:
            self.notify("Finish or leave this form first.")
        elif any(hasattr(type(each), "FORM") for each in self.screen_stack):
            self.notify("Go back first (Esc): what is open here shows today alone.")
        else:
            return not self.screen.is_modal
        return False

    def action_changes(self) -> None:
        """Say what changed since another day, of the technology in front or of all."""
        from horizon.tui.screens.changes import ChangesScreen
        from horizon.tui.screens.travel import TravelScreen

        if isinstance(self.screen, ChangesScreen) or not self._may_travel():
            return
        about = self.about

        def chosen(register: Register | None) -> None:
            if register is not None:
                self.push_screen(ChangesScreen(register, self.register, about))

        question = "What changed since which day?"
        self.push_screen(TravelScreen(self.archive, self.present, question), chosen)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every key of the screen by name, then Textual's own."""
        named: set[tuple[str, str]] = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            name = (binding.description, binding.action)
            if is_command(binding) and name not in named:
                named.add(name)
                key = f"Key: {self.get_key_display(binding)}"
                yield SystemCommand(
                    binding.description,
                    f"{binding.tooltip}. {key}" if binding.tooltip else key,
                    lambda action=binding.action, node=active.node: self.call_later(
                        self.run_action, action, node
                    ),
                )
        for theme, words in CHOICES.items():
            put_on = partial(setattr, self, "theme", theme)
            yield SystemCommand(f"Colours: {words}", "How Horizon looks", put_on)
        yield SystemCommand("Save a picture of the screen", "As SVG", self.action_save_picture)
