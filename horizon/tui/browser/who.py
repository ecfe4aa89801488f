"""Who is at the browser: asked before anything can be changed."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, Static

from horizon.register import Register
from horizon.register.near_names import known_names, nearest
from horizon.tui.keymap import Binding
from horizon.tui.screens.ask import ask_whom
from horizon.tui.screens.propose import people
from horizon.tui.widgets.keys import Keys


class NameInput(Input):
    """The name of whoever is there."""

    BINDINGS = [Binding("enter", "submit", "Go on", id="go-on")]


class WhoScreen(ModalScreen[str]):
    """Say who you are. Gives back the name, or nothing for somebody who only looks."""

    BINDINGS = [Binding("escape", "look", "Only look")]

    def __init__(self, register: Register) -> None:
        super().__init__()
        self._register = register

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog who"):
            yield Static("Who are you?", classes="dialog-title")
            yield NameInput(
                id="who",
                placeholder="Your name, as colleagues know it",
                suggester=SuggestFromList(people(self._register), case_sensitive=False),
            )
            yield Static(
                Content(
                    "What you do is recorded under this name. It is taken on trust, so give your "
                    "own. Without a name you can look at everything and change nothing."
                ),
                id="who-said",
            )
            with Horizontal(classes="buttons"):
                yield Button("Go on", id="go-on", variant="primary")
                yield Button("Only look", id="only-look")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Submitted)
    @on(Button.Pressed, "#go-on")
    def _named(self) -> None:
        name = " ".join(self.query_one(Input).value.split())
        near = nearest(name, known_names(self._register))
        if near:
            ask_whom(self.app, name, near, self._meant)
        elif name:
            self.dismiss(name)
        else:
            self.query_one("#who-said", Static).update("Write your name, or only look (Esc).")

    def _meant(self, name: str) -> None:
        if name:
            self.dismiss(name)

    @on(Button.Pressed, "#only-look")
    def action_look(self) -> None:
        self.dismiss("")
